package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Limits of a title in tokens: of a listed one, of all that stands before a
// name, and of an apposition behind it.
const (
	maxTitle      = 6
	maxBefore     = 16
	maxApposition = 20
)

// titles gives persons the titles and offices that stand before their names or
// in apposition behind them, with the country and sector that these tell.
// Titles that the model took for a part of the name are cut off it.
func titles(d *token.Doc, names []Name) {
	t := titler{doc: d, names: names, at: make(map[int32]int, len(names))}
	for i, n := range names {
		t.at[n.Last] = i
	}
	floor := int32(0) // end of the person before, with the title, or of the sentence before
	sentence := 0
	for i := range names {
		n := &names[i]
		if n.Kind != Person {
			continue
		}
		for d.Sentences[sentence].Last <= n.First {
			sentence++
		}
		floor = max(floor, d.Sentences[sentence].First)
		t.cut(n)
		n.Title = t.before(n.First, max(floor, n.First-maxBefore))
		t.read(n)
		if n.Sector == "" { // none, or one like "Dr.": an office says more
			if r := t.behind(n.Last); r.Len() > 0 {
				n.Title, n.Country = r, ""
				t.read(n)
			}
		}
		floor = max(n.Last, n.Title.Last)
	}
}

// titler finds titles in one document.
type titler struct {
	doc   *token.Doc
	names []Name
	at    map[int32]int // index of the name that ends there
}

func (t *titler) lower(first, last int32) string {
	return strings.ToLower(t.doc.Surface(token.Range{First: first, Last: last}))
}

// listed is the start of the longest listed title that ends at token end, end if there is none.
func (t *titler) listed(end, floor int32) int32 {
	for first := max(floor, end-maxTitle); first < end; first++ {
		if gazetteer.IsTitle(t.lower(first, end)) {
			return first
		}
	}
	return end
}

// cut moves titles at the front of a person's name out of it: "Pope Francis".
func (t *titler) cut(n *Name) {
	for n.Len() > 1 {
		k := min(n.First+maxTitle, n.Last-1)
		for k > n.First && !gazetteer.OnlyTitle(t.lower(n.First, k)) {
			k--
		}
		if k == n.First {
			return
		}
		n.First = k
	}
}

// before is the range of the titles that end where a name begins: listed
// titles, and before them what tells which: other names ("Ukrainian Foreign
// Ministry spokesman"), modifiers ("former"), listed title words.
func (t *titler) before(end, floor int32) token.Range {
	first := t.listed(end, floor)
	if first == end {
		first = t.portfolio(end, floor)
	}
	if first == end {
		return token.Range{}
	}
	for first > floor {
		if i, ok := t.at[first]; ok && t.qualifies(i) && t.names[i].First >= floor {
			first = t.names[i].First
			continue
		}
		if k := t.listed(first, floor); k < first {
			first = k
			continue
		}
		word := t.lower(first-1, first)
		if gazetteer.IsModifier(word) || gazetteer.IsTitleWord(word) {
			first--
			continue
		}
		// "foreign minister and deputy premier X", "head of mission X"
		if k := first - 1; k > floor && (word == "and" || word == "-" || word == "of" || word == "/") {
			if before := t.listed(k, floor); before < k {
				first = before
				continue
			}
		}
		break
	}
	return token.Range{First: first, Last: end}
}

// portfolio is the start of a listed title with what it is of: "Minister of
// Health and Wellness", "leader of Hezbollah"; end if there is none.
func (t *titler) portfolio(end, floor int32) int32 {
	for k := end - 1; k >= max(floor, end-maxBefore); k-- {
		word := t.doc.Word(int(k))
		switch word {
		case "of", "for", "in", "at":
			if first := t.listed(k, floor); first < k && k+1 < end {
				return first
			}
		case "and", "the", "&", "-":
		default:
			if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
				return end
			}
		}
	}
	return end
}

// qualifies reports whether the name tells whose office it is.
func (t *titler) qualifies(i int) bool {
	switch t.names[i].Kind {
	case Country, Nationality, Place, Organization, Group:
		return true
	}
	return false
}

// behind is the range of an apposition that begins at token i, a comma: "X,
// the foreign minister of Y,". It ends at the next stop, and has a title before
// any other word that is not a modifier, name or title word.
func (t *titler) behind(i int32) token.Range {
	d := t.doc
	n := int32(len(d.Tokens))
	if i+1 >= n || d.Word(int(i)) != "," {
		return token.Range{}
	}
	first := i + 1
	if c := d.Word(int(first))[0]; c >= '0' && c <= '9' && first+2 < n && d.Word(int(first+1)) == "," {
		first += 2 // "X, 34, a teacher"
	}
	switch t.lower(first, first+1) {
	case "the", "a", "an", "his", "her", "their", "its":
		first++
	}
	limit := min(n, first+maxApposition)
	title := false
	for k := first; k < limit; k++ {
		word := t.lower(k, k+1)
		switch word {
		case ",", ".", ";", ")", "!", "?", "—", "–":
			if title {
				return token.Range{First: first, Last: k}
			}
			return token.Range{}
		case "who", "which", "that", "\"", "“", "”", "said", "says", "told", "and", "(", ":":
			if title && word != "and" {
				return token.Range{First: first, Last: k}
			}
		}
		if title {
			continue
		}
		if t.listed(k+1, first) <= k {
			title = true
		} else if !gazetteer.IsModifier(word) && !gazetteer.IsTitleWord(word) && !t.named(k) {
			return token.Range{}
		}
	}
	return token.Range{}
}

// named reports whether token k is in a name that may qualify a title.
func (t *titler) named(k int32) bool {
	for end := k + 1; end <= k+maxTitle; end++ {
		if i, ok := t.at[end]; ok {
			return t.names[i].First <= k && t.qualifies(i)
		}
	}
	return false
}

// read sets the country and the sector that the title of n tells.
func (t *titler) read(n *Name) {
	if n.Title.Len() == 0 {
		return
	}
	// The first office has the sector ("Defense Minister Gen. X"), but a former one only if there is no other.
	for pass := 0; pass < 2 && n.Sector == ""; pass++ {
		for first := n.Title.First; first < n.Title.Last && n.Sector == ""; first++ {
			for last := min(n.Title.Last, first+maxTitle); last > first; last-- {
				if lower := t.lower(first, last); gazetteer.IsTitle(lower) {
					if pass == 1 || first == n.Title.First || !past(t.lower(first-1, first)) {
						n.Sector, _ = gazetteer.Title(lower)
					}
					first = last - 1
					break
				}
			}
		}
	}
	for k := n.Title.First + 1; k <= n.Title.Last; k++ {
		i, ok := t.at[k]
		if !ok || t.names[i].First < n.Title.First {
			continue
		}
		if n.Country == "" {
			n.Country = t.names[i].Country
		}
		if t.names[i].Kind == Organization && t.names[i].Sector != "" && (n.Sector == "" || n.Sector == "GOV") {
			n.Sector = t.names[i].Sector
		}
	}
	// "Russia's foreign minister X": the possessor stands before the title.
	if n.Country == "" && n.Title.First >= 2 {
		if s := t.doc.Word(int(n.Title.First - 1)); s == "'s" || s == "’s" || s == "'" || s == "’" {
			if i, ok := t.at[n.Title.First-1]; ok {
				n.Country = t.names[i].Country
			}
		}
	}
}

// past reports whether a modifier says that an office is no longer held.
func past(lower string) bool {
	switch lower {
	case "former", "ex", "late", "retired", "ousted", "deposed":
		return true
	}
	return false
}
