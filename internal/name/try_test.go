//go:build namedev

package name

import (
	"fmt"
	"os"
	"testing"

	"github.com/rapporteur/rapporteur/internal/token"
)

func TestTry(t *testing.T) {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(os.Getenv("TRY"))
	d := token.Segment(string(b))
	for _, n := range m.Find(d, nil) {
		fmt.Printf("%-14s %-4s %-4s %q  title %q\n", [...]string{"None", "Person", "Organization", "Country", "Nationality", "Place", "Facility", "Date", "Money", "Misc", "Group"}[n.Kind], n.Country, n.Sector, d.Surface(n.Range), d.Surface(n.Title))
	}
}
