package fetch

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// prepare fills in what the fields leave open.
func (c *Client) prepare() {
	if c.Hosts == nil {
		c.Hosts = &memory{}
	}
	if c.UserAgent == "" {
		c.UserAgent = "dragoman"
	}
	if c.Contact != "" {
		c.UserAgent += " (" + c.Contact + ")"
	}
	if c.Pace == 0 {
		c.Pace = defaultPace
	}
	if c.Limit == 0 {
		c.Limit = totalLimit
	}
	c.state.turns = map[string]*turn{}
	c.state.allow = map[string]bool{}
	for _, a := range c.Allow {
		c.state.allow[strings.ToLower(strings.TrimSpace(a))] = true
	}
	c.state.http = &http.Client{
		// No proxy: it would be dialled in place of the address that was judged.
		Transport: &http.Transport{
			DialContext: c.dial, TLSClientConfig: c.TLS.Clone(), ForceAttemptHTTP2: true, DisableCompression: true,
			TLSHandshakeTimeout: connectLimit, ResponseHeaderTimeout: totalLimit, MaxResponseHeaderBytes: 256 << 10,
			MaxIdleConnsPerHost: 1, MaxIdleConns: 64, IdleConnTimeout: 15 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask makes one request and returns the answer, or where it is redirected to. left is what remains of the time of the whole Get.
func (c *Client) ask(ctx context.Context, r Request, u *url.URL, left *time.Duration) (response Response, next *url.URL, err error) {
	if err := c.paused(ctx, u); err != nil {
		return Response{}, nil, err
	}
	release, err := c.take(ctx, u.Hostname())
	if err != nil {
		return Response{}, nil, err
	}
	defer release()
	if err := c.paused(ctx, u); err != nil { // somebody before us may have been told
		return Response{}, nil, err
	}
	began := time.Now()
	defer func() { *left -= time.Since(began) }()
	limited, cancel := context.WithTimeoutCause(ctx, max(*left, 0), context.DeadlineExceeded)
	defer cancel()

	method, content := http.MethodGet, io.Reader(nil)
	if r.form != nil {
		method, content = http.MethodPost, strings.NewReader(r.form.Encode())
	}
	request, err := http.NewRequestWithContext(limited, method, u.String(), content)
	if err != nil {
		return Response{}, nil, &Error{Outcome: Address, URL: u.String(), Err: err}
	}
	request.Header = http.Header{
		"User-Agent":      {c.UserAgent},
		"Accept":          {accept[r.Kind]},
		"Accept-Encoding": {"gzip"},
	}
	if accept[r.Kind] == "" {
		request.Header.Set("Accept", "*/*")
	}
	if r.form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.ETag != "" {
		request.Header["If-None-Match"] = []string{r.ETag}
	}
	if r.LastModified != "" {
		request.Header["If-Modified-Since"] = []string{r.LastModified}
	}
	if r.User != "" || r.Password != "" {
		request.SetBasicAuth(r.User, r.Password)
	}
	answer, err := c.state.http.Do(request)
	if err != nil {
		return Response{}, nil, ended(ctx, u.String(), err)
	}
	defer func() {
		err = errors.Join(err, answer.Body.Close())
	}()
	response = Response{URL: u.String(), Status: answer.StatusCode, Header: answer.Header, At: c.now()}
	if location := answer.Header.Get("Location"); location != "" && redirects(answer.StatusCode) {
		to, err := u.Parse(location)
		if err != nil {
			return response, nil, &Error{Outcome: Protocol, URL: u.String(), Status: answer.StatusCode, Err: fmt.Errorf("redirected to %q: %w", location, err)}
		}
		next, err := clean(to, to.String())
		return response, next, err
	}
	if e := statusError(u.String(), answer.Header, answer.StatusCode, response.At); e != nil {
		if r.form != nil {
			e.Err = refusalText(answer)
		}
		if e.Outcome == RateLimited || e.Outcome == Unavailable && e.RetryAfter > 0 {
			if err := c.pause(ctx, u, max(e.RetryAfter, c.Pace)); err != nil {
				return response, nil, err
			}
		}
		return response, nil, e
	}
	if answer.StatusCode == http.StatusNotModified {
		if r.ETag == "" && r.LastModified == "" {
			return response, nil, &Error{Outcome: Protocol, URL: u.String(), Status: answer.StatusCode, Help: "the server says that nothing changed since we never asked; the next look waits"}
		}
		return response, nil, nil
	}
	response.Body, response.Truncated, err = body(answer, r.MaxBytes)
	if err == nil {
		// When time is up the connection is closed, and a server may answer that with an orderly end: what was read is not whole.
		err = limited.Err()
	}
	if err != nil {
		return Response{Status: answer.StatusCode, Header: answer.Header}, nil, ended(ctx, u.String(), err)
	}
	if response.Truncated && r.Kind != Feed && r.Kind != Sitemap && r.Kind != hub {
		return response, nil, &Error{Outcome: TooLarge, URL: u.String(), Err: fmt.Errorf("more than %d bytes", r.MaxBytes), Help: "raise fetch.max_bytes in dragoman.toml if it is meant"}
	}
	return response, nil, nil
}

// refusalText is what a hub says in plain text when it refuses; nil if that is nothing.
func refusalText(answer *http.Response) error {
	text, _, err := body(answer, maxReason)
	if err != nil || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain") {
		return nil //nolint:nilerr // what cannot be read says nothing, and the status is the error
	}
	words := strings.Join(strings.Fields(strings.ToValidUTF8(string(text), "")), " ")
	if r := []rune(words); len(r) > maxReasonShown {
		words = string(r[:maxReasonShown])
	}
	if words == "" {
		return nil
	}
	return fmt.Errorf("%s: %s", answer.Status, words)
}

// maxReasonShown is how many characters of a refusal are kept.
const maxReasonShown = 200

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// ended names the error of a request; a body that ended early is the server's, unless the caller left.
func ended(ctx context.Context, url string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{Outcome: Protocol, URL: url, Err: err, Help: "the answer ended before its announced length; the next look waits"}
	}
	return transportError(url, err)
}

// body reads an answer up to limit bytes after decompression; truncated says that there was more.
// Servers that say gzip and send plain text are many, so the first two bytes decide.
func body(answer *http.Response, limit int64) (b []byte, truncated bool, err error) {
	plain := bufio.NewReader(answer.Body)
	var from io.Reader = plain
	switch strings.ToLower(strings.TrimSpace(answer.Header.Get("Content-Encoding"))) {
	case "", "identity":
	case "gzip", "x-gzip":
		if magic, _ := plain.Peek(2); string(magic) == "\x1f\x8b" {
			zip, err := gzip.NewReader(plain)
			if err != nil {
				return nil, false, fmt.Errorf("gzip: %w", err)
			}
			from = zip
		}
	default:
		return nil, false, fmt.Errorf("the body is %q, which was not asked for", answer.Header.Get("Content-Encoding"))
	}
	b, err = io.ReadAll(io.LimitReader(from, limit+1))
	if int64(len(b)) > limit {
		return b[:limit], true, nil
	}
	return b, false, err
}
