package cluster

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ulikunitz/xz"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
)

// newsWeight is how often news counts against speeches and press releases.
const newsWeight = 3

// eachSentence calls keep with the words of every sentence of the training
// text and how often it counts. Words are valid only during the call.
func eachSentence(dataDir string, keep func(words []string, weight int)) error {
	var words []string
	text := func(s string, weight int) {
		d := token.Segment(token.Canonical(s))
		for _, r := range d.Sentences {
			words = words[:0]
			for i := r.First; i < r.Last; i++ {
				words = append(words, d.Word(int(i)))
			}
			keep(words, weight)
		}
	}
	files, err := filepath.Glob(filepath.Join(dataDir, "open", "text", "*.txt.xz"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("cluster: no text in %s", filepath.Join(dataDir, "open", "text"))
	}
	for _, f := range files {
		if err := eachDocument(f, func(s string) { text(s, 1) }); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	if err := corpus.EachGMB(filepath.Join(dataDir, "open", "gmb-ner.csv.zip"), func(w []string) { keep(w, newsWeight) }); err != nil {
		return err
	}
	articles, err := corpus.ReadPolNeAR(filepath.Join(dataDir, "research", "polnear.tar.xz"), "train")
	if err != nil {
		return err
	}
	for _, a := range articles {
		text(a.Text, newsWeight)
	}
	reports, err := corpus.ReadBIO(filepath.Join(dataDir, "research", "worldwide-ner.tar.xz"))
	if err != nil {
		return err
	}
	for i := range reports {
		text(reports[i].Doc().Text, newsWeight)
	}
	return nil
}

// eachDocument calls keep with each document of a packed text; a line that
// begins with "### " stands before each.
func eachDocument(file string, keep func(string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := xz.NewReader(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<26)
	var doc strings.Builder
	flush := func() {
		if doc.Len() > 0 {
			keep(doc.String())
			doc.Reset()
		}
	}
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "### ") {
			flush()
			continue
		}
		doc.Write(lines.Bytes())
		doc.WriteByte('\n')
	}
	flush()
	return lines.Err()
}
