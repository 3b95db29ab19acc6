package source

import (
	"context"
	"errors"

	"github.com/rapporteur/rapporteur/internal/web"
)

// fetch gets a report over HTTP.
func fetch(ctx context.Context, name string, opts Options) (Raw, error) {
	client := web.New(web.Options{AllowPrivate: opts.AllowPrivate, Timeout: opts.Timeout, Transport: opts.Transport})
	a, err := client.Get(ctx, web.Request{URL: name})
	if err != nil {
		return Raw{}, fetchError(name, err)
	}
	c := content{name: a.Asked, bytes: a.Bytes, mediaType: a.MediaType, charset: a.Charset}
	return decode(c, Raw{Name: name, URL: a.URL})
}

// fetchError is the refusal of the client as that of a source.
func fetchError(name string, err error) *Error {
	e, ok := errors.AsType[*web.Error](err)
	switch {
	case !ok:
		return unreachable(name, err, "", "cannot be fetched: %v", err)
	case errors.Is(err, web.ErrTooLarge):
		return tooLarge(e.URL)
	}
	return unreachable(e.URL, err, e.Advice, "%s", e.Why)
}
