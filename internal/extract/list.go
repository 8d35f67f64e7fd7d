package extract

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
)

// A LinkList is what a page that lists articles shows.
type LinkList struct {
	Title string // of the page
	Lang  string // as the page states it; empty if it does not
	Links []ListLink
}

// A ListLink is a link to an article.
type ListLink struct {
	URL   string // absolute
	Title string // the longest text that links there; may be empty
}

// maxLinks is how many links of a page are read.
const maxLinks = 500

// Links finds the links that a CSS selector names, or that lie in the elements it names, in the page's order, each address once. Its error
// says that the selector is none, or the page no HTML.
func Links(page []byte, pageURL string, header http.Header, selector string) (LinkList, error) {
	match, err := cascadia.ParseGroup(selector)
	if err != nil {
		return LinkList{}, fmt.Errorf("%q is no CSS selector: %w", selector, err)
	}
	text, _ := charset.Decode(page[:min(len(page), MaxPage)], header.Get("Content-Type"), "")
	tree, err := parse(text)
	if err != nil {
		return LinkList{}, err
	}
	h := readHead(tree, nil, pageURL, header)
	out := LinkList{Lang: h.lang}
	if title := cascadia.Query(tree, cascadia.MustCompile("title")); title != nil {
		out.Title = cleanLine(textOf(title))
	}
	at := map[string]int{}
	take := func(n *html.Node) {
		href := address.Resolve(h.base, attr(n, "href"))
		if !strings.HasPrefix(href, "http") || address.Key(href) == address.Key(pageURL) {
			return
		}
		title := cleanLine(textOf(n))
		i, ok := at[address.Key(href)]
		if !ok {
			if len(out.Links) == maxLinks {
				return
			}
			i = len(out.Links)
			at[address.Key(href)] = i
			out.Links = append(out.Links, ListLink{URL: href})
		}
		if len(title) > len(out.Links[i].Title) {
			out.Links[i].Title = title
		}
	}
	links := cascadia.MustCompile("a[href]")
	for _, n := range cascadia.QueryAll(tree, match) {
		if n.DataAtom == atom.A {
			take(n)
			continue
		}
		for _, a := range cascadia.QueryAll(n, links) {
			take(a)
		}
	}
	return out, nil
}
