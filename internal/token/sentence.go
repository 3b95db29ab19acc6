package token

import (
	"unicode"
	"unicode/utf8"
)

// A splitter cuts paragraphs into sentences.
type splitter struct {
	doc   *Doc
	roles []role // of each token as a quotation mark; nil if there are none
}

// paragraph appends the sentences of p.
func (s *splitter) paragraph(p Range) {
	first := p.First
	for i := p.First; i < p.Last; {
		end := s.ending(i)
		if end == goesOn {
			i++
			continue
		}
		// What closes behind the mark belongs to the sentence: brackets,
		// quotation marks, and more final marks.
		next, quoted := i+1, false
		for ; next < p.Last; next++ {
			switch {
			case s.roles != nil && s.roles[next] == closing:
				quoted = true
			case s.isBracketClose(next), s.ending(next) == ends && !s.gapBefore(next):
			case s.isNoteMark(p, next):
				next += 2
			default:
				goto closed
			}
		}
	closed:
		if next == p.Last {
			break
		}
		if s.breaks(p, Range{first, i}, next, end, quoted) {
			s.doc.Sentences = append(s.doc.Sentences, Range{first, next})
			first = next
		}
		i = next
	}
	if first < p.Last {
		s.doc.Sentences = append(s.doc.Sentences, Range{first, p.Last})
	}
}

// final says whether a sentence may end at a token.
type final uint8

const (
	goesOn  final = iota
	ends          // . ? !
	trails        // … ...
	perhaps       // an abbreviation that may end a sentence
	named         // an initial, or an abbreviation that hardly does
)

// ending is how a sentence may end at token i.
func (s *splitter) ending(i int32) final {
	w := s.doc.Word(int(i))
	switch c := w[len(w)-1]; {
	case c == '.' && len(w) == 1:
		if s.isSpacedEllipsis(i) {
			return trails
		}
		return ends
	case c == '!' || c == '?':
		return ends
	case c == '.':
		if w[0] == '.' {
			return trails
		}
		switch words.abbreviation(w[:len(w)-1]) {
		case mayEnd:
			return perhaps
		case initial:
			return named
		}
	case c >= utf8.RuneSelf:
		switch w {
		case "…":
			return trails
		case "。", "！", "？", "؟", "।":
			return ends
		}
	}
	return goesOn
}

// isSpacedEllipsis reports whether the period i is one of ". . .".
func (s *splitter) isSpacedEllipsis(i int32) bool {
	d := s.doc
	return i > 0 && d.SpaceBefore(int(i)) && d.Word(int(i-1)) == "." ||
		int(i)+1 < len(d.Tokens) && d.SpaceBefore(int(i+1)) && d.Word(int(i+1)) == "."
}

func (s *splitter) gapBefore(i int32) bool { return s.doc.SpaceBefore(int(i)) }

func (s *splitter) isBracketClose(i int32) bool {
	switch s.doc.Word(int(i)) {
	case ")", "]", "}":
		return true
	}
	return false
}

// isNoteMark reports whether token i begins a mark of a note: "[17]".
func (s *splitter) isNoteMark(p Range, i int32) bool {
	if i+2 >= p.Last || s.doc.Word(int(i)) != "[" || s.doc.Word(int(i+2)) != "]" {
		return false
	}
	return asciiClass[s.doc.Word(int(i + 1))[0]&0x7F] == digit
}

// breaks reports whether a sentence ends before token next of paragraph p, when
// the mark that may end it is of kind end; so far is the sentence before the
// mark, and quoted says that a quotation closes between the mark and next.
func (s *splitter) breaks(p, soFar Range, next int32, end final, quoted bool) bool {
	word, reopened := s.firstWord(p, next)
	if word < 0 {
		return end == ends && !s.isAside(next)
	}
	w := s.doc.Word(int(word))
	r, _ := utf8.DecodeRuneInString(w)
	if unicode.IsLower(r) && !s.startsSmall(p, word) || s.isAside(word) {
		return false
	}
	switch end {
	case ends:
		if soFar.Len() == 1 && s.isListNumber(soFar.First) {
			return false
		}
		return !quoted || !s.attribution(p, word)
	case trails:
		return soFar.Len() > 0 && unicode.IsUpper(r) && (!quoted || !s.attribution(p, word))
	case perhaps:
		return reopened && unicode.IsUpper(r) || words.has(starter, w) && !s.isHeadline(p)
	}
	return words.has(starter, w) && soFar.Len() > 1
}

// startsSmall reports whether token i begins a sentence in lower case: a URL, a
// name like iPhone, or an Arabic article with its name (al-Shabab).
func (s *splitter) startsSmall(p Range, i int32) bool {
	w := s.doc.Word(int(i))
	if hasScheme(w) {
		return true
	}
	if len(w) <= 3 && i+2 < p.Last && s.doc.Word(int(i+1)) == "-" && !s.gapBefore(i+1) {
		return isUpperRune(s.doc.Word(int(i + 2)))
	}
	return len(w) > 2 && isUpperRune(w[1:])
}

// isHeadline reports whether p is in title case: no word of more than four
// letters begins in lower case. Only a short paragraph can be a headline.
func (s *splitter) isHeadline(p Range) bool {
	const longest = 30 // tokens
	if p.Len() > longest {
		return false
	}
	long := 0
	for i := p.First; i < p.Last; i++ {
		w := s.doc.Word(int(i))
		if r, _ := utf8.DecodeRuneInString(w); len(w) > 4 && unicode.IsLetter(r) {
			if unicode.IsLower(r) {
				return false
			}
			long++
		}
	}
	return long >= 3
}

// firstWord is the first token at or behind next that is not an opening mark, a
// bracket or a dash, -1 if none is near, and whether a quotation opens before it.
func (s *splitter) firstWord(p Range, next int32) (word int32, reopened bool) {
	for i := next; i < p.Last && i < next+4; i++ {
		if s.roles != nil && s.roles[i] == opening {
			reopened = true
			continue
		}
		switch s.doc.Word(int(i)) {
		case "(", "[", "-", "–", "—", "--", "'", "\"", "¿", "¡":
			continue
		}
		return i, reopened
	}
	return -1, reopened
}

// isAside reports whether token i is punctuation that goes on with a sentence.
func (s *splitter) isAside(i int32) bool {
	switch s.doc.Word(int(i)) {
	case ",", ";", ":", "/", "%":
		return true
	}
	return false
}

// isListNumber reports whether token i numbers an item: "1." or "a.".
func (s *splitter) isListNumber(i int32) bool {
	w := s.doc.Word(int(i))
	return len(w) <= 2 && (asciiClass[w[0]&0x7F] == digit || len(w) == 1 && asciiClass[w[0]&0x7F] == letter)
}

// longestSpeaker bounds, in tokens, the name before a verb of attribution.
const longestSpeaker = 6

// attribution reports whether an attribution with the speaker first begins at
// token i and belongs to the quotation before it ("Stop!" Umerov said.): a name
// of a few words, a verb of saying, and no clause that the verb governs.
func (s *splitter) attribution(p Range, i int32) bool {
	r, _ := utf8.DecodeRuneInString(s.doc.Word(int(i)))
	if !unicode.IsUpper(r) || words.has(starter, s.doc.Word(int(i))) {
		return false
	}
	for n := i + 1; n < p.Last && n <= i+longestSpeaker; n++ {
		w := s.doc.Word(int(n))
		if words.has(verb, w) {
			if n+1 >= p.Last {
				return true
			}
			after := s.doc.Word(int(n + 1))
			return !words.has(nominal, after)
		}
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && w != "of" && w != "de" && w != "al" && w != "-" && w != "bin" && w != "van" && w != "von" {
			return false
		}
	}
	return false
}
