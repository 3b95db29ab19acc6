package actor

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// vocabulary of random documents: whatever the sieves look at.
var vocabulary = strings.Fields(`the The a an another same he He she it It they his her their himself I we you who that
	president minister Minister spokesman source sources officials official ministry government people statement report
	Mr Ms Dr Sen. said told and or of from for with in , . " “ ” ' 's — ( ) - Umarov Darya IAEA International Agency
	Russia Kyiv Russian French senior former deputy two 2024 über 中文 ` + "\u0000 \u202e é")

// randomDoc is a document of n random words with random trees, names and
// sources. Trees are forests without cycles, but need not be projective; names
// and sources may overlap, be empty, or point outside of the document.
func randomDoc(rng *rand.Rand, n int) (*token.Doc, *syntax.Tree, []name.Name, []Source) {
	d := &token.Doc{}
	var text strings.Builder
	for range n {
		start := int32(text.Len())
		text.WriteString(vocabulary[rng.IntN(len(vocabulary))])
		d.Tokens = append(d.Tokens, token.Token{Start: start, End: int32(text.Len())})
		text.WriteByte(' ')
	}
	d.Text = text.String()
	t := syntax.NewTree(n)
	for first := 0; first < n; {
		last := min(n, first+1+rng.IntN(30))
		d.Sentences = append(d.Sentences, token.Range{First: int32(first), Last: int32(last)})
		order := rng.Perm(last - first)
		for k, i := range order {
			if k > 0 {
				t.Head[first+i] = int32(first + order[rng.IntN(k)])
			}
		}
		first = last
	}
	for i := 0; i < len(d.Sentences); {
		k := min(len(d.Sentences), i+1+rng.IntN(4))
		d.Paragraphs = append(d.Paragraphs, token.Range{First: d.Sentences[i].First, Last: d.Sentences[k-1].Last})
		i = k
	}
	for i := range n {
		t.UPOS[i] = syntax.UPOS(rng.IntN(18))
		t.Tag[i] = syntax.Tag(rng.IntN(50))
		t.Rel[i] = syntax.Rel(rng.IntN(60))
		t.Lemma[i] = d.Word(i)
	}
	t.Index()
	somewhere := func() token.Range {
		first := int32(rng.IntN(n+4) - 2)
		return token.Range{First: first, Last: first + int32(rng.IntN(6)-1)}
	}
	var names []name.Name
	for range n / 6 {
		x := name.Name{Range: somewhere(), Kind: name.Kind(rng.IntN(10)), Title: somewhere()}
		x.Country = []string{"", "RUS", "UKR", "UNO"}[rng.IntN(4)]
		names = append(names, x)
	}
	var sources []Source
	for range n / 12 {
		x := Source{Range: somewhere(), Cue: int32(rng.IntN(n)), Addressee: rng.IntN(5) == 0, Quote: rng.IntN(2) == 0}
		for range rng.IntN(3) {
			x.Content = append(x.Content, somewhere())
		}
		sources = append(sources, x)
	}
	return d, t, names, sources
}

func TestAnyDocument(t *testing.T) {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 7))
		d, tree, names, sources := randomDoc(rng, 1+rng.IntN(300))
		r := m.Resolve(d, tree, names, sources, nil)
		if len(r.Sources) != len(sources) {
			t.Fatalf("seed %d: %d sources, want %d", seed, len(r.Sources), len(sources))
		}
		mentioned := make([]int, len(r.Actors))
		for _, x := range r.Mentions {
			if x.Actor < 0 || int(x.Actor) >= len(r.Actors) {
				t.Fatalf("seed %d: a mention of actor %d of %d", seed, x.Actor, len(r.Actors))
			}
			if x.First < 0 || x.First >= x.Last || int(x.Last) > len(d.Tokens) {
				t.Fatalf("seed %d: mention %v outside of %d tokens", seed, x.Range, len(d.Tokens))
			}
			mentioned[x.Actor]++
		}
		for i, a := range r.Sources {
			if int(a) >= len(r.Actors) || a < -1 {
				t.Fatalf("seed %d: source %d is actor %d of %d", seed, i, a, len(r.Actors))
			}
		}
		if k := slices.Index(mentioned, 0); k >= 0 {
			t.Fatalf("seed %d: actor %d, %q, is never mentioned", seed, k, r.Actors[k].Name)
		}
		again := m.Resolve(d, tree, names, sources, nil)
		if !slices.Equal(r.Sources, again.Sources) || !slices.Equal(r.Mentions, again.Mentions) {
			t.Fatalf("seed %d: two readings differ", seed)
		}
	}
}

func TestTreeOfAnotherLength(t *testing.T) {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	d, _, names, sources := randomDoc(rand.New(rand.NewPCG(1, 1)), 50)
	r := m.Resolve(d, syntax.NewTree(3), names, sources, nil)
	for i, a := range r.Sources {
		if a != -1 {
			t.Errorf("source %d is actor %d", i, a)
		}
	}
}

// A phrase inside a phrase, to any depth, is read in linear time: a repetition
// of any vocabulary word, each token the head of the next, all of it one source.
func TestDeepPhrases(t *testing.T) {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	const n = 20000
	for _, phrase := range []string{"a report of", "the two ministers of", "his brother of", "Umarov , Darya and", "The official said", "IAEA (", "it they he"} {
		w := strings.Fields(phrase)
		d := &token.Doc{Text: strings.Repeat(phrase+" ", n/len(w))}
		for i, at := 0, 0; i < n/len(w)*len(w); i++ {
			k := len(w[i%len(w)])
			d.Tokens = append(d.Tokens, token.Token{Start: int32(at), End: int32(at + k)})
			at += k + 1
		}
		last := int32(len(d.Tokens))
		all := []token.Range{{First: 0, Last: last}}
		d.Sentences, d.Paragraphs = all, all
		tree := syntax.NewTree(len(d.Tokens))
		for i := range d.Tokens {
			tree.Head[i], tree.Rel[i], tree.UPOS[i] = int32(i)-1, syntax.Nmod, syntax.NOUN
		}
		tree.Index()
		names := []name.Name{}
		sources := []Source{{Range: all[0], Content: all}}
		for i := int32(0); i+1 < last; i += 4 {
			names = append(names, name.Name{Range: token.Range{First: i, Last: i + 1}, Kind: name.Person + name.Kind(i/4%2)})
			sources = append(sources, Source{Range: token.Range{First: i, Last: last}, Content: []token.Range{{First: 0, Last: i}}})
		}
		start := time.Now()
		m.Resolve(d, tree, names, sources, nil)
		if took := time.Since(start); took > 10*time.Second { // some 0.05 s; quadratic work takes minutes
			t.Errorf("%q: %v for %d tokens", phrase, took, last)
		}
	}
}

// BenchmarkResolve reads one document of 20,000 tokens and 100 of 200; the time
// for a token is to be the same.
func BenchmarkResolve(b *testing.B) {
	m, err := Open()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{200, 20000} {
		b.Run(map[int]string{200: "short", 20000: "long"}[n], func(b *testing.B) {
			d, tree, names, sources := randomDoc(rand.New(rand.NewPCG(1, 7)), n)
			b.ReportAllocs()
			for b.Loop() {
				m.Resolve(d, tree, names, sources, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/token")
		})
	}
}
