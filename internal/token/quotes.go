package token

import "strings"

// Quote is a quotation: a pair of marks and what stands between them. Scare
// quotes and titles are quotations too; who speaks is decided elsewhere.
type Quote struct {
	Open  int32 // token of the opening mark
	Close int32 // token of the closing mark, -1 if it is never closed
	Inner Range // the tokens between; an unclosed quotation ends with its paragraph

	// Depth is the number of quotations around this one.
	Depth uint8

	// Continued says that the quotation goes on from the paragraph before,
	// which left it open: a quotation of several paragraphs has an opening
	// mark at each and one closing mark.
	Continued bool
}

// Quotes finds the quotations of d, ordered by their opening marks. It takes
// straight, curly, low and angled marks, single and double, “TeX” pairs and
// spaced marks, and leaves apostrophes, feet and inches alone. Time is linear
// in the number of tokens.
func Quotes(d *Doc) []Quote {
	quotes, _ := pair(d)
	return quotes
}

// role is what a quotation mark does.
type role uint8

const (
	noMark role = iota // not a mark, or one that opens and closes nothing
	opening
	closing
)

// pair finds the quotations of d and the role of each token; roles is nil if
// there is no mark in d.
func pair(d *Doc) (quotes []Quote, roles []role) {
	p := pairer{doc: d, carried: -1, lowOpens: strings.Contains(d.Text, "„")}
	for k, par := range d.Paragraphs {
		p.marks = p.collect(par, p.marks[:0])
		if len(p.marks) == 0 {
			p.carried = -1
			continue
		}
		if p.roles == nil {
			p.roles = make([]role, len(d.Tokens))
		}
		next := noFamily
		if k+1 < len(d.Paragraphs) {
			next = p.reopens(d.Paragraphs[k+1])
		}
		p.paragraph(par, next)
	}
	return p.quotes, p.roles
}

// A pairer holds what is known while the paragraphs go by.
type pairer struct {
	doc    *Doc
	quotes []Quote
	roles  []role
	marks  []mark
	trail  []uint8 // back pointers of the search, len(marks) × len(stacks)
	path   []step  // what each mark does

	carried       int    // the quotation that the paragraph before left open, -1 if none
	carriedFamily family // of that quotation
	lowOpens      bool   // „ stands in the text, so “ closes
	angleSeen     bool   // a guillemet was seen …
	angleReversed bool   // … and the first one opened with »
}

// paragraph reads the cheapest path through the marks of par and records the
// quotations on it. next is the family of the mark that reopens a quotation at
// the head of the next paragraph.
func (p *pairer) paragraph(par Range, next family) {
	start := p.search(next)
	var open [maxDepth]int // indices of the open quotations, outermost first
	depth := 0
	if start != 0 { // the paragraph goes on inside the quotation before
		open[0], depth = p.carried, 1
	}
	before := p.carried
	p.carried = -1
	for i, m := range p.marks {
		s := p.path[i]
		switch s.action {
		case opens, reopens:
			if s.action == reopens {
				depth = p.leave(open[:depth], stackDepth(s.to)-1, m.tok)
			}
			q := Quote{Open: m.tok, Close: -1, Inner: Range{m.tok + 1, par.Last}, Depth: uint8(depth)}
			q.Continued = m.tok == par.First && before >= 0 && m.family == p.carriedFamily
			open[depth] = len(p.quotes)
			depth++
			p.quotes = append(p.quotes, q)
			p.roles[m.tok] = opening
		case closes:
			depth = p.leave(open[:depth], stackDepth(s.to)+1, m.tok)
			depth--
			q := &p.quotes[open[depth]]
			q.Close, q.Inner.Last = m.tok, m.tok
			p.roles[m.tok] = closing
		}
	}
	if depth > 0 {
		p.carried = open[0]
		p.carriedFamily = stacks[p.path[len(p.path)-1].to].families[0]
	}
}

// leave ends the quotations beyond depth, which nothing closes, before token
// end and returns the depth.
func (p *pairer) leave(open []int, depth int, end int32) int {
	for _, q := range open[depth:] {
		p.quotes[q].Inner.Last = end
	}
	return depth
}

// reopens is the family of the opening mark at the head of par.
func (p *pairer) reopens(par Range) family {
	m, ok := p.markAt(par, par.First)
	if !ok || m.cost[opens] > 1 {
		return noFamily
	}
	return m.family
}
