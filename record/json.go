package record

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// The JSON contract, documented in docs/json.md. It is written by hand rather
// than by reflection for speed, for one order of keys, and for one way of
// rounding on every machine. Spans leave here in Unicode code points.

// MarshalJSON is the report on one line.
func (r *Report) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the report to dst, on one line.
func (r *Report) AppendJSON(dst []byte) ([]byte, error) { return r.append(dst, "") }

// AppendJSONIndent appends the report to dst with one actor, statement, event
// and warning on each line, for people and for diffs.
func (r *Report) AppendJSONIndent(dst []byte) ([]byte, error) { return r.append(dst, "\n") }

func (r *Report) append(dst []byte, newline string) ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	const perSpan = 160 // bytes of JSON a statement or mention takes beside its text, about
	if dst == nil {
		dst = make([]byte, 0, 2*len(r.Document.Text)+perSpan*(4+4*len(r.Statements)+4*len(r.Events)+2*len(r.Actors)))
	}
	e := encoder{b: dst, r: r, points: NewPoints(r.Document.Text)}
	e.raw(`{"schema":`)
	e.string(Schema)
	e.raw("," + newline + `"document":`)
	e.document(&r.Document)
	e.list(newline, "actors", len(r.Actors), func(i int) { e.actor(&r.Actors[i]) })
	e.list(newline, "statements", len(r.Statements), func(i int) { e.statement(&r.Statements[i]) })
	e.list(newline, "events", len(r.Events), func(i int) { e.event(&r.Events[i]) })
	e.list(newline, "warnings", len(r.Warnings), func(i int) { e.warning(&r.Warnings[i]) })
	e.raw("}")
	return e.b, nil
}

type encoder struct {
	b      []byte
	r      *Report
	points Points
}

func (e *encoder) raw(s string) { e.b = append(e.b, s...) }

func (e *encoder) list(newline, key string, n int, item func(i int)) {
	e.raw("," + newline + `"` + key + `":[`)
	for i := range n {
		if i > 0 {
			e.raw(",")
		}
		e.raw(newline)
		item(i)
	}
	e.raw("]")
}

func (e *encoder) document(d *Document) {
	e.raw(`{"id":`)
	e.orNull(d.ID)
	e.raw(`,"url":`)
	e.orNull(d.URL)
	e.raw(`,"outlet":`)
	e.orNull(d.Outlet)
	e.raw(`,"title":`)
	e.orNull(d.Title)
	e.raw(`,"byline":`)
	e.orNull(d.Byline)
	e.raw(`,"published":`)
	if d.Published.IsZero() {
		e.raw("null")
	} else {
		e.raw(`"`)
		e.b = d.Published.UTC().AppendFormat(e.b, time.RFC3339Nano)
		e.raw(`"`)
	}
	e.raw(`,"language":`)
	e.orNull(d.Language)
	e.raw(`,"text":`)
	e.string(d.Text)
	e.raw("}")
}

func (e *encoder) actor(a *Actor) {
	e.raw(`{"id":`)
	e.string(a.ID)
	e.raw(`,"kind":`)
	e.orNull(string(a.Kind))
	e.raw(`,"name":`)
	e.orNull(a.Name)
	e.raw(`,"country":`)
	e.orNull(a.Country)
	e.raw(`,"sector":`)
	e.orNull(a.Sector)
	e.raw(`,"roles":`)
	e.strings(a.Roles)
	e.raw(`,"mentions":[`)
	for i, m := range a.Mentions {
		if i > 0 {
			e.raw(",")
		}
		e.span(m.Span)
		e.raw(`,"form":`)
		e.orNull(string(m.Form))
		e.raw("}")
	}
	e.raw("]}")
}

func (e *encoder) statement(s *Statement) {
	e.raw(`{"id":`)
	e.string(s.ID)
	e.raw(`,"type":`)
	e.orNull(string(s.Type))
	e.raw(`,"kind":`)
	e.orNull(string(s.Kind))
	e.raw(`,"stance":`)
	e.orNull(s.Stance)
	e.raw(`,"source":`)
	e.ref(s.Source)
	e.raw(`,"cue":`)
	if c := s.Cue; c == nil {
		e.raw("null")
	} else {
		e.span(c.Span)
		e.raw(`,"lemma":`)
		e.orNull(c.Lemma)
		e.raw("}")
	}
	e.raw(`,"content":[`)
	for i, part := range s.Content {
		if i > 0 {
			e.raw(",")
		}
		e.span(part)
		e.raw("}")
	}
	e.raw(`],"addressee":`)
	e.ref(s.Addressee)
	e.raw(`,"medium":`)
	e.optional(s.Medium)
	e.raw(`,"place":`)
	e.place(s.Place)
	e.raw(`,"time":`)
	e.time(s.Time)
	e.raw(`,"within":`)
	e.statementID(s.Within)
	e.raw(`,"confidence":`)
	e.confidence(s.Confidence)
	e.raw("}")
}

func (e *encoder) place(p *Place) {
	if p == nil {
		e.raw("null")
		return
	}
	e.span(p.Span)
	e.raw(`,"name":`)
	e.orNull(p.Name)
	e.raw(`,"country":`)
	e.orNull(p.Country)
	e.raw(`,"lat":`)
	e.degrees(p.Located, p.Lat)
	e.raw(`,"lon":`)
	e.degrees(p.Located, p.Lon)
	e.raw("}")
}

func (e *encoder) time(t *Time) {
	if t == nil {
		e.raw("null")
		return
	}
	e.span(t.Span)
	e.raw(`,"value":`)
	e.orNull(t.Value)
	e.raw(`,"granularity":`)
	e.orNull(t.Granularity)
	e.raw("}")
}

func (e *encoder) warning(w *Warning) {
	e.raw(`{"code":`)
	e.string(w.Code)
	e.raw(`,"message":`)
	e.string(w.Message)
	e.raw(`,"start":`)
	if w.Span == nil {
		e.raw(`null,"end":null}`)
		return
	}
	e.b = strconv.AppendInt(e.b, int64(e.points.At(w.Span.Start)), 10)
	e.raw(`,"end":`)
	e.b = strconv.AppendInt(e.b, int64(e.points.At(w.Span.End)), 10)
	e.raw("}")
}

// span opens an object with start, end and text; the caller adds keys and closes it.
func (e *encoder) span(s Span) {
	e.raw(`{"start":`)
	e.b = strconv.AppendInt(e.b, int64(e.points.At(s.Start)), 10)
	e.raw(`,"end":`)
	e.b = strconv.AppendInt(e.b, int64(e.points.At(s.End)), 10)
	e.raw(`,"text":`)
	e.string(e.r.Document.Text[s.Start:s.End])
}

func (e *encoder) optional(s *Span) {
	if s == nil {
		e.raw("null")
		return
	}
	e.span(*s)
	e.raw("}")
}

func (e *encoder) ref(ref *Ref) {
	if ref == nil {
		e.raw("null")
		return
	}
	e.span(ref.Span)
	e.raw(`,"actor":`)
	if ref.Actor < 0 {
		e.raw("null}")
		return
	}
	e.string(e.r.Actors[ref.Actor].ID)
	e.raw("}")
}

// Hundredths is a confidence as it is written and compared: in hundredths, 0 to
// 100. The conversion keeps the product from being fused with what follows it,
// so that every machine rounds alike.
func Hundredths(c float64) int64 {
	switch scaled := float64(c * 100); {
	case scaled >= 100:
		return 100
	case scaled > 0: // not so for NaN
		return int64(math.Round(scaled))
	}
	return 0
}

func (e *encoder) confidence(c float64) {
	n := Hundredths(c)
	e.b = strconv.AppendInt(e.b, n/100, 10)
	if n %= 100; n > 0 {
		e.b = append(e.b, '.', byte('0'+n/10))
		if n%10 > 0 {
			e.b = append(e.b, byte('0'+n%10))
		}
	}
}

func (e *encoder) degrees(known bool, f float64) {
	if !known || math.IsNaN(f) || math.IsInf(f, 0) {
		e.raw("null")
		return
	}
	e.b = strconv.AppendFloat(e.b, f, 'f', -1, 64)
}

func (e *encoder) strings(list []string) {
	e.raw("[")
	for i, s := range list {
		if i > 0 {
			e.raw(",")
		}
		e.string(s)
	}
	e.raw("]")
}

func (e *encoder) orNull(s string) {
	if s == "" {
		e.raw("null")
		return
	}
	e.string(s)
}

// plain marks the ASCII bytes that stand for themselves in a JSON string.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

const hex = "0123456789abcdef"

func (e *encoder) string(s string) { e.b = AppendString(e.b, s) }

// AppendString appends s to b as a JSON string. Bytes that are not UTF-8, which
// only the fields given by a caller can hold, become U+FFFD.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			if r, w := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || w > 1 {
				i += w
				continue
			}
		}
		b = append(b, s[from:i]...)
		b = appendEscape(b, c)
		i++
		from = i
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	if c >= utf8.RuneSelf {
		return append(b, "\uFFFD"...)
	}
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
