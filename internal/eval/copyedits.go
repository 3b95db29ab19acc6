package eval

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// An edit makes of a text what another place makes of the same article.
type edit struct {
	name string
	make func(r *rand.Rand, text string) string
}

// edits are the kinds of edited copies, in the order in which they are printed.
var edits = []edit{
	{"cropped to its start", func(r *rand.Rand, text string) string { return crop(r, text, 0) }},
	{"cropped to its end", func(r *rand.Rand, text string) string { return crop(r, text, 1) }},
	{"cropped to its middle", func(r *rand.Rand, text string) string { return crop(r, text, r.Float64()) }},
	{"lead rewritten", leadRewritten},
	{"lead dropped", leadDropped},
	{"headline changed", headlineChanged},
	{"agency credit", credited},
	{"boilerplate around", boilerplate},
	{"sentences dropped", sentencesDropped},
	{"paragraphs moved", paragraphsMoved},
	{"punctuation", punctuation},
	{"house style", houseStyle},
}

// several is the kind of copies that had two to four of the edits.
const several = "two to four of these"

// severalOf makes two to four different edits of a text, one after the other,
// and at most one crop.
func severalOf(r *rand.Rand, text string) string {
	cropped := false
	n := 2 + r.IntN(3)
	for _, k := range r.Perm(len(edits)) {
		if crop := k < 3; crop && cropped {
			continue
		} else if crop {
			cropped = true
		}
		text = edits[k].make(r, text)
		if n--; n == 0 {
			break
		}
	}
	return text
}

// Shares of its words that a cropped text keeps.
const leastKept, mostKept = 0.35, 0.90

// crop keeps 35 to 90 % of the words of text in one piece; at is where: 0 for its start, 1 for its end.
func crop(r *rand.Rand, text string, at float64) string {
	starts := wordStarts(text)
	if len(starts) == 0 {
		return text
	}
	keep := max(1, int(float64(len(starts))*(leastKept+(mostKept-leastKept)*r.Float64())))
	first := int(at * float64(len(starts)-keep))
	end := len(text)
	if first+keep < len(starts) {
		end = starts[first+keep]
	}
	return strings.TrimSpace(text[starts[first]:end])
}

// wordStarts is where the words of text, as white space parts them, begin.
func wordStarts(text string) []int {
	var out []int
	space := true
	for i, c := range text {
		now := strings.ContainsRune(" \t\n", c)
		if space && !now {
			out = append(out, i)
		}
		space = now
	}
	return out
}

// paragraphs is the lines of text that hold something.
func paragraphs(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// splitLead is text as its headline (empty if it has none), its lead, and the
// rest. A headline is a short first line that an empty one follows; the lead is
// the first paragraph, or its first sentence where that is most of the text.
func splitLead(text string) (headline, lead, rest string) {
	if first, after, ok := strings.Cut(text, "\n\n"); ok && len(first) < 150 && !strings.Contains(first, "\n") {
		headline, text = first, strings.TrimLeft(after, "\n")
	}
	lead, rest, _ = strings.Cut(text, "\n")
	if len(lead) > len(text)/3 {
		lead = sentence.FindString(text)
		rest = text[len(lead):]
	}
	return headline, lead, rest
}

func joinLead(headline, lead, rest string) string {
	return strings.TrimSpace(headline + "\n\n" + lead + "\n" + rest)
}

func leadRewritten(r *rand.Rand, text string) string {
	headline, lead, rest := splitLead(text)
	words := strings.Fields(lead)
	// A desk that rewrites a lead keeps its names and some of its phrases.
	kept := ""
	if n := len(words); n > 8 {
		at := r.IntN(n - 7)
		kept = strings.Trim(strings.Join(words[at:at+3+r.IntN(5)], " "), ".,;“”\"") + ": "
	}
	return joinLead(headline, kept+pick(r, leads)+" "+pick(r, leads), rest)
}

func leadDropped(_ *rand.Rand, text string) string {
	headline, _, rest := splitLead(text)
	return joinLead(headline, "", rest)
}

func headlineChanged(r *rand.Rand, text string) string {
	_, lead, rest := splitLead(text)
	return joinLead(pick(r, headlines), lead, rest)
}

func credited(r *rand.Rand, text string) string {
	headline, lead, rest := splitLead(text)
	agency, name := pick(r, agencies), pick(r, names)
	if r.IntN(2) == 0 {
		headline += "\n\nBy " + name + ", " + agency
	}
	lead = fmt.Sprintf("%s, %s %d (%s) - %s", strings.ToUpper(pick(r, places)), pick(r, months), 1+r.IntN(28), agency, lead)
	return joinLead(headline, lead, rest) + "\n" + strings.NewReplacer("NAME", name, "OTHER", pick(r, names), "AGENCY", agency).Replace(pick(r, credits))
}

func boilerplate(r *rand.Rand, text string) string {
	order := r.Perm(len(furniture))
	before, after := 1+r.IntN(3), 1+r.IntN(4)
	var b strings.Builder
	for _, k := range order[:before] {
		b.WriteString(furniture[k] + "\n")
	}
	b.WriteString("\n" + text + "\n\n")
	for _, k := range order[before : before+after] {
		b.WriteString(furniture[k] + "\n")
	}
	return b.String()
}

// sentencesDropped drops one sentence in 5 to 12, none of a text of fewer than three.
func sentencesDropped(r *rand.Rand, text string) string {
	sentences := sentence.FindAllString(text, -1)
	if len(sentences) < 3 {
		return text
	}
	step := 5 + r.IntN(8)
	for i := r.IntN(min(step, len(sentences))); i < len(sentences); i += step {
		sentences[i] = ""
	}
	return strings.Join(sentences, "")
}

// sentence is a sentence, roughly, with the space behind it.
var sentence = regexp.MustCompile(`(?s).+?(?:[.!?]["”’]?\s+|\n+|\z)`)

// paragraphsMoved lets up to three pairs of paragraphs change places.
func paragraphsMoved(r *rand.Rand, text string) string {
	all := paragraphs(text)
	if len(all) == 0 {
		return text
	}
	for range 1 + r.IntN(3) {
		i, j := r.IntN(len(all)), r.IntN(len(all))
		all[i], all[j] = all[j], all[i]
	}
	return strings.Join(all, "\n")
}

var (
	curly    = strings.NewReplacer(" \"", " “", "\n\"", "\n“", "\"", "”", " '", " ‘", "'", "’", " - ", " — ", "...", "…")
	straight = strings.NewReplacer("“", "\"", "”", "\"", "‘", "'", "’", "'", " — ", " -- ", "—", "--", "–", "-", "…", "...")
	british  = strings.NewReplacer("“", "‘", "”", "’", " — ", " – ", "—", " – ", "U.S.", "US", "Mr.", "Mr", "Mrs.", "Mrs", "Sen.", "Sen", ", and ", " and ")
	spaced   = strings.NewReplacer("Mr. ", "Mr.\u00a0", " percent", "\u00a0percent", "“", "« ", "”", " »", "-", "\u2011", ". ", ".  ", "é", "e\u0301")
)

func punctuation(r *rand.Rand, text string) string {
	return pick(r, []*strings.Replacer{curly, straight, british, spaced}).Replace(text)
}

// styles are what desks change to their house's style.
var styles = [][2]string{
	{" percent", "%"}, {"%", " per cent"}, {" said", " says"}, {" told ", " has told "}, {" however", ""}, {" President ", " Pres. "}, {" two ", " 2 "},
	{" three ", " 3 "}, {" four ", " 4 "}, {" million", "m"}, {" billion", "bn"}, {" center", " centre"}, {" labor", " labour"}, {"ization", "isation"}, {" program ", " programme "},
	{" defense", " defence"}, {" toward ", " towards "}, {" Monday", " on Monday"}, {" that ", " "}, {" don’t", " do not"}, {" didn’t", " did not"}, {" isn’t", " is not"},
	{" Wednesday", " today"}, {" September ", " Sept. "}, {" October ", " Oct. "}, {" Republican ", " GOP "}, {" while ", " as "}, {" because ", " since "}, {" also", ""}, {" wouldn’t", " would not"},
}

// houseStyle makes three to ten of the changes of styles, each at every place.
func houseStyle(r *rand.Rand, text string) string {
	n := 3 + r.IntN(8)
	for _, k := range r.Perm(len(styles)) {
		if !strings.Contains(text, styles[k][0]) {
			continue
		}
		text = strings.ReplaceAll(text, styles[k][0], styles[k][1])
		if n--; n == 0 {
			break
		}
	}
	return text
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

var (
	agencies  = []string{"Crescent", "Meridian Press", "Norland Wire", "Staff and agencies"}
	names     = []string{"Ida Korhonen", "Samuel Obote", "Lena Marsh", "Teodor Vasile"}
	places    = []string{"Port Ellery", "Karsk", "Saint Odile", "New Talbot"}
	months    = []string{"Jan", "March", "June", "Sept.", "October"}
	headlines = []string{
		"What we know so far", "New details emerge after a long day of talk", "Five things to take from the latest turn", "Pressure grows as the week ends without an answer",
	}
	leads = []string{
		"The matter has come to a head after days in which neither side would say how far it was ready to go.",
		"A long argument took a new turn this week, and those who have followed it from the start say that it is far from its end.",
		"It began with a single sentence and ended, for now, in a room full of lawyers.",
		"Here is what happened, who was there, and why people far from the capital are watching it as closely as those who live in it.",
		"Questions that had been put off for most of the year were back on the table.",
	}
	credits = []string{
		"(Reporting by NAME; editing by OTHER)",
		"NAME reported from the region. OTHER contributed to this report.",
		"© AGENCY. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without leave.",
		"This story was first published by AGENCY and appears here under an agreement between the houses.",
	}
	// furniture is what stands around articles on pages, 15 to 70 words each.
	furniture = []string{
		"Sign up for our morning letter and get the stories that matter in your inbox before breakfast, five days a week. You can leave whenever you like.",
		"We use cookies and the like to make this site work, to count who reads what, and to show you advertisements that may be of interest to you. By reading on you agree that we and our 143 partners may keep information on your device. You can change your mind at any time in the privacy settings at the foot of every page.",
		"Read more: The bridge that nobody wanted to pay for. Read more: How a village saved its school. Read more: Our guide to the spring elections, district by district.",
		"Follow us for live updates, pictures and the talk of the day, and share this story with your friends. Comments are open to subscribers for 48 hours after publication and are read by a person before they appear.",
		"You have 2 free articles left this month. Readers like you keep our reporters on the road. Subscribe now for the price of a cup of coffee a week, and cancel when you please.",
		"Advertisement. Scroll down to continue reading the article below.",
		"The views on this page are those of their authors. If you have found an error, write to the desk and name the article, the paragraph and the date; we correct what is wrong and say so at the foot of the text.",
		"Most read today: Storm leaves thousands without light on the coast. A chess club turns one hundred. What the new tax on sugar means for your shopping. The quiet comeback of the night train, and where it goes next.",
		"Related: Timeline of a crisis; Who is who in the new cabinet; Listen to our weekly podcast, in which two reporters argue about the news and a third makes tea.",
		"Support local news. Your gift, large or small, pays for the hours that it takes to sit through council meetings, read the files and ask the question twice. Gifts are tax deductible where the law says so. Thank you to the 4,120 readers who have given since the new year.",
	}
)
