package extract

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
)

// A FeedLink is a feed that a page offers.
type FeedLink struct {
	URL   string
	Type  string // media type as the page says it, in lower case without parameters; empty if it says none
	Title string
	Lang  string // BCP 47; empty if the page says none
}

// A Discovery is what a page offers to followers.
type Discovery struct {
	Feeds     []FeedLink        // best first: those of the page's head, then those in its text, feeds of comments last
	Languages map[string]string // addresses of the page in other languages, by tag
}

// Feeds finds the feeds a page offers. A page that is a feed itself offers its own address. Nothing is asked of anybody: whether
// there is a feed at an address is for the caller to find out.
func Feeds(page []byte, pageURL string, header http.Header) Discovery {
	page = page[:min(len(page), MaxPage)]
	text, _ := charset.Decode(page, header.Get("Content-Type"), "")
	out := Discovery{Languages: map[string]string{}}
	if isFeed(text) {
		out.Feeds = []FeedLink{{URL: address.Clean(pageURL), Type: mediaType(header.Get("Content-Type"))}}
		return out
	}
	tree, err := parse(text)
	if err != nil {
		return out
	}
	h := readHead(tree, nil, pageURL, header)
	h.noscripts(tree)
	var links []FeedLink
	for _, l := range h.links["alternate"] {
		if l.lang() != "" && !feedType(mediaType(l.typ)) && !l.anchor {
			if href := address.Resolve(h.base, l.href); strings.HasPrefix(href, "http") && (l.typ == "" || strings.Contains(l.typ, "html")) {
				out.Languages[l.lang()] = href
				continue
			}
		}
		if f, ok := h.feedLink(l); ok {
			links = append(links, f)
		}
	}
	for _, l := range h.links["feed"] {
		if f := (FeedLink{URL: address.Resolve(h.base, l.href), Type: mediaType(l.typ), Title: l.title}); strings.HasPrefix(f.URL, "http") {
			links = append(links, f)
		}
	}
	if len(links) == 0 {
		links = h.feedAnchors(tree)
	}
	seen := map[string]bool{}
	for _, last := range []bool{false, true} {
		for _, f := range links {
			if f.comments() == last && !seen[f.URL] {
				seen[f.URL] = true
				out.Feeds = append(out.Feeds, f)
			}
		}
	}
	return out
}

// isFeed reports whether text begins as a feed does.
func isFeed(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n\uFEFF")
	head := text[:min(len(text), 2000)]
	if strings.HasPrefix(head, "{") {
		return strings.Contains(head, "jsonfeed.org/version")
	}
	for strings.HasPrefix(head, "<?") || strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<!DOCTYPE rss") {
		end := ">"
		if strings.HasPrefix(head, "<!--") {
			end = "-->"
		}
		_, rest, ok := strings.Cut(head, end)
		if !ok {
			return false
		}
		head = strings.TrimLeft(rest, " \t\r\n")
	}
	return feedRoot.MatchString(head)
}

var feedRoot = regexp.MustCompile(`(?i)^<(?:rss|rdf:RDF|(?:\w+:)?feed)[\s>]`)

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// feedType reports whether a media type is one that feeds are served with.
func feedType(typ string) bool {
	switch typ {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/x.atom+xml", "application/x-atom+xml",
		"text/xml", "application/xml", "text/rss", "text/atom", "text/rss+xml", "text/atom+xml", "application/rss", "application/atom":
		return true
	}
	return false
}

func (l link) lang() string { return language(l.hreflang) }

// feedLink makes a feed of a link whose type says that it is one. application/json is not enough: programs' interfaces say that, too.
func (h *head) feedLink(l link) (FeedLink, bool) {
	typ := mediaType(l.typ)
	if !feedType(typ) && !(typ == "application/json" && strings.Contains(strings.ToLower(l.href), "feed")) {
		return FeedLink{}, false
	}
	href := strings.TrimSpace(l.href)
	for _, scheme := range []string{"feed://", "feed:"} {
		if rest, ok := strings.CutPrefix(href, scheme); ok {
			if !strings.HasPrefix(rest, "http") {
				rest = "http://" + strings.TrimPrefix(rest, "//")
			}
			href = rest
		}
	}
	if href == "" {
		return FeedLink{}, false
	}
	url := address.Resolve(h.base, href)
	if !strings.HasPrefix(url, "http") || strings.Contains(url, "/wp-json/") || strings.Contains(url, "oembed") {
		return FeedLink{}, false
	}
	return FeedLink{URL: url, Type: typ, Title: l.title, Lang: l.lang()}, true
}

// noscripts reads the links that stand in noscript elements of the head.
func (h *head) noscripts(tree *html.Node) {
	walk(tree, func(n *html.Node) bool {
		if !is(n, atom.Noscript) || n.FirstChild == nil || n.FirstChild.Type != html.TextNode || len(n.FirstChild.Data) > 64<<10 {
			return true
		}
		nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), &html.Node{Type: html.ElementNode, Data: "head", DataAtom: atom.Head})
		if err != nil {
			return false
		}
		for _, node := range nodes {
			walk(node, func(m *html.Node) bool {
				if is(m, atom.Link) {
					h.link(m, false)
				}
				return true
			})
		}
		return false
	})
}

// feedPath is how addresses of feeds end.
var feedPath = regexp.MustCompile(`(?i)(?:/(?:rss|feed|atom|rdf)(?:\.(?:xml|php|aspx?))?/?|\.(?:rss|atom|rdf)|/(?:rss|feed|feeds|atom)/[^?#]*|[?&](?:feed|format|type)=(?:rss2?|atom|xml).*|/(?:index|feed|rss|atom)\.xml)$`)

// maxAnchors bounds what is offered of a page that lists its feeds in its text.
const maxAnchors = 50

// feedAnchors finds links in the text of a page whose address looks like a feed's.
func (h *head) feedAnchors(tree *html.Node) []FeedLink {
	var list []FeedLink
	walk(tree, func(n *html.Node) bool {
		if !is(n, atom.A) || len(list) >= maxAnchors {
			return true
		}
		href := address.Resolve(h.base, attr(n, "href"))
		if strings.HasPrefix(href, "http") && feedPath.MatchString(href) {
			list = append(list, FeedLink{URL: href, Title: cleanLine(textOf(n)), Lang: language(attr(n, "hreflang"))})
		}
		return true
	})
	// Those on the page's own site first.
	site := address.Site(h.base)
	slices.SortStableFunc(list, func(a, b FeedLink) int {
		return boolOrder(address.Site(a.URL) == site, address.Site(b.URL) == site)
	})
	return list
}

// boolOrder puts what holds before what does not.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// comments reports whether a feed is one of readers' comments.
func (f FeedLink) comments() bool {
	s := strings.ToLower(f.URL + " " + f.Title)
	return strings.Contains(s, "comment") || strings.Contains(s, "kommentar") || strings.Contains(s, "comentario") || strings.Contains(s, "commentaire")
}
