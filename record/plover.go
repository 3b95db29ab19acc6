package record

import (
	_ "embed" // the tables
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PLOVER names the version of the ontology that events are coded in.
const PLOVER = "PLOVER 2024-02"

// EventType is a type of PLOVER, "THREATEN".
type EventType struct {
	Name string
	// Quad is 1 for verbal cooperation, 2 for material cooperation, 3 for
	// verbal conflict, 4 for material conflict.
	Quad int
	// Scale says how cooperative it is, from -10 to 10. Of most types the two are the same.
	Scale [2]float64
	// Recipient tells whether the type demands one.
	Recipient bool
	Words     string // what it is called in a sentence: "threat"
	Modes     []EventMode
}

// EventMode is how an event of a type is done; of THREATEN, what is threatened.
type EventMode struct{ Name, Words string }

var (
	//go:embed plover.tsv
	ploverTSV string
	//go:embed contexts.txt
	contextsTXT string

	eventTypes, errTypes = readTypes(ploverTSV)
	contexts             = readContexts(contextsTXT)
)

func init() {
	if errTypes != nil {
		panic(errTypes)
	}
}

// EventTypes are the types of PLOVER, by quad. Not to be changed.
func EventTypes() []EventType { return eventTypes }

// EventTypeOf is the type of that name, nil if there is none.
func EventTypeOf(name string) *EventType {
	for i := range eventTypes {
		if eventTypes[i].Name == name {
			return &eventTypes[i]
		}
	}
	return nil
}

// KnownEvent reports whether PLOVER has the type and, unless it is empty, the mode of the type.
func KnownEvent(typ, mode string) bool {
	t := EventTypeOf(typ)
	return t != nil && (mode == "" || t.mode(mode) != nil)
}

// EventWords is what an event of the type and mode is called: "threat of violence".
func EventWords(typ, mode string) string {
	t := EventTypeOf(typ)
	if t == nil {
		return typ
	}
	if m := t.mode(mode); m != nil {
		return m.Words
	}
	return t.Words
}

func (t *EventType) mode(name string) *EventMode {
	for i := range t.Modes {
		if t.Modes[i].Name == name {
			return &t.Modes[i]
		}
	}
	return nil
}

// Contexts are the contexts of PLOVER: "economic", "human_rights", … Not to be changed.
func Contexts() []string { return contexts }

func readContexts(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// readTypes reads plover.tsv, whose head says what its columns are.
func readTypes(s string) ([]EventType, error) {
	var out []EventType
	n := 0
	for line := range strings.Lines(s) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		var err error
		if out, err = readType(out, strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("record: plover.tsv:%d: %w", n, err)
		}
	}
	return out, nil
}

func readType(types []EventType, f []string) ([]EventType, error) {
	const columns = 6
	if len(f) != columns || slices.Contains([]string{f[0], f[1], f[5]}, "") {
		return nil, fmt.Errorf("want type, mode, quad, scale, recipient and words, have %q", f)
	}
	if f[1] != "-" {
		if len(types) == 0 || types[len(types)-1].Name != f[0] || types[len(types)-1].mode(f[1]) != nil {
			return nil, fmt.Errorf("mode %s does not stand once under its type %s", f[1], f[0])
		}
		t := &types[len(types)-1]
		t.Modes = append(t.Modes, EventMode{Name: f[1], Words: f[5]})
		return types, nil
	}
	from, to, isRange := strings.Cut(f[3], "…")
	if !isRange {
		to = from
	}
	quad, err1 := strconv.Atoi(f[2])
	low, err2 := strconv.ParseFloat(from, 64)
	high, err3 := strconv.ParseFloat(to, 64)
	if err1 != nil || err2 != nil || err3 != nil || quad < 1 || quad > 4 || f[4] != "yes" && f[4] != "no" {
		return nil, fmt.Errorf("type %s: quad %q, scale %q, recipient %q", f[0], f[2], f[3], f[4])
	}
	if slices.ContainsFunc(types, func(t EventType) bool { return t.Name == f[0] }) {
		return nil, fmt.Errorf("type %s stands there twice", f[0])
	}
	return append(types, EventType{Name: f[0], Quad: quad, Scale: [2]float64{low, high}, Recipient: f[4] == "yes", Words: f[5]}), nil
}
