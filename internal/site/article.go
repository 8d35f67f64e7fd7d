package site

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// articlePage is what templates/article.html shows.
type articlePage struct {
	web.Frame
	Path       string
	Locale     string // for Open Graph: "pt_BR"
	Text       text
	Headline   template.HTML
	Deck       template.HTML
	Body       template.HTML // in excerpt mode the excerpt
	Source     *source       // head of the original; nil where it does not stand beside the translation
	Pairs      []pair        // instead of Body, where it does
	BesidePath string        // of the page with the original beside it; empty if it may not be, or is shown
	Excerpt    bool
	Provenance provenance
	Image      *image
	Data       any // JSON-LD
	Mail       string
	ShareText  string
	Versions   []web.LangLink // this article in other languages
	Appeal     string         // for support; empty if there is none to be made here
	Notes      []said         // who said what is quoted
}

type text struct{ Lang, Dir string }

type image struct{ URL, Alt string }

type source struct{ Title, Deck template.HTML }

// A pair is a block and what it was translated from; one of them can be missing.
type pair struct{ Source, Translation template.HTML }

// Header lets an article be shown again for a minute.
func (articlePage) Header() http.Header { return web.Cached() }

// gonePage is what templates/gone.html shows: the article was withdrawn, and the page says so.
type gonePage struct {
	web.Frame
	Date string
	Why  string
}

// Status is 410 Gone: programs that keep the address are to forget it.
func (gonePage) Status() int { return http.StatusGone }

// Header keeps a withdrawal from being hidden by a copy.
func (gonePage) Header() http.Header { return http.Header{"Cache-Control": {"no-cache"}} }

// errGone leads from an article that was withdrawn to the page that says so.
var errGone = errors.New("withdrawn")

// articlePages serves the page of an article, alone or with the original beside it, or the page that says it was withdrawn.
func (s *site) articlePages(beside bool) http.Handler {
	article := web.Handle(s.surface, "article", func(r *http.Request) (articlePage, error) { return s.article(r, beside) })
	gone := web.Handle(s.surface, "gone", s.gone)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to, err := s.moved(r, beside)
		switch {
		case errors.Is(err, errGone):
			gone.ServeHTTP(w, r)
		case err != nil:
			s.surface.Fail(w, r, err)
		case to != "":
			http.Redirect(w, r, to, http.StatusMovedPermanently)
		default:
			article.ServeHTTP(w, r)
		}
	})
}

// moved returns the right address of the article whose slug was asked for; empty if it was asked for by that.
func (s *site) moved(r *http.Request, beside bool) (string, error) {
	tag, slug := r.PathValue("lang"), r.PathValue("slug")
	if _, err := s.part(r); err != nil {
		return "", err
	}
	p, err := s.Store.Published(r.Context(), tag, slug)
	if errors.Is(err, news.ErrNotFound) {
		a, err := s.Store.Withdrawn(r.Context(), tag, slug)
		if err != nil {
			return "", err
		}
		if a.State == news.Killed || a.State == news.Unpublished {
			return "", errGone
		}
		return "", fmt.Errorf("article %s is being revised: %w", a.ID, news.ErrNotFound)
	}
	if err != nil {
		return "", err
	}
	to := path(p.Article)
	if beside {
		if mode(p) != rights.Full {
			return to, nil
		}
		to += "original/"
	}
	if to == r.URL.Path {
		return "", nil
	}
	return to, nil
}

func (s *site) gone(r *http.Request) (gonePage, error) {
	frame, err := s.frame(r, r.PathValue("lang"))
	if err != nil {
		return gonePage{}, err
	}
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return gonePage{}, err
	}
	a, err := s.Store.Withdrawn(r.Context(), r.PathValue("lang"), r.PathValue("slug"))
	if err != nil {
		return gonePage{}, err
	}
	events, err := s.Store.Events(r.Context(), a.ID)
	if err != nil {
		return gonePage{}, err
	}
	frame.Title, frame.NoIndex = frame.L.T("gone"), true
	page := gonePage{Frame: frame, Date: frame.L.Date(time.UnixMilli(a.MovedAt).In(web.Zone(settings)))}
	if n := len(events); n > 0 {
		page.Why = events[n-1].Why
	}
	return page, nil
}

func (s *site) article(r *http.Request, beside bool) (articlePage, error) {
	ctx := r.Context()
	p, err := s.Store.Published(ctx, r.PathValue("lang"), r.PathValue("slug"))
	if err != nil {
		return articlePage{}, err
	}
	allowed := mode(p)
	if allowed == rights.Private {
		return articlePage{}, fmt.Errorf("article %s is not for readers any more: %w", p.ID, news.ErrNotFound)
	}
	frame, err := s.frame(r, p.Lang)
	if err != nil {
		return articlePage{}, err
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return articlePage{}, err
	}
	events, err := s.Store.Events(ctx, p.ID)
	if err != nil {
		return articlePage{}, err
	}
	pictures, err := s.pictures(r, p)
	if err != nil {
		return articlePage{}, err
	}
	base := s.base(r)
	page := articlePage{Frame: frame, Path: path(p.Article), Text: text{p.Lang, render.Dir(p.Lang)}, Excerpt: allowed != rights.Full}
	page.Title, page.Canonical = p.Doc.Title.Plain(), base+page.Path
	page.Locale = ogLocale(p.Lang)
	page.Provenance = newProvenance(frame, settings, p, events, page.Canonical)
	page.NoIndex = beside || unread(settings, p)

	options := render.Options{Anchors: true, Classes: true, Picture: pictures, Clock: frame.L.Clock}
	page.Headline = render.Text(p.Doc.Title, p.Lang, options)
	var said noted
	if !page.Excerpt {
		if said, err = s.notes(r, frame, settings, p); err != nil {
			return articlePage{}, err
		}
	}
	page.Notes = said.views
	inText, inDeck := options, options
	inDeck.Refs = map[string][]render.Ref{"": said.refs[""]}
	delete(said.refs, "")
	inText.Refs = said.refs
	switch {
	case page.Excerpt:
		lead := excerpt(p.Doc)
		page.Description = lead
		page.Body = render.HTML(doc.Document{Lang: p.Lang, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "excerpt", Text: doc.Text{S: lead}}}}, options)
	case beside:
		original, _, err := s.Store.Original(ctx, p.Original.ID)
		if err != nil {
			return articlePage{}, err
		}
		page.Deck = render.Text(p.Doc.Deck, p.Lang, inDeck)
		page.Source = &source{Title: render.Text(original.Title, original.Lang, options), Deck: render.Text(original.Deck, original.Lang, options)}
		page.Pairs = pairs(original, p.Doc, inText)
	default:
		page.Deck = render.Text(p.Doc.Deck, p.Lang, inDeck)
		page.Body = render.HTML(p.Doc, inText)
		page.BesidePath = page.Path + "original/"
	}
	if page.Description == "" {
		page.Description = render.Cut(p.Doc.Deck.Plain(), 200)
	}
	if page.Description == "" {
		page.Description = render.Excerpt(p.Doc, 200)
	}
	page.Image = shareImage(p.Doc, pictures, base)
	if err := s.versions(r, &page, p, base); err != nil {
		return articlePage{}, err
	}
	d := data(page, settings, p, base)
	if said.list != nil {
		d["hasPart"] = quotations(said, page.Canonical, base, p.Lang)
	}
	page.Data = d
	page.ShareText = frame.L.T("share.text", "title", page.Title, "outlet", p.Outlet.Name)
	page.Mail = mailto("", page.Title, page.ShareText+"\n\n"+page.Canonical)
	if frame.Site.Support && !notice(p).NoAds {
		page.Appeal = appeal(frame, settings)
	}
	return page, nil
}

// excerpt is what an outlet that allows no more lets stand here: the deck, or the beginning of the text.
func excerpt(d doc.Document) string {
	if d.Deck.S != "" {
		return render.Cut(d.Deck.Plain(), rights.ExcerptLength)
	}
	return render.Excerpt(d, rights.ExcerptLength)
}

// unread reports whether search engines are to leave the article alone: a machine's words that nobody has read over, unless the
// settings ask for these too.
func unread(settings map[string]string, p store.Public) bool {
	return notice(p).NoIndex && settings["site.index_unread"] != "yes"
}

func appeal(frame web.Frame, settings map[string]string) string {
	if s := web.In(settings, "support.appeal", frame.Lang); s != "" {
		return s
	}
	return frame.L.T("support.appeal", "site", frame.Site.Title)
}

// versions adds the article in other languages: links for readers, and for programs the same list on every one of them.
func (s *site) versions(r *http.Request, page *articlePage, p store.Public, base string) error {
	all, err := s.Store.ArticlesOf(r.Context(), p.Item)
	if err != nil {
		return err
	}
	fallback := ""
	for _, a := range all {
		if !a.State.Public() {
			continue
		}
		page.Alternates = append(page.Alternates, web.Alternate{Lang: a.Lang, URL: base + path(a)})
		if fallback == "" || a.Lang == locale.Fallback {
			fallback = base + path(a)
		}
		if a.ID != p.ID {
			page.Versions = append(page.Versions, web.LangLink{Lang: a.Lang, Name: locale.Own(a.Lang), Href: path(a)})
		}
	}
	page.Alternates = append(page.Alternates, web.Alternate{Lang: "x-default", URL: fallback})
	for i, l := range page.Langs { // in the head of the page, too, another language is this article where it exists
		for _, v := range page.Versions {
			if v.Lang == l.Lang {
				page.Langs[i].Href = v.Href
			}
		}
		if l.Lang == p.Lang {
			page.Langs[i].Href = page.Path
		}
	}
	return nil
}

// pairs puts each block beside the one it was translated from: those with its key. A block of the original that has no translation
// stands where it was read.
func pairs(original, translation doc.Document, o render.Options) []pair {
	at := make(map[string]int, len(original.Blocks))
	for i, b := range original.Blocks {
		at[b.Key] = i
	}
	source := o
	source.Prefix, source.Picture, source.Refs = "original-", nil, nil // one of two equal pictures is enough
	var list []pair
	next := 0
	for i, b := range translation.Blocks {
		p := pair{Translation: render.Block(translation, i, o)}
		if j, ok := at[b.Key]; ok {
			for ; next < j; next++ {
				list = append(list, pair{Source: render.Block(original, next, source)})
			}
			if j >= next {
				next = j + 1
			}
			p.Source = render.Block(original, j, source)
		}
		list = append(list, p)
	}
	for ; next < len(original.Blocks); next++ {
		list = append(list, pair{Source: render.Block(original, next, source)})
	}
	return list
}
