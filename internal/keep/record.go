// Package keep keeps the record: it takes documents in, reads them, and puts
// them into a store; it reads them again with a newer reader, and proves that
// what is kept is what was read.
package keep

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/internal/web"
	"github.com/rapporteur/rapporteur/record"
)

// Store is what keeping asks of a store. Package storetest says what each of
// these must do.
type Store interface {
	// Seen tells whether what has this key need not be taken in again.
	Seen(ctx context.Context, key store.Key) (bool, error)
	// Put keeps items in their order, all of them or none.
	Put(ctx context.Context, items []store.Item, reader string) ([]store.Outcome, error)
	// All yields the documents after number in their order.
	All(ctx context.Context, after int64) iter.Seq2[*store.Kept, error]
	// Original is what the document with that number was made of.
	Original(ctx context.Context, number int64) (*store.Original, error)
	// Replace puts readings in the place of what was read before.
	Replace(ctx context.Context, readings []store.Reading, reader string) error
}

// Recorder puts what is found into a store.
type Recorder struct {
	Store   Store
	Reader  *rapporteur.Reader
	Version string // of the reader
	Workers int    // that read at a time
	Again   bool   // also what was taken in before, or failed for good
	Now     func() time.Time
	Told    func(f *intake.Found, o store.Outcome, reason string) // is told of each document when it is kept; nil for nobody
}

// Summary counts what became of what was found.
type Summary struct {
	Found, Added, Changed, Copied, Again, Failed int
	Statements, Events                           int // that were read, likely or not
}

// The bounds of one transaction: whichever comes first.
const (
	batchItems = 64
	batchBytes = 32 << 20
	batchTime  = 2 * time.Second
)

// aheadBytes is how many bytes of documents are held at a time, read and not yet
// kept: enough to go on reading while a batch is written.
const aheadBytes = 2*batchBytes + source.MaxBytes

// read is one thing found, and what was read from it.
type read struct {
	found intake.Found
	item  store.Item
	size  int // of its bytes
	err   error
}

// Record reads what is found and keeps it in its order, a batch a transaction:
// whenever it is stopped, the record holds a beginning of it, whole.
func (r *Recorder) Record(ctx context.Context, found iter.Seq[intake.Found]) (Summary, error) {
	var sum Summary
	var batch []*read
	held := semaphore.NewWeighted(aheadBytes)
	size, since := 0, time.Now()
	flush := func() error { // also of what was read before a stop
		if len(batch) == 0 {
			return nil
		}
		ctx := context.WithoutCancel(ctx)
		items := make([]store.Item, len(batch))
		for i, b := range batch {
			items[i] = b.item
		}
		outcomes, err := r.Store.Put(ctx, items, r.Version)
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			sum.count(o, batch[i].item.Report)
			if r.Told != nil {
				r.Told(&batch[i].found, o, batch[i].item.Reason)
			}
		}
		held.Release(int64(size))
		batch, size, since = batch[:0], 0, time.Now()
		return nil
	}
	for x := range inOrder(ctx, max(1, r.Workers), 2*batchItems, bounded(ctx, found, held), r.read) {
		if ctx.Err() != nil {
			break
		}
		if x.err != nil {
			return sum, x.err
		}
		sum.Found++
		batch = append(batch, x)
		size += x.size
		if len(batch) >= batchItems || size >= batchBytes || time.Since(since) >= batchTime {
			if err := flush(); err != nil {
				return sum, err
			}
		}
	}
	if err := flush(); err != nil {
		return sum, err
	}
	return sum, ctx.Err()
}

func (s *Summary) count(o store.Outcome, report *record.Report) {
	switch o.Fate {
	case store.Added:
		s.Added++
	case store.Changed:
		s.Changed++
	case store.Copied:
		s.Copied++
	case store.Again:
		s.Again++
	case store.Failed:
		s.Failed++
	}
	if report != nil && o.Fate != store.Again {
		s.Statements += len(report.Statements)
		s.Events += len(report.Events)
	}
}

// bounded yields what is found while no more than aheadBytes of it are held.
func bounded(ctx context.Context, found iter.Seq[intake.Found], held *semaphore.Weighted) iter.Seq[intake.Found] {
	return func(yield func(intake.Found) bool) {
		for f := range found {
			if held.Acquire(ctx, int64(weight(&f))) != nil || !yield(f) {
				return
			}
		}
	}
}

// weight is how many bytes of f are held.
func weight(f *intake.Found) int {
	n := len(f.Bytes)
	for k, v := range f.Extra {
		n += len(k) + len(v)
	}
	return min(n, batchBytes)
}

// read reads one thing found, unless the record has it.
func (r *Recorder) read(ctx context.Context, f intake.Found) *read {
	x := &read{found: f, size: weight(&f)}
	x.found.Bytes = nil // kept in the item only
	key := f.Key()
	if !r.Again {
		known, err := r.Store.Seen(ctx, key)
		if known || err != nil {
			x.err = err
			x.item = store.Item{Key: key, Origin: f.Origin, Found: r.now(), Known: true}
			return x
		}
	}
	x.item = store.Item{
		Key: key, Origin: f.Origin, Address: f.Address, Found: r.now(), Raw: f.Bytes, MediaType: f.Type, Given: f.Given, Extra: f.Extra,
	}
	err := f.Err
	if err == nil {
		x.item.Report, err = readSafely(ctx, r.Reader, &f)
	}
	switch {
	case ctx.Err() != nil:
		x.err = ctx.Err()
	case err != nil:
		x.item.Report, x.item.Raw = nil, nil
		x.item.Reason, x.item.Temporary = reasonOf(err), f.Err != nil && intake.Temporary(f.Err)
		x.item.Watched = f.Extra[watchedKey] != ""
	default:
		x.item.Report.Warnings = append(x.item.Report.Warnings, f.Warnings...)
	}
	return x
}

func (r *Recorder) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// readSafely reads f; a fault of ours in one document must not cost the others.
func readSafely(ctx context.Context, reader *rapporteur.Reader, f *intake.Found) (report *rapporteur.Report, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			report, err = nil, fmt.Errorf("a fault in the program, please report it: %v", fault)
		}
	}()
	return reader.ReadContent(ctx, rapporteur.Content{Name: f.Origin, URL: f.Address, Bytes: f.Bytes, Type: f.Type}, f.Given)
}

// reasonOf is why something failed, without its name, so that like reasons are alike.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*source.Error](err); ok {
		return e.Why
	}
	if e, ok := errors.AsType[*web.Error](err); ok {
		return e.Why
	}
	return err.Error()
}
