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

// A liveness is what is known of a page's entries before it is cut.
type liveness struct {
	few     int                  // entries make a live blog
	updates map[string]time.Time // the hours of entries that the page's data tell, by the keys of their headlines; nil if it is no live blog
}

// liveness reads what the page's data say of entries.
func (h *head) liveness() liveness {
	l := liveness{few: h.fewestEntries()}
	if !h.liveBlog() {
		return l
	}
	list, _ := h.article["liveBlogUpdate"].([]any)
	for _, v := range list[:min(len(list), maxObjects)] {
		update, _ := v.(map[string]any)
		headline := key(object(update).text("headline"))
		when := parseDate(object(update).text("datePublished"), time.Time{})
		if headline == "" || when.IsZero() || when.Day {
			continue
		}
		if l.updates == nil {
			l.updates = map[string]time.Time{}
		}
		l.updates[headline] = when.Time
	}
	return l
}

// liveBlog reports whether the page's data say that it is a live blog.
func (h *head) liveBlog() bool { return h.article != nil && hasType(h.article, "LiveBlogPosting") }

// liveEntries finds elements that may be entries of a live blog: at least three neighbours of one name and class, each with a time
// element for machines near its beginning. Lists of comments and of other stories look the same; whether an entry stays is decided by
// whether its text does. Where the page's data tell the hours of entries, their headlines are as good as time elements.
func liveEntries(root *html.Node, live liveness) map[*html.Node]time.Time {
	type group struct {
		parent      *html.Node
		name, class string
	}
	groups := map[group][]*html.Node{}
	times := map[*html.Node]time.Time{}
	walk(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode || n.DataAtom != atom.Time && live.updates == nil {
			return true
		}
		var d Date
		switch {
		case is(n, atom.Time):
			d = parseDate(attr(n, "datetime"), time.Time{})
		case live.updates != nil && is(n, atom.H2, atom.H3, atom.H4) && !longer(n, 2*longestHeading):
			d.Time = live.updates[key(cleanLine(textOf(n)))]
		default:
			return true
		}
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
		if len(list) < live.few {
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

// entryHeading keeps the heading of entry i, before the first text of it that is kept.
func (s *scene) entryHeading(i int, keep []bool) {
	for j := i + 1; j < len(s.blocks) && within(s.blocks[j].node, s.blocks[i].node); j++ {
		b := &s.blocks[j]
		switch {
		case b.Kind == doc.Entry, keep[j] && b.letters > 0:
			return
		case b.Kind.Heading() && b.letters > 0 && !s.title.keys[b.key]:
			keep[j] = true
			return
		}
	}
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
			s.entryHeading(i, keep)
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
