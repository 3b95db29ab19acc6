// Package store keeps the record: documents, their versions and copies, all
// that was read from them, the bytes that they were made from, and what could
// not be read, in one SQLite file.
package store

import (
	"strconv"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// Kept is a document of the record, with all that was read from it.
type Kept struct {
	Number   int64 // from 1, in the order of recording; "D12" outside
	Report   *record.Report
	Origin   string            // where it was found first: a path, an address, "crawl.warc.gz@1024", "posts.jsonl:17"
	Found    time.Time         // when that was
	Version  int               // from 1, of what stood at the address
	Previous int64             // the document of the version before, 0 for none
	CopyOf   int64             // the document whose article this one repeats, 0 for none
	Reader   string            // the version of the reader that read it
	Extra    map[string]string // what the source told beside, by its own keys

	Decisions []Decision // what people have decided of its rows
}

// Decided is what people have decided of a row, nil for nothing.
func (k *Kept) Decided(part byte, n int) *Decision {
	for i := range k.Decisions {
		if d := &k.Decisions[i]; d.ID.Part == part && d.ID.N == n {
			return d
		}
	}
	return nil
}

// ID is the name of the document in the record: "D12".
func (k *Kept) ID() string { return "D" + strconv.FormatInt(k.Number, 10) }
