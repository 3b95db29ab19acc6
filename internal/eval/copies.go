package eval

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/near"
)

// What Copies edits.
const (
	editedTexts = 300 // are edited, chosen by chance if there are more
	leastWords  = 100 // words of a text that is edited
)

// printedPairs is how many false pairs are printed.
const printedPairs = 50

// Copies measures how well copies of articles are found and told from other
// reports. It reads texts (.txt) and annotated reports (.ann) from files and
// folders, puts all of them into an index, adds edited copies of up to 300, and
// asks of each text what the record asks: sketch, candidates, comparison.
//
// An edit is found if it is called a copy of its text. It is a false copy of any
// other text and of its edits, unless the two unedited texts are called copies
// already: such pairs repeat each other in truth, or are errors; they are
// printed, to be looked at, and precision is given without them and with all of
// them as errors.
func Copies(w io.Writer, paths []string) error {
	texts, err := readTexts(paths)
	if err != nil {
		return err
	}
	s, err := scoreCopies(texts)
	if err != nil {
		return err
	}
	s.print(w, texts)
	return nil
}

// namedText is a text and the file that it was read from.
type namedText struct{ name, text string }

// readTexts reads the .txt and .ann files of paths; folders are read with all below them.
func readTexts(paths []string) ([]namedText, error) {
	var out []namedText
	for _, p := range paths {
		err := filepath.WalkDir(p, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(file) {
			case ".txt":
				b, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				out = append(out, namedText{filepath.Base(file), string(b)})
			case ".ann":
				r, err := corpus.ReadReport(file)
				if err != nil {
					return err
				}
				out = append(out, namedText{filepath.Base(file), r.Text})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no .txt or .ann file there or below", strings.Join(paths, ", "))
	}
	return out, nil
}

// copiesScore is what Copies measures.
type copiesScore struct {
	kinds      []kindScore
	edited     int         // texts
	alike      []alikePair // unedited texts that are called copies
	falsePairs []alikePair // edits and texts, or edits of different texts
	apart      int         // pairs of edits whose texts are alike
	compared   int         // pairs
	documents  int
	hashes     int           // of all sketches
	bytes      int           // of all documents
	sketching  time.Duration // of all
	asking     time.Duration // for candidates
	comparing  time.Duration
}

// kindScore is the recall of a kind of edit. Candidate counts the copies that
// the index gave, found those of them that were called copies.
type kindScore struct {
	name             string
	candidate, found int
	missed           []string
}

type alikePair struct {
	a, b     string
	likeness near.Likeness
}

// indexed is a document of the index: a text, or an edit of it.
type indexed struct {
	name, text string
	original   int // place of the text in the list of texts
	kind       int // -1: unedited
}

func scoreCopies(texts []namedText) (*copiesScore, error) {
	all, s := editAll(texts)
	index := map[uint64][]int64{}
	alike := map[[2]int]bool{}
	for n, doc := range all {
		start := time.Now()
		sketch := near.Sketch(doc.text)
		s.sketching += time.Since(start)
		start = time.Now()
		candidates, err := near.Candidates(sketch, func(hash uint64, limit int) ([]int64, error) {
			return index[hash][:min(limit, len(index[hash]))], nil
		})
		s.asking += time.Since(start)
		if err != nil {
			return nil, err
		}
		found := false
		for _, c := range candidates {
			other := &all[c]
			start = time.Now()
			l := near.Compare(doc.text, other.text)
			s.comparing += time.Since(start)
			s.compared++
			own := other.original == doc.original
			if own && other.kind < 0 {
				s.kinds[doc.kind].candidate++
				if l.Copy {
					s.kinds[doc.kind].found++
					found = true
				}
			}
			if !l.Copy || own {
				continue
			}
			pair := [2]int{min(doc.original, other.original), max(doc.original, other.original)}
			switch {
			case doc.kind < 0:
				alike[pair] = true
				s.alike = append(s.alike, alikePair{other.name, doc.name, l})
			case alike[pair]:
				s.apart++
			default:
				s.falsePairs = append(s.falsePairs, alikePair{doc.name, other.name, l})
			}
		}
		if doc.kind >= 0 && !found {
			k := &s.kinds[doc.kind]
			l := near.Compare(doc.text, texts[doc.original].text)
			k.missed = append(k.missed, fmt.Sprintf("%s: missed; containment %.2f, Jaccard %.2f", doc.name, l.Containment, l.Jaccard))
		}
		for _, h := range sketch {
			index[h] = append(index[h], int64(n))
		}
		s.documents, s.hashes, s.bytes = s.documents+1, s.hashes+len(sketch), s.bytes+len(doc.text)
	}
	return s, nil
}

// editAll is the texts in their order, and after them the edited copies of some, in random order.
func editAll(texts []namedText) ([]indexed, *copiesScore) {
	s := &copiesScore{kinds: make([]kindScore, len(edits)+1)}
	r := rand.New(rand.NewPCG(2016, 4))
	var out, copies []indexed
	for i, t := range texts {
		out = append(out, indexed{t.name, t.text, i, -1})
	}
	for _, i := range r.Perm(len(texts)) {
		if s.edited == editedTexts || len(wordStarts(texts[i].text)) < leastWords {
			continue
		}
		s.edited++
		for k := range s.kinds {
			name, make := several, severalOf
			if k < len(edits) {
				name, make = edits[k].name, edits[k].make
			}
			s.kinds[k].name = name
			copies = append(copies, indexed{texts[i].name + ", " + name, make(r, texts[i].text), i, k})
		}
	}
	r.Shuffle(len(copies), func(i, j int) { copies[i], copies[j] = copies[j], copies[i] })
	return append(out, copies...), s
}

// recall is the part of the edits of all kinds that were found, in percent.
func (s *copiesScore) recall() float64 {
	return 100 * float64(s.found()) / float64(max(1, s.edited*len(s.kinds)))
}

func (s *copiesScore) found() int {
	n := 0
	for _, k := range s.kinds {
		n += k.found
	}
	return n
}

// precision is the part of the pairs that were called copies that are, in
// percent: without the pairs whose unedited texts are called copies, and with
// all of these as errors. Copies of the same text are counted once, as a pair
// with it.
func (s *copiesScore) precision() (without, with float64) {
	found, wrong := float64(s.found()), float64(len(s.falsePairs))
	return 100 * found / max(1, found+wrong), 100 * found / max(1, found+wrong+float64(len(s.alike)+s.apart))
}

func (s *copiesScore) print(w io.Writer, texts []namedText) {
	fmt.Fprintf(w, "%d texts, %d of them edited in each of %d ways\n\n", len(texts), s.edited, len(s.kinds))
	fmt.Fprintf(w, "%-24s %10s %10s\n", "edit", "candidate", "found %")
	for _, k := range s.kinds {
		n := float64(max(1, s.edited))
		fmt.Fprintf(w, "%-24s %10.1f %10.1f\n", k.name, 100*float64(k.candidate)/n, 100*float64(k.found)/n)
	}
	without, with := s.precision()
	fmt.Fprintf(w, "\nrecall %.1f %%, precision %.2f %% (%d false pairs)\n", s.recall(), without, len(s.falsePairs))
	fmt.Fprintf(w, "apart: %d pairs of unedited texts are called copies, and %d of their edits; precision %.2f %% if each were false\n", len(s.alike), s.apart, with)
	likest := func(a, b alikePair) int { return cmp.Compare(b.likeness.Containment, a.likeness.Containment) }
	slices.SortStableFunc(s.alike, likest)
	slices.SortStableFunc(s.falsePairs, likest)
	n := time.Duration(max(1, s.documents))
	fmt.Fprintf(w, "%.1f hashes in a sketch, %.2f pairs compared a document; %v a document: sketch %v, candidates %v (of an index in memory), comparisons %v\n",
		float64(s.hashes)/float64(n), float64(s.compared)/float64(n), ((s.sketching + s.asking + s.comparing) / n).Round(time.Microsecond),
		(s.sketching / n).Round(time.Microsecond), (s.asking / n).Round(time.Microsecond), (s.comparing / n).Round(time.Microsecond))
	printPairs(w, "\nunedited texts that are called copies", s.alike)
	printPairs(w, "\nfalse pairs", s.falsePairs[:min(len(s.falsePairs), printedPairs)])
	if Verbose {
		for _, k := range s.kinds {
			for _, line := range k.missed {
				fmt.Fprintln(w, line)
			}
		}
	}
}

func printPairs(w io.Writer, heading string, pairs []alikePair) {
	if len(pairs) == 0 {
		return
	}
	fmt.Fprintf(w, "%s: containment, Jaccard\n", heading)
	for _, p := range pairs {
		fmt.Fprintf(w, "  %.2f %.2f  %s | %s\n", p.likeness.Containment, p.likeness.Jaccard, p.a, p.b)
	}
}
