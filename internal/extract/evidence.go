package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Evidence is counted in points: for a block that reads like an article and stands where one does, against one that does not. Above 0
// it stays. The points are set by hand, each for a reason that is written beside it; none is fitted to pages.

// leastMore is how much prose, in letters, a box called "more" holds that is more of the text.
const leastMore = 100

// mostProse is the share of a page's prose that only the article has.
const mostProse = 0.4

// evidence returns the points of each block.
func (s *scene) evidence() []float64 {
	points := make([]float64, len(s.blocks))
	for i := range s.blocks {
		if s.blocks[i].judged() {
			points[i] = s.reads(i) + s.stands(i) + s.placed(i) + s.said(i)
		}
	}
	return s.amongOthers(points)
}

// reads counts what the text itself says: articles are written in sentences, furniture in words and links.
func (s *scene) reads(i int) float64 {
	b := &s.blocks[i]
	links := ratio(float64(b.linked), float64(b.letters))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(b.Text.S, "\"”’»)]'“ "))
	sentence := strings.ContainsRune(".?!…。！？؟।:;", last)
	points := 0.0
	switch {
	case b.Kind.Heading():
		if links > 0.7 {
			points -= 3 // the headline of another story
		}
	case b.letters >= 80 && links < 0.4:
		points += 2
	case b.letters >= 30 && sentence && links < 0.4:
		points++
	case b.letters < 25 && !sentence:
		points--
	}
	switch {
	case links > 0.6 && b.letters < 200 && !sentence && b.list == nil:
		points -= 4.5 // a line that is hardly more than a link sends the reader away
	case links > 0.6 && b.letters < 200:
		points -= 2.5
	case links > 0.6:
		points--
	case links > 0.35 && b.letters < 80:
		points--
	}
	if b.letters < 300 {
		phrase := b.phrase()
		switch {
		case phrase && (i < s.first || i > s.last):
			points -= 3
		case phrase && b.letters < 150:
			points -= 1.5
		case phrase:
			points--
		}
		if b.linked > 0 && b.sends() {
			points -= 2
		}
	}
	if b.letters < 150 && b.linked == b.letters && b.strong == b.letters {
		points -= 2 // a line all in bold and all link is the headline of another story
	}
	if i >= s.last && b.letters < 350 && strings.ContainsRune(b.Text.S, '@') && (b.letters < 60 || !sentence || s.ownMail(b.Text.S)) {
		points -= 5 // whom to write to, at the end
	}
	if b.letters < 350 && claimsPage(b.Text.S) {
		points -= 5
	}
	if failed(b.Text.S) {
		points -= 9
	}
	if b.letters < 200 && b.linked > 0 && b.labels() {
		points -= 4
	}
	if b.letters < 40 && s.spotOf[i].classHas(forToggles) {
		points -= 4 // it opens and closes what is beside it
	}
	if b.letters < 60 && creditsOnly(b.Text.S) {
		points -= 4
	}
	if b.letters < 20 && strings.ContainsAny(b.Text.S, "0123456789") && counter.MatchString(b.Text.S) {
		points -= 4
	}
	if b.letters < 80 && sign(b.Text.S) {
		points--
	}
	if b.letters < 40 && !sentence && dateLike(b.Text.S) {
		points--
	}
	return points
}

// ownMail reports whether a text holds an address of mail of the page's own site, or of a free mailbox: that of who wrote.
func (s *scene) ownMail(text string) bool {
	for _, found := range email.FindAllString(text, -1) {
		_, host, _ := strings.Cut(found, "@")
		label, _, _ := strings.Cut(strings.ToLower(host), ".")
		if freeMail[label] || address.Site("https://"+strings.TrimRight(host, ".")) == address.Site(s.head.url) {
			return true
		}
	}
	return false
}

// freeMail are the first labels of the hosts of free mailboxes.
var freeMail = set("gmail googlemail outlook hotmail yahoo icloud protonmail proton gmx web mail yandex ukr orange laposte uol bol libero")

// stands counts what the elements around a block are and call themselves, up to the one that holds the article.
func (s *scene) stands(i int) float64 {
	points := 0.0
	var other, small, body bool
	for v := s.spotOf[i]; v != nil && v.node.Type == html.ElementNode && v.node != s.top && !is(v.node, atom.Body, atom.Html); v = v.up {
		p := v.node
		if v.around {
			continue // what holds the article says nothing of this block
		}
		if s.holdsMost(v) && !s.beside(v) && !s.alone(v) {
			continue // whatever it is called: what holds so much of the page's prose is no box beside it
		}
		n := v.naming()
		if n.more && v.mass >= leastMore && v.linked*10 < v.letters && within(p, s.top) {
			n.other = false // the part of the text that a reader has to unfold
		}
		other, small, body = other || n.other, small || n.small, body || n.body
		switch p.DataAtom {
		case atom.Nav, atom.Button, atom.Select:
			points -= 5
		case atom.Aside:
			if within(p, s.top) && i > s.first && i < s.last && v.letters > 400 && v.linked < 0.1*v.letters {
				points -= 1.5 // a box of facts among the paragraphs
			} else {
				points -= 3.5
			}
		case atom.Footer:
			points -= 2
		case atom.Form:
			points -= 2
		case atom.Header, atom.Figure:
			points -= 2
		case atom.Figcaption:
			points -= 4
		}
	}
	if other {
		points -= 5
	}
	if s.captionOf(s.spotOf[i]) {
		points -= 5 // of a picture that scripts bring
	}
	if small {
		points -= 2.5
	}
	if body && !other {
		points += 0.5
	}
	return points
}

// alone reports whether an element of which only the class holds most of the page's prose has an identifier that says it is another part of
// the page: some outlets give all their boxes the same class, that of a grid.
func (s *scene) alone(v *spot) bool {
	return otherParts[strings.ToLower(attr(v.node, "id"))] && v.mass <= mostProse*s.total
}

// otherParts are the identifiers that mean a part of the page, and nothing else.
var otherParts = set("footer sidebar comments respond navigation menu")

// captionOf reports whether an element, or the one around it, calls itself a caption and is no longer than one.
func (s *scene) captionOf(v *spot) bool {
	if v != nil && is(v.node, atom.P, atom.Div, atom.Span) && classHas(v.node, "credit") && v.letters < longestCaption && !s.holdsMost(v) {
		return true
	}
	for hops := 0; v != nil && hops < 2; v, hops = v.up, hops+1 {
		if (is(v.node, atom.Figcaption) || v.classHas(forCaptions)) && v.letters < longestCaption && !s.holdsMost(v) {
			return true
		}
	}
	return false
}

// holdsMost reports whether an element, or all elements of its class together, hold so much of the page's prose that only the article can be in them.
func (s *scene) holdsMost(v *spot) bool {
	return v.mass > mostProse*s.total || v.class != nil && !v.long && v.class.mass > mostProse*s.total
}

// placed counts where on the page a block is: in the element that holds most prose, among blocks of its own standing, between the
// title and the end of the prose.
func (s *scene) placed(i int) float64 {
	b := &s.blocks[i]
	points := 0.0
	if within(b.node, s.top) {
		points++
	} else {
		points -= 3
		if i > s.titleAt && s.titleAt >= 0 && i < s.first && b.letters >= 120 {
			points += 2 // the first paragraph, set apart
		}
	}
	k := s.kinOf[i]
	switch share := ratio(k.mass, s.kinTop); {
	case share > 0.5:
		points += 1.5 // paragraphs of one article are of one make
	case share > 0.15:
		points += 0.5
	}
	if ratio(k.linked, k.letters) > 0.5 && k.count > 2 {
		points -= 1.5
	}
	if s.titleAt >= 0 && i < s.titleAt {
		points -= 2.5
	}
	if s.first >= 0 {
		switch {
		case i < s.first && s.alike(i, s.first) && i > s.titleAt && b.Kind == doc.Paragraph: // short lines at the beginning
		case i < s.first && b.letters < 80:
			points -= 1.5
		case i > s.last && s.alike(i, s.last) && b.Kind == doc.Paragraph && b.linked == 0: // short lines at the end
			points -= 0.5
		case i > s.last && b.letters < 80:
			points -= 2
		case i > s.last:
			points--
		case i > s.first && i < s.last:
			points++
		}
	}
	if b.list != nil {
		points += s.listed(b)
	}
	return points
}

// alike reports whether two blocks stand in one container and are of one make.
func (s *scene) alike(i, j int) bool { return s.samePlace(i, j) && s.kinOf[i] == s.kinOf[j] }

// listed counts what speaks for and against a list: articles list facts, pages list links.
func (s *scene) listed(b *block) float64 {
	links := ratio(s.below(b.list).linked, s.below(b.list).letters)
	switch {
	case links > 0.7:
		return -2.5
	case links < 0.3 && within(b.list, s.top):
		return 1
	}
	return 0
}

// said counts what the page says elsewhere: in the article's text as data for machines, in its title, again and again.
func (s *scene) said(i int) float64 {
	b := &s.blocks[i]
	points := 0.0
	if len(s.ldBody.text) > 200 && b.key != "" {
		switch {
		case b.letters > 12 && s.ldBody.holds(b.key):
			points += 3
		case b.letters > 80 && len(s.ldBody.text) < longestBody/2:
			points -= 0.5 // some outlets shorten what they give to machines
		}
	}
	if s.title.keys[b.key] {
		points -= 3
	}
	if b.letters < 80 && s.signs(b.key) {
		if s.closes(i) {
			points++
		} else {
			points -= 5
		}
	}
	if s.count[b.key] > 1 && b.letters < 200 {
		points--
	}
	return points
}

// signs reports whether a short text only says who wrote: it holds the names of the byline, and hardly more.
func (s *scene) signs(k string) bool {
	rest := k
	found := false
	for _, name := range s.byline {
		if strings.Contains(rest, name) {
			rest, found = strings.Replace(rest, name, "", 1), true
		}
	}
	return found && len(rest) < 25
}

// closes reports whether a line that says who wrote is the end of a letter to the readers: it stands directly behind the text, as one more
// paragraph of it, and begins as letters close.
func (s *scene) closes(i int) bool {
	first, _, _ := strings.Cut(s.blocks[i].key, " ")
	return i > s.last && s.last >= 0 && s.alike(i, s.last) && s.blocks[i].linked == 0 && closing[first]
}

// closing are words before the name at the end of a letter.
var closing = set("yours euer eure ihr ihre dein deine votre vos seu sua tu su vuestro vuestra vostro vostra tuo tua ваш ваша твой твоя wasz twój")

// amongOthers moves blocks that are undecided by themselves towards their neighbours: an article is one piece.
func (s *scene) amongOthers(points []float64) []float64 {
	out := make([]float64, len(points))
	copy(out, points)
	for i := range s.blocks {
		b := &s.blocks[i]
		if !b.judged() || b.letters >= 200 {
			continue
		}
		p, n := s.step(i, -1), s.step(i, 1)
		before, after := s.vote(points, i, p), s.vote(points, i, n)
		switch {
		case before > 0 && after > 0 && within(b.node, s.top):
			out[i] += 1.5
		case before < 0 && after < 0:
			out[i] -= 1.5
		case s.besideAlike(points, i, p) || s.besideAlike(points, i, n):
			out[i] += 2 // paragraphs of one box and one make stay together
		}
		if b.Kind.Heading() && after > 0 && s.samePlace(i, n) {
			out[i]++
		}
		if b.Kind.Heading() && b.linked == 0 && i > s.first && i < s.last && s.nearIn(s.parents[i]) > mostProse*s.total {
			out[i] += 1.5 // it stands directly among the article's paragraphs, whatever pictures and captions are beside it
		}
	}
	return out
}

// besideAlike reports whether block i reads like text and block j, its neighbour, is of its make, stands in its box and is kept.
func (s *scene) besideAlike(points []float64, i, j int) bool {
	b := &s.blocks[i]
	return j >= 0 && j < len(points) && points[j] > 0 && s.blocks[j].letters >= 80 && s.alike(i, j) && b.Kind == doc.Paragraph && b.letters >= 40 && b.linked*4 < b.letters && s.reads(i) >= 1
}

// vote is what a neighbour says: 1 if it is surely of the article, -1 if it surely is not, 0 if nobody knows.
func (s *scene) vote(points []float64, i, j int) int {
	switch {
	case j < 0 || j >= len(points):
		return -1
	case points[j] > 1:
		return 1
	case points[j] < -1:
		return -1
	}
	return 0
}

// samePlace reports whether two blocks lie in one container.
func (s *scene) samePlace(i, j int) bool {
	return j >= 0 && j < len(s.blocks) && s.parents[i] == s.parents[j]
}

// judged reports whether a block is judged by evidence; pictures, cards and rules follow the text around them.
func (b *block) judged() bool {
	return b.letters > 0 && b.Kind != doc.Figure && b.Kind != doc.Embed && b.Kind != doc.Rule
}
