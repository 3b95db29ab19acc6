package corpus

import (
	"strings"
	"testing"
)

const bioSample = "The\tO\nKyiv\tB-Organization\tB-Location\nRada\tI-Organization\n-\tO\nled\tO\nbloc\tO\nvoted\tO\n.\tO\nMoscow\tB-Location\n's\tO\nenvoy\tO\nleft\tO\n.\tO\n\n\nNew\tB-Location\nYork\tI-Location\n"

func TestParseBIO(t *testing.T) {
	d, err := parseBIO("xx_my_paper_12.txt.tsv", strings.NewReader(bioSample))
	if err != nil {
		t.Fatal(err)
	}
	if d.Newspaper() != "paper" {
		t.Errorf("newspaper %q", d.Newspaper())
	}
	if len(d.Words) != 15 || d.Labels[1] != "B-Organization" || len(d.Paragraphs) != 2 {
		t.Fatalf("%+v", d)
	}
	doc := d.Doc()
	if want := "The Kyiv Rada-led bloc voted. Moscow's envoy left.\n\nNew York\n\n"; doc.Text != want {
		t.Errorf("text %q, want %q", doc.Text, want)
	}
	for i, w := range d.Words {
		if doc.Word(i) != w {
			t.Errorf("token %d is %q, want %q", i, doc.Word(i), w)
		}
	}
	if len(doc.Sentences) != 3 || doc.Sentences[1].First != 8 || doc.Sentences[2].First != 13 {
		t.Errorf("sentences %v", doc.Sentences)
	}
}

func TestParseBIOWithoutLabel(t *testing.T) {
	if _, err := parseBIO("a.tsv", strings.NewReader("word\n")); err == nil {
		t.Error("a token without a label is no error")
	}
}
