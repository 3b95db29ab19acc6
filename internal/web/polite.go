package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// How a polite client goes about a host.
const (
	Pause = time.Second // between the end of one request and the start of the next

	robotsFor      = 24 * time.Hour   // that a robots.txt holds (RFC 9309, section 2.4)
	robotsAgain    = 10 * time.Minute // until one is asked for again for which there was an error
	robotsNoAnswer = time.Minute      // the same, if there was no answer
	firstBackoff   = 30 * time.Second // after a 429 or 503 that does not say how long; twice as long after the next
	maxBackoff     = time.Hour        // of those
	maxBackoffWait = time.Minute      // that a Get waits for a host to be asked again; else it fails at once
	maxHosts       = 1024             // remembered, over which those that we owe nothing are forgotten
	maxRuleBytes   = 32 << 20         // of all rules remembered, likewise
	maxOrigins     = 16               // whose robots.txt is remembered, a host
)

// Polite fetches for those who come back. It keeps to each site's robots.txt
// (RFC 9309), makes at most one request at a time to a host, with a pause
// after each, and leaves a host alone that answers 429 or 503. It may be used
// from many goroutines; each waits for its turn at a host.
//
// Every redirect is a request of its own, with its own turn and rules. The
// time-out is for each request; time spent waiting for a turn is not counted.
type Polite struct {
	client *Client
	pause  time.Duration
	mu     sync.Mutex
	hosts  map[string]*host
	size   int // of all rules, in bytes
}

// host is what we know of one. All but users and size belongs to whoever has the turn.
type host struct {
	turn   chan struct{} // holds one, for who may ask
	users  int           // that have or want the turn; under Polite.mu
	size   int           // of the rules in robots, in bytes; under Polite.mu
	next   time.Time     // before which it is not asked: the pause
	until  time.Time     // before which it is not asked: it said so
	fails  int           // answers 429 and 503 without another between them
	robots map[string]*policy
}

// policy is the robots.txt of an origin.
type policy struct {
	robots
	err     *Error    // it cannot be had, so that nothing may be fetched for now; or nil
	expires time.Time // when it is asked for again
}

// NewPolite makes a polite client of c. A pause of 0 is [Pause].
func NewPolite(c *Client, pause time.Duration) *Polite {
	if pause <= 0 {
		pause = Pause
	}
	return &Polite{client: c, pause: pause, hosts: map[string]*host{}}
}

// Get fetches when it is our turn. An error is an [*Error]: one that wraps
// [ErrRobots] if the site does not want to be read, [ErrBusy] if the host asks
// to be left alone for longer than a minute.
func (p *Polite) Get(ctx context.Context, r Request) (*Answer, error) {
	return p.client.follow(ctx, r, p.ask)
}

func (p *Polite) ask(ctx context.Context, target *url.URL, r Request) (reply, error) {
	name := hostOf(target)
	h := p.enter(name)
	defer p.leave(h)
	select {
	case <-h.turn:
	case <-ctx.Done():
		return reply{}, p.client.explain(ctx.Err())
	}
	defer func() { h.turn <- struct{}{} }()
	rules, err := p.policy(ctx, h, target)
	if err != nil {
		return reply{}, err
	}
	if rules.err != nil {
		e := *rules.err
		if e.Temporary {
			e.RetryAfter = max(time.Until(rules.expires), 0)
		}
		return reply{}, &e
	}
	if !rules.allows(target) {
		return reply{}, &Error{Why: "the site's robots.txt does not allow it to be fetched", Advice: "save the page and give the file", cause: ErrRobots}
	}
	return p.request(ctx, h, max(p.pause, rules.delay), func(ctx context.Context) (reply, error) {
		return p.client.ask(ctx, target, r)
	})
}

// enter is the host of that name, held until leave.
func (p *Polite) enter(name string) *host {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[name]
	if h == nil {
		if len(p.hosts) >= maxHosts {
			p.forget()
		}
		h = &host{turn: make(chan struct{}, 1), robots: map[string]*policy{}}
		h.turn <- struct{}{}
		p.hosts[name] = h
	}
	h.users++
	return h
}

func (p *Polite) leave(h *host) {
	p.mu.Lock()
	h.users--
	p.mu.Unlock()
}

// forget drops every host that nobody uses and that we owe nothing. All that
// is lost are rules, which can be had again.
func (p *Polite) forget() {
	now := time.Now()
	for name, h := range p.hosts {
		if h.users == 0 && !now.Before(h.next) && !now.Before(h.until) {
			p.size -= h.size
			delete(p.hosts, name)
		}
	}
}

// request makes one request to h when it may be made, and notes what the answer says of the next.
func (p *Polite) request(ctx context.Context, h *host, pause time.Duration, do func(context.Context) (reply, error)) (reply, error) {
	if left := time.Until(h.until); left > maxBackoffWait {
		return reply{}, &Error{
			Why:    fmt.Sprintf("the host asks to be left alone for %v more", left.Round(time.Second)),
			Advice: "try again later", Temporary: true, RetryAfter: left, cause: ErrBusy,
		}
	}
	if err := sleepUntil(ctx, later(h.next, h.until)); err != nil {
		return reply{}, p.client.explain(err)
	}
	one, cancel := context.WithTimeout(ctx, p.client.timeout)
	defer cancel()
	got, err := do(one)
	now := time.Now()
	h.next = now.Add(pause)
	h.note(err, now)
	return got, err
}

// note counts the answers with which a host asks for rest, and grants it.
func (h *host) note(err error, now time.Time) {
	e, failed := errors.AsType[*Error](err)
	switch {
	case failed && e.Status == 0:
		// No answer: neither better nor worse than before.
	case failed && (e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable):
		wait := maxBackoff
		if h.fails < 7 { // 30 s · 2⁷ is over an hour
			wait = min(firstBackoff<<h.fails, maxBackoff)
		}
		h.fails++
		if e.RetryAfter > 0 {
			wait = e.RetryAfter
		}
		h.until = now.Add(wait)
	default:
		h.fails = 0
	}
}

// policy is the robots.txt that holds for target, from memory or from the site.
func (p *Polite) policy(ctx context.Context, h *host, target *url.URL) (*policy, error) {
	at := origin(target)
	old := h.robots[at]
	if old != nil && time.Now().Before(old.expires) {
		return old, nil
	}
	pause := p.pause
	if old != nil {
		pause = max(pause, old.delay)
	}
	file := url.URL{Scheme: target.Scheme, Host: target.Host, Path: "/robots.txt", User: target.User}
	got, err := p.request(ctx, h, pause, func(ctx context.Context) (reply, error) {
		// Redirects of it are followed without a turn at where they lead: to
		// wait for one host's turn while holding another's could be for ever.
		a, err := p.client.follow(ctx, Request{URL: file.String(), Accept: "text/plain, */*;q=0.1", MaxBytes: MaxRobotsBytes, cut: true}, p.client.ask)
		return reply{answer: a}, err
	})
	if err != nil && (ctx.Err() != nil || errors.Is(err, ErrBusy)) {
		return nil, err
	}
	now := time.Now()
	fresh := &policy{expires: now.Add(robotsFor)}
	if err == nil {
		fresh.robots = parseRobots(string(got.answer.Bytes))
	} else if e, ok := errors.AsType[*Error](err); ok && !saysNone(e) {
		fresh.expires = now.Add(robotsWait(e))
		fresh.err = withoutRobots(e)
		if old != nil && old.err == nil { // better an old one than none, RFC 9309, section 2.4
			fresh.robots, fresh.err = old.robots, nil
		}
	}
	p.keep(h, at, fresh)
	return fresh, nil
}

func (p *Polite) keep(h *host, at string, fresh *policy) {
	if len(h.robots) >= maxOrigins {
		clear(h.robots)
	}
	h.robots[at] = fresh
	size := 0
	for _, r := range h.robots {
		size += r.size()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size += size - h.size
	h.size = size
	if p.size > maxRuleBytes {
		p.forget()
	}
}

// saysNone reports whether a failure to get robots.txt means that there is
// none: an answer 4xx, or redirects without end (RFC 9309, section 2.3.1). A
// 429 asks for patience, and is a server's trouble like 5xx.
func saysNone(e *Error) bool {
	return e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests || e.Why == tooManyRedirects
}

// robotsWait is how long not to ask again after e.
func robotsWait(e *Error) time.Duration {
	switch {
	case e.Status == 0:
		return robotsNoAnswer
	case e.RetryAfter > 0:
		return max(e.RetryAfter, firstBackoff)
	}
	return robotsAgain
}

// withoutRobots is the error for a page of a site whose robots.txt ended in e:
// e itself where the page would have ended in the same.
func withoutRobots(e *Error) *Error {
	_, dns := errors.AsType[*net.DNSError](e)
	_, cert := errors.AsType[*tls.CertificateVerificationError](e)
	if !e.redirected && (dns || cert || errors.Is(e, ErrGuarded)) {
		return e
	}
	return &Error{
		Why:    "the site's robots.txt cannot be had (" + e.Why + "), so that nothing there may be fetched for now",
		Advice: "try again later", Temporary: true, cause: errors.Join(ErrRobots, e),
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func sleepUntil(ctx context.Context, t time.Time) error {
	wait := time.Until(t)
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
