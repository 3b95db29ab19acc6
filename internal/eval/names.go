package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/token"
)

// NameScore counts names by class of a label set. A name is found if its first
// token, its last token and its class are right.
type NameScore struct {
	Classes []string
	Counts  []Count // by class
}

// NewNameScore counts names of classes.
func NewNameScore(classes ...string) *NameScore {
	return &NameScore{classes, make([]Count, len(classes))}
}

// Add counts the names of one document. class numbers the class of a label, -1
// for one that is not of the set.
func (s *NameScore) Add(gold, predicted []uint8, class func(label uint8) int) {
	type key struct {
		token.Range
		class int
	}
	is := map[key]bool{}
	for r := range name.Spans(gold) {
		if c := class(gold[r.First]); c >= 0 {
			s.Counts[c].Gold++
			is[key{r, c}] = true
		}
	}
	for r := range name.Spans(predicted) {
		if c := class(predicted[r.First]); c >= 0 {
			s.Counts[c].Predicted++
			if is[key{r, c}] {
				s.Counts[c].True++
			}
		}
	}
}

// All is the sum over the classes; its F1 is the micro average.
func (s *NameScore) All() Count {
	var sum Count
	for _, c := range s.Counts {
		sum.True, sum.Predicted, sum.Gold = sum.True+c.True, sum.Predicted+c.Predicted, sum.Gold+c.Gold
	}
	return sum
}

// Write prints a table of the classes and their micro average.
func (s *NameScore) Write(w io.Writer) {
	row := func(label string, c Count) {
		fmt.Fprintf(w, "%-14s %7.1f %7.1f %7.1f %8d\n", label, c.Precision(), c.Recall(), c.F1(), c.Gold)
	}
	fmt.Fprintf(w, "%-14s %7s %7s %7s %8s\n", "class", "P", "R", "F1", "gold")
	for i, c := range s.Counts {
		row(s.Classes[i], c)
	}
	row("all", s.All())
}

// Nine is the label set of Worldwide: its nine classes.
func Nine() *NameScore { return NewNameScore(name.Classes[1:]...) }

// NineClass numbers the class of a label in Nine.
func NineClass(label uint8) int { return int(label+1)/2 - 1 }

// Three is the label set person, organization and place, where a place is a
// Location or a Facility; the other classes are left out on both sides.
func Three() *NameScore { return NewNameScore("person", "organization", "place") }

// ThreeClass numbers the class of a label in Three.
func ThreeClass(label uint8) int {
	switch name.Classes[int(label+1)/2] {
	case "Person":
		return 0
	case "Organization":
		return 1
	case "Location", "Facility":
		return 2
	}
	return -1
}

// foreign maps the classes of other sets to those of Worldwide, for the three classes.
var foreign = map[string]string{
	"PER": "Person", "ORG": "Organization", "LOC": "Location", // Universal NER
	"per": "Person", "org": "Organization", "geo": "Location", // Groningen Meaning Bank
	"person": "Person", "politician": "Person", "organisation": "Organization", "politicalparty": "Organization",
	"country": "Location", "location": "Location", // CrossNER politics
}

// ours renames labels of other sets in place and reports whether there was one.
func ours(labels []string) (renamed bool) {
	for i, l := range labels {
		if mark, class, ok := strings.Cut(l, "-"); ok && foreign[class] != "" {
			labels[i] = mark + "-" + foreign[class]
			renamed = true
		}
	}
	return renamed
}

// Names reads BIO files and prints the precision, recall and F1 of names, given
// the tokens of the files: in the nine classes of Worldwide, if the files are of
// that set, and as person, organization and place. Of the archive of Worldwide
// (.tar.xz) only the documents of the held-out newspapers are read, the sixth
// that no weights have seen.
func Names(w io.Writer, paths []string) error {
	m, err := name.Open()
	if err != nil {
		return err
	}
	nine, three := Nine(), Three()
	documents, tokens, other := 0, 0, false
	for _, path := range paths {
		docs, err := corpus.ReadBIO(path)
		if err != nil {
			return err
		}
		for i := range docs {
			d := &docs[i]
			if strings.HasSuffix(path, ".tar.xz") && d.Worldwide() && d.Fold() != corpus.HeldOut {
				continue
			}
			other = ours(d.Labels) || other
			gold, found := name.Number(d.Labels), m.Decode(d.Doc())
			nine.Add(gold, found, NineClass)
			three.Add(gold, found, ThreeClass)
			documents++
			tokens += len(d.Words)
		}
	}
	if documents == 0 {
		return fmt.Errorf("no documents in %s", strings.Join(paths, ", "))
	}
	fmt.Fprintf(w, "%d documents, %d tokens\n", documents, tokens)
	if !other {
		fmt.Fprintf(w, "\nnine classes\n")
		nine.Write(w)
	}
	fmt.Fprintf(w, "\nperson, organization, place (Location and Facility)\n")
	three.Write(w)
	return nil
}
