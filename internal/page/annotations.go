package page

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// The W3C Web Annotation Data Model (Recommendation of 23 February 2017):
// a collection (section 6) whose first and only page holds an annotation a
// statement and one an event. Each target gives the same segment twice, by position (4.2.4, in
// code points) and by quotation (4.2.3), so that either may find it again.
type (
	annCollection struct {
		Context string   `json:"@context"`
		ID      string   `json:"id"`
		Type    string   `json:"type"`
		Label   string   `json:"label,omitempty"`
		Creator annAgent `json:"creator"`
		Total   int      `json:"total"`
		First   annPage  `json:"first"`
	}
	annAgent struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	annPage struct {
		ID         string       `json:"id"`
		Type       string       `json:"type"`
		PartOf     string       `json:"partOf"`
		StartIndex int          `json:"startIndex"`
		Items      []annotation `json:"items"`
	}
	annotation struct {
		ID         string      `json:"id"`
		Type       string      `json:"type"`
		Motivation string      `json:"motivation"`
		Body       []annBody   `json:"body"`
		Target     []annTarget `json:"target"`
	}
	annBody struct {
		Type     string `json:"type"`
		Purpose  string `json:"purpose"`
		Value    string `json:"value"`
		Format   string `json:"format,omitempty"`
		Language string `json:"language,omitempty"`
	}
	annTarget struct {
		Type     string        `json:"type"`
		Source   string        `json:"source"`
		Selector []annSelector `json:"selector,omitempty"`
	}
	annSelector struct {
		Type   string `json:"type"`
		Start  *int   `json:"start,omitempty"`
		End    *int   `json:"end,omitempty"`
		Exact  string `json:"exact,omitempty"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
)

// annLine is an annotation that stands alone.
type annLine struct {
	Context string   `json:"@context"`
	Label   string   `json:"label"`
	Creator annAgent `json:"creator"`
	annotation
}

const annContext = "http://www.w3.org/ns/anno.jsonld"

var annCreator = annAgent{"Software", "Rapporteur"}

// quoteContext is how many code points of the text stand in prefix and suffix.
const quoteContext = 32

// Annotations writes the statements and events of r as Web Annotations in JSON-LD.
func Annotations(w io.Writer, r *record.Report) error {
	source, points := annSource(&r.Document), record.NewPoints(r.Document.Text)
	c := annCollection{
		Context: annContext, ID: annID(source, "collection"), Type: "AnnotationCollection",
		Label: r.Document.Title, Creator: annCreator, Total: len(r.Statements) + len(r.Events),
		First: annPage{ID: annID(source, "page"), Type: "AnnotationPage", Items: make([]annotation, 0, len(r.Statements)+len(r.Events))},
	}
	c.First.PartOf = c.ID
	for i := range r.Statements {
		c.First.Items = append(c.First.Items, annStatement(r, &r.Statements[i], source, &points, source))
	}
	for i := range r.Events {
		c.First.Items = append(c.First.Items, annTagged(r, &r.Events[i], source, &points, source))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(c)
}

// AnnotationLines writes those statements and events of r as Web Annotations,
// each on a line and complete in itself. They are labelled by their names in the
// record, whose name for r is document: "D12.S3". Unlike those of Annotations
// their ids are made from the text and not from its address, at which another
// version may stand.
func AnnotationLines(w io.Writer, r *record.Report, document string, statements, events []int) error {
	if len(statements)+len(events) == 0 {
		return nil
	}
	source, naming, points := annSource(&r.Document), annHash(&r.Document), record.NewPoints(r.Document.Text)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	write := func(id string, a annotation) error {
		return e.Encode(annLine{Context: annContext, Label: document + "." + id, Creator: annCreator, annotation: a})
	}
	for _, i := range statements {
		s := &r.Statements[i]
		if err := write(s.ID, annStatement(r, s, source, &points, naming)); err != nil {
			return err
		}
	}
	for _, i := range events {
		v := &r.Events[i]
		if err := write(v.ID, annTagged(r, v, source, &points, naming)); err != nil {
			return err
		}
	}
	return nil
}

// annStatement is the annotation of s in the text at source; its id is made from naming.
func annStatement(r *record.Report, s *record.Statement, source string, points *record.Points, naming string) annotation {
	return annotation{
		ID: annID(naming, s.ID), Type: "Annotation", Motivation: "describing",
		Body: annBodies(r, s), Target: annTargets(r, annSpans(s), source, points),
	}
}

// annTagged is the annotation of e, as annStatement.
func annTagged(r *record.Report, e *record.Event, source string, points *record.Points, naming string) annotation {
	return annotation{
		ID: annID(naming, e.ID), Type: "Annotation", Motivation: "tagging",
		Body: annEvent(r, e), Target: annTargets(r, []record.Span{e.Trigger}, source, points),
	}
}

// annSource is the IRI of what is annotated: the address of the report, or,
// if it has none, the hash of its text as a named information (RFC 6920).
func annSource(d *record.Document) string {
	if u, err := url.Parse(d.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return u.String()
	}
	return annHash(d)
}

// annHash is the IRI of the text itself.
func annHash(d *record.Document) string {
	hash, err := hex.DecodeString(strings.TrimPrefix(d.ID, "sha256:"))
	if err != nil || len(hash) != sha256.Size {
		h := sha256.Sum256([]byte(d.Text))
		hash = h[:]
	}
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(hash)
}

// annID is the IRI of a part of the record of source: a UUID of version 8
// (RFC 9562) made from their hash, so that the same report has the same ids.
func annID(source, part string) string {
	h := sha256.Sum256([]byte(source + "#" + part))
	h[6] = h[6]&0x0F | 0x80
	h[8] = h[8]&0x3F | 0x80
	x := hex.EncodeToString(h[:16])
	return "urn:uuid:" + x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

// annBodies is a sentence for people and tags for search: the speaker, the type, the kind.
func annBodies(r *record.Report, s *record.Statement) []annBody {
	_, name := r.Speaker(s)
	who := name
	if who == "" {
		who = "Speaker not given"
	}
	said := []string{who}
	if s.Cue != nil {
		said = append(said, surface(r, cued(s)))
	}
	sentence := strings.Join(append([]string{strings.Join(said, " ")}, circumstances(r, s)...), ", ")
	return annTexts(r, sentence, name, string(s.Type), string(s.Kind), s.Stance)
}

// annEvent is a sentence for people and tags for search: the type, the mode, the status, the contexts.
func annEvent(r *record.Report, e *record.Event) []annBody {
	sentence := act(r, e)
	if who := parties(r, e); who != "" {
		sentence = who + ": " + sentence
	}
	about := standing(r, e)
	if day := when(r, e); day != "" {
		about = append(about, day)
	}
	return annTexts(r, sentence+" ("+strings.Join(about, ", ")+")", append([]string{e.Type, e.Mode, string(e.Status)}, e.Contexts...)...)
}

func annTexts(r *record.Report, sentence string, tags ...string) []annBody {
	bodies := []annBody{{Type: "TextualBody", Purpose: "describing", Value: sentence, Format: "text/plain", Language: r.Document.Language}}
	for _, tag := range tags {
		if tag != "" {
			bodies = append(bodies, annBody{Type: "TextualBody", Purpose: "tagging", Value: tag})
		}
	}
	return bodies
}

// annSpans is the content of s; the cue or the source where there is no content.
func annSpans(s *record.Statement) []record.Span {
	switch {
	case len(s.Content) > 0:
		return s.Content
	case s.Cue != nil:
		return []record.Span{s.Cue.Span}
	case s.Source != nil:
		return []record.Span{s.Source.Span}
	}
	return nil
}

// annTargets is the segments at spans, or the report as a whole if there are none.
func annTargets(r *record.Report, spans []record.Span, source string, points *record.Points) []annTarget {
	if len(spans) == 0 {
		return []annTarget{{Type: "SpecificResource", Source: source}}
	}
	out := make([]annTarget, len(spans))
	text := r.Document.Text
	for i, span := range spans {
		start, end := points.At(span.Start), points.At(span.End)
		out[i] = annTarget{Type: "SpecificResource", Source: source, Selector: []annSelector{
			{Type: "TextPositionSelector", Start: &start, End: &end},
			{Type: "TextQuoteSelector", Exact: surface(r, span), Prefix: ends(text[:span.Start], quoteContext), Suffix: starts(text[span.End:], quoteContext)},
		}}
	}
	return out
}
