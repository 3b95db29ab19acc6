// Package date finds the expressions of time in a report and resolves them
// against the day of publication: "on Thursday", "since April", "the 1990s".
// What could be one of two days stays unresolved.
package date

import (
	"time"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Expression is a stretch of text that tells a time. Value is a day, month or
// year in ISO 8601 ("2025-05-16", "2025-05", "2025"), a season in ISO 8601-2
// ("2025-21"), a range of those ("2025-05-12/2025-05-18"; "2014/" is open), the
// period of a duration ("P3D"), or empty while unresolved. Granularity is "hour",
// "day", "week", "weekend", "month", "quarter", "season", "year", "decade",
// "century", or "range" for what has two ends of its own; of a duration, its unit.
type Expression struct {
	token.Range
	Value       string
	Granularity string
	Duration    bool // how long, not when
}

// Find finds the expressions of d in the order of the text; they do not overlap.
// Published is the time of publication in the zone of the report, zero if it is
// not known. Unresolved counts the expressions without a value that depend on it.
func Find(d *token.Doc, t *syntax.Tree, published time.Time) (found []Expression, unresolved int) {
	m := matcher{d: d, t: t, words: lex(d, t)}
	r := newResolver(published)
	paragraph := 0
	for s, sentence := range d.Sentences {
		for paragraph < len(d.Paragraphs) && d.Paragraphs[paragraph].Last <= sentence.First {
			paragraph++
			r.anchor, r.spoken, r.told = moment{}, false, 0
		}
		m.sentence = sentence
		for i := sentence.First; i < sentence.Last; {
			p, ok := m.phrase(int(i))
			if !ok {
				i++
				continue
			}
			x := m.expression(r, &p, s)
			if x.Value == "" && p.from.relative() {
				unresolved++
			}
			found = append(found, x)
			i = p.Last
		}
	}
	return found, unresolved
}

// expression resolves p, and makes its time the one that later ones refer to.
func (m *matcher) expression(r *resolver, p *phrase, sentence int) Expression {
	a := p.from
	x := Expression{Range: p.Range, Granularity: a.grain.String()}
	if a.sense == lasting {
		x.Duration = true
		x.Value, _ = period(a.n, a.grain, a.half)
		return x
	}
	t := behind
	if !p.since && a.tensed() {
		t, _ = m.tenseOf(int(p.First), int(p.Last))
	}
	s, ok := r.resolve(p, t, sentence)
	if a.sense != anaphor && a.sense != atHour {
		r.anchor = moment{}
	}
	r.spoken = r.spoken || a.sense != atHour
	if !ok {
		return x
	}
	first, _ := s.from.bounds()
	_, last := s.to.bounds()
	x.Value, x.Granularity = first, s.from.grain.String()
	switch {
	case p.since:
		x.Value += "/"
	case s.from != s.to:
		x.Value, x.Granularity = first+"/"+last, "range"
	case first != last:
		x.Value = first + "/" + last
	}
	if s.from == s.to {
		r.anchor, r.anchored = s.to, sentence
	}
	if a.sense == fixed {
		r.told = s.from.first.Year()
	}
	return x
}

// relative reports whether a depends on the day of publication.
func (a meaning) relative() bool {
	switch a.sense {
	case yearless, dayOfWeek, dayOfMonth, offset, window:
		return true
	}
	return false
}

// tensed reports whether the tense of the verb has a say in what a means.
func (a meaning) tensed() bool {
	switch a.sense {
	case atHour:
		return true
	case yearless, dayOfWeek, dayOfMonth:
		return a.shift == 0 || a.shift == this
	case offset:
		return a.grain == weekend || a.grain == hour
	}
	return false
}
