package syntax

// parse sets Head and Rel of every word of s, which has been tagged: one
// greedy run of the transition system.
func (m *Model) parse(s *Sentence, p *Parser) {
	c := p.Start(s)
	for !p.Done(&c) {
		var scores [256]int32
		m.moves.score(p.Features(&c), &scores)
		best := -1
		p.Moves(&c, func(y Move) {
			if best < 0 || scores[y] > scores[best] {
				best = int(y)
			}
		})
		c = p.Apply(&c, Move(best), true)
	}
}
