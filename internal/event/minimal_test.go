package event_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/record"
)

// pair is one sentence of testdata/minimal.tsv.
type pair struct {
	phenomenon, number, text string
	types, source, target    []string
	status                   []string
	mutual                   bool
}

func readMinimal(t *testing.T) []pair {
	t.Helper()
	b, err := os.ReadFile("testdata/minimal.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []pair
	mutual := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if list, ok := strings.CutPrefix(line, "# Mutual acts"); ok {
			_, list, _ = strings.Cut(list, "by pair: ")
			for n := range strings.FieldsSeq(list) {
				mutual[n] = true
			}
		}
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			t.Fatalf("%d columns: %s", len(f), line)
		}
		out = append(out, pair{f[0], f[1], f[2], split(f[3]), split(f[4]), split(f[5]), split(f[6]), mutual[f[1]]})
	}
	return out
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "/")
}

// floors are the sentences of each phenomenon, of thirty, that must be right.
var floors = map[string]int{"passive": 29, "nominalisation": 27, "reversed": 27, "negation": 27, "conditional": 28, "background": 29}

// TestMinimalPairs holds the coder to the sentences of each phenomenon: the
// type, the parties and the status of the act.
func TestMinimalPairs(t *testing.T) {
	r, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	right, all := map[string]int{}, map[string]int{}
	var order []string
	for _, p := range readMinimal(t) {
		if all[p.phenomenon] == 0 {
			order = append(order, p.phenomenon)
		}
		all[p.phenomenon]++
		doc := record.Document{Text: p.text, Published: time.Date(2024, 6, 12, 0, 0, 0, 0, time.UTC)}
		report, err := r.Read(context.Background(), doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		if p.holds(report) {
			right[p.phenomenon]++
		} else {
			t.Logf("%s %s: %s\n\twant %v %v -> %v %v\n\tgot  %s", p.phenomenon, p.number, p.text, p.types, p.source, p.target, p.status, line(report))
		}
	}
	for _, name := range order {
		t.Logf("%-15s %d of %d", name, right[name], all[name])
		if right[name] < floors[name] {
			t.Errorf("%s: %d of %d right, want %d", name, right[name], all[name], floors[name])
		}
	}
}

// holds reports whether one of the events of r is the one of p, or, where p
// allows no event, whether there is none.
func (p *pair) holds(r *record.Report) bool {
	for i := range r.Events {
		if p.is(r, &r.Events[i]) {
			return true
		}
	}
	return slices.Contains(p.types, "-") && !slices.ContainsFunc(r.Events, func(e record.Event) bool {
		return e.Status == record.Asserted || e.Status == record.Reported
	})
}

func (p *pair) is(r *record.Report, e *record.Event) bool {
	forward := named(r, e.Source, p.source) && named(r, e.Target, p.target)
	all := slices.Concat(e.Source, e.Target)
	if !forward && (!p.mutual || !named(r, all, p.source) || !named(r, all, p.target)) {
		return false
	}
	for i, typ := range p.types {
		if typ != e.Type {
			continue
		}
		if len(p.status) == len(p.types) && len(p.types) > 1 { // they belong together
			if p.status[i] == string(e.Status) {
				return true
			}
		} else if slices.Contains(p.status, string(e.Status)) {
			return true
		}
	}
	return false
}

// named reports whether one of the actors is one of those wanted; if none is
// wanted, anything will do.
func named(r *record.Report, actors []int, want []string) bool {
	if len(want) == 0 {
		return true
	}
	return slices.ContainsFunc(actors, func(i int) bool {
		a := &r.Actors[i]
		names := []string{strings.ToLower(a.Name)}
		for _, m := range a.Mentions {
			names = append(names, strings.ToLower(r.Document.Text[m.Start:m.End]))
		}
		return slices.ContainsFunc(want, func(w string) bool {
			w = strings.ToLower(w)
			return slices.ContainsFunc(names, func(n string) bool {
				return n == w || strings.HasSuffix(n, " "+w) || strings.HasPrefix(n, w+" ") || strings.Contains(n, " "+w+" ") || strings.HasSuffix(w, " "+n)
			})
		})
	})
}

func line(r *record.Report) string {
	var out []string
	names := func(list []int) string {
		var s []string
		for _, i := range list {
			s = append(s, r.Actors[i].Name)
		}
		return strings.Join(s, "; ")
	}
	for _, e := range r.Events {
		out = append(out, e.Type+" ["+names(e.Source)+"] -> ["+names(e.Target)+"] "+string(e.Status)+" "+r.Document.Text[e.Trigger.Start:e.Trigger.End])
	}
	return strings.Join(out, " | ")
}
