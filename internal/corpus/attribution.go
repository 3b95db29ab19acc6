package corpus

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/ulikunitz/xz"

	"github.com/rapporteur/rapporteur/record"
)

// Attribution is a gold statement: each role a list of byte spans in the order of the text.
// Source and Cue may be empty.
type Attribution struct {
	Source, Cue, Content []record.Span
}

// Attributed is a text with its gold attributions.
type Attributed struct {
	Name         string
	Text         string
	Attributions []Attribution
}

// ReadPolNeAR reads one compartment ("train", "dev") of PolNeAR (Newell et al.
// 2018) from its .tar.xz, or from a folder that holds text/ and attributions/.
// Where an article has several annotators, the one with the smallest suffix counts.
func ReadPolNeAR(file, compartment string) ([]Attributed, error) {
	texts, anns := map[string]string{}, map[string]string{}
	keep := func(name string, b []byte) {
		dir, base := path.Base(path.Dir(name)), path.Base(name)
		switch {
		case dir == "text" && strings.HasSuffix(base, ".txt"):
			texts[strings.TrimSuffix(base, ".txt")] = string(b)
		case dir == "attributions" && strings.HasSuffix(base, ".ann"):
			key := strings.TrimSuffix(base, ".ann")
			anns[key] = string(b)
		}
	}
	var err error
	if st, e := os.Stat(file); e == nil && st.IsDir() {
		err = eachFile(file, keep)
	} else {
		err = eachTarred(file, compartment+"/", keep)
	}
	if err != nil {
		return nil, err
	}
	chosen := map[string]string{} // article → annotation key
	for key := range anns {
		i := strings.LastIndexByte(key, '_')
		if i < 0 {
			continue
		}
		if old, ok := chosen[key[:i]]; !ok || key < old {
			chosen[key[:i]] = key
		}
	}
	var out []Attributed
	for name, key := range chosen {
		text, ok := texts[name]
		if !ok {
			return nil, fmt.Errorf("%s: %s.ann has no text", file, key)
		}
		a, err := parseBrat(text, anns[key])
		if err != nil {
			return nil, fmt.Errorf("%s: %s.ann: %w", file, key, err)
		}
		out = append(out, Attributed{Name: name, Text: text, Attributions: a})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no annotated articles (text/*.txt with attributions/*_XXXX.ann)", file)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

func eachFile(dir string, keep func(string, []byte)) error {
	return filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		keep(filepath.ToSlash(p), b)
		return err
	})
}

func eachTarred(file, prefix string, keep func(string, []byte)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	x, err := xz.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for t := tar.NewReader(x); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		name := strings.TrimPrefix(h.Name, "./")
		if h.Typeflag != tar.TypeReg || !strings.HasPrefix(name, prefix) {
			continue
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", file, name, err)
		}
		keep(name, b)
	}
}

// parseBrat reads brat standoff whose T lines are "T1<TAB>Role 12 19;25 30<TAB>…"
// in code points and whose E lines join roles to an attribution.
func parseBrat(text, ann string) ([]Attribution, error) {
	offset := make([]int, 0, len(text)+1) // byte offset of each code point
	for i := range text {
		offset = append(offset, i)
	}
	offset = append(offset, len(text))
	spans := map[string][]record.Span{}
	var out []Attribution
	for n, line := range strings.Split(ann, "\n") {
		f := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(f) < 2 {
			continue
		}
		switch f[0][0] {
		case 'T':
			s, err := bratSpans(f[1], offset)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			spans[f[0]] = s
		case 'E':
			var a Attribution
			for _, arg := range strings.Fields(f[1]) {
				role, id, _ := strings.Cut(arg, ":")
				switch strings.TrimRight(role, "0123456789") {
				case "Source":
					a.Source = append(a.Source, spans[id]...)
				case "Cue":
					a.Cue = append(a.Cue, spans[id]...)
				case "Content":
					a.Content = append(a.Content, spans[id]...)
				}
			}
			for _, s := range [][]record.Span{a.Source, a.Cue, a.Content} {
				sort.Slice(s, func(i, j int) bool { return s[i].Start < s[j].Start })
			}
			out = append(out, a)
		}
	}
	return out, nil
}

func bratSpans(s string, offset []int) ([]record.Span, error) {
	_, s, _ = strings.Cut(s, " ")
	var out []record.Span
	for _, part := range strings.Split(s, ";") {
		from, to, _ := strings.Cut(part, " ")
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a < 0 || a > b || b >= len(offset) {
			return nil, fmt.Errorf("span %q is not in a text of %d code points", part, len(offset)-1)
		}
		out = append(out, record.Span{Start: offset[a], End: offset[b]})
	}
	return out, nil
}
