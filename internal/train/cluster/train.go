// Package cluster trains the word classes.
package cluster

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
)

// The granularities: how many classes, and how often all words are gone through.
var granularities = [3]struct{ classes, passes int }{{64, 10}, {320, 9}, {1024, 7}}

// Train writes cluster.bin to outDir: the classes of the most frequent words in
// speeches, press releases and news. It takes no seed: words are gone through
// by frequency.
func Train(dataDir, outDir string, log *slog.Logger) error {
	t := &text{ids: map[string]int32{}}
	if err := eachSentence(dataDir, t.add); err != nil {
		return err
	}
	v := t.vocabulary()
	near, contexts := neighbours(t, v)
	log.Info("cluster: text read", "tokens", len(t.stream), "words", len(v.words), "rarest", v.count[len(v.count)-1])
	var classes [3][]uint16
	for i, g := range granularities {
		start := time.Now()
		x := newExchanger(g.classes, near, contexts, v.count)
		moved := 0
		for range g.passes {
			moved = x.pass()
		}
		classes[i] = x.byFrequency()
		log.Info("cluster: classes", "classes", g.classes, "moved in the last pass", moved, "took", time.Since(start).Round(time.Second).String())
	}
	f := &model.File{Header: model.Header{
		Component: "cluster",
		Made: fmt.Sprintf("two-sided predictive exchange, %d/%d/%d classes, %d words: UN debates, Senate releases, GMB, PolNeAR train, Worldwide",
			granularities[0].classes, granularities[1].classes, granularities[2].classes, len(v.words)),
	}}
	keys := make([]uint64, len(v.words))
	for i, w := range v.words {
		keys[i] = cluster.Key(w)
	}
	f.Put("words", model.BuildTable(4, keys, func(i int) []int8 {
		return cluster.Row(classes[0][i], classes[1][i], classes[2][i])
	}))
	b, err := f.Bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(outDir, "cluster.bin"), b, 0o644)
}
