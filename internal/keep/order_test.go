package keep

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"
)

// numbers yields 0 to n-1.
func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Results come in the order of what is given and few are held at a time, however
// the workers race each other.
func TestInOrder(t *testing.T) {
	const n, workers = 200, 4
	var begun, yielded, most atomic.Int64
	work := func(_ context.Context, i int) int {
		held := begun.Add(1) - yielded.Load()
		for m := most.Load(); held > m && !most.CompareAndSwap(m, held); m = most.Load() {
		}
		time.Sleep(time.Duration(i%7) * 100 * time.Microsecond)
		return -i
	}
	i := 0
	for got := range InOrder(t.Context(), workers, numbers(n), work) {
		if got != -i {
			t.Fatalf("the result of %d is %d", i, got)
		}
		i++
		yielded.Add(1)
	}
	if i != n {
		t.Errorf("%d results of %d", i, n)
	}
	if got := most.Load(); got > 2*workers+2 {
		t.Errorf("%d results were held at a time by %d workers", got, workers)
	}
}

func TestInOrderEndsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan struct{})
	defer close(block)
	work := func(_ context.Context, i int) int {
		if i == 1 {
			cancel()
			<-block // work that does not look at its context
		}
		return i
	}
	done := make(chan int)
	go func() {
		n := 0
		for range InOrder(ctx, 2, numbers(4), work) {
			n++
		}
		done <- n
	}()
	select {
	case n := <-done:
		if n == 4 {
			t.Error("all work was done")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for what does not come")
	}
}

// It ends, too, while it waits for something to work on.
func TestInOrderEndsWhileItWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan struct{})
	defer close(block)
	waits := func(yield func(int) bool) {
		if yield(0) {
			<-block
		}
	}
	done := make(chan int)
	go func() {
		n := 0
		for range InOrder(ctx, 2, waits, func(_ context.Context, i int) int { return i }) {
			n++
			cancel()
		}
		done <- n
	}()
	select {
	case n := <-done:
		if n != 1 {
			t.Errorf("%d results", n)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for what does not come")
	}
}
