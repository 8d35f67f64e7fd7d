package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// language weighs what the page says of its language.
func (r *reading) language() string {
	h := r.head
	type said struct{ tag, from string }
	var list []said
	add := func(s, from string) {
		if tag := language(s); tag != "" {
			list = append(list, said{tag, from})
		}
	}
	add(h.lang, "html lang")
	if h.article != nil {
		add(h.article.text("inLanguage"), "json-ld")
	}
	add(h.first("og:locale"), "og:locale")
	add(h.first("content-language", "language", "dc.language", "dcterms.language"), "meta")
	add(r.page.Header.Get("Content-Language"), "header")
	add(r.page.Hints.Lang, "hint")
	if len(list) == 0 {
		return ""
	}
	best := list[0]
	r.report.Sources["lang"] = Source{From: best.from, Sure: true}
	return best.tag
}

// describe fills the head of a document and the report.
func (r *reading) describe(d *doc.Document) {
	h, report := r.head, r.report
	now := r.page.Hints.Now
	site := h.site()
	report.Site = doc.CleanLine(site.value)
	report.Sources["site"] = Source{From: site.from, Sure: site.sure}

	names, source := h.byline()
	if names == nil || !source.Sure {
		if printed := printedByline(r.tree); printed != nil && !h.onlySite(printed) {
			names, source = printed, Source{From: "page", Sure: len(names) > 0}
		}
	}
	if r.byline != nil {
		names, source = r.byline, Source{From: "rule", Sure: true}
	}
	for _, name := range names {
		if name = doc.CleanLine(name); name != "" {
			d.Byline = append(d.Byline, name)
		}
	}
	report.Sources["byline"] = source

	report.Published, report.Sources["published"] = h.published(now)
	if !r.date.IsZero() {
		report.Published, report.Sources["published"] = r.date, Source{From: "rule", Sure: true}
	}
	report.Modified, report.Sources["modified"] = h.modified(now)
	if report.Published.IsZero() {
		if guess := dateInAddress(report.URL); !guess.IsZero() {
			report.note("date from the address, a guess: " + guess.String())
		}
	}
	d.Date, d.DateOnly = report.Published.Time, report.Published.Day && !report.Published.IsZero()

	r.addresses()
	report.Image, report.Sources["image"] = h.image()
	report.License, report.Sources["license"] = h.license()
	if h.article != nil {
		denied, _ := h.article.denied()
		report.Paywall = denied
	}
	switch strings.ToLower(h.first("article:content_tier")) {
	case "locked":
		report.Paywall = true
	case "metered", "free", "":
	}
}

// addresses finds the page's own address and its other forms.
func (r *reading) addresses() {
	h, report := r.head, r.report
	report.Canonical = report.URL
	said := h.rel("canonical")
	from := "link"
	if said == "" {
		said, from = address.Resolve(h.base, h.first("og:url")), "og:url"
	}
	report.CanonicalSaid = said
	switch {
	case said == "":
	case report.URL == "" || address.Site(said) == address.Site(report.URL) && !rootOnly(said):
		report.Canonical = said
		report.Sources["canonical"] = Source{From: from, Sure: true}
	default:
		report.note("the page names " + said + " as its address; it lies elsewhere and was not taken")
	}
	report.Next, report.Prev = r.neighbour("next"), r.neighbour("prev")
	report.AMP = h.rel("amphtml")
	for _, l := range h.links["alternate"] {
		if strings.EqualFold(l.media, "print") {
			report.Print = address.Resolve(h.base, l.href)
		}
	}
}

// rootOnly reports whether an address is a site's front page: no article lives there.
func rootOnly(s string) bool {
	_, rest, _ := strings.Cut(s, "://")
	_, path, _ := strings.Cut(rest, "/")
	return path == ""
}

// neighbour returns the address of the next or previous page of this article. Blogs link the next article the same way: a page of
// this article has this article's address with a number.
func (r *reading) neighbour(rel string) string {
	self := address.Key(r.report.URL)
	for _, l := range r.head.links[rel] {
		href := address.Resolve(r.head.base, l.href)
		if href == "" || address.Key(href) == self || address.Site(href) != address.Site(r.report.URL) {
			continue
		}
		if pageOf(address.Key(href), self) {
			return href
		}
	}
	return ""
}

// pageOf reports whether a and b are pages of one article: the same but for a number near the end.
func pageOf(a, b string) bool {
	strip := func(s string) string {
		return strings.TrimRight(pageNumber.ReplaceAllString(s, ""), "/?&-_,")
	}
	return strip(a) == strip(b)
}

// image returns the lead picture that the page declares.
func (h *head) image() (string, Source) {
	for _, name := range []string{"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"} {
		for _, v := range h.meta[name] {
			if src := address.Resolve(h.base, v); doc.ValidSrc(src) {
				return src, Source{From: name, Sure: true}
			}
		}
	}
	if h.article != nil {
		if src := address.Resolve(h.base, h.article.address("image")); doc.ValidSrc(src) {
			return src, Source{From: "json-ld", Sure: true}
		}
	}
	return "", Source{}
}

// license returns the licence that the page names for its text.
func (h *head) license() (string, Source) {
	if h.article != nil {
		if s := h.article.address("license"); s != "" {
			if href := address.Resolve(h.base, s); strings.Contains(s, "://") && href != "" {
				return href, Source{From: "json-ld", Sure: true}
			}
			return doc.CleanLine(s), Source{From: "json-ld", Sure: true}
		}
	}
	if href := h.rel("license"); href != "" {
		return href, Source{From: "rel=license", Sure: true}
	}
	if s := h.first("dcterms.license", "license"); s != "" {
		return doc.CleanLine(s), Source{From: "meta", Sure: true}
	}
	return "", Source{}
}

// findDeck finds the standfirst. Where an element says by its name that it is one, or a description of the page is printed as a
// block of its own before the text, that block is the deck and no part of the body: at is its index, else -1.
func (r *reading) findDeck(t headline) (deck doc.Text, at int, source Source) {
	s := r.scene
	if r.deck != "" {
		for i := range s.blocks {
			if s.blocks[i].key == key(r.deck) {
				return s.blocks[i].Text, i, Source{From: "rule", Sure: true}
			}
		}
		return doc.Text{S: r.deck}, -1, Source{From: "rule", Sure: true}
	}
	first := -1
	for i := range s.blocks {
		if r.keep[i] && s.blocks[i].letters > 0 && s.blocks[i].Media == nil {
			first = i
			break
		}
	}
	end := len(s.blocks)
	if first >= 0 {
		end = min(first+3, end)
	}
	descriptions := r.descriptions()
	best := 0
	at = -1
	for i := max(0, s.titleAt-2); i < end; i++ {
		if score := r.deckScore(i, first, t, descriptions); score > best {
			best, at = score, i
		}
	}
	if at >= 0 {
		return s.blocks[at].Text, at, Source{From: "page", Sure: best > 2}
	}
	return r.declaredDeck(descriptions, first)
}

// deckScore says how much speaks for block i being the deck; 0 if it cannot be.
func (r *reading) deckScore(i, first int, t headline, descriptions []claim) int {
	s := r.scene
	b := &s.blocks[i]
	switch {
	case b.letters < 15 || b.Media != nil || t.keys[b.key] || within(b.node, t.node) || utf8.RuneCountInString(b.Text.S) > 700 || b.linked*2 > b.letters || s.apart(b):
		return 0
	case ancestor(b.node, atom.Figure, atom.Aside, atom.Nav, atom.Footer) != nil || captioned(b.node) || credited(b.node):
		return 0
	}
	if b.letters < 60 && b.phrase() {
		return 0
	}
	score := 0
	described := false
	for _, c := range descriptions {
		k := key(c.value)
		if b.key == k || len(k) > 40 && (strings.HasSuffix(b.key, k) || strings.HasPrefix(b.key, k) && len(b.key) < 2*len(k)) || likeness(b.key, k) > 0.75 {
			described = true
		}
	}
	name := standfirst(b.node)
	if i <= s.titleAt && name < 3 {
		return 0
	}
	inBody := first >= 0 && i >= first
	if described && (!inBody || name > 0 || b.strong == b.letters || b.Kind.Heading() || !within(b.node, s.top)) {
		score += 3
	}
	if name > 2 || name > 0 && (!inBody || described || s.standsApart(i)) {
		score += name
	}
	if score > 0 && b.Kind.Heading() && !inBody {
		score++
	}
	return score
}

// standsApart reports whether block i stands elsewhere than the blocks after it.
func (s *scene) standsApart(i int) bool {
	n := s.step(i, 1)
	return n >= len(s.blocks) || s.parents[n] != s.parents[i]
}

// standfirst says how plainly an element, or the one around it, calls itself a standfirst: 3 by a word that means nothing else, 1 by one
// that may, 0 not at all.
func standfirst(n *html.Node) int {
	for p, hops := n, 0; p != nil && hops < 3 && !is(p, atom.Article, atom.Main, atom.Body); p, hops = p.Parent, hops+1 {
		if hops > 0 && lettersIn(textOf(p)) > lettersIn(textOf(n))+40 {
			return 0
		}
		if classHas(p, "deck", "dek", "standfirst", "subtitle", "subheadline", "subhead", "lede", "chapo", "chapeau", "sottotitolo", "entradilla", "bajada", "vorspann", "ingress", "sumario", "subtitulo", "manchet", "perex", "zajawka", "strapline", "subheading", "underrubrik", "underrubrikk", "sapo", "leadtext", "spoiler", "ozet", "kicker-deck", "copete", "volanta", "introtext", "articlelead", "subline", "headlinesub") ||
			attr(p, "itemprop") == "alternativeHeadline" {
			return 3
		}
		if classHas(p, "lead", "intro", "teaser", "excerpt", "summary", "abstract", "synopsis", "description", "tagline", "stinger", "preamble", "introduction", "hatte", "snippet") || attr(p, "itemprop") == "description" {
			return 1
		}
	}
	return 0
}

// descriptions are what the page says of itself in a sentence or two.
func (r *reading) descriptions() []claim {
	h := r.head
	var list []claim
	add := func(s, from string) {
		if lettersIn(s) >= 15 && utf8.RuneCountInString(s) < 1000 {
			list = append(list, claim{value: s, from: from})
		}
	}
	if h.article != nil {
		add(h.article.text("description"), "json-ld")
		add(h.article.text("alternativeHeadline"), "json-ld")
	}
	add(h.first("og:description"), "og:description")
	add(h.first("description"), "meta description")
	add(h.first("twitter:description"), "twitter:description")
	return list
}

// declaredDeck takes a description that is not the beginning of the text itself, nor cut off.
func (r *reading) declaredDeck(descriptions []claim, first int) (doc.Text, int, Source) {
	var body strings.Builder
	for i := range r.scene.blocks {
		if r.keep[i] && body.Len() < 20_000 {
			body.WriteString(r.scene.blocks[i].key + " ")
		}
	}
	for _, c := range descriptions {
		k := key(c.value)
		if strings.HasSuffix(c.value, "…") || strings.HasSuffix(c.value, "...") || strings.Contains(body.String(), k) || r.scene.title.keys[k] || first < 0 || !kindred(k, key(r.scene.title.text.S)+" "+body.String()) {
			continue
		}
		return doc.Text{S: c.value}, -1, Source{From: c.from, Sure: false}
	}
	return doc.Text{}, -1, Source{}
}

// kindred reports whether a description speaks of the article: it has a word of some length in common with it. What an outlet says of itself on
// every page has none, or hardly any.
func kindred(description, article string) bool {
	common, all := 0, 0
	for w := range strings.FieldsSeq(description) {
		if len(w) < 5 {
			continue
		}
		all++
		if strings.Contains(article, w) {
			common++
		}
	}
	return all == 0 || common*3 >= all
}
