package store

import (
	"context"
	"os"
)

// Count is how many there are of something with a name.
type Count struct {
	Name string
	N    int
}

// Stats is what a record holds, in numbers.
type Stats struct {
	Documents, Copies, Versions  int // versions: documents that replaced another at its address
	Statements, Events, Actors   int // of any confidence
	Speakers, Outlets            int // different names
	Failures, Temporary          int // temporary: of the failures, those that are tried again
	Feeds                        int
	Texts, Raw, RawPacked, Bytes int64 // of the texts in characters, of what was taken in, the same compressed, of the files of the record
	First, Last                  string
	Readers, ByOutlet, BySpeaker []Count
	ByType, ByReason             []Count
	Refused                      []Count // documents in other languages, by language
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
	var out []Count
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Name, &c.N); err != nil {
			return nil, s.trouble(err)
		}
		out = append(out, c)
	}
	return out, s.trouble(rows.Err())
}
