package token

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// show writes a document with "|" between tokens, " / " between sentences and
// " ¶ " between paragraphs.
func show(d *Doc) string {
	var b strings.Builder
	p := 0
	for i, s := range d.Sentences {
		if i > 0 {
			if s.First >= d.Paragraphs[p].Last {
				b.WriteString(" ¶ ")
				p++
			} else {
				b.WriteString(" / ")
			}
		}
		for k := s.First; k < s.Last; k++ {
			if k > s.First {
				b.WriteByte('|')
			}
			b.WriteString(d.Word(int(k)))
		}
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		// clitics and contractions
		{"We don't; he can't, she'll, I'm, they've, you're, he'd", "We|do|n't|;|he|ca|n't|,|she|'ll|,|I|'m|,|they|'ve|,|you|'re|,|he|'d"},
		{"Russia's and Russia’s and DON'T", "Russia|'s|and|Russia|’s|and|DO|N'T"},
		{"wouldn't've", "would|n't|'ve"},
		{"He cannot and will gonna", "He|can|not|and|will|gon|na"},
		{"O'Connor, Sha'lan, o'clock, D’Alesandro", "O'Connor|,|Sha'lan|,|o'clock|,|D’Alesandro"},
		{"the students' rights", "the|students|'|rights"},
		{"the '90s, rock 'n' roll, get 'em", "the|'90s|,|rock|'n'|roll|,|get|'em"},
		{"Trump‘s, mama`s, the 1970’s, 1972’s", "Trump|‘s|,|mama|`s|,|the|1970’s|,|1972|’s"},
		{"Russia 's army", "Russia|'s|army"},
		// hyphens
		{"a 25-year-old so-called pro-Russian non-violent ex-minister", "a|25|-|year|-|old|so|-|called|pro-Russian|non-violent|ex-minister"},
		{"al-Qaeda in mid-July", "al|-|Qaeda|in|mid-July"},
		{"pages 15-20, 2-1, 2016-09-12, 713-853-3989", "pages|15|-|20|,|2|-|1|,|2016-09-12|,|713-853-3989"},
		{"war -- or peace—or both...", "war|--|or|peace|—|or|both|..."},
		// abbreviations
		{"the U.S. Senate, a.m., Ph.D. and e.g. this", "the|U.S.|Senate|,|a.m.|,|Ph.D.|and|e.g.|this"},
		{"Gen. Lt. Col. Gov. Sen. Smith", "Gen.|Lt.|Col.|Gov.|Sen.|Smith"},
		{"No. 5 but no, no", "No.|5|but|no|,|no"},
		// numbers
		{"$5m, US$5, €1,000.50, 50%, 10:30, 9/11, 1/2", "$|5|m|,|US$|5|,|€|1,000.50|,|50|%|,|10:30|,|9/11|,|1/2"},
		{"10.45am, 7pm, 3D, 1st, 1990s, .5, 10a.m.", "10.45|am|,|7|pm|,|3D|,|1st|,|1990s|,|.5|,|10|a.m."},
		// addresses
		{"See http://www.un.org/a,b?c=(d), www.bbc.co.uk. Or reuters.com/world!", "See|http://www.un.org/a,b?c=(d)|,|www.bbc.co.uk|. / Or|reuters.com/world|!"},
		{"mail a.b-c@d.org or @handle #tag C#", "mail|a.b-c@d.org|or|@handle|#tag|C|#"},
		{"said.He left", "said|. / He|left"},
		// signs
		{"AT&T, R&D, and/or, w/o, n/a", "AT&T|,|R&D|,|and|/|or|,|w/o|,|n/a"},
		{`"a" “b” «c» „d“ ‘e’ 'f' ` + "``g''", `"|a|"|“|b|”|«|c|»|„|d|“|‘|e|’|'|f|'|` + "``|g|''"},
		{"What?! No!!! (Yes)", "What|?! / No|!!! / (|Yes|)"},
		{"a\u200Bb \u202Ec\u202C d\u00ADe 👍🏽 e\u0301", "a|b|c|d\u00ADe|👍|🏽|e\u0301"},
	} {
		if got := show(Segment(c.in)); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"He left. She stayed.", "He left.|She stayed."},
		{"Mr. Smith met J. D. Vance. Then he left.", "Mr. Smith met J. D. Vance.|Then he left."},
		{"In the U.S. Senate he spoke. He lives in the U.S. The vote failed.", "In the U.S. Senate he spoke.|He lives in the U.S.|The vote failed."},
		{"It closed at 5 p.m. on Jan. 5. It fell 1.5 percent.", "It closed at 5 p.m. on Jan. 5.|It fell 1.5 percent."},
		{"Acme Inc. said so. Acme Corp. The end.", "Acme Inc. said so.|Acme Corp.|The end."},
		{"That was plan B. The rest is known.", "That was plan B.|The rest is known."},
		{"Kim vs. Lee, i.e. No. 3 etc. But no.", "Kim vs. Lee, i.e. No. 3 etc.|But no."},
		{"10.45am: Talks begin. 14:32 GMT Russia replies.", "10.45am: Talks begin.|14:32 GMT Russia replies."},
		{`"Stop!" he said.`, `"Stop!" he said.`},
		{`"We won." He left.`, `"We won."|He left.`},
		{`"Stop!" Umerov said. He left.`, `"Stop!" Umerov said.|He left.`},
		{`"Stop!" Umerov said he would.`, `"Stop!"|Umerov said he would.`},
		{`"Who knows?" asked Smith. "I do." "So?"`, `"Who knows?" asked Smith.|"I do."|"So?"`},
		{`" We want peace . "  He left .`, `" We want peace . "|He left .`},
		{`" We want peace ,"  he says . " We do . "`, `" We want peace ,"  he says .|" We do . "`},
		{`(He left.) Then it rained.`, `(He left.)|Then it rained.`},
		{"Well... he left... Then rain.", "Well... he left...|Then rain."},
		{"Enough! — he said. «Да!» — he said.", "Enough! — he said.|«Да!» — he said."},
		{"It fell. al-Shabab claimed it. iPhone sales rose. he left", "It fell.|al-Shabab claimed it.|iPhone sales rose. he left"},
		{"Some Central Americans To Enter U.S. As Refugees Under Plan", "Some Central Americans To Enter U.S. As Refugees Under Plan"},
		{"1. The first point. 2. The second.", "1. The first point.|2. The second."},
	} {
		d := Segment(c.in)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Surface(s))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, g, c.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	wrapped := "The minister said on Tuesday that the talks would go on in the\n" +
		"capital for as long as both of the delegations wished to sit at\n" +
		"the table, and that nothing had been agreed so far. He added that\n" +
		"the next round would be held in a week.\n\nThe other side was silent.\n"
	for _, c := range []struct {
		name, in string
		want     int
	}{
		{"news copy", "Headline\nBy A. Writer\n\nText one.\nText two.\n", 4},
		{"hard-wrapped", wrapped, 2},
		{"separators", "one\u2028two\u2029three", 3},
		{"headlines of one width", strings.Repeat("Ministers Meet In Vienna For Another Round Of Talks\n", 5), 5},
		{"blank", " \n\t\n\u200B\n", 0},
	} {
		if got := len(Segment(c.in).Paragraphs); got != c.want {
			t.Errorf("%s: %d paragraphs, want %d", c.name, got, c.want)
		}
	}
}

// check reports what is wrong with the segmentation of text, "" if nothing.
func check(text string) string {
	d := Segment(text)
	end := 0
	for i, tok := range d.Tokens {
		switch {
		case int(tok.Start) < end || tok.End <= tok.Start || int(tok.End) > len(text):
			return "token out of order or of bounds"
		case utf8.ValidString(text) && !(utf8.RuneStart(text[tok.Start]) && (int(tok.End) == len(text) || utf8.RuneStart(text[tok.End]))):
			return "token cuts a character"
		case d.Word(i) != text[tok.Start:tok.End]:
			return "surface is not the text of the span"
		case !allSpace(text[end:tok.Start]):
			return "characters between tokens: " + text[end:tok.Start]
		}
		end = int(tok.End)
	}
	if !allSpace(text[end:]) {
		return "characters after the last token: " + text[end:]
	}
	if !tiles(d.Sentences, len(d.Tokens)) || !tiles(d.Paragraphs, len(d.Tokens)) {
		return "sentences or paragraphs do not cover the tokens"
	}
	p := 0
	for _, s := range d.Sentences {
		for s.First >= d.Paragraphs[p].Last {
			p++
		}
		if s.Last > d.Paragraphs[p].Last {
			return "a sentence crosses a paragraph"
		}
	}
	return checkQuotes(d)
}

func checkQuotes(d *Doc) string {
	last := int32(-1)
	for _, q := range Quotes(d) {
		switch {
		case q.Open <= last:
			return "quotations out of order"
		case q.Inner.First != q.Open+1 || q.Inner.Last < q.Inner.First || int(q.Inner.Last) > len(d.Tokens):
			return "content of a quotation out of bounds"
		case q.Close >= 0 && q.Inner.Last != q.Close:
			return "a quotation does not end at its mark"
		}
		last = q.Open
	}
	return ""
}

func tiles(ranges []Range, n int) bool {
	at := int32(0)
	for _, r := range ranges {
		if r.First != at || r.Last <= r.First {
			return false
		}
		at = r.Last
	}
	return int(at) == n
}

func allSpace(s string) bool {
	for _, r := range s {
		if r != utf8.RuneError && !IsSpace(r) {
			return false
		}
	}
	return !strings.ContainsRune(s, utf8.RuneError) || !utf8.ValidString(s)
}

// pieces are what random texts are made of: whatever has a rule.
var pieces = []string{
	" ", " ", " ", "\n", "\n\n", "\t", "\u00A0", "\u200B", "\u2028", `"`, `"`, "'", "'", "“", "”", "‘", "’", "«", "»", "„", "``", "''",
	"`", "‹", ".", ".", ",", "!", "?", "...", "…", ":", ";", "-", "--", "—", "(", ")", "[", "@", "#", "$", "€", "%", "&", "/", "+", "*", "_",
	"he", "The", "said", "Smith", "U.S.", "Mr.", "J.", "p.m.", "No.", "5", "10:30", "1,000", "2016-09-12", "students", "don't", "cannot", "non-", "'s",
	"http://a.b/c", "a@b.com", "www.", "é", "e\u0301", "👍", "漢", "\x00", "\xFF", "\xED\xA0\x80", "\uFEFF", "\u202E",
}

func TestSegmentProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		if problem := check(text); problem != "" {
			t.Fatalf("%q: %s", text, problem)
		}
	})
}

func FuzzSegment(f *testing.F) {
	for _, s := range pieces {
		f.Add(s)
	}
	f.Add(`"We won't," he said. "It's '90s' stuff at http://x.org/a'b"...`)
	f.Fuzz(func(t *testing.T, text string) {
		if problem := check(text); problem != "" {
			t.Errorf("%q: %s", text, problem)
		}
	})
}

// TestSegmentLinear reads hostile texts of a size at which anything quadratic
// would take minutes.
func TestSegmentLinear(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{
		`"`, "'", "“", "” “", " ' ", `" a`, "«", "a' ", "(", "[(", ".", "a.", "a.b-", "a@", "www.", "http://", "1-", "1.", "a-", "non-", "I. ", "\n", "\"\n", "'s", "U.S. ", "é", "&", "a/", "漢",
	} {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		if problem := checkQuotes(Segment(text)); problem != "" {
			t.Errorf("%q × %d: %s", unit, size/len(unit), problem)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q × %d took %v", unit, size/len(unit), took)
		}
	}
}

func BenchmarkSegment(b *testing.B) {
	const paragraph = `Vatican Secretary of State Cardinal Pietro Parolin said on Tuesday that the Holy See was ready to host talks. ` +
		`"We don't want to be a mediator at any price," he told reporters in the U.S. Senate, adding that 1,000 prisoners had been freed. ` +
		`Russia's so-called "winter clause" was rejected by Mr. Umerov at 10:30 a.m., a source in the 25-member delegation said.` + "\n\n"
	text := strings.Repeat(paragraph, 200)
	tokens := len(Segment(text).Tokens)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Segment(text)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
