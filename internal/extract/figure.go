package extract

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// smallest is the side in pixels below which a picture is an ornament, a counter or a portrait of its author.
const smallest = 60

// picture reports whether n is a picture worth a figure: an image that is neither drawn small nor an ornament.
func picture(n *html.Node) bool {
	return image(n) || is(n, atom.Picture) && find(n, image) != nil
}

// image reports whether n is such an image itself.
func image(n *html.Node) bool {
	if !is(n, atom.Img) && n.Data != "amp-img" && n.Data != "amp-anim" {
		return false
	}
	if layout := attr(n, "layout"); layout == "responsive" || layout == "fill" || layout == "intrinsic" {
		return true // AMP: width and height are a ratio here
	}
	if w, h := number(attr(n, "width")), number(attr(n, "height")); w > 0 && w < smallest || h > 0 && h < smallest {
		return false
	}
	class := strings.ToLower(attr(n, "class"))
	return !strings.Contains(class, "emoji") && !strings.Contains(class, "icon") && !pictograph(strings.TrimSpace(attr(n, "alt")))
}

// noscriptPicture is noscriptPicture, asked of each element once.
func (c *cutter) noscriptPicture(n *html.Node) *html.Node {
	img, known := c.given[n]
	if !known {
		img = noscriptPicture(n)
		c.given[n] = img
	}
	return img
}

// noscriptPicture returns the picture that a noscript element gives to browsers without scripts, or nil. The parser keeps the content
// of noscript as text, because scripts are taken to run.
func noscriptPicture(n *html.Node) *html.Node {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || ancestor(n, atom.Head) != nil {
		return nil
	}
	inner := n.FirstChild.Data
	if len(inner) > 8<<10 || !strings.Contains(strings.ToLower(inner), "<img") {
		return nil
	}
	nodes, err := html.ParseFragment(strings.NewReader(inner), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return nil
	}
	for _, node := range nodes {
		if image(node) {
			return node
		}
		if img := find(node, image); img != nil {
			return img
		}
	}
	return nil
}

// source returns the address of a picture in its best form: lazily loaded pictures keep it in an attribute of their own, and
// what src holds then is a placeholder.
func (c *cutter) source(img *html.Node) string {
	late := slices.ContainsFunc(img.Attr, func(a html.Attribute) bool { return strings.HasPrefix(a.Key, "data-") })
	for _, name := range []string{"data-original", "data-src", "data-lazy-src", "data-lazy", "data-original-src", "data-srcset", "data-lazy-srcset", "data-hi-res-src", "data-full-src", "data-image", "data-url"} {
		if !late {
			break
		}
		v := attr(img, name)
		if strings.HasSuffix(name, "srcset") {
			v = largest(v)
		}
		if src := c.pictureAddress(v); src != "" {
			return src
		}
	}
	if src := c.pictureAddress(attr(img, "src")); src != "" {
		return src
	}
	for i := range img.Attr {
		// Each library for late loading has names of its own; all of them speak of the source or of laziness.
		name, v := img.Attr[i].Key, img.Attr[i].Val
		if !strings.HasPrefix(name, "data-") || !strings.Contains(name, "src") && !strings.Contains(name, "lazy") || !strings.Contains(v, "/") {
			continue
		}
		if strings.HasSuffix(name, "srcset") {
			v = largest(v)
		}
		if src := c.pictureAddress(v); src != "" {
			return src
		}
	}
	if src := c.pictureAddress(largest(attr(img, "srcset"))); src != "" {
		return src
	}
	if p := img.Parent; is(p, atom.Picture) {
		for s := p.FirstChild; s != nil; s = s.NextSibling {
			for _, name := range []string{"srcset", "data-srcset"} {
				if src := c.pictureAddress(largest(attr(s, name))); src != "" {
					return src
				}
			}
		}
	}
	return ""
}

// placeholders are names of pictures that stand for one that is not loaded yet, or that only count the reader.
var placeholders = regexp.MustCompile(`(?i)(?:^|[/_.-])(?:blank|spacer|pixel|placeholder|transparent|1x1|loading|grey|gray|lazy-?load(?:ing)?)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])`)

// pictureAddress resolves the address of a picture; "" for placeholders and data.
func (c *cutter) pictureAddress(s string) string {
	if s == "" || strings.HasPrefix(strings.TrimSpace(s), "{") {
		return ""
	}
	src := address.Resolve(c.base, s)
	if !doc.ValidSrc(src) || placeholder(src) {
		return ""
	}
	return src
}

// placeholder reports whether a cleaned address is one of placeholders. Looking for the words first spares most the expression.
func placeholder(src string) bool {
	lower := strings.ToLower(src)
	return slices.ContainsFunc(placeholderWords, func(w string) bool { return strings.Contains(lower, w) }) && placeholders.MatchString(src)
}

var placeholderWords = []string{"blank", "spacer", "pixel", "placeholder", "transparent", "1x1", "loading", "grey", "gray", "lazy"}

// largest returns the address of the largest candidate of a srcset.
func largest(srcset string) string {
	best, size := "", -1.0
	for _, candidate := range candidates(srcset) {
		fields := strings.Fields(candidate)
		if len(fields) == 0 {
			continue
		}
		s := 1.0
		if len(fields) > 1 {
			s = float64(number(fields[1]))
			if strings.HasSuffix(fields[1], "x") {
				s *= 1000 // densities and widths do not meet in one srcset
			}
		}
		if s > size {
			best, size = fields[0], s
		}
	}
	return best
}

// candidates parts a srcset at the commas that end a candidate; addresses may hold commas.
func candidates(srcset string) []string {
	var list []string
	start := 0
	for i := 0; i < len(srcset); i++ {
		if srcset[i] == ',' && (i+1 == len(srcset) || white(rune(srcset[i+1])) || descriptor.MatchString(srcset[start:i])) {
			list = append(list, srcset[start:i])
			start = i + 1
		}
	}
	return append(list, srcset[start:])
}

var descriptor = regexp.MustCompile(`\s\d+(?:\.\d+)?[wxh]\s*$`)

// figure makes a figure of a picture. Where it stands in a noscript element, that element is its place.
func (c *cutter) figure(n *html.Node, at place, stand *html.Node) *block {
	img := n
	if is(n, atom.Picture) {
		img = find(n, image)
	}
	if img == nil {
		return nil
	}
	if stand == nil {
		stand = n
	}
	src := c.source(img)
	if src == "" || len(c.blocks) >= doc.MaxBlocks {
		return nil
	}
	if i, twice := c.shots[src]; twice && i == len(c.blocks)-1 {
		return &c.blocks[i] // given again for browsers without scripts; what is shown again elsewhere is sorted out later
	}
	alt := cleanLine(attr(img, "alt"))
	if len(alt) > 1000 || looksLikeFile(alt) {
		alt = ""
	}
	c.shots[src] = len(c.blocks)
	c.blocks = append(c.blocks, block{
		Block: doc.Block{Kind: doc.Figure, Media: &doc.Media{Src: src, Alt: alt}},
		node:  stand, quote: at.quote, list: at.list, cell: at.cell,
	})
	return &c.blocks[len(c.blocks)-1]
}

// looksLikeFile reports whether an alternative text is only a file's name.
func looksLikeFile(alt string) bool {
	dot := strings.LastIndexByte(alt, '.')
	return dot > 0 && len(alt)-dot <= 5 && len(alt)-dot >= 4 && fileName.MatchString(alt)
}

var fileName = regexp.MustCompile(`(?i)^[\w.-]+\.(?:jpe?g|png|gif|webp|avif)$`)

// pictures makes figures of all pictures below n and returns how many there are.
func (c *cutter) pictures(n *html.Node, at place) int {
	before := len(c.blocks)
	walk(n, func(m *html.Node) bool {
		switch {
		case m.Type != html.ElementNode:
		case hidden(m):
			return false
		case picture(m):
			c.figure(m, at, nil)
			return false
		case m.DataAtom == atom.Noscript:
			if img := c.noscriptPicture(m); img != nil {
				c.figure(img, at, m)
			}
			return false
		}
		return true
	})
	return len(c.blocks) - before
}

// figureElement cuts a figure: pictures with a caption, or a table, a listing, a quotation or a frame with one.
func (c *cutter) figureElement(n *html.Node, at place) {
	if depth(n, atom.Figure) > deepestFigure {
		c.container(n, at) // figures in figures without end are no figures
		return
	}
	caption := find(n, func(m *html.Node) bool { return is(m, atom.Figcaption) })
	if find(n, func(m *html.Node) bool {
		return is(m, atom.Table, atom.Pre, atom.Blockquote) && !within(m, caption) || is(m, atom.P) && !within(m, caption) && longer(m, longestCaption)
	}) != nil {
		c.captionedText(n, caption, at)
		return
	}
	before := len(c.blocks)
	walk(n, func(m *html.Node) bool {
		if m == caption || m.Type == html.ElementNode && hidden(m) {
			return false
		}
		return !(m.Type == html.ElementNode && m != n && c.embed(m, at, c.said.of(m)))
	})
	c.pictures(n, at)
	if len(c.blocks) == before {
		c.container(n, at)
		return
	}
	text, credit := c.caption(n, caption, at)
	for i := before; i < len(c.blocks); i++ {
		c.blocks[i].node = n
	}
	b := &c.blocks[len(c.blocks)-1]
	c.describe(b, text, credit)
}

// captionedText cuts a figure of a table, a listing or a quotation, whose caption goes with it: that of a quotation names its author.
func (c *cutter) captionedText(n, caption *html.Node, at place) {
	before := len(c.blocks)
	c.container(n, at)
	if caption == nil {
		return
	}
	group, kind := n, doc.Paragraph
	if q := find(n, func(m *html.Node) bool { return is(m, atom.Blockquote) && !within(m, caption) }); q != nil {
		group, kind = q, doc.Quotation
	}
	for i := before; i < len(c.blocks); i++ {
		b := &c.blocks[i]
		switch {
		case within(b.node, caption) && b.Kind == doc.Paragraph:
			b.Kind, b.quote, b.author = kind, group, true
		case group == n && (b.Kind == doc.Table || b.Kind == doc.Pre):
			b.quote = group
		}
	}
}

// deepestFigure is how many figures a figure, and how many tables a table, stands in at most; what is deeper is a container like any other.
const deepestFigure = 4

// depth is how many elements of a name an element stands in.
func depth(n *html.Node, name atom.Atom) int {
	d := 0
	for p := n.Parent; p != nil; p = p.Parent {
		if is(p, name) {
			d++
		}
	}
	return d
}

// longestCaption is how many bytes a caption has at most.
const longestCaption = 700

// pictureBox reports whether a container that saysPicture is a figure in all but name: it calls itself one, holds a picture, and beside it no more text than
// a caption has.
func (c *cutter) pictureBox(n *html.Node) bool {
	if !is(n, atom.Div, atom.Section, atom.Span, atom.Center) {
		return false
	}
	pictures, headings := 0, 0
	walk(n, func(m *html.Node) bool {
		switch {
		case m.Type != html.ElementNode:
		case picture(m) || m.DataAtom == atom.Noscript && c.noscriptPicture(m) != nil:
			pictures++
			return false
		case is(m, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol, atom.Figure, atom.Table, atom.Iframe, atom.Video):
			headings++
		}
		return true
	})
	return pictures > 0 && headings == 0 && !longer(n, longestCaption) && !besidePicture(n)
}

// besidePicture reports whether a box that holds a picture sets prose beside it, not a caption under it: paragraphs of sentences that no caption holds;
// one is enough where the box is by its name for media or text, and the part of it that holds the paragraph for text.
func besidePicture(n *html.Node) bool {
	mixed := classHas(n, "media") || classHas(n, proseNames...)
	paragraphs := 0
	walk(n, func(m *html.Node) bool {
		switch {
		case m.Type != html.ElementNode || m == n:
			return true
		case captioned(m) || credited(m) || silent[m.DataAtom] || hidden(m):
			return false
		case !is(m, atom.P, atom.Div, atom.Section) || find(m, func(c *html.Node) bool { return blockLevel[c.DataAtom] || picture(c) }) != nil:
			return true
		}
		if s := textOf(m); lettersIn(s) < leastProse || !sentenceEnd(s) || byCredit.MatchString(s) || inItalics(m) {
			return false
		}
		paragraphs++
		if mixed && (classHas(m, proseNames...) || m.Parent != n && classHas(m.Parent, proseNames...)) {
			paragraphs++
		}
		return false
	})
	return paragraphs > 1
}

// proseNames are names of the part of a box that holds text, and leastProse is how many letters a paragraph of it has at least.
var proseNames = []string{"text", "content", "body", "bd", "copy", "prose"}

const leastProse = 50

// inItalics reports whether all text of an element stands in one that sets it in italics.
func inItalics(n *html.Node) bool {
	in := find(n, func(m *html.Node) bool { return is(m, atom.Em, atom.I) })
	return in != nil && textOf(in) == textOf(n)
}

var pictureNames = []string{"image", "img", "photo", "picture", "figure", "caption", "bild", "foto", "media", "imagen", "immagine", "obrazek"}

// chart reports whether an element that saysChart, calling itself by a name that a tool for charts and maps gives to what it draws, can be one.
func chart(n *html.Node) bool {
	return is(n, atom.Div, atom.Figure, atom.Section) && !longer(n, 40*longestLabel)
}

var chartNames = []string{"ai2html", "g-artboard", "highcharts-", "amcharts-", "apexcharts-", "vega-embed", "leaflet-container", "mapboxgl-", "maplibregl-", "js-plotly"}

// labelled reports whether an element is a few words set on a picture at a place of their own, in parts of the picture's width and height, or by
// absolute place in a box of few words: the labels of a chart or a map, which say nothing without it.
func (c *cutter) labelled(n *html.Node) bool {
	style := attr(n, "style")
	if strings.Contains(style, "absolute") && is(n, atom.Div, atom.Span, atom.P) && !longer(n, longestLabel) && c.fewWords(n.Parent) &&
		strings.Contains(strings.Join(strings.Fields(strings.ToLower(style)), ""), "position:absolute") {
		return find(n, func(m *html.Node) bool { return is(m, atom.H1, atom.H2, atom.H3, atom.A, atom.Figcaption) }) == nil && !captioned(n) // set on a box of few words
	}
	if !strings.Contains(style, "%") {
		return false
	}
	down, across := false, false
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		if !strings.HasSuffix(strings.TrimSpace(value), "%") {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "top", "bottom":
			down = true
		case "left", "right":
			across = true
		}
	}
	return down && across && !longer(n, longestLabel)
}

// fewWords reports whether a box holds no more words than the labels of a chart.
func (c *cutter) fewWords(box *html.Node) bool {
	few, known := c.few[box]
	if !known && box != nil {
		few = !longer(box, 5*longestLabel)
		c.few[box] = few
	}
	return few
}

// longestLabel is how many bytes the label of a chart has at most.
const longestLabel = 120

// describe gives a figure or embed its caption and credit.
func (c *cutter) describe(b *block, text doc.Text, credit string) {
	if b.Media == nil {
		return
	}
	if b.Text.S == "" {
		b.Text = text
		b.letters, b.linked, b.strong = counted(text)
		b.key = key(text.S)
	}
	if b.Media.Credit == "" {
		b.Media.Credit = credit
	}
}

// within reports whether n is m or lies in it; m may be nil.
func within(n, m *html.Node) bool {
	for ; n != nil && m != nil; n = n.Parent {
		if n == m {
			return true
		}
	}
	return false
}

// caption parts what a figure says in its caption and its credit.
func (c *cutter) caption(figure, caption *html.Node, at place) (doc.Text, string) {
	var credits []string
	var nodes []*html.Node
	from := caption
	if from == nil {
		from = figure
	}
	if from == caption || find(figure, captioned) != nil || !is(figure, atom.Figure) {
		blank := &html.Node{Type: html.TextNode, Data: " "}
		var collect func(m *html.Node)
		collect = func(m *html.Node) {
			switch {
			case m.Type == html.ElementNode && (hidden(m) || picture(m) || silent[m.DataAtom] || is(m, atom.Button)):
			case m.Type == html.ElementNode && credited(m):
				if s := cleanLine(textOf(m)); s != "" && len(s) < 300 {
					credits = append(credits, s)
				}
			case m.FirstChild == nil || m.Type == html.ElementNode && !blockLevel[m.DataAtom] && find(m, credited) == nil:
				nodes = append(nodes, m)
			default:
				nodes = append(nodes, blank)
				for c := m.FirstChild; c != nil; c = c.NextSibling {
					collect(c)
				}
				if blockLevel[m.DataAtom] {
					nodes = append(nodes, blank)
				}
			}
		}
		for c := from.FirstChild; c != nil; c = c.NextSibling {
			collect(c)
		}
	}
	if caption != nil {
		// Many outlets put the credit beside the caption, not in it.
		walk(figure, func(m *html.Node) bool {
			if m == caption || m.Type == html.ElementNode && hidden(m) {
				return false
			}
			if m.Type == html.ElementNode && m != figure && credited(m) {
				if s := cleanLine(textOf(m)); s != "" && len(s) < 300 {
					credits = append(credits, s)
				}
				return false
			}
			return true
		})
	}
	p := c.inline(at.lang, nodes...)
	var text doc.Text
	for i, t := range p.texts {
		if i > 0 {
			text = doc.Concat(text, doc.Text{S: "\n"})
		}
		text = doc.Concat(text, t)
	}
	credit := strings.Join(unique(credits), " / ")
	if credit == "" {
		text, credit = parted(text)
	}
	return text, credit
}

// captioned reports whether an element says by its class that it is a caption.
func captioned(n *html.Node) bool {
	return is(n, atom.Figcaption) || classHas(n, captionWords...)
}

var captionWords = []string{"caption", "legend", "legende", "bildunterschrift", "didascalia", "wp-caption-text"}

// credited reports whether an element says by its class that it names who made a picture.
func credited(n *html.Node) bool {
	return classHas(n, "credit", "copyright", "photographer", "source", "attribution", "rights", "fotograf", "photocredit", "imagecredit", "author", "agency", "quelle", "urheber", "creditline") ||
		attr(n, "itemprop") == "copyrightHolder" || attr(n, "itemprop") == "author"
}

// classHas reports whether a class of n holds one of the words: as a class of its own, or parted by hyphens, low lines or capitals.
func classHas(n *html.Node, words ...string) bool {
	class := attr(n, "class")
	if class == "" || len(class) > longestClass {
		return false
	}
	for start, end, ok := token(class, 0); ok; start, end, ok = token(class, end) {
		for _, w := range words {
			if n := end - start; n == len(w) && sameLetters(class[start:end], w) || n == len(w)+1 && class[end-1]|0x20 == 's' && sameLetters(class[start:end-1], w) {
				return true
			}
		}
	}
	return false
}

// sameLetters reports whether s, which is of letters of ASCII, is w but for capitals.
func sameLetters(s, w string) bool {
	for i := range len(w) {
		if s[i]|0x20 != w[i] {
			return false
		}
	}
	return true
}

// byCredit finds a credit at the end of a caption that is not marked as one: (Photo: NAME), © NAME, Foto: NAME.
var byCredit = regexp.MustCompile(`(?i)(?:\s*[(\[]\s*|(?:^|[.!?…"”»)]\s+|\s+[-–—|/]\s*|\n))((?:©|\(c\)|(?:photo(?:s|graph)?|foto|image|bild|picture|crédit(?:s)?(?: photo)?|credit|photo credit|immagine|imagen|fotografia|zdjęcie|фото|quelle|source)\s*(?::|by|von|par|de|di)\s+)[^()\[\]\n]{2,80})[)\]]?\s*\.?$`)

// parted cuts a credit off the end of a caption.
func parted(text doc.Text) (doc.Text, string) {
	m := byCredit.FindStringSubmatchIndex(text.S)
	if m == nil {
		return text, ""
	}
	credit := cleanLine(text.S[m[2]:m[3]])
	end := m[0]
	// The sentence's own end, matched to know where the credit starts, stays with the sentence.
	for end < m[2] && !strings.ContainsRune(" (\n-–—|/[", rune(text.S[end])) {
		end++
	}
	return trimmed(text, 0, end), credit
}

// unique returns list without repetitions, in order.
func unique(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if k := key(s); !seen[k] {
			seen[k] = true
			out = append(out, s)
		}
	}
	return out
}
