package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
)

// plainLatin is the letter without its marks for U+00C0 to U+017F, a space where there is none.
const plainLatin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllll " +
	" llnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// spell replaces the words of persons' names by what they share in all their
// spellings, so that "Zelenskyy" and "Zelensky", "Erdoğan" and "Erdogan",
// "al-Sisi" and "Sisi" are one. Words that a lexicon knows stay.
func (s *state) spell() {
	for i, k := range s.nameAt {
		if k >= 0 && s.names[k].Kind == name.Person {
			s.spellAt(int32(i))
		}
	}
}

func (s *state) spellAt(i int32) {
	w := s.words[i]
	_, given := s.given[w]
	_, title := s.titles[w]
	if !given && !title && !s.particles[w] && !s.suffixes[w] && s.nouns[w].class == noClass {
		s.words[i] = spelling(s.doc.Word(int(i)))
	}
}

// spelling hashes a word without case and marks, doubled letters as one, and
// the endings of transliterated names (-y, -yy, -iy, -ii, -ij) as one. A word of
// one letter, an initial, is left as it is.
func spelling(w string) word {
	for _, p := range [...]string{"al-", "Al-", "el-", "El-", "as-", "ash-"} {
		if rest, ok := strings.CutPrefix(w, p); ok && rest != "" {
			w = rest
		}
	}
	var b [64]byte
	n := 0
	for _, r := range w {
		c := byte(0)
		switch {
		case r < utf8.RuneSelf:
			c = byte(unicode.ToLower(r))
		case 0xC0 <= r && int(r-0xC0) < len(plainLatin) && plainLatin[r-0xC0] != ' ':
			c = plainLatin[r-0xC0]
		default:
			return fold(w) // another script
		}
		if n == len(b) {
			return fold(w)
		}
		if n == 0 || b[n-1] != c {
			b[n] = c
			n++
		}
	}
	end := n
	for end > 3 && (b[end-1] == 'y' || b[end-1] == 'i' || b[end-1] == 'j') {
		end--
	}
	if end < n {
		b[end] = 'y'
		n = end + 1
	}
	return word(model.Mix(uint64(fold(string(b[:n])))) | 1)
}
