package feed

import "strings"

// spaces are the namespaces that mean something here, by their names in lower
// case, without scheme and last "/" or "#". The key is the prefix that most feeds use,
// which is believed where a feed declares none.
var spaces = map[string]string{
	"purl.org/rss/1.0/modules/content":     "content",
	"purl.org/rss/1.0/modules/syndication": "sy",
	"purl.org/dc/elements/1.1":             "dc",
	"purl.org/dc/terms":                    "dcterms",
	"www.w3.org/2005/atom":                 "atom",
	"purl.org/atom/ns":                     "atom",
	"rssnamespace.org/feedburner/ext/1.0":  "feedburner",
	"www.pheedo.com/namespace/pheedo":      "pheedo",
	"search.yahoo.com/mrss":                "media",
	"www.itunes.com/dtds/podcast-1.0.dtd":  "itunes",
	"www.w3.org/1999/xhtml":                "xhtml",
	"www.w3.org/1999/02/22-rdf-syntax-ns":  "rdf",
	"purl.org/rss/1.0":                     "rss",
	"my.netscape.com/rdf/simple/0.9":       "rss",
	"channel.netscape.com/rdf/simple/0.9":  "rss",
	"backend.userland.com/rss2":            "rss",
	"backend.userland.com/rss":             "rss",
	"blogs.law.harvard.edu/tech/rss":       "rss",
	"cyber.law.harvard.edu/rss/rss.html":   "rss",
	"www.rssboard.org/rss-specification":   "rss",
	"purl.org/rss/1.0/modules/rss091":      "rss091",
	"www.rssboard.org/media-rss":           "media",
}

// aliases are prefixes that some feeds use without declaring them.
var aliases = map[string]string{"atom10": "atom", "atom03": "atom", "a10": "atom", "dct": "dcterms"}

// spaceOf is the key of a namespace, or empty.
func spaceOf(uri string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	if _, after, ok := strings.Cut(uri, "://"); ok {
		uri = after
	}
	return spaces[strings.TrimRight(uri, "/#")]
}

// maxPrefixes is the number of namespace prefixes that are minded in one feed.
const maxPrefixes = 64

// declare takes the namespaces that a tag declares. Own is the namespace of
// the tag itself where it declares one without a prefix.
func (r *xmlReader) declare(t *token) (own string) {
	if !strings.Contains(t.attrs, "xmlns") {
		return ""
	}
	for rest := t.attrs; rest != ""; {
		var key, value string
		key, value, rest = cutAttr(rest)
		if key == "xmlns" {
			own = spaceOf(value)
			continue
		}
		prefix, ok := strings.CutPrefix(key, "xmlns:")
		if space := spaceOf(value); ok && space != "" && len(r.prefixes) < maxPrefixes {
			r.prefixes[prefix] = space
		}
	}
	return own
}

// nameOf is the name of a tag in lower case: bare if it belongs to the format of
// the feed itself, else with the usual prefix of its namespace ("dc:date").
func (r *xmlReader) nameOf(t *token, own string) string {
	prefix, local, ok := strings.Cut(t.name, ":")
	if !ok {
		if own != "" && own != r.native && own != "rss" && own != "rdf" {
			return own + ":" + strings.ToLower(t.name)
		}
		return strings.ToLower(t.name)
	}
	space := r.prefixes[prefix]
	if space == "" {
		space = strings.ToLower(prefix)
		if alias := aliases[space]; alias != "" {
			space = alias
		}
	}
	if space == r.native || space == "rss" {
		return strings.ToLower(local)
	}
	return space + ":" + strings.ToLower(local)
}
