package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestPages(t *testing.T) {
	wantPassed := map[string]int{
		"warcinfo": 1, "dns": 1, "request": 1, "metadata": 1, "revisit": 1, "type image/png": 1, "status 301": 1,
	}
	for _, version := range []string{"0.18", "1.0", "1.1"} {
		for _, p := range packings {
			t.Run(version+" "+p.name, func(t *testing.T) {
				records := crawl(version)
				file := p.pack(records)
				res := readAll(t, iotest.OneByteReader(bytes.NewReader(file)))
				if !slices.Equal(urls(res.pages), crawled) || len(res.bad) != 0 || res.end != io.EOF {
					t.Fatalf("pages %q, errors %v, end %v", urls(res.pages), res.bad, res.end)
				}
				if !maps.Equal(res.r.Passed(), wantPassed) {
					t.Errorf("passed %v, want %v", res.r.Passed(), wantPassed)
				}
				for _, page := range res.pages {
					checkPlace(t, file, page)
				}
				first := res.pages[0]
				if string(first.Body) != minutes || first.MediaType != "text/html" || first.Charset != "utf-8" || first.Record != "response" ||
					!first.Fetched.Equal(time.Date(2025, 5, 12, 8, 30, 0, 0, time.UTC)) ||
					first.RecordID != "urn:uuid:4c8a2f1e-0000-4000-8000-00000000000a" || len(first.Warnings) != 0 {
					t.Errorf("the first page is %+v", first)
				}
				if p.name == "a member each" && (first.Within != 0 || first.Offset != int64(len(p.pack(records[:3])))) {
					t.Errorf("the first page is at %d + %d", first.Offset, first.Within)
				}
			})
		}
	}
}

// checkPlace finds the page's record again by its offsets.
func checkPlace(t *testing.T, file []byte, page *Page) {
	t.Helper()
	rest := file[page.Offset:]
	if bytes.HasPrefix(file, gzipMagic) {
		r, err := gzip.NewReader(bytes.NewReader(rest))
		if err != nil {
			t.Fatalf("%s is at %d, where no gzip member begins: %v", page.URL, page.Offset, err)
		}
		all, _ := io.ReadAll(io.LimitReader(r, page.Within+500)) // what follows the record may be damaged
		rest = all[page.Within:]
	} else if page.Within != 0 {
		t.Errorf("%s: Within is %d in a plain file", page.URL, page.Within)
	}
	head, _, _ := bytes.Cut(rest, []byte("\r\n\r\n"))
	if !bytes.HasPrefix(head, newRecord) || !bytes.Contains(head, []byte("WARC-Target-URI: "+page.URL)) {
		t.Errorf("%s is at %d + %d, where %.40q stands", page.URL, page.Offset, page.Within, rest)
	}
}

func TestEncodings(t *testing.T) {
	long := strings.Repeat(minutes, 200)
	gzipped := string(gz(long))
	for _, tt := range []struct {
		name, body string
		headers    []string
	}{
		{"none", long, nil},
		{"identity", long, []string{"Content-Encoding: identity"}},
		{"chunked", chunked(long, 1000), []string{"Transfer-Encoding: chunked"}},
		{"chunks of a byte", chunked(long, 1), []string{"Transfer-Encoding: Chunked"}},
		{"chunked said twice", chunked(long, 999), []string{"Transfer-Encoding: chunked", "Transfer-Encoding: chunked"}},
		{"chunks with bare line feeds", strings.ReplaceAll(chunked(long, 100), "\r\n", "\n"), []string{"Transfer-Encoding: chunked"}},
		{"stored without its chunks", long, []string{"Transfer-Encoding: chunked"}},
		{"stored without its chunks, packed", gzipped, []string{"Transfer-Encoding: chunked", "Content-Encoding: gzip"}},
		{"gzip", gzipped, []string{"Content-Encoding: gzip"}},
		{"x-gzip", gzipped, []string{"content-encoding:X-GZIP"}},
		{"gzip in two members", string(gz(long[:5000])) + string(gz(long[5000:])), []string{"Content-Encoding: gzip"}},
		{"gzip and something after", gzipped + "\x00\x00 and more", []string{"Content-Encoding: gzip"}},
		{"stored unpacked, said gzip", long, []string{"Content-Encoding: gzip"}},
		{"stored unpacked, said br", long, []string{"Content-Encoding: br"}},
		{"stored unpacked, said deflate", long, []string{"Content-Encoding: deflate"}},
		{"stored unpacked, said zstd", long, []string{"Content-Encoding: zstd"}},
		{"no coding at all", long, []string{"Content-Encoding: utf-8"}},
		{"zlib", string(zl(long)), []string{"Content-Encoding: deflate"}},
		{"bare deflate", string(deflated(long)), []string{"Content-Encoding: deflate"}},
		{"brotli", string(br(long)), []string{"Content-Encoding: br"}},
		{"zstd", string(zs(long)), []string{"Content-Encoding: zstd"}},
		{"gzip in chunks", chunked(gzipped, 77), []string{"Transfer-Encoding: chunked", "Content-Encoding: gzip"}},
		{"gzip as transfer encoding", chunked(gzipped, 77), []string{"Transfer-Encoding: gzip, chunked"}},
		{"brotli in gzip in chunks", chunked(string(gz(string(br(long)))), 77), []string{"Content-Encoding: br, gzip", "Transfer-Encoding: chunked"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			record := response(pageURL, ok(tt.body, append(tt.headers, "Content-Type: text/html")...))
			page := only(t, record)
			if string(page.Body) != long || len(page.Warnings) != 0 {
				t.Errorf("body of %d bytes %.60q, warnings %v; want %d bytes", len(page.Body), page.Body, page.Warnings, len(long))
			}
			again := readAll(t, strings.NewReader(record+record)) // with tables and buffers that were used before
			if len(again.pages) != 2 || string(again.pages[0].Body) != long || string(again.pages[1].Body) != long {
				t.Errorf("read twice: %d pages, errors %v", len(again.pages), again.bad)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	for _, tt := range []struct {
		name, record, typ, charset, body string
	}{
		{"folded", response(pageURL, "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Type: text/html;\r\n\t charset=\"windows-1252\"\r\nX-B: 2\r\n\r\n"+minutes), "text/html", "windows-1252", minutes},
		{"folded WARC field", response("https://courier.example\r\n /grain", ok(minutes)), "", "", minutes},
		{"line feeds alone", "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: " + pageURL + "\nWARC-Date: 2025-05-12T08:30:00Z\nContent-Length: 52\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Yes.</p>\n\n", "text/html", "", "<p>Yes.</p>"},
		{"upper case", strings.NewReplacer("WARC-Type: response", "warc-type: RESPONSE", "Content-Length", "CONTENT-LENGTH").Replace(htmlPage(pageURL)), "text/html", "utf-8", minutes},
		{"HTTP/2, no reason", response(pageURL, "HTTP/2 200\r\ncontent-type: TEXT/HTML ; Charset=koi8-r\r\n\r\n"+minutes), "text/html", "koi8-r", minutes},
		{"continue first", response(pageURL, "HTTP/1.1 100 Continue\r\n\r\n"+ok(minutes, "Content-Type: text/plain")), "text/plain", "", minutes},
		{"two types", response(pageURL, ok(minutes, "Content-Type: text/html, text/html; charset=utf-8")), "text/html", "utf-8", minutes},
		{"no type", response(pageURL, ok(minutes)), "", "", minutes},
		{"no type, but identified", response(pageURL, ok(minutes), "WARC-Identified-Payload-Type: application/xhtml+xml"), "application/xhtml+xml", "", minutes},
		{"a line without colon", response(pageURL, ok(minutes, "nonsense", "Content-Type: text/html")), "text/html", "", minutes},
		{"no content type of the record", rec("1.0", fields("response", pageURL, ""), ok(minutes)), "", "", minutes},
		{"URL in brackets", response("<"+pageURL+">", ok(minutes)), "", "", minutes},
		{"no lines after the block", strings.TrimRight(htmlPage(pageURL), "\r\n"), "text/html", "utf-8", minutes},
		{"many lines after the block", htmlPage(pageURL) + "\r\n\n\n\r\n", "text/html", "utf-8", minutes},
		{"zeros after the member", string(gz(htmlPage(pageURL))) + strings.Repeat("\x00", 5000), "text/html", "utf-8", minutes},
		{"an empty member", string(gz("")) + string(gz(htmlPage(pageURL))) + string(gz("")), "text/html", "utf-8", minutes},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := only(t, tt.record)
			if page.MediaType != tt.typ || page.Charset != tt.charset || string(page.Body) != tt.body || strings.ReplaceAll(page.URL, " ", "") != pageURL {
				t.Errorf("%q %q %q %.100q", page.URL, page.MediaType, page.Charset, page.Body)
			}
		})
	}
}

func TestPassedOver(t *testing.T) {
	for _, tt := range []struct{ want, record string }{
		{"status 404", response(pageURL, "HTTP/1.1 404 Not Found\r\n\r\nno")},
		{"status 206", response(pageURL, "HTTP/1.1 206 Partial Content\r\n\r\npart")},
		{"status 101", response(pageURL, "HTTP/1.1 101 Switching Protocols\r\n\r\n")},
		{"type application/json", response(pageURL, ok("{}", "Content-Type: application/json"))},
		{"type not valid", response(pageURL, ok("{}", "Content-Type: caf\xe9"))},
		{"type application/pdf", rec("1.1", fields("resource", pageURL, "application/pdf"), "%PDF")},
		{"robots.txt", response("https://courier.example/robots.txt", ok("User-agent: *", "Content-Type: text/plain"))},
		{"empty page", response(pageURL, ok("", "Content-Type: text/html"))},
		{"empty page", response(pageURL, ok(chunked("", 1), "Transfer-Encoding: chunked"))},
		{"response, not HTTP", response("ftp://courier.example/grain", "The minister said yes.")},
		{"resource, not a page", rec("1.0", fields("resource", "metadata://gnu.org/software/wget/warc/wget.log", "text/plain"), "log")},
		{"resource, not a page", rec("1.1", fields("resource", "urn:text:"+pageURL, "text/plain"), "text")},
		{"continuation", rec("1.0", fields("continuation", pageURL, ""), "rest")},
		{"record of an unknown type", rec("1.0", fields("x-note", pageURL, ""), "note")},
	} {
		res := readAll(t, strings.NewReader(tt.record+htmlPage(pageURL)))
		if len(res.pages) != 1 || len(res.bad) != 0 || res.end != io.EOF || !maps.Equal(res.r.Passed(), map[string]int{tt.want: 1}) {
			t.Errorf("passed %v, %d pages, errors %v, end %v; want %q passed and one page", res.r.Passed(), len(res.pages), res.bad, res.end, tt.want)
		}
	}
}

func TestPassedIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		b.WriteString(response(pageURL, ok("{}", fmt.Sprintf("Content-Type: x/%d", i))))
	}
	passed := readAll(t, strings.NewReader(b.String())).r.Passed()
	if len(passed) != maxKinds+1 || passed[others] != 1000-maxKinds {
		t.Errorf("%d kinds, %d others", len(passed), passed[others])
	}
}

func TestWarnings(t *testing.T) {
	dated := func(date string) string {
		return strings.Replace(htmlPage(pageURL), "2025-05-12T08:30:00Z", date, 1)
	}
	packed := string(gz(strings.Repeat(minutes, 50) + "the end"))
	for _, tt := range []struct{ name, record, code, message string }{
		{"no date", dated("yesterday"), "warc-date", `"yesterday" is no date`},
		{"truncated", response(pageURL, ok(minutes), "WARC-Truncated: length"), "page-cut", `WARC-Truncated is "length"`},
		{"fewer bytes", response(pageURL, ok(minutes, "Content-Length: 5000")), "page-cut", fmt.Sprintf("%d of 5000 bytes", len(minutes))},
		{"cut between chunks", response(pageURL, ok(strings.TrimSuffix(chunked(minutes, 10), "0\r\nExpires: never\r\n\r\n"), "Transfer-Encoding: chunked")), "page-cut", "ends too soon"},
		{"cut in a chunk", response(pageURL, ok("2000\r\n"+minutes, "Transfer-Encoding: chunked")), "page-cut", "ends too soon"},
		{"cut in a size", response(pageURL, ok("5\r\nhello\r\n12", "Transfer-Encoding: chunked")), "page-cut", "ends too soon"},
		{"cut gzip", response(pageURL, ok(packed[:len(packed)-6], "Content-Encoding: gzip")), "page-cut", "ends too soon"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := only(t, tt.record)
			if len(page.Warnings) != 1 || page.Warnings[0].Code != tt.code || !strings.Contains(page.Warnings[0].Message, tt.message) {
				t.Errorf("warnings %v, want %s with %q", page.Warnings, tt.code, tt.message)
			}
			if len(page.Body) == 0 || page.Fetched.IsZero() != (tt.code == "warc-date") {
				t.Errorf("page %+v", page)
			}
		})
	}
	for date, want := range map[string]string{
		"2025-05-12T08:30:00.123456789Z": "2025-05-12T08:30:00.123456789Z", "2025-05-12T10:30:00+02:00": "2025-05-12T08:30:00Z",
		"2025-05-12T08:30Z": "2025-05-12T08:30:00Z", "2025-05-12": "2025-05-12T00:00:00Z", "2025-05": "2025-05-01T00:00:00Z", "2025": "2025-01-01T00:00:00Z",
	} {
		if page := only(t, dated(date)); page.Fetched.Format(time.RFC3339Nano) != want || len(page.Warnings) != 0 {
			t.Errorf("%s: %s, %v", date, page.Fetched.Format(time.RFC3339Nano), page.Warnings)
		}
	}
}

// A page's own text that looks like chunks must stay.
func TestTextThatLooksLikeChunks(t *testing.T) {
	for _, body := range []string{"2024\r\nThe year in review.", "5\r\nhello and more\r\n", "face\nto face", "10 things we know\r\n"} {
		page := only(t, response(pageURL, ok(body, "Content-Type: text/plain", "Transfer-Encoding: chunked")))
		if string(page.Body) != body {
			t.Errorf("%q became %q", body, page.Body)
		}
	}
}

func TestBodyIsTheCallersOwn(t *testing.T) {
	res := readAll(t, strings.NewReader(htmlPage(pageURL)+response(pageURL, ok(strings.Repeat("x", len(minutes)), "Content-Encoding: gzip"))+response(pageURL, ok(string(gz("other")), "Content-Encoding: gzip"))))
	if len(res.pages) != 3 || string(res.pages[0].Body) != minutes || string(res.pages[2].Body) != "other" {
		t.Errorf("pages were overwritten: %q", urls(res.pages))
	}
}

func TestReaderFails(t *testing.T) {
	disk := errors.New("disk on fire")
	for _, p := range packings {
		file := p.pack(crawl("1.0"))
		res := readAll(t, io.MultiReader(bytes.NewReader(file), iotest.ErrReader(disk)))
		if !slices.Equal(urls(res.pages), crawled) || !errors.Is(res.end, disk) {
			t.Errorf("%s: pages %q, end %v", p.name, urls(res.pages), res.end)
		}
		if res := readAll(t, io.MultiReader(bytes.NewReader(file[:40]), iotest.ErrReader(disk))); !errors.Is(res.end, disk) {
			t.Errorf("%s: end %v", p.name, res.end)
		}
	}
}
