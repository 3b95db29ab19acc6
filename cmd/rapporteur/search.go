package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

type searchCommand struct {
	database

	Query []string `arg:"" optional:"" help:"Words, \"phrases\", prefix*, -word (behind --). All must stand in the statement, around the event, or in the document."`

	Speaker string    `help:"Who speaks: words of the name, a role or the country."`
	Party   string    `help:"Who speaks, acts or is acted on: words of the name, a role or the country."`
	Type    string    `enum:"statement,event,document," default:"" placeholder:"TYPE" help:"Only statements, events or documents (statement, event, document)."`
	Event   string    `placeholder:"TYPE" help:"Events of this type: AGREE, CONSULT, … (docs/events.md)."`
	Said    string    `enum:"direct,mixed,indirect," default:"" placeholder:"HOW" help:"Statements that are quoted, partly quoted, paraphrased (direct, mixed, indirect)."`
	Outlet  string    `help:"Words of the name of the outlet."`
	From    published `placeholder:"DATE" help:"Published on that day or later."`
	To      published `placeholder:"DATE" help:"Published on that day or before."`
	All     bool      `help:"Also what is less sure than is shown otherwise, and what was decided to be wrong."`
	Failed  bool      `help:"List what could not be read, and why, instead."`
	Limit   int       `short:"n" default:"20" help:"At most so many hits."`
	Format  string    `short:"f" enum:"table,json,jsonl,csv" default:"table" help:"table, json, jsonl or csv."`
}

// check refuses what does not go together.
func (c *searchCommand) check() error {
	if c.Event != "" {
		c.Event = strings.ToUpper(c.Event)
		if record.EventTypeOf(c.Event) == nil {
			var names []string
			for _, t := range record.EventTypes() {
				names = append(names, t.Name)
			}
			return usage("--event %s is no type of PLOVER; there are %s", c.Event, strings.Join(names, ", "))
		}
	}
	switch {
	case c.Failed && (c.Speaker+c.Party+c.Type+c.Event+c.Said+c.Outlet != "" || !c.From.IsZero() || !c.To.IsZero() || c.All):
		return usage("--failed goes with words, --limit and --format only: what failed has no speaker, party, type or day")
	case c.Limit < 1 || c.Limit > 1000:
		return usage("--limit must be between 1 and 1000; rapporteur export gives all")
	case c.Event != "" && (c.Said != "" || c.Speaker != ""):
		return usage("--event is of events, and --said and --speaker are of statements; --party goes with both")
	case c.Type != "" && c.Type != "event" && c.Event != "":
		return usage("--event is not of a %s", c.Type)
	case c.Type != "" && c.Type != "statement" && (c.Said != "" || c.Speaker != ""):
		return usage("--said and --speaker are of statements, not of a %s", c.Type)
	case c.Type == "document" && c.Party != "":
		return usage("--party is of statements and events, not of a document")
	case strings.TrimSpace(strings.Join(c.Query, "")) == "" && c.Speaker+c.Party+c.Event+c.Said+c.Outlet == "" && c.From.IsZero() && c.To.IsZero() && !c.Failed:
		return usage("give words to search for, or one of --speaker, --party, --event, --said, --outlet, --from, --to, --failed")
	}
	return nil
}

// Run searches.
func (c *searchCommand) Run(ctx context.Context, std streams) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	out := bufio.NewWriter(std.out)
	if c.Failed {
		more, err := c.failures(ctx, st, out)
		if err = errors.Join(err, out.Flush()); err == nil && more {
			fmt.Fprintln(std.err, "there are more; --limit gives up to 1000, words narrow them")
		}
		return err
	}
	hits, more, err := st.Search(ctx, c.query())
	if err != nil {
		return err
	}
	if err := writeHits(out, hits, c.Format); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	switch {
	case len(hits) == 0:
		fmt.Fprintln(std.err, "nothing matches")
	case more:
		fmt.Fprintln(std.err, "so much matches that only the newest 1,000 were ranked; say more to find what is older")
	}
	return nil
}

func (c *searchCommand) query() store.Query {
	q := store.Query{
		Words: strings.Join(c.Query, " "), Speaker: c.Speaker, Party: c.Party, Outlet: c.Outlet, Said: c.Said, Event: c.Event,
		From: c.From.Time, To: c.To.Time, All: c.All, Limit: c.Limit,
	}
	for i, kind := range []string{"document", "statement", "event"} {
		if c.Type == kind {
			q.Kinds = []store.Kind{store.Kind(i)}
		}
	}
	if !q.To.IsZero() && q.To.Equal(q.To.Truncate(24*time.Hour)) {
		q.To = q.To.AddDate(0, 0, 1) // the whole day
	}
	return q
}

// wireHit is a hit as it is written; docs/record.md tells of the keys.
type wireHit struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	Published  string  `json:"published,omitempty"`
	Outlet     string  `json:"outlet,omitempty"`
	Title      string  `json:"title,omitempty"`
	URL        string  `json:"url,omitempty"`
	Type       string  `json:"type,omitempty"`
	Status     string  `json:"status,omitempty"`
	Source     string  `json:"source,omitempty"`
	Target     string  `json:"target,omitempty"`
	Cue        string  `json:"cue,omitempty"`
	Text       string  `json:"text"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Confidence float64 `json:"confidence"`
	Decided    string  `json:"decided,omitempty"`
	Note       string  `json:"note,omitempty"`
}

func wire(h *store.Hit) wireHit {
	w := wireHit{
		ID: h.ID.String(), Kind: h.Kind.String(), Outlet: h.Outlet, Title: h.Title, URL: h.URL, Type: h.Type, Status: h.Status,
		Source: h.Source, Target: h.Target, Cue: h.Cue, Text: h.Text, Start: h.Start, End: h.End, Confidence: h.Confidence,
	}
	if h.Decided != nil {
		w.Decided, w.Note = h.Decided.Verdict, h.Decided.Note
	}
	if !h.Published.IsZero() {
		w.Published = h.Published.UTC().Format(time.RFC3339)
	}
	return w
}

func writeHits(w io.Writer, hits []store.Hit, format string) error {
	wires := make([]wireHit, len(hits))
	for i := range hits {
		wires[i] = wire(&hits[i])
	}
	switch format {
	case "json":
		b, err := json.MarshalIndent(wires, "", " ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", b)
		return err
	case "jsonl":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for i := range wires {
			if err := e.Encode(&wires[i]); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		c := csv.NewWriter(w)
		_ = c.Write([]string{"id", "kind", "published", "outlet", "title", "url", "type", "status", "source", "target", "cue", "text", "start", "end", "confidence", "decided", "note"})
		for i := range wires {
			h := &wires[i]
			_ = c.Write(cells(h.ID, h.Kind, h.Published, h.Outlet, h.Title, h.URL, h.Type, h.Status, h.Source, h.Target, h.Cue, h.Text,
				strconv.Itoa(h.Start), strconv.Itoa(h.End), strconv.FormatFloat(h.Confidence, 'g', -1, 64), h.Decided, h.Note))
		}
		c.Flush()
		return c.Error()
	}
	for i := range wires {
		writeHit(w, &wires[i])
	}
	return nil
}

// writeHit writes a hit for people: what it is and where it is from, what it says.
func writeHit(w io.Writer, h *wireHit) {
	day, _, _ := strings.Cut(h.Published, "T")
	from := slices.DeleteFunc([]string{day, h.Outlet, h.Title, h.URL}, func(s string) bool { return s == "" })
	sure := ""
	if h.Kind != "document" {
		sure = fmt.Sprintf(" (%.2f)", h.Confidence)
	}
	if h.Decided != "" {
		sure += " decided: " + h.Decided
		if h.Note != "" {
			sure += ": " + page.Line(h.Note)
		}
	}
	switch h.Kind {
	case "statement":
		fmt.Fprintf(w, "%s  %s %s%s\n    %s\n", h.ID, orDash(h.Source), orDash(h.Cue), sure, page.Line(h.Text))
	case "event":
		fmt.Fprintf(w, "%s  %s → %s → %s, %s%s\n    %s\n", h.ID, orDash(h.Source), h.Type, orDash(h.Target), h.Status, sure, page.Line(h.Text))
	default:
		fmt.Fprintf(w, "%s  %s\n    %s\n", h.ID, orDash(h.Title), page.Line(h.Text))
	}
	fmt.Fprintf(w, "    %s\n\n", page.Line(strings.Join(from, " · ")))
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return page.Line(s)
}

// failures lists what could not be read.
func (c *searchCommand) failures(ctx context.Context, st *store.Store, w io.Writer) (more bool, err error) {
	type failure struct {
		Origin    string `json:"origin"`
		Found     string `json:"found"`
		Reason    string `json:"reason"`
		Temporary bool   `json:"temporary"`
		Tries     int    `json:"tries"`
	}
	table := csv.NewWriter(w)
	if c.Format == "csv" {
		_ = table.Write([]string{"origin", "found", "reason", "temporary", "tries"})
	}
	all := []failure{}
	n := 0
	words := strings.Fields(strings.ToLower(strings.Join(c.Query, " ")))
	for f, err := range st.Failures(ctx) {
		if err != nil {
			return false, err
		}
		if !containsAll(strings.ToLower(f.Origin+" "+f.Reason), words) {
			continue
		}
		if n++; n > c.Limit {
			more = true
			break
		}
		x := failure{f.Origin, f.Found.UTC().Format(time.RFC3339), f.Reason, f.Temporary, f.Tries}
		switch c.Format {
		case "json":
			all = append(all, x)
		case "jsonl":
			if err := json.NewEncoder(w).Encode(x); err != nil {
				return false, err
			}
		case "csv":
			_ = table.Write(cells(x.Origin, x.Found, x.Reason, strconv.FormatBool(x.Temporary), strconv.Itoa(x.Tries)))
		default:
			again := ""
			if x.Temporary {
				again = fmt.Sprintf(" (tries so far: %d; rapporteur record --failed tries again)", x.Tries)
			}
			fmt.Fprintf(w, "%s\n    %s%s\n", page.Line(x.Origin), page.Line(x.Reason), again)
		}
	}
	if c.Format == "json" {
		b, err := json.MarshalIndent(all, "", " ")
		if err != nil {
			return false, err
		}
		_, err = fmt.Fprintf(w, "%s\n", b)
		return more, err
	}
	table.Flush()
	return more, table.Error()
}

func containsAll(s string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

// cells is a row of CSV that no spreadsheet runs.
func cells(values ...string) []string {
	for i, v := range values {
		values[i] = page.NoFormula(v)
	}
	return values
}
