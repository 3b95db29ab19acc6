package name

import "github.com/rapporteur/rapporteur/internal/model"

// The bits that the lexicon of a model keeps for a phrase.
const (
	InCountries uint16 = 1 << iota
	InDemonyms
	InCities
	InRegions
	InSeats
	InOrganizations
	InTitles    // a word of a title or office
	TitleHead   // the last word of one
	Doubtful    // the gazetteer calls it ambiguous
	phraseBegin // a longer phrase begins like this
)

// names are the bits of phrases of names, rather than of single words.
const names = InCountries | InDemonyms | InCities | InRegions | InSeats | InOrganizations

// maxPhrase is the greatest number of tokens in a phrase.
const maxPhrase = 8

// lexicon holds the phrases that were known when the model was trained, so
// that its weights and what they are of never drift apart.
type lexicon struct{ table model.Table }

func (l lexicon) bits(h uint64) uint16 {
	row := l.table.Row(h)
	if row == nil {
		return 0
	}
	return uint16(row[0]) | uint16(row[1])<<8
}

// phraseStep extends the hash of a phrase, 0 for the empty one, by a word.
func phraseStep(h, word uint64) uint64 { return model.Feature2(0x70, h, word) }

// match finds the longest phrase of a name that begins at words[0], the keys
// of tokens. It returns its length in tokens, 0 for none.
func (l lexicon) match(words []look) (bits uint16, length int) {
	h := uint64(0)
	for i := range min(len(words), maxPhrase) {
		h = phraseStep(h, words[i].key)
		b := l.bits(h)
		if b&names != 0 {
			bits, length = b, i+1
		}
		if b&phraseBegin == 0 {
			break
		}
	}
	return bits, length
}

// LexiconBuilder gathers phrases for a model.
type LexiconBuilder struct {
	bits  map[uint64]uint16
	order []uint64
}

// Add gives the phrase of words the bits. Words are as they stand in text.
func (b *LexiconBuilder) Add(words []string, bits uint16) {
	if b.bits == nil {
		b.bits = map[uint64]uint16{}
	}
	if len(words) == 0 || len(words) > maxPhrase {
		return
	}
	h := uint64(0)
	for i, w := range words {
		var x look
		x.glance(w)
		h = phraseStep(h, x.key)
		if _, ok := b.bits[h]; !ok {
			b.order = append(b.order, h)
		}
		if i < len(words)-1 {
			b.bits[h] |= phraseBegin
		}
	}
	b.bits[h] |= bits
}

// Table is the section of a weights file that holds the phrases.
func (b *LexiconBuilder) Table() []byte {
	row := make([]int8, 2)
	return model.BuildTable(2, b.order, func(i int) []int8 {
		v := b.bits[b.order[i]]
		row[0], row[1] = int8(uint8(v)), int8(uint8(v>>8))
		return row
	})
}
