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

// findByline returns the names of those who wrote the article, in the page's order. A source that names but the outlet or its owner gives way to
// the next that names somebody else.
func (h *head) findByline() ([]string, Source) {
	var rest []string
	var restSource Source
	// offer judges the names of one source.
	offer := func(list []string, from string) ([]string, Source, bool) {
		if len(list) == 0 {
			return nil, Source{}, false
		}
		if others := h.withoutOwners(list); len(others) > 0 {
			if from == "json-ld" {
				others = list // there the outlet stands beside a person on purpose
			}
			return others, Source{From: from, Sure: true}, true
		}
		if rest == nil {
			rest, restSource = list, Source{From: from}
		}
		return nil, Source{}, false
	}
	if h.article != nil {
		if list, source, ok := offer(cleaned(h.writers(h.article["author"])), "json-ld"); ok {
			return list, source
		}
	}
	for _, name := range []string{"author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "citation_author", "article.author", "writer", "bylines", "rnews:author"} {
		raw := h.texts(name)
		for i, s := range raw {
			raw[i] = givenFirst(s)
		}
		if list, source, ok := offer(cleanNames(raw), "meta "+name); ok {
			return list, source
		}
	}
	if list, source, ok := offer(cleaned(h.authorElements()), "microdata"); ok {
		return list, source
	}
	var rel []written
	for _, n := range h.relAuthor[:min(len(h.relAuthor), maxMeta)] {
		if besideArticle(n) && !h.ofOther(n) {
			rel = append(rel, written{textOf(n), person})
		}
	}
	if list, source, ok := offer(cleaned(rel), "rel=author"); ok {
		return list, source
	}
	return rest, restSource
}

// besideArticle reports whether an element that names an author can speak of this article: it stands in no box of other stories, menu or
// footer, but for an article's own.
func besideArticle(n *html.Node) bool {
	box := ancestor(n, atomAside...)
	if is(box, atom.Footer) {
		return ancestor(box, atom.Article) != nil && ancestor(box, atomAside...) == nil
	}
	return box == nil
}

// writers returns the names in a property of JSON-LD; what only points to an item of the page is looked up there.
func (h *head) writers(v any) []written {
	return object{"author": h.resolved(v, 0)}.written("author")
}

// resolved puts the items that references name in their place.
func (h *head) resolved(v any, depth int) any {
	switch v := v.(type) {
	case []any:
		if depth > 2 || len(v) > maxMeta {
			return v
		}
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = h.resolved(e, depth+1)
		}
		return list
	case map[string]any:
		id, ok := v["@id"].(string)
		if !ok || v["name"] != nil || v["familyName"] != nil {
			return v
		}
		for _, o := range h.objects {
			if o["@id"] == id && (o["name"] != nil || o["familyName"] != nil) {
				return map[string]any(o)
			}
		}
	}
	return v
}

// withoutOwners returns the names that are not the outlet's, its publisher's or its owner's; none if all are.
func (h *head) withoutOwners(list []string) []string {
	site, host := h.site().value, hostOf(h.url)
	var out []string
	for _, name := range list {
		if !namesSite(name, site, host) && !h.owner(name) {
			out = append(out, name)
		}
	}
	return out
}

// owner reports whether a name is that of the publisher or of who holds the rights, as the page says.
func (h *head) owner(name string) bool {
	k := key(name)
	if h.article != nil {
		for _, property := range []string{"publisher", "copyrightHolder", "sourceOrganization", "publishingPrinciples"} {
			for _, other := range h.article.people(property) {
				if key(other) == k {
					return true
				}
			}
		}
	}
	for _, meta := range []string{"copyright", "dc.rights", "dcterms.rights", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher"} {
		for _, v := range h.meta[meta] {
			if len(v) < 200 && (key(v) == k || strings.Contains(" "+key(v)+" ", " "+k+" ") && copyrightLike(v)) {
				return true
			}
		}
	}
	return false
}

// copyrightLike reports whether a text claims rights for a year: what it names is an owner, not who wrote.
func copyrightLike(s string) bool {
	return (strings.Contains(s, "©") || strings.Contains(strings.ToLower(s), "copyright") || strings.Contains(s, "(c)")) && strings.ContainsAny(s, "0123456789")
}

// givenFirst turns the form of catalogues, family name before given name, into the one people write.
func givenFirst(s string) string {
	family, given, ok := strings.Cut(s, ", ")
	if !ok || strings.ContainsAny(given, ",;&/") {
		return s
	}
	for _, part := range []string{family, given} {
		if strings.ContainsAny(part, " .0123456789") || utf8.RuneCountInString(part) < 2 {
			return s
		}
		for _, r := range part {
			if !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) && r != '-' && r != '’' && r != '\'' {
				return s
			}
		}
		if persons([]string{"X " + part}) == nil {
			return s
		}
	}
	return given + " " + family
}

// holdsAll reports whether list has all names of part.
func holdsAll(list, part []string) bool {
	have := map[string]bool{}
	for _, name := range list {
		have[key(name)] = true
	}
	for _, name := range part {
		if !have[key(name)] {
			return false
		}
	}
	return true
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
func (h *head) authorElements() []written {
	var list []written
	for _, n := range h.props["author"] {
		if box := ancestor(n, atomAside...); box != nil && (!is(box, atom.Nav) || !hasAttr(n, "itemscope") || ancestor(box, atomAside...) != nil) || within(n, commentsAbove(n)) || h.ofOther(n) {
			continue
		}
		if name := find(n, func(m *html.Node) bool { return m != n && attr(m, "itemprop") == "name" }); name != nil {
			if v := attr(name, "content"); v != "" {
				list = append(list, written{v, person})
			} else {
				list = append(list, written{textOf(name), person})
			}
			continue
		}
		if v := attr(n, "content"); v != "" {
			list = append(list, written{text: v})
		} else {
			list = append(list, written{text: textOf(n)})
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
	var rel []written
	for _, n := range h.relAuthor[:min(len(h.relAuthor), maxMeta)] {
		if ancestor(n, atomAside...) == nil && commentsAbove(n) == nil && !h.ofOther(n) {
			rel = append(rel, written{textOf(n), person})
		}
	}
	linked := cleaned(rel)
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
	if list := r.head.bylineElement(r.tree); list != nil && !r.head.onlySite(list) {
		return list, "page"
	}
	if list := r.byLine(); list != nil && !r.head.onlySite(list) {
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
		if b.Media != nil || b.letters == 0 {
			continue
		}
		if line := readBy(b.Text.S); line.names != nil {
			return line.names
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
func (h *head) bylineElement(root *html.Node) []string {
	var found []string
	others := 0
	walk(root, func(n *html.Node) bool {
		if found != nil || n.Type != html.ElementNode || others > maxMeta {
			return found == nil && others <= maxMeta
		}
		if silent[n.DataAtom] || is(n, atomAside...) || hidden(n) {
			return false
		}
		if !bylineNamed(n) || commentsAbove(n) != nil {
			return true
		}
		if longer(n, 2*longestByline) {
			return true
		}
		if found = namesIn(n); found != nil {
			if h.ofOther(n) {
				found = nil
				others++
			}
			return false
		}
		return true
	})
	return found
}

// namesIn reads the names that a byline's element holds: those of its links to pages about authors, else of all its links but those to a
// section, else of its text. It is nil where none is a person's.
func namesIn(n *html.Node) (found []string) {
	s := spaced(n)
	size := utf8.RuneCountInString(strings.ReplaceAll(s, " | ", " "))
	if s == "" || size > 2*longestByline {
		return nil
	}
	var links []string
	var toAuthors []written
	before := ""
	seen := map[string]bool{}
	walk(n, func(m *html.Node) bool {
		switch {
		case m.Type == html.TextNode && strings.TrimSpace(m.Data) != "":
			before = m.Data
		case is(m, atom.A) && !strings.HasPrefix(attr(m, "href"), "mailto:"):
			if authorLink(m) {
				toAuthors = appendLink(toAuthors, m, seen)
			} else if !sectionFollows.MatchString(before) {
				links = append(links, spaced(m))
			}
		}
		return true
	})
	if list := cleaned(toAuthors); len(list) > 0 {
		return list
	}
	if size > longestByline {
		return nil
	}
	for _, said := range append(links, strings.Split(s, " | ")...) {
		list := cleanNames([]string{said})
		if slices.ContainsFunc(list, func(name string) bool { return persons([]string{name}) != nil || loneName(name) }) {
			found = append(found, list...)
		} else if line := readBy(said); line.names != nil {
			found = append(found, line.names...)
			if len(links) == 0 {
				break // what follows in another element is a role, an outlet, a date
			}
		}
		links = links[min(1, len(links)):]
		if len(links) == 0 && len(found) > 0 {
			break
		}
	}
	if found != nil {
		return cleanNames(found)
	}
	if list := cleanNames([]string{s}); list != nil && is(n, atom.A, atom.Span) && len(list) == 1 && by.MatchString(s) {
		return list
	}
	return nil
}

// appendLink adds what a link to an author calls him. Of several links to one page the first that says a name counts.
func appendLink(list []written, n *html.Node, seen map[string]bool) []written {
	href, _, _ := strings.Cut(strings.TrimRight(attr(n, "href"), "/"), "?")
	s := spaced(n)
	if s == "" || seen[href] || strings.HasSuffix(href, "/feed") {
		return list
	}
	seen[href] = true
	name, _, _ := strings.Cut(s, " | ")
	if len(cleanNames([]string{name})) == 0 {
		name = s
	}
	return append(list, written{name, person})
}

// sectionFollows is the word between a name and the section that a link behind it leads to.
var sectionFollows = regexp.MustCompile(`(?i)(?:^|\s)(?:in|on|under|dans|em|en|unter)\s*$`)

// by is the word before a name, in the languages of the press.
var by = regexp.MustCompile(`(?i)^[\s\x{A0}]*(?:(?:words|story|article|post(?:ed)?|published|edited|created|report|publié|écrit|rédigé|escrito|scritto|geschrieben|verfasst)\s+(?:by|par|por|da|von)|zeige\s+alle\s+beiträge\s+von|alle\s+beiträge\s+von|voir\s+tous\s+les\s+articles\s+(?:de|par)|ver\s+todas?\s+(?:as|las)\s+(?:publicações|entradas)\s+de|written\s+by|reported\s+by|(?:view\s+)?all\s+posts\s+by|by|von|par|por|di|da|de|av|af|door|oleh|text|texte|texto|testo|autor(?:in)?|autore|auteur|author|przez|tekst|rozmawiała?|opracowała?|napsala?|írta|haber|yazan|от|автор|автори|авторы|текст|подготовила?|підготував|підготувала|كتبت?|بقلم|إعداد|מאת|글)[\s\x{A0}]*[:|\s\x{A0}][\s\x{A0}]*|^[\s\x{3000}]*(?:取材・文|文・写真|写真・文|聞き手・文|聞き手|文|著者|執筆者?|筆者|作者|撰文|文字|图文|text)[\s\x{3000}]*[＝=●：:／/丨｜][\s\x{3000}]*|^[\s\x{3000}]*(?:本报|本報|本刊|本社|特约|特約|实习)*(?:记者|記者|撰稿|采写)[\s\x{3000}：:／/丨｜]*`)

// notName is what stands in bylines beside names.
var notName = regexp.MustCompile(`(?i)^(?:by|bio|profile|\+?\s*follow.*|archiv.*|show all.*|about the authors?|contact|e-?mail|.*[→…]|(?:.*\s)?(?:staff|opinion|contributing|senior|chief|special)\s+(?:\S+\s+)?(?:writer|reporter|correspondent|editor|contributor|columnist)|admin(?:istrator)?|staff|editor|webmaster|null|undefined|none|unknown|n/?a|follow|written by|in collaboration.*|view all.*|\+\d+ more|twitter|facebook|linkedin|instagram|twitter facebook|updated|published|posted|\d+.*|.*\d{4}.*|https?:.*|@.*|.*\.(?:com|org|net|de|fr)/.*)$`)

// behindName is what pages put behind a name without a sign between: an account, a day, what somebody does.
var behindName = regexp.MustCompile(`(?i)(?:\s+@\w+.*|(?:^|\s+)(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}(?:\D.*)?|\s+(?:editor|reporter|correspondent|staff writer|contributor|journalist)|\s*(?:선임|수습|인턴|객원)?\s*기자|\s+특파원|\s+\d{1,4}(?:[-./]\d{1,2}[-./]|\s?年\s?\d{1,2}\s?月|년\s?\d{1,2}월).*)$`)

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

// cleanNames makes a list of single names of texts that may each name several.
func cleanNames(raw []string) []string {
	texts := make([]written, len(raw))
	for i, s := range raw {
		texts[i].text = s
	}
	return cleaned(texts)
}

// cleaned makes a list of single names of what pages put into their author fields.
func cleaned(raw []written) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range raw {
		w.text = unescaped(w.text)
		if rest := aside.ReplaceAllString(w.text, " "); strings.TrimSpace(rest) != "" {
			w.text = rest
		} else {
			w.text = strings.Trim(w.text, " ()[]")
		}
		if strings.Contains(w.text, "://") || utf8.RuneCountInString(w.text) > 400 {
			continue
		}
		for _, name := range w.apart() {
			stop := strings.HasSuffix(name, " Jr.") || strings.HasSuffix(name, " Sr.")
			name = strings.Trim(behindName.ReplaceAllString(strings.Trim(name, beyondName), ""), beyondName)
			if stop {
				name += "."
			}
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

// beyondName is what stands at the ends of names and is no part of them.
const beyondName = " .,;:|-–—·•\u00A0\u3000）】]"

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
