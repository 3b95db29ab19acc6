package article

import (
	"fmt"
	"math"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits on one page. A page of news has one to eight thousand elements.
const (
	MaxElements  = 100_000
	MaxDepth     = 512      // the parser's own limit on elements that are open at one time
	maxAttrs     = 32       // of one element
	maxAttrBytes = 8 << 10  // of one attribute's value
	maxMetaBytes = 64 << 10 // of a title, of JSON-LD
)

var (
	errTooManyElements = fmt.Errorf("holds more than %d elements, the limit for one page", MaxElements)
	errTooDeep         = fmt.Errorf("nests elements more than %d deep, the limit for one page", MaxDepth)
)

// lean is the page without what says nothing of the article and makes parsers
// slow: scripts, styles, drawings, frames, comments, most attributes, and the
// elements of mere formatting, whose repair by HTML's rules ("reconstruct the
// active formatting elements") can multiply a hostile page. The text around
// them stays as it is. Unscripted keeps what a page shows where no script runs.
// One pass, linear in the page.
func lean(page string, unscripted bool) (string, error) {
	z := html.NewTokenizer(strings.NewReader(page))
	var (
		out      strings.Builder
		skip     string        // the element whose end is awaited
		room     = math.MaxInt // bytes of text that the open element may hold
		elements int
		framed   = map[string]bool{} // "html", "head" and "body", once opened
	)
	out.Grow(len(page) / 2)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String(), nil
		case html.TextToken:
			if skip == "" {
				out.Write(z.Raw()[:min(len(z.Raw()), room)])
			}
		case html.DoctypeToken:
			out.WriteString("<!doctype html>")
		case html.EndTagToken:
			name, _ := z.TagName()
			room = math.MaxInt
			switch {
			case skip == string(name):
				skip = ""
			case skip == "" && !isFormatting(name) && string(name) != "noscript":
				out.WriteString("</" + string(name) + ">")
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			tag := string(name)
			if (skip == "svg" || skip == "math") && breaksOut(name) {
				skip = ""
			}
			if skip != "" || isFormatting(name) || framed[tag] || tag == "noscript" && unscripted {
				continue
			}
			if tag == "html" || tag == "head" || tag == "body" {
				framed[tag] = true
			}
			attrs, jsonLD := leanAttrs(z, hasAttr)
			if isOpaque(name) && !jsonLD {
				skip = tag
				continue
			}
			if elements++; elements > MaxElements {
				return "", errTooManyElements
			}
			out.WriteString("<" + tag + attrs + ">")
			if jsonLD || tag == "title" {
				room = maxMetaBytes
			}
		}
	}
}

// isOpaque reports whether nothing inside the element is text of the page.
func isOpaque(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noframes, atom.Noembed, atom.Svg, atom.Math:
		return true
	}
	switch string(name) {
	case "amp-ad", "amp-embed", "amp-sidebar", "amp-consent", "amp-user-notification", "amp-iframe", "amp-analytics":
		return true
	}
	return false
}

// breaksOut reports whether the element ends a drawing that was never closed.
func breaksOut(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.Body, atom.Div, atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol, atom.Table, atom.Img, atom.Blockquote:
		return true
	}
	return false
}

// isFormatting reports whether the element is one of the standard's formatting
// elements, links excepted.
func isFormatting(name []byte) bool {
	switch atom.Lookup(name) {
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

// leanAttrs are the attributes of z's tag that help to find the article.
// JSONLD says that it is a script that holds metadata.
func leanAttrs(z *html.Tokenizer, more bool) (attrs string, jsonLD bool) {
	var out strings.Builder
	for n := 0; more && n < maxAttrs; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		if len(val) > maxAttrBytes || !keepsAttr(string(key)) {
			continue
		}
		if string(key) == "type" && strings.EqualFold(string(val), "application/ld+json") {
			jsonLD = true
		}
		out.WriteString(" " + string(key) + `="` + html.EscapeString(string(val)) + `"`)
	}
	return out.String(), jsonLD
}

func keepsAttr(key string) bool {
	switch key {
	case "class", "id", "role", "rel", "href", "type", "lang", "style", "hidden", "aria-hidden", "aria-modal",
		"name", "property", "content", "itemprop", "itemtype", "datetime", "pubdate":
		return true
	}
	return false
}

// parse is the tree of a lean page.
func parse(page string) (*html.Node, error) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, errTooDeep // the only error there is: text in memory can be read
	}
	return doc, nil
}
