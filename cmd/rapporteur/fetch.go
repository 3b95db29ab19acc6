package main

import (
	"context"

	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/web"
)

// fetcher gets addresses that the user names, one at a time.
func fetcher(allowPrivate bool) func(context.Context, string) (intake.Found, error) {
	client := web.New(web.Options{AllowPrivate: allowPrivate})
	return func(ctx context.Context, address string) (intake.Found, error) {
		a, err := client.Get(ctx, web.Request{URL: address})
		if err != nil {
			return intake.Found{}, err
		}
		return intake.Found{Address: a.URL, Bytes: a.Bytes, Type: a.ContentType}, nil
	}
}
