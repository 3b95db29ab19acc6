// Package storetest holds a store to what package keep and the commands ask of
// it. A second database passes the same tests as the first.
package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// Store is a whole store.
type Store interface {
	keep.Store
	Get(ctx context.Context, number int64) (*store.Kept, error)
	Search(ctx context.Context, q store.Query) ([]store.Hit, bool, error)
	Failures(ctx context.Context) iter.Seq2[store.Failure, error]
	Verify(ctx context.Context, tell func(store.Problem)) (store.Checked, error)
	Decide(ctx context.Context, id store.ID, verdict, note, when string) error
	Stats(ctx context.Context) (*store.Stats, error)
	keep.Feeds
	AddFeed(ctx context.Context, f store.Feed) (added bool, err error)
	RemoveFeed(ctx context.Context, url string) (removed bool, err error)
}

const reader = "test 1"

// day is when everything here is found.
var day = time.Date(2025, 5, 16, 12, 0, 0, 0, time.UTC)

// Run runs the tests; open makes a new, empty store.
func Run(t *testing.T, open func(t *testing.T) Store) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, s Store)
	}{
		{"KeepsWhatItIsGiven", keepsWhatItIsGiven},
		{"TheSameTwiceIsKeptOnce", theSameTwice},
		{"AnotherTextAtTheAddressIsAVersion", versions},
		{"ACopyIsMarked", copies},
		{"AFailureIsKeptAndPasses", failures},
		{"AllOrNone", allOrNone},
		{"SearchFinds", search},
		{"ReplaceKeepsDecisions", replace},
		{"AllGoesOn", allGoesOn},
		{"FeedsAreKept", feeds},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			c.test(t, s)
			if _, err := s.Verify(t.Context(), func(p store.Problem) { t.Errorf("%s: %s", p.Row, p.Why) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// Report makes a report of text in which every line "NAME said: CONTENT" is a
// statement, and every word "met" an event.
func Report(url, text string) *record.Report {
	hash := sha256.Sum256([]byte(text))
	r := &record.Report{Document: record.Document{
		ID: "sha256:" + hex.EncodeToString(hash[:]), URL: url, Outlet: "The Strait Observer", Title: "A title", Language: "en",
		Published: day.AddDate(0, 0, -1), Text: text,
	}}
	actors := map[string]int{}
	actor := func(at record.Span) int {
		name := text[at.Start:at.End]
		i, ok := actors[name]
		if !ok {
			i = len(r.Actors)
			actors[name] = i
			r.Actors = append(r.Actors, record.Actor{Kind: record.Person, Name: name, Country: "OMN"})
		}
		r.Actors[i].Mentions = append(r.Actors[i].Mentions, record.Mention{Span: at, Form: record.FormName})
		return i
	}
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		whole := strings.TrimRight(line, "\n")
		if name, content, ok := strings.Cut(whole, " said: "); ok {
			who := record.Span{Start: at, End: at + len(name)}
			from := at + len(whole) - len(content)
			r.Statements = append(r.Statements, record.Statement{
				Type: record.Direct, Kind: record.Speech, Stance: "says", Source: &record.Ref{Span: who, Actor: actor(who)},
				Cue:     &record.Cue{Span: record.Span{Start: who.End + 1, End: who.End + 5}, Lemma: "say"},
				Content: []record.Span{{Start: from, End: at + len(whole)}}, Within: -1, Confidence: 0.9,
			})
		}
		if i := strings.Index(line, " met "); i >= 0 {
			a := actor(record.Span{Start: at, End: at + i})
			r.Events = append(r.Events, record.Event{
				Type: "CONSULT", Source: []int{a}, Trigger: record.Span{Start: at + i + 1, End: at + i + 4}, Status: record.Asserted, Statement: -1, Confidence: 0.7,
			})
		}
		at += len(line)
	}
	for i := range r.Actors {
		r.Actors[i].ID = "A" + string(rune('1'+i))
	}
	for i := range r.Statements {
		r.Statements[i].ID = "S" + string(rune('1'+i))
	}
	for i := range r.Events {
		r.Events[i].ID = "E" + string(rune('1'+i))
	}
	return r
}

// Item makes an item of a report.
func Item(url, text string) store.Item {
	it := store.Item{
		Origin: "reports/" + url, Address: url, Found: day, Raw: []byte("<p>" + text), MediaType: "text/html",
		Given: record.Document{Outlet: "The Strait Observer"}, Extra: map[string]string{"tag": "talks"}, Report: Report(url, text),
	}
	it.Key = store.KeyOf(it.Address, it.MediaType, it.Raw, &it.Given, it.Extra)
	return it
}

// Texts of our own, long enough to be told apart.
const (
	talks = "Leila Haddad said: The delegations will not leave Muscat before the list of prisoners is agreed, name by name.\n" +
		"Leila Haddad met the envoy of the island at the old customs house on Thursday, after two days without a meeting.\n" +
		"Tomas Brandt said: We came with the same offer as in April and it is still on the table, whatever is told in the corridors.\n" +
		"The talks are the first since the ferry was stopped in the strait, and both delegations brought their lawyers."
	harvest = "Ana Petrosyan said: The frost took half of the apricots, and the state will pay for every second tree that was lost.\n" +
		"Farmers in the valley have asked for seed and for a delay of their loans until the spring of next year, she added.\n" +
		"The ministry expects the first payments in June, when the commissions have walked through the orchards of eleven villages."
)

func put(t *testing.T, s Store, items ...store.Item) []store.Outcome {
	t.Helper()
	out, err := s.Put(t.Context(), items, reader)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func want(t *testing.T, got []store.Outcome, fates ...store.Fate) {
	t.Helper()
	var have []store.Fate
	for _, o := range got {
		have = append(have, o.Fate)
	}
	if !slices.Equal(have, fates) {
		t.Fatalf("fates %v, want %v", have, fates)
	}
}

func keepsWhatItIsGiven(t *testing.T, s Store) {
	t.Helper()
	it := Item("https://example.org/a", talks)
	want(t, put(t, s, it), store.Added)
	k, err := s.Get(t.Context(), 1)
	if err != nil || k == nil {
		t.Fatal(k, err)
	}
	if diff := cmp.Diff(it.Report, k.Report); diff != "" {
		t.Errorf("the report came back otherwise:\n%s", diff)
	}
	if k.Origin != it.Origin || !k.Found.Equal(day) || k.Version != 1 || k.Reader != reader || k.Extra["tag"] != "talks" || k.ID() != "D1" {
		t.Errorf("kept as %+v", k)
	}
	o, err := s.Original(t.Context(), 1)
	if err != nil || !bytes.Equal(o.Bytes, it.Raw) || o.MediaType != "text/html" || o.Address != it.Address || o.Given.Outlet != it.Given.Outlet {
		t.Errorf("made of %+v, %v", o, err)
	}
	if k, err := s.Get(t.Context(), 2); k != nil || err != nil {
		t.Errorf("a document that is not there: %v, %v", k, err)
	}
}

func theSameTwice(t *testing.T, s Store) {
	t.Helper()
	it := Item("https://example.org/a", talks)
	if seen, err := s.Seen(t.Context(), it.Key); seen || err != nil {
		t.Errorf("seen before it is put: %v", err)
	}
	want(t, put(t, s, it, it), store.Added, store.Again)
	if seen, err := s.Seen(t.Context(), it.Key); !seen || err != nil {
		t.Errorf("not seen after it is put: %v", err)
	}
	want(t, put(t, s, it), store.Again)
	path := Item("", talks) // the same text in a file
	want(t, put(t, s, path), store.Again)
	st, err := s.Stats(t.Context())
	if err != nil || st.Documents != 1 || st.Statements != 2 || st.Events != 1 {
		t.Errorf("%+v, %v", st, err)
	}
}

func versions(t *testing.T, s Store) {
	t.Helper()
	const url = "https://example.org/a"
	changed := strings.Replace(talks, "in April", "in March", 1)
	want(t, put(t, s, Item(url, talks), Item("https://example.org/b", harvest), Item(url, changed)), store.Added, store.Added, store.Changed)
	k, err := s.Get(t.Context(), 3)
	if err != nil || k.Version != 2 || k.Previous != 1 || k.CopyOf != 0 {
		t.Errorf("%+v, %v", k, err)
	}
	want(t, put(t, s, Item(url, talks)), store.Again)
}

func copies(t *testing.T, s Store) {
	t.Helper()
	crop := "MUSCAT (The Agency) - " + talks[:len(talks)-110]
	want(t, put(t, s, Item("https://example.org/a", talks), Item("https://example.com/b", crop), Item("https://example.com/c", harvest)), store.Added, store.Copied, store.Added)
	k, err := s.Get(t.Context(), 2)
	if err != nil || k.CopyOf != 1 || k.Version != 1 {
		t.Errorf("%+v, %v", k, err)
	}
}

func failures(t *testing.T, s Store) {
	t.Helper()
	bad := store.Item{Key: store.Key{1}, Origin: "a.pdf", Found: day, Reason: "looks like a PDF document"}
	down := store.Item{Key: store.Key{2}, Origin: "https://example.org/a", Found: day, Reason: "did not answer in time", Temporary: true}
	want(t, put(t, s, bad, down, down), store.Failed, store.Failed, store.Failed)
	for _, c := range []struct {
		key  store.Key
		want bool
	}{{bad.Key, true}, {down.Key, false}} {
		if seen, err := s.Seen(t.Context(), c.key); seen != c.want || err != nil {
			t.Errorf("seen %v, %v", seen, err)
		}
	}
	got := listed(t, s)
	if len(got) != 2 || got[0].Origin != "a.pdf" || got[0].Temporary || got[1].Tries != 2 || !got[1].Temporary || got[1].Reason != down.Reason {
		t.Errorf("failures %+v", got)
	}
	up := Item("https://example.org/a", talks)
	up.Origin = down.Origin
	want(t, put(t, s, up), store.Added)
	if got := listed(t, s); len(got) != 1 {
		t.Errorf("what passed is still told: %+v", got)
	}
}

func listed(t *testing.T, s Store) []store.Failure {
	t.Helper()
	var out []store.Failure
	for f, err := range s.Failures(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func allOrNone(t *testing.T, s Store) {
	t.Helper()
	broken := Item("https://example.org/b", harvest)
	broken.Report.Document.ID = "no hash"
	if out, err := s.Put(t.Context(), []store.Item{Item("https://example.org/a", talks), broken}, reader); err == nil {
		t.Fatalf("put %v", out)
	}
	if k, err := s.Get(t.Context(), 1); k != nil || err != nil {
		t.Errorf("half of what failed is kept: %v", err)
	}
	want(t, put(t, s, Item("https://example.org/a", talks)), store.Added)
}

func search(t *testing.T, s Store) {
	t.Helper()
	put(t, s, Item("https://example.org/a", talks), Item("https://example.org/b", harvest))
	for _, c := range []struct {
		name string
		q    store.Query
		want string
	}{
		{"words", store.Query{Words: "list prisoners"}, "D1.S1 D1"},
		{"another form of the word", store.Query{Words: "prisoner", Kinds: []store.Kind{store.Statement}}, "D1.S1"},
		{"a phrase", store.Query{Words: `"still on the table"`, Kinds: []store.Kind{store.Statement}}, "D1.S2"},
		{"no such phrase", store.Query{Words: `"table the on still"`}, ""},
		{"without", store.Query{Words: "the -prisoners", Kinds: []store.Kind{store.Statement}}, "D1.S2 D2.S1"},
		{"a prefix", store.Query{Words: "aprico*", Kinds: []store.Kind{store.Document}}, "D2"},
		{"a speaker", store.Query{Speaker: "haddad"}, "D1.S1"},
		{"a country", store.Query{Party: "Oman", Event: "CONSULT"}, "D1.E1"},
		{"a code", store.Query{Party: "OMN", Event: "consult"}, "D1.E1"},
		{"how it is said", store.Query{Said: "indirect"}, ""},
		{"an outlet", store.Query{Outlet: "strait", Speaker: "Petrosyan"}, "D2.S1"},
		{"days", store.Query{Words: "prisoners", From: day.AddDate(0, 0, -2), To: day, Kinds: []store.Kind{store.Document}}, "D1"},
		{"later days", store.Query{Words: "prisoners", From: day, Kinds: []store.Kind{store.Document}}, ""},
		{"earlier days", store.Query{Words: "prisoners", To: day.AddDate(0, 0, -3)}, ""},
		{"quotation marks and operators are words", store.Query{Words: `list AND ( NEAR`}, ""},
	} {
		hits, more, err := s.Search(t.Context(), c.q)
		var ids []string
		for _, h := range hits {
			ids = append(ids, h.ID.String())
		}
		sorted := slices.Sorted(slices.Values(ids))
		wanted := slices.Sorted(slices.Values(strings.Fields(c.want)))
		if err != nil || more || !slices.Equal(sorted, wanted) {
			t.Errorf("%s: %v, %v, want %s", c.name, ids, err, c.want)
		}
	}
	hits, _, err := s.Search(t.Context(), store.Query{Words: "offer April"})
	if err != nil || len(hits) == 0 {
		t.Fatal(hits, err)
	}
	h := hits[0]
	if h.ID.String() != "D1.S2" || h.Source != "Tomas Brandt" || h.Cue != "said" || h.Outlet != "The Strait Observer" || h.URL != "https://example.org/a" || !strings.Contains(h.Text, "in April") {
		t.Errorf("the best hit is %+v", h)
	}
	if _, _, err := s.Search(t.Context(), store.Query{Words: `"open`}); err == nil {
		t.Error("a quotation mark that is not closed is no error")
	}
}

func replace(t *testing.T, s Store) {
	t.Helper()
	put(t, s, Item("https://example.org/a", talks))
	for _, id := range []store.ID{{Number: 1, Part: 'S', N: 2}, {Number: 1, Part: 'E', N: 1}} {
		if err := s.Decide(t.Context(), id, "wrong", "it was his deputy", day.Format(time.RFC3339)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Decide(t.Context(), store.ID{Number: 1, Part: 'S', N: 9}, "wrong", "", ""); err == nil {
		t.Error("a row that is not there was decided")
	}
	again := Report("https://example.org/a", talks)
	again.Statements, again.Events = again.Statements[1:], nil
	again.Statements[0].ID = "S1"
	if err := s.Replace(t.Context(), []store.Reading{{Number: 1, Report: again}}, "test 2"); err != nil {
		t.Fatal(err)
	}
	k, err := s.Get(t.Context(), 1)
	if err != nil || k.Reader != "test 2" || !k.Found.Equal(day) || len(k.Report.Statements) != 1 {
		t.Fatalf("%+v, %v", k, err)
	}
	got := k.Decisions
	if len(got) != 2 || got[0].ID.String() != "D1.S1" || got[0].Note != "it was his deputy" || got[1].ID.N != 0 {
		t.Errorf("decisions %+v", got)
	}
	if hits, _, err := s.Search(t.Context(), store.Query{Speaker: "haddad"}); err != nil || len(hits) != 0 {
		t.Errorf("what is no more read is still found: %v, %v", hits, err)
	}
	if hits, _, err := s.Search(t.Context(), store.Query{Speaker: "brandt"}); err != nil || len(hits) != 0 {
		t.Errorf("what is wrong is still found: %v, %v", hits, err)
	}
	if hits, _, err := s.Search(t.Context(), store.Query{Speaker: "brandt", All: true}); err != nil || len(hits) != 1 || hits[0].ID.String() != "D1.S1" {
		t.Errorf("what was read again is not found: %v, %v", hits, err)
	}
}

func allGoesOn(t *testing.T, s Store) {
	t.Helper()
	for i := range 40 {
		put(t, s, Item("https://example.org/"+strings.Repeat("a", i), "Leila Haddad said: It is day "+strings.Repeat("i", i+1)+"."))
	}
	next := int64(31)
	for k, err := range s.All(t.Context(), 30) {
		if err != nil || k.Number != next {
			t.Fatalf("%v, %v, want %d", k, err, next)
		}
		next++
	}
	if next != 41 {
		t.Errorf("all ends before %d", next)
	}
}

func feeds(t *testing.T, s Store) {
	t.Helper()
	f := store.Feed{URL: "https://example.org/feed", Title: "A title", Category: "World/Asia", Home: "https://example.org/", Added: day}
	for _, first := range []bool{true, false} {
		if added, err := s.AddFeed(t.Context(), f); added != first || err != nil {
			t.Errorf("added %v, %v", added, err)
		}
	}
	f.ETag, f.LastModified, f.ValidFor, f.Every, f.Polled, f.Next, f.Failures, f.Reason = "e", "l", "v", time.Hour, day.Add(time.Hour), day.Add(2*time.Hour), 3, "was down"
	if err := s.SetFeed(t.Context(), &f); err != nil {
		t.Fatal(err)
	}
	got, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.Feed{f}, got); diff != "" {
		t.Errorf("the feed came back otherwise:\n%s", diff)
	}
	it := Item("https://example.org/a", talks)
	if last, again, err := s.Taken(t.Context(), it.Origin); !last.IsZero() || again || err != nil {
		t.Errorf("taken %v, %v, %v before it was", last, again, err)
	}
	put(t, s, it)
	if last, again, err := s.Taken(t.Context(), it.Origin); !last.Equal(day) || again || err != nil {
		t.Errorf("taken %v, %v, %v", last, again, err)
	}
	it.Known, it.Found = true, day.Add(time.Hour)
	want(t, put(t, s, it), store.Again)
	if last, _, err := s.Taken(t.Context(), it.Origin); !last.Equal(it.Found) || err != nil {
		t.Errorf("seen again %v, %v", last, err)
	}
	for _, there := range []bool{true, false} {
		if removed, err := s.RemoveFeed(t.Context(), f.URL); removed != there || err != nil {
			t.Errorf("removed %v, %v", removed, err)
		}
	}
}
