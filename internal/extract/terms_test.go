package extract

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestTerms(t *testing.T) {
	page := `<!doctype html><html><head><base href="/en/"><title>x</title>
<META name="TDM-Reservation" content=" 1 "><meta name=tdm-reservation content=0><meta name="tdm-policy" content="https://paper.example/policy.json">
<meta name="robots" content="index, noai"><meta name="robots" content="notranslate">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"><link rel="license" type="application/rsl+xml; charset=utf-8" href="rsl.xml"><link rel=license href="javascript:x">
<script type="application/rsl+xml"><rsl><content url="/"/></rsl></script><script>var x = "<meta name='tdm-policy'>"</script>
</head><body><meta name="robots" content="none"><a rel="license" href="/other">x</a></body></html>`
	got := Terms([]byte(page), "https://paper.example/a", http.Header{"Link": {`</h.xml>; rel="license"; type="application/rsl+xml"`}})
	if fmt.Sprint(got.Meta) != "map[robots:index, noai, notranslate tdm-policy:https://paper.example/policy.json tdm-reservation:1]" {
		t.Errorf("%v", got.Meta)
	}
	if got.License != "https://creativecommons.org/licenses/by/4.0/" || strings.Join(got.Licences, " ") != "https://paper.example/h.xml https://paper.example/en/rsl.xml" {
		t.Errorf("%q %q", got.License, got.Licences)
	}
	if len(got.Inline) != 1 || got.Inline[0] != `<rsl><content url="/"/></rsl>` {
		t.Errorf("%q", got.Inline)
	}
	if got := Terms([]byte("\x00<meta name=robots"), "", nil); len(got.Meta) != 0 || got.License != "" {
		t.Errorf("%+v", got)
	}
}

func TestLinks(t *testing.T) {
	page := func(body string) string {
		return `<!doctype html><html lang="fr"><head><title> La  Rade </title><base href="/infos/"></head><body>` + body + `</body></html>`
	}
	for _, c := range []struct{ what, body, selector, want string }{
		{
			"elements that hold links, and links", `<ul><li><a href="a">Un</a></li><li><a href="b">Deux</a></li></ul><a class=x href=c>Trois</a><a href=d>Non</a>`, "ul, a.x",
			"https://rade.example/infos/a Un | https://rade.example/infos/b Deux | https://rade.example/infos/c Trois",
		},
		{"a picture and a headline that lead to one article", `<div><a href="a"><img alt="Un bateau"></a><a href="a#lire">Un titre</a><a href="/infos/a?utm_source=x">Lire</a></div>`, "div", "https://rade.example/infos/a Un titre"},
		{"the page itself, and what is no address of the web", `<div><a href="https://rade.example/">Ici</a><a href="https://rade.example/#haut">Haut</a><a href="mailto:a@b">Mail</a><a href="JavaScript:x">X</a><a href="">Y</a><a>Z</a><a href="http://[">Q</a></div>`, "div", ""},
		{"a link within a link of the selector counts once", `<section><article><a href="a">Un</a></article></section>`, "section, article, a", "https://rade.example/infos/a Un"},
		{"an attribute in the selector", `<a data-kind="story" href="a">Un</a><a data-kind="ad" href="b">Deux</a>`, `a[data-kind=story]`, "https://rade.example/infos/a Un"},
		{"nothing is there", `<p>x</p>`, "main h2", ""},
	} {
		l, err := Links([]byte(page(c.body)), "https://rade.example/", http.Header{}, c.selector)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		var got []string
		for _, link := range l.Links {
			got = append(got, strings.TrimSpace(link.URL+" "+link.Title))
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.what, s, c.want)
		}
		if l.Title != "La Rade" || l.Lang != "fr" {
			t.Errorf("%s: %q %q", c.what, l.Title, l.Lang)
		}
	}
	for _, bad := range []string{"", "main >", "a[", ":nonsense", "a, "} {
		if _, err := Links(nil, "", nil, bad); err == nil || !strings.Contains(err.Error(), "CSS selector") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	many := strings.Repeat(`<a href="x%d">t</a>`, 3*maxLinks)
	args := make([]any, 3*maxLinks)
	for i := range args {
		args[i] = i
	}
	if l, err := Links([]byte(page(fmt.Sprintf(many, args...))), "https://rade.example/", nil, "body"); err != nil || len(l.Links) != maxLinks {
		t.Errorf("%d links, %v", len(l.Links), err)
	}
}

func FuzzFeeds(f *testing.F) {
	f.Add([]byte(`<!doctype html><head><link rel="alternate" type="application/rss+xml" href="feed:/f"><base href=x><noscript><link rel=feed href=y></noscript></head><a href="/rss.xml">RSS</a>`), `<https://x.example/f>; rel="alternate"; type="application/atom+xml"`, "a")
	f.Add([]byte(`<?xml version="1.0"?><!-- x --><rss>`), "", "main a, h2")
	f.Add([]byte("\xff\xfe<\x00l\x00i\x00n\x00k\x00"), "<", "[href]")
	f.Fuzz(func(t *testing.T, page []byte, link, selector string) {
		header := http.Header{"Link": {link}}
		for _, feed := range Feeds(page, "https://paper.example/dir/", header).Feeds {
			if !strings.HasPrefix(feed.URL, "http") {
				t.Errorf("offered %q", feed.URL)
			}
		}
		terms := Terms(page, "https://paper.example/", header)
		for _, at := range append(terms.Licences, terms.License) {
			if at != "" && !strings.HasPrefix(at, "http") {
				t.Errorf("licence %q", at)
			}
		}
		if l, err := Links(page, "https://paper.example/", header, selector); err == nil {
			for _, link := range l.Links {
				if !strings.HasPrefix(link.URL, "http") {
					t.Errorf("link %q", link.URL)
				}
			}
		}
	})
}
