package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// PairScore holds the measures of types of pairs. Its zero value is empty.
type PairScore struct {
	types, quads   map[string]*Count
	rows, right    int
	swaps, noticed int
}

// Add counts one answer; guess is empty where there is none.
func (s *PairScore) Add(gold, guess string) {
	if s.types == nil {
		s.types, s.quads = map[string]*Count{}, map[string]*Count{}
	}
	s.rows++
	if gold == guess {
		s.right++
	}
	countType(s.types, gold, guess)
	countType(s.quads, quad(gold), quad(guess))
}

func countType(in map[string]*Count, gold, guess string) {
	for _, k := range [2]string{gold, guess} {
		if in[k] == nil {
			in[k] = &Count{}
		}
	}
	in[gold].Gold++
	in[guess].Predicted++
	if gold == guess {
		in[gold].True++
	}
}

func quad(root string) string { return strconv.Itoa(event.RootQuad(root)) }

// AddSwap counts a pair whose source and target were changed over: whether the
// answer changed or became less sure.
func (s *PairScore) AddSwap(noticed bool) {
	s.swaps++
	if noticed {
		s.noticed++
	}
}

// Type is the count of one type.
func (s *PairScore) Type(root string) Count {
	if c := s.types[root]; c != nil {
		return *c
	}
	return Count{}
}

// Roots is the macro-F1 over the types of PLV, in percent.
func (s *PairScore) Roots() float64 {
	sum := 0.0
	for _, r := range event.Roots {
		sum += s.Type(r).F1()
	}
	return sum / float64(len(event.Roots))
}

// Quads is the macro-F1 over the four quad classes, in percent.
func (s *PairScore) Quads() float64 {
	sum := 0.0
	for q := 1; q <= 4; q++ {
		if c := s.quads[strconv.Itoa(q)]; c != nil {
			sum += c.F1()
		}
	}
	return sum / 4
}

// Accuracy is in percent.
func (s *PairScore) Accuracy() float64 { return 100 * float64(s.right) / float64(max(1, s.rows)) }

// Swapped is the share of changed-over pairs that were noticed, in percent.
func (s *PairScore) Swapped() float64 { return 100 * float64(s.noticed) / float64(max(1, s.swaps)) }

// Print writes the table.
func (s *PairScore) Print(w io.Writer) {
	fmt.Fprintf(w, "%-24s %8s %8s %8s %8s %8s\n", "type", "P", "R", "F1", "gold", "found")
	for _, r := range event.Roots {
		c := s.Type(r)
		fmt.Fprintf(w, "%-24s %8.1f %8.1f %8.1f %8d %8d\n", r, c.Precision(), c.Recall(), c.F1(), c.Gold, c.Predicted)
	}
	for q := 1; q <= 4; q++ {
		var c Count
		if x := s.quads[strconv.Itoa(q)]; x != nil {
			c = *x
		}
		fmt.Fprintf(w, "quad %-19d %8.1f %8.1f %8.1f %8d %8d\n", q, c.Precision(), c.Recall(), c.F1(), c.Gold, c.Predicted)
	}
	fmt.Fprintf(w, "%-24s %8.1f of %d\n", "accuracy", s.Accuracy(), s.rows)
	fmt.Fprintf(w, "%-24s %8.1f\n", "macro F1, 15 roots", s.Roots())
	fmt.Fprintf(w, "%-24s %8.1f\n", "macro F1, 4 quads", s.Quads())
	fmt.Fprintf(w, "%-24s %8.1f of %d\n", "swapped pairs noticed", s.Swapped(), s.swaps)
}

// pairReader answers for pairs.
type pairReader struct {
	parser *syntax.Model
	names  *name.Model
	events *event.Model
}

func openPairReader() (*pairReader, error) {
	parser, err := syntax.Open()
	if err != nil {
		return nil, err
	}
	names, err := name.Open()
	if err != nil {
		return nil, err
	}
	actors, err := actor.Open()
	if err != nil {
		return nil, err
	}
	events, err := event.Open(actors)
	if err != nil {
		return nil, err
	}
	if !events.ReadsPairs() {
		return nil, errors.New("no weights for pairs: rapporteur-train -only event writes them")
	}
	return &pairReader{parser, names, events}, nil
}

type answer struct {
	root       string
	confidence float64
}

// read answers for p, and for p with its parties changed over.
func (r *pairReader) read(p *corpus.Pair) (straight, swapped answer) {
	d := token.Segment(p.Text)
	t := r.parser.Parse(d)
	n := r.names.Find(d, t)
	s, x := cover(d, p.Source), cover(d, p.Target)
	straight.root, straight.confidence = r.events.Pair(d, t, n, s, x)
	swapped.root, swapped.confidence = r.events.Pair(d, t, n, x, s)
	return straight, swapped
}

func cover(d *token.Doc, spans []record.Span) []token.Range {
	var out []token.Range
	for _, s := range spans {
		if r := d.Cover(s.Start, s.End); r.Len() > 0 {
			out = append(out, r)
		}
	}
	return out
}

// Pairs scores the types of files in the format of PLV.
func Pairs(w io.Writer, paths []string) error {
	r, err := openPairReader()
	if err != nil {
		return err
	}
	var score PairScore
	for _, path := range paths {
		pairs, err := corpus.ReadPairs(path)
		if err != nil {
			return err
		}
		for i := range pairs {
			p := &pairs[i]
			if p.Type == "" {
				return fmt.Errorf("%s:%d: no gold_root to compare with; --predict needs none", path, p.Line)
			}
			if event.RootQuad(p.Type) == 0 {
				return fmt.Errorf("%s:%d: gold_root %q is no type of PLV", path, p.Line, p.Type)
			}
			a, b := r.read(p)
			score.Add(p.Type, a.root)
			if len(p.Source) > 0 && len(p.Target) > 0 && !event.Mutual(p.Type) {
				score.AddSwap(b.root != a.root || b.confidence < a.confidence)
			}
		}
	}
	score.Print(w)
	return nil
}

// PredictPairs prints uid, type, quad class and confidence of each row of the
// files, with tabs between. A row without marks has no type; warn says so.
func PredictPairs(w, warn io.Writer, paths []string) error {
	r, err := openPairReader()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, path := range paths {
		pairs, err := corpus.ReadPairs(path)
		if err != nil {
			return err
		}
		for i := range pairs {
			p := &pairs[i]
			if len(p.Source)+len(p.Target) == 0 {
				fmt.Fprintf(warn, "%s:%d: no <s>…</s> or <t>…</t> in marked_sentence\n", path, p.Line)
			}
			a, _ := r.read(p)
			fmt.Fprintf(out, "%s\t%s\t%d\t%.3f\n", p.ID, a.root, event.RootQuad(a.root), a.confidence)
		}
	}
	return out.Flush()
}
