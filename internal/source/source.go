// Package source gets the bytes of a report from a file, a URL or standard
// input, and makes UTF-8 text of them, or says in one line why it cannot.
// What comes in is foreign: everything here is linear in it and has a limit.
package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/rapporteur/rapporteur/internal/web"
	"github.com/rapporteur/rapporteur/record"
)

// The limits on one source.
const (
	MaxBytes     = web.MaxBytes     // of raw content, after the transport's decompression
	MaxRedirects = web.MaxRedirects // that a URL is followed through
	Timeout      = web.Timeout      // for all of a fetch, from the dial to the last byte
)

// Stdin is the name of the source that is standard input.
const Stdin = "-"

// Kind is the form that the text of a source has.
type Kind int

// The kinds of text.
const (
	Text Kind = iota // plain text, to be kept to the character
	HTML
)

// Raw is the content of one source as UTF-8 text. Text is valid UTF-8 without
// a byte order mark; it may hold control characters.
type Raw struct {
	Name     string // as the user gave it: a path, a URL, "-"
	URL      string // where the content was found, after redirects; empty for files
	Kind     Kind
	Text     string
	Warnings []record.Warning
}

// Options say how a source is opened. The zero value is good.
type Options struct {
	Stdin        io.Reader         // what "-" reads; nil is os.Stdin
	AllowPrivate bool              // fetch from private and local addresses and any port, and use a proxy
	Timeout      time.Duration     // for a fetch; 0 is Timeout
	Transport    http.RoundTripper // nil is the guarded transport
}

// Open reads the source of that name: "-" is standard input, a name with "://"
// is a URL, all else is a file. An error is an *Error.
func Open(ctx context.Context, name string, opts Options) (Raw, error) {
	switch {
	case name == Stdin:
		in := opts.Stdin
		if in == nil {
			in = os.Stdin
		}
		return Read(name, in)
	case strings.Contains(name, "://"):
		return fetch(ctx, name, opts)
	default:
		return open(name)
	}
}

// Decode makes text of bytes that were found before: name is for messages,
// address where they stood or empty, contentType the media type that was
// declared beside them, with its parameters, or empty.
func Decode(name, address string, b []byte, contentType string) (Raw, error) {
	if len(b) > MaxBytes {
		return Raw{}, tooLarge(name)
	}
	c := content{name: name, bytes: b}
	if mediaType, params, err := mime.ParseMediaType(contentType); err == nil {
		c.mediaType, c.charset = mediaType, params["charset"]
	}
	return decode(c, Raw{Name: name, URL: address})
}

// Read reads r to its end as the content of the source of that name.
func Read(name string, r io.Reader) (Raw, error) {
	shown := name
	if name == Stdin {
		shown = "standard input"
	}
	b, err := readAll(shown, r)
	if err != nil {
		return Raw{}, err
	}
	return decode(content{name: shown, bytes: b}, Raw{Name: name})
}

func open(name string) (Raw, error) {
	f, err := os.Open(name)
	if err != nil {
		return Raw{}, fileError(name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return Raw{}, unreachable(name, syscall.EISDIR, "name the files in it", "is a directory")
	}
	b, err := readAll(name, f)
	if err != nil {
		return Raw{}, err
	}
	c := content{name: name, bytes: b}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht", ".shtml":
		c.mediaType = "text/html"
	}
	return decode(c, Raw{Name: name})
}

// readAll reads r to its end, or to MaxBytes, over which it refuses.
func readAll(name string, r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fileError(name, err)
	}
	if len(b) > MaxBytes {
		return nil, tooLarge(name)
	}
	return b, nil
}

func tooLarge(name string) *Error {
	return Refuse(name, "is larger than 16 MiB, the limit for one report", "give it in parts")
}

// fileError tells why a file could not be opened or read, without the system's jargon.
func fileError(name string, err error) *Error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(name, "www."):
		return unreachable(name, err, "begin an address with https://", "there is no such file")
	case errors.Is(err, fs.ErrNotExist):
		return unreachable(name, err, "check the name", "there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return unreachable(name, err, "check its permissions", "may not be read")
	case errors.Is(err, syscall.EISDIR):
		return unreachable(name, err, "name the files in it", "is a directory")
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return unreachable(name, err, "", "cannot be read: %v", path.Err)
	}
	return unreachable(name, err, "", "cannot be read: %v", err)
}
