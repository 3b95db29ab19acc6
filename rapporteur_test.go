package rapporteur_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// reader is opened once: opening costs more than reading a short report.
var reader = sync.OnceValue(func() *rapporteur.Reader {
	r, err := rapporteur.Open()
	if err != nil {
		panic(err)
	}
	return r
})

// texts is the texts of our annotated reports.
func texts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "reports", "*.ann"))
	if err != nil || len(files) < 24 {
		t.Fatalf("%d reports, want 24: %v", len(files), err)
	}
	var out []string
	for _, file := range files {
		gold, err := corpus.ReadReport(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, gold.Text)
	}
	return out
}

// encode reads text and encodes what was read, after seeing that it holds the
// laws: record.Decode compares every span with the text.
func encode(t testing.TB, text string) []byte {
	t.Helper()
	report, err := reader().Read(t.Context(), rapporteur.Document{Text: text, Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := report.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.Decode(data); err != nil {
		t.Fatal(err)
	}
	return data
}

// Law 3: the same input gives the same bytes, with any number of workers.
func TestManyReadersReadAlike(t *testing.T) {
	all := texts(t)
	want := make([][]byte, len(all))
	for i, text := range all {
		want[i] = encode(t, text)
	}
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for i := range all {
				k := (i + worker*5) % len(all) // each in an order of its own
				report, err := reader().Read(t.Context(), rapporteur.Document{Text: all[k], Language: "en"})
				if err != nil {
					t.Error(err)
					continue
				}
				if got, err := report.AppendJSON(nil); err != nil || !bytes.Equal(got, want[k]) {
					t.Errorf("worker %d reads report %d differently: %v", worker, k, err)
				}
			}
		})
	}
	wait.Wait()
}

func TestReadSaysWhatItIsGiven(t *testing.T) {
	published := time.Date(2031, 3, 4, 0, 0, 0, 0, time.UTC)
	given := rapporteur.Document{
		Text: "\"We are ready,\" said Ines Calder.", URL: "https://bell.example/a", Outlet: "The Bell",
		Title: "Ready", Byline: "Noor Vandersee", Published: published, Language: "en",
	}
	report, err := reader().Read(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
	got := report.Document
	if !strings.HasPrefix(got.ID, "sha256:") {
		t.Errorf("the id is %q", got.ID)
	}
	got.ID = ""
	if got != given {
		t.Errorf("the document is %+v, given was %+v", got, given)
	}
}

func TestReadHTMLReadsTheArticle(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("examples", "ferry-strike.html"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := reader().ReadHTML(t.Context(), string(page), rapporteur.Document{})
	if err != nil {
		t.Fatal(err)
	}
	d := report.Document
	if d.Outlet != "The Sound Gazette" || d.Title != "Ferry crews walk out on the eve of the holidays" || d.Published.IsZero() {
		t.Errorf("read as %q, %q, %v", d.Outlet, d.Title, d.Published)
	}
	for _, furniture := range []string{"Most read", "Subscribe", "console.log", "World"} {
		if strings.Contains(d.Text, furniture) {
			t.Errorf("%q was taken for a part of the article", furniture)
		}
	}
	if !strings.Contains(d.Text, "“We have waited fourteen months for a reply to one letter,” said Birgit Thorsen") {
		t.Errorf("the article is\n%s", d.Text)
	}
}

func TestReadRefuses(t *testing.T) {
	exit := func(err error) int {
		var coded interface{ ExitCode() int }
		if errors.As(err, &coded) {
			return coded.ExitCode()
		}
		return 0
	}
	for name, doc := range map[string]rapporteur.Document{
		"nothing":     {},
		"white space": {Text: " \n\t"},
		"another language": {Text: "Der Minister sagte am Mittwoch vor Journalisten in Berlin, dass die Verhandlungen in der kommenden Woche " +
			"fortgesetzt werden sollen. „Wir haben noch nichts unterschrieben“, erklärte er nach dem Treffen."},
		"a book": {Text: strings.Repeat("She said that it was so. ", rapporteur.MaxText/20)},
	} {
		if _, err := reader().Read(t.Context(), doc); exit(err) != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := reader().ReadSource(t.Context(), "no/such/file", rapporteur.Document{}); exit(err) != 1 {
		t.Errorf("a missing file: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader().Read(ctx, rapporteur.Document{Text: "She said no.", Language: "en"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Law 4: time is linear. Sixteen times the text may take sixteen times as
// long, and some more for the noise of a busy machine, but not 256 times.
func TestReadingIsLinear(t *testing.T) {
	for name, piece := range map[string]string{
		"quotation marks": `"`,
		"open curly":      "She said “",
		"brackets":        "(",
		"one sentence":    "and she said he told them that they claim ",
		"pronouns":        "He said she told him. ",
		"names":           "Mr. Ann Bell said Bob Cole. ",
		"nested":          "“‘",
		"dashes":          "— ",
		"line breaks":     "a\n\n",
		"overrides":       "\u202e\u2066",
		"events":          `"Russia attacked Ukraine," Hask said, "and `,
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece))
			begin := time.Now()
			encode(t, text)
			return time.Since(begin)
		}
		const small, factor, allowed = 4 << 10, 16, 80
		one := max(took(small), took(small), time.Millisecond)
		if long := took(factor * small); long > allowed*one {
			t.Errorf("%s: %d bytes take %v, %d times as many %v", name, small, one, factor, long)
		}
	}
}

// FuzzRead: on any input, as a text and as a page, the reader gives a report
// that holds the laws, or an error; never a panic.
func FuzzRead(f *testing.F) {
	f.Add("“We are ready,” said Ines Calder. She told reporters: \"It is so.\"", false)
	f.Add("<p>The mayor said <b>“no</b> to us.</p><p>“And no again,” he added, citing Reuters.", true)
	f.Add("14:52 Analyst X: yes — no « what » „so“ 'quoted' said the U.S. Senate.\n\n\"Second\n\n\"Third,\" he said", false)
	f.Add("\x00\u202e\ufeff\xed\xa0\x80\"\"\"'''“”‘’ said said said ,", false)
	f.Fuzz(func(t *testing.T, text string, page bool) {
		const enough = 1 << 14 // longer inputs tell nothing new and take long
		if len(text) > enough {
			return
		}
		read := reader().Read
		doc := rapporteur.Document{Text: text, Language: "en"}
		if page {
			read = func(ctx context.Context, doc rapporteur.Document) (*rapporteur.Report, error) {
				return reader().ReadHTML(ctx, text, doc)
			}
		}
		report, err := read(t.Context(), doc)
		if err != nil {
			return
		}
		data, err := report.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := record.Decode(data); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
	})
}

// BenchmarkRead is bytes in to JSON out, on our annotated reports, one after
// another, or on the .txt files of the folder that RAPPORTEUR_BENCH_TEXTS names.
func BenchmarkRead(b *testing.B) {
	all := texts(b)
	if dir := os.Getenv("RAPPORTEUR_BENCH_TEXTS"); dir != "" {
		files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil || len(files) == 0 {
			b.Fatalf("no .txt files in %s: %v", dir, err)
		}
		all = nil
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	tokens, size := 0, 0
	for _, text := range all {
		tokens += len(token.Segment(text).Tokens)
		size += len(text)
	}
	encode(b, all[0])
	var buf []byte
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range all {
			report, err := reader().Read(b.Context(), rapporteur.Document{Text: text})
			if err != nil {
				b.Fatal(err)
			}
			if buf, err = report.AppendJSON(buf[:0]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkOpen is what a command pays before it reads.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := rapporteur.Open(); err != nil {
			b.Fatal(err)
		}
	}
}
