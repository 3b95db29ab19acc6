package record

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Check reports the first thing in r that breaks the vocabulary's own laws:
// spans inside the text and on the borders of code points, references that
// point at something, ids in order, events in the terms of PLOVER. The encoder refuses a report that fails.
func (r *Report) Check() error {
	c := checker{text: r.Document.Text, actors: len(r.Actors), statements: len(r.Statements)}
	if !utf8.ValidString(c.text) {
		return fmt.Errorf("record: the text is not valid UTF-8")
	}
	if y := r.Document.Published.UTC().Year(); y < 0 || y > 9999 {
		return fmt.Errorf("record: published in the year %d", y)
	}
	for i := range r.Actors {
		c.actor(i, &r.Actors[i])
	}
	for i := range r.Statements {
		c.statement(i, &r.Statements[i])
	}
	for i := range r.Events {
		c.event(i, &r.Events[i])
	}
	for i, w := range r.Warnings {
		c.optional(w.Span, "warning", i)
	}
	return c.err
}

type checker struct {
	text               string
	actors, statements int
	err                error
}

func (c *checker) fail(what string, i int, why string) {
	if c.err == nil {
		c.err = fmt.Errorf("record: %s %d: %s", what, i+1, why)
	}
}

func (c *checker) span(s Span, what string, i int) {
	if s.Start < 0 || s.End < s.Start || s.End > len(c.text) {
		c.fail(what, i, fmt.Sprintf("span [%d, %d) outside a text of %d bytes", s.Start, s.End, len(c.text)))
		return
	}
	if !c.border(s.Start) || !c.border(s.End) {
		c.fail(what, i, fmt.Sprintf("span [%d, %d) cuts a code point", s.Start, s.End))
	}
}

func (c *checker) border(i int) bool { return i == len(c.text) || utf8.RuneStart(c.text[i]) }

func (c *checker) optional(s *Span, what string, i int) {
	if s != nil {
		c.span(*s, what, i)
	}
}

func (c *checker) ref(ref *Ref, what string, i int) {
	if ref == nil {
		return
	}
	c.span(ref.Span, what, i)
	if ref.Actor < -1 || ref.Actor >= c.actors {
		c.fail(what, i, "refers to actor "+strconv.Itoa(ref.Actor+1))
	}
}

func (c *checker) actor(i int, a *Actor) {
	if a.ID != "A"+strconv.Itoa(i+1) {
		c.fail("actor", i, "has the id "+strconv.Quote(a.ID))
	}
	for _, m := range a.Mentions {
		c.span(m.Span, "actor", i)
	}
}

func (c *checker) statement(i int, s *Statement) {
	const what = "statement"
	if s.ID != "S"+strconv.Itoa(i+1) {
		c.fail(what, i, "has the id "+strconv.Quote(s.ID))
	}
	c.ref(s.Source, what, i)
	c.ref(s.Addressee, what, i)
	c.optional(s.Medium, what, i)
	if s.Cue != nil {
		c.span(s.Cue.Span, what, i)
	}
	c.circumstances(s.Place, s.Time, what, i)
	last := 0
	for _, part := range s.Content {
		c.span(part, what, i)
		if part.Start < last {
			c.fail(what, i, "content out of order")
		}
		last = part.End
	}
	c.within(i, s.Within)
}

func (c *checker) within(i, outer int) {
	if outer < -1 || outer >= c.statements || outer == i {
		c.fail("statement", i, "stands within statement "+strconv.Itoa(outer+1))
	}
}

func (c *checker) circumstances(place *Place, when *Time, what string, i int) {
	if place != nil {
		c.span(place.Span, what, i)
	}
	if when != nil {
		c.span(when.Span, what, i)
	}
}

func (c *checker) event(i int, e *Event) {
	const what = "event"
	if e.ID != "E"+strconv.Itoa(i+1) {
		c.fail(what, i, "has the id "+strconv.Quote(e.ID))
	}
	if !KnownEvent(e.Type, e.Mode) {
		c.fail(what, i, fmt.Sprintf("has the type %q and the mode %q", e.Type, e.Mode))
	}
	for _, x := range e.Contexts {
		if !slices.Contains(contexts, x) {
			c.fail(what, i, "has the context "+strconv.Quote(x))
		}
	}
	if !slices.Contains(statuses, e.Status) {
		c.fail(what, i, "has the status "+strconv.Quote(string(e.Status)))
	}
	for _, list := range [][]int{e.Source, e.Target} {
		for _, a := range list {
			if a < 0 || a >= c.actors {
				c.fail(what, i, "refers to actor "+strconv.Itoa(a+1))
			}
		}
	}
	if e.Statement < -1 || e.Statement >= c.statements {
		c.fail(what, i, "is reported in statement "+strconv.Itoa(e.Statement+1))
	}
	c.span(e.Trigger, what, i)
	c.optional(e.Object, what, i)
	c.circumstances(e.Place, e.Date, what, i)
	for _, m := range e.Magnitudes {
		c.span(m.Span, what, i)
		if math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
			c.fail(what, i, "has a magnitude without a value")
		}
	}
	for _, why := range e.Why {
		c.optional(why.Span, what, i)
	}
}
