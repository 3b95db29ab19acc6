package token

import (
	"testing"
	"unicode/utf8"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"kept", "Tab\t, “curly”\u00A0and\u202E bidi\u200B.\n", "Tab\t, “curly”\u00A0and\u202E bidi\u200B.\n"},
		{"not normalised", "e\u0301 ﬁ", "e\u0301 ﬁ"},
		{"line ends", "a\r\nb\rc\n\r\n", "a\nb\nc\n\n"},
		{"byte order mark", "\uFEFFa\uFEFFb", "a\uFEFFb"},
		{"NUL", "a\x00b", "a\uFFFDb"},
		{"controls", "a\x07b\x7Fc\u0085d\fe", "a b c d e"},
		{"invalid", "a\xFFb\xC3", "a\uFFFDb\uFFFD"},
		{"lone surrogate", "a\xED\xA0\x80b", "a\uFFFD\uFFFD\uFFFDb"},
		{"empty", "", ""},
	} {
		if got := Canonical(c.in); got != c.want {
			t.Errorf("%s: Canonical(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"", "a\r\nb", "\uFEFF\uFEFFx", "\x00\xFF", "\u0085\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Canonical(s)
		if !utf8.ValidString(c) {
			t.Errorf("Canonical(%q) is not valid UTF-8: %q", s, c)
		}
		if again := Canonical(c); again != c {
			t.Errorf("Canonical is not idempotent: %q, then %q", c, again)
		}
		for _, r := range c {
			if isControl(r) {
				t.Errorf("Canonical(%q) holds the control %U", s, r)
			}
		}
	})
}
