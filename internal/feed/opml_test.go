package feed

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const list = `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="World"><outline title=" Asia " text="x"><outline type="rss" text="Bay &amp; &nbsp;Post" xmlUrl="https://a.example/rss?a=1&amp;b=2" htmlUrl="https://a.example/"/></outline>
<outline text="W" xmlurl='feed://w.example/rss'></outline></outline>
<outline title="Tagged" text="t" xmlUrl="feed:https://t.example/" htmlUrl="ftp://t.example/" category="/World//Europe, /Other"/>
<outline text="Page" type="link" url="https://p.example/"/><outline text="Odd" xmlUrl="file:///etc/hosts"/><outline text="Empty"></outline>
</body></opml>`

func TestReadOPML(t *testing.T) {
	want := []Outline{
		{"Bay & Post", "https://a.example/rss?a=1&b=2", "https://a.example/", "World/Asia"},
		{"W", "http://w.example/rss", "", "World"},
		{"Tagged", "https://t.example/", "", "World/Europe"},
	}
	got, ws, err := ReadOPML([]byte(list))
	if diff := cmp.Diff(want, got); diff != "" || err != nil || codes(ws) != "opml-no-feed" || !strings.HasPrefix(ws[0].Message, "2 ") {
		t.Error(diff, ws, err)
	}
	for n := range len(list) {
		got, ws, err := ReadOPML([]byte(list[:n]))
		if err == nil && (len(got) > len(want) || !slices.Equal(got, want[:len(got)]) || !strings.Contains(codes(ws), "opml-cut")) {
			t.Fatalf("cut at %d: %+v %v", n, got, ws)
		}
	}
}

func TestWriteOPML(t *testing.T) {
	feeds := []Outline{
		{"W", "https://w.example/", "", "World"},
		{"a \"q\" <&>\n\x01", "https://a.example/?a&b", "https://a.example/", " World / Asia "},
		{"", "https://n.example/", "", ""},
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Feeds of “us”</title>
  </head>
  <body>
    <outline type="rss" text="https://n.example/" title="https://n.example/" xmlUrl="https://n.example/"/>
    <outline text="World">
      <outline type="rss" text="W" title="W" xmlUrl="https://w.example/"/>
      <outline text="Asia">
        <outline type="rss" text="a &quot;q&quot; &lt;&amp;&gt;" title="a &quot;q&quot; &lt;&amp;&gt;" xmlUrl="https://a.example/?a&amp;b" htmlUrl="https://a.example/"/>
      </outline>
    </outline>
  </body>
</opml>
`
	got := string(WriteOPML("Feeds of “us”", feeds))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(feeds)
	if again := string(WriteOPML("Feeds of “us”", feeds)); again != got {
		t.Error("the order of the feeds changes the list")
	}
}

func TestOPMLLimits(t *testing.T) {
	wrap := func(s string) string { return "<opml><body>" + s + "</body></opml>" }
	folders := func(n int) string {
		return wrap(strings.Repeat(`<outline text="f">`, n) + `<outline xmlUrl="https://a.example/"/>` + strings.Repeat("</outline>", n))
	}
	if got, ws, err := ReadOPML([]byte(folders(MaxDepth))); err != nil || len(got) != 1 || len(ws) > 0 || strings.Count(got[0].Category, "f") != MaxDepth {
		t.Error(got, ws, err)
	}
	if _, _, err := ReadOPML([]byte(folders(MaxDepth + 1))); err == nil || !strings.Contains(err.Error(), "64 deep") {
		t.Error(err)
	}
	many := wrap(strings.Repeat(`<outline xmlUrl="https://a.example/"/>`, MaxOutlines+3))
	if got, ws, err := ReadOPML([]byte(many)); err != nil || len(got) != MaxOutlines || codes(ws) != "opml-long" {
		t.Error(len(got), ws, err)
	}
	long := strings.Repeat("f", maxCategory-1)
	got, ws, err := ReadOPML([]byte(wrap(fmt.Sprintf(`<outline text="%s"><outline text="g"><outline xmlUrl="https://a.example/"/></outline></outline>`, long))))
	if err != nil || len(got) != 1 || got[0].Category != long || codes(ws) != "opml-folder" {
		t.Error(got, ws, err)
	}
	hostile := wrap(`<outline text="` + long + `">` + strings.Repeat(`<outline text="a"></outline>`, MaxBytes/29))
	if _, _, err := ReadOPML([]byte(hostile)); err != nil {
		t.Error(err)
	}
	for _, in := range []string{"", "x", "<rss/>", "{}", strings.Repeat(" ", MaxBytes+1)} {
		if _, _, err := ReadOPML([]byte(in)); err == nil {
			t.Errorf("%.10q was read", in)
		}
	}
}

// FuzzOPML: what is read is written and read again as the same list, and writing
// it once more gives the same bytes.
func FuzzOPML(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte(`<opml><outline text='a/b'><outline xmlUrl=https://ä.example/%?"é#é text="&#xFFFE;&#0;&amp;amp;"/>`))
	f.Add([]byte(`<opml><outline xmlUrl='feed:http://[::1]:80' category='//a, b'/>`))
	f.Add([]byte(`<opml><outline xmlUrl='http://w.example/'/><outline text='A' xmlUrl='http://a.example/'/>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		first, _, err := ReadOPML(b)
		if err != nil {
			return
		}
		for _, o := range first {
			checkURL(t, o.XMLURL)
		}
		written := WriteOPML("fuzz", first)
		second, ws, err := ReadOPML(written)
		if err != nil || len(ws) > 0 || len(second) != len(first) || !utf8.Valid(written) {
			t.Fatalf("%s\n%v %v, %d feeds of %d", written, err, ws, len(second), len(first))
		}
		if again := WriteOPML("fuzz", second); !bytes.Equal(again, written) {
			t.Fatalf("%s\nbecomes\n%s", written, again)
		}
		for i := range first {
			if first[i].Title == "" {
				first[i].Title = first[i].XMLURL
			}
		}
		for _, o := range second {
			at := slices.Index(first, o)
			if at < 0 {
				t.Fatalf("%+v was not in %+v", o, first)
			}
			first = slices.Delete(first, at, at+1)
		}
	})
}
