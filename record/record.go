// Package record is the vocabulary of Rapporteur: what a report is and what is
// read from it. It imports nothing of the project, and every other package may
// import it.
//
// Spans are half-open ranges of bytes of the canonical text. Only the JSON
// contract (json.go) counts in Unicode code points.
package record

import "time"

// Schema names the version of the JSON contract.
const Schema = "rapporteur/report@1"

// Span is a half-open range [Start, End) of bytes of the canonical text.
type Span struct{ Start, End int }

// Len is the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Document is one report. Text is canonical: valid UTF-8, owned by the document;
// everything else is a span of it. ID is "sha256:" and the hash of Text in hex.
// An empty string or zero time means that it is not known.
type Document struct {
	ID        string
	URL       string
	Outlet    string
	Title     string
	Byline    string
	Published time.Time
	Language  string // ISO 639-1
	Text      string
}

// Form is how a mention refers.
type Form string

// The forms of a mention.
const (
	FormName    Form = "name"
	FormNominal Form = "nominal"
	FormPronoun Form = "pronoun"
)

// Mention is a span that refers to an actor.
type Mention struct {
	Span
	Form Form
}

// ActorKind is what an actor is.
type ActorKind string

// The kinds of an actor. Unnamed is a source that the report does not name.
const (
	Person       ActorKind = "person"
	Organization ActorKind = "organization"
	Country      ActorKind = "country"
	Group        ActorKind = "group"
	Unnamed      ActorKind = "unnamed"
)

// Actor is everything in one report that means the same party.
type Actor struct {
	ID       string // "A1", "A2", … in the order of the first mention
	Kind     ActorKind
	Name     string   // the fullest name that the text gives, or the nominal
	Country  string   // ISO 3166-1 alpha-3, XKX for Kosovo
	Sector   string   // PLOVER sector: GOV, MIL, …
	Roles    []string // titles and offices, as the text gives them
	Mentions []Mention
}

// StatementType says how much of the content stands in quotation marks.
type StatementType string

// The types of a statement: all of the content is quoted, some of it, none.
const (
	Direct   StatementType = "direct"
	Mixed    StatementType = "mixed"
	Indirect StatementType = "indirect"
)

// StatementKind is the channel of a statement.
type StatementKind string

// The kinds of a statement.
const (
	Speech  StatementKind = "speech"
	Writing StatementKind = "writing"
	Thought StatementKind = "thought"
)

// Ref is a span that refers to an actor. Actor is an index into Report.Actors, -1 for none.
type Ref struct {
	Span
	Actor int
}

// Cue is the word or words that attribute.
type Cue struct {
	Span
	Lemma string
}

// Place is a span that names a place. Lat and Lon are degrees and mean something only if Located.
type Place struct {
	Span
	Name     string
	Country  string // ISO 3166-1 alpha-3
	Located  bool
	Lat, Lon float64
}

// Time is a span that names a time. Value is an ISO 8601 date or range, empty while unresolved.
type Time struct {
	Span
	Value       string
	Granularity string // "day", "week", "month", "year", …
}

// Statement is an attribution: who (Source) said (Cue) what (Content).
type Statement struct {
	ID         string // "S1", "S2", … in the order of the text
	Type       StatementType
	Kind       StatementKind
	Stance     string // lemma class of the cue: "says", "claims", "denies", …
	Source     *Ref
	Cue        *Cue
	Content    []Span // in the order of the text, not overlapping
	Addressee  *Ref
	Medium     *Span
	Place      *Place
	Time       *Time
	Within     int // index into Report.Statements of the statement that this one stands inside, -1 for none
	Confidence float64
}

// Warning tells what could not be read as it stood. Span is nil where the warning has no place in the text.
type Warning struct {
	Code    string // stable, kebab-case: "charset-guessed", "quote-unclosed"
	Message string
	Span    *Span
}

// Report is a document and all that was read from it.
type Report struct {
	Document   Document
	Actors     []Actor
	Statements []Statement
	Events     []Event
	Warnings   []Warning
}

// Status is how an event stands in the report.
type Status string

// The statuses of an event. What the outlet tells in its own voice is
// asserted, what stands in the content of a statement is reported.
const (
	Asserted     Status = "asserted"
	Reported     Status = "reported"
	Denied       Status = "denied"       // said not to have happened
	Planned      Status = "planned"      // announced, scheduled, promised
	Hypothetical Status = "hypothetical" // conditional, possible, wished for
	Background   Status = "background"   // older than the news
)

// statuses are all of them.
var statuses = []Status{Asserted, Reported, Denied, Planned, Hypothetical, Background}

// Statuses are all that an event may have. Not to be changed.
func Statuses() []Status { return statuses }

// Magnitude is a span with a number that belongs to an event.
type Magnitude struct {
	Span
	Value float64
	Hedge string // as the text gives it: "at least", "about"; empty if none
	Unit  string // what is counted, as the text gives it: "prisoners of war"
}

// Event is who did what to whom, in the terms of PLOVER.
type Event struct {
	ID         string   // "E1", "E2", … in the order of the text
	Type       string   // "THREATEN", one of EventTypes
	Mode       string   // "violence", one of the type's modes; empty if none
	Contexts   []string // "economic", "human_rights", …
	Source     []int    // indices into Report.Actors
	Target     []int
	Trigger    Span
	Object     *Span // what is demanded, offered, threatened, exchanged
	Date       *Time
	Place      *Place
	Magnitudes []Magnitude
	Status     Status
	Statement  int // index into Report.Statements of the statement that reports it, -1 for none
	Confidence float64
	Why        []Reason // why it was coded so, in the order in which it was decided; only where asked for
}

// Reason is one step of the way to an event: the rule or feature that held, and
// the word of the text that it held of.
type Reason struct {
	Rule string // "frame", "source", "target", "turn", "status", …
	Text string // in words: "accuse + obj: ACCUSE", "nsubj of accused"
	Span *Span
}
