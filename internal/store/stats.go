package store

import (
	"context"
	"os"
)

// Count is how many there are of something with a name.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Stats is what a record holds, in numbers.
type Stats struct {
	Documents  int     `json:"documents"`
	Copies     int     `json:"copies"`
	Versions   int     `json:"versions"` // documents that replaced another at its address
	Statements int     `json:"statements"`
	Events     int     `json:"events"`
	Actors     int     `json:"actors"`
	Speakers   int     `json:"speakers"` // different names
	Outlets    int     `json:"outlets"`  // different names
	Failures   int     `json:"failures"`
	Temporary  int     `json:"temporary"` // of the failures, those that are tried again
	Feeds      int     `json:"feeds"`
	Texts      int64   `json:"characters"` // of the texts
	Raw        int64   `json:"taken_in"`   // bytes
	RawPacked  int64   `json:"kept_in"`    // bytes of the same, compressed
	Bytes      int64   `json:"bytes"`      // of the files of the record
	First      string  `json:"first"`      // published
	Last       string  `json:"last"`
	ByOutlet   []Count `json:"by_outlet"` // the most frequent, as of all that follow
	BySpeaker  []Count `json:"by_speaker"`
	ByType     []Count `json:"by_event_type"`
	Refused    []Count `json:"languages_refused"` // documents in other languages
	ByReason   []Count `json:"failures_by_reason"`
	Readers    []Count `json:"read_by"`
}

// topCounts is how many names a list of Stats holds at most.
const topCounts = 10

// Stats counts.
func (s *Store) Stats(ctx context.Context) (*Stats, error) {
	var st Stats
	err := s.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM document), (SELECT count(*) FROM document WHERE copy_of IS NOT NULL), (SELECT count(*) FROM document WHERE previous IS NOT NULL),
		(SELECT count(*) FROM statement), (SELECT count(*) FROM event), (SELECT count(*) FROM actor),
		(SELECT count(DISTINCT speaker) FROM statement), (SELECT count(DISTINCT outlet) FROM document),
		(SELECT count(*) FROM source WHERE document IS NULL), (SELECT count(*) FROM source WHERE document IS NULL AND temporary = 1),
		(SELECT count(*) FROM feed),
		(SELECT coalesce(sum(characters), 0) FROM document), (SELECT coalesce(sum(size), 0) FROM raw), (SELECT coalesce(sum(length(bytes)), 0) FROM raw),
		(SELECT coalesce(min(published), '') FROM document), (SELECT coalesce(max(published), '') FROM document)`).
		Scan(&st.Documents, &st.Copies, &st.Versions, &st.Statements, &st.Events, &st.Actors, &st.Speakers, &st.Outlets,
			&st.Failures, &st.Temporary, &st.Feeds, &st.Texts, &st.Raw, &st.RawPacked, &st.First, &st.Last)
	if err != nil {
		return nil, s.trouble(err)
	}
	for _, list := range []struct {
		query string
		into  *[]Count
	}{
		{"SELECT r.version, count(*) FROM document d JOIN reader r ON r.id = d.reader GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.Readers},
		{"SELECT outlet, count(*) FROM document WHERE outlet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.ByOutlet},
		{"SELECT speaker, count(*) FROM statement WHERE speaker IS NOT NULL AND actor IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.BySpeaker},
		{"SELECT type, count(*) FROM event GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.ByType},
		{"SELECT reason, count(*) FROM source WHERE document IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.ByReason},
		{"SELECT substr(reason, 7, instr(reason, ',') - 7), count(*) FROM source WHERE document IS NULL AND reason LIKE 'is in %, and only English is read' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", &st.Refused},
	} {
		if *list.into, err = s.counts(ctx, list.query); err != nil {
			return nil, err
		}
	}
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + suffix); err == nil {
			st.Bytes += info.Size()
		}
	}
	return &st, nil
}

func (s *Store) counts(ctx context.Context, query string) ([]Count, error) {
	rows, err := s.read.QueryContext(ctx, query, topCounts)
	if err != nil {
		return nil, s.trouble(err)
	}
	defer rows.Close()
	out := []Count{}
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Name, &c.N); err != nil {
			return nil, s.trouble(err)
		}
		out = append(out, c)
	}
	return out, s.trouble(rows.Err())
}
