package keep

import (
	"context"
	"iter"
)

// InOrder does work on each of in with so many workers, and yields what came of
// each in the order of in, so that nothing depends on the workers. No more than
// twice as many results as there are workers are held at a time. It ends early
// when ctx is done.
func InOrder[In, Out any](ctx context.Context, workers int, in iter.Seq[In], work func(context.Context, In) Out) iter.Seq[Out] {
	return inOrder(ctx, workers, workers, in, work)
}

// inOrder is InOrder with ahead more results than workers held at a time, for one
// who takes some time over them now and then.
func inOrder[In, Out any](ctx context.Context, workers, ahead int, in iter.Seq[In], work func(context.Context, In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type job struct {
			in   In
			done chan Out
		}
		jobs := make(chan job)
		queue := make(chan job, ahead) // the same jobs, in order, for the one who yields
		for range workers {
			go func() {
				for j := range jobs {
					j.done <- work(ctx, j.in)
				}
			}()
		}
		go func() {
			defer close(jobs)
			defer close(queue)
			for x := range in {
				j := job{x, make(chan Out, 1)}
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
		for {
			var j job
			var more bool
			select {
			case j, more = <-queue:
			case <-ctx.Done(): // though what is to come may wait for ever
			}
			if !more {
				return
			}
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
