package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

var whats = []What{Documents, Statements, Events, Actors}

// The golden files are what docs/export.md promises, to the byte.
func TestGolden(t *testing.T) {
	for _, p := range pairs {
		for _, what := range p.whats {
			if p.format == Parquet {
				continue // TestFormatsAgree holds it to these
			}
			path := filepath.Join("testdata", string(what)+"."+string(p.format))
			got := export(t, Options{What: what, Format: p.format}, story()...)
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s (-want +got); UPDATE=1 rewrites it:\n%s", path, diff)
			}
		}
	}
}

func TestParquetSchema(t *testing.T) {
	for _, what := range whats {
		cols := tables[what].columns
		_, f := readParquet(t, cols, export(t, Options{What: what, Format: Parquet}, story()...))
		if got := f.Metadata().CreatedBy; got != "rapporteur version 1(build export)" {
			t.Errorf("created by %q", got)
		}
		if got, _ := f.Lookup("rapporteur.table"); got != string(what) {
			t.Errorf("table %q", got)
		}
		fields := f.Schema().Fields()
		if len(fields) != len(cols) {
			t.Fatalf("%s: %d fields, want %d", what, len(fields), len(cols))
		}
		for i, c := range cols {
			n := fields[i]
			if n.Name() != c.name || n.Optional() == c.never {
				t.Errorf("%s: field %d is %s, want the column %s, which is never null: %v", what, i, n, c.name, c.never)
			}
			want := map[kind]string{
				texts: "STRING", wholes: "INT(64,true)", reals: "DOUBLE", moments: "TIMESTAMP(isAdjustedToUTC=true,unit=MICROS)", textLists: "LIST", wholeLists: "LIST", realLists: "LIST",
			}[c.kind]
			if got := n.Type().String(); got != want {
				t.Errorf("%s.%s: type %s, want %s", what, c.name, got, want)
			}
		}
	}
}

// All three forms of a table hold the same rows.
func agree(t rapid.TB, what What, docs []*store.Kept) {
	t.Helper()
	cols := tables[what].columns
	lines := readJSONL(t, cols, export(t, Options{What: what, Format: JSONL}, docs...))
	columnar, _ := readParquet(t, cols, export(t, Options{What: what, Format: Parquet}, docs...))
	if diff := cmp.Diff(lines, columnar); diff != "" {
		t.Fatalf("%s: parquet (+) differs from jsonl (-):\n%s", what, diff)
	}
	in := csv.NewReader(bytes.NewReader(export(t, Options{What: what, Format: CSV}, docs...)))
	fields, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cols {
		if fields[0][i] != c.name {
			t.Fatalf("heading %q, want %s", fields[0][i], c.name)
		}
	}
	if len(fields)-1 != len(lines) {
		t.Fatalf("%s: %d rows of csv, %d of jsonl", what, len(fields)-1, len(lines))
	}
	for i, row := range fields[1:] {
		for j, got := range row {
			if want := flat(cols[j].kind, lines[i][j]); got != want && (got != "'"+want || page.NoFormula(want) == want && want[0] != '\n') { // a break at the beginning was \r\n
				t.Fatalf("%s: row %d, %s: csv %q, want %q", what, i, cols[j].name, got, want)
			}
		}
	}
}

// flat is a cell of a grid as CSV has it.
func flat(k kind, s string) string {
	if s == nothing || s == "[]" && k >= textLists {
		return ""
	}
	switch k {
	case textLists, wholeLists, realLists:
		items := strings.Split(s[1:len(s)-1], "|")
		for i := range items {
			items[i] = flat(map[kind]kind{textLists: texts, wholeLists: wholes, realLists: reals}[k], items[i])
		}
		return strings.Join(items, "; ")
	}
	switch k {
	case moments:
		n, _ := strconv.ParseInt(s, 10, 64)
		return time.UnixMicro(n).UTC().Format(time.RFC3339Nano)
	case reals, wholes:
		f, _ := strconv.ParseFloat(s, 64)
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strings.ReplaceAll(s, "\r\n", "\n") // as encoding/csv reads it
}

func TestFormatsAgree(t *testing.T) {
	for _, what := range whats {
		agree(t, what, story())
		agree(t, what, nil)
	}
	rapid.Check(t, func(t *rapid.T) {
		docs := []*store.Kept{}
		for i := range rapid.IntRange(0, 3).Draw(t, "documents") {
			docs = append(docs, anyKept(t, int64(i+1)))
		}
		agree(t, rapid.SampledFrom(whats).Draw(t, "table"), docs)
	})
}

// anyKept is a document with any text, and with facts at any places of it.
func anyKept(t *rapid.T, number int64) *store.Kept {
	word := rapid.StringOf(rapid.RuneFrom([]rune("ab;, \"'=+-@\t\n\r\x00|é語🙂∅")))
	letters := []rune(strings.NewReplacer("∅", "", "|", "").Replace(word.Draw(t, "text"))) // of the grid
	plain := rapid.Custom(func(t *rapid.T) string { return strings.NewReplacer("∅", "", "|", "").Replace(word.Draw(t, "word")) })
	text := string(letters)
	span := func() record.Span {
		a := rapid.IntRange(0, len(letters)).Draw(t, "start")
		b := rapid.IntRange(a, len(letters)).Draw(t, "end")
		return record.Span{Start: len(string(letters[:a])), End: len(string(letters[:b]))}
	}
	maybe := func() bool { return rapid.Bool().Draw(t, "given") }
	r := &record.Report{Document: record.Document{ID: "sha256:" + plain.Draw(t, "id"), URL: plain.Draw(t, "url") + "\xff"[:rapid.IntRange(0, 1).Draw(t, "broken")], Text: text}}
	if maybe() {
		r.Document.Published = time.UnixMicro(rapid.Int64Range(-1e15, 1e15).Draw(t, "published"))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "actors") {
		a := record.Actor{ID: "A" + strconv.Itoa(i+1), Name: plain.Draw(t, "name"), Country: plain.Draw(t, "country"), Roles: rapid.SliceOfN(plain, 0, 3).Draw(t, "roles")}
		if maybe() {
			a.Mentions = []record.Mention{{Span: span(), Form: record.FormNominal}}
		}
		r.Actors = append(r.Actors, a)
	}
	n := rapid.IntRange(0, 3).Draw(t, "statements")
	for i := range n {
		s := record.Statement{ID: "S" + strconv.Itoa(i+1), Stance: plain.Draw(t, "stance"), Within: -1, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")}
		if maybe() {
			s.Source = &record.Ref{Span: span(), Actor: rapid.IntRange(-1, len(r.Actors)-1).Draw(t, "actor")}
			s.Place = &record.Place{Span: span(), Located: maybe(), Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
			s.Time = &record.Time{Span: span(), Value: plain.Draw(t, "value")}
		}
		r.Statements = append(r.Statements, s)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "events") {
		e := record.Event{ID: "E" + strconv.Itoa(i+1), Type: "AID", Trigger: span(), Status: record.Planned, Statement: rapid.IntRange(-1, n-1).Draw(t, "in")}
		if len(r.Actors) > 0 {
			e.Source = rapid.SliceOfNDistinct(rapid.IntRange(0, len(r.Actors)-1), 0, len(r.Actors), rapid.ID[int]).Draw(t, "source")
		}
		for range rapid.IntRange(0, 2).Draw(t, "magnitudes") {
			e.Magnitudes = append(e.Magnitudes, record.Magnitude{Span: span(), Value: rapid.Float64().Draw(t, "number"), Unit: plain.Draw(t, "unit")})
		}
		r.Events = append(r.Events, e)
	}
	if err := r.Check(); err != nil {
		t.Skip(err)
	}
	k := kept(number, r)
	k.Extra = rapid.MapOfN(plain, plain, 0, 2).Draw(t, "extra")
	return k
}

// Our own examples, as the reader reads them.
func TestExamples(t *testing.T) {
	paths, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples", err)
	}
	reader, err := rapporteur.Open()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*store.Kept
	want := map[What]int64{}
	for i, path := range paths {
		r, err := reader.ReadSource(t.Context(), path, record.Document{})
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, kept(int64(i+1), r))
		want[Documents]++
		want[Statements] += int64(len(r.Statements))
		want[Events] += int64(len(r.Events))
		want[Actors] += int64(len(r.Actors))
	}
	for _, what := range whats {
		agree(t, what, docs)
	}
	for _, p := range pairs {
		for _, what := range p.whats {
			var b bytes.Buffer
			rows, err := Write(&b, stream(docs...), Options{What: what, Format: p.format})
			if err != nil || rows != want[what] || rows == 0 {
				t.Errorf("%s as %s: %d rows, want %d; %v", what, p.format, rows, want[what], err)
			}
			if again := export(t, Options{What: what, Format: p.format}, docs...); !bytes.Equal(b.Bytes(), again) {
				t.Errorf("%s as %s: two exports differ", what, p.format)
			}
		}
	}
}

func TestPairs(t *testing.T) {
	for _, o := range []Options{
		{What: Statements, Format: PLOVER}, {What: Documents, Format: Annotations}, {What: "mentions", Format: CSV}, {What: Events, Format: "xlsx"}, {}, {What: Events}, {Format: CSV},
	} {
		rows, err := Write(&torn{}, stream(story()...), o)
		if err == nil || rows != 0 || !strings.Contains(err.Error(), "jsonl, csv, parquet (documents, statements, events, actors); annotations (statements, events); plover (events)") {
			t.Errorf("%+v: %d rows, %v", o, rows, err)
		}
	}
	for _, o := range []Options{{Least: 1.1}, {Least: -0.1}, {Least: nan}} {
		o.What, o.Format = Events, CSV
		if err := o.Check(); err == nil || !strings.Contains(err.Error(), "from 0 to 1") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// Rows that are left out take no other row's id, and what stands inside them
// stands inside the next one that is there.
func TestLeastConfidence(t *testing.T) {
	column := func(what What, least float64, names ...string) grid {
		opts := Options{What: what, Format: JSONL, Least: least}
		var g grid
		for _, row := range readJSONL(t, tables[what].columns, export(t, opts, story()[:1]...)) {
			var out []string
			for _, name := range names {
				out = append(out, row[slices.IndexFunc(tables[what].columns, func(c column) bool { return c.name == name })])
			}
			g = append(g, out)
		}
		return g
	}
	for _, x := range []struct {
		what  What
		least float64
		names []string
		want  grid
	}{
		{Statements, 0, []string{"id", "within"}, grid{{"D12.S1", nothing}, {"D12.S2", "D12.S1"}, {"D12.S3", "D12.S2"}}},
		{Statements, 0.5, []string{"id", "within", "confidence"}, grid{{"D12.S1", nothing, "0.97"}, {"D12.S3", "D12.S1", "0.5"}}},
		{Events, 0, []string{"id", "statement"}, grid{{"D12.E1", "D12.S3"}, {"D12.E2", nothing}}},
		{Events, 0.6, []string{"id", "statement"}, grid{{"D12.E1", "D12.S1"}}},
		{Documents, 0.5, []string{"statements", "events", "actors"}, grid{{"2", "1", "3"}}},
	} {
		if diff := cmp.Diff(x.want, column(x.what, x.least, x.names...)); diff != "" {
			t.Errorf("%s from %v:\n%s", x.what, x.least, diff)
		}
	}
	for _, format := range []Format{Annotations, PLOVER} {
		got := string(export(t, Options{What: Events, Format: format, Least: 0.5}, story()...))
		if strings.Count(got, "\n") != 1 || !strings.Contains(got, `"D12.E1"`) {
			t.Errorf("%s: %s", format, got)
		}
	}
	r := story()[0].Report
	r.Statements[1].Within = 2 // a chain that closes on itself, out of a damaged store
	if got := export(t, Options{What: Statements, Format: CSV, Least: 0.9}, kept(1, r)); bytes.Count(got, []byte("D1.S")) != 1 {
		t.Errorf("%s", got)
	}
}

func TestErrors(t *testing.T) {
	gone := errors.New("the store is gone")
	for _, p := range pairs {
		for _, what := range p.whats {
			opts := Options{What: what, Format: p.format}
			rows, err := Write(&bytes.Buffer{}, func(yield func(*store.Kept, error) bool) {
				if yield(story()[0], nil) {
					yield(nil, gone)
				}
			}, opts)
			if !errors.Is(err, gone) || rows == 0 {
				t.Errorf("%s as %s: %d rows, %v", what, p.format, rows, err)
			}
			if _, err := Write(&torn{100}, stream(story()...), opts); !errors.Is(err, errTorn) {
				t.Errorf("%s as %s to a full disk: %v", what, p.format, err)
			}
			damaged := story()
			damaged[0].Report.Statements[1].Source.End = 1 << 20
			if _, err := Write(&bytes.Buffer{}, stream(damaged...), opts); err == nil || !strings.Contains(err.Error(), "D12 (posts.jsonl:12): record: statement 2") {
				t.Errorf("%s as %s of a damaged store: %v", what, p.format, err)
			}
		}
	}
	for _, k := range []*store.Kept{nil, {Number: 3}} {
		if _, err := Write(&bytes.Buffer{}, stream(k), Options{What: Actors, Format: CSV}); err == nil || !strings.Contains(err.Error(), "verify") {
			t.Errorf("%+v: %v", k, err)
		}
	}
}

// A row group ends when its rows are many or its texts are long.
func TestRowGroups(t *testing.T) {
	const size, n = 5 << 20, 30
	docs := make([]*store.Kept, n)
	for i := range docs {
		docs[i] = kept(int64(i+1), &record.Report{Document: record.Document{Text: strings.Repeat("x", size)}})
	}
	_, f := readParquet(t, nil, export(t, Options{What: Documents, Format: Parquet}))
	if got := f.NumRows(); got != 0 {
		t.Errorf("%d rows of no documents", got)
	}
	data := export(t, Options{What: Documents, Format: Parquet}, docs...)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if f.NumRows() != n {
		t.Errorf("%d rows, want %d", f.NumRows(), n)
	}
	for i, g := range f.Metadata().RowGroups {
		if g.TotalByteSize > groupBytes+2*size {
			t.Errorf("row group %d has %d bytes", i, g.TotalByteSize)
		}
	}
	if got, least := len(f.RowGroups()), n*size/(groupBytes+size); got < least {
		t.Errorf("%d row groups, want at least %d", got, least)
	}
}

// docs/export.md names every column, its type, and whether it may be null.
func TestColumnsAreDocumented(t *testing.T) {
	words, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	got, what := map[What][]string{}, What("")
	for line := range strings.Lines(string(words)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "## "); ok {
			what = What(name)
		}
		if cells := strings.Split(line, "|"); strings.HasPrefix(line, "| `") && len(cells) == 6 && tables[what] != nil {
			never := strings.TrimSpace(cells[3]) == "never"
			got[what] = append(got[what], strings.Trim(cells[1], " `")+" "+strings.TrimSpace(cells[2])+" "+strconv.FormatBool(never))
			if strings.TrimSpace(cells[3]) == "" || strings.TrimSpace(cells[4]) == "" {
				t.Errorf("a cell is empty: %s", line)
			}
		}
	}
	for _, what := range whats {
		var want []string
		for _, c := range tables[what].columns {
			want = append(want, c.name+" "+c.kind.words()+" "+strconv.FormatBool(c.never))
		}
		if diff := cmp.Diff(want, got[what]); diff != "" {
			t.Errorf("docs/export.md (+) differs from the columns of %s (-):\n%s", what, diff)
		}
	}
}
