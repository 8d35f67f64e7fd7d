package feed

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// opml reads a list of feeds: outlines with the address of a feed, in folders that are outlines without one.
func (r *reader) opml() {
	r.root = r.top().name
	r.feed.Format = "opml"
	var path []string
	var folders []bool // for each open outline whether it is a folder
	for {
		t, ok := r.z.next()
		if !ok {
			r.feed.Partial = true
			return
		}
		switch {
		case t.kind == end && t.name == r.root:
			return
		case t.kind == end && t.name == "outline" && len(folders) > 0:
			if folders[len(folders)-1] {
				path = path[:len(path)-1]
			}
			folders = folders[:len(folders)-1]
		case t.kind == start && t.name == "title" && r.feed.Title == "" && !t.self:
			f := field{scope: &r.scope}
			f.raw, _, _ = r.inner(t.name)
			r.feed.Title = r.plain(&f)
		case t.kind == start && t.name == "outline":
			title := folded(get(t.attrs, "title", "text"))
			if title == "" {
				title = folded(get(t.attrs, "text"))
			}
			feed := r.subscribed(t, title, path)
			if !t.self {
				folder := !feed && title != "" && len(path) < maxDepth
				if folder {
					path = append(path, title)
				}
				folders = append(folders, folder)
			}
		}
	}
}

// subscribed takes an outline that names a feed; it reports whether it does.
func (r *reader) subscribed(t token, title string, path []string) bool {
	url := get(t.attrs, "xmlurl", "xmluri")
	if url == "" {
		if typ := strings.ToLower(get(t.attrs, "type")); typ == "rss" || typ == "atom" {
			url = get(t.attrs, "url")
		}
	}
	if url == "" {
		return false
	}
	for _, scheme := range []string{"feed://", "feed:"} { // the scheme some programs gave to feeds
		if rest, ok := strings.CutPrefix(url, scheme); ok {
			if !strings.Contains(rest, "://") {
				rest = "http://" + rest
			}
			url = rest
		}
	}
	abs := resolved(r.base, url)
	switch {
	case abs == "":
		r.drop(noAddress)
	case len(r.feed.Outlines) >= MaxItems:
		r.drop(tooMany)
	default:
		r.feed.Outlines = append(r.feed.Outlines, Outline{Title: title, Feed: abs, Link: resolved(r.base, get(t.attrs, "htmlurl")), Path: append([]string{}, path...)})
	}
	return true
}

// WriteOPML writes a list of feeds as OPML 2.0, in folders by their paths.
func WriteOPML(w io.Writer, title string, list []Outline) error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Outline) int { return slices.Compare(a.Path, b.Path) })
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s<opml version=\"2.0\">\n  <head>\n    <title>%s</title>\n  </head>\n  <body>\n", xml.Header, quoted(title))
	var open []string
	indent := func() string { return strings.Repeat("  ", len(open)+2) }
	for _, o := range list {
		common := 0
		for common < len(open) && common < len(o.Path) && open[common] == o.Path[common] {
			common++
		}
		for len(open) > common {
			open = open[:len(open)-1]
			fmt.Fprintf(out, "%s</outline>\n", indent())
		}
		for _, folder := range o.Path[common:] {
			fmt.Fprintf(out, "%s<outline text=\"%s\">\n", indent(), quoted(folder))
			open = append(open, folder)
		}
		fmt.Fprintf(out, "%s<outline type=\"rss\" text=\"%s\" title=\"%s\" xmlUrl=\"%s\"", indent(), quoted(o.Title), quoted(o.Title), quoted(o.Feed))
		if o.Link != "" {
			fmt.Fprintf(out, " htmlUrl=\"%s\"", quoted(o.Link))
		}
		fmt.Fprint(out, "/>\n")
	}
	for len(open) > 0 {
		open = open[:len(open)-1]
		fmt.Fprintf(out, "%s</outline>\n", indent())
	}
	fmt.Fprint(out, "  </body>\n</opml>\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("OPML: %w", err)
	}
	return nil
}

// quoted escapes text for an attribute or an element; what XML forbids is dropped.
func quoted(s string) string {
	return attributeEscaped.Replace(folded(s))
}
