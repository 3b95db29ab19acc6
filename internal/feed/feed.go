// Package feed reads what announces reports: news feeds of every kind (RSS 0.90
// to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed) in one shape, the feeds that a page
// declares, and subscription lists (OPML 2.0).
//
// Feeds are foreign and seldom well-formed. The scanner of this package takes what
// an XML parser refuses (stray controls and ampersands, broken charsets, entities
// that nobody declared, elements that nobody closed), expands no entity of the
// feed's own, never recurses into a feed, and is linear in it. What it leaves out
// is told in a warning.
package feed

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// The limits on one feed or list.
const (
	MaxBytes    = 16 << 20 // of a feed or a list, after the transport's decompression
	MaxItems    = 1000     // of a feed
	MaxOutlines = 100_000  // feeds in a list
	MaxDepth    = 64       // folders in folders of a list
	MaxURL      = 8 << 10  // bytes of an address
)

// The media types of Item.Content and Item.Summary.
const (
	HTML  = "text/html"
	Plain = "text/plain"
)

// Feed is a feed as it stood when it was fetched.
type Feed struct {
	Kind     string        // "rss 2.0", "rss 1.0", "atom 0.3", "json feed 1.1"
	Title    string        // plain text
	Home     string        // the page of the feed, an absolute http URL; or empty
	Language string        // as declared, "en-GB"; or empty
	Every    time.Duration // how seldom the feed asks to be fetched (ttl, sy:updatePeriod), 0 if it does not
	Items    []Item        // in the order of the feed
	Warnings []record.Warning
}

// Item is one entry of a feed. It always has a URL.
type Item struct {
	URL         string // absolute, http or https, without credentials
	GUID        string // as the feed gives it, else the URL
	Title       string // plain text on one line
	Author      string // names, parted by ", "; never a bare mail address
	Published   time.Time
	Updated     time.Time // both zero where the feed gives no time, or a broken one
	Content     string    // the text in full, if the feed carries it
	ContentType string    // HTML or Plain; empty without content
	Summary     string    // the lead or teaser; where it is long, it may be all there is
	SummaryType string    // as ContentType
}

// Errors that a caller tells apart. With ErrPage, Find may know the page's feeds.
var (
	ErrPage = errors.New("is an HTML page, not a feed")
	ErrSize = fmt.Errorf("is larger than %d MiB, the limit for a feed", MaxBytes>>20)
)

// Parse reads a feed of any kind. The media type and charset are what the server
// declares, and may be empty; the feed itself is believed before them. Base is
// the address at which the feed was found. A feed that breaks off is read up to the
// break, with a warning; an error means that b is no feed, and does not name it.
func Parse(b []byte, mediaType, charset, base string) (*Feed, error) {
	if len(b) > MaxBytes {
		return nil, ErrSize
	}
	text, warnings, err := toUTF8(b, charset)
	if err != nil {
		return nil, err
	}
	if isBlank(text) {
		return nil, errors.New("is empty; there is no feed in it")
	}
	p := parser{feed: &Feed{Warnings: warnings}, base: parseBase(base)}
	if head := strings.TrimLeft(text, " \t\r\n"); strings.HasPrefix(head, "{") || strings.HasPrefix(head, "[") {
		err = p.json(text, isJSONFeed(mediaType))
	} else {
		err = p.xml(text)
	}
	if err != nil {
		return nil, err
	}
	p.finish()
	return p.feed, nil
}

// parser gathers a feed. Drafts keep what can only be settled when all is read.
type parser struct {
	feed   *Feed
	base   *url.URL // of the feed, nil if unknown
	home   address
	author string // of the feed, inherited by items without one
	drafts []draft
	more   int // items over MaxItems
}

// address is an address as the feed gives it, and the xml:base attributes
// around it from the outermost inwards.
type address struct {
	ref   string
	bases []string
}

// draft is an item before its addresses are resolved.
type draft struct {
	Item

	link       address
	linkRank   int // how good link is, 0 for none
	published  stamp
	updated    stamp
	summaryFor int // how good Summary is, 0 for none
}

// The ranks of an item's addresses, the better the higher.
const (
	rankAbout   = iota + 1 // rdf:about, the address of an Atom entry's content
	rankGUID               // a guid that is a permanent link
	rankExtLink            // atom:link in RSS
	rankOther              // an alternate that is not HTML
	rankLink
	rankOrigin // where a link that counts clicks leads to: feedburner:origLink
)

func (d *draft) offer(rank int, ref string, bases []string) {
	if ref = strings.TrimSpace(ref); ref != "" && rank > d.linkRank {
		d.link, d.linkRank = address{ref, bases}, rank
	}
}

// add takes an item, or counts it.
func (p *parser) add(d *draft) {
	if len(p.drafts) >= MaxItems {
		p.more++
		return
	}
	p.drafts = append(p.drafts, *d)
}

// finish resolves what was read, and tells what is left out.
func (p *parser) finish() {
	f := p.feed
	f.Home, _ = resolve(p.home, p.base)
	base := p.base
	if strings.HasPrefix(f.Kind, "rss") && f.Home != "" {
		base = parseBase(f.Home) // what RSS leaves unsaid, and its writers mean
	}
	var homeless, badDates, zoneless tally
	f.Items = make([]Item, 0, len(p.drafts))
	for i := range p.drafts {
		d := &p.drafts[i]
		u, why := resolve(d.link, base)
		if u == "" {
			homeless.add(i, d.Title, why)
			continue
		}
		d.URL = u
		if d.GUID == "" {
			d.GUID = u
		}
		if d.Author == "" {
			d.Author = p.author
		}
		d.Published = d.published.settle(i, &badDates, &zoneless)
		d.Updated = d.updated.settle(i, &badDates, &zoneless)
		f.Items = append(f.Items, d.own())
	}
	p.tell(&homeless, "feed-no-address", "left out for want of an http address")
	p.tell(&badDates, "feed-date", "with a date that cannot be read; it is left empty")
	p.tell(&zoneless, "feed-date-zone", "with a time without a zone; it is read as UTC")
	if p.more > 0 {
		p.warnf("feed-long", "holds %d items; the first %d are read, the limit for one feed", MaxItems+p.more, MaxItems)
	}
}

// own is the item with strings of its own, which do not keep the feed in memory.
func (d *draft) own() Item {
	it := d.Item
	for _, s := range [...]*string{&it.URL, &it.GUID, &it.Title, &it.Author, &it.Content, &it.Summary} {
		*s = strings.Clone(*s)
	}
	return it
}

func (p *parser) warnf(code, format string, args ...any) {
	p.feed.Warnings = append(p.feed.Warnings, warning(code, format, args...))
}

// warning keeps the message to one line, whatever the feed's words in it hold:
// they come quoted.
func warning(code, format string, args ...any) record.Warning {
	return record.Warning{Code: code, Message: fmt.Sprintf(format, args...)}
}

// tally counts what went wrong in one way, and remembers the first places.
type tally struct {
	n      int
	places []string
}

// maxPlaces is the number of places that a warning names.
const maxPlaces = 5

func (t *tally) add(item int, what, why string) {
	t.n++
	if len(t.places) >= maxPlaces {
		return
	}
	place := "item " + strconv.Itoa(item+1)
	if what != "" {
		place += " (" + quote(what) + ")"
	}
	if why != "" {
		place += " " + why
	}
	t.places = append(t.places, place)
}

func (p *parser) tell(t *tally, code, what string) {
	if t.n == 0 {
		return
	}
	places := strings.Join(t.places, ", ")
	if t.n > len(t.places) {
		places += " and others"
	}
	noun := "items"
	if t.n == 1 {
		noun = "item"
	}
	p.warnf(code, "%d %s %s: %s", t.n, noun, what, places)
}

// quote is s in quotation marks on one line, cut to what a message holds.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}
