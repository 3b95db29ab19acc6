package syntax

import "github.com/rapporteur/rapporteur/internal/token"

// maxBeam bounds the states that a model may ask to keep.
const maxBeam = 16

// parser is the workspace of one document.
type parser struct {
	*Model
	s     Sentence
	arcs  Parser
	beam  Beam[int32]
	score func(features []uint64, scores *[256]int32)
	last  lemmas
}

func newParser(m *Model) *parser {
	return &parser{Model: m, beam: Beam[int32]{Width: m.beam, Margin: m.margin}, score: m.moves.score}
}

// sentence analyses the words r of d and fills in the columns of t.
func (p *parser) sentence(t *Tree, d *token.Doc, r token.Range) {
	s := &p.s
	s.Set(d, r, p.lexicon)
	p.tag(s)
	p.beam.Start(&p.arcs, s)
	for !p.beam.Done() {
		p.beam.Step(p.score)
	}
	p.beam.Commit()
	for i := range s.words {
		k := int(r.First) + i
		t.UPOS[k], t.Tag[k] = s.UPOS[i], p.labels[s.Label[i]].tag
		t.Lemma[k] = p.lemma(s, i, d.Word(k), &p.last)
		if h := s.Head[i]; h < int32(len(s.words)) {
			t.Head[k], t.Rel[k] = r.First+h, s.Rel[i]
		}
	}
}
