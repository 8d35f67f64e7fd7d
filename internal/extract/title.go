package extract

import (
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A headline is the title the page prints, with the element that prints it.
type headline struct {
	text   doc.Text
	node   *html.Node // nil if no element of the page prints it
	source Source
	keys   map[string]bool // all titles that the page gives for itself, folded: none of them is a block of the body
}

// headline weighs the titles a page gives. The printed one is the article's: what Open Graph and the title element say is often
// written for search engines. A page with several main headings prints the one that the others agree with.
func (h *head) headline(base, tag string, hint string) headline {
	site := h.site().value
	var said []claim
	add := func(s, from string) {
		if s = withoutCounter(doc.Text{S: withoutSite(s, site, h.url)}).S; s != "" {
			said = append(said, claim{value: s, from: from})
		}
	}
	if h.article != nil {
		add(h.article.text("headline"), "json-ld")
	}
	add(h.first("og:title"), "og:title")
	add(h.first("twitter:title"), "twitter:title")
	add(h.title, "title")
	add(hint, "feed")
	out := headline{keys: map[string]bool{}}
	for _, c := range said {
		out.keys[key(c.value)] = true
	}
	if n := h.printed(said, site); n != nil {
		t := withoutCounter(titleText(base, tag, n))
		out.keys[key(t.S)] = true
		out.text, out.node, out.source = t, n, Source{From: "h1", Sure: agrees(t.S, said)}
		return out
	}
	if len(said) > 0 {
		best := said[0]
		if best.from == "json-ld" && strings.HasSuffix(best.value, "…") || strings.HasSuffix(best.value, "...") {
			for _, c := range said[1:] {
				if len(c.value) > len(best.value) {
					best = c
				}
			}
		}
		for _, c := range said {
			if c.from == "og:title" && len(h.h1) == 0 {
				best = c
			}
		}
		out.text, out.source = doc.Text{S: best.value}, Source{From: best.from, Sure: len(said) > 1 && agrees(best.value, said)}
	}
	delete(out.keys, "")
	return out
}

// printed returns the h1 that holds the title: the only one, or of several the one nearest to what the head says; nil if none
// can be it.
func (h *head) printed(said []claim, site string) *html.Node {
	var best *html.Node
	score := 0.0
	marked := map[*html.Node]bool{}
	for _, n := range h.props["headline"] {
		marked[n] = true
	}
	real := 0
	for _, n := range h.h1 {
		s := textOf(n)
		k := key(s)
		if k == "" || k == key(site) || hidden(n) || utf8.RuneCountInString(s) > 400 {
			continue
		}
		v := 0.1
		for _, c := range said {
			v = max(v, likeness(k, key(c.value)))
		}
		if v < 0.25 && len(said) > 0 && h.linksElsewhere(n) {
			continue // another story's
		}
		real++
		if marked[n] {
			v += 0.2
		}
		if ancestor(n, atom.Article, atom.Main) != nil {
			v += 0.05
		}
		if v > score {
			best, score = n, v
		}
	}
	switch {
	case best == nil:
		// Some pages print the title in another element and say so.
		for _, n := range h.props["headline"] {
			if is(n, atom.H2, atom.H3, atom.Div, atom.Span, atom.P) && agrees(textOf(n), said) && !within(n, nil) && ancestor(n, atom.Aside) == nil {
				return n
			}
		}
		return h.lesserHeading(said)
	case real == 1 && ancestor(best, atom.Article, atom.Main) != nil && len(strings.Fields(textOf(best))) > 2:
		return best
	case score < 0.25 && len(said) > 0:
		return h.lesserHeading(said) // a main heading that has no word in common with any title is a section's name
	}
	return best
}

// linksElsewhere reports whether all of a heading is a link to another page.
func (h *head) linksElsewhere(n *html.Node) bool {
	a := find(n, func(m *html.Node) bool { return is(m, atom.A) && attr(m, "href") != "" })
	if a == nil {
		if a = ancestor(n, atom.A); a == nil || attr(a, "href") == "" {
			return false
		}
	}
	href := address.Resolve(h.base, attr(a, "href"))
	return href != "" && address.Key(href) != address.Key(h.url) && (within(n, a) || key(textOf(a)) == key(textOf(n)))
}

// lesserHeading returns the heading of the second level that says word for word what the head gives as the title, or much the same in a
// group of headings; nil if none does.
func (h *head) lesserHeading(said []claim) *html.Node {
	for _, n := range h.h2 {
		s := textOf(n)
		k := key(s)
		if k == "" || hidden(n) || ancestor(n, atom.Aside, atom.Nav, atom.Footer) != nil {
			continue
		}
		if is(n.Parent, atom.Hgroup) && agrees(s, said) {
			return n
		}
		for _, c := range said {
			if c.from != "title" && k == key(c.value) || c.from == "title" && lettersIn(s) >= 20 && beginsTitle(s, c.value) {
				return n
			}
		}
	}
	return nil
}

// beginsTitle reports whether a page's title is a heading's words, and then a sign and what pages put behind them: sections, the outlet.
func beginsTitle(heading, title string) bool {
	rest, ok := strings.CutPrefix(title, heading)
	at, _ := lastSeparator(title)
	return ok && rest != "" && at >= len(heading) && strings.ContainsAny(strings.TrimSpace(rest)[:1], "|-–—_·•»«/｜")
}

// titleText reads a heading without what it holds beside the title: the kicker above it, labels, times.
func titleText(base, tag string, n *html.Node) doc.Text {
	var nodes []*html.Node
	var collect func(n *html.Node)
	collect = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (kicker(c) || picture(c)) {
				nodes = append(nodes, &html.Node{Type: html.TextNode, Data: " "})
				continue
			}
			if c.Type == html.ElementNode && (find(c, kicker) != nil || blockLevel[c.DataAtom]) {
				if blockLevel[c.DataAtom] {
					nodes = append(nodes, &html.Node{Type: html.TextNode, Data: " "})
				}
				collect(c)
				nodes = append(nodes, &html.Node{Type: html.TextNode, Data: " "})
				continue
			}
			nodes = append(nodes, c)
		}
	}
	collect(n)
	p := inline(base, tag, nodes...)
	if len(p.texts) == 0 {
		p = inline(base, tag, children(n)...)
	}
	var t doc.Text
	for i, part := range p.texts {
		if i > 0 {
			t = doc.Concat(t, doc.Text{S: " "})
		}
		t = doc.Concat(t, part)
	}
	return doc.Text{S: strings.ReplaceAll(t.S, "\n", " "), Marks: titleMarks(t.Marks)}
}

// titleMarks keeps what a title may be marked with.
func titleMarks(marks []doc.Mark) []doc.Mark {
	var out []doc.Mark
	for _, m := range marks {
		switch m.Kind {
		case doc.Emph, doc.Quote, doc.Foreign, doc.Sub, doc.Super:
			out = append(out, m)
		}
	}
	return out
}

// kicker reports whether an element of a heading is a label beside the title.
func kicker(n *html.Node) bool {
	if is(n, atom.Small, atom.Time, atom.Button) {
		return true
	}
	return classHas(n, "kicker", "overline", "label", "roofline", "dachzeile", "topline", "eyebrow", "badge", "flag", "category", "rubrik", "tag", "subtitle", "subheadline", "ressort", "pretitle", "surtitle", "surtitre", "occhiello", "antetitulo", "volanta", "spitzmarke", "vignette", "supertitle", "intro", "premium", "paywall", "icon")
}

// withoutSite takes the site's name off the end or the start of a title: "Title | Site", "Site: Title", "Title - Section - Site".
func withoutSite(s, site, pageURL string) string {
	s = strings.TrimSpace(s)
	host := hostOf(pageURL)
	for range 3 {
		i, n := lastSeparator(s)
		if i <= 0 {
			break
		}
		head, tail := strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+n:])
		if !namesSite(tail, site, host) || lettersIn(head) < 10 && len([]rune(head)) < 6 {
			break
		}
		s = head
	}
	// A colon without a space before the outlet's name; with one it may begin what the title says.
	if i := strings.LastIndexByte(s, ':'); i > 0 && i+1 < len(s) && s[i+1] != ' ' && lettersIn(s[i+1:]) > 2 && lettersIn(s[:i]) >= 10 && namesSite(s[i+1:], site, host) {
		s = strings.TrimSpace(s[:i])
	}
	for _, sep := range []string{" | ", ": ", " - ", " – ", " — ", " » "} {
		if head, tail, ok := strings.Cut(s, sep); ok && site != "" && key(head) == key(site) && tail != "" {
			s = strings.TrimSpace(tail)
		}
	}
	return s
}

// pageCounter is the number of a page among those of an article, as titles end in it: (1/2 ページ), (Seite 2/3).
var pageCounter = regexp.MustCompile(`(?i)\s*[(（](?:(?:page|seite|p[aá]gina)\s*)?\d{1,2}\s*/\s*\d{1,2}(?:\s*(?:ページ|pages?|seiten?))?[)）]$`)

// withoutCounter takes the number of a page off the end of a title, where a word or a script says that it is one, and the sign that stood before it.
func withoutCounter(t doc.Text) doc.Text {
	if !strings.HasSuffix(t.S, ")") && !strings.HasSuffix(t.S, "）") {
		return t
	}
	loc := pageCounter.FindStringIndex(t.S)
	if loc == nil || loc[0] == 0 || lettersIn(t.S[loc[0]:]) < 5 {
		return t
	}
	t.S = strings.TrimRight(t.S[:loc[0]], " :：|-–—　")
	var marks []doc.Mark
	for _, m := range t.Marks {
		if m.End = min(m.End, len(t.S)); m.Start < m.End {
			marks = append(marks, m)
		}
	}
	t.Marks = marks
	return t
}

// hostOf returns the host of an address, without "www.".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// lastSeparator finds the last sign that parts a title from a site's name, and its length.
func lastSeparator(s string) (at, n int) {
	at = -1
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " • ", " « ", " » ", " :: ", " / ", " ~ ", " > ", " ‹ ", " › ", "｜", " |", "| ", "_"} {
		if i := strings.LastIndex(s, sep); i > at {
			at, n = i, len(sep)
		}
	}
	return at, n
}

// namesSite reports whether s names the site: it is the site's name or host, or nearly so.
func namesSite(s, site, host string) bool {
	k, ks := key(s), key(site)
	if k == "" {
		return true
	}
	if ks != "" && (k == ks || squeezed(k) == squeezed(ks) || len(ks) > 3 && (strings.Contains(k, ks) && len(k) < 3*len(ks) || strings.Contains(ks, k) && len(k) > 3)) {
		return true
	}
	name := squeezed(k)
	if labels := strings.Split(strings.ReplaceAll(host, "-", ""), "."); len(name) > 3 && slices.Contains(labels[:len(labels)-1], name) {
		return true
	}
	flat := strings.ReplaceAll(strings.ReplaceAll(host, "-", ""), ".", "")
	first, _, _ := strings.Cut(host, ".")
	return host != "" && len(name) > 2 && (name == flat || strings.HasPrefix(flat, name) || strings.HasPrefix(name, strings.ReplaceAll(first, "-", "")) && len(first) > 2 && len(name) < 2*len(first)+8)
}

// squeezed takes the spaces out of a key.
func squeezed(k string) string { return strings.ReplaceAll(k, " ", "") }

// agrees reports whether one of the titles says much the same as s.
func agrees(s string, said []claim) bool {
	k := key(s)
	for _, c := range said {
		if likeness(k, key(c.value)) > 0.5 {
			return true
		}
	}
	return false
}

// likeness is the share of words that two folded texts have in common (Jaccard's index of their sets of words); of scripts without
// spaces, the share of pairs of characters.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := wordSet(a), wordSet(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

func wordSet(k string) map[string]bool {
	set := map[string]bool{}
	for w := range eachWord(k) {
		set[w] = true
	}
	return set
}

// eachWord gives the words of a folded text; of scripts without spaces, the pairs of characters.
func eachWord(k string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsSeq(k) {
			r, _ := utf8.DecodeRuneInString(w)
			if r < firstThai || !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
				if !yield(w) {
					return
				}
				continue
			}
			runes := []rune(w)
			for i := 0; i+1 < len(runes); i++ {
				if !yield(string(runes[i : i+2])) {
					return
				}
			}
		}
	}
}

// firstThai is the first character of the scripts that eachWord parts into pairs.
const firstThai = '\u0E01'

// site returns the name of the outlet.
func (h *head) site() claim {
	if s := h.first("og:site_name"); s != "" {
		return claim{value: s, from: "og:site_name", sure: true}
	}
	for _, o := range append([]object{h.article}, h.objects...) {
		if o == nil {
			continue
		}
		if list := o.people("publisher"); len(list) > 0 && list[0] != "" && len(list[0]) < 100 {
			return claim{value: list[0], from: "json-ld", sure: true}
		}
	}
	for _, o := range h.objects {
		if hasType(o, "WebSite") || hasType(o, "NewsMediaOrganization") {
			if s := o.text("name"); s != "" && len(s) < 100 {
				return claim{value: s, from: "json-ld", sure: true}
			}
		}
	}
	if s := h.first("application-name", "apple-mobile-web-app-title", "al:android:app_name"); s != "" && len(s) < 60 && key(s) != key(h.title) {
		return claim{value: s, from: "meta", sure: false}
	}
	return claim{}
}
