package cluster

import (
	"slices"
	"testing"
)

// TestExchange trains two classes on a language in which words of one kind
// stand after "the" and before "left", words of the other after "he" and before
// "that".
func TestExchange(t *testing.T) {
	tx := &text{ids: map[string]int32{}}
	nouns, verbs := []string{"minister", "source", "envoy", "king"}, []string{"said", "claimed", "denied", "knew"}
	for i := range 40 {
		tx.add([]string{"the", nouns[i%4], "left"}, 1)
		tx.add([]string{"he", verbs[(i/2)%4], "that"}, 1)
	}
	v := tx.vocabulary()
	near, contexts := neighbours(tx, v)
	train := func() []uint16 {
		x := newExchanger(2, near, contexts, v.count)
		for range 10 {
			x.pass()
		}
		return x.byFrequency()
	}
	got := train()
	if again := train(); !slices.Equal(got, again) {
		t.Errorf("two runs differ: %v, %v", got, again)
	}
	class := func(w string) uint16 { return got[v.id[tx.ids[w]]] }
	for i := range nouns {
		if class(nouns[i]) != class(nouns[0]) || class(verbs[i]) != class(verbs[0]) {
			t.Errorf("%s and %s, or %s and %s, are in different classes", nouns[i], nouns[0], verbs[i], verbs[0])
		}
	}
	if class(nouns[0]) == class(verbs[0]) {
		t.Errorf("%s and %s are in one class", nouns[0], verbs[0])
	}
}

func TestVocabulary(t *testing.T) {
	tx := &text{ids: map[string]int32{}}
	for range 50 {
		tx.add([]string{"The", "man", "met", "the", "men", "of", "the", "Bush", "team", "in", "1999"}, 1)
		tx.add([]string{"a", "bush", "in", "2004"}, 1)
		tx.add([]string{"THE", "MAN"}, 1)
	}
	v := tx.vocabulary()
	id := func(w string) int32 { return v.id[tx.ids[w]] }
	if id("The") != id("the") {
		t.Error("“The” at the head of sentences is not counted as “the”")
	}
	if id("Bush") == id("bush") {
		t.Error("“Bush” and “bush” are one word")
	}
	if _, ok := tx.ids["0000"]; !ok {
		t.Error("digits are not folded")
	}
	if _, ok := tx.ids["MAN"]; ok {
		t.Error("a sentence in capitals was taken")
	}
}
