package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func mustAddr(t *testing.T, s string) netip.Addr {
	t.Helper()
	a, err := netip.ParseAddr(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// serve serves f on loopback and gives a client that may ask it, whose waiting takes no time.
func serve(t *testing.T, f http.HandlerFunc) (*Client, string) {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	c := &Client{UserAgent: "dragoman/1 (+https://dragoman.example)", Allow: []string{strings.TrimPrefix(s.URL, "http://")}, Pace: time.Millisecond}
	return c, s.URL
}

func get(t *testing.T, c *Client, r Request) (Response, error) {
	t.Helper()
	if r.Kind == 0 {
		r.Kind = Feed
	}
	return c.Get(t.Context(), r)
}

// wantOutcome fails unless a Get ended like that and its error, if any, says what to do.
func wantOutcome(t *testing.T, r Response, err error, want Outcome) {
	t.Helper()
	if got := OutcomeOf(r, err); got != want {
		t.Fatalf("outcome %s, want %s (%v)", got, want, err)
	}
	var e *Error
	if errors.As(err, &e) && e.Help == "" {
		t.Errorf("the error does not say what to do: %v", err)
	}
}

// refusal is the *Error that a Get returned.
func refusal(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	return e
}

func TestARequestSaysWhoAsksAndNoMore(t *testing.T) {
	var got *http.Request
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
	})
	for range 2 {
		if _, err := get(t, c, Request{URL: url + "/feed?b=2&a=1#part", ETag: `W/"x"`, LastModified: "2026-01-15 09:00:00"}); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"User-Agent": "dragoman/1 (+https://dragoman.example)", "Accept-Encoding": "gzip", "Cookie": "", "Referer": "",
		"If-None-Match": `W/"x"`, "If-Modified-Since": "2026-01-15 09:00:00", // byte for byte
	} {
		if v := got.Header.Get(name); v != want {
			t.Errorf("%s: %q, want %q", name, v, want)
		}
	}
	if got.RequestURI != "/feed?b=2&a=1" {
		t.Errorf("asked for %s", got.RequestURI)
	}
	if !strings.HasPrefix(got.Header.Get("Accept"), "application/atom+xml") {
		t.Errorf("Accept: %s", got.Header.Get("Accept"))
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer s.Close()
	port := s.URL[strings.LastIndexByte(s.URL, ':')+1:]
	names := map[string]string{"rebind.example": "127.0.0.1", "mapped.example": "::ffff:127.0.0.1", "nat64.example": "64:ff9b::7f00:1", "localhost": "127.0.0.1", "0177.0.0.1": "127.0.0.1"}
	c := &Client{Pace: time.Microsecond, Resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr(names[host])}, nil
	}}
	for _, url := range []string{
		s.URL, "http://localhost:" + port, "http://[::1]:" + port, "http://rebind.example:" + port, "http://mapped.example:" + port, "http://nat64.example:" + port,
		"http://2130706433:" + port, "http://0x7f.1:" + port, "http://127.1:" + port, "http://0177.0.0.1:" + port, "http://127.0.0.1.:" + port, "http://169.254.169.254/latest/meta-data/",
	} {
		r, err := get(t, c, Request{URL: url})
		wantOutcome(t, r, err, Blocked)
		if !strings.Contains(err.Error(), "--allow") {
			t.Errorf("%v", err)
		}
	}
	if asked != 0 {
		t.Errorf("%d requests reached a private address", asked)
	}
}

func TestTheAllowListIsExact(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer inner.Close()
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inner.URL+"/x", http.StatusFound)
	})
	r, err := get(t, c, Request{URL: url})
	wantOutcome(t, r, err, Blocked) // a redirect into the private network
}

func TestOtherSchemesAreNotAsked(t *testing.T) {
	for _, url := range []string{"file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "javascript:alert(1)", "", "//x.example/", "http:///", "http://exa mple/"} {
		r, err := get(t, &Client{}, Request{URL: url})
		wantOutcome(t, r, err, Address)
	}
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	r, err := get(t, c, Request{URL: url})
	wantOutcome(t, r, err, Address)
}

func TestRedirects(t *testing.T) {
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n := strings.TrimPrefix(r.URL.Path, "/")
		switch n {
		case "end":
			w.Header().Set("Etag", `"final"`)
			fmt.Fprint(w, "x")
		case "loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "permanent":
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
		case "moved":
			http.Redirect(w, r, "/end", http.StatusPermanentRedirect)
		case "mixed":
			http.Redirect(w, r, "/temporary", http.StatusMovedPermanently)
		case "temporary":
			http.Redirect(w, r, "/moved", http.StatusTemporaryRedirect)
		}
	})
	r, err := get(t, c, Request{URL: url + "/permanent"})
	wantOutcome(t, r, err, OK)
	if r.URL != url+"/end" || r.Permanent != url+"/end" || r.Header.Get("Etag") != `"final"` {
		t.Errorf("%+v", r)
	}
	r, err = get(t, c, Request{URL: url + "/mixed"})
	wantOutcome(t, r, err, OK)
	if r.Permanent != url+"/temporary" {
		t.Errorf("permanent up to %s: what follows a temporary hop is not", r.Permanent)
	}
	r, err = get(t, c, Request{URL: url + "/loop"})
	wantOutcome(t, r, err, Redirects)
}

func TestCredentialsStayWithTheirOrigin(t *testing.T) {
	var other string
	second := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { other = r.Header.Get("Authorization") }))
	defer second.Close()
	var first string
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		first = r.Header.Get("Authorization")
		http.Redirect(w, r, second.URL, http.StatusFound)
	})
	c.Allow = append(c.Allow, strings.TrimPrefix(second.URL, "http://"))
	if _, err := get(t, c, Request{URL: url, User: "u", Password: "p"}); err != nil {
		t.Fatal(err)
	}
	if first == "" || other != "" {
		t.Errorf("first %q, other origin %q", first, other)
	}
}

func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		status int
		header http.Header
		want   Outcome
		retry  time.Duration
	}{
		{http.StatusGone, nil, Gone, 0},
		{http.StatusNotFound, nil, NotFound, 0},
		{http.StatusForbidden, nil, Forbidden, 0},
		{http.StatusForbidden, http.Header{"Cf-Mitigated": {"challenge"}}, Challenge, 0},
		{http.StatusTooManyRequests, http.Header{"Retry-After": {"120"}}, RateLimited, 2 * time.Minute},
		{http.StatusTooManyRequests, http.Header{"Retry-After": {"31536000"}}, RateLimited, MaxPause},
		{http.StatusTooManyRequests, http.Header{"Retry-After": {"-5"}}, RateLimited, 0},
		{http.StatusServiceUnavailable, http.Header{"Retry-After": {"60"}}, Unavailable, time.Minute},
		{http.StatusTeapot, nil, Refused, 0},
		{http.StatusNotModified, nil, Protocol, 0}, // nobody asked
		{http.StatusFound, nil, Protocol, 0},       // to nowhere
	} {
		t.Run(fmt.Sprint(c.status, c.header), func(t *testing.T) {
			client, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range c.header {
					w.Header()[k] = v
				}
				w.WriteHeader(c.status)
			})
			r, err := get(t, client, Request{URL: url})
			wantOutcome(t, r, err, c.want)
			if e := refusal(t, err); e.RetryAfter != c.retry || e.Status != c.status {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestAHostThatWantsToBeLeftAloneIs(t *testing.T) {
	asked := 0
	c, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	c.Now = func() time.Time { return now }
	for _, path := range []string{"/a", "/b"} {
		r, err := get(t, c, Request{URL: url + path})
		wantOutcome(t, r, err, RateLimited)
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	now = now.Add(2 * time.Hour)
	_, _ = get(t, c, Request{URL: url})
	if asked != 2 {
		t.Error("never asked again")
	}
}

func TestPaceAndOneConnection(t *testing.T) {
	var mu sync.Mutex
	at, together := 0, 0
	var starts []time.Time
	c, url := serve(t, func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		starts = append(starts, time.Now())
		at++
		together = max(together, at)
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		at--
		mu.Unlock()
	})
	c.Pace = 30 * time.Millisecond
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := get(t, c, Request{URL: url}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if together != 1 {
		t.Errorf("%d requests at once", together)
	}
	for i := 1; i < len(starts); i++ {
		if gap := starts[i].Sub(starts[i-1]); gap < 30*time.Millisecond {
			t.Errorf("request %d came %s after the one before", i, gap)
		}
	}
}

func TestBodies(t *testing.T) {
	zipped := func(s string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return b.Bytes()
	}
	long := strings.Repeat("x", 1<<20)
	for _, c := range []struct {
		what, encoding string
		body           []byte
		kind           Kind
		limit          int64
		want           Outcome
		length         int
		truncated      bool
	}{
		{"plain", "", []byte("abc"), Page, 0, OK, 3, false},
		{"gzip", "gzip", zipped("abc"), Page, 0, OK, 3, false},
		{"x-gzip", "x-gzip", zipped("abc"), Page, 0, OK, 3, false},
		{"gzip that is none", "gzip", []byte("abc"), Page, 0, OK, 3, false},
		{"a bomb", "gzip", zipped(long), Page, 1000, TooLarge, 1000, false},
		{"a long feed gives its beginning", "gzip", zipped(long), Feed, 1000, OK, 1000, true},
		{"just as long as may be", "", []byte(long[:1000]), Page, 1000, OK, 1000, false},
		{"an encoding nobody asked for", "br", []byte("abc"), Page, 0, Unreachable, 0, false},
		{"gzip cut off", "gzip", zipped(long)[:60], Page, 0, Protocol, 0, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			client, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				if c.encoding != "" {
					w.Header().Set("Content-Encoding", c.encoding)
				}
				_, _ = w.Write(c.body)
			})
			r, err := get(t, client, Request{URL: url, Kind: c.kind, MaxBytes: c.limit})
			wantOutcome(t, r, err, c.want)
			if len(r.Body) != c.length && c.want == OK {
				t.Errorf("%d bytes, want %d", len(r.Body), c.length)
			}
			if c.want == OK && r.Truncated != c.truncated {
				t.Errorf("truncated %v", r.Truncated)
			}
		})
	}
}

func TestABodyShorterThanAnnounced(t *testing.T) {
	c, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
	})
	r, err := get(t, c, Request{URL: url})
	wantOutcome(t, r, err, Protocol)
}

func TestWhatDripsEnds(t *testing.T) {
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for range 100 {
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			select {
			case <-time.After(50 * time.Millisecond):
			case <-r.Context().Done():
				return
			}
		}
	})
	c.Limit = 200 * time.Millisecond
	began := time.Now()
	r, err := get(t, c, Request{URL: url})
	wantOutcome(t, r, err, Timeout)
	if d := time.Since(began); d > 2*time.Second {
		t.Errorf("took %s", d)
	}
}

func TestAnEndedContextIsNoOutcome(t *testing.T) {
	c, url := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := c.Get(ctx, Request{URL: url, Kind: Feed})
	var e *Error
	if !errors.Is(err, context.Canceled) || errors.As(err, &e) {
		t.Fatalf("%v", err)
	}
}

func TestNoServerAndNoName(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := get(t, &Client{Allow: []string{address}}, Request{URL: "http://" + address})
	wantOutcome(t, r, err, Unreachable)
	r, err = get(t, &Client{Resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}}, Request{URL: "https://no-such-host.invalid/"})
	wantOutcome(t, r, err, DNS)
}

func TestACertificateThatIsNotValid(t *testing.T) {
	plain := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { plain++ }))
	defer s.Close()
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	r, err := get(t, &Client{Allow: []string{strings.TrimPrefix(s.URL, "https://")}}, Request{URL: s.URL})
	wantOutcome(t, r, err, TLSFailed)
	if plain != 0 {
		t.Error("it was asked all the same")
	}
}

func TestRobotsHoldForPages(t *testing.T) {
	asked := map[string]int{}
	robots := "User-agent: dragoman\nDisallow: /private/\n"
	status := http.StatusOK
	c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(status)
			fmt.Fprint(w, robots)
		}
	})
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	c.Now = func() time.Time { return now }
	page := func(path string) error { _, err := get(t, c, Request{URL: url + path, Kind: Page}); return err }
	if err := page("/open"); err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, Response{}, page("/private/x"), Robots)
	if _, err := get(t, c, Request{URL: url + "/private/feed", Kind: Feed}); err != nil {
		t.Errorf("a feed that a person named: %v", err)
	}
	if asked["/robots.txt"] != 1 || asked["/private/x"] != 0 {
		t.Errorf("asked %v", asked)
	}
	now = now.Add(25 * time.Hour) // a day later it is read again, and what it said holds while it cannot be
	status = http.StatusInternalServerError
	wantOutcome(t, Response{}, page("/private/x"), Robots)
	now = now.Add(40 * 24 * time.Hour) // but not for ever
	if err := page("/open"); err == nil {
		t.Error("a page was asked for although nobody knows what robots.txt says")
	}
	status = http.StatusNotFound
	if err := page("/private/x"); err != nil {
		t.Errorf("there is no robots.txt: %v", err)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("user-agent: *\ndisallow: /a*b$\nallow /x"), "https://x.example/a?b#c")
	f.Add([]byte("user-agent: *\ncontent-usage: /a*$ train-ai=n\ncontent-signal: ai-input=no\nlicense: /l.xml"), "https://x.example/a?b")
	f.Fuzz(func(t *testing.T, robots []byte, at string) {
		u, err := address(at)
		if err != nil {
			return
		}
		file := ParseRobots(robots)
		if file.Allowed("dragoman", u) != file.Allowed("DRAGOMAN", u) {
			t.Error("the agent's case counts")
		}
		usage, signal := file.Usage("dragoman", u)
		if again, twice := file.Usage("Dragoman", u); again != usage || twice != signal {
			t.Error("the agent's case counts for usage")
		}
	})
}

func TestPost(t *testing.T) {
	var got url.Values
	var asked []string
	c, base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path)
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/hub", http.StatusPermanentRedirect)
		case "/found":
			http.Redirect(w, r, "/hub", http.StatusFound)
		case "/refuses":
			http.Error(w, "no such topic\n here", http.StatusBadRequest)
		default:
			if err := r.ParseForm(); err != nil {
				t.Error(err)
			}
			got = r.PostForm
			w.WriteHeader(http.StatusAccepted)
		}
	})
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {"https://paper.example/feed?a=1&b"}}
	for _, path := range []string{"/hub", "/moved"} {
		got = nil
		if r, err := c.Post(t.Context(), base+path, form); err != nil || r.Status != http.StatusAccepted || got.Get("hub.topic") != "https://paper.example/feed?a=1&b" {
			t.Errorf("%s: %+v %v, sent %v", path, r, err, got)
		}
	}
	r, err := c.Post(t.Context(), base+"/found", form)
	wantOutcome(t, r, err, Protocol)
	r, err = c.Post(t.Context(), base+"/refuses", form)
	wantOutcome(t, r, err, Refused)
	if !strings.Contains(err.Error(), "no such topic here") {
		t.Errorf("the hub's reason is lost: %v", err)
	}
	if want := "POST /hub POST /moved POST /hub POST /found POST /refuses"; strings.Join(asked, " ") != want { // robots.txt is not asked
		t.Errorf("asked %v", asked)
	}
	if r, err := (&Client{Pace: time.Microsecond}).Post(t.Context(), base+"/hub", form); OutcomeOf(r, err) != Blocked {
		t.Errorf("a hub in the own network: %v", err)
	}
}
