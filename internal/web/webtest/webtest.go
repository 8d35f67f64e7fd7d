// Package webtest holds pages to what every page of the house promises: sound markup, no word of a script or a stranger in it,
// and something for whoever cannot see it. It is for tests, and touches the bytes it is given.
package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Get asks a handler for a path and returns the response.
func Get(t testing.TB, h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	return serve(h, r, header)
}

// Post sends a form as a browser on the same site does.
func Post(t testing.TB, h http.Handler, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return serve(h, r, header)
}

func serve(h http.Handler, r *http.Request, header []string) *httptest.ResponseRecorder {
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// unsaid is how the catalogue shows a key it does not have.
var unsaid = regexp.MustCompile(`\[[a-z]+(\.[a-z_-]+)+\]`)

// A page is being looked at.
type page struct {
	t      testing.TB
	name   string
	ids    map[string]bool
	labels map[string]bool
	fields []field
	h1     int
	main   int
	refs   []string // ids that aria-describedby and its like name
}

// A field of a form, and what names it.
type field struct {
	id    string
	named bool
}

// Check reports everything in a page that breaks a promise. name says which page it is.
func Check(t testing.TB, name, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	p := &page{t: t, name: name, ids: map[string]bool{}, labels: map[string]bool{}}
	if key := unsaid.FindString(body); key != "" {
		p.wrong("the catalogue has no %s", key)
	}
	p.nesting(body)
	p.node(root, false)
	if p.h1 != 1 {
		p.wrong("%d h1 elements", p.h1)
	}
	if p.main != 1 {
		p.wrong("%d main elements", p.main)
	}
	for _, f := range p.fields {
		if !f.named && !p.labels[f.id] {
			p.wrong("the field %q has no label", f.id)
		}
	}
	for _, id := range p.refs {
		if !p.ids[id] {
			p.wrong("nothing has the id %q that is referred to", id)
		}
	}
}

func (p *page) wrong(format string, args ...any) {
	p.t.Helper()
	p.t.Errorf(p.name+": "+format, args...)
}

// void elements have no end tag; the end tags that HTML lets out are not let out here, but for option's.
var void = map[string]bool{"meta": true, "link": true, "img": true, "input": true, "br": true, "hr": true, "option": true}

// nesting checks that every element is ended where it should be: the parser would repair it silently.
func (p *page) nesting(body string) {
	z := html.NewTokenizer(strings.NewReader(body))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				p.wrong("never ended: %v", open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if void[string(name)] {
				continue
			}
			if len(open) == 0 || open[len(open)-1] != string(name) {
				p.wrong("</%s> where %v are open", name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func (p *page) node(n *html.Node, labelled bool) {
	if n.Type == html.ElementNode {
		p.element(n, labelled)
		labelled = labelled || n.Data == "label"
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, labelled)
	}
}

func (p *page) element(n *html.Node, labelled bool) {
	a := map[string]string{}
	for _, x := range n.Attr {
		a[x.Key] = x.Val
		p.attribute(n.Data, x.Key, x.Val)
	}
	if id, ok := a["id"]; ok {
		if id == "" || p.ids[id] {
			p.wrong("the id %q is empty or there twice", id)
		}
		p.ids[id] = true
	}
	switch n.Data {
	case "html":
		if a["lang"] == "" || a["dir"] == "" {
			p.wrong("html has no lang or no dir")
		}
	case "title":
		if words(n) == "" {
			p.wrong("the title is empty")
		}
	case "h1":
		p.h1++
	case "main":
		p.main++
	case "img":
		if _, ok := a["alt"]; !ok {
			p.wrong("a picture without alt: %s", a["src"])
		}
		if a["width"] == "" || a["height"] == "" {
			p.wrong("a picture without width and height: %s", a["src"])
		}
	case "script":
		if a["src"] == "" && a["type"] != "application/ld+json" {
			p.wrong("a script in the page")
		}
	case "style", "iframe", "object", "embed", "base":
		p.wrong("an element %s", n.Data)
	case "label":
		p.labels[a["for"]] = true
	case "input", "select", "textarea":
		if a["type"] != "hidden" {
			p.fields = append(p.fields, field{id: a["id"], named: labelled || a["aria-label"] != ""})
		}
	case "form":
		if a["method"] != "post" && a["method"] != "get" && a["method"] != "" {
			p.wrong("a form with method %q", a["method"])
		}
	case "a", "button", "summary":
		if words(n) == "" && a["aria-label"] == "" && a["aria-hidden"] != "true" {
			p.wrong("<%s> without a name: %v", n.Data, a)
		}
	}
}

func (p *page) attribute(element, key, value string) {
	switch {
	case strings.HasPrefix(key, "on"), key == "style":
		p.wrong("<%s %s=…>: inline script or style", element, key)
	case key == "src" || element == "link" && key == "href" && strings.HasPrefix(value, "/static"):
		if !strings.HasPrefix(value, "/") || strings.HasPrefix(value, "//") {
			p.wrong("<%s %s=%q> loads from somebody else", element, key, value)
		}
	case key == "href", key == "action":
		scheme, _, ok := strings.Cut(value, ":")
		if ok && !strings.ContainsAny(scheme, "/?#") && scheme != "http" && scheme != "https" && scheme != "mailto" {
			p.wrong("<%s %s=%q>", element, key, value)
		}
	case key == "aria-describedby", key == "aria-labelledby":
		p.refs = append(p.refs, strings.Fields(value)...)
	case key == "lang" && value == "":
		p.wrong("<%s lang=\"\">", element)
	case key == "dir" && value != "ltr" && value != "rtl":
		p.wrong("<%s dir=%q>", element, value)
	}
}

// words is the text in an element.
func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.TrimSpace(b.String())
}
