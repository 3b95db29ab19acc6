package feed

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// line is s on one line, without controls and hints that show nothing.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case unicode.IsControl(r), r == '\uFFFE', r == '\uFFFF', r == '\u00AD', r == '\u200B', r == '\u2060', r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// language is a language tag (BCP 47) or empty.
func language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if len(s) > 35 || strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) >= 0 {
		return ""
	}
	return s
}

// maxPerson is the length in bytes of the longest text that names a person, and
// of the longest list of them.
const maxPerson = 1000

var (
	nameElement = regexp.MustCompile(`(?is)<name\b[^>]*>(.*?)</name\s*>`)
	mailAddress = regexp.MustCompile(`[<(\[]?\s*(?i:mailto:)?[^\s<>()\[\],;]+@[^\s<>()\[\],;]+\s*[>)\]]?`)
)

// person is the name in an author element: <name> in Atom, "mail (name)" or
// "name <mail>" or a name in RSS.
func person(in inner) string {
	s := in.text
	if len(s) > 4*maxPerson {
		return ""
	}
	if in.markup {
		if m := nameElement.FindStringSubmatch(s); m != nil {
			s = m[1]
		} else if strings.Contains(s, "<email") || strings.Contains(s, "<uri") {
			return ""
		}
		s = plainText(s)
	} else {
		s = line(s)
	}
	s = strings.TrimSpace(mailAddress.ReplaceAllString(s, " "))
	if inside, ok := strings.CutPrefix(s, "("); ok {
		if inside, ok = strings.CutSuffix(inside, ")"); ok && !strings.ContainsAny(inside, "()") {
			s = inside
		}
	}
	if s = plainText(s); len(s) > maxPerson {
		return ""
	}
	return s
}

// joinNames is a list of names and one more, unless it is in the list or the list
// is full.
func joinNames(list, name string) string {
	switch {
	case list == "":
		return name
	case name == "" || len(list)+len(name) > maxPerson:
		return list
	}
	for n := range strings.SplitSeq(list, ", ") {
		if n == name {
			return list
		}
	}
	return list + ", " + name
}

// isWeb reports whether s is an absolute address of the web.
func isWeb(s string) bool {
	return len(s) > 8 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s[:8], "https://"))
}

// parseBase is an absolute address of the web, or nil.
func parseBase(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil
	}
	return u
}

// notInHost are characters that the parser of addresses takes in a host, and no
// host has (WHATWG URL, "forbidden host code point").
const notInHost = " \"<>\\^`{|}"

// resolve makes a absolute (RFC 3986, §5; XML Base, §4), or says why it is no
// address of the web.
func resolve(a address, base *url.URL) (absolute, why string) {
	ref := tidy(a.ref)
	if ref == "" {
		return "", ""
	}
	if len(ref) > MaxURL {
		return "", "whose address is too long"
	}
	for _, b := range a.bases {
		if len(b) > MaxURL {
			continue
		}
		u, err := parseLoose(tidy(b))
		if err != nil {
			continue
		}
		if base != nil {
			u = base.ResolveReference(u)
		}
		base = u
	}
	u, err := parseLoose(ref)
	if err != nil {
		return "", "at " + quote(ref)
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.ContainsAny(u.Host, notInHost) {
		return "", "at " + quote(ref)
	}
	u.User = nil
	u.RawQuery = escapeQuery(u.RawQuery)
	if absolute = u.String(); len(absolute) > MaxURL {
		return "", "whose address is too long"
	}
	return absolute, ""
}

// tidy is an address without the white space around and the line breaks in it,
// as browsers read it.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "\t\r\n") {
		return s
	}
	return strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
}

var strayPercent = regexp.MustCompile(`%([0-9A-Fa-f]?(?:[^0-9A-Fa-f]|$))`)

// parseLoose parses an address in which "%" may stand for itself.
func parseLoose(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err == nil {
		return u, nil
	}
	for range 2 { // neighbours share a character
		s = strayPercent.ReplaceAllString(s, "%25$1")
	}
	return url.Parse(s)
}

// escapeQuery escapes what may not stand in an address.
func escapeQuery(q string) string {
	const hex = "0123456789ABCDEF"
	bad := func(c byte) bool { return c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' }
	i := 0
	for i < len(q) && !bad(q[i]) {
		i++
	}
	if i == len(q) {
		return q
	}
	out := append([]byte(nil), q[:i]...)
	for ; i < len(q); i++ {
		if c := q[i]; bad(c) {
			out = append(out, '%', hex[c>>4], hex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}
