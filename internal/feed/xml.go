package feed

import (
	"fmt"
	"strings"
)

// An element is one that is open: a container, not a field.
type element struct {
	name string // as written
	base string // what relative addresses in it start from
	lang string
}

// A reader goes through an XML feed. Fields (title, description, link …) are taken whole, with all that is in them; the elements around
// them (channel, item, entry …) are opened and closed.
type reader struct {
	*parser
	z      scanner
	scope  scope
	native string // the vocabulary of the feed's own elements
	open   []element
	item   *Item // the item being read, or nil
	dates  *dates
	feedAt dates // dates of the feed itself
	itemAt dates
	root   string // name of the outermost element
	closed bool   // the outermost element was
	guid   bool   // the item's guid is an address
}

// xml reads markup: a feed, a sitemap, OPML, or a web page, which is an error.
func (p *parser) xml(text string) error {
	r := &reader{parser: p, z: scanner{s: text}}
	for {
		t, ok := r.z.next()
		if !ok {
			return fmt.Errorf("markup without a feed: %w", ErrNotFeed)
		}
		if t.kind != start {
			continue
		}
		if looksLikePage(t.name) || looksLikePage("<"+t.name) {
			return webPage(text, p.base)
		}
		r.push(t)
		switch local(t.name) {
		case "rss", "rdf", "feed", "channel", "entry", "service", "categories":
			r.rootFormat(t)
			r.syndication()
			return nil
		case "urlset", "sitemapindex":
			r.sitemap(local(t.name))
			return nil
		case "opml":
			r.opml()
			return nil
		}
		if len(r.open) > 3 {
			return fmt.Errorf("%.40q begins no feed: %w", "<"+t.name, ErrNotFeed)
		}
	}
}

// local is a name without its prefix.
func local(name string) string {
	return name[strings.IndexByte(name, ':')+1:]
}

// push opens an element.
func (r *reader) push(t token) {
	e := element{name: t.name, base: r.base}
	if n := len(r.open); n > 0 {
		e.base, e.lang = r.open[n-1].base, r.open[n-1].lang
	}
	r.scope.open(t.attrs, len(r.open))
	e.inherit(t.attrs)
	if !t.self {
		r.open = append(r.open, e)
	}
}

// inherit takes over what attributes say of base and language.
func (e *element) inherit(attrs []attribute) {
	if b := get(attrs, "xml:base"); b != "" {
		if abs := resolved(e.base, b); abs != "" {
			e.base = abs
		}
	}
	for _, a := range attrs {
		if a.name == "xml:lang" || a.name == "lang" {
			e.lang = language(a.value)
		}
	}
}

// top is the innermost open element.
func (r *reader) top() element {
	if len(r.open) == 0 {
		return element{base: r.base}
	}
	return r.open[len(r.open)-1]
}

// rootFormat names the format by the outermost element.
func (r *reader) rootFormat(t token) {
	r.root = t.name
	r.native = r.scope.of(prefixOf(t.name))
	version := strings.TrimSpace(get(t.attrs, "version"))
	switch local(t.name) {
	case "rss":
		r.feed.Format = "rss2.0"
		switch version {
		case "0.9", "0.90":
			r.feed.Format = "rss0.9"
		case "0.91", "0.92", "0.93", "0.94":
			r.feed.Format = "rss" + version
		}
	case "rdf":
		r.feed.Format = "rdf"
		r.native = "rss"
	case "feed", "entry":
		r.feed.Format = "atom1.0"
		for _, a := range t.attrs {
			if strings.HasPrefix(a.name, "xmlns") && strings.Contains(strings.ToLower(a.value), "purl.org/atom") {
				r.feed.Format = "atom0.3"
			}
		}
		if version == "0.3" || version == "0.2" || version == "0.1" {
			r.feed.Format = "atom0.3"
		}
	case "channel":
		r.feed.Format = "cdf"
		if r.native == "rss" {
			r.feed.Format = "rss1.1"
			break
		}
		r.channelAttributes(t.attrs)
	case "service", "categories":
		r.feed.Format = "atom1.0" // the Atom Publishing Protocol's lists of collections: feeds without entries
	}
	if len(r.open) > 0 {
		r.feed.Lang = r.top().lang
	}
	r.dates = &r.feedAt
	if local(t.name) == "entry" {
		r.begin(t)
	}
}

func prefixOf(name string) string {
	if i := strings.IndexByte(name, ':'); i >= 0 {
		return name[:i]
	}
	return ""
}

// atom reports whether the feed is of that family: its texts say by attributes what they are.
func (r *reader) atom() bool { return strings.HasPrefix(r.feed.Format, "atom") }

// syndication reads RSS, RDF, Atom and CDF.
func (r *reader) syndication() {
	for {
		t, ok := r.z.next()
		if !ok {
			break
		}
		switch t.kind {
		case start:
			r.startTag(t)
		case end:
			r.endTag(t.name)
		}
		if len(r.feed.Items) >= MaxItems {
			r.note("more than %d items: the rest was not read", MaxItems)
			r.feed.Partial = true
			break
		}
	}
	if !r.closed {
		r.feed.Partial = true
	}
	if r.item != nil {
		r.unfinished()
	}
	r.feed.Published, r.feed.Updated = r.feedAt.settle()
	r.settleFeed()
}

// containers are elements that are opened, not taken whole.
func container(name string) bool {
	switch name {
	case "channel", "item", "entry", "items", "rdf:li", "rdf:seq", "rss", "feed", "rdf:rdf", "xhtml:html", "atom:feed", "atom:entry", "rss:item", "rss:channel":
		return true
	}
	return false
}

func (r *reader) startTag(t token) {
	depth := len(r.open)
	r.scope.open(t.attrs, depth)
	name := r.scope.canonical(t.name, r.native)
	if name == "items" && r.feed.Format != "rdf" && r.feed.Format != "rss1.1" {
		name = "?:items"
	}
	if container(name) {
		r.scope.close(depth)
		r.push(t)
		switch local(name) {
		case "item", "entry":
			r.begin(t)
			if t.self {
				r.endItem()
			}
		case "channel":
			if r.feed.Format != "cdf" && get(t.attrs, "rdf:about", "about") != "" && r.feed.FeedID == "" {
				r.feed.FeedID = strings.TrimSpace(get(t.attrs, "rdf:about", "about"))
			}
			if l := r.top().lang; l != "" && r.feed.Lang == "" {
				r.feed.Lang = l
			}
		}
		return
	}
	f := field{name: name, tag: t.name, attrs: t.attrs, base: r.top().base, lang: r.top().lang, scope: &r.scope, depth: depth}
	e := element{base: f.base, lang: f.lang}
	e.inherit(t.attrs)
	f.base, f.lang = e.base, e.lang
	if !t.self {
		attrs := append([]attribute(nil), t.attrs...) // the scanner's own are gone once it goes on
		f.attrs = attrs
		f.raw, f.nested, f.cut = r.inner(t.name)
	}
	if f.cut && r.z.at >= len(r.z.s) {
		r.scope.close(depth)
		return // cut off in the middle of a field: it is not whole
	}
	if r.item != nil {
		r.itemField(&f)
	} else {
		r.feedField(&f)
	}
	r.scope.close(depth)
}

func (r *reader) endTag(name string) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name != name {
			continue
		}
		for j := len(r.open) - 1; j >= i; j-- {
			switch local(r.open[j].name) {
			case "item", "entry":
				if r.item != nil {
					r.endItem()
				}
			}
		}
		r.open = r.open[:i]
		r.scope.close(i)
		if i == 0 || name == r.root {
			r.closed = true
		}
		return
	}
}

// inner returns what stands between a start tag and its end, as it was written. Where the end is missing, the field ends before the tag
// that ends the item around it; cut says so.
func (r *reader) inner(name string) (raw string, nested, cut bool) {
	z := &r.z
	from := z.at
	depth := 0
	firstStray := -1
	var inside []string
	for z.at < len(z.s) {
		i := strings.IndexByte(z.s[z.at:], '<')
		if i < 0 {
			z.at = len(z.s)
			break
		}
		z.at += i
		rest := z.s[z.at:]
		if !markup(rest[1:]) {
			z.at++
			continue
		}
		if rest[1] == '!' || rest[1] == '?' {
			z.next2()
			continue
		}
		at := z.at
		closing, tag := tagName(rest)
		switch {
		case closing && tag == name:
			if depth == 0 {
				raw = z.s[from:at]
				z.skipTag()
				return raw, nested, false
			}
			depth--
			z.skipTag()
		case closing && r.ends(tag), !closing && (tag == "item" || tag == "entry") && r.item != nil && name != tag:
			// The end is missing.
			if firstStray >= 0 {
				raw = z.s[from:firstStray]
				z.at = firstStray
				z.skipTag()
				return raw, nested, false
			}
			return z.s[from:at], nested, true
		case closing:
			if len(inside) > 0 && contains(inside, tag) {
				for inside[len(inside)-1] != tag {
					inside = inside[:len(inside)-1]
				}
				inside = inside[:len(inside)-1]
			} else if firstStray < 0 {
				firstStray = at
			}
			z.skipTag()
		default:
			nested = true
			if self := z.skipTag(); !self {
				if tag == name {
					depth++
				}
				if len(inside) < maxDepth {
					inside = append(inside, tag)
				}
			}
		}
		if z.at-from > maxField {
			return "", nested, true
		}
	}
	return z.s[from:], nested, true
}

// ends reports whether an end tag closes an element around the field.
func (r *reader) ends(name string) bool {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			return true
		}
	}
	return false
}

func contains(list []string, s string) bool {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == s {
			return true
		}
	}
	return false
}

// next2 skips a comment, a section of character data, an instruction or a declaration.
func (z *scanner) next2() {
	rest := z.s[z.at:]
	switch {
	case strings.HasPrefix(rest, "<![CDATA["), strings.HasPrefix(rest, "<![cdata["):
		z.skip(9, "]]>")
	case strings.HasPrefix(rest, "<!--"):
		z.skip(4, "-->")
	default:
		z.skip(2, ">")
	}
}

// tagName reads the name of the tag that s begins with.
func tagName(s string) (closing bool, name string) {
	i := 1
	if s[1] == '/' {
		closing = true
		i++
	}
	j := i
	for j < len(s) {
		switch s[j] {
		case ' ', '\t', '\r', '\n', '\f', '/', '>', '<':
			return closing, lower(s[i:j])
		}
		j++
	}
	return closing, lower(s[i:j])
}

// skipTag goes behind the tag at hand; a ">" within a quoted value does not end it. It reports whether the tag closes itself.
func (z *scanner) skipTag() (self bool) {
	z.at++
	for z.at < len(z.s) {
		switch c := z.s[z.at]; c {
		case '"', '\'':
			if z.s[z.at-1] == '=' || z.s[z.at-1] == ' ' {
				if i := strings.IndexByte(z.s[z.at+1:], c); i >= 0 {
					z.at += i + 1
				}
			}
		case '>':
			self = z.s[z.at-1] == '/'
			z.at++
			return self
		case '<':
			return false
		}
		z.at++
	}
	return false
}

// looksLikePage reports whether markup begins a web page.
func looksLikePage(s string) bool {
	s = strings.ToLower(s[:min(len(s), 200)])
	for _, sign := range []string{"<html", "<!doctype html", "<head", "<body", "<script", "<meta", "<title", "<div", "<h1", "<p"} {
		if rest, ok := strings.CutPrefix(s, sign); ok && (rest == "" || !letter(rest[0])) {
			return true
		}
	}
	return false
}

// webPage is the error for a page, with the feeds its head offers.
func webPage(text, base string) error {
	e := &WebPage{}
	z := scanner{s: text[:min(len(text), 512<<10)]}
	for len(e.Feeds) < 20 {
		t, ok := z.next()
		if !ok {
			break
		}
		if t.kind != start || t.name != "link" && t.name != "base" {
			continue
		}
		if t.name == "base" {
			if abs := resolved(base, get(t.attrs, "href")); abs != "" {
				base = abs
			}
			continue
		}
		rel, typ := " "+strings.ToLower(get(t.attrs, "rel"))+" ", strings.ToLower(get(t.attrs, "type"))
		if strings.Contains(rel, " alternate ") && (strings.Contains(typ, "rss") || strings.Contains(typ, "atom") || strings.Contains(typ, "feed+json")) {
			if abs := resolved(base, get(t.attrs, "href")); abs != "" && !contains(e.Feeds, abs) {
				e.Feeds = append(e.Feeds, abs)
			}
		}
	}
	return e
}
