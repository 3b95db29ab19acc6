package article

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageMeta is what the library does not read of a page's metadata.
type pageMeta struct {
	canonical string
	outlet    string
	published time.Time
}

// readMeta reads a page's <link rel=canonical>, its <meta> of the commoner kinds
// and the <time> at which it was published.
func readMeta(doc *html.Node) pageMeta {
	var m pageMeta
	var times []string // of the <time> elements
	values := map[string]string{}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && m.canonical == "" {
				m.canonical = attr(n, "href")
			}
		case atom.Meta:
			key := strings.ToLower(attr(n, "property") + attr(n, "name") + attr(n, "itemprop"))
			if _, ok := values[key]; !ok {
				values[key] = attr(n, "content")
			}
		case atom.Time:
			if strings.EqualFold(attr(n, "itemprop"), "datePublished") || hasAttr(n, "pubdate") {
				values["datepublished"] = attr(n, "datetime")
			}
			if at := attr(n, "datetime"); at != "" {
				times = append(times, at)
			}
		}
	}
	if m.canonical == "" {
		m.canonical = values["og:url"]
	}
	m.outlet = line(firstOf(values, "application-name", "publisher", "dc.publisher"))
	for _, key := range []string{"article:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "dc.date.issued", "dc.date", "date", "sailthru.date"} {
		if t, err := ParseTime(values[key]); err == nil {
			m.published = t
			return m
		}
	}
	if slices.Sort(times); len(slices.Compact(times)) == 1 {
		m.published, _ = ParseTime(times[0]) // with two, nothing says which is the report's
	}
	return m
}

func firstOf(values map[string]string, keys ...string) string {
	for _, k := range keys {
		if values[k] != "" {
			return values[k]
		}
	}
	return ""
}

// url is the address at which the page says it stands, if that is an absolute
// http URL of the host it came from, else the address it came from.
func (m pageMeta) url(base *url.URL) string {
	location := ""
	if base != nil {
		location = base.String()
	}
	u, err := url.Parse(strings.TrimSpace(m.canonical))
	if err != nil {
		return location
	}
	if base != nil && base.IsAbs() {
		u = base.ResolveReference(u)
		if u.Hostname() != base.Hostname() {
			return location
		}
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return location
	}
	u.User, u.Fragment = nil, ""
	return u.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
