package syntax

// Tag is a Penn Treebank tag as the English treebanks of Universal
// Dependencies extend it (ADD, AFX, GW, HYPH, NFP).
type Tag uint8

// The Penn Treebank tags.
const (
	TagNone    Tag = iota
	TagADD         // e-mail or web address
	TagAFX         // affix that stands alone
	TagCC          // coordinating conjunction
	TagCD          // cardinal number
	TagDT          // determiner
	TagEX          // existential "there"
	TagFW          // foreign word
	TagGW          // a part of a word that was written apart
	TagHYPH        // hyphen
	TagIN          // preposition or subordinating conjunction
	TagJJ          // adjective
	TagJJR         // comparative
	TagJJS         // superlative
	TagLS          // list item marker
	TagMD          // modal
	TagNFP         // superfluous punctuation
	TagNN          // noun
	TagNNP         // proper noun
	TagNNPS        // proper noun, plural
	TagNNS         // noun, plural
	TagPDT         // predeterminer
	TagPOS         // possessive 's
	TagPRP         // personal pronoun
	TagPRPS        // possessive pronoun, PRP$
	TagRB          // adverb
	TagRBR         // comparative adverb
	TagRBS         // superlative adverb
	TagRP          // particle
	TagSYM         // symbol
	TagTO          // "to"
	TagUH          // interjection
	TagVB          // verb, base form
	TagVBD         // past tense
	TagVBG         // gerund or present participle
	TagVBN         // past participle
	TagVBP         // present, not third person singular
	TagVBZ         // present, third person singular
	TagWDT         // wh-determiner
	TagWP          // wh-pronoun
	TagWPS         // possessive wh-pronoun, WP$
	TagWRB         // wh-adverb
	TagDollar      // $
	TagQuote       // opening quotation mark, ``
	TagUnquote     // closing quotation mark, ''
	TagComma       // ,
	TagLRB         // opening bracket, -LRB-
	TagRRB         // closing bracket, -RRB-
	TagStop        // sentence-final punctuation
	TagColon       // : ; … and dashes
	numTags
)

var tagNames = [numTags]string{
	"_", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ", "JJR",
	"JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP",
	"PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG",
	"VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "$", "``", "''", ",",
	"-LRB-", "-RRB-", ".", ":",
}

func (t Tag) String() string {
	if t >= numTags {
		return "_"
	}
	return tagNames[t]
}

// ParseTag is the tag of that name, TagNone for any other string.
func ParseTag(s string) Tag {
	for t, name := range tagNames {
		if s == name {
			return Tag(t)
		}
	}
	return TagNone
}
