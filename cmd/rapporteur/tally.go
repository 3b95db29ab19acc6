package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/store"
)

// tally shows how far recording is: a bar on a terminal, a line a minute
// elsewhere. What fails is told at once, up to maxTold of them.
type tally struct {
	mu      sync.Mutex
	std     streams
	bar     *progressbar.ProgressBar
	in      *intake.Intake
	total   int64 // bytes of the files
	begin   time.Time
	logged  time.Time
	quiet   bool
	done    int
	failed  int
	stopped bool
}

// The pace of telling.
const (
	maxTold  = 20 // failures that are told one by one
	logEvery = time.Minute
)

func newTally(std streams, quiet bool, sources []string, in *intake.Intake) *tally {
	now := time.Now()
	t := &tally{std: std, in: in, total: sizeOf(sources), begin: now, logged: now, quiet: quiet}
	if !quiet && term.IsTerminal(int(std.err.Fd())) {
		total := t.total
		if total == 0 {
			total = -1 // nobody knows
		}
		t.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(std.err), progressbar.OptionSetDescription("recording"),
			progressbar.OptionShowBytes(false), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(time.Second/10))
	}
	return t
}

// sizeOf is how many bytes the files and folders among sources hold.
func sizeOf(sources []string) int64 {
	var n int64
	for _, s := range sources {
		_ = filepath.WalkDir(s, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				if info, err := d.Info(); err == nil {
					n += info.Size()
				}
			}
			return nil
		})
	}
	return n
}

// told is told of each document.
func (t *tally) told(f *intake.Found, o store.Outcome, reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done++
	if o.Fate == store.Failed {
		if t.failed++; t.failed <= maxTold {
			t.clear()
			complain(t.std.err, fmt.Errorf("%s: %s", f.Origin, reason))
		} else if t.failed == maxTold+1 {
			t.clear()
			fmt.Fprintln(t.std.err, "rapporteur: more failed; rapporteur search --failed tells of all")
		}
	}
	at, rate := t.in.Read(), float64(t.done)/time.Since(t.begin).Seconds()
	if t.bar != nil && !t.stopped {
		t.bar.Describe(fmt.Sprintf("recording: %d documents, %.0f a second, %d failed", t.done, rate, t.failed))
		if t.total > 0 {
			_ = t.bar.Set64(min(at, t.total))
		} else {
			_ = t.bar.Add(1)
		}
	}
	if t.bar == nil && !t.quiet && time.Since(t.logged) >= logEvery {
		t.logged = time.Now()
		left := "unknown"
		if share := float64(at) / float64(max(1, t.total)); share > 0 && share <= 1 {
			left = time.Duration(float64(time.Since(t.begin)) * (1 - share) / share).Round(time.Second).String()
		}
		slog.New(slog.NewTextHandler(t.std.err, nil)).Info("recording", "documents", t.done, "failed", t.failed, "a_second", fmt.Sprintf("%.1f", rate), "left", left)
	}
}

func (t *tally) clear() {
	if t.bar != nil {
		_ = t.bar.Clear()
	}
}

func (t *tally) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.stopped {
		t.stopped = true
		t.clear()
	}
}

// tellTo logs what becomes of each document.
func tellTo(log *slog.Logger) func(*intake.Found, store.Outcome, string) {
	return func(f *intake.Found, o store.Outcome, reason string) {
		id := store.ID{Number: o.Number}.String()
		switch o.Fate {
		case store.Added:
			log.Info("new", "document", id, "from", f.Origin)
		case store.Changed:
			log.Info("new version", "document", id, "from", f.Origin)
		case store.Copied:
			log.Info("new copy", "document", id, "from", f.Origin)
		case store.Failed:
			log.Warn(reason, "from", f.Origin)
		case store.Again:
		}
	}
}
