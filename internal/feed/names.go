package feed

import "strings"

// prefixes are the names by which we call the vocabularies found in feeds, by their addresses in lower case without a closing slash or
// number sign. A feed may choose its own prefixes; a prefix that is declared nowhere is taken for the usual one.
var prefixes = map[string]string{
	"http://www.w3.org/2005/atom": "atom", "http://purl.org/atom/ns": "atom", "http://example.com/necho": "atom", "http://purl.org/echo": "atom", "uri/of/echo/namespace": "atom",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
	"http://purl.org/rss/1.0":                    "rss", "http://my.netscape.com/rdf/simple/0.9": "rss", "http://backend.userland.com/rss2": "rss", "http://channel.netscape.com/rdf/simple/0.9": "rss",
	"http://backend.userland.com/rss": "rss", "http://blogs.law.harvard.edu/tech/rss": "rss", "http://my.netscape.com/publish/formats/rss-0.91": "rss", "http://backend.userland.com/rss091": "rss", "http://backend.userland.com/rss092": "rss", "http://purl.org/net/rss1.1": "rss", "http://backend.userland.com/rss2.0": "rss", "http://my.netscape.com/publish/formats/rss": "rss", "http://cyber.law.harvard.edu/rss/rss.html": "rss", "http://www.rssboard.org/rss-specification": "rss", "http://www.purl.org/rss/1.0": "rss", "http://madskills.com/public/xml/rss/module/rss": "rss", "http://backend.userland.com/rss1": "rss",
	"http://purl.org/dc/elements/1.1": "dc", "http://purl.org/dc/elements/1.0": "dc", "http://purl.org/metadata/dublin_core": "dc", "http://www.purl.org/dc/elements/1.1": "dc",
	"http://purl.org/dc/terms":                    "dcterms",
	"http://purl.org/rss/1.0/modules/content":     "content",
	"http://purl.org/rss/1.0/modules/syndication": "sy",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":  "itunes", "http://example.com/dtds/podcast-1.0.dtd": "itunes",
	"http://search.yahoo.com/mrss": "media", "http://tools.search.yahoo.com/mrss": "media", "http://video.search.yahoo.com/mrss": "media",
	"http://www.w3.org/1999/xhtml": "xhtml", "http://www.w3.org/1998/math/mathml": "math", "http://www.w3.org/2000/svg": "svg", "http://www.w3.org/xml/1998/namespace": "xml",
	"http://www.google.com/schemas/sitemap-news/0.9": "news", "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap", "http://www.google.com/schemas/sitemap/0.84": "sitemap", "http://www.google.com/schemas/sitemap/0.9": "sitemap",
	"http://backend.userland.com/creativecommonsrssmodule": "cc", "http://web.resource.org/cc": "cc", "http://creativecommons.org/ns": "cc",
	"http://rssnamespace.org/feedburner/ext/1.0": "feedburner", "http://www.georss.org/georss": "georss", "http://purl.org/syndication/thread/1.0": "thr",
	"http://webns.net/mvcb": "admin", "http://purl.org/rss/1.0/modules/annotate": "annotate", "http://purl.org/rss/1.0/modules/slash": "slash",
}

// usual are the prefixes that mean the same where a feed declares none.
var usual = map[string]string{
	"atom": "atom", "a10": "atom", "rdf": "rdf", "rss": "rss", "dc": "dc", "dcterms": "dcterms", "content": "content", "sy": "sy", "itunes": "itunes", "media": "media",
	"xhtml": "xhtml", "math": "math", "mml": "math", "svg": "svg", "news": "news", "cc": "cc", "creativecommons": "cc", "feedburner": "feedburner", "xml": "xml",
}

// unknown is the prefix of a vocabulary that says nothing to us.
const unknown = "?"

// A scope holds the declarations of namespaces that are in force, the innermost last.
type scope struct {
	declared []declaration
}

type declaration struct {
	prefix, name string
	depth        int
}

// open adds the declarations of an element at a depth.
func (s *scope) open(attrs []attribute, depth int) {
	for _, a := range attrs {
		prefix, ok := strings.CutPrefix(a.name, "xmlns")
		if !ok || prefix != "" && prefix[0] != ':' || len(s.declared) > 500 {
			continue
		}
		name, known := prefixes[strings.TrimRight(strings.ToLower(strings.TrimSpace(a.value)), "/#")]
		if !known {
			name = unknown
		}
		s.declared = append(s.declared, declaration{strings.TrimPrefix(prefix, ":"), name, depth})
	}
}

// close drops the declarations made at or below a depth.
func (s *scope) close(depth int) {
	for len(s.declared) > 0 && s.declared[len(s.declared)-1].depth >= depth {
		s.declared = s.declared[:len(s.declared)-1]
	}
}

// of returns the vocabulary of a prefix: "" for the empty prefix where none is declared, the usual one for a prefix that is not
// declared, unknown for what says nothing to us.
func (s *scope) of(prefix string) string {
	for i := len(s.declared) - 1; i >= 0; i-- {
		if s.declared[i].prefix == prefix {
			return s.declared[i].name
		}
	}
	if prefix == "" {
		return ""
	}
	if name, ok := usual[prefix]; ok {
		return name
	}
	return unknown
}

// canonical returns the name of an element with the vocabulary that a feed's own elements are in (native) left out: "title",
// "dc:creator", "atom:link", "?:thing".
func (s *scope) canonical(name, native string) string {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	v := s.of(prefix)
	if v == native || v == "" || v == "rss" && native == unknown {
		return local
	}
	return v + ":" + local
}
