package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// saidSize is how many statements a page shows.
const saidSize = 25

// speakerPage is what templates/speaker.html shows.
type speakerPage struct {
	web.Frame
	Path        string
	Slug        string
	SpeakerFeed string
	Kind        string
	Name        string
	Role        string // the newest in the page's language, else the newest; empty if articles give none
	RoleTag     string // its language, where it is another than the page's
	Names       []calledPart
	Roles       []calledPart
	Months      []month
	Newer       string // path of the first page; empty on it
	Older       string // path of the next page; empty on the last
	Elsewhere   []web.LangLink
	Data        any // JSON-LD
}

// Header lets a speaker's page be shown again for a minute.
func (speakerPage) Header() http.Header { return web.Cached() }

// A calledPart is a name or a role in a language.
type calledPart struct {
	Text, Lang, Dir string
	Tag             string // the language, named in the page's
	Span            string // from when to when it was seen
}

// A month holds what was said in it.
type month struct {
	Name string
	Said []said
}

// speakerPages serves a speaker's page, or leads to it from an address that was another's before two were found to be one.
func (s *site) speakerPages() http.Handler {
	page := web.Handle(s.surface, "speaker", s.speaker)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tag, by, err := s.speakerAt(r)
		switch {
		case err != nil:
			s.surface.Fail(w, r, err)
		case by.Slug != r.PathValue("slug"):
			if _, err := s.heard(r, tag, by); err != nil {
				s.surface.Fail(w, r, err)
				return
			}
			http.Redirect(w, r, escapedPath(speakerPath(tag, by.Slug)), http.StatusMovedPermanently)
		default:
			page.ServeHTTP(w, r)
		}
	})
}

// speakerAt returns the part of the site and the speaker that r asks for.
func (s *site) speakerAt(r *http.Request) (tag string, by news.Speaker, err error) {
	if tag, err = s.part(r); err != nil {
		return "", news.Speaker{}, err
	}
	by, err = s.Store.SpeakerAt(r.Context(), r.PathValue("slug"))
	return tag, by, err
}

// speaker is what one person or body said, the newest first. A speaker of whom nothing is public in any language has no page.
func (s *site) speaker(r *http.Request) (speakerPage, error) {
	ctx := r.Context()
	tag, by, err := s.speakerAt(r)
	if err != nil {
		return speakerPage{}, err
	}
	frame, t, err := s.told(r, tag)
	if err != nil {
		return speakerPage{}, err
	}
	after := r.URL.Query().Get("after")
	list, next, err := s.Store.PublicStatementsBy(ctx, store.PublicQuery{Lang: tag, Speaker: by.ID, After: after, Limit: saidSize})
	if err != nil {
		return speakerPage{}, asked(err)
	}
	heard, err := s.heard(r, tag, by)
	if err != nil {
		return speakerPage{}, err
	}
	if by, err = s.Store.PublicSpeaker(ctx, by); err != nil {
		return speakerPage{}, err
	}
	page := speakerPage{Frame: frame, Path: speakerPath(tag, by.Slug), Slug: by.Slug, Name: nameOf(by, tag), Role: by.RoleIn(tag)}
	if page.Role == "" && len(by.Roles) > 0 {
		page.Role, page.RoleTag = by.Roles[0].Role, by.Roles[0].Lang
	}
	page.SpeakerFeed = page.Path + "feed.xml"
	if by.Kind != "" {
		page.Kind = frame.L.T("speaker.kind." + string(by.Kind))
	}
	if len(list) == 0 {
		page.Elsewhere = heard
	}
	page.Title, page.Description = page.Name, frame.L.T("speaker.description", "name", page.Name)
	base := s.base(r)
	page.Canonical = base + escapedPath(page.Path)
	for i, l := range page.Langs {
		page.Langs[i].Href = speakerPath(l.Lang, by.Slug)
	}
	for _, l := range heard { // an empty page is nothing to lead to from a search engine
		page.Alternates = append(page.Alternates, web.Alternate{Lang: l.Lang, URL: base + escapedPath(l.Href)})
	}
	page.Names, page.Roles = called(t, by)
	if after != "" {
		page.Newer, page.Canonical, page.Alternates = page.Path, "", nil
	}
	if next != "" {
		page.Older = page.Path + "?after=" + url.QueryEscape(next)
	}
	views, err := s.tell(ctx, t, list, true)
	if err != nil {
		return speakerPage{}, err
	}
	page.NoIndex = after != "" || !indexed(t, views)
	for i := range views {
		views[i].Named = false
		if views[i].Who.Role == page.Role { // it stands at the head of the page
			views[i].Who.Role = ""
		}
	}
	page.Months = months(t, list, views)
	page.Data = speakerData(page, by.Kind, base)
	return page, nil
}

// told returns what stands around a page of statements, and who puts them into words there.
func (s *site) told(r *http.Request, tag string) (web.Frame, teller, error) {
	frame, err := s.frame(r, tag)
	if err != nil {
		return web.Frame{}, teller{}, err
	}
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return web.Frame{}, teller{}, err
	}
	return frame, teller{l: frame.L, tag: tag, zone: web.Zone(settings), settings: settings}, nil
}

// indexed reports whether search engines may show a page of statements: somebody read one of their articles over, or the settings ask
// for articles that nobody read, too.
func indexed(t teller, views []said) bool {
	return len(views) > 0 && t.settings["site.index_unread"] == "yes" || slices.ContainsFunc(views, func(v said) bool { return v.Read })
}

// asked makes a place in a list that is none of ours an address that is none.
func asked(err error) error {
	if errors.Is(err, news.ErrInvalid) {
		return fmt.Errorf("%w: %w", errNoPage, err)
	}
	return err
}

// heard returns the languages of the site in which readers see something of a speaker. If there is none it is news.ErrNotFound: that
// the speaker is known at all is not theirs to know.
func (s *site) heard(r *http.Request, tag string, by news.Speaker) ([]web.LangLink, error) {
	frame, err := s.frame(r, tag)
	if err != nil {
		return nil, err
	}
	var langs []string
	for _, l := range frame.Langs {
		langs = append(langs, l.Lang)
	}
	seen, err := s.Store.LangsOfSpeaker(r.Context(), by.ID, langs)
	if err != nil {
		return nil, err
	}
	var links []web.LangLink
	for _, l := range frame.Langs {
		if slices.Contains(seen, l.Lang) {
			l.Href = speakerPath(l.Lang, by.Slug)
			links = append(links, l)
		}
	}
	if links == nil {
		return nil, fmt.Errorf("speaker %s has said nothing that readers see: %w", by.ID, news.ErrNotFound)
	}
	return links, nil
}

// tell makes statements what a page shows, each beside what is linked with it. Where together, one that stands beside another of the
// page does not stand alone, too: its view is empty.
func (s *site) tell(ctx context.Context, t teller, list []store.PublicStatement, together bool) ([]said, error) {
	views, err := s.tellAlone(ctx, t, list)
	if err != nil {
		return nil, err
	}
	var ids, storyIDs []string
	for _, p := range list {
		if ids = append(ids, p.ID); p.Story != "" && !slices.Contains(storyIDs, p.Story) {
			storyIDs = append(storyIDs, p.Story)
		}
	}
	stories, err := s.Store.PublicStoryParts(ctx, t.tag, storyIDs)
	if err != nil {
		return nil, err
	}
	perhaps, err := s.perhaps(ctx, t, ids)
	if err != nil {
		return nil, err
	}
	beside := map[string]bool{}
	for i, p := range list {
		v := &views[i]
		if together && beside[p.ID] {
			*v = said{}
			continue
		}
		if p.Story != "" {
			story := stories[p.Story]
			v.First = t.first(p, story.Statements)
			for _, o := range story.Statements {
				if o.ID != p.ID {
					v.Others, beside[o.ID] = append(v.Others, t.beside(o)), true
				}
			}
			if story.Several() {
				v.Story = storyPath(t.tag, p.Story)
			}
		}
		v.Perhaps = perhaps[p.ID]
	}
	return views, nil
}

// tellAlone makes statements what a page shows, without what is linked with them.
func (s *site) tellAlone(ctx context.Context, t teller, list []store.PublicStatement) ([]said, error) {
	views := make([]said, len(list))
	l := labels{site: s, terms: map[string]news.Terms{}, read: map[string]string{}}
	versions := map[string][]news.Article{} // by item
	for i, p := range list {
		v := t.public(p)
		v.ID, v.Named = "s-"+p.ID, true
		by, err := l.readBy(ctx, p.Article)
		if err != nil {
			return nil, err
		}
		v.Label = t.l.T("label.short.machine")
		if by != "" {
			v.Read, v.Label = true, t.l.T("label.short.read", "name", by)
		}
		if v.Versions, err = s.versionsOf(ctx, p, versions); err != nil {
			return nil, err
		}
		views[i] = v
	}
	return views, nil
}

// versionsOf returns the same words in our other languages.
func (s *site) versionsOf(ctx context.Context, p store.PublicStatement, read map[string][]news.Article) ([]web.LangLink, error) {
	articles, ok := read[p.Item]
	if !ok {
		var err error
		if articles, err = s.Store.ArticlesOf(ctx, p.Item); err != nil {
			return nil, err
		}
		read[p.Item] = articles
	}
	var links []web.LangLink
	for _, a := range articles {
		if a.State.Public() && a.ID != p.Article.ID {
			links = append(links, web.LangLink{Lang: a.Lang, Name: locale.Own(a.Lang), Href: path(a) + "#" + wordsAt(p.Statement)})
		}
	}
	return links, nil
}

// beside is another outlet's rendering.
func (t teller) beside(p store.PublicStatement) wording {
	w := wording{HTML: escaped(p.Place.Words), Lang: p.Place.Lang, Dir: render.Dir(p.Place.Lang), Head: p.Outlet.Name, Path: path(p.Article) + "#" + wordsAt(p.Statement)}
	w.Day, _, _ = t.day(p.Statement)
	if words := p.Words(); words != "" && !lang.Tag(p.Lang).Is(lang.Tag(p.Place.Lang)) {
		w.Of = &origin{words, p.Lang, render.Dir(p.Lang)}
	}
	return w
}

// perhaps returns what the machine takes for the same statements, without being sure and without a person's word, by statement.
func (s *site) perhaps(ctx context.Context, t teller, ids []string) (map[string][]wording, error) {
	links, err := s.Store.PerhapsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, id := range ids {
		for _, l := range links[id] {
			if other := l.Other(id); !slices.Contains(others, other) {
				others = append(others, other)
			}
		}
	}
	list, err := s.Store.PublicStatementsByID(ctx, t.tag, others)
	if err != nil {
		return nil, err
	}
	out := map[string][]wording{}
	for _, id := range ids {
		for _, l := range links[id] {
			i := slices.IndexFunc(list, func(o store.PublicStatement) bool { return o.ID == l.Other(id) })
			if i < 0 {
				continue
			}
			w := t.beside(list[i])
			if t.l.Has("said.why." + l.Why) {
				w.Why = t.l.T("said.why." + l.Why)
			}
			out[id] = append(out[id], w)
		}
	}
	return out, nil
}

// labels knows of articles who read them over, and of outlets what they allow; each is asked about once.
type labels struct {
	site  *site
	terms map[string]news.Terms // by outlet
	read  map[string]string     // by article
}

// readBy returns who read the public revision of an article over; empty if nobody did.
func (l labels) readBy(ctx context.Context, a news.Article) (string, error) {
	if by, ok := l.read[a.ID]; ok {
		return by, nil
	}
	terms, err := l.termsOf(ctx, a.Outlet)
	if err != nil {
		return "", err
	}
	var review rights.Review
	switch r, err := l.site.Store.ReviewOf(ctx, a.ID, a.Public); {
	case errors.Is(err, news.ErrNotFound):
	case err != nil:
		return "", err
	case r.Decision == "approved":
		review = rights.Review{By: r.ByName, At: r.At, Decision: r.Decision}
	}
	l.read[a.ID] = rights.Label(terms.Facts(), review).ReadBy
	return l.read[a.ID], nil
}

// termsOf returns what an outlet allows now.
func (l labels) termsOf(ctx context.Context, outlet string) (news.Terms, error) {
	if t, ok := l.terms[outlet]; ok {
		return t, nil
	}
	t, err := l.site.Store.Terms(ctx, outlet)
	if err != nil {
		return news.Terms{}, err
	}
	l.terms[outlet] = t
	return t, nil
}

// months puts statements under the months they were said in; those that stand beside another are left out.
func months(t teller, list []store.PublicStatement, views []said) []month {
	var out []month
	for i, p := range list {
		if views[i].ID == "" {
			continue
		}
		name := monthOf(t.l, time.UnixMilli(p.At).In(t.zone))
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, month{Name: name})
		}
		last := &out[len(out)-1]
		last.Said = append(last.Said, views[i])
	}
	return out
}

// called lists a speaker's names and roles beside those at the head of the page.
func called(t teller, by news.Speaker) (names, roles []calledPart) {
	seen := map[string]bool{}
	for _, n := range by.Names {
		tag := string(lang.Tag(n.Lang).Bare())
		form := by.In(n.Lang)
		if key := tag + " " + form; form != "" && !seen[key] {
			seen[key] = true
			names = append(names, calledPart{Text: form, Lang: n.Lang, Dir: render.Dir(n.Lang), Tag: t.l.Language(tag)})
		}
	}
	slices.SortStableFunc(names, func(a, b calledPart) int { return strings.Compare(a.Tag, b.Tag) })
	for _, r := range by.Roles {
		span := t.l.Date(time.UnixMilli(r.FirstAt).In(t.zone))
		if until := t.l.Date(time.UnixMilli(r.LastAt).In(t.zone)); until != span {
			span = t.l.T("speaker.span", "from", span, "until", until)
		}
		roles = append(roles, calledPart{Text: r.Role, Lang: r.Lang, Dir: render.Dir(r.Lang), Span: span})
	}
	return names, roles
}
