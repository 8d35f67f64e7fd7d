package demo

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the templates
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	texttemplate "text/template"
	"time"
)

//go:embed page.html
var pageHTML string

//go:embed style.css
var styleCSS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// view is what page.html shows.
type view struct {
	Outlet Outlet
	Words  words
	Base   string // scheme and host, as the outlet was asked
	Kind   string // "home", "article", "terms", "missing"
	Page   page
	Pages  []page
	Body   template.HTML
}

// Date is the day as the outlet writes it.
func (v view) Date(t time.Time) string {
	if strings.HasPrefix(v.Outlet.Lang, "pt") {
		return fmt.Sprintf("%d de %s de %d", t.Day(), v.Words.Months[t.Month()-1], t.Year())
	}
	return fmt.Sprintf("%d %s %d", t.Day(), v.Words.Months[t.Month()-1], t.Year())
}

// Iso is the moment as machines read it.
func (v view) Iso(t time.Time) string { return t.Format(time.RFC3339) }

// Last reports whether i is the last of n.
func (v view) Last(i int, list []string) bool { return i == len(list)-1 }

// ServeHTTP answers as the outlet would.
func (o Outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	v := view{Outlet: o, Words: o.words, Base: "http://" + r.Host, Pages: o.pages}
	for _, p := range o.pages {
		if p.Path != r.URL.Path {
			continue
		}
		if p.whole != nil {
			o.send(w, r, "text/html; charset=utf-8", p.whole)
			return
		}
		v.Kind, v.Page, v.Body = "article", p, template.HTML(p.Body) //nolint:gosec // the outlet's own text, from this folder
		o.html(w, r, v, http.StatusOK)
		return
	}
	switch r.URL.Path {
	case o.Home:
		v.Kind = "home"
		o.html(w, r, v, http.StatusOK)
	case o.Terms:
		v.Kind = "terms"
		o.html(w, r, v, http.StatusOK)
	case o.Feed:
		o.feed(w, r, v)
	case "/robots.txt":
		o.send(w, r, "text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: /search/\nAllow: /\n"))
	case "/static/style.css":
		o.send(w, r, "text/css; charset=utf-8", []byte(styleCSS))
	default:
		o.file(w, r, v)
	}
}

// file answers with a picture, or says that there is nothing.
func (o Outlet) file(w http.ResponseWriter, r *http.Request, v view) {
	if strings.HasPrefix(r.URL.Path, "/img/") && fs.ValidPath(r.URL.Path[1:]) {
		if b, err := files.ReadFile(path.Join(o.folder, r.URL.Path)); err == nil {
			kind := "image/jpeg"
			if strings.HasSuffix(r.URL.Path, ".webp") {
				kind = "image/webp"
			}
			o.send(w, r, kind, b)
			return
		}
	}
	v.Kind = "missing"
	o.html(w, r, v, http.StatusNotFound)
}

func (o Outlet) html(w http.ResponseWriter, r *http.Request, v view, status int) {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if status != http.StatusOK {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write(b.Bytes()) // the client may be gone
		return
	}
	o.send(w, r, "text/html; charset=utf-8", b.Bytes())
}

// send writes what does not change, so that it can be asked for conditionally.
func (o Outlet) send(w http.ResponseWriter, r *http.Request, kind string, b []byte) {
	sum := sha256.Sum256(b)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}

//go:embed rss.xml
var rssXML string

//go:embed atom.xml
var atomXML string

var feedTemplates = texttemplate.Must(texttemplate.New("").Funcs(texttemplate.FuncMap{
	"x": template.HTMLEscapeString, // the five characters that XML reserves, too
	"rfc822": func(t time.Time) string {
		return t.Format(time.RFC1123Z)
	},
	"html": func(p page) string {
		return template.HTMLEscapeString(p.Body)
	},
}).New("rss").Parse(rssXML))

var _ = texttemplate.Must(feedTemplates.New("atom").Parse(atomXML))

func (o Outlet) feed(w http.ResponseWriter, r *http.Request, v view) {
	name, kind := "rss", "application/rss+xml"
	if strings.HasSuffix(o.Feed, ".atom") {
		name, kind = "atom", "application/atom+xml"
	}
	var b bytes.Buffer
	if err := feedTemplates.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	o.send(w, r, kind+"; charset=utf-8", b.Bytes())
}
