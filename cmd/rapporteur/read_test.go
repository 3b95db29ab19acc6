package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur"
)

func TestDefaultFormat(t *testing.T) {
	for _, c := range []struct {
		terminal bool
		output   string
		sources  int
		want     string
	}{
		{true, "", 1, "text"},
		{true, "", 3, "text"},
		{false, "", 1, "json"},
		{false, "", 3, "jsonl"},
		{false, "a.txt", 1, "text"},
		{false, "a.CSV", 3, "csv"},
		{false, "a.html", 1, "html"},
		{false, "a.jsonld", 1, "annotations"},
		{false, "a.jsonl", 1, "jsonl"},
		{false, "a.json", 1, "json"},
		{false, "a", 2, "jsonl"},
	} {
		got := (&readCommand{Output: c.output, Sources: make([]string, c.sources)}).defaultFormat(c.terminal)
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestPublished(t *testing.T) {
	for in, want := range map[string]string{
		"2025-05-16":                "2025-05-16T00:00:00Z",
		"2025-05-16T14:30":          "2025-05-16T14:30:00Z",
		"2025-05-16 14:30":          "2025-05-16T14:30:00Z",
		"2025-05-16T14:30:05+02:00": "2025-05-16T12:30:05Z",
	} {
		var p published
		if err := p.UnmarshalText([]byte(in)); err != nil || p.Format(time.RFC3339) != want {
			t.Errorf("%s is read as %s: %v", in, p.Format(time.RFC3339), err)
		}
	}
	for _, in := range []string{"", "today", "16.5.2025", "2025-13-01", "2025-05-16T25:00"} {
		if err := new(published).UnmarshalText([]byte(in)); err == nil {
			t.Errorf("%q was read as a date", in)
		}
	}
}

// Reports come in the order of the sources and few are held at a time, however
// the workers race each other.
func TestInOrder(t *testing.T) {
	const n, workers = 200, 4
	names := make([]string, n)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	var begun, yielded, most atomic.Int64
	read := func(_ context.Context, name string) (*rapporteur.Report, error) {
		held := begun.Add(1) - yielded.Load()
		for m := most.Load(); held > m && !most.CompareAndSwap(m, held); m = most.Load() {
		}
		i, err := strconv.Atoi(name)
		time.Sleep(time.Duration(i%7) * 100 * time.Microsecond)
		return &rapporteur.Report{Document: rapporteur.Document{ID: name}}, err
	}
	i := 0
	for r := range inOrder(t.Context(), workers, names, read) {
		if r.err != nil || r.report.Document.ID != names[i] {
			t.Fatalf("the report of source %d is %+v", i, r)
		}
		i++
		yielded.Add(1)
	}
	if i != n {
		t.Errorf("%d reports of %d", i, n)
	}
	if got := most.Load(); got > 2*workers+2 {
		t.Errorf("%d reports were held at a time by %d workers", got, workers)
	}
}

func TestInOrderEndsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan struct{})
	defer close(block)
	read := func(_ context.Context, name string) (*rapporteur.Report, error) {
		if name == "1" {
			cancel()
			<-block // a source that does not look at its context
		}
		return &rapporteur.Report{}, nil
	}
	done := make(chan int)
	go func() {
		n := 0
		for range inOrder(ctx, 2, []string{"0", "1", "2", "3"}, read) {
			n++
		}
		done <- n
	}()
	select {
	case n := <-done:
		if n == 4 {
			t.Error("all sources were read")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for a source that does not come")
	}
}

type exits int

func (e exits) Error() string { return fmt.Sprint("exits with ", int(e)) }
func (e exits) ExitCode() int { return int(e) }

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("disk full"), 1},
		{usage("no such flag"), 2},
		{context.Canceled, 130},
		{fmt.Errorf("read: %w", exits(2)), 2},
		{failures{exits(2)}, 2},
		{failures{exits(2), exits(1), exits(2)}, 1},
	} {
		if got := codeOf(c.err); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}
