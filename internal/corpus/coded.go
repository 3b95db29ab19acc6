package corpus

import (
	"archive/zip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/record"
)

// Coded is a news text, or the beginning of one, whose events have been coded by hand.
type Coded struct {
	Name   string
	Text   string
	Events []CodedEvent
}

// CodedEvent is an event by the places in the text that name its trigger and
// its parties. Of each list of alternatives any is right.
type CodedEvent struct {
	Optional       bool // neither demanded nor wrong
	Types          []string
	Status         []string
	Mutual         bool // the parties may be exchanged
	Trigger        record.Span
	Source, Target [][]record.Span
}

// ReadCoded reads the texts of dataDir that a table annotates. A line of the table is, tab-separated,
//
//	D   name of a text   how many characters of it, without spaces, have been read for events
//	E   types   statuses   "mutual" or nothing   trigger   source   target
//
// with E? for E where the event is optional. Alternatives are joined by /,
// parties by ;. A place is the first character and the number of characters,
// 20+6, counted without spaces, so that it holds however words are spaced.
func ReadCoded(dataDir, table string) ([]Coded, error) {
	var out []Coded
	texts, err := codedTexts(dataDir)
	if err != nil {
		return nil, err
	}
	var at []record.Span // of the characters of the text that are no space
	for n, line := range strings.Split(table, "\n") {
		f := strings.Split(line, "\t")
		switch {
		case line == "" || line[0] == '#':
			continue
		case f[0] == "D" && len(f) == 3:
			text, ok := texts[f[1]]
			last, err := strconv.Atoi(f[2])
			if !ok || err != nil {
				return nil, fmt.Errorf("line %d: no text %q", n+1, f[1])
			}
			at = solid(text)
			if last < 1 || last > len(at) {
				return nil, fmt.Errorf("line %d: %s has %d characters, not %d", n+1, f[1], len(at), last)
			}
			out = append(out, Coded{Name: f[1], Text: text[:at[last-1].End]})
		case (f[0] == "E" || f[0] == "E?") && len(f) == 7 && len(out) > 0:
			e := CodedEvent{Optional: f[0] == "E?", Types: strings.Split(f[1], "/"), Status: strings.Split(f[2], "/"), Mutual: f[3] == "mutual"}
			var lists [3][][]record.Span
			for i, s := range f[4:7] {
				if lists[i], err = codedSpans(s, at); err != nil {
					return nil, fmt.Errorf("line %d: %w", n+1, err)
				}
			}
			if len(lists[0]) != 1 {
				return nil, fmt.Errorf("line %d: want one trigger", n+1)
			}
			e.Trigger, e.Source, e.Target = lists[0][0][0], lists[1], lists[2]
			d := &out[len(out)-1]
			d.Events = append(d.Events, e)
		default:
			return nil, fmt.Errorf("line %d: neither a text nor an event", n+1)
		}
	}
	return out, nil
}

// Coded is r with its events by their places: a party stands where its name,
// or another that the row allows, stands nearest to the trigger. A party that the
// text does not name is left out.
func (r *Report) Coded() (Coded, error) {
	out := Coded{Name: r.Path, Text: r.Text}
	for i := range r.Events {
		e := &r.Events[i]
		word, nth, _ := strings.Cut(e.Extra["trigger"], "#")
		n, _ := strconv.Atoi(nth)
		at := nthIndex(r.Text, word, max(n, 1))
		if at < 0 {
			return out, fmt.Errorf("%s: no trigger %q in the text", r.Path, e.Extra["trigger"])
		}
		c := CodedEvent{Optional: e.Optional, Types: e.Types, Status: e.Status, Mutual: e.Mutual, Trigger: record.Span{Start: at, End: at + len(word)}}
		for k, parties := range [2][][]string{e.Source, e.Target} {
			for _, names := range parties {
				var places []record.Span
				for _, s := range names {
					if from := nearest(r.Text, s, at); from >= 0 {
						places = append(places, record.Span{Start: from, End: from + len(s)})
					}
				}
				if len(places) > 0 {
					list := [2]*[][]record.Span{&c.Source, &c.Target}[k]
					*list = append(*list, places)
				}
			}
		}
		out.Events = append(out.Events, c)
	}
	return out, nil
}

// nthIndex is where w stands in text for the nth time, -1 if it does not.
func nthIndex(text, w string, n int) int {
	at := -1
	for range n {
		i := strings.Index(text[at+1:], w)
		if i < 0 || w == "" {
			return -1
		}
		at += 1 + i
	}
	return at
}

// nearest is where w stands in text nearest to byte i, -1 if it does not.
func nearest(text, w string, i int) int {
	best := -1
	for at := 0; w != ""; {
		k := strings.Index(text[at:], w)
		if k < 0 {
			break
		}
		k += at
		if best < 0 || max(k-i, i-k) < max(best-i, i-best) {
			best = k
		}
		at = k + len(w)
	}
	return best
}

// solid is the characters of text that are no space.
func solid(text string) []record.Span {
	var out []record.Span
	for i, r := range text {
		if !unicode.IsSpace(r) {
			out = append(out, record.Span{Start: i, End: i + utf8.RuneLen(r)})
		}
	}
	return out
}

// codedSpans reads "5+3/20+2;40+7": either of two places, and another.
func codedSpans(s string, at []record.Span) ([][]record.Span, error) {
	var out [][]record.Span
	if s == "" {
		return nil, nil
	}
	for party := range strings.SplitSeq(s, ";") {
		var list []record.Span
		for x := range strings.SplitSeq(party, "/") {
			a, b, _ := strings.Cut(x, "+")
			first, err1 := strconv.Atoi(a)
			n, err2 := strconv.Atoi(b)
			if err1 != nil || err2 != nil || first < 0 || n <= 0 || first+n > len(at) {
				return nil, fmt.Errorf("%q is no place in the text", x)
			}
			list = append(list, record.Span{Start: at[first].Start, End: at[first+n-1].End})
		}
		out = append(out, list)
	}
	return out, nil
}

// codedTexts is the texts that may be annotated, by name: "gmb N" is codedWindow
// sentences of the Groningen Meaning Bank from sentence N on, "worldwide N" a
// document of the Worldwide set, "polnear N" an article of the training part
// of PolNeAR.
func codedTexts(dataDir string) (map[string]string, error) {
	out := map[string]string{}
	var window []string
	n := 0
	err := EachGMB(filepath.Join(dataDir, "open", "gmb-ner.csv.zip"), func(words []string) {
		window = append(window, spaced(words))
		if n++; n%codedWindow == 0 {
			out[fmt.Sprintf("gmb %05d", n-codedWindow)] = strings.Join(window, "\n")
			window = window[:0]
		}
	})
	if err != nil {
		return nil, err
	}
	docs, err := ReadBIO(filepath.Join(dataDir, "research", "worldwide-ner.tar.xz"))
	if err != nil {
		return nil, err
	}
	for i := range docs {
		var lines []string
		for _, p := range docs[i].Paragraphs {
			if line := spaced(docs[i].Words[p.First:p.Last]); !strings.HasPrefix(line, "http") {
				lines = append(lines, line)
			}
		}
		out["worldwide "+strings.TrimSuffix(docs[i].Name, ".txt.tsv")] = strings.Join(lines, "\n")
	}
	articles, err := ReadPolNeAR(filepath.Join(dataDir, "research", "polnear.tar.xz"), "train")
	if err != nil {
		return nil, err
	}
	for i := range articles {
		out["polnear "+articles[i].Name] = articles[i].Text
	}
	return out, addGUM(dataDir, out)
}

// addGUM adds the documents of the training and development parts of GUM, by
// their names, "gum N".
func addGUM(dataDir string, out map[string]string) error {
	for _, part := range []string{"train", "dev"} {
		sentences, err := ReadCoNLLU(filepath.Join(dataDir, "open", "ud-english-gum", part+".conllu.xz"))
		if err != nil {
			return err
		}
		for i := range sentences {
			s := &sentences[i]
			name := "gum " + s.ID[:max(0, strings.LastIndexByte(s.ID, '-'))]
			if out[name] != "" {
				if s.NewPar {
					out[name] += "\n"
				} else {
					out[name] += " "
				}
			}
			out[name] += s.Text
		}
	}
	return nil
}

// codedWindow is how many sentences of the Groningen Meaning Bank, which does
// not say where one report ends, are taken for a text.
const codedWindow = 12

// EachGMB gives the words of every sentence of the Groningen Meaning Bank.
// The slice is used again.
func EachGMB(file string, keep func([]string)) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, entry := range z.File {
		if !strings.HasSuffix(entry.Name, ".csv") || strings.HasPrefix(path.Base(entry.Name), "._") {
			continue
		}
		f, err := entry.Open()
		if err != nil {
			return err
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		var words []string
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				keep(words)
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if len(row) < 2 || row[1] == "Word" && row[0] != "" && !strings.HasPrefix(row[0], "Sentence: ") {
				continue // the heading
			}
			if row[0] != "" && len(words) > 0 {
				keep(words)
				words = words[:0]
			}
			words = append(words, latin1(row[1]))
		}
	}
	return nil
}

// latin1 decodes s, one byte a character.
func latin1(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// spaced lays words out with the usual spacing.
func spaced(words []string) string {
	var b strings.Builder
	glue, open := true, false
	for _, w := range words {
		quote := w == "\""
		if !glue && !closes(w) && !(quote && open) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		glue = opens(w)
		if quote {
			open = !open
			glue = open
		}
	}
	return b.String()
}
