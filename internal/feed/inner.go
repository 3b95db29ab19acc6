package feed

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// inner is what stands in an element: its text, or its HTML if there are
// elements in it.
type inner struct {
	text   string
	markup bool
}

// inner reads the element that t opens, to its end. It is over as well where the
// item or feed around it ends; ok is false where the text breaks off first.
func (r *xmlReader) inner(t *token) (in inner, ok bool) {
	if t.empty {
		return inner{}, true
	}
	start := r.pos
	end, markup, ok := r.passOver(t)
	if !ok {
		return inner{}, false
	}
	s := r.text[start:end]
	switch {
	case markup:
		return inner{render(s, r.native == "rss"), true}, true
	case strings.IndexByte(s, '<') < 0:
		return inner{decodeEntities(s), false}, true
	}
	var out strings.Builder
	out.Grow(len(s))
	for sub := (scanner{text: s}); ; {
		switch c := sub.next(); c.kind {
		case charData:
			out.WriteString(decodeEntities(c.text))
		case cData:
			out.WriteString(c.text)
		case endOfText, broken:
			return inner{out.String(), false}, true
		}
	}
}

// pass moves past the element that t opens.
func (r *xmlReader) pass(t *token) bool {
	if t.empty {
		return true
	}
	_, _, ok := r.passOver(t)
	return ok
}

// passOver moves past the element that t opens, which ends at byte end. Markup
// reports whether there are elements in it.
func (r *xmlReader) passOver(t *token) (end int, markup, ok bool) {
	depth := 0
	for {
		c := r.next()
		same := len(c.name) == len(t.name) && strings.EqualFold(c.name, t.name)
		switch {
		case c.kind == endOfText || c.kind == broken:
			return 0, false, false
		case c.kind == endTag && same && depth == 0:
			return c.at, markup, true
		case c.kind == endTag && same:
			depth--
		case c.kind == endTag && r.isLevel(c.name), c.kind == startTag && r.isItem(c.name):
			r.pos = c.at // to be read again by whoever it belongs to
			return c.at, markup, true
		case c.kind == startTag:
			markup = true
			if same && !c.empty {
				depth++
			}
		}
	}
}

// isItem reports whether a tag of that name begins an item of this feed.
func (r *xmlReader) isItem(name string) bool {
	if r.native == "atom" {
		return strings.EqualFold(name, "entry")
	}
	return strings.EqualFold(name, "item")
}

// isLevel reports whether a tag of that name ends an item or more of this feed.
func (r *xmlReader) isLevel(name string) bool {
	if r.isItem(name) {
		return true
	}
	if r.native == "atom" {
		return strings.EqualFold(name, "feed")
	}
	return strings.EqualFold(name, "channel") || strings.EqualFold(name, "rss") || strings.EqualFold(name, "rdf:RDF")
}

// render writes the inside of an XML element as HTML: names without prefixes,
// elements that are empty in XML closed. Raw says that CDATA holds HTML, as in RSS.
func render(s string, raw bool) string {
	var out strings.Builder
	out.Grow(len(s))
	for sub := (scanner{text: s}); ; {
		c := sub.next()
		_, local, ok := strings.Cut(c.name, ":")
		if !ok {
			local = c.name
		}
		switch c.kind {
		case endOfText, broken:
			return out.String()
		case charData:
			out.WriteString(c.text)
		case cData:
			if raw {
				out.WriteString(c.text)
			} else {
				out.WriteString(html.EscapeString(c.text))
			}
		case startTag:
			out.WriteString("<" + local)
			out.WriteString(c.attrs)
			out.WriteByte('>')
			if c.empty && !isVoid(local) {
				out.WriteString("</" + local + ">")
			}
		case endTag:
			out.WriteString("</" + local + ">")
		}
	}
}

// isVoid reports whether an element of HTML has no end tag (WHATWG HTML, §13.1.2).
func isVoid(name string) bool {
	switch strings.ToLower(name) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}

// plainText is the text of a line of HTML. What is no element of HTML is text:
// "List<String> explained".
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return line(s)
	}
	var out strings.Builder
	out.Grow(len(s))
	hidden := atom.Atom(0) // the element whose inside is not text
	for sub := (scanner{text: s}); ; {
		at := sub.pos
		c := sub.next()
		if c.kind == endOfText {
			return line(out.String())
		}
		name := atom.Lookup([]byte(strings.ToLower(c.name)))
		switch {
		case c.kind == broken:
			out.WriteString(decodeEntities(s[c.at:]))
			return line(out.String())
		case hidden != 0:
			if c.kind == endTag && name == hidden {
				hidden = 0
			}
		case c.kind == charData:
			out.WriteString(decodeEntities(c.text))
		case c.kind == cData:
			out.WriteString(c.text)
		case name == 0:
			out.WriteString(s[max(at, c.at):sub.pos])
		case c.kind == startTag && (name == atom.Script || name == atom.Style):
			hidden = name
		case !isInline(name):
			out.WriteByte(' ')
		}
	}
}

func isInline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Big, atom.Cite, atom.Code, atom.Em, atom.Font, atom.I, atom.Mark, atom.Nobr, atom.Q, atom.S,
		atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Tt, atom.U, atom.Wbr:
		return true
	}
	return false
}
