package article

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/rapporteur/rapporteur/record"
)

// maxReduction bounds the time in which a page is reduced to its article. Within
// the limits on elements and depth it takes well under a second.
const maxReduction = 20 * time.Second

// page is what an HTML page holds of a report.
type page struct {
	Text      string
	Title     string
	Byline    string
	Outlet    string
	URL       string
	Published time.Time
	warnings  []record.Warning
}

var errNoArticle = errors.New("is a page without an article")

// reduce finds the article in a page. Whatever the page does to the parser,
// reduce comes back: with an error in place of a panic, and in bounded time.
func reduce(ctx context.Context, source, location string) (page, error) {
	ctx, cancel := context.WithTimeout(ctx, maxReduction)
	defer cancel()
	type result struct {
		page page
		err  error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- result{err: fmt.Errorf("is a page that could not be reduced to an article: %v", r)}
			}
		}()
		p, err := extract(source, location)
		done <- result{p, err}
	}()
	select {
	case r := <-done:
		return r.page, r.err
	case <-ctx.Done():
		return page{}, fmt.Errorf("is a page that could not be reduced to an article in time: %w", ctx.Err())
	}
}

// extract finds the article as a reader sees it, else as one without scripts
// does, else takes all that looks like prose.
func extract(source, location string) (page, error) {
	p, err := find(source, location, false)
	if !errors.Is(err, errNoArticle) {
		return p, err
	}
	if q, err := find(source, location, true); err == nil {
		return q, nil
	}
	p.Text = proseOf(source)
	if len(p.Text) < minGuess {
		return page{}, errNoArticle
	}
	p.warnings = append(p.warnings, record.Warning{Code: "article-guessed",
		Message: "the page does not show where its article is; read are the paragraphs that look like prose"})
	return p, nil
}

// find is the one place that knows which library finds the article. It is
// go-readability: go-trafilatura does 2 points of F better on its authors' pages,
// but takes a quarter of a second to start, is quadratic in the paragraphs of a
// page, and loses the spaces around inline elements. With errNoArticle comes what
// the page says of itself.
func find(source, location string, unscripted bool) (page, error) {
	source, err := lean(source, unscripted)
	if err != nil {
		return page{}, err
	}
	doc, err := parse(source)
	if err != nil {
		return page{}, err
	}
	base, _ := url.Parse(location)
	meta := readMeta(doc)
	parser := readability.NewParser()
	found, err := parser.ParseAndMutate(doc, base)
	if err != nil {
		return page{}, errNoArticle
	}
	p := page{
		Title:     line(found.Title()),
		Outlet:    firstGiven(line(found.SiteName()), meta.outlet),
		URL:       meta.url(base),
		Published: meta.published,
	}
	p.Byline = author(line(found.Byline()), p.Outlet)
	p.Title = withoutOutlet(p.Title, p.Outlet)
	if t, err := found.PublishedTime(); err == nil && plausible(t) {
		p.Published = inZone(t)
	}
	if found.Node == nil {
		return p, errNoArticle
	}
	p.Text = textOf(found.Node)
	if !isProse(p.Text) || mostlyLinks(found.Node) {
		return p, errNoArticle
	}
	return p, nil
}

// The lengths in bytes of the least paragraph that is taken for prose where
// nothing else tells, and of the least article that is made of such.
const (
	minProse = 60
	minGuess = 400
)

// proseOf are the paragraphs of a page that end as sentences do, in their order.
func proseOf(source string) string {
	source, err := lean(source, true)
	if err != nil {
		return ""
	}
	doc, err := parse(source)
	if err != nil {
		return ""
	}
	var prose []string
	for l := range strings.Lines(textOf(doc)) {
		if l = strings.TrimSpace(l); len(l) >= minProse && endsSentence(l) {
			prose = append(prose, l)
		}
	}
	return strings.Join(prose, "\n\n")
}

// author is a byline that names persons, or empty: pages give their own name
// and words of their layout for the author's.
func author(byline, outlet string) string {
	byline = strings.TrimSpace(trimBy(byline))
	if strings.EqualFold(byline, outlet) || len(byline) > maxHeadBytes {
		return ""
	}
	capitals := 0
	for _, w := range strings.Fields(byline) {
		if startsUpper(w) {
			capitals++
		}
	}
	if _, ok := parseDate(byline); ok || capitals < 2 {
		return ""
	}
	return byline
}

// withoutOutlet is a page's title without the name of the site after a dash or bar.
func withoutOutlet(title, outlet string) string {
	if head, ok := strings.CutSuffix(title, " "+outlet); ok && outlet != "" {
		if short := strings.TrimRight(head, "-–—|·•:»"); short != head && short != "" {
			return strings.TrimSpace(short)
		}
	}
	return title
}

// line is s on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// isProse reports whether text holds a sentence: a line of three words or more
// that ends as sentences do. A script without spaces is judged by its length.
func isProse(text string) bool {
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); len(l) > 2*minProse || endsSentence(l) && len(strings.Fields(l)) >= 3 {
			return true
		}
	}
	return false
}

// mostlyLinks reports whether most letters below n stand in links, as on a front page.
func mostlyLinks(n *html.Node) bool {
	total, linked := 0, 0
	var count func(n *html.Node, inLink bool)
	count = func(n *html.Node, inLink bool) {
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if unicode.IsLetter(r) {
					total++
					if inLink {
						linked++
					}
				}
			}
		}
		inLink = inLink || n.DataAtom == atom.A
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			count(c, inLink)
		}
	}
	count(n, false)
	return linked*3 > total*2
}
