package statement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

type pipeline struct {
	syntax     *syntax.Model
	names      *name.Model
	statements *statement.Model
}

func open(t testing.TB) *pipeline {
	t.Helper()
	var p pipeline
	var err error
	if p.syntax, err = syntax.Open(); err != nil {
		t.Fatal(err)
	}
	if p.names, err = name.Open(); err != nil {
		t.Fatal(err)
	}
	if p.statements, err = statement.Open(); err != nil {
		t.Fatal(err)
	}
	return &p
}

func (p *pipeline) read(text string) (*token.Doc, []statement.Statement) {
	d := token.Segment(text)
	tree := p.syntax.Parse(d)
	return d, p.statements.Find(d, tree, p.names.Find(d, tree))
}

// line is a statement in one line: type, source, cue, content.
func line(d *token.Doc, s *statement.Statement) string {
	join := func(rs []token.Range) string {
		var out []string
		for _, r := range rs {
			out = append(out, d.Surface(r))
		}
		return strings.Join(out, " … ")
	}
	return fmt.Sprintf("%s | %s | %s | %s", s.Type, join(s.Source), join(s.Cue), join(s.Content))
}

func TestFind(t *testing.T) {
	p := open(t)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"direct", `"We are leaving the talks," Mara Velic said.`,
			[]string{`direct | Mara Velic | said | "We are leaving the talks,"`}},
		{"indirect", `The minister said that the bridge would reopen in May.`,
			[]string{`indirect | The minister | said | that the bridge would reopen in May`}},
		{"mixed", `Velic said the offer was "an insult to the dead".`,
			[]string{`mixed | Velic | said | the offer was "an insult to the dead"`}},
		{"interrupted", `"We are leaving," Velic said. "We will not be back."`,
			[]string{`direct | Velic | said | "We are leaving," … "We will not be back."`}},
		{"spaced marks", `" We want peace and we are ready to talk ," he said.`,
			[]string{`direct | he | said | " We want peace and we are ready to talk ,"`}},
		{"according to", `According to the ministry, four people were injured in the fire.`,
			[]string{`indirect | the ministry | According to | four people were injured in the fire`}},
		{"paragraph that goes on", "“The dam will hold,” Velic said. “It has held for a century.\n“And if it does not, we will rebuild it.”",
			[]string{`direct | Velic | said | “The dam will hold,” … “It has held for a century. … “And if it does not, we will rebuild it.”`}},
		{"naming", `Soldiers fought with a group called the Red Bands on Tuesday.`, nil},
		{"scare quotes", `The so-called "winter clause" expires in June.`, nil},
		{"gloss", `"We will pay for it," she said, referring to the bridge that the flood took in 2019.`,
			[]string{`direct | she | said | "We will pay for it,"`}},
		{"chain", `Velic told reporters that the governor had said that the dam would fail.`,
			[]string{
				`indirect | Velic | told | that the governor had said that the dam would fail`,
				`indirect | the governor | had said | that the dam would fail`,
			}},
		{"narrative", `The two trains collided near the river on Tuesday night. Rescue teams worked until dawn.`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, found := p.read(test.text)
			var got []string
			for i := range found {
				got = append(got, line(d, &found[i]))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCircumstances(t *testing.T) {
	p := open(t)
	d, found := p.read("Mara Velic told reporters in Geneva on Thursday that the talks had failed.")
	if len(found) != 1 {
		t.Fatalf("%d statements, want 1", len(found))
	}
	s := found[0]
	for _, x := range []struct {
		what string
		got  token.Range
		want string
	}{{"addressee", s.Addressee, "reporters"}, {"place", s.Place, "Geneva"}, {"time", s.Time, "Thursday"}} {
		if got := d.Surface(x.got); got != x.want {
			t.Errorf("%s is %q, want %q", x.what, got, x.want)
		}
	}
	if s.Stance != "says" || s.CueLemma != "tell" {
		t.Errorf("stance %q of %q", s.Stance, s.CueLemma)
	}
}

// Every range lies in the document and is not empty, contents are in order,
// and links point to statements that are there.
func TestRanges(t *testing.T) {
	p := open(t)
	words := []string{`"`, `“`, `”`, "'", "said", "says", "Velic", "he", "that", "the", "minister", ".", ",", "\n", "told", "reporters", "according to", "war", "—", ":", "citing"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
		d, found := p.read(text)
		for i, s := range found {
			for _, rs := range [][]token.Range{s.Source, s.Cue, s.Content, {s.Addressee, s.Medium, s.Place, s.Time}} {
				for _, r := range rs {
					if r.First < 0 || r.First > r.Last || int(r.Last) > len(d.Tokens) {
						t.Fatalf("statement %d: range %v in %d tokens", i, r, len(d.Tokens))
					}
				}
			}
			if len(s.Content) == 0 || slices.ContainsFunc(s.Content, func(r token.Range) bool { return r.Len() == 0 }) {
				t.Fatalf("statement %d has no content: %v", i, s.Content)
			}
			if !slices.IsSortedFunc(s.Content, func(a, b token.Range) int { return int(a.Last - b.First) }) {
				t.Fatalf("statement %d: contents out of order: %v", i, s.Content)
			}
			if s.Within >= len(found) || s.SpeakerOf >= len(found) || s.Within == i {
				t.Fatalf("statement %d: within %d, speaker of %d", i, s.Within, s.SpeakerOf)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	p := open(b)
	d := token.Segment(strings.Repeat("\"We are leaving the talks,\" Mara Velic told reporters in Geneva on Thursday. The minister said that the bridge would reopen in May, according to state television.\n", 100))
	tree := p.syntax.Parse(d)
	names := p.names.Find(d, tree)
	b.ReportAllocs()
	for b.Loop() {
		p.statements.Find(d, tree, names)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
