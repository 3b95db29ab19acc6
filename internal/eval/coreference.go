package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Resolver finds the actors of a segmented text.
type Resolver func(*token.Doc) *actor.Resolution

// actorTypes are the entity types of GUM that are actors.
var actorTypes = map[string]bool{"person": true, "organization": true}

// Chains scores the resolver on one document of GUM. Mentions are matched by
// their head word, chains of persons and organizations count, and so do
// predicted actors but for countries, which GUM calls places.
func Chains(s *ClusterScore, d *token.Doc, gold []corpus.Entity, head func(first, last int) int32, r *actor.Resolution) {
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
