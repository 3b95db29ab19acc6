package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// A bad record does not stop the others.
func TestBadRecords(t *testing.T) {
	big := strings.Repeat("x", MaxBody+1)
	corrupt := string(flipped(gz(strings.Repeat(minutes, 99)), -8))
	for _, tt := range []struct{ name, record, why string }{
		{"no HTTP", response(pageURL, "hello"), "holds no HTTP response"},
		{"empty block", response(pageURL, ""), "holds no HTTP response"},
		{"no status", response(pageURL, "HTTP/1.1 OK\r\n\r\n"), "holds no HTTP response"},
		{"escape", response(pageURL, "\x1b]0;title\x07\r\n\r\n"), "holds no HTTP response"},
		{"no URL", response("", ok(minutes)), "names no URL"},
		{"unknown encoding", response(pageURL, ok("\x01\x02", "Content-Encoding: lzma")), `content encoding "lzma"`},
		{"bad gzip", response(pageURL, ok("\x1f\x8b\x08\x00\x00", "Content-Encoding: gzip")), "not valid gzip"},
		{"gzip with a wrong checksum", response(pageURL, ok(corrupt, "Content-Encoding: gzip")), "not valid gzip"},
		{"bad brotli", response(pageURL, ok("\xff\xff\xff\xff\xff", "Content-Encoding: br")), "not valid br"},
		{"bad zstd", response(pageURL, ok("\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff", "Content-Encoding: zstd")), "not valid zstd"},
		{"bad deflate", response(pageURL, ok("\xff\xff\xff\xff", "Content-Encoding: deflate")), "not valid deflate"},
		{"packed too often", response(pageURL, ok(minutes, "Content-Encoding: gzip, gzip, gzip, gzip, gzip")), "packed 5 times"},
		{"bad chunk", response(pageURL, ok("5\r\nhello\r\nzz\r\nhello\r\n", "Transfer-Encoding: chunked")), "chunked transfer encoding is broken"},
		{"too large", response(pageURL, ok(big)), "larger than 16 MiB"},
		{"too large, in chunks", response(pageURL, ok(chunked(big, 1<<20), "Transfer-Encoding: chunked")), "larger than 16 MiB"},
		{"too large packed", response(pageURL, ok(big+big, "Content-Encoding: gzip")), "larger than 16 MiB"},
		{"gzip bomb", response(pageURL, ok(string(gz(big)), "Content-Encoding: gzip")), "larger than 16 MiB"},
		{"gzip bomb in members", response(pageURL, ok(string(gz(big[:MaxBody]))+string(gz("x")), "Content-Encoding: gzip")), "larger than 16 MiB"},
		{"zlib bomb", response(pageURL, ok(string(zl(big)), "Content-Encoding: deflate")), "larger than 16 MiB"},
		{"brotli bomb", response(pageURL, ok(string(br(big)), "Content-Encoding: br")), "larger than 16 MiB"},
		{"zstd bomb", response(pageURL, ok(string(zs(big)), "Content-Encoding: zstd")), "larger than 16 MiB"},
		{"bomb in a bomb", response(pageURL, ok(string(gz(string(gz(big)))), "Content-Encoding: gzip, gzip")), "larger than 16 MiB"},
		{"long HTTP header", response(pageURL, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("y", maxHeader)+"\r\n\r\n"), "header of more than 256 KiB"},
		{"many HTTP headers", response(pageURL, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", maxHeader/6+1)+"\r\n"), "header of more than 256 KiB"},
		{"segment", response(pageURL, ok(minutes), "WARC-Segment-Number: 1"), "one segment"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, p := range packings[:3] {
				first := htmlPage("https://courier.example/first")
				res := readAll(t, bytes.NewReader(p.pack([]string{first, tt.record, htmlPage("https://courier.example/last")})))
				if got := urls(res.pages); !slices.Equal(got, []string{"https://courier.example/first", "https://courier.example/last"}) || res.end != io.EOF {
					t.Fatalf("%s: pages %q, end %v", p.name, got, res.end)
				}
				at := map[string]int{"plain": len(first), "a member each": len(gz(first))}[p.name]
				if len(res.bad) != 1 || !strings.Contains(res.bad[0].Error(), tt.why) || res.bad[0].Offset != int64(at) {
					t.Errorf("%s: errors %v, want one with %q at %d", p.name, res.bad, tt.why, at)
				}
			}
		})
	}
}

// A largest page is still read.
func TestLargestPage(t *testing.T) {
	big := strings.Repeat("<p>", MaxBody/3+1)[:MaxBody]
	for _, record := range []string{response(pageURL, ok(big)), response(pageURL, ok(chunked(string(gz(big)), 5000), "Content-Encoding: gzip", "Transfer-Encoding: chunked"))} {
		if page := only(t, record); string(page.Body) != big {
			t.Errorf("a body of %d bytes became %d", len(big), len(page.Body))
		}
	}
}

func flipped(b []byte, at int) []byte {
	b = bytes.Clone(b)
	if at < 0 {
		at += len(b)
	}
	b[at] ^= 0x55
	return b
}

// A file cut off anywhere gives all its whole records, and says where it breaks.
func TestCutAnywhere(t *testing.T) {
	records := crawl("1.0")
	for _, p := range packings[:3] {
		t.Run(p.name, func(t *testing.T) {
			file := p.pack(records)
			var ends []int // in file, of each record
			for i := range records {
				ends = append(ends, len(p.pack(records[:i+1])))
			}
			for cut := 1; cut < len(file); cut++ {
				checkCut(t, p.name, records, ends, file[:cut])
			}
		})
	}
}

// checkCut counts by the sizes of the records: those that must be there, and,
// gzipped in one, those that may be.
func checkCut(t *testing.T, packing string, records []string, ends []int, file []byte) {
	t.Helper()
	res := readAll(t, bytes.NewReader(file))
	cut, start := len(file), 0
	must, may, whole, last := 0, 0, false, 0
	for i, record := range records {
		if start < cut && packing != "one member" {
			last = start
		}
		block := ends[i] - len("\r\n\r\n") // of a plain file; of a member nobody can tell
		switch {
		case packing == "plain" && cut >= block, packing == "a member each" && cut >= ends[i]:
			if isPage(record) {
				must, may = must+1, may+1
			}
			whole = whole || cut == ends[i] || packing == "plain" && cut <= ends[i]
		case packing == "one member", packing == "a member each" && cut > start:
			if isPage(record) {
				may++
			}
		}
		start = ends[i]
	}
	if got := urls(res.pages); len(got) < must || len(got) > may || !slices.Equal(got, crawled[:len(got)]) {
		t.Fatalf("cut at %d: pages %q, want %d to %d", cut, got, must, may)
	}
	for _, page := range res.pages {
		if len(page.Warnings) != 0 || page.URL == pageURL && string(page.Body) != minutes {
			t.Fatalf("cut at %d: %s is %q, %v", cut, page.URL, page.Body, page.Warnings)
		}
	}
	if len(res.bad) != 0 {
		t.Fatalf("cut at %d: %v", cut, res.bad)
	}
	var be *BreakError
	switch {
	case whole && res.end != io.EOF:
		t.Fatalf("cut at %d, between records: %v", cut, res.end)
	case !whole && !errors.As(res.end, &be):
		t.Fatalf("cut at %d: %v, want a break", cut, res.end)
	case !whole && (!errors.Is(be, io.ErrUnexpectedEOF) || be.Offset >= int64(cut) || be.Offset != int64(last)):
		t.Fatalf("cut at %d: %v, want the break at %d", cut, be, last)
	}
}

// One packed in one member gives what was unpacked up to the cut.
func TestCutInOneMember(t *testing.T) {
	var records []string
	for i := range 3000 {
		records = append(records, htmlPage(fmt.Sprintf("https://courier.example/%d/%x", i, i*i*7919)))
	}
	file := gz(strings.Join(records, ""))
	for _, part := range []int{2, 3, 5} {
		res := readAll(t, bytes.NewReader(file[:len(file)*(part-1)/part]))
		if n := len(res.pages); n < 3000*(part-1)/part-100 || n >= 3000 {
			t.Errorf("%d pages of 3000 in all but one of %d parts", n, part)
		}
	}
}

func TestBrokenArchives(t *testing.T) {
	first, last := htmlPage("https://courier.example/first"), htmlPage("https://courier.example/last")
	length := func(to string) string {
		return strings.Replace(htmlPage("https://courier.example/bad"), fmt.Sprintf("Content-Length: %d", len(ok(minutes, "Content-Type: text/html; charset=utf-8"))), to, 1)
	}
	for _, tt := range []struct {
		name, bad, why string
	}{
		{"Content-Length missing", length("X: y"), "has the Content-Length"},
		{"Content-Length negative", length("Content-Length: -1"), `has the Content-Length "-1"`},
		{"Content-Length no number", length("Content-Length: many"), `has the Content-Length "many"`},
		{"Content-Length huge", length("Content-Length: 99999999999999"), "has the Content-Length"},
		{"Content-Length beyond int64", length("Content-Length: 99999999999999999999"), "has the Content-Length"},
		{"Content-Length too small", length("Content-Length: 100"), "does not end there"},
		{"Content-Length one too large", length("Content-Length: 147"), ""},
		{"garbage", "what is this?\r\n", "not with"},
		{"version", "WARC/7.0\r\n\r\n", "a version that is not known"},
		{"long header", "WARC/1.0\r\nX: " + strings.Repeat("y", maxHeader) + "\r\n\r\n", "header of more than 256 KiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain := readAll(t, strings.NewReader(first+tt.bad+last))
			if tt.why != "" {
				var be *BreakError
				if got := urls(plain.pages); !errors.As(plain.end, &be) || !strings.Contains(be.Error(), tt.why) || be.Offset != int64(len(first)) || len(got) != 1 || len(plain.bad) != 0 {
					t.Errorf("plain: pages %q, errors %v, end %v; want a break with %q at %d", got, plain.bad, plain.end, tt.why, len(first))
				}
			}
			each := readAll(t, bytes.NewReader(packings[1].pack([]string{first, tt.bad, last})))
			if got := urls(each.pages); each.end != io.EOF || len(each.bad) != 1 && tt.why != "" || got[0] != "https://courier.example/first" || got[len(got)-1] != "https://courier.example/last" {
				t.Errorf("a member each: pages %q, errors %v, end %v", got, each.bad, each.end)
			} else if tt.why != "" && (!strings.Contains(each.bad[0].Error(), tt.why) || each.bad[0].Offset != int64(len(gz(first)))) {
				t.Errorf("a member each: %v, want %q at %d", each.bad, tt.why, len(gz(first)))
			}
		})
	}
	// Its own end and the beginning of the next member are told apart.
	long := readAll(t, bytes.NewReader(packings[1].pack([]string{first, length("Content-Length: 5000"), last})))
	if len(long.pages) != 2 || len(long.bad) != 1 || !strings.Contains(long.bad[0].Why, "shorter than its Content-Length") || long.end != io.EOF {
		t.Errorf("Content-Length too large: pages %q, errors %v, end %v", urls(long.pages), long.bad, long.end)
	}
}

func TestDamagedMembers(t *testing.T) {
	first, last := gz(htmlPage("https://courier.example/first")), gz(htmlPage("https://courier.example/last"))
	bad := gz(htmlPage("https://courier.example/bad"))
	for _, tt := range []struct {
		name string
		bad  []byte
		why  string
	}{
		{"checksum", flipped(bad, -8), "the checksum of its gzip member is wrong"},
		{"size", flipped(bad, -1), "the checksum of its gzip member is wrong"},
		{"cut off", bad[:60], "damaged gzip member"},
		{"cut off late", bad[:len(bad)-20], "reading goes on at byte"},
		{"garbage", []byte("what is this?"), "is no gzip member"},
		{"false starts", bytes.Repeat([]byte("\x1f\x8b\x08\x00"), 60000), "gzip member"},
	} {
		file := bytes.Join([][]byte{first, tt.bad, bytes.Repeat(last, 3)}, nil)
		res := readAll(t, bytes.NewReader(file))
		got := urls(res.pages)
		if len(got) < 3 || got[0] != "https://courier.example/first" || slices.Contains(got, "https://courier.example/bad") || res.end != io.EOF {
			t.Errorf("%s: pages %q, end %v", tt.name, got, res.end)
		}
		if len(res.bad) != 1 || !strings.Contains(res.bad[0].Error(), tt.why) || res.bad[0].Offset != int64(len(first)) {
			t.Errorf("%s: errors %v, want one with %q at %d", tt.name, res.bad, tt.why, len(first))
		}
		for _, page := range res.pages {
			checkPlace(t, file, page)
		}
	}
	// The last of several records in a member is refused; the others were given.
	file := append(flipped(gz(htmlPage("https://courier.example/1")+htmlPage("https://courier.example/2")), -8), last...)
	res := readAll(t, bytes.NewReader(file))
	if got := urls(res.pages); len(got) != 2 || got[0] != "https://courier.example/1" || len(res.bad) != 1 || !strings.Contains(res.bad[0].Why, "or one of those before it") || res.end != io.EOF {
		t.Errorf("pages %q, errors %v, end %v", got, res.bad, res.end)
	}
}

// Any flipped bit: the pages that come out are those that went in.
func TestFlippedAnywhere(t *testing.T) {
	records := crawl("1.1")
	file := packings[1].pack(records)
	for at := range file {
		res := readAll(t, bytes.NewReader(flipped(file, at)))
		for _, page := range res.pages {
			if !slices.Contains(crawled, page.URL) || page.URL == pageURL && string(page.Body) != minutes {
				t.Errorf("byte %d flipped: page %s %q", at, page.URL, page.Body)
			}
		}
		if len(res.pages) < 2 && at > 3 { // a member, at the most two, are lost
			t.Errorf("byte %d flipped: pages %q, errors %v, end %v", at, urls(res.pages), res.bad, res.end)
		}
	}
}

func TestNoArchive(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "is empty",
		"<html>":                          `not a WARC archive: it begins with "<html"`,
		"\x28\xb5\x2f\xfd\x00":            "Zstandard",
		"\x5d\x2a\x4d\x18\x00":            "Zstandard",
		"filedesc://old.arc 0.0.0.0 2005": "ARC archive",
		string(gz("<html>")):              "not with",
		"\x1f\x8b":                        "the file ends inside the gzip member",
		"WA":                              "the file ends inside the record",
		"PK\x03\x04":                      "not a WARC archive",
		"\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff": "gzip member",
	} {
		res := readAll(t, strings.NewReader(in))
		var be *BreakError
		if !errors.As(res.end, &be) || !strings.Contains(be.Error(), want) || len(res.pages) != 0 || len(res.bad) != 0 {
			t.Errorf("%q: errors %v, end %v, want %q", in, res.bad, res.end, want)
		}
	}
}
