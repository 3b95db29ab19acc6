package record

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// documented reads docs/json.md: the keys of each section's table, in order.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open("../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	keys, section := map[string][]string{}, ""
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "## "); ok {
			section = name
		}
		if cell, ok := strings.CutPrefix(line, "| `"); ok {
			key, _, _ := strings.Cut(cell, "`")
			keys[section] = append(keys[section], key)
		}
	}
	return keys
}

// typed reads the wire types: the keys of each object, in order.
func typed() map[string][]string {
	keys := map[string][]string{}
	var object func(t reflect.Type)
	object = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		name, ok := strings.CutPrefix(t.Name(), "wire")
		name = strings.ToLower(name)
		if !ok || keys[name] != nil {
			return
		}
		for _, f := range reflect.VisibleFields(t) {
			if !f.Anonymous {
				keys[name] = append(keys[name], f.Tag.Get("json"))
			}
			object(f.Type)
		}
	}
	object(reflect.TypeFor[wireReport]())
	return keys
}

func TestEveryKeyIsDocumented(t *testing.T) {
	if diff := cmp.Diff(typed(), documented(t)); diff != "" {
		t.Errorf("docs/json.md (+) differs from the types (-):\n%s", diff)
	}
}

// The encoder, written by hand, must write every key of the types and no other.
func TestEncoderWritesTheDocumentedKeys(t *testing.T) {
	data, err := full().AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	var report map[string]json.RawMessage
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	want := typed()
	compare := func(object string, raw json.RawMessage) map[string]json.RawMessage {
		var got map[string]json.RawMessage
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		keys := make([]string, 0, len(got))
		for k := range got {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if diff := cmp.Diff(slices.Sorted(slices.Values(want[object])), keys); diff != "" {
			t.Errorf("%s: the encoder (+) differs from the types (-):\n%s", object, diff)
		}
		return got
	}
	first := func(raw json.RawMessage) json.RawMessage {
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			t.Fatal(err)
		}
		return list[0]
	}
	compare("report", data)
	compare("document", report["document"])
	compare("mention", first(compare("actor", first(report["actors"]))["mentions"]))
	s := compare("statement", first(report["statements"]))
	compare("span", first(s["content"]))
	for key, object := range map[string]string{
		"source": "ref", "addressee": "ref", "cue": "cue", "medium": "span", "place": "place", "time": "time",
	} {
		compare(object, s[key])
	}
	e := compare("event", first(report["events"]))
	compare("magnitude", first(e["magnitudes"]))
	compare("span", compare("reason", first(e["why"]))["span"])
	for key, object := range map[string]string{"trigger": "span", "object": "span", "date": "time", "place": "place"} {
		compare(object, e[key])
	}
	compare("warning", first(report["warnings"]))
}
