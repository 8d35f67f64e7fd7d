// Package api is where programs call: today the hubs that send what feeds have that is new.
//
// It promises that whoever calls without knowing an address that was made for him learns and changes nothing; that what is called is
// answered at once, and worked on later; and that nothing of a request is printed. It reads the store and writes through newsroom's verbs.
package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// Config is what the room needs.
type Config struct {
	Room *newsroom.Room
	Log  *slog.Logger     // nil: slog.Default()
	Now  func() time.Time // nil: time.Now
}

type api struct {
	Config
	strangers web.Limit // calls of addresses that are nobody's, by network
	callers   web.Limit // calls of one address
}

// Handler serves everything under /api/.
func Handler(c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	a := &api{
		Config:    c,
		strangers: web.Limit{Burst: 60, Every: time.Second, Now: c.Now},
		callers:   web.Limit{Burst: 60, Every: 5 * time.Second, Now: c.Now},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+newsroom.HubPath+"{callback}", a.hubAsks)
	mux.HandleFunc("POST "+newsroom.HubPath+"{callback}", a.hubDelivers)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { a.say(w, http.StatusNotFound, "There is nothing here.") })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		mux.ServeHTTP(w, r)
	})
}

// say answers in plain text.
func (a *api) say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // whoever asked has left
}
