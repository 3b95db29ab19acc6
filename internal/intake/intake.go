// Package intake finds the documents in what a user names: files, folders,
// addresses, JSON Lines, WARC archives, standard input. It yields their bytes in
// an order that depends on nothing but the sources, one at a time, and what
// cannot be had as an error in its place.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/internal/web"
	"github.com/rapporteur/rapporteur/record"
)

// Found is the bytes of what may be a report, or why they could not be had.
type Found struct {
	Origin  string            // where: a path, an address, "crawl.warc.gz@1024", "posts.jsonl:17"
	Address string            // on the web, empty if it has none
	Bytes   []byte            // as they came
	Type    string            // the media type that was declared, with its parameters; empty if none was
	Given   record.Document   // what was told beside; no ID and no Text
	Extra   map[string]string // what else was told, by its own keys
	Err     error             // why there are no bytes

	Warnings []record.Warning // of what was told and could not be read
}

// Key tells f from other things: by its address, its bytes and what was told
// beside, not by the path that it was found at. What could not be had is told by
// its origin and the reason.
func (f *Found) Key() store.Key {
	if f.Err != nil {
		return store.KeyOfFailure(f.Origin, f.Err.Error())
	}
	return store.KeyOf(f.Address, f.Type, f.Bytes, &f.Given, f.Extra)
}

// Intake finds documents. The zero value reads files.
type Intake struct {
	Stdin io.Reader                                                // what "-" reads; nil is os.Stdin
	Fetch func(ctx context.Context, address string) (Found, error) // gets an address; nil refuses them
	Given record.Document                                          // what is told of all of them

	mu     sync.Mutex // of passed, which may be asked for when a run is stopped
	passed map[string]int
	read   atomic.Int64
}

// Read is how many bytes of files have been taken in. It may be asked while All runs.
func (in *Intake) Read() int64 { return in.read.Load() }

// counted counts what is read of a file.
type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// Passed is how many files in folders, and records in archives, were passed over, by what they are.
func (in *Intake) Passed() map[string]int {
	in.mu.Lock()
	defer in.mu.Unlock()
	return maps.Clone(in.passed)
}

func (in *Intake) pass(what string, n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.passed == nil {
		in.passed = map[string]int{}
	}
	in.passed[what] += n
}

// All yields what is found in the sources, in their order: a folder's files by
// name, a file's documents as they stand in it.
func (in *Intake) All(ctx context.Context, sources []string) iter.Seq[Found] {
	return func(yield func(Found) bool) {
		for _, name := range sources {
			if ctx.Err() != nil || !in.source(ctx, name, yield) {
				return
			}
		}
	}
}

// source yields what is found in one source. It reports whether to go on.
func (in *Intake) source(ctx context.Context, name string, yield func(Found) bool) bool {
	if name == source.Stdin {
		r := in.Stdin
		if r == nil {
			r = os.Stdin
		}
		return in.single(name, r, yield)
	}
	if strings.Contains(name, "://") {
		return in.fetch(ctx, name, yield)
	}
	if full, err := filepath.Abs(name); err == nil {
		name = full // so that it is found again from elsewhere
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return yield(Found{Origin: name, Err: fileError(err)})
	case info.IsDir():
		return in.folder(ctx, name, yield)
	case !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeNamedPipe:
		return yield(Found{Origin: name, Err: fmt.Errorf("is no file that can be read (%v)", info.Mode().Type())})
	}
	return in.file(ctx, name, yield)
}

func (in *Intake) fetch(ctx context.Context, address string, yield func(Found) bool) bool {
	if in.Fetch == nil {
		return yield(Found{Origin: address, Err: errors.New("is an address, which is not fetched here")})
	}
	f, err := in.Fetch(ctx, address)
	if u, err := url.Parse(address); err == nil {
		address = u.Redacted()
	}
	if err != nil {
		return yield(Found{Origin: address, Err: err})
	}
	f.Origin = address
	return yield(in.told(f))
}

// told adds to f what was told of everything, where f does not tell itself.
func (in *Intake) told(f Found) Found {
	g, all := &f.Given, &in.Given
	for _, x := range []struct{ to, from *string }{
		{&g.URL, &all.URL}, {&g.Outlet, &all.Outlet}, {&g.Title, &all.Title}, {&g.Byline, &all.Byline}, {&g.Language, &all.Language},
	} {
		if *x.to == "" {
			*x.to = *x.from
		}
	}
	if g.Published.IsZero() {
		g.Published = all.Published
	}
	return f
}

// folder yields the files of a folder and those below it that may hold reports.
// What begins with a dot is passed over.
func (in *Intake) folder(ctx context.Context, root string, yield func(Found) bool) bool {
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	stopped := errors.New("stopped")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if !yield(Found{Origin: path, Err: fileError(err)}) {
				return stopped
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		hidden := strings.HasPrefix(d.Name(), ".") && path != root
		switch {
		case hidden && d.IsDir():
			in.pass("hidden folder", 1)
			return fs.SkipDir
		case d.IsDir():
			return nil
		case hidden:
			in.pass("hidden file", 1)
			return nil
		case formOf(path) == nil:
			in.pass(extension(path), 1)
			return nil
		}
		switch {
		case d.Type()&fs.ModeSymlink != 0: // which may lead anywhere
			in.pass("link", 1)
			return nil
		case !d.Type().IsRegular():
			in.pass("no file", 1)
			return nil
		}
		if !in.file(ctx, path, yield) {
			return stopped
		}
		return nil
	})
	return err == nil
}

func extension(path string) string {
	if ext := strings.ToLower(filepath.Ext(path)); ext != "" {
		return "*" + ext
	}
	return "file without extension"
}

// form is how documents stand in a file.
type form func(ctx context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool

// forms is the files that are taken from a folder, by how their names end.
var forms = []struct {
	ends string
	form form
}{
	{".jsonl", lines}, {".jsonl.gz", zippedLines}, {".ndjson", lines}, {".ndjson.gz", zippedLines},
	{".warc", archive}, {".warc.gz", archive},
	{".txt", one}, {".md", one}, {".html", page}, {".htm", page}, {".xhtml", page}, {".xht", page}, {".shtml", page},
}

func formOf(path string) form {
	name := strings.ToLower(filepath.Base(path))
	for _, f := range forms {
		if strings.HasSuffix(name, f.ends) {
			return f.form
		}
	}
	return nil
}

// one and page are files that are one document.
func one(_ context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool {
	return in.single(name, r, yield)
}

func page(_ context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool {
	f := in.whole(name, r)
	f.Type = "text/html"
	return yield(f)
}

// file yields the documents of a file; one whose name tells nothing is one document.
func (in *Intake) file(ctx context.Context, name string, yield func(Found) bool) bool {
	r, err := os.Open(name)
	if err != nil {
		return yield(Found{Origin: name, Err: fileError(err)})
	}
	defer r.Close()
	f := formOf(name)
	if f == nil {
		f = one
	}
	return f(ctx, in, name, counted{r, &in.read}, yield)
}

func (in *Intake) single(name string, r io.Reader, yield func(Found) bool) bool {
	return yield(in.whole(name, r))
}

func (in *Intake) whole(name string, r io.Reader) Found {
	b, err := io.ReadAll(io.LimitReader(r, source.MaxBytes+1))
	switch {
	case err != nil:
		return Found{Origin: name, Err: fileError(err)}
	case len(b) > source.MaxBytes:
		return Found{Origin: name, Err: errTooLarge}
	}
	return in.told(Found{Origin: name, Bytes: b})
}

var errTooLarge = LastingError("is larger than 16 MiB, the limit for one report")

// LastingError is a reason that does not pass by itself.
type LastingError string

func (e LastingError) Error() string { return string(e) }

// Temporary reports whether the reason of err may pass by itself, so that it is
// worth trying again: whatever does not say that it lasts.
func Temporary(err error) bool {
	if e, ok := errors.AsType[*web.Error](err); ok {
		return e.Temporary
	}
	var lasting LastingError
	return !errors.As(err, &lasting)
}

// fileError is why a file could not be read, without its name and the system's jargon.
func fileError(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("may not be read")
	}
	return fmt.Errorf("cannot be read: %w", err)
}
