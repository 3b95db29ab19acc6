package event

import (
	"strings"
	"testing"
)

func BenchmarkLexicon(b *testing.B) {
	for b.Loop() {
		if _, err := openLexicon(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestBadLines feeds each kind of wrong line to the reader of its file: the
// error must say what is wrong with it.
func TestBadLines(t *testing.T) {
	l, err := openLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"type", l.frame(l.verbs, []string{"shout", "", "SHOUT", "", "subj", "obj", "-"}), "SHOUT"},
		{"mode", l.frame(l.verbs, []string{"shout", "", "AGREE", "violence", "subj", "obj", "-"}), "violence"},
		{"class", l.frame(l.verbs, []string{"shout", "obj=@nothing", "AGREE", "", "subj", "obj", "-"}), "@nothing"},
		{"kind", l.class([]string{"x", "%planet"}), "%planet"},
		{"part of speech", l.operator([]string{"shout", "z", "refuse", ""}), "z"},
		{"turn", l.turn([]string{"refuse", "WALK", "=", "", "="}), "WALK"},
		{"stance", l.stance([]string{"shouts", "SHOUT", ""}), "SHOUT"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that names %q", c.name, c.err, c.want)
		}
	}
}
