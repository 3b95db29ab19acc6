package reader

import (
	"slices"
	"time"

	"github.com/rapporteur/rapporteur/internal/date"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// findDates finds the times that the text tells.
func (a *analysis) findDates(published time.Time) {
	var open int
	a.dates, open = date.Find(a.doc, a.tree, published)
	if published.IsZero() {
		a.undated = open
	}
}

// time is the time of a statement, with the value of the expression in r if there is just one.
func (a *analysis) time(r token.Range) *record.Time {
	out := &record.Time{Span: spanOf(a.doc, r)}
	at, _ := slices.BinarySearchFunc(a.dates, r.First, func(x date.Expression, first int32) int { return int(x.Last - first - 1) })
	within := a.dates[at:]
	if len(within) == 0 || within[0].First >= r.Last || within[0].Duration || len(within) > 1 && within[1].First < r.Last {
		return out
	}
	out.Value, out.Granularity = within[0].Value, within[0].Granularity
	return out
}
