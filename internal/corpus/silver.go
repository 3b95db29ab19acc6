package corpus

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Silver is a text whose words a network has judged. Shares is by the first byte
// of a word: how likely each type is, in percent; words that are missing are
// no events.
type Silver struct {
	Name   string
	Text   string
	Shares map[int][]TypeShare
}

// TypeShare is how likely a type, an index into record.EventTypes, is.
type TypeShare struct{ Type, Percent int }

// News is the news texts of dataDir that a table may annotate, by their names.
func News(dataDir string) (map[string]string, error) {
	texts, err := codedTexts(dataDir)
	maps.DeleteFunc(texts, func(name, _ string) bool { return strings.HasPrefix(name, "gum ") })
	return texts, err
}

// ReadSilver reads the texts of dataDir that a table annotates. A line of the table
// is, tab-separated, the name of a text, how many characters of it, without spaces,
// have been read, and, separated by spaces, places with types: "1104H62,O30" is
// the word that begins with character 1104, counted without spaces, the letters
// are types in the order of record.EventTypes.
func ReadSilver(dataDir, table string) ([]Silver, error) {
	texts, err := codedTexts(dataDir)
	if err != nil {
		return nil, err
	}
	var out []Silver
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: %d fields, not 3", n+1, len(f))
		}
		text, ok := texts[f[0]]
		at := solid(text)
		last, err := strconv.Atoi(f[1])
		if !ok || err != nil || last < 1 || last > len(at) {
			return nil, fmt.Errorf("line %d: no text %q of %s characters", n+1, f[0], f[1])
		}
		s := Silver{Name: f[0], Text: text[:at[last-1].End], Shares: map[int][]TypeShare{}}
		for _, word := range strings.Fields(f[2]) {
			if err := s.add(word, at); err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// add reads one place with its types.
func (s *Silver) add(word string, at []record.Span) error {
	i := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if i < 1 {
		return fmt.Errorf("%q is no place", word)
	}
	place, err := strconv.Atoi(word[:i])
	if err != nil || place >= len(at) {
		return fmt.Errorf("%q is no place in the text", word)
	}
	for x := range strings.SplitSeq(word[i:], ",") {
		if x == "" || x[0] < 'A' || int(x[0]-'A') >= len(record.EventTypes()) {
			return fmt.Errorf("%q is no type", x)
		}
		percent, err := strconv.Atoi(x[1:])
		if err != nil {
			return fmt.Errorf("%q: %w", word, err)
		}
		s.Shares[at[place].Start] = append(s.Shares[at[place].Start], TypeShare{int(x[0] - 'A'), percent})
	}
	return nil
}
