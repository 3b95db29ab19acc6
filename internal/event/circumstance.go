package event

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/date"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/quantity"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Surroundings is what the report says of times, places and numbers. Published
// is zero if it is not known.
type Surroundings struct {
	Dates      []date.Expression
	Places     []place.Place
	Quantities []quantity.Quantity
	Published  time.Time
}

// stale is how long before the report a deed must lie to be background.
const stale = 14 * 24 * time.Hour

// locate gives d its date, its place and its magnitudes.
func (f *finder) locate(d *Draft, s *Surroundings) {
	d.Date, d.Place = -1, -1
	best := far
	near, last := d.head-maxReach, d.head+maxReach
	for i := sort.Search(len(s.Dates), func(k int) bool { return s.Dates[k].First >= near }); i < len(s.Dates) && s.Dates[i].First < last; i++ {
		x := &s.Dates[i]
		if x.Duration {
			continue
		}
		if n := f.distance(d, x.Range); n < best {
			best, d.Date = n, i
		}
	}
	d.Days = f.daysOf(d, s)
	best = far
	for i := sort.Search(len(s.Places), func(k int) bool { return s.Places[k].First >= near }); i < len(s.Places) && s.Places[i].First < last; i++ {
		x := &s.Places[i]
		if x.Role != place.Where {
			continue
		}
		if n := f.distance(d, x.Range); n < best {
			best, d.Place = n, i
		}
	}
	d.Contexts = f.contextsOf(d.head)
	for i := sort.Search(len(s.Quantities), func(k int) bool { return s.Quantities[k].First >= near }); i < len(s.Quantities) && s.Quantities[i].First < last; i++ {
		if q := &s.Quantities[i]; f.counts(d, q) {
			d.Quantities = append(d.Quantities, i)
		}
	}
}

// daysOf is how many days d had taken when it ended on its date: "ended two days
// of talks on Wednesday". 0 if the text does not say.
func (f *finder) daysOf(d *Draft, s *Surroundings) int {
	if d.Date < 0 || s.Dates[d.Date].Granularity != "day" {
		return 0
	}
	for i := sort.Search(len(s.Dates), func(k int) bool { return s.Dates[k].First >= d.head-maxReach }); i < len(s.Dates) && s.Dates[i].First < d.head+maxReach; i++ {
		x := &s.Dates[i]
		if !x.Duration || x.Granularity != "day" {
			continue
		}
		k := f.headOf(x.Range)
		up := f.tree.Head[k]
		if up < 0 {
			continue
		}
		top := f.tree.Head[up]
		if d.head != up && d.head != top && f.tree.Head[d.head] != k {
			continue // neither "days of talks" nor "two-day talks"
		}
		if !f.lex.closing[f.lemma(up)] && (top < 0 || !f.lex.closing[f.lemma(top)]) {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(x.Value, "P"), "D")); err == nil && n > 1 && n <= maxDays {
			return n
		}
	}
	return 0
}

// maxDays is the longest way back that a number of days is counted.
const maxDays = 366

// contextsOf are what the words of the sentence of token i are about, in the
// order of contexts.tsv.
func (f *finder) contextsOf(i int32) []string {
	n := f.sentenceAt(i)
	out, ok := f.contexts[n]
	if ok {
		return out
	}
	s := f.doc.Sentences[n]
	for _, c := range f.lex.contexts {
		for k := s.First; k < s.Last; k++ {
			if f.isNoun(k) && f.isIn(k, c.set) || f.tree.UPOS[k] == syntax.ADJ && c.set.words[f.lower(int(k))] {
				out = append(out, c.name)
				break
			}
		}
	}
	f.contexts[n] = out
	return out
}

// maxReach is how many tokens from the trigger its circumstances are looked for.
const maxReach = 60

// far is a distance at which nothing belongs to an event.
const far = 100

// distance tells how closely the phrase r belongs to d: the number of heads
// between it and the predicate or the trigger, and one more where it stands
// with the clause that a noun is an argument of.
func (f *finder) distance(d *Draft, r token.Range) int {
	h := f.headOf(r)
	if w := f.within[h]; w != f.within[d.head] && w != f.within[d.at] && w != f.cueOf[d.head] {
		return far
	}
	i := h
	for n := range maxClimb + 1 {
		if i == d.head || i == d.at {
			return n
		}
		up := f.tree.Head[i]
		if up < 0 {
			break
		}
		if n > 0 && f.isVerb(i) && (len(f.lex.verbs[f.lemma(i)]) > 0 || f.tree.Rel[i] == syntax.Advcl || f.tree.Rel[i] == syntax.AclRelcl) {
			return far // it belongs to another act
		}
		i = up
	}
	if !d.noun || d.head != d.at {
		return far
	}
	// "The shelling lasted three hours on Sunday", "ended two days of talks on
	// Wednesday": what stands with the verb.
	g := f.tree.Head[d.at]
	if g >= 0 && f.tree.Rel[d.at] == syntax.Nmod && f.timed[g] {
		g = f.tree.Head[g]
	}
	if g >= 0 && f.isVerb(g) && f.tree.Head[h] == g {
		return maxClimb + 2
	}
	return far
}

// counts reports whether q counts a party, the object or the deeds of d.
func (f *finder) counts(d *Draft, q *quantity.Quantity) bool {
	k := q.Noun
	if k < 0 {
		k = f.headOf(q.Range)
	}
	if k == d.at || k == d.object {
		return true
	}
	for _, list := range [2][]int32{d.Source, d.Target} {
		for _, i := range list {
			if i == k {
				return true
			}
		}
	}
	h := f.tree.Head[k]
	if h < 0 {
		return false
	}
	if h == d.object || h == d.at {
		switch f.tree.Rel[k] {
		case syntax.Obj, syntax.Nsubj, syntax.NsubjPass, syntax.Iobj, syntax.Nmod, syntax.Obl, syntax.Nummod, syntax.Compound, syntax.Conj, syntax.OblUnmarked:
			return true
		}
	}
	return false
}

// ends is the last day of an ISO value, false if it has none.
func ends(value string) (time.Time, bool) {
	for i := len(value) - 1; i >= 0; i-- {
		if value[i] == '/' {
			if i == len(value)-1 {
				return time.Time{}, false // open
			}
			value = value[i+1:]
			break
		}
	}
	value = season(value, 2)
	if t, err := time.Parse("2006-01-02", value); err == nil {
		return t, true
	}
	if t, err := time.Parse("2006-01", value); err == nil {
		return t.AddDate(0, 1, -1), true
	}
	if t, err := time.Parse("2006", value); err == nil {
		return t.AddDate(1, 0, -1), true
	}
	return time.Time{}, false
}

// season is the first (0), second or third (2) month of a season of ISO 8601-2,
// "2019-21" for the spring; any other value is itself.
func season(value string, month int) string {
	if len(value) == len("2019-21") && value[5] == '2' && '1' <= value[6] && value[6] <= '4' {
		return value[:5] + [...]string{"03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "12", "12"}[3*int(value[6]-'1')+month]
	}
	return value
}

// begins is the first day of an ISO value.
func begins(value string) (time.Time, bool) {
	for i := range len(value) {
		if value[i] == '/' {
			value = value[:i]
			break
		}
	}
	value = season(value, 0)
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// dated gives d the status that its date tells: background if the deed is long
// past, planned if it lies ahead. It reports whether it tells one.
func (f *finder) dated(d *Draft, s *Surroundings) bool {
	if s.Published.IsZero() {
		return false
	}
	day := s.Published.Truncate(24 * time.Hour)
	if d.Date < 0 {
		if x := f.told(d, s); x != nil && isStale(x.Value, day) && f.isPast(d.at) {
			d.status(record.Background, "what stands before is long past", f.headOf(x.Range))
			return true
		}
		return false
	}
	x := &s.Dates[d.Date]
	if isStale(x.Value, day) {
		d.status(record.Background, "its date is long past", f.headOf(x.Range))
		return true
	}
	if t, ok := begins(x.Value); ok && t.After(day) && d.head == d.at && !f.isPast(d.at) {
		if tr, ok := f.lex.turned("plan", d.Type, d.Mode); ok && tr.typ != "=" && tr.typ != "-" {
			d.Type, d.Mode = tr.typ, tr.mode
			d.why("turn", "its date lies ahead: "+label(tr.typ, tr.mode), f.headOf(x.Range))
		}
		d.status(record.Planned, "its date lies ahead", f.headOf(x.Range))
		return true
	}
	return false
}

// maxTold is how many tokens before its sentence the time of a deed is looked for.
const maxTold = 200

// told is the last time that the paragraph of d tells before its sentence, nil if it
// tells none: of what follows without a date it is the time too. A date in the
// sentence itself speaks for itself.
func (f *finder) told(d *Draft, s *Surroundings) *date.Expression {
	p := f.doc.Paragraphs[sort.Search(len(f.doc.Paragraphs), func(k int) bool { return f.doc.Paragraphs[k].Last > d.at })]
	sentence := f.doc.Sentences[sort.Search(len(f.doc.Sentences), func(k int) bool { return f.doc.Sentences[k].Last > d.at })]
	var last *date.Expression
	from := max(p.First, sentence.First-maxTold)
	for i := sort.Search(len(s.Dates), func(k int) bool { return s.Dates[k].First >= from }); i < len(s.Dates) && s.Dates[i].First < sentence.Last; i++ {
		x := &s.Dates[i]
		if x.First >= sentence.First {
			return nil
		}
		if !x.Duration && x.Value != "" {
			last = x
		}
	}
	return last
}

// isStale reports whether what an ISO value names, or an open range begins with,
// is long past on day.
func isStale(value string, day time.Time) bool {
	t, ok := ends(value)
	if !ok {
		t, ok = begins(value)
	}
	return ok && t.Add(stale).Before(day)
}

// isPast reports whether token i is a verb in a past tense, or a noun that one governs.
func (f *finder) isPast(i int32) bool {
	if g := f.tree.Head[i]; !f.isVerb(i) && g >= 0 {
		if f.tree.Tag[g] == syntax.TagVBP && f.tree.Rel[i] == syntax.Nsubj && f.tree.Tag[i] == syntax.TagNN {
			return true // "the attack put out the lights": a present tense would agree
		}
		i = g
	}
	switch f.tree.Tag[i] {
	case syntax.TagVBD:
		return true
	case syntax.TagVBN:
		return f.tree.UPOS[i] == syntax.VERB
	}
	return false
}
