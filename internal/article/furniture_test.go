package article

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Marks stand for the furniture that is to be found: ‹kind:text›.
func marked(text string) string {
	found, _ := findFurniture(text)
	for _, f := range slices.Backward(found) {
		text = text[:f.Start] + "‹" + string(f.Kind) + ":" + text[f.Start:f.End] + "›" + text[f.End:]
	}
	return text
}

var unmark = strings.NewReplacer("‹title:", "", "‹byline:", "", "‹dateline:", "", "‹credit:", "", "‹timestamp:", "", "›", "")

const body = "The minister said on Friday that the talks would go on.\n\"We are ready,\" he said."

func TestFurniture(t *testing.T) {
	for _, want := range []string{
		// Date lines.
		"‹dateline:KYIV, May 16 (Reuters) -› " + body,
		"‹dateline:KYIV (Reuters) –› " + body,
		"‹dateline:KYIV, Ukraine (AP) —› " + body,
		"‹dateline:Kyiv, Ukraine (AP) —› " + body,
		"‹dateline:ISTANBUL —› " + body,
		"‹dateline:ISTANBUL --› " + body,
		"‹dateline:WASHINGTON, D.C. –› " + body,
		"‹dateline:NEW YORK/GENEVA, 3 March 2024 (Xinhua) --› " + body,
		"‹dateline:UNITED NATIONS (AFP) -› " + body,
		"‹dateline:Geneva, 5 March 2024 –› " + body,
		"‹dateline:MOSCOW, May 16. /TASS/.› " + body,
		"‹dateline:MOSCOW. May 16 (Interfax) -› " + body,
		"‹dateline:(Reuters) -› " + body,
		"‹dateline:Port Alder, Jan. 9 (Coast News) —› " + body,
		"‹dateline:SÃO PAULO, Wed, Sept 3 (Reuters) -› " + body,
		"‹dateline:TEL AVIV (dpa) -› " + body,
		"‹dateline:N'DJAMENA, Chad (AP) ―› " + body,
		// What only looks like one.
		"Meanwhile – and this was new – " + body,
		"The European Union (EU) leaders said no. " + body,
		"Hamas (the group) - " + body,
		"NATO (North Atlantic Treaty Organization) members said no. " + body,
		"President Ines Calder (Greens) said no. " + body,
		"The U.S. – " + body,
		"On March 3, the minister – " + body,
		// Titles.
		"‹title:Ministers fail to agree on winter clause›\n\n" + body,
		"‹title:Ministers fail to agree on winter clause›\n" + body,
		"‹title:‘We will not sign’: minister rejects clause›\n\n" + body,
		"‹title:Will they sign?›\n\n" + body,
		"‹title:Talks fail›\n‹title:Minister says nobody asked for a pause›\n\n‹byline:By Jane Doe›\n\n" + body,
		"‹title:Talks fail›\n\n‹dateline:KYIV (AP) —› " + body,
		"‹title:TALKS FAIL - FOREIGN MINISTER›\n\n" + body,
		"‹title:The woman who counted›\n‹byline:Interview by Tomas Ferreira›\n" + body,
		// What only looks like one.
		"The minister said on Friday that the talks would\ngo on, and that nobody had asked for a pause in\nthe work.",
		"The minister said on Friday that the talks with\nRussia would go on, and that nobody had asked for\na pause in the work.",
		"The statement reads:\n\nWe are ready.",
		"\"We are ready,\"\n\nhe said to the members.",
		"The minister said no.\n\n" + body,
		"Talks fail",
		"no capital here\n\n" + body,
		// Bylines.
		"‹byline:By Jane Doe›\n\n" + body,
		"‹byline:BY JANE DOE›\n\n" + body,
		"‹byline:By Jane Doe and John Roe›\n\n" + body,
		"‹byline:By Jane Doe, John Roe and María de la Cruz in Geneva›\n\n" + body,
		"‹byline:By Jane Doe, Reuters›\n\n" + body,
		"‹byline:By Jane Doe | The Lake Courier›\n\n" + body,
		"‹byline:From Jane Doe, Reuters›\n\n" + body,
		"‹byline:By Reuters›\n\n" + body,
		"‹title:Talks fail›\n‹byline:Jane Doe in Geneva›\n\n" + body,
		"‹title:Talks fail›\n‹byline:Jane Doe, Reuters›\n\n" + body,
		// What only looks like one.
		"By Friday, the minister said, the talks would go on.\n\n" + body,
		"From Moscow, the minister said no.\n\n" + body,
		// Times.
		"‹title:Talks fail›\n‹timestamp:Published 16 May 2025 14:02 GMT›\n\n" + body,
		"‹timestamp:Updated: May 16, 2025, 3:15 p.m. EDT›\n" + body,
		"‹timestamp:Friday, May 16, 2025›\n" + body,
		"‹timestamp:2025-05-16›\n" + body,
		"‹timestamp:16.05.2025›\n" + body,
		"‹timestamp:Published 2 hours ago›\n" + body,
		"‹timestamp:Published on Fri 16 May 2025 at 14.02 BST›\n" + strings.Replace(body, "BST", "", 1),
		// An agency's name alone.
		"‹title:Talks fail›\n‹credit:Reuters›\n" + body,
		// Credits.
		body + " ‹credit:(A2 Televizion)›",
		body + "\n‹credit:(A2 Televizion)›",
		body + "\n‹credit:(AP)›\n",
		body + "\n\n‹credit:— Reuters›",
		body + "\n\n‹credit:Source: Lake Courier›",
		body + "\n\n‹credit:(Reporting by Jane Doe in Kyiv; Editing by John Roe)›\n",
		body + "\n\n‹credit:Reporting by Jane Doe and John Roe; Editing by Max Moe›\n‹credit:Our Standards: The Principles.›\n",
		body + "\n\n‹credit:Additional reporting by John Roe in Geneva.›",
		body + "\n\n‹credit:© 2025 AFP›",
		// What only looks like one.
		body + " (He would not say when.)",
		body + " (see above)",
		"The minister met leaders of the Green Union (GU)\n" + "and the White Union (WU)",
		"He said no (A2 Televizion)",
		// One line, and none.
		"He said no.",
		"(A2 Televizion)",
		"",
		"\n\n",
	} {
		text := unmark.Replace(want)
		if diff := cmp.Diff(want, marked(text)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSaid(t *testing.T) {
	day := time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		text string
		want said
	}{
		{"Talks fail\n\nBy Jane Doe and John Roe, Reuters\nPublished 16 May 2025 14:02 GMT\n\n" + body,
			said{title: "Talks fail", byline: "Jane Doe and John Roe", outlet: "Reuters", published: day.Add(14*time.Hour + 2*time.Minute)}},
		{"Updated 17 May 2025\nFriday, 16 May 2025\n" + body, said{published: day}},
		{"Published May 16, 2025, 3:15 p.m. EDT\n" + body, said{published: day.Add(19*time.Hour + 15*time.Minute)}},
		{"05/06/2025\n" + body, said{}},
		{"31 February 2025\n" + body, said{}},
		{"KYIV, 16 May 2025 (AFP) – " + body, said{outlet: "AFP", published: day}},
		{"KYIV, May 16 (AFP) – " + body, said{outlet: "AFP", dateline: date{month: 5, day: 16}}},
		{body + " (A2 Televizion)", said{outlet: "A2 Televizion"}},
		{body + "\n\n(Reporting by Jane Doe; Editing by John Roe)", said{byline: "Jane Doe"}},
		{"By Jane Doe\n\nMOSCOW, May 16. /TASS/. " + body, said{byline: "Jane Doe", outlet: "TASS", dateline: date{month: 5, day: 16}}},
	} {
		_, got := findFurniture(tt.text)
		got.published = got.published.UTC()
		if tt.want.published.IsZero() {
			got.published = got.published.In(time.UTC)
		}
		if got != tt.want {
			t.Errorf("%.60q…: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"2025-05-16", "2025-05-16T00:00:00Z"},
		{"2025-05-16T14:02Z", "2025-05-16T14:02:00Z"},
		{"2025-05-16T14:02:03.123+02:00", "2025-05-16T14:02:03+02:00"},
		{"2025-05-16T14:02:03-0700", "2025-05-16T14:02:03-07:00"},
		{"2025-05-16 14:02", "2025-05-16T14:02:00Z"},
		{" 20250516 ", "2025-05-16T00:00:00Z"},
		{"Fri, 16 May 2025 14:02:00 GMT", "2025-05-16T14:02:00Z"},
		{"16 May 2025, 14:02 CET", "2025-05-16T14:02:00+01:00"},
		{"May 16th, 2025", "2025-05-16T00:00:00Z"},
		{"16/05/2025", "2025-05-16T00:00:00Z"},
		{"5/16/2025", "2025-05-16T00:00:00Z"},
		{"05/06/2025", ""},
		{"0001-01-01T00:00:00Z", ""},
		{"2025-02-30", ""},
		{"16 May", ""},
		{"yesterday", ""},
		{"", ""},
		{strings.Repeat("1", 1000), ""},
	} {
		got, err := ParseTime(tt.in)
		if s := got.Format(time.RFC3339); (err == nil) != (tt.want != "") || err == nil && s != tt.want {
			t.Errorf("ParseTime(%q) = %s, %v; want %q", tt.in, s, err, tt.want)
		}
	}
}

func TestAuthor(t *testing.T) {
	for in, want := range map[string]string{
		"By Jane Doe": "Jane Doe", "Jane Doe, John Roe": "Jane Doe, John Roe", "Lake Courier": "", "Posted on": "", "16 May 2025": "", "Admin": "",
		strings.Repeat("Jane Doe ", 100): "",
	} {
		if got := author(in, "Lake Courier"); got != want {
			t.Errorf("author(%q) = %q, want %q", in, got, want)
		}
	}
	for _, in := range [][3]string{{"Talks fail - Hill Post", "Hill Post", "Talks fail"}, {"Talks fail", "", "Talks fail"}, {"Hill Post", "Hill Post", "Hill Post"}, {"Talks at Hill Post", "Hill Post", "Talks at Hill Post"}} {
		if got := withoutOutlet(in[0], in[1]); got != in[2] {
			t.Errorf("withoutOutlet(%q) = %q", in[0], got)
		}
	}
}

// Patterns must not be slow where they fail.
func TestFurnitureIsLinear(t *testing.T) {
	for _, s := range []string{"By Jane ", "KYIV, ", "(", "(Reuters) ", "\n", "A\n", "Jan. 9, ", "14:02 ", "\"", " - ", "Source: "} {
		start := time.Now()
		findFurniture(strings.Repeat(s, 2_000_000/len(s)))
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q: %v", s, took)
		}
	}
}

func ExampleFurniture() {
	found, said := findFurniture("Talks fail\n\nBy Jane Doe\n\nKYIV (Reuters) - The talks failed, he said.\n")
	for _, f := range found {
		fmt.Println(f.Kind, f.Start, f.End)
	}
	fmt.Println(said.title, "|", said.byline, "|", said.outlet)
	// Output:
	// title 0 10
	// byline 12 23
	// dateline 25 41
	// Talks fail | Jane Doe | Reuters
}
