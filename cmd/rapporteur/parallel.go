package main

import (
	"context"
	"iter"

	"github.com/rapporteur/rapporteur"
)

// result is what became of one source.
type result struct {
	report *rapporteur.Report
	err    error
}

// inOrder reads the sources with so many workers and yields what became of
// each in the order in which they were given, so that the output does not
// depend on the workers. No more than twice as many reports as there are
// workers are held at a time. It ends early when ctx is done.
func inOrder(ctx context.Context, workers int, sources []string,
	read func(context.Context, string) (*rapporteur.Report, error),
) iter.Seq[result] {
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type job struct {
			name string
			done chan result
		}
		jobs := make(chan job)
		queue := make(chan job, workers) // the same jobs, in order, for the one who yields
		for range min(workers, len(sources)) {
			go func() {
				for j := range jobs {
					report, err := read(ctx, j.name)
					j.done <- result{report, err}
				}
			}()
		}
		go func() {
			defer close(jobs)
			defer close(queue)
			for _, name := range sources {
				j := job{name, make(chan result, 1)}
				select {
				case queue <- j:
				case <-ctx.Done():
					return
				}
				select {
				case jobs <- j:
				case <-ctx.Done():
					return
				}
			}
		}()
		for j := range queue {
			select {
			case r := <-j.done:
				if !yield(r) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
