package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
)

// An own is how a page calls itself: its titles, folded, and the keys of its addresses.
type own struct {
	titles    []string
	addresses []string
}

// own returns how the page calls itself, apart from its JSON-LD.
func (h *head) own() own {
	var o own
	for _, list := range [][]string{h.meta["og:title"], h.meta["twitter:title"], {h.title}} {
		for _, s := range list {
			if len(o.titles) < mostTitles {
				o.title(unescaped(s))
			}
		}
	}
	for _, n := range h.h1[:min(len(h.h1), mostTitles)] {
		o.title(textOf(n))
	}
	for _, a := range []string{h.url, h.rel("canonical"), address.Resolve(h.base, h.first("og:url"))} {
		if a != "" && !rootOnly(a) {
			o.addresses = append(o.addresses, address.Key(a))
		}
	}
	return o
}

// mostTitles is how many main headings, and titles of the head, a page's items are held against.
const mostTitles = 20

func (o *own) title(s string) {
	if k := key(s); k != "" {
		o.titles = append(o.titles, k)
	}
}

// lives reports whether a key is that of one of the page's addresses, or differs from it by a query that only one of the two has.
func (o own) lives(key string) bool {
	path, query, _ := strings.Cut(key, "?")
	return slices.ContainsFunc(o.addresses, func(a string) bool {
		ownPath, ownQuery, _ := strings.Cut(a, "?")
		return path == ownPath && (query == ownQuery || query == "" || ownQuery == "")
	})
}

// likest is how much a title is like the likest of the page's own, from 0 to 1.
func (o own) likest(title string) float64 {
	best := 0.0
	for _, t := range o.titles {
		best = max(best, likeness(title, t))
	}
	return best
}

// elsewhere reports whether an item of JSON-LD describes another page than this one: its title has no word in common with this page's titles, or
// hardly one and its address is another.
func (h *head) elsewhere(o object, page own) bool {
	title := key(o.text("headline"))
	if title == "" {
		title = key(o.text("name"))
	}
	alike := 0.0
	if title != "" {
		if alike = page.likest(title); alike >= 0.5 {
			return false
		}
	}
	other := false
	for _, name := range []string{"url", "@id", "mainEntityOfPage"} {
		said := o.address(name)
		a := address.Resolve(h.url, said)
		if a == "" || rootOnly(a) || !strings.ContainsAny(said, "/#") {
			continue // some pages say "true"
		}
		if page.lives(address.Key(a)) {
			return false
		}
		other = true
	}
	if title == "" {
		return other && len(page.addresses) > 0
	}
	return other && len(page.addresses) > 0 && len(page.titles) > 0 || alike == 0 && len(page.titles) > 0
}

// ofOther reports whether an element that names an author or a day speaks of another story than the page's: it stands in an item of microdata with
// another title, or in a small box whose heading is a link to another page.
func (h *head) ofOther(n *html.Node) bool {
	hops := 0
	for p := n; p != nil && p.Type == html.ElementNode && !is(p, atom.Body); p, hops = p.Parent, hops+1 {
		if articleScope(p) {
			return h.titledOther(p)
		}
		if hops > 6 || !is(p, atom.Article, atom.Section, atom.Li, atom.Div) {
			continue
		}
		if longer(p, longestTeaser) {
			hops = 7 // from here on only an item counts
			continue
		}
		if find(p, func(m *html.Node) bool { return is(m, atom.H1) }) != nil {
			return false
		}
		if find(p, func(m *html.Node) bool { return is(m, atom.H2, atom.H3, atom.H4, atom.H5) && h.linksElsewhere(m) }) != nil {
			return true
		}
	}
	return false
}

// titledOther reports whether an item of microdata has a title, and another than the page.
func (h *head) titledOther(scope *html.Node) bool {
	title := find(scope, func(m *html.Node) bool {
		return is(m, atom.H1) || attr(m, "itemprop") == "headline" || attr(m, "itemprop") == "name" && is(m, atom.H2, atom.H3, atom.H4)
	})
	if title == nil || is(title, atom.H1) || find(scope, func(m *html.Node) bool { return is(m, atom.H1) }) != nil {
		return false
	}
	said := attr(title, "content")
	if said == "" {
		said = textOf(title)
	}
	page := h.own()
	return len(page.titles) > 0 && page.likest(key(said)) < 0.5
}

// longestTeaser is how many bytes of text the box of another story has at most.
const longestTeaser = 800

// articleScope reports whether an element is an item of microdata that is an article.
func articleScope(n *html.Node) bool {
	return hasAttr(n, "itemscope") && (object{"@type": attr(n, "itemtype"), "headline": true}).article()
}
