package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A saidLanguage is the tag of a language, and where the page says it.
type saidLanguage struct{ tag, from string }

// languages returns what the page says of its language, the more particular first.
func (r *reading) languages() []saidLanguage {
	h := r.head
	var list []saidLanguage
	add := func(s, from string) {
		if tag := language(s); tag != "" {
			list = append(list, saidLanguage{tag, from})
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
	return list
}

// language returns the language that the page says it is in.
func (r *reading) language() string {
	list := r.languages()
	if len(list) == 0 {
		return ""
	}
	r.report.Sources["lang"] = Source{From: list[0].from, Sure: true}
	return list[0].tag
}

// weighLanguage holds the language that the page says against its text: templates say what the outlet's others are in. Where the text is plainly in
// another, that is taken, in the form in which the page says it elsewhere; where nobody says one, that of the text.
func (r *reading) weighLanguage(d *doc.Document) {
	var text strings.Builder
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; r.keep[i] && b.Media == nil && b.Kind != doc.Pre {
			text.WriteString(b.Text.S + "\n")
			if text.Len() > longestWeighed {
				break
			}
		}
	}
	tag, other := lang.Written(lang.Tag(d.Lang), text.String())
	from := r.report.Sources["lang"].From
	switch {
	case from == "" && tag == "", from != "" && !other:
		return
	case from == "":
		d.Lang, r.report.Sources["lang"] = string(tag), Source{From: "text"}
	default:
		says, reads := "the page says ", "the text reads like "+string(tag)
		if from == "hint" {
			says = "the outlet is taken to write "
		}
		if tag == "" {
			reads = "the text is in another script"
		}
		r.report.note("language is doubtful: " + says + d.Lang + ", " + reads)
		if tag == "" || from == "hint" {
			return // what the outlet is taken to write may have been set by a person
		}
		d.Lang, r.report.Sources["lang"] = string(tag), Source{From: "text", Sure: true}
		for _, said := range r.languages() {
			if lang.Tag(said.tag).Is(tag) {
				d.Lang, r.report.Sources["lang"] = said.tag, Source{From: said.from, Sure: true}
				break
			}
		}
	}
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; lang.Tag(b.Lang).Is(tag) {
			b.Lang = ""
		}
	}
	d.Title, d.Deck = r.finished(d.Title, d.Lang), r.finished(d.Deck, d.Lang)
}

// longestWeighed is how many bytes of a text its language is read from.
const longestWeighed = 900

// describe fills the head of a document and the report.
func (r *reading) describe(d *doc.Document) {
	h, report := r.head, r.report
	now := r.page.Hints.Now
	r.weighLanguage(d)
	site := h.site()
	report.Site = doc.CleanLine(site.value)
	report.Sources["site"] = Source{From: site.from, Sure: site.sure}

	around := r.openingOf()
	names, source := h.byline()
	printed, from := r.openingByline(around)
	printed = h.withoutOwners(printed)
	switch {
	case printed != nil && (names == nil || !source.Sure || source.From == "rel=author" || source.From == "microdata" && from == "author link" && len(printed) > len(names)):
		names, source = printed, Source{From: from, Sure: true}
	case printed != nil && (source.From == "meta author" || source.From == "meta parsely-author") && len(names) > 2 && len(printed) < len(names) && holdsAll(names, printed):
		names, source = printed, Source{From: from, Sure: true} // the head also names those who took the pictures, or lent a hand
	case names == nil || !source.Sure:
		if printed, from := r.printedByline(); printed != nil && !h.onlySite(printed) {
			names, source = printed, Source{From: from, Sure: len(names) > 0}
		}
	default:
		if more := h.moreNames(names); more != nil {
			names, source = more, Source{From: "rel=author", Sure: true}
		}
	}
	if found := h.withoutOwners(r.unsign(names)); found != nil && (names == nil || !source.Sure) {
		names, source = found, Source{From: "signature", Sure: true}
	} else {
		for _, name := range found { // the text is signed by more than the head says, or by who wrote it and not by who put it there
			if !holdsAll(names, []string{name}) {
				names = append(names, name)
			}
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
		published, modified := r.printedDates(around, d.Lang)
		if !published.IsZero() {
			report.Published, report.Sources["published"] = published, Source{From: "page", Sure: true}
		}
		if report.Modified.IsZero() && !modified.IsZero() {
			report.Modified, report.Sources["modified"] = modified, Source{From: "page", Sure: true}
		}
	}
	if report.Published.IsZero() && !report.Modified.IsZero() {
		report.note("published is unknown: the page says only when it was changed last")
	}
	if report.Published.IsZero() {
		if guess := dateInAddress(report.URL); !guess.IsZero() {
			report.note("date from the address, a guess: " + guess.String())
		}
	}
	d.Date, d.DateOnly = report.Published.Time, report.Published.Day && !report.Published.IsZero()

	r.addresses()
	report.Image, report.Sources["image"] = h.image()
	report.License, report.Sources["license"] = h.license()
	report.Paywall = h.walled()
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
	if rel == "next" {
		return r.numbered(self)
	}
	return ""
}

// numbered finds the next page of an article whose pages are only linked by their numbers: the address is the article's own with the number
// that follows, and the link says nothing but a number or a word. Pages of readers' comments are no pages of the article.
func (r *reading) numbered(self string) string {
	own, next := ownPage(self), ""
	number := strconv.Itoa(own + 1)
	inBase := strings.Contains(r.head.base, number)
	walk(r.tree, func(n *html.Node) bool {
		if next != "" || n.DataAtom == atom.Head && n.Type == html.ElementNode {
			return false
		}
		if n.DataAtom != atom.A || n.Type != html.ElementNode {
			return true
		}
		said := attr(n, "href")
		if said == "" || !mayLeadTo(said, number) && !(inBase && leansOnBase(said)) || longer(n, 24) {
			return true
		}
		href := address.Resolve(r.head.base, said)
		k := address.Key(href)
		if ownPage(k) != own+1 || !pageOf(k, self) || address.Site(href) != address.Site(r.report.URL) {
			return true
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if classHas(p, "comment", "respond", "disqus") {
				return true
			}
		}
		next = href
		return true
	})
	return next
}

// mayLeadTo reports whether a reference can resolve to an address that ends in a page's number, where that does not come from the base: what stands
// before the number there is the end of a word for pages, or what parts a word from its number. It spares most links the resolving. What an address
// is cleaned of (blanks, parameters that track, escaped and foreign digits, dots for the folders above) is let pass.
func mayLeadTo(ref, number string) bool {
	ref = strings.Trim(ref, " \t\r\n\f")
	path, _, _ := strings.Cut(ref, "#")
	if strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '%' || r >= utf8.RuneSelf }) {
		return true
	}
	if !strings.Contains(path, number) {
		return false
	}
	if folders, _, asks := strings.Cut(path, "?"); strings.HasSuffix(strings.TrimRight(folders, `/\`), ".") {
		return true
	} else if !asks {
		if !endsInNumber(path) {
			return false
		}
		path = path[:strings.LastIndexAny(path, "0123456789")+1]
		start := len(path)
		for digitAt(path, start-1) {
			start--
		}
		return numbersPage(path, start, number)
	}
	for i := 0; i < len(path); i++ {
		if digitAt(path, i) && !digitAt(path, i-1) && numbersPage(path, i, number) {
			return true
		}
	}
	return false
}

// numbersPage reports whether the digits of an address from a place on can be those that namedPage finds, and are the number.
func numbersPage(s string, start int, number string) bool {
	end := start
	for digitAt(s, end) {
		end++
	}
	return end-start <= 3 && strings.TrimLeft(s[start:end], "0") == number && (start == 0 || strings.IndexByte(`=/\_-EAGPSTeagpst`, s[start-1]) >= 0)
}

// leansOnBase reports whether the path of the base is the end of what a reference resolves to, or may be.
func leansOnBase(ref string) bool {
	path, _, _ := strings.Cut(strings.Trim(ref, " \t\r\n\f"), "#")
	path, _, _ = strings.Cut(path, "?")
	path = strings.TrimRight(path, `/\`)
	return path == "" || path[len(path)-1] == '.'
}

// endsInNumber reports whether the last character of an address is a digit, a closing slash and a file's ending apart.
func endsInNumber(s string) bool {
	s = strings.TrimRight(s, `/\`)
	for _, ending := range []string{".html", ".htm"} {
		if n := len(s) - len(ending); n >= 0 && strings.EqualFold(s[n:], ending) {
			s = s[:n]
			break
		}
	}
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

// namedPage is an address's own number among the pages of an article, with the word that says so.
var namedPage = regexp.MustCompile(`(?i)[/?&_,-](?:page|seite|pagina|pag|p|s|part)[=/_-]?(\d{1,3})(?:\.html?)?/?$`)

// ownPage returns the number that an address says to be its page's among those of an article; 1 if it says none.
func ownPage(key string) int {
	if !endsInNumber(key) {
		return 1
	}
	if m := namedPage.FindStringSubmatch(key); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
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
