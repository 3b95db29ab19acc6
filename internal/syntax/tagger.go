package syntax

import (
	"fmt"
	"strings"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Templates of the tagger; their numbers are part of the stored weights.
const (
	tagTemplates    = 1000
	lemmaTemplates  = 2000
	parserTemplates = 3000
)

// outside stands for a word before the first or after the last of a sentence.
var outside = attrs{norm: 1, form: 1, shape: 1, amb: 1, suf: [5]uint64{1, 1, 1, 1, 1}, pre: [3]uint64{1, 1, 1}}

func (s *Sentence) at(i int) *attrs {
	if i < 0 || i >= len(s.words) {
		return &outside
	}
	return &s.words[i]
}

// emitter numbers the templates in the order in which they are added.
type emitter struct {
	feats []uint64
	t     uint64
}

func (e *emitter) one(a uint64)    { e.t++; e.feats = append(e.feats, model.Feature(e.t, a)) }
func (e *emitter) two(a, b uint64) { e.t++; e.feats = append(e.feats, model.Feature2(e.t, a, b)) }
func (e *emitter) three(a, b, c uint64) {
	e.t++
	e.feats = append(e.feats, model.Feature3(e.t, a, b, c))
}

// TagFeatures are the features of the label of word i, given the labels of the
// words before it. The result is valid until the next call.
func (s *Sentence) TagFeatures(i int) []uint64 {
	e := emitter{s.feats[:0], tagTemplates}
	w, l1, l2, r1, r2 := s.at(i), s.at(i-1), s.at(i-2), s.at(i+1), s.at(i+2)
	t1, t2 := uint64(255), uint64(255)
	if i > 0 {
		t1 = uint64(s.Label[i-1])
	}
	if i > 1 {
		t2 = uint64(s.Label[i-2])
	}
	e.one(0)
	e.one(w.form)
	e.one(w.norm)
	for _, h := range w.pre {
		e.one(h)
	}
	for _, h := range w.suf {
		e.one(h)
	}
	e.one(w.shape)
	e.two(w.shape, w.suf[1])
	e.one(w.amb)
	e.two(w.amb, w.suf[2])
	e.one(t1)
	e.two(t1, t2)
	e.two(t1, w.norm)
	e.two(t1, w.suf[1])
	e.two(t1, w.suf[2])
	e.two(t1, w.amb)
	e.three(t1, t2, w.amb)
	e.two(t1, w.shape)
	e.one(l1.norm)
	e.one(l2.norm)
	e.one(r1.norm)
	e.one(r2.norm)
	e.two(l1.norm, w.norm)
	e.two(w.norm, r1.norm)
	e.two(l1.norm, r1.norm)
	e.two(l2.norm, l1.norm)
	e.two(r1.norm, r2.norm)
	e.one(r1.amb)
	e.two(r1.amb, r2.amb)
	e.two(w.amb, r1.amb)
	e.two(w.norm, r1.amb)
	e.three(t1, w.amb, r1.amb)
	e.three(w.amb, r1.amb, r2.amb)
	e.two(t1, r1.norm)
	e.one(r1.suf[2])
	e.one(r1.suf[1])
	e.one(l1.suf[2])
	e.one(r1.shape)
	e.one(l1.shape)
	e.two(l1.shape, r1.shape)
	e.two(w.shape, r1.shape)
	e.two(w.suf[2], r1.suf[2])
	e.one(w.coarse)
	e.one(w.mid)
	e.one(w.fine)
	e.two(w.mid, w.suf[1])
	e.two(w.mid, t1)
	e.two(w.mid, w.shape)
	e.one(l1.fine)
	e.one(l1.mid)
	e.one(r1.fine)
	e.one(r1.mid)
	e.two(l1.mid, w.mid)
	e.two(w.mid, r1.mid)
	e.two(w.amb, r1.mid)
	e.two(l1.mid, r1.mid)
	e.two(r1.mid, r2.mid)
	s.feats = e.feats
	return e.feats
}

// Label is a joint part of speech: the universal one and the Penn tag.
type Label struct {
	UPOS UPOS
	Tag  Tag
}

// ParseLabels reads labels as weights files name them: "NOUN NNS".
func ParseLabels(names []string) ([]Label, error) {
	if len(names) == 0 || len(names) > 250 {
		return nil, fmt.Errorf("syntax: %d labels", len(names))
	}
	labels := make([]Label, len(names))
	for i, name := range names {
		upos, tag, _ := strings.Cut(name, " ")
		labels[i] = Label{ParseUPOS(upos), ParseTag(tag)}
	}
	return labels, nil
}

// SetLabel tags word i with labels[y].
func (s *Sentence) SetLabel(i int, y uint8, labels []Label) {
	s.Label[i], s.UPOS[i], s.Tag[i] = y, labels[y].UPOS, labels[y].Tag
}

// letterS is the last letter of every third person singular.
var letterS = hashBytes([]byte("s"), 0)

// tag labels every word, from left to right.
func (m *Model) tag(s *Sentence) {
	for i := range s.words {
		y, ok := s.Sure(i)
		if !ok {
			y = uint8(m.tags.best(s.TagFeatures(i), len(m.labels)))
			if int(y) == m.present && m.past >= 0 && s.words[i].suf[0] != letterS {
				y = uint8(m.past) // no third person without an s: "Venezuela withdrew"
			}
		}
		s.SetLabel(i, y, m.labels)
	}
	if m.past >= 0 && m.participle >= 0 {
		for i := range s.words {
			if int(s.Label[i]) == m.past && s.words[i].norm == wordCalled && s.introduces(i) {
				s.SetLabel(i, uint8(m.participle), m.labels)
			}
		}
	}
}

var (
	wordCalled = hashBytes([]byte("called"), 0)
	wordThe    = hashBytes([]byte("the"), 0)
	wordA      = hashBytes([]byte("a"), 0)
	wordAn     = hashBytes([]byte("an"), 0)
)

// maxPhrase is how many words of the noun phrase before word i are looked at.
const maxPhrase = 6

// introduces reports whether word i, "called", is a participle that gives somebody
// new a name: it follows "a group", and a preposition governs that ("fought with a
// group called …") or the name has a verb of its own ("a group called the Red Bands
// attacked").
func (s *Sentence) introduces(i int) bool {
	a := i - 1
	for a >= 0 && a > i-maxPhrase && s.words[a].norm != wordA && s.words[a].norm != wordAn {
		switch s.UPOS[a] {
		case NOUN, PROPN, ADJ, ADV, NUM, PUNCT:
		case VERB:
			if s.Tag[a] != TagVBN && s.Tag[a] != TagVBG {
				return false
			}
		default:
			return false
		}
		a--
	}
	if a < 0 || a == i-1 || s.UPOS[i-1] != NOUN || s.words[a].norm != wordA && s.words[a].norm != wordAn {
		return false
	}
	if a > 0 && s.UPOS[a-1] == ADP {
		return true
	}
	k := i + 1
	if k < len(s.words) && s.words[k].norm == wordThe {
		k++
	}
	name := k
	for k < len(s.words) && (s.Tag[k] == TagNNP || s.Tag[k] == TagNNPS) {
		k++
	}
	return k > name && k < len(s.words) && (s.UPOS[k] == AUX || s.UPOS[k] == VERB && s.Tag[k] != TagVBN && s.Tag[k] != TagVBG)
}
