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
	"strconv"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/rapporteur/rapporteur/internal/near"
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
}

// querier is the record, or one state of it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// verifier proves one state of a record.
type verifier struct {
	s    *Store
	q    querier
	tell func(Problem)
	Checked
	indexed, sketched int // rows of the full text, hashes of the sketches
}

// Verify proves the record, as far as it can be proved without reading anything
// again: every text and all bytes against their hashes, every span against the
// text, every row against the report that it was made from and its reader, and
// every document against what was told beside its bytes. It tells of each
// problem, and goes on. What is written meanwhile is not looked at.
func (s *Store) Verify(ctx context.Context, tell func(Problem)) (Checked, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Checked{}, s.trouble(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	v := &verifier{s: s, q: tx, tell: tell}
	if err := v.past("the database", v.file(ctx)); err != nil {
		return v.Checked, err
	}
	if err := v.past("the bytes", v.raw(ctx)); err != nil {
		return v.Checked, err
	}
	var last int64
	if err := v.q.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM document").Scan(&last); err != nil {
		return v.Checked, s.trouble(err)
	}
	for number := int64(1); number <= last; number++ {
		if err := v.past(ID{Number: number}.String(), v.document(ctx, number)); err != nil {
			return v.Checked, err
		}
	}
	return v.Checked, v.past("the search", v.strays(ctx))
}

// past tells of err as a problem of row, if it is a damage of the file that
// others rows need not share.
func (v *verifier) past(row string, err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok || e.Code()&0xff != sqlite3.SQLITE_CORRUPT {
		return v.s.trouble(err)
	}
	v.tell(Problem{row, fmt.Sprintf("cannot be read, since the file is damaged: %v", e)})
	return nil
}

func (v *verifier) tellf(id ID, format string, args ...any) {
	v.tell(Problem{id.String(), fmt.Sprintf(format, args...)})
}

// file lets SQLite look at the file itself, and at what refers to what.
func (v *verifier) file(ctx context.Context) error {
	rows, err := v.q.QueryContext(ctx, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' UNION ALL SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		p := Problem{Row: "the database"}
		if err := rows.Scan(&p.Why); err != nil {
			return err
		}
		v.tell(p)
	}
	return rows.Err()
}

func (v *verifier) raw(ctx context.Context) error {
	rows, err := v.q.QueryContext(ctx, "SELECT hash, size, bytes FROM raw")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash, packed []byte
		var size int
		if err := rows.Scan(&hash, &size, &packed); err != nil {
			return err
		}
		v.Raw++
		b, err := v.s.dec.DecodeAll(packed, nil)
		sum := sha256.Sum256(b)
		if err != nil || len(b) != size || !bytes.Equal(sum[:], hash) {
			v.tell(Problem{"raw " + hex.EncodeToString(hash), "the bytes do not have the hash that they are kept under"})
		}
	}
	return rows.Err()
}

// kept is what the table says of a document.
type kept struct {
	hash, report                                         []byte
	reader, version, previous, before, copyOf, length    int64
	url, outlet, title, byline, published, language, was string
}

// document checks one document and all that was read from it.
func (v *verifier) document(ctx context.Context, number int64) error {
	id := ID{Number: number}
	var d kept
	err := v.q.QueryRowContext(ctx, `SELECT d.hash, d.report, d.reader, d.version, coalesce(d.previous, 0), coalesce(p.version, 0), coalesce(d.copy_of, 0), d.characters,
		coalesce(d.url, ''), coalesce(d.outlet, ''), coalesce(d.title, ''), coalesce(d.byline, ''), coalesce(d.published, ''), coalesce(d.language, ''), coalesce(p.url, '')
		FROM document d LEFT JOIN document p ON p.number = d.previous WHERE d.number = ?`, number).
		Scan(&d.hash, &d.report, &d.reader, &d.version, &d.previous, &d.before, &d.copyOf, &d.length, &d.url, &d.outlet, &d.title, &d.byline, &d.published, &d.language, &d.was)
	if errors.Is(err, sql.ErrNoRows) {
		v.tellf(id, "is not there")
		return nil
	}
	if err != nil {
		return err
	}
	v.Documents++
	if d.version > 1 && (d.url != d.was || d.before != d.version-1) || d.version == 1 && d.previous != 0 {
		v.tellf(id, "says that it is version %d of %s, and D%d is not the version before", d.version, d.url, d.previous)
	}
	if d.copyOf >= number {
		v.tellf(id, "says that it is a copy of D%d, which is no earlier document", d.copyOf)
	}
	r, err := v.s.unpack(d.report) // which checks each span against its words
	if err != nil {
		v.tellf(id, "%v", err)
		return nil
	}
	if err := r.Check(); err != nil {
		v.tellf(id, "%v", err)
	}
	sum := sha256.Sum256([]byte(r.Document.Text))
	if !bytes.Equal(sum[:], d.hash) || r.Document.ID != "sha256:"+hex.EncodeToString(sum[:]) {
		v.tellf(id, "the text does not have the hash that it is kept under")
	}
	points := record.NewPoints(r.Document.Text)
	for _, x := range []struct{ column, have, want string }{
		{"url", d.url, r.Document.URL}, {"outlet", d.outlet, r.Document.Outlet}, {"title", d.title, r.Document.Title}, {"byline", d.byline, r.Document.Byline},
		{"published", d.published, stamp(r.Document.Published)}, {"language", d.language, r.Document.Language},
		{"characters", strconv.FormatInt(d.length, 10), strconv.Itoa(points.At(len(r.Document.Text)))},
	} {
		if x.have != x.want {
			v.tellf(id, "%s is %q, and the report says %q", x.column, x.have, x.want)
		}
	}
	v.Spans += spansOf(r)
	for i := range tables {
		if err := v.rows(ctx, &tables[i], number, d.reader, r); err != nil {
			return err
		}
	}
	if err := v.told(ctx, number); err != nil {
		return err
	}
	if d.copyOf == 0 {
		if err := v.sketch(ctx, number, r.Document.Text); err != nil {
			return err
		}
	}
	return v.words(ctx, number, r)
}

// told checks that what was told beside the bytes of a document is what it was taken in with.
func (v *verifier) told(ctx context.Context, number int64) error {
	id := ID{Number: number}
	o, err := v.s.original(ctx, v.q, number)
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e
	}
	if err != nil {
		v.tellf(id, "%v", err)
		return nil
	}
	key := o.Key()
	var n int
	if err := v.q.QueryRowContext(ctx, "SELECT count(*) FROM source WHERE key = ? AND document = ?", key[:], number).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		v.tellf(id, "its bytes and what was told beside them are not those that were taken in")
	}
	return nil
}

// numbers are the first column of a query, as a set.
func (v *verifier) numbers(ctx context.Context, query string, args ...any) (map[int64]bool, error) {
	rows, err := v.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]bool{}
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out[n] = true
	}
	return out, rows.Err()
}

// sketch checks that the copies of a document can be found.
func (v *verifier) sketch(ctx context.Context, number int64, text string) error {
	missing := 0
	hashes := near.Sketch(text)
	for _, h := range hashes {
		var n int
		if err := v.q.QueryRowContext(ctx, "SELECT count(*) FROM sketch WHERE hash = ? AND document = ?", int64(h), number).Scan(&n); err != nil {
			return err
		}
		missing += 1 - n
	}
	v.sketched += len(hashes) - missing
	if missing > 0 {
		v.tellf(ID{Number: number}, "%d of the %d hashes are missing by which its copies are found", missing, len(hashes))
	}
	return nil
}

// words checks that all rows of a document can be searched.
func (v *verifier) words(ctx context.Context, number int64, r *record.Report) error {
	first := firstRow(dayOf(r.Document.Published), number)
	have, err := v.numbers(ctx, "SELECT rowid FROM words WHERE rowid >= ? AND rowid < ?", first, first+firstRow(0, 1))
	if err != nil {
		return err
	}
	v.indexed += len(have)
	want := wordsOf(number, r)
	found := 0
	for i := range want {
		if have[want[i].row] {
			found++
		}
	}
	if found != len(want) || found != len(have) {
		v.tellf(ID{Number: number}, "the search knows %d of its %d rows, and %d others", found, len(want), len(have)-found)
	}
	return nil
}

// rows compares the rows of a table with those that the report gives.
func (v *verifier) rows(ctx context.Context, t *table, number, reader int64, r *record.Report) error {
	want := t.of(r)
	part := strings.ToUpper(t.name[:1])[0]
	rows, err := v.q.QueryContext(ctx, "SELECT "+t.columns+" FROM "+t.name+" WHERE document = ? ORDER BY n", number)
	if err != nil {
		return err
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
			return err
		}
		v.Rows++
		k, _ := have[1].(int64)
		id := ID{number, part, int(k)}
		if k < 1 || int(k) > len(want) {
			v.tellf(id, "is no row of the report")
			continue
		}
		full := append([]any{number, k, reader}, want[k-1]...)
		for i := range full {
			if have[i] != full[i] {
				v.tellf(id, "%s is %v, and the report says %v", names[i], have[i], full[i])
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if n < len(want) {
		v.tellf(ID{Number: number}, "has %d rows of %s, and the report has %d", n, t.name, len(want))
	}
	return nil
}

// strays looks for rows of documents that are not there.
func (v *verifier) strays(ctx context.Context) error {
	var words, hashes int
	if err := v.q.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM words), (SELECT count(*) FROM sketch)").Scan(&words, &hashes); err != nil {
		return err
	}
	if words != v.indexed {
		v.tell(Problem{"the search", fmt.Sprintf("knows %d rows of documents that are not there", words-v.indexed)})
	}
	if hashes != v.sketched {
		v.tell(Problem{"the sketches", fmt.Sprintf("hold %d hashes of documents that are not there, or are copies", hashes-v.sketched)})
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
