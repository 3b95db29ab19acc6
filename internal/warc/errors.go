package warc

import (
	"fmt"

	"github.com/rapporteur/rapporteur/internal/source"
)

// maxShown is the length in bytes at which a URL is cut in a message.
const maxShown = 160

// RecordError says why one record, or one gzip member, was not read. The
// records after it are: call Next again.
type RecordError struct {
	Name   string // of the archive
	Offset int64  // as Page.Offset
	Within int64  // as Page.Within
	URL    string // what the record is of; empty where that was not read
	Why    string // begins with a verb: "holds no HTTP response"
}

// Error is one line.
func (e *RecordError) Error() string {
	url := e.URL
	if len(url) > maxShown {
		url = url[:maxShown] + "…"
	}
	if url != "" {
		url = ", " + url + ","
	}
	return source.Refuse(e.Name, fmt.Sprintf("record at %s%s %s", place(e.Offset, e.Within), url, e.Why), "").Error()
}

// BreakError says where an archive cannot be read any further. All whole
// records before were given.
type BreakError struct {
	Name   string // of the archive
	Offset int64  // as Page.Offset, of the record or gzip member that breaks
	Within int64  // as Page.Within
	Why    string
	cause  error
}

// Error is one line.
func (e *BreakError) Error() string {
	return source.Refuse(e.Name, fmt.Sprintf("breaks at %s: %s", place(e.Offset, e.Within), e.Why), "").Error()
}

// Unwrap is the error of the reader underneath, io.ErrUnexpectedEOF where the
// archive is cut off, or nil.
func (e *BreakError) Unwrap() error { return e.cause }

func place(offset, within int64) string {
	if within == 0 {
		return fmt.Sprintf("byte %d", offset)
	}
	return fmt.Sprintf("byte %d (%d unpacked bytes on)", offset, within)
}
