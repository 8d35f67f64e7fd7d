package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A scene is what the judgement of a page's blocks has in common.
type scene struct {
	blocks  []block
	head    *head
	title   headline
	parents []*html.Node         // container of each block
	spots   map[*html.Node]*spot // what is known of elements
	spotOf  []*spot              // of the element of each block
	boxOf   []*spot              // of the container of each block; nil where that is
	spare   []spot               // room for more of them
	classes map[string]*class    // by what a class says, of which no more than longestClass bytes
	labels  map[label]int32      // numbers of labels, from 1
	kin     map[[3]int32]*kin    // blocks by where they stand; see standing
	kinOf   []*kin               // of each block
	total   float64              // mass of the page
	kinTop  float64              // the most prose that blocks of one standing have
	top     *html.Node           // the element that most likely holds the article
	count   map[string]int       // blocks by folded text
	pulled  []string             // pull quotes that were left out because the text has their words
	ldBody  bodyText             // folded text of JSON-LD's articleBody
	byline  []string             // names of those who wrote, folded
	about   bodyText             // folded descriptions of the page
	titleAt int                  // index of the first block at or after the title's element; -1 if none prints it
	long    []int                // blocks that are surely prose
	masses  []float64            // mass of the blocks before each, summed; one more than there are blocks
	first   int                  // the first and the last block of prose in top; -1 if there is none
	last    int
	lower   []int // the nearest block of prose in top before each; -1 if there is none
	upper   []int // the nearest after
}

// A spot is what is known of an element: the elements around the blocks are asked for the same again and again.
type spot struct {
	node *html.Node
	up   *spot // of the element around it; nil at the root
	sums
	near    float64 // text in paragraphs directly in it
	score   float64 // prose near it; see findTop
	class   *class  // nil without one
	label   int32   // its name and class; 0 until it is asked for
	long    bool    // its class is longer than is looked at: what is said of the class is not said of it
	counts  bool    // its mass is mass of its class, too: the element around it is of another one
	weighed bool    // findTop has judged it
	called  bool    // calls is known
	calls   naming  // what it calls itself
	aside   answer  // see beside
	titled  bool    // it holds the title, or is its element
	around  bool    // it holds the element that most likely holds the article, or is it; known when that is
}

// sums count the text below an element.
type sums struct {
	mass    float64 // in paragraphs
	letters float64
	linked  float64 // letters in links
}

// A class is what is known of a class. Pages have many elements and few classes.
type class struct {
	mass   float64 // text in paragraphs below the elements of the class
	called bool    // calls is known
	calls  naming
	asked  bool // has is known
	has    question
}

// An answer is yes or no, or not asked for yet.
type answer int8

const (
	unasked answer = iota
	yes
	no
)

// answered is the answer of a question.
func answered(v bool) answer {
	if v {
		return yes
	}
	return no
}

// A question is whether a class has one of some words, as classHas does; several are a set.
type question uint8

const (
	forCaptions question = 1 << iota
	forToggles
	forBesides
)

// questionWords are the questions by the words that answer them.
var questionWords = func() map[string]question {
	m := map[string]question{}
	for q, words := range map[question][]string{
		forCaptions: captionWords,
		forToggles:  {"toggle"},
		forBesides:  {"comment", "commentlist", "respond", "disqus", "bio", "popup", "modal", "cookie", "consent"},
	} {
		for _, w := range words {
			m[w] |= q
		}
	}
	return m
}()

// questionLengths are the lengths of those words, as lengthsOf gives them.
var questionLengths = lengthsOf(questionWords)

// lengthsOf returns which lengths words have, a bit each, by the first letter: it spares most words that are none of them a look-up.
func lengthsOf[T any](words map[string]T) (lengths [256]uint32) {
	for w := range words {
		lengths[w[0]] |= 1 << len(w)
	}
	return lengths
}

// questionsOf returns the questions that a class answers with yes.
func questionsOf(class string) (has question) {
	var small [longestNaming + 1]byte
	for start, end, ok := token(class, 0); ok; start, end, ok = token(class, end) {
		n := end - start
		if first := class[start] | 0x20; n > len(small) || questionLengths[first]&(1<<n|1<<(n-1)) == 0 {
			continue
		}
		for i := range n {
			small[i] = class[start+i] | 0x20
		}
		has |= questionWords[string(small[:n])]
		if small[n-1] == 's' {
			has |= questionWords[string(small[:n-1])]
		}
	}
	return has
}

// A label is an element's name and class.
type label struct {
	name  string
	class *class
}

// spot returns what is known of an element; nil of none.
func (s *scene) spot(n *html.Node) *spot {
	if n == nil {
		return nil
	}
	v := s.spots[n]
	if v != nil {
		return v
	}
	up := s.spot(n.Parent)
	if len(s.spare) == 0 {
		s.spare = make([]spot, 64)
	}
	v, s.spare = &s.spare[0], s.spare[1:]
	v.node, v.up = n, up
	s.spots[n] = v
	if name := attr(n, "class"); name != "" {
		v.long = len(name) > longestClass
		name = name[:min(len(name), longestClass)]
		if v.class = s.classes[name]; v.class == nil {
			v.class = &class{}
			s.classes[name] = v.class
		}
		v.counts = !v.long && (up == nil || up.long || up.class != v.class)
	}
	return v
}

// below returns what is below an element; zero where no block is.
func (s *scene) below(n *html.Node) sums {
	if v := s.spots[n]; v != nil {
		return v.sums
	}
	return sums{}
}

// nearIn returns the text in paragraphs directly in an element.
func (s *scene) nearIn(n *html.Node) float64 {
	if v := s.spots[n]; v != nil {
		return v.near
	}
	return 0
}

// classHas answers a question about its element; each class is read once.
func (v *spot) classHas(q question) bool {
	if v.class == nil || v.long {
		return false
	}
	if !v.class.asked {
		v.class.has, v.class.asked = questionsOf(attr(v.node, "class")), true
	}
	return v.class.has&q != 0
}

// kin are the blocks whose element has the same name and class as well as its parent and its grandparent.
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
		blocks: blocks, head: h, title: t, spots: make(map[*html.Node]*spot, 2*len(blocks)), classes: make(map[string]*class, usualClasses), labels: make(map[label]int32, usualClasses), kin: make(map[[3]int32]*kin, usualClasses/2),
		count: make(map[string]int, len(blocks)), titleAt: -1,
	}
	s.parents = make([]*html.Node, len(blocks))
	s.spotOf, s.boxOf, s.kinOf = make([]*spot, len(blocks)), make([]*spot, len(blocks)), make([]*kin, len(blocks))
	if h.article != nil {
		body := h.article.text("articleBody")
		s.ldBody = bodyTextOf(key(strings.ToValidUTF8(body[:min(len(body), longestBody)], "")))
	}
	s.about = bodyTextOf(key(strings.Join([]string{h.first("og:description"), h.first("description"), h.first("twitter:description")}, " ")))
	for i := range blocks {
		s.measure(i)
	}
	names, _ := h.byline()
	for _, name := range names {
		if k := key(name); k != "" {
			s.byline = append(s.byline, k)
		}
	}
	for v := s.spot(t.node); v != nil; v = v.up {
		v.titled = true
	}
	s.findTop()
	s.widenTop()
	if t.node != nil {
		s.findTitle()
	}
	s.reachOut()
	for v := s.spot(s.top); v != nil; v = v.up {
		v.around = true
	}
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
	at := s.spot(own)
	box := at.up
	if !is(own, atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Blockquote, atom.Pre, atom.Figure, atom.Table, atom.Dt, atom.Dd) && b.Kind != doc.Figure && b.Kind != doc.Embed {
		box = at // bare text in a container
	}
	s.spotOf[i], s.boxOf[i] = at, box
	if box != nil {
		s.parents[i] = box.node
		box.near += m
	}
	standing := s.standing(at)
	k := s.kin[standing]
	if k == nil {
		k = &kin{}
		s.kin[standing] = k
	}
	s.kinOf[i] = k
	k.mass += m
	s.kinTop = max(s.kinTop, k.mass)
	k.letters += float64(b.letters)
	k.linked += float64(b.linked)
	k.count++
	for p := at; p != nil; p = p.up {
		if p.counts {
			p.class.mass += m
		}
		p.mass += m
		p.letters += float64(b.letters)
		p.linked += float64(b.linked)
	}
}

// standing describes where an element stands by names and classes: its own, its parent's and grandparent's.
func (s *scene) standing(v *spot) (labels [3]int32) {
	for i := 0; i < len(labels) && v != nil; i++ {
		if v.label == 0 {
			l := label{v.node.Data, v.class}
			if v.label = s.labels[l]; v.label == 0 {
				v.label = int32(len(s.labels) + 1)
				s.labels[l] = v.label
			}
		}
		labels[i] = v.label
		v = v.up
	}
	return labels
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
		if s.beside(s.boxOf[i]) {
			m *= 0.2
		}
		share := 1.0
		for p, hops := s.boxOf[i], 0; p != nil && hops < 6; p, hops = p.up, hops+1 {
			p.score += m * share
			share *= 0.75
		}
	}
	best := 0.0
	for i := range s.blocks { // in document order, so that the choice does not hang on the order of a map
		for at, hops := s.boxOf[i], 0; at != nil && hops < 6; at, hops = at.up, hops+1 {
			if at.weighed {
				continue
			}
			at.weighed = true
			p, v := at.node, at.score
			if is(p, atom.Aside, atom.Footer, atom.Nav) {
				v *= 0.3
			}
			if is(p, atom.Article) || attr(p, "itemprop") == "articleBody" {
				v *= 1.1
			}
			v *= 1 - at.linked/(at.letters+1)
			if at.mass > 0.1*s.total && s.nearby(p) {
				v *= 1.3 // a standfirst alone is not the text
			}
			if at.naming().other {
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
func (s *scene) beside(v *spot) bool {
	if v == nil || is(v.node, atom.Body, atom.Html) || v.titled {
		return false
	}
	if v.aside == unasked {
		v.aside = answered(v.classHas(forBesides) || asksForConsent(v.node) || s.beside(v.up))
	}
	return v.aside == yes
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
	return len(beginning) > 60 && s.about.holdsFrom(beginning)
}

// widenTop goes from the element that holds most prose up to one that holds nearly all prose of the same make: outlets part an article
// into several boxes, with advertisements between.
func (s *scene) widenTop() {
	var best *kin
	own := map[*kin]float64{}
	for i := range s.blocks {
		if within(s.blocks[i].node, s.top) {
			k := s.kinOf[i]
			if own[k] += s.blocks[i].mass(); best == nil || own[k] > own[best] {
				best = k
			}
		}
	}
	if s.top == nil || best == nil || own[best] < 200 {
		return
	}
	all := best.mass
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
	for at, hops := s.spot(s.top).up, 0; at != nil && hops < 7 && !is(at.node, atom.Body, atom.Html); at, hops = at.up, hops+1 {
		p := at.node
		if is(s.top, atom.Article) || s.beside(at) || at.naming().other && !s.holdsMost(at) {
			return
		}
		if at.mass-s.below(s.top).mass >= least && s.gains(p, least) {
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
	at := s.spot(n)
	for ; at != nil && at.node != box; at = at.up {
		if v := at.naming(); v.other || v.small || is(at.node, atom.Aside, atom.Footer, atom.Nav, atom.Form, atom.Header) {
			return true
		}
	}
	return s.beside(at)
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

// naming is what the element calls itself. Where its class is all that says something, elements of one class say the same.
func (v *spot) naming() naming {
	switch {
	case v.called:
	case v.class != nil && !v.long && onlyClass(v.node):
		if !v.class.called {
			v.class.calls, v.class.called = namingOf(v.node), true
		}
		v.calls = v.class.calls
	default:
		v.calls = namingOf(v.node)
	}
	v.called = true
	return v.calls
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
