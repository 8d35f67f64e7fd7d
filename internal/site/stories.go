package site

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// storyPage is what templates/story.html shows.
type storyPage struct {
	web.Frame
	Count     string
	Said      []said // the oldest first
	Elsewhere []reported
}

// Header lets a timeline be shown again for a minute.
func (storyPage) Header() http.Header { return web.Cached() }

// A reported outlet has the words, too, and they may not stand here.
type reported struct{ Day, Outlet, URL, Lang, Language string }

// storiesPage is what templates/stories.html shows.
type storiesPage struct {
	web.Frame
	Stories []said
	Newer   string
	Older   string
}

// Header lets the list be shown again for a minute.
func (storiesPage) Header() http.Header { return web.Cached() }

// storyPages serves a timeline, or leads to it from the identifier of one of its statements: stories grow together.
func (s *site) storyPages() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tag, err := s.part(r)
		if err != nil {
			s.surface.Fail(w, r, err)
			return
		}
		story, err := s.Store.PublicStory(r.Context(), r.PathValue("id"), tag)
		switch {
		case err != nil:
			s.surface.Fail(w, r, err)
		case story.ID != r.PathValue("id"):
			http.Redirect(w, r, storyPath(tag, story.ID), http.StatusFound) // it may part again
		default:
			web.Handle(s.surface, "story", func(r *http.Request) (storyPage, error) { return s.timeline(r, tag, story) }).ServeHTTP(w, r)
		}
	})
}

// timeline is one statement as outlets had it.
func (s *site) timeline(r *http.Request, tag string, story store.Story) (storyPage, error) {
	frame, t, err := s.told(r, tag)
	if err != nil {
		return storyPage{}, err
	}
	page := storyPage{Frame: frame}
	// They were said at one time; what tells them apart is when they were reported.
	var originals []string
	for _, p := range story.Statements {
		originals = append(originals, p.Original)
	}
	days, err := s.Store.OriginalDates(r.Context(), originals)
	if err != nil {
		return storyPage{}, err
	}
	slices.SortStableFunc(story.Statements, func(a, b store.PublicStatement) int { return days[a.Original].Compare(days[b.Original]) })
	if page.Said, err = s.tellAlone(r.Context(), t, story.Statements); err != nil {
		return storyPage{}, err
	}
	for i, p := range story.Statements {
		if page.Said[i].Stamp != "" {
			page.Said[i].Reported = frame.L.T("said.reported", "date", frame.L.Date(days[p.Original]))
		}
	}
	outlets := map[string]bool{}
	for _, p := range story.Statements {
		outlets[p.Outlet.ID] = true
	}
	for _, e := range story.Elsewhere {
		outlets[e.Outlet.ID] = true
		day := frame.L.Date(time.UnixMilli(e.At).In(t.zone))
		page.Elsewhere = append(page.Elsewhere, reported{Day: day, Outlet: e.Outlet.Name, URL: e.URL, Lang: e.Lang, Language: frame.L.Language(e.Lang)})
	}
	page.Count = frame.L.T("story.outlets", "n", len(outlets))
	page.Title = frame.L.T("story.title", "name", page.Said[0].Who.Name)
	base := s.base(r)
	page.Canonical = base + storyPath(tag, story.ID)
	for i, l := range page.Langs {
		page.Langs[i].Href = storyPath(l.Lang, story.ID)
	}
	page.NoIndex = true // it changes with every outlet that is followed; what it shows has pages of its own
	return page, nil
}

// stories lists what several outlets reported, the newest first.
func (s *site) stories(r *http.Request) (storiesPage, error) {
	ctx := r.Context()
	tag, err := s.part(r)
	if err != nil {
		return storiesPage{}, err
	}
	frame, t, err := s.told(r, tag)
	if err != nil {
		return storiesPage{}, err
	}
	here, after := "/"+tag+"/stories/", r.URL.Query().Get("after")
	first, next, err := s.Store.PublicStories(ctx, tag, after, saidSize)
	if err != nil {
		return storiesPage{}, asked(err)
	}
	page := storiesPage{Frame: frame}
	page.Title = frame.L.T("stories")
	if page.Stories, err = s.tell(ctx, t, first, false); err != nil {
		return storiesPage{}, err
	}
	base := s.base(r)
	page.Canonical = base + here
	for i, l := range page.Langs {
		page.Langs[i].Href = "/" + l.Lang + "/stories/"
		page.Alternates = append(page.Alternates, web.Alternate{Lang: l.Lang, URL: base + page.Langs[i].Href})
	}
	if after != "" {
		page.NoIndex, page.Canonical, page.Alternates, page.Newer = true, "", nil, here
	}
	if next != "" {
		page.Older = here + "?after=" + url.QueryEscape(next)
	}
	return page, nil
}
