package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A frame is what stands around the content of a page of the desk. Page structs embed it.
type frame struct {
	L      *locale.Printer
	Title  string
	Nav    string       // which part of the desk it is: "queue", "outlets", "speakers", "glossary", "editors", "settings", or "" outside
	Site   string       // title of the site
	Editor news.Editor  // nobody at the door
	Path   string       // of the page, to come back to
	Spoken []langChoice // languages of the furniture
	Alert  *alert
}

type langChoice struct {
	Tag, Name string
	Current   bool
}

// An alert is what the last action came to.
type alert struct {
	Bad    bool
	Text   string
	Detail string // of an error, in English; empty if the text says it all
}

// May reports whether the editor may do what asks for the role.
func (f frame) May(role string) bool { return f.Editor.Role.May(news.Role(role)) }

type editorKey struct{}

// may lets those pass who are logged in and have the role; others are sent to the door or told so.
func (d *desk) may(role news.Role, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e, err := d.Store.Session(r.Context(), d.session.Hash(r), d.Now().UnixMilli())
		switch {
		case errors.Is(err, news.ErrNotFound):
			to := "/desk/login"
			if r.Method == http.MethodGet && r.URL.Path != "/desk/" {
				to += "?next=" + url.QueryEscape(r.URL.RequestURI())
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
		case err != nil:
			d.surface.Fail(w, r, err)
		case !e.Role.May(role):
			r = r.WithContext(context.WithValue(r.Context(), editorKey{}, e))
			d.surface.Fail(w, r, fmt.Errorf("%s is %s; this asks for %s: %w", e.Name, e.Role, role, news.ErrDenied))
		default:
			h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), editorKey{}, e)))
		}
	})
}

// editor returns who sent r; the zero editor at the door.
func editor(r *http.Request) news.Editor {
	e, _ := r.Context().Value(editorKey{}).(news.Editor)
	return e
}

const langCookie = "desk-language"

// printer speaks the language that the editor chose, else the browser's.
func printer(r *http.Request) *locale.Printer {
	if c, err := r.Cookie(langCookie); err == nil && locale.Has(c.Value) {
		return locale.For(c.Value)
	}
	return locale.Match(r.Header.Get("Accept-Language"))
}

func (d *desk) frame(r *http.Request, nav, title string) frame {
	f := frame{L: printer(r), Nav: nav, Title: title, Editor: editor(r), Path: r.URL.RequestURI(), Site: "dragoman"}
	if r.Method != http.MethodGet { // a form that came back: its address answers no GET
		f.Path = "/desk/"
	}
	if settings, err := d.Store.Settings(r.Context()); err == nil { // without it the page still stands
		f.Site = web.SiteOf(settings, f.L.Tag()).Title
	}
	for _, tag := range locale.Tags() {
		f.Spoken = append(f.Spoken, langChoice{tag, locale.Own(tag), tag == f.L.Tag()})
	}
	if done := r.URL.Query().Get("done"); done != "" && f.L.Has("done."+done) {
		f.Alert = &alert{Text: f.L.T("done." + done)}
	}
	return f
}

// language keeps the language an editor chose.
func (d *desk) language(r *http.Request) (web.Move, error) {
	tag := r.FormValue("language")
	if !locale.Has(tag) {
		return web.Move{}, fmt.Errorf("language %.20q: %w", tag, news.ErrInvalid)
	}
	to := r.FormValue("back")
	if !strings.HasPrefix(to, "/desk/") {
		to = "/desk/"
	}
	c := &http.Cookie{Name: langCookie, Value: locale.For(tag).Tag(), Path: "/desk", MaxAge: int(365 * 24 * time.Hour / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: d.session.Safe || web.Secure(r)}
	return web.Move{To: to, Cookie: c}, nil
}

// failurePage is what templates/failure.html shows.
type failurePage struct {
	frame
	Status int
	Word   string
	Detail string
}

func (d *desk) failure(r *http.Request, f web.Failure) (string, any) {
	p := failurePage{Status: f.Status, Word: word(f.Status)}
	p.frame = d.frame(r, "", "")
	p.Title = p.L.T("desk.failure." + p.Word)
	if f.Status < http.StatusInternalServerError && f.Status != http.StatusNotFound {
		p.Detail = sentence(f.Err)
	}
	return "failure", p
}

// word names an error in the catalogue.
func word(status int) string {
	switch status {
	case http.StatusNotFound:
		return "missing"
	case http.StatusConflict:
		return "conflict"
	case http.StatusForbidden:
		return "denied"
	case http.StatusTooManyRequests:
		return "slow"
	case http.StatusRequestEntityTooLarge:
		return "big"
	case http.StatusUnprocessableEntity:
		return "invalid"
	}
	return "ours"
}

// sentence is an error as an editor reads it: without the word for its kind, which stands at the end of each.
func sentence(err error) string {
	s := err.Error()
	for _, kind := range []error{news.ErrDenied, news.ErrConflict, news.ErrInvalid, news.ErrNotFound} {
		s = strings.TrimSuffix(s, ": "+kind.Error())
	}
	return s
}

// refused is the alert for an error that leaves the editor on the page; ok is false for what is no editor's business.
func (d *desk) refused(r *http.Request, err error) (a *alert, status int, ok bool) {
	status = web.Status(err)
	if status >= http.StatusInternalServerError || status == http.StatusNotFound {
		return nil, status, false
	}
	return &alert{Bad: true, Text: printer(r).T("desk.failure." + word(status)), Detail: sentence(err)}, status, true
}

func (d *desk) zone(ctx context.Context) (*time.Location, error) {
	settings, err := d.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return web.Zone(settings), nil
}
