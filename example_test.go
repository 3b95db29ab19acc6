package rapporteur_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/rapporteur/rapporteur"
)

const talks = `"We have a text, and we have a date," Ioana Brandt told reporters in Varna Bay on Wednesday. ` +
	`The negotiator said that six ships would sail on Friday.`

// Open a reader once, and read as many reports as you like, from as many
// goroutines as you like.
func Example() {
	reader, err := rapporteur.Open()
	if err != nil {
		log.Fatal(err)
	}
	report, err := reader.Read(context.Background(), rapporteur.Document{Text: talks, Outlet: "Meridian"})
	if err != nil {
		log.Fatal(err)
	}
	text := report.Document.Text
	for _, s := range report.Statements {
		speaker := "somebody"
		if s.Source != nil && s.Source.Actor >= 0 {
			speaker = report.Actors[s.Source.Actor].Name
		}
		for _, part := range s.Content {
			fmt.Printf("%s (%s): %s\n", speaker, s.Type, text[part.Start:part.End])
		}
	}
	// Output:
	// Ioana Brandt (direct): "We have a text, and we have a date,"
	// Ioana Brandt (indirect): that six ships would sail on Friday
}

// The spans of a report are bytes of its text. Its JSON counts in Unicode code
// points, as most other tools do.
func ExampleReader_Read_json() {
	reader, err := rapporteur.Open()
	if err != nil {
		log.Fatal(err)
	}
	report, err := reader.Read(context.Background(), rapporteur.Document{
		Text:      "“Niemals 🙂”, the minister said.",
		Published: time.Date(2031, 6, 11, 0, 0, 0, 0, time.UTC),
		Language:  "en",
	})
	if err != nil {
		log.Fatal(err)
	}
	cue := report.Statements[0].Cue
	fmt.Println("bytes:", cue.Start, cue.End)
	data, err := report.AppendJSON(nil)
	if err != nil {
		log.Fatal(err)
	}
	var wire struct {
		Statements []struct {
			Cue struct {
				Start, End int
				Text       string
			}
		}
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		log.Fatal(err)
	}
	fmt.Println("code points:", wire.Statements[0].Cue)
	// Output:
	// bytes: 33 37
	// code points: {26 30 said}
}

// ReadSource reads files and addresses, in any charset, as text or HTML.
func ExampleReader_ReadSource() {
	reader, err := rapporteur.Open()
	if err != nil {
		log.Fatal(err)
	}
	report, err := reader.ReadSource(context.Background(), "examples/ferry-strike.html", rapporteur.Document{})
	if err != nil {
		log.Fatal(err)
	}
	d := report.Document
	fmt.Println(d.Outlet)
	fmt.Println(d.Title)
	fmt.Println(d.Published.Format(time.RFC3339))
	// Output:
	// The Sound Gazette
	// Ferry crews walk out on the eve of the holidays
	// 2027-06-30T18:20:00Z
}
