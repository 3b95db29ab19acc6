package keep_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/store"
)

var (
	benchReports = flag.Int("reports", 100, "reports that are recorded")
	benchTexts   = flag.String("texts", filepath.Join("..", "..", "testdata", "reports"), "folder with the texts, whose paragraphs the reports are made of")
)

// paragraphs are those of all texts of a folder.
func paragraphs(b *testing.B) []string {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(*benchTexts, "*"))
	if err != nil || len(files) == 0 {
		b.Fatal(err, "no texts in ", *benchTexts)
	}
	var out []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		body, _, _ := strings.Cut(string(text), "\n---\n") // without annotations
		for p := range strings.SplitSeq(body, "\n") {
			if len(p) > 80 {
				out = append(out, p)
			}
		}
	}
	return out
}

// reports yields so many reports of random paragraphs.
func reports(paragraphs []string, n int) iter.Seq[intake.Found] {
	return func(yield func(intake.Found) bool) {
		for i := range n {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			var b strings.Builder
			for b.Len() < 2000+r.IntN(2000) {
				b.WriteString(paragraphs[r.IntN(len(paragraphs))] + "\n\n")
			}
			f := intake.Found{Origin: fmt.Sprint("report ", i), Address: fmt.Sprint("https://example.org/", i), Bytes: []byte(b.String()), Type: "text/plain; charset=utf-8"}
			if !yield(f) {
				return
			}
		}
	}
}

// BenchmarkRecord compares recording with reading alone, by as many workers as
// there are cores. For the bar of 10,000 reports: go test ./internal/keep -run -
// -bench Record -benchtime 1x -reports 10000 -texts FOLDER.
func BenchmarkRecord(b *testing.B) {
	reader, err := rapporteur.Open()
	if err != nil {
		b.Fatal(err)
	}
	pool := paragraphs(b)
	workers := runtime.GOMAXPROCS(0)
	for b.Loop() {
		begin := time.Now()
		read := 0
		for err := range keep.InOrder(b.Context(), workers, reports(pool, *benchReports), func(ctx context.Context, f intake.Found) error {
			_, err := reader.ReadContent(ctx, rapporteur.Content{Name: f.Origin, URL: f.Address, Bytes: f.Bytes, Type: f.Type}, f.Given)
			return err
		}) {
			if err != nil {
				b.Fatal(err)
			}
			read++
		}
		alone := time.Since(begin)
		runtime.GC()
		path := filepath.Join(b.TempDir(), "record.db")
		s, err := store.Create(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		begin = time.Now()
		r := keep.Recorder{Store: s, Reader: reader, Version: "bench", Workers: workers}
		sum, err := r.Record(b.Context(), reports(pool, *benchReports))
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(begin)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(read)/alone.Seconds(), "read/s")
		b.ReportMetric(float64(sum.Found)/took.Seconds(), "recorded/s")
		b.ReportMetric(100*alone.Seconds()/took.Seconds(), "%ofReading")
		b.ReportMetric(float64(highWater())/(1<<20), "MiB-resident")
		b.Logf("%+v", sum)
	}
}

// highWater is the most memory that the process has had resident, in bytes; 0 where the system does not say.
func highWater() int {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(b), "VmHWM:")
	var kib int
	fmt.Sscan(after, &kib)
	return kib << 10
}
