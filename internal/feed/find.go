package feed

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits on the search for the feeds of a page.
const (
	maxPage  = 2 << 20 // bytes that are looked at
	maxFound = 50      // feeds that are given
)

// Find gives the feeds that an HTML page declares by <link rel="alternate">, in
// their order and without credentials, as absolute addresses of the web. Base is
// the address of the page; a <base> in it is heeded. An empty result means that the
// page declares none.
func Find(page []byte, base string) []string {
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxPage)]))
	at, based := parseBase(base), false
	var found []string
	for len(found) < maxFound {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch atom.Lookup(name) {
			case atom.Base:
				href := linkOf(z, more).href
				if u, _ := resolve(address{ref: href}, at); u != "" && !based {
					at, based = parseBase(u), true
				}
			case atom.Link:
				l := linkOf(z, more)
				if !l.isFeed() {
					continue
				}
				if u, _ := resolve(address{ref: l.href}, at); u != "" && !slices.Contains(found, u) {
					found = append(found, u)
				}
			}
		}
	}
	return found
}

// pageLink is what a <link> of a page says.
type pageLink struct{ rel, typ, href string }

func linkOf(z *html.Tokenizer, more bool) (l pageLink) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if len(value) > MaxURL {
			continue
		}
		switch string(key) {
		case "rel":
			l.rel = strings.ToLower(string(value))
		case "type":
			l.typ, _, _ = strings.Cut(strings.ToLower(string(value)), ";")
		case "href":
			l.href = string(value)
		}
	}
	return l
}

func (l *pageLink) isFeed() bool {
	rels := strings.Fields(l.rel)
	if !slices.Contains(rels, "alternate") && !slices.Contains(rels, "feed") || slices.Contains(rels, "stylesheet") {
		return false
	}
	switch strings.TrimSpace(l.typ) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/xml", "text/xml", "text/rss+xml", "text/rss":
		return true
	}
	return false
}
