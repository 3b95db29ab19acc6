package syntax

import "github.com/rapporteur/rapporteur/internal/token"

// parser is the workspace of one document.
type parser struct {
	*Model
	s     Sentence
	arcs  Parser
	last  lemmas
	punct punctuation
}

// sentence analyses the words r of d and fills in the columns of t.
func (p *parser) sentence(t *Tree, d *token.Doc, r token.Range) {
	s := &p.s
	s.Set(d, r, p.lexicon)
	p.tag(s)
	for c := p.arcs.Start(s); !p.arcs.Done(&c); {
		var scores [256]int32
		p.moves.score(p.arcs.Features(&c), &scores)
		m := Best(&p.arcs, &c, &scores)
		p.arcs.Commit(&c, m)
		c = p.arcs.Apply(&c, m)
	}
	p.punct.attach(s)
	for i := range s.words {
		k := int(r.First) + i
		t.UPOS[k], t.Tag[k] = s.UPOS[i], s.Tag[i]
		t.Lemma[k] = p.lemma(s, i, d.Word(k), &p.last)
		if h := s.Head[i]; h < int32(len(s.words)) {
			t.Head[k], t.Rel[k] = r.First+h, s.Rel[i]
		}
	}
}
