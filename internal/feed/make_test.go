package feed

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"
)

// story is what the generators make an item of.
type story struct {
	url, title, author, summary, content string
	at                                   time.Time
}

// Markup and entities, as our own invented desk would send them.
func stories(n int) []story {
	out := make([]story, n)
	for i := range out {
		out[i] = story{
			url:     fmt.Sprintf("https://news.example/harbour/%d?a=1&b=2", i+1),
			title:   fmt.Sprintf("Port & rail: talks “resume” <%d>", i+1),
			author:  "Ada Brel",
			summary: "<p>The harbour board said &amp; meant it.</p>",
			content: fmt.Sprintf("<p>The board of Harrow Bay said on Friday that talk %d would go on.</p><p>A < B &nbsp; café</p>", i+1),
			at:      time.Date(2025, 5, 16, 14, i%60, 7, 0, time.FixedZone("", 7200)),
		}
	}
	return out
}

func esc(s string) string { return html.EscapeString(s) }

// title of HTML in XML: escaped twice.
func escTwice(s string) string { return esc(esc(s)) }

func makeRSS(version string, list []story) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [<!ENTITY desk "our desk"> <!-- it's > -->]>
<rss version="` + version + `" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harrow Bay Post</title><link>https://news.example/</link><atom:link rel="self" href="https://news.example/rss"/>
<language>en_GB</language><ttl>30</ttl><image><title>Logo</title><link>https://img.example/</link></image>
`)
	for i, s := range list {
		fmt.Fprintf(&b, "<item>\n<title>%s</title><link>\n%s\n</link><description><![CDATA[%s]]></description>", escTwice(s.title), esc(s.url), s.summary)
		fmt.Fprintf(&b, `<guid isPermaLink="false">g%d</guid><pubDate>%s</pubDate>`, i+1, s.at.Format(time.RFC1123Z))
		fmt.Fprintf(&b, "<d:creator>%s</d:creator><content:encoded>%s</content:encoded></item>\n", s.author, esc(s.content))
	}
	b.WriteString("</channel></rss>\n")
	return b.String()
}

func makeRDF(version string, list []story) string {
	space := map[string]string{"0.90": "http://my.netscape.com/rdf/simple/0.9/", "1.0": "http://purl.org/rss/1.0/"}[version]
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="` + space + `" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://news.example/rdf"><title>Harrow Bay Post</title><link>https://news.example/</link><dc:language>en-GB</dc:language>
<items><rdf:Seq><rdf:li resource="https://news.example/harbour/1"/></rdf:Seq></items></channel>
`)
	for i, s := range list {
		fmt.Fprintf(&b, `<item rdf:about="https://news.example/about/%d"><title>%s</title><link>%s</link><description>%s</description>`, i+1, escTwice(s.title), esc(s.url), esc(s.summary))
		fmt.Fprintf(&b, "<dc:date>%s</dc:date><dc:creator>%s</dc:creator><content:encoded><![CDATA[%s]]></content:encoded></item>\n", s.at.Format(time.RFC3339), s.author, s.content)
	}
	b.WriteString("</rdf:RDF>")
	return b.String()
}

func makeAtom(version string, list []story) string {
	space, published, mode := "http://www.w3.org/2005/Atom", "published", ""
	if version == "0.3" {
		space, published, mode = "http://purl.org/atom/ns#", "issued", ` mode="escaped"`
	}
	typ := map[bool]string{true: "text/html", false: "html"}[version == "0.3"]
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><a:feed xmlns:a="` + space + `" version="` + version + `" xml:lang="en-GB" xml:base="https://news.example/x/">
<a:title type="text">Harrow Bay Post</a:title><a:link rel="self" href="https://news.example/atom"/><a:link href="/"/><a:author><a:name>Ada Brel</a:name><a:uri>https://a.example</a:uri></a:author>
`)
	for i, s := range list {
		ref := strings.Replace(s.url, "https://news.example/", "../", 1)
		fmt.Fprintf(&b, `<a:entry><a:id>g%d</a:id><a:title type="%s"%s>%s</a:title><a:link rel="enclosure" href="a.mp3"/><a:link rel="alternate" type="text/html" href="%s"/>`, i+1, typ, mode, escTwice(s.title), esc(ref))
		fmt.Fprintf(&b, `<a:%s>%s</a:%s><a:summary type="%s"%s>%s</a:summary><a:content type="%s"%s>%s</a:content>`, published, s.at.Format(time.RFC3339), published, typ, mode, esc(s.summary), typ, mode, esc(s.content))
		b.WriteString("<a:source><a:title>Elsewhere</a:title><a:link href='https://other.example/'/></a:source></a:entry>\n")
	}
	b.WriteString("</a:feed>")
	return b.String()
}

func makeJSON(version string, list []story) string {
	items := []map[string]any{}
	for i, s := range list {
		items = append(items, map[string]any{
			"id": fmt.Sprintf("g%d", i+1), "url": s.url, "title": s.title, "summary": s.summary, "content_html": s.content,
			"date_published": s.at.Format(time.RFC3339), "authors": []any{map[string]any{"name": s.author}}, "_own": []any{1, map[string]any{"x": nil}},
		})
	}
	b, err := json.Marshal(map[string]any{
		"version": "https://jsonfeed.org/version/" + version, "title": "Harrow Bay Post", "home_page_url": "https://news.example/", "language": "en-GB", "items": items,
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// every is a feed of every kind, by what Parse calls it.
func every(list []story) map[string]string {
	return map[string]string{
		"rss 0.91": makeRSS("0.91", list), "rss 0.92": makeRSS("0.92", list), "rss 2.0": makeRSS("2.0", list),
		"rss 0.90": makeRDF("0.90", list), "rss 1.0": makeRDF("1.0", list),
		"atom 0.3": makeAtom("0.3", list), "atom 1.0": makeAtom("1.0", list),
		"json feed 1.0": makeJSON("1", list), "json feed 1.1": makeJSON("1.1", list),
	}
}
