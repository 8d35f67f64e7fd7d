package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// featureNames are what is known of a block when it is judged, in the order of a features value. All are free of language but the
// last few, which look for phrases of furniture in eight languages.
var featureNames = []string{
	"letters", "words", "linked", "strong", "stopped", "commas", "capitals", "digits", "lower-start", "colon-end", "short-caps",
	"paragraph", "heading", "heading-level", "item", "quotation", "pre", "table", "bare", "cell", "author",
	"in-article", "in-main", "in-aside", "in-nav", "in-header", "in-footer", "in-form", "in-body-prop", "in-figure", "in-button", "in-link",
	"depth", "articles-above", "word-near", "word-worst", "word-best", "word-sum", "word-parent", "word-own",
	"in-top", "top-share", "hops-up", "hops-down", "sibling-mass", "kin-mass", "kin-share", "kin-count", "parent-mass", "grand-mass",
	"parent-linked", "grand-linked", "list-linked", "list-length", "list-letters",
	"position", "letters-before", "letters-after", "after-title", "title-distance", "before-first", "after-last", "gap-before", "gap-after",
	"prev-letters", "prev-linked", "next-letters", "next-linked", "prev2-letters", "next2-letters", "prev-same-kin", "next-same-kin",
	"prev-heading", "next-heading", "window-mass", "window-linked",
	"repeated", "is-title", "in-description", "in-ld-body", "ld-body", "within-other", "page-blocks", "page-letters", "same-parent-prev", "same-parent-next", "bold-whole", "date-like", "sign", "phrase", "phrase-start",
}

type features []float32

// A scene is what the judgement of a page's blocks has in common.
type scene struct {
	blocks  []block
	head    *head
	title   headline
	parents []*html.Node               // container of each block
	total   float64                    // mass of the page
	mass    map[*html.Node]float64     // text in paragraphs below an element
	near    map[*html.Node]float64     // text in paragraphs directly in an element
	letters map[*html.Node]float64     // letters below
	linked  map[*html.Node]float64     // letters in links below
	kin     map[string]*kin            // blocks by where they stand
	kinOf   []string                   // key of each block in kin
	top     *html.Node                 // the element that most likely holds the article
	depths  map[*html.Node]int         //
	weights map[*html.Node]wordWeights // of the words by which elements call themselves
	count   map[string]int             // blocks by folded text
	ldBody  string                     // folded text of JSON-LD's articleBody
	about   string                     // folded descriptions of the page
	titleAt int                        // index of the first block at or after the title's element; -1 if none prints it
	long    []int                      // blocks that are surely prose
	masses  []float64                  // mass of the blocks before each, summed; one more than there are blocks
	first   int                        // the first and the last block of prose in top; -1 if there is none
	last    int
	lower   []int // the nearest block of prose in top before each; -1 if there is none
	upper   []int // the nearest after
}

// kin are the blocks whose element has the same name, class and parent's class.
type kin struct {
	mass    float64
	linked  float64
	letters float64
	count   int
}

// wordWeights sum up what the words of an element's class and id say.
type wordWeights struct {
	worst, best, sum float32
	known            bool
}

// stage prepares a scene.
func stage(blocks []block, h *head, t headline) *scene {
	s := &scene{
		blocks: blocks, head: h, title: t, mass: map[*html.Node]float64{}, near: map[*html.Node]float64{}, letters: map[*html.Node]float64{},
		linked: map[*html.Node]float64{}, kin: map[string]*kin{}, depths: map[*html.Node]int{}, weights: map[*html.Node]wordWeights{}, count: map[string]int{}, titleAt: -1,
	}
	s.parents = make([]*html.Node, len(blocks))
	s.kinOf = make([]string, len(blocks))
	if h.article != nil {
		s.ldBody = " " + key(h.article.text("articleBody")) + " "
	}
	s.about = " " + key(strings.Join([]string{h.first("og:description"), h.first("description"), h.first("twitter:description")}, " ")) + " "
	for i := range blocks {
		s.measure(i)
	}
	s.findTop()
	s.findLong()
	if t.node != nil {
		s.findTitle()
	}
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
	s.total += m
	if b.letters > 0 {
		s.count[b.key]++
	}
	if m >= 60 && b.linked*3 < b.letters {
		s.long = append(s.long, i)
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
	k.letters += float64(b.letters)
	k.linked += float64(b.linked)
	k.count++
	if parent != nil {
		s.near[parent] += m
	}
	for p := own; p != nil; p = p.Parent {
		s.mass[p] += m
		s.letters[p] += float64(b.letters)
		s.linked[p] += float64(b.linked)
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
	score := map[*html.Node]float64{}
	for i := range s.blocks {
		m := s.blocks[i].mass()
		if m == 0 {
			continue
		}
		share := 1.0
		for p, hops := s.parents[i], 0; p != nil && hops < 6; p, hops = p.Parent, hops+1 {
			score[p] += m * share
			share *= 0.75
		}
	}
	best := 0.0
	for i := range s.blocks { // in document order, so that the choice does not hang on the order of a map
		for p, hops := s.parents[i], 0; p != nil && hops < 6; p, hops = p.Parent, hops+1 {
			v := score[p]
			if is(p, atom.Aside, atom.Footer, atom.Nav) {
				v *= 0.3
			}
			if is(p, atom.Article) || attr(p, "itemprop") == "articleBody" {
				v *= 1.1
			}
			v *= 1 - s.linked[p]/(s.letters[p]+1)
			if w := s.word(p); w.known && w.worst < -2 {
				v *= 0.5
			}
			if v > best {
				best, s.top = v, p
			}
		}
	}
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

// word sums up the words by which an element calls itself.
func (s *scene) word(n *html.Node) wordWeights {
	if w, ok := s.weights[n]; ok {
		return w
	}
	var w wordWeights
	seen := map[string]bool{}
	for _, name := range names(n) {
		v, ok := judge.words[name]
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		w.known = true
		w.sum += v
		w.worst, w.best = min(w.worst, v), max(w.best, v)
	}
	s.weights[n] = w
	return w
}

// depth is the number of elements around n.
func (s *scene) depth(n *html.Node) int {
	if n == nil {
		return 0
	}
	if d, ok := s.depths[n]; ok {
		return d
	}
	d := s.depth(n.Parent) + 1
	s.depths[n] = d
	return d
}

// ratio is a/b, and 0 where b is nothing.
func ratio(a, b float64) float32 {
	if b == 0 {
		return 0
	}
	return float32(a / b)
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// features measures block i.
func (s *scene) features(i int) features {
	b := &s.blocks[i]
	f := make(features, 0, len(featureNames))
	f = s.ofText(f, b)
	f = s.ofPlace(f, i)
	f = s.ofKin(f, i)
	f = s.ofOrder(f, i)
	f = s.ofPage(f, i)
	return f
}

func (s *scene) ofText(f features, b *block) features {
	text := b.Text.S
	words := len(strings.Fields(text))
	var commas, capitals, digits int
	for _, r := range text {
		switch {
		case r == ',' || r == '、' || r == '，' || r == '،':
			commas++
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsDigit(r):
			digits++
		}
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"”’»)]'“"))
	level := 0
	if b.Kind.Heading() {
		level = int(b.Kind-doc.Heading2) + 2
		if is(b.node, atom.H1) {
			level = 1
		}
	}
	return append(f,
		float32(b.letters), float32(words), ratio(float64(b.linked), float64(b.letters)), ratio(float64(b.strong), float64(b.letters)),
		truth(strings.ContainsRune(".?!…。！？؟।", last)), float32(commas), ratio(float64(capitals), float64(b.letters)), ratio(float64(digits), float64(b.letters)),
		truth(unicode.IsLower(first)), truth(last == ':'), truth(words <= 4 && capitals > 0 && capitals*2 > b.letters),
		truth(b.Kind == doc.Paragraph), truth(b.Kind.Heading()), float32(level), truth(b.Kind == doc.Item || b.Kind == doc.NumberedItem), truth(b.Kind == doc.Quotation),
		truth(b.Kind == doc.Pre), truth(b.Kind == doc.Table), truth(!is(b.node, atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Pre, atom.Table)), truth(b.cell), truth(b.author),
	)
}

// ofPlace measures the elements around a block.
func (s *scene) ofPlace(f features, i int) features {
	b := &s.blocks[i]
	var article, main, aside, nav, header, footer, form, body, figure, button, anchor bool
	var articles float32
	var near, worst, best, sum float32
	level := 0
	for p := b.node; p != nil && p.Type == html.ElementNode; p = p.Parent {
		switch p.DataAtom {
		case atom.Article:
			article = true
			articles++
		case atom.Main:
			main = true
		case atom.Aside:
			aside = true
		case atom.Nav:
			nav = true
		case atom.Header:
			header = true
		case atom.Footer:
			footer = true
		case atom.Form:
			form = true
		case atom.Figure:
			figure = true
		case atom.Button:
			button = true
		case atom.A:
			anchor = true
		}
		if attr(p, "itemprop") == "articleBody" {
			body = true
		}
		if attr(p, "role") == "main" {
			main = true
		}
		if p.DataAtom == atom.Body || p.DataAtom == atom.Html {
			continue
		}
		w := s.word(p)
		worst, best = min(worst, w.worst), max(best, w.best)
		sum += w.sum
		if level < 4 {
			near += w.sum
		}
		level++
	}
	own, parent := s.word(b.node), wordWeights{}
	if b.node.Parent != nil {
		parent = s.word(b.node.Parent)
	}
	return append(f,
		truth(article), truth(main), truth(aside), truth(nav), truth(header), truth(footer), truth(form), truth(body), truth(figure), truth(button), truth(anchor),
		float32(s.depth(b.node)), articles, near, worst, best, sum, parent.sum, own.sum,
	)
}

// ofKin measures the elements that hold the block, and the blocks that stand as it does.
func (s *scene) ofKin(f features, i int) features {
	b := &s.blocks[i]
	parent := s.parents[i]
	up, down := 0, 0
	inTop := within(b.node, s.top)
	if s.top != nil {
		common := s.top
		for common != nil && !within(b.node, common) {
			common = common.Parent
			up++
		}
		down = s.depth(b.node) - s.depth(common)
	}
	k := s.kin[s.kinOf[i]]
	var grand *html.Node
	if parent != nil {
		grand = parent.Parent
	}
	var listLinked, listLetters, listLength float32
	if b.list != nil {
		listLinked = ratio(s.linked[b.list], s.letters[b.list])
		listLetters = float32(s.letters[b.list])
		for c := b.list.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				listLength++
			}
		}
	}
	return append(f,
		truth(inTop), ratio(s.mass[s.top], s.total), float32(up), float32(down), ratio(s.near[parent], s.total), ratio(k.mass, s.total), ratio(k.mass, s.mass[s.top]), float32(k.count), ratio(s.mass[parent], s.total), ratio(s.mass[grand], s.total),
		ratio(s.linked[parent], s.letters[parent]), ratio(s.linked[grand], s.letters[grand]), listLinked, listLength, listLetters,
	)
}

// at returns block i, or an empty one beyond the ends.
func (s *scene) at(i int) *block {
	if i < 0 || i >= len(s.blocks) {
		return &block{}
	}
	return &s.blocks[i]
}

// step returns the nearest block before or after i that has a text.
func (s *scene) step(i, by int) int {
	for i += by; i >= 0 && i < len(s.blocks); i += by {
		if s.blocks[i].letters > 0 && s.blocks[i].Kind != doc.Figure && s.blocks[i].Kind != doc.Embed {
			return i
		}
	}
	return i
}

// ofOrder measures what stands before and after.
func (s *scene) ofOrder(f features, i int) features {
	gapBefore, gapAfter := float32(200), float32(200)
	if s.lower[i] >= 0 {
		gapBefore = float32(min(200, i-s.lower[i]))
	}
	if s.upper[i] >= 0 {
		gapAfter = float32(min(200, s.upper[i]-i))
	}
	before, after := s.masses[i], s.masses[len(s.blocks)]-s.masses[i+1]
	p1 := s.step(i, -1)
	n1 := s.step(i, 1)
	p2, n2 := s.step(p1, -1), s.step(n1, 1)
	prev, next := s.at(p1), s.at(n1)
	same := func(j int) bool { return j >= 0 && j < len(s.blocks) && s.kinOf[j] == s.kinOf[i] }
	var window, windowLetters, windowLinked float64
	for j := i - 4; j <= i+4; j++ {
		window += s.at(j).mass()
		windowLetters += float64(s.at(j).letters)
		windowLinked += float64(s.at(j).linked)
	}
	distance := float32(-100)
	if s.titleAt >= 0 {
		distance = float32(i - s.titleAt)
	}
	return append(f,
		ratio(float64(i), float64(len(s.blocks))), ratio(before, s.total), ratio(after, s.total), truth(s.titleAt >= 0 && i > s.titleAt), distance, truth(i < s.first), truth(i > s.last), gapBefore, gapAfter,
		float32(prev.letters), ratio(float64(prev.linked), float64(prev.letters)), float32(next.letters), ratio(float64(next.linked), float64(next.letters)), float32(s.at(p2).letters), float32(s.at(n2).letters), truth(same(p1)), truth(same(n1)),
		truth(prev.Kind.Heading()), truth(next.Kind.Heading()), float32(window), ratio(windowLinked, windowLetters),
	)
}

// ofPage measures a block against what the page says elsewhere. The last three look for phrases.
func (s *scene) ofPage(f features, i int) features {
	b := &s.blocks[i]
	inBody, other := float32(0), false
	if len(s.ldBody) > 200 && b.key != "" {
		inBody = -1
		if strings.Contains(s.ldBody, " "+b.key+" ") {
			inBody = 1
		}
	}
	if len(b.key) > 20 {
		for j := max(0, i-40); j < min(len(s.blocks), i+40) && !other; j++ {
			other = j != i && len(s.blocks[j].key) > len(b.key) && strings.Contains(s.blocks[j].key, b.key)
		}
	}
	p1, n1 := s.step(i, -1), s.step(i, 1)
	sibling := func(j int) bool { return j >= 0 && j < len(s.blocks) && s.parents[j] == s.parents[i] }
	phrase, start := phrases(b.Text.S)
	return append(f,
		float32(s.count[b.key]), truth(s.title.keys[b.key]), truth(len(b.key) > 10 && strings.Contains(s.about, " "+b.key+" ")), inBody, truth(len(s.ldBody) > 200), truth(other),
		float32(len(s.blocks)), float32(s.total), truth(sibling(p1)), truth(sibling(n1)), truth(b.letters > 0 && b.strong == b.letters), truth(dateLike(b.Text.S)), truth(sign(b.Text.S)), truth(phrase), truth(start),
	)
}
