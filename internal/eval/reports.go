package eval

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/article"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Attribution measures statements end to end, from raw text: on PolNeAR (a
// folder with text/ and attributions/, or its .tar.xz, of which the dev
// compartment is read) and on annotated reports (.ann files or folders of them).
func Attribution(w io.Writer, paths []string) error {
	r, err := reader.Open()
	if err != nil {
		return err
	}
	for _, p := range paths {
		reports, err := filepath.Glob(filepath.Join(p, "*.ann"))
		if err != nil {
			return err
		}
		if strings.HasSuffix(p, ".ann") {
			reports = []string{p}
		}
		fmt.Fprintf(w, "%s\n", p)
		if len(reports) > 0 {
			err = annotatedReports(w, r, reports)
		} else {
			err = polNeAR(w, r, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func polNeAR(w io.Writer, r *reader.Reader, path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	set, err := corpus.ReadPolNeAR(path, "dev")
	if err != nil {
		return err
	}
	var score AttributionScore
	for _, a := range set {
		report, err := r.Read(context.Background(), record.Document{Text: a.Text}, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		score.Add(token.Segment(a.Text), a.Attributions, attributions(report, false))
	}
	score.Print(w)
	return nil
}

// attributions are the statements of a report as spans. PolNeAR marks no
// statements inside statements: without nested they are left out.
func attributions(r *record.Report, nested bool) []corpus.Attribution {
	var out []corpus.Attribution
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Within >= 0 && !nested {
			continue
		}
		a := corpus.Attribution{Content: s.Content}
		if s.Source != nil {
			a.Source = []record.Span{s.Source.Span}
		}
		if s.Cue != nil {
			a.Cue = []record.Span{s.Cue.Span}
		}
		out = append(out, a)
	}
	return out
}

// reportScore counts what the annotated reports ask for.
type reportScore struct {
	statements     Count
	sure           Count // statements with a confidence of at least 0.5, which is what the command prints
	sources        Count // of the statements found that have a source tag
	speakers       Count
	types          Count
	calibration    [10]struct{ n, right int }
	beside         [len(besides)]Count
	judged         []Judged
	wrong, missing []string
}

// besides are the extra columns of the gold table that are measured: what a
// statement says of itself beside source, cue and content.
var besides = [...]string{"to", "place", "medium", "time", "in"}

// Judged is one statement that was read off an annotated report: the score
// that its confidence is made of, and whether its content and speaker are right.
type Judged struct {
	Score int32
	Right bool
}

// Judge reads annotated reports and judges each statement against the gold.
func Judge(r *reader.Reader, files []string) ([]Judged, error) {
	var s reportScore
	for _, f := range files {
		if err := s.add(r, f); err != nil {
			return nil, err
		}
	}
	return s.judged, nil
}

func annotatedReports(w io.Writer, r *reader.Reader, files []string) error {
	var s reportScore
	for _, f := range files {
		if err := s.add(r, f); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "statements         %6.1f %6.1f %6.1f   (P R F1; %d of %d gold found)\n",
		s.statements.Precision(), s.statements.Recall(), s.statements.F1(), s.statements.True, s.statements.Gold)
	fmt.Fprintf(w, "of confidence ≥ 0.5 %5.1f %6.1f %6.1f\n", s.sure.Precision(), s.sure.Recall(), s.sure.F1())
	fmt.Fprintf(w, "source span        %6.1f %%   of %d found that have one\n", s.sources.Recall(), s.sources.Gold)
	fmt.Fprintf(w, "speaker            %6.1f %%   of %d found\n", s.speakers.Recall(), s.speakers.Gold)
	fmt.Fprintf(w, "type               %6.1f %%   of %d found\n", s.types.Recall(), s.types.Gold)
	for i, c := range s.beside {
		fmt.Fprintf(w, "%-18s %6.1f %6.1f %6.1f   (P R F1, of the statements found; %d gold)\n", besides[i]+"=", c.Precision(), c.Recall(), c.F1(), c.Gold)
	}
	for i, c := range s.calibration {
		if c.n > 0 {
			fmt.Fprintf(w, "confidence %.1f–%.1f  %6.1f %% right of %d\n", float64(i)/10, float64(i+1)/10, 100*float64(c.right)/float64(c.n), c.n)
		}
	}
	if Verbose {
		for _, line := range append(s.missing, s.wrong...) {
			fmt.Fprintln(w, line)
		}
	}
	return nil
}

// Verbose makes the measures print each error.
var Verbose = os.Getenv("RAPPORTEUR_EVAL_VERBOSE") != ""

func (s *reportScore) add(r *reader.Reader, file string) error {
	gold, doc, aside, err := annotated(file)
	if err != nil {
		return err
	}
	report, err := r.Read(context.Background(), doc, aside)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	d := token.Segment(gold.Text)
	numbers := gold.Numbers()
	g, p := make([]item, len(numbers)), make([]item, len(report.Statements))
	for i, n := range numbers {
		g[i] = makeItem(d, make([]bool, len(d.Tokens)), gold.Statements[n])
	}
	for i, a := range attributions(report, true) {
		p[i] = makeItem(d, make([]bool, len(d.Tokens)), a)
	}
	// Of statements with the same content, the chain "A, citing B", the one with the same source first.
	found := match(g, p, func(a, b *item) float64 {
		v := jaccard(a.set[roleContent], b.set[roleContent])
		return v + 0.001*jaccard(a.set[roleSource], b.set[roleSource])
	})
	scores, err := r.Scores(context.Background(), doc, aside)
	if err != nil {
		return err
	}
	s.count(file, gold, report, numbers, g, found, scores)
	return nil
}

// annotated reads an annotated report and makes its document, as the command
// does with the text of the report on its standard input.
func annotated(file string) (*corpus.Report, record.Document, []record.Span, error) {
	var none record.Document
	gold, err := corpus.ReadReport(file)
	if err != nil {
		return nil, none, nil, err
	}
	published, err := time.Parse(time.DateOnly, gold.Meta["published"])
	if err != nil && gold.Meta["published"] != "" {
		return nil, none, nil, fmt.Errorf("%s: published: %w", file, err)
	}
	raw := source.Raw{Kind: source.Text, Text: gold.Text}
	doc, furniture, _, err := article.Document(raw, article.Meta{Outlet: gold.Meta["outlet"], Published: published, Language: "en"})
	if err != nil {
		return nil, none, nil, fmt.Errorf("%s: %w", file, err)
	}
	if doc.Text != gold.Text {
		return nil, none, nil, fmt.Errorf("%s: the text is not canonical, so that the tags do not fit", file)
	}
	var aside []record.Span
	for _, f := range furniture {
		aside = append(aside, f.Span)
	}
	return gold, doc, aside, nil
}

func (s *reportScore) count(file string, gold *corpus.Report, report *record.Report, numbers []int, g []item, found []int, scores []int32) {
	goldOf := make([]int, len(report.Statements))
	for i := range goldOf {
		goldOf[i] = -1
	}
	base := filepath.Base(file)
	for i, n := range numbers {
		row, demanded := gold.Rows[n]
		if found[i] >= 0 {
			goldOf[found[i]] = i
		}
		if !demanded {
			continue
		}
		s.statements.Gold++
		s.sure.Gold++
		if found[i] < 0 {
			s.missing = append(s.missing, fmt.Sprintf("%s %d: missed: %s | %s | %s", base, n, g[i].text.Source, g[i].text.Cue, g[i].text.Content))
			continue
		}
		s.statements.True++
		if report.Statements[found[i]].Confidence >= 0.5 {
			s.sure.True++
		}
		st := &report.Statements[found[i]]
		s.one(base, n, row, &g[i], report, st)
		s.aside(row, report, st, func(within int) string {
			for k, j := range found {
				if j == within {
					return strconv.Itoa(numbers[k])
				}
			}
			return "?"
		})
	}
	for j := range report.Statements {
		st := &report.Statements[j]
		row := gold.Rows[0]
		if i := goldOf[j]; i >= 0 {
			var demanded bool
			if row, demanded = gold.Rows[numbers[i]]; !demanded {
				continue
			}
		}
		s.statements.Predicted++
		if st.Confidence >= 0.5 {
			s.sure.Predicted++
		}
		right := goldOf[j] >= 0 && speakerOK(report, st, row.Speaker)
		s.judged = append(s.judged, Judged{scores[j], right})
		c := &s.calibration[min(int(st.Confidence*10), 9)]
		c.n++
		if right {
			c.right++
		}
		if goldOf[j] < 0 {
			cue := ""
			if st.Cue != nil {
				cue = report.Document.Text[st.Cue.Start:st.Cue.End]
			}
			s.wrong = append(s.wrong, fmt.Sprintf("%s: extra (%.2f): %s | %s", base, st.Confidence, cue, surface(report.Document.Text, st.Content)))
		}
	}
}

func (s *reportScore) one(base string, n int, row corpus.Row, g *item, report *record.Report, st *record.Statement) {
	text := report.Document.Text
	if len(g.set[roleSource]) > 0 {
		s.sources.Gold++
		got := wordSet{}
		if st.Source != nil {
			got = wordsOf(token.Segment(text), []record.Span{st.Source.Span})
		}
		if jaccard(g.set[roleSource], got) >= 0.5 {
			s.sources.True++
		} else {
			s.wrong = append(s.wrong, fmt.Sprintf("%s %d: source is not %q", base, n, g.text.Source))
		}
	}
	s.speakers.Gold++
	if speakerOK(report, st, row.Speaker) {
		s.speakers.True++
	} else {
		who := "nobody"
		if st.Source != nil {
			who = text[st.Source.Start:st.Source.End] + " = nobody"
			if st.Source.Actor >= 0 {
				who = text[st.Source.Start:st.Source.End] + " = " + report.Actors[st.Source.Actor].Name
			}
		}
		s.wrong = append(s.wrong, fmt.Sprintf("%s %d: speaker is %q, not %q", base, n, who, row.Speaker))
	}
	s.types.Gold++
	if string(st.Type) == row.Type {
		s.types.True++
	} else {
		s.wrong = append(s.wrong, fmt.Sprintf("%s %d: type is %s, not %s: %s", base, n, st.Type, row.Type, surface(text, st.Content)))
	}
}

// aside counts what stands beside a statement. A text is right if it holds the
// gold text or is held by it. number is the gold number of a predicted statement.
func (s *reportScore) aside(row corpus.Row, report *record.Report, st *record.Statement, number func(int) string) {
	text := func(span record.Span) string { return strings.ToLower(report.Document.Text[span.Start:span.End]) }
	var got [len(besides)]string
	if st.Addressee != nil {
		got[0] = text(st.Addressee.Span)
	}
	if st.Place != nil {
		got[1] = text(st.Place.Span)
	}
	if st.Medium != nil {
		got[2] = text(*st.Medium)
	}
	if st.Time != nil {
		got[3] = text(st.Time.Span)
	}
	if st.Within >= 0 {
		got[4] = number(st.Within)
	}
	for i, key := range besides {
		want, c := strings.ToLower(row.Extra[key]), &s.beside[i]
		if want != "" {
			c.Gold++
		}
		if got[i] == "" {
			continue
		}
		c.Predicted++
		if want == got[i] || key != "in" && want != "" && (strings.Contains(want, got[i]) || strings.Contains(got[i], want)) {
			c.True++
		}
	}
}

// speakerOK reports whether the resolved actor of a statement's source is the
// speaker of the gold table.
func speakerOK(r *record.Report, st *record.Statement, gold string) bool {
	if st.Source == nil || st.Source.Actor < 0 {
		return false
	}
	a := &r.Actors[st.Source.Actor]
	return slices.ContainsFunc(strings.Split(gold, "/"), func(g string) bool { return isActor(r, a, g) })
}

func isActor(r *record.Report, a *record.Actor, gold string) bool {
	switch gold {
	case "*":
		return true
	case "anonymous":
		return a.Kind == record.Unnamed
	}
	if e, ok := gazetteer.Lookup(gold); ok && e.Class == gazetteer.Country && a.Country == e.Country && (a.Kind == record.Country || a.Kind == record.Organization) {
		return true
	}
	names := []string{a.Name}
	for _, m := range a.Mentions {
		if m.Form == record.FormName {
			names = append(names, r.Document.Text[m.Start:m.End])
		}
	}
	want := strings.Fields(strings.ToLower(gold))
	return slices.ContainsFunc(names, func(n string) bool {
		n = strings.ToLower(n)
		got := strings.Fields(n)
		return strings.Contains(n, strings.ToLower(gold)) || len(got) > 0 && got[len(got)-1] == want[len(want)-1]
	})
}
