package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Some pages say what they have to say in hardly a sentence: a list of links with a word on each, a sheet of facts. The longest sentence of
// such a page is a request in its margin or a line of its footer.

const (
	leastSheet    = 200 // letters that such a page's content has at least
	longestNotice = 500 // letters that the text in the margin has at most
)

// sheet keeps the page's content where all that was kept stands outside it and is no longer than a notice: of a post, what its content
// element holds; of another page whose text was all found in its foot or margin, what stands around the title, lines of links apart.
func (s *scene) sheet(keep []bool) {
	kept := 0
	for i := range s.blocks {
		if keep[i] && s.blocks[i].judged() {
			kept += s.blocks[i].letters
		}
	}
	if kept == 0 || kept > longestNotice || s.title.node == nil || s.titleAt < 0 {
		return
	}
	box, declared := s.content()
	if box == nil {
		return
	}
	for i := range s.blocks {
		if b := &s.blocks[i]; keep[i] && b.judged() && (within(b.node, box) || !declared && !s.marginal(b.node)) {
			return
		}
	}
	var found []int
	letters := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		if within(b.node, box) && i > s.titleAt && b.judged() && !s.foreign(b.node, box) && !s.apart(b) && !saysAd[b.key] && !b.phrase() && (declared || b.linked < b.letters) {
			found = append(found, i)
			letters += b.letters
		}
	}
	if letters < leastSheet {
		return
	}
	clear(keep)
	for _, i := range found {
		keep[i] = true
	}
}

// content is the element that holds the page's content. It is declared where it calls itself the content of a post, in the article element
// of the title; else it is the smallest that holds the title and enough text. Nil if there is none.
func (s *scene) content() (box *html.Node, declared bool) {
	if article := ancestor(s.title.node, atom.Article); article != nil {
		for i := range s.blocks {
			for p := s.blocks[i].node; p != nil && p != article && within(p, article); p = p.Parent {
				if contentOfPost(p) {
					return p, true
				}
			}
		}
	}
	for p := s.title.node.Parent; p != nil && !is(p, atom.Body, atom.Html); p = p.Parent {
		if sum := s.below(p); sum.letters-sum.linked >= leastSheet+float64(s.blocks[s.titleAt].letters) {
			return p, false
		}
	}
	return nil, false
}

// contentOfPost reports whether an element says by a name that means nothing else that it holds the text of a post.
func contentOfPost(n *html.Node) bool {
	if attr(n, "itemprop") == "articleBody" {
		return true
	}
	class := attr(n, "class")
	if class == "" || len(class) > longestClass {
		return false
	}
	before := ""
	for _, w := range tokens(class) {
		if (w == "content" || w == "body" || w == "text") && (before == "entry" || before == "post" || before == "article" || before == "story") {
			return true
		}
		before = w
	}
	return false
}

// marginal reports whether an element stands in the page's foot or margin.
func (s *scene) marginal(n *html.Node) bool {
	if ancestor(n, atom.Footer, atom.Aside) != nil || is(n, atom.Footer, atom.Aside) {
		return true
	}
	for ; n != nil && !is(n, atom.Body, atom.Html); n = n.Parent {
		if role := attr(n, "role"); role == "contentinfo" || role == "complementary" {
			return true
		}
	}
	return false
}
