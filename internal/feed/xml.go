package feed

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html/atom"
)

// maxLead is the number of bytes that may stand before a feed: servers put white
// space, comments and their own warnings there.
const maxLead = 64 << 10

// The levels of a feed that may carry an xml:base.
const (
	atRoot = iota
	atChannel
	atItem
	levels
)

// xmlReader reads RSS, RDF and Atom. It knows three levels (feed, channel, item)
// by name; what it does not know, it passes over to its end tag, or to the end of
// the item if that never comes.
type xmlReader struct {
	scanner

	p        *parser
	native   string            // the namespace of the format: "atom" or "rss"
	prefixes map[string]string // as declared so far
	bases    [levels]string    // xml:base, as it stands
	item     *draft            // the open one, or nil
	author   int               // rank of the item's author
	odd      tally             // items whose content is no text
	bare     bool              // the feed is a channel without <rss> around it
}

func (p *parser) xml(text string) error {
	r := &xmlReader{scanner: scanner{text: text}, p: p, prefixes: map[string]string{}}
	if err := r.root(); err != nil {
		return err
	}
	r.body()
	p.tell(&r.odd, "feed-content", "with content that is not text; it is left out")
	return nil
}

// root finds the first tag of the feed.
func (r *xmlReader) root() error {
	head := strings.TrimLeft(r.text, " \t\r\n")
	if len(head) > 14 && strings.EqualFold(head[:14], "<!doctype html") {
		return ErrPage
	}
	first := ""
	for {
		t := r.next()
		switch t.kind {
		case endOfText, broken:
			return notFeed(first)
		case startTag:
			own := r.declare(&t)
			_, local, ok := strings.Cut(t.name, ":")
			if !ok {
				local = t.name
			}
			switch strings.ToLower(local) {
			case "rss", "rdf", "channel":
				r.native = "rss"
			case "feed":
				r.native = "atom"
			default:
				if first == "" {
					first = t.name
				}
				if t.at > maxLead || strings.EqualFold(local, "html") || strings.EqualFold(local, "opml") {
					return notFeed(first)
				}
				continue
			}
			r.bare = strings.EqualFold(local, "channel")
			r.p.feed.Kind = kindOf(&t, strings.ToLower(local), own)
			if before := strings.TrimSpace(r.text[:t.at]); first != "" || before != "" && before[0] != '<' {
				r.p.warnf("feed-lead", "begins after %d bytes that are no part of it", t.at)
			}
			r.enter(&t, atRoot)
			return nil
		}
	}
}

func notFeed(first string) error {
	if first == "" {
		return errors.New("is not a feed: there is no element of RSS, RDF or Atom in it")
	}
	if atom.Lookup([]byte(strings.ToLower(first))) != 0 {
		return ErrPage
	}
	if strings.EqualFold(first, "opml") {
		return errors.New("is a list of feeds (OPML), not a feed; import it as a list")
	}
	return fmt.Errorf("is not a feed: it is XML that begins with %s", quote("<"+first+">"))
}

// kindOf names the format and version of a feed by its first tag.
func kindOf(t *token, local, own string) string {
	version := t.attr("version")
	switch local {
	case "feed":
		if version == "0.3" || strings.Contains(t.attrs, "purl.org/atom/ns") {
			return "atom 0.3"
		}
		return "atom 1.0"
	case "rdf":
		if own == "rss" && strings.Contains(t.attrs, "/simple/0.9/") {
			return "rss 0.90"
		}
		return "rss 1.0"
	}
	if len(version) > 6 || strings.Trim(version, "0123456789.") != "" || version == "" {
		return "rss"
	}
	if version == "2" {
		version = "2.0"
	}
	return "rss " + version
}

// enter notes what a tag of the feed's own levels says of all below it.
func (r *xmlReader) enter(t *token, level int) {
	for i := level; i < levels; i++ {
		r.bases[i] = ""
	}
	r.bases[level] = t.attr("xml:base")
	if level < atItem && r.p.feed.Language == "" {
		r.p.feed.Language = language(t.attr("xml:lang"))
	}
}

// basesOf are the xml:base attributes around and on t.
func (r *xmlReader) basesOf(t *token) []string {
	var out []string
	for _, b := range r.bases {
		if b != "" {
			out = append(out, b)
		}
	}
	if own := t.attr("xml:base"); own != "" {
		out = append(out, own)
	}
	return out
}

// body reads all after the first tag.
func (r *xmlReader) body() {
	for {
		t := r.next()
		switch t.kind {
		case endOfText, broken:
			r.cut(t.at)
			return
		case endTag:
			switch r.nameOf(&t, "") {
			case "item", "entry":
				r.close()
			case "channel":
				r.close()
				if r.bare {
					return
				}
				r.enter(&token{}, atChannel)
			case "rss", "feed", "rdf:rdf", "rdf":
				r.close()
				return
			}
		case startTag:
			if !r.start(&t) {
				r.cut(len(r.text))
				return
			}
		}
	}
}

// cut tells that the feed breaks off. The item that it breaks off in is not whole.
func (r *xmlReader) cut(at int) {
	if r.item != nil {
		r.p.warnf("feed-cut", "breaks off at byte %d, in the middle of item %d (%s), which is left out", at, len(r.p.drafts)+r.p.more+1, quote(r.item.Title))
		r.item = nil
		return
	}
	r.p.warnf("feed-cut", "breaks off at byte %d, after item %d", at, len(r.p.drafts)+r.p.more)
}

func (r *xmlReader) close() {
	if r.item != nil {
		r.p.add(r.item)
		r.item = nil
	}
}

// start reads an element of the feed or of the open item; false means that the
// text breaks off in it.
func (r *xmlReader) start(t *token) bool {
	name := r.nameOf(t, r.declare(t))
	switch name {
	case "item", "entry":
		r.close()
		r.enter(t, atItem)
		r.item, r.author = &draft{}, 0
		r.item.offer(rankAbout, t.attr("rdf:about"), nil)
		if t.empty {
			r.close()
		}
		return true
	case "channel", "rss", "feed":
		r.enter(t, atChannel)
		return true
	}
	if r.item == nil {
		return r.ofFeed(name, t)
	}
	return r.ofItem(name, t)
}

// ofFeed reads an element of the feed itself.
func (r *xmlReader) ofFeed(name string, t *token) bool {
	f := r.p.feed
	switch name {
	case "title", "link", "atom:link", "language", "dc:language", "ttl", "sy:updateperiod", "sy:updatefrequency", "author":
	default:
		return r.pass(t)
	}
	in, ok := r.inner(t)
	if !ok {
		return false
	}
	switch name {
	case "title":
		if f.Title == "" {
			f.Title = r.plain(t, in)
		}
	case "link", "atom:link":
		ref := strings.TrimSpace(in.text)
		if href := t.attr("href"); href != "" && isAlternate(t.attr("rel")) {
			ref = href
		}
		if ref != "" && (r.p.home.ref == "" || name == "link" && r.native == "rss") {
			r.p.home = address{ref, r.basesOf(t)}
		}
	case "language", "dc:language":
		f.Language = language(in.text)
	case "ttl":
		f.Every = minutes(in.text)
	case "sy:updateperiod":
		f.Every = periods[strings.ToLower(strings.TrimSpace(in.text))]
	case "sy:updatefrequency":
		if n, err := strconv.Atoi(strings.TrimSpace(in.text)); err == nil && n > 0 {
			f.Every /= time.Duration(n)
		}
	case "author":
		r.p.author = joinNames(r.p.author, person(in))
	}
	return true
}

// periods are the values of sy:updatePeriod (RDF Site Summary 1.0 Modules: Syndication).
var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// minutes is what a ttl says, at most a year.
func minutes(s string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(min(n, 365*24*60))*time.Minute, periods["yearly"])
}

// ofItem reads an element of the open item.
func (r *xmlReader) ofItem(name string, t *token) bool {
	d := r.item
	switch name {
	case "title", "link", "atom:link", "guid", "id", "feedburner:origlink", "pheedo:origlink",
		"description", "summary", "itunes:summary", "media:description", "dc:description", "rss091:description",
		"content", "content:encoded", "body", "xhtml:body", "xhtml:div",
		"author", "dc:creator", "itunes:author",
		"pubdate", "published", "issued", "created", "dc:date", "dcterms:issued", "dcterms:created", "atom:published",
		"updated", "modified", "dcterms:modified", "atom:updated":
	case "media:group":
		return true // holds what others give directly
	default:
		return r.pass(t)
	}
	in, ok := r.inner(t)
	if !ok {
		return false
	}
	switch name {
	case "title":
		if d.Title == "" {
			d.Title = r.plain(t, in)
		}
	case "link", "atom:link":
		r.link(name, t, in)
	case "guid", "id":
		id := line(in.text)
		if d.GUID == "" {
			d.GUID = id
		}
		if name == "guid" && !strings.EqualFold(t.attr("ispermalink"), "false") && isWeb(id) {
			d.offer(rankGUID, id, nil)
		}
	case "feedburner:origlink", "pheedo:origlink":
		if isWeb(strings.TrimSpace(in.text)) {
			d.offer(rankOrigin, in.text, nil)
		}
	case "description", "summary":
		r.summary(2, t, in)
	case "itunes:summary", "media:description", "dc:description", "rss091:description":
		r.summary(1, t, in)
	case "content", "content:encoded", "body", "xhtml:body", "xhtml:div":
		r.content(t, in)
	case "dc:creator":
		r.by(3, in)
	case "author":
		r.by(2, in)
	case "itunes:author":
		r.by(1, in)
	case "updated", "modified", "dcterms:modified", "atom:updated":
		d.updated.offer(in.text)
	default:
		d.published.offer(in.text)
	}
	return true
}

func (r *xmlReader) link(name string, t *token, in inner) {
	href, rel, d := t.attr("href"), t.attr("rel"), r.item
	switch {
	case href == "":
		d.offer(rankLink, in.text, r.basesOf(t))
	case !isAlternate(rel):
	case name == "atom:link":
		d.offer(rankExtLink, href, r.basesOf(t))
	default:
		rank := rankLink
		if typ := strings.ToLower(t.attr("type")); typ != "" && !strings.Contains(typ, "html") {
			rank = rankOther
		}
		d.offer(rank, href, r.basesOf(t))
	}
}

func isAlternate(rel string) bool {
	return rel == "" || strings.EqualFold(rel, "alternate") || strings.HasSuffix(rel, "/relation/alternate")
}

// by takes the author of the item, if he is named in a better place than so far.
func (r *xmlReader) by(rank int, in inner) {
	name := person(in)
	switch {
	case name == "" || rank < r.author:
	case rank > r.author:
		r.item.Author, r.author = name, rank
	default:
		r.item.Author = joinNames(r.item.Author, name)
	}
}

func (r *xmlReader) summary(rank int, t *token, in inner) {
	if text, typ := r.textOf(t, in); text != "" && rank > r.item.summaryFor {
		r.item.Summary, r.item.SummaryType, r.item.summaryFor = text, typ, rank
	}
}

func (r *xmlReader) content(t *token, in inner) {
	if src := t.attr("src"); src != "" && r.native == "atom" {
		r.item.offer(rankAbout, src, r.basesOf(t))
		return
	}
	if text, typ := r.textOf(t, in); len(text) > len(r.item.Content) {
		r.item.Content, r.item.ContentType = text, typ
	}
}

// textOf is the text of a content or summary, and its media type.
func (r *xmlReader) textOf(t *token, in inner) (text, typ string) {
	text = strings.TrimSpace(in.text)
	switch {
	case text == "":
		return "", ""
	case in.markup:
		return text, HTML
	case r.native == "rss":
		if strings.ContainsAny(text, "<&") {
			return text, HTML
		}
		return text, Plain
	}
	switch declared := strings.ToLower(t.attr("type")); declared {
	case "", "text", Plain:
		return text, Plain
	case "html", "xhtml", HTML, "application/xhtml+xml":
		return text, HTML
	default:
		r.odd.add(len(r.p.drafts), r.item.Title, "of type "+quote(declared))
		return "", ""
	}
}

// plain is the text of an element that holds one line: HTML in RSS, whatever
// its authors meant; what it declares in Atom.
func (r *xmlReader) plain(t *token, in inner) string {
	if in.markup || r.native == "rss" || strings.Contains(strings.ToLower(t.attr("type")), "html") {
		return plainText(in.text)
	}
	return line(in.text)
}
