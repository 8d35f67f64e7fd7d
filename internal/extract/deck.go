package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// longestDeck is how many characters a standfirst has at most; what is longer is text.
const longestDeck = 1000

// How much speaks for a block being the standfirst. A word that means nothing else decides; then what the page says of itself elsewhere;
// then its place and its dress.
const (
	byName   = 6 // its element calls itself a standfirst
	byWord   = 3 // its text is one of the page's descriptions
	byHint   = 2 // its element calls itself what standfirsts, among others, are called
	byPlace  = 1 // it stands between the title and the text, or is the first paragraph and all in bold
	sureDeck = 3 // from here on it is no guess
)

// findDeck finds the standfirst: the blocks it is printed as, which are no part of the body then, or a description that only the head
// has. Several lines of one make are one standfirst of several lines.
func (r *reading) findDeck(t headline) (deck doc.Text, places []int, source Source) {
	s := r.scene
	if r.deck != "" {
		for i := range s.blocks {
			if s.blocks[i].key == key(r.deck) {
				return s.blocks[i].Text, []int{i}, Source{From: "rule", Sure: true}
			}
		}
		return doc.Text{S: r.deck}, nil, Source{From: "rule", Sure: true}
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
	best, at := 0, -1
	for i := max(0, s.titleAt-2); i < end; i++ {
		if score := r.deckScore(i, first, t, descriptions); score > best {
			best, at = score, i
		}
	}
	if at < 0 {
		text, from := r.declaredDeck(descriptions, first)
		return text, nil, from
	}
	places = r.deckLines(at, first, descriptions)
	if len(places) == 1 && s.repeated(at) {
		return doc.Text{}, nil, Source{}
	}
	for n, i := range places {
		if n > 0 {
			deck = doc.Concat(deck, doc.Text{S: "\n"})
		}
		deck = doc.Concat(deck, s.blocks[i].Text)
	}
	return deck, places, Source{From: "page", Sure: best >= sureDeck}
}

// repeated reports whether the page prints a block again as a paragraph of the text: it is the text then, and no standfirst.
func (s *scene) repeated(i int) bool {
	for j := range s.blocks {
		if j != i && s.blocks[j].key == s.blocks[i].key && within(s.blocks[j].node, s.top) && s.blocks[j].Kind == doc.Paragraph && s.kinOf[j] == s.kinOfText(j+1) {
			return true
		}
	}
	return false
}

// leavesNothing reports whether the blocks of a standfirst are all the text there is: it is the text then.
func (r *reading) leavesNothing(places []int) bool {
	kept, taken := 0, 0
	for i, k := range r.keep {
		if k && r.scene.blocks[i].letters > 0 && r.scene.blocks[i].Media == nil {
			kept++
			if slices.Contains(places, i) {
				taken++
			}
		}
	}
	return taken > 0 && taken == kept
}

// deckScore says how much speaks for block i being the standfirst; 0 if it cannot be. Of the body, which begins at block first, only what
// looks different from the text is taken: a description is often the text's own beginning.
func (r *reading) deckScore(i, first int, t headline, descriptions []description) int {
	s := r.scene
	b := &s.blocks[i]
	if !s.mayBeDeck(b, t) {
		return 0
	}
	name, _ := s.standfirst(b.node)
	if i <= s.titleAt && name < byName {
		return 0
	}
	inBody := first >= 0 && i >= first
	described := isDescribed(b.key, descriptions) || i+1 < len(s.blocks) && continues([]int{i}, s.blocks, s.blocks[i+1].key, descriptions)
	apart := s.kinOf[i] != s.kinOfText(i+1)
	heading := b.Kind.Heading() || is(b.node, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	bold := b.strong == b.letters || apart && classHas(b.node, "bold", "semibold", "medium", "strong")
	score := 0
	if described && (!inBody && !(first >= 0 && s.alike(i, first)) || name > 0 || bold || heading || !within(b.node, s.top)) {
		score += byWord
	}
	switch {
	case b.Kind.Heading() && s.headsText(i):
		return 0 // one of the sub-headings
	case name == byName && heading && s.first >= 0 && i > s.first && !described:
		return 0 // a sub-heading of the text
	case name == byName, name > 0 && described, name > 0 && (!inBody || s.standsApart(i)) && !pictured(b.node):
		score += name
	}
	if !described && b.letters < 80 && dateLike(b.Text.S) {
		return 0 // the line that says who wrote, and when
	}
	if score > 0 {
		if heading && !inBody {
			score++
		}
		return score
	}
	if s.titleAt < 0 || b.letters < 50 || b.linked > 0 || b.phrase() {
		return 0
	}
	switch {
	case heading && !inBody && s.step(s.titleAt, 1) == i:
		return byPlace
	case !inBody && apart && first >= 0 && i < first && sentenceEnd(b.Text.S) && s.nearTitle(b) && !pictured(b.node):
		return byPlace
	case i == first && bold && apart && sentenceEnd(b.Text.S) && !heading:
		return byPlace
	}
	return 0
}

// headsText reports whether headings of the make of heading i stand among the text, two at least.
func (s *scene) headsText(i int) bool {
	n := 0
	for j := s.first + 1; s.first >= 0 && j < s.last && n < 2; j++ {
		if s.blocks[j].Kind.Heading() && s.kinOf[j] == s.kinOf[i] {
			n++
		}
	}
	return n > 1
}

// mayBeDeck says whether a block can be a standfirst at all.
func (s *scene) mayBeDeck(b *block, t headline) bool {
	switch {
	case b.letters < 15 || b.Media != nil || t.keys[b.key] || within(b.node, t.node) || utf8.RuneCountInString(b.Text.S) > longestDeck:
		return false
	case b.linked*2 > b.letters || s.apart(b) || b.letters < 60 && b.phrase() || b.cell:
		return false
	}
	return ancestor(b.node, atom.Figure, atom.Aside, atom.Nav, atom.Footer, atom.Form) == nil && !captioned(b.node) && !credited(b.node)
}

// isDescribed reports whether a folded text is one of the page's descriptions, or nearly so.
func isDescribed(text string, descriptions []description) bool {
	for i := range descriptions {
		k := descriptions[i].key
		if text == k || len(k) > 40 && (strings.HasSuffix(text, k) || strings.HasPrefix(text, k) && len(text) < 2*len(k)) || descriptions[i].like(text) {
			return true
		}
	}
	return false
}

// deckLines returns the blocks of a standfirst of which block at is known to be one: those of one make within the element that calls itself one,
// and, before the body, those by which a description goes on.
func (r *reading) deckLines(at, first int, descriptions []description) []int {
	s := r.scene
	lines := []int{at}
	size := s.blocks[at].letters
	_, box := s.standfirst(s.blocks[at].node)
	for i := at - 1; i >= 0 && box != nil && within(s.blocks[i].node, box) && s.kinOf[i] == s.kinOf[at] && s.blocks[i].letters > 0 && size < longestDeck; i-- {
		lines = append([]int{i}, lines...)
		size += s.blocks[i].letters
	}
	for i := at + 1; i < len(s.blocks); i++ {
		b := &s.blocks[i]
		size += b.letters
		if s.kinOf[i] != s.kinOf[at] || size > longestDeck || b.Media != nil || b.letters == 0 {
			break
		}
		if !(box != nil && (within(b.node, box) || box == s.blocks[at].node && b.node.Parent == box.Parent)) && !((first < 0 || at < first) && continues(lines, s.blocks, b.key, descriptions)) {
			break
		}
		lines = append(lines, i)
	}
	return lines
}

// continues reports whether a description holds the lines, and goes on with next.
func continues(lines []int, blocks []block, next string, descriptions []description) bool {
	for i := range descriptions {
		rest, ok := descriptions[i].key, true
		for _, line := range lines {
			if rest, ok = strings.CutPrefix(rest, blocks[line].key); !ok {
				break
			}
			if rest, ok = strings.CutPrefix(rest, " "); !ok {
				break
			}
		}
		if ok && strings.HasPrefix(rest, next) {
			return true
		}
	}
	return false
}

// standsApart reports whether block i stands elsewhere than the blocks after it.
func (s *scene) standsApart(i int) bool {
	n := s.step(i, 1)
	return n >= len(s.blocks) || s.parents[n] != s.parents[i]
}

// kinOfText returns the make of the text that begins at or after block i: that of the most prose among the next blocks.
func (s *scene) kinOfText(i int) *kin {
	var best *kin
	for end := min(i+12, len(s.blocks)); i < end; i++ {
		if k := s.kinOf[i]; s.blocks[i].judged() && (best == nil || k.mass > best.mass) {
			best = k
		}
	}
	return best
}

// nearTitle reports whether a block stands in the box of the title, or in the one around that.
func (s *scene) nearTitle(b *block) bool {
	p := s.title.node
	for range 3 {
		if p == nil || is(p, atom.Body) {
			return false
		}
		if within(b.node, p) {
			return true
		}
		p = p.Parent
	}
	return false
}

// pictured reports whether an element or one of those around it is named for pictures: the text is a caption then.
func pictured(n *html.Node) bool {
	for hops := 0; n != nil && hops < 4; n, hops = n.Parent, hops+1 {
		if classHas(n, "caption", "img", "image", "picture", "gallery", "lightbox", "photo", "media", "bild", "video", "carousel", "slide", "author", "byline", "bio") {
			return true
		}
	}
	return false
}

// sentenceEnd reports whether a text ends as a sentence does.
func sentenceEnd(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”’»)]'“ "))
	return strings.ContainsRune(".?!…。！？؟।", last)
}

// standfirst says how plainly an element, or one around it, calls itself a standfirst: byName by a word that means nothing else, byHint by
// one that may, 0 not at all; and which element does, the outermost of them. An element with the title in it names more than a standfirst.
func (s *scene) standfirst(n *html.Node) (int, *html.Node) {
	best, box := 0, (*html.Node)(nil)
	if longer(n, 4*longestDeck) {
		return 0, nil // bare text in a container: no element is its own
	}
	own := lettersBelow(n)
	for p, hops := n, 0; p != nil && hops < 4 && !is(p, atom.Article, atom.Main, atom.Body); p, hops = p.Parent, hops+1 {
		if within(s.title.node, p) || within(s.top, p) && hops > 0 {
			break
		}
		all := own
		if hops > 0 {
			if longer(p, 4*longestDeck) {
				break
			}
			if all = lettersBelow(p); all > longestDeck {
				break
			}
		}
		switch {
		case classHas(p, standfirstWords...) || attr(p, "itemprop") == "alternativeHeadline":
			best, box = byName, p
		case best < byName && (all <= own+40 || is(n, atom.Li)) && (classHas(p, hintWords...) || attr(p, "itemprop") == "description"):
			best, box = byHint, p
		}
	}
	return best, box
}

// lettersBelow counts the letters of what textOf returns.
func lettersBelow(n *html.Node) int {
	letters := 0
	walk(n, func(at *html.Node) bool {
		if at.Type == html.TextNode {
			letters += lettersIn(at.Data)
		}
		return at.Type != html.ElementNode || !silent[at.DataAtom]
	})
	return letters
}

// callsItselfDeck reports whether an element or its parent has the name of a standfirst: a text under the lead picture that has it is no caption.
func callsItselfDeck(n *html.Node) bool {
	says := func(n *html.Node) bool {
		return n != nil && (classHas(n, standfirstWords...) || classHas(n, "lead", "intro", "excerpt", "summary", "abstract", "synopsis"))
	}
	return says(n) || says(n.Parent)
}

// standfirstWords are names of standfirsts and of nothing else, in the languages of outlets.
var standfirstWords = []string{
	"deck", "dek", "standfirst", "subtitle", "subheadline", "subhead", "lede", "chapo", "chapeau", "sottotitolo", "entradilla", "bajada", "vorspann", "einleitung", "ingress", "sumario",
	"subtitulo", "manchet", "perex", "zajawka", "strapline", "subheading", "underrubrik", "underrubrikk", "sapo", "leadtext", "spoiler", "ozet", "copete", "volanta", "introtext",
	"articlelead", "subline", "headlinesub", "preamble", "preface",
}

// hintWords are names that standfirsts have, and other things, too.
var hintWords = []string{
	"lead", "intro", "teaser", "excerpt", "summary", "abstract", "synopsis", "description", "tagline", "stinger", "introduction", "hatte", "snippet", "bulletpoints",
}

// A description is what the page says of itself in a sentence or two.
type description struct {
	claim
	key   string         // its value folded
	words map[string]int // the numbers of its words; nil until they are asked for
	met   []bool         // by number, whether a text has the word; for like
}

// like reports whether a folded text has likeness of more than 0.75 with a description. It leaves off where too many words are other ones.
func (d *description) like(text string) bool {
	if text == d.key {
		return true
	}
	if d.words == nil {
		d.words = map[string]int{}
		for w := range wordSet(d.key) {
			d.words[w] = len(d.words)
		}
		d.met = make([]bool, len(d.words))
	}
	clear(d.met)
	common := 0
	var other []string // words that are not the description's
	for w := range eachWord(text) {
		if n, ok := d.words[w]; ok {
			if !d.met[n] {
				d.met[n] = true
				common++
			}
			continue
		}
		if !slices.Contains(other, w) {
			if other = append(other, w); len(other)*3 >= len(d.words) {
				return false // even with all words of the description
			}
		}
	}
	return common > 0 && float64(common)/float64(len(d.words)+len(other)) > 0.75
}

// descriptions are what the page says of itself, each text once.
func (r *reading) descriptions() []description {
	h := r.head
	var list []description
	add := func(s, from string) {
		if lettersIn(s) >= 15 && utf8.RuneCountInString(s) < longestDeck {
			list = append(list, description{claim: claim{value: s, from: from}, key: key(s)})
		}
	}
	if h.article != nil {
		add(h.article.text("description"), "json-ld")
	}
	add(h.first("og:description"), "og:description")
	add(h.first("description"), "meta description")
	add(h.first("twitter:description"), "twitter:description")
	if h.article != nil && len(list) == 0 {
		add(h.article.text("alternativeHeadline"), "json-ld")
	}
	return slices.CompactFunc(list, func(a, b description) bool { return a.value == b.value }) // what is said twice says no more
}

// declaredDeck takes a description that is not the beginning of the text itself, nor cut off.
func (r *reading) declaredDeck(descriptions []description, first int) (doc.Text, Source) {
	if len(descriptions) == 0 || first < 0 {
		return doc.Text{}, Source{}
	}
	var said strings.Builder
	for i := range r.scene.blocks {
		if r.keep[i] && said.Len() < 20_000 {
			said.WriteString(r.scene.blocks[i].key)
			said.WriteByte(' ')
		}
	}
	body := said.String()
	for _, c := range descriptions {
		if strings.HasSuffix(c.value, "…") || strings.HasSuffix(c.value, "...") || strings.Contains(body, c.key) || r.scene.title.keys[c.key] || !kindred(c.key, key(r.scene.title.text.S), body) {
			continue
		}
		return doc.Text{S: c.value}, Source{From: c.from, Sure: false}
	}
	return doc.Text{}, Source{}
}

// kindred reports whether a description speaks of the article: it has a word of some length in common with it. What an outlet says of itself on
// every page has none, or hardly any.
func kindred(description, title, article string) bool {
	common, all := 0, 0
	for w := range strings.FieldsSeq(description) {
		if len(w) < 5 {
			continue
		}
		all++
		if strings.Contains(title, w) || strings.Contains(article, w) {
			common++
		}
	}
	return all == 0 || common*3 >= all
}
