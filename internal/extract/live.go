package extract

import (
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// fewestEntries is how many entries make a live blog; fewer are boxes with a date, unless the page says that it is one: it may just begin.
func (h *head) fewestEntries() int {
	if h.liveBlog() {
		return 2
	}
	return usualEntries
}

const usualEntries = 3

// liveBlog reports whether the page's data say that it is a live blog.
func (h *head) liveBlog() bool { return h.article != nil && hasType(h.article, "LiveBlogPosting") }

// liveEntries finds elements that may be entries of a live blog: at least three neighbours of one name and class, each with a time
// element for machines near its beginning. Lists of comments and of other stories look the same; whether an entry stays is decided by
// whether its text does.
func liveEntries(root *html.Node, few int) map[*html.Node]time.Time {
	type group struct {
		parent      *html.Node
		name, class string
	}
	groups := map[group][]*html.Node{}
	times := map[*html.Node]time.Time{}
	walk(root, func(n *html.Node) bool {
		if !is(n, atom.Time) {
			return true
		}
		d := parseDate(attr(n, "datetime"), time.Time{})
		if d.IsZero() || d.Day {
			return false
		}
		for p, hops := n.Parent, 0; p != nil && hops < 5; p, hops = p.Parent, hops+1 {
			if !is(p, atom.Article, atom.Section, atom.Div, atom.Li) || p.Parent == nil || times[p] != (time.Time{}) {
				continue
			}
			g := group{p.Parent, p.Data, attr(p, "class")}
			groups[g] = append(groups[g], p)
			times[p] = d.Time
		}
		return false
	})
	entries := map[*html.Node]time.Time{}
	for _, list := range groups {
		if len(list) < few {
			continue
		}
		for _, n := range list {
			if longer(n, 80) {
				entries[n] = times[n]
			}
		}
	}
	// Of elements one within the other the inner is the entry, if the inner ones are as many.
	for n := range entries {
		for p := n.Parent; p != nil; p = p.Parent {
			delete(entries, p)
		}
	}
	return entries
}

// entries keeps the heads of entries whose text is kept, if there are enough of them; else none.
func (s *scene) entries(keep []bool) {
	n := 0
	for i := range s.blocks {
		if s.blocks[i].Kind != doc.Entry {
			continue
		}
		keep[i] = false
		for j := i + 1; j < len(s.blocks) && within(s.blocks[j].node, s.blocks[i].node); j++ {
			if keep[j] && s.blocks[j].letters > 0 {
				keep[i] = true
			}
		}
		if keep[i] {
			n++
			if j := i + 1; s.blocks[j].letters < 20 && dateLike(s.blocks[j].Text.S) && within(s.blocks[j].node, s.blocks[i].node) {
				keep[j] = false // the entry's own hour
			}
		}
	}
	if n >= s.head.fewestEntries() {
		return
	}
	for i := range s.blocks {
		if s.blocks[i].Kind == doc.Entry {
			keep[i] = false
		}
	}
}
