package cluster

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of the vocabulary. Rarer words have too little company to be classed;
// contexts beyond the most frequent share four ids by their shape.
const (
	maxWords    = 90_000
	minCount    = 10
	maxContexts = 24_000
)

// Ids of contexts below firstContext: the edge of a sentence and words that are
// no context of their own, by shape.
const (
	edge = iota
	otherLower
	otherCapital
	otherNumber
	otherSign
	firstContext
)

// text is the training text: form ids, with -1 at the end of each sentence.
// Sentences that count more than once are repeated.
type text struct {
	forms   []string
	ids     map[string]int32
	count   []int // of each form
	inside  []int // of each form not at the head of a sentence
	stream  []int32
	scratch []byte
}

// add takes one sentence. A sentence in capitals says nothing of its words.
func (t *text) add(words []string, weight int) {
	if inCapitals(words) {
		return
	}
	start := len(t.stream)
	head := true
	for _, w := range words {
		id := t.intern(w)
		t.stream = append(t.stream, id)
		t.count[id] += weight
		if !head {
			t.inside[id] += weight
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) || unicode.IsDigit(r) {
			head = false
		}
	}
	t.stream = append(t.stream, -1)
	sentence := t.stream[start:len(t.stream):len(t.stream)]
	for range weight - 1 {
		t.stream = append(t.stream, sentence...)
	}
}

// intern is the id of w with its digits folded to 0 and ’ to '.
func (t *text) intern(w string) int32 {
	b := t.scratch[:0]
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case r == '’':
			r = '\''
		}
		b = utf8.AppendRune(b, r)
	}
	t.scratch = b
	if id, ok := t.ids[string(b)]; ok {
		return id
	}
	form := string(b)
	id := int32(len(t.forms))
	t.ids[form] = id
	t.forms = append(t.forms, form)
	t.count = append(t.count, 0)
	t.inside = append(t.inside, 0)
	return id
}

func inCapitals(words []string) bool {
	upper, lower := 0, 0
	for _, w := range words {
		if len(w) < 2 {
			continue
		}
		for _, r := range w {
			if unicode.IsUpper(r) {
				upper++
			} else if unicode.IsLower(r) {
				lower++
			}
		}
	}
	return upper > lower
}

// mergeCase maps each form to the form that it counts as: a capitalised form
// that stands inside sentences less than a fifth as often as its lower-case
// form is that form ("The"); others stay apart ("May", "Bush").
func (t *text) mergeCase() []int32 {
	same := make([]int32, len(t.forms))
	for i, f := range t.forms {
		same[i] = int32(i)
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) {
			continue
		}
		if low, ok := t.ids[strings.ToLower(f)]; ok && t.inside[i]*5 < t.count[low] {
			same[i] = low
		}
	}
	for i, s := range same {
		if s != int32(i) {
			t.count[s] += t.count[i]
			t.count[i] = 0
		}
	}
	return same
}

// vocabulary is the words to class, most frequent first, and the stream in
// their ids; context is the id of each form as a context.
type vocabulary struct {
	words   []string
	count   []int
	id      []int32 // form to word, -1 if it has no class
	context []int32 // form to context
}

func (t *text) vocabulary() *vocabulary {
	same := t.mergeCase()
	var order []int32
	for i, n := range t.count {
		if n >= minCount {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.count[b], t.count[a]), strings.Compare(t.forms[a], t.forms[b]))
	})
	order = order[:min(len(order), maxWords)]
	v := &vocabulary{id: make([]int32, len(t.forms)), context: make([]int32, len(t.forms))}
	for i, f := range t.forms {
		v.id[i], v.context[i] = -1, shape(f)
	}
	for n, f := range order {
		v.words = append(v.words, t.forms[f])
		v.count = append(v.count, t.count[f])
		v.id[f] = int32(n)
		if n < maxContexts {
			v.context[f] = int32(firstContext + n)
		}
	}
	for i, s := range same {
		v.id[i], v.context[i] = v.id[s], v.context[s]
	}
	return v
}

func shape(f string) int32 {
	r, _ := utf8.DecodeRuneInString(f)
	switch {
	case unicode.IsUpper(r):
		return otherCapital
	case unicode.IsLetter(r):
		return otherLower
	case unicode.IsDigit(r):
		return otherNumber
	}
	return otherSign
}
