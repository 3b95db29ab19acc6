package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

type showCommand struct {
	database

	ID      string `arg:"" name:"id" help:"A document D12, a statement D12.S3, an event D12.E1, an actor D12.A2."`
	Changes bool   `help:"Of a document: how its statements and events differ from those of the version before."`
	Text    bool   `help:"Of a document: its text, to the character."`
	Raw     bool   `help:"Of a document: the bytes that it was made of, as they came."`
	All     bool   `help:"Also what is less sure than is shown otherwise."`
	Format  string `short:"f" enum:"text,json,html,annotations," default:"text" help:"text or json; of a document also html and annotations."`
}

// Run shows a row of the record with its evidence.
func (c *showCommand) Run(ctx context.Context, std streams) (err error) {
	id, err := store.ParseID(c.ID)
	if err != nil {
		return usageError{err}
	}
	if id.Part != 0 && (c.Changes || c.Text || c.Raw || c.Format == "html" || c.Format == "annotations") {
		return usage("--changes, --text, --raw and the formats html and annotations are of a document; give D%d", id.Number)
	}
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	k, err := st.Get(ctx, id.Number)
	if err != nil {
		return err
	}
	if k == nil || id.N > rowsOf(k.Report, id.Part) {
		return fmt.Errorf("%s: the record holds no %s; rapporteur search finds what there is", st.Path(), id)
	}
	out := bufio.NewWriter(std.out)
	switch {
	case c.Raw:
		o, err := st.Original(ctx, id.Number)
		if err != nil {
			return err
		}
		if _, err := out.Write(o.Bytes); err != nil {
			return err
		}
	case c.Text:
		if _, err := out.WriteString(k.Report.Document.Text); err != nil {
			return err
		}
	case c.Changes:
		err = c.changes(ctx, st, out, k)
	case id.Part != 0:
		err = c.part(out, k, id)
	default:
		err = c.document(out, std.out, k)
	}
	return errors.Join(err, out.Flush())
}

// rowsOf is how many rows of a part r has.
func rowsOf(r *record.Report, part byte) int {
	switch part {
	case 'S':
		return len(r.Statements)
	case 'E':
		return len(r.Events)
	case 'A':
		return len(r.Actors)
	}
	return 0
}

func (c *showCommand) document(w io.Writer, terminal *os.File, k *store.Kept) error {
	r := k.Report
	if !c.All {
		r = r.Likely()
	}
	switch c.Format {
	case "json":
		b, err := r.AppendJSONIndent(nil)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", b)
		return err
	case "html":
		return page.HTML(w, r)
	case "annotations":
		return page.Annotations(w, r)
	}
	facts(w, k)
	for _, d := range k.Decisions {
		what := d.ID.String()
		if d.ID.N == 0 {
			what = "a row that is no more read (" + page.Line(d.Anchor) + ")"
		}
		fmt.Fprintf(w, "decided: %s is %s%s\n", what, d.Verdict, noteOf(&d))
	}
	fmt.Fprintln(w)
	width := 80
	if n, _, err := term.GetSize(int(terminal.Fd())); err == nil && n > 0 {
		width = n
	}
	return page.Text(&colorprofile.Writer{Forward: w, Profile: colorprofile.Detect(terminal, os.Environ())}, r, width)
}

// noteOf is the note of a decision, as it stands behind the verdict.
func noteOf(d *store.Decision) string {
	if d.Note == "" {
		return ""
	}
	return ": " + page.Line(d.Note)
}

// facts tells where a document is from.
func facts(w io.Writer, k *store.Kept) {
	fmt.Fprintf(w, "%s, from %s, taken in %s, read by %s\n", k.ID(), page.Line(k.Origin), k.Found.UTC().Format(time.RFC3339), k.Reader)
	if k.Version > 1 {
		fmt.Fprintf(w, "version %d of %s; the one before is D%d\n", k.Version, page.Line(k.Report.Document.URL), k.Previous)
	}
	if k.CopyOf > 0 {
		fmt.Fprintf(w, "a copy of D%d\n", k.CopyOf)
	}
}

func (c *showCommand) changes(ctx context.Context, st *store.Store, w io.Writer, k *store.Kept) error {
	if k.Previous == 0 {
		return fmt.Errorf("%s is the first version of its document, so that nothing can have changed", k.ID())
	}
	before, err := st.Get(ctx, k.Previous)
	if err != nil {
		return err
	}
	old, now := before.Report, k.Report
	if !c.All {
		old, now = old.Likely(), now.Likely()
	}
	changes := keep.Changes(old, now)
	if c.Format == "json" {
		return json.NewEncoder(w).Encode(append([]keep.Change{}, changes...))
	}
	fmt.Fprintf(w, "from %s to %s: %d changes\n", before.ID(), k.ID(), len(changes))
	writeChanges(w, changes)
	return nil
}

func writeChanges(w io.Writer, changes []keep.Change) {
	for _, x := range changes {
		if x.Old != "" {
			fmt.Fprintf(w, "  - %s  %s\n", x.Row, page.Line(x.Old))
		}
		if x.New != "" {
			fmt.Fprintf(w, "  + %s  %s\n", x.Row, page.Line(x.New))
		}
	}
}

// part shows a statement, an event or an actor, and the words that it stands on.
func (c *showCommand) part(w io.Writer, k *store.Kept, id store.ID) error {
	if c.Format == "json" {
		return partJSON(w, k, id)
	}
	r := k.Report
	text := r.Document.Text
	fact := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-11s %s\n", name, page.Line(value))
		}
	}
	var evidence []record.Span
	switch id.Part {
	case 'S':
		s := &r.Statements[id.N-1]
		fact(id.String(), "a statement, "+string(s.Type)+", "+string(s.Kind)+", "+s.Stance)
		fact("speaker", r.SpeakerName(s))
		fact("content", r.Content(s))
		if s.Addressee != nil {
			fact("addressee", text[s.Addressee.Start:s.Addressee.End])
		}
		if s.Within >= 0 {
			fact("within", store.ID{Number: id.Number, Part: 'S', N: s.Within + 1}.String())
		}
		fact("confidence", fmt.Sprintf("%.2f", s.Confidence))
		evidence = statementSpans(s)
	case 'E':
		e := &r.Events[id.N-1]
		fact(id.String(), "an event, "+strings.TrimSuffix(e.Type+"/"+e.Mode, "/")+", "+string(e.Status))
		fact("source", strings.Join(r.ActorNames(e.Source), "; "))
		fact("target", strings.Join(r.ActorNames(e.Target), "; "))
		if e.Object != nil {
			fact("object", text[e.Object.Start:e.Object.End])
			evidence = append(evidence, *e.Object)
		}
		if e.Date != nil {
			fact("date", strings.TrimSpace(e.Date.Value+" “"+text[e.Date.Start:e.Date.End]+"”"))
		}
		if e.Place != nil {
			fact("place", strings.TrimSpace(e.Place.Name+" "+e.Place.Country))
		}
		if e.Statement >= 0 {
			fact("reported in", store.ID{Number: id.Number, Part: 'S', N: e.Statement + 1}.String())
		}
		fact("confidence", fmt.Sprintf("%.2f", e.Confidence))
		evidence = append(evidence, e.Trigger)
	default:
		a := &r.Actors[id.N-1]
		fact(id.String(), "an actor, "+string(a.Kind))
		fact("name", a.Name)
		fact("roles", strings.Join(a.Roles, "; "))
		fact("country", a.Country)
		fact("sector", a.Sector)
		for _, m := range a.Mentions {
			evidence = append(evidence, m.Span)
		}
	}
	if d := k.Decided(id.Part, id.N); d != nil {
		fact("decided", d.Verdict+noteOf(d))
	}
	fmt.Fprintln(w)
	quote(w, text, evidence)
	fmt.Fprintln(w)
	d := &r.Document
	fact("document", k.ID()+" "+d.Title)
	fact("outlet", d.Outlet)
	if !d.Published.IsZero() {
		fact("published", d.Published.UTC().Format(time.RFC3339))
	}
	fact("address", d.URL)
	fact("found at", k.Origin)
	fact("text", d.ID)
	fact("read by", k.Reader)
	return nil
}

func statementSpans(s *record.Statement) []record.Span {
	var out []record.Span
	if s.Source != nil {
		out = append(out, s.Source.Span)
	}
	if s.Cue != nil {
		out = append(out, s.Cue.Span)
	}
	return append(out, s.Content...)
}

// quote prints the lines of text that spans stand in, with marks around them and
// the place of the first character in code points.
func quote(w io.Writer, text string, spans []record.Span) {
	points := record.NewPoints(text)
	seen := map[int]bool{}
	for _, s := range spans {
		from := strings.LastIndexByte(text[:s.Start], '\n') + 1
		to := len(text)
		if i := strings.IndexByte(text[s.End:], '\n'); i >= 0 {
			to = s.End + i
		}
		if seen[from] {
			continue
		}
		seen[from] = true
		var b strings.Builder
		at := from
		for i := from; i <= to; i++ {
			for _, x := range spans {
				switch {
				case x.Start == i && x.Start >= from && x.End <= to:
					b.WriteString(text[at:i] + "⟦")
					at = i
				case x.End == i && x.Start >= from && x.End <= to:
					b.WriteString(text[at:i] + "⟧")
					at = i
				}
			}
		}
		b.WriteString(text[at:to])
		fmt.Fprintf(w, "%7d  %s\n", points.At(from), page.Line(b.String()))
	}
}

// partJSON writes the object of a row as it stands in the report, with its id in the record.
func partJSON(w io.Writer, k *store.Kept, id store.ID) error {
	b, err := k.Report.AppendJSON(nil)
	if err != nil {
		return err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(all[map[byte]string{'S': "statements", 'E': "events", 'A': "actors"}[id.Part]], &list); err != nil {
		return err
	}
	row := struct {
		Record   string          `json:"record"`
		Document string          `json:"document"`
		Decided  string          `json:"decided,omitempty"`
		Note     string          `json:"note,omitempty"`
		Row      json.RawMessage `json:"row"`
	}{Record: id.String(), Document: k.Report.Document.ID, Row: list[id.N-1]}
	if d := k.Decided(id.Part, id.N); d != nil {
		row.Decided, row.Note = d.Verdict, d.Note
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(&row)
}
