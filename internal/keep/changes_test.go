package keep_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/keep/storetest"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

func TestChanges(t *testing.T) {
	before := storetest.Report("", "Leila Haddad said: The list of prisoners is agreed.\nTomas Brandt said: The offer of April still stands on the table.\nOmar Said said: We wait.")
	after := storetest.Report("", "Omar Said said: We go home.\nLeila Haddad said: The list of prisoners is agreed.\nTomas Brandt said: The offer of March still stands on the table.\nThe envoy met the press.")
	want := []keep.Change{
		{Kind: "changed", Row: "statement", Old: "Tomas Brandt (direct): The offer of April still stands on the table.", New: "Tomas Brandt (direct): The offer of March still stands on the table."},
		{Kind: "removed", Row: "statement", Old: "Omar Said (direct): We wait."},
		{Kind: "added", Row: "statement", New: "Omar Said (direct): We go home."},
		{Kind: "added", Row: "event", New: "The envoy → CONSULT (asserted, “met”) → "},
	}
	if diff := cmp.Diff(want, keep.Changes(before, after)); diff != "" {
		t.Error(diff)
	}
	if c := keep.Changes(before, before); len(c) > 0 {
		t.Errorf("from itself: %+v", c)
	}
}

// What an older reader made of the bytes is replaced by what this one makes;
// what cannot be read any more stays as it was.
func TestReread(t *testing.T) {
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	reader, err := rapporteur.Open()
	if err != nil {
		t.Fatal(err)
	}
	const text = "MUSCAT - “The list is agreed,” Leila Haddad said on Thursday, and Tomas Brandt said that the offer of April still stood."
	item := func(origin, raw string) store.Item {
		it := store.Item{Origin: origin, Found: time.Unix(1, 0), Raw: []byte(raw), Report: storetest.Report("", raw)}
		it.Key = store.KeyOf("", "", it.Raw, &record.Document{}, nil)
		return it
	}
	unread := item("blob", "An older reader read this.")
	unread.Raw = []byte("%PDF-1.7 which this one does not")
	unread.Key = store.KeyOf("", "", unread.Raw, &record.Document{}, nil)
	if _, err := s.Put(t.Context(), []store.Item{item("text", text), unread}, "old"); err != nil {
		t.Fatal(err)
	}
	r := keep.Recorder{Store: s, Reader: reader, Version: "new", Workers: 2}
	reread := func(all, keeping bool) (read, failed, changes int) {
		t.Helper()
		err := r.Reread(t.Context(), all, keeping, func(x *keep.Reread) {
			read++
			if x.Err != nil {
				failed++
			}
			changes += len(x.Changes)
		})
		if err != nil {
			t.Fatal(err)
		}
		return read, failed, changes
	}
	if read, failed, changes := reread(false, false); read != 2 || failed != 1 || changes < 2 {
		t.Errorf("for show: %d read, %d failed, %d changes", read, failed, changes)
	}
	if k, err := s.Get(t.Context(), 1); err != nil || k.Reader != "old" {
		t.Errorf("reading for show changed the record: %+v, %v", k, err)
	}
	reread(false, true)
	if k, err := s.Get(t.Context(), 1); err != nil || k.Reader != "new" || len(k.Report.Statements) < 2 {
		t.Errorf("after reading again: %+v, %v", k, err)
	}
	if k, err := s.Get(t.Context(), 2); err != nil || k.Reader != "old" {
		t.Errorf("what cannot be read again: %+v, %v", k, err)
	}
	if read, _, _ := reread(false, true); read != 1 {
		t.Errorf("%d read again that this reader has read", read)
	}
	if read, _, changes := reread(true, true); read != 2 || changes != 0 {
		t.Errorf("all again: %d read, %d changes", read, changes)
	}
	if _, err := s.Verify(t.Context(), func(p store.Problem) { t.Errorf("%s: %s", p.Row, p.Why) }); err != nil {
		t.Error(err)
	}
}

// A fault of ours in one document is a failure of that document.
func TestFaultsStayWithTheirDocument(t *testing.T) {
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := keep.Recorder{Store: s, Reader: nil, Version: "test", Workers: 2} // a reader that panics
	sum, err := r.Record(t.Context(), slices.Values([]intake.Found{{Origin: "a", Bytes: []byte("text")}, {Origin: "b", Bytes: []byte("another")}}))
	if err != nil || sum.Failed != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
	for f, err := range s.Failures(t.Context()) {
		if err != nil || f.Temporary || !strings.HasPrefix(f.Reason, "a fault in the program,") {
			t.Errorf("%+v, %v", f, err)
		}
	}
}
