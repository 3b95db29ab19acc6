package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/near"
	"github.com/rapporteur/rapporteur/record"
)

// Item is one thing taken in, and what was read from it or why nothing was.
type Item struct {
	Key       Key
	Origin    string            // a path, an address, "crawl.warc.gz@1024", "posts.jsonl:17"
	Found     time.Time         // when it was taken in
	Raw       []byte            // the bytes as they came
	Address   string            // where they stood, if it has one
	MediaType string            // of them, as it was declared: "text/html; charset=utf-8"; empty if it was not
	Given     record.Document   // what was told beside the bytes; no ID and no Text
	Extra     map[string]string // what else was told, by its own keys
	Report    *record.Report    // nil if it could not be read
	Known     bool              // it was taken in before, and nothing but Key, Origin and Found is given
	Reason    string            // why not
	Temporary bool              // the reason may pass
	Watched   bool              // it is of a feed, whose next poll tries again
}

// Fate is what became of an item.
type Fate int

// The fates of an item.
const (
	Added   Fate = iota // a new document
	Again               // a document that the record has already
	Changed             // a new version of what stood at its address
	Copied              // a new document, that repeats the article of another
	Failed              // no document
)

// Outcome is what became of an item, and the number of its document, 0 for none.
type Outcome struct {
	Fate   Fate
	Number int64
}

// Put keeps items in their order, all of them or none, and tells what became of each.
func (s *Store) Put(ctx context.Context, items []Item, reader string) ([]Outcome, error) {
	out := make([]Outcome, len(items))
	err := s.transact(ctx, func(tx *sql.Tx) error {
		p, err := s.putter(ctx, tx, reader)
		if err != nil {
			return err
		}
		for i := range items {
			if out[i], err = p.put(&items[i]); err != nil {
				return err
			}
		}
		return p.index()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// putter puts items within one transaction.
type putter struct {
	s      *Store
	ctx    context.Context //nolint:containedctx // lives as long as one call of Put
	tx     *sql.Tx
	reader int64
	ready  map[string]*sql.Stmt
	words  []indexed // of what was put
	gone   []int64   // the first rows of the full text of the documents that were replaced
}

func (s *Store) putter(ctx context.Context, tx *sql.Tx, reader string) (*putter, error) {
	p := &putter{s: s, ctx: ctx, tx: tx, ready: map[string]*sql.Stmt{}}
	if err := p.do("INSERT INTO reader (version) VALUES (?) ON CONFLICT DO NOTHING", reader); err != nil {
		return nil, err
	}
	return p, p.one("SELECT id FROM reader WHERE version = ?", []any{reader}, &p.reader)
}

func (p *putter) stmt(query string) (*sql.Stmt, error) {
	if st := p.ready[query]; st != nil {
		return st, nil
	}
	st, err := p.tx.PrepareContext(p.ctx, query)
	p.ready[query] = st // closed with the transaction
	return st, err
}

func (p *putter) do(query string, args ...any) error {
	st, err := p.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return err
	}
	_, err = st.ExecContext(p.ctx, args...)
	return err
}

func (p *putter) one(query string, args []any, into ...any) error {
	st, err := p.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return err
	}
	return st.QueryRowContext(p.ctx, args...).Scan(into...)
}

func (p *putter) numbers(query string, args ...any) ([]int64, error) {
	st, err := p.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(p.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

func (p *putter) put(it *Item) (Outcome, error) {
	if it.Known {
		var number sql.NullInt64
		if err := p.one("UPDATE source SET found = ? WHERE key = ? RETURNING document", []any{stamp(it.Found), it.Key[:]}, &number); err != nil {
			return Outcome{}, err
		}
		return Outcome{Again, number.Int64}, p.passed(it)
	}
	if it.Report == nil {
		return Outcome{Fate: Failed}, p.source(it, nil)
	}
	if have, err := p.same(it); err != nil || have > 0 {
		return Outcome{Again, have}, errors.Join(err, p.source(it, have))
	}
	number, fate, err := p.document(it)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{fate, number}, p.source(it, number)
}

// passed removes what failed at the origin of it before. At standard input
// something else stands each time.
func (p *putter) passed(it *Item) error {
	if it.Origin == "-" {
		return nil
	}
	return p.do("DELETE FROM source WHERE document IS NULL AND origin = ? AND key <> ?", it.Origin, it.Key[:])
}

// source notes that it was taken in, and what became of it.
func (p *putter) source(it *Item, document any) error {
	if err := p.passed(it); err != nil {
		return err
	}
	return p.do(`INSERT INTO source (key, origin, found, document, reason, temporary, watched, tries) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
		ON CONFLICT DO UPDATE SET found = excluded.found, document = excluded.document, reason = excluded.reason, temporary = excluded.temporary, tries = tries + (excluded.document IS NULL)`,
		it.Key[:], it.Origin, stamp(it.Found), document, orNull(it.Reason), it.Temporary, it.Watched)
}

// same is the document with the text of it, from the same address if it has one; 0 for none.
func (p *putter) same(it *Item) (int64, error) {
	hash, err := hashOf(it.Report)
	if err != nil {
		return 0, err
	}
	var number int64
	if url := it.Report.Document.URL; url != "" {
		err = p.one("SELECT number FROM document WHERE hash = ? AND url = ? ORDER BY number LIMIT 1", []any{hash, url}, &number)
	} else {
		err = p.one("SELECT number FROM document WHERE hash = ? ORDER BY number LIMIT 1", []any{hash}, &number)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return number, err
}

func hashOf(r *record.Report) ([]byte, error) {
	hash, err := hex.DecodeString(strings.TrimPrefix(r.Document.ID, "sha256:"))
	if err != nil || len(hash) != sha256.Size {
		return nil, fmt.Errorf("store: %q is no id of a document", r.Document.ID)
	}
	return hash, nil
}

// document keeps it as a new document.
func (p *putter) document(it *Item) (int64, Fate, error) {
	var number int64
	if err := p.one("SELECT coalesce(max(number), 0) + 1 FROM document", nil, &number); err != nil {
		return 0, 0, err
	}
	if number > maxNumber {
		return 0, 0, refuse(p.s.path, fmt.Sprintf("holds %d documents, and no more fit", maxNumber), "begin another record with --db")
	}
	fate, version, previous, err := p.versionOf(it.Report.Document.URL)
	if err != nil {
		return 0, 0, err
	}
	sketch := near.Sketch(it.Report.Document.Text)
	original, err := p.originalOf(it.Report, sketch)
	if err != nil {
		return 0, 0, err
	}
	var copyOf any
	if original > 0 {
		copyOf = original
		if fate == Added {
			fate = Copied
		}
	}
	raw := sha256.Sum256(it.Raw)
	if err := p.raw(raw[:], it.Raw); err != nil {
		return 0, 0, err
	}
	report, packed, err := p.s.pack(it.Report)
	if err != nil {
		return 0, 0, err
	}
	given, err := json.Marshal(givenOf(it.Address, &it.Given))
	if err != nil {
		return 0, 0, err
	}
	extra, err := json.Marshal(it.Extra)
	if err != nil {
		return 0, 0, err
	}
	if len(it.Extra) == 0 {
		extra = []byte("{}")
	}
	points := record.NewPoints(report.Document.Text)
	hash, err := hashOf(report)
	if err != nil {
		return 0, 0, err
	}
	d := &report.Document
	err = p.do(`INSERT INTO document (number, hash, url, outlet, title, byline, published, language, characters, origin, found, media_type, given, extra, raw, version, previous, copy_of, reader, report)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		number, hash, orNull(d.URL), orNull(d.Outlet), orNull(d.Title), orNull(d.Byline), orNull(stamp(d.Published)), orNull(d.Language), points.At(len(d.Text)),
		it.Origin, stamp(it.Found), it.MediaType, string(given), string(extra), raw[:], version, previous, copyOf, p.reader, packed)
	if err != nil {
		return 0, 0, err
	}
	if original == 0 { // copies are found by the first
		if err := p.sketch(number, sketch); err != nil {
			return 0, 0, err
		}
	}
	return number, fate, p.rows(number, report)
}

// versionOf is the place of a new document among those from url.
func (p *putter) versionOf(url string) (fate Fate, version int, previous any, err error) {
	if url == "" {
		return Added, 1, nil, nil
	}
	var number int64
	switch err := p.one("SELECT number, version FROM document WHERE url = ? ORDER BY version DESC LIMIT 1", []any{url}, &number, &version); {
	case errors.Is(err, sql.ErrNoRows):
		return Added, 1, nil, nil
	case err != nil:
		return 0, 0, nil, err
	}
	return Changed, version + 1, number, nil
}

func (p *putter) raw(hash, b []byte) error {
	var have int
	if err := p.one("SELECT count(*) FROM raw WHERE hash = ?", []any{hash}, &have); err != nil || have > 0 {
		return err
	}
	return p.do("INSERT INTO raw (hash, size, bytes) VALUES (?, ?, ?)", hash, len(b), p.s.enc.EncodeAll(b, nil))
}

// originalOf is the first document that the article of r repeats, 0 for none.
// Another version of the same address is no copy.
func (p *putter) originalOf(r *record.Report, sketch []uint64) (int64, error) {
	candidates, err := near.Candidates(sketch, func(hash uint64, limit int) ([]int64, error) {
		return p.numbers("SELECT document FROM sketch WHERE hash = ? ORDER BY document LIMIT ?", int64(hash), limit)
	})
	if err != nil {
		return 0, err
	}
	var first int64
	for _, n := range candidates {
		if first > 0 && n > first {
			continue
		}
		var packed []byte
		var url sql.NullString
		if err := p.one("SELECT report, url FROM document WHERE number = ?", []any{n}, &packed, &url); err != nil {
			return 0, err
		}
		if url.Valid && url.String == r.Document.URL {
			continue
		}
		other, err := p.s.textOf(packed)
		if err != nil {
			return 0, err
		}
		if near.Compare(other, r.Document.Text).Copy {
			first = n
		}
	}
	return first, nil
}

// rows keeps what was read from document number, in tables and for the search.
func (p *putter) rows(number int64, r *record.Report) error {
	for i := range tables {
		t := &tables[i]
		for n, row := range t.of(r) {
			if err := p.do(t.insert(), append([]any{number, n + 1, p.reader}, row...)...); err != nil {
				return err
			}
		}
	}
	p.words = append(p.words, wordsOf(number, r)...)
	return nil
}

// index lets what was put be searched. It comes last in a transaction, since the
// full text writes to the file whenever another table is changed after it.
func (p *putter) index() error {
	for i := range p.words {
		w := &p.words[i]
		if err := p.do("INSERT INTO words (rowid, body, who, outlet) VALUES (?, ?, ?, ?)", w.row, w.body, w.who, w.outlet); err != nil {
			return err
		}
	}
	return nil
}

// pack is r as it is kept, and what it is when it is read back.
func (s *Store) pack(r *record.Report) (*record.Report, []byte, error) {
	b, err := r.AppendJSON(nil)
	if err != nil {
		return nil, nil, err
	}
	kept, err := record.Decode(b)
	if err != nil {
		return nil, nil, fmt.Errorf("store: a report does not survive its own JSON: %w", err)
	}
	return kept, s.enc.EncodeAll(b, nil), nil
}

// textOf is the text of a packed report; what was read from it is passed by.
func (s *Store) textOf(packed []byte) (string, error) {
	b, err := s.dec.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("a report that is kept cannot be unpacked: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	for {
		key, err := d.Token()
		if err != nil {
			return "", fmt.Errorf("a report that is kept cannot be read back: %w", err)
		}
		if key == "document" {
			var doc struct {
				Text string `json:"text"`
			}
			err := d.Decode(&doc)
			return doc.Text, err
		}
	}
}

func (s *Store) unpack(packed []byte) (*record.Report, error) {
	b, err := s.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("a report that is kept cannot be unpacked: %w", err)
	}
	r, err := record.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("a report that is kept cannot be read back: %w", err)
	}
	return r, nil
}

// given is what was told of a document beside its bytes.
type given struct {
	Address   string    `json:"address,omitempty"`
	URL       string    `json:"url,omitempty"`
	Outlet    string    `json:"outlet,omitempty"`
	Title     string    `json:"title,omitempty"`
	Byline    string    `json:"byline,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Language  string    `json:"language,omitempty"`
}

func givenOf(address string, d *record.Document) given {
	return given{address, d.URL, d.Outlet, d.Title, d.Byline, d.Published, d.Language}
}

// stamp is t as it is kept, empty for no time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
