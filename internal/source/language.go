package source

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

// What a guess of the language needs and looks at.
const (
	languageSample = 8 << 10 // bytes of text
	minLetters     = 80      // under it Latin text is taken for what the user says it is
	minForeign     = 20      // letters of another script that are enough to tell
	sureEnough     = 0.8     // the detector's own confidence, of 1
)

//go:embed english.txt
var englishFile string

// English words that other languages in Latin script do not have, or seldom.
var english = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for l := range strings.Lines(englishFile) {
		if !strings.HasPrefix(l, "#") {
			for _, w := range strings.Fields(l) {
				words[w] = true
			}
		}
	}
	return words
})

// Foreign is the English name of the language of text if that is surely not
// English: "Russian". It is empty for English, for text too short to tell, and
// for English that is full of foreign names: a word in sixteen from a list of
// the commonest settles it before any statistics of letters.
func Foreign(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	letters, latin := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if latin*2 >= letters && (letters < minLetters || isEnglish(text)) || letters < minForeign {
		return ""
	}
	guess := whatlanggo.Detect(text)
	if guess.Lang == whatlanggo.Eng || guess.Lang < 0 || guess.Confidence == 0 {
		return "" // of two languages that come out even, the detector names either
	}
	if latin*2 >= letters {
		// Neighbours (Swedish, Danish) make the detector doubt, but not that it is not English.
		pair := map[whatlanggo.Lang]bool{guess.Lang: true, whatlanggo.Eng: true}
		if g := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: pair}); g.Lang == whatlanggo.Eng || g.Confidence < sureEnough {
			return ""
		}
	}
	return languageName(guess.Lang)
}

// languageName is the English name of a language, in the form that news uses.
func languageName(l whatlanggo.Lang) string {
	switch l {
	case whatlanggo.Cmn:
		return "Chinese"
	case whatlanggo.Pes:
		return "Persian"
	case whatlanggo.Arb:
		return "Arabic"
	}
	return l.String()
}

func isEnglish(text string) bool {
	words, known := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		if english()[w] {
			known++
		}
	}
	return known*16 >= words
}
