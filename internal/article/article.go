// Package article makes a document of the text of a source: it reduces HTML to
// the article, keeps plain text to the character, and reads the title, byline,
// outlet and time of publication where they stand.
package article

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Language is the only language that is read.
const Language = "en"

// Meta is what the user says of a report. It wins over what the report says of itself.
type Meta struct {
	Outlet    string
	Title     string
	Byline    string
	URL       string
	Published time.Time
	Language  string // "en" insists that the text is English; empty lets it be told
}

// Document makes a document of raw. The furniture is in the order of the text.
// An error is a *source.Error: another language, a page without an article.
func Document(raw source.Raw, meta Meta) (record.Document, []Furniture, []record.Warning, error) {
	return DocumentContext(context.Background(), raw, meta)
}

// DocumentContext is Document under a deadline.
func DocumentContext(ctx context.Context, raw source.Raw, meta Meta) (record.Document, []Furniture, []record.Warning, error) {
	fail := func(why, advice string) (record.Document, []Furniture, []record.Warning, error) {
		return record.Document{}, nil, nil, source.Refuse(raw.Name, why, advice)
	}
	if meta.Language != "" && !strings.EqualFold(meta.Language, Language) {
		return fail(fmt.Sprintf("the language %q is not read", meta.Language), "only English is, so far")
	}
	p := page{Text: raw.Text, URL: raw.URL}
	if raw.Kind == source.HTML {
		var err error
		p, err = reduce(ctx, raw.Text, raw.URL)
		if err != nil {
			return fail(err.Error(), "save its text and give that")
		}
	}
	text := token.Canonical(p.Text)
	if strings.TrimFunc(text, unicode.IsSpace) == "" {
		return fail("nothing to read", "")
	}
	if meta.Language == "" {
		if name := source.Foreign(text); name != "" {
			return fail("is in "+name+", and only English is read", "give --language en to insist")
		}
	}
	furniture, told := findFurniture(text)
	warnings := slices.Concat(raw.Warnings, p.warnings, warnings(p.Text, text))
	if w, ok := conflict(meta.Published, p.Published, told.publishedNear(firstTime(meta.Published, p.Published))); ok {
		warnings = append(warnings, w)
	}
	sum := sha256.Sum256([]byte(text))
	return record.Document{
		ID:        "sha256:" + hex.EncodeToString(sum[:]),
		URL:       firstGiven(meta.URL, p.URL),
		Outlet:    firstGiven(meta.Outlet, p.Outlet, told.outlet),
		Title:     firstGiven(meta.Title, p.Title, told.title),
		Byline:    firstGiven(meta.Byline, p.Byline, told.byline),
		Published: firstTime(meta.Published, p.Published, told.published),
		Language:  Language,
		Text:      text,
	}, furniture, warnings, nil
}

func firstGiven(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func firstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// conflict warns where the user, the page and the text give days of publication
// more than a day apart; zones account for a day.
func conflict(flag, page, text time.Time) (record.Warning, bool) {
	used := firstTime(flag, page, text)
	for _, other := range []struct {
		who string
		t   time.Time
	}{{"the page", page}, {"the text", text}} {
		if other.t.IsZero() || other.t.Sub(used).Abs() <= 36*time.Hour {
			continue
		}
		return record.Warning{Code: "dates-contradict", Message: fmt.Sprintf("%s says that the report was published on %s; %s is used",
			other.who, other.t.Format(time.DateOnly), used.Format(time.DateOnly))}, true
	}
	return record.Warning{}, false
}
