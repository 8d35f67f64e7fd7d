package web

import (
	"embed"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
)

//go:embed all:templates static
var files embed.FS

// PublicStatic serves what the public pages load, under /static/.
var PublicStatic = NewStatic(sub(files, "static"), "/static/")

func sub(fsys fs.FS, dir string) fs.FS {
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err)
	}
	return s
}

// Pages parses the templates at the top of fsys. A file whose name begins with "_" is shared; every other is a page, named without
// ".html", that defines its parts beside the shared ones. It panics on a broken template: they are part of the program.
func Pages(funcs template.FuncMap, fsys ...fs.FS) map[string]*template.Template {
	shared := template.New("").Funcs(funcs)
	each := func(do func(name, text string)) {
		for _, f := range fsys {
			entries, err := fs.ReadDir(f, ".")
			if err != nil {
				panic(err)
			}
			for _, e := range entries {
				b, err := fs.ReadFile(f, e.Name())
				if err != nil {
					panic(err)
				}
				do(e.Name(), string(b))
			}
		}
	}
	each(func(name, text string) {
		if strings.HasPrefix(name, "_") {
			template.Must(shared.Parse(text))
		}
	})
	pages := map[string]*template.Template{}
	each(func(name, text string) {
		if !strings.HasPrefix(name, "_") {
			pages[strings.TrimSuffix(name, path.Ext(name))] = template.Must(template.Must(shared.Clone()).Parse(text))
		}
	})
	return pages
}

// PublicPages parses a public surface's templates together with the shell around every public page and the page of its failures.
func PublicPages(funcs template.FuncMap, fsys ...fs.FS) map[string]*template.Template {
	all := template.FuncMap{"static": PublicStatic.Path}
	maps.Copy(all, funcs)
	return Pages(all, append([]fs.FS{sub(files, "templates")}, fsys...)...)
}

// A Site is what the settings say of the whole site, in one language.
type Site struct {
	Title       string
	Tagline     string // empty if none is set
	Contact     string // e-mail address; empty if none is set
	Responsible string // the person who answers for what is published; empty if none is named
	Support     bool   // there is a way to support it
}

// SiteOf reads the settings for a language: "site.title.fr" before "site.title".
func SiteOf(settings map[string]string, lang string) Site {
	return Site{
		Title:       first(In(settings, "site.title", lang), "dragoman"),
		Tagline:     In(settings, "site.tagline", lang),
		Contact:     settings["site.contact"],
		Responsible: settings["site.responsible"],
		Support:     settings["support.links"] != "" || settings["support.iban"] != "",
	}
}

// In returns the setting in a language, or the one for all languages.
func In(settings map[string]string, key, lang string) string {
	return first(settings[key+"."+lang], settings[key])
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// A Frame is what stands around the content of a public page. Page structs embed it.
type Frame struct {
	L           *locale.Printer
	Lang        string // of the part of the site: the first part of the path
	Site        Site
	Title       string // of the page; empty on the front page
	Description string
	Front       bool
	NoIndex     bool
	Canonical   string      // absolute; empty if the page has none
	Alternates  []Alternate // this page in every language, itself included; nil if it has one language
	Feed        string      // path
	Sections    bool        // the site has pages of who said what
	Today       string
	Langs       []LangLink
}

// An Alternate is the same page in another language.
type Alternate struct {
	Lang string // BCP 47 or "x-default"
	URL  string // absolute
}

// A LangLink leads to the site, or to the page, in another language.
type LangLink struct {
	Lang    string
	Name    string
	Href    string
	Current bool
}

// NewFrame returns the frame of a page of the site in lang, with links to the front pages in langs.
func NewFrame(settings map[string]string, lang string, langs []string, now time.Time) Frame {
	l := locale.For(lang)
	f := Frame{L: l, Lang: lang, Site: SiteOf(settings, lang), Today: l.Weekday(now.In(Zone(settings))), Feed: "/" + lang + "/feed.xml"}
	for _, tag := range langs {
		f.Langs = append(f.Langs, LangLink{Lang: tag, Name: locale.Own(tag), Href: "/" + tag + "/", Current: tag == lang})
	}
	return f
}

// Zone returns the time zone of the site's own dates: the setting "site.zone" (a name of the IANA database), else UTC.
func Zone(settings map[string]string) *time.Location {
	if name := settings["site.zone"]; name != "" && name != "Local" {
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	return time.UTC
}

// A FailurePage is what templates/failure.html shows.
type FailurePage struct {
	Frame
	Status int
	Word   string // names the sentences in the catalogue
}

// NewFailurePage returns the page that tells a reader of a public surface what went wrong. It never shows the error itself, which may
// speak of things that are not the reader's.
func NewFailurePage(frame Frame, f Failure) FailurePage {
	frame.Title = frame.L.T("failure." + failureWord(f.Status))
	frame.NoIndex = true
	return FailurePage{Frame: frame, Status: f.Status, Word: failureWord(f.Status)}
}

func failureWord(status int) string {
	switch status {
	case http.StatusNotFound:
		return "missing"
	case http.StatusGone:
		return "gone"
	case http.StatusForbidden:
		return "denied"
	case http.StatusTooManyRequests:
		return "slow"
	case http.StatusInternalServerError:
		return "ours"
	}
	return "request"
}

// BaseURL returns the address of the site without a final slash: the one it was given, else the one the reader asked for.
func BaseURL(given string, r *http.Request) string {
	if given != "" {
		return strings.TrimSuffix(given, "/")
	}
	return Base(r)
}

// Cached returns the header of a response that may be kept, and shown again for a minute without asking.
func Cached() http.Header {
	return http.Header{"Cache-Control": {"public, max-age=60, stale-while-revalidate=600"}}
}
