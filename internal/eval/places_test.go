package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

func TestPlaceScore(t *testing.T) {
	d := token.Segment("Paris Athens Lima Rome Europe")
	gold := make([]corpus.Toponym, 5)
	for i, country := range []string{"United States", "Greece", "Peru", "Italy", ""} {
		gold[i] = corpus.Toponym{Span: record.Span{Start: int(d.Tokens[i].Start), End: int(d.Tokens[i].End)}, Country: country}
	}
	at := func(i int32, country string) place.Place {
		return place.Place{Range: token.Range{First: i, Last: i + 1}, Country: country}
	}
	var s PlaceScore
	s.Add(d, gold, []place.Place{at(0, "FRA"), at(1, "GRC"), at(2, ""), at(4, "USA")})
	if s != (PlaceScore{Gold: 4, Found: 3, Given: 2, Right: 1}) {
		t.Errorf("%+v", s)
	}
}

func TestPlaces(t *testing.T) {
	article := `<article docid="1"><text>The ministers met in Paris on Friday.</text><toponyms><toponym><start>21</start><end>26</end>` +
		`<phrase>Paris</phrase><gaztag><country>France</country></gaztag></toponym></toponyms></article>`
	path := filepath.Join(t.TempDir(), "lgl.xml")
	if err := os.WriteFile(path, []byte("<articles>"+article+article+"</articles>"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Places(&out, []string{path}); err != nil {
		t.Fatal(err)
	}
	if want := "all                 2        2        2        2    100.0"; !strings.Contains(out.String(), want) {
		t.Errorf("%s\nwant %s", out.String(), want)
	}
	if err := Places(&out, []string{filepath.Join(t.TempDir(), "none.xml")}); err == nil {
		t.Error("a file that is not there is no error")
	}
}
