package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Preview is what would be followed at an address.
type Preview struct {
	Name    string
	Home    string
	Lang    string // BCP 47, as the feed states it; empty if it does not
	Feed    string // its address
	Kind    string // "feed", "sitemap" or "list"
	Entries int    // in the feed
	Items   []PreviewItem
	Others  []OtherFeed // further feeds that the page names
	Known   string      // identifier of the outlet that follows this feed already; empty for none
	Hub     bool        // the feed names a WebSub hub
	Left    int         // of the entries, those that the filter leaves out
	Rights  string      // what the feed says of rights; empty if it says nothing
}

// A PreviewItem is an article that a feed shows.
type PreviewItem struct {
	Title     string
	URL       string
	Lang      string
	Published time.Time // zero if the feed does not say
	Left      string    // why the filter leaves it out; empty if it does not
}

// An OtherFeed is a feed that a page names beside the one that was found.
type OtherFeed struct{ URL, Title string }

// previewItems is how many articles a preview shows.
const previewItems = 10

// Preview finds the feed at an address as Follow does and shows what it holds; nothing is kept but the answer, for a while in memory, so
// that following it asks nobody again. With links, a CSS selector, it shows the links of the page instead, for outlets without a feed. The filter says which of the items it would leave out. Its errors are those of Follow.
func (r *Room) Preview(ctx context.Context, url, links string, filter news.Filter) (Preview, error) {
	return r.PreviewList(ctx, url, news.ListRule{Links: links}, filter)
}

// PreviewList is Preview for a page whose links are taken by a rule; without a selector a feed is looked for.
func (r *Room) PreviewList(ctx context.Context, url string, rule news.ListRule, filter news.Filter) (Preview, error) {
	clean := address.Resolve("", url)
	if address.Site(clean) == "" {
		return Preview{}, fmt.Errorf("%q is no web address: write one that begins with https://: %w", url, news.ErrInvalid)
	}
	f, err := r.lookFor(ctx, clean, rule)
	if err != nil {
		return Preview{}, err
	}
	o := f.outlet(clean)
	hubs, _ := hubsOf(f.response, f.list)
	p := Preview{Name: o.Name, Home: o.Home, Lang: f.list.lang, Feed: f.asked.URL, Kind: f.list.kind(), Entries: len(f.list.entries), Hub: len(hubs) > 0, Rights: strings.Join(f.list.rights, "; ")}
	p.Others = append(p.Others, f.others...)
	for _, e := range f.list.entries {
		if leftBy(filter, e) != "" {
			p.Left++
		}
	}
	for _, e := range newestEntries(f.list.entries) {
		p.Items = append(p.Items, PreviewItem{Title: e.title, URL: e.link, Lang: e.lang, Published: e.published, Left: leftBy(filter, e)})
	}
	known, followed, err := r.followed(ctx, f.asked.URL, FollowOptions{})
	if followed {
		p.Known = known.ID
	}
	return p, err
}

// newestEntries returns the first entries that a preview shows, by date where all have one.
func newestEntries(list []entry) []entry {
	list = slices.Clone(list)
	if !slices.ContainsFunc(list, func(e entry) bool { return e.published.IsZero() }) {
		slices.SortStableFunc(list, func(a, b entry) int { return b.published.Compare(a.published) })
	}
	return list[:min(len(list), previewItems)]
}

// outlet is the outlet that a found feed makes, where url was asked for.
func (f found) outlet(url string) news.Outlet {
	o := news.Outlet{Name: oneLine(f.list.title), Home: f.list.home, Lang: f.list.lang}
	if o.Name == "" {
		o.Name = pageHost(url)
	}
	if o.Home == "" || address.Site(o.Home) != address.Site(url) {
		o.Home = address.Resolve(url, "/")
	}
	o.Site = address.Site(o.Home)
	return o
}

// others are the feeds of a page without the one that was taken.
func others(named []extract.FeedLink, taken string) []OtherFeed {
	var list []OtherFeed
	for _, f := range named {
		if f.URL != taken && len(list) < maxOthers {
			list = append(list, OtherFeed{f.URL, oneLine(f.Title)})
		}
	}
	return list
}

// maxOthers is how many further feeds a preview offers.
const maxOthers = 12

// previews are the answers shown to editors who have not decided yet. The zero value is ready.
type previews struct {
	mu   sync.Mutex
	list []previewed
}

type previewed struct {
	urls  []string
	found found
	until time.Time
}

// How long and how many answers wait for a decision.
const (
	previewFor  = 15 * time.Minute
	maxPreviews = 8
)

func (p *previews) get(url string, now time.Time) (found, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range p.list {
		if slices.Contains(x.urls, url) && now.Before(x.until) {
			return x.found, true
		}
	}
	return found{}, false
}

func (p *previews) put(f found, now time.Time, urls ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = slices.DeleteFunc(p.list, func(x previewed) bool { return !now.Before(x.until) || slices.Contains(x.urls, urls[0]) })
	if len(p.list) == maxPreviews {
		p.list = slices.Delete(p.list, 0, 1)
	}
	p.list = append(p.list, previewed{urls, f, now.Add(previewFor)})
}

// lookFor returns the answer that an earlier preview showed, or asks now. With a list rule, what is at the address is a page and the links
// are on it; the page is kept for a while, so that one rule after another can be tried.
func (r *Room) lookFor(ctx context.Context, url string, rule news.ListRule) (found, error) {
	if rule.Links == "" {
		if f, ok := r.previews.get(url, timeOf(r.now())); ok {
			return f, nil
		}
		f, err := r.find(ctx, url)
		if err != nil {
			return found{}, err
		}
		f.response.Body = nil // it was read
		r.previews.put(f, timeOf(r.now()), url, f.asked.URL)
		return f, nil
	}
	rule, err := checkListRule(rule)
	if err != nil {
		return found{}, err
	}
	key := "\x00" + url
	f, ok := r.previews.get(key, timeOf(r.now()))
	if !ok {
		f.asked = fetch.Request{URL: url, Kind: fetch.Page}
		if f.response, err = r.Fetch.Get(ctx, f.asked); err != nil {
			return found{}, err
		}
		r.previews.put(f, timeOf(r.now()), key)
	}
	var refused *fetch.Error
	if f.list, refused = readList(f.response, rule); refused != nil {
		return found{}, listError(refused)
	}
	return f, nil
}

// asFeed is how an address that is the feed itself is asked for.
func asFeed(url string) fetch.Request { return fetch.Request{URL: url, Kind: fetch.Feed} }
