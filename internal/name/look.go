package name

import (
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
)

// look is what can be seen of one token.
type look struct {
	form, low uint64    // as written, in lower case with digits as 0
	key       uint64    // as the lexicon has it: without stops and accents, headlines in capitals as titles
	pre       [4]uint64 // first 1 to 4 bytes of low
	suf       [4]uint64 // last 1 to 4 bytes of low
	shape     uint64    // collapsed: Xx, XX, X.X., Xx-x, dd
	long      uint64    // not collapsed, up to 8 characters
	cased     cased
	fine      uint16 // word classes
	mid       uint16
	coarse    uint16
	id        int32   // number of low in the document
	single    uint16  // what the lexicon says of the token alone
	bits      uint16  // and of the longest phrase it is in
	place     uint8   // its place there: 0 none, else phraseOnly, …
	joins     bool    // may stand between the words of one name
	tight     stretch // the capitalised words around it, without a gap
	loose     stretch // and with "of", "and" and the like between them
}

// cased is how a token is written.
type cased uint8

const (
	sign  cased = iota // no letter, no digit
	digit              // begins with a digit
	lower
	title // "Kyiv"
	upper // "NATO"
	mixed // "iPhone", "McDonald"
)

// capital reports whether c is written with a capital letter.
func (c cased) capital() bool { return c >= title }

// glance fills in what w alone tells. Affixes count bytes of the lower-case form.
func (x *look) glance(w string) {
	var buf [32]byte
	low := buf[:0]
	x.form = model.HashString(w)
	collapsed, long := uint64(0), uint64(0)
	last, n := byte(0), 0
	lowers, uppers, first := 0, 0, byte(0)
	for _, r := range w {
		c := byte('.')
		switch {
		case r >= 'a' && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
			c = 'x'
			lowers++
		case r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			c = 'X'
			uppers++
		case r >= '0' && r <= '9':
			c = 'd'
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			c = 'u'
		case r < utf8.RuneSelf:
			c = byte(r)
		}
		if n == 0 {
			first = c
		}
		if n++; n <= 8 {
			long = long*131 + uint64(c)
		}
		if c != last {
			collapsed = collapsed*131 + uint64(c)
			last = c
		}
		if len(low) < 24 {
			switch {
			case r < utf8.RuneSelf && c == 'X':
				low = append(low, byte(r)+'a'-'A')
			case c == 'd':
				low = append(low, '0')
			case r < utf8.RuneSelf:
				low = append(low, byte(r))
			default:
				low = utf8.AppendRune(low, unicode.ToLower(r))
			}
		}
	}
	x.low = hashBytes(low)
	x.shape, x.long = model.Mix(collapsed), model.Mix(long)
	for i := range x.pre {
		k := min(i+1, len(low))
		x.pre[i] = hashBytes(low[:k])
		x.suf[i] = hashBytes(low[len(low)-k:])
	}
	x.key = key(w, uppers >= 5 && lowers == 0)
	switch {
	case first == 'd':
		x.cased = digit
	case uppers == 0 && lowers == 0:
		x.cased = sign
	case uppers == 0:
		x.cased = lower
	case first == 'X' && uppers == 1 && lowers > 0:
		x.cased = title
	case lowers == 0:
		x.cased = upper
	default:
		x.cased = mixed
	}
}

// key is the hash of w without full stops and accents, in title case if it stands in capitals.
func key(w string, headline bool) uint64 {
	var buf [32]byte
	b := buf[:0]
	for i := range len(w) {
		c := w[i]
		switch {
		case c >= utf8.RuneSelf:
			return model.HashString(gazetteer.Key(w))
		case c == '.' && len(w) > 1:
			continue
		case headline && len(b) > 0 && c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		if len(b) == len(buf) {
			break
		}
		b = append(b, c)
	}
	return hashBytes(b)
}

func hashBytes(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return model.Mix(h)
}
