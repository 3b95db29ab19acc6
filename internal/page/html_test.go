package page

import (
	"bytes"
	"encoding/json"
	"html/template"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/record"
)

func htmlPageOf(t testing.TB, r *record.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHTML(t *testing.T) {
	got := htmlPageOf(t, explained(t))
	// An attribute has + escaped too.
	attribute := strings.ReplaceAll(template.HTMLEscapeString(policy), "+", "&#43;")
	for _, ours := range []string{pageCSS, pageJS, attribute} {
		got = bytes.ReplaceAll(got, []byte(ours), nil)
	}
	golden(t, "harbour.html", got)
}

// The policy must name the style and the script exactly as they stand in the page.
func TestHTMLPolicyAllowsOurs(t *testing.T) {
	page := string(htmlPageOf(t, harbour(t)))
	for tag, source := range map[string]string{"style": pageCSS, "script": pageJS} {
		m := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(page)
		if m == nil || m[1] != source {
			t.Errorf("the page does not hold our %s as it is", tag)
			continue
		}
		if !strings.Contains(html.UnescapeString(page), hashSource(m[1])) {
			t.Errorf("the policy does not allow our %s", tag)
		}
	}
}

// walk calls visit for every node of the page as a browser would parse it.
func walk(t testing.TB, page []byte, visit func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var each func(*html.Node)
	each = func(n *html.Node) {
		visit(n)
		for c := range n.ChildNodes() {
			each(c)
		}
	}
	each(root)
}

func TestHTMLObeysNothing(t *testing.T) {
	scripts, styles := 0, 0
	walk(t, htmlPageOf(t, hostile()), func(n *html.Node) {
		if n.Type == html.CommentNode {
			t.Errorf("a comment: %q", n.Data)
		}
		if n.Type == html.TextNode && n.Parent.Data != "script" && strings.ContainsFunc(n.Data, inert) {
			t.Errorf("a control character: %q", n.Data)
		}
		switch n.Data {
		case "script":
			scripts++
		case "style":
			styles++
		case "iframe", "object", "embed", "img", "svg", "form", "base", "link":
			t.Errorf("an element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if n.Type == html.ElementNode && (strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://") {
				t.Errorf("a link to %q", a.Val)
			}
		}
	})
	if scripts != 1 || styles != 1 {
		t.Errorf("%d scripts and %d styles, want ours alone", scripts, styles)
	}
}

// Whatever spans the statements and events have, nested, crossing or empty, the article
// reads as the text does, and every statement with content can be reached.
func TestHTMLKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z<&>"“”]{0,8} ?\n?){0,12}`).Draw(t, "text")
		borders := []int{}
		for i := range text {
			borders = append(borders, i)
		}
		borders = append(borders, len(text))
		span := func() record.Span {
			i := rapid.IntRange(0, len(borders)-1).Draw(t, "from")
			j := rapid.IntRange(i, len(borders)-1).Draw(t, "to")
			return record.Span{Start: borders[i], End: borders[j]}
		}
		r := &record.Report{Document: record.Document{Text: text}}
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			r.Statements = append(r.Statements, record.Statement{
				ID: "S" + string(rune('1'+len(r.Statements))), Type: rapid.SampledFrom([]record.StatementType{record.Direct, record.Mixed, record.Indirect}).Draw(t, "type"),
				Source: &record.Ref{Span: span(), Actor: -1}, Cue: &record.Cue{Span: span()}, Content: []record.Span{span()}, Within: -1,
			})
		}
		for range rapid.IntRange(0, 4).Draw(t, "events") {
			r.Events = append(r.Events, record.Event{ID: "E" + string(rune('1'+len(r.Events))), Trigger: span(), Statement: -1})
		}
		var b bytes.Buffer
		if err := HTML(&b, r); err != nil {
			t.Fatal(err)
		}
		var article strings.Builder
		root, err := html.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		var each func(n *html.Node, in bool)
		each = func(n *html.Node, in bool) {
			in = in || n.Data == "article"
			if n.Type == html.TextNode && in {
				article.WriteString(n.Data)
			}
			for c := range n.ChildNodes() {
				each(c, in)
			}
		}
		each(root, false)
		want := strings.Join(strings.Fields(text), "")
		if got := strings.Join(strings.Fields(article.String()), ""); got != want {
			t.Fatalf("the article reads %q, the text %q", got, want)
		}
	})
}

// A thousand statements over the same words must not make the page quadratic.
func TestHTMLIsLinear(t *testing.T) {
	r := &record.Report{Document: record.Document{Text: strings.Repeat("word ", 2000)}}
	for i := range 1000 {
		r.Statements = append(r.Statements, record.Statement{
			ID: "S", Type: record.Indirect, Within: -1, Content: []record.Span{{Start: i, End: len(r.Document.Text) - i}},
		})
	}
	article := 0
	page := htmlPageOf(t, r)
	if i := bytes.Index(page, []byte("</article>")); i > 0 {
		article = i
	}
	if article == 0 || article > 1<<20 {
		t.Errorf("the article takes %d bytes", article)
	}
}

func TestTextObeysNothing(t *testing.T) {
	got := text(t, hostile(), 80)
	for _, bad := range []string{"\x1b[31m", "\x1b]0", "\x07", "\x00", "\u202e", "\u0085"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestAnnotations(t *testing.T) {
	var b bytes.Buffer
	if err := Annotations(&b, harbour(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, "harbour.annotations.json", b.Bytes())
}

// What the Recommendation demands of every collection, page, annotation and selector.
func TestAnnotationsFollowTheModel(t *testing.T) {
	nothing := &record.Report{Statements: []record.Statement{{ID: "S1", Within: -1}}}
	for name, r := range map[string]*record.Report{"harbour": harbour(t), "hostile": hostile(), "empty": {}, "no spans": nothing} {
		var b bytes.Buffer
		if err := Annotations(&b, r); err != nil {
			t.Fatal(err)
		}
		var c struct {
			Context string `json:"@context"`
			ID      string
			Type    string
			Total   int
			First   struct {
				ID, Type, PartOf string
				Items            []struct {
					ID, Type string
					Body     []struct{ Type, Value, Purpose string }
					Target   []struct {
						Type, Source string
						Selector     []struct {
							Type                  string
							Start, End            *int
							Exact, Prefix, Suffix string
						}
					}
				}
			}
		}
		if err := json.Unmarshal(b.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.Context != "http://www.w3.org/ns/anno.jsonld" || c.Type != "AnnotationCollection" || c.First.Type != "AnnotationPage" ||
			c.First.PartOf != c.ID || c.Total != len(r.Statements)+len(r.Events) || len(c.First.Items) != c.Total || c.First.Items == nil {
			t.Errorf("%s: not a collection with one page: %+v", name, c)
		}
		ids := map[string]bool{c.ID: true, c.First.ID: true}
		runes := []rune(r.Document.Text)
		for _, a := range c.First.Items {
			ids[a.ID] = true
			if a.Type != "Annotation" || len(a.Target) == 0 || !strings.HasPrefix(a.ID, "urn:uuid:") {
				t.Errorf("%s: not an annotation: %+v", name, a)
			}
			for _, target := range a.Target {
				if !strings.HasPrefix(target.Source, "ni:///sha-256;") {
					t.Errorf("%s: the source is %q", name, target.Source)
				}
				if len(target.Selector) == 0 {
					continue
				}
				position, quote := target.Selector[0], target.Selector[1]
				start, end := *position.Start, *position.End
				if string(runes[start:end]) != quote.Exact {
					t.Errorf("%s: [%d, %d) is not %q", name, start, end, quote.Exact)
				}
				if !strings.Contains(r.Document.Text, quote.Prefix+quote.Exact+quote.Suffix) {
					t.Errorf("%s: the text does not hold the quotation with its surroundings", name)
				}
			}
		}
		if len(ids) != len(r.Statements)+len(r.Events)+2 {
			t.Errorf("%s: ids are not unique", name)
		}
	}
}
