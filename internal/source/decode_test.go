package source

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Sentences of our own whose letters tell charsets apart.
const (
	western = "“We will not sign,” said André Lefèvre – the café owner’s brother – in Zürich."
	central = "Minister Łukasz Wąsik said in Gdańsk that Čeněk Dvořák “is ready”."
	turkish = "Mayor Oğuz Şahin of Eskişehir said that İlker Yıldız “is ready”."
	russian = "Министр сказал, что переговоры будут продолжены в понедельник, сообщает агентство."
	greek   = "Ο υπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν τη Δευτέρα στην Αθήνα."
	tokyo   = "大臣は、交渉は月曜日に再開されると述べた。"
)

func encoded(t *testing.T, enc encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func page(label, body string) string {
	return `<html><head><meta charset="` + label + `"></head><body><p>` + body + `</p></body></html>`
}

func TestDecode(t *testing.T) {
	utf16LEwith := append([]byte("\xFF\xFE"), encoded(t, utf16LE, western)...)
	for _, tt := range []struct {
		name    string
		content content
		want    string
		warning string // its code and what it must say
	}{
		{"utf-8", content{bytes: []byte(western)}, western, ""},
		{"byte order mark", content{bytes: []byte("\uFEFF" + western)}, western, ""},
		{"utf-16le mark", content{bytes: utf16LEwith}, western, "charset-declared UTF-16LE"},
		{"utf-16be mark", content{bytes: append([]byte("\xFE\xFF"), encoded(t, utf16BE, western)...)}, western, "charset-declared UTF-16BE"},
		{"utf-16le", content{bytes: encoded(t, utf16LE, russian+" OK")}, russian + " OK", "charset-guessed UTF-16LE"},
		{"utf-16be", content{bytes: encoded(t, utf16BE, western)}, western, "charset-guessed UTF-16BE"},
		{"windows-1252", content{bytes: encoded(t, charmap.Windows1252, western)}, western, "charset-guessed Windows 1252"},
		{"windows-1250", content{bytes: encoded(t, charmap.Windows1250, central)}, central, "charset-guessed Windows 1250"},
		{"windows-1254", content{bytes: encoded(t, charmap.Windows1254, turkish)}, turkish, "charset-guessed Windows 1254"},
		{"mac roman", content{bytes: encoded(t, charmap.Macintosh, western)}, western, "charset-guessed Macintosh"},
		{"windows-1251", content{bytes: encoded(t, charmap.Windows1251, russian)}, russian, "charset-guessed Windows 1251"},
		{"koi8-r", content{bytes: encoded(t, charmap.KOI8R, russian)}, russian, "charset-guessed KOI8"},
		{"iso-8859-5", content{bytes: encoded(t, charmap.ISO8859_5, russian)}, russian, "charset-guessed ISO 8859-5"},
		{"ibm866", content{bytes: encoded(t, charmap.CodePage866, russian)}, russian, "charset-guessed"},
		{"windows-1253", content{bytes: encoded(t, charmap.Windows1253, greek)}, greek, "charset-guessed"},
		{"header", content{bytes: encoded(t, charmap.Windows1251, russian), charset: "windows-1251"}, russian, "charset-declared windows-1251"},
		{"header before meta", content{bytes: []byte(page("koi8-r", string(encoded(t, charmap.Windows1251, russian)))), charset: "windows-1251"}, page("koi8-r", russian), "charset-declared windows-1251"},
		{"meta latin-1", content{bytes: []byte(page("iso-8859-1", "caf\xE9"))}, page("iso-8859-1", "café"), "charset-declared windows-1252"},
		{"meta windows-1251", content{bytes: []byte(page("windows-1251", string(encoded(t, charmap.Windows1251, russian))))}, page("windows-1251", russian), "charset-declared windows-1251"},
		{"meta http-equiv", content{bytes: []byte(`<html><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>` + string(encoded(t, charmap.KOI8R, russian)))},
			`<html><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>` + russian, "charset-declared koi8-r"},
		{"xml declaration", content{bytes: []byte("<?xml version=\"1.0\" encoding='iso-8859-1'?><html><p>caf\xE9.")}, "<?xml version=\"1.0\" encoding='iso-8859-1'?><html><p>café.", "charset-declared"},
		{"meta shift_jis", content{bytes: []byte(page("shift_jis", string(encoded(t, japanese.ShiftJIS, tokyo))))}, page("shift_jis", tokyo), "charset-declared shift_jis"},
		{"header gb18030", content{bytes: encoded(t, simplifiedchinese.GB18030, "部长说。"), charset: "GB2312"}, "部长说。", "charset-declared gbk"},
		{"iso-2022-jp is ASCII", content{bytes: encoded(t, japanese.ISO2022JP, tokyo), charset: "iso-2022-jp"}, tokyo, "charset-declared iso-2022-jp"},
		{"declares latin-1, is utf-8", content{bytes: []byte(page("iso-8859-1", "café"))}, page("iso-8859-1", "café"), "charset-conflict iso-8859-1"},
		{"declares latin-1, is ASCII", content{bytes: []byte(page("iso-8859-1", "cafe"))}, page("iso-8859-1", "cafe"), ""},
		{"declares utf-8, is windows-1252", content{bytes: []byte(page("utf-8", "\x93caf\xE9\x94"))}, page("utf-8", "“café”"), "charset-guessed Windows 1252"},
		{"declares what nobody knows", content{bytes: []byte(page("x-klingon", "caf\xE9"))}, page("x-klingon", "café"), "charset-guessed"},
		{"declares utf-16 in ASCII", content{bytes: []byte(page("utf-16", "café"))}, page("utf-16", "café"), ""},
		{"cesu-8", content{bytes: []byte("He said \xED\xA0\xBD\xED\xB8\x80 to all.")}, "He said 😀 to all.", "charset-guessed CESU-8"},
		{"last character cut", content{bytes: []byte("café, she said in the caf\xC3")}, "café, she said in the caf", "text-cut 1 bytes"},
		{"page with a stray byte", content{bytes: []byte(page("utf-8", strings.Repeat("café ", 400)+"\xE9 end"))}, page("utf-8", strings.Repeat("café ", 400)+"\uFFFD end"), "charset-damaged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw, err := decode(tt.content, Raw{})
			if err != nil {
				t.Fatal(err)
			}
			if raw.Text != tt.want {
				t.Errorf("%.200q, want %.200q", raw.Text, tt.want)
			}
			got := ""
			for _, w := range raw.Warnings {
				got += w.Code + " " + w.Message
			}
			code, says, _ := strings.Cut(tt.warning, " ")
			if (got == "") != (tt.warning == "") || !strings.HasPrefix(got, code) || !strings.Contains(got, says) {
				t.Errorf("warned %q, want %q", got, tt.warning)
			}
		})
	}
}

func TestUndecodable(t *testing.T) {
	for _, tt := range []struct {
		name, in, charset string
		offset            int
	}{
		{"damage amid UTF-8", "café é ü\xFF he said.", "", 11},
		{"after a byte order mark", "\uFEFFcafé \xFF he said.", "", 9},
		{"lone surrogate", "He said \xED\xA0\x80 to all.", "", 8},
		{"lone low surrogate", "He said \xED\xB0\x80\xED\xA0\x80.", "", 8},
		{"lone surrogate after a pair", "\xED\xA0\xBD\xED\xB8\x80 and \xED\xA0\xBD end", "", 11},
		{"overlong NUL", "He said \xC0\x80 to all.", "", 8},
		{"overlong slash", "He said \xE0\x80\xAF to all.", "", 8},
		{"lone surrogate in UTF-16", "\xFF\xFEa\x00\x00\xD8b\x00", "", 4},
		{"odd UTF-16", "\xFF\xFEa\x00b", "", 4},
		{"declared", "He said \x81\x20\x81 yes.", "shift_jis", 8},
		{"undefined byte", "Да \x98", "windows-1253", -1},
		{"no charset fits", "a\x81b\x8Dc \x8Fd\x90e\x9D", "", 1},
		{"undeclared GBK", string([]byte{0xB2, 0xBF, 0xB3, 0xA4, 0xCB, 0xB5, 0xCC, 0xB8, 0xC5, 0xD0, 0xBD, 0xAB, 0xD4, 0xDA, 0xD6, 0xDC, 0xD2, 0xBB, 0xBC, 0xCC, 0xD0, 0xF8}), "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.offset < 0 {
				tt.in, tt.offset = "abc \xD2\xFF", 4 // both undefined in windows-1253
			}
			raw, err := decode(content{name: "x", bytes: []byte(tt.in), charset: tt.charset}, Raw{})
			if err == nil {
				t.Fatalf("decoded to %q, %v", raw.Text, raw.Warnings)
			}
			if want := fmt.Sprintf("byte %d (0x%02X)", tt.offset, tt.in[tt.offset]); !strings.Contains(err.Error(), want) || err.(*Error).ExitCode() != 2 {
				t.Errorf("%q, want %q", err, want)
			}
		})
	}
}

// U+FFFD that the text itself holds is no error.
func TestReplacementInSource(t *testing.T) {
	const text = "lost: \uFFFD, he said"
	for _, b := range [][]byte{[]byte(text), append([]byte("\xFF\xFE"), encoded(t, utf16LE, text)...), append([]byte("\xFE\xFF"), encoded(t, utf16BE, text)...)} {
		if raw, err := decode(content{bytes: b}, Raw{}); err != nil || raw.Text != text {
			t.Errorf("%q: %q, %v", b, raw.Text, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{western, russian, "\xFF\xFEa\x00", "\xED\xA0\xBD\xED\xB8\x80", page("shift_jis", "\x82\xA0"), page("gb18030", "\x84\x31\xA4\x37"), "%PDF-", "{\\rtf", "\x1f\x8b", "caf\xE9"} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "big5")
	}
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		in := bytes.Clone(b)
		raw, err := decode(content{name: "fuzz", bytes: b, charset: label}, Raw{})
		if !bytes.Equal(in, b) {
			t.Error("the input was changed")
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b\x00") {
				t.Errorf("%q is not one line", err)
			}
			return
		}
		if !utf8.ValidString(raw.Text) || strings.HasPrefix(raw.Text, "\uFEFF") && len(raw.Warnings) > 0 || strings.TrimSpace(raw.Text) == "" {
			t.Errorf("%q decoded to %q", b, raw.Text)
		}
	})
}
