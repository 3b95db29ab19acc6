package eval

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/record"
)

// eventScore counts the events of annotated reports. An event is found if type,
// source and target are right; the outlet's optional rows are neither demanded
// nor wrong.
type eventScore struct {
	reports  int
	events   SubsetCount
	swapped  int
	byType   map[string]*SubsetCount
	status   Count          // of the events found: the status is right
	dates    Count          // of those that give a date: the value is right
	places   Count          // of those that give a place: the country is right
	why      map[string]int // what stands where a demanded event was missed
	problems []string
}

// Events measures events end to end, from raw text, on annotated reports
// (.ann files or folders of them).
func Events(w io.Writer, paths []string) error {
	r, err := reader.Open()
	if err != nil {
		return err
	}
	for _, p := range paths {
		files := []string{p}
		if _, err := os.Stat(p); err != nil {
			return err
		}
		if !strings.HasSuffix(p, ".ann") {
			if files, err = filepath.Glob(filepath.Join(p, "*.ann")); err != nil {
				return err
			}
		}
		if len(files) == 0 {
			return fmt.Errorf("%s: no .ann files", p)
		}
		s := eventScore{byType: map[string]*SubsetCount{}, why: map[string]int{}}
		for _, f := range files {
			if err := s.add(r, f); err != nil {
				return err
			}
		}
		fmt.Fprintf(w, "%s\n", p)
		s.print(w)
	}
	return nil
}

func (s *eventScore) print(w io.Writer) {
	fmt.Fprintf(w, "events             %6.1f %6.1f %6.1f   (P R F1 of type + source + target; %d of %d gold found, %d given in %d reports)\n",
		s.events.Precision(), s.events.Recall(), s.events.F1(), s.events.Found, s.events.Gold, s.events.Predicted, s.reports)
	fmt.Fprintf(w, "swapped            %6.1f %%   of %d given\n", 100*float64(s.swapped)/float64(max(1, s.events.Predicted)), s.events.Predicted)
	fmt.Fprintf(w, "wrong a report     %6.2f\n", float64(s.events.Predicted-s.events.Right)/float64(max(1, s.reports)))
	fmt.Fprintf(w, "status             %6.1f %%   of %d found\n", s.status.Recall(), s.status.Gold)
	fmt.Fprintf(w, "date               %6.1f %%   of %d given where the gold has one; %d gold\n", 100*float64(s.dates.True)/float64(max(1, s.dates.Predicted)), s.dates.Predicted, s.dates.Gold)
	fmt.Fprintf(w, "place's country    %6.1f %%   of %d given where the gold has one; %d gold\n", 100*float64(s.places.True)/float64(max(1, s.places.Predicted)), s.places.Predicted, s.places.Gold)
	for _, t := range record.EventTypes() {
		if c := s.byType[t.Name]; c != nil {
			fmt.Fprintf(w, "%-18s %6.1f %6.1f %6.1f   (%d gold, %d given)\n", t.Name, c.Precision(), c.Recall(), c.F1(), c.Gold, c.Predicted)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(s.why)) {
		fmt.Fprintf(w, "missed, %-22s %3d\n", k, s.why[k])
	}
	if Verbose {
		for _, line := range s.problems {
			fmt.Fprintln(w, line)
		}
	}
}

func (s *eventScore) typeCount(t string) *SubsetCount {
	c := s.byType[t]
	if c == nil {
		c = &SubsetCount{}
		s.byType[t] = c
	}
	return c
}

func (s *eventScore) add(r *reader.Reader, file string) error {
	gold, doc, aside, err := annotated(file)
	if err != nil {
		return err
	}
	report, err := r.Read(context.Background(), doc, aside)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	report = report.Likely()
	s.reports++
	base := filepath.Base(file)
	rowOf := matchEvents(report, gold)
	found := make([]bool, len(gold.Events))
	for i := range report.Events {
		e := &report.Events[i]
		s.events.Predicted++
		s.typeCount(e.Type).Predicted++
		j := rowOf[i]
		if j < 0 {
			how := "wrong"
			if swapped(report, e, gold) {
				how = "swapped"
				s.swapped++
			}
			s.problems = append(s.problems, fmt.Sprintf("%s: %s: %s", base, how, eventLine(report, e)))
			continue
		}
		found[j] = true
		s.events.Right++
		s.typeCount(e.Type).Right++
		s.details(base, report, e, &gold.Events[j])
	}
	for j := range gold.Events {
		g := &gold.Events[j]
		if g.Optional {
			continue
		}
		s.events.Gold++
		c := s.typeCount(g.Types[0])
		c.Gold++
		if found[j] {
			s.events.Found++
			c.Found++
		} else {
			s.why[missedBecause(report, g)]++
			s.problems = append(s.problems, fmt.Sprintf("%s: missed: %s %v -> %v (%s) %s", base, strings.Join(g.Types, "/"), g.Source, g.Target, strings.Join(g.Status, "/"), g.Extra["trigger"]))
		}
	}
	return nil
}

func (s *eventScore) details(base string, r *record.Report, e *record.Event, g *corpus.EventRow) {
	s.status.Gold++
	if slices.Contains(g.Status, string(e.Status)) {
		s.status.True++
	} else {
		s.problems = append(s.problems, fmt.Sprintf("%s: status is not %s: %s", base, strings.Join(g.Status, "/"), eventLine(r, e)))
	}
	if want := g.Extra["date"]; want != "" {
		s.dates.Gold++
		if e.Date != nil && e.Date.Value != "" {
			s.dates.Predicted++
			if sameTime(e.Date.Value, want, r.Document.Published) {
				s.dates.True++
			} else {
				s.problems = append(s.problems, fmt.Sprintf("%s: date is not %s: %s", base, want, eventLine(r, e)))
			}
		}
	}
	if _, want, ok := strings.Cut(g.Extra["place"], "/"); ok && want != "" {
		s.places.Gold++
		if e.Place != nil && e.Place.Country != "" {
			s.places.Predicted++
			if e.Place.Country == want {
				s.places.True++
			} else {
				s.problems = append(s.problems, fmt.Sprintf("%s: place is not %s: %s", base, g.Extra["place"], eventLine(r, e)))
			}
		}
	}
}

// sameTime reports whether two values mean the same time in a report published
// then: a time without an end lasts until then.
func sameTime(got, want string, published time.Time) bool {
	closed := func(s string) string {
		if strings.HasSuffix(s, "/") && !published.IsZero() {
			return s + published.Format(time.DateOnly)
		}
		return s
	}
	return closed(got) == closed(want)
}

// missedBecause tells what the report has near the trigger of a missed event.
func missedBecause(r *record.Report, g *corpus.EventRow) string {
	trigger, _, _ := strings.Cut(g.Extra["trigger"], "#")
	why := "no event at its word"
	for i := range r.Events {
		e := &r.Events[i]
		word := r.Document.Text[e.Trigger.Start:e.Trigger.End]
		if !strings.Contains(trigger, word) && !strings.Contains(word, trigger) {
			continue
		}
		switch {
		case !slices.Contains(g.Types, e.Type):
			return "other type"
		case !partyList(r, e.Source, g.Source):
			why = "other source"
		case !partyList(r, e.Target, g.Target):
			why = "other target"
		}
	}
	return why
}

// matchEvents gives each event of the report the gold row that it is, -1 for
// none: one to one, those with the same trigger first, demanded rows before
// optional ones.
func matchEvents(r *record.Report, gold *corpus.Report) []int {
	type pair struct{ i, j, grade int }
	var pairs []pair
	for i := range r.Events {
		e := &r.Events[i]
		trigger := r.Document.Text[e.Trigger.Start:e.Trigger.End]
		for j := range gold.Events {
			g := &gold.Events[j]
			if !slices.Contains(g.Types, e.Type) || !partiesMatch(r, e, g) {
				continue
			}
			grade := 0
			if w, _, _ := strings.Cut(g.Extra["trigger"], "#"); strings.Contains(w, trigger) || strings.Contains(trigger, w) {
				grade += 2
			}
			if !g.Optional {
				grade++
			}
			pairs = append(pairs, pair{i, j, grade})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.grade - a.grade })
	rowOf := make([]int, len(r.Events))
	for i := range rowOf {
		rowOf[i] = -1
	}
	used := make([]bool, len(gold.Events))
	for _, p := range pairs {
		if rowOf[p.i] < 0 && !used[p.j] {
			rowOf[p.i], used[p.j] = p.j, true
		}
	}
	return rowOf
}

// partiesMatch reports whether source and target of e are those of g. Of a
// mutual event they may be exchanged, or all stand on both sides.
func partiesMatch(r *record.Report, e *record.Event, g *corpus.EventRow) bool {
	if partyList(r, e.Source, g.Source) && partyList(r, e.Target, g.Target) {
		return true
	}
	if !g.Mutual {
		return false
	}
	all := slices.Concat(e.Source, e.Target)
	return partyList(r, all, g.Source) && partyList(r, all, g.Target)
}

// partyList reports whether every party of want is among the actors got. None
// wanted: anything will do.
func partyList(r *record.Report, got []int, want [][]string) bool {
	for _, alternatives := range want {
		if !slices.ContainsFunc(got, func(i int) bool { return isParty(r, &r.Actors[i], alternatives) }) {
			return false
		}
	}
	return true
}

// isParty is isActor for a party: whoever belongs to a country may stand for it.
func isParty(r *record.Report, a *record.Actor, alternatives []string) bool {
	return slices.ContainsFunc(alternatives, func(g string) bool {
		if e, ok := gazetteer.Lookup(g); ok && e.Class == gazetteer.Country && a.Country == e.Country {
			return true
		}
		if isActor(r, a, g) {
			return true
		}
		// A group is named by its noun phrase.
		want := strings.Fields(strings.ToLower(g))
		return slices.ContainsFunc(a.Mentions, func(m record.Mention) bool {
			got := strings.Fields(strings.ToLower(r.Document.Text[m.Start:m.End]))
			return len(got) > 0 && len(want) > 0 && (got[len(got)-1] == want[len(want)-1] || strings.Contains(strings.Join(got, " "), strings.Join(want, " ")))
		})
	})
}

func swapped(r *record.Report, e *record.Event, gold *corpus.Report) bool {
	x := *e
	x.Source, x.Target = e.Target, e.Source
	return len(e.Source) > 0 && len(e.Target) > 0 && slices.ContainsFunc(gold.Events, func(g corpus.EventRow) bool {
		return len(g.Source) > 0 && len(g.Target) > 0 && slices.Contains(g.Types, e.Type) && partiesMatch(r, &x, &g)
	})
}

func eventLine(r *record.Report, e *record.Event) string {
	names := func(list []int) string {
		var out []string
		for _, i := range list {
			out = append(out, r.Actors[i].Name)
		}
		return strings.Join(out, "; ")
	}
	date := ""
	if e.Date != nil {
		date = " " + e.Date.Value
	}
	t := r.Document.Text
	return fmt.Sprintf("%s %s [%s] -> [%s] (%s) %q%s: %s", e.Type, e.Mode, names(e.Source), names(e.Target), e.Status,
		t[e.Trigger.Start:e.Trigger.End], date, sentenceAt(t, e.Trigger.Start))
}

// sentenceAt is what stands around byte i, at most sixty bytes either way.
func sentenceAt(t string, i int) string {
	lo, hi := max(0, i-60), min(len(t), i+60)
	return strings.ToValidUTF8(strings.ReplaceAll(t[lo:hi], "\n", " ⏎ "), "")
}
