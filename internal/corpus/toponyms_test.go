package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

const lglSample = `<?xml version="1.0" encoding="utf-8"?>
<articles>
  <article docid="7">
    <text><![CDATA[Añover & Paris, Texas.]]></text>
    <toponyms count="2">
      <toponym><start>0</start><end>6</end><phrase>Añover</phrase></toponym>
      <toponym><start>9</start><end>14</end><phrase>Paris</phrase>
        <gaztag geonameid="1"><country geonameid="2">United States</country></gaztag></toponym>
    </toponyms>
  </article>
</articles>`

func TestReadLGL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lgl.xml")
	write := func(s string) {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(lglSample)
	docs, err := ReadLGL(path)
	if err != nil || len(docs) != 1 || len(docs[0].Toponyms) != 2 {
		t.Fatalf("%+v, %v", docs, err)
	}
	for i, want := range []struct{ phrase, country string }{{"Añover", ""}, {"Paris", "United States"}} {
		g := docs[0].Toponyms[i]
		if got := docs[0].Text[g.Start:g.End]; got != want.phrase || g.Country != want.country {
			t.Errorf("%q in %q, want %q in %q", got, g.Country, want.phrase, want.country)
		}
	}
	for _, bad := range []string{"", "<articles></articles>", "<articles><article><text>a</text><toponyms><toponym><start>0</start><end>9</end></toponym></toponyms></article></articles>"} {
		write(bad)
		if _, err := ReadLGL(path); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}
