package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// An Outcome says in a word how a Get ended. The words are shown to operators and kept with the feed.
type Outcome string

// The outcomes.
const (
	OK          Outcome = "ok"
	NotModified Outcome = "not_modified"
	Gone        Outcome = "gone"            // 410
	Protocol    Outcome = "protocol"        // an answer that HTTP does not allow: 304 unasked, a body cut short, an empty one
	RateLimited Outcome = "rate_limited"    // 429, or the host asked to be left alone
	Unavailable Outcome = "unavailable"     // 5xx
	Forbidden   Outcome = "forbidden"       // 401, 403, 451
	NotFound    Outcome = "not_found"       // 404
	Refused     Outcome = "refused"         // other 4xx
	Challenge   Outcome = "bot_challenge"   // a page that asks whether we are a person
	NotAFeed    Outcome = "not_a_feed"      // not by fetch: by who reads the body
	Redirects   Outcome = "redirects"       // too many, or from https to http
	Timeout     Outcome = "timeout"         //
	DNS         Outcome = "dns"             //
	TLSFailed   Outcome = "tls"             //
	Unreachable Outcome = "unreachable"     // no connection
	Blocked     Outcome = "blocked_address" //
	Robots      Outcome = "robots"          // robots.txt does not allow it
	TooLarge    Outcome = "too_large"       //
	Address     Outcome = "address"         // not one that can be asked
)

// An Error says what was asked, how it ended, and what to do.
type Error struct {
	Outcome    Outcome
	URL        string
	Status     int           // of the answer; 0 if there was none
	RetryAfter time.Duration // how long the server asks to be left alone; 0 if it does not say
	Err        error         // the cause; may be nil
	Help       string        // what to do
}

func (e *Error) Error() string {
	s := "get " + e.URL + ": "
	switch {
	case e.Err != nil:
		s += e.Err.Error()
	case e.Status != 0:
		s += strconv.Itoa(e.Status) + " " + http.StatusText(e.Status)
	default:
		s += strings.ReplaceAll(string(e.Outcome), "_", " ")
	}
	if e.Help != "" {
		s += ": " + e.Help
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// OutcomeOf returns the word for what a Get returned.
func OutcomeOf(r Response, err error) Outcome {
	var e *Error
	switch {
	case err == nil && r.NotModified():
		return NotModified
	case err == nil:
		return OK
	case errors.As(err, &e):
		return e.Outcome
	}
	return Unreachable
}

// Temporary reports whether trying again later can help.
func (e *Error) Temporary() bool {
	switch e.Outcome {
	case RateLimited, Unavailable, Timeout, DNS, Unreachable, Protocol, TLSFailed:
		return true
	}
	return false
}

// transportError names what kept a request from being answered.
func transportError(url string, err error) error {
	e := &Error{Outcome: Unreachable, URL: url, Err: err, Help: "see whether the server and this machine's network are up"}
	var (
		b           blocked
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		unknown     x509.UnknownAuthorityError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		timeout     net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &b):
		e.Outcome, e.Help = Blocked, privateHelp
	case errors.As(err, &dns) && !dns.IsTimeout:
		e.Outcome, e.Help = DNS, "the name does not resolve: see whether it is spelled right and this machine's network is up"
	case errors.As(err, &certificate), errors.As(err, &unknown), errors.As(err, &record), errors.As(err, &alert):
		e.Outcome, e.Help = TLSFailed, "its certificate is not valid here; nothing is asked without one. Tell the outlet, or see whether this machine's clock is right"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		e.Outcome, e.Help = Timeout, "the server took too long"
	}
	return e
}

// statusError names what an answer that is not 2xx or 304 means; nil for these.
func statusError(url string, h http.Header, status int, now time.Time) *Error {
	e := &Error{URL: url, Status: status}
	switch {
	case challenged(h):
		e.Outcome, e.Help = Challenge, "the server asks whether we are a person, and this program does not pretend to be one: ask the publisher to let its name pass"
	case status == http.StatusTooManyRequests:
		e.Outcome, e.RetryAfter, e.Help = RateLimited, retryAfter(h, now), "the server wants to be asked less often; the next look waits"
	case status == http.StatusGone:
		e.Outcome, e.Help = Gone, "the outlet has taken it away for good"
	case status == http.StatusNotFound:
		e.Outcome, e.Help = NotFound, "see whether the address is right"
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusUnavailableForLegalReasons:
		e.Outcome, e.RetryAfter, e.Help = Forbidden, retryAfter(h, now), "the server does not let us in: ask the publisher"
	case status >= 500:
		e.Outcome, e.RetryAfter, e.Help = Unavailable, retryAfter(h, now), "the server has a difficulty; the next look waits"
	case status >= 400:
		e.Outcome, e.Help = Refused, "see whether the address is right"
	case status >= 300 && status != http.StatusNotModified:
		e.Outcome, e.Help = Protocol, "a redirect that leads nowhere"
	case status < 200:
		e.Outcome, e.Help = Protocol, "the server does not speak HTTP as it should"
	default:
		return nil
	}
	return e
}

// challenged reports whether an answer is a wall against bots: Cloudflare and DataDome say so in headers.
func challenged(h http.Header) bool {
	return strings.EqualFold(strings.TrimSpace(h.Get("Cf-Mitigated")), "challenge") || h.Get("X-Datadome") != "" && h.Get("X-Datadome") != "protected"
}

// retryAfter reads Retry-After, in seconds or as a date, at most MaxPause; 0 for none and for one in the past.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		d = time.Duration(min(max(n, 0), int64(MaxPause/time.Second))) * time.Second
	} else if t, err := http.ParseTime(v); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), MaxPause)
}
