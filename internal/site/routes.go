// Package site shows readers what is published: front pages, articles with the original beside them, feeds, sitemaps, pictures.
//
// Every article says where it comes from, who wrote it, who or what translated it and who read it over; a template test fails if one of these is missing.
// It asks the terms of the outlet anew for every page, so that a right that was taken back is taken back here at once.
// Readers get no cookie, nothing from a third party, and every page without JavaScript. The room reads the store and changes nothing.
package site

import (
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

//go:embed all:templates
var files embed.FS

// Config is what the site needs.
type Config struct {
	Store   *store.Store
	Media   fs.FS            // pictures by the hash of their bytes
	Support http.Handler     // the page at /LANG/support/; nil: there is none
	Base    string           // address of the site as readers know it, without a final slash; empty: as each reader asked for it
	Log     *slog.Logger     // nil: slog.Default()
	Now     func() time.Time // nil: time.Now
}

// A site answers readers.
type site struct {
	Config
	surface   *web.Surface
	limit     web.Limit // searches and files for programs, by network
	spellings spellings
}

// Handler serves everything that readers see but the letter and the support page.
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
	s := &site{Config: c, limit: web.Limit{Burst: 60, Every: 2 * time.Second, Now: c.Now}}
	s.surface = &web.Surface{Templates: web.PublicPages(template.FuncMap{}, templates), Log: c.Log, Failure: s.failure}

	// Below a language lie the pages; beside the languages the few names that programs ask for.
	pages := http.NewServeMux()
	pages.Handle("GET /{$}", web.Act(s.surface, s.root))
	pages.Handle("GET /{lang}/{$}", web.Handle(s.surface, "front", s.front))
	pages.Handle("GET /{lang}", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/feed.xml", web.Raw(s.surface, s.feed))
	pages.Handle("GET /{lang}/{year}/{month}/{slug}", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/{year}/{month}/{slug}/{$}", s.articlePages(false))
	pages.Handle("GET /{lang}/{year}/{month}/{slug}/original/{$}", s.articlePages(true))
	pages.Handle("GET /{lang}/speakers/{$}", web.Handle(s.surface, "speakers", s.speakers))
	pages.Handle("GET /{lang}/speakers", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/speakers/{slug}/{$}", s.speakerPages())
	pages.Handle("GET /{lang}/speakers/{slug}", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/speakers/{slug}/feed.xml", web.Raw(s.surface, s.speakerFeed))
	pages.Handle("GET /{lang}/speakers/{slug}/statements.json", s.statementsFile("json"))
	pages.Handle("GET /{lang}/speakers/{slug}/statements.csv", s.statementsFile("csv"))
	pages.Handle("GET /{lang}/stories/{$}", web.Handle(s.surface, "stories", s.stories))
	pages.Handle("GET /{lang}/stories", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/stories/{id}/{$}", s.storyPages())
	pages.Handle("GET /{lang}/statements/{$}", web.Handle(s.surface, "statements", s.statements))
	pages.Handle("GET /{lang}/statements", web.Act(s.surface, slash))
	pages.Handle("GET /{lang}/statements.json", s.statementsFile("json"))
	pages.Handle("GET /{lang}/statements.csv", s.statementsFile("csv"))
	pages.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.surface.Fail(w, r, errNoPage) })

	mux := http.NewServeMux()
	mux.Handle("GET /static/", web.PublicStatic)
	mux.Handle("GET /media/{name}", web.Raw(s.surface, s.picture))
	mux.Handle("GET /sitemap.xml", web.Raw(s.surface, s.sitemap))
	mux.Handle("GET /{file}", s.sitemapPart(pages))
	mux.Handle("GET /robots.txt", web.Raw(s.surface, s.robots))
	mux.Handle("/", pages)
	return once(mux)
}

// once lets a page ask once which outlets let readers have the whole text, for all that stands on it.
func once(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pages.ServeHTTP(w, r.WithContext(store.AskOnce(r.Context())))
	})
}

// slash leads to the page whose address was typed without its final slash.
func slash(r *http.Request) (web.Move, error) {
	return web.Move{To: r.URL.EscapedPath() + "/", Lasting: true}, nil
}

// failure is the page of an error, in the language of the part of the site it happened in.
func (s *site) failure(r *http.Request, f web.Failure) (string, any) {
	tag := r.PathValue("lang")
	if !lang.Valid(tag) || !locale.Has(tag) {
		tag = locale.Match(r.Header.Get("Accept-Language")).Tag()
	}
	frame, err := s.frame(r, tag)
	if err != nil { // the database cannot be asked: the page must stand without it
		frame = web.NewFrame(nil, tag, nil, s.Now())
	}
	frame.Feed = ""
	return "failure", web.NewFailurePage(frame, f)
}
