package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// kept is a document of the record around r.
func kept(number int64, r *record.Report) *store.Kept {
	return &store.Kept{
		Number: number, Report: r, Origin: "posts.jsonl:" + strconv.FormatInt(number, 10),
		Found: time.Date(2025, 5, 17, 6, 0, 0, 123456789, time.UTC), Version: 1, Reader: "test",
	}
}

// stream streams documents.
func stream(docs ...*store.Kept) iter.Seq2[*store.Kept, error] {
	return func(yield func(*store.Kept, error) bool) {
		for _, k := range docs {
			if !yield(k, nil) {
				return
			}
		}
	}
}

// story is two documents with every column filled somewhere and empty
// somewhere, over texts in which bytes, code points and UTF-16 units differ.
func story() []*store.Kept {
	text := "Zoë 🙂 Ardel told “us” in Port Olmo on Monday, in a post on X, that “no deal” was near, “not yet”.\nAt least 40 dockers,\tabout 2.5 t of grain."
	at := func(s string) record.Span {
		i := strings.Index(text, s)
		return record.Span{Start: i, End: i + len(s)}
	}
	medium, object, quoted := at("in a post on X"), at("“no deal”"), at("“us”")
	monday := &record.Time{Span: at("on Monday"), Value: "2025-05-12", Granularity: "day"}
	olmo := &record.Place{Span: at("Port Olmo"), Name: "Port Olmo", Country: "ESP", Located: true, Lat: 41.376, Lon: -2.1837}
	first := kept(12, &record.Report{
		Document: record.Document{
			ID: "sha256:" + strings.Repeat("0f", 32), URL: "https://bell.example/a?b=1&c=2", Outlet: "The Bell", Title: "=No deal; \"not yet\"", Byline: "By Ann, Bo",
			Published: time.Date(2025, 5, 16, 9, 30, 0, 0, time.FixedZone("", 2*60*60)), Language: "en", Text: text,
		},
		Actors: []record.Actor{
			{ID: "A1", Kind: record.Person, Name: "Zoë Ardel", Country: "ESP", Sector: "GOV", Roles: []string{"harbour minister", "member; of parliament"}, Mentions: []record.Mention{{Span: at("Zoë 🙂 Ardel"), Form: record.FormName}, {Span: at("us"), Form: record.FormPronoun}}},
			{ID: "A2", Kind: record.Group, Mentions: []record.Mention{{Span: at("dockers"), Form: record.FormNominal}}},
			{ID: "A3", Kind: record.Unnamed},
		},
		Statements: []record.Statement{
			{
				ID: "S1", Type: record.Mixed, Kind: record.Speech, Stance: "says", Source: &record.Ref{Span: at("Zoë 🙂 Ardel"), Actor: 0}, Cue: &record.Cue{Span: at("told"), Lemma: "tell"},
				Content: []record.Span{at("“no deal”"), at("“not yet”")}, Addressee: &record.Ref{Span: at("“us”"), Actor: 1}, Medium: &medium, Place: olmo, Time: monday, Within: -1, Confidence: 0.97,
			},
			{ID: "S2", Within: 0, Confidence: 0.3, Source: &record.Ref{Span: at("dockers"), Actor: -1}},
			{ID: "S3", Within: 1, Confidence: 0.495, Type: record.Indirect, Content: []record.Span{at("was near")}},
		},
		Events: []record.Event{
			{
				ID: "E1", Type: "REJECT", Mode: "meet", Contexts: []string{"diplomatic", "legal"}, Source: []int{0, 1}, Target: []int{1}, Trigger: at("no deal"), Object: &object, Date: monday, Place: olmo,
				Magnitudes: []record.Magnitude{{Span: at("At least 40"), Value: 40, Hedge: "at least", Unit: "dockers"}, {Span: at("2.5 t"), Value: -2.5, Unit: "t"}}, Status: record.Reported, Statement: 2, Confidence: 0.8,
			},
			{ID: "E2", Type: "AID", Trigger: at("grain"), Status: record.Planned, Statement: -1, Confidence: 0.2},
		},
		Warnings: []record.Warning{{Code: "quote-unclosed", Message: "a quotation is never closed", Span: &quoted}, {Code: "charset-guessed", Message: "guessed"}},
	})
	first.Version, first.Previous, first.CopyOf = 2, 7, 3
	first.Extra = map[string]string{"tags": "port, \"strike\"", "section": "World"}
	second := kept(13, &record.Report{Document: record.Document{ID: "sha256:" + strings.Repeat("1e", 32), Text: "@ Nothing was said."}})
	second.Origin, second.Reader, second.Found = "", "", time.Time{}
	return []*store.Kept{first, second}
}

// export is what Write makes of documents.
func export(t rapid.TB, opts Options, docs ...*store.Kept) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(&b, stream(docs...), opts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A grid is a table as tests compare it: numbers and moments in one spelling,
// a list in brackets, nothing as ∅.
type grid [][]string

const nothing = "∅"

func list(items []string) string { return "[" + strings.Join(items, "|") + "]" }

// readJSONL is a table of JSON Lines.
func readJSONL(t rapid.TB, cols []column, data []byte) grid {
	t.Helper()
	var g grid
	for in := bufio.NewReader(bytes.NewReader(data)); ; {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return g
		}
		var object map[string]any
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		if err := errors.Join(err, d.Decode(&object)); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if len(object) != len(cols) {
			t.Fatalf("%d keys, want %d: %s", len(object), len(cols), line)
		}
		row := make([]string, len(cols))
		for i, c := range cols {
			v, ok := object[c.name]
			if !ok {
				t.Fatalf("no key %s: %s", c.name, line)
			}
			row[i] = spell(t, c.kind, v)
		}
		g = append(g, row)
	}
}

func spell(t rapid.TB, k kind, v any) string {
	switch v := v.(type) {
	case nil:
		return nothing
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			t.Fatal(err)
		}
		return strconv.FormatFloat(f, 'g', -1, 64)
	case []any:
		items := make([]string, len(v))
		for i := range v {
			items[i] = spell(t, k, v[i])
		}
		return list(items)
	case string:
		if k != moments {
			return v
		}
		at, err := time.Parse(time.RFC3339, v)
		if err != nil {
			t.Fatal(err)
		}
		return strconv.FormatInt(at.UnixMicro(), 10)
	}
	t.Fatalf("%T in a cell", v)
	return ""
}

// readParquet is a table of Parquet.
func readParquet(t rapid.TB, cols []column, data []byte) (grid, *parquet.File) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var g grid
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buf := make([]parquet.Row, 7)
		for {
			n, err := rows.ReadRows(buf)
			for _, row := range buf[:n] {
				out := make([]string, len(cols))
				for at, values := range row.Range {
					out[at] = spellValues(cols[at].kind, values)
				}
				g = append(g, out)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	return g, f
}

func spellValues(k kind, values []parquet.Value) string {
	items := make([]string, len(values))
	for i, v := range values {
		switch {
		case v.IsNull():
			items[i] = nothing
		case v.Kind() == parquet.ByteArray:
			items[i] = string(v.ByteArray())
		case v.Kind() == parquet.Double:
			items[i] = strconv.FormatFloat(v.Double(), 'g', -1, 64)
		case k == moments:
			items[i] = strconv.FormatInt(v.Int64(), 10)
		default:
			items[i] = strconv.FormatFloat(float64(v.Int64()), 'g', -1, 64)
		}
	}
	switch k {
	case textLists, wholeLists, realLists:
		if len(values) == 1 && values[0].IsNull() && values[0].DefinitionLevel() == 0 {
			return list(nil)
		}
		return list(items)
	}
	return items[0]
}

var errTorn = errors.New("the disk is gone")

// torn is a writer that fails after some bytes.
type torn struct{ left int }

func (w *torn) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errTorn
	}
	return len(b), nil
}

var nan = math.NaN()
