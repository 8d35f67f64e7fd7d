package newsroom

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// FollowOptions are what a person may say of an outlet.
type FollowOptions struct {
	Into []string // languages to translate into; nil: those that the engines allow
	Name string   // empty: what the feed calls itself
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
	if o, known, err := r.followed(ctx, clean, options); known || err != nil {
		return o, err
	}
	asked, response, list, err := r.find(ctx, clean)
	if err != nil {
		return news.Outlet{}, err
	}
	if o, known, err := r.followed(ctx, asked.URL, options); known || err != nil {
		return o, err
	}
	o := news.Outlet{ID: store.NewID(), Name: options.Name, Home: list.home, Lang: list.lang, Into: options.Into, CreatedAt: r.now()}
	if o.Name == "" {
		o.Name = oneLine(list.title)
	}
	if o.Name == "" {
		o.Name = pageHost(clean)
	}
	if o.Home == "" || address.Site(o.Home) != address.Site(clean) {
		o.Home = address.Resolve(clean, "/")
	}
	o.Site = address.Site(o.Home)
	f := news.Feed{ID: store.NewID(), Outlet: o.ID, URL: asked.URL, Kind: "feed", NextAt: r.now()}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := r.addOutlet(ctx, tx, o); err != nil {
			return err
		}
		if err := tx.SaveFeed(ctx, f); err != nil {
			return err
		}
		return r.seen(ctx, tx, o, f, asked, response, list, &CheckResult{})
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

// find asks an address and, if it is a page, the feeds that it names, and returns the first answer that is a feed.
func (r *Room) find(ctx context.Context, url string) (fetch.Request, fetch.Response, listing, error) {
	asked := fetch.Request{URL: url, Kind: fetch.Feed}
	response, err := r.Fetch.Get(ctx, asked)
	if err != nil {
		return asked, response, listing{}, err
	}
	list, notFeed := readFeed(response, "")
	if notFeed == nil {
		return asked, response, list, nil
	}
	candidates := feedsOn(notFeed)
	named := len(candidates) > 0
	if !named {
		for _, path := range guesses {
			candidates = append(candidates, address.Resolve(response.URL, path))
		}
	}
	var tried []string
	for i, at := range candidates {
		if named && i == maxCandidates {
			break
		}
		asked := fetch.Request{URL: at, Kind: fetch.Feed}
		if !named {
			asked.Kind = fetch.Sitemap // a guess: robots.txt holds
		}
		response, err := r.Fetch.Get(ctx, asked)
		var refused *fetch.Error
		switch {
		case errors.As(err, &refused):
			tried = append(tried, at)
			continue
		case err != nil:
			return asked, response, listing{}, err
		}
		if list, notFeed := readFeed(response, ""); notFeed == nil {
			return asked, response, list, nil
		}
		tried = append(tried, at)
	}
	return asked, response, listing{}, fmt.Errorf("%s is a web page, not a feed, and no feed was found from it (tried %s); give the address of the feed itself, or take single pages with: dragoman take URL: %w",
		url, strings.Join(tried, ", "), news.ErrInvalid)
}

// oneLine is a text without line ends and doubled spaces, short enough for a name.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxLine {
		s = string(r[:maxLine])
	}
	return s
}

// maxLine is how many characters a name or a headline keeps.
const maxLine = 500
