package newsroom

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// FollowOptions are what a person may say of an outlet.
type FollowOptions struct {
	Into     []string      // languages to translate into; nil: those that the engines allow
	Name     string        // empty: what the feed calls itself
	Filter   news.Filter   // what of it is taken, from the first look on
	Interval time.Duration // how often it is looked at; 0: its own rhythm decides
	Links    string        // CSS selector of the links on a page without a feed; empty: a feed is looked for
	Pattern  string        // of the addresses of these links; empty: all
}

// maxCandidates is how many of the feeds that a page names are tried.
const maxCandidates = 5

// guesses are the paths at which feeds lie most often, tried where a page names none.
var guesses = []string{"/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml"}

// Follow finds the feed at an address, or the one that the page there names, and follows its outlet: outlet, feed, unknown terms
// and the items of the first look are written in one transaction. Nothing becomes public by it. The answer that showed the feed is
// the first look: it is not asked for twice.
//
// A feed that is followed already gives its outlet, with the languages asked for. It is news.ErrInvalid if no feed is found.
func (r *Room) Follow(ctx context.Context, url string, options FollowOptions) (news.Outlet, error) {
	clean := address.Resolve("", url)
	if address.Site(clean) == "" {
		return news.Outlet{}, fmt.Errorf("%q is no web address: write one that begins with https://: %w", url, news.ErrInvalid)
	}
	if err := checkInterval(options.Interval); err != nil {
		return news.Outlet{}, err
	}
	if o, known, err := r.followed(ctx, clean, options); known || err != nil {
		return o, err
	}
	rule := news.ListRule{Links: options.Links, Pattern: options.Pattern}
	f, err := r.lookFor(ctx, clean, rule)
	if err != nil {
		return news.Outlet{}, err
	}
	if o, known, err := r.followed(ctx, f.asked.URL, options); known || err != nil {
		return o, err
	}
	o := f.outlet(clean)
	o.ID, o.Into, o.CreatedAt = store.NewID(), options.Into, r.now()
	if options.Name != "" {
		o.Name = options.Name
	}
	saved := news.Feed{ID: store.NewID(), Outlet: o.ID, URL: f.asked.URL, Kind: f.list.kind(), NextAt: r.now(), Interval: options.Interval.Milliseconds()}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := r.addOutlet(ctx, tx, o); err != nil {
			return err
		}
		if err := tx.SaveFeed(ctx, saved); err != nil {
			return err
		}
		if options.Links != "" {
			if err := tx.SaveListRule(ctx, saved.ID, rule); err != nil {
				return err
			}
		}
		if !options.Filter.IsZero() {
			if err := tx.SaveFilter(ctx, o.ID, options.Filter, r.now()); err != nil {
				return err
			}
		}
		return r.seen(ctx, tx, o, saved, saved, answer{f.asked, f.response, f.list}, &CheckResult{})
	})
	if err != nil {
		return news.Outlet{}, err
	}
	return r.Store.Outlet(ctx, o.ID)
}

// followed returns the outlet that has a feed at the address, with the languages now asked for.
func (r *Room) followed(ctx context.Context, url string, options FollowOptions) (news.Outlet, bool, error) {
	f, err := r.Store.FeedByURL(ctx, url)
	if errors.Is(err, news.ErrNotFound) {
		return news.Outlet{}, false, nil
	}
	if err != nil {
		return news.Outlet{}, false, err
	}
	o, err := r.Store.Outlet(ctx, f.Outlet)
	if err != nil || options.Into == nil && options.Name == "" {
		return o, true, err
	}
	if options.Into != nil {
		o.Into = options.Into
	}
	if options.Name != "" {
		o.Name = options.Name
	}
	return o, true, r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SaveOutlet(ctx, o) })
}

// A found feed is the answer that showed it.
type found struct {
	asked    fetch.Request
	response fetch.Response
	list     listing
	others   []OtherFeed // that the page names beside it
}

// find asks an address and, if it is a page, what the page names, the places where feeds lie most often, and the news sitemaps that
// robots.txt names, and returns the first answer that is a feed. tried are the addresses where there was none.
func (r *Room) find(ctx context.Context, url string) (found, error) {
	response, err := r.Fetch.Get(ctx, fetch.Request{URL: url, Kind: fetch.Feed})
	if err != nil {
		return found{}, err
	}
	list, notFeed := readFeed(response, "")
	if notFeed == nil {
		return found{asked: asFeed(url), response: response, list: list}, nil
	}
	if list.format == formatIndex {
		f, _, err := r.try(ctx, newsFirst(list.sitemaps), fetch.Sitemap)
		if err != nil || f.list.format != "" {
			return f, err
		}
	}
	page := response.URL
	feeds := extract.Feeds(response.Body, page, response.Header).Feeds
	var named []string
	for _, f := range feeds {
		named = append(named, f.URL)
	}
	f, tried, err := r.try(ctx, named[:min(len(named), maxCandidates)], fetch.Feed) // the page names them as feeds
	f.others = others(feeds, f.asked.URL)
	if err != nil || f.list.format != "" {
		return f, err
	}
	if len(named) == 0 {
		var guessed []string
		for _, path := range guesses {
			guessed = append(guessed, address.Resolve(page, path))
		}
		f, more, err := r.try(ctx, guessed, fetch.Sitemap) // a guess: robots.txt holds
		if err != nil || f.list.format != "" {
			return f, err
		}
		tried = append(tried, more...)
	}
	f, more, err := r.findSitemap(ctx, page)
	if err != nil || f.list.format != "" {
		return f, err
	}
	return found{}, fmt.Errorf("%s is a web page, not a feed, and no feed was found from it (tried %s); give the address of the feed itself, or take single pages with: dragoman take URL: %w",
		url, strings.Join(append(tried, more...), ", "), news.ErrInvalid)
}

// try returns the first of some addresses that is a feed.
func (r *Room) try(ctx context.Context, candidates []string, kind fetch.Kind) (f found, tried []string, err error) {
	for _, at := range candidates {
		asked := fetch.Request{URL: at, Kind: kind}
		response, err := r.Fetch.Get(ctx, asked)
		var refused *fetch.Error
		switch {
		case errors.As(err, &refused):
		case err != nil:
			return found{}, tried, err
		default:
			if list, notFeed := readFeed(response, ""); notFeed == nil {
				return found{asked: asked, response: response, list: list}, tried, nil
			}
		}
		tried = append(tried, at)
	}
	return found{}, tried, nil
}

// maxSitemaps is how many sitemaps are asked for on the way to one with news.
const maxSitemaps = 4

// findSitemap returns the first news sitemap that robots.txt names, directly or by an index. A sitemap of all pages is no feed of
// news; somebody who means it can give its address.
func (r *Room) findSitemap(ctx context.Context, page string) (f found, tried []string, err error) {
	robots, err := r.Fetch.Get(ctx, fetch.Request{URL: address.Resolve(page, "/robots.txt"), Kind: fetch.Feed})
	var refused *fetch.Error
	if errors.As(err, &refused) {
		return found{}, nil, nil
	}
	if err != nil {
		return found{}, nil, err
	}
	queue := newsFirst(fetch.ParseRobots(robots.Body).Sitemaps)
	for n := 0; n < maxSitemaps && len(queue) > 0; n++ {
		at := queue[0]
		queue = queue[1:]
		asked := fetch.Request{URL: at, Kind: fetch.Sitemap}
		response, err := r.Fetch.Get(ctx, asked)
		switch {
		case errors.As(err, &refused):
			tried = append(tried, at)
			continue
		case err != nil:
			return found{}, tried, err
		}
		list, notFeed := readFeed(response, "")
		if notFeed == nil && list.format == formatNews {
			return found{asked: asked, response: response, list: list}, tried, nil
		}
		tried = append(tried, at)
		queue = append(newsFirst(list.sitemaps), queue...)
	}
	return found{}, tried, nil
}

// newsFirst puts the addresses that call themselves news before the others.
func newsFirst(list []string) []string {
	var first, rest []string
	for _, at := range list {
		if strings.Contains(strings.ToLower(at), "news") {
			first = append(first, at)
		} else {
			rest = append(rest, at)
		}
	}
	return append(first, rest...)
}

// oneLine is a text without line ends and doubled spaces, short enough for a name.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(storable([]byte(s))), " ")
	if r := []rune(s); len(r) > maxLine {
		s = string(r[:maxLine])
	}
	return s
}

// maxLine is how many characters a name or a headline keeps.
const maxLine = 500
