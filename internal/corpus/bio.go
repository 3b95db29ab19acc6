package corpus

import (
	"archive/tar"
	"bufio"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/ulikunitz/xz"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/token"
)

// BIO is one document whose tokens carry labels "O", "B-Class" and "I-Class".
type BIO struct {
	Name       string // of the file, without folder
	Words      []string
	Labels     []string
	Paragraphs []token.Range // runs between blank lines
}

// ReadBIO reads the documents of a BIO file: one token and its label a line,
// separated by a tab (further columns, which some files use for nested names,
// are left out), a blank line after each paragraph; or of every file in an
// archive packed by tar and xz. Universal NER files (.iob2) hold the token in
// the second column and the label in the third.
func ReadBIO(file string) ([]BIO, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(file, ".tar.xz") {
		d, err := parseBIO(path.Base(file), f)
		return []BIO{d}, err
	}
	unpacked, err := xz.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var all []BIO
	for archive := tar.NewReader(unpacked); ; {
		h, err := archive.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		switch base := path.Base(h.Name); {
		case strings.HasPrefix(base, "LICENSE"):
		case strings.HasSuffix(base, ".tsv"), strings.HasSuffix(base, ".iob2"), strings.HasSuffix(base, ".txt"):
			d, err := parseBIO(base, archive)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			all = append(all, d)
		}
	}
}

func parseBIO(name string, r io.Reader) (BIO, error) {
	d := BIO{Name: name}
	at := 0 // column of the token
	if strings.HasSuffix(name, ".iob2") {
		at = 1
	}
	first := 0
	end := func() {
		if n := len(d.Words); n > first {
			d.Paragraphs = append(d.Paragraphs, token.Range{First: int32(first), Last: int32(n)})
			first = n
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			end()
			continue
		}
		if line[0] == '#' && at == 1 {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < at+2 {
			if cols = strings.Fields(line); len(cols) < at+2 {
				return d, fmt.Errorf("%s: line %q has no label", name, line)
			}
		}
		d.Words = append(d.Words, cols[at])
		d.Labels = append(d.Labels, cols[at+1])
	}
	end()
	return d, lines.Err()
}

// Worldwide reports whether d is of the Worldwide set.
func (d *BIO) Worldwide() bool { return strings.HasSuffix(d.Name, ".txt.tsv") }

// Newspaper is the newspaper that a document of the Worldwide set comes from:
// the last word of the file name before the number ("af_ips_15.txt.tsv": ips),
// so that one newspaper filed under two countries is one.
func (d *BIO) Newspaper() string {
	name, _, _ := strings.Cut(d.Name, ".")
	if i := strings.LastIndexByte(name, '_'); i >= 0 {
		name = name[:i]
	}
	return name[strings.LastIndexByte(name, '_')+1:]
}

// Fold is the part of six in which a newspaper of the Worldwide set stands.
// Fold HeldOut is the sixth of the newspapers that no training and no tuning
// sees; fold Tuning is the one to tune on.
func (d *BIO) Fold() int { return int(model.HashString("worldwide "+d.Newspaper()) % 6) }

// The folds that have a role.
const (
	HeldOut = 0
	Tuning  = 3
)

// Doc lays the words out as text with the usual spacing, and finds the
// sentences in it as they are found in any report. The tokens are the words.
func (d *BIO) Doc() *token.Doc {
	var text strings.Builder
	doc := &token.Doc{Paragraphs: d.Paragraphs}
	for _, p := range d.Paragraphs {
		glue := true
		for i := p.First; i < p.Last; i++ {
			w := d.Words[i]
			if !glue && !closes(w) {
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(w)
			doc.Tokens = append(doc.Tokens, token.Token{Start: int32(start), End: int32(text.Len())})
			glue = opens(w)
		}
		text.WriteString("\n\n")
	}
	doc.Text = text.String()
	doc.Sentences = sentences(doc)
	return doc
}

func closes(w string) bool {
	switch w {
	case ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "-", "/", "”", "’", "'", "n't", "n’t", "…":
		return true
	}
	return len(w) > 1 && (w[0] == '\'' || strings.HasPrefix(w, "’")) && len(w) <= 5
}

func opens(w string) bool {
	switch w {
	case "(", "[", "{", "-", "/", "“", "‘", "$", "£", "€", "#":
		return true
	}
	return false
}

// sentences maps the sentences that token.Segment finds in the text to the
// tokens of doc; a sentence never crosses a paragraph.
func sentences(doc *token.Doc) []token.Range {
	found := token.Segment(doc.Text)
	var out []token.Range
	p, next := 0, 0
	var cur token.Range
	for i, t := range doc.Tokens {
		starts := int(doc.Paragraphs[p].Last) == i
		if starts {
			p++
		}
		for next < len(found.Sentences) && found.Tokens[found.Sentences[next].First].Start <= t.Start {
			next++
			starts = true
		}
		if starts && i > int(cur.First) {
			cur.Last = int32(i)
			out = append(out, cur)
			cur = token.Range{First: int32(i)}
		}
	}
	if cur.Last = int32(len(doc.Tokens)); cur.Last > cur.First {
		out = append(out, cur)
	}
	return out
}
