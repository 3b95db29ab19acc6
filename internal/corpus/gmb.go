package corpus

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/rapporteur/rapporteur/internal/token"
)

// ReadGMB reads the extract of the Groningen Meaning Bank as one document with
// a paragraph for each sentence. The labels are silver: geo, gpe, per (with the
// title), org, tim, art, eve, nat. The file is in ISO 8859-1, packed by zip.
func ReadGMB(path string) (*BIO, error) {
	packed, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	for _, f := range packed.File {
		if f.Name != "ner_dataset.csv" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		defer r.Close()
		return parseGMB(r)
	}
	return nil, fmt.Errorf("%s: no ner_dataset.csv in it", path)
}

func parseGMB(r io.Reader) (*BIO, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = 4 // sentence, word, Penn tag, label
	rows.LazyQuotes = true
	d := &BIO{Name: "gmb"}
	if _, err := rows.Read(); err != nil {
		return nil, fmt.Errorf("gmb: %w", err)
	}
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("gmb: %w", err)
		}
		i := int32(len(d.Words))
		if row[0] != "" || len(d.Paragraphs) == 0 {
			d.Paragraphs = append(d.Paragraphs, token.Range{First: i})
		}
		d.Words = append(d.Words, latin1(row[1]))
		d.Labels = append(d.Labels, row[3])
		d.Paragraphs[len(d.Paragraphs)-1].Last = i + 1
	}
	return d, nil
}

func latin1(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
