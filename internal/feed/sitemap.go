package feed

import (
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
)

// sitemap reads a sitemap, a news sitemap (its addresses have titles and dates) or an index of sitemaps.
func (r *reader) sitemap(root string) {
	r.root = r.top().name
	r.native = "sitemap"
	r.feed.Format = "sitemap"
	if root == "sitemapindex" {
		r.feed.Format = "sitemapindex"
	}
	for {
		t, ok := r.z.next()
		if !ok {
			r.feed.Partial = true
			return
		}
		if t.kind == end && t.name == r.root {
			return
		}
		if t.kind != start || t.self {
			continue
		}
		name := local(t.name)
		if name != "url" && name != "sitemap" {
			continue
		}
		r.scope.open(t.attrs, len(r.open))
		f := field{tag: t.name, scope: &r.scope, depth: len(r.open), base: r.base}
		f.raw, f.nested, f.cut = r.inner(t.name)
		if f.cut {
			r.drop(incomplete)
			r.feed.Partial = true
			return
		}
		if len(r.feed.Items)+len(r.feed.Sitemaps) >= MaxItems {
			r.note("more than %d addresses: the rest was not read", MaxItems)
			r.feed.Partial = true
			return
		}
		if name == "sitemap" {
			r.sitemapEntry(&f)
		} else {
			r.url(&f)
		}
		r.scope.close(len(r.open))
	}
}

// url reads one address of a sitemap. Addresses of another site are dropped: only the site itself can speak for its pages.
func (r *reader) url(f *field) {
	var it Item
	r.each(f, func(g *field) {
		switch g.name {
		case "loc":
			it.Link = r.address(g)
		case "lastmod":
			it.Updated = r.lastmod(g)
		case "xhtml:link":
			abs, tag := resolved(g.base, g.get("href")), tagOf(g.get("hreflang"))
			if abs != "" && tag != "" && strings.EqualFold(g.get("rel"), "alternate") {
				if it.Alternates == nil {
					it.Alternates = map[string]string{}
				}
				it.Alternates[tag] = abs
			}
		case "news:news":
			r.feed.Format = "newssitemap"
			r.news(&it, g)
		}
	})
	switch {
	case it.Link == "":
		r.drop(noAddress)
	case r.base != "" && address.Site(it.Link) != address.Site(r.base):
		r.drop(otherHost)
	default:
		it.ID = it.Link
		r.feed.Items = append(r.feed.Items, it)
	}
}

// news reads what a news sitemap says of an article.
func (r *reader) news(it *Item, f *field) {
	r.each(f, func(g *field) {
		switch g.name {
		case "news:title":
			it.Title = r.plain(g)
		case "news:publication_date":
			it.Published = r.lastmod(g)
		case "news:keywords":
			for s := range strings.SplitSeq(r.text(g), ",") {
				if s = folded(s); s != "" && len(it.Categories) < maxList {
					it.Categories = append(it.Categories, s)
				}
			}
		case "news:publication":
			r.each(g, func(h *field) {
				switch h.name {
				case "news:name":
					it.Source.Title = r.plain(h)
				case "news:language":
					it.Lang = language(r.text(h))
				}
			})
		}
	})
}

func (r *reader) lastmod(f *field) time.Time {
	t, _ := parseDate(r.text(f), "")
	return t
}

func (r *reader) sitemapEntry(f *field) {
	var s Sitemap
	r.each(f, func(g *field) {
		switch g.name {
		case "loc":
			s.URL = r.address(g)
		case "lastmod":
			s.Updated = r.lastmod(g)
		}
	})
	if s.URL == "" {
		r.drop(noAddress)
		return
	}
	r.feed.Sitemaps = append(r.feed.Sitemaps, s)
}

// textSitemap reads a sitemap that is a plain list of addresses, one on each line. It reports whether the text is one.
func (p *parser) textSitemap(text string) bool {
	var items []Item
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "http://") && !strings.HasPrefix(line, "https://") || strings.ContainsAny(line, " <>") {
			return false
		}
		abs := resolved("", line)
		switch {
		case abs == "":
			p.drop(noAddress)
		case p.base != "" && address.Site(abs) != address.Site(p.base):
			p.drop(otherHost)
		case len(items) < MaxItems:
			items = append(items, Item{ID: abs, Link: abs})
		default:
			p.drop(tooMany)
		}
	}
	if len(items) == 0 {
		return false
	}
	p.feed.Format, p.feed.Items = "sitemap", items
	return true
}
