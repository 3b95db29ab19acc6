package actor

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// A story is fictional news. <1:he> is a source that means actor 1, <-:he> one
// that must stay unresolved, <1!him> an addressee, (1:his) a mention that is
// neither. [ … ] is a content: of the nearest source before it on its line,
// else of the first after it. A line is a paragraph. Names gives the names by
// kind (P person, O organization, C country, N nationality, L place), with the
// country where the gazetteer knows it.
type story struct {
	title, names, text string
	kinds              string // "1=person 2=unnamed"
}

var nameKinds = map[string]name.Kind{
	"P": name.Person, "O": name.Organization, "C": name.Country, "N": name.Nationality, "L": name.Place,
}

// sample is a story made ready.
type sample struct {
	doc     *token.Doc
	tree    *syntax.Tree
	names   []name.Name
	sources []Source
	want    []mark
}

// mark is an expectation: the actor of a source, or of the mention in bytes.
type mark struct {
	id         string
	surface    string
	source     int // -1 for a mention
	start, end int
}

// strip removes the markup and returns the plain text with what it marked.
func strip(t *testing.T, marked string) (string, []mark, [][2]int) {
	t.Helper()
	var b strings.Builder
	var marks []mark
	var contents [][2]int
	open := -1
	for i := 0; i < len(marked); {
		switch c := marked[i]; c {
		case '[':
			open = b.Len()
			i++
		case ']':
			contents = append(contents, [2]int{open, b.Len()})
			i++
		case '<', '(':
			end := strings.IndexByte(marked[i:], map[byte]byte{'<': '>', '(': ')'}[c])
			sep := strings.IndexAny(marked[i:], ":!")
			if end < 0 || sep < 0 || sep > end {
				t.Fatalf("bad markup at %q", marked[i:])
			}
			m := mark{id: marked[i+1 : i+sep], surface: marked[i+sep+1 : i+end], start: b.Len(), source: -1}
			if c == '<' {
				m.source = 0
			}
			if marked[i+sep] == '!' {
				m.source = 1
			}
			b.WriteString(m.surface)
			m.end = b.Len()
			marks = append(marks, m)
			i += end + 1
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), marks, contents
}

func tokensIn(d *token.Doc, start, end int) token.Range {
	r := token.Range{First: -1}
	for i, x := range d.Tokens {
		if int(x.Start) < end && int(x.End) > start {
			if r.First < 0 {
				r.First = int32(i)
			}
			r.Last = int32(i) + 1
		}
	}
	return r
}

func prepare(t *testing.T, parser *syntax.Model, s story) sample {
	t.Helper()
	text, marks, contents := strip(t, strings.ReplaceAll(strings.TrimSpace(s.text), "\n", "\n\n"))
	d := token.Segment(text)
	x := sample{doc: d, tree: parser.Parse(d)}
	for _, f := range strings.Split(s.names, "|") {
		if f == "" {
			continue
		}
		kind, rest, _ := strings.Cut(f, ":")
		surface, country, _ := strings.Cut(rest, "=")
		for at := 0; ; {
			k := strings.Index(text[at:], surface)
			if k < 0 {
				break
			}
			r := tokensIn(d, at+k, at+k+len(surface))
			if d.Surface(r) == surface && !overlaps(x.names, r) {
				x.names = append(x.names, name.Name{Range: r, Kind: nameKinds[kind], Country: country})
			}
			at += k + len(surface)
		}
	}
	line := func(at int) int { return strings.Count(text[:at], "\n") }
	for _, m := range marks {
		if m.source >= 0 {
			src := Source{Range: tokensIn(d, m.start, m.end), Cue: -1, Addressee: m.source == 1}
			m.source = len(x.sources)
			x.sources = append(x.sources, src)
		}
		x.want = append(x.want, m)
	}
	for _, c := range contents {
		owner := -1
		for _, m := range x.want {
			if m.source < 0 || x.sources[m.source].Addressee || line(m.start) != line(c[0]) {
				continue
			}
			if m.start < c[0] || owner < 0 {
				owner = m.source
			}
		}
		if owner < 0 {
			t.Fatalf("content without source: %q", text[c[0]:c[1]])
		}
		o := &x.sources[owner]
		o.Content = append(o.Content, tokensIn(d, c[0], c[1]))
		o.Quote = o.Quote || strings.ContainsAny(text[c[0]:c[1]], "\"“")
	}
	return x
}

func overlaps(names []name.Name, r token.Range) bool {
	for _, n := range names {
		if n.First < r.Last && r.First < n.Last {
			return true
		}
	}
	return false
}

func TestStories(t *testing.T) {
	parser, err := syntax.Open()
	if err != nil {
		t.Fatal(err)
	}
	model, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		t.Run(s.title, func(t *testing.T) {
			x := prepare(t, parser, s)
			x.check(t, s, model.Resolve(x.doc, x.tree, x.names, x.sources, nil))
		})
	}
}

// check compares a resolution with the marks: equal ids mean one actor,
// different ids different ones.
func (x *sample) check(t *testing.T, s story, r *Resolution) {
	t.Helper()
	actorOf, idOf := map[string]int32{}, map[int32]string{}
	for _, m := range x.want {
		got := int32(-1)
		if m.source >= 0 {
			got = r.Sources[m.source]
		} else {
			for _, k := range r.Mentions {
				at := x.doc.Tokens[k.Head]
				if int(at.Start) >= m.start && int(at.End) <= m.end {
					got = k.Actor
				}
			}
		}
		where := fmt.Sprintf("%q (%s)", m.surface, m.id)
		if (got < 0) != (m.id == "-") {
			t.Errorf("%s: actor %d", where, got)
			continue
		}
		if got < 0 {
			continue
		}
		if a, ok := actorOf[m.id]; ok && a != got {
			t.Errorf("%s is %q, not %q", where, r.Actors[got].Name, r.Actors[a].Name)
		} else if id, ok := idOf[got]; ok && id != m.id {
			t.Errorf("%s is %q, which is %s", where, r.Actors[got].Name, id)
		} else {
			actorOf[m.id], idOf[got] = got, m.id
		}
	}
	for _, f := range strings.Fields(s.kinds) {
		id, kind, _ := strings.Cut(f, "=")
		kind, country, _ := strings.Cut(kind, "/")
		a, ok := actorOf[id]
		if !ok {
			t.Errorf("no actor %s", id)
			continue
		}
		if r.Actors[a].Kind != record.ActorKind(kind) || r.Actors[a].Country != country {
			t.Errorf("actor %s is %s/%s, want %s/%s", id, r.Actors[a].Kind, r.Actors[a].Country, kind, country)
		}
	}
}
