package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// formatList is the format of a page whose links are followed by a rule.
const formatList = "list"

// maxListRule is how many bytes each part of a list rule has.
const maxListRule = 500

// readList reads the links of a page as entries. A page without any is an outcome like the others: its outlet has rebuilt it, and a person
// has to say where the links are now.
func readList(response fetch.Response, rule news.ListRule) (listing, *fetch.Error) {
	l, err := extract.Links(response.Body, response.URL, response.Header, rule.Links)
	list := listing{format: formatList, title: l.Title, home: response.URL, lang: spoken(l.Lang), partial: response.Truncated}
	for _, link := range l.Links {
		if takes(rule.Pattern, link.URL) {
			list.entries = append(list.entries, entry{link: link.URL, title: oneLine(link.Title), lang: list.lang})
		}
	}
	switch {
	case err != nil:
	case len(l.Links) == 0:
		err = fmt.Errorf("no link is in %q", rule.Links)
	case len(list.entries) == 0:
		err = fmt.Errorf("none of the %s in %q has an address like %q; the first is %s", count(len(l.Links), "link"), rule.Links, rule.Pattern, l.Links[0].URL)
	}
	if err != nil {
		return listing{}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Status: response.Status, Err: err, Help: "the page may have been rebuilt: look where its links are, and change the rule"}
	}
	return list, nil
}

// takes reports whether an address is like a pattern, as a whole.
func takes(pattern, at string) bool {
	if pattern == "" {
		return true
	}
	u, err := url.Parse(at)
	return err == nil && rights.Matches(strings.TrimSuffix(pattern, "$")+"$", u)
}

// checkListRule gives a rule without spaces at its ends, or news.ErrInvalid in words that its writer understands.
func checkListRule(rule news.ListRule) (news.ListRule, error) {
	rule.Links, rule.Pattern = strings.TrimSpace(rule.Links), strings.TrimSpace(rule.Pattern)
	if len(rule.Links) > maxListRule || len(rule.Pattern) > maxListRule {
		return rule, fmt.Errorf("the rule has more than %d characters: %w", maxListRule, news.ErrInvalid)
	}
	if rule.Links == "" {
		return rule, fmt.Errorf("say where the links are, by a CSS selector such as \"main h2\": %w", news.ErrInvalid)
	}
	if _, err := extract.Links(nil, "", nil, rule.Links); err != nil {
		return rule, fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	if p := rule.Pattern; p != "" && !strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "*") && !strings.HasPrefix(p, "https://") && !strings.HasPrefix(p, "http://") {
		return rule, fmt.Errorf("%q is no pattern of addresses: write a path such as /news/*, or a whole address, with * for any characters: %w", p, news.ErrInvalid)
	}
	return rule, nil
}

// TryListRule shows what a rule takes now of the page that a feed of kind "list" follows; nothing is kept. The page is asked for at most once
// in a while, however many rules are tried. The error is news.ErrInvalid, in words, if the rule is none or takes nothing.
func (r *Room) TryListRule(ctx context.Context, outlet, feed string, rule news.ListRule) (Preview, error) {
	f, err := r.listFeed(ctx, outlet, feed)
	if err != nil {
		return Preview{}, err
	}
	if rule, err = checkListRule(rule); err != nil {
		return Preview{}, err
	}
	filter, err := r.Store.Filter(ctx, outlet)
	if err != nil {
		return Preview{}, err
	}
	return r.PreviewList(ctx, f.URL, rule, filter)
}

// SetListRule changes which links are taken of the page that a feed of kind "list" follows, and looks at it soon. Links that the rule
// takes and the one before did not wait for a person if they are many.
func (r *Room) SetListRule(ctx context.Context, outlet, feed string, rule news.ListRule) error {
	if _, err := r.listFeed(ctx, outlet, feed); err != nil {
		return err
	}
	rule, err := checkListRule(rule)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveListRule(ctx, feed, rule); err != nil {
			return err
		}
		return r.changeFeedIn(ctx, tx, outlet, feed, func(f *news.Feed) {
			f.ETag, f.LastModified, f.Unconditional = "", "", 0 // the page is to be read anew, changed or not
			f.Fails, f.NextAt, f.NextWhy = 0, max(r.now(), f.CheckedAt+time.Minute.Milliseconds()), whyRule
		})
	})
}

// listFeed returns a feed of an outlet that follows a page by its links.
func (r *Room) listFeed(ctx context.Context, outlet, feed string) (news.Feed, error) {
	f, err := r.Store.Feed(ctx, feed)
	if err != nil {
		return f, err
	}
	if f.Outlet != outlet {
		return f, fmt.Errorf("feed %s of outlet %s: %w", feed, outlet, news.ErrNotFound)
	}
	if f.Kind != formatList {
		return f, fmt.Errorf("%s is a feed and has no rule of links: %w", f.URL, news.ErrInvalid)
	}
	return f, nil
}

// listError makes an error of a first look one that the person who asked for it sees.
func listError(err *fetch.Error) error { return errors.Join(err, news.ErrInvalid) }
