package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// embed makes a card of an element that shows something of another place: a frame, a film, a post of a social network.
// It reports whether n is such an element; one that only counts, advertises or asks for likes is, and leaves no card.
func (c *cutter) embed(n *html.Node, at place, said saying) bool {
	switch n.DataAtom {
	case atom.Iframe:
		c.frame(n, at)
	case atom.Video, atom.Audio:
		c.film(n, at)
	case atom.Embed:
		c.card(n, at, attr(n, "src"), "")
	case atom.Object:
		c.card(n, at, attr(n, "data"), "")
	case atom.Blockquote, atom.Div, atom.Section:
		switch {
		case said&saysPost != 0:
			return c.post(n, at)
		case n.DataAtom == atom.Div && said&saysEmbed != 0:
			src := strings.TrimSpace(textOf(n))
			return find(n, func(*html.Node) bool { return true }) == nil && strings.HasPrefix(src, "http") && c.card(n, at, src, "")
		}
		return false
	default:
		if !cardElement(n) {
			return false
		}
		c.component(n, at)
	}
	return true
}

// components are elements of AMP and of players that load late, with the attributes that hold a name, and what stands before it in an address.
var components = map[string]struct {
	before string
	names  []string
}{
	"amp-youtube":     {"https://www.youtube.com/watch?v=", []string{"data-videoid"}},
	"lite-youtube":    {"https://www.youtube.com/watch?v=", []string{"videoid", "data-videoid"}},
	"amp-vimeo":       {"https://vimeo.com/", []string{"data-videoid"}},
	"lite-vimeo":      {"https://vimeo.com/", []string{"videoid"}},
	"amp-dailymotion": {"https://www.dailymotion.com/video/", []string{"data-videoid"}},
	"amp-twitter":     {"https://twitter.com/i/status/", []string{"data-tweetid"}},
	"amp-instagram":   {"https://www.instagram.com/p/", []string{"data-shortcode"}},
	"amp-facebook":    {"", []string{"data-href"}},
	"amp-tiktok":      {"", []string{"data-src"}},
	"amp-reddit":      {"", []string{"data-src"}},
	"amp-iframe":      {"", []string{"src"}},
	"amp-video":       {"", []string{"src"}},
	"amp-audio":       {"", []string{"src"}},
}

// cardElement reports whether n is one of components.
func cardElement(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom != 0 || !strings.Contains(n.Data, "-") {
		return false
	}
	_, ok := components[n.Data]
	return ok
}

// component makes a card of one of components.
func (c *cutter) component(n *html.Node, at place) {
	switch n.Data {
	case "amp-iframe":
		c.frame(n, at)
		return
	case "amp-video", "amp-audio":
		c.film(n, at)
		return
	}
	what := components[n.Data]
	for _, name := range what.names {
		switch v := attr(n, name); {
		case v == "":
		case what.before == "":
			c.card(n, at, v, attr(n, "title"))
			return
		case videoID.MatchString(v):
			c.card(n, at, what.before+v, attr(n, "playlabel"))
			return
		}
	}
}

var videoID = regexp.MustCompile(`^[\w-]{5,40}$`)

// frame makes a card of a frame.
func (c *cutter) frame(n *html.Node, at place) {
	if h, w := attr(n, "height"), attr(n, "width"); h != "" && number(h) <= 1 || w != "" && number(w) <= 1 {
		return
	}
	for _, name := range []string{"src", "data-src", "data-lazy-src", "data-url"} {
		if c.card(n, at, attr(n, name), attr(n, "title")) {
			return
		}
	}
}

// film makes a card of a video or audio element.
func (c *cutter) film(n *html.Node, at place) {
	if c.card(n, at, attr(n, "src"), attr(n, "title")) {
		return
	}
	for s := n.FirstChild; s != nil; s = s.NextSibling {
		if is(s, atom.Source) && c.card(n, at, attr(s, "src"), attr(n, "title")) {
			return
		}
	}
}

// noCard are frames that show nothing of the story.
var noCard = regexp.MustCompile(`(?i)googletagmanager|doubleclick|googlesyndication|adservice|/ads?[/?.]|amazon-adsystem|facebook\.com/plugins/(?:like|share|page|follow|group)|platform\.twitter\.com/widgets/(?:follow|tweet_button)|recaptcha|disqus|consent|newsletter|subscribe|criteo|taboola|outbrain|hotjar|/pixel|accounts\.google|about:`)

// isNoCard reports whether an address is one of noCard. Looking for the words first spares most the expression.
func isNoCard(src string) bool {
	return (!ascii(src) || containsAny(strings.ToLower(src), noCardWords)) && noCard.MatchString(src)
}

// noCardWords are pieces of addresses of which noCard needs one, where they are of ASCII alone.
var noCardWords = []string{
	"googletagmanager", "doubleclick", "googlesyndication", "adservice", "/ad", "amazon-adsystem", "/plugins/", "/widgets/", "recaptcha", "disqus", "consent", "newsletter", "subscribe", "criteo",
	"taboola", "outbrain", "hotjar", "/pixel", "accounts.google", "about:",
}

// ascii reports whether all characters of s are of ASCII.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// card adds an embed; it reports whether src is an address to show.
func (c *cutter) card(n *html.Node, at place, src, title string) bool {
	src = address.Resolve(c.base, src)
	if !doc.ValidSrc(src) || isNoCard(src) {
		return false
	}
	if _, twice := c.shots[src]; twice || len(c.blocks) >= doc.MaxBlocks {
		return true
	}
	c.shots[src] = len(c.blocks)
	c.blocks = append(c.blocks, block{
		Block: doc.Block{Kind: doc.Embed, Media: &doc.Media{Src: src, Alt: cleanLine(title)}},
		node:  n, quote: at.quote, list: at.list, cell: at.cell,
	})
	return true
}

// post makes a card of a post: its address, and its text and author as far as the page has them. It reports false for one without an address:
// what it says is a quotation like any other.
func (c *cutter) post(n *html.Node, at place) bool {
	src := ""
	for _, name := range []string{"cite", "data-instgrm-permalink", "data-href", "data-embed-url", "data-text-post-permalink"} {
		if src == "" {
			src = address.Resolve(c.base, attr(n, name))
		}
	}
	walk(n, func(m *html.Node) bool {
		if is(m, atom.A) {
			// The last link to a post is its own; those before it are in its text.
			if href := address.Resolve(c.base, attr(m, "href")); postAddress.MatchString(href) || src == "" {
				src = href
			}
		}
		return true
	})
	if !doc.ValidSrc(src) {
		return false
	}
	text := c.inline(at.lang, children(n)...).joined()
	if !c.card(n, at, src, "") {
		return true
	}
	if b := &c.blocks[len(c.blocks)-1]; b.node == n {
		c.describe(b, text, "")
		if tag := language(attr(n, "lang")); tag != "" {
			at.lang = tag
		}
	}
	return true
}

var postAddress = regexp.MustCompile(`(?i)/status(?:es)?/\d+|/p/[\w-]+|/video/\d+|/post/|/comments/`)
