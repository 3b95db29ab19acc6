package article

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

func TestDocument(t *testing.T) {
	const text = "Talks fail\n\nBy Jane Doe\n16 May 2025\n\nKYIV (AP) — The talks failed, the minister said.\n"
	doc, furniture, warnings, err := Document(source.Raw{Name: "a.txt", Text: text}, Meta{})
	if err != nil || len(warnings) != 0 {
		t.Fatal(err, warnings)
	}
	sum := sha256.Sum256([]byte(text))
	want := record.Document{ID: "sha256:" + hex.EncodeToString(sum[:]), Outlet: "AP", Title: "Talks fail", Byline: "Jane Doe",
		Published: time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC), Language: "en", Text: text}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Error(diff)
	}
	if len(furniture) != 4 {
		t.Errorf("%d pieces of furniture", len(furniture))
	}
}

// What the user says wins over the page, and the page over the text.
func TestPrecedence(t *testing.T) {
	const page = `<html><head><meta property="og:site_name" content="Lake Courier"><meta name="author" content="Page Author">
<meta property="article:published_time" content="2025-05-16T10:00:00Z"><title>Page title</title></head><body><article>
<p>By Text Author</p><p>12 May 2025</p><p>KYIV (AP) — The talks failed on Friday, the minister said to the members of the committee.</p>
<p>"We are ready," he told the reporters, who had waited in the rain, "and we will be ready tomorrow, too, and the day after."</p></article></body></html>`
	raw := source.Raw{Kind: source.HTML, Text: page, URL: "https://lake.example/a"}
	doc, _, warnings, err := Document(raw, Meta{})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Outlet != "Lake Courier" || doc.Byline != "Page Author" || doc.Title != "Page title" || doc.URL != raw.URL || !doc.Published.Equal(time.Date(2025, 5, 16, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("page over text: %+v", doc)
	}
	if len(warnings) != 1 || warnings[0].Code != "dates-contradict" || !strings.Contains(warnings[0].Message, "the text says that the report was published on 2025-05-12; 2025-05-16 is used") {
		t.Errorf("warnings %v", warnings)
	}
	given := Meta{Outlet: "O", Title: "T", Byline: "B", URL: "https://u.example", Published: time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)}
	doc, _, warnings, err = Document(raw, given)
	if err != nil {
		t.Fatal(err)
	}
	got := Meta{doc.Outlet, doc.Title, doc.Byline, doc.URL, doc.Published, ""}
	if diff := cmp.Diff(given, got); diff != "" {
		t.Error(diff)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0].Message, "the page says that the report was published on 2025-05-16; 2025-05-01 is used") {
		t.Errorf("warnings %v", warnings)
	}
}

// A date line without a year contradicts, too, even across the end of one.
func TestDatelineContradicts(t *testing.T) {
	for _, test := range []struct{ dateline, published, want string }{
		{"KYIV, May 16 (Reuters) - ", "2025-05-16", ""},
		{"KYIV, May 16 (Reuters) - ", "2025-07-01", "the text says that the report was published on 2025-05-16; 2025-07-01 is used"},
		{"KYIV, Dec 31 (Reuters) - ", "2025-01-01", ""},
		{"KYIV, Dec 31 (Reuters) - ", "2025-01-05", "the text says that the report was published on 2024-12-31; 2025-01-05 is used"},
		{"KYIV (Reuters) - ", "2025-01-05", ""},
	} {
		published, err := time.Parse(time.DateOnly, test.published)
		if err != nil {
			t.Fatal(err)
		}
		_, _, warnings, err := Document(source.Raw{Text: test.dateline + body}, Meta{Published: published})
		got := ""
		for _, w := range warnings {
			got += w.Message
			if w.Code != "dates-contradict" {
				t.Errorf("%s: %s", test.dateline, w.Code)
			}
		}
		if err != nil || got != test.want {
			t.Errorf("%s on %s: %q, %v", test.dateline, test.published, got, err)
		}
	}
}

// Within a day and a half, zones may be all the difference.
func TestNoConflict(t *testing.T) {
	_, _, warnings, err := Document(source.Raw{Text: "16 May 2025\n\n" + body}, Meta{Published: time.Date(2025, 5, 17, 2, 0, 0, 0, time.UTC)})
	if err != nil || len(warnings) != 0 {
		t.Error(err, warnings)
	}
}

const russian = "Министр сказал в пятницу, что переговоры будут продолжены в понедельник."

// The table "Bad input" of the command's contract, from bytes on. Files and
// URLs that cannot be had are in package source.
func TestBadInput(t *testing.T) {
	long := strings.Repeat("The minister said that the talks would go on, and ", 10_000_000/50)
	for _, tt := range []struct {
		name, in string
		meta     Meta
		fails    string // what the refusal says; empty if a document is made
		warns    string // the code of the warning
	}{
		{"empty", "", Meta{}, "nothing to read", ""},
		{"white space", " \n\t\r\n ", Meta{}, "nothing to read", ""},
		{"PDF", "%PDF-1.4\n%âãÏÓ\n", Meta{}, "a PDF document", ""},
		{"image", "\x89PNG\r\n\x1a\n\x00", Meta{}, "a PNG image", ""},
		{"gzip", "\x1f\x8b\x08\x00abc", Meta{}, "a gzip archive", ""},
		{"windows-1252", "The caf\xE9 owner said that she would sign.", Meta{}, "", "charset-guessed"},
		{"latin-1, declared", `<meta charset="latin1"><p>The caf` + "\xE9" + ` owner said that she would sign, and that the others would sign it, too.</p>`, Meta{}, "", "charset-declared"},
		{"UTF-16", "\xFF\xFEH\x00e\x00 \x00s\x00a\x00i\x00d\x00 \x00n\x00o\x00.\x00", Meta{}, "", "charset-declared"},
		{"undecodable", "The café owner said \xFF no.", Meta{}, "byte 21 (0xFF)", ""},
		{"Russian", russian, Meta{}, "is in Russian, and only English is read; give --language en to insist", ""},
		{"Russian in KOI8-R", "\xED\xC9\xCE\xC9\xD3\xD4\xD2 \xD3\xCB\xC1\xDA\xC1\xCC, \xDE\xD4\xCF \xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9 \xC2\xD5\xC4\xD5\xD4 \xD0\xD2\xCF\xC4\xCF\xCC\xD6\xC5\xCE\xD9.", Meta{}, "is in Russian", ""},
		{"Russian, insisting", russian, Meta{Language: "en"}, "", ""},
		{"a language that is not read", body, Meta{Language: "fr"}, `the language "fr" is not read`, ""},
		{"one line of 10 MB", long, Meta{}, "", ""},
		{"a page of one line of 10 MB", "<p>" + long, Meta{}, "", ""},
		{"a million quotation marks", strings.Repeat(`"`, 1_000_000), Meta{}, "", ""},
		{"a million curly ones", strings.Repeat("“", 1_000_000), Meta{}, "", ""},
		{"nested brackets", strings.Repeat("(", 100_000) + "he said" + strings.Repeat(")", 100_000), Meta{}, "", ""},
		{"nested square brackets", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), Meta{}, "", ""},
		{"nested elements", strings.Repeat("<div>", 100_000), Meta{}, "deep", ""},
		{"control characters", "He said\x07 no.\x1b[2J It was\x08\x08 late, and the minister left.", Meta{}, "", "control-characters"},
		{"nothing but control characters", strings.Repeat("\x01\x02", 1000), Meta{}, "binary data", ""},
		{"bidi overrides", "He said \u202Eon\u202C.", Meta{}, "", "bidi-controls"},
		{"NULs", "He said\x00 no, and the minister left with the others.", Meta{}, "", "control-characters"},
		{"nothing but NULs", strings.Repeat("\x00", 1000), Meta{}, "binary data", ""},
		{"lone surrogate", "He said \xED\xA0\x80 no.", Meta{}, "half of a surrogate pair at byte 8", ""},
		{"lone surrogate in UTF-16", "\xFF\xFEH\x00\x00\xD8e\x00", Meta{}, "byte 4", ""},
		{"noncharacters", "He said \uFFFE\uFDD0 no.", Meta{}, "", ""},
		{"a million combining marks", "He said e" + strings.Repeat("\u0301", 1_000_000) + " no.", Meta{}, "", ""},
		{"a million newlines", strings.Repeat("\n", 1_000_000) + "He said no." + strings.Repeat("\r\n", 1_000_000), Meta{}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			raw, err := source.Read(source.Stdin, strings.NewReader(tt.in))
			var doc record.Document
			var warnings []record.Warning
			if err == nil {
				doc, _, warnings, err = Document(raw, tt.meta)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if tt.fails != "" {
				refusal, ok := err.(*source.Error)
				if !ok || refusal.ExitCode() != 2 || !strings.Contains(refusal.Error(), tt.fails) || strings.Contains(refusal.Error(), "\n") {
					t.Errorf("%.200q, %v; want a refusal with %q", doc.Text, err, tt.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			codes := ""
			for _, w := range warnings {
				codes += w.Code
			}
			if codes != tt.warns {
				t.Errorf("warned %v, want %q", warnings, tt.warns)
			}
			checkDocument(t, doc, warnings)
		})
	}
}

func checkDocument(t *testing.T, doc record.Document, warnings []record.Warning) {
	t.Helper()
	if !utf8.ValidString(doc.Text) || token.Canonical(doc.Text) != doc.Text || strings.TrimSpace(doc.Text) == "" || !strings.HasPrefix(doc.ID, "sha256:") {
		t.Errorf("not a canonical document: %q, %.200q", doc.ID, doc.Text)
	}
	for _, w := range warnings {
		if s := w.Span; s != nil && (s.Start < 0 || s.End > len(doc.Text) || !utf8.ValidString(doc.Text[s.Start:s.End]) || s.Len() == 0) {
			t.Errorf("%s points to %v", w.Code, *s)
		}
	}
}

func TestWarnings(t *testing.T) {
	doc, _, warnings, err := Document(source.Raw{Text: "\uFEFFHe said\r\n\u202Eno\u202C, and it was \uFFFD late.\x00"}, Meta{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "He said\n\u202Eno\u202C, and it was \uFFFD late.\uFFFD"; doc.Text != want {
		t.Errorf("%q, want %q", doc.Text, want)
	}
	var got []string
	for _, w := range warnings {
		place := ""
		if w.Span != nil {
			place = doc.Text[w.Span.Start:w.Span.End]
		}
		got = append(got, w.Code+" "+place)
	}
	if diff := cmp.Diff([]string{"control-characters ", "bidi-controls \u202E", "replacement-characters \uFFFD"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("Talks fail\n\nBy Jane Doe\nPublished 16 May 2025 14:02 GMT\n\nKYIV (AP) — He said no.\n(Reporting by Jane Doe)", false)
	f.Add("MOSCOW, May 16. /TASS/. He said no. (A2 Televizion)", false)
	f.Add("<title>x</title><p>He said no.", true)
	f.Add("\u202E\x00\r\r\n\u2028", false)
	f.Fuzz(func(t *testing.T, text string, html bool) {
		raw := source.Raw{Text: text}
		if html {
			raw.Kind = source.HTML
		}
		doc, furniture, warnings, err := Document(raw, Meta{})
		if err != nil {
			return
		}
		checkDocument(t, doc, warnings)
		last := 0
		for _, f := range furniture {
			if f.Start < last || f.End > len(doc.Text) || f.Len() <= 0 {
				t.Fatalf("%v is out of place in %q", f, doc.Text)
			}
			if s := doc.Text[f.Start:f.End]; !utf8.ValidString(s) || strings.TrimSpace(s) != s || strings.Contains(s, "\n") {
				t.Errorf("%s %q", f.Kind, s)
			}
			last = f.End
		}
		if again, _, _, err := Document(source.Raw{Text: doc.Text}, Meta{Language: Language}); err != nil || again.ID != doc.ID {
			t.Errorf("%q read again: %v, %v", doc.Text, again.ID, err)
		}
	})
}
