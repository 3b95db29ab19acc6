package record

import "strconv"

// Likely is the confidence from which on a statement or an event is more likely
// right than wrong. An event is right only if type, source and target all are.
const Likely = 0.5

// Likely is r with only what is likely, as AtLeast leaves out the rest.
func (r *Report) Likely() *Report { return r.AtLeast(Likely) }

// AtLeast is r with only the statements and events whose confidence, rounded
// as the JSON rounds it, is at least c. Ids are given anew; what stands inside
// a statement that is left out stands inside the next one out that is kept.
func (r *Report) AtLeast(c float64) *Report {
	out := *r
	out.Statements, out.Events = nil, nil
	to := make([]int, len(r.Statements))
	for i := range r.Statements {
		to[i] = -1
		if Hundredths(r.Statements[i].Confidence) >= Hundredths(c) {
			to[i] = len(out.Statements)
			out.Statements = append(out.Statements, r.Statements[i])
		}
	}
	kept := func(i int) int {
		for range r.Statements { // as deep as a chain can be, should it ever close on itself
			if i < 0 || to[i] >= 0 {
				break
			}
			i = r.Statements[i].Within
		}
		if i < 0 {
			return -1
		}
		return to[i]
	}
	for i := range out.Statements {
		s := &out.Statements[i]
		s.ID, s.Within = "S"+strconv.Itoa(i+1), kept(s.Within)
		if s.Within == i { // the chain did close
			s.Within = -1
		}
	}
	for _, e := range r.Events {
		if Hundredths(e.Confidence) >= Hundredths(c) {
			e.ID, e.Statement = "E"+strconv.Itoa(len(out.Events)+1), kept(e.Statement)
			out.Events = append(out.Events, e)
		}
	}
	return &out
}

// EventsOnly is r with its events and their sources and targets alone. The ids
// of the actors are given anew.
func (r *Report) EventsOnly() *Report {
	out := *r
	out.Statements, out.Actors, out.Events = nil, nil, make([]Event, len(r.Events))
	acts := make([]bool, len(r.Actors))
	for i := range r.Events {
		for _, a := range r.Events[i].Source {
			acts[a] = true
		}
		for _, a := range r.Events[i].Target {
			acts[a] = true
		}
	}
	to := make([]int, len(r.Actors))
	for i, a := range r.Actors {
		if acts[i] {
			to[i] = len(out.Actors)
			a.ID = "A" + strconv.Itoa(len(out.Actors)+1)
			out.Actors = append(out.Actors, a)
		}
	}
	renumber := func(list []int) []int {
		var new []int
		for _, a := range list {
			new = append(new, to[a])
		}
		return new
	}
	for i, e := range r.Events {
		e.Source, e.Target, e.Statement = renumber(e.Source), renumber(e.Target), -1
		out.Events[i] = e
	}
	return &out
}
