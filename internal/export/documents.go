package export

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

func documentRows(d *document, write func(*row) error) (int64, error) {
	return each(d, 1, write, func(*row, int) {})
}

func documentColumns() []column {
	return []column{
		text("document", func(x *row) string { return x.id }).always(),
		text("text_sha256", func(x *row) string { return strings.TrimPrefix(x.report.Document.ID, "sha256:") }),
		text("url", func(x *row) string { return x.report.Document.URL }),
		text("outlet", func(x *row) string { return x.report.Document.Outlet }).again(),
		text("title", func(x *row) string { return x.report.Document.Title }),
		text("byline", func(x *row) string { return x.report.Document.Byline }),
		moment("published", func(x *row) time.Time { return x.report.Document.Published }),
		text("language", func(x *row) string { return x.report.Document.Language }).again(),
		text("origin", func(x *row) string { return x.kept.Origin }),
		moment("found", func(x *row) time.Time { return x.kept.Found }),
		whole("version", func(x *row) int { return x.kept.Version }),
		text("previous", func(x *row) string { return documentID(x.kept.Previous) }),
		text("copy_of", func(x *row) string { return documentID(x.kept.CopyOf) }),
		text("reader", func(x *row) string { return x.kept.Reader }).again(),
		whole("statements", func(x *row) int { return len(x.statements) }),
		whole("events", func(x *row) int { return len(x.events) }),
		whole("actors", func(x *row) int { return len(x.report.Actors) }),
		whole("warnings", func(x *row) int { return len(x.report.Warnings) }),
		textList("warning_codes", func(x *row, add func(string)) {
			for i := range x.report.Warnings {
				add(x.report.Warnings[i].Code)
			}
		}).again(),
		whole("characters", func(x *row) int { return x.points.At(len(x.report.Document.Text)) }),
		text("text", func(x *row) string { return x.report.Document.Text }).prose(),
		text("extra", func(x *row) string { return extraJSON(x.kept.Extra) }).prose(),
	}
}

func documentID(number int64) string {
	if number == 0 {
		return ""
	}
	return "D" + strconv.FormatInt(number, 10)
}

// extraJSON is a JSON object with the keys in the order of their bytes, or nothing if there are none.
func extraJSON(extra map[string]string) string {
	if len(extra) == 0 {
		return ""
	}
	b := []byte{'{'}
	for i, key := range slices.Sorted(maps.Keys(extra)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(record.AppendString(b, key), ':')
		b = record.AppendString(b, extra[key])
	}
	return string(append(b, '}'))
}
