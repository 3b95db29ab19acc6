// Package token cuts a canonical text into paragraphs, sentences and tokens.
// Every later stage adds columns that run parallel to the tokens found here.
package token

import "sort"

// Token is a half-open range of bytes of the text.
type Token struct{ Start, End int32 }

// Range is a half-open range [First, Last) of token indices.
type Range struct{ First, Last int32 }

// Len is the number of tokens in r.
func (r Range) Len() int { return int(r.Last - r.First) }

// Doc owns the segmentation of one canonical text. Sentences and Paragraphs
// are in order and cover every token; a sentence never crosses a paragraph.
type Doc struct {
	Text       string
	Tokens     []Token
	Sentences  []Range
	Paragraphs []Range
}

// Word is the surface of token i: a substring of the text, no copy.
func (d *Doc) Word(i int) string {
	t := d.Tokens[i]
	return d.Text[t.Start:t.End]
}

// Surface is the text from the first to the last token of r.
func (d *Doc) Surface(r Range) string {
	if r.First >= r.Last {
		return ""
	}
	return d.Text[d.Tokens[r.First].Start:d.Tokens[r.Last-1].End]
}

// SpaceBefore reports whether white space stands before token i.
func (d *Doc) SpaceBefore(i int) bool {
	return i == 0 || d.Tokens[i-1].End < d.Tokens[i].Start
}

// Cover is the range of the tokens that overlap the bytes [start, end).
func (d *Doc) Cover(start, end int) Range {
	first := sort.Search(len(d.Tokens), func(i int) bool { return int(d.Tokens[i].End) > start })
	last := first
	for last < len(d.Tokens) && int(d.Tokens[last].Start) < end {
		last++
	}
	return Range{int32(first), int32(last)}
}

// Break ends the paragraph and the sentence at each of the byte offsets at
// which a token begins, so that what stands before (a date line) is not read
// as a part of what follows. Offsets rise.
func (d *Doc) Break(offsets []int) {
	d.Paragraphs = d.cut(d.Paragraphs, offsets)
	d.Sentences = d.cut(d.Sentences, offsets)
}

func (d *Doc) cut(in []Range, offsets []int) []Range {
	out := make([]Range, 0, len(in)+len(offsets))
	for _, r := range in {
		for len(offsets) > 0 && r.First < r.Last && offsets[0] <= int(d.Tokens[r.Last-1].Start) {
			at := d.Cover(offsets[0], offsets[0]+1).First
			offsets = offsets[1:]
			if at > r.First {
				out = append(out, Range{r.First, at})
				r.First = at
			}
		}
		out = append(out, r)
	}
	return out
}
