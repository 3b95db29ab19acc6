package corpus

import (
	"strings"
	"testing"
)

func TestReportRows(t *testing.T) {
	for row, want := range map[string]string{
		"E | BOMB | Peru | Chile | asserted":  `r.ann:6: "BOMB" is no type of PLOVER`,
		"E? | ASSAULT | Peru | Chile | maybe": `r.ann:6: "maybe" is no status`,
		"E | ASSAULT | Peru":                  "r.ann:6: 3 fields",
		"1 | direct | Peru":                   "r.ann:6: row 1 has no tagged statement",
		"what | is | this":                    "r.ann:6: want NUMBER",
	} {
		_, err := ParseReport("r.ann", []byte("outlet: X\n\nPeru attacked Chile.\n---\n\n"+row+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", row, err, want)
		}
	}
}
