package reader

import (
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/record"
)

// TestActs takes what is done to somebody for no statement, and the same verb of a
// thing for one.
func TestActs(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	text := "Belmar dismissed the claim and recalled its ambassador on Friday. The court sentenced Oleg Marin to nine years in prison. " +
		"Hask recalled that the talks had failed. The president dismissed the interior minister."
	report, err := r.Read(t.Context(), record.Document{Text: text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, s := range report.Likely().Statements {
		said = append(said, text[s.Content[0].Start:s.Content[0].End])
	}
	if want := []string{"the claim", "that the talks had failed"}; !slices.Equal(said, want) {
		t.Errorf("said: %q, want %q", said, want)
	}
}
