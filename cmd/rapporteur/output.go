package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/page"
)

// format is a way to write reports.
type format struct {
	many     bool // whether it can hold several reports
	explains bool // whether it has room for the reasons of an event
	open     func(w io.Writer, terminal *os.File) writer
}

// writer writes reports one after another.
type writer struct {
	write func(*rapporteur.Report) error
}

var formats = map[string]format{
	"text": {many: true, explains: true, open: openText},
	"csv":  {many: true, open: openCSV},
	"jsonl": {many: true, explains: true, open: appending(func(dst []byte, r *rapporteur.Report) ([]byte, error) {
		return r.AppendJSON(dst)
	})},
	"json": {explains: true, open: appending(func(dst []byte, r *rapporteur.Report) ([]byte, error) {
		return r.AppendJSONIndent(dst)
	})},
	"annotations": {open: each(page.Annotations)},
	"html":        {explains: true, open: each(page.HTML)},
	"plover":      {many: true, open: each(page.PLOVER)},
}

// defaultFormat is the format where none is asked for.
func (c *readCommand) defaultFormat(terminal bool) string {
	if terminal {
		return "text"
	}
	switch strings.ToLower(filepath.Ext(c.Output)) {
	case ".txt":
		return "text"
	case ".csv":
		return "csv"
	case ".html", ".htm":
		return "html"
	case ".jsonld":
		return "annotations"
	case ".jsonl", ".ndjson":
		return "jsonl"
	}
	if len(c.Sources) > 1 {
		return "jsonl"
	}
	return "json"
}

func each(f func(io.Writer, *rapporteur.Report) error) func(io.Writer, *os.File) writer {
	return func(w io.Writer, _ *os.File) writer {
		return writer{func(r *rapporteur.Report) error { return f(w, r) }}
	}
}

// appending writes a line a report; the buffer is used again.
func appending(f func([]byte, *rapporteur.Report) ([]byte, error)) func(io.Writer, *os.File) writer {
	return func(w io.Writer, _ *os.File) writer {
		var buf []byte
		return writer{func(r *rapporteur.Report) error {
			var err error
			if buf, err = f(buf[:0], r); err != nil {
				return err
			}
			buf = append(buf, '\n')
			_, err = w.Write(buf)
			return err
		}}
	}
}

// openText writes the page for a terminal, as wide as the terminal is. Styles
// that whoever reads it cannot show, or does not want (NO_COLOR), are taken out.
func openText(w io.Writer, terminal *os.File) writer {
	width := 80
	if n, _, err := term.GetSize(int(terminal.Fd())); err == nil && n > 0 {
		width = n
	}
	profile := colorprofile.Detect(terminal, os.Environ())
	if b, ok := w.(*output); ok && b.file != terminal {
		profile = colorprofile.NoTTY
	}
	styled := &colorprofile.Writer{Forward: w, Profile: profile}
	first := true
	return writer{func(r *rapporteur.Report) error {
		if !first {
			if _, err := fmt.Fprintf(styled, "\n%s\n\n", strings.Repeat("─", min(width, 100))); err != nil {
				return err
			}
		}
		first = false
		return page.Text(styled, r, width)
	}}
}

// openCSV writes one table of all the reports.
func openCSV(w io.Writer, _ *os.File) writer {
	return writer{page.NewTable(w).Add}
}

// output is where the command writes: standard output, or a file that takes
// its name only when all of it is written.
type output struct {
	*bufio.Writer

	file *os.File
	name string // that the file takes in the end; empty if it has it already
}

func openOutput(name string, std *os.File) (*output, error) {
	if name == "" {
		return &output{Writer: bufio.NewWriter(std), file: std}, nil
	}
	open := func() (*os.File, error) { return os.CreateTemp(filepath.Dir(name), ".rapporteur-*") }
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // a device, a pipe; a directory fails here
		final := name
		open, name = func() (*os.File, error) { return os.OpenFile(final, os.O_WRONLY, 0) }, ""
	}
	f, err := open()
	if err != nil {
		return nil, err
	}
	return &output{Writer: bufio.NewWriter(f), file: f, name: name}, nil
}

// keep makes what was written permanent.
func (o *output) keep() error {
	if err := o.Flush(); err != nil || o.name == "" {
		return err
	}
	const everyoneReads = 0o644
	if err := errors.Join(o.file.Chmod(everyoneReads), o.file.Close()); err != nil {
		return err
	}
	return os.Rename(o.file.Name(), o.name)
}

// discard removes a file that was not kept.
func (o *output) discard() {
	if o.name != "" {
		o.file.Close()
		os.Remove(o.file.Name())
	}
}

// unwritable says that the output cannot be written, without the names of
// files that the user does not know of.
func unwritable(name string, err error) error {
	if name == "" {
		name = "standard output"
	}
	if path, ok := errors.AsType[*os.PathError](err); ok {
		err = path.Err
	}
	return fmt.Errorf("%s: cannot be written: %w", name, err)
}
