// Command people writes data/people.tsv, given and family names of persons from
// all over the world, from the Python package Faker 40.54.0 (MIT):
//
//	pip download --no-deps faker==40.54.0
//	go run ./internal/train/name/people faker-40.54.0-py3-none-any.whl > internal/train/name/data/people.tsv
package main

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	provider  = regexp.MustCompile(`^faker/providers/person/[a-z]+_[A-Z]+/__init__\.py$`)
	attribute = regexp.MustCompile(`^    (\w+)(:.*)? = `)
	literal   = regexp.MustCompile(`"([^"]+)"|'([^']+)'`)
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: people faker-40.54.0-py3-none-any.whl")
	}
	wheel, err := zip.OpenReader(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer wheel.Close()
	found := map[string]string{} // name → "g", "f" or "gf"
	for _, f := range wheel.File {
		if provider.MatchString(f.Name) {
			r, err := f.Open()
			if err != nil {
				log.Fatal(err)
			}
			gather(r, found)
		}
	}
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprint(w, "# Names of persons from seventy countries: the name, g if it is a given name, f if a family name, gf if both.\n"+
		"# From Faker (MIT) by ../people, Cyrillic written in Latin letters; do not edit.\n# name\tuse\n")
	for _, name := range slices.Sorted(maps.Keys(found)) {
		fmt.Fprintf(w, "%s\t%s\n", name, found[name])
	}
}

// gather reads the lists of names in the source of one provider.
func gather(r io.Reader, found map[string]string) {
	use := ""
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		line := lines.Text()
		if m := attribute.FindStringSubmatch(line); m != nil {
			use = ""
			switch {
			case strings.Contains(m[1], "format"), strings.Contains(m[1], "kana"), strings.Contains(m[1], "fix"):
			case strings.HasPrefix(m[1], "first"):
				use = "g"
			case strings.HasPrefix(m[1], "last"):
				use = "f"
			}
		}
		if use == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, m := range literal.FindAllStringSubmatch(line, -1) {
			for word := range strings.FieldsSeq(m[1] + m[2]) {
				add(found, word, use)
			}
		}
	}
}

func add(found map[string]string, word, use string) {
	word = latin(word)
	first, _ := utf8.DecodeRuneInString(word)
	if utf8.RuneCountInString(word) < 2 || !unicode.IsUpper(first) {
		return
	}
	for _, r := range word {
		if !unicode.Is(unicode.Latin, r) && r != '-' && r != '\'' {
			return
		}
	}
	if old := found[word]; old != "" && old != use {
		use = "gf"
	}
	found[word] = use
}

// latin writes Russian, Ukrainian, Bulgarian and Macedonian letters as news in English does.
func latin(word string) string {
	var b strings.Builder
	for i, r := range word {
		s, ok := cyrillic[unicode.ToLower(r)]
		switch {
		case !ok:
			b.WriteRune(r)
		case i == 0 && s != "":
			b.WriteString(strings.ToUpper(s[:1]) + s[1:])
		default:
			b.WriteString(s)
		}
	}
	return b.String()
}

var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'ё': "yo", 'є': "ye", 'ж': "zh", 'з': "z",
	'и': "i", 'і': "i", 'ї': "yi", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r",
	'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y",
	'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
}
