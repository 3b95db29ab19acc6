package actor

import "testing"

func TestSpelling(t *testing.T) {
	same := [][]string{
		{"Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskij", "ZELENSKY"},
		{"Erdoğan", "Erdogan"},
		{"al-Sisi", "Sisi", "El-Sisi"},
		{"Babiš", "Babis"},
		{"Müller", "Muller"},
		{"Łukasz", "Lukasz"},
		{"Đukanović", "Dukanovic"},
		{"Žižek", "Zizek"},
		{"Ørsted", "Orsted"},
	}
	seen := map[word]string{}
	for _, list := range same {
		for _, w := range list {
			if spelling(w) != spelling(list[0]) {
				t.Errorf("%s and %s differ", w, list[0])
			}
		}
		if other, ok := seen[spelling(list[0])]; ok {
			t.Errorf("%s and %s are the same", list[0], other)
		}
		seen[spelling(list[0])] = list[0]
	}
	for _, pair := range [][2]string{{"Li", "Le"}, {"Wen", "Wei"}, {"Иванов", "Петров"}, {"Kim", "Ki"}} {
		if spelling(pair[0]) == spelling(pair[1]) {
			t.Errorf("%s and %s are the same", pair[0], pair[1])
		}
	}
}
