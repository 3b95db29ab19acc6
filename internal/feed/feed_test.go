package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/rapporteur/rapporteur/record"
)

const base = "https://news.example/feeds/all"

func parse(t *testing.T, s string) *Feed {
	t.Helper()
	f, err := Parse([]byte(s), "", "", base)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rss is a feed of these items, each inside <item>.
func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://site.example/a/</link><item>` + strings.Join(items, "</item><item>") + `</item></channel></rss>`
}

func codes(ws []record.Warning) string {
	var all []string
	for _, w := range ws {
		all = append(all, w.Code)
	}
	return strings.Join(all, " ")
}

func TestEveryKind(t *testing.T) {
	list := stories(3)
	for kind, text := range every(list) {
		t.Run(kind, func(t *testing.T) {
			f := parse(t, text)
			if f.Kind != kind || f.Title != "Harrow Bay Post" || f.Home != "https://news.example/" || f.Language != "en-GB" || len(f.Warnings) > 0 || len(f.Items) != len(list) {
				t.Fatalf("%q %q %q %q %v, %d items", f.Kind, f.Title, f.Home, f.Language, f.Warnings, len(f.Items))
			}
			for i, it := range f.Items {
				s := list[i]
				want := Item{URL: s.url, GUID: fmt.Sprintf("g%d", i+1), Title: s.title, Author: s.author, Published: s.at, Content: s.content, ContentType: HTML, Summary: s.summary, SummaryType: HTML}
				if strings.HasPrefix(kind, "json") {
					want.SummaryType = Plain
				}
				if kind == "rss 0.90" || kind == "rss 1.0" {
					want.GUID = s.url
				}
				if diff := cmp.Diff(want, it); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	if f := parse(t, makeRSS("2.0", list)); f.Every != 30*time.Minute {
		t.Errorf("asks for %v", f.Every)
	}
}

// What real feeds make of their formats. Each row is the inside of an RSS item.
func TestMess(t *testing.T) {
	const link = "<link>https://a.example/1</link>"
	at := func(u string) Item { return Item{URL: u, GUID: u} }
	one := func(change func(*Item)) Item {
		it := at("https://a.example/1")
		change(&it)
		return it
	}
	for _, tt := range []struct {
		name, in string
		want     Item
		warnings string
	}{
		{"undeclared entities", link + "<title>a&nbsp;b &eacute; &#8217; &#x92; &nosuch; &copy=2 &amp;copy; & c</title>", one(func(it *Item) { it.Title = "a b é ’ ’ &nosuch; &copy=2 © & c" }), ""},
		{"HTML in a title", link + "<title>&lt;b&gt;Big&lt;/b&gt;&lt;br&gt;day &amp;amp; List&lt;String&gt; 1 &lt; 2</title>", one(func(it *Item) { it.Title = "Big day & List<String> 1 < 2" }), ""},
		{"CDATA in a title", link + "<title>A <![CDATA[<i>B</i> &amp; C]]> D</title>", one(func(it *Item) { it.Title = "A B & C D" }), ""},
		{"elements in a title", link + "<title>A <i>B</i> C</title>", one(func(it *Item) { it.Title = "A B C" }), ""},
		{"script in a title", link + "<title><![CDATA[A<script>alert(1)</script>B]]></title>", one(func(it *Item) { it.Title = "AB" }), ""},
		{"controls", link + "<title>a\x01\x1b[31mb\u200b</title>", one(func(it *Item) { it.Title = "a[31mb" }), ""},
		{"relative to the site", "<link>../b?q=x y</link>", at("https://site.example/b?q=x%20y"), ""},
		{"xml:base", `<link xml:base="https://b.example/d/">e</link>`, at("https://b.example/d/e"), ""},
		{"two bases", `<a/><link xml:base="//b.example/d/">e</link>`, at("https://b.example/d/e"), ""},
		{"no scheme", "<link>//c.example/f</link>", at("https://c.example/f"), ""},
		{"line breaks in an address", "<link>https://a.example/\n  one</link>", at("https://a.example/%20%20one"), ""},
		{"ampersand in an address", "<link>https://a.example/?a=1&copy=2&amp;b=3</link>", at("https://a.example/?a=1&copy=2&b=3"), ""},
		{"percent in an address", "<link>https://a.example/100%-%zz%</link>", at("https://a.example/100%25-%25zz%25"), ""},
		{"credentials", "<link>https://me:secret@a.example/1</link>", at("https://a.example/1"), ""},
		{"guid is the address", "<guid>https://a.example/g</guid>", at("https://a.example/g"), ""},
		{"guid is none", `<guid isPermaLink=false>https://a.example/g</guid>` + link, one(func(it *Item) { it.GUID = "https://a.example/g" }), ""},
		{"feedburner", `<feedburner:origLink>https://a.example/o</feedburner:origLink><link>https://clicks.example/x</link>`, at("https://a.example/o"), ""},
		{"atom:link", `<atom:link rel="self" href="https://a.example/s"/><atom10:link rel="alternate" href="/g"/>`, at("https://site.example/g"), ""},
		{"Atom's own link", `<link xmlns="http://www.w3.org/2005/Atom" rel="alternate" href="/g"/><link>https://a.example/1</link>`, at("https://a.example/1"), ""},
		{"media beside", link + `<title>Ours</title><media:content url="x"><media:title>Theirs</media:title></media:content><media:group><media:title>T</media:title><media:description>D &amp; E</media:description></media:group>`,
			one(func(it *Item) { it.Title, it.Summary, it.SummaryType = "Ours", "D & E", HTML }), ""},
		{"markup in a description", link + `<description>A<br>b<p>c <IMG src="x"/></description>`, one(func(it *Item) { it.Summary, it.SummaryType = `A<br>b<p>c <IMG src="x">`, HTML }), ""},
		{"description without markup", link + `<description> A b. </description>`, one(func(it *Item) { it.Summary, it.SummaryType = "A b.", Plain }), ""},
		{"]]> and --", link + `<!-- a -- b --><description>A ]]> b < c</description>`, one(func(it *Item) { it.Summary, it.SummaryType = "A ]]> b < c", HTML }), ""},
		{"tags never closed", link + `<category>x<foo><bar><title>lost</title>`, at("https://a.example/1"), ""},
		{"case", `<LINK>https://a.example/1</LINK><PUBDATE>1 Jan 2025</PUBDATE>`, one(func(it *Item) { it.Published = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC) }), ""},
		{"author with mail", link + `<author>ada@a.example (Ada Brel)</author>`, one(func(it *Item) { it.Author = "Ada Brel" }), ""},
		{"author and mail", link + `<author>Ada Brel &lt;ada@a.example&gt;</author>`, one(func(it *Item) { it.Author = "Ada Brel" }), ""},
		{"mail alone", link + `<author>ada@a.example</author>`, at("https://a.example/1"), ""},
		{"creator before author", link + `<dc:creator>Ada Brel</dc:creator><dc:creator>Bo Lund</dc:creator><author>desk</author>`, one(func(it *Item) { it.Author = "Ada Brel, Bo Lund" }), ""},
		{"broken date", link + `<pubDate>soon</pubDate>`, at("https://a.example/1"), "feed-date"},
		{"second date", link + `<pubDate>soon</pubDate><dc:date>2025-05-16T14:02:07Z</dc:date>`, one(func(it *Item) { it.Published = time.Date(2025, 5, 16, 14, 2, 7, 0, time.UTC) }), ""},
		{"date without zone", link + `<pubDate>16 May 2025 14:02</pubDate>`, one(func(it *Item) { it.Published = time.Date(2025, 5, 16, 14, 2, 0, 0, time.UTC) }), "feed-date-zone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := parse(t, rss(tt.in))
			if codes(f.Warnings) != tt.warnings {
				t.Errorf("warned %v", f.Warnings)
			}
			if diff := cmp.Diff([]Item{tt.want}, f.Items); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAtomContent(t *testing.T) {
	entry := func(s string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/>` + s + `</entry></feed>`
	}
	for _, tt := range []struct{ name, in, content, typ, warnings string }{
		{"xhtml", `<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>A &amp; <x:br/>b<x:i/></x:p></x:div></content>`, `<div xmlns:x="http://www.w3.org/1999/xhtml"><p>A &amp; <br>b<i></i></p></div>`, HTML, ""},
		{"text", `<content>A &lt;b&gt; &amp;amp;</content>`, "A <b> &amp;", Plain, ""},
		{"html", `<content type="html">&lt;p&gt;A</content>`, "<p>A", HTML, ""},
		{"image", `<title>I</title><content type="image/png">iVBO</content>`, "", "", "feed-content"},
		{"elsewhere", `<content type="text/html" src="https://a.example/"/>`, "", "", ""},
	} {
		f := parse(t, entry(tt.in))
		if len(f.Items) != 1 || f.Items[0].URL != "https://news.example/1" || f.Items[0].Content != tt.content || f.Items[0].ContentType != tt.typ || codes(f.Warnings) != tt.warnings {
			t.Errorf("%s: %+v", tt.name, f)
		}
	}
}

// Only addresses of the web are kept, and what has none is told.
func TestAddresses(t *testing.T) {
	f := parse(t, rss("<title>one</title>", "<link>ftp://a.example/x</link>", "<link>javascript:alert(1)</link>", "<link>file:///etc/hosts</link>", "<link>https:///x</link>", "<link>https://a&lt;b.example/</link>",
		"<link>https://a.example/"+strings.Repeat("x", MaxURL)+"</link>", "<link>https://a.example/ok</link>"))
	if len(f.Items) != 1 || f.Items[0].URL != "https://a.example/ok" || codes(f.Warnings) != "feed-no-address" {
		t.Fatalf("%+v", f)
	}
	if m := f.Warnings[0].Message; !strings.HasPrefix(m, "7 items left out") || !strings.Contains(m, `item 1 ("one")`) || !strings.Contains(m, `item 2 at "ftp://a.example/x"`) {
		t.Error(m)
	}
}

func TestCharsets(t *testing.T) {
	const text = "“Café” – Zürich"
	feed := func(label string) string {
		return `<?xml version="1.0" encoding="` + label + `"?><rss><channel><item><link>https://a.example/</link><title>` + text + `</title></item></channel></rss>`
	}
	western, _ := charmap.Windows1252.NewEncoder().String(feed("windows-1252"))
	liar, _ := charmap.Windows1252.NewEncoder().String(feed("utf-8"))
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(feed("utf-16"))
	bare, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(feed("utf-16"))
	for name, tt := range map[string]struct{ in, charset, want, warnings string }{
		"utf-8":               {feed("utf-8"), "", text, ""},
		"mark and white":      {"\xEF\xBB\xBF \n\t" + feed("utf-8"), "", text, ""},
		"declares another":    {feed("iso-8859-1"), "koi8-r", text, ""},
		"windows-1252":        {western, "", text, ""},
		"declared beside":     {liar, "windows-1252", text, ""},
		"declares utf-8":      {liar, "", text, "charset-damaged"},
		"declares nonsense":   {western, "x-none", text, "charset-damaged"},
		"utf-16":              {wide, "", text, ""},
		"utf-16 without mark": {bare, "", text, ""},
		"pasted":              {strings.Replace(feed("utf-8"), "“", "\x93", 1), "", text, "charset-damaged"},
		"cut character":       {strings.Replace(feed("utf-8"), "ü", "\xC3", 1), "", strings.Replace(text, "ü", "\uFFFD", 1), "charset-damaged"},
	} {
		f, err := Parse([]byte(tt.in), "", tt.charset, base)
		if err != nil || len(f.Items) != 1 || f.Items[0].Title != tt.want || codes(f.Warnings) != tt.warnings {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

func TestNoFeed(t *testing.T) {
	for in, says := range map[string]string{
		"":                         "empty",
		" \n\x00":                  "empty",
		"nothing here":             "no element",
		"<!DOCTYPE html><p>x":      ErrPage.Error(),
		"<html><link rel=feed>":    ErrPage.Error(),
		"<p>x</p>":                 ErrPage.Error(),
		"<?xml?><urlset><url>":     `"<urlset>"`,
		"<opml version='2.0'>":     "OPML",
		`{"a":1}`:                  "jsonfeed.org",
		"[]":                       "jsonfeed.org",
		"{":                        "jsonfeed.org",
		"\x1f\x8b\x08\x00":         "compressed",
		"<rss":                     "no element",
		"<\x1b]0;x\x07>\n<a\x1b[>": "begins with",
	} {
		if f, err := Parse([]byte(in), "application/rss+xml", "", base); err == nil || !strings.Contains(err.Error(), says) || strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("%q: %v, %v", in, f, err)
		}
	}
	if _, err := Parse(make([]byte, MaxBytes+1), "", "", base); !errors.Is(err, ErrSize) {
		t.Error(err)
	}
}

// A feed that is cut anywhere gives the items before the cut, each whole, and says
// that it was cut.
func TestTruncated(t *testing.T) {
	list := stories(4)
	for kind, text := range every(list) {
		whole := parse(t, text).Items
		seen := map[int]bool{}
		for n := range len(strings.TrimSpace(text)) {
			f, err := Parse([]byte(text[:n]), "application/feed+json", "", base)
			if err != nil {
				continue
			}
			seen[len(f.Items)] = true
			if !strings.Contains(codes(f.Warnings), "feed-cut") {
				t.Fatalf("%s cut at %d: %v", kind, n, f.Warnings)
			}
			if diff := cmp.Diff(whole[:len(f.Items)], f.Items); diff != "" {
				t.Fatalf("%s cut at %d: %s", kind, n, diff)
			}
		}
		if len(seen) != len(list)+1 {
			t.Errorf("%s: cuts give %v items", kind, seen)
		}
	}
}

func TestTooMany(t *testing.T) {
	list := stories(MaxItems + 7)
	for kind, text := range every(list) {
		f := parse(t, text)
		if len(f.Items) != MaxItems || codes(f.Warnings) != "feed-long" || !strings.Contains(f.Warnings[0].Message, "1007") {
			t.Errorf("%s: %d items, %v", kind, len(f.Items), f.Warnings)
		}
	}
}

// Feeds whose outer form is not what it should be.
func TestShapes(t *testing.T) {
	const item = "<item><link>https://a.example/1</link></item>"
	for in, want := range map[string]struct {
		kind, warnings string
		items          int
		every          time.Duration
	}{
		"<channel><link>/</link>" + item + "</channel>":                                                                    {"rss", "", 1, 0},
		"<rss>" + item + "</rss>":                                                                                          {"rss", "", 1, 0},
		"<RSS VERSION='2'><Channel><Item><Link>/1</Link></Item></Channel></RSS>":                                           {"rss 2.0", "", 1, 0},
		"<rss version='x\x1b'><channel>" + item + item[:len(item)-7] + "</channel></rss>junk <":                            {"rss", "", 2, 0},
		"<rss version='2.0'><channel><item><link>/1</link>" + item + "</channel></rss>":                                    {"rss 2.0", "", 2, 0},
		"<RDF xmlns='http://purl.org/rss/1.0/'>" + item + "</RDF>":                                                         {"rss 1.0", "", 1, 0},
		"<feed><entry><link href='/1'></entry></feed>":                                                                     {"atom 1.0", "", 1, 0},
		"<feed><entry><id>x</id><link href='/1' rel='alternate'/><link href='/2'/></entry>":                                {"atom 1.0", "feed-cut", 1, 0},
		"<rss><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>": {"rss", "", 0, 6 * time.Hour},
		"<rss><channel><ttl>999999999</ttl></channel></rss>":                                                               {"rss", "", 0, 365 * 24 * time.Hour},
	} {
		f := parse(t, in)
		if f.Kind != want.kind || codes(f.Warnings) != want.warnings || len(f.Items) != want.items || f.Every != want.every {
			t.Errorf("%s: %+v", in, f)
		}
		if len(f.Items) > 0 && !strings.HasSuffix(f.Items[0].URL, "/1") {
			t.Errorf("%s: %s", in, f.Items[0].URL)
		}
	}
}

// Lead is what servers put before a feed.
func TestLead(t *testing.T) {
	in := rss("<link>https://a.example/</link>")
	for lead, warnings := range map[string]string{"\n \t": "", "<!-- x -->": "", "<br />\n<b>Warning</b>: x in <b>y</b>\n": "feed-lead", "Notice: x\n": "feed-lead"} {
		if f := parse(t, lead+in); len(f.Items) != 1 || codes(f.Warnings) != warnings {
			t.Errorf("%q: %+v", lead, f)
		}
	}
}

// Hostile feeds take time and memory in proportion to their size: these are a
// quarter of the limit and may allocate 25 times their size.
func TestHostile(t *testing.T) {
	const size = MaxBytes / 4
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	lol := `<!DOCTYPE rss [<!ENTITY a "lol">`
	for c := 'b'; c < 'k'; c++ {
		lol += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	const link = "<link>https://a.example/</link>"
	for name, text := range map[string]string{
		"laughs":         strings.Replace(rss(link+"<title>&j;</title>"), "<rss", lol+"]><rss", 1),
		"external":       strings.Replace(rss(link+"<title>&x;</title>"), "<rss", `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]><rss`, 1),
		"deep":           rss(link + fill("<a>")),
		"deep in title":  rss(link + "<title>" + fill("<i>")),
		"deep same":      rss(link + fill("<title>")),
		"ends":           rss(link + fill("</a>")),
		"attributes":     rss(link + "<x " + fill("a='' ") + "/>"),
		"namespaces":     rss(link + "<x " + fill("xmlns:a='b' ") + "/>"),
		"one attribute":  rss(link + "<x a='" + fill("<") + "'/>"),
		"quotes":         rss(link + "<title " + fill("'\" ")),
		"spaced quotes":  rss(link + "<title " + fill("=          '' ")),
		"ampersands":     rss(link + "<title>" + fill("&") + "</title>"),
		"entities":       rss(link + "<title>" + fill("&amp;amp;") + "</title>"),
		"less than":      rss(link + "<title>" + fill("<") + "</title>"),
		"comments":       rss(link + fill("<!---->")),
		"open comments":  rss(link + fill("<!--")),
		"open doctype":   rss(link + fill("<![")),
		"open cdata":     rss(link + "<title>" + fill("<![CDATA[")),
		"items":          rss(fill("<item><link>/</link></item>")),
		"bases":          rss(fill("<link xml:base='a/'>b</link>")),
		"links":          rss(fill("<link>https://a.example/</link>")),
		"authors":        rss(link + fill("<dc:creator>Ada Brel</dc:creator>")),
		"dates":          rss(link + fill("<pubDate>1 1 1 1 1 1 1</pubDate>")),
		"percents":       rss("<link>https://a.example/" + fill("%") + "</link>"),
		"invalid":        rss(link + "<title>" + fill("\xE9\xFF") + "</title>"),
		"JSON deep":      `{"version":"https://jsonfeed.org/version/1","x":` + fill("["),
		"JSON deep item": `{"version":"https://jsonfeed.org/version/1","items":[{"authors":` + fill(`[{"name":`),
		"JSON items":     `{"version":"https://jsonfeed.org/version/1","items":[` + fill("{},") + `{}]}`,
		"JSON wrong":     `{"version":"https://jsonfeed.org/version/1","items":[1,null,"x",[],{"id":{},"title":3,"url":"/a","authors":"x","author":[1]}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			f, err := Parse([]byte(text), "", "", base)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if spent := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 10*time.Second || spent > 25*size>>20 {
				t.Errorf("%v, %d MiB", took, spent)
			} else if testing.Verbose() {
				t.Logf("%v, %d MiB, %d items, %s", took, spent, len(f.Items), codes(f.Warnings))
			}
			for _, it := range f.Items {
				if strings.Contains(it.Title, "lollol") || name == "laughs" && it.Title != "&j;" {
					t.Errorf("%.100q", it.Title)
				}
			}
		})
	}
}

func TestFind(t *testing.T) {
	page := `<!doctype html><html><head><base href="/b/"><link rel=stylesheet href=x.css>
<link rel="alternate" type="application/rss+xml" title="All" href="rss.xml">
<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="https://other.example/atom?a=1&amp;b=2">
<link rel="alternate" type="application/rss+xml" href="rss.xml"><link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/json" href="/wp-json"><link rel="alternate" type="application/feed+json" href="//c.example/f.json">
<link rel="alternate" type="application/rss+xml" href="javascript:x"><!-- <link rel="alternate" type="text/xml" href="no"> --></head>`
	want := []string{"https://site.example/b/rss.xml", "https://other.example/atom?a=1&b=2", "https://c.example/f.json"}
	if diff := cmp.Diff(want, Find([]byte(page), "https://site.example/news/")); diff != "" {
		t.Error(diff)
	}
	many := strings.Repeat(`<link rel=alternate type=text/xml href=`, 1) + strings.Repeat("x", MaxURL) + `>`
	for i := range 2 * maxFound {
		many += fmt.Sprintf(`<link rel=alternate type=text/xml href=%d>`, i)
	}
	if got := Find([]byte(many), base); len(got) != maxFound {
		t.Errorf("%d found", len(got))
	}
	if got := Find([]byte("<p>none"), ""); len(got) > 0 {
		t.Error(got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range every(stories(2)) {
		f.Add([]byte(s), "", base)
	}
	f.Add([]byte(rss(`<guid>x</guid><link xml:base="%%">?q= </link><pubDate>Fri, 16 May 25 2 p.m. EST</pubDate><description>A<br>&lt;</description>`)), "utf-16", "")
	f.Add([]byte("\x93<rss><channel><item><title>a<b"), "koi8-r", "http://[::1]/")
	f.Fuzz(func(t *testing.T, b []byte, charset, base string) {
		got, err := Parse(b, "application/feed+json", charset, base)
		for _, found := range Find(b, base) {
			checkURL(t, found)
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b\x00") {
				t.Errorf("%q is not one line", err)
			}
			return
		}
		for _, w := range got.Warnings {
			if strings.ContainsAny(w.Message, "\n\x1b\x00") {
				t.Errorf("%q is not one line", w.Message)
			}
		}
		if got.Kind == "" || len(got.Items) > MaxItems {
			t.Errorf("%q, %d items", got.Kind, len(got.Items))
		}
		for _, it := range got.Items {
			checkURL(t, it.URL)
			if it.GUID == "" || strings.ContainsAny(it.Title+it.Author, "\n\x1b\x00") || (it.Content == "") != (it.ContentType == "") || (it.Summary == "") != (it.SummaryType == "") {
				t.Errorf("%+v", it)
			}
			for _, s := range []string{it.Title, it.Author, it.Content, it.Summary, it.GUID} {
				if !utf8.ValidString(s) {
					t.Errorf("%q is not UTF-8", s)
				}
			}
			if _, err := json.Marshal(it); err != nil {
				t.Error(err)
			}
		}
	})
}

func checkURL(t *testing.T, s string) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(s, " \n\t\"<>\x1b") {
		t.Errorf("%q is no address: %v", s, err)
	}
}

func BenchmarkParse(b *testing.B) {
	list := stories(50)
	for i := range list {
		list[i].content = strings.Repeat(list[i].content, 40)
	}
	for kind, text := range map[string]string{"rss": makeRSS("2.0", list), "atom": makeAtom("1.0", list), "json": makeJSON("1.1", list)} {
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse([]byte(text), "", "", base); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
