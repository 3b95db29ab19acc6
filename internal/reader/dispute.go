package reader

import (
	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/record"
)

// dispute is the two parties that the report has last told to deal with each
// other. Reports name the addressee of a demand once: what one of two parties
// then threatens, refuses or offers, it does to the other.
type dispute struct {
	known bool
	sides [2]int // indices of actors
}

// answers are the types that are done to somebody, who may be understood.
var answers = map[string]bool{"REQUEST": true, "THREATEN": true, "ACCUSE": true, "REJECT": true, "AGREE": true, "CONCEDE": true, "SUPPORT": true, "CONSULT": true}

// answer is the target of e, which names none: the other party if one of the
// two acts.
func (t *dispute) answer(actors []actor.Actor, e *record.Event) []int {
	if !t.known || len(e.Source) != 1 || !answers[e.Type] {
		return nil
	}
	for i, side := range t.sides {
		if same(actors, e.Source[0], side) {
			return []int{t.sides[1-i]}
		}
	}
	return nil
}

// note remembers the parties of e if they are two countries or bodies.
func (t *dispute) note(actors []actor.Actor, e *record.Event) {
	if len(e.Source) != 1 || len(e.Target) != 1 || same(actors, e.Source[0], e.Target[0]) {
		return
	}
	for _, i := range [2]int{e.Source[0], e.Target[0]} {
		if k := actors[i].Kind; k != record.Country && k != record.Organization && actors[i].Country == "" {
			return
		}
	}
	t.known, t.sides = true, [2]int{e.Source[0], e.Target[0]}
}

// same reports whether actors i and j are one party: the same, or of the same country.
func same(actors []actor.Actor, i, j int) bool {
	return i == j || actors[i].Country != "" && actors[i].Country == actors[j].Country
}
