package extract

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// An opening is what stands around the title of an article, from the beginning of the element that holds both title and text to the text:
// there a page prints who wrote it and when. What stands elsewhere may speak of another story.
type opening struct {
	before  []*html.Node // elements before the title, in document order
	between []*html.Node // elements between the title and the text
}

// Bounds of an opening, in elements. Before the title only the nearest count.
const (
	mostBefore  = 40
	mostBetween = 400
)

// openingOf finds the opening of a page; it is empty where no text was found, or nothing prints the title before it.
func (r *reading) openingOf() opening {
	s := r.scene
	text := s.first
	if text >= 0 && !r.keep[text] && s.captionOf(s.spotOf[text]) {
		text = -1
	}
	for i, kept := range r.keep {
		if kept && s.blocks[i].Kind == doc.Entry {
			text = i // the hour of an entry is its own
			break
		}
		if kept && s.blocks[i].Media == nil && s.blocks[i].mass() > 0 && (text < 0 || i < text) && (s.titleAt < 0 || i >= s.titleAt) {
			text = i
			break
		}
	}
	if text < 0 || s.blocks[text].node == nil {
		return opening{}
	}
	end, title := s.blocks[text].node, s.title.node
	top := s.top
	if title != nil {
		for top = title.Parent; top != nil && !within(end, top); top = top.Parent {
		}
	}
	if top == nil {
		return opening{}
	}
	var o opening
	if before := elementBefore(top); before != nil && !longer(before, longestByline) && !namesOther(before) && !is(before, atom.Nav, atom.Header) {
		walk(before, func(n *html.Node) bool { // a line over the box of title and text
			if n.Type == html.ElementNode {
				o.before = append(o.before, n)
			}
			return !silent[n.DataAtom] && len(o.before) < mostBefore
		})
	}
	seenTitle, done := title == nil, false
	walk(top, func(n *html.Node) bool {
		switch {
		case done:
			return false
		case n == end:
			done = true
			return false
		case n == title:
			seenTitle = true
			return false
		case n.Type != html.ElementNode:
			return true
		case silent[n.DataAtom] || is(n, atom.Nav, atom.Form, atom.Figure, atom.Button) || hidden(n):
			return false
		}
		holds := within(end, n) || title != nil && within(title, n)
		if !holds && (namesOther(n) && !(classHas(n, "breadcrumb") && find(n, func(m *html.Node) bool { return is(m, atom.Time) }) != nil) || n.Parent == top && commentsAbove(n) != nil) {
			return false
		}
		if holds {
			return true // it holds the title or the text too: what it says of itself is not said of a part
		}
		if seenTitle {
			o.between = append(o.between, n)
			done = len(o.between) >= mostBetween
		} else if o.before = append(o.before, n); len(o.before) > 2*mostBefore {
			o.before = append(o.before[:0], o.before[mostBefore:]...)
		}
		return true
	})
	if !done || !seenTitle {
		return opening{} // the text stands before the title, or far from it
	}
	o.before = o.before[max(0, len(o.before)-mostBefore):]
	return o
}

// elementBefore returns the element right before n among its siblings, or nil.
func elementBefore(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return nil
		}
	}
	return n
}

// namesOther reports whether an element says that it holds other stories or readers' words.
func namesOther(n *html.Node) bool {
	return classHas(n, "related", "recommended", "recirc", "teaser", "trending", "popular", "mostread", "latest", "comment", "comments", "disqus", "ad", "advert", "advertisement", "newsletter", "breadcrumb", "menu", "nav", "ticker", "headlines")
}

// dateNamed reports whether an element says that it holds a date.
func dateNamed(n *html.Node) bool {
	return is(n, atom.Time) || hasAttr(n, "datetime") || classHas(n, "date", "published", "publish", "pubdate", "publishdate", "publicationdate", "posted", "postdate", "entrydate", "timestamp", "datetime", "dateline", "time", "datum", "fecha", "data", "pubtime", "dateposted", "articledate", "publication")
}

// metaNamed reports whether an element says that it tells about the article.
func metaNamed(n *html.Node) bool {
	return classHas(n, "meta", "metadata", "byline", "author", "autor", "info", "infos", "credit", "postmeta", "details", "articleinfo", "postinfo", "posted", "signature")
}

// printedDates reads the dates that the opening prints: when the article was published, and when it was changed. An element that calls itself a
// date is believed between title and text and just before the title; another line only where it says nothing but the date and what belongs
// to it.
func (r *reading) printedDates(o opening, lang string) (published, modified Date) {
	now := r.page.Hints.Now
	near := []Date{dateInAddress(r.report.URL), r.report.Modified}
	take := func(n *html.Node, named bool) {
		if longer(n, 4*longestByline) {
			return
		}
		s := textOf(n)
		d, label, rest := dateIn(s, lang, near)
		if named {
			if m := markedDate(n, now); !m.IsZero() {
				d, label, rest = m, s, ""
				if before := labelBefore(n); !strings.ContainsAny(before, "0123456789") {
					label = before + " " + s
				}
			}
		}
		if d = believed(d, now); d.IsZero() || utf8.RuneCountInString(s) > longestByline {
			return
		}
		if strings.TrimSpace(label) == "" {
			label = labelBefore(n)
		}
		var first Date // of publication, behind the day of the last change
		if hasOne(label, changes) {
			said, beside := "", ""
			if first, said, beside = dateIn(strings.TrimPrefix(rest, label), lang, near); hasOne(said, firstPublished) {
				rest = label + " " + beside
			} else {
				first = Date{}
			}
		}
		if !named && !dateAlone(rest) && (!metaNamed(n) || sentenceEnd(rest)) && !saysPublished.MatchString(label) && !(pressPlace.MatchString(label) && strings.TrimSpace(rest) == strings.TrimSpace(label)) {
			return
		}
		switch {
		case hasOne(label, notPublished):
		case hasOne(label, changes):
			if modified.IsZero() {
				modified = d
			}
			if published.IsZero() {
				published = believed(first, now)
			}
		case published.IsZero():
			published = d
		}
	}
	for _, n := range o.between {
		if published.IsZero() && dateNamed(n) && find(n, dateNamed) == nil {
			take(n, true)
		}
	}
	for i := len(o.before) - 1; i >= 0 && published.IsZero(); i-- {
		if n := o.before[i]; dateNamed(n) && find(n, dateNamed) == nil && ancestor(n, atom.Header, atom.Aside) == nil || articleHeader(n) && dateNamed(n) {
			take(n, true)
		}
	}
	for i := len(o.before) - 1; i >= 0 && published.IsZero(); i-- {
		if n := o.before[i]; metaNamed(n) && !longer(n, longestDate) && ancestor(n, atom.Header, atom.Aside) == nil {
			if d, _, rest := dateIn(textOf(n), lang, near); !d.IsZero() && dateAlone(rest) {
				take(n, false)
			}
		}
	}
	for _, n := range o.between {
		if published.IsZero() && (blockLevel[n.DataAtom] || is(n, atom.Span, atom.Small, atom.Em, atom.I)) {
			take(n, false)
		}
	}
	return published, modified
}

// longestDate is how many bytes a line has at most that is no more than a date.
const longestDate = 60

var (
	// saysPublished is how a label ends that says that the date behind it is the one of publication, whatever else is in its line.
	saysPublished = regexp.MustCompile(`(?i)(?:published|posted|publié|publiée|veröffentlicht|erschienen|publicado|publicada|pubblicato|gepubliceerd|opublikowano|опубликовано|опубліковано|yayınlanma|发布时间|发布|發布|公開日?|掲載日?|入稿|입력|등록)(?:\s+(?:on|le|am|el|em|il|op))?\s*[:：]?\s*$`)
	// pressPlace is what stands before the day in the line that begins a statement for the press: "Hamburg, ".
	pressPlace = regexp.MustCompile(`^\p{Lu}[\pL-]+(?:[ /-]\p{Lu}[\pL-]+){0,2},\s*(?:den\s+|le\s+|il\s+)?$`)
)

// labelBefore is the short text that stands right before an element that holds nothing but a date.
func labelBefore(n *html.Node) string {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		s := ""
		if p.Type == html.TextNode {
			s = folded(p.Data)
		} else if p.Type == html.ElementNode && !longer(p, 40) {
			s = textOf(p)
		}
		if s != "" {
			if len(s) > 40 {
				return ""
			}
			return s
		}
		if p.Type == html.ElementNode && longer(p, 40) {
			return ""
		}
	}
	return ""
}

// articleHeader reports whether an element stands in a header within an article or the main part.
func articleHeader(n *html.Node) bool {
	header := ancestor(n, atom.Header)
	return header != nil && ancestor(header, atom.Article, atom.Main) != nil
}

// markedDate is the date that an element gives to machines in an attribute, its own or one that scripts read.
func markedDate(n *html.Node, now time.Time) Date {
	for i := range n.Attr {
		k := n.Attr[i].Key
		if k != "datetime" && k != "content" && !(strings.HasPrefix(k, "data-") && (strings.Contains(k, "date") || strings.Contains(k, "time") || strings.Contains(k, "publish"))) {
			continue
		}
		if len(n.Attr[i].Val) < 60 && !strings.Contains(k, "modif") && !strings.Contains(k, "updat") {
			if d := parseDate(n.Attr[i].Val, now); !d.IsZero() {
				return d
			}
		}
	}
	return Date{}
}

// authorPaths are what addresses of pages about an author hold, by convention.
var authorPaths = []string{"/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/auteurs/", "/autore/", "/autori/", "/writer/", "/writers/", "/people/", "/person/", "/profile/", "/profiles/", "/staff/", "/contributor/", "/contributors/", "/columnist/", "/columnists/", "/journalist/", "/journalists/", "/journaliste/", "/by/", "/editors/", "/reporter/", "/reporters/", "/redacao/", "/redaktion/", "/byline/", "/avtor/", "/authors.", "/author?", "/team/"}

// authorLink reports whether a link leads to a page about an author.
func authorLink(n *html.Node) bool {
	if !is(n, atom.A) {
		return false
	}
	if strings.Contains(attr(n, "rel"), "author") {
		return true
	}
	href := strings.ToLower(attr(n, "href"))
	if len(href) > 400 || strings.Contains(href, "linkedin.com") || strings.Contains(href, "twitter.com") || strings.Contains(href, "facebook.com") {
		return false
	}
	for _, p := range authorPaths {
		if at := strings.Index(href, p); at >= 0 && len(strings.Trim(href[at+len(p):], "/")) > 1 {
			return true
		}
	}
	return false
}

// openingByline finds the names that the opening prints: links to pages about authors, an element that calls itself the byline, a line that
// begins with the word before a name.
func (r *reading) openingByline(o opening) ([]string, string) {
	var linked []written
	var labelled []string
	seen := map[string]bool{}
	all := o.between
	for i := len(o.before) - 1; i >= 0; i-- {
		all = append(all, o.before[i])
	}
	for i, n := range all {
		if i == len(o.between) && linked != nil {
			break
		}
		if authorLink(n) && !longer(n, longestByline) && !ofPicture(n) {
			linked = appendLink(linked, n, seen)
		}
	}
	if list := cleaned(linked); len(list) > 0 {
		return list, "author link"
	}
	for _, n := range all {
		if is(n, atom.Aside) || !bylineNamed(n) || longer(n, 2*longestByline) {
			continue
		}
		if list := namesIn(n); list != nil {
			return list, "page"
		}
	}
	for _, n := range o.between {
		if len(labelled) > 0 || longer(n, longestByline) || find(n, func(m *html.Node) bool { return blockLevel[m.DataAtom] }) != nil {
			continue
		}
		labelled = readBy(spaced(n)).names
	}
	return labelled, "line by the title"
}

// ofPicture reports whether an element stands in a caption.
func ofPicture(n *html.Node) bool {
	for p, up := n, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		if is(p, atom.Figcaption) || classHas(p, "caption", "credit", "photo", "photographer", "image", "copyright", "media") && !classHas(p, "author", "byline") {
			return true
		}
	}
	return false
}

// bylineNamed reports whether an element says that it holds the names of those who wrote.
func bylineNamed(n *html.Node) bool {
	return classHas(n, "byline", "author", "autor", "auteur", "autore", "writer", "forfatter", "signature", "firma", "byname", "authorname", "authorlink", "contributor", "autorin", "redacteur", "journalist", "reporter") || strings.Contains(attr(n, "itemprop"), "author") || strings.EqualFold(attr(n, "id"), "byline")
}

// glued reports whether two texts of different elements that no space parts are two things: after a small letter comes a capital, after a word in
// capitals a word that is not, or the first is the word before a name.
func glued(before string, last rune, after string) bool {
	first, size := utf8.DecodeRuneInString(after)
	second, _ := utf8.DecodeRuneInString(after[size:])
	switch {
	case !unicode.IsLetter(first) || !unicode.IsLetter(last):
		return false
	case unicode.IsUpper(first) && unicode.IsLower(last), endsInBy(before):
		return true
	}
	word := before[strings.LastIndexAny(before, " |\n\t")+1:]
	return unicode.IsUpper(first) && unicode.IsLower(second) && utf8.RuneCountInString(word) > 2 && strings.ToUpper(word) == word
}

// endsInBy reports whether a text ends in the word before a name.
func endsInBy(s string) bool {
	last := strings.ToLower(s[strings.LastIndexAny(s, " |\n\t")+1:])
	return last == "by" || last == "von" || last == "par" || last == "por" || last == "di"
}

// spaced is the text of an element, with a bar where one element ends and the next begins without a space: a label and a name, a name and a role.
func spaced(n *html.Node) string {
	var b strings.Builder
	last, border := ' ', false
	walk(n, func(at *html.Node) bool {
		switch {
		case at.Type == html.TextNode:
			if border && glued(b.String(), last, at.Data) {
				b.WriteString(" | ")
			}
			b.WriteString(at.Data)
			if at.Data != "" {
				last, _ = utf8.DecodeLastRuneInString(at.Data)
				border = false
			}
			if at.NextSibling == nil || at.NextSibling.Type == html.ElementNode {
				border = true
			}
		case at.Type == html.ElementNode && (silent[at.DataAtom] || hidden(at)):
			return false
		case at.Type == html.ElementNode && at != n:
			if blockLevel[at.DataAtom] || at.DataAtom == atom.Br {
				b.WriteString(" | ")
				last = ' '
			}
			border = true
		}
		return true
	})
	return strings.Trim(folded(b.String()), " |")
}
