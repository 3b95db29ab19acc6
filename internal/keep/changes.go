package keep

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// Change is a row that one reading of a document has and another has not, or
// has otherwise.
type Change struct {
	Kind string `json:"kind"` // "added", "removed", "changed"
	Row  string `json:"row"`  // "statement", "event"
	Old  string `json:"old"`  // what the row said, empty if there was none
	New  string `json:"new"`  // what it says, empty if there is none
}

// Changes is how the statements and events of after differ from those of
// before, in the order of before, then what was added.
func Changes(before, after *record.Report) []Change {
	return append(compare("statement", statements(before), statements(after)), compare("event", events(before), events(after))...)
}

// told is a row in words: what it is about, by which it is found again, and all of it.
type told struct{ about, all string }

func statements(r *record.Report) []told {
	out := make([]told, len(r.Statements))
	for i := range r.Statements {
		s := &r.Statements[i]
		content := flat(r.Content(s))
		out[i] = told{content, flat(r.SpeakerName(s)) + " (" + string(s.Type) + "): " + content}
	}
	return out
}

func events(r *record.Report) []told {
	out := make([]told, len(r.Events))
	for i := range r.Events {
		e := &r.Events[i]
		around := store.Around(r.Document.Text, e.Trigger)
		trigger := r.Document.Text[e.Trigger.Start:e.Trigger.End]
		out[i] = told{
			trigger + " | " + flat(r.Document.Text[around.Start:around.End]),
			flat(strings.Join(r.ActorNames(e.Source), "; ")) + " → " + e.Type + " (" + string(e.Status) + ", “" + flat(trigger) + "”) → " + flat(strings.Join(r.ActorNames(e.Target), "; ")),
		}
	}
	return out
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// maxPairs bounds how many pairs of rows are compared word by word.
const maxPairs = 250_000

// compare pairs the rows of two readings: those that say the same, then those
// about the same, then those of which more than half of the words are the same.
func compare(row string, before, after []told) []Change {
	to := make([]int, len(before))
	taken := make([]bool, len(after))
	for i := range to {
		to[i] = -1
	}
	same := func(key func(*told) string) {
		at := map[string][]int{}
		for j := range after {
			if !taken[j] {
				at[key(&after[j])] = append(at[key(&after[j])], j)
			}
		}
		for i := range before {
			if list := at[key(&before[i])]; to[i] < 0 && len(list) > 0 {
				to[i], taken[list[0]], at[key(&before[i])] = list[0], true, list[1:]
			}
		}
	}
	same(func(t *told) string { return t.all })
	same(func(t *told) string { return t.about })
	if len(before)*len(after) <= maxPairs {
		for i := range before {
			for j := 0; j < len(after) && to[i] < 0; j++ {
				if !taken[j] && overlap(before[i].about, after[j].about) > 0.5 {
					to[i], taken[j] = j, true
				}
			}
		}
	}
	var out []Change
	for i, j := range to {
		switch {
		case j < 0:
			out = append(out, Change{"removed", row, before[i].all, ""})
		case before[i].all != after[j].all:
			out = append(out, Change{"changed", row, before[i].all, after[j].all})
		}
	}
	for j := range after {
		if !taken[j] {
			out = append(out, Change{"added", row, "", after[j].all})
		}
	}
	return out
}

// overlap is the share of the different words of a and b that both have.
func overlap(a, b string) float64 {
	words := map[string]int{}
	for _, w := range strings.Fields(a) {
		words[w] |= 1
	}
	for _, w := range strings.Fields(b) {
		words[w] |= 2
	}
	if len(words) == 0 {
		return 0
	}
	both := 0
	for _, in := range words {
		if in == 3 {
			both++
		}
	}
	return float64(both) / float64(len(words))
}
