package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// byline returns the names of those who wrote the article, in the page's order.
func (h *head) byline() ([]string, Source) {
	if h.article != nil {
		if list := cleanNames(h.article.people("author")); len(list) > 0 {
			return list, Source{From: "json-ld", Sure: !h.onlySite(list)}
		}
	}
	for _, name := range []string{"author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "citation_author", "article.author", "bylines", "rnews:author"} {
		if list := cleanNames(h.texts(name)); len(list) > 0 {
			return list, Source{From: "meta " + name, Sure: !h.onlySite(list)}
		}
	}
	if list := cleanNames(h.authorElements()); len(list) > 0 {
		return list, Source{From: "microdata", Sure: true}
	}
	var rel []string
	for _, n := range h.relAuthor {
		if ancestor(n, atomAside...) == nil {
			rel = append(rel, textOf(n))
		}
	}
	if list := cleanNames(rel); len(list) > 0 {
		return list, Source{From: "rel=author", Sure: true}
	}
	return nil, Source{}
}

// texts returns all values under a name, as text.
func (h *head) texts(name string) []string {
	var list []string
	for _, v := range h.meta[name] {
		list = append(list, unescaped(v))
	}
	return list
}

// authorElements returns the names that microdata marks as the author's.
func (h *head) authorElements() []string {
	var list []string
	for _, n := range h.props["author"] {
		if ancestor(n, atomAside...) != nil || within(n, commentsAbove(n)) {
			continue
		}
		if name := find(n, func(m *html.Node) bool { return m != n && attr(m, "itemprop") == "name" }); name != nil {
			if v := attr(name, "content"); v != "" {
				list = append(list, v)
			} else {
				list = append(list, textOf(name))
			}
			continue
		}
		if v := attr(n, "content"); v != "" {
			list = append(list, v)
		} else {
			list = append(list, textOf(n))
		}
	}
	return list
}

// commentsAbove returns the ancestor of n that holds readers' comments, or nil.
func commentsAbove(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if classHas(p, "comment", "comments", "disqus") || strings.Contains(attr(p, "itemprop"), "comment") {
			return p
		}
	}
	return nil
}

var atomAside = []atom.Atom{atom.Aside, atom.Nav, atom.Footer}

// printedByline finds names in the page's own byline: a short element near the title whose class says so.
func printedByline(root *html.Node) []string {
	var found []string
	walk(root, func(n *html.Node) bool {
		if found != nil || n.Type != html.ElementNode {
			return found == nil
		}
		if silent[n.DataAtom] || is(n, atomAside...) || hidden(n) {
			return false
		}
		if !classHas(n, "byline", "author", "autor", "auteur", "autore", "writer", "forfatter", "authors", "signature", "firma", "byname") || commentsAbove(n) != nil {
			return true
		}
		s := textOf(n)
		if s == "" || utf8.RuneCountInString(s) > 120 {
			return true
		}
		var links []string
		walk(n, func(m *html.Node) bool {
			if is(m, atom.A) && !strings.HasPrefix(attr(m, "href"), "mailto:") {
				links = append(links, textOf(m))
			}
			return true
		})
		if list := cleanNames(links); len(list) > 0 {
			found = list
			return false
		}
		if list := cleanNames([]string{s}); len(list) > 0 {
			found = list
			return false
		}
		return true
	})
	return found
}

// by is the word before a name, in the languages of the press.
var by = regexp.MustCompile(`(?i)^\s*(?:written\s+by|reported\s+by|by|von|par|por|di|da|de|av|af|door|text|texte|texto|testo|autor(?:in)?|autore|auteur|author|przez|tekst|от|автор|автори)\s*[:\s]\s*`)

// between parts names in one string.
var between = regexp.MustCompile(`\s*(?:,|;|/|\||\s&\s|\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+|\s+e\s+|\s+och\s+|\s+og\s+|\s+en\s+|\s+i\s+|\s+и\s+|\s+та\s+|・|、)\s*`)

// notName is what stands in bylines beside names.
var notName = regexp.MustCompile(`(?i)^(?:admin(?:istrator)?|staff|editor|webmaster|null|undefined|none|unknown|n/?a|follow|updated|published|posted|\d+.*|.*\d{4}.*|https?:.*|@.*|.*\.(?:com|org|net|de|fr)/.*)$`)

// aside is what stands in brackets behind a name: an agency, a picture's owner.
var aside = regexp.MustCompile(`\s*[(\[][^()\[\]]*[)\]]?\s*`)

// onlySite reports whether the names are but the outlet's own: it signs what no person does, or hides who did.
func (h *head) onlySite(list []string) bool {
	site, host := h.site().value, hostOf(h.url)
	for _, name := range list {
		if !namesSite(name, site, host) {
			return false
		}
	}
	return true
}

// cleanNames makes a list of single names of what pages put into their author fields.
func cleanNames(raw []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range raw {
		s = aside.ReplaceAllString(unescaped(s), " ")
		if strings.Contains(s, "://") || utf8.RuneCountInString(s) > 400 {
			continue
		}
		for by.MatchString(s) && len(by.ReplaceAllString(s, "")) > 1 {
			s = by.ReplaceAllString(s, "")
		}
		for _, name := range between.Split(s, -1) {
			name = strings.Trim(by.ReplaceAllString(strings.TrimSpace(name), ""), " .,;:|-–—·•\u00A0")
			k := key(name)
			if k == "" || seen[k] || notName.MatchString(name) || utf8.RuneCountInString(name) > 60 || len(strings.Fields(name)) > 7 || !canBeName(name) {
				continue
			}
			seen[k] = true
			out = append(out, name)
			if len(out) == 30 {
				return out
			}
		}
	}
	return out
}

// canBeName reports whether s can be a name: it has a letter, and is not in small letters throughout unless it is an agency's short form.
func canBeName(s string) bool {
	letters, upper := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) || !unicode.IsLower(r) {
				upper++
			}
		}
	}
	return letters > 1 && (upper > 0 || letters <= 8)
}
