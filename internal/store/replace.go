package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/rapporteur/rapporteur/internal/near"
	"github.com/rapporteur/rapporteur/record"
)

// Reading is what a newer reader read from a document that is kept.
type Reading struct {
	Number int64
	Report *record.Report
}

// Replace puts readings in the place of what was read before, all of them or
// none. Number, origin, version, bytes and decisions of a document stay.
func (s *Store) Replace(ctx context.Context, readings []Reading, reader string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		p, err := s.putter(ctx, tx, reader)
		if err != nil {
			return err
		}
		for i := range readings {
			if err := p.replace(readings[i].Number, readings[i].Report); err != nil {
				return err
			}
		}
		for _, row := range p.gone {
			if err := p.do("DELETE FROM words WHERE rowid >= ? AND rowid < ?", row, row+firstRow(0, 1)); err != nil {
				return err
			}
		}
		return p.index()
	})
}

func (p *putter) replace(number int64, r *record.Report) error {
	report, packed, err := p.s.pack(r)
	if err != nil {
		return err
	}
	d := &report.Document
	hash, err := hashOf(report)
	if err != nil {
		return err
	}
	before, err := p.before(number)
	if err != nil {
		return err
	}
	p.gone = append(p.gone, firstRow(dayOf(before.Document.Published), number))
	if err := p.resketch(number, before.Document.Text, d.Text); err != nil {
		return err
	}
	for i := range tables {
		if err := p.do("DELETE FROM "+tables[i].name+" WHERE document = ?", number); err != nil {
			return err
		}
	}
	points := record.NewPoints(d.Text)
	err = p.do("UPDATE document SET hash = ?, url = ?, outlet = ?, title = ?, byline = ?, published = ?, language = ?, characters = ?, reader = ?, report = ? WHERE number = ?",
		hash, orNull(d.URL), orNull(d.Outlet), orNull(d.Title), orNull(d.Byline), orNull(stamp(d.Published)), orNull(d.Language), points.At(len(d.Text)), p.reader, packed, number)
	if err != nil {
		return err
	}
	return p.rows(number, report)
}

// before is what was read from document number until now.
func (p *putter) before(number int64) (*record.Report, error) {
	var packed []byte
	if err := p.one("SELECT report FROM document WHERE number = ?", []any{number}, &packed); err != nil {
		return nil, err
	}
	return p.s.unpack(packed)
}

// resketch lets the copies of document number be found by its text of now, where
// they were found by that of before.
func (p *putter) resketch(number int64, before, now string) error {
	old := near.Sketch(before)
	if before == now || len(old) == 0 {
		return nil
	}
	var held int
	if err := p.one("SELECT count(*) FROM sketch WHERE hash = ? AND document = ?", []any{int64(old[0]), number}, &held); err != nil || held == 0 {
		return err
	}
	for _, h := range old {
		if err := p.do("DELETE FROM sketch WHERE hash = ? AND document = ?", int64(h), number); err != nil {
			return err
		}
	}
	return p.sketch(number, near.Sketch(now))
}

func (p *putter) sketch(number int64, hashes []uint64) error {
	for _, h := range hashes {
		if err := p.do("INSERT INTO sketch (hash, document) VALUES (?, ?) ON CONFLICT DO NOTHING", int64(h), number); err != nil {
			return err
		}
	}
	return nil
}

// Decide keeps what somebody decided of a row: right or wrong, or, if verdict is
// empty, that nothing is decided. It holds of the words that the row stands on.
func (s *Store) Decide(ctx context.Context, id ID, verdict, note, when string) error {
	k, err := s.Get(ctx, id.Number)
	if err != nil {
		return err
	}
	anchor := ""
	if k != nil {
		anchor = anchorOf(k.Report, id)
	}
	if anchor == "" {
		return refuse(s.path, "holds no statement or event "+id.String(), "rapporteur search finds them")
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		if verdict == "" {
			_, err := tx.ExecContext(ctx, "DELETE FROM decision WHERE document = ? AND kind = ? AND anchor = ?", id.Number, string(id.Part), anchor)
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO decision (document, kind, anchor, verdict, note, decided) VALUES (?, ?, ?, ?, ?, ?)", id.Number, string(id.Part), anchor, verdict, orNull(note), when)
		return err
	})
}

// The verdicts of a decision.
const (
	Right = "right"
	Wrong = "wrong"
)

// Decision is what somebody decided of a row.
type Decision struct {
	ID                     ID // N is 0 if no row says any more what it was decided of
	Verdict, Note, Decided string
	Anchor                 string
}

// decisions is those of a document.
func (s *Store) decisions(ctx context.Context, q querier, k *Kept) ([]Decision, error) {
	rows, err := q.QueryContext(ctx, "SELECT kind, anchor, verdict, coalesce(note, ''), decided FROM decision WHERE document = ? ORDER BY kind DESC, anchor", k.Number)
	if err != nil {
		return nil, s.trouble(err)
	}
	defer rows.Close()
	var out []Decision
	for rows.Next() {
		d := Decision{ID: ID{Number: k.Number}}
		var kind string
		if err := rows.Scan(&kind, &d.Anchor, &d.Verdict, &d.Note, &d.Decided); err != nil {
			return nil, s.trouble(err)
		}
		d.ID.Part = kind[0]
		d.ID.N = slices.Index(anchors(k.Report, d.ID.Part), d.Anchor) + 1
		out = append(out, d)
	}
	return out, s.trouble(rows.Err())
}

// anchorOf is the anchor of row id of r, empty if there is no such row.
func anchorOf(r *record.Report, id ID) string {
	all := anchors(r, id.Part)
	if id.N < 1 || id.N > len(all) {
		return ""
	}
	return all[id.N-1]
}

// anchors are the words of the text that the rows of a part stand on: of a
// statement the source, the cue and the content, of an event its type, the
// trigger and what stands around it. Whom these words are taken to mean is not
// part of it. Rows on the same words are counted.
func anchors(r *record.Report, part byte) []string {
	var out []string
	seen := map[string]int{}
	add := func(words ...string) {
		a := strings.Join(words, " | ")
		if seen[a]++; seen[a] > 1 {
			a += " | " + strconv.Itoa(seen[a])
		}
		out = append(out, a)
	}
	switch part {
	case 'S':
		for i := range r.Statements {
			s := &r.Statements[i]
			source, cue := "", ""
			if s.Source != nil {
				source = r.Words(s.Source.Span)
			}
			if s.Cue != nil {
				cue = r.Words(s.Cue.Span)
			}
			add(source, cue, r.Content(s))
		}
	case 'E':
		for i := range r.Events {
			e := &r.Events[i]
			add(e.Type, r.Words(e.Trigger), r.Words(Around(r.Document.Text, e.Trigger)))
		}
	}
	return out
}
