package article

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/internal/source"
)

var update = flag.Bool("update", false, "write what the program makes of testdata/pages")

// Each page of testdata/pages has beside it what is to be read of it.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(pages) < 7 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, name := range pages {
		t.Run(filepath.Base(name), func(t *testing.T) {
			golden := strings.TrimSuffix(name, ".html") + ".txt"
			got := readPage(t, name)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// readPage renders what Document makes of a page.
func readPage(t *testing.T, name string) string {
	t.Helper()
	raw, err := source.Open(context.Background(), name, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc, furniture, warnings, err := Document(raw, Meta{})
	if err != nil {
		return fmt.Sprintf("error: %s\n", strings.ReplaceAll(err.Error(), "\\", "/"))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nbyline: %s\noutlet: %s\nurl: %s\npublished: %s\n", doc.Title, doc.Byline, doc.Outlet, doc.URL, doc.Published.Format(time.RFC3339))
	for _, w := range warnings {
		fmt.Fprintf(&b, "%s: %s\n", w.Code, w.Message)
	}
	for _, f := range furniture {
		fmt.Fprintf(&b, "%s: %q\n", f.Kind, doc.Text[f.Start:f.End])
	}
	return b.String() + "\n" + doc.Text + "\n"
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ html, want string }{
		{"<p>He <b>said</b> <i>no</i>.</p>", "He said no."},
		{"<p>He<b> said </b>no.</p>", "He said no."},
		{"<p>un<b>said</b></p>", "unsaid"},
		{"<p> A \n\t B </p>\n\n<p>C</p>", "A B\n\nC"},
		{"A<br>B<br/> C", "A\nB\nC"},
		{"<div>A<div>B</div>C</div>", "A\n\nB\n\nC"},
		{"<ul><li>A<li>B</ul>", "A\n\nB"},
		{"<table><tr><td>A<td>B<tr><td>C</table>", "A B\n\nC"},
		{"<pre>A\n  B</pre>", "A\nB"},
		{"<p>A&nbsp;B</p>", "A\u00A0B"},
		{"<p>co&shy;op&#8203;er</p>", "cooper"},
		{"<p>&quot;No,&quot; he said &mdash; &laquo;no&raquo;</p>", `"No," he said — «no»`},
		{"<p>He said <q>no</q>.</p>", "He said “no”."},
		{"<p>A<script>B</script><style>C</style><svg><text>D</text></svg>E</p>", "AE"},
		{"<p>A<svg><path><p>B</p>", "A\n\nB"},
		{"<p>note<sup><a href=#1>1</a></sup>, 10<sup>6</sup></p>", "note, 106"},
		{"<figure><img><figcaption>A</figcaption></figure>B", "B"},
		{"<p>A<!-- B --><![CDATA[ C ]]>D</p>", "AD"},
		{"<p>a &lt;b&gt; c</p>", "a <b> c"},
		{"", ""},
	} {
		page, err := lean("<body>"+tt.html, false)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parse(page)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(doc); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.html, got, tt.want)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"depth", strings.Repeat("<div>", 100_000) + "He said no.", "512 deep"},
		{"elements", strings.Repeat("<p>He said no.", MaxElements+1), "100000 elements"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, _, err := Document(source.Raw{Name: "x", Kind: source.HTML, Text: tt.page}, Meta{})
			var e *source.Error
			if !errors.As(err, &e) || e.ExitCode() != 2 || !strings.Contains(e.Error(), tt.want) || strings.Contains(e.Error(), "\n") {
				t.Errorf("%v, want a refusal with %q", err, tt.want)
			}
		})
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	raw := source.Raw{Kind: source.HTML, Text: strings.Repeat("<p>The minister said on Friday that the talks would go on.</p>", 20_000)}
	if _, _, _, err := DocumentContext(ctx, raw, Meta{}); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Error(err)
	}
}

// hostile are pages that make parsers slow, of about n bytes.
var hostile = map[string]func(n int) string{
	"one line":         func(n int) string { return "<p>" + strings.Repeat("The minister said that, ", n/24) },
	"paragraphs":       func(n int) string { return strings.Repeat("<p>The minister said no. ", min(n/24, MaxElements-9)) },
	"formatting":       func(n int) string { return strings.Repeat("<b x=y><p>no", n/12) },
	"formatting apart": func(n int) string { return each(n/20, "<font color=%d><p>no") },
	"links": func(n int) string {
		return strings.Repeat("<a href=x><table><tr><td>", min(n/25, 160)) + strings.Repeat("<p>no", n/5/8)
	},
	"unclosed quotes": func(n int) string { return strings.Repeat(`<a href="x>`, n/11) },
	"less-than signs": func(n int) string { return strings.Repeat("<", n) },
	"end tags":        func(n int) string { return "<div>" + strings.Repeat("</p>", min(n/4, MaxElements)) },
	"body attributes": func(n int) string { return each(n/12, "<body a%d=x>") },
	"attributes":      func(n int) string { return "<p " + each(n/8, "a%d=x ") + ">He said no." },
	"long attribute":  func(n int) string { return `<p class="` + strings.Repeat("comment ", n/8) + `">He said no.` },
	"comments":        func(n int) string { return strings.Repeat("<!--x", n/5) },
	"open scripts":    func(n int) string { return strings.Repeat("<script>", n/8) },
	"open titles":     func(n int) string { return "<title>" + strings.Repeat("</titl", n/6) },
	"entities":        func(n int) string { return "<p>" + strings.Repeat("&amp;", n/5) + " he said." },
	"nested as allowed": func(n int) string {
		return strings.Repeat(strings.Repeat("<div>", 400)+"He said no."+strings.Repeat("</div>", 400), n/4500)
	},
	"breaks": func(n int) string { return strings.Repeat("<br>", min(n/4, MaxElements-9)) + "He said no." },
	"classes": func(n int) string {
		return strings.Repeat(`<div class="comment sidebar article">He said, no.</div>`, min(n/55, MaxElements-9))
	},
	"tables": func(n int) string {
		return strings.Repeat("<table><tr><td>He said no.", min(n/26, 160)) + strings.Repeat("x<tr>", n/5/8)
	},
	"select": func(n int) string { return strings.Repeat("<select><option>", n/16) },
	"spaces": func(n int) string { return "<p>He" + strings.Repeat(" ", n) + "said no." },
	"quotes": func(n int) string { return "<p>" + strings.Repeat(`"`, n) + "</p>" },
	"json-ld": func(n int) string {
		return `<script type="application/ld+json">` + strings.Repeat("[", n) + "</script><p>He said no."
	},
	"metas": func(n int) string {
		return strings.Repeat(`<meta property="og:title" content="a - b - c">`, n/50) + "<p>He said no."
	},
	"long title": func(n int) string { return "<title>" + strings.Repeat("a - b | ", n/8) + "</title><p>He said no." },
	"time": func(n int) string {
		return strings.Repeat("<time datetime=2025-05-16>x</time>", min(n/34, MaxElements-9)) + "<p>He said no."
	},
}

func each(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// No page takes long, nor multiplies in memory.
func TestHostilePages(t *testing.T) {
	const size = 500_000
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			page := make(size)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			p, err := extract(page, "")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if took > 30*time.Second { // under the race detector, on a busy machine; alone it is a tenth of a second
				t.Errorf("%v for %d bytes", took, len(page))
			}
			if allocated := (after.TotalAlloc - before.TotalAlloc) >> 20; allocated > 500 {
				t.Errorf("%d MiB were allocated for %d bytes", allocated, len(page))
			}
			t.Logf("%v, %d MiB, %d bytes of text, %v", took, (after.TotalAlloc-before.TotalAlloc)>>20, len(p.Text), err)
		})
	}
}

func FuzzHTML(f *testing.F) {
	pages, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(pages) == 0 {
		f.Fatal(err)
	}
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	for _, make := range hostile {
		f.Add(make(200))
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := extract(s, "https://news.example/a")
		if err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			return
		}
		if !utf8.ValidString(p.Text) && utf8.ValidString(s) {
			t.Errorf("%q: invalid UTF-8", p.Text)
		}
		if strings.TrimSpace(p.Text) == "" || strings.HasPrefix(p.Text, "\n") || strings.HasSuffix(p.Text, "\n") {
			t.Errorf("%q: text begins or ends blank", p.Text)
		}
		if strings.Contains(p.Title+p.Byline+p.Outlet, "\n") {
			t.Errorf("%q %q %q: more than one line", p.Title, p.Byline, p.Outlet)
		}
	})
}
