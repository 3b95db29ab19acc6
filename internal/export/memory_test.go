package export

import (
	"fmt"
	"iter"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// perDocument is how many statements each document of a stream made here has.
const perDocument = 20

// many streams documents with that many statements in all. They are made anew,
// each with a text of its own of some three kilobytes, as a store would give
// them: what the export keeps of one would be seen in its memory.
func many(statements int, seen func()) iter.Seq2[*store.Kept, error] {
	return func(yield func(*store.Kept, error) bool) {
		for n := range statements / perDocument {
			if n%50 == 0 {
				seen()
			}
			if !yield(made(int64(n+1)), nil) {
				return
			}
		}
	}
}

// made is a document about the affairs of its number.
func made(number int64) *store.Kept {
	var b strings.Builder
	seed := uint64(number)
	r := &record.Report{}
	cut := func(s string) record.Span {
		from := b.Len()
		b.WriteString(s)
		return record.Span{Start: from, End: b.Len()}
	}
	for i := range perDocument {
		x := int(number)*perDocument + i
		s := record.Statement{ID: "S" + strconv.Itoa(i+1), Type: record.Indirect, Kind: record.Speech, Stance: "says", Within: -1, Confidence: float64(x%100) / 100}
		who := cut("Minister Ardel " + strconv.Itoa(x%5000))
		s.Source = &record.Ref{Span: who, Actor: i}
		r.Actors = append(r.Actors, record.Actor{ID: "A" + strconv.Itoa(i+1), Kind: record.Person, Name: b.String()[who.Start:], Country: "ESP", Sector: "GOV", Mentions: []record.Mention{{Span: who, Form: record.FormName}}})
		cut(" ")
		s.Cue = &record.Cue{Span: cut("said"), Lemma: "say"}
		cut(" ")
		day := cut("on Monday")
		s.Time = &record.Time{Span: day, Value: "2025-05-" + strconv.Itoa(10+x%20), Granularity: "day"}
		cut(" that ")
		s.Content = []record.Span{cut(babble(&seed, 20))}
		cut(". " + babble(&seed, 8) + ".\n")
		r.Statements = append(r.Statements, s)
	}
	r.Document = record.Document{
		ID: fmt.Sprintf("sha256:%064x", number), URL: "https://bell.example/" + strconv.FormatInt(number, 10), Outlet: "The Bell", Language: "en",
		Published: time.Unix(1.7e9+number*60, 0), Text: b.String(),
	}
	return kept(number, r)
}

// babble is n words out of some thousands, which compress about as prose does.
func babble(seed *uint64, n int) string {
	words := make([]string, n)
	for i := range words {
		*seed = *seed*6364136223846793005 + 1442695040888963407 // Knuth's MMIX
		x := *seed >> 40
		for range 1 + x%3 {
			words[i] += string("ptkbdgmnlrsvfh"[x%14]) + string("aeiou"[x/14%5]) + string("nrsl"[x/70%4])
			x /= 280
		}
	}
	return strings.Join(words, " ")
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// The bar of the issue is 300 MiB resident for a million statements; one row
// group is the most that is held, and it is full after a tenth of them. So the
// heap that this test takes from the system for 250,000, beside the one that was
// there before, must stay far below, and must not grow after the first group.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 250,000 rows")
	}
	const rows, most = 250_000, 160 << 20 // bytes
	var before, m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var early, peak uint64
	n := 0
	written, err := Write(new(counter), many(rows, func() {
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse-min(m.HeapInuse, before.HeapInuse))
		if n++; n*50*perDocument <= groupRows*5/4 {
			early = peak
		}
	}), Options{What: Statements, Format: Parquet})
	if err != nil || written != rows {
		t.Fatalf("%d rows, %v", written, err)
	}
	t.Logf("heap in use: %d MiB at most, %d MiB in the first row group", peak>>20, early>>20)
	if peak > most {
		t.Errorf("the heap grew by %d MiB, want at most %d", peak>>20, most>>20)
	}
	if peak > early*3/2 {
		t.Errorf("the heap grew to %d MiB after %d MiB in the first row group", peak>>20, early>>20)
	}
}

// BenchmarkMillion exports a million statements; -benchtime=1x is once. It
// tells the most memory that the process has held (VmHWM), where the system does.
func BenchmarkMillion(b *testing.B) {
	const rows = 1_000_000
	for _, format := range []Format{Parquet, JSONL, CSV} {
		b.Run(string(format), func(b *testing.B) {
			var size counter
			for b.Loop() {
				size = 0
				if _, err := Write(&size, many(rows, func() {}), Options{What: Statements, Format: format}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size)/(1<<20), "MiB-file")
			if status, err := os.ReadFile("/proc/self/status"); err == nil {
				_, after, _ := strings.Cut(string(status), "VmHWM:")
				if f := strings.Fields(after); len(f) > 0 {
					kib, _ := strconv.ParseFloat(f[0], 64)
					b.ReportMetric(kib/1024, "MiB-resident")
				}
			}
		})
	}
}
