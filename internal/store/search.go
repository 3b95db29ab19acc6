package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rapporteur/rapporteur/record"
)

// Query is what is searched for. All of it must hold.
type Query struct {
	Words   string    // words, "phrases", prefix* and -word; of the content of a statement, what stands around an event, the text of a document
	Kinds   []Kind    // of rows; none is all of them
	Speaker string    // words of the name, a role or the country of who speaks
	Party   string    // the same of the speaker, or of the source or target of an event
	Outlet  string    // words of its name
	Said    string    // direct, mixed or indirect
	Event   string    // a type of PLOVER
	From    time.Time // published on its day or later
	To      time.Time // published on a day before it
	All     bool      // also what is less sure than record.Likely, and what somebody has decided is wrong
	Limit   int       // of hits; 0 is 20
}

// Hit is a row that was found.
type Hit struct {
	ID        ID
	Kind      Kind
	Score     float64 // higher is better; it compares hits of one search
	URL       string
	Outlet    string
	Title     string
	Published time.Time

	Type       string // of a statement: direct, mixed, indirect; of an event its type
	Status     string // of an event
	Source     string // who speaks or acts
	Target     string // of an event
	Cue        string // of a statement, its cue; of an event, its trigger
	Text       string // the content of a statement, the words around the trigger of an event, those around the first match in a document
	Start, End int    // where Text or, of an event, the trigger stands in the text, in code points
	Confidence float64
	Decided    *Decision // by people, nil for nothing
}

// maxMatches is how many matches, the last published first, are ranked: what
// matches more often than that is asked too broadly for "best first" to mean much.
const maxMatches = 1000

// defaultLimit is how many hits a search gives.
const defaultLimit = 20

// Search finds rows, the best first. More reports that there were more matches
// than could be ranked, so that only the newest of them were.
func (s *Store) Search(ctx context.Context, q Query) (hits []Hit, more bool, err error) {
	if err := q.narrow(); err != nil {
		return nil, false, err
	}
	match, words, err := q.match()
	if err != nil {
		return nil, false, err
	}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state of the record
	if err != nil {
		return nil, false, s.trouble(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	rows, err := s.matches(ctx, tx, &q, match)
	if err != nil {
		return nil, false, err
	}
	more = len(rows) > maxMatches
	rows = rows[:min(len(rows), maxMatches)]
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	hits = make([]Hit, 0, len(rows))
	docs := map[int64]*head{}
	for _, row := range rows {
		h, err := s.hit(ctx, tx, row, docs, words)
		if err != nil {
			return nil, false, err
		}
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	hits = hits[:min(len(hits), limit)]
	for i := range hits {
		if err := s.dress(ctx, tx, &hits[i], words); err != nil {
			return nil, false, err
		}
	}
	if !q.All {
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Decided != nil && h.Decided.Verdict == Wrong })
	}
	return hits, more, nil
}

// matches is the ids of the rows that match, the last published first.
func (s *Store) matches(ctx context.Context, from querier, q *Query, match string) ([]int64, error) {
	query := "SELECT w.rowid FROM words w WHERE w.words MATCH ?"
	args := []any{match}
	if match == "" {
		query, args = "SELECT w.rowid FROM words w WHERE true", nil
	}
	if !q.All {
		query += " AND w.rowid & 1"
	}
	if whats := q.whats(); len(whats) > 0 {
		query += fmt.Sprintf(" AND (w.rowid >> %d & %d) IN (%s)", whatShift, maxWhat, strings.Trim(strings.Repeat("?, ", len(whats)), ", "))
		args = append(args, whats...)
	}
	if !q.From.IsZero() {
		query += " AND w.rowid >= ?"
		args = append(args, firstRow(dayOf(q.From), 0))
	}
	if !q.To.IsZero() {
		query += " AND w.rowid >= ? AND w.rowid < ?" // known, and before
		args = append(args, firstRow(1, 0), firstRow(dayOf(q.To.Add(24*time.Hour-1)), 0))
	}
	rows, err := from.QueryContext(ctx, query+" ORDER BY w.rowid DESC LIMIT ?", append(args, maxMatches+1)...)
	if err != nil {
		return nil, s.trouble(err)
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var row int64
		if err := rows.Scan(&row); err != nil {
			return nil, s.trouble(err)
		}
		out = append(out, row)
	}
	return out, s.trouble(rows.Err())
}

// head is what a hit tells of its document.
type head struct {
	url, outlet, title, published sql.NullString
}

func (s *Store) hit(ctx context.Context, from querier, row int64, docs map[int64]*head, words []string) (Hit, error) {
	number, kind, n := ofRow(row)
	d := docs[number]
	if d == nil {
		d = &head{}
		err := from.QueryRowContext(ctx, "SELECT url, outlet, title, published FROM document WHERE number = ?", number).Scan(&d.url, &d.outlet, &d.title, &d.published)
		if err != nil {
			return Hit{}, s.trouble(err)
		}
		docs[number] = d
	}
	h := Hit{ID: ID{Number: number}, Kind: kind, URL: d.url.String, Outlet: d.outlet.String, Title: d.title.String, Confidence: 1}
	if d.published.Valid {
		h.Published, _ = time.Parse(time.RFC3339Nano, d.published.String) // written by stamp
	}
	var err error
	switch kind {
	case Statement:
		h.ID.Part, h.ID.N = 'S', n
		err = from.QueryRowContext(ctx, "SELECT type, coalesce(speaker, ''), coalesce(cue, ''), content, start, end, confidence FROM statement WHERE document = ? AND n = ?", number, n).
			Scan(&h.Type, &h.Source, &h.Cue, &h.Text, &h.Start, &h.End, &h.Confidence)
		h.Score = h.Confidence + score(h.Text, words)
	case Event:
		h.ID.Part, h.ID.N = 'E', n
		err = from.QueryRowContext(ctx, "SELECT type, status, source, target, trigger, start, end, confidence FROM event WHERE document = ? AND n = ?", number, n).
			Scan(&h.Type, &h.Status, &h.Source, &h.Target, &h.Cue, &h.Start, &h.End, &h.Confidence)
		h.Score = h.Confidence + score(h.Cue+" "+h.Source+" "+h.Target, words)
	default:
		h.Score = score(h.Title, words)
	}
	return h, s.trouble(err)
}

// dress gives a hit the words around it, from the text of its document, and what was decided of it.
func (s *Store) dress(ctx context.Context, from querier, h *Hit, words []string) error {
	var decided bool
	if err := from.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM decision WHERE document = ?)", h.ID.Number).Scan(&decided); err != nil || !decided && h.Kind == Statement {
		return s.trouble(err)
	}
	k, err := s.get(ctx, from, h.ID.Number)
	if err != nil {
		return err
	}
	h.Decided = k.Decided(h.ID.Part, h.ID.N)
	if h.Kind == Statement {
		return nil // the table has its words
	}
	text := k.Report.Document.Text
	var at record.Span
	switch {
	case h.Kind == Event && h.ID.N <= len(k.Report.Events):
		at = k.Report.Events[h.ID.N-1].Trigger
	case h.Kind == Document:
		at = firstOf(text, words)
	}
	around := Around(text, at)
	h.Text = text[around.Start:around.End]
	if h.Kind == Document {
		points := record.NewPoints(text)
		h.Start, h.End = points.At(around.Start), points.At(around.End)
	}
	return nil
}

// score is how well text fits words: how often they stand in it, beside how
// long it is, as in BM25 (Robertson and Zaragoza 2009), and how near each other.
func score(text string, words []string) float64 {
	const k1, b, usual = 1.2, 0.75, 30.0
	if len(words) == 0 {
		return 0
	}
	fields := fieldsOf(text)
	length := 1 - b + b*float64(len(fields))/usual
	var sum float64
	first, last := math.MaxInt, 0
	for _, w := range words {
		n := 0
		for i, f := range fields {
			if isForm(f, w) {
				if n++; n == 1 {
					first, last = min(first, i), max(last, i)
				}
			}
		}
		sum += float64(n) * (k1 + 1) / (float64(n) + k1*length)
	}
	if first < last {
		sum += float64(len(words)) / float64(last-first+len(words))
	}
	return sum
}

// fieldsOf is the words of text in lower case, without accents, as the full text
// has them.
func fieldsOf(text string) []string {
	plain := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}
	return strings.FieldsFunc(strings.Map(plain, norm.NFD.String(text)), func(r rune) bool { return !isLetter(r) })
}

// isForm reports whether field is a form of word: the same but for an ending.
func isForm(field, word string) bool { return field == word || stemOf(field) == stemOf(word) }

// endings are what forms of one English word differ by, the longest first.
var endings = []string{"ations", "ation", "ings", "ing", "ers", "ied", "ies", "er", "ed", "es", "s", "e", "y"}

// stemOf is word without an ending, if enough is left of it. It only ranks and
// marks: what matches is the full text's own affair.
func stemOf(word string) string {
	const least = 3
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(word, e); ok && len(stem) >= least {
			return stem
		}
	}
	return word
}

// firstOf is where one of words stands in text first.
func firstOf(text string, words []string) record.Span {
	at := 0
	for at < len(text) {
		from := at + strings.IndexFunc(text[at:], isLetter)
		if from < at {
			break
		}
		to := len(text)
		if n := strings.IndexFunc(text[from:], func(r rune) bool { return !isLetter(r) }); n >= 0 {
			to = from + n
		}
		if f := strings.Join(fieldsOf(text[from:to]), ""); slices.ContainsFunc(words, func(w string) bool { return isForm(f, w) }) {
			return record.Span{Start: from, End: to}
		}
		at = to
	}
	return record.Span{}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// match is q as SQLite's FTS5 asks for it, and the words by which hits are ranked.
func (q *Query) match() (match string, words []string, err error) {
	var all []string
	terms, err := parseWords(q.Words)
	if err != nil {
		return "", nil, err
	}
	var not []string
	for _, t := range terms {
		expr := "body : " + t.fts()
		if t.not {
			not = append(not, expr)
			continue
		}
		all = append(all, expr)
		words = append(words, fieldsOf(t.text)...)
	}
	for _, c := range []struct{ column, flag, value string }{{"who", "speaker", q.Speaker}, {"who", "party", q.Party}, {"outlet", "outlet", q.Outlet}} {
		fields := fieldsOf(c.value)
		if c.value != "" && len(fields) == 0 {
			return "", nil, fmt.Errorf("there is no word in --%s %q", c.flag, c.value)
		}
		for _, w := range fields {
			all = append(all, c.column+` : "`+w+`"`)
		}
	}
	if strings.TrimSpace(q.Words) != "" && len(terms) == 0 {
		return "", nil, fmt.Errorf("there is no word in %q", q.Words)
	}
	if len(all) == 0 && len(not) > 0 {
		return "", nil, errors.New("give a word to search for, and not only what must not be there")
	}
	match = strings.Join(all, " AND ")
	if len(not) > 0 {
		match = "(" + match + ") NOT (" + strings.Join(not, " OR ") + ")"
	}
	return match, words, nil
}

// narrow is the kinds of rows that can be what is asked for.
func (q *Query) narrow() error {
	none := false
	of := func(kinds ...Kind) {
		if len(q.Kinds) == 0 {
			q.Kinds = kinds
			return
		}
		q.Kinds = slices.DeleteFunc(slices.Clone(q.Kinds), func(k Kind) bool { return !slices.Contains(kinds, k) })
		none = none || len(q.Kinds) == 0
	}
	if q.Party != "" {
		of(Statement, Event)
	}
	if q.Speaker != "" || q.Said != "" {
		of(Statement)
	}
	if q.Event != "" {
		of(Event)
	}
	switch {
	case none:
		return errors.New("nothing can be all of that: a speaker and how something is said are of statements, a type of PLOVER is of events, a party is of both")
	case q.Said != "" && kindOf(whatOf(strings.ToLower(q.Said))) != Statement:
		return fmt.Errorf("%q is no way in which something is said; there are %s", q.Said, strings.Join(whats[1:firstEvent], ", "))
	case q.Event != "" && kindOf(whatOf(strings.ToUpper(q.Event))) != Event:
		return fmt.Errorf("%q is no type of event; there are %s", q.Event, strings.Join(whats[firstEvent:], ", "))
	}
	return nil
}

// whats is what the rows that are asked for can be, none for anything.
func (q *Query) whats() (out []any) {
	switch {
	case q.Event != "":
		return []any{whatOf(strings.ToUpper(q.Event))}
	case q.Said != "":
		return []any{whatOf(strings.ToLower(q.Said))}
	case len(q.Kinds) == 0:
		return nil
	}
	for i := range whats {
		if slices.Contains(q.Kinds, kindOf(int64(i))) {
			out = append(out, int64(i))
		}
	}
	return out
}

// term is one word or phrase of a query.
type term struct {
	text        string
	not, prefix bool
}

func (t *term) fts() string {
	out := `"` + strings.ReplaceAll(strings.ReplaceAll(t.text, "\x00", " "), `"`, `""`) + `"`
	if t.prefix {
		out += "*"
	}
	return out
}

// The bounds of what is asked.
const (
	maxQuery = 2000 // bytes of words
	maxTerms = 32
)

// parseWords parts what a user types: words, "phrases", prefix*, -without.
func parseWords(s string) ([]term, error) {
	if len(s) > maxQuery {
		return nil, fmt.Errorf("the words to search for are longer than %d bytes", maxQuery)
	}
	var out []term
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var t term
		if s[0] == '-' {
			t.not, s = true, s[1:]
		}
		if strings.HasPrefix(s, `"`) {
			phrase, rest, closed := strings.Cut(s[1:], `"`)
			if !closed {
				return nil, errors.New(`a quotation mark is not closed in the words to search for`)
			}
			t.text, s = phrase, rest
		} else {
			word := s
			if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
				word = s[:i]
			}
			s = s[len(word):]
			t.text, t.prefix = strings.TrimSuffix(word, "*"), strings.HasSuffix(word, "*")
		}
		if strings.HasPrefix(s, "*") {
			t.prefix, s = true, s[1:]
		}
		if len(fieldsOf(t.text)) == 0 {
			continue // punctuation
		}
		out = append(out, t)
	}
	if len(out) > maxTerms {
		return nil, fmt.Errorf("there are %d words to search for, and %d at most are allowed", len(out), maxTerms)
	}
	return out, nil
}
