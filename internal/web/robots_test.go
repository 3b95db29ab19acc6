package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		yes, no    []string
	}{
		{"empty", "", []string{"/", "/a"}, nil},
		{"a page instead", "<!doctype html><p>Not found: no such page: /a", []string{"/", "/a"}, nil},
		{"nothing for anybody", "User-agent: *\nDisallow: /", []string{"/robots.txt"}, []string{"/", "/a", "/a?b", "/robots.txt?a", "/robots.txt.html"}},
		{"all for all", "User-agent: *\nDisallow:", []string{"/", "/a"}, nil},
		{"ours rather than everybody's", "User-agent: *\nDisallow: /\n\nUser-agent: rapporteur\nDisallow: /p\n", []string{"/a"}, []string{"/p", "/paper"}},
		{"ours though empty", "user-agent: *\ndisallow: /\nuser-agent: RAPPORTEUR\n", []string{"/a"}, nil},
		{"with a version", "User-agent: Rapporteur/1.0 (bot)\nDisallow: /a", nil, []string{"/a"}},
		{"another of the same beginning", "User-agent: Rapporteur-News\nDisallow: /a\nUser-agent: Rap\nDisallow: /a", []string{"/a"}, nil},
		{"others only", "User-agent: Otherbot\nDisallow: /", []string{"/a"}, nil},
		{"one group of many", "User-agent: Otherbot\nUser-agent: Rapporteur\nDisallow: /a\nUser-agent: Third\nDisallow: /b", []string{"/b"}, []string{"/a"}},
		{"two groups of ours", "User-agent: Rapporteur\nDisallow: /a\nUser-agent: X\nDisallow: /x\nUser-agent: Rapporteur\nDisallow: /b", []string{"/x"}, []string{"/a", "/b"}},
		{"lines between agents", "User-agent: X\nSitemap: http://a.b/\n\n# a\nUser-agent: Rapporteur\nDisallow: /a", nil, []string{"/a"}},
		{"rules before any group", "Disallow: /\nUser-agent: *\nDisallow: /b", []string{"/a"}, []string{"/b"}},
		{"the longest wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", []string{"/a/b", "/a/bd"}, []string{"/a", "/a/c", "/a/b/c"}},
		{"the longest wins, in any order", "User-agent: *\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /a", []string{"/a/b", "/a/bd"}, []string{"/a", "/a/c", "/a/b/c"}},
		{"of two as long, allow", "User-agent: *\nDisallow: /a\nAllow: /a\nAllow: /b\nDisallow: /b", []string{"/a", "/b"}, nil},
		{"stars", "User-agent: *\nDisallow: /*.pdf\nDisallow: /a*b*c", []string{"/pdf", "/x/a1b2c", "/acb"}, []string{"/x.pdf", "/x/y.pdf?z", "/abc", "/a1b2c3"}},
		{"dollar", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /end$", []string{"/x.pdf?y", "/ending"}, []string{"/x.pdf", "/x.pdf.pdf", "/end"}},
		{"a dollar that is one", "User-agent: *\nDisallow: /a$b\nDisallow: /c%24", []string{"/a", "/ab"}, []string{"/a$b", "/a%24b", "/c$"}},
		{"a star that is one", "User-agent: *\nDisallow: /a%2Ab", []string{"/axb"}, []string{"/a*b", "/a%2ab"}},
		{"front page only", "User-agent: *\nAllow: /$\nDisallow: /", []string{"/", ""}, []string{"/a", "/?a"}},
		{"queries", "User-agent: *\nDisallow: /*?print=", []string{"/a?b"}, []string{"/a?print=1"}},
		{"percent and umlauts", "User-agent: *\nDisallow: /%7Ea\nDisallow: /ü\nDisallow: /%c3%a9", []string{"/u"}, []string{"/~a", "/%7ea", "/%C3%BC", "/ü", "/é"}},
		{"a slash that is encoded", "User-agent: *\nDisallow: /a%2Fb", []string{"/a/b"}, []string{"/a%2fb"}},
		{"no leading slash", "User-agent: *\nDisallow: private", []string{"/a"}, []string{"/private/a"}},
		{"case of paths", "User-agent: *\nDisallow: /A", []string{"/a"}, []string{"/A"}},
		{"comments", "User-agent: * # all\nDisallow: /a # not this\n#Disallow: /b", []string{"/b"}, []string{"/a"}},
		{"space", " \tUSER-AGENT \t:\t*\t \n  disallow  :  /a  ", nil, []string{"/a"}},
		{"byte order mark, CR", "\uFEFFUser-agent: *\rDisallow: /a\r\rDisallow: /b\r\n", nil, []string{"/a", "/b"}},
		{"lines that are none", "User-agent: *\nthis is no line\nCrawl-delay: soon\n:\n:::\nDisallow /x\nDisallow: /a", []string{"/x"}, []string{"/a"}},
		{"not UTF-8", "User-agent: *\nDisallow: /\xff\x00\nDisallow: /a", nil, []string{"/a", "/%FF%00"}},
		{"cut in the middle", "User-agent: *\nDisallow: /a\nDisal", nil, []string{"/a"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parseRobots(tt.file)
			for i, path := range append(tt.yes, tt.no...) {
				u, err := url.Parse("https://a.test" + path)
				if err != nil {
					t.Fatal(err)
				}
				if got := r.allows(u); got != (i < len(tt.yes)) {
					t.Errorf("%s: %v", path, got)
				}
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 5":                                              5 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5\nDisallow:":                                 500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 1e9":                                            MaxCrawlDelay,
		"User-agent: *\nCrawl-delay: inf":                                            MaxCrawlDelay,
		"User-agent: *\nCrawl-delay: nan":                                            0,
		"User-agent: *\nCrawl-delay: -3":                                             0,
		"User-agent: *\nCrawl-delay: 5\nUser-agent: Rapporteur\nAllow: /":            0, // of those above it
		"User-agent: *\nDisallow:\nCrawl-delay: 5\nUser-agent: Rapporteur\nAllow: /": 0,
		"User-agent: *\nCrawl-delay: 5\nCrawl-delay: 2":                              5 * time.Second,
	} {
		if got := parseRobots(file).delay; got != want {
			t.Errorf("%q: %v, want %v", file, got, want)
		}
	}
}

// What is as large as may be is read and asked about in no time.
func TestRobotsHostile(t *testing.T) {
	for name, file := range map[string]string{
		"agents and rules": strings.Repeat("User-agent: a\n", MaxRobotsBytes/28) + "User-agent: *\n" + strings.Repeat("Allow: /aaaaa\n", MaxRobotsBytes/28),
		"stars":            "User-agent: *\nDisallow: /" + strings.Repeat("*a", MaxRobotsBytes/2) + "b",
		"many with stars":  "User-agent: *\n" + strings.Repeat("Disallow: *a*a*b\n", MaxRobotsBytes/17),
		"no line end":      strings.Repeat("User-agent: ", MaxRobotsBytes/12),
		"line ends":        strings.Repeat("\r\n", MaxRobotsBytes/2),
		"percents":         "User-agent: *\nDisallow: " + strings.Repeat("%", MaxRobotsBytes),
	} {
		start := time.Now()
		r := parseRobots(file)
		r.allows(&url.URL{Path: "/" + strings.Repeat("a", MaxURLBytes)})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if size := r.size(); size > 8*MaxRobotsBytes {
			t.Errorf("%s: %d bytes kept", name, size)
		}
	}
}

// likeRegexp is what a pattern means, told to one who knows.
func likeRegexp(pattern string) *regexp.Regexp {
	body, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(body, "*")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	s := "(?s)^" + strings.Join(parts, ".*")
	if anchored {
		s += "$"
	}
	return regexp.MustCompile(s)
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /", "/a/b")
	f.Add("User-agent: Rapporteur\nCrawl-delay: 3\nDisallow: /%7e%2A*?$", "/~*?")
	f.Add("\uFEFFuser-agent:x\ruser-agent:*\rallow:", "")
	f.Fuzz(func(t *testing.T, file, path string) {
		if len(file) > 4<<10 || len(path) > 1<<10 {
			return
		}
		r := parseRobots(file)
		if r.delay < 0 || r.delay > MaxCrawlDelay || r.size() > 64*(len(file)+1) {
			t.Fatalf("%v, %d bytes", r.delay, r.size())
		}
		u := &url.URL{Scheme: "https", Host: "a.test", Path: "/" + path}
		at, longest, want := canonicalPath(u), -1, true
		for _, rule := range r.rules {
			got := matches(rule.pattern, at)
			if got != likeRegexp(rule.pattern).MatchString(at) {
				t.Fatalf("%q and %q: %v", rule.pattern, at, got)
			}
			if n := len(rule.pattern); got && (n > longest || n == longest && rule.allow) {
				longest, want = n, rule.allow
			}
			if again := canonicalPattern(rule.pattern); again != rule.pattern {
				t.Fatalf("%q is not canonical: %q", rule.pattern, again)
			}
		}
		if got := r.allows(u); got != want && at != "/robots.txt" {
			t.Errorf("%q: %v, want %v by %+v", at, got, want, r.rules)
		}
		shut := parseRobots("user-agent: rapporteur\ndisallow: /\n" + strings.NewReplacer("\n", "\n#", "\r", "\r#").Replace("#"+file))
		if shut.allows(u) && at != "/robots.txt" {
			t.Errorf("%q is open behind comments", at)
		}
	})
}
