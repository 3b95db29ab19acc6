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
	Language  string // as the page declares it: "en", "en-GB"
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

// extract is the one place that knows which library finds the article.
func extract(source, location string) (page, error) {
	source, err := lean(source)
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
	if err != nil || found.Node == nil {
		return page{}, errNoArticle
	}
	text := textOf(found.Node)
	if !isProse(text) || mostlyLinks(found.Node) {
		return page{}, errNoArticle
	}
	p := page{
		Text:      text,
		Title:     line(found.Title()),
		Byline:    strings.TrimSpace(trimBy(line(found.Byline()))),
		Outlet:    line(found.SiteName()),
		URL:       meta.url(base),
		Language:  found.Language(),
		Published: meta.published,
	}
	if t, err := found.PublishedTime(); err == nil {
		p.Published = t
	}
	if p.Outlet == "" {
		p.Outlet = meta.outlet
	}
	p.Title = withoutOutlet(p.Title, p.Outlet)
	return p, nil
}

// withoutOutlet is a page's title without the name of the site after a dash or bar.
func withoutOutlet(title, outlet string) string {
	if head, ok := strings.CutSuffix(title, outlet); ok && outlet != "" {
		if short := strings.TrimRight(head, " -–—|·•:»"); short != "" && short != head {
			return short
		}
	}
	return title
}

// line is s on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// isProse reports whether text holds a sentence: a line of three words or more
// with a letter in small case that ends as sentences do.
func isProse(text string) bool {
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, " \n\"'”’»)")
		if strings.HasSuffix(l, ".") || strings.HasSuffix(l, "!") || strings.HasSuffix(l, "?") || strings.HasSuffix(l, "。") ||
			strings.HasSuffix(l, ",") || strings.HasSuffix(l, "…") || strings.HasSuffix(l, "।") || len(l) > 120 {
			if len(strings.Fields(l)) >= 3 || len(l) > 60 {
				return true
			}
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
