package page

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/rapporteur/rapporteur/record"
)

// Text column widths, in cells of a terminal.
const (
	minWidth    = 40
	maxWidth    = 100 // longer lines are hard to read
	indent      = "  "
	verbatimBar = "┃ "
	noBar       = "  "
)

// nothing is what a page says that has neither a statement nor an event to show.
const nothing = "Nothing is on record: no statement, no event."

// unsure is the confidence below which the page says how sure it is.
const unsure = 0.7

// The styles of the terminal page. Colours are of the terminal's own palette,
// so that they suit its theme; what matters is also told by bars and marks.
var (
	styleTitle    = lipgloss.NewStyle().Bold(true)
	styleSpeaker  = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Cyan)
	styleUnnamed  = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Magenta)
	styleVerbatim = lipgloss.NewStyle().Bold(true)
	styleBar      = lipgloss.NewStyle().Foreground(lipgloss.Green)
	styleQuiet    = lipgloss.NewStyle().Faint(true)
	styleTrigger  = lipgloss.NewStyle().Italic(true)
	styleWarning  = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
)

// Text writes the page for a terminal of the given width: who speaks, and under
// each what they said, in order; then what was done, in order. What was said
// word for word stands bold beside a bar; paraphrase stands plain. Styles are ANSI sequences; whoever owns w takes
// them out where they are not wanted.
func Text(w io.Writer, r *record.Report, width int) error {
	p := textPage{r: r, width: max(minWidth, min(width, maxWidth))}
	p.head()
	all := groups(r)
	for i := range all {
		p.group(&all[i])
	}
	p.events()
	p.foot(len(all))
	_, err := w.Write(p.b.Bytes())
	return err
}

type textPage struct {
	b     bytes.Buffer
	r     *record.Report
	width int
}

// put writes text, wrapped to the width of the page: first before its first line, rest before the others.
func (p *textPage) put(first, rest, text string) {
	room := max(minWidth/2, p.width-lipgloss.Width(first))
	for i, l := range strings.Split(lipgloss.Wrap(text, room, " "), "\n") {
		if i > 0 {
			first = rest
		}
		p.b.WriteString(strings.TrimRight(first+l, " "))
		p.b.WriteByte('\n')
	}
}

func (p *textPage) head() {
	d := &p.r.Document
	if d.Title != "" {
		p.put("", "", styleTitle.Render(Line(d.Title)))
	}
	var facts []string
	for _, s := range []string{d.Outlet, date(d), d.Byline} {
		if s != "" {
			facts = append(facts, Line(s))
		}
	}
	if len(facts) > 0 {
		p.put("", "", styleQuiet.Render(strings.Join(facts, " · ")))
	}
	if d.URL != "" {
		p.put("", "", styleQuiet.Render(Line(d.URL)))
	}
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
}

func date(d *record.Document) string {
	if d.Published.IsZero() {
		return ""
	}
	t := d.Published.UTC()
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2 January 2006")
	}
	return t.Format("2 January 2006, 15:04 UTC")
}

func (p *textPage) group(g *group) {
	style, name := styleSpeaker, Line(g.Name)
	switch {
	case name == "":
		style, name = styleUnnamed, "Speaker not given"
	case g.Actor != nil && g.Actor.Kind == record.Unnamed:
		style = styleUnnamed
	}
	head := style.Render(name)
	if about := g.about(); len(about) > 0 {
		head += styleQuiet.Render(" · " + Line(strings.Join(about, " · ")))
	}
	p.put("", indent, head)
	for _, i := range g.Statements {
		p.statement(&p.r.Statements[i])
	}
	p.b.WriteByte('\n')
}

func (p *textPage) statement(s *record.Statement) {
	bar := indent + noBar
	if s.Type == record.Direct {
		bar = indent + styleBar.Render(verbatimBar)
	}
	text := p.content(s)
	if leads(s) {
		text = styleQuiet.Render(Line(surface(p.r, cued(s)))) + " " + text
	}
	p.put(bar, bar, text)
	if how := p.how(s); how != "" {
		p.put(indent+noBar, indent+noBar, styleQuiet.Render("— "+how))
	}
}

// content is what is said, its parts joined by an ellipsis, verbatim in bold.
func (p *textPage) content(s *record.Statement) string {
	var b strings.Builder
	for i, span := range s.Content {
		if i > 0 {
			b.WriteString(styleQuiet.Render(" … "))
		}
		for _, x := range runs(strings.TrimSpace(surface(p.r, span)), s.Type) {
			// White space at the edges of a run belongs to the page, not to the style.
			text := Line(x.Text)
			if strings.TrimLeft(x.Text, " \t\n") != x.Text {
				b.WriteByte(' ')
			}
			if x.Verbatim {
				text = styleVerbatim.Render(text)
			}
			b.WriteString(text)
			if strings.TrimRight(x.Text, " \t\n") != x.Text {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// how is the line under a statement: its cue, if that does not lead, and how we know of it.
func (p *textPage) how(s *record.Statement) string {
	var parts []string
	if s.Cue != nil && !leads(s) {
		parts = append(parts, Line(surface(p.r, cued(s))))
	}
	for _, c := range circumstances(p.r, s) {
		parts = append(parts, Line(c))
	}
	if not := doubt(s.Confidence); not != "" {
		parts = append(parts, not)
	}
	return strings.Join(parts, " · ")
}

func (p *textPage) events() {
	if len(p.r.Events) == 0 {
		return
	}
	p.put("", "", styleTitle.Render("Events"))
	found := newSentences(p.r.Document.Text)
	for i := range p.r.Events {
		p.event(&p.r.Events[i], found)
	}
	p.b.WriteByte('\n')
}

// event is when, who to whom and what; the part of the sentence that tells it;
// how it stands in the report; and, where that was asked for, why.
func (p *textPage) event(e *record.Event, found sentences) {
	const body = indent + noBar
	var head []string
	if day := when(p.r, e); day != "" {
		head = append(head, styleQuiet.Render(Line(day)))
	}
	if who := parties(p.r, e); who != "" {
		head = append(head, styleSpeaker.Render(Line(who)))
	}
	p.put(indent, body+indent, strings.Join(append(head, Line(act(p.r, e))), styleQuiet.Render(" · ")))
	before, words, after := found.scene(p.r, e.Trigger)
	p.put(body, body, quietly(before, false)+styleTrigger.Render(Line(words))+quietly(after, true))
	how := standing(p.r, e)
	if not := doubt(e.Confidence); not != "" {
		how = append(how, not)
	}
	p.put(body, body, styleQuiet.Render("— "+Line(strings.Join(how, " · "))))
	for i := range e.Why {
		p.put(body+indent, body+indent+indent, styleQuiet.Render(Line(reason(p.r, &e.Why[i]))))
	}
}

// quietly is what stands beside a trigger, with the space between the two.
func quietly(s string, follows bool) string {
	text := Line(s)
	switch {
	case text == "":
		return ""
	case follows && strings.TrimLeft(s, " \t\n") != s:
		return " " + styleQuiet.Render(text)
	case !follows && strings.TrimRight(s, " \t\n") != s:
		return styleQuiet.Render(text) + " "
	}
	return styleQuiet.Render(text)
}

func (p *textPage) foot(speakers int) {
	var parts []string
	if n := len(p.r.Statements); n > 0 {
		parts = append(parts, count(n, "statement")+" by "+count(speakers, "speaker"))
	}
	if n := len(p.r.Events); n > 0 {
		parts = append(parts, count(n, "event"))
	}
	switch {
	case len(parts) == 0:
		p.put("", "", nothing)
	case len(p.r.Statements) == 0:
		p.put("", "", styleQuiet.Render(parts[0]+"."))
	default:
		p.put("", "", styleQuiet.Render(strings.Join(parts, ", ")+". Beside a bar or in bold: word for word."))
	}
	for _, w := range p.r.Warnings {
		p.put("", indent, styleWarning.Render("! "+Line(w.Message)))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
