package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/record"
)

// annotated builds a report from one of our annotated files: what the reader
// would find if it made no mistake.
func annotated(t testing.TB, path string) *record.Report {
	t.Helper()
	gold, err := corpus.ReadReport(path)
	if err != nil {
		t.Fatal(err)
	}
	published, err := time.Parse(time.DateOnly, gold.Meta["published"])
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte(gold.Text))
	r := &record.Report{Document: record.Document{
		ID: "sha256:" + hex.EncodeToString(hash[:]), Outlet: gold.Meta["outlet"], Title: gold.Meta["title"],
		Byline: gold.Meta["byline"], Published: published, Language: "en", Text: gold.Text,
	}}
	index := map[int]int{}
	for i, n := range gold.Numbers() {
		index[n] = i
	}
	for i, n := range gold.Numbers() {
		at, row := gold.Statements[n], gold.Rows[n]
		s := record.Statement{
			ID: "S" + strconv.Itoa(i+1), Type: record.StatementType(row.Type), Kind: record.Speech,
			Content: at.Content, Within: -1, Confidence: 0.95,
		}
		if len(at.Source) > 0 {
			s.Source = &record.Ref{Span: at.Source[0], Actor: actor(r, row.Speaker, at.Source[0])}
		}
		if len(at.Cue) > 0 {
			s.Cue = &record.Cue{Span: at.Cue[0]}
		}
		extra(t, &s, row.Extra, gold.Text, index)
		r.Statements = append(r.Statements, s)
	}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

func actor(r *record.Report, name string, at record.Span) int {
	kind := record.Person
	if name == "anonymous" {
		kind, name = record.Unnamed, strings.ToLower(surface(r, at)[:1])+surface(r, at)[1:]
	}
	for i := range r.Actors {
		if r.Actors[i].Name == name {
			r.Actors[i].Mentions = append(r.Actors[i].Mentions, record.Mention{Span: at, Form: record.FormName})
			return i
		}
	}
	a := record.Actor{ID: "A" + strconv.Itoa(len(r.Actors)+1), Kind: kind, Name: name}
	if role, ok := strings.CutSuffix(surface(r, at), " "+name); ok {
		a.Roles = []string{strings.TrimSuffix(role, ",")}
	}
	a.Mentions = []record.Mention{{Span: at, Form: record.FormName}}
	r.Actors = append(r.Actors, a)
	return len(r.Actors) - 1
}

func extra(t testing.TB, s *record.Statement, keys map[string]string, text string, index map[int]int) {
	t.Helper()
	after := s.Content[0].Start
	if s.Cue != nil {
		after = s.Cue.Start
	}
	find := func(key string) *record.Span {
		want, ok := keys[key]
		if !ok {
			return nil
		}
		i := strings.Index(text[after:], want)
		if i < 0 {
			t.Fatalf("%s=%s does not follow the cue", key, want)
		}
		return &record.Span{Start: after + i, End: after + i + len(want)}
	}
	s.Medium = find("medium")
	if to := find("to"); to != nil {
		s.Addressee = &record.Ref{Span: *to, Actor: -1}
	}
	if place := find("place"); place != nil {
		s.Place = &record.Place{Span: *place, Name: keys["place"]}
	}
	if when := find("time"); when != nil {
		s.Time = &record.Time{Span: *when}
	}
	if n, err := strconv.Atoi(keys["in"]); err == nil {
		s.Within = index[n]
	}
	if c, err := strconv.ParseFloat(keys["conf"], 64); err == nil {
		s.Confidence = c
	}
	if kind := keys["kind"]; kind != "" {
		s.Kind = record.StatementKind(kind)
	}
}

func harbour(t testing.TB) *record.Report {
	t.Helper()
	r := annotated(t, filepath.Join("testdata", "harbour.ann"))
	addEvents(t, r)
	return r
}

// golden compares got with a file of testdata. UPDATE=1 rewrites the file; read the diff.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); UPDATE=1 rewrites it:\n%s", path, diff)
	}
}

// hostile is a report whose text, names and facts hold what must never be obeyed.
func hostile() *record.Report {
	const nasty = "<script>alert(1)</script>\" onmouseover='alert(2)' </style><!-- ]]> {{.}} javascript:alert(3) \u202Eevil\u202C \x1b[31mred\x1b]0;title\x07 \x00 \u0085 =HYPERLINK(\"x\") \u2028 `${1}` &lt;"
	whole := record.Span{Start: 0, End: len(nasty)}
	d := record.Document{ID: nasty, URL: "javascript:alert(4)", Outlet: nasty, Title: nasty, Byline: nasty, Language: nasty, Text: nasty}
	return &record.Report{
		Document: d,
		Actors: []record.Actor{{
			ID: "A1", Kind: nasty, Name: nasty, Country: nasty, Sector: nasty, Roles: []string{nasty},
			Mentions: []record.Mention{{Span: whole, Form: nasty}},
		}},
		Statements: []record.Statement{{
			ID: "S1", Type: record.Mixed, Kind: nasty, Stance: nasty, Source: &record.Ref{Span: whole}, Cue: &record.Cue{Span: whole, Lemma: nasty},
			Content: []record.Span{whole}, Addressee: &record.Ref{Span: whole, Actor: -1}, Medium: &whole,
			Place: &record.Place{Span: whole, Name: nasty}, Time: &record.Time{Span: whole, Value: nasty}, Within: -1,
		}},
		Events: []record.Event{{
			ID: "E1", Type: nasty, Mode: nasty, Contexts: []string{nasty}, Source: []int{0}, Target: []int{0, 0}, Trigger: whole, Object: &whole,
			Date: &record.Time{Span: whole, Value: "2" + nasty, Granularity: nasty}, Place: &record.Place{Span: whole, Name: nasty, Country: nasty},
			Magnitudes: []record.Magnitude{{Span: whole, Hedge: nasty, Unit: nasty}}, Status: nasty, Why: []record.Reason{{Rule: nasty, Text: nasty, Span: &whole}},
		}},
		Warnings: []record.Warning{{Code: nasty, Message: nasty}},
	}
}

func text(t *testing.T, r *record.Report, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, r, width); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	golden(t, "harbour.txt", []byte(text(t, harbour(t), 80)))
}

func TestTextOfNothing(t *testing.T) {
	if got := text(t, &record.Report{}, 80); !strings.Contains(got, nothing) {
		t.Errorf("got %q", got)
	}
}
