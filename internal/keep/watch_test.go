package keep_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/internal/web"
)

// site is a newspaper with a feed.
type site struct {
	mu       sync.Mutex
	articles map[string]string // by path
	items    []string          // of the feed, as XML
	broken   bool
	hits     map[string]int
	tags     []string // If-None-Match of the requests for the feed
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[r.URL.Path]++
	switch {
	case s.broken:
		w.WriteHeader(http.StatusInternalServerError)
	case r.URL.Path == "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	case r.URL.Path == "/feed":
		tag := fmt.Sprintf(`"%d"`, len(s.items))
		s.tags = append(s.tags, r.Header.Get("If-None-Match"))
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>The Strait Observer</title><link>http://%s/</link>%s</channel></rss>`, r.Host, strings.Join(s.items, ""))
	case s.articles[r.URL.Path] == "down":
		w.WriteHeader(http.StatusBadGateway)
	case s.articles[r.URL.Path] != "":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><head><title>News</title></head><body><article><h1>News</h1>%s</article></body></html>", s.articles[r.URL.Path])
	default:
		http.NotFound(w, r)
	}
}

func (s *site) item(host, path, more string) {
	s.items = append(s.items, fmt.Sprintf(`<item><title>A title</title><link>%s%s</link><pubDate>Fri, 16 May 2025 10:00:00 GMT</pubDate>%s</item>`, host, path, more))
}

func paragraph(who, what string) string {
	return fmt.Sprintf("<p>%s said on Thursday that %s, and that the delegations would meet again in Muscat next week.</p><p>“We are not leaving without the list,” %s told reporters at the old customs house, where the talks have been held since Monday.</p><p>The ferry has not crossed the strait for nine days and shops on the island are short of flour, sugar and medicine.</p>", who, what, who)
}

func TestWatch(t *testing.T) {
	s := &site{articles: map[string]string{"/1": paragraph("Leila Haddad", "the list of prisoners was agreed"), "/2": paragraph("Tomas Brandt", "the offer of April still stood")}, hits: map[string]int{}}
	server := httptest.NewServer(s)
	defer server.Close()
	s.item(server.URL, "/1", "")
	s.item(server.URL, "/2", "")
	s.item(server.URL, "/gone", "")
	s.item(server.URL, "/private/3", `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<div>`+paragraph("Ana Petrosyan", "the frost took the apricots")+`</div>]]></content:encoded>`)

	st, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	reader, err := rapporteur.Open()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 5, 16, 12, 0, 0, 0, time.UTC)
	var log bytes.Buffer
	client := web.New(web.Options{AllowPrivate: true})
	w := keep.Watcher{
		Recorder: &keep.Recorder{Store: st, Reader: reader, Version: "test", Workers: 2, Now: func() time.Time { return now }},
		Feeds:    st, Client: web.NewPolite(client, time.Millisecond), Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	if _, err := st.AddFeed(t.Context(), store.Feed{URL: server.URL + "/feed", Added: now}); err != nil {
		t.Fatal(err)
	}
	watch := func() (*store.Stats, store.Feed) {
		t.Helper()
		if err := w.Watch(t.Context()); err != nil {
			t.Fatal(err)
		}
		stats, err := st.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		feeds, err := st.Feeds(t.Context())
		if err != nil || len(feeds) != 1 {
			t.Fatal(feeds, err)
		}
		return stats, feeds[0]
	}

	stats, f := watch()
	if stats.Documents != 3 || stats.Failures != 1 || f.Title != "The Strait Observer" || f.Failures != 0 || f.ETag != `"4"` {
		t.Fatalf("after the first poll: %+v, %+v\n%s", stats, f, log.String())
	}
	if s.hits["/private/3"] != 0 {
		t.Error("a page was fetched that robots.txt does not allow")
	}
	k, err := st.Get(t.Context(), 1)
	if err != nil || k.Report.Document.Outlet != "The Strait Observer" || k.Report.Document.Published.IsZero() || k.Origin != server.URL+"/1" || k.Extra["feed"] == "" {
		t.Errorf("the first document is %+v, %v", k, err)
	}

	watch() // nothing is due
	if s.hits["/feed"] != 1 {
		t.Errorf("the feed was asked for %d times before it was due", s.hits["/feed"])
	}
	now = now.Add(time.Hour)
	watch() // nothing is new
	if s.hits["/feed"] != 2 || s.hits["/1"] != 1 || s.tags[1] != `"4"` {
		t.Errorf("polled again: hits %v, tags %q", s.hits, s.tags)
	}

	s.mu.Lock()
	s.broken = true
	s.mu.Unlock()
	now = now.Add(time.Hour)
	if _, f := watch(); f.Failures != 1 || f.Reason == "" || f.Next.Sub(now) < 20*time.Minute || f.ETag != `"4"` {
		t.Errorf("after a failure: %+v", f)
	}
	s.mu.Lock()
	s.broken = false
	s.articles["/1"] = strings.Replace(s.articles["/1"], "nine days", "ten days", 1)
	s.items = s.items[1:]
	s.item(server.URL, "/4", "")
	s.item(server.URL, "/1", "")
	s.articles["/4"] = paragraph("Omar Said", "the ferry would run again")
	s.mu.Unlock()
	now = now.Add(2 * time.Hour)
	if stats, f := watch(); stats.Documents != 4 || f.Failures != 0 {
		t.Errorf("after it came back: %+v, %+v\n%s", stats, f, log.String())
	}
	// A page that was down is tried again, though the feed has not changed since.
	s.mu.Lock()
	s.item(server.URL, "/5", "")
	s.articles["/5"] = "down"
	s.mu.Unlock()
	now = now.Add(2 * time.Hour)
	watch()
	s.mu.Lock()
	s.articles["/5"] = paragraph("Omar Said", "the ferry was on time")
	s.mu.Unlock()
	now = now.Add(2 * time.Hour)
	if stats, _ := watch(); stats.Documents != 5 {
		t.Errorf("the page that was down is not kept: %+v\n%s", stats, log.String())
	}
	if _, err := st.Verify(t.Context(), func(p store.Problem) { t.Errorf("%s: %s", p.Row, p.Why) }); err != nil {
		t.Error(err)
	}
}
