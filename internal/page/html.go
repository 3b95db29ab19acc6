package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

var (
	//go:embed web/page.html
	pageHTML string
	//go:embed web/page.css
	pageCSS string
	//go:embed web/page.js
	pageJS string
)

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// policy lets the page run our style and our script, known by their hashes,
// and nothing else: no address is ever asked for anything.
var policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
	hashSource(pageCSS), hashSource(pageJS))

func hashSource(s string) string {
	h := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

// colours is the number of classes p0, p1, … of page.css that tell speakers apart.
const colours = 8

type (
	htmlPage struct {
		Language   string
		Policy     string
		Style      template.CSS
		Script     template.JS
		Name       string // of the window
		Title      []glyphs
		Facts      [][]glyphs
		URL        string
		Paragraphs [][]segment
		Groups     []htmlGroup
		Events     []htmlEvent
		Nothing    string // to show
		Warnings   [][]glyphs
	}
	htmlGroup struct {
		Class string
		Name  []glyphs
		About [][]glyphs
		Cards []htmlCard
	}
	htmlCard struct {
		ID, Type, Label, Unsure string
		Lead                    []glyphs // the cue and the addressee, where they stand before the content
		Parts                   [][]htmlRun
		How                     [][]glyphs
	}
	htmlEvent struct {
		ID, Unsure             string
		Who, Act               []glyphs
		Before, Trigger, After []glyphs // of its sentence
		How                    [][]glyphs
		Why                    [][]glyphs
	}
	htmlRun struct {
		Text     []glyphs
		Verbatim bool
	}
	// glyphs is text to be shown as it is, or one control character to be named.
	glyphs struct{ Text, Control string }
)

// HTML writes one self-contained page: the report with its sources, cues,
// contents and triggers marked, and the record beside it. It needs no network, runs without
// script, and holds nothing of the report but text.
func HTML(w io.Writer, r *record.Report) error {
	d := &r.Document
	p := htmlPage{
		Language: language(d.Language), Policy: policy,
		Style: template.CSS(pageCSS), Script: template.JS(pageJS), //nolint:gosec // both are ours, embedded above
		Name: Line(windowName(d)), Title: shown(d.Title), URL: address(d.URL),
	}
	for _, s := range []string{d.Outlet, date(d), d.Byline} {
		if s != "" {
			p.Facts = append(p.Facts, shown(s))
		}
	}
	all := groups(r)
	colour := make([]string, len(r.Statements)+len(r.Events))
	for i := range all {
		class := fmt.Sprintf("p%d", i%colours)
		for _, s := range all[i].Statements {
			colour[s] = class
		}
		p.Groups = append(p.Groups, htmlOf(r, &all[i], class))
	}
	if len(r.Events) > 0 {
		found := newSentences(d.Text)
		for i := range r.Events {
			p.Events = append(p.Events, eventCard(r, &r.Events[i], found))
			colour[len(r.Statements)+i] = "act"
		}
	}
	if len(p.Groups)+len(p.Events) == 0 {
		p.Nothing = nothing
	}
	p.Paragraphs = segments(r, colour)
	for _, warning := range r.Warnings {
		p.Warnings = append(p.Warnings, shown(warning.Message))
	}
	return pageTemplate.Execute(w, p)
}

func windowName(d *record.Document) string {
	switch {
	case d.Title != "":
		return d.Title
	case d.Outlet != "":
		return d.Outlet
	}
	return "Report"
}

// language is a tag fit for the lang attribute; empty, for unknown, if s is not one.
func language(s string) string {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' {
			return ""
		}
	}
	return s
}

// address is s if it is an address that is safe to follow.
func address(s string) string {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return u.String()
	}
	return ""
}

func htmlOf(r *record.Report, g *group, class string) htmlGroup {
	out := htmlGroup{Class: class, Name: shown(g.Name)}
	if g.Name == "" {
		out.Name = shown("Speaker not given")
	}
	for _, a := range g.about() {
		out.About = append(out.About, shown(a))
	}
	for _, i := range g.Statements {
		out.Cards = append(out.Cards, card(r, &r.Statements[i]))
	}
	return out
}

func card(r *record.Report, s *record.Statement) htmlCard {
	c := htmlCard{ID: s.ID, Type: string(s.Type), Label: labels[s.Type]}
	for _, span := range s.Content {
		var part []htmlRun
		for _, x := range runs(surface(r, span), s.Type) {
			part = append(part, htmlRun{shown(x.Text), x.Verbatim})
		}
		c.Parts = append(c.Parts, part)
	}
	switch words := shown(surface(r, cued(s))); {
	case leads(s):
		c.Lead = words
	case s.Cue != nil:
		c.How = append(c.How, words)
	}
	for _, x := range circumstances(r, s) {
		c.How = append(c.How, shown(x))
	}
	c.Unsure = doubt(s.Confidence)
	return c
}

func eventCard(r *record.Report, e *record.Event, found sentences) htmlEvent {
	c := htmlEvent{ID: e.ID, Unsure: doubt(e.Confidence), Who: shown(parties(r, e)), Act: shown(act(r, e))}
	before, words, after := found.scene(r, e.Trigger)
	c.Before, c.Trigger, c.After = shown(before), shown(words), shown(after)
	if day := when(r, e); day != "" {
		c.How = append(c.How, shown(day))
	}
	for _, x := range standing(r, e) {
		c.How = append(c.How, shown(x))
	}
	for i := range e.Why {
		c.Why = append(c.Why, shown(reason(r, &e.Why[i])))
	}
	return c
}

var labels = map[record.StatementType]string{
	record.Direct:   "word for word",
	record.Mixed:    "partly word for word",
	record.Indirect: "paraphrase",
}

// shown cuts s where a control character has to be named instead of obeyed.
func shown(s string) []glyphs {
	var out []glyphs
	from := 0
	for i, c := range s {
		if !inert(c) {
			continue
		}
		if i > from {
			out = append(out, glyphs{Text: s[from:i]})
		}
		out = append(out, glyphs{Control: fmt.Sprintf("U+%04X", c)})
		from = i + len(string(c))
	}
	if from < len(s) {
		out = append(out, glyphs{Text: s[from:]})
	}
	return out
}

// class joins the names of the classes that are not empty.
func class(names ...string) string {
	return strings.Join(strings.Fields(strings.Join(names, " ")), " ")
}
