package near

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// series are reports that a machine or a hurried desk writes every day from
// the same form: the numbers are the news. No two are copies of each other.
var series = []struct {
	name, form string
}{
	{"quake", `A magnitude #.# earthquake struck ## kilometres @side of @town on @day, the seismological institute said. The tremor was felt at #:## a.m. local time at a depth of ## kilometres.
There were no immediate reports of damage or injuries. The institute put the epicentre at ##.## degrees north and ##.## degrees east and said that # aftershocks had been recorded within the first ## minutes, the strongest of them of magnitude #.#.
The region lies on a fault along which two plates meet, and tremors are frequent. An earthquake of magnitude 6.8 in 1974 killed 212 people in the province and left some 9,000 without a home.
Residents are advised to check gas lines and to stay clear of damaged walls. Reports of damage can be made to the civil protection office by telephone around the clock.`},
	{"market", `Shares in Norland closed @way on @day, with the Ellery ## index @way #.# percent to #,### points, its @rank close in ## sessions. Turnover was #.# billion crowns, against an average of #.# billion over the past ## days.
Banks led the market. Talbot Credit was @way #.# percent at ##.## crowns and Karsk Savings #.# percent at ##.##. Among miners, Odile Copper was @way #.# percent after the price of the metal moved to #,### dollars a tonne in London.
The crown stood at ##.## to the dollar in late trading, from ##.## on the day before. The yield of the ten-year government bond was at #.## percent, @way # basis points. A barrel of the northern crude cost ##.## dollars.
Of the shares in the index, ## rose and ## fell.`},
	{"weather", `@day will be @sky across the lowlands, with temperatures between ## and ## degrees, the weather service said in its morning bulletin. Winds will be @side at ## kilometres an hour, with gusts of up to ## on the coast.
In the mountains, snow is expected above #,#00 metres, with up to ## centimetres by the evening. The risk of avalanches stands at # on a scale of five.
On the next day it will be @sky, with a high of ## degrees in @town and a low of ## in the valleys. The sea is at ## degrees.
The service asks drivers to take care on bridges and to keep winter tyres on until the middle of April. The next bulletin will be issued at six in the evening.`},
	{"results", `@town beat @town #-# on @day in front of a crowd of ##,### and moved to place ## of the table with ## points from ## games.
The hosts took the lead in minute ## with a header after a corner and made it two in minute ##. The visitors had ## shots to ## of the hosts, and ## percent of the ball, but did not find a way past a goalkeeper who made # saves.
The referee showed # yellow cards. A penalty in minute ## was saved.
In the other games of the day it was #-#, #-# and #-#. The league goes on next weekend, when the leaders play at home.`},
	{"lottery", `The winning numbers in the national draw on @day were ##, ##, ##, ##, ## and ##, with the extra number ##. The jackpot of #.# million crowns was @won. ## players had five right and win ##,### crowns each; #,### had four and win ### each.
The next draw takes place at 7 p.m. in the studio in Port Ellery under the eyes of a notary. Entries close an hour before. Play is for adults only; the advice line for those who cannot stop is open day and night.`},
}

var blanks = []struct {
	mark  string
	words []string
}{

	{"@day", []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}},
	{"@way", []string{"up", "down", "higher", "lower"}},
	{"@side", []string{"north", "west", "south-east", "east"}},
	{"@town", []string{"Karsk", "Saint Odile", "Port Ellery", "New Talbot", "Brenning"}},
	{"@rank", []string{"highest", "lowest"}},
	{"@sky", []string{"cloudy with showers", "bright and dry", "foggy at first"}},
	{"@won", []string{"shared by two players", "not won", "won by a player from Karsk"}},
}

// fill is one day's report of a form.
func fill(r *rand.Rand, form string) string {
	for _, b := range blanks {
		for strings.Contains(form, b.mark) {
			form = strings.Replace(form, b.mark, b.words[r.IntN(len(b.words))], 1)
		}
	}
	for strings.Contains(form, "#") {
		form = strings.Replace(form, "#", strconv.Itoa(1+r.IntN(9)), 1)
	}
	return form
}

func TestReportsOfASeriesAreNoCopies(t *testing.T) {
	for _, s := range series {
		r := rand.New(rand.NewPCG(7, 7))
		for range 200 {
			a, b := fill(r, s.form), fill(r, s.form)
			if l := Compare(a, b); l.Copy {
				t.Errorf("%s: copies of each other: %+v\n%s\n---\n%s", s.name, l, a, b)
			}
			if l := Compare(a, "From our correspondent. "+a+"\n(Reporting by the Karsk desk)"); !l.Copy {
				t.Errorf("%s: with a credit no copy: %+v", s.name, l)
			}
		}
	}
}
