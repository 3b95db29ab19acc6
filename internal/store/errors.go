package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Error says in one line what is wrong with a record, and what to do.
type Error struct {
	Path, Why, Advice string
	cause             error
}

func (e *Error) Error() string {
	out := e.Path + ": " + e.Why
	if e.Advice != "" {
		out += "; " + e.Advice
	}
	return out
}

// Unwrap is the error underneath, nil if there is none.
func (e *Error) Unwrap() error { return e.cause }

func refuse(path, why, advice string) *Error { return &Error{Path: path, Why: why, Advice: advice} }

// header is how a SQLite file begins.
const header = "SQLite format 3\x00"

// probe refuses a file that is no database before the driver makes one of it.
func probe(path string) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fileTrouble(path, err)
	case info.IsDir():
		return refuse(path, "is a folder, not a record", "name a file in it with --db")
	case !info.Mode().IsRegular():
		return refuse(path, "is no file that a record can be kept in", "name another file with --db")
	}
	f, err := os.Open(path)
	if err != nil {
		return fileTrouble(path, err)
	}
	defer f.Close()
	b := make([]byte, len(header))
	switch n, err := io.ReadFull(f, b); {
	case n == 0 && errors.Is(err, io.EOF):
		return nil // an empty file is an empty database
	case err != nil || string(b) != header:
		return refuse(path, "is no record of Rapporteur", "name another file with --db")
	}
	return nil
}

// fileTrouble tells why a file of the record could not be had.
func fileTrouble(path string, err error) error {
	why := fmt.Sprintf("cannot be opened: %v", err)
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		why = fmt.Sprintf("cannot be opened: %v", p.Err)
	}
	advice := ""
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		why, advice = "may not be written here", "name a folder that you may write to with --db"
	case errors.Is(err, syscall.ENOTDIR):
		why, advice = "stands in what is no folder", "name another file with --db"
	case errors.Is(err, syscall.ENOSPC):
		why, advice = "the disk is full", "make room; nothing that was recorded is lost"
	}
	return &Error{Path: path, Why: why, Advice: advice, cause: err}
}

// isUnwritable reports whether the driver wanted to write where it may not.
func isUnwritable(e *sqlite.Error) bool {
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_PERM
}

// trouble tells an error of the driver in plain words; others pass through.
func (s *Store) trouble(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	why, advice := fmt.Sprintf("the database says: %v", e), ""
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		why, advice = "the disk is full", "make room and give the same command again; what was recorded before is kept"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		why, advice = "may not be written", "check the permissions of the file and of its folder"
	case sqlite3.SQLITE_CANTOPEN:
		why, advice = "cannot be opened", "check the permissions of the file and of its folder"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		why, advice = "is held by another program", "wait until it is done"
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		why, advice = fmt.Sprintf("is damaged: %v", e), "restore a copy of it; what rapporteur verify can still read, it tells"
	case sqlite3.SQLITE_IOERR:
		why, advice = fmt.Sprintf("cannot be read or written: %v", e), "check the disk"
	}
	return &Error{Path: s.path, Why: why, Advice: advice, cause: err}
}
