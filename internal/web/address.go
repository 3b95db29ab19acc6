package web

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

var tooManyRedirects = fmt.Sprintf("redirects more than %d times", MaxRedirects)

// parse is the address that a request names, or an *Error.
func parse(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, &Error{URL: plain(withoutUser(raw)), Why: "is not a URL", Advice: "check it"}
	}
	if why := refuseURL(u); why != "" {
		return nil, &Error{URL: redacted(u), Why: why, Advice: "give the path of a file, or an http or https URL"}
	}
	return u, nil
}

// refuseURL says why u is not fetched, or nothing.
func refuseURL(u *url.URL) string {
	switch host := u.Hostname(); {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("the scheme %q is not read", clip(u.Scheme))
	case host == "":
		return "the URL names no host"
	case isNumber(host):
		return fmt.Sprintf("the host %q is a number, which some read as an address", clip(host))
	case len(u.String()) > MaxURLBytes:
		return fmt.Sprintf("the URL is longer than %d KiB", MaxURLBytes>>10)
	}
	return ""
}

// isNumber reports whether some would read host as an IPv4 address, though it
// is not written as four decimal numbers: "2130706433", "0x7f.1", "0177.0.0.1".
// The rule is that of the WHATWG URL Standard, "ends in a number".
func isNumber(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.Trim(last, "0123456789") == "" && last != "" {
		return true
	}
	hex, ok := strings.CutPrefix(strings.ToLower(last), "0x")
	return ok && strings.Trim(hex, "0123456789abcdef") == ""
}

// redirect is the address to which location leads from there, or why it is not followed.
func redirect(from *url.URL, location string) (to *url.URL, why string) {
	refuse := func(format string, args ...any) (*url.URL, string) {
		return nil, fmt.Sprintf("redirects to %q: ", clip(withoutUser(location))) + fmt.Sprintf(format, args...)
	}
	ref, err := url.Parse(location)
	if err != nil {
		return refuse("that is not a URL")
	}
	to = from.ResolveReference(ref)
	if why := refuseURL(to); why != "" {
		return refuse("%s", why)
	}
	if from.Scheme == "https" && to.Scheme == "http" {
		return refuse("it leaves https, so that anybody on the way could change the report")
	}
	if ref.User != nil {
		return refuse("it holds credentials")
	}
	to.User = nil
	if origin(to) == origin(from) {
		to.User = from.User
	}
	return to, ""
}

// origin is scheme, host and port of u (RFC 6454), in one way of writing.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return u.Scheme + "://" + hostOf(u) + ":" + port
}

func hostOf(u *url.URL) string {
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// publicURL is u as it may stand in a record: without credentials and fragment.
func publicURL(u *url.URL) string {
	v := *u
	v.User, v.Fragment, v.RawFragment = nil, "", ""
	return v.String()
}

// redacted is u as it may be shown, on a line. A user without a password may be a token, and is hidden.
func redacted(u *url.URL) string {
	if u.User != nil {
		if _, has := u.User.Password(); !has {
			v := *u
			v.User = url.User("xxxxx")
			return plain(v.String())
		}
	}
	return plain(u.Redacted())
}

// withoutUser hides what may be credentials in what is perhaps not a URL.
func withoutUser(raw string) string {
	start := strings.Index(raw, "//")
	at := strings.LastIndexByte(raw, '@')
	if start < 0 || at < start {
		return raw
	}
	return raw[:start+2] + "xxxxx" + raw[at:]
}

// clip cuts what a server wrote to what fits a line.
func clip(s string) string {
	const most = 200 // bytes
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// plain is s without what could break the line or forge a terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strconv.IsGraphic(r) && r != '\u2028' && r != '\u2029' {
			return r
		}
		return '\uFFFD'
	}, clip(s))
}
