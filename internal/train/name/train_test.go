package name

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/token"
)

// TestBuild trains on a few sentences of our own, and reads others of the same kind.
func TestBuild(t *testing.T) {
	persons := []string{"Orlo Vance", "Mira Kessel", "Tadeo Brun", "Ansa Holm", "Piet Durand", "Lena Frost"}
	towns := []string{"Larnby", "Ostvik", "Calder", "Mirafort", "Selbo", "Tannhill"}
	var data []sample
	for i := range 36 {
		d := bio(fmt.Sprintf("xx_paper%d_1.txt.tsv", i), persons[i%6], towns[(i/6+i)%6])
		data = append(data, sample{fold: 1, part: i % jackknife, doc: d.Doc(), labels: name.Number(d.Labels)})
	}
	b, err := build(lexicon(), data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	again, err := build(lexicon(), data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(b, again) {
		t.Error("two trainings on the same data differ")
	}
	m, err := name.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	d := bio("xx_other_1.txt.tsv", "Runa Falk", "Ebbing")
	if got, want := m.Decode(d.Doc()), name.Number(d.Labels); !slices.Equal(got, want) {
		t.Errorf("labels %v, want %v", got, want)
	}
}

// bio is a document about a person and a town.
func bio(file, person, town string) corpus.BIO {
	d := corpus.BIO{Name: file}
	add := func(label string, words ...string) {
		for i, w := range words {
			l := label
			if label != "O" && i == 0 {
				l = "B-" + label
			} else if label != "O" {
				l = "I-" + label
			}
			d.Words, d.Labels = append(d.Words, w), append(d.Labels, l)
		}
	}
	add("O", "Mayor")
	add("Person", strings.Fields(person)...)
	add("O", "came", "to")
	add("Location", town)
	add("O", "to", "see", "the", "bridge", ".")
	n := int32(len(d.Words))
	d.Paragraphs = append(d.Paragraphs, token.Range{First: 0, Last: n})
	add("O", "The", "bridge", "of")
	add("Location", town)
	add("O", "is", "old", ".")
	d.Paragraphs = append(d.Paragraphs, token.Range{First: n, Last: int32(len(d.Words))})
	return d
}
