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
	Count string
	Told  []told // the oldest first
}

// A told is one outlet's report: its words, or that it has them.
type told struct {
	Said      *said
	Elsewhere *reported
	at        time.Time
}

// Header lets a timeline be shown again for a minute.
func (storyPage) Header() http.Header { return web.Cached() }

// A reported outlet has the words, too, and they do not stand here: Says tells why.
type reported struct{ Day, Says, URL, Lang, Language string }

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
	for _, e := range story.Elsewhere {
		originals = append(originals, e.Original)
	}
	days, err := s.Store.OriginalDates(r.Context(), originals)
	if err != nil {
		return storyPage{}, err
	}
	views, err := s.tellAlone(r.Context(), t, story.Statements)
	if err != nil {
		return storyPage{}, err
	}
	outlets := map[string]bool{}
	for i, p := range story.Statements {
		outlets[p.Outlet.ID] = true
		if views[i].Stamp != "" {
			views[i].Reported = frame.L.T("said.reported", "date", frame.L.Date(days[p.Original]))
		}
		page.Told = append(page.Told, told{Said: &views[i], at: days[p.Original]})
	}
	for _, e := range story.Elsewhere {
		outlets[e.Outlet.ID] = true
		says := "story.withheld"
		if e.Open {
			says = "story.reported"
		}
		day := frame.L.T("said.reported", "date", frame.L.Date(days[e.Original]))
		page.Told = append(page.Told, told{
			Elsewhere: &reported{Day: day, Says: frame.L.T(says, "outlet", e.Outlet.Name), URL: e.URL, Lang: e.Lang, Language: frame.L.Language(e.Lang)}, at: days[e.Original],
		})
	}
	slices.SortStableFunc(page.Told, func(a, b told) int { return a.at.Compare(b.at) })
	page.Count = frame.L.T("story.outlets", "n", len(outlets))
	page.Title = frame.L.T("story.title", "name", views[0].Who.Name)
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
