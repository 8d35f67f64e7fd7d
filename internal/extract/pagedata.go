package extract

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Pages that scripts build often carry their text as data: in a script element of JSON, in an assignment to a variable, in an attribute.
// What is read there is the part of the data in which most prose stands together, as paragraphs, headings and quotations; what stands
// between them in the data (other stories, menus, settings) is not.

const (
	maxDatumNodes = 200_000 // values of all data of a page
	maxDatumDeep  = 200     // their nesting
	leastData     = 500     // bytes of an attribute or script worth looking at
)

// A datum is a value of JSON with what it holds in order.
type datum struct {
	name   string   // the name it has in its object; that of the list it stands in, else empty
	text   string   // of a string
	kind   doc.Kind // of rich text; else 0
	kids   []*datum
	object bool
	walled bool    // it says that it is not free to read
	mass   float64 // of the prose in it, that far below counting less
}

// fromData reads the article from the JSON-LD of a page that scripts build. What the page keeps for those who pay is not read this way.
func (r *reading) fromData(d *doc.Document) {
	o := r.head.article
	if o == nil || r.taken != nil || r.report.Paywall || r.found.is != noDemand {
		return
	}
	raw := bodyOf(o)
	n := r.head.bodyLetters()
	if n < 2*hardlyAny {
		return
	}
	letters := 0
	for _, b := range d.Blocks {
		letters += lettersIn(b.Text.S)
	}
	if letters*5 > n*2 {
		return
	}
	if r.opens(*d, key(unescaped(raw))) {
		return
	}
	blocks := r.bodyBlocks(raw, *d)
	if len(blocks) == 0 {
		return
	}
	d.Blocks = blocks
	r.report.Sources["body"] = Source{From: "json-ld", Sure: false}
}

// bodyBlocks makes blocks of the text of an articleBody, which may hold HTML.
func (r *reading) bodyBlocks(raw string, d doc.Document) []doc.Block {
	var blocks []doc.Block
	add := func(b doc.Block) {
		k := key(b.Text.S)
		if k != "" && (r.scene.title.keys[k] || k == key(d.Deck.S)) || len(blocks) >= doc.MaxBlocks {
			return
		}
		blocks = append(blocks, b)
	}
	if r.asHTML(raw, d, func(_ *block, b doc.Block) { add(b) }) {
		return blocks
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(raw, "\r", "\n"), "\n") {
		if t := r.finished(doc.Text{S: unescaped(line)}, d.Lang); t.S != "" {
			add(doc.Block{Kind: doc.Paragraph, Text: t})
		}
	}
	return blocks
}

// asHTML hands on the blocks of a piece of HTML; it reports false for a text that holds none.
func (r *reading) asHTML(raw string, d doc.Document, add func(*block, doc.Block)) bool {
	if !tagLike.MatchString(raw) && strings.Contains(raw, "&lt;") {
		raw = html.UnescapeString(raw) // escaped once too often
	}
	if !tagLike.MatchString(raw) {
		return false
	}
	tree, err := parse(raw)
	if err != nil {
		return true
	}
	for _, b := range cut(tree, r.head.base, d.Lang, r.head.liveness()).blocks {
		if out, ok := r.block(&b, d); ok {
			add(&b, out)
		}
	}
	return true
}

// opens reports whether the page shows the beginning of a longer text that it keeps as data. The rest is then not read: the page does not show it.
func (r *reading) opens(d doc.Document, whole string) bool {
	if !begins(d.Blocks, whole) {
		return false
	}
	r.begun = true
	r.report.note("the page shows the beginning of a text that its data hold in full; the rest was not read")
	return true
}

// fromPageData reads the article from the data of a page that scripts build. What a page keeps for those who pay is not read this way.
func (r *reading) fromPageData(d *doc.Document) {
	letters := 0
	for i := 0; i < len(d.Blocks) && letters <= brief; i++ {
		letters += lettersIn(d.Blocks[i].Text.S)
	}
	if r.taken != nil || letters > brief || r.report.Paywall || r.found.is != noDemand || r.begun {
		return
	}
	titles := maps.Clone(r.scene.title.keys)
	for _, part := range titleParts.Split(d.Title.S, -1) {
		if lettersIn(part) >= 12 {
			titles[key(part)] = true
		}
	}
	left := maxDatumNodes
	var best *datum
	titled, title := false, ""
	for _, raw := range pageData(r.tree, r.light) {
		root := decodeData(raw, &left)
		if root == nil {
			continue
		}
		root.weigh()
		if own, said := root.titled(titles); own != nil {
			if own.walled {
				return
			}
			if found := own.densest(); found != nil && (best == nil || !titled || found.mass > best.mass) {
				best, titled, title = found, true, said
			}
			continue
		}
		if found := root.densest(); found != nil && !titled && (best == nil || found.mass > best.mass) {
			best = found
		}
	}
	if best == nil || best.walled || letters >= hardlyAny && !titled {
		return
	}
	blocks, n := r.dataBlocks(best, *d)
	if n < 2*hardlyAny || letters*5 > n*2 {
		return
	}
	var whole strings.Builder
	for _, b := range blocks {
		whole.WriteString(key(b.Text.S))
		whole.WriteByte(' ')
	}
	if r.opens(*d, whole.String()) {
		return
	}
	d.Blocks = blocks
	if t := r.finished(doc.Text{S: unescaped(title)}, d.Lang); t.S != "" && strings.HasPrefix(d.Title.S, t.S) {
		d.Title = t // without the outlet's name, which the page's title adds
	}
	r.report.Sources["body"] = Source{From: "page data", Sure: false}
}

// titleParts is what parts a title from the name of the outlet.
var titleParts = regexp.MustCompile(`\s+[|·•»/–—-]\s+`)

// assigned returns where the next value begins, from a place of a script on, that is given to a variable or to a property of an object: an object,
// a list or a string, also one that is parsed. It returns -1 if there is none.
func assigned(script string, from int) int {
	for {
		at := strings.IndexByte(script[from:], '=')
		if at < 0 {
			return -1
		}
		at += from
		from = at + 1
		name := strings.TrimRight(script[max(0, at-200):at], " \t\r\n")
		if name == "" || !strings.ContainsAny(name[len(name)-1:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$]") {
			continue
		}
		value := strings.TrimLeft(script[from:min(len(script), from+100)], " \t\r\n")
		if rest, ok := strings.CutPrefix(value, "JSON.parse("); ok {
			value = strings.TrimLeft(rest, " \t\r\n")
		}
		if value == "" || !strings.ContainsAny(value[:1], "{[\"'") {
			continue
		}
		return from + strings.Index(script[from:], value)
	}
}

// maxAssigned bounds the values of one script that are looked at.
const maxAssigned = 200

// pageData returns what may be JSON with the text of the article.
func pageData(tree *html.Node, light *lean) []string {
	var list []string
	size := 0
	add := func(s string) {
		if s = strings.TrimSpace(s); len(s) >= leastData && size+len(s) <= MaxPage {
			size += len(s)
			list = append(list, s)
		}
	}
	walk(tree, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "data-") && len(a.Val) >= leastData && strings.ContainsRune("{[", rune(a.Val[0])) {
				add(a.Val)
			}
		}
		if n.DataAtom != atom.Script || n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
			return true
		}
		kind := strings.ToLower(attr(n, "type"))
		if strings.Contains(kind, "ld+json") {
			return true
		}
		script := light.script(n)
		if len(script) < leastData {
			return true
		}
		switch {
		case strings.Contains(kind, "json"):
			add(script)
		case kind == "" || strings.Contains(kind, "javascript"):
			for at, n, scan := assigned(script, 0), 0, 4*len(script); at >= 0 && n < maxAssigned && scan > 0; at, n = assigned(script, at), n+1 {
				value := script[at:]
				at++
				if value[0] == '{' || value[0] == '[' {
					end := closes(value[:min(len(value), scan)])
					if scan -= max(end, 1); end == 0 {
						scan -= len(value)
					}
					if end >= leastData {
						add(value[:end])
						at += end - 1
					}
					continue
				}
				inner, end := quoted(value)
				add(inner)
				scan -= end
				at += max(0, end-1)
			}
		}
		return true
	})
	return list
}

// quoted returns what the string of a script says that s begins with, and where it ends; nothing if it is none that JSON would know as well.
func quoted(s string) (string, int) {
	end := 1
	for end < len(s) && s[end] != s[0] {
		if s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s) {
		return "", 0
	}
	inner := s[1:end]
	if s[0] == '\'' {
		inner = strings.NewReplacer(`\\`, `\\`, `\"`, `\"`, `\'`, `'`, `"`, `\"`).Replace(inner)
	}
	said, err := strconv.Unquote(`"` + strings.ReplaceAll(inner, `\/`, `/`) + `"`)
	if err != nil {
		return "", end + 1
	}
	return said, end + 1
}

// closes returns where the object or list ends that s begins with; 0 if it does not end.
func closes(s string) int {
	depth, inside := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case inside:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// decodeData decodes the first value of raw, in its order. It gives nil where that is no JSON; what follows the value is not looked at.
func decodeData(raw string, left *int) *datum {
	dec := json.NewDecoder(strings.NewReader(raw))
	root := &datum{}
	stack := []*datum{root}
	name, inName := "", false
	for {
		tok, err := dec.Token()
		if err != nil {
			return nil
		}
		at := stack[len(stack)-1]
		if delim, ok := tok.(json.Delim); ok && (delim == '}' || delim == ']') {
			stack = stack[:len(stack)-1]
			if above := stack[len(stack)-1]; at.object && at.walled && above.object && accessName.MatchString(at.name) {
				above.walled = true // what stands beside an article says how it is read
			}
			at.collapse()
			if len(stack) == 1 {
				return root.kids[0]
			}
			inName = stack[len(stack)-1].object
			continue
		}
		if at.object && inName {
			name, _ = tok.(string)
			inName = false
			continue
		}
		inName = at.object
		if *left--; *left < 0 {
			return nil
		}
		kid := &datum{name: name}
		if !at.object {
			kid.name = at.name
		}
		switch v := tok.(type) {
		case json.Delim:
			kid.object = v == '{'
			if len(stack) > maxDatumDeep {
				return nil
			}
			at.kids = append(at.kids, kid)
			stack = append(stack, kid)
			inName = kid.object
		case string:
			kid.text = v
			at.kids = append(at.kids, kid)
			at.walled = at.walled || at.object && (walledName.MatchString(name) && !openWord.MatchString(v) || accessName.MatchString(name) && payWord.MatchString(v))
		case bool:
			at.walled = at.walled || v && walledName.MatchString(name) || !v && freeName.MatchString(name)
		case float64:
			at.walled = at.walled || at.object && v != 0 && walledName.MatchString(name)
		}
		if len(stack) == 1 {
			return kid
		}
	}
}

// The names and words by which data say that an article is not free.
var (
	accessName = regexp.MustCompile(`(?i)(?:access|paywall|restrict|entitle|visibility|tier|audience)`)
	payWord    = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:subscri\w*|premium|paid|members?|pay(?:wall|ing)?|locked|restricted|metered|abo|plus)(?:$|[^a-z])`)
	openWord   = regexp.MustCompile(`(?i)^(?:|0|no|none|false|off|open|free|public|null)$`)
	walledName = regexp.MustCompile(`(?i)^(?:is|has)?_?(?:paywall(?:ed)?|premium|locked|subscribers?_?only|paid|plus)(?:_?(?:content|article))?$`)
	freeName   = regexp.MustCompile(`(?i)^(?:is_?accessible_?for_?free|is_?free)$`)
)

// textNames are the names that pieces of a paragraph have; blockTypes say what a piece of rich text is.
var (
	textNames  = set("text value insert children content")
	blockTypes = map[string]doc.Kind{
		"paragraph": doc.Paragraph, "p": doc.Paragraph, "block": doc.Paragraph, "text": doc.Paragraph, "normal": doc.Paragraph,
		"heading": doc.Heading2, "header": doc.Heading2, "subheading": doc.Heading2, "subhead": doc.Heading2, "crosshead": doc.Heading2, "h1": doc.Heading2, "h2": doc.Heading2,
		"heading2": doc.Heading2, "h3": doc.Heading3, "heading3": doc.Heading3, "h4": doc.Heading4,
		"blockquote": doc.Quotation, "quote": doc.Quotation, "listitem": doc.Item, "li": doc.Item,
	}
)

// collapse makes one string of an object that is a block of rich text: a type, and pieces of text below it.
func (d *datum) collapse() {
	if !d.object {
		return
	}
	kind := doc.Kind(0)
	for _, kid := range d.kids {
		switch kid.name {
		case "type", "nodeType", "_type", "blockType", "style", "tag", "component", "__typename":
			k, ok := blockTypes[strings.ReplaceAll(strings.ToLower(kid.text), "-", "")]
			if ok && (kind == 0 || kind == doc.Paragraph) {
				kind = k
			}
		}
	}
	if kind == 0 {
		return
	}
	var text strings.Builder
	for _, kid := range d.kids {
		if textNames[kid.name] || kid.name == "spans" || kid.name == "html" || kid.name == "data" || kid.name == "attributes" || kid.name == "props" {
			kid.pieces(&text, 0)
		}
	}
	if text.Len() > 0 && text.Len() <= doc.MaxText {
		d.text, d.kind, d.kids = text.String(), kind, nil
	}
}

// pieces joins the strings of a block's text.
func (d *datum) pieces(to *strings.Builder, depth int) {
	if d.kids == nil {
		if textNames[d.name] || d.name == "html" {
			to.WriteString(d.text)
		}
		return
	}
	for _, kid := range d.kids {
		if depth < maxDatumDeep && (textNames[kid.name] || kid.name == "html" || kid.name == d.name) {
			kid.pieces(to, depth+1)
		}
	}
}

// titled returns the smallest object that says the title as one of its own values and holds prose, and what it says; or nil.
func (d *datum) titled(titles map[string]bool) (*datum, string) {
	for _, kid := range d.kids {
		if found, said := kid.titled(titles); found != nil {
			return found, said
		}
	}
	if !d.object || d.kids == nil {
		return nil, ""
	}
	for _, kid := range d.kids {
		if kid.kids == nil && kid.text != "" && len(kid.text) < 300 && titles[key(unescaped(kid.text))] {
			if d.mass >= scrap {
				return d, kid.text
			}
			return nil, ""
		}
	}
	return nil, ""
}

// asideNames are names of values that speak of the article or of others.
var asideNames = set("description excerpt summary seo meta metadata bio biography caption captions alt credit copyright disclaimer related recommended teaser teasers translations messages i18n labels locale consent cookies newsletter comments comment terms legal footer menu navigation subtitle dek standfirst lead intro")

// weigh counts the prose of a value: its own, and that of what it holds, a quarter less for each step.
func (d *datum) weigh() {
	d.mass = 0
	if d.kids == nil {
		if len(d.text) < 80 || !strings.ContainsAny(d.text, " 、。") {
			return
		}
		n := lettersIn(d.text)
		if strings.HasPrefix(d.text, "http") || n*10 < len(d.text)*5 && !tagLike.MatchString(d.text) {
			return
		}
		if n >= 80 && (tagLike.MatchString(d.text) || strings.ContainsAny(d.text, ".!?…。！？؟।")) {
			d.mass = float64(n)
		}
	}
	for _, kid := range d.kids {
		kid.walled = kid.walled || d.walled
		kid.weigh()
		d.mass += kid.mass * 0.75
	}
	if d.besideText() {
		d.mass *= 0.2
	}
}

// besideText reports whether a value is named for what speaks of the article, or of others.
func (d *datum) besideText() bool {
	if strings.Contains(d.text, "<p") && len(d.text) > leastData {
		return false // paragraphs, however they are called
	}
	return slices.ContainsFunc(tokens(d.name), func(name string) bool { return asideNames[name] })
}

// densest returns the value with most prose near it.
func (d *datum) densest() *datum {
	best := d
	for _, kid := range d.kids {
		if kid.mass == 0 || kid.besideText() {
			continue
		}
		if found := kid.densest(); found.mass > best.mass {
			best = found
		}
	}
	return best
}

// dataBlocks makes blocks of the prose in a value, and counts their letters. Of strings that are no HTML only those are taken that have the name
// of one that is prose.
func (r *reading) dataBlocks(d *datum, document doc.Document) (blocks []doc.Block, letters int) {
	prose := map[string]bool{}
	var leaves []*datum
	var gather func(d *datum)
	gather = func(d *datum) {
		if d.besideText() {
			return
		}
		if d.kids == nil && d.text != "" {
			leaves = append(leaves, d)
			if d.mass > 0 {
				prose[d.name] = true
			}
		}
		for _, kid := range d.kids {
			gather(kid)
		}
	}
	gather(d)
	seen := map[string]bool{"": true, key(document.Deck.S): true}
	add := func(b doc.Block) {
		k := key(b.Text.S)
		if b.Text.S != "" && (seen[k] || r.scene.title.keys[k]) || len(blocks) >= doc.MaxBlocks {
			return
		}
		seen[k] = seen[k] || len(k) > 40
		letters += lettersIn(b.Text.S)
		blocks = append(blocks, b)
	}
	for _, leaf := range leaves {
		if !prose[leaf.name] || leaf.kind == 0 && leaf.mass == 0 && lettersIn(leaf.text) < 25 {
			continue
		}
		if r.asHTML(leaf.text, document, func(b *block, out doc.Block) {
			if leaf.kind != 0 && out.Kind == doc.Paragraph {
				out.Kind = leaf.kind
			}
			if !isTeaser(b) {
				add(out)
			}
		}) {
			continue
		}
		kind := leaf.kind
		if kind == 0 {
			kind = doc.Paragraph
		}
		for line := range strings.SplitSeq(strings.ReplaceAll(leaf.text, "\r", "\n"), "\n") {
			if t := r.finished(doc.Text{S: unescaped(line)}, document.Lang); t.S != "" && len(t.S) <= doc.MaxText {
				add(doc.Block{Kind: kind, Text: t})
			}
		}
	}
	return blocks, letters
}
