package record

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// full is a report with every key filled, over a text that holds one code
// point of each length in UTF-8.
func full() *Report {
	text := "Zoë 🙂 told “us” in Rome on Monday: no."
	at := func(s string) Span {
		i := strings.Index(text, s)
		return Span{i, i + len(s)}
	}
	medium := at("us")
	warned, object, why := at("”"), at("“us”"), at("told")
	return &Report{
		Document: Document{
			ID: "sha256:00", URL: "https://example.org/a", Outlet: "The Bell", Title: "No", Byline: "By Ann",
			Published: time.Date(2025, 5, 16, 9, 30, 0, 0, time.UTC), Language: "en", Text: text,
		},
		Actors: []Actor{{
			ID: "A1", Kind: Person, Name: "Zoë", Country: "ITA", Sector: "GOV", Roles: []string{"minister"},
			Mentions: []Mention{{at("Zoë"), FormName}},
		}},
		Statements: []Statement{{
			ID: "S1", Type: Indirect, Kind: Speech, Stance: "says",
			Source: &Ref{at("Zoë 🙂"), 0}, Cue: &Cue{at("told"), "tell"}, Content: []Span{at("no")},
			Addressee: &Ref{at("“us”"), 0}, Medium: &medium,
			Place:  &Place{Span: at("Rome"), Name: "Rome", Country: "ITA", Located: true, Lat: 41.9, Lon: 12.5},
			Time:   &Time{Span: at("Monday"), Value: "2025-05-12", Granularity: "day"},
			Within: 1, Confidence: 0.97,
		}, {ID: "S2", Within: -1}},
		Events: []Event{{
			ID: "E1", Type: "REJECT", Mode: "meet", Contexts: []string{"diplomatic", "legal"}, Source: []int{0}, Target: []int{0}, Trigger: at("no"), Object: &object,
			Date:  &Time{Span: at("Monday"), Value: "2025-05-12", Granularity: "day"},
			Place: &Place{Span: at("Rome"), Name: "Rome", Country: "ITA"}, Magnitudes: []Magnitude{{at("us"), 2.5, "about", "people"}},
			Status: Reported, Statement: 1, Confidence: 0.8, Why: []Reason{{"frame", "tell + no: REJECT", &why}, {Rule: "status", Text: "in S2"}},
		}, {ID: "E2", Type: "AID", Status: Planned, Statement: -1}},
		Warnings: []Warning{{"quote-unclosed", "a quotation is never closed", &warned}, {Code: "charset-guessed"}},
	}
}

func TestJSON(t *testing.T) {
	want := `{"schema":"rapporteur/report@1","document":{"id":"sha256:00","url":"https://example.org/a","outlet":"The Bell",` +
		`"title":"No","byline":"By Ann","published":"2025-05-16T09:30:00Z","language":"en","text":"Zoë 🙂 told “us” in Rome on Monday: no."},` +
		`"actors":[{"id":"A1","kind":"person","name":"Zoë","country":"ITA","sector":"GOV","roles":["minister"],` +
		`"mentions":[{"start":0,"end":3,"text":"Zoë","form":"name"}]}],` +
		`"statements":[{"id":"S1","type":"indirect","kind":"speech","stance":"says",` +
		`"source":{"start":0,"end":5,"text":"Zoë 🙂","actor":"A1"},"cue":{"start":6,"end":10,"text":"told","lemma":"tell"},` +
		`"content":[{"start":35,"end":37,"text":"no"}],"addressee":{"start":11,"end":15,"text":"“us”","actor":"A1"},` +
		`"medium":{"start":12,"end":14,"text":"us"},` +
		`"place":{"start":19,"end":23,"text":"Rome","name":"Rome","country":"ITA","lat":41.9,"lon":12.5},` +
		`"time":{"start":27,"end":33,"text":"Monday","value":"2025-05-12","granularity":"day"},"within":"S2","confidence":0.97},` +
		`{"id":"S2","type":null,"kind":null,"stance":null,"source":null,"cue":null,"content":[],"addressee":null,"medium":null,` +
		`"place":null,"time":null,"within":null,"confidence":0}],` +
		`"events":[{"id":"E1","type":"REJECT","mode":"meet","contexts":["diplomatic","legal"],"source":["A1"],"target":["A1"],` +
		`"trigger":{"start":35,"end":37,"text":"no"},"object":{"start":11,"end":15,"text":"“us”"},` +
		`"date":{"start":27,"end":33,"text":"Monday","value":"2025-05-12","granularity":"day"},` +
		`"place":{"start":19,"end":23,"text":"Rome","name":"Rome","country":"ITA","lat":null,"lon":null},` +
		`"magnitudes":[{"start":12,"end":14,"text":"us","value":2.5,"hedge":"about","unit":"people"}],` +
		`"status":"reported","statement":"S2","confidence":0.8,` +
		`"why":[{"rule":"frame","text":"tell + no: REJECT","span":{"start":6,"end":10,"text":"told"}},{"rule":"status","text":"in S2","span":null}]},` +
		`{"id":"E2","type":"AID","mode":null,"contexts":[],"source":[],"target":[],"trigger":{"start":0,"end":0,"text":""},"object":null,` +
		`"date":null,"place":null,"magnitudes":[],"status":"planned","statement":null,"confidence":0}],` +
		`"warnings":[{"code":"quote-unclosed","message":"a quotation is never closed","start":14,"end":15},` +
		`{"code":"charset-guessed","message":"","start":null,"end":null}]}`
	got, err := full().AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestIndentIsTheSameJSON(t *testing.T) {
	line, err := full().AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	page, err := full().AppendJSONIndent(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(page, []byte("\n")); got != 12 {
		t.Errorf("%d line breaks, want one before each part and each item", got)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, page); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(line), compact.String()); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyReport(t *testing.T) {
	got, err := (&Report{}).AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":"rapporteur/report@1","document":{"id":null,"url":null,"outlet":null,"title":null,"byline":null,` +
		`"published":null,"language":null,"text":""},"actors":[],"statements":[],"events":[],"warnings":[]}`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestConfidenceIsRounded(t *testing.T) {
	for _, c := range []struct {
		in   float64
		want string
	}{
		{0, "0"}, {0.004, "0"}, {0.01, "0.01"}, {0.1, "0.1"}, {0.97, "0.97"}, {0.994, "0.99"}, {0.996, "1"}, {1, "1"},
		{1.5, "1"}, {-1, "0"}, {math.NaN(), "0"}, {math.Inf(1), "1"}, {math.Inf(-1), "0"}, {0.29, "0.29"}, {0.57, "0.57"},
	} {
		var e encoder
		e.confidence(c.in)
		if string(e.b) != c.want {
			t.Errorf("%v is written %s, want %s", c.in, e.b, c.want)
		}
	}
}

// anyText draws texts that are hard to count in: code points of every length,
// combining marks, bidi overrides, joiners, controls and JSON's own signs.
func anyText(t *rapid.T, label string) string {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"𝕐", "🙂", "👩‍👩‍👧", "é", "e\u0301", "\u202E", "\u2067", "\u2069", "\u200F", "\x00", "\x1b", "\u2028", "\\", `"`, "\ufffd", " ", "\n", "\t", "\r"}),
		rapid.StringMatching(`[a-z “”,.]{0,90}`),
	)
	return strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, label), ""), "\ufffd")
}

// anyReport draws a report over any text, with spans at any border of code points.
func anyReport(t *rapid.T) *Report {
	text := anyText(t, "text")
	borders := make([]int, 0, len(text)+1)
	for i := range text {
		borders = append(borders, i)
	}
	borders = append(borders, len(text))
	span := func() Span {
		a := rapid.IntRange(0, len(borders)-1).Draw(t, "start")
		b := rapid.IntRange(a, len(borders)-1).Draw(t, "end")
		return Span{borders[a], borders[b]}
	}
	word := func() string { return anyText(t, "word") }
	r := &Report{Document: Document{ID: word(), URL: word(), Outlet: word(), Title: word(), Byline: word(), Language: word(), Text: text}}
	r.Document.Published = time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "published"), 0).UTC()
	for i := range rapid.IntRange(0, 3).Draw(t, "actors") {
		a := Actor{ID: "A" + strconv.Itoa(i+1), Kind: Unnamed, Name: word(), Country: word(), Sector: word()}
		for range rapid.IntRange(0, 3).Draw(t, "mentions") {
			a.Mentions = append(a.Mentions, Mention{span(), FormPronoun})
			a.Roles = append(a.Roles, word())
		}
		r.Actors = append(r.Actors, a)
	}
	ref := func() *Ref { return &Ref{span(), rapid.IntRange(-1, len(r.Actors)-1).Draw(t, "actor")} }
	n := rapid.IntRange(0, 3).Draw(t, "statements")
	for i := range n {
		s := Statement{ID: "S" + strconv.Itoa(i+1), Type: Mixed, Kind: Writing, Stance: word(), Within: -1}
		s.Confidence = float64(rapid.IntRange(0, 100).Draw(t, "confidence")) / 100
		if rapid.Bool().Draw(t, "parts") {
			medium := span()
			s.Source, s.Addressee, s.Medium, s.Cue = ref(), ref(), &medium, &Cue{span(), word()}
			s.Place = &Place{Span: span(), Name: word(), Country: word(), Located: true, Lat: -12.5, Lon: 0}
			s.Time = &Time{Span: span(), Value: word(), Granularity: word()}
			s.Within = (i+1)%n - btoi((i+1)%n == i)*(i+1)
		}
		if c := span(); rapid.Bool().Draw(t, "content") {
			s.Content = []Span{c, {c.End, len(text)}}
		}
		r.Statements = append(r.Statements, s)
	}
	r.Events = anyEvents(t, r, span, word)
	if rapid.Bool().Draw(t, "warn") {
		s := span()
		r.Warnings = []Warning{{Code: word(), Message: word(), Span: &s}}
	}
	return r
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Law 1: in the JSON, text[start:end] in code points is the surface, and what
// is decoded is what was encoded, for any text.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReport(t)
		data, err := r.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		spansHold(t, data, r.Document.Text)
		back, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// spansHold checks law 1 the way a reader in another language would.
func spansHold(t *rapid.T, data []byte, text string) {
	runes := []rune(text)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			start, ok1 := v["start"].(float64)
			end, ok2 := v["end"].(float64)
			surface, ok3 := v["text"].(string)
			if ok1 && ok2 && ok3 && string(runes[int(start):int(end)]) != surface {
				t.Fatalf("[%v, %v) is %q, not %q", start, end, string(runes[int(start):int(end)]), surface)
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	walk(v)
}

func TestStringsAreJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		var e encoder
		e.string(s)
		var back string
		if err := json.Unmarshal(e.b, &back); err != nil {
			t.Fatalf("%q: %v", e.b, err)
		}
		want := string([]rune(s)) // as range over a string decodes it: U+FFFD for each wrong byte
		if back != want || !utf8.Valid(e.b) {
			t.Fatalf("%q became %q", s, back)
		}
	})
}

func TestCheckRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Report){
		"text":        func(r *Report) { r.Document.Text = "\xff" },
		"span":        func(r *Report) { r.Statements[0].Cue.End = 1 << 20 },
		"backwards":   func(r *Report) { r.Statements[0].Source.Span = Span{3, 1} },
		"code point":  func(r *Report) { r.Statements[0].Place.Span = Span{0, 3} },
		"mention":     func(r *Report) { r.Actors[0].Mentions[0].Start = -1 },
		"actor":       func(r *Report) { r.Statements[0].Addressee.Actor = 1 },
		"within":      func(r *Report) { r.Statements[1].Within = 2 },
		"within self": func(r *Report) { r.Statements[1].Within = 1 },
		"order":       func(r *Report) { r.Statements[0].Content = []Span{{5, 9}, {0, 2}} },
		"id":          func(r *Report) { r.Statements[1].ID = "S1" },
		"actor id":    func(r *Report) { r.Actors[0].ID = "" },
		"warning":     func(r *Report) { r.Warnings[0].Span.End = 1 << 20 },
		"event id":    func(r *Report) { r.Events[1].ID = "E1" },
		"type":        func(r *Report) { r.Events[0].Type = "YIELD" },
		"no type":     func(r *Report) { r.Events[1].Type = "" },
		"mode":        func(r *Report) { r.Events[0].Mode = "violence" },
		"context":     func(r *Report) { r.Events[0].Contexts[1] = "weather" },
		"status":      func(r *Report) { r.Events[1].Status = "" },
		"source":      func(r *Report) { r.Events[0].Source = []int{-1} },
		"target":      func(r *Report) { r.Events[0].Target = []int{0, 1} },
		"trigger":     func(r *Report) { r.Events[0].Trigger = Span{0, 3} },
		"object":      func(r *Report) { r.Events[0].Object.End = 1 << 20 },
		"event date":  func(r *Report) { r.Events[0].Date.Span = Span{3, 1} },
		"event place": func(r *Report) { r.Events[0].Place.Start = -1 },
		"magnitude":   func(r *Report) { r.Events[0].Magnitudes[0].End = 1 << 20 },
		"value":       func(r *Report) { r.Events[0].Magnitudes[0].Value = math.NaN() },
		"reported in": func(r *Report) { r.Events[0].Statement = 2 },
		"why":         func(r *Report) { r.Events[0].Why[0].Span.End = 1 << 20 },
		"year":        func(r *Report) { r.Document.Published = time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		r := full()
		spoil(r)
		if _, err := r.AppendJSON(nil); err == nil {
			t.Errorf("%s: a report that breaks the laws was encoded", name)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := full().AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{`report@1`, `report@9`},
		{`"start":0,"end":3`, `"start":1,"end":3`},
		{`"start":0,"end":3`, `"start":0,"end":300`},
		{`"start":0,"end":3`, `"start":-1,"end":3`},
		{`"within":"S2"`, `"within":"S7"`},
		{`"actor":"A1"`, `"actor":"A7"`},
		{`"source":["A1"]`, `"source":["A7"]`},
		{`"target":["A1"]`, `"target":[""]`},
		{`"statement":"S2"`, `"statement":"S7"`},
		{`"type":"REJECT"`, `"type":"YIELD"`},
		{`"span":{"start":6,"end":10`, `"span":{"start":6,"end":9`},
		{`"value":2.5`, `"value":1e999`},
		{`{"schema"`, `{"schema`},
	} {
		bad := strings.Replace(string(good), c[0], c[1], 1)
		if bad == string(good) {
			t.Fatalf("%s does not stand in the report", c[0])
		}
		if _, err := Decode([]byte(bad)); err == nil {
			t.Errorf("decoded with %s", c[1])
		}
	}
}

func FuzzDecode(f *testing.F) {
	data, err := full().AppendJSON(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"schema":"rapporteur/report@1","document":{"text":"é"},"statements":[{"id":"S1","cue":{"start":0,"end":1,"text":"é"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Decode(data)
		if err != nil {
			return
		}
		first, err := r.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(first)
		if err != nil {
			t.Fatalf("%v in %s", err, first)
		}
		second, err := again.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Fatalf("not stable:\n%s\n%s", first, second)
		}
	})
}

// BenchmarkAppendJSON encodes a long report in which every sentence is a statement.
func BenchmarkAppendJSON(b *testing.B) {
	const sentence = "“We are ready to talk,” the minister told reporters in Geneva on Monday. "
	r := &Report{Document: Document{Text: strings.Repeat(sentence, 2000)}, Actors: []Actor{{ID: "A1"}}}
	for i := range 2000 {
		at := func(s string) Span {
			k := i*len(sentence) + strings.Index(sentence, s)
			return Span{k, k + len(s)}
		}
		r.Statements = append(r.Statements, Statement{
			ID: "S" + strconv.Itoa(i+1), Type: Direct, Kind: Speech, Stance: "says", Source: &Ref{at("the minister"), 0},
			Cue: &Cue{at("told"), "tell"}, Content: []Span{at("“We are ready to talk,”")}, Within: -1, Confidence: 0.9,
		})
	}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		out, err := r.AppendJSON(buf[:0])
		if err != nil {
			b.Fatal(err)
		}
		buf = out
	}
	b.SetBytes(int64(len(buf)))
}
