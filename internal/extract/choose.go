package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// choose says which blocks are the article. Each is judged by itself; then what the judgement cannot see is set right: repetitions,
// pull quotes, lines that send to other stories, headings and pictures, which belong to the text around them.
func (s *scene) choose() []bool {
	scores := s.evidence()
	keep := make([]bool, len(s.blocks))
	for i := range s.blocks {
		keep[i] = s.blocks[i].judged() && scores[i] > 0
	}
	s.furniture(keep)
	s.notice(keep)
	s.bare(keep)
	s.sheet(keep)
	s.lists(scores, keep)
	s.enumerations(keep)
	s.listsOfText(keep)
	s.notes(keep)
	s.alikeHeadings(keep)
	s.teasersAtEnd(keep)
	s.headings(keep)
	s.captionedHeadings(keep)
	s.repetitions(keep)
	s.entries(keep)
	s.media(keep)
	return keep
}

// notice keeps, where nothing else was kept, the unlinked sentences under the title in the article element that holds it: a page may say
// no more than that.
func (s *scene) notice(keep []bool) {
	if slices.Contains(keep, true) || s.title.node == nil || s.titleAt < 0 {
		return
	}
	box := ancestor(s.title.node, atom.Article)
	if box == nil {
		return
	}
	for i := s.titleAt + 1; i < len(s.blocks); i++ {
		b := &s.blocks[i]
		if within(b.node, box) && b.Kind == doc.Paragraph && b.letters >= 40 && b.linked == 0 && sentenceEnd(b.Text.S) && !b.phrase() && !isTeaser(b) && !s.apart(b) && !s.captionOf(s.spotOf[i]) {
			keep[i] = true
		}
	}
}

// bare keeps, where nothing else was kept, the text of a page that prints a line or two and nothing else: no link, no title, no list.
func (s *scene) bare(keep []bool) {
	letters := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		if letters += b.letters; keep[i] || b.linked > 0 || b.Kind != doc.Paragraph || s.apart(b) || letters > hardlyAny || b.phrase() || asksConsent(b.key) {
			return
		}
	}
	for i := range s.blocks {
		keep[i] = s.blocks[i].letters > 0
	}
}

// furniture takes out what no article holds, however much it looks like prose.
func (s *scene) furniture(keep []bool) {
	for i := range s.blocks {
		b := &s.blocks[i]
		if keep[i] && (isTeaser(b) || s.apart(b) || saysAd[b.key] || b.invites()) {
			keep[i] = false
		}
	}
}

// saysAd are lines that say that something else than the article follows, folded.
var saysAd = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.SplitSeq("advertisement|advertisements|advertising|sponsored|sponsored content|ad|anzeige|werbung|publicité|pub|publicidad|anuncio|publicidade|pubblicità|реклама|reklama|advertentie|annons|annonse|annonce|広告|pr", "|") {
		m[line] = true
	}
	return m
}()

// notes keeps the footnotes that the text points to.
func (s *scene) notes(keep []bool) {
	ids := map[string]int{}
	for i := range s.blocks {
		if s.blocks[i].Kind != doc.Note {
			continue
		}
		for p := s.blocks[i].node; p != nil && !is(p, atom.Ol, atom.Ul, atom.Body); p = p.Parent {
			if id := attr(p, "id"); id != "" {
				ids["#"+id] = i
			}
		}
	}
	if len(ids) == 0 {
		return
	}
	for i := range s.blocks {
		if !keep[i] || s.blocks[i].Kind == doc.Note {
			continue
		}
		for _, m := range s.blocks[i].Text.Marks {
			if at := strings.LastIndexByte(m.Href, '#'); m.Kind == doc.Link && at >= 0 {
				if n, ok := ids[m.Href[at:]]; ok {
					keep[n] = true
				}
			}
		}
	}
}

// apart reports whether a block stands in an element that says it is no part of the article.
func (s *scene) apart(b *block) bool {
	for p := b.node; p != nil && p != s.top && p.Type == html.ElementNode && p.DataAtom != atom.Body; p = p.Parent {
		if attr(p, "aria-hidden") == "true" || is(p, atom.Nav) || attr(p, "role") == "dialog" || attr(p, "role") == "navigation" {
			return true
		}
	}
	return false
}

// lists keeps or drops short items with their list: a list is part of the article or it is not.
func (s *scene) lists(scores []float64, keep []bool) {
	type tally struct{ in, out int }
	votes := map[*html.Node]*tally{}
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.list == nil || b.letters == 0 || b.Kind != doc.Item && b.Kind != doc.NumberedItem {
			continue
		}
		v := votes[b.list]
		if v == nil {
			v = &tally{}
			votes[b.list] = v
		}
		if keep[i] {
			v.in += b.letters
		} else {
			v.out += b.letters
		}
	}
	for i := range s.blocks {
		b := &s.blocks[i]
		if v := votes[b.list]; b.list != nil && v != nil && (b.Kind == doc.Item || b.Kind == doc.NumberedItem) && b.letters > 0 {
			keep[i] = v.in > v.out
		}
	}
}

// enumerations keeps, in a row of paragraphs that follow each other with nothing between them and of which the first are prose, those that
// list things by their names, with the short lines between them; at least two of three names or more. Where each name is a link, hardly
// anything else tells them from a menu.
func (s *scene) enumerations(keep []bool) {
	for first := 0; first < len(s.blocks); {
		end := first + 1
		for end < len(s.blocks) && s.follows(first, end) {
			end++
		}
		listed, last := 0, -1
		if keep[first] {
			for i := first + 1; i < end; i++ {
				b := &s.blocks[i]
				if b.linked == 0 || b.linked == b.letters || b.phrase() || b.sends() {
					continue
				}
				last = i
				if b.links() >= 3 {
					listed++
				}
			}
		}
		for i := first + 1; listed >= 2 && i <= last; i++ {
			if b := &s.blocks[i]; b.linked < b.letters && !b.phrase() && !b.sends() {
				keep[i] = true
			}
		}
		first = end
	}
}

// listsOfText keeps the lists that stand directly among the article's paragraphs, in the element that holds them: one that the paragraph before
// it announces by a colon; one without links, with the heading over it; and, under a heading of one make with those of the text, one of which
// most links lead to other sites: the sources of the article.
func (s *scene) listsOfText(keep []bool) {
	for i := 1; i < len(s.blocks); i++ {
		list := s.blocks[i].list
		if !is(list, atom.Ul, atom.Ol) || s.blocks[i-1].list == list || list.Parent == nil || !within(list, s.top) || s.nearIn(list.Parent) == 0 || !s.holdsMost(s.spot(list.Parent)) || s.foreign(list, list.Parent) {
			continue
		}
		end, letters, linked, away, own := i, 0, 0, 0, 0
		for ; end < len(s.blocks) && s.blocks[end].list != nil && within(s.blocks[end].list, list); end++ {
			b := &s.blocks[end]
			letters, linked = letters+b.letters, linked+b.linked
			for _, m := range b.Text.Marks {
				switch {
				case m.Kind != doc.Link:
				case address.Site(m.Href) == address.Site(s.head.url):
					own++
				default:
					away++
				}
			}
		}
		before := i - 1
		h := &s.blocks[before]
		direct := s.parents[before] == list.Parent && h.letters > 0 && h.linked == 0 && !h.phrase() && !h.sends() && before > s.titleAt
		heading := direct && h.Kind.Heading() && !s.title.keys[h.key]
		switch {
		case !direct:
		case h.Kind == doc.Paragraph && keep[before] && announces(h.Text.S) && (linked == 0 || i < s.last && away > own):
			s.keepList(keep, i, end)
		case linked == 0 && letters > 0 && end-i > 1 && (h.Kind == doc.Paragraph && keep[before] || heading && (i < s.last || s.headsText(before) || before > 0 && keep[before-1])):
			keep[before] = true
			s.keepList(keep, i, end)
		case heading && i > s.last && away > 2*own && s.headsText(before):
			keep[before] = true
			s.keepList(keep, i, end)
		}
		i = end - 1
	}
}

// keepList keeps what reads like items of a list, from one block to before another.
func (s *scene) keepList(keep []bool, from, to int) {
	for i := from; i < to; i++ {
		b := &s.blocks[i]
		keep[i] = keep[i] || b.judged() && !b.sends() && !saysAd[b.key]
	}
}

// announces reports whether a text ends with a colon: what it says comes next.
func announces(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \u00a0\u202f"))
	return last == ':' || last == '：'
}

// follows reports whether block i is a paragraph directly behind that of block i-1, in a row of plain ones that begins at block first.
func (s *scene) follows(first, i int) bool {
	b, before := s.blocks[i].node, s.blocks[i-1].node
	if row := s.blocks[first].node; b == nil || before == nil || b.DataAtom != atom.P || row.DataAtom != atom.P || b.Parent != before.Parent || len(b.Attr) > 0 {
		return false
	}
	n := b.PrevSibling
	for n != nil && n != before && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "") {
		n = n.PrevSibling
	}
	return n == before
}

// links counts the links of a block.
func (b *block) links() int {
	n := 0
	for _, m := range b.Text.Marks {
		if m.Kind == doc.Link {
			n++
		}
	}
	return n
}

// alikeHeadings keeps the headings among the article's text that are of one make with those that were kept: an outlet sets all its
// sub-headings alike.
func (s *scene) alikeHeadings(keep []bool) {
	in, out := map[*kin]int{}, map[*kin]int{}
	eligible := func(i int) bool {
		b := &s.blocks[i]
		return b.Kind.Heading() && b.linked == 0 && i > s.first && i < s.last && within(b.node, s.top)
	}
	for i := range s.blocks {
		switch {
		case !eligible(i):
		case keep[i]:
			in[s.kinOf[i]]++
		default:
			out[s.kinOf[i]]++
		}
	}
	for i := range s.blocks {
		if k := s.kinOf[i]; eligible(i) && !s.title.keys[s.blocks[i].key] && in[k] > 1 && in[k] >= out[k] {
			keep[i] = true
		}
	}
}

// headings keeps a heading only where text of the article follows it: some before the next heading, and in its own element if that
// element holds text that was left out.
func (s *scene) headings(keep []bool) {
	next := -1 // the nearest kept text after i
	for i := len(s.blocks) - 1; i >= 0; i-- {
		b := &s.blocks[i]
		switch {
		case b.Kind.Heading():
			if keep[i] && (next < 0 || s.headsOther(i, next)) {
				keep[i] = false
			}
		case keep[i]:
			next = i
		}
	}
}

// teasersAtEnd drops the paragraphs with which a page ends if each of them, four or more of one make, stands behind a link to another page of
// the same site that was left out: the link is a headline, and the paragraph its story in a line.
func (s *scene) teasersAtEnd(keep []bool) {
	var row []int
	var alike *kin
	for i := len(s.blocks) - 1; i >= 0; i-- {
		if !keep[i] || s.blocks[i].Media != nil {
			continue
		}
		before := i - 1
		for before >= 0 && s.blocks[before].letters == 0 {
			before--
		}
		if before < 0 || keep[before] || s.blocks[i].Kind != doc.Paragraph || s.blocks[i].linked > 0 || alike != nil && s.kinOf[i] != alike || !s.sendsOn(before) {
			break
		}
		alike = s.kinOf[i]
		row = append(row, i)
	}
	if len(row) < 4 {
		return
	}
	for _, i := range row {
		keep[i] = false
	}
}

// sendsOn reports whether a block is all a link to another page of the same site.
func (s *scene) sendsOn(i int) bool {
	b := &s.blocks[i]
	if b.linked == 0 || b.linked < b.letters {
		return false
	}
	for _, m := range b.Text.Marks {
		if m.Kind == doc.Link {
			return address.Site(m.Href) == address.Site(s.head.url) && address.Key(m.Href) != address.Key(s.head.url)
		}
	}
	return false
}

// captionedHeadings keeps the headings behind the last prose where they stand directly among the article's paragraphs, at least three of
// one make: an article that is a row of pictures or cards has hardly more text than these.
func (s *scene) captionedHeadings(keep []bool) {
	if s.last < 0 {
		return
	}
	rows := map[*kin][]int{}
	for i := s.last + 1; i < len(s.blocks); i++ {
		b := &s.blocks[i]
		if b.Kind.Heading() && b.linked == 0 && b.letters >= 15 && !b.phrase() && s.nearIn(s.parents[i]) > mostProse*s.total && within(s.blocks[s.last].node, s.parents[i]) {
			rows[s.kinOf[i]] = append(rows[s.kinOf[i]], i)
		}
	}
	for _, row := range rows {
		if len(row) < 3 {
			continue
		}
		for _, i := range row {
			keep[i] = true
		}
	}
}

// headsOther reports whether text that was left out stands between heading i and the text after it, in the heading's own box.
func (s *scene) headsOther(i, next int) bool {
	box := s.blocks[i].node.Parent
	if within(s.blocks[next].node, box) {
		return false
	}
	for j := i + 1; j < next; j++ {
		if s.blocks[j].letters > 0 && s.blocks[j].Media == nil && within(s.blocks[j].node, box) {
			return true
		}
	}
	return false
}

// longestRepeated is how many bytes of the text a pull quote is looked for in.
const longestRepeated = 256 << 10

// repetitions takes out the title where the page prints it again, blocks that stand there twice, and pull quotes: short pieces set
// apart whose words the text has as well.
func (s *scene) repetitions(keep []bool) {
	var all strings.Builder
	for i := range s.blocks {
		if keep[i] && s.blocks[i].letters > 60 && s.blocks[i].quote == nil && all.Len() < longestRepeated {
			all.WriteString(" " + s.blocks[i].key + " |") // what is quoted twice is quoted twice on purpose
		}
	}
	text := all.String()
	seen := map[string]int{} // where a text was first, and one more
	judged := map[*html.Node]bool{}
	started := false
	for i := range s.blocks {
		b := &s.blocks[i]
		if !keep[i] {
			continue
		}
		switch {
		case s.title.keys[b.key] && (!started || b.Kind.Heading()), s.title.node != nil && b.letters <= 2*longestHeading && within(b.node, s.title.node):
			keep[i] = false // with the kicker or the badge that stands in its heading
		case len(b.key) > 40 && seen[b.key] > 0 && s.copied(seen[b.key]-1, i, keep, judged):
			keep[i] = false // for another width of window
		case (b.quote != nil || setApart(b)) && b.Kind != doc.Pre && len(b.key) > 15 && strings.Contains(text, " "+b.key+" ") && strings.Count(text, " "+b.key+" ") > standsIn(b):
			keep[i] = false
			s.pulled = append(s.pulled, b.Text.S)
		default:
			started = started || b.letters > 60
			if seen[b.key] == 0 {
				seen[b.key] = i + 1
			}
		}
	}
	s.authors(keep)
}

// copied reports whether block i is there because the page's machinery prints block first again. What the text says again on purpose, such as a refrain
// or a question, stands beside it or in a box of the same make, with other words around it. Judged are the boxes that were asked before.
func (s *scene) copied(first, i int, keep []bool, judged map[*html.Node]bool) bool {
	a, b := s.parents[first], s.parents[i]
	before := &s.blocks[i-1]
	beside := keep[i-1] && before.key == s.blocks[i].key && before.node != s.blocks[i].node
	if a == b {
		return beside && attr(before.node, "class") != attr(s.blocks[i].node, "class")
	}
	if s.blocks[i].list != nil && within(a, s.blocks[i].list) {
		return false
	}
	boxA, boxB := s.sisters(a, b)
	if boxA == nil || boxA != a && (beside || s.blocks[i].letters > longestRefrain) {
		return true
	}
	if judged[boxB] {
		return true
	}
	if _, known := judged[boxB]; !known {
		judged[boxB] = s.below(boxA).letters >= leastCopy && s.below(boxA).letters == s.below(boxB).letters && key(textOf(boxA)) == key(textOf(boxB))
		if judged[boxB] {
			return true
		}
	}
	return s.count[s.blocks[i].key] > 2 && (s.blocks[i].phrase() || s.below(boxB).linked > 0 || longer(boxB, longestSister) || find(boxB, func(n *html.Node) bool { return picture(n) || is(n, atom.Button) }) != nil)
}

const (
	leastCopy      = 400      // letters that a box has at least that can be a copy of another as a whole
	longestRefrain = 120      // letters of what a text says again in boxes far from one another
	longestSister  = 20 << 10 // bytes of a box in which a text says something for the third time
)

// sisters returns the elements of one name and class, numbers apart, in which two elements of one make stand and that stand in one element of the
// article; nil if there are none.
func (s *scene) sisters(a, b *html.Node) (boxA, boxB *html.Node) {
	for hops := 0; hops < 3 && a != nil && b != nil && a.DataAtom == b.DataAtom && slices.Equal(tokens(attr(a, "class")), tokens(attr(b, "class"))); hops++ {
		if a.Parent == b.Parent && a.Parent != nil {
			if !within(a, s.top) {
				break
			}
			return a, b
		}
		a, b = a.Parent, b.Parent
	}
	return nil, nil
}

// standsIn is how often a block's own text is part of the joined text.
func standsIn(b *block) int {
	if b.letters > 60 && b.quote == nil {
		return 1
	}
	return 0
}

// setApart reports whether an element calls itself a pull quote or an aside.
func setApart(b *block) bool {
	for p, hops := b.node, 0; p != nil && hops < 4; p, hops = p.Parent, hops+1 {
		if is(p, atom.Aside) || classHas(p, "pullquote", "pull", "quote", "zitat", "callout", "highlight") {
			return true
		}
	}
	return false
}

// authors keeps the author of a quotation and the caption of a table with it, and drops them without.
func (s *scene) authors(keep []bool) {
	s.figuresOfText(keep)
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.author && b.quote != nil {
			keep[i] = i > 0 && s.blocks[i-1].quote == b.quote && keep[i-1] || i+1 < len(keep) && s.blocks[i+1].quote == b.quote && keep[i+1]
		}
	}
}

// figuresOfText keeps the table or listing of a figure, however small, that stands in the element of the text, between blocks that are kept.
func (s *scene) figuresOfText(keep []bool) {
	for i := range s.blocks {
		b := &s.blocks[i]
		if keep[i] || b.Kind != doc.Table && b.Kind != doc.Pre || b.linked*2 > b.letters {
			continue
		}
		box := ancestor(b.node, atom.Figure)
		if box == nil {
			continue
		}
		before, after := i-1, i+1
		for before >= 0 && before >= i-mostInFigure && within(s.blocks[before].node, box) {
			before--
		}
		for after < len(keep) && after <= i+mostInFigure && within(s.blocks[after].node, box) {
			after++
		}
		keep[i] = before >= 0 && after < len(keep) && keep[before] && keep[after] && s.blocks[before].node.Parent == box.Parent && s.blocks[after].node.Parent == box.Parent
	}
}

// mostInFigure is how many blocks stand on either side of a table in its figure at most.
const mostInFigure = 20

// media keeps the figures and cards between the first and the last block of the article, and the lead picture just before it.
func (s *scene) media(keep []bool) {
	first, last := -1, -1
	for i := range s.blocks {
		if keep[i] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	for i := range s.blocks {
		b := &s.blocks[i]
		switch b.Kind {
		case doc.Figure, doc.Embed:
			keep[i] = s.shown(i, first, last)
		case doc.Rule:
			keep[i] = i > first && i < last && s.between(i, keep)
		}
	}
	s.onePicture(keep)
}

// onePicture keeps a picture that the page shows several times but once: where it has a caption, else where it is first.
func (s *scene) onePicture(keep []bool) {
	seen := map[string]int{}
	for i := range s.blocks {
		b := &s.blocks[i]
		if !keep[i] || b.Kind != doc.Figure || b.Media == nil {
			continue
		}
		j, twice := seen[b.Media.Src]
		switch {
		case !twice:
			seen[b.Media.Src] = i
		case b.Text.S != "" && s.blocks[j].Text.S == "":
			keep[j], seen[b.Media.Src] = false, i
		case b.Text.S != "" && b.key != s.blocks[j].key: // it says something else the second time
		default:
			keep[i] = false
		}
	}
}

// shown reports whether a figure or card belongs to the article: it stands among the article's text, or between the title and the text,
// and in nothing that belongs to another story.
func (s *scene) shown(i, first, last int) bool {
	b := &s.blocks[i]
	if i > last+1 || s.apart(b) || ancestor(b.node, atom.Nav, atom.Footer, atom.Form) != nil {
		return false
	}
	if aside := ancestor(b.node, atom.Aside); aside != nil && (s.below(aside).letters > float64(b.letters)+30 || b.letters < 10) {
		return false // an aside that is but the picture and its caption is a figure set beside the text
	}
	captioned := b.letters-b.linked > 20
	if i < first && (b.Kind == doc.Embed && i < s.titleAt || s.titleAt >= 0 && i < s.titleAt-4 || s.titleAt < 0 && i < first-6) {
		return false
	}
	for p := b.node; p != nil && p != s.top && !within(s.top, p); p = p.Parent {
		if is(p, atom.A) && s.below(p).letters-float64(b.letters) > 20 || !captioned && s.below(p).linked > 40 && s.below(p).linked*2 > s.below(p).letters {
			return false // a picture of another story
		}
		if !s.holdsMost(s.spot(p)) && !within(s.title.node, p) && classHas(p, otherStories...) {
			return false
		}
	}
	return true
}

// otherStories are words by which elements that hold other stories, advertisements and the like call themselves.
var otherStories = []string{
	"related", "recommended", "recommendation", "recirc", "teaser", "promo", "sidebar", "newsletter", "advert", "advertisement", "banner", "sponsor", "sponsored", "outbrain", "taboola",
	"avatar", "author", "authors", "byline", "bio", "logo", "masthead", "share", "social", "comment", "comments", "popular", "trending", "signup", "subscribe", "paywall", "cookie", "consent", "navigation", "breadcrumb", "readmore", "shop", "affiliate",
}

// between reports whether a rule parts two blocks that are kept.
func (s *scene) between(i int, keep []bool) bool {
	return i > 0 && i+1 < len(keep) && keep[i-1] && s.blocks[i-1].Kind != doc.Rule
}
