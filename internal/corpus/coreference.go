package corpus

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Entity is a chain of mentions that mean the same, and its type in the
// scheme of GUM ("person", "organization", "place", …).
type Entity struct {
	ID, Type string
	Mentions [][2]int // half-open ranges of words of the document, in the order in which they close
}

// Entities reads the chains of one document from the Entity= annotation of
// GUM: "(12-person-new-…" opens a mention, "12)" closes it, "(12-…)" is one word.
// A mention in several parts is left out.
func Entities(sentences []Sentence) ([]Entity, error) {
	var all []Entity
	index := map[string]int{}
	open := map[string][]int{}
	at := 0
	for _, s := range sentences {
		for _, w := range s.Words {
			for rest := misc(w.Misc, "Entity"); rest != ""; {
				part := rest
				opens := rest[0] == '('
				if i := strings.IndexAny(rest[1:], "()"); i < 0 {
					rest = ""
				} else if rest[1+i] == ')' {
					part, rest = rest[:i+2], rest[i+2:]
				} else {
					part, rest = rest[:i+1], rest[i+1:]
				}
				closes := strings.HasSuffix(part, ")")
				id, after, _ := strings.Cut(strings.Trim(part, "()"), "-")
				if _, ok := index[id]; !ok {
					kind, _, _ := strings.Cut(after, "-")
					index[id] = len(all)
					all = append(all, Entity{ID: id, Type: kind})
				}
				if opens {
					open[id] = append(open[id], at)
				}
				if closes {
					stack := open[id]
					if len(stack) == 0 {
						return nil, fmt.Errorf("sentence %s: %s closes what is not open", s.ID, part)
					}
					e := &all[index[id]]
					e.Mentions = append(e.Mentions, [2]int{stack[len(stack)-1], at + 1})
					open[id] = stack[:len(stack)-1]
				}
			}
			at++
		}
	}
	kept := all[:0]
	for _, e := range all {
		if !strings.Contains(e.ID, "[") {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// misc is the value of a key of the MISC column, empty if it has none.
func misc(column, key string) string {
	for _, f := range strings.Split(column, "|") {
		if v, ok := strings.CutPrefix(f, key+"="); ok {
			return v
		}
	}
	return ""
}

// Ambiguous is an example of GAP: a pronoun and two names, of which one, the
// other or none is meant. Offsets are bytes of Text.
type Ambiguous struct {
	ID, Text      string
	Pronoun, A, B string
	PronounAt     int
	AAt, BAt      int
	IsA, IsB      bool
}

// ReadGAP reads a file of GAP: tab-separated, with a header, offsets in code points.
func ReadGAP(path string) ([]Ambiguous, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []Ambiguous
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		row := strings.Split(line, "\t")
		if len(row) != 11 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 11", path, n+1, len(row))
		}
		if n == 0 {
			continue
		}
		x := Ambiguous{ID: row[0], Text: row[1], Pronoun: row[2], A: row[4], B: row[7], IsA: row[6] == "TRUE", IsB: row[9] == "TRUE"}
		for i, at := range [...]*int{&x.PronounAt, &x.AAt, &x.BAt} {
			k, err := strconv.Atoi(row[3+[...]int{0, 2, 5}[i]])
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
			}
			*at = byteOffset(x.Text, k)
		}
		all = append(all, x)
	}
	return all, nil
}

// byteOffset is the byte at which code point k of s begins.
func byteOffset(s string, k int) int {
	for i := range s {
		if k == 0 {
			return i
		}
		k--
	}
	return len(s)
}
