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

	open  [maxDepth]int // the quotations that are open, outermost first
	state uint8         // the stack of their families

	carried       int    // the quotation that the paragraph before left open, -1 if none
	carriedFamily family // of that quotation
	lowOpens      bool   // „ stands in the text, so “ closes
	angleSeen     bool   // a guillemet was seen …
	angleReversed bool   // … and the first one opened with »
}

// blockMarks bounds the marks that are searched together, and so the memory for
// them; what is open at the end of a block is settled there.
const blockMarks = 4096

// paragraph records the quotations of par. next is the family of the mark that
// reopens a quotation at the head of the next paragraph.
func (p *pairer) paragraph(par Range, next family) {
	before := p.carried
	p.carried, p.state = -1, 0
	for i := par.First; i < par.Last; {
		head := i == par.First
		if i = p.collect(par, i); len(p.marks) == 0 {
			break
		}
		if p.roles == nil {
			p.roles = make([]role, len(p.doc.Tokens))
		}
		carried := -1
		if head {
			carried = before
		}
		if p.search(carried, i == par.Last, next) != p.state { // par goes on inside the quotation before
			p.open[0] = before
		}
		p.record(par, before >= 0)
	}
	if s := stacks[p.state]; s.depth > 0 {
		p.carried, p.carriedFamily = p.open[0], s.families[0]
	}
}

// record appends the quotations on the path through the marks of par; left says
// that the paragraph before left one open.
func (p *pairer) record(par Range, left bool) {
	for i, m := range p.marks {
		s := p.path[i]
		switch s.action {
		case opens, reopens:
			depth := stackDepth(s.to) - 1
			p.leave(s.from, depth, m.tok)
			q := Quote{Open: m.tok, Close: -1, Inner: Range{m.tok + 1, par.Last}, Depth: uint8(depth)}
			q.Continued = left && m.tok == par.First && m.family == p.carriedFamily
			p.open[depth] = len(p.quotes)
			p.quotes = append(p.quotes, q)
			p.roles[m.tok] = opening
		case closes:
			depth := stackDepth(s.to)
			p.leave(s.from, depth+1, m.tok)
			q := &p.quotes[p.open[depth]]
			q.Close, q.Inner.Last = m.tok, m.tok
			p.roles[m.tok] = closing
		}
		p.state = s.to
	}
}

// leave ends the quotations of state beyond depth, which nothing closes, before
// token end.
func (p *pairer) leave(state uint8, depth int, end int32) {
	for d := depth; d < stackDepth(state); d++ {
		p.quotes[p.open[d]].Inner.Last = end
	}
}

// reopens is the family of the opening mark at the head of par.
func (p *pairer) reopens(par Range) family {
	m, ok := p.markAt(par, par.First)
	if !ok || m.cost[opens] > 1 {
		return noFamily
	}
	return m.family
}
