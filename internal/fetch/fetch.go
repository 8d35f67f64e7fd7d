// Package fetch gets pages politely and safely.
//
// It promises that no request reaches an address that is not public, whatever a name resolves to and wherever a redirect points,
// unless the operator allowed that host and port; that a server is asked once a second at most and not while it asks to be left
// alone; that a page is not fetched against robots.txt; and that an answer ends: in bytes, in redirects, in time.
// The room touches sockets. What came back is bytes: nothing here reads a feed or a page.
package fetch

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// The limits of a Get, where a Client or a Request names none.
const (
	MaxBody      = 16 << 20 // bytes after decompression
	MaxRedirects = 5
	MaxPause     = 7 * 24 * time.Hour // the longest that a server's wish to be left alone is obeyed at once
	connectLimit = 10 * time.Second
	totalLimit   = 60 * time.Second
	maxReason    = 64 << 10 // what is read of a hub's answer
	defaultPace  = time.Second
)

// A Kind is what is asked for: it decides the Accept header and whether robots.txt holds.
type Kind int

const (
	Feed    Kind = iota + 1 // a feed that a person named: robots.txt is not asked
	Page                    // an article or a page to find feeds on: robots.txt holds
	Sitemap                 // robots.txt holds
	Picture                 // robots.txt holds
	hub                     // what Post asks: an interface made for programs; robots.txt is not asked
)

// accept is what the Accept header says.
var accept = map[Kind]string{
	Feed:    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1",
	Page:    "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.1",
	Sitemap: "application/xml, text/xml, text/plain;q=0.5, */*;q=0.1",
	Picture: "image/webp, image/png, image/jpeg, image/gif, */*;q=0.1",
}

// A Request is what to get.
type Request struct {
	URL          string
	Kind         Kind
	ETag         string // validators of the last whole answer, byte for byte; both are sent where both are known
	LastModified string
	MaxBytes     int64  // 0: MaxBody
	User         string // for the origin of URL alone; empty: those that URL itself names
	Password     string

	form url.Values // sent by POST; nil: GET
}

// A Response is an answer: 200 to 299 with its bytes, or 304.
type Response struct {
	URL       string // after redirects
	Status    int
	Header    http.Header // of the last answer
	Body      []byte      // decompressed
	Truncated bool        // a Feed or Sitemap was longer than the limit: Body is its beginning
	At        time.Time
	Permanent string // where an unbroken chain of permanent redirects from the requested address led; empty if there was none
}

// NotModified reports whether the server says that nothing changed since the validators.
func (r Response) NotModified() bool { return r.Status == http.StatusNotModified }

// A Client gets. Its zero value works, obeys robots.txt, and keeps what hosts said in memory. Its fields may not change after the first Get.
type Client struct {
	UserAgent string        // names program, version and a contact address; empty: "dragoman"
	Contact   string        // the operator's own, added to UserAgent
	Allow     []string      // "host:port" as requests write them, which may be private
	Hosts     Hosts         // what servers said; nil: in memory
	MaxBytes  int64         // of a body; 0: MaxBody
	Pace      time.Duration // between requests to one host; 0: a second
	Limit     time.Duration // of one Get, waiting for its turn not counted; 0: a minute

	Now     func() time.Time                                                // nil: time.Now
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)    // nil: the system's
	TLS     *tls.Config                                                     // nil: the system's roots
	Sleep   func(ctx context.Context, d time.Duration) error                // nil: waits; a test's need not
	Dial    func(ctx context.Context, address netip.AddrPort) (Conn, error) // nil: TCP

	state clientState
}

// Post sends a form to a WebSub hub, under the same rules of address, pace and size as Get. A redirect is followed only where it keeps
// the method (307, 308). The text of a refusal stands in the error.
func (c *Client) Post(ctx context.Context, url string, form url.Values) (Response, error) {
	return c.Get(ctx, Request{URL: url, Kind: hub, MaxBytes: maxReason, form: form})
}

// Get gets. Every error is an *Error, or the context's.
//
// Where the server answers 4xx or 5xx, the Response has status and headers beside the error.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	c.state.once.Do(c.prepare)
	u, err := address(r.URL)
	if err != nil {
		return Response{}, err
	}
	if named, err := url.Parse(r.URL); err == nil && named.User != nil && r.User == "" {
		r.User = named.User.Username()
		r.Password, _ = named.User.Password()
	}
	if r.MaxBytes == 0 {
		r.MaxBytes = c.MaxBytes
	}
	if r.MaxBytes == 0 {
		r.MaxBytes = MaxBody
	}
	return c.walk(ctx, r, u)
}

// walk follows redirects, each hop asked like a new address: its host's pace, its robots.txt, its addresses.
func (c *Client) walk(ctx context.Context, r Request, u *url.URL) (Response, error) {
	var permanent string
	chain := true // every hop so far was permanent
	left := c.Limit
	asked := map[string]bool{}
	for hop := 0; ; hop++ {
		asked[u.String()] = true
		if r.Kind != Feed && r.Kind != hub {
			if err := c.mayAsk(ctx, u); err != nil {
				return Response{}, err
			}
		}
		response, next, err := c.ask(ctx, r, u, &left)
		response.Permanent = permanent
		if err != nil || next == nil {
			return response, err
		}
		if r.form != nil && response.Status != http.StatusTemporaryRedirect && response.Status != http.StatusPermanentRedirect {
			return response, &Error{Outcome: Protocol, URL: u.String(), Status: response.Status, Help: "a form is not sent again to where this redirect leads"}
		}
		if r.form == nil && asked[next.String()] {
			return Response{}, &Error{Outcome: Redirects, URL: r.URL, Help: "it is redirected in a circle, as by servers that want a cookie kept, or a reader known, before they show a page: no cookies are kept here; look for another address of it"}
		}
		if hop == MaxRedirects {
			return Response{}, &Error{Outcome: Redirects, URL: r.URL, Help: "the address is redirected more than five times: look for the outlet's new one"}
		}
		if u.Scheme == "https" && next.Scheme == "http" {
			return Response{}, &Error{Outcome: Redirects, URL: r.URL, Help: "it is redirected from https to http, which anybody on the way could read and change: look for the outlet's new address"}
		}
		chain = chain && (response.Status == http.StatusMovedPermanently || response.Status == http.StatusPermanentRedirect)
		if chain {
			permanent = next.String()
		}
		if !sameOrigin(u, next) {
			r.User, r.Password = "", ""
		}
		u = next
	}
}

func sameOrigin(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }
