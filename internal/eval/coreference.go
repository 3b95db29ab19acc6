package eval

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Coreference scores who is meant: on CoNLL-U files with the Entity=
// annotation of GUM, from gold words (MUC, B³, CEAF-e and their mean), and on
// files of GAP (.tsv), from raw text (pronouns).
func Coreference(w io.Writer, paths []string) error {
	c, err := openChain()
	if err != nil {
		return err
	}
	for _, path := range paths {
		fmt.Fprintf(w, "%s\n", path)
		if strings.HasSuffix(path, ".tsv") {
			err = c.gap(w, path)
		} else {
			err = c.gum(w, path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// chain is the stages that lead to actors.
type chain struct {
	syntax     *syntax.Model
	names      *name.Model
	statements *statement.Model
	actors     *actor.Model
}

func openChain() (*chain, error) {
	c := &chain{}
	var errs [4]error
	c.syntax, errs[0] = syntax.Open()
	c.names, errs[1] = name.Open()
	c.statements, errs[2] = statement.Open()
	c.actors, errs[3] = actor.Open()
	return c, errors.Join(errs[:]...)
}

func (c *chain) resolve(d *token.Doc) *actor.Resolution {
	t := c.syntax.Parse(d)
	names := c.names.Find(d, t)
	var sources []actor.Source
	for _, s := range c.statements.Find(d, t, names) {
		if n := len(s.Source); n > 0 {
			r := token.Range{First: s.Source[0].First, Last: s.Source[n-1].Last}
			sources = append(sources, actor.Source{Range: r, Cue: -1, Quote: s.Type != record.Indirect, Content: s.Content})
		}
	}
	return c.actors.Resolve(d, t, names, sources, nil)
}

func (c *chain) gap(w io.Writer, path string) error {
	all, err := corpus.ReadGAP(path)
	if err != nil {
		return err
	}
	var score GAPScore
	for _, x := range all {
		d := token.Segment(x.Text)
		score.Add(x, d, c.resolve(d))
	}
	score.Print(w)
	return nil
}

func (c *chain) gum(w io.Writer, path string) error {
	sentences, err := corpus.ReadCoNLLU(path)
	if err != nil {
		return err
	}
	var all ClusterScore
	genres := map[string]*ClusterScore{}
	for _, doc := range documents(sentences) {
		entities, err := corpus.Entities(doc)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		r := c.resolve(corpus.GoldDoc(doc))
		heads := goldHeads(doc)
		genre := genreOf(doc[0].ID)
		if genres[genre] == nil {
			genres[genre] = &ClusterScore{}
		}
		for _, s := range []*ClusterScore{&all, genres[genre]} {
			s.AddResolution(entities, heads, r)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(genres)) {
		fmt.Fprintf(w, "%-14s", g)
		genres[g].Print(w)
	}
	fmt.Fprintf(w, "%-14s", "all")
	all.Print(w)
	return nil
}

// genreOf is the second part of a GUM sentence id, "news" of "GUM_news_flag-3".
func genreOf(id string) string {
	_, rest, _ := strings.Cut(id, "_")
	genre, _, _ := strings.Cut(rest, "_")
	return genre
}

// goldHeads are the heads of all words as indices into the document, -1 for a
// root. Punctuation and prepositions are given as -2: no mention has such a head.
func goldHeads(sentences []corpus.Sentence) []int {
	var heads []int
	for _, s := range sentences {
		first := len(heads)
		for _, w := range s.Words {
			h := w.Head
			if h >= 0 {
				h += first
			}
			if w.UPOS == "PUNCT" || w.Rel == "case" {
				h = -2
			}
			heads = append(heads, h)
		}
	}
	return heads
}

// actorTypes are the entity types of GUM that are actors.
var actorTypes = map[string]bool{"person": true, "organization": true}

// AddResolution scores what was found in one document of GUM. Mentions are
// matched by their head word, chains of persons and organizations count, and so
// do predicted actors but for countries, which GUM calls places.
func (s *ClusterScore) AddResolution(gold []corpus.Entity, heads []int, r *actor.Resolution) {
	head := func(first, last int) int32 {
		for i := first; i < last; i++ {
			if h := heads[i]; h != -2 && (h < first || h >= last) {
				return int32(i)
			}
		}
		return int32(first)
	}
	var want [][]int32
	taken := map[int32]bool{}
	for _, e := range gold {
		if !actorTypes[e.Type] {
			continue
		}
		var c []int32
		for _, m := range e.Mentions {
			if h := head(m[0], m[1]); !taken[h] {
				taken[h] = true
				c = append(c, h)
			}
		}
		want = append(want, c)
	}
	got := make([][]int32, len(r.Actors))
	clear(taken)
	for _, m := range r.Mentions {
		if r.Actors[m.Actor].Kind != record.Country && !taken[m.Head] {
			taken[m.Head] = true
			got[m.Actor] = append(got[m.Actor], m.Head)
		}
	}
	s.Add(want, got)
}

// GAPScore counts the two questions of each example of GAP: is A meant, is B.
type GAPScore struct {
	All, Male, Female Count
	Right, Examples   int // examples with both questions right
}

// Add scores one example.
func (g *GAPScore) Add(x corpus.Ambiguous, d *token.Doc, r *actor.Resolution) {
	p := actorsAt(d, r, x.PronounAt, len(x.Pronoun))
	a := meet(p, actorsAt(d, r, x.AAt, len(x.A)))
	b := meet(p, actorsAt(d, r, x.BAt, len(x.B)))
	c := Count{Gold: asInt(x.IsA) + asInt(x.IsB), Predicted: asInt(a) + asInt(b), True: asInt(a && x.IsA) + asInt(b && x.IsB)}
	g.All = g.All.plus(c)
	if strings.HasPrefix(strings.ToLower(x.Pronoun), "h") && !strings.HasPrefix(strings.ToLower(x.Pronoun), "her") {
		g.Male = g.Male.plus(c)
	} else {
		g.Female = g.Female.plus(c)
	}
	g.Examples++
	g.Right += asInt(a == x.IsA && b == x.IsB)
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// actorsAt are the actors whose mentions have their head in the bytes [at, at+n).
func actorsAt(d *token.Doc, r *actor.Resolution, at, n int) map[int32]bool {
	found := map[int32]bool{}
	for _, m := range r.Mentions {
		if t := d.Tokens[m.Head]; int(t.Start) < at+n && int(t.End) > at {
			found[m.Actor] = true
		}
	}
	return found
}

func meet(a, b map[int32]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// Print writes the scores as one line.
func (g *GAPScore) Print(w io.Writer) {
	fmt.Fprintf(w, "pronouns: P %.1f R %.1f F1 %.1f, masculine F1 %.1f, feminine F1 %.1f, accuracy %.1f of %d\n",
		g.All.Precision(), g.All.Recall(), g.All.F1(), g.Male.F1(), g.Female.F1(), 100*float64(g.Right)/float64(max(1, g.Examples)), g.Examples)
}

// Print writes the scores as one line.
func (s *ClusterScore) Print(w io.Writer) {
	fmt.Fprintf(w, "MUC P %.1f R %.1f F1 %.1f, B³ P %.1f R %.1f F1 %.1f, CEAF-e P %.1f R %.1f F1 %.1f, CoNLL F1 %.1f\n",
		s.MUC.Precision(), s.MUC.Recall(), s.MUC.F1(), s.B3.Precision(), s.B3.Recall(), s.B3.F1(),
		s.CEAF.Precision(), s.CEAF.Recall(), s.CEAF.F1(), s.CoNLL())
}
