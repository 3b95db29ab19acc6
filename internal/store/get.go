package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// Seen tells whether what has this key need not be taken in again: it is a
// document, or failed for a reason that will not pass.
func (s *Store) Seen(ctx context.Context, key Key) (bool, error) {
	var done bool
	err := s.read.QueryRowContext(ctx, "SELECT document IS NOT NULL OR temporary = 0 FROM source WHERE key = ?", key[:]).Scan(&done)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return done, s.trouble(err)
}

// columns are those that make a Kept, in the order of scanKept.
const columns = "d.number, d.origin, d.found, d.version, coalesce(d.previous, 0), coalesce(d.copy_of, 0), r.version, d.extra, d.report"

const kepts = "SELECT " + columns + " FROM document d JOIN reader r ON r.id = d.reader"

type scanner interface{ Scan(into ...any) error }

func (s *Store) scanKept(row scanner) (*Kept, error) {
	var k Kept
	var found, extra string
	var packed []byte
	if err := row.Scan(&k.Number, &k.Origin, &found, &k.Version, &k.Previous, &k.CopyOf, &k.Reader, &extra, &packed); err != nil {
		return nil, err
	}
	var err error
	if k.Found, err = time.Parse(time.RFC3339Nano, found); err != nil {
		return nil, fmt.Errorf("%s: the time of recording: %w", k.ID(), err)
	}
	if err := json.Unmarshal([]byte(extra), &k.Extra); err != nil {
		return nil, fmt.Errorf("%s: what was told beside: %w", k.ID(), err)
	}
	if k.Report, err = s.unpack(packed); err != nil {
		return nil, fmt.Errorf("%s: %w", k.ID(), err)
	}
	return &k, nil
}

// Get is the document with that number, nil if there is none.
func (s *Store) Get(ctx context.Context, number int64) (*Kept, error) {
	return s.get(ctx, s.read, number)
}

func (s *Store) get(ctx context.Context, q querier, number int64) (*Kept, error) {
	k, err := s.scanKept(q.QueryRowContext(ctx, kepts+" WHERE d.number = ?", number))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // no document is no error
	}
	if err == nil {
		k.Decisions, err = s.decisions(ctx, q, k)
	}
	return k, s.trouble(err)
}

// All yields the documents after number in their order.
func (s *Store) All(ctx context.Context, after int64) iter.Seq2[*Kept, error] {
	return func(yield func(*Kept, error) bool) {
		const batch = 16 // that are held, so that nobody holds the log of the writer back
		for {
			var some []*Kept
			for k, err := range s.kepts(ctx, " WHERE d.number > ? ORDER BY d.number LIMIT ?", after, batch) {
				if err != nil {
					yield(nil, err)
					return
				}
				some = append(some, k)
			}
			for _, k := range some {
				var err error
				if k.Decisions, err = s.decisions(ctx, s.read, k); err != nil {
					yield(nil, err)
					return
				}
				if !yield(k, nil) {
					return
				}
				after = k.Number
			}
			if len(some) < batch {
				return
			}
		}
	}
}

func (s *Store) kepts(ctx context.Context, where string, args ...any) iter.Seq2[*Kept, error] {
	return func(yield func(*Kept, error) bool) {
		rows, err := s.read.QueryContext(ctx, kepts+where, args...)
		if err != nil {
			yield(nil, s.trouble(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			k, err := s.scanKept(rows)
			if !yield(k, s.trouble(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, s.trouble(err))
		}
	}
}

// Original is what a document was made of: the bytes as they came, and what was
// told beside them.
type Original struct {
	Hash      []byte // that the bytes had when they were kept
	Bytes     []byte
	Address   string // where they stood, empty for nowhere
	MediaType string
	Given     record.Document
	Extra     map[string]string
}

// Key is the key that it was taken in under.
func (o *Original) Key() Key { return KeyOf(o.Address, o.MediaType, o.Bytes, &o.Given, o.Extra) }

// Original is that of the document with that number.
func (s *Store) Original(ctx context.Context, number int64) (*Original, error) {
	return s.original(ctx, s.read, number)
}

func (s *Store) original(ctx context.Context, q querier, number int64) (*Original, error) {
	var o Original
	var told, extra string
	var packed []byte
	err := q.QueryRowContext(ctx, "SELECT w.hash, w.bytes, d.media_type, d.given, d.extra FROM document d JOIN raw w ON w.hash = d.raw WHERE d.number = ?", number).
		Scan(&o.Hash, &packed, &o.MediaType, &told, &extra)
	if err != nil {
		return nil, s.trouble(err)
	}
	var g given
	if err := json.Unmarshal([]byte(told), &g); err != nil {
		return nil, fmt.Errorf("what was told beside the bytes of D%d: %w", number, err)
	}
	if err := json.Unmarshal([]byte(extra), &o.Extra); err != nil {
		return nil, fmt.Errorf("what else was told of D%d: %w", number, err)
	}
	o.Address = g.Address
	o.Given = record.Document{URL: g.URL, Outlet: g.Outlet, Title: g.Title, Byline: g.Byline, Published: g.Published, Language: g.Language}
	if o.Bytes, err = s.dec.DecodeAll(packed, nil); err != nil {
		return nil, fmt.Errorf("the bytes of D%d cannot be unpacked: %w", number, err)
	}
	return &o, nil
}

// Failure is something taken in that is no document.
type Failure struct {
	Origin    string
	Found     time.Time // when it was tried last
	Reason    string
	Temporary bool // the next run tries again
	Watched   bool // the next poll of its feed does
	Tries     int
}

// Failures yields them by their origin.
func (s *Store) Failures(ctx context.Context) iter.Seq2[Failure, error] {
	return func(yield func(Failure, error) bool) {
		rows, err := s.read.QueryContext(ctx, "SELECT origin, found, coalesce(reason, ''), temporary, watched, tries FROM source WHERE document IS NULL ORDER BY origin, key")
		if err != nil {
			yield(Failure{}, s.trouble(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var f Failure
			var found string
			err := rows.Scan(&f.Origin, &found, &f.Reason, &f.Temporary, &f.Watched, &f.Tries)
			if err == nil {
				f.Found, err = time.Parse(time.RFC3339Nano, found)
			}
			if !yield(f, s.trouble(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Failure{}, s.trouble(err))
		}
	}
}

// ID names a row of the record: a document "D12", a statement "D12.S3", an
// event "D12.E1", an actor "D12.A2".
type ID struct {
	Number int64
	Part   byte // 'S', 'E', 'A', or 0 for the document itself
	N      int  // from 1
}

func (id ID) String() string {
	out := "D" + strconv.FormatInt(id.Number, 10)
	if id.Part != 0 {
		out += "." + string(id.Part) + strconv.Itoa(id.N)
	}
	return out
}

// ParseID reads an id as String writes it, in either case.
func ParseID(s string) (ID, error) {
	wrong := fmt.Errorf("%q is no id; a document is D12, a statement D12.S3, an event D12.E1, an actor D12.A2", s)
	doc, part, parts := strings.Cut(strings.ToUpper(s), ".")
	number, ok := strings.CutPrefix(doc, "D")
	n, err := strconv.ParseInt(number, 10, 40)
	if !ok || err != nil || n < 1 {
		return ID{}, wrong
	}
	id := ID{Number: n}
	if !parts {
		return id, nil
	}
	if len(part) < 2 || !strings.Contains("SEA", part[:1]) {
		return ID{}, wrong
	}
	id.Part = part[0]
	if id.N, err = strconv.Atoi(part[1:]); err != nil || id.N < 1 || id.String() != strings.ToUpper(s) {
		return ID{}, wrong
	}
	return id, nil
}
