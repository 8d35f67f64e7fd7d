// Package support lets readers give: plain links to the services the editors named, and a bank transfer in euros with a code that a bank's app reads.
//
// Nobody else's script, picture or frame is loaded, and nothing is counted. Links lead to https only; an IBAN is shown only if its checksum holds.
// The room reads the settings and changes nothing.
package support

import (
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

//go:embed templates
var files embed.FS

// Config is what the page needs.
type Config struct {
	Store *store.Store
	Base  string           // address of the site without a final slash; empty: as each reader asked for it
	Log   *slog.Logger     // nil: slog.Default()
	Now   func() time.Time // nil: time.Now
}

type support struct{ Config }

// Handler serves /LANG/support/.
func Handler(c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	templates, err := fs.Sub(files, "templates")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	s := support{c}
	surface := &web.Surface{Templates: web.PublicPages(template.FuncMap{}, templates), Log: c.Log, Failure: s.failure}
	mux := http.NewServeMux()
	mux.Handle("GET /{lang}/support/{$}", web.Handle(surface, "support", s.page))
	return mux
}

// page is what templates/support.html shows.
type page struct {
	web.Frame
	Text     []string // paragraphs
	Links    []Link
	Transfer *transfer
}

// Header lets the page be shown again for a minute.
func (page) Header() http.Header { return web.Cached() }

type transfer struct {
	Payee
	Grouped string // the IBAN in groups of four, as people read it
	Code    *Code  // nil if the account cannot be put in one
}

func (s support) page(r *http.Request) (page, error) {
	tag := r.PathValue("lang")
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return page{}, err
	}
	langs, err := s.Store.PublishedLangs(r.Context())
	if err != nil {
		return page{}, err
	}
	if !lang.Valid(tag) || !slices.Contains(langs, tag) && !slices.Contains(locale.Tags(), tag) {
		return page{}, news.ErrNotFound
	}
	if !slices.Contains(langs, tag) {
		langs = append(langs, tag)
		slices.Sort(langs)
	}
	p := page{Frame: web.NewFrame(settings, tag, langs, s.Now())}
	p.Title = p.L.T("support.title", "site", p.Site.Title)
	base := web.BaseURL(s.Base, r)
	for i, l := range p.Langs {
		p.Langs[i].Href = l.Href + "support/"
		p.Alternates = append(p.Alternates, web.Alternate{Lang: l.Lang, URL: base + l.Href + "support/"})
	}
	p.Canonical = base + "/" + tag + "/support/"
	p.Text = paragraphs(web.In(settings, "support.text", tag))
	if p.Text == nil {
		p.Text = []string{p.L.T("support.intro", "site", p.Site.Title)}
	}
	p.Links = Links(settings["support.links"])
	payee := Payee{Name: settings["support.name"], IBAN: compact(settings["support.iban"]), BIC: compact(settings["support.bic"]), Text: web.In(settings, "support.note", tag)}
	if payee.Check() == nil {
		t := &transfer{Payee: payee, Grouped: grouped(payee.IBAN)}
		if code, err := payee.Code(); err == nil { // text that does not fit leaves the account, which is what matters
			t.Code = &code
		}
		p.Transfer = t
	}
	p.NoIndex = p.Links == nil && p.Transfer == nil
	return p, nil
}

func (s support) failure(r *http.Request, f web.Failure) (string, any) {
	tag := locale.For(r.PathValue("lang")).Tag()
	return "failure", web.NewFailurePage(web.NewFrame(nil, tag, nil, s.Now()), f)
}
