package keep

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/rapporteur/rapporteur/internal/feed"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/internal/web"
	"github.com/rapporteur/rapporteur/record"
)

// Feeds is what watching asks of a store.
type Feeds interface {
	Feeds(ctx context.Context) ([]store.Feed, error)
	SetFeed(ctx context.Context, f *store.Feed) error
	Taken(ctx context.Context, origin string) (last time.Time, again bool, err error)
}

// Watcher polls feeds and keeps what is new in them.
type Watcher struct {
	Recorder *Recorder
	Feeds    Feeds
	Client   *web.Polite
	Every    time.Duration // between two polls of a feed, unless it asks for longer; 0 is DefaultEvery
	Log      *slog.Logger
}

// The pace of watching.
const (
	DefaultEvery = 15 * time.Minute
	maxEvery     = 24 * time.Hour // between two polls of a feed, whatever it asks for or however often it failed
	atOnce       = 16             // feeds that are polled in one round
	fetchers     = 8              // hosts that are asked at a time
	maxFresh     = 200            // items of a feed that are fetched in one round; the next poll goes on
)

// acceptFeed is the media types that are asked of a feed.
const acceptFeed = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"

// watchedKey is the key under which it is told of what feed a document is.
const watchedKey = "feed"

// Watch polls the feeds that are due, once each, those that are due for longest
// first. What fails is logged, noted with the feed or as a failure, and tried
// again when the feed is polled next. A feed is noted as polled only when what
// was new in it is kept, so that nothing is lost whenever it is stopped.
func (w *Watcher) Watch(ctx context.Context) error {
	begin := w.Recorder.now()
	for {
		polled, err := w.round(ctx, begin)
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // told to stop
		case err != nil || polled == 0:
			return err
		}
	}
}

// poll is what polling a feed gave.
type poll struct {
	feed  store.Feed
	wait  time.Duration // that its server asks for
	items []feed.Item
	err   error

	pending atomic.Bool // some of its items must be tried again
}

// round polls feeds that were due at now, no more than atOnce, and keeps what is
// new in them. It tells how many it polled.
func (w *Watcher) round(ctx context.Context, now time.Time) (int, error) {
	feeds, err := w.Feeds.Feeds(ctx)
	if err != nil {
		return 0, err
	}
	feeds = slices.DeleteFunc(feeds, func(f store.Feed) bool { return f.Next.After(now) || f.Polled.After(now) })
	slices.SortStableFunc(feeds, func(a, b store.Feed) int { return a.Next.Compare(b.Next) })
	feeds = feeds[:min(len(feeds), atOnce)]
	var polls []*poll
	for p := range InOrder(ctx, fetchers, slices.Values(feeds), w.poll) {
		polls = append(polls, p)
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	var stop error
	sum, err := w.Recorder.Record(ctx, w.fresh(ctx, polls, &stop))
	if err = errors.Join(err, stop); err != nil {
		return 0, err
	}
	for _, p := range polls {
		if err := w.Feeds.SetFeed(ctx, w.noted(p)); err != nil {
			return 0, err
		}
	}
	if sum.Found > 0 {
		w.Log.Info("kept", "new", sum.Added, "versions", sum.Changed, "copies", sum.Copied, "had", sum.Again, "failed", sum.Failed)
	}
	return len(polls), nil
}

// poll asks for a feed, and reads it if it has changed.
func (w *Watcher) poll(ctx context.Context, f store.Feed) *poll {
	p := &poll{feed: f}
	a, err := w.Client.Get(ctx, web.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified, ValidFor: f.ValidFor, Accept: acceptFeed})
	if err != nil {
		p.err = err
		if e, ok := errors.AsType[*web.Error](err); ok {
			p.wait = e.RetryAfter
		}
		return p
	}
	if a.NotModified {
		return p
	}
	parsed, err := feed.Parse(a.Bytes, a.MediaType, a.Charset, a.URL)
	if err != nil {
		p.err = err
		return p
	}
	for _, warning := range parsed.Warnings {
		w.Log.Warn(warning.Message, "feed", f.URL)
	}
	if p.feed.Title == "" {
		p.feed.Title = parsed.Title
	}
	p.feed.Home, p.feed.Every = parsed.Home, parsed.Every
	p.feed.ETag, p.feed.LastModified, p.feed.ValidFor = a.ETag, a.LastModified, a.URL
	p.items = parsed.Items
	return p
}

// noted is the feed of p as it is kept after the poll.
func (w *Watcher) noted(p *poll) *store.Feed {
	f := p.feed
	now := w.Recorder.now()
	every := w.Every
	if every <= 0 {
		every = DefaultEvery
	}
	f.Polled = now
	if p.pending.Load() { // the whole feed is asked for again
		f.ETag, f.LastModified, f.ValidFor = "", "", ""
	}
	if p.err == nil {
		f.Failures, f.Reason = 0, ""
		f.Next = now.Add(min(max(every, f.Every), maxEvery))
		return &f
	}
	f.Failures++
	f.Reason = reasonOf(p.err)
	wait := every << min(f.Failures, 10)
	f.Next = now.Add(max(min(wait, maxEvery), p.wait))
	w.Log.Warn(f.Reason, "feed", f.URL, "failures", f.Failures, "next", f.Next.UTC().Format(time.RFC3339))
	return &f
}

// entry is an item of a feed.
type entry struct {
	poll *poll
	item *feed.Item
}

// fresh yields the documents of the items that were not taken in yet, or have
// changed since, or are worth another try: of each feed so many that the others
// have their turn. What goes wrong is left in stop.
func (w *Watcher) fresh(ctx context.Context, polls []*poll, stop *error) iter.Seq[intake.Found] {
	due := func(yield func(entry) bool) {
		seen := map[string]bool{}
		for _, p := range polls {
			n := 0
			for i := range p.items {
				it := &p.items[i]
				if seen[it.URL] {
					continue
				}
				seen[it.URL] = true
				last, again, err := w.Feeds.Taken(ctx, it.URL)
				if err != nil {
					*stop = err
					return
				}
				if !last.IsZero() && !again && !it.Updated.After(last) {
					continue
				}
				if n++; n > maxFresh {
					p.pending.Store(true)
					break
				}
				if !yield(entry{p, it}) {
					return
				}
			}
		}
	}
	return InOrder(ctx, fetchers, iter.Seq[entry](due), w.get)
}

// get fetches the page of an item. Where the page is not to be had but the feed
// carries the article, that is taken.
func (w *Watcher) get(ctx context.Context, e entry) intake.Found {
	f := intake.Found{
		Origin: e.item.URL,
		Given:  record.Document{Outlet: e.poll.feed.Title, Title: e.item.Title, Byline: e.item.Author, Published: e.item.Published},
		Extra:  map[string]string{watchedKey: e.poll.feed.URL},
	}
	a, err := w.Client.Get(ctx, web.Request{URL: e.item.URL})
	switch {
	case err == nil:
		f.Address, f.Bytes, f.Type = a.URL, a.Bytes, a.ContentType
	case e.item.Content != "" && !intake.Temporary(err):
		w.Log.Info("taken from the feed, since the page is not to be had: "+reasonOf(err), "item", e.item.URL)
		f.Address, f.Bytes, f.Type = e.item.URL, []byte(e.item.Content), e.item.ContentType
	default:
		f.Err = err
		if intake.Temporary(err) {
			e.poll.pending.Store(true)
		}
	}
	return f
}
