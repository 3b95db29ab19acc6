package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/record"
)

// addEvents adds what the parties of the harbour report did, by hand.
func addEvents(t testing.TB, r *record.Report) {
	t.Helper()
	at := func(words string) record.Span {
		i := strings.Index(r.Document.Text, words)
		if i < 0 {
			t.Fatalf("the text does not hold %q", words)
		}
		return record.Span{Start: i, End: i + len(words)}
	}
	in := func(whole, words string) record.Span {
		i := at(whole).Start + strings.Index(whole, words)
		return record.Span{Start: i, End: i + len(words)}
	}
	role := func(name string) int {
		for i := range r.Actors {
			if strings.HasSuffix(r.Actors[i].Name, name) {
				return i
			}
		}
		t.Fatalf("no actor is called %q", name)
		return -1
	}
	r.Actors = append(r.Actors,
		record.Actor{ID: "A4", Kind: record.Group, Name: "the dockers", Country: "NLD", Sector: "LAB"},
		record.Actor{ID: "A5", Kind: record.Organization, Mentions: []record.Mention{{Span: at("the harbour police"), Form: record.FormNominal}}},
	)
	venn, lammers, dockers, police := role("Venn"), role("Lammers"), role("dockers"), len(r.Actors)-1
	offer, end := at("eleven per cent"), at("talks would end on Friday")
	r.Events = []record.Event{{
		ID: "E1", Type: "REJECT", Mode: "meet", Contexts: []string{"economic"}, Source: []int{venn}, Trigger: at("will not sit at a table"),
		Place: &record.Place{Span: in("Port Alder on", "Port Alder"), Name: "Port Alder"}, Status: record.Reported, Statement: 0, Confidence: 0.8,
	}, {
		ID: "E2", Type: "AGREE", Contexts: []string{"economic"}, Source: []int{venn}, Target: []int{dockers}, Trigger: at("offered"), Object: &offer,
		Magnitudes: []record.Magnitude{{Span: offer, Value: 11, Unit: "per cent"}}, Status: record.Reported, Statement: 1, Confidence: 0.9,
	}, {
		ID: "E3", Type: "THREATEN", Mode: "relations", Source: []int{lammers, dockers}, Target: []int{venn}, Trigger: at("warned"), Object: &end,
		Date: &record.Time{Span: at("Friday"), Value: "2031-03-07", Granularity: "day"}, Status: record.Reported, Statement: 3, Confidence: 0.7,
	}, {
		ID: "E4", Type: "RETREAT", Mode: "withdraw", Source: []int{police}, Trigger: in("police left the gates", "left"),
		Status: record.Hypothetical, Statement: 3, Confidence: 0.62,
	}, {
		ID: "E5", Type: "PROTEST", Source: []int{dockers, lammers}, Target: []int{lammers, dockers}, Trigger: at("waited"),
		Date: &record.Time{Span: at("since February"), Value: "2031-02/", Granularity: "month"}, Status: record.Background, Statement: -1, Confidence: 0.9,
	}}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
}

// explained is the harbour report with the reasons of its first event.
func explained(t testing.TB) *record.Report {
	r := harbour(t)
	r.Events[0].Why = []record.Reason{
		{Rule: "frame", Text: "sit + at table: CONSULT", Span: &r.Events[0].Trigger},
		{Rule: "turn", Text: "negated, said: REJECT meet"},
	}
	return r
}

func TestTextOfEventsAlone(t *testing.T) {
	golden(t, "events.txt", []byte(text(t, explained(t).EventsOnly(), 72)))
}

func TestPLOVER(t *testing.T) {
	var b bytes.Buffer
	r := harbour(t)
	r.Document.URL = "https://courier.example/strike"
	r.Events[0].Place.Country, r.Events[0].Place.Located, r.Events[0].Place.Lat, r.Events[0].Place.Lon = "NLD", true, 52.5, 4.25
	if err := PLOVER(&b, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "harbour.plover.jsonl", b.Bytes())
}

// Each line is a record whose text is what stands at its offsets, whatever the report holds.
func TestPLOVERHoldsTheText(t *testing.T) {
	r := hostile()
	r.Document.Text = "é🙂. " + r.Document.Text
	r.Events[0].Trigger = record.Span{Start: 2, End: len(r.Document.Text)}
	for name, r := range map[string]*record.Report{"harbour": harbour(t), "hostile": r, "bare": {Events: []record.Event{{}}}} {
		var b bytes.Buffer
		if err := PLOVER(&b, r); err != nil {
			t.Fatal(err)
		}
		runes, lines := []rune(r.Document.Text), strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if len(lines) != len(r.Events) {
			t.Fatalf("%s: %d lines for %d events", name, len(lines), len(r.Events))
		}
		for _, l := range lines {
			var got ploverRecord
			if err := json.Unmarshal([]byte(l), &got); err != nil {
				t.Fatal(err)
			}
			at := got.TextInfo
			if string(runes[at.Start:at.End]) != got.Text || string(runes[at.EventStart:at.EventEnd]) != got.EventText[0] {
				t.Errorf("%s: %+v does not hold %q", name, at, got.Text)
			}
			if at.EventStart < at.Start || at.EventEnd > at.End {
				t.Errorf("%s: the trigger stands outside its sentence: %+v", name, at)
			}
		}
	}
}

func TestDays(t *testing.T) {
	for in, want := range map[string][2]string{
		"2031-03-07":            {"2031-03-07", "2031-03-07"},
		"2031-03-07T10:30":      {"2031-03-07", "2031-03-07"},
		"2032-02":               {"2032-02-01", "2032-02-29"},
		"2031":                  {"2031-01-01", "2031-12-31"},
		"2031-03-03/2031-03-09": {"2031-03-03", "2031-03-09"},
		"2031-03/2031-05":       {"2031-03-01", "2031-05-31"},
		"2031-02/..":            {"2031-02-01", ""},
		"2031-02/":              {"2031-02-01", ""},
	} {
		if first, last, ok := days(in); !ok || first != want[0] || last != want[1] {
			t.Errorf("%s is %s to %s, %v", in, first, last, ok)
		}
	}
	for _, in := range []string{"", "P3D", "2031-22", "2031-13", "soon", "../2031", "/"} {
		if first, last, ok := days(in); ok {
			t.Errorf("%q is %s to %s", in, first, last)
		}
	}
}

// An event that the text gives no date has the day of publication, and says so;
// where that is not known either it has none.
func TestPLOVERDates(t *testing.T) {
	date := func(d record.Document, when *record.Time) []string {
		var out []string
		first, last, from := ploverDate(&d, &record.Event{Date: when})
		for _, s := range []*string{first, last, from} {
			if s == nil {
				out = append(out, "null")
			} else {
				out = append(out, *s)
			}
		}
		return out
	}
	known := record.Document{Published: time.Date(2031, 3, 4, 23, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		d    record.Document
		when *record.Time
		want []string
	}{
		{known, &record.Time{Value: "2030-12"}, []string{"2030-12-01", "2030-12-31", "text"}},
		{record.Document{}, &record.Time{Value: "2030-12-24"}, []string{"2030-12-24", "null", "text"}},
		{known, &record.Time{}, []string{"2031-03-04", "null", "publication"}},
		{known, nil, []string{"2031-03-04", "null", "publication"}},
		{record.Document{}, &record.Time{Value: "P3D"}, []string{"null", "null", "null"}},
	} {
		if diff := cmp.Diff(c.want, date(c.d, c.when)); diff != "" {
			t.Errorf("%+v:\n%s", c.when, diff)
		}
	}
}

// The scene is a part of the text around the trigger, no longer than a few lines.
func TestScene(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([A-Za-zé🙂]{0,9}[ .,\n]{0,2}){0,60}`).Draw(t, "text")
		borders := []int{}
		for i := range text {
			borders = append(borders, i)
		}
		borders = append(borders, len(text))
		i := rapid.IntRange(0, len(borders)-1).Draw(t, "from")
		j := rapid.IntRange(i, min(i+20, len(borders)-1)).Draw(t, "to")
		trigger := record.Span{Start: borders[i], End: borders[j]}
		before, words, after := newSentences(text).scene(&record.Report{Document: record.Document{Text: text}}, trigger)
		before, after = strings.TrimPrefix(before, "…"), strings.TrimSuffix(after, " …")
		if words != text[trigger.Start:trigger.End] || !strings.HasSuffix(text[:trigger.Start], before) || !strings.HasPrefix(text[trigger.End:], after) {
			t.Fatalf("%q, %q, %q is not what stands at %v of %q", before, words, after, trigger, text)
		}
		if n := len([]rune(before)); n > roomBefore {
			t.Fatalf("%d code points before the trigger", n)
		}
		if n := len([]rune(after)); n > roomAfter {
			t.Fatalf("%d code points after the trigger", n)
		}
	})
}

func TestParties(t *testing.T) {
	r := &record.Report{Actors: []record.Actor{{ID: "A1", Name: "Ann"}, {ID: "A2", Name: "Ben"}, {ID: "A3"}}}
	for _, c := range []struct {
		source, target []int
		want           string
	}{
		{nil, nil, ""},
		{[]int{0}, nil, "Ann"},
		{nil, []int{1}, "→ Ben"},
		{[]int{0, 2}, []int{1}, "Ann, A3 → Ben"},
		{[]int{0, 1}, []int{1, 0}, "Ann, Ben"},
		{[]int{0, 1}, []int{0}, "Ann, Ben → Ann"},
	} {
		if got := parties(r, &record.Event{Source: c.source, Target: c.target}); got != c.want {
			t.Errorf("%v to %v reads %q, want %q", c.source, c.target, got, c.want)
		}
	}
}

func TestWhen(t *testing.T) {
	r := &record.Report{Document: record.Document{Text: "three days"}}
	for value, want := range map[string]string{
		"": "three days", "P3D": "three days", "2031-03-07": "2031-03-07", "2031-03/2031-05": "2031-03 to 2031-05", "2031/..": "since 2031", "2031/": "since 2031", "../2031": "until 2031", "/2031": "until 2031",
	} {
		if got := when(r, &record.Event{Date: &record.Time{Span: record.Span{End: 10}, Value: value}}); got != want {
			t.Errorf("%q reads %q, want %q", value, got, want)
		}
	}
	if got := when(r, &record.Event{}); got != "" {
		t.Errorf("no date reads %q", got)
	}
}

// Thousands of events in one endless sentence must not make the output quadratic.
func TestPLOVERIsLinear(t *testing.T) {
	r := &record.Report{Document: record.Document{Text: strings.Repeat("word ", 20_000)}}
	for i := range 2000 {
		r.Events = append(r.Events, record.Event{ID: "E", Trigger: record.Span{Start: 50 * i, End: 50*i + 4}, Statement: -1})
	}
	var b bytes.Buffer
	if err := PLOVER(&b, r); err != nil {
		t.Fatal(err)
	}
	if n := b.Len() / len(r.Events); n > 4<<10 {
		t.Errorf("%d bytes an event", n)
	}
}
