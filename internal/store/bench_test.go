package store

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/record"
)

var (
	benchStatements = flag.Int("statements", 20_000, "statements of the record that is searched")
	benchRecord     = flag.String("record", "", "where that record is kept, to be used again")
)

// The record that is searched: words by Zipf's law, as in news.
const (
	benchVocabulary = 60_000
	benchPerDoc     = 20
	benchSpeakers   = 5_000
	benchOutlets    = 200
)

type generator struct {
	r    *rand.Rand
	zipf *rand.Zipf // of words
	land *rand.Zipf // of countries
}

func newGenerator(seed uint64) *generator {
	r := rand.New(rand.NewPCG(seed, 1))
	return &generator{r, rand.NewZipf(r, 1.07, 8, benchVocabulary-1), rand.NewZipf(r, 1.1, 3, uint64(len(gazetteer.Codes())-1))}
}

func (g *generator) country() string { return gazetteer.Codes()[g.land.Uint64()] }

// wordAt is the word of that rank.
func wordAt(rank uint64) string {
	const syllables = "tarekolimunasepodivarugenitaloshibefenukamirodesatolenibu"
	var b strings.Builder
	for n := rank + 31; n > 0; n /= 28 {
		i := n % 28 * 2
		b.WriteString(syllables[i : i+2])
	}
	return b.String()
}

func (g *generator) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = wordAt(g.zipf.Uint64())
	}
	return strings.Join(out, " ")
}

func speakerAt(i int) string {
	return "Leila" + wordAt(uint64(i%70)) + " Haddad" + wordAt(uint64(i/70))
}

// item is a report with benchPerDoc statements and half as many events.
func (g *generator) item(i int) Item {
	r := &record.Report{Document: record.Document{
		URL: fmt.Sprint("https://example.org/", i), Outlet: "Outlet " + wordAt(uint64(g.r.IntN(benchOutlets))), Title: g.words(8),
		Published: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, g.r.IntN(3650)), Language: "en",
	}}
	var b strings.Builder
	for n := range benchPerDoc {
		speaker := speakerAt(g.r.IntN(benchSpeakers))
		who := record.Span{Start: b.Len(), End: b.Len() + len(speaker)}
		b.WriteString(speaker)
		cue := record.Span{Start: b.Len() + 1, End: b.Len() + 5}
		b.WriteString(" said ")
		from := b.Len()
		b.WriteString(g.words(15 + g.r.IntN(15)))
		content := record.Span{Start: from, End: b.Len()}
		b.WriteString("\n")
		r.Actors = append(r.Actors, record.Actor{ID: fmt.Sprint("A", n+1), Kind: record.Person, Name: speaker, Country: g.country(), Mentions: []record.Mention{{Span: who, Form: record.FormName}}})
		r.Statements = append(r.Statements, record.Statement{
			ID: fmt.Sprint("S", n+1), Type: []record.StatementType{record.Direct, record.Mixed, record.Indirect}[g.r.IntN(3)], Kind: record.Speech, Stance: "says",
			Source: &record.Ref{Span: who, Actor: n}, Cue: &record.Cue{Span: cue, Lemma: "say"}, Content: []record.Span{content}, Within: -1, Confidence: 0.5 + 0.4*g.r.Float64(),
		})
		if n%2 == 1 {
			r.Events = append(r.Events, record.Event{
				ID: fmt.Sprint("E", n/2+1), Type: record.EventTypes()[g.r.IntN(16)].Name, Source: []int{n}, Target: []int{n - 1}, Trigger: cue,
				Status: record.Asserted, Statement: -1, Confidence: 0.3 + 0.5*g.r.Float64(),
			})
		}
	}
	r.Document.Text = b.String()
	hash := sha256.Sum256([]byte(r.Document.Text))
	r.Document.ID = "sha256:" + hex.EncodeToString(hash[:])
	return Item{Key: hash, Origin: fmt.Sprint("report ", i), Found: time.Unix(int64(i), 0), Raw: []byte(r.Document.Text), Report: r}
}

// benchStore is a record of that many statements.
func benchStore(b *testing.B) string {
	b.Helper()
	path := *benchRecord
	if path == "" {
		path = filepath.Join(b.TempDir(), "record.db")
	}
	s, err := Create(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	st, err := s.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	docs := *benchStatements / benchPerDoc
	for i := st.Documents; i < docs; i += 64 {
		items := make([]Item, min(64, docs-i))
		for n := range items {
			items[n] = newGenerator(uint64(i + n)).item(i + n)
		}
		if _, err := s.Put(b.Context(), items, "bench"); err != nil {
			b.Fatal(err)
		}
		if i/64%100 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d documents, %v\n", i, docs, time.Since(begin).Round(time.Second))
		}
	}
	if made := docs - st.Documents; made > 0 {
		b.Logf("%d documents were put in %v, %.2f ms each", made, time.Since(begin).Round(time.Second), float64(time.Since(begin).Milliseconds())/float64(made))
	}
	return path
}

// BenchmarkSearch asks for two words and two filters; for the bar of a million
// statements: go test ./internal/store -run - -bench Search -statements 1000000.
func BenchmarkSearch(b *testing.B) {
	path := benchStore(b)
	begin := time.Now()
	s, err := Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	g := newGenerator(7)
	query := func() Query {
		q := Query{Words: wordAt(uint64(g.r.IntN(400))) + " " + wordAt(uint64(g.r.IntN(400)))}
		switch g.r.IntN(4) {
		case 0:
			q.Said, q.Outlet = "direct", wordAt(uint64(g.r.IntN(benchOutlets)))
		case 1:
			from := time.Date(2015+g.r.IntN(9), 3, 1, 0, 0, 0, 0, time.UTC)
			q.Said, q.From, q.To = "indirect", from, from.AddDate(0, g.r.IntN(24), 5)
		case 2:
			q.Speaker, q.From = "Leila"+wordAt(uint64(g.r.IntN(70))), time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC)
		case 3:
			q.Party, q.Event = g.country(), record.EventTypes()[g.r.IntN(16)].Name
		}
		return q
	}
	if _, _, err := s.Search(b.Context(), query()); err != nil {
		b.Fatal(err)
	}
	first := time.Since(begin)
	var took []time.Duration
	hits := 0
	for b.Loop() {
		q := query()
		begin := time.Now()
		found, _, err := s.Search(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
		hits += len(found)
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(math.Ceil(share*float64(len(took))))-1].Microseconds()) / 1000
	}
	b.ReportMetric(float64(first.Milliseconds()), "ms/first")
	b.ReportMetric(at(0.5), "ms/p50")
	b.ReportMetric(at(0.95), "ms/p95")
	b.ReportMetric(at(1), "ms/max")
	b.ReportMetric(float64(hits)/float64(len(took)), "hits/op")
}
