package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Feed is a feed that is watched, and how it went.
type Feed struct {
	URL, Title, Category, Home   string
	Added                        time.Time
	ETag, LastModified, ValidFor string        // of its last answer, and the address that it came from
	Every                        time.Duration // between two polls, that it asks for
	Polled                       time.Time     // last, whatever came of it; zero for never
	Next                         time.Time     // not before
	Failures                     int           // in a row
	Reason                       string        // of the last of them
}

// AddFeed adds a feed; added tells that it was not there.
func (s *Store) AddFeed(ctx context.Context, f Feed) (added bool, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT INTO feed (url, title, category, home, added, every, failures) VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING",
			f.URL, orNull(f.Title), orNull(f.Category), orNull(f.Home), stamp(f.Added))
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		added = n > 0
		return err
	})
	return added, err
}

// RemoveFeed removes a feed, not what was read from it; removed tells that it was there.
func (s *Store) RemoveFeed(ctx context.Context, url string) (removed bool, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "DELETE FROM feed WHERE url = ?", url)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		removed = n > 0
		return err
	})
	return removed, err
}

// SetFeed notes how polling went.
func (s *Store) SetFeed(ctx context.Context, f *Feed) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE feed SET title = coalesce(title, ?), home = coalesce(home, ?), etag = ?, last_modified = ?, valid_for = ?, every = ?, polled = ?, next = ?, failures = ?, reason = ? WHERE url = ?`,
			orNull(f.Title), orNull(f.Home), orNull(f.ETag), orNull(f.LastModified), orNull(f.ValidFor), int64(f.Every/time.Second), orNull(stamp(f.Polled)), orNull(stamp(f.Next)), f.Failures, orNull(f.Reason), f.URL)
		return err
	})
}

// Feeds is all feeds, by category, title and address.
func (s *Store) Feeds(ctx context.Context) ([]Feed, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT url, coalesce(title, ''), coalesce(category, ''), coalesce(home, ''), added, coalesce(etag, ''), coalesce(last_modified, ''), coalesce(valid_for, ''), every, coalesce(polled, ''), coalesce(next, ''), failures, coalesce(reason, '')
		FROM feed ORDER BY category, title, url`)
	if err != nil {
		return nil, s.trouble(err)
	}
	defer rows.Close()
	var out []Feed
	for rows.Next() {
		var f Feed
		var added, polled, next string
		var every int64
		if err := rows.Scan(&f.URL, &f.Title, &f.Category, &f.Home, &added, &f.ETag, &f.LastModified, &f.ValidFor, &every, &polled, &next, &f.Failures, &f.Reason); err != nil {
			return nil, s.trouble(err)
		}
		f.Every = time.Duration(every) * time.Second
		for _, t := range []struct {
			s    string
			into *time.Time
		}{{added, &f.Added}, {polled, &f.Polled}, {next, &f.Next}} {
			if t.s != "" {
				if *t.into, err = time.Parse(time.RFC3339Nano, t.s); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, f)
	}
	return out, s.trouble(rows.Err())
}

// Taken tells when what stands at origin was taken in last, and whether it is
// worth another try; the zero time if it never was.
func (s *Store) Taken(ctx context.Context, origin string) (last time.Time, again bool, err error) {
	var found string
	err = s.read.QueryRowContext(ctx, "SELECT found, document IS NULL AND temporary = 1 FROM source WHERE origin = ? ORDER BY found DESC LIMIT 1", origin).Scan(&found, &again)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, false, nil
	}
	if err != nil {
		return time.Time{}, false, s.trouble(err)
	}
	last, err = time.Parse(time.RFC3339Nano, found)
	return last, again, err
}
