package feed

import (
	"encoding/json"
	"errors"
	"strings"
)

// isJSONFeed reports whether a server calls a text a JSON Feed.
func isJSONFeed(mediaType string) bool {
	t, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	return strings.TrimSpace(t) == "application/feed+json"
}

var errOtherJSON = errors.New("is JSON, but no JSON Feed: it has no \"version\" of jsonfeed.org")

// loose is a string in JSON; a number or truth value in its place is read as it
// stands, all else is empty.
type loose string

// UnmarshalJSON takes any value.
func (l *loose) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(s)
	case '{', '[', 'n':
	default:
		*l = loose(b)
	}
	return nil
}

type jsonAuthor struct {
	Name loose `json:"name"`
}

// jsonAuthors is one author or several; what is neither is nobody.
type jsonAuthors []jsonAuthor

// UnmarshalJSON takes any value.
func (a *jsonAuthors) UnmarshalJSON(b []byte) error {
	if b[0] == '{' {
		b = append(append([]byte{'['}, b...), ']')
	}
	var list []jsonAuthor
	if json.Unmarshal(b, &list) == nil {
		*a = list
	}
	return nil
}

func (a jsonAuthors) names() string {
	all := ""
	for _, one := range a {
		if name := line(string(one.Name)); len(name) <= maxPerson {
			all = joinNames(all, name)
		}
	}
	return all
}

// jsonItem is an item of JSON Feed 1.0 and 1.1.
type jsonItem struct {
	ID            loose       `json:"id"`
	URL           loose       `json:"url"`
	Title         loose       `json:"title"`
	ContentHTML   loose       `json:"content_html"`
	ContentText   loose       `json:"content_text"`
	Summary       loose       `json:"summary"`
	DatePublished loose       `json:"date_published"`
	DateModified  loose       `json:"date_modified"`
	Author        jsonAuthors `json:"author"`
	Authors       jsonAuthors `json:"authors"`
}

// json reads a JSON Feed value by value, so that one that breaks off is read up
// to the break. Declared says that the server calls it a JSON Feed.
func (p *parser) json(text string, declared bool) error {
	dec := json.NewDecoder(strings.NewReader(text))
	version := ""
	err := p.jsonFeed(dec, &version)
	_, after, ok := strings.Cut(version, "jsonfeed.org/version/")
	switch {
	case ok && (after == "1" || after == "1.0"):
		p.feed.Kind = "json feed 1.0"
	case ok && len(after) < 6 && strings.Trim(after, "0123456789.") == "":
		p.feed.Kind = strings.TrimSpace("json feed " + after)
	case ok || declared:
		p.feed.Kind = "json feed"
	default:
		return errOtherJSON
	}
	if err != nil {
		p.warnf("feed-cut", "breaks off or is no JSON from byte %d on, after item %d", dec.InputOffset(), len(p.drafts)+p.more)
	}
	return nil
}

var errNotObject = errors.New("is no object")

func (p *parser) jsonFeed(dec *json.Decoder, version *string) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errNotObject
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if name == "items" {
			if err := p.jsonItems(dec); err != nil {
				return err
			}
			continue
		}
		if err := p.jsonField(dec, name, version); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// jsonField reads the value of a key of the feed.
func (p *parser) jsonField(dec *json.Decoder, name string, version *string) error {
	switch name {
	case "version", "title", "home_page_url", "language":
		var v loose
		if err := dec.Decode(&v); err != nil {
			return err
		}
		switch name {
		case "version":
			*version = string(v)
		case "title":
			p.feed.Title = line(string(v))
		case "language":
			p.feed.Language = language(string(v))
		default:
			p.home = address{ref: string(v)}
		}
	case "author", "authors":
		var v jsonAuthors
		if err := dec.Decode(&v); err != nil {
			return err
		}
		if names := v.names(); names != "" {
			p.author = names
		}
	default:
		var v json.RawMessage
		return dec.Decode(&v)
	}
	return nil
}

func (p *parser) jsonItems(dec *json.Decoder) error {
	t, err := dec.Token()
	if err != nil || t != json.Delim('[') {
		if err == nil {
			err = errors.New("items are no list")
		}
		return err
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		if len(p.drafts) >= MaxItems {
			p.more++
			continue
		}
		var v jsonItem
		if raw[0] == '{' {
			_ = json.Unmarshal(raw, &v) // whatever it holds; what is wrong in kind is empty
		}
		p.add(v.draft())
	}
	_, err = dec.Token()
	return err
}

func (v *jsonItem) draft() *draft {
	d := &draft{}
	d.GUID = line(string(v.ID))
	d.Title = line(string(v.Title))
	if d.Author = v.Authors.names(); d.Author == "" {
		d.Author = v.Author.names()
	}
	d.offer(rankLink, string(v.URL), nil)
	if isWeb(d.GUID) {
		d.offer(rankGUID, d.GUID, nil) // "ideally the full URL of the resource" (JSON Feed 1.1)
	}
	d.published.offer(string(v.DatePublished))
	d.updated.offer(string(v.DateModified))
	if d.Content, d.ContentType = strings.TrimSpace(string(v.ContentHTML)), HTML; d.Content == "" {
		d.Content, d.ContentType = strings.TrimSpace(string(v.ContentText)), Plain
	}
	if d.Content == "" {
		d.ContentType = ""
	}
	if d.Summary = strings.TrimSpace(string(v.Summary)); d.Summary != "" {
		d.SummaryType = Plain
	}
	return d
}
