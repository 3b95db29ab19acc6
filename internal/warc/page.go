package warc

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// maxInterim is the number of interim responses (1xx) that may stand before
// the one that counts.
const maxInterim = 4

// read reads the block of the record at hand if it holds a page. Why says what
// is wrong with it where it cannot be read; err is one of the stream. All are
// zero for a record that is passed over. The block need not be read to its end.
func (r *Reader) read(b *block) (page *Page, why string, err error) {
	scheme, _, _ := strings.Cut(r.url, ":")
	scheme = strings.ToLower(scheme)
	switch kind := strings.ToLower(string(r.head.get("WARC-Type"))); kind {
	case "response":
		typ, _ := mediaType(r.head.get("Content-Type"))
		switch {
		case scheme == "dns":
			r.pass("dns")
		case r.url == "":
			return nil, "names no URL (WARC-Target-URI)", nil
		case scheme != "http" && scheme != "https", typ != "application/http" && typ != "":
			r.pass("response, not HTTP")
		case r.isRobots():
			r.pass("robots.txt")
		default:
			return r.response(b)
		}
	case "resource", "conversion":
		typ, charset := mediaType(r.head.get("Content-Type"))
		switch {
		case r.url == "":
			return nil, "names no URL (WARC-Target-URI)", nil
		case !slices.Contains([]string{"http", "https", "ftp", "ftps", "file"}, scheme):
			// "metadata:" is wget's log, "urn:" what browsertrix made of a page.
			r.pass(kind + ", not a page")
		case r.isRobots():
			r.pass("robots.txt")
		case !mayHoldReport(typ):
			r.pass(typeKind(typ))
		default:
			return r.page(b, kind, typ, charset, nil, false)
		}
	case "warcinfo", "request", "metadata", "revisit", "continuation":
		r.pass(kind)
	default:
		r.pass("record of an unknown type")
	}
	return nil, "", nil
}

// isRobots reports whether the record is of a site's rules for crawlers, which
// most crawlers keep beside its pages.
func (r *Reader) isRobots() bool {
	if !strings.Contains(r.url, "/robots.txt") {
		return false
	}
	u, err := url.Parse(r.url)
	return err == nil && u.Path == "/robots.txt"
}

func mayHoldReport(typ string) bool {
	switch typ {
	case "text/html", "application/xhtml+xml", "text/plain", "":
		return true
	}
	return false
}

// typeKind is what Passed calls a media type, of which a server may send any bytes.
func typeKind(typ string) string {
	const longest = 60
	for _, c := range []byte(typ) {
		if c <= ' ' || c > '~' || len(typ) > longest {
			return "type not valid"
		}
	}
	return "type " + typ
}

// response reads a block that holds an HTTP response.
func (r *Reader) response(b *block) (page *Page, why string, err error) {
	status := ""
	for range maxInterim + 1 {
		n, err := r.http.read(b.s, b.n)
		b.n -= n
		if err == errLongHeader { //nolint:errorlint // read returns it as it is
			return nil, "holds HTTP that " + errLongHeader.Error(), nil
		}
		if err != nil {
			return nil, "", err
		}
		status = statusCode(r.http.first)
		if !strings.HasPrefix(status, "1") || b.n == 0 {
			break
		}
	}
	if status == "" {
		return nil, fmt.Sprintf("holds no HTTP response: it begins with %.40q", r.http.first), nil
	}
	if status != "200" {
		r.pass("status " + status)
		return nil, "", nil
	}
	typ, charset := mediaType(r.http.get("Content-Type"))
	if typ == "" {
		typ, _ = mediaType(r.head.get("WARC-Identified-Payload-Type"))
	}
	if !mayHoldReport(typ) {
		r.pass(typeKind(typ))
		return nil, "", nil
	}
	codings := append(r.http.list("Content-Encoding"), r.http.list("Transfer-Encoding")...)
	chunked := false
	for len(codings) > 0 && codings[len(codings)-1] == "chunked" { // some servers say it twice
		chunked = true
		codings = codings[:len(codings)-1]
	}
	return r.page(b, "response", typ, charset, codings, chunked)
}

// statusCode is the three digits of a status line, or empty.
func statusCode(line []byte) string {
	proto, rest, _ := bytes.Cut(line, []byte(" "))
	rest = bytes.TrimLeft(rest, " ")
	if len(proto) < 5 || !strings.EqualFold(string(proto[:5]), "HTTP/") || len(rest) < 3 || len(rest) > 3 && rest[3] != ' ' {
		return ""
	}
	for _, c := range rest[:3] {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return string(rest[:3])
}

// page makes a page of the rest of the block.
func (r *Reader) page(b *block, kind, typ, charset string, codings []string, chunked bool) (page *Page, why string, err error) {
	if seg := r.head.get("WARC-Segment-Number"); seg != nil {
		return nil, "is one segment of a record that is kept in several, which are not put together here", nil
	}
	if b.n > maxPacked || b.n > MaxBody && len(codings) == 0 && !chunked {
		return nil, errTooLarge.Error(), nil
	}
	if r.raw, err = b.readAll(r.raw[:0]); err != nil {
		return nil, "", err
	}
	cut := r.cut(kind, len(codings) == 0 && !chunked)
	body, short, bad := r.decode(codings, chunked, cut != "")
	if bad != nil {
		return nil, bad.Error(), nil //nolint:nilerr // it is the record that is bad, not the stream
	}
	if cut == "" && short {
		cut = "its body as sent ends too soon"
	}
	if len(body) == 0 {
		r.pass("empty page")
		return nil, "", nil
	}
	page = &Page{
		URL: r.url, MediaType: typ, Charset: charset, Body: bytes.Clone(body), Record: kind,
		RecordID: string(bytes.ToValidUTF8(bytes.Trim(r.head.get("WARC-Record-ID"), "<>"), []byte("\uFFFD"))),
		Offset:   r.offset, Within: r.within,
	}
	if cut != "" {
		page.Warnings = append(page.Warnings, record.Warning{Code: "page-cut", Message: "the archive does not hold all of the page: " + cut})
	}
	date := string(r.head.get("WARC-Date"))
	if page.Fetched = parseDate(date); page.Fetched.IsZero() {
		page.Warnings = append(page.Warnings, record.Warning{Code: "warc-date", Message: fmt.Sprintf("the archive's WARC-Date %.40q is no date; when the page was fetched is not known", date)})
	}
	return page, "", nil
}

// decode undoes the encodings of the body in raw. Cut is true where it ends too soon.
func (r *Reader) decode(codings []string, chunked, knownCut bool) (body []byte, cut bool, err error) {
	body = r.raw
	if chunked {
		if body, cut, err = dechunk(body, knownCut); err != nil {
			return nil, false, err
		}
	}
	body, short, err := r.unpack.unpack(body, codings)
	if err == nil && len(body) > MaxBody {
		err = errTooLarge
	}
	return body, cut || short, err
}

// cut says what shows that a body is not all of the page, or is empty. Bare is
// a body without encodings, whose length the HTTP header tells.
func (r *Reader) cut(kind string, bare bool) string {
	if why := r.head.get("WARC-Truncated"); why != nil {
		return fmt.Sprintf("WARC-Truncated is %.40q", why)
	}
	if kind == "response" && bare {
		if n, err := strconv.ParseInt(string(r.http.get("Content-Length")), 10, 64); err == nil && n > int64(len(r.raw)) {
			return fmt.Sprintf("%d of %d bytes are there", len(r.raw), n)
		}
	}
	return ""
}

// parseDate reads a WARC-Date: RFC 3339 in UTC, of which WARC 1.1 takes any part
// from the year on, and a fraction of a second. It is zero for anything else.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
