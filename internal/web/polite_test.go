package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// town is hosts that answer without a network, so that a test's clock, which
// stands while anybody waits for a network, goes as fast as it can.
type town struct {
	answer func(w http.ResponseWriter, r *http.Request)
	mu     sync.Mutex
	start  time.Time
	seen   []string       // "1m30s host/path", in order
	now    map[string]int // requests a host has at this moment
	most   int            // that one host had at one moment
}

func newTown(answer func(w http.ResponseWriter, r *http.Request)) *town {
	return &town{answer: answer, start: time.Now(), now: map[string]int{}}
}

func (o *town) RoundTrip(r *http.Request) (*http.Response, error) {
	o.mu.Lock()
	o.seen = append(o.seen, fmt.Sprint(time.Since(o.start), " ", r.URL.Host, r.URL.RequestURI()))
	o.now[r.URL.Hostname()]++
	o.most = max(o.most, o.now[r.URL.Hostname()])
	o.mu.Unlock()
	defer func() {
		o.mu.Lock()
		o.now[r.URL.Hostname()]--
		o.mu.Unlock()
	}()
	w := httptest.NewRecorder()
	o.answer(w, r)
	if w.Code == 599 { // the network's trouble
		return nil, errors.New("the cable is cut")
	}
	resp := w.Result()
	resp.Request = r
	return resp, r.Context().Err()
}

func (o *town) client() *Client { return New(Options{Transport: o}) }

// saw fails unless the requests so far are these.
func (o *town) saw(t *testing.T, want ...string) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if got := strings.Join(o.seen, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("requests:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	o.seen = nil
}

// plainTown answers 404 for robots.txt, and the report for all else.
func plainTown(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write([]byte(report))
}

func get(t *testing.T, p *Polite, url string) *Answer {
	t.Helper()
	a, err := p.Get(t.Context(), Request{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPoliteTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(100 * time.Millisecond)
			plainTown(w, r)
		})
		p := NewPolite(o.client(), 0)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				a, err := p.Get(t.Context(), Request{URL: fmt.Sprintf("http://host%d.test/%d", i%2, i)})
				if err != nil || string(a.Bytes) != report {
					t.Error(a, err)
				}
			})
		}
		all.Wait()
		if len(o.seen) != 22 || o.most != 1 {
			t.Errorf("%d requests, %d of one host at one time", len(o.seen), o.most)
		}
		// Each host was asked eleven times, of which ten were waited after; two hosts beside each other.
		if took := time.Since(o.start); took != 10*Pause+11*100*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestPoliteOneHostManyNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newTown(plainTown)
		p := NewPolite(o.client(), 2*time.Second)
		for _, at := range []string{"http://a.test/1", "http://A.test./2", "https://a.test/3", "http://a.test:80/4", "http://a.test:8080/5"} {
			get(t, p, at)
		}
		o.saw(t, "0s a.test/robots.txt", "2s a.test/1", "4s A.test./2", "6s a.test/robots.txt", "8s a.test/3", "10s a.test:80/4",
			"12s a.test:8080/robots.txt", "14s a.test:8080/5")
	})
}

func TestPoliteRobots(t *testing.T) {
	const rules = "User-agent: Rapporteur\nDisallow: /private\nCrawl-delay: 5\n"
	synctest.Test(t, func(t *testing.T) {
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				_, _ = w.Write([]byte(rules))
				return
			}
			plainTown(w, r)
		})
		p := NewPolite(o.client(), 0)
		get(t, p, "http://a.test/open")
		a, err := p.Get(t.Context(), Request{URL: "http://a.test/private/x"})
		if e := refused(t, a, err, "http://a.test/private/x: the site's robots.txt does not allow it"); !errors.Is(err, ErrRobots) || e.Temporary {
			t.Errorf("%+v", e)
		}
		get(t, p, "http://a.test/robots.txt")
		get(t, p, "http://a.test/open")
		o.saw(t, "0s a.test/robots.txt", "1s a.test/open", "6s a.test/robots.txt", "11s a.test/open")
		time.Sleep(robotsFor)
		get(t, p, "http://a.test/open")
		o.saw(t, "24h0m11s a.test/robots.txt", "24h0m16s a.test/open")
	})
}

// What a site answers to the question for its rules.
func TestPoliteRobotsAnswers(t *testing.T) {
	for _, tt := range []struct {
		name    string
		answer  func(w http.ResponseWriter, r *http.Request)
		allowed bool
		again   time.Duration // until it is asked again
	}{
		{"none", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, true, robotsFor},
		{"gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, true, robotsFor},
		{"forbidden", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, true, robotsFor},
		{"empty", func(http.ResponseWriter, *http.Request) {}, true, robotsFor},
		{"broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, false, robotsAgain},
		{"bad gateway", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, false, robotsAgain},
		{"busy", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "45")
			w.WriteHeader(http.StatusTooManyRequests)
		}, false, 45 * time.Second},
		{"cable", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(599) }, false, robotsNoAnswer},
		{"silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false, robotsNoAnswer},
		{"compressed otherwise", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") }, false, robotsNoAnswer},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://b.test/rules", http.StatusFound)
		}, true, robotsFor},
		{"in circles", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }, true, robotsFor},
		{"to a file", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/hosts", http.StatusFound)
		}, false, robotsNoAnswer},
		{"long", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("User-agent: *\nAllow: /\n" + strings.Repeat("#\n", MaxRobotsBytes) + "Disallow: /page"))
		}, true, robotsFor},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				o := newTown(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/robots.txt" {
						asked++
						tt.answer(w, r)
						return
					}
					plainTown(w, r)
				})
				p := NewPolite(o.client(), 0)
				check := func() {
					t.Helper()
					a, err := p.Get(t.Context(), Request{URL: "http://a.test/page"})
					if tt.allowed {
						if err != nil {
							t.Error(err)
						}
						return
					}
					if e := refused(t, a, err, "robots.txt cannot be had ("); !errors.Is(err, ErrRobots) || !e.Temporary || e.RetryAfter <= 0 || e.RetryAfter > tt.again {
						t.Errorf("%+v", e)
					}
				}
				check()
				first, at := asked, time.Now()
				time.Sleep(tt.again - time.Minute/2)
				check()
				if asked != first {
					t.Errorf("asked again after %v", time.Since(at))
				}
				time.Sleep(time.Minute)
				check()
				if asked == first {
					t.Errorf("not asked again after %v", time.Since(at))
				}
			})
		})
	}
}

// Rules that were had hold on while newer ones cannot be had.
func TestPoliteOldRobots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := false
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt" && broken:
				w.WriteHeader(http.StatusInternalServerError)
			case r.URL.Path == "/robots.txt":
				_, _ = w.Write([]byte("User-agent: *\nDisallow: /private"))
			default:
				plainTown(w, r)
			}
		})
		p := NewPolite(o.client(), 0)
		get(t, p, "http://a.test/a")
		broken = true
		for range 3 {
			time.Sleep(robotsFor)
			get(t, p, "http://a.test/a")
			if _, err := p.Get(t.Context(), Request{URL: "http://a.test/private"}); !errors.Is(err, ErrRobots) {
				t.Error(err)
			}
		}
	})
}

func TestPoliteRedirect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt" && r.URL.Host == "shut.test":
				_, _ = w.Write([]byte("User-agent: *\nDisallow: /"))
			case r.URL.Path == "/away":
				http.Redirect(w, r, "http://shut.test/page", http.StatusFound)
			case r.URL.Path == "/here":
				http.Redirect(w, r, "/page", http.StatusFound)
			default:
				plainTown(w, r)
			}
		})
		p := NewPolite(o.client(), 0)
		a, err := p.Get(t.Context(), Request{URL: "http://a.test/away"})
		refused(t, a, err, `http://a.test/away: redirects to "http://shut.test/page": the site's robots.txt does not allow`)
		if a := get(t, p, "http://a.test/here"); a.URL != "http://a.test/page" {
			t.Error(a.URL)
		}
		o.saw(t, "0s a.test/robots.txt", "1s a.test/away", "1s shut.test/robots.txt", "2s a.test/here", "3s a.test/page")
	})
}

func TestPoliteBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		after, busy := "", true
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			if busy && r.URL.Host == "a.test" && r.URL.Path != "/robots.txt" {
				w.Header().Set("Retry-After", after)
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			plainTown(w, r)
		})
		p := NewPolite(o.client(), 0)
		ask := func(want string) *Error {
			t.Helper()
			a, err := p.Get(t.Context(), Request{URL: "http://a.test/a"})
			e := refused(t, a, err, want)
			if !e.Temporary {
				t.Errorf("%v is for ever", e)
			}
			return e
		}
		left := func(want time.Duration) {
			t.Helper()
			e := ask("asks to be left alone for " + want.String() + " more")
			if !errors.Is(e, ErrBusy) || e.RetryAfter != want {
				t.Errorf("%+v; want %v", e, want)
			}
			time.Sleep(want)
		}
		ask("503")
		ask("503") // after half a minute
		ask("503") // after one
		o.saw(t, "0s a.test/robots.txt", "1s a.test/a", "31s a.test/a", "1m31s a.test/a")
		get(t, p, "http://b.test/a") // no business of another host
		o.saw(t, "1m31s b.test/robots.txt", "1m32s b.test/a")
		left(2*time.Minute - time.Second) // more than a caller is kept for
		for _, want := range []int{4, 8, 16, 32, 60, 60, 60} {
			ask("503")
			left(time.Duration(want) * time.Minute)
		}
		after = "300"
		ask("503")
		left(5 * time.Minute)
		after = time.Now().Add(10 * time.Minute).UTC().Format(http.TimeFormat)
		ask("503")
		left(10 * time.Minute)
		after = "999999999"
		ask("503")
		left(MaxRetryAfter)

		busy = false
		o.seen = nil
		get(t, p, "http://a.test/a")
		busy, after = true, ""
		ask("503") // forgiven: it begins again with half a minute
		at := time.Now()
		ask("503")
		if waited := time.Since(at); waited != firstBackoff {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestPoliteStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/slow" {
				<-r.Context().Done()
			}
			plainTown(w, r)
		})
		p := NewPolite(o.client(), 20*time.Second)
		get(t, p, "http://a.test/a")
		for _, tt := range []struct {
			path  string
			after time.Duration
		}{{"/slow", 21 * time.Second}, {"/b", 10 * time.Second}} { // one in its request, one in its pause, and those behind them
			ctx, cancel := context.WithCancel(t.Context())
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					a, err := p.Get(ctx, Request{URL: "http://a.test" + tt.path})
					if e := refused(t, a, err, "the fetch was stopped"); !errors.Is(e, context.Canceled) {
						t.Error(e)
					}
				})
			}
			time.Sleep(tt.after)
			cancel()
			all.Wait()
		}
		// It goes on for others, and a time-out is one of the request, not of the wait.
		get(t, p, "http://a.test/c")
		a, err := p.Get(t.Context(), Request{URL: "http://a.test/slow"})
		refused(t, a, err, "did not answer in time (30s")
	})
}

func TestPoliteForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newTown(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt":
				_, _ = w.Write([]byte("User-agent: *\n" + strings.Repeat("Allow: /"+strings.Repeat("a", 1000)+"\n", 500)))
			case r.URL.Host == "busy.test":
				w.WriteHeader(http.StatusTooManyRequests)
			default:
				plainTown(w, r)
			}
		})
		p := NewPolite(o.client(), 0)
		_, _ = p.Get(t.Context(), Request{URL: "http://busy.test/"})
		for i := range 2 * maxRuleBytes / (500 << 10) {
			get(t, p, fmt.Sprintf("http://host%d.test/", i))
			size := 0
			for _, h := range p.hosts {
				size += h.size
			}
			if size != p.size || size > maxRuleBytes+(2<<20) || p.hosts["busy.test"] == nil && i < 20 {
				t.Fatalf("%d bytes of rules, %d counted, of %d hosts", size, p.size, len(p.hosts))
			}
		}
	})
	synctest.Test(t, func(t *testing.T) {
		o := newTown(plainTown)
		p := NewPolite(o.client(), 0)
		for i := range 2 * maxHosts {
			get(t, p, fmt.Sprintf("http://host%d.test/", i))
			o.seen = nil
		}
		if len(p.hosts) > maxHosts {
			t.Errorf("%d hosts remembered", len(p.hosts))
		}
		for i := range 2 * maxOrigins {
			get(t, p, fmt.Sprintf("http://host.test:%d/", i+1))
		}
		if n := len(p.hosts["host.test"].robots); n > maxOrigins {
			t.Errorf("%d origins remembered", n)
		}
	})
}

// The same over a real network, in real time.
func TestPoliteServer(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/", handler())
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write([]byte(zipped("User-agent: rapporteur\nDisallow: /bomb", 1)))
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	p := NewPolite(clientOf(t, Options{}, s), time.Millisecond)
	if a := get(t, p, s.URL+"/redirects/1"); string(a.Bytes) != report {
		t.Errorf("%+v", a)
	}
	a, err := p.Get(t.Context(), Request{URL: s.URL + "/bomb"})
	refused(t, a, err, "robots.txt does not allow")
	a, err = p.Get(t.Context(), Request{URL: s.URL + "/to?url=http://10.0.0.1/"})
	refused(t, a, err, `redirects to "http://10.0.0.1/": is at 10.0.0.1, a private or local address`)
	if !errors.Is(err, ErrGuarded) || errors.Is(err, ErrRobots) {
		t.Errorf("%+v", err)
	}
	a, err = p.Get(t.Context(), Request{URL: s.URL + "/status/429?after=600"})
	refused(t, a, err, "429")
	a, err = p.Get(t.Context(), Request{URL: s.URL + "/plain"})
	refused(t, a, err, "asks to be left alone for 10m0s more")
}
