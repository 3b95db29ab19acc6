package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

func create(t *testing.T) *Store {
	t.Helper()
	s, err := Create(t.Context(), filepath.Join(t.TempDir(), "a folder with % and ?", "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// item is one whose report says content, by a speaker of that name.
func item(i int, speaker, content string) Item {
	text := speaker + " said: " + content
	hash := sha256.Sum256([]byte(text))
	from := len(text) - len(content)
	return Item{
		Key: KeyOf("", "", []byte(text), &record.Document{}, nil), Origin: fmt.Sprint("report ", i), Found: time.Unix(int64(i), 0), Raw: []byte(text),
		Report: &record.Report{
			Document: record.Document{ID: "sha256:" + hex.EncodeToString(hash[:]), URL: fmt.Sprint("https://example.org/", i), Text: text},
			Actors:   []record.Actor{{ID: "A1", Kind: record.Person, Name: speaker, Mentions: []record.Mention{{Span: record.Span{End: len(speaker)}, Form: record.FormName}}}},
			Statements: []record.Statement{{
				ID: "S1", Type: record.Direct, Kind: record.Speech, Source: &record.Ref{Span: record.Span{End: len(speaker)}},
				Content: []record.Span{{Start: from, End: len(text)}}, Within: -1, Confidence: 0.9,
			}},
		},
	}
}

// Each refusal says what is wrong and what to do, and leaves the file as it is.
func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	newer := filepath.Join(dir, "newer.db")
	if s, err := Create(t.Context(), newer); err != nil {
		t.Fatal(err)
	} else if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for path, change := range map[string]string{foreign: "CREATE TABLE a (b); INSERT INTO a VALUES (1)", newer: "PRAGMA user_version = 1000; PRAGMA journal_mode = DELETE"} {
		db, err := sql.Open("sqlite", "file:"+path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	held := filepath.Join(dir, "held.db")
	s, err := Create(t.Context(), held)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink(held, link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		open       func(context.Context, string) (*Store, error)
		want       string
	}{
		{"none to read", filepath.Join(dir, "none.db"), Open, "there is no record here"},
		{"text", write("text.db", "Dear diary, this is no database."), Open, "is no record of Rapporteur"},
		{"text, to write", filepath.Join(dir, "text.db"), Create, "is no record of Rapporteur"},
		{"a folder", dir, Create, "is a folder"},
		{"a device", os.DevNull, Create, "is no file that a record can be kept in"},
		{"a device, to read", os.DevNull, Open, "is no file that a record can be kept in"},
		{"under a file", filepath.Join(dir, "text.db", "record.db"), Create, "no folder"},
		{"another program's", foreign, Create, "no record of Rapporteur"},
		{"another program's, to read", foreign, Open, "no record of Rapporteur"},
		{"a newer one", newer, Create, "newer rapporteur (schema 1000"},
		{"a newer one, to read", newer, Open, "newer rapporteur (schema 1000"},
		{"held by a writer", held, Create, "another rapporteur is writing"},
		{"held by a writer, by another name", link, Create, "another rapporteur is writing"},
	} {
		before, _ := os.ReadFile(c.path)
		got, err := c.open(t.Context(), c.path)
		if err == nil {
			got.Close()
			t.Errorf("%s: opened", c.name)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), c.path) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q does not say %q", c.name, err, c.want)
		}
		if after, _ := os.ReadFile(c.path); string(after) != string(before) {
			t.Errorf("%s: the file was changed", c.name)
		}
	}
	if r, err := Open(t.Context(), held); err != nil {
		t.Errorf("a record that is written to cannot be read: %v", err)
	} else {
		r.Close()
	}
}

// When the disk is full the batch is refused and what was kept before stays.
func TestDiskFull(t *testing.T) {
	s := create(t)
	if _, err := s.Put(t.Context(), []Item{item(1, "Leila Haddad", "we stay")}, "test"); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.w.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+4)); err != nil {
		t.Fatal(err)
	}
	big := item(2, "Tomas Brandt", "we go")
	noise := make([]byte, 1<<20)
	for i := range noise {
		noise[i] = byte(i * i >> 7 * (i % 251)) // does not compress to nothing
	}
	big.Raw = noise
	_, err := s.Put(t.Context(), []Item{item(3, "Ana Petrosyan", "we wait"), big}, "test")
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatalf("put: %v", err)
	}
	if _, err := s.w.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	st, err := s.Stats(t.Context())
	if err != nil || st.Documents != 1 {
		t.Errorf("%d documents after a full disk, %v", st.Documents, err)
	}
	clean(t, s)
	if out, err := s.Put(t.Context(), []Item{item(3, "Ana Petrosyan", "we wait"), big}, "test"); err != nil || out[1].Number != 3 {
		t.Errorf("after room was made: %v, %v", out, err)
	}
}

func clean(t *testing.T, s *Store) {
	t.Helper()
	if _, err := s.Verify(t.Context(), func(p Problem) { t.Errorf("%s: %s", p.Row, p.Why) }); err != nil {
		t.Error(err)
	}
}

// lengthy is long enough to have copies.
const lengthy = "the list of prisoners was agreed at the customs house on a day of rain, and nobody of the delegations wished to say how the ferry would run in the weeks before the talks went on in another town of the coast, where the first of them had been broken off in the spring of the year before for want of a room"

// Verify names each row that was tampered with.
func TestVerifyFindsWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ change, row, why string }{
		{"UPDATE statement SET content = 'we never said so' WHERE document = 2", "D2.S1", "content is we never said so"},
		{"UPDATE statement SET speaker = 'Nobody' WHERE document = 1", "D1.S1", "speaker is Nobody"},
		{"DELETE FROM actor WHERE document = 2", "D2", "has 0 rows of actor"},
		{"INSERT INTO statement SELECT document, 7, reader, type, kind, stance, actor, speaker, cue, content, start, end, confidence FROM statement WHERE document = 1", "D1.S7", "is no row of the report"},
		{"UPDATE document SET hash = zeroblob(32) WHERE number = 1", "D1", "the text does not have the hash"},
		{"UPDATE document SET report = (SELECT report FROM document WHERE number = 2) WHERE number = 1", "D1", "the text does not have the hash"},
		{"UPDATE document SET report = zeroblob(100) WHERE number = 1", "D1", "cannot be unpacked"},
		{"UPDATE raw SET bytes = (SELECT bytes FROM raw ORDER BY hash DESC LIMIT 1)", "raw ", "do not have the hash"},
		{"DELETE FROM words WHERE rowid >> 20 & 67108863 = 2", "D2", "the search knows 0 of its 2 rows"},
		{"DELETE FROM document WHERE number = 1", "D1", "is not there"},
		{"INSERT INTO reader (version) VALUES ('other'); UPDATE statement SET reader = 2 WHERE document = 1", "D1.S1", "reader is 2"},
		{"UPDATE document SET version = 2 WHERE number = 2", "D2", "is not the version before"},
		{"UPDATE document SET outlet = 'The Other' WHERE number = 2", "D2", "outlet is \"The Other\""},
		{"UPDATE document SET url = 'https://example.com/2' WHERE number = 2", "D2", "url is"},
		{"UPDATE document SET characters = 1 WHERE number = 2", "D2", "characters is"},
		{"UPDATE document SET given = '{\"outlet\":\"x\"}' WHERE number = 1", "D1", "not those that were taken in"},
		{"UPDATE document SET extra = '{\"a\":\"b\"}' WHERE number = 1", "D1", "not those that were taken in"},
		{"UPDATE document SET media_type = 'text/html' WHERE number = 1", "D1", "not those that were taken in"},
		{"UPDATE document SET copy_of = 2 WHERE number = 1", "D1", "no earlier document"},
		{"DELETE FROM source", "D1", "not those that were taken in"},
		{"DELETE FROM sketch", "D3", "hashes are missing"},
		{"INSERT INTO words (rowid, body) VALUES (77, 'stray')", "the search", "knows 1 rows"},
	} {
		s := create(t)
		if _, err := s.Put(t.Context(), []Item{item(1, "Leila Haddad", "we stay"), item(2, "Tomas Brandt", "we go"), item(3, "Ana Petrosyan", lengthy)}, "test"); err != nil {
			t.Fatal(err)
		}
		clean(t, s)
		if _, err := s.w.Exec("PRAGMA foreign_keys = OFF; " + c.change); err != nil {
			t.Fatal(c.change, err)
		}
		found := false
		_, err := s.Verify(t.Context(), func(p Problem) {
			found = found || strings.HasPrefix(p.Row, c.row) && strings.Contains(p.Why, c.why)
		})
		if err != nil || !found {
			t.Errorf("%s: not told of %s, %v", c.change, c.row, err)
		}
	}
}

// Sketches of another version are made anew when the record is opened to write.
func TestSketchesOfAnotherVersion(t *testing.T) {
	s := create(t)
	if _, err := s.Put(t.Context(), []Item{item(1, "Leila Haddad", lengthy)}, "test"); err != nil {
		t.Fatal(err)
	}
	var want, got int
	if err := s.w.QueryRow("SELECT count(*) FROM sketch").Scan(&want); err != nil || want == 0 {
		t.Fatal(want, err)
	}
	if _, err := s.w.Exec("DELETE FROM sketch; UPDATE setting SET value = '0'"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Create(t.Context(), s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.w.QueryRow("SELECT count(*) FROM sketch").Scan(&got); err != nil || got != want {
		t.Errorf("%d hashes, want %d, %v", got, want, err)
	}
}

func TestIDs(t *testing.T) {
	for _, s := range []string{"D1", "D12.S3", "D12.E1", "D7.A44"} {
		id, err := ParseID(strings.ToLower(s))
		if err != nil || id.String() != s {
			t.Errorf("%s: %v, %v", s, id, err)
		}
	}
	for _, s := range []string{"", "D", "D0", "12", "D12.", "D12.S", "D12.S0", "D12.X1", "D12.S1.2", "D-1", "D99999999999999999999"} {
		if id, err := ParseID(s); err == nil {
			t.Errorf("%q is read as %v", s, id)
		}
	}
	for what := range whats {
		row := rowOf(maxDay, maxNumber, maxRows, int64(what), true)
		n, kind, i := ofRow(row)
		if row < 0 || n != maxNumber || kind != kindOf(int64(what)) || i != maxRows || row>>whatShift&maxWhat != int64(what) {
			t.Errorf("%v: %d %v %d", what, n, kind, i)
		}
	}
}

// What is typed is words: SQLite never finds fault with it.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{`list of prisoners`, `"a b" -c d*`, `AND OR NOT NEAR(`, `body:x ^a`, `"`, `-`, `*`, "\x00", `a"b""c`, `--x`, `{a b} : c`, `ﬁ İ ß`} {
		f.Add(s, s, s)
	}
	s, err := Create(context.Background(), filepath.Join(f.TempDir(), "record.db"))
	if err != nil {
		f.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(context.Background(), []Item{item(1, "Leila Haddad", "we stay in the room")}, "test"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words, speaker, outlet string) {
		q := Query{Words: words, Speaker: speaker, Outlet: outlet}
		if match, _, err := q.match(); err != nil || match == "" {
			return
		}
		if _, _, err := s.Search(t.Context(), q); err != nil {
			t.Errorf("%q %q %q: %v", words, speaker, outlet, err)
		}
	})
}
