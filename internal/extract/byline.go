package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
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

// moreNames returns the names that the page links as its authors, where these hold all names of the list and more: some outlets tell
// machines only the first. It is nil if they do not.
func (h *head) moreNames(list []string) []string {
	var linked []string
	for _, n := range h.relAuthor {
		if ancestor(n, atomAside...) == nil && commentsAbove(n) == nil {
			linked = append(linked, textOf(n))
		}
	}
	linked = cleanNames(linked)
	if len(linked) <= len(list) || len(linked) > 2*len(list)+2 {
		return nil
	}
	have := map[string]bool{}
	for _, name := range linked {
		have[key(name)] = true
	}
	for _, name := range list {
		if !have[key(name)] {
			return nil
		}
	}
	return linked
}

// printedByline finds names that only the page prints, and where: in an element that calls itself the byline, in a line near the title that
// begins with "by", in a line of its own at either end of the text. A page that names nobody in its head is often signed so.
func (r *reading) printedByline() ([]string, string) {
	if list := bylineElement(r.tree); list != nil {
		return list, "page"
	}
	if list := r.byLine(); list != nil {
		return list, "line by the title"
	}
	return r.signature(), "signature"
}

// longestByline is how many characters a byline has at most.
const longestByline = 120

// byLine reads the line between title and text that begins with the word before a name.
func (r *reading) byLine() []string {
	s := r.scene
	if s.titleAt < 0 {
		return nil
	}
	for i := s.titleAt + 1; i < len(s.blocks) && i < s.titleAt+12 && (s.first < 0 || i <= s.first); i++ {
		b := &s.blocks[i]
		if b.Media != nil || b.letters == 0 || utf8.RuneCountInString(b.Text.S) > longestByline || !by.MatchString(b.Text.S) || sentenceEnd(b.Text.S) {
			continue
		}
		if list := persons(cleanNames([]string{b.Text.S})); list != nil {
			return list
		}
	}
	return nil
}

// signature reads the line that signs the text: the first or the last of it, short, all in bold or italics, nothing but names. It is no
// part of the body then.
func (r *reading) signature() []string {
	s := r.scene
	for i := max(0, s.first-3); s.first >= 0 && i < len(s.blocks) && i <= s.last+3; i++ {
		b := &s.blocks[i]
		if i > s.first && i < s.last || b.Kind != doc.Paragraph || !r.keep[i] && !within(b.node, s.top) || utf8.RuneCountInString(b.Text.S) > longestByline/2 || !wholly(b.Text) {
			continue
		}
		if list := persons(cleanNames([]string{b.Text.S})); list != nil && squeezed(key(strings.Join(list, ""))) == squeezed(key(by.ReplaceAllString(b.Text.S, ""))) {
			r.keep[i] = false
			return list
		}
	}
	return nil
}

// wholly reports whether all letters of a text are in bold or in italics.
func wholly(t doc.Text) bool {
	letters, marked := lettersIn(t.S), 0
	for _, m := range t.Marks {
		if m.Kind == doc.Strong || m.Kind == doc.Emph {
			marked = max(marked, lettersIn(t.S[m.Start:m.End]))
		}
	}
	return letters > 0 && marked == letters
}

// persons returns the list if all its names can be those of persons: two to five words, each with a capital but for what stands between
// names, and no digit. Otherwise it is nil.
func persons(list []string) []string {
	for _, name := range list {
		words := strings.Fields(name)
		capitals := 0
		for _, w := range words {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r) {
				capitals++
			}
		}
		if len(words) < 2 || len(words) > 5 || capitals < 2 || capitals < len(words)-1 || strings.ContainsAny(name, "0123456789:!?") {
			return nil
		}
	}
	return list
}

// bylineElement finds persons' names in the page's own byline: a short element whose class says so.
func bylineElement(root *html.Node) []string {
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
		if s == "" || utf8.RuneCountInString(s) > longestByline {
			return true
		}
		var links []string
		walk(n, func(m *html.Node) bool {
			if is(m, atom.A) && !strings.HasPrefix(attr(m, "href"), "mailto:") {
				links = append(links, textOf(m))
			}
			return true
		})
		for _, said := range [][]string{links, {s}} {
			list := cleanNames(said)
			if slices.ContainsFunc(list, func(name string) bool { return persons([]string{name}) != nil }) {
				found = list
				return false
			}
		}
		return true
	})
	return found
}

// by is the word before a name, in the languages of the press.
var by = regexp.MustCompile(`(?i)^\s*(?:written\s+by|reported\s+by|(?:view\s+)?all\s+posts\s+by|by|von|par|por|di|da|de|av|af|door|text|texte|texto|testo|autor(?:in)?|autore|auteur|author|przez|tekst|от|автор|автори)\s*[:\s]\s*`)

// between parts names in one string.
var between = regexp.MustCompile(`\s*(?:,|;|/|\||\s&\s|\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+|\s+e\s+|\s+och\s+|\s+og\s+|\s+en\s+|\s+i\s+|\s+и\s+|\s+та\s+|・|、)\s*`)

// notName is what stands in bylines beside names.
var notName = regexp.MustCompile(`(?i)^(?:admin(?:istrator)?|staff|editor|webmaster|null|undefined|none|unknown|n/?a|follow|written by|in collaboration.*|view all.*|\+\d+ more|twitter|facebook|linkedin|instagram|twitter facebook|updated|published|posted|\d+.*|.*\d{4}.*|https?:.*|@.*|.*\.(?:com|org|net|de|fr)/.*)$`)

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
