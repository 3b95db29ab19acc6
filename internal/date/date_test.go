package date_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/internal/date"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

func model(t testing.TB) *syntax.Model {
	t.Helper()
	m, err := syntax.Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// published is the day of publication of the tables, a Friday.
var published = time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC)

// line is what was found in text: "today=2025-05-16, three days~P3D"; "=" alone
// stands where there is no value.
func line(m *syntax.Model, text string, published time.Time) string {
	d := token.Segment(text)
	found, _ := date.Find(d, m.Parse(d), published)
	var out []string
	for _, x := range found {
		sign := "="
		if x.Duration {
			sign = "~"
		}
		out = append(out, d.Surface(x.Range)+sign+x.Value)
	}
	return strings.Join(out, "; ")
}

func check(t *testing.T, published time.Time, table [][2]string) {
	t.Helper()
	m := model(t)
	for _, row := range table {
		if got := line(m, row[0], published); got != row[1] {
			t.Errorf("%s\n\tgot  %s\n\twant %s", row[0], got, row[1])
		}
	}
}

func TestDays(t *testing.T) {
	check(t, published, [][2]string{
		{"The talks failed today.", "today=2025-05-16"},
		{"The minister arrived yesterday evening.", "yesterday evening=2025-05-15"},
		{"Voters go to the polls tomorrow.", "tomorrow=2025-05-17"},
		{"The bridge was hit the day before yesterday.", "the day before yesterday=2025-05-14"},
		{"The two sides signed the deal on March 5, 2024.", "March 5, 2024=2024-03-05"},
		{"The two sides signed the deal on 5 March 2024.", "5 March 2024=2024-03-05"},
		{"The deal was signed on the 5th of March, officials said.", "the 5th of March=2025-03-05"},
		{"Protests broke out on Jan. 17 and spread.", "Jan. 17=2025-01-17"},
		{"The court ruled on December 3.", "December 3=2024-12-03"},
		{"The court will rule on December 3.", "December 3=2025-12-03"},
		{"The court will rule on Tuesday, 20 May.", "Tuesday, 20 May=2025-05-20"},
		{"The court ruled on Tuesday, 20 May.", "Tuesday, 20 May="},
		{"A copy of the draft dated April 11 runs to four pages.", "April 11=2025-04-11"},
		{"The file is stamped 2024-03-05.", "2024-03-05=2024-03-05"},
		{"The file is stamped 05/16/2025 and 16/05/2025.", "05/16/2025=2025-05-16; 16/05/2025=2025-05-16"},
		{"The file is stamped 05/06/2025.", "05/06/2025="},
		{"He was told only in January this year.", "January this year=2025-01"},
		{"They are poorer than four years ago.", "four years ago=2021"},
		{"The September 11 attacks changed the law.", "September 11="},
		{"On September 11, 2001, the law changed.", "September 11, 2001=2001-09-11"},
		{"The army withdrew on 31 June.", "31 June="},
		{"The army retreated on the 12th.", "the 12th=2025-05-12"},
		{"The army will withdraw on the 12th.", "the 12th=2025-06-12"},
		{"The envoy left three days ago.", "three days ago=2025-05-13"},
		{"Two men were arrested last night.", "last night=2025-05-15"},
		{"The governor spoke this morning.", "this morning=2025-05-16"},
		{"The port was shelled overnight.", "overnight=2025-05-15/2025-05-16"},
	})
}

func TestWeekdays(t *testing.T) {
	check(t, published, [][2]string{
		{"The president said on Thursday that the talks had failed.", "Thursday=2025-05-15"},
		{"The president said Thursday he would resign.", "Thursday=2025-05-15"},
		{"Rebels attacked the town on Friday.", "Friday=2025-05-16"},
		{"The ministers will meet on Monday.", "Monday=2025-05-19"},
		{"The results are due Tuesday.", "Tuesday=2025-05-20"},
		{"The ministers are to meet on Monday.", "Monday=2025-05-19"},
		{"The ministers agreed to meet on Monday.", "Monday=2025-05-19"},
		{"The ministers failed to meet on Monday.", "Monday=2025-05-12"},
		{"Tuesday's session is to begin at ten.", "Tuesday=2025-05-20"},
		{"They prepared for Monday's talks and praised Tuesday's.", "Monday=; Tuesday=2025-05-13"},
		{"Ahead of Monday's talks, France and Germany met.", "Monday="},
		{"He spoke at a news conference in Kyiv, the capital, on Monday.", "Monday=2025-05-12"},
		{"Following Monday's talks, France and Germany met.", "Monday=2025-05-12"},
		{"Sunday's session ended without a deal.", "Sunday=2025-05-11"},
		{"He told both sides to keep the guns silent until Tuesday.", "Tuesday=2025-05-20"},
		{"The shelling began on Tuesday night.", "Tuesday night=2025-05-13"},
		{"The council met early on Monday.", "early on Monday=2025-05-12"},
		{"Three shells landed at 2 a.m. on Sunday.", "2 a.m. on Sunday=2025-05-11"},
		{"The council meets on Sunday at 10 a.m.", "Sunday at 10 a.m.=2025-05-18"},
		{"The council met last Monday.", "last Monday="}, // the 12th or the 5th
		{"The council met last Saturday.", "last Saturday=2025-05-10"},
		{"The council will meet next Friday.", "next Friday=2025-05-23"},
		{"The council will meet next Saturday.", "next Saturday="},
		{"The strike lasted from Monday to Wednesday.", "from Monday to Wednesday=2025-05-12/2025-05-14"},
		{"The vote was postponed from Monday to Wednesday.", "Monday=2025-05-12; Wednesday=2025-05-14"},
		{"Nobody has crossed since Tuesday.", "since Tuesday=2025-05-13/"},
		{"A rally by the water, Tuesday.", "Tuesday="},
		{"The families met at the weekend.", "the weekend=2025-05-10/2025-05-11"},
	})
}

func TestWeeksAndLonger(t *testing.T) {
	check(t, published, [][2]string{
		{"The army took the town last week.", "last week=2025-05-05/2025-05-11"},
		{"A second round is planned for next week.", "next week=2025-05-19/2025-05-25"},
		{"The vote was held earlier this month.", "earlier this month=2025-05"},
		{"The plant was closed late last month.", "late last month=2025-04"},
		{"The tariff was raised last year.", "last year=2024"},
		{"The law was passed in November.", "November=2024-11"},
		{"The law will come into force in November.", "November=2025-11"},
		{"The rebels have held the town since April.", "since April=2025-04/"},
		{"The province was annexed in 2014 and has been ruled from afar since 2014.", "2014=2014; since 2014=2014/"},
		{"The war began four years ago.", "four years ago=2021"},
		{"He resigned in mid-December.", "mid-December=2024-12"},
		{"The court opened in early 2023.", "early 2023=2023"},
		{"The treaty was signed in the 1990s.", "the 1990s=1990/1999"},
		{"The treaty was signed in the early '90s.", "early '90s=1990/1999"},
		{"Fighting raged between March and May 2023.", "between March and May 2023=2023-03/2023-05"},
		{"Fighting raged between November and February.", "between November and February=2024-11/2025-02"},
		{"The summit was held from 3 to 5 June 2024.", "from 3 to 5 June 2024=2024-06-03/2024-06-05"},
		{"The summit will be held June 3-5.", "June 3-5=2025-06-03/2025-06-05"},
		{"He served as minister from 2014 to 2016.", "from 2014 to 2016=2014/2016"},
		{"The war of 2014-16 killed thousands.", "2014-16=2014/2016"},
		{"The bank failed in the third quarter of 2024.", "the third quarter of 2024=2024-07/2024-09"},
		{"Prices fell in Q1 2025.", "Q1 2025=2025-01/2025-03"},
		{"The bridge will reopen in spring 2026.", "spring 2026=2026-21"},
		{"Work begins next spring.", "next spring=2026-21"},
		{"The rains failed last summer.", "last summer=2024-22"},
		{"She left office in March of last year.", "March of last year=2024-03"},
		{"Twelve people have died in the past three weeks.", "the past three weeks=2025-04-25/2025-05-16"},
		{"Hundreds have fled over the past year.", "the past year=2024/2025"},
		{"The rains are due in five weeks.", "five weeks=2025-06-16/2025-06-22"},
		{"She left office last March.", "last March="}, // of this year or the last?
		{"She left office last November.", "last November=2024-11"},
		{"The talks should begin by the end of August.", "August=2025-08"},
		{"The talks should begin by the end of March.", "March=2026-03"},
		{"If his party were to win in July, he would resign.", "July=2025-07"},
		{"They would sign if the rules were eased by autumn.", "autumn="},
		{"The files cover the years 2019 to 2021.", "2019 to 2021=2019/2021"},
		{"The school opens in September and closes in March.", "September=2025-09; March="},
		{"It was a house of the 19th century.", "the 19th century=1801/1900"},
		{"The 2016 elections were free.", "2016=2016"},
		{"Years ago, he was a baker.", "Years ago="},
		{"The harbour closed about 20 years ago.", "20 years ago="},
	})
}

func TestDurations(t *testing.T) {
	check(t, published, [][2]string{
		{"Three days of clashes left ten dead.", "Three days~P3D"},
		{"They have been on strike for eleven weeks.", "eleven weeks~P11W"},
		{"The minister began a two-day visit.", "two-day~P2D"},
		{"The detour takes forty minutes.", "forty minutes~PT40M"},
		{"They waited for a year and a half.", "a year and a half~P18M"},
		{"He was sentenced to twenty-five years in prison.", "twenty-five years~P25Y"},
		{"The hospital has had no electricity for a week.", "a week~P1W"},
		{"The bridge carried four thousand cars a day.", ""},
		{"The 58-year-old driver is three years older.", ""},
		{"The baker, 20 years old, fled.", ""},
	})
}

// What refers to a time told before has a value only where that is near and as fine.
func TestAnaphors(t *testing.T) {
	check(t, published, [][2]string{
		{"On March 5, 2024 the town fell. The next day the army withdrew.", "March 5, 2024=2024-03-05; The next day=2024-03-06"},
		{"On March 5, 2024 the town fell.\n\nThe next day the army withdrew.", "March 5, 2024=2024-03-05; The next day="},
		{"The talks failed on May 5. Two weeks earlier, both sides had been hopeful.", "May 5=2025-05-05; Two weeks earlier=2025-04-21/2025-04-27"},
		{"The talks failed in May. Three days later he resigned.", "May=2025-05; Three days later="},
		{"He resigned that night.", "that night="},
		{"The vote came two weeks before the war.", "two weeks before="},
		{"Three shells landed at 2 a.m. near the bridge.", "2 a.m.=2025-05-16"},
		{"The doors closed at 11 p.m., the guards said.", "11 p.m.="}, // of the day before?
		{"The doors will close at 11 p.m.", "11 p.m.=2025-05-16"},
		{"They met on Sunday. The doors closed at 11 p.m.", "Sunday=2025-05-11; 11 p.m.=2025-05-11"},
		{"In 2014 he was arrested. On March 18 he was freed.", "2014=2014; March 18="},
	})
}

func TestNoDates(t *testing.T) {
	check(t, published, [][2]string{
		{"Some 2,021 people fled.", ""},
		{"The pass lies at 1945 metres.", ""},
		{"About 2000 troops crossed, and 1950 soldiers stayed.", ""},
		{"The police may march on.", ""},
		{"Prime Minister May met April Ryan and August Wilson.", ""},
		{"He told Russia Today that he hoped for a brighter tomorrow.", ""},
		{"A veteran is hurt every 72 minutes, and a quarter of them die in two to three weeks.", ""},
		{"The Sun rose for a second.", ""},
		{"The team won 2-1 in the second half, 10:30 on the clock.", ""},
		{"He lives on the 16th floor, at 1600 Main Street.", ""},
		{"It cost $2016 and rose 2010 percent.", ""},
		{"On the last day of school the fall was long.", ""},
		{"The 9/11 attacks shook the city 24/7.", ""},
	})
}

// Without a day of publication nothing relative has a value, and it is counted.
func TestUnknownPublication(t *testing.T) {
	const text = "The talks failed on Monday. They will resume next week, on March 5, as they did on 5 March 2024 and years ago."
	d := token.Segment(text)
	tree := model(t).Parse(d)
	found, unresolved := date.Find(d, tree, time.Time{})
	if unresolved != 3 {
		t.Errorf("%d unresolved", unresolved)
	}
	for _, x := range found {
		if want := map[string]string{"5 March 2024": "2024-03-05"}[d.Surface(x.Range)]; x.Value != want {
			t.Errorf("%q = %q", d.Surface(x.Range), x.Value)
		}
	}
	if len(found) != 5 {
		t.Errorf("%d found", len(found))
	}
	if _, unresolved = date.Find(d, tree, published); unresolved != 0 {
		t.Errorf("%d unresolved with a date", unresolved)
	}
}

// Today is that of the report's zone.
func TestZone(t *testing.T) {
	late := time.Date(2025, 5, 16, 1, 0, 0, 0, time.FixedZone("", 9*3600)) // still the 15th in UTC
	if got := line(model(t), "The talks failed today, three hours ago.", late); got != "today=2025-05-16; three hours ago=2025-05-15" {
		t.Error(got)
	}
}

func TestWords(t *testing.T) {
	for word, want := range map[string]int{"March": 3, "Sept.": 9, "may": 5, "Monday": 0, "": 0} {
		if got := date.Month(word); got != want {
			t.Errorf("month %q = %d", word, got)
		}
	}
	for word, want := range map[string]int{"Monday": 1, "sun": 7, "Thurs.": 4, "March": 0} {
		if got := date.Weekday(word); got != want {
			t.Errorf("weekday %q = %d", word, got)
		}
	}
}

// On any chain of words of time the expressions are in order, do not overlap and
// are not empty, whatever the tree.
func TestAnyWords(t *testing.T) {
	words := strings.Fields("the of and to from between since in on at by until last next this past that same three two a an few " +
		"day days week weeks year years month night weekend quarter spring Monday Sunday March May Jan. 5 16th 31 1990s '90s 2014 2016 0 0000 " +
		"05/16/2025 2024-02-30 10:30 a.m. GMT ago earlier later before after early mid-May mid- - – , . Q3 first half today overnight said will 's")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 40).Draw(t, "words"), " ")
		d := token.Segment(text)
		tree := syntax.NewTree(len(d.Tokens))
		for i := range tree.Tag {
			tree.Tag[i] = syntax.Tag(rapid.IntRange(0, 40).Draw(t, "tag"))
			tree.UPOS[i] = syntax.UPOS(rapid.IntRange(0, 16).Draw(t, "upos"))
			tree.Head[i] = int32(rapid.IntRange(-1, i-1).Draw(t, "head"))
		}
		tree.Index()
		at := int32(0)
		for _, when := range []time.Time{{}, published} {
			found, unresolved := date.Find(d, tree, when)
			if unresolved > len(found) {
				t.Fatalf("%d of %d unresolved", unresolved, len(found))
			}
			for _, x := range found {
				if x.First < at || x.Last <= x.First || int(x.Last) > len(d.Tokens) || x.Granularity == "" {
					t.Fatalf("%+v after %d", x, at)
				}
				at = x.Last
			}
			at = 0
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("The president said on Thursday that the talks, which began three days ago in the capital, would resume on Monday. "+
		"Fighting has raged between the two armies since April 2014, and more than 12,000 people have been killed in the war, according to a report.\n\n", 50)
	d := token.Segment(text)
	tree := model(b).Parse(d)
	b.ReportAllocs()
	for b.Loop() {
		date.Find(d, tree, published)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.Tokens)), "ns/token")
}
