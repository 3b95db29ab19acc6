package keep

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/store"
)

// Reread is what reading a document again gave.
type Reread struct {
	Kept    *store.Kept // as it was
	Report  *rapporteur.Report
	Changes []Change
	Err     error // why it could not be read again; what was read before stays
}

// Reread reads the documents of the record again from their bytes: those that
// another version of the reader has read, or all. What it gives is kept unless
// keep is false, and told in the order of the documents.
func (r *Recorder) Reread(ctx context.Context, all, keep bool, tell func(*Reread)) error {
	var batch []store.Reading
	flush := func() error {
		if len(batch) == 0 || !keep {
			batch = batch[:0]
			return nil
		}
		err := r.Store.Replace(context.WithoutCancel(ctx), batch, r.Version)
		batch = batch[:0]
		return err
	}
	due := func(yield func(*Reread) bool) {
		for k, err := range r.Store.All(ctx, 0) {
			if (err != nil || all || k.Reader != r.Version) && !yield(&Reread{Kept: k, Err: err}) {
				return
			}
		}
	}
	for x := range InOrder(ctx, max(1, r.Workers), iter.Seq[*Reread](due), r.reread) {
		if ctx.Err() != nil {
			break
		}
		if x.Kept == nil { // the record cannot be read on
			return errors.Join(flush(), x.Err)
		}
		tell(x)
		if x.Err != nil {
			continue
		}
		if batch = append(batch, store.Reading{Number: x.Kept.Number, Report: x.Report}); len(batch) >= batchItems {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return errors.Join(flush(), ctx.Err())
}

func (r *Recorder) reread(ctx context.Context, x *Reread) *Reread {
	if x.Kept == nil {
		return x
	}
	k := x.Kept
	o, err := r.Store.Original(ctx, k.Number)
	if err != nil {
		x.Err = err
		return x
	}
	x.Report, err = readSafely(ctx, r.Reader, &intake.Found{Origin: k.Origin, Address: o.Address, Bytes: o.Bytes, Type: o.MediaType, Given: o.Given})
	if err != nil {
		x.Err = fmt.Errorf("%s: %s", k.ID(), reasonOf(err))
		return x
	}
	for _, w := range k.Report.Warnings {
		if intake.Beside(w.Code) {
			x.Report.Warnings = append(x.Report.Warnings, w)
		}
	}
	x.Changes = Changes(k.Report, x.Report)
	return x
}
