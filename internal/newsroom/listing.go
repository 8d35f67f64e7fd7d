package newsroom

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/feed"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
)

// A listing is what newsroom needs of a feed.
type listing struct {
	format  string // as package feed names it
	title   string
	home    string // the site's address, absolute; may be empty
	lang    string // BCP 47; may be empty
	entries []entry
	wishes  wishes
	partial bool // the end was missing

	hubs   []string // WebSub, absolute
	self   string   // the address the feed gives itself
	rights []string // what it and its entries say of rights, each once; may be addresses

	sitemaps []string // of an index
}

// What package feed calls the kinds of sitemap.
const (
	formatNews  = "newssitemap"
	formatMap   = "sitemap"
	formatIndex = "sitemapindex"
)

// kind is how the feed is asked for.
func (l listing) kind() string {
	if l.format == formatList {
		return formatList
	}
	if l.format == formatNews || l.format == formatMap {
		return "sitemap"
	}
	return "feed"
}

// readFeed reads an answer as a feed of an outlet that writes in lang. What is no feed, or has no body, is an outcome like the
// others, and changes nothing that is stored.
func readFeed(response fetch.Response, lang string) (listing, *fetch.Error) {
	if len(bytes.TrimSpace(response.Body)) == 0 {
		return listing{}, &fetch.Error{Outcome: fetch.Protocol, URL: response.URL, Status: response.Status, Help: "the server sent an empty answer; the next look waits"}
	}
	f, err := feed.Parse(bytes.NewBuffer(response.Body), feed.Hints{URL: response.URL, Header: response.Header, Lang: lang})
	if err != nil {
		return listing{}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Err: err, Help: "see in a browser whether it is a feed"}
	}
	if f.Format == formatIndex {
		var maps []string
		for _, m := range f.Sitemaps {
			maps = append(maps, m.URL)
		}
		return listing{format: f.Format, sitemaps: maps}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Err: errors.New("it lists sitemaps, not articles"), Help: "follow one of those it lists"}
	}
	if f.Format == "opml" {
		return listing{}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Err: errors.New("it lists feeds, not articles"), Help: "follow one of those it lists"}
	}
	list := listing{
		format: f.Format, title: f.Title, home: f.Link, lang: spoken(f.Lang), partial: f.Partial || response.Truncated, hubs: f.Hubs, self: f.Self,
		wishes: wishes{every: f.Every, skipHours: f.SkipHours, skipDays: weekdays(f.SkipDays)},
	}
	list.says(f.Rights)
	for _, i := range f.Items {
		list.says(i.Rights)
		e := entry{
			guid: strings.TrimSpace(storable([]byte(i.ID))), link: i.Link, title: oneLine(i.Title), content: i.Content, published: i.Published,
			summary: summaryOf(i.Summary, i.Content), categories: i.Categories, lang: spoken(i.Lang),
		}
		if e.content == "" {
			e.content = i.Summary
		}
		if e.published.IsZero() {
			e.published = i.Updated
		}
		for _, a := range i.Authors {
			e.authors = append(e.authors, a.Name)
		}
		list.entries = append(list.entries, e)
	}
	return list, nil
}

// maxRights is how many different things of rights are kept of a feed: entries of an agency may each name their own.
const maxRights = 8

func (l *listing) says(rights string) {
	if rights = oneLine(rights); rights != "" && len(l.rights) < maxRights && !contains(l.rights, rights) {
		l.rights = append(l.rights, rights)
	}
}

// weekdays reads the English names of days.
func weekdays(names []string) []time.Weekday {
	var list []time.Weekday
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, name := range names {
			if strings.EqualFold(strings.TrimSpace(name), d.String()) {
				list = append(list, d)
			}
		}
	}
	return list
}
