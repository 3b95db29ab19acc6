package page

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/record"
)

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := NewTable(&b).Add(harbour(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, "harbour.csv", b.Bytes())
}

func TestCSVRunsNoFormula(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", `"=1`, "＝1", "\u00a0=1", "-- quoth he", "\x00=1", "|calc", "%0A"} {
		if got := NoFormula(s); got != "'"+s {
			t.Errorf("%q became %q", s, got)
		}
	}
	for _, s := range []string{"", "no", "“We”", "1,000", "a=b", `"We are ready"`, "…"} {
		if got := NoFormula(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	r := hostile()
	r.Actors[0].Name = "=cmd|' /C calc'!A0"
	var b bytes.Buffer
	table := NewTable(&b)
	for _, r := range []*record.Report{r, {}, r} {
		if err := table.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5 {
		t.Errorf("%d rows, want the heading once and a row for each statement and event", len(rows))
	}
	for _, row := range rows {
		for i, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("column %s: %q", csvColumns[i], cell)
			}
		}
	}
}

func TestCSVColumnsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for l := range strings.Lines(string(page)) {
		if cell, ok := strings.CutPrefix(l, "| `"); ok {
			name, _, _ := strings.Cut(cell, "`")
			got = append(got, name)
		}
	}
	if diff := cmp.Diff(csvColumns, got); diff != "" {
		t.Errorf("docs/formats.md (+) differs from the columns (-):\n%s", diff)
	}
}
