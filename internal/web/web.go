// Package web serves: it turns what a handler returns into a response, keeps sessions and passwords, and puts the same walls around every page.
//
// A handler has no writer: it gives a page or an error, and web writes either, so no page is half answered. Nothing inline, nothing from a third
// party and no cookie for readers gets past its headers. It knows no article and no database: whoever keeps sessions is given to it.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Surface is a family of pages that look alike and answer errors alike.
type Surface struct {
	Templates map[string]*template.Template // by page name; each has a template "layout"
	Log       *slog.Logger
	// Failure returns the template and the page that tell a reader what went wrong.
	Failure func(r *http.Request, f Failure) (name string, page any)
}

// A Failure is an error as a reader meets it.
type Failure struct {
	Status int
	Err    error
}

// A page may say more of its response than its text.
type (
	withStatus interface{ Status() int }         // 200 otherwise
	withHeader interface{ Header() http.Header } // added to the response
)

// Instead is an error that is answered with a page of its own: a form that cannot be accepted comes back as it was filled in.
type Instead struct {
	Name   string // of the template
	Page   any
	Status int
}

func (i *Instead) Error() string { return "answered with the page " + i.Name }

// A Move sends the reader on: to where the page he asked for is, or after a form has done its work.
type Move struct {
	To      string // a path of ours
	Cookie  *http.Cookie
	Lasting bool // the address was never right: 301 instead of 303
	Header  http.Header
}

// A Body is a response that is no page: a feed, a picture. It is served with an entity tag, and not again to whoever has it.
type Body struct {
	Type   string
	Bytes  []byte
	Header http.Header
}

// Handle serves the pages that f gives, through the template of that name.
func Handle[P any](s *Surface, name string, f func(*http.Request) (P, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := f(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		var h http.Header
		if p, ok := any(page).(withHeader); ok {
			h = p.Header()
		}
		status := http.StatusOK
		if p, ok := any(page).(withStatus); ok {
			status = p.Status()
		}
		s.page(w, r, status, name, page, h)
	})
}

// Act serves what leads elsewhere: f does its work and says where to.
func Act(s *Surface, f func(*http.Request) (Move, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		move, err := f(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if move.Cookie != nil {
			http.SetCookie(w, move.Cookie)
		}
		copyHeader(w.Header(), move.Header)
		w.Header().Set("Location", local(move.To))
		status := http.StatusSeeOther
		if move.Lasting {
			status = http.StatusMovedPermanently
		}
		w.WriteHeader(status)
	})
}

// local returns to if it is a path of this server, else "/": a form never sends anybody elsewhere.
func local(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

// Raw serves the bodies that f gives.
func Raw(s *Surface, f func(*http.Request) (Body, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := f(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		copyHeader(w.Header(), body.Header)
		w.Header().Set("Content-Type", body.Type)
		write(w, r, http.StatusOK, body.Bytes)
	})
}

// page executes the template into memory first: an error in it becomes an error page, not half a page.
func (s *Surface) page(w http.ResponseWriter, r *http.Request, status int, name string, page any, h http.Header) {
	t, ok := s.Templates[name]
	if !ok {
		s.bare(w, r, fmt.Errorf("no template %q", name))
		return
	}
	var buf bytes.Buffer
	if err := t.ExecuteTemplate(&buf, "layout", page); err != nil {
		s.bare(w, r, fmt.Errorf("template %s: %w", name, err))
		return
	}
	copyHeader(w.Header(), h)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	write(w, r, status, buf.Bytes())
}

// fail answers an error with a page, and logs it once if it is ours.
func (s *Surface) fail(w http.ResponseWriter, r *http.Request, err error) {
	var instead *Instead
	if errors.As(err, &instead) {
		w.Header().Set("Cache-Control", "no-store")
		s.page(w, r, instead.Status, instead.Name, instead.Page, nil)
		return
	}
	status := Status(err)
	if r.Context().Err() != nil { // the reader has gone; there is nobody to tell and nothing to repair
		return
	}
	if status >= 500 {
		s.Log.Error("request", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	var slow *TooMany
	if errors.As(err, &slow) {
		w.Header().Set("Retry-After", fmt.Sprint(slow.Seconds))
	}
	name, page := s.Failure(r, Failure{Status: status, Err: err})
	w.Header().Set("Cache-Control", "no-store")
	s.page(w, r, status, name, page, nil)
}

// Fail answers r with the surface's page for err: for what is found out before a handler is reached.
func (s *Surface) Fail(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, err) }

// bare answers when even the error page cannot be made.
func (s *Surface) bare(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.Error("page", "path", r.URL.Path, "error", err)
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}

// A TooMany asks the caller to wait.
type TooMany struct{ Seconds int }

func (e *TooMany) Error() string { return fmt.Sprintf("too many attempts; wait %d seconds", e.Seconds) }

// Status turns an error into an HTTP status: the four kinds of news, what the walls refuse, and 500 for the rest.
func Status(err error) int {
	var big *http.MaxBytesError
	var slow *TooMany
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, news.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, news.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, news.ErrInvalid):
		return http.StatusUnprocessableEntity
	case errors.Is(err, news.ErrDenied):
		return http.StatusForbidden
	case errors.As(err, &big):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &slow):
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

func copyHeader(to, from http.Header) {
	for k, vs := range from {
		for _, v := range vs {
			to.Add(k, v)
		}
	}
}

// write sends body, or 304 to whoever has it already, compressed where that is understood and worth it.
func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	if status == http.StatusOK && (r.Method == http.MethodGet || r.Method == http.MethodHead) && h.Get("Cache-Control") != "no-store" {
		sum := sha256.Sum256(body)
		tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if compressible(h.Get("Content-Type")) {
		h.Add("Vary", "Accept-Encoding")
		if len(body) > 1000 && accepts(r.Header.Get("Accept-Encoding")) {
			body = squeeze(body)
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have gone; nothing can be done about it here
	}
}

// matches compares weakly (RFC 9110, 13.1.2).
func matches(ifNoneMatch, tag string) bool {
	for t := range strings.SplitSeq(ifNoneMatch, ",") {
		t = strings.TrimSpace(t)
		if t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func compressible(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "xml") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "javascript")
}

func accepts(encodings string) bool {
	for e := range strings.SplitSeq(encodings, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(e), ";")
		if strings.TrimSpace(name) == "gzip" {
			return strings.TrimRight(strings.ReplaceAll(q, " ", ""), "0") != "q=" && strings.TrimRight(q, "0.") != "q="
		}
	}
	return false
}

var squeezers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func squeeze(body []byte) []byte {
	var buf bytes.Buffer
	z := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(z)
	z.Reset(&buf)
	_, _ = z.Write(body) // a bytes.Buffer takes everything
	_ = z.Close()
	return buf.Bytes()
}
