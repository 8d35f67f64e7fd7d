package site

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// frontSize is how many articles a front page shows.
const frontSize = 25

// frontPage is what templates/front.html shows.
type frontPage struct {
	web.Frame
	Stories   []story
	Newer     string // path of the first page; empty on it
	Older     string // path of the next page; empty on the last
	Elsewhere []web.LangLink
}

// Header lets a front page be shown again for a minute.
func (frontPage) Header() http.Header { return web.Cached() }

// A story is an article as a front page shows it.
type story struct {
	Path    string
	Lang    string
	Dir     string
	Outlet  string
	From    string // "Translated from English"
	Title   string
	Deck    string
	Byline  string
	Date    string // of our publication
	Stamp   string
	Label   string
	Picture render.Picture // of the article's first figure; its Path is empty if none may be shown
}

// front is a front page: what is public in a language, the newest first.
func (s *site) front(r *http.Request) (frontPage, error) {
	tag, err := s.part(r)
	if err != nil {
		return frontPage{}, err
	}
	frame, err := s.frame(r, tag)
	if err != nil {
		return frontPage{}, err
	}
	before, id, err := web.Cursor(r.URL.Query().Get("before"))
	if err != nil {
		return frontPage{}, err
	}
	list, older, err := s.shown(r, tag, before, id, frontSize)
	if err != nil {
		return frontPage{}, err
	}
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return frontPage{}, err
	}
	page := frontPage{Frame: frame}
	page.Front, page.Description = true, frame.Site.Tagline
	base := s.base(r)
	page.Canonical = base + "/" + tag + "/"
	for _, l := range frame.Langs {
		page.Alternates = append(page.Alternates, web.Alternate{Lang: l.Lang, URL: base + l.Href})
	}
	page.Alternates = append(page.Alternates, web.Alternate{Lang: "x-default", URL: base + "/"})
	if id != "" {
		page.Newer, page.NoIndex, page.Canonical, page.Alternates = "/"+tag+"/", true, "", nil
	}
	page.Older = older
	for _, p := range list {
		st, err := s.story(r, frame, settings, p)
		if err != nil {
			return frontPage{}, err
		}
		page.Stories = append(page.Stories, st)
	}
	for _, l := range frame.Langs {
		if !l.Current {
			page.Elsewhere = append(page.Elsewhere, l)
		}
	}
	return page, nil
}

// shownRounds is how often a front page or a feed looks further where articles that may no longer be shown fill it.
const shownRounds = 8

// shown returns up to limit of the newest articles from a place on, but those whose outlets took their leave back, and the path of the front
// page that goes on; empty at the end.
func (s *site) shown(r *http.Request, tag string, before int64, id string, limit int) (list []store.Public, older string, err error) {
	for range shownRounds {
		articles, err := s.Store.PublishedList(r.Context(), tag, before, id, limit+1)
		if err != nil {
			return nil, "", err
		}
		older = ""
		for i, p := range articles {
			if len(list) == limit || i == limit {
				older = fmt.Sprintf("/%s/?before=%d-%s", tag, before, id)
				break
			}
			if before, id = p.PublishedAt, p.ID; mode(p) != rights.Private {
				list = append(list, p)
			}
		}
		if len(list) == limit || len(articles) <= limit {
			return list, older, nil
		}
	}
	return list, older, nil
}

func (s *site) story(r *http.Request, frame web.Frame, settings map[string]string, p store.Public) (story, error) {
	at := time.UnixMilli(p.PublishedAt).In(web.Zone(settings))
	st := story{
		Path: path(p.Article), Lang: p.Lang, Dir: render.Dir(p.Lang), Outlet: p.Outlet.Name, From: frame.L.T("translated", "from", frame.L.From(p.Original.Lang)),
		Title: p.Doc.Title.Plain(), Deck: render.Cut(p.Doc.Deck.Plain(), 260), Byline: names(p.Doc.Byline),
		Date: frame.L.Date(at), Stamp: at.Format(time.RFC3339), Label: shortLabel(frame.L, p),
	}
	pictures, err := s.pictures(r, p)
	if err != nil {
		return story{}, err
	}
	for _, b := range p.Doc.Blocks {
		if b.Kind == doc.Figure && b.Media != nil && pictures != nil {
			st.Picture, _ = pictures(b.Media.Src)
			break
		}
	}
	return st, nil
}

// names joins the names of a byline as they stand on the outlet's page.
func names(byline []string) string { return strings.Join(byline, ", ") }

// path returns an article's address.
func path(a news.Article) string {
	return "/" + a.Lang + "/" + time.UnixMilli(a.PublishedAt).UTC().Format("2006/01") + "/" + a.Slug + "/"
}
