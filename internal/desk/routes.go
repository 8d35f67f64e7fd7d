// Package desk is where editors read, correct and pass what the machine drafted: the queue, an article beside its original block by block,
// the outlets and their terms, the glossary, the people, the settings.
//
// Nothing an editor types is lost: an edit names the revision it began from, and of two at once the second gets both texts back.
// Every page works without JavaScript and at the width of a phone, in each language of the catalogues. The room reads the store and writes through newsroom's verbs.
package desk

import (
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

//go:embed all:templates static
var files embed.FS

// Config is what the desk needs.
type Config struct {
	Store *store.Store
	Room  *newsroom.Room
	Base  string           // address of the site as people know it; with https, cookies go over nothing else
	Log   *slog.Logger     // nil: slog.Default()
	Now   func() time.Time // nil: time.Now
}

// A desk answers editors.
type desk struct {
	Config
	surface *web.Surface
	static  *web.Static
	session web.Session
	tries   web.Limit // logins of a network
	names   web.Limit // logins under a name
}

// Handler serves everything under /desk/.
func Handler(c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	d := &desk{
		Config:  c,
		static:  web.NewStatic(sub("static"), "/desk/static/"),
		session: web.Session{Name: "desk", Path: "/desk", Safe: strings.HasPrefix(c.Base, "https://")},
		tries:   web.Limit{Burst: 10, Every: 30 * time.Second, Now: c.Now},
		names:   web.Limit{Burst: 10, Every: 30 * time.Second, Now: c.Now},
	}
	d.surface = &web.Surface{Templates: web.Pages(template.FuncMap{"static": d.static.Path, "said": onPage, "failed": failedOn}, sub("templates")), Log: c.Log, Failure: d.failure}

	mux := http.NewServeMux()
	mux.Handle("GET /desk/static/", d.static)
	mux.Handle("GET /desk/first/{token}", page(d, "first", d.first))
	mux.Handle("POST /desk/first/{token}", act(d, d.spend))
	mux.Handle("GET /desk/login", page(d, "login", d.loginPage))
	mux.Handle("POST /desk/login", act(d, d.login))
	mux.Handle("POST /desk/logout", act(d, d.logout))
	mux.Handle("POST /desk/language", act(d, d.language))

	mux.Handle("GET /desk/{$}", d.may(news.Translator, page(d, "queue", d.queue)))
	mux.Handle("GET /desk/articles/{id}", d.may(news.Translator, page(d, "article", d.article)))
	mux.Handle("POST /desk/articles/{id}/edit", d.may(news.Translator, act(d, d.edit)))
	mux.Handle("POST /desk/articles/{id}/approve", d.may(news.Reviewer, act(d, d.approve)))
	mux.Handle("POST /desk/articles/{id}/return", d.may(news.Reviewer, act(d, d.sendBack)))
	mux.Handle("POST /desk/articles/{id}/publish", d.may(news.Publisher, act(d, d.publish)))
	mux.Handle("POST /desk/articles/{id}/correct", d.may(news.Publisher, act(d, d.correct)))
	mux.Handle("POST /desk/articles/{id}/unpublish", d.may(news.Publisher, act(d, d.unpublish)))
	mux.Handle("POST /desk/articles/{id}/kill", d.may(news.Publisher, act(d, d.kill)))
	mux.Handle("POST /desk/articles/{id}/flags/{flag}/dismiss", d.may(news.Reviewer, act(d, d.dismiss)))
	mux.Handle("POST /desk/articles/{id}/flags/{flag}/accept", d.may(news.Translator, act(d, d.accept)))
	mux.Handle("GET /desk/articles/{id}/history", d.may(news.Translator, page(d, "history", d.history)))
	mux.Handle("POST /desk/articles/{id}/reread", d.may(news.Reviewer, act(d, d.rereadArticle)))
	mux.Handle("POST /desk/articles/{id}/fetch", d.may(news.Reviewer, act(d, d.fetchArticle)))
	mux.Handle("POST /desk/articles/{id}/restore", d.may(news.Translator, act(d, d.restore)))

	mux.Handle("GET /desk/outlets", d.may(news.Translator, page(d, "outlets", d.outlets)))
	mux.Handle("POST /desk/outlets", d.may(news.Publisher, act(d, d.follow)))
	mux.Handle("POST /desk/outlets/preview", d.may(news.Publisher, act(d, d.preview)))
	mux.Handle("GET /desk/outlets.opml", d.may(news.Translator, web.Raw(d.surface, d.exportOPML)))
	mux.Handle("POST /desk/opml", d.may(news.Publisher, act(d, d.importOPML)))
	mux.Handle("POST /desk/opml/follow", d.may(news.Publisher, act(d, d.followOutlines)))
	mux.Handle("POST /desk/outlets/{id}/filter", d.may(news.Publisher, act(d, d.setFilter)))
	mux.Handle("GET /desk/outlets/{id}/feeds/{feed}", d.may(news.Translator, page(d, "feed", d.feed)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/links", d.may(news.Publisher, act(d, d.setListRule)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/links/try", d.may(news.Publisher, act(d, d.tryListRule)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/address", d.may(news.Publisher, act(d, d.setFeedURL)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/end", d.may(news.Publisher, act(d, d.endFeed)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/wake", d.may(news.Reviewer, act(d, d.wakeFeed)))
	mux.Handle("POST /desk/outlets/{id}/feeds/{feed}/interval", d.may(news.Publisher, act(d, d.setInterval)))
	mux.Handle("POST /desk/take", d.may(news.Reviewer, act(d, d.take)))
	mux.Handle("GET /desk/outlets/{id}", d.may(news.Translator, page(d, "outlet", d.outlet)))
	mux.Handle("POST /desk/outlets/{id}/terms", d.may(news.Publisher, act(d, d.setTerms)))
	mux.Handle("POST /desk/outlets/{id}/language", d.may(news.Publisher, act(d, d.setLanguage)))
	mux.Handle("POST /desk/outlets/{id}/languages", d.may(news.Publisher, act(d, d.setLanguages)))
	mux.Handle("POST /desk/outlets/{id}/held", d.may(news.Reviewer, act(d, d.decideHeld)))
	mux.Handle("POST /desk/outlets/{id}/check", d.may(news.Reviewer, act(d, d.check)))
	mux.Handle("GET /desk/outlets/{id}/rule", d.may(news.Translator, page(d, "rule", d.rule)))
	mux.Handle("POST /desk/outlets/{id}/rule", d.may(news.Publisher, act(d, d.setRule)))
	mux.Handle("POST /desk/outlets/{id}/rule/try", d.may(news.Publisher, act(d, d.tryRule)))
	mux.Handle("POST /desk/outlets/{id}/reread", d.may(news.Reviewer, act(d, d.rereadOutlet)))
	mux.Handle("GET /desk/outlets/{id}/items", d.may(news.Translator, page(d, "items", d.items)))
	mux.Handle("POST /desk/outlets/{id}/retry", d.may(news.Reviewer, act(d, d.retryFailed)))
	mux.Handle("GET /desk/waiting", d.may(news.Translator, page(d, "waiting", d.waiting)))
	mux.Handle("POST /desk/items/{id}/leave", d.may(news.Reviewer, act(d, d.decideLeave)))
	mux.Handle("POST /desk/items/{id}/reread", d.may(news.Reviewer, act(d, d.rereadItem)))
	mux.Handle("POST /desk/items/{id}/fetch", d.may(news.Reviewer, act(d, d.fetchItem)))
	mux.Handle("POST /desk/items/{id}/seen", d.may(news.Reviewer, act(d, d.dismissFailure)))
	mux.Handle("POST /desk/items/{id}/twin", d.may(news.Reviewer, act(d, d.decideTwin)))

	mux.Handle("POST /desk/statements/{id}/speaker", d.may(news.Translator, act(d, d.correctSpeaker)))
	mux.Handle("POST /desk/links", d.may(news.Translator, act(d, d.decideLink)))
	mux.Handle("POST /desk/changes/{id}/undo", d.may(news.Translator, act(d, d.undoChange)))
	mux.Handle("GET /desk/doubts", d.may(news.Translator, page(d, "doubts", d.doubtsList)))
	mux.Handle("GET /desk/speakers/find", d.may(news.Translator, web.Raw(d.surface, d.findSpeakers)))
	mux.Handle("GET /desk/speakers/{$}", d.may(news.Translator, page(d, "speakers", d.speakers)))
	mux.Handle("GET /desk/speakers/{id}", d.may(news.Translator, page(d, "speaker", d.speaker)))
	mux.Handle("POST /desk/speakers/{id}/name", d.may(news.Reviewer, act(d, d.nameSpeaker)))
	mux.Handle("POST /desk/speakers/{id}/role", d.may(news.Reviewer, act(d, d.giveRole)))
	mux.Handle("POST /desk/speakers/{id}/merge", d.may(news.Reviewer, act(d, d.mergeSpeakers)))
	mux.Handle("POST /desk/speakers/{id}/split", d.may(news.Reviewer, act(d, d.splitSpeaker)))

	mux.Handle("GET /desk/glossary/{$}", d.may(news.Translator, page(d, "glossary", d.glossary)))
	mux.Handle("POST /desk/glossary/{$}", d.may(news.Reviewer, act(d, d.addTerm)))
	mux.Handle("POST /desk/glossary/import", d.may(news.Reviewer, act(d, d.importTerms)))
	mux.Handle("GET /desk/glossary/glossary.csv", d.may(news.Translator, web.Raw(d.surface, d.exportTerms)))
	mux.Handle("GET /desk/glossary/{id}", d.may(news.Reviewer, page(d, "term", d.term)))
	mux.Handle("POST /desk/glossary/{id}", d.may(news.Reviewer, act(d, d.saveTerm)))
	mux.Handle("POST /desk/glossary/{id}/remove", d.may(news.Reviewer, act(d, d.removeTerm)))

	mux.Handle("GET /desk/editors", d.may(news.Translator, page(d, "editors", d.editors)))
	mux.Handle("POST /desk/editors", d.may(news.Admin, act(d, d.addEditor)))
	mux.Handle("POST /desk/editors/{id}/role", d.may(news.Admin, act(d, d.setRole)))
	mux.Handle("POST /desk/editors/{id}/remove", d.may(news.Admin, act(d, d.removeEditor)))
	mux.Handle("POST /desk/password", d.may(news.Translator, act(d, d.setPassword)))
	mux.Handle("GET /desk/settings", d.may(news.Admin, page(d, "settings", d.settings)))
	mux.Handle("POST /desk/settings", d.may(news.Admin, act(d, d.saveSettings)))
	mux.HandleFunc("/desk/", func(w http.ResponseWriter, r *http.Request) { d.surface.Fail(w, r, news.ErrNotFound) })

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Robots-Tag", "noindex")
		// With no-referrer a browser sends "Origin: null" with our own forms, which over plain http cannot be told from a stranger's.
		h.Set("Referrer-Policy", "same-origin")
		mux.ServeHTTP(w, r)
	})
}

// page and act serve what a method of the desk gives.
func page[P any](d *desk, name string, f func(*http.Request) (P, error)) http.Handler {
	return web.Handle(d.surface, name, f)
}

func act(d *desk, f func(*http.Request) (web.Move, error)) http.Handler { return web.Act(d.surface, f) }

func sub(dir string) fs.FS {
	s, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return s
}
