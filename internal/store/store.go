package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	"github.com/klauspost/compress/zstd"
	"modernc.org/sqlite"

	"github.com/rapporteur/rapporteur/internal/near"
)

//go:embed schema/*.sql
var schema embed.FS

// applicationID marks a SQLite file as a record: "Rapp" in ASCII.
const applicationID = 0x52617070

// The settings of every connection: readers beside one writer, and each
// transaction on the disk before it is called done.
const pragmas = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=cache_size(-16384)&_pragma=temp_store(MEMORY)"

// Store is a record in one SQLite file. Many goroutines may read it; only one
// program may hold it for writing, and only one goroutine may write.
type Store struct {
	path string
	read *sql.DB
	w    *sql.DB      // nil if it was opened for reading
	lock *flock.Flock // held while w is

	migrates bool // an older schema is brought up to date next

	enc *zstd.Encoder
	dec *zstd.Decoder
}

// Create opens the record at path for reading and writing, and makes it if
// there is none.
func Create(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fileTrouble(path, err)
	}
	if err := probe(path); err != nil {
		return nil, err
	}
	real := realPath(path)
	lock := flock.New(real + ".lock")
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fileTrouble(path, err)
	case !held:
		return nil, refuse(path, "another rapporteur is writing to this record", "wait until it is done, or stop it")
	}
	if err := peek(ctx, path); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	s, err := open(path, "rwc")
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	s.lock, s.w = lock, s.read
	s.w.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	r, err := open(path, "ro")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.read = r.read
	return s, nil
}

// realPath is path without links, so that one file has one lock.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// peek refuses a file that is another program's, or a newer one's, before
// anything is changed in it.
func peek(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil //nolint:nilerr // there is nothing to spoil
	}
	s, err := open(path, "ro")
	if err != nil {
		return err
	}
	s.migrates = true
	return errors.Join(s.check(ctx, s.read), s.Close())
}

// Open opens the record at path for reading.
func Open(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, refuse(path, "there is no record here", "make one with rapporteur record, or name it with --db")
		}
		return nil, fileTrouble(path, err)
	}
	if err := probe(path); err != nil {
		return nil, err
	}
	s, err := open(path, "ro")
	if err != nil {
		return nil, err
	}
	err = s.check(ctx, s.read)
	if e, ok := errors.AsType[*sqlite.Error](err); ok && isUnwritable(e) {
		// In a folder that may not be written to, a record that nobody writes is read as it stands.
		if _, missing := os.Stat(path + "-wal"); errors.Is(missing, fs.ErrNotExist) {
			_ = s.Close() // nothing was opened
			if s, err = open(path, "ro&immutable=1"); err != nil {
				return nil, err
			}
			err = s.check(ctx, s.read)
		}
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func open(path, mode string) (*Store, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fileTrouble(path, err)
	}
	full = filepath.ToSlash(full)
	if !strings.HasPrefix(full, "/") {
		full = "/" + full // a drive
	}
	dsn := (&url.URL{Scheme: "file", Path: full, RawQuery: "mode=" + mode + "&" + pragmas}).String()
	if mode != "rwc" {
		dsn = strings.ReplaceAll(dsn, "&_pragma=journal_mode(WAL)", "")
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fileTrouble(path, err)
	}
	conns := max(2, runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked))
	if err != nil {
		return nil, err
	}
	return &Store{path: path, read: db, enc: enc, dec: dec}, nil
}

// maxUnpacked bounds what one row of bytes may unpack to.
const maxUnpacked = 256 << 20

// Close closes the record.
func (s *Store) Close() error {
	var errs []error
	if s.w != s.read {
		errs = append(errs, s.read.Close())
	}
	if s.w != nil { // last, since it is who empties the log
		_, err := s.w.Exec("PRAGMA optimize") //nolint:noctx // it takes no time, and must be done
		errs = append(errs, err, s.w.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	s.dec.Close()
	return errors.Join(errs...)
}

// Path is where the record is, as it was given.
func (s *Store) Path() string { return s.path }

// version is the version of the schema that this program knows.
func version() int {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return len(names)
}

// check refuses what is no record, and a record of a newer program.
func (s *Store) check(ctx context.Context, db *sql.DB) error {
	var app, have int
	err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)").Scan(&app, &have)
	switch {
	case err != nil:
		return s.trouble(err)
	case app != applicationID:
		return refuse(s.path, "is a database, but no record of Rapporteur", "name another file with --db")
	case have > version():
		return refuse(s.path, fmt.Sprintf("was written by a newer rapporteur (schema %d, this one knows %d)", have, version()), "update this one")
	case have < version() && s.w == nil && !s.migrates:
		return refuse(s.path, fmt.Sprintf("was written by an older rapporteur (schema %d, this one reads %d)", have, version()), "bring it up to date with rapporteur record, which keeps all that it holds")
	}
	return nil
}

// migrate brings the schema up to date, one step a transaction. There is no way back.
func (s *Store) migrate(ctx context.Context) error {
	var tables int
	if err := s.w.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return s.trouble(err)
	}
	if tables > 0 {
		if err := s.check(ctx, s.w); err != nil {
			return err
		}
	}
	var have int
	if err := s.w.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return s.trouble(err)
	}
	for n := have + 1; n <= version(); n++ {
		step, err := schema.ReadFile(fmt.Sprintf("schema/%04d.sql", n))
		if err != nil {
			return err
		}
		err = s.transact(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, fmt.Sprintf("%s\nPRAGMA user_version = %d;\nPRAGMA application_id = %d;", step, n, applicationID))
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.resketchAll(ctx)
}

// resketchAll makes the sketches anew if they are of another version of package near.
func (s *Store) resketchAll(ctx context.Context) error {
	version := strconv.Itoa(near.Version)
	var have string
	err := s.w.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = 'sketch'").Scan(&have)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || have == version {
		return s.trouble(err)
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		p := &putter{s: s, ctx: ctx, tx: tx, ready: map[string]*sql.Stmt{}}
		if err := p.do("DELETE FROM sketch"); err != nil {
			return err
		}
		firsts, err := p.numbers("SELECT number FROM document WHERE copy_of IS NULL")
		if err != nil {
			return err
		}
		for _, number := range firsts {
			r, err := p.before(number)
			if err != nil {
				return err
			}
			if err := p.sketch(number, near.Sketch(r.Document.Text)); err != nil {
				return err
			}
		}
		return p.do("INSERT OR REPLACE INTO setting (name, value) VALUES ('sketch', ?)", version)
	})
}

// transact does all of do, or nothing.
func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	if s.w == nil {
		return refuse(s.path, "was opened for reading only", "")
	}
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return s.trouble(err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // what went wrong is told already
		return s.trouble(err)
	}
	return s.trouble(tx.Commit())
}
