package reader_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/record"
)

// The time of a statement has a value, and without a day of publication a warning says why it has none.
func TestTimes(t *testing.T) {
	r, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		published time.Time
		value     string
		warning   string
	}{
		{time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC), "2025-05-15", ""},
		{time.Time{}, "", "2 relative dates have no value: the day of publication is not known; give it with --published"},
	} {
		doc := record.Document{Text: `The minister said on Thursday that the talks had failed in March.`, Published: test.published}
		report, err := r.Read(context.Background(), doc, nil)
		if err != nil || len(report.Statements) != 1 || report.Statements[0].Time == nil {
			t.Fatal(err, report)
		}
		when := report.Statements[0].Time
		if got := doc.Text[when.Start:when.End]; got != "Thursday" || when.Value != test.value || when.Granularity != "day" {
			t.Errorf("%q is %+v", got, when)
		}
		warning := ""
		for _, w := range report.Warnings {
			if w.Code == "dates-unresolved" {
				warning += w.Message
			}
		}
		if warning != test.warning {
			t.Errorf("warning %q", warning)
		}
	}
}

// What took days and ended on one has both ends.
func TestDaysOfTalks(t *testing.T) {
	r, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Ghana and Togo ended two days of talks on Wednesday.":           "2024-09-17/2024-09-18",
		"Ghana and Togo concluded three days of talks on Wednesday.":     "2024-09-16/2024-09-18",
		"On Wednesday Ghana and Togo finished a three-day meeting.":      "2024-09-16/2024-09-18",
		"Ghana and Togo held talks on Wednesday after two days of rain.": "2024-09-18",
	} {
		report, err := r.Read(context.Background(), record.Document{Text: text, Published: time.Date(2024, 9, 19, 0, 0, 0, 0, time.UTC)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i := range report.Events {
			if e := &report.Events[i]; e.Type == "CONSULT" && e.Date != nil {
				got = e.Date.Value
			}
		}
		if got != want {
			t.Errorf("%s\nwhen: %q, want %q", text, got, want)
		}
	}
}

// What little public life makes unlikely is not lost without a word.
func TestDoubtedEvents(t *testing.T) {
	r, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	for times, want := range map[int]bool{40: false, 60: true} {
		doc := record.Document{Text: strings.Repeat("Russia attacked Ukraine. ", times), Language: "en"}
		report, err := r.Read(context.Background(), doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(report.Warnings, func(w record.Warning) bool { return w.Code == "events-doubted" })
		if got != want {
			t.Errorf("%d times: warned %v, want %v: %v", times, got, want, report.Warnings)
		}
	}
}
