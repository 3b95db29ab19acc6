package syntax

// parse sets Head and Rel of every word of s, which has been tagged: one
// greedy run of the transition system.
func (m *Model) parse(s *Sentence, p *Parser) {
	c := p.Start(s)
	for !p.Done(&c) {
		var scores [256]int32
		m.moves.score(p.Features(&c), &scores)
		c = p.Apply(&c, Best(p, &c, &scores), true)
	}
}
