package feed

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Outline is a feed in a subscription list.
type Outline struct {
	Title    string // plain text
	XMLURL   string // of the feed, absolute, http or https
	HTMLURL  string // of its site, likewise, or empty
	Category string // the folders it stands in, "World/Asia", or empty
}

// ReadOPML reads a subscription list of OPML 1.0, 1.1 or 2.0. Folders in folders
// become categories. A list that breaks off is read up to the break, with a
// warning; what is no feed of the web is left out, with a warning.
func ReadOPML(b []byte) ([]Outline, []record.Warning, error) {
	if len(b) > MaxBytes {
		return nil, nil, fmt.Errorf("is larger than %d MiB, the limit for a list of feeds", MaxBytes>>20)
	}
	text, warnings, err := toUTF8(b, "")
	if err != nil {
		return nil, nil, err
	}
	r := opmlReader{scanner: scanner{text: text}, p: parser{feed: &Feed{Warnings: warnings}}}
	if err := r.read(); err != nil {
		return nil, nil, err
	}
	r.p.tell(&r.odd, "opml-no-feed", "of the list left out: no feed at an http address")
	if r.more > 0 {
		r.p.warnf("opml-long", "lists %d feeds; the first %d are read, the limit for one list", MaxOutlines+r.more, MaxOutlines)
	}
	return r.list, r.p.feed.Warnings, nil
}

type opmlReader struct {
	scanner

	p       parser // for its warnings
	list    []Outline
	more    int
	n       int      // outlines so far
	folders []string // the category that each open outline gives to those in it
	odd     tally
	long    bool // a path of folders was cut
}

// maxCategory is the length in bytes of the longest path of folders.
const maxCategory = 1 << 10

func (r *opmlReader) read() error {
	inside := false
	for {
		t := r.next()
		local := strings.ToLower(t.name[strings.IndexByte(t.name, ':')+1:])
		switch {
		case t.kind == endOfText || t.kind == broken:
			if !inside {
				return errors.New("is no list of feeds: there is no <opml> in it")
			}
			r.p.warnf("opml-cut", "breaks off at byte %d, after outline %d", t.at, r.n)
			return nil
		case t.kind == startTag && local == "opml":
			inside = true
		case t.kind == endTag && local == "opml" && inside:
			return nil
		case t.kind == startTag && local == "outline" && inside:
			if err := r.outline(&t); err != nil {
				return err
			}
		case t.kind == endTag && local == "outline" && len(r.folders) > 0:
			r.folders = r.folders[:len(r.folders)-1]
		}
	}
}

func (r *opmlReader) outline(t *token) error {
	r.n++
	folder := ""
	if len(r.folders) > 0 {
		folder = r.folders[len(r.folders)-1]
	}
	o, given := outlineOf(t)
	if o.Category == "" || folder != "" {
		o.Category = folder
	}
	switch {
	case o.XMLURL != "" && len(r.list) >= MaxOutlines:
		r.more++
	case o.XMLURL != "":
		r.list = append(r.list, o)
	case given != "" || t.empty:
		r.odd.add(r.n-1, o.Title, "")
	}
	if t.empty {
		return nil
	}
	if len(r.folders) >= MaxDepth {
		return fmt.Errorf("nests folders more than %d deep, the limit for a list of feeds (at byte %d)", MaxDepth, t.at)
	}
	if given == "" {
		folder = r.below(folder, category(o.Title), t.at)
	}
	r.folders = append(r.folders, folder)
	return nil
}

// below is the path of a folder in a folder, or that of the latter if it gets too long.
func (r *opmlReader) below(folder, name string, at int) string {
	switch {
	case name == "":
		return folder
	case folder == "":
		return name
	case len(folder)+len(name) >= maxCategory || strings.Count(folder, "/")+strings.Count(name, "/")+2 > MaxDepth:
		if !r.long {
			r.p.warnf("opml-folder", "has folders whose path is too long, the first at byte %d; their feeds stand in the folder above", at)
		}
		r.long = true
		return folder
	}
	return folder + "/" + name
}

// outlineOf is what a tag says of a feed, and the address that it gives for it.
func outlineOf(t *token) (o Outline, given string) {
	text := ""
	for rest := t.attrs; rest != ""; {
		var key, value string
		key, value, rest = cutAttr(rest)
		switch strings.ToLower(key) {
		case "title":
			o.Title = line(decodeEntities(value))
		case "text":
			text = line(decodeEntities(value))
		case "xmlurl":
			given = strings.TrimSpace(decodeEntities(value))
			o.XMLURL = webAddress(given)
		case "htmlurl":
			o.HTMLURL = webAddress(decodeEntities(value))
		case "category":
			first, _, _ := strings.Cut(decodeEntities(value), ",")
			o.Category = category(first)
		}
	}
	if o.Title == "" {
		o.Title = text
	}
	return o, given
}

// webAddress is an absolute address of the web, or empty. Readers of feeds write
// "feed://host" and "feed:https://host" for such.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 5 && strings.EqualFold(s[:5], "feed:") {
		if s = s[5:]; strings.HasPrefix(s, "//") {
			s = "http:" + s
		}
	}
	u, _ := resolve(address{ref: s}, nil)
	return u
}

// category is a path of folders with single slashes and no white space around
// names; of one that is too long, its beginning.
func category(s string) string {
	path, depth := "", 0
	for name := range strings.SplitSeq(s, "/") {
		if name = line(name); name == "" {
			continue
		}
		if depth++; depth > MaxDepth || len(path)+len(name) >= maxCategory {
			break
		}
		if path != "" {
			path += "/"
		}
		path += name
	}
	return path
}

// WriteOPML writes a subscription list of OPML 2.0. The order is that of
// categories, then titles, then addresses: the same feeds give the same bytes. A
// feed without a title is called by its address.
func WriteOPML(title string, feeds []Outline) []byte {
	type row struct {
		Outline

		folders []string
	}
	rows := make([]row, len(feeds))
	for i, o := range feeds {
		o.Title = cmp.Or(line(o.Title), o.XMLURL)
		rows[i] = row{Outline: o}
		if c := category(o.Category); c != "" {
			rows[i].folders = strings.Split(c, "/")
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(slices.Compare(a.folders, b.folders), cmp.Compare(a.Title, b.Title), cmp.Compare(a.XMLURL, b.XMLURL), cmp.Compare(a.HTMLURL, b.HTMLURL))
	})
	var w opmlWriter
	w.out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>" + escape(line(title)) + "</title>\n  </head>\n  <body>\n")
	for i := range rows {
		w.enter(rows[i].folders)
		w.feed(&rows[i].Outline)
	}
	w.enter(nil)
	w.out.WriteString("  </body>\n</opml>\n")
	return []byte(w.out.String())
}

type opmlWriter struct {
	out  strings.Builder
	open []string // folders
}

func (w *opmlWriter) indent() { w.out.WriteString(strings.Repeat("  ", len(w.open)+2)) }

// enter closes and opens folders until those are open.
func (w *opmlWriter) enter(folders []string) {
	same := 0
	for same < min(len(folders), len(w.open)) && folders[same] == w.open[same] {
		same++
	}
	for len(w.open) > same {
		w.open = w.open[:len(w.open)-1]
		w.indent()
		w.out.WriteString("</outline>\n")
	}
	for _, name := range folders[same:] {
		w.indent()
		w.out.WriteString(`<outline text="` + escape(name) + "\">\n")
		w.open = append(w.open, name)
	}
}

func (w *opmlWriter) feed(o *Outline) {
	w.indent()
	title := escape(o.Title)
	w.out.WriteString(`<outline type="rss" text="` + title + `" title="` + title + `" xmlUrl="` + escape(o.XMLURL) + `"`)
	if o.HTMLURL != "" {
		w.out.WriteString(` htmlUrl="` + escape(o.HTMLURL) + `"`)
	}
	w.out.WriteString("/>\n")
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\uFFFE", "\uFFFD", "\uFFFF", "\uFFFD")

// escape is s as the value of an attribute of XML 1.0.
func escape(s string) string { return xmlEscapes.Replace(strings.ToValidUTF8(s, "\uFFFD")) }
