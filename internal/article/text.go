package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// textOf is the text of the tree below n as a reader sees it: a paragraph for
// every block, an empty line between two, a line for every <br>. White space
// is collapsed as HTML does; characters that show nothing are left out.
func textOf(n *html.Node) string {
	var w textWriter
	w.node(n)
	return w.out.String()
}

// textWriter writes white space late, when it knows what comes after it.
type textWriter struct {
	out    strings.Builder
	space  bool // white space was seen since the last character
	breaks int  // newlines due before the next character
	pre    int  // depth of open <pre> elements
}

func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if w.pre > 0 {
			w.preformatted(n.Data)
		} else {
			w.text(n.Data)
		}
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Br:
			w.newline(1)
			return
		case atom.Figcaption, atom.Script, atom.Style, atom.Template, atom.Head, atom.Button, atom.Select, atom.Textarea:
			return
		case atom.Sup:
			if c := n.FirstChild; c != nil && c.DataAtom == atom.A {
				return // the mark of a footnote
			}
		case atom.Td, atom.Th:
			w.space = true
		case atom.Q:
			w.text("“")
			defer w.text("”")
		case atom.Pre:
			w.pre++
			defer func() { w.pre-- }()
		}
	}
	block := n.Type == html.ElementNode && isBlock(n.DataAtom)
	if block {
		w.newline(2)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	if block {
		w.newline(2)
	}
}

func (w *textWriter) newline(n int) { w.breaks = max(w.breaks, n) }

func (w *textWriter) text(s string) {
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			w.space = true
		case '\u00AD', '\u200B', '\u2060', '\uFEFF':
			// hyphenation and line-breaking hints, seen by nobody
		default:
			w.rune(r)
		}
	}
}

func (w *textWriter) preformatted(s string) {
	for _, r := range s {
		switch r {
		case '\n':
			w.newline(w.breaks + 1)
		case ' ', '\t', '\r', '\f':
			w.space = true
		default:
			w.rune(r)
		}
	}
}

// rune writes the white space that is due, and r.
func (w *textWriter) rune(r rune) {
	if w.out.Len() > 0 {
		switch {
		case w.breaks >= 2:
			w.out.WriteString("\n\n")
		case w.breaks == 1:
			w.out.WriteByte('\n')
		case w.space:
			w.out.WriteByte(' ')
		}
	}
	w.breaks, w.space = 0, false
	w.out.WriteRune(r)
}

// isBlock reports whether an element stands in lines of its own.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Blockquote, atom.Pre, atom.Address, atom.Figure, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr,
		atom.Caption, atom.Hr, atom.Form, atom.Fieldset, atom.Details, atom.Summary, atom.Body:
		return true
	}
	return false
}
