// Package newsroomtest gives tests an outlet to follow and a translator that needs no model.
//
// It is for tests of newsroom, jobs and the surfaces; it listens on loopback and touches nothing else.
package newsroomtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// An Outlet is a made-up publication on a loopback port.
type Outlet struct {
	URL string // of its front page, without a closing slash

	mu       sync.Mutex
	pages    map[string]*page
	order    []string
	requests map[string]int
	slow     time.Duration
	server   *httptest.Server
}

type page struct {
	title  string
	paras  []string
	figure string
	status int
	header http.Header
	raw    string // in place of all that
}

// NewOutlet starts an outlet without articles. It ends with the test.
func NewOutlet(t testing.TB) *Outlet {
	t.Helper()
	o := &Outlet{pages: map[string]*page{}, requests: map[string]int{}}
	o.server = httptest.NewServer(o)
	t.Cleanup(o.server.Close)
	o.URL = o.server.URL
	return o
}

// Host is the outlet's host and port, as fetch.Client.Allow wants it.
func (o *Outlet) Host() string { return strings.TrimPrefix(o.URL, "http://") }

// Add puts an article on the front of the feed.
func (o *Outlet) Add(slug, title string, paragraphs ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.pages[slug] == nil {
		o.order = append([]string{slug}, o.order...)
	}
	o.pages[slug] = &page{title: title, paras: paragraphs, status: http.StatusOK}
}

// Figure gives an article a picture.
func (o *Outlet) Figure(slug, src string) { o.change(slug, func(p *page) { p.figure = src }) }

// Raw makes the article's page be this HTML.
func (o *Outlet) Raw(slug, html string) { o.change(slug, func(p *page) { p.raw = html }) }

// Status makes the article's page answer with a status.
func (o *Outlet) Status(slug string, status int) {
	o.change(slug, func(p *page) { p.status = status })
}

// Header makes the article's page carry a header.
func (o *Outlet) Header(slug, name, value string) {
	o.change(slug, func(p *page) { p.header = http.Header{name: {value}} })
}

// Slow makes every answer take so long.
func (o *Outlet) Slow(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.slow = d
}

// Requests is how often a path was asked for.
func (o *Outlet) Requests(path string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.requests[path]
}

func (o *Outlet) change(slug string, f func(*page)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f(o.pages[slug])
}

// Words is a paragraph of some length, so that a page looks like an article.
func Words(topic string) string {
	return fmt.Sprintf("The %s was discussed in the town hall on Monday, where the council met until late in the evening and heard from everybody who wanted to speak about the %s. "+
		"Nobody left before the end, and the mayor thanked those who had come from the villages, some of them on foot.", topic, topic)
}

// Mumbled returns a text with every Latin letter moved by thirteen places, which is in no language.
func Mumbled(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		}
		return r
	}, s)
}

// ServeHTTP answers with the front page, the feed, an article or a picture.
func (o *Outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	o.requests[r.URL.Path]++
	slow := o.slow
	o.mu.Unlock()
	select {
	case <-time.After(slow):
	case <-r.Context().Done():
		return
	}
	switch r.URL.Path {
	case "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><head><title>The Valley Post</title><link rel="alternate" type="application/rss+xml" href="/feed.xml" title="All"></head><body><p>News</p></body></html>`)
	case "/feed.xml":
		o.feed(w)
	case "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	default:
		o.article(w, strings.TrimPrefix(r.URL.Path, "/"))
	}
}

func (o *Outlet) feed(w http.ResponseWriter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>The Valley Post</title><link>%s/</link><language>en</language>`, o.URL)
	for _, slug := range o.order {
		p := o.pages[slug]
		fmt.Fprintf(w, `<item><title>%s</title><link>%s/%s</link><guid isPermaLink="false">id-%s</guid><description>%s</description></item>`, p.title, o.URL, slug, slug, strings.Join(p.paras, " "))
	}
	fmt.Fprint(w, `</channel></rss>`)
}

func (o *Outlet) article(w http.ResponseWriter, slug string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.pages[slug]
	if p == nil {
		http.NotFound(w, nil)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for name, values := range p.header {
		w.Header()[name] = values
	}
	w.WriteHeader(p.status)
	if p.status != http.StatusOK {
		return
	}
	if p.raw != "" {
		fmt.Fprint(w, p.raw)
		return
	}
	fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>%s</title><link rel="canonical" href="%s/%s"></head><body><nav><a href="/">Home</a></nav><main><article><h1>%s</h1>`, p.title, o.URL, slug, p.title)
	if p.figure != "" {
		fmt.Fprintf(w, `<figure><img src="%s" alt="A river" width="600" height="400"><figcaption>The river on Monday</figcaption></figure>`, p.figure)
	}
	for _, para := range p.paras {
		fmt.Fprintf(w, "<p>%s</p>\n", para)
	}
	fmt.Fprint(w, `</article></main><footer>About us</footer></body></html>`)
}
