package intake

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/rapporteur/rapporteur/internal/warc"
)

// archive yields the pages of a WARC archive. When a page was fetched is kept
// beside it, as warc-date: it is not when it was published.
func archive(ctx context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool {
	a := warc.NewReader(r, name)
	defer func() {
		for what, n := range a.Passed() {
			in.pass("WARC "+what, n)
		}
	}()
	for ctx.Err() == nil {
		p, err := a.Next()
		var bad *warc.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return true
		case errors.As(err, &bad):
			if !yield(Found{Origin: at(name, bad.Offset), Err: LastingError(bad.Why)}) {
				return false
			}
			continue
		case err != nil:
			f := Found{Origin: name, Err: LastingError(err.Error())}
			if broken, ok := errors.AsType[*warc.BreakError](err); ok {
				f = Found{Origin: at(name, broken.Offset), Err: LastingError(broken.Why)}
			}
			return yield(f)
		}
		f := Found{Origin: at(name, p.Offset), Address: p.URL, Bytes: p.Body, Type: contentType(p), Warnings: p.Warnings}
		if p.Within > 0 {
			f.Origin += "+" + strconv.FormatInt(p.Within, 10)
		}
		if !p.Fetched.IsZero() {
			f.note("warc-date", p.Fetched.UTC().Format(time.RFC3339))
		}
		if p.RecordID != "" {
			f.note("warc-record-id", p.RecordID)
		}
		if !yield(in.told(f)) {
			return false
		}
	}
	return false
}

func at(name string, offset int64) string { return name + "@" + strconv.FormatInt(offset, 10) }

func contentType(p *warc.Page) string {
	if p.Charset == "" {
		return p.MediaType
	}
	return p.MediaType + "; charset=" + p.Charset
}
