package statement

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/eval"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// scoreDev measures m on PolNeAR dev and writes the table to w.
func scoreDev(w io.Writer, dataDir string, m *statement.Model, parser *syntax.Model, workers int) (*eval.AttributionScore, error) {
	set, err := corpus.ReadPolNeAR(filepath.Join(dataDir, "research", "polnear.tar.xz"), "dev")
	if err != nil {
		return nil, err
	}
	docs, found := make([]*token.Doc, len(set)), make([][]corpus.Attribution, len(set))
	parallel(workers, len(set), func(i int) {
		d := token.Segment(set[i].Text)
		for _, s := range m.Find(d, parser.Parse(d), nil) {
			if s.Within < 0 {
				found[i] = append(found[i], corpus.Attribution{Source: spans(d, s.Source), Cue: spans(d, s.Cue), Content: spans(d, s.Content)})
			}
		}
		docs[i] = d
	})
	var score eval.AttributionScore
	for i, a := range set {
		score.Add(docs[i], a.Attributions, found[i])
	}
	score.Print(w)
	return &score, nil
}

func spans(d *token.Doc, rs []token.Range) []record.Span {
	var out []record.Span
	for _, r := range rs {
		out = append(out, record.Span{Start: int(d.Tokens[r.First].Start), End: int(d.Tokens[r.Last-1].End)})
	}
	return out
}

func summary(s *eval.AttributionScore) map[string]string {
	out := map[string]string{}
	for i, k := range []string{"all", "core", "quoted"} {
		out["linked "+k] = fmt.Sprintf("%.1f", s.Linked[i].F1())
	}
	for i, k := range strings.Fields("source cue content") {
		out["exact "+k] = fmt.Sprintf("%.1f", s.Exact[i].F1())
	}
	return out
}
