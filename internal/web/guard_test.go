package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// inside is hosts that are not on the public internet, and the address that a refusal names.
var inside = map[string]string{
	"127.0.0.1": "127.0.0.1", "127.1.2.3": "127.1.2.3", "[::1]": "::1", "0.0.0.0": "0.0.0.0", "[::]": "::",
	"[::ffff:127.0.0.1]": "127.0.0.1", "[::ffff:7f00:1]": "127.0.0.1", "[::ffff:10.0.0.1]": "10.0.0.1", "[64:ff9b::7f00:1]": "64:ff9b::7f00:1",
	"10.0.0.1": "10.0.0.1", "172.16.0.1": "172.16.0.1", "192.168.1.1": "192.168.1.1", "169.254.169.254": "169.254.169.254",
	"100.64.0.1": "100.64.0.1", "[fe80::1]": "fe80::1", "[fd00::1]": "fd00::1", "[fd00:ec2::254]": "fd00:ec2::254", "224.0.0.1": "224.0.0.1",
	"255.255.255.255": "255.255.255.255", "[2002:7f00:1::]": "2002:7f00:1::", "localhost": "", "LOCALHOST": "",
}

func TestPrivate(t *testing.T) {
	at, c := site(t, Options{Timeout: 5 * time.Second})
	for host, address := range inside {
		for _, port := range []string{"", ":80", ":8443"} {
			to := "http://" + host + port + "/plain"
			a, err := c.Get(t.Context(), Request{URL: to})
			if e := refused(t, a, err, address+", a private or local address"); !errors.Is(err, ErrGuarded) || e.Temporary {
				t.Errorf("%s: %+v", host, e)
			}
			a, err = c.Get(t.Context(), Request{URL: at + "/to?url=" + url.QueryEscape(to)})
			refused(t, a, err, `redirects to "`+to+`": is at `+address)
		}
	}
	_, err := New(Options{}).Get(t.Context(), Request{URL: at})
	refused(t, nil, err, "is at a port that is not fetched")
}

func TestAddressesRefused(t *testing.T) {
	at, c := site(t, Options{})
	for to, want := range map[string]string{
		"file:///etc/hosts":                      `the scheme "file" is not read`,
		"FILE:///etc/hosts":                      `the scheme "file" is not read`,
		"ftp://example.org/a":                    `the scheme "ftp" is not read`,
		"gopher://example.org/a":                 `the scheme "gopher" is not read`,
		"javascript:alert(1)":                    `the scheme "javascript" is not read`,
		"data:text/plain,no":                     `the scheme "data" is not read`,
		"http:///a":                              "names no host",
		"http:a":                                 "names no host",
		"http://[::1":                            "is not a URL",
		"http://a b/":                            "is not a URL",
		"http://2130706433/":                     `the host "2130706433" is a number`,
		"http://0x7f.1/":                         `the host "0x7f.1" is a number`,
		"http://0X7F000001/":                     `the host "0X7F000001" is a number`,
		"http://0177.0.0.01/":                    `the host "0177.0.0.01" is a number`,
		"http://127.1/":                          `the host "127.1" is a number`,
		"http://127.0.0.1./":                     `the host "127.0.0.1." is a number`,
		"http://1.2.3.256/":                      `the host "1.2.3.256" is a number`,
		"http://a.0x/":                           `the host "a.0x" is a number`,
		"http://a.b/" + strings.Repeat("a", 9e3): "longer than 8 KiB",
	} {
		a, err := c.Get(t.Context(), Request{URL: to})
		refused(t, a, err, want)
		if to == "http:a" || to == "http:///a" || len(to) > MaxURLBytes { // a relative address; already too long to ask for
			continue
		}
		a, err = c.Get(t.Context(), Request{URL: at + "/to?url=" + url.QueryEscape(to)})
		if e := refused(t, a, err, want); !strings.Contains(e.Why, `redirects to "`+to[:10]) {
			t.Errorf("%q does not say where to", e)
		}
	}
	for location, want := range map[string]string{
		"http://user:hidden@example.org/": `redirects to "http://xxxxx@example.org/": it holds credentials`,
		"//hidden@example.org/":           `redirects to "//xxxxx@example.org/": it holds credentials`,
		"http://user:hidden@[::1":         `redirects to "http://xxxxx@[::1": that is not a URL`,
		"http://a.b/\u202e%0A":            "redirects to ",
	} {
		a, err := c.Get(t.Context(), Request{URL: at + "/to?url=" + url.QueryEscape(location)})
		if e := refused(t, a, err, want); strings.Contains(e.Why, "hidden") {
			t.Error(e.Why)
		}
	}
	for _, host := range []string{"example.org", "1.2.3.4", "[::1]", "a1", "x0", "1a.com", "7.de", "fe80", "0x7g", "example.org."} {
		if u, err := parse("http://" + host + "/"); err != nil {
			t.Errorf("%v: %v", u, err)
		}
	}
}

// nameServer is a real one, of the names in zone; what the zone does not know
// does not exist, and what it has no addresses for is trouble.
func nameServer(t *testing.T, zone func(name string) []string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		b := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			if m := lookUp(b[:n], zone); m != nil {
				_, _ = conn.WriteTo(m, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func lookUp(query []byte, zone func(string) []string) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) == 0 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.Additionals = true, nil
	addresses := zone(strings.TrimSuffix(q.Name.String(), "."))
	switch {
	case addresses == nil:
		m.RCode = dnsmessage.RCodeNameError
	case len(addresses) == 0:
		m.RCode = dnsmessage.RCodeServerFailure
	}
	for _, a := range addresses {
		ip := net.ParseIP(a)
		head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}
		if v4 := ip.To4(); v4 != nil && q.Type == dnsmessage.TypeA {
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: [4]byte(v4)}})
		} else if v4 == nil && q.Type == dnsmessage.TypeAAAA {
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: [16]byte(ip)}})
		}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

// What a name resolves to decides, each time that it is dialled.
func TestNames(t *testing.T) {
	var asked atomic.Int32
	resolver := nameServer(t, func(name string) []string {
		switch name {
		case "inside.test":
			return []string{"127.0.0.1"}
		case "inside6.test":
			return []string{"::1"}
		case "metadata.test":
			return []string{"169.254.169.254"}
		case "both.test":
			return []string{"10.0.0.1", "fd00::1"}
		case "trouble.test":
			return []string{}
		case "2130706433", "turns.test":
			asked.Add(1)
			return []string{"127.0.0.1"}
		}
		return nil
	})
	o := Options{Resolver: resolver, Timeout: 5 * time.Second}
	at, c := site(t, o)
	for name, want := range map[string]string{
		"inside.test":   "is at 127.0.0.1, a private or local address",
		"inside6.test":  "is at ::1, a private or local address",
		"metadata.test": "is at 169.254.169.254, a private or local address",
		"both.test":     "a private or local address",
		"none.test":     `there is no host "none.test"`,
		"trouble.test":  `the host "trouble.test" cannot be looked up`,
		"2130706433":    "is a number",
	} {
		a, err := c.Get(t.Context(), Request{URL: "http://" + name + "/"})
		if e := refused(t, a, err, want); e.Temporary != (name == "trouble.test") {
			t.Errorf("%s is temporary: %v", name, e.Temporary)
		}
		a, err = c.Get(t.Context(), Request{URL: at + "/to?url=http://" + name + "/"})
		refused(t, a, err, want)
	}
	if asked.Load() != 0 {
		t.Error("a number was looked up")
	}

	// The same name is reached where it is allowed, so that it is the guard that refused.
	s := httptest.NewServer(handler())
	defer s.Close()
	o.AllowPrivate = true
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	open := New(o)
	if a, err := open.Get(t.Context(), Request{URL: "http://inside.test:" + port + "/plain"}); err != nil || string(a.Bytes) != report {
		t.Errorf("%+v, %v", a, err)
	}
}

// A proxy is used only where private addresses may be dialled, for it would dial for us.
func TestProxy(t *testing.T) {
	if newTransport(Options{}).Proxy != nil {
		t.Error("a proxy dials unchecked")
	}
	if newTransport(Options{AllowPrivate: true}).Proxy == nil {
		t.Error("no proxy")
	}
}

func FuzzRedirect(f *testing.F) {
	for _, s := range []string{"/a", "//b/c", "http://a.b/", "https://user@b/", "file:///etc", "?q", "http://0x7f.1/", "\\\\b", "", "https://[::1%25a]/", "http://a%2eb/"} {
		f.Add(s)
	}
	from, err := url.Parse("https://user:secret@a.test/x?y")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, location string) {
		to, why := redirect(from, location)
		if (to == nil) == (why == "") || strings.ContainsAny(why, "\r\n") || len(why) > 2000 {
			t.Fatalf("%v, %q", to, why)
		}
		if to == nil {
			return
		}
		if to.Scheme != "https" || to.Hostname() == "" || isNumber(to.Hostname()) || to.User != nil && origin(to) != origin(from) {
			t.Errorf("%q leads to %v", location, to)
		}
		if public := publicURL(to); strings.Contains(public+redacted(to), "secret@") || strings.Contains(public, "#") {
			t.Errorf("%q is shown as %s and %s", location, public, redacted(to))
		}
		if _, err := http.NewRequest(http.MethodGet, publicURL(to), http.NoBody); err != nil {
			t.Logf("%q cannot be asked for: %v", location, err) // send says so
		}
	})
}
