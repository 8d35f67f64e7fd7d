// Package render prints documents: as HTML for pages, as HTML for feeds, as plain text.
//
// It is the only printer of markup beside the templates, and it escapes everything it prints: whatever a document says, the result holds
// no element but those named here, no script, no style, and no address that is not http, https or mailto. The same document always prints alike.
// It touches values only.
package render

import (
	"html"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Options say how a document is printed as HTML. The zero Options print the text alone.
type Options struct {
	Anchors bool                             // give each block an id: Prefix and its key
	Prefix  string                           // of the ids; two versions of a document can stand on one page
	Classes bool                             // name what CSS tells apart: credits, notes, quotations
	Picture func(src string) (Picture, bool) // where a figure's picture is served; nil: captions stay, pictures do not
	Clock   func(time.Time) string           // the hour of a live entry; nil: 15:04
	Lit     []Lit                            // of a single text or block: what is told apart in it, the more important first
	Refs    map[string][]Ref                 // by the key of a block, "" for a single text: the signs of notes, in order of End
}

// A Ref is the sign of a note: it stands behind the words that the note speaks of, and leads to it.
type Ref struct {
	Start, End int    // bytes: the words
	ID         string // of the words, so that the note leads back
	Href       string // a place on the page
	Sign       string // the sign: "3"
	More       string // small print beside the sign; empty for none
	Label      string // what the sign is called for those who cannot see where it stands
}

// Lit is a range of a text that an editor is to look at, or that is told apart for another reason.
type Lit struct {
	Start, End int    // bytes
	Class      string // what CSS tells it by
	ID         string // of its first piece; empty for none
	Quiet      bool   // it asks for no attention: a span, not a mark
}

// A Picture is where a figure's picture is served.
type Picture struct {
	Path          string // address of ours
	Width, Height int    // pixels; 0 if not known
}

// HTML prints the body of a document: its blocks, in order. Title, deck and byline are the caller's.
func HTML(d doc.Document, o Options) template.HTML {
	p := printer{Options: o, lang: d.Lang}
	for _, b := range d.Blocks {
		p.block(b)
	}
	p.close()
	return template.HTML(p.String()) // every string in it was escaped
}

// Block prints one block of a document as if it stood alone.
func Block(d doc.Document, i int, o Options) template.HTML {
	d.Blocks = d.Blocks[i : i+1 : i+1]
	return HTML(d, o)
}

// Text prints a text of a document in the language tag.
func Text(t doc.Text, tag string, o Options) template.HTML {
	p := printer{Options: o, lang: tag}
	p.text(t, "")
	return template.HTML(p.String()) // every string in it was escaped
}

// A printer writes HTML. Lists and quotations that are open wait for the block that ends them.
type printer struct {
	strings.Builder
	Options
	lang  string     // of what is being printed
	lists []doc.Kind // the open lists, outermost first; each has an open item
	quote int        // how many quotations are open
	refs  []placed   // of the text being printed, those that are still to come
}

// A placed sign stands where it can: a link cannot hold another, so the sign of words within one follows the link.
type placed struct {
	Ref
	at int
}

func (p *printer) block(b doc.Block) {
	switch b.Kind {
	case doc.Item, doc.NumberedItem:
		p.unquote(0)
		p.item(b)
		return
	case doc.Quotation:
		p.unlist(0)
		p.quotation(b)
		return
	}
	p.close()
	switch b.Kind {
	case doc.Heading2, doc.Heading3, doc.Heading4, doc.Heading5, doc.Heading6:
		p.element("h"+strconv.Itoa(int(b.Kind-doc.Heading2)+2), "", b)
	case doc.Figure:
		p.figure(b)
	case doc.Table:
		p.table(b)
	case doc.Embed:
		p.embed(b)
	case doc.Note:
		p.element("p", "note", b)
	case doc.Entry:
		p.entry(b)
	case doc.Pre:
		p.element("pre", "", b)
	case doc.Rule:
		p.open("hr", "", b)
		p.WriteByte('\n')
	default:
		p.element("p", "", b)
	}
}

// close ends what is open.
func (p *printer) close() {
	p.unlist(0)
	p.unquote(0)
}

func (p *printer) item(b doc.Block) {
	depth := min(b.Depth, doc.MaxDepth) + 1
	p.unlist(depth)
	if len(p.lists) == depth {
		if p.lists[depth-1] == b.Kind {
			p.WriteString("</li>\n")
		} else {
			p.unlist(depth - 1)
		}
	}
	for len(p.lists) < depth {
		if len(p.lists) > 0 {
			p.WriteByte('\n')
		}
		p.lists = append(p.lists, b.Kind)
		p.WriteString("<" + listName(b.Kind) + ">\n")
		if len(p.lists) < depth {
			p.WriteString("<li>") // a level was skipped: its item holds the deeper list alone
		}
	}
	p.open("li", "", b)
	p.inner(b)
}

// unlist closes the lists below depth.
func (p *printer) unlist(depth int) {
	for len(p.lists) > depth {
		last := len(p.lists) - 1
		p.WriteString("</li>\n</" + listName(p.lists[last]) + ">\n")
		p.lists = p.lists[:last]
	}
}

func listName(k doc.Kind) string {
	if k == doc.NumberedItem {
		return "ol"
	}
	return "ul"
}

func (p *printer) quotation(b doc.Block) {
	depth := min(b.Depth, doc.MaxDepth) + 1
	p.unquote(depth)
	for p.quote < depth {
		p.WriteString("<blockquote>\n")
		p.quote++
	}
	p.element("p", "", b)
}

func (p *printer) unquote(depth int) {
	for ; p.quote > depth; p.quote-- {
		p.WriteString("</blockquote>\n")
	}
}

func (p *printer) figure(b doc.Block) {
	var picture Picture
	shown := false
	if b.Media != nil && p.Picture != nil {
		picture, shown = p.Picture(b.Media.Src)
		shown = shown && safe(picture.Path)
	}
	credit := b.Media != nil && b.Media.Credit != ""
	if !shown && b.Text.S == "" {
		return // no picture and nothing said of it; the credit alone would credit nothing
	}
	class := ""
	if !shown {
		class = "absent"
	}
	p.open("figure", class, b)
	if shown {
		p.WriteString("\n<img")
		p.attr("src", picture.Path)
		p.attr("alt", b.Media.Alt)
		if picture.Width > 0 && picture.Height > 0 {
			p.attr("width", strconv.Itoa(picture.Width))
			p.attr("height", strconv.Itoa(picture.Height))
		}
		if p.Classes {
			p.WriteString(` loading="lazy" decoding="async"`)
		}
		p.WriteString(">")
	}
	if b.Text.S != "" || credit {
		p.WriteString("\n<figcaption>")
		p.inner(b)
		if credit {
			if b.Text.S != "" {
				p.WriteByte(' ')
			}
			p.WriteString("<small")
			p.class("credit")
			p.WriteString(` translate="no">` + html.EscapeString(b.Media.Credit) + "</small>")
		}
		p.WriteString("</figcaption>")
	}
	p.WriteString("\n</figure>\n")
}

func (p *printer) table(b doc.Block) {
	p.open("table", "", b)
	p.WriteString("\n<tbody>\n")
	defer p.speak(b.Lang)()
	for _, row := range b.Rows {
		p.WriteString("<tr>")
		for _, cell := range row {
			p.WriteString("<td>")
			p.runs(cell, noRefs, true)
			p.WriteString("</td>")
		}
		p.WriteString("</tr>\n")
	}
	p.WriteString("</tbody>\n</table>\n")
}

// embed prints what another site would show as a card that leads there: nothing is loaded from it.
func (p *printer) embed(b doc.Block) {
	if b.Media == nil || !safe(b.Media.Src) {
		if b.Text.S != "" {
			p.element("p", "embed", b)
		}
		return
	}
	p.open("p", "embed", b)
	if b.Text.S != "" {
		p.inner(b)
		p.WriteString("<br>")
	}
	p.WriteString("<a")
	p.attr("href", b.Media.Src)
	p.WriteString(">" + html.EscapeString(shown(b.Media.Src)) + "</a></p>\n")
}

// shown is an address as people read it: without scheme, query and fragment.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimSuffix(u.Host+u.Path, "/")
}

func (p *printer) entry(b doc.Block) {
	p.open("p", "entry", b)
	if !b.At.IsZero() {
		clock := b.At.Format("15:04")
		if p.Clock != nil {
			clock = p.Clock(b.At)
		}
		p.WriteString("<time")
		p.attr("datetime", b.At.Format(time.RFC3339))
		p.WriteString(">" + html.EscapeString(clock) + "</time> ")
	}
	p.inner(b)
	p.WriteString("</p>\n")
}

func (p *printer) element(name, class string, b doc.Block) {
	p.open(name, class, b)
	if name == "pre" && strings.HasPrefix(b.Text.S, "\n") {
		p.WriteByte('\n') // HTML drops the first
	}
	p.inner(b)
	p.WriteString("</" + name + ">\n")
}

// open writes the start tag of a block.
func (p *printer) open(name, class string, b doc.Block) {
	p.WriteString("<" + name)
	if p.Anchors && b.Key != "" {
		p.attr("id", p.Prefix+b.Key)
	}
	if class != "" {
		p.class(class)
	}
	if b.Lang != "" && b.Lang != p.lang {
		p.language(b.Lang)
	}
	p.WriteByte('>')
}

// inner writes the text of a block, in the block's language.
func (p *printer) inner(b doc.Block) {
	defer p.speak(b.Lang)()
	if b.Kind == doc.Pre {
		p.runs(b.Text, b.Key, false)
		return
	}
	p.text(b.Text, b.Key)
}

// speak changes the language until the returned function is called.
func (p *printer) speak(tag string) func() {
	before := p.lang
	if tag != "" {
		p.lang = tag
	}
	return func() { p.lang = before }
}

func (p *printer) text(t doc.Text, key string) { p.runs(t, key, true) }

// noRefs is the key of a text that no note speaks of.
const noRefs = "\x00"

// runs prints a text; key says which signs of notes stand in it.
func (p *printer) runs(t doc.Text, key string, breaks bool) {
	refs := p.Refs[key]
	lit := p.Lit
	p.refs = nil
	for _, r := range refs {
		if r.Start < 0 || r.End > len(t.S) || r.End <= r.Start {
			continue // it speaks of another text
		}
		at, marked := r.End, false
		for _, m := range t.Marks {
			if m.Kind == doc.Link && m.Start < at && at < m.End {
				at = m.End
			}
			marked = marked || p.Classes && m.Kind == doc.Quote && m.Start == r.Start && m.End == r.End
		}
		if r.ID != "" && !marked { // no mark has just these words
			p.Lit = append(p.Lit[:len(p.Lit):len(p.Lit)], Lit{Start: r.Start, End: r.End, Class: "quote", ID: r.ID, Quiet: true})
		}
		p.refs = append(p.refs, placed{r, at})
	}
	slices.SortStableFunc(p.refs, func(a, b placed) int { return a.at - b.at })
	for r := range t.Runs() {
		for _, m := range r.Ends {
			p.WriteString(p.tags(m).end)
		}
		p.sign(r.At)
		for _, m := range r.Starts {
			start := p.tags(m).start
			if m.Kind == doc.Quote && start != "" {
				for _, ref := range refs {
					if ref.Start == m.Start && ref.End == m.End && ref.ID != "" {
						start = start[:len(start)-1] + ` id="` + html.EscapeString(ref.ID) + `">`
						break
					}
				}
			}
			p.WriteString(start)
		}
		p.lit(r.S, r.At, breaks)
	}
	p.sign(len(t.S))
	p.Lit = lit
}

// sign prints the signs of notes that stand at byte at of the text, or before.
func (p *printer) sign(at int) {
	for len(p.refs) > 0 && p.refs[0].at <= at {
		r := p.refs[0]
		p.refs = p.refs[1:]
		p.WriteString("<a")
		p.attr("class", "ref")
		p.attr("role", "doc-noteref")
		p.attr("href", r.Href)
		if r.Label != "" {
			p.attr("aria-label", r.Label)
		}
		p.WriteString(">" + html.EscapeString(r.Sign))
		if r.More != "" {
			p.WriteString(" <small>" + html.EscapeString(r.More) + "</small>")
		}
		p.WriteString("</a>")
	}
}

// lit writes the words that stand at byte at of their text, cut where anything lit begins or ends. A range that marks cut becomes several
// elements: they nest in the marks and never cross them. What lies in several ranges has the classes of all.
func (p *printer) lit(s string, at int, breaks bool) {
	for len(s) > 0 {
		p.sign(at)
		end := len(s)
		if len(p.refs) > 0 {
			end = min(end, p.refs[0].at-at)
		}
		var classes []string
		name, id := "span", ""
		for _, l := range p.Lit {
			switch {
			case l.End <= l.Start || l.End <= at || l.Start >= at+end:
			case l.Start > at:
				end = l.Start - at
			default:
				end = min(end, l.End-at)
				classes = append(classes, l.Class)
				if !l.Quiet {
					name = "mark"
				}
				if l.Start == at && id == "" {
					id = l.ID
				}
			}
		}
		words := html.EscapeString(s[:end])
		if breaks {
			words = strings.ReplaceAll(words, "\n", "<br>")
		}
		if classes == nil {
			p.WriteString(words)
		} else {
			p.WriteString("<" + name)
			p.attr("class", strings.Join(classes, " "))
			if id != "" {
				p.attr("id", id)
			}
			p.WriteString(">" + words + "</" + name + ">")
		}
		s, at = s[end:], at+end
	}
}

// A tagPair is what stands on both sides of a mark's words; both are empty if nothing does.
type tagPair struct{ start, end string }

func (p *printer) tags(m doc.Mark) tagPair {
	switch m.Kind {
	case doc.Link:
		if !safe(m.Href) {
			return tagPair{}
		}
		q := printer{}
		q.WriteString("<a")
		q.attr("href", m.Href)
		if m.Title != "" {
			q.attr("title", m.Title)
		}
		return tagPair{q.String() + ">", "</a>"}
	case doc.Emph:
		return tagPair{"<em>", "</em>"}
	case doc.Strong:
		return tagPair{"<strong>", "</strong>"}
	case doc.Code:
		return tagPair{"<code>", "</code>"}
	case doc.Sub:
		return tagPair{"<sub>", "</sub>"}
	case doc.Super:
		return tagPair{"<sup>", "</sup>"}
	case doc.Keep:
		return tagPair{`<span translate="no">`, "</span>"}
	case doc.Foreign:
		if m.Lang == "" {
			return tagPair{}
		}
		q := printer{}
		q.WriteString("<span")
		q.language(m.Lang)
		return tagPair{q.String() + ">", "</span>"}
	case doc.Quote:
		// The words keep their own quotation marks, so no <q>: browsers without our CSS would print them twice.
		if !p.Classes {
			return tagPair{}
		}
		q := printer{}
		q.WriteString(`<span class="quote"`)
		if m.Lang != "" {
			q.attr("data-first-lang", m.Lang)
		}
		return tagPair{q.String() + ">", "</span>"}
	}
	return tagPair{}
}

// language writes lang and dir. The direction is always said: it also keeps the words apart from those around them.
func (p *printer) language(tag string) {
	p.attr("lang", tag)
	p.attr("dir", Dir(tag))
}

// Dir returns the direction of a language's script: "ltr" or "rtl".
func Dir(tag string) string { return lang.Facts(lang.Tag(tag)).Direction() }

func (p *printer) class(name string) {
	if p.Classes {
		p.attr("class", name)
	}
}

func (p *printer) attr(name, value string) {
	p.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}

// Safe reports whether an address may stand in a link: http or https with a host, mailto, or a path of ours.
func Safe(address string) bool { return safe(address) }

func safe(address string) bool {
	if len(address) > doc.MaxHref {
		return false
	}
	for _, r := range address {
		if r <= ' ' || r == 0x7F || r == '\\' {
			return false // browsers drop or turn these while they look for the scheme
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme { // Parse has lowered it
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	case "":
		return u.Host == "" && strings.HasPrefix(u.Path, "/")
	}
	return false
}
