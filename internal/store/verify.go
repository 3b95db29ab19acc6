package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Problem is a row that is not what it should be.
type Problem struct {
	Row string // "D12", "D12.S3", "raw 5f3a…", "the database"
	Why string
}

// Checked counts what was proved.
type Checked struct {
	Documents, Spans, Rows, Raw int

	indexed int // rows of the full text
}

// Verify proves the record, as far as it can be proved without reading anything
// again: every text and all bytes against their hashes, every span against the
// text, every row against the report that it was made from and its reader. It
// tells of each problem, and goes on.
func (s *Store) Verify(ctx context.Context, tell func(Problem)) (Checked, error) {
	var c Checked
	if err := s.verifyFile(ctx, tell); err != nil {
		return c, err
	}
	if err := s.verifyRaw(ctx, &c, tell); err != nil {
		return c, err
	}
	var last int64
	if err := s.read.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM document").Scan(&last); err != nil {
		return c, s.trouble(err)
	}
	for number := int64(1); number <= last; number++ {
		if err := s.verifyDocument(ctx, number, &c, tell); err != nil {
			return c, err
		}
	}
	return c, s.verifyStrays(ctx, c.indexed, tell)
}

// verifyFile lets SQLite look at the file itself, and at what refers to what.
func (s *Store) verifyFile(ctx context.Context, tell func(Problem)) error {
	rows, err := s.read.QueryContext(ctx, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' UNION ALL SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check")
	if err != nil {
		return s.trouble(err)
	}
	defer rows.Close()
	for rows.Next() {
		p := Problem{Row: "the database"}
		if err := rows.Scan(&p.Why); err != nil {
			return s.trouble(err)
		}
		tell(p)
	}
	return s.trouble(rows.Err())
}

func (s *Store) verifyRaw(ctx context.Context, c *Checked, tell func(Problem)) error {
	rows, err := s.read.QueryContext(ctx, "SELECT hash, size, bytes FROM raw")
	if err != nil {
		return s.trouble(err)
	}
	defer rows.Close()
	for rows.Next() {
		var hash, packed []byte
		var size int
		if err := rows.Scan(&hash, &size, &packed); err != nil {
			return s.trouble(err)
		}
		c.Raw++
		b, err := s.dec.DecodeAll(packed, nil)
		sum := sha256.Sum256(b)
		if err != nil || len(b) != size || !bytes.Equal(sum[:], hash) {
			tell(Problem{"raw " + hex.EncodeToString(hash), "the bytes do not have the hash that they are kept under"})
		}
	}
	return s.trouble(rows.Err())
}

// verifyDocument checks one document and all that was read from it.
func (s *Store) verifyDocument(ctx context.Context, number int64, c *Checked, tell func(Problem)) error {
	id := ID{Number: number}
	tellf := func(id ID, format string, args ...any) { tell(Problem{id.String(), fmt.Sprintf(format, args...)}) }
	var hash, packed []byte
	var reader, version, previous, before int64
	var url, urlBefore string
	err := s.read.QueryRowContext(ctx, `SELECT d.hash, d.report, d.reader, d.version, coalesce(d.previous, 0), coalesce(d.url, ''), coalesce(p.url, ''), coalesce(p.version, 0)
		FROM document d LEFT JOIN document p ON p.number = d.previous WHERE d.number = ?`, number).Scan(&hash, &packed, &reader, &version, &previous, &url, &urlBefore, &before)
	if err != nil {
		if err = s.missing(err); err == nil {
			tellf(id, "is not there")
		}
		return err
	}
	c.Documents++
	if version > 1 && (url != urlBefore || before != version-1) || version == 1 && previous != 0 {
		tellf(id, "says that it is version %d of %s, and D%d is not the version before", version, url, previous)
	}
	r, err := s.unpack(packed) // which checks each span against its words
	if err != nil {
		tellf(id, "%v", err)
		return nil
	}
	if err := r.Check(); err != nil {
		tellf(id, "%v", err)
	}
	sum := sha256.Sum256([]byte(r.Document.Text))
	if !bytes.Equal(sum[:], hash) || r.Document.ID != "sha256:"+hex.EncodeToString(sum[:]) {
		tellf(id, "the text does not have the hash that it is kept under")
	}
	c.Spans += spansOf(r)
	for i := range tables {
		if err := s.verifyRows(ctx, &tables[i], number, reader, r, c, tellf); err != nil {
			return err
		}
	}
	var found int
	day := dayOf(r.Document.Published)
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM words WHERE rowid >= ? AND rowid < ?", firstRow(day, number), firstRow(day, number+1)).Scan(&found); err != nil {
		return s.trouble(err)
	}
	c.indexed += found
	if want := len(wordsOf(number, r)); found != want {
		tellf(id, "the search knows %d of its %d rows", found, want)
	}
	return nil
}

// verifyRows compares the rows of a table with those that the report gives.
func (s *Store) verifyRows(ctx context.Context, t *table, number, reader int64, r *record.Report, c *Checked, tellf func(ID, string, ...any)) error {
	want := t.of(r)
	part := strings.ToUpper(t.name[:1])[0]
	rows, err := s.read.QueryContext(ctx, "SELECT "+t.columns+" FROM "+t.name+" WHERE document = ? ORDER BY n", number) //nolint:gosec // constants
	if err != nil {
		return s.trouble(err)
	}
	defer rows.Close()
	names := strings.Split(t.columns, ", ")
	have := make([]any, len(names))
	into := make([]any, len(names))
	for i := range have {
		into[i] = &have[i]
	}
	n := 0
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return s.trouble(err)
		}
		c.Rows++
		k, _ := have[1].(int64)
		id := ID{number, part, int(k)}
		if k < 1 || int(k) > len(want) {
			tellf(id, "is no row of the report")
			continue
		}
		full := append([]any{number, k, reader}, want[k-1]...)
		for i := range full {
			if have[i] != full[i] {
				tellf(id, "%s is %v, and the report says %v", names[i], have[i], full[i])
			}
		}
	}
	if err := rows.Err(); err != nil {
		return s.trouble(err)
	}
	if n < len(want) {
		tellf(ID{Number: number}, "has %d rows of %s, and the report has %d", n, t.name, len(want))
	}
	return nil
}

// verifyStrays looks for rows of documents that are not there.
func (s *Store) verifyStrays(ctx context.Context, indexed int, tell func(Problem)) error {
	var strays int
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) - ? FROM words", indexed).Scan(&strays); err != nil {
		return s.trouble(err)
	}
	if strays > 0 {
		tell(Problem{"the search", fmt.Sprintf("knows %d rows of documents that are not there", strays)})
	}
	return nil
}

// spansOf is how many spans there are in r.
func spansOf(r *record.Report) int {
	n := 0
	for i := range r.Actors {
		n += len(r.Actors[i].Mentions)
	}
	some := func(there ...bool) {
		n += len(slices.DeleteFunc(there, func(b bool) bool { return !b }))
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		n += len(s.Content)
		some(s.Source != nil, s.Cue != nil, s.Addressee != nil, s.Medium != nil, s.Place != nil, s.Time != nil)
	}
	for i := range r.Events {
		e := &r.Events[i]
		n += 1 + len(e.Magnitudes)
		some(e.Object != nil, e.Date != nil, e.Place != nil)
	}
	return n
}

// missing is err, but nil for a row that is not there.
func (s *Store) missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return s.trouble(err)
}
