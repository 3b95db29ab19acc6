package near

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// report is a text of n made-up words, the same for the same seed.
func report(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range n {
		for range 1 + r.IntN(3) {
			b.WriteByte("bdgklmnprstv"[r.IntN(12)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		b.WriteString([]string{" ", " ", " ", ", ", ". ", ".\n"}[(i+r.IntN(2))%6])
	}
	return b.String()
}

// portion is the words of text from and up to these percents of it.
func portion(text string, from, to int) string {
	w := strings.Fields(text)
	return strings.Join(w[len(w)*from/100:len(w)*to/100], " ")
}

func TestWordsAreNormal(t *testing.T) {
	same := [][]string{
		{"“It’s over,” she said — again…", "\"It's over\", she said - again...", "it´s OVER she said again", "«Its over» she\u00a0said\u2014again", "It\u200bs ov\u00ader she said again"},
		{"U.S. and U.N. troops", "US and UN troops", "u.s and UN troops"},
		{"Erdoğan’s café", "Erdogan's cafe", "Erdog\u0306an's cafe\u0301"},
		{"ÉCOLE Łódź", "école łódź", "ecole lodz"},
		{"1,250.5 dollars", "1 250 5 dollars"},
		{"co-operate", "co‑operate", "co operate"},
		{"Россия Киев", "РОССИЯ, КИЕВ"},
	}
	for _, group := range same {
		for _, s := range group[1:] {
			if !slices.Equal(words(s), words(group[0])) {
				t.Errorf("%q has other words than %q", s, group[0])
			}
		}
	}
	for _, pair := range [][2]string{{"12 dead", "13 dead"}, {"now here", "nowhere"}, {"1.5 percent", "15 percent"}, {"end.Next", "endnext"}, {"a b", "b a"}} {
		if slices.Equal(words(pair[0]), words(pair[1])) {
			t.Errorf("%q and %q have the same words", pair[0], pair[1])
		}
	}
	for _, blank := range []string{"", " \n", "…!?—“”", "'", "\u200b\u0301"} {
		if w := words(blank); len(w) != 0 {
			t.Errorf("%q has %d words", blank, len(w))
		}
	}
}

// Sketches are stored: that of a text may change only together with Version.
func TestSketchIsThatOfItsVersion(t *testing.T) {
	const text = "The ministers of Norland and Karsk signed a treaty on fishing on Tuesday, after talks of 14 months, a spokeswoman said."
	want := []uint64{0x21cbe3c26ba01eaa, 0x2713cac890b56233, 0x32b72cf173fa6e0d}
	got := Sketch(text)
	if Version != 1 || len(got) != 16 || !slices.Equal(got[:3], want) {
		t.Errorf("version %d: %d hashes, of which first %#x, want %#x: raise Version", Version, len(got), got[:3], want)
	}
}

func TestSketchBounds(t *testing.T) {
	tests := []struct{ words, least, most int }{
		{0, 0, 0}, {1, 1, 1}, {5, 1, 1}, {6, 1, 1}, {7, 2, 2}, {37, 32, 32}, {300, 32, 32}, {3000, 130, 250}, {50000, MostHashes, MostHashes},
	}
	for _, x := range tests {
		s := Sketch(report(3, x.words))
		if len(s) < x.least || len(s) > x.most {
			t.Errorf("%d words: %d hashes, want %d to %d", x.words, len(s), x.least, x.most)
		}
		if !slices.IsSorted(s) || len(slices.Compact(slices.Clone(s))) != len(s) {
			t.Errorf("%d words: hashes do not rise", x.words)
		}
	}
	if s := Sketch(strings.Repeat("again and again ", 5000)); len(s) != 3 {
		t.Errorf("three shingles over and over: %d hashes", len(s))
	}
}

// All hashes of the smaller sketch's range that two texts share are in both sketches.
func TestSketchesSampleAlike(t *testing.T) {
	whole := report(5, 4000)
	crop := Sketch(portion(whole, 30, 70))
	s := Sketch(whole)
	for _, h := range crop {
		if _, ok := slices.BinarySearch(s, h); !ok {
			t.Errorf("%#x is in the sketch of the crop, not of the whole", h)
		}
	}
}

func TestCompare(t *testing.T) {
	a, b, background := report(1, 400), report(2, 300), report(3, 150)
	brief := report(4, 30)
	lead := report(5, 40)
	tests := []struct {
		name string
		x, y string
		copy bool
	}{
		{"the same", a, a, true},
		{"two reports", a, b, false},
		{"a crop", a, portion(a, 0, 35), true},
		{"its end", a, portion(a, 60, 100), true},
		{"too short a piece", a, portion(a, 40, 55), false},
		{"another lead", a, lead + portion(a, 10, 100), true},
		{"a crop between furniture", a, report(6, 50) + portion(a, 20, 70) + report(7, 50), true},
		{"a shuffled page", a, portion(a, 50, 100) + " " + portion(a, 0, 50), true},
		{"the same background", a + background, b + background, false},
		{"a report that quotes a paragraph", a, b + portion(a, 10, 30), false},
		{"a digest that holds a report whole", b, report(8, 1000) + b + report(9, 1000), false},
		{"two halves", portion(a, 0, 50), portion(a, 50, 100), false},
		{"a short text", brief, brief, true},
		{"a short text with a credit", brief, brief + " (Crescent)", true},
		{"a short text with a word changed", brief, strings.Replace(brief, strings.Fields(brief)[12], "changed", 1), false},
		{"a short text in a long one", brief, brief + a, false},
		{"half of a short text", brief, portion(brief, 0, 50), false},
		{"one word", "Yes.", "yes", true},
		{"another word", "Yes.", "No.", false},
		{"a figure at the end of a short text", brief + "rose to 12", brief + "rose to 14", false},
		{"nothing", "", "", false},
		{"nothing but marks", "…", "…", false},
		{"nothing and something", "", a, false},
		{"one word over and over", strings.Repeat("no ", 100), strings.Repeat("no ", 200), true},
	}
	for _, x := range tests {
		l, back := Compare(x.x, x.y), Compare(x.y, x.x)
		if l.Copy != x.copy || l != back {
			t.Errorf("%s: %+v, and the other way round %+v; want %v", x.name, l, back, x.copy)
		}
	}
	l := Compare(a, portion(a, 0, 50))
	if l.Containment != 1 || l.Jaccard < 0.48 || l.Jaccard > 0.51 || l.Figures != 0 {
		t.Errorf("half of a text: %+v", l)
	}
}

// Text that repeats or that is one word must take as long as any other.
func TestHostileTextTakesLinearTime(t *testing.T) {
	const size = 2 << 20
	for name, unit := range map[string]string{
		"a word": "word ", "a letter": "a ", "one long word": "a", "initials": "U.", "marks": "\u0301", "apostrophes": "'", "number": "1 ", "broken": "\xff", "wide": "漢",
	} {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		Sketch(text)
		if len(words(text)) > 0 && !Compare(text, text).Copy {
			t.Errorf("%s: not its own copy", name)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func TestCandidates(t *testing.T) {
	// 100 documents with the same furniture; 70 is the article, 90 shares one hash with it.
	index := map[uint64][]int64{}
	for d := range int64(100) {
		for h := range uint64(20) {
			index[h] = append(index[h], d)
		}
	}
	for h := uint64(100); h < 104; h++ {
		index[h] = []int64{70}
	}
	index[104] = []int64{70, 90}
	asked := 0
	holders := func(h uint64, limit int) ([]int64, error) {
		asked++
		return index[h][:min(limit, len(index[h]))], nil
	}
	var sketch []uint64
	for h := range uint64(20) {
		sketch = append(sketch, h)
	}
	sketch = append(sketch, 100, 101, 102, 103, 104)
	got, err := Candidates(sketch, holders)
	if err != nil || len(got) != MaxCandidates || got[0] != 70 || asked != len(sketch) {
		t.Errorf("%v, %v after %d questions; want 70 first of %d", got, err, asked, MaxCandidates)
	}
	if want := []int64{70, 0, 1, 2}; !slices.Equal(got[:4], want) {
		t.Errorf("%v, want them to begin with %v", got, want)
	}
	if got, _ := Candidates([]uint64{104, 105}, holders); len(got) != 0 {
		t.Errorf("one hash shared of two: %v", got)
	}
	if got, _ := Candidates([]uint64{104}, holders); !slices.Equal(got, []int64{70, 90}) {
		t.Errorf("the only hash shared: %v", got)
	}
	if got, err := Candidates(nil, holders); len(got) != 0 || err != nil {
		t.Errorf("an empty sketch: %v, %v", got, err)
	}
	broken := errors.New("the index is broken")
	if _, err := Candidates(sketch, func(uint64, int) ([]int64, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func FuzzSketch(f *testing.F) {
	f.Add("")
	f.Add("U.S. troops, “he said”: 1,250.5 – Erdoğan’s café.")
	f.Add("\xff\xfe U.\xc3 \u0301'.1a")
	f.Add(report(1, 60))
	f.Fuzz(func(t *testing.T, text string) {
		s := Sketch(text)
		if len(s) > MostHashes || len(s) == 0 && len(words(text)) > 0 {
			t.Fatalf("%d hashes of %d words", len(s), len(words(text)))
		}
		for i := range s {
			if i > 0 && s[i] <= s[i-1] {
				t.Fatal("hashes do not rise")
			}
		}
		if !slices.Equal(s, Sketch(text+" \n…")) {
			t.Fatal("marks at the end change the sketch")
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("", "…")
	f.Add("One report of a town.", "One report, of a town")
	f.Add(report(1, 80), report(1, 60)+report(2, 20))
	f.Add(report(1, 50)+" 1 2 3", report(1, 50)+" 1 4 5")
	f.Fuzz(func(t *testing.T, a, b string) {
		l := Compare(a, b)
		if l != Compare(b, a) {
			t.Fatalf("%+v, and the other way round %+v", l, Compare(b, a))
		}
		for _, v := range []float64{l.Jaccard, l.Containment, l.Figures} {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%+v", l)
			}
		}
		if l.Jaccard > l.Containment || l.Copy && l.Containment < MinContainment {
			t.Fatalf("%+v", l)
		}
		if self := Compare(a, a); self.Copy != (len(words(a)) > 0) || self.Copy && self.Jaccard != 1 {
			t.Fatalf("with itself %+v", self)
		}
		if l.Copy && l.Jaccard == 1 && !slices.Equal(Sketch(a), Sketch(b)) {
			t.Fatal("the same shingles, other sketches")
		}
	})
}

func readReport(tb testing.TB) string {
	files, err := filepath.Glob("../../testdata/reports/*.ann")
	if err != nil || len(files) == 0 {
		tb.Fatal("no reports in testdata", err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func BenchmarkSketch(b *testing.B) {
	for _, text := range []string{readReport(b), report(1, 200_000)} {
		b.Run(fmt.Sprintf("%d-bytes", len(text)), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Sketch(text)
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	text := readReport(b)
	crop := text[len(text)/3:]
	b.SetBytes(int64(len(text) + len(crop)))
	b.ReportAllocs()
	for b.Loop() {
		if !Compare(text, crop).Copy {
			b.Fatal("no copy")
		}
	}
}
