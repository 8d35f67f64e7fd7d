package extract

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
)

// A head is what a page says of itself outside its text: meta elements, links, JSON-LD, microdata, times.
type head struct {
	base      string // what relative addresses start from
	url       string
	lang      string              // of the html element
	title     string              // of the title element
	meta      map[string][]string // by name, property or itemprop in lower case
	links     map[string][]link   // by each word of rel that is one of relations
	objects   []object            // all of JSON-LD
	article   object              // the one that describes this page, or nil
	h1        []*html.Node
	h2        []*html.Node
	times     []*html.Node
	props     map[string][]*html.Node // elements by itemprop
	relAuthor []*html.Node
	letters   int      // see bodyLetters; -1 until they are asked for
	bylined   *bylined // the byline; nil until it is asked for
}

// A link is a link element, or an anchor with a rel.
type link struct {
	href, typ, title, hreflang, media string
	anchor                            bool
}

// maxMeta bounds the values kept under one name.
const maxMeta = 100

// readHead reads what a page says of itself in its elements and in the headers it came with. The lean page is nil for a page that was parsed whole.
func readHead(root *html.Node, light *lean, pageURL string, header http.Header) *head {
	h := &head{url: pageURL, base: pageURL, meta: map[string][]string{}, links: map[string][]link{}, props: map[string][]*html.Node{}, letters: -1}
	walk(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		if prop := attr(n, "itemprop"); prop != "" {
			for name := range strings.FieldsSeq(prop) {
				if len(h.props[name]) < maxMeta {
					h.props[name] = append(h.props[name], n)
				}
			}
		}
		h.element(n, light)
		return true
	})
	for _, v := range header.Values("Link") {
		h.linkHeader(v)
	}
	h.article = h.choose()
	return h
}

// A bylined is the names of those who wrote, and where they were read.
type bylined struct {
	names  []string
	source Source
}

// byline is findByline, found once.
func (h *head) byline() ([]string, Source) {
	if h.bylined == nil {
		names, source := h.findByline()
		h.bylined = &bylined{names, source}
	}
	return h.bylined.names, h.bylined.source
}

func (h *head) element(n *html.Node, light *lean) {
	switch n.DataAtom {
	case atom.Html:
		h.lang = attr(n, "lang")
		if h.lang == "" {
			h.lang = attr(n, "xml:lang")
		}
	case atom.Base:
		if href := address.Resolve(h.url, attr(n, "href")); strings.HasPrefix(href, "http") && h.base == h.url {
			h.base = href
		}
	case atom.Title:
		if h.title == "" && ancestor(n, atom.Svg) == nil && n.FirstChild != nil {
			h.title = unescaped(n.FirstChild.Data)
		}
	case atom.Meta:
		h.metaElement(n)
	case atom.Link:
		h.link(n, false)
	case atom.A:
		if attr(n, "rel") != "" {
			h.link(n, true)
		}
	case atom.Script:
		if t := strings.ToLower(attr(n, "type")); strings.Contains(t, "ld+json") && n.FirstChild != nil && len(h.objects) < maxObjects {
			h.objects = append(h.objects, readJSONLD(light.script(n))...)
		}
	case atom.H1:
		h.h1 = append(h.h1, n)
	case atom.H2:
		h.h2 = append(h.h2, n)
	case atom.Time:
		h.times = append(h.times, n)
	}
}

func (h *head) metaElement(n *html.Node) {
	content := attr(n, "content")
	if content == "" {
		content = attr(n, "value")
	}
	if strings.TrimSpace(content) == "" || len(content) > 64<<10 {
		return
	}
	for _, name := range []string{"property", "name", "itemprop", "http-equiv"} {
		// One element may name several properties: property="og:title twitter:title".
		for k := range strings.FieldsSeq(strings.ToLower(attr(n, name))) {
			if len(h.meta[k]) < maxMeta {
				h.meta[k] = append(h.meta[k], content)
			}
		}
	}
}

func (h *head) link(n *html.Node, anchor bool) {
	var l link
	read := false
	for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
		if rel == "author" && anchor {
			h.relAuthor = append(h.relAuthor, n)
		}
		if !relations[rel] || len(h.links[rel]) >= 1000 {
			continue
		}
		if !read {
			l, read = link{href: attr(n, "href"), typ: attr(n, "type"), title: cleanLine(attr(n, "title")), hreflang: attr(n, "hreflang"), media: attr(n, "media"), anchor: anchor}, true
		}
		h.links[rel] = append(h.links[rel], l)
	}
}

// relations are those of links that are asked for.
var relations = set("canonical amphtml alternate next prev license feed")

// linkHeader reads one Link header.
func (h *head) linkHeader(v string) {
	for _, in := range address.Links(v) {
		p := in.Parameters
		l := link{href: in.Target, typ: p["type"], title: p["title"], hreflang: p["hreflang"], media: p["media"]}
		for _, rel := range in.Relations() {
			h.links[rel] = append(h.links[rel], l)
		}
	}
}

// choose returns the object of JSON-LD that describes this page, or nil. Pages also describe the articles they tease.
func (h *head) choose() object {
	var best object
	score := -1
	page := h.own()
	for _, o := range h.objects {
		if !o.article() || h.elsewhere(o, page) {
			continue
		}
		s := 0
		if slices.Contains(page.titles, key(o.text("headline"))) {
			s += 4
		}
		for _, name := range []string{"url", "@id", "mainEntityOfPage"} {
			if a := address.Resolve(h.url, o.address(name)); a != "" && address.Key(a) == address.Key(h.url) {
				s += 3
				break
			}
		}
		if o["articleBody"] != nil {
			s++
		}
		if o["datePublished"] != nil {
			s++
		}
		if s > score {
			best, score = o, s
		}
	}
	return best
}

// first returns the first value under one of the names, as text.
func (h *head) first(names ...string) string {
	for _, name := range names {
		for _, v := range h.meta[name] {
			if s := unescaped(v); s != "" {
				return s
			}
		}
	}
	return ""
}

// rel returns the resolved address of the first link of a relation, or "".
func (h *head) rel(name string) string {
	for _, l := range h.links[name] {
		if href := address.Resolve(h.base, l.href); strings.HasPrefix(href, "http") {
			return href
		}
	}
	return ""
}
