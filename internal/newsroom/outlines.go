package newsroom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/feed"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// MaxOutlines is how many feeds of a list are followed at once.
const MaxOutlines = 2000

// An Outline is a feed of an OPML list.
type Outline struct {
	Title  string
	Feed   string // its address
	Home   string // of the site; may be empty
	Folder string // in which it lies, for a person; may be empty
	Known  bool   // it is followed already
}

// ReadOPML reads a list of feeds, each once, and says which are followed already. more is how many lie beyond MaxOutlines of those that are
// not. It is news.ErrInvalid if what is given is no list, or lists nothing.
func (r *Room) ReadOPML(ctx context.Context, opml []byte) (list []Outline, more int, err error) {
	f, err := feed.Parse(bytes.NewReader(opml), feed.Hints{})
	if err != nil || f.Format != "opml" {
		return nil, 0, fmt.Errorf("this is no OPML file: export one from the program that follows the feeds: %w", news.ErrInvalid)
	}
	seen := map[string]bool{}
	fresh := 0
	for _, o := range f.Outlines {
		url := address.Resolve("", o.Feed)
		if address.Site(url) == "" || seen[url] {
			continue
		}
		seen[url] = true
		line := Outline{Title: oneLine(o.Title), Feed: url, Home: address.Resolve("", o.Link)}
		if len(o.Path) > 0 {
			line.Folder = oneLine(o.Path[len(o.Path)-1])
		}
		switch _, err := r.Store.FeedByURL(ctx, url); {
		case err == nil:
			line.Known = true
		case !errors.Is(err, news.ErrNotFound):
			return nil, 0, err
		case fresh == MaxOutlines:
			more++
			continue
		default:
			fresh++
		}
		list = append(list, line)
	}
	if len(list) == 0 {
		return nil, 0, fmt.Errorf("the file names no feed: %w", news.ErrInvalid)
	}
	return list, more, nil
}

// outlineSpread is the time between the first looks at the feeds of one list: a thousand feeds are a thousand requests.
const outlineSpread = 2 * time.Second

// FollowOutlines follows each feed of a list as an outlet of its own, with unknown terms, and returns how many are new. Nobody is asked now:
// the first looks are spread over the time that follows. Feeds that are followed already are left as they are. It is news.ErrInvalid for more
// than MaxOutlines.
func (r *Room) FollowOutlines(ctx context.Context, list []Outline, into []string) (added int, err error) {
	if len(list) > MaxOutlines {
		return 0, fmt.Errorf("%d feeds, more than %d at once: %w", len(list), MaxOutlines, news.ErrInvalid)
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		added = 0
		outlets, err := tx.Outlets(ctx)
		if err != nil {
			return err
		}
		free := freeNames(outlets)
		for _, line := range list {
			url := address.Resolve("", line.Feed)
			if address.Site(url) == "" {
				return fmt.Errorf("%.200q is no web address: %w", line.Feed, news.ErrInvalid)
			}
			switch _, err := tx.FeedByURL(ctx, url); {
			case err == nil:
				continue
			case !errors.Is(err, news.ErrNotFound):
				return err
			}
			if err := r.followOutline(ctx, tx, line, url, free, into, added); err != nil {
				return err
			}
			added++
		}
		return nil
	})
	return added, err
}

func (r *Room) followOutline(ctx context.Context, tx *store.Tx, line Outline, url string, free func(string) string, into []string, n int) error {
	o := news.Outlet{ID: store.NewID(), Name: oneLine(line.Title), Home: address.Resolve("", line.Home), Into: into, CreatedAt: r.now()}
	if o.Name == "" {
		o.Name = pageHost(url)
	}
	if address.Site(o.Home) == "" {
		o.Home = address.Resolve(url, "/")
	}
	o.Name, o.Site = free(o.Name), address.Site(o.Home)
	if err := saveNew(ctx, tx, o); err != nil {
		return err
	}
	at := r.now() + int64(n)*outlineSpread.Milliseconds()
	return tx.SaveFeed(ctx, news.Feed{ID: store.NewID(), Outlet: o.ID, URL: url, Kind: "feed", NextAt: at, NextWhy: whyFirst})
}

// freeNames gives names that no outlet has: a name that is taken gets a number. It asks the database nothing, since a list may call all of
// its feeds by one name.
func freeNames(outlets []news.Outlet) func(string) string {
	taken, last := map[string]bool{}, map[string]int{}
	for _, o := range outlets {
		taken[strings.ToLower(o.Name)] = true
	}
	return func(name string) string {
		as, key := name, strings.ToLower(name)
		for n := max(last[key], 1); taken[strings.ToLower(as)]; {
			n++
			as, last[key] = fmt.Sprintf("%s %d", name, n), n
		}
		taken[strings.ToLower(as)] = true
		return as
	}
}

// OPML lists the feeds that are followed, for other programs.
func (r *Room) OPML(ctx context.Context, title string) ([]byte, error) {
	outlets, err := r.Store.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	var list []feed.Outline
	for _, o := range outlets {
		feeds, err := r.Store.Feeds(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range feeds {
			if f.Kind != "list" { // a page without a feed: no other program can follow it
				list = append(list, feed.Outline{Title: o.Name, Feed: f.URL, Link: o.Home})
			}
		}
	}
	var b bytes.Buffer
	if err := feed.WriteOPML(&b, title, list); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
