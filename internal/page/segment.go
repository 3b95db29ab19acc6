package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// segment is a piece of the text that the same statements and events mark throughout.
// Marks may nest and overlap; segments do neither, so that they can be written
// one after another.
type segment struct {
	Text   []glyphs
	Link   string // id of the innermost statement or event, empty if none
	Anchor string // id of the segment, where it is the first of that statement or event
	IDs    string // of all the statements and events, from the outside in
	Class  string
}

// The roles of a mark, the one that is drawn on top last.
const (
	roleContent = iota
	roleSource
	roleCue
	roleTrigger
)

type mark struct {
	record.Span
	item     int // statements come first, then events
	role     int
	verbatim bool // what is quoted in a mixed content
}

// marks is the sources, cues, contents and triggers of r, in the order of their start,
// longer ones first. Contents of mixed statements are cut at their quotations.
func marks(r *record.Report) []mark {
	var out []mark
	for i := range r.Statements {
		s := &r.Statements[i]
		for _, span := range s.Content {
			at := span.Start
			for _, x := range runs(surface(r, span), s.Type) {
				out = append(out, mark{record.Span{Start: at, End: at + len(x.Text)}, i, roleContent, x.Verbatim})
				at += len(x.Text)
			}
		}
		if s.Source != nil {
			out = append(out, mark{s.Source.Span, i, roleSource, false})
		}
		if s.Cue != nil {
			out = append(out, mark{s.Cue.Span, i, roleCue, false})
		}
	}
	for i := range r.Events {
		out = append(out, mark{r.Events[i].Trigger, len(r.Statements) + i, roleTrigger, false})
	}
	slices.SortStableFunc(out, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return out
}

// maxDepth is how many marks one segment can stand in; deeper ones are not
// drawn. It keeps the page linear in the text whatever the statements are.
const maxDepth = 16

// segments cuts the text into paragraphs, at line breaks, and each into
// segments, at the borders of marks. colour is the class of each item.
func segments(r *record.Report, colour []string) [][]segment {
	c := cutter{r: r, colour: colour, marks: marks(r), anchored: make([]bool, len(colour))}
	text, at := r.Document.Text, 0
	var out [][]segment
	for at < len(text) {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if p := c.paragraph(at, end); strings.TrimSpace(text[at:end]) != "" {
			out = append(out, p)
		}
		at = end + 1
	}
	return out
}

type cutter struct {
	r        *record.Report
	colour   []string
	marks    []mark // those that have not begun yet
	open     []mark // those that cover the place where the cutter stands, by their start
	anchored []bool
}

func (c *cutter) paragraph(at, end int) []segment {
	var out []segment
	for at < end {
		c.open = slices.DeleteFunc(c.open, func(m mark) bool { return m.End <= at })
		for len(c.marks) > 0 && c.marks[0].Start <= at {
			if m := c.marks[0]; m.End > at && len(c.open) < maxDepth {
				c.open = append(c.open, m)
			}
			c.marks = c.marks[1:]
		}
		next := end
		if len(c.marks) > 0 {
			next = min(next, c.marks[0].Start)
		}
		for _, m := range c.open {
			next = min(next, m.End)
		}
		out = append(out, c.segment(at, next))
		at = next
	}
	return out
}

func (c *cutter) segment(from, to int) segment {
	s := segment{Text: shown(c.r.Document.Text[from:to])}
	if len(c.open) == 0 {
		return s
	}
	var ids []string
	for _, m := range c.open {
		if id := c.id(m); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	inner, under := c.open[len(c.open)-1], c.open
	s.Class = "t"
	if inner.role == roleTrigger { // drawn on top of what it stands in
		s.Class = class(s.Class, c.look(inner))
		under = slices.DeleteFunc(slices.Clone(c.open), func(m mark) bool { return m.role == roleTrigger })
	}
	if len(under) == 0 {
		s.Class = class(s.Class, c.colour[inner.item])
	} else {
		top := under[len(under)-1]
		s.Class = class(s.Class, c.look(top), c.colour[top.item])
		if top.role != roleContent { // a source or a cue inside somebody's content keeps the look of that content too
			if i := slices.IndexFunc(under, func(m mark) bool { return m.role == roleContent }); i >= 0 {
				s.Class = class(s.Class, c.look(under[i]))
			}
		}
	}
	id := c.id(inner)
	ids = append(slices.DeleteFunc(ids, func(x string) bool { return x == id }), id)
	s.Link, s.IDs = id, strings.Join(ids, " ")
	if !c.anchored[inner.item] {
		c.anchored[inner.item] = true
		s.Anchor = "t-" + id
	}
	return s
}

func (c *cutter) id(m mark) string {
	if n := len(c.r.Statements); m.item >= n {
		return c.r.Events[m.item-n].ID
	}
	return c.r.Statements[m.item].ID
}

func (c *cutter) look(m mark) string {
	switch m.role {
	case roleSource:
		return "s"
	case roleCue:
		return "q"
	case roleTrigger:
		return "e"
	}
	kind := string(c.r.Statements[m.item].Type)
	switch {
	case kind != string(record.Mixed):
		return "c " + kind
	case m.verbatim:
		return "c verbatim"
	}
	return "c plain"
}
