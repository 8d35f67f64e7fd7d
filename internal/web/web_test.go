package web

import (
	"compress/gzip"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

var quietLog = slog.New(slog.DiscardHandler)

type wordsPage struct{ Words string }

func (p wordsPage) Status() int {
	if p.Words == "gone" {
		return http.StatusGone
	}
	return http.StatusOK
}

func (wordsPage) Header() http.Header { return Cached() }

func testSurface() *Surface {
	return &Surface{
		Log: quietLog,
		Templates: Pages(template.FuncMap{}, fstest.MapFS{
			"_layout.html": {Data: []byte(`{{define "layout"}}<p>{{block "main" .}}{{end}}</p>{{end}}`)},
			"words.html":   {Data: []byte(`{{define "main"}}{{.Words}}{{end}}`)},
			"broken.html":  {Data: []byte(`{{define "main"}}half {{.Words.No}}{{end}}`)},
			"failure.html": {Data: []byte(`{{define "main"}}failed {{.Status}}{{end}}`)},
		}),
		Failure: func(_ *http.Request, f Failure) (string, any) { return "failure", f },
	}
}

func TestStatus(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"nothing wrong", nil, 200},
		{"not found", fmt.Errorf("article: %w", news.ErrNotFound), 404},
		{"conflict", fmt.Errorf("edit: %w", news.ErrConflict), 409},
		{"invalid", fmt.Errorf("a: %w: %w", errors.New("why"), news.ErrInvalid), 422},
		{"denied", fmt.Errorf("publish: %w", news.ErrDenied), 403},
		{"too big", fmt.Errorf("form: %w", &http.MaxBytesError{Limit: 1}), 413},
		{"too often", &TooMany{Seconds: 3}, 429},
		{"anything else", io.ErrUnexpectedEOF, 500},
	}
	for _, test := range tests {
		if got := Status(test.err); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestHandle(t *testing.T) {
	s := testSurface()
	page := func(name string, p wordsPage, err error) http.Handler {
		return Handle(s, name, func(*http.Request) (wordsPage, error) { return p, err })
	}
	w := webtest.Get(t, page("words", wordsPage{Words: "a <b> c"}, nil), "/")
	if w.Code != 200 || w.Body.String() != "<p>a &lt;b&gt; c</p>" || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("a page: %d %s", w.Code, w.Body)
	}
	tag := w.Header().Get("ETag")
	if w = webtest.Get(t, page("words", wordsPage{Words: "a <b> c"}, nil), "/", "If-None-Match", `"x", `+tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("a page the reader has: %d with %d bytes", w.Code, w.Body.Len())
	}
	if w = webtest.Get(t, page("words", wordsPage{Words: "gone"}, nil), "/"); w.Code != 410 || w.Header().Get("ETag") != "" {
		t.Errorf("a page with a status: %d", w.Code)
	}
	if w = webtest.Get(t, page("words", wordsPage{}, news.ErrNotFound), "/"); w.Code != 404 || w.Body.String() != "<p>failed 404</p>" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("an error: %d %s", w.Code, w.Body)
	}
	if w = webtest.Get(t, page("words", wordsPage{}, &TooMany{Seconds: 7}), "/"); w.Header().Get("Retry-After") != "7" {
		t.Errorf("no Retry-After: %v", w.Header())
	}
	if w = webtest.Get(t, page("broken", wordsPage{}, nil), "/"); w.Code != 500 || strings.Contains(w.Body.String(), "half") {
		t.Errorf("a broken template answered half a page: %d %s", w.Code, w.Body)
	}
	instead := &Instead{Name: "words", Page: wordsPage{Words: "as it was filled in"}, Status: 422}
	if w = webtest.Get(t, page("words", wordsPage{}, instead), "/"); w.Code != 422 || !strings.Contains(w.Body.String(), "as it was filled in") {
		t.Errorf("a form that came back: %d %s", w.Code, w.Body)
	}
	long := strings.Repeat("long ", 1000)
	w = webtest.Get(t, page("words", wordsPage{Words: long}, nil), "/", "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(w.Body)
	if err != nil || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("not compressed: %v %v", err, w.Header())
	}
	if b, err := io.ReadAll(z); err != nil || string(b) != "<p>"+long+"</p>" {
		t.Errorf("compressed: %v, %d bytes", err, len(b))
	}
	if w = webtest.Get(t, page("words", wordsPage{Words: long}, nil), "/", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("compressed for a reader who does not want it")
	}
}

// A form never sends anybody to another site.
func TestActStaysHere(t *testing.T) {
	for to, want := range map[string]string{
		"/desk/?done=saved": "/desk/?done=saved", "https://evil.example/": "/", "//evil.example/": "/", `/\evil.example`: "/", "": "/", "/a\r\nSet-Cookie: x=y": "/",
	} {
		w := webtest.Post(t, Act(testSurface(), func(*http.Request) (Move, error) { return Move{To: to}, nil }), "/", nil)
		if got := w.Header().Get("Location"); w.Code != 303 || got != want {
			t.Errorf("to %q: %d %q, want %q", to, w.Code, got, want)
		}
	}
}

func TestWall(t *testing.T) {
	h := Wall(quietLog, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic("a fault")
		}
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(Status(err))
		}
	}))
	w := webtest.Get(t, h, "/")
	for key, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "Strict-Transport-Security": "", "X-Frame-Options": "DENY", "Set-Cookie": "",
	} {
		if got := w.Header().Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if w = webtest.Post(t, h, "/", nil); w.Code != 200 {
		t.Errorf("our own form: %d", w.Code)
	}
	foreign := httptest.NewRequest(http.MethodPost, "/", nil)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, foreign)
	if rec.Code != 403 {
		t.Errorf("another site's form: %d", rec.Code)
	}
	old := httptest.NewRequest(http.MethodPost, "/", nil) // a browser that says only where the form came from
	old.Header.Set("Origin", "https://evil.example")
	rec = httptest.NewRecorder()
	h.ServeHTTP(rec, old)
	if rec.Code != 403 {
		t.Errorf("another site's form from an old browser: %d", rec.Code)
	}
	big := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", MaxBody+1)))
	rec = httptest.NewRecorder()
	h.ServeHTTP(rec, big)
	if rec.Code != 413 {
		t.Errorf("a form that is too big: %d", rec.Code)
	}
	if w = webtest.Get(t, h, "/panic"); w.Code != 500 || strings.Contains(w.Body.String(), "a fault") {
		t.Errorf("a panic: %d %s", w.Code, w.Body)
	}
}

// Only a proxy on this machine is believed about who asked, and how.
func TestProxy(t *testing.T) {
	tests := []struct {
		name, remote, forwarded, proto, network string
		secure                                  bool
	}{
		{"a reader", "203.0.113.5:999", "", "", "203.0.113.5", false},
		{"a reader who lies", "203.0.113.5:999", "198.51.100.1", "https", "203.0.113.5", false},
		{"a proxy beside us", "127.0.0.1:999", "198.51.100.1", "https", "198.51.100.1", true},
		{"a chain of proxies", "127.0.0.1:999", "6.6.6.6, 198.51.100.1", "https", "198.51.100.1", true},
		{"IPv6 is counted by network", "[2001:db8:1:2:3::4]:999", "", "", "2001:db8:1:2::/64", false},
		{"IPv4 in IPv6", "[::ffff:203.0.113.5]:999", "", "", "203.0.113.5", false},
	}
	for _, test := range tests {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		r.Header.Set("X-Forwarded-Proto", test.proto)
		if got := Network(r); got != test.network {
			t.Errorf("%s: network %q, want %q", test.name, got, test.network)
		}
		if got := Secure(r); got != test.secure {
			t.Errorf("%s: secure %v", test.name, got)
		}
	}
}

func TestPassword(t *testing.T) {
	hash, err := HashPassword("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Errorf("hash %s", hash)
	}
	again, err := HashPassword("correct horse battery")
	if err != nil || again == hash {
		t.Errorf("two hashes alike: %v", err)
	}
	for _, test := range []struct {
		name, password, hash string
		want                 bool
	}{
		{"the right one", "correct horse battery", hash, true},
		{"a wrong one", "correct horse batterz", hash, false},
		{"nobody's", "correct horse battery", "", false},
		{"a hash of another kind", "correct horse battery", "$2a$10$abcdefghijklmnopqrstuv", false},
		{"a hash that asks for all memory", "correct horse battery", "$argon2id$v=19$m=4294967295,t=3,p=4$AAAA$AAAA", false},
		{"a hash without a key", "correct horse battery", "$argon2id$v=19$m=65536,t=3,p=4$AAAA$", false},
	} {
		if got := CheckPassword(test.password, test.hash); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	for _, short := range []string{"", "123456789", strings.Repeat("x", 1001)} {
		if _, err := HashPassword(short); !errors.Is(err, ErrPassword) {
			t.Errorf("%d characters: %v", len(short), err)
		}
	}
}

func TestLimit(t *testing.T) {
	now := time.Unix(0, 0)
	l := Limit{Burst: 2, Every: time.Minute, Now: func() time.Time { return now }}
	take := func(name string, want bool) {
		t.Helper()
		if err := l.Take(name); (err == nil) != want {
			t.Errorf("%s at %v: %v", name, now.Sub(time.Unix(0, 0)), err)
		}
	}
	take("a", true)
	take("a", true)
	take("a", false)
	take("b", true) // each name for itself
	var slow *TooMany
	if err := l.Take("a"); !errors.As(err, &slow) || slow.Seconds != 60 {
		t.Errorf("wait: %v", err)
	}
	now = now.Add(time.Minute)
	take("a", true)
	take("a", false)
	l.Give("a")
	take("a", true)
	for i := range maxBuckets + 10 {
		take(fmt.Sprint("n", i), true)
	}
	if len(l.buckets) > maxBuckets {
		t.Errorf("%d names are kept", len(l.buckets))
	}
}

func TestSession(t *testing.T) {
	s := Session{Name: "desk", Path: "/desk"}
	r := httptest.NewRequest(http.MethodGet, "/desk/", nil)
	c, hash := s.Open(r, time.Unix(1000, 0))
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/desk" || c.Secure {
		t.Errorf("cookie %v", c)
	}
	if hash == c.Value || len(hash) != 64 {
		t.Errorf("hash %q of %q", hash, c.Value)
	}
	r.AddCookie(c)
	if got := s.Hash(r); got != hash {
		t.Errorf("known as %q, want %q", got, hash)
	}
	if got := s.Hash(httptest.NewRequest(http.MethodGet, "/", nil)); got != "" {
		t.Errorf("nobody is %q", got)
	}
	safe := httptest.NewRequest(http.MethodGet, "https://desk.example/desk/", nil)
	if c, _ := s.Open(safe, time.Unix(1000, 0)); !c.Secure {
		t.Error("a cookie over https that goes over http too")
	}
	if c, _ := (Session{Name: "desk", Path: "/desk", Safe: true}).Open(r, time.Unix(1000, 0)); !c.Secure {
		t.Error("behind a proxy that takes https off, a cookie goes over http too")
	}
	if c := s.Close(r); c.MaxAge >= 0 || c.Value != "" {
		t.Errorf("closing cookie %v", c)
	}
}

func TestStatic(t *testing.T) {
	s := NewStatic(fstest.MapFS{"a.css": {Data: []byte(strings.Repeat("a{}", 100))}}, "/static/")
	path, err := s.Path("a.css")
	if err != nil || !strings.HasPrefix(path, "/static/a.") || !strings.HasSuffix(path, ".css") || path == "/static/a.css" {
		t.Fatalf("path %q, %v", path, err)
	}
	if _, err := s.Path("b.css"); err == nil {
		t.Error("a file that is not there has a path")
	}
	w := webtest.Get(t, s, path, "Accept-Encoding", "gzip")
	if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w = webtest.Get(t, s, "/static/a.css"); w.Code != 404 {
		t.Errorf("a name without a hash: %d", w.Code)
	}
}

func TestCursor(t *testing.T) {
	if at, id, err := Cursor("12-abc-d"); at != 12 || id != "abc-d" || err != nil {
		t.Errorf("%d %q %v", at, id, err)
	}
	for _, bad := range []string{"12", "x-abc", "-1", "9-" + strings.Repeat("a", 65)} {
		if _, _, err := Cursor(bad); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestStyleOfThePublicPages(t *testing.T) {
	css, err := os.ReadFile("static/public.css")
	if err != nil {
		t.Fatal(err)
	}
	if len(css) > 20_000 {
		t.Errorf("%d bytes of CSS; a page on a slow line has room for 20,000", len(css))
	}
	webtest.Contrast(t, string(css), "ink on paper", "quiet on paper", "accent on paper", "mark on paper", "ink on marktint", "mark on marktint", "ink on tint", "quiet on tint", "accent on tint")
}
