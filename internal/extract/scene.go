package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A scene is what the judgement of a page's blocks has in common.
type scene struct {
	blocks    []block
	head      *head
	title     headline
	parents   []*html.Node           // container of each block
	total     float64                // mass of the page
	sums      map[*html.Node]*sums   // what is below an element
	spare     []sums                 // room for more of them
	classMass map[string]*float64    // text in paragraphs below the elements of one class
	near      map[*html.Node]float64 // text in paragraphs directly in an element
	kin       map[string]*kin        // blocks by where they stand
	kinOf     []string               // key of each block in kin
	kinTop    float64                // the most prose that blocks of one standing have
	top       *html.Node             // the element that most likely holds the article
	names     map[*html.Node]naming  // what elements call themselves
	besides   map[*html.Node]bool    // elements that stand beside the article; see beside
	count     map[string]int         // blocks by folded text
	pulled    []string               // pull quotes that were left out because the text has their words
	ldBody    string                 // folded text of JSON-LD's articleBody
	byline    []string               // names of those who wrote, folded
	about     string                 // folded descriptions of the page
	titleAt   int                    // index of the first block at or after the title's element; -1 if none prints it
	long      []int                  // blocks that are surely prose
	masses    []float64              // mass of the blocks before each, summed; one more than there are blocks
	first     int                    // the first and the last block of prose in top; -1 if there is none
	last      int
	lower     []int // the nearest block of prose in top before each; -1 if there is none
	upper     []int // the nearest after
}

// sums count the text below an element.
type sums struct {
	mass    float64 // in paragraphs
	letters float64
	linked  float64  // letters in links
	class   *float64 // the mass of its class; nil where it has none, or stands in an element of the same class
	score   float64  // prose near it; see findTop
	weighed bool     // findTop has judged it
}

// below returns what is below an element; zero where no block is.
func (s *scene) below(n *html.Node) sums {
	if v := s.sums[n]; v != nil {
		return *v
	}
	return sums{}
}

// sumsOf returns the sums of an element, to be added to.
func (s *scene) sumsOf(n *html.Node) *sums {
	v := s.sums[n]
	if v != nil {
		return v
	}
	if len(s.spare) == 0 {
		s.spare = make([]sums, 64)
	}
	v, s.spare = &s.spare[0], s.spare[1:]
	s.sums[n] = v
	if class := attr(n, "class"); class != "" && len(class) <= longestClass && (n.Parent == nil || attr(n.Parent, "class") != class) {
		if v.class = s.classMass[class]; v.class == nil {
			v.class = new(float64)
			s.classMass[class] = v.class
		}
	}
	return v
}

// kin are the blocks whose element has the same name, class and parent's class.
type kin struct {
	mass    float64
	linked  float64
	letters float64
	count   int
}

// longestBody is how many bytes of a text for machines each block is looked for in.
const longestBody = 96 << 10

// stage prepares a scene.
func stage(blocks []block, h *head, t headline) *scene {
	s := &scene{
		blocks: blocks, head: h, title: t, sums: map[*html.Node]*sums{}, near: map[*html.Node]float64{},
		kin: map[string]*kin{}, names: map[*html.Node]naming{}, classMass: map[string]*float64{}, besides: map[*html.Node]bool{}, count: map[string]int{}, titleAt: -1,
	}
	s.parents = make([]*html.Node, len(blocks))
	s.kinOf = make([]string, len(blocks))
	if h.article != nil {
		body := h.article.text("articleBody")
		s.ldBody = " " + key(strings.ToValidUTF8(body[:min(len(body), longestBody)], "")) + " "
	}
	s.about = " " + key(strings.Join([]string{h.first("og:description"), h.first("description"), h.first("twitter:description")}, " ")) + " "
	for i := range blocks {
		s.measure(i)
	}
	names, _ := h.byline()
	for _, name := range names {
		if k := key(name); k != "" {
			s.byline = append(s.byline, k)
		}
	}
	s.findTop()
	s.widenTop()
	if t.node != nil {
		s.findTitle()
	}
	s.reachOut()
	s.findLong()
	return s
}

// mass is how much a block weighs as prose: its letters outside links, and nothing for a scrap.
func (b *block) mass() float64 {
	if b.Kind == doc.Figure || b.Kind == doc.Embed || b.Kind == doc.Rule || b.Kind.Heading() || b.letters < 25 {
		return 0
	}
	m := float64(b.letters-b.linked) - float64(b.linked)
	if m < 0 {
		return 0
	}
	if b.letters < 80 {
		m *= 0.3
	}
	if b.Kind == doc.Item || b.Kind == doc.NumberedItem {
		m *= 0.6
	}
	return m
}

func (s *scene) measure(i int) {
	b := &s.blocks[i]
	m := b.mass()
	if b.letters > 0 {
		if s.count[b.key]++; s.count[b.key] > 2 {
			m = 0 // what stands there again and again is no prose
		}
	}
	s.total += m
	if m >= 60 && b.linked*3 < b.letters {
		if b.letters > 300 || !b.phrase() {
			s.long = append(s.long, i)
		}
	}
	own := b.node
	if own == nil {
		return
	}
	parent := own.Parent
	if !is(own, atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Blockquote, atom.Pre, atom.Figure, atom.Table, atom.Dt, atom.Dd) && b.Kind != doc.Figure && b.Kind != doc.Embed {
		parent = own // bare text in a container
	}
	s.parents[i] = parent
	key := standing(own)
	s.kinOf[i] = key
	k := s.kin[key]
	if k == nil {
		k = &kin{}
		s.kin[key] = k
	}
	k.mass += m
	s.kinTop = max(s.kinTop, k.mass)
	k.letters += float64(b.letters)
	k.linked += float64(b.linked)
	k.count++
	if parent != nil {
		s.near[parent] += m
	}
	for p := own; p != nil; p = p.Parent {
		v := s.sumsOf(p)
		if v.class != nil {
			*v.class += m
		}
		v.mass += m
		v.letters += float64(b.letters)
		v.linked += float64(b.linked)
	}
}

// standing describes where an element stands by names and classes: its own, its parent's and grandparent's.
func standing(n *html.Node) string {
	var b strings.Builder
	for i := 0; i < 3 && n != nil; i++ {
		b.WriteString(n.Data)
		b.WriteByte('.')
		class := attr(n, "class")
		b.WriteString(class[:min(len(class), longestClass)])
		b.WriteByte('>')
		n = n.Parent
	}
	return b.String()
}

// findTop finds the element that most likely holds the article: the one with most prose near it, where each step of distance counts less.
func (s *scene) findTop() {
	for i := range s.blocks {
		m := s.blocks[i].mass()
		if m == 0 {
			continue
		}
		if s.described(&s.blocks[i]) {
			m *= 3 // outlets describe an article by its beginning
		}
		if s.beside(s.parents[i]) {
			m *= 0.2
		}
		share := 1.0
		for p, hops := s.parents[i], 0; p != nil && hops < 6; p, hops = p.Parent, hops+1 {
			s.sumsOf(p).score += m * share
			share *= 0.75
		}
	}
	best := 0.0
	for i := range s.blocks { // in document order, so that the choice does not hang on the order of a map
		for p, hops := s.parents[i], 0; p != nil && hops < 6; p, hops = p.Parent, hops+1 {
			sum := s.sumsOf(p)
			if sum.weighed {
				continue
			}
			sum.weighed = true
			v := sum.score
			if is(p, atom.Aside, atom.Footer, atom.Nav) {
				v *= 0.3
			}
			if is(p, atom.Article) || attr(p, "itemprop") == "articleBody" {
				v *= 1.1
			}
			v *= 1 - sum.linked/(sum.letters+1)
			if sum.mass > 0.1*s.total && s.nearby(p) {
				v *= 1.3 // a standfirst alone is not the text
			}
			if s.named(p).other {
				v *= 0.5
			}
			if v > best {
				best, s.top = v, p
			}
		}
	}
}

// nearby reports whether an element stands in one of the boxes around the title, the page apart.
func (s *scene) nearby(n *html.Node) bool {
	box := s.title.node
	for hops := 0; box != nil && hops < 4; hops++ {
		if box = box.Parent; box == nil || is(box, atom.Body, atom.Html) {
			return false
		}
		if within(n, box) {
			return true
		}
	}
	return false
}

// beside reports whether an element is or stands in one that calls itself the place of readers' words, of the author's life or of a
// request: much prose can be there, and none of it is the article's. What holds the title is no such place.
func (s *scene) beside(n *html.Node) bool {
	if n == nil || is(n, atom.Body, atom.Html) || within(s.title.node, n) {
		return false
	}
	v, known := s.besides[n]
	if !known {
		v = classHas(n, "comment", "commentlist", "respond", "disqus", "bio", "popup", "modal", "cookie", "consent") || asksForConsent(n) || s.beside(n.Parent)
		s.besides[n] = v
	}
	return v
}

// asksForConsent reports whether an element's identifier is of a dialogue about cookies: by the word, or by the name of a maker of such dialogues.
func asksForConsent(n *html.Node) bool {
	id := attr(n, "id")
	if id == "" || len(id) > longestClass {
		return false
	}
	for start, end, ok := token(id, 0); ok; start, end, ok = token(id, end) {
		if consentDialogues[strings.ToLower(id[start:end])] {
			return true
		}
	}
	return false
}

var consentDialogues = set("cookie cookies consent gdpr onetrust didomi usercentrics cookiebot truste sourcepoint cmp cmpbox")

// described reports whether a block begins as one of the page's descriptions does.
func (s *scene) described(b *block) bool {
	beginning := b.key
	if len(beginning) > 120 {
		beginning = strings.ToValidUTF8(beginning[:90], "")
	}
	return len(beginning) > 60 && strings.Contains(s.about, " "+beginning)
}

// widenTop goes from the element that holds most prose up to one that holds nearly all prose of the same make: outlets part an article
// into several boxes, with advertisements between.
func (s *scene) widenTop() {
	best := ""
	own := map[string]float64{}
	for i := range s.blocks {
		if within(s.blocks[i].node, s.top) {
			k := s.kinOf[i]
			if own[k] += s.blocks[i].mass(); best == "" || own[k] > own[best] {
				best = k
			}
		}
	}
	if s.top == nil || best == "" || own[best] < 200 {
		return
	}
	all := s.kin[best].mass
	if own[best] >= 0.85*all {
		return
	}
	for p := s.top.Parent; p != nil && !is(p, atom.Body, atom.Html); p = p.Parent {
		have := 0.0
		for i := range s.blocks {
			if s.kinOf[i] == best && within(s.blocks[i].node, p) {
				have += s.blocks[i].mass()
			}
		}
		if have >= 0.85*all {
			// Not as far as other articles: what is gained must be prose, not a page of teasers.
			if ratio(s.below(p).linked, s.below(p).letters) < 0.35 {
				s.top = p
			}
			return
		}
	}
}

// reachOut goes up from the element that holds most prose as long as what is gained is prose, too, and little else: page builders put each
// paragraph into boxes of its own, and old pages set the beginning of a text beside the box of the rest. An article element is never left.
func (s *scene) reachOut() {
	if s.top == nil {
		return
	}
	const least = 150 // of prose that is gained, in letters
	for p, hops := s.top.Parent, 0; p != nil && hops < 7 && !is(p, atom.Body, atom.Html); p, hops = p.Parent, hops+1 {
		if is(s.top, atom.Article) || s.beside(p) || s.named(p).other && !s.holdsMost(p) {
			return
		}
		if s.below(p).mass-s.below(s.top).mass >= least && s.gains(p, least) {
			s.top = p
		}
		if is(p, atom.Article) {
			return
		}
	}
}

// gains reports whether what box holds beside the element that holds most prose is prose, too, up to the title on one side and to other
// stories on both.
func (s *scene) gains(box *html.Node, least float64) bool {
	first, last := -1, -1
	for i := range s.blocks {
		if within(s.blocks[i].node, s.top) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	var prose, rest float64
	paragraphs := 0
	count := func(i int) bool {
		b := &s.blocks[i]
		if !within(b.node, box) || i == s.titleAt {
			return false
		}
		if b.letters == 0 || b.Media != nil || within(b.node, s.top) {
			return true
		}
		if s.foreign(b.node, box) {
			rest += float64(b.letters)
			return b.letters < 25
		}
		if m := b.mass(); m > 0 && b.linked*5 < b.letters {
			if b.Kind == doc.Paragraph && b.letters >= 80 {
				prose += m
				paragraphs++
			}
		} else {
			rest += float64(b.letters)
		}
		return true
	}
	for i := first - 1; i >= 0 && count(i); i-- {
	}
	if paragraphs > 1 && prose >= least && prose > 2*rest { // one alone may be the standfirst
		return true
	}
	for i := last + 1; i < len(s.blocks) && count(i); i++ {
	}
	// Behind the text stand requests and notes, too: it must be a good part of it.
	return prose >= max(least, s.below(s.top).mass/4) && prose > 2*rest
}

// foreign reports whether an element, or one around it below box, says that it holds something else than the article's text.
func (s *scene) foreign(n, box *html.Node) bool {
	for ; n != nil && n != box; n = n.Parent {
		if v := s.named(n); v.other || v.small || is(n, atom.Aside, atom.Footer, atom.Nav, atom.Form, atom.Header) {
			return true
		}
	}
	return s.beside(n)
}

// findLong notes for each block the nearest prose on both sides.
func (s *scene) findLong() {
	n := len(s.blocks)
	s.masses, s.lower, s.upper = make([]float64, n+1), make([]int, n), make([]int, n)
	s.first, s.last = -1, -1
	prose := make([]bool, n)
	for _, i := range s.long {
		if within(s.blocks[i].node, s.top) {
			prose[i] = true
			if s.first < 0 {
				s.first = i
			}
			s.last = i
		}
	}
	near := -1
	for i := range s.blocks {
		s.masses[i+1] = s.masses[i] + s.blocks[i].mass()
		s.lower[i] = near
		if prose[i] {
			near = i
		}
	}
	near = -1
	for i := n - 1; i >= 0; i-- {
		s.upper[i] = near
		if prose[i] {
			near = i
		}
	}
}

// findTitle finds the block that the title was cut as.
func (s *scene) findTitle() {
	for i := range s.blocks {
		if within(s.blocks[i].node, s.title.node) {
			s.titleAt = i
			return
		}
	}
}

// named is what an element calls itself.
func (s *scene) named(n *html.Node) naming {
	v, ok := s.names[n]
	if !ok {
		v = namingOf(n)
		s.names[n] = v
	}
	return v
}

// ratio is a/b, and 0 where b is nothing.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// step returns the nearest block before or after i that has a text of its own.
func (s *scene) step(i, by int) int {
	for i += by; i >= 0 && i < len(s.blocks); i += by {
		if s.blocks[i].judged() {
			return i
		}
	}
	return i
}
