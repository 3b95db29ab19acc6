package syntax

// UPOS is a universal part of speech.
type UPOS uint8

// The universal parts of speech, in the order of the guidelines after X.
const (
	X UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	numUPOS
)

var uposNames = [numUPOS]string{
	"X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB",
}

func (u UPOS) String() string {
	if u >= numUPOS {
		return "X"
	}
	return uposNames[u]
}

// ParseUPOS is the part of speech of that name, X for any other string.
func ParseUPOS(s string) UPOS {
	for u, name := range uposNames {
		if s == name {
			return UPOS(u)
		}
	}
	return X
}
