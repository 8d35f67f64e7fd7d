package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// The protocol lets one sitemap hold 50,000 addresses. Those of speakers cost more to find.
var (
	sitemapArticles = 40_000
	sitemapSpeakers = 5_000
)

// sitemapFile is the address of a part of the sitemap.
var sitemapFile = regexp.MustCompile(`^sitemap-(articles|speakers)-([1-9][0-9]{0,5})\.xml$`)

// The elements of the sitemap protocol 0.9 that we write, and the links between languages.
type (
	urlset struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		XHTML   string       `xml:"xmlns:xhtml,attr"`
		URLs    []sitemapURL `xml:"url"`
	}
	sitemapindex struct {
		XMLName xml.Name     `xml:"sitemapindex"`
		NS      string       `xml:"xmlns,attr"`
		Files   []sitemapURL `xml:"sitemap"`
	}
	sitemapURL struct {
		Loc     string        `xml:"loc"`
		LastMod string        `xml:"lastmod,omitempty"`
		Links   []sitemapLink `xml:"xhtml:link"`
	}
	sitemapLink struct {
		Rel  string `xml:"rel,attr"`
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	}
)

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemap names the files that list everything search engines may show.
func (s *site) sitemap(r *http.Request) (web.Body, error) {
	articles, speakers, err := s.Store.CountAddresses(r.Context())
	if err != nil {
		return web.Body{}, err
	}
	index := sitemapindex{NS: sitemapNS}
	add := func(kind string, count, size int) {
		for n := 1; (n-1)*size < count; n++ {
			index.Files = append(index.Files, sitemapURL{Loc: fmt.Sprintf("%s/sitemap-%s-%d.xml", s.base(r), kind, n)})
		}
	}
	add("articles", max(articles, 1), sitemapArticles) // the first names the front pages, too
	add("speakers", speakers, sitemapSpeakers)
	return sitemapBody(index)
}

// sitemapPart serves a file of the sitemap, and hands what is none to the pages.
func (s *site) sitemapPart(pages http.Handler) http.Handler {
	part := web.Raw(s.surface, func(r *http.Request) (web.Body, error) {
		m := sitemapFile.FindStringSubmatch(r.PathValue("file"))
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return web.Body{}, errNoPage
		}
		if err := s.limit.Take(web.Network(r)); err != nil {
			return web.Body{}, err
		}
		settings, err := s.Store.Settings(r.Context())
		if err != nil {
			return web.Body{}, err
		}
		list := s.articleAddresses
		if m[1] == "speakers" {
			list = s.speakerAddresses
		}
		urls, err := list(r, n-1, settings["site.index_unread"] == "yes")
		if err != nil {
			return web.Body{}, err
		}
		return sitemapBody(urlset{NS: sitemapNS, XHTML: "http://www.w3.org/1999/xhtml", URLs: urls})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sitemapFile.MatchString(r.PathValue("file")) {
			part.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// articleAddresses are the articles of a file, and in the first the front pages. A file that begins between the translations of an
// article leads from each to those it holds.
func (s *site) articleAddresses(r *http.Request, n int, unread bool) ([]sitemapURL, error) {
	var urls []sitemapURL
	base := s.base(r)
	if n == 0 {
		langs, err := s.Store.PublishedLangs(r.Context())
		if err != nil {
			return nil, err
		}
		for _, tag := range langs {
			urls = append(urls, sitemapURL{Loc: base + "/" + tag + "/"})
		}
	}
	list, err := s.Store.Addresses(r.Context(), n*sitemapArticles, sitemapArticles)
	if err != nil {
		return nil, err
	}
	if n > 0 && len(list) == 0 {
		return nil, errNoPage
	}
	versions := map[string][]sitemapLink{}
	list = slices.DeleteFunc(list, func(a store.Address) bool { return a.Private })
	for _, a := range list {
		versions[a.Item] = append(versions[a.Item], sitemapLink{Rel: "alternate", Lang: a.Lang, Href: base + addressPath(a)})
	}
	for _, a := range list {
		if !a.Read && !unread {
			continue
		}
		u := sitemapURL{Loc: base + addressPath(a), LastMod: stamp(max(a.PublishedAt, a.ChangedAt))}
		if links := versions[a.Item]; len(links) > 1 {
			u.Links = links
		}
		urls = append(urls, u)
	}
	return urls, nil
}

// speakerAddresses are the speakers of a file, and the lists of speakers of their languages.
func (s *site) speakerAddresses(r *http.Request, n int, unread bool) ([]sitemapURL, error) {
	list, err := s.Store.SpeakerAddresses(r.Context(), n*sitemapSpeakers, sitemapSpeakers)
	if err != nil {
		return nil, err
	}
	var urls []sitemapURL
	base, listed := s.base(r), map[string]bool{}
	for _, a := range list {
		if !a.Read && !unread {
			continue
		}
		if !listed[a.Lang] {
			listed[a.Lang] = true
			urls = append(urls, sitemapURL{Loc: base + "/" + a.Lang + "/speakers/"})
		}
		urls = append(urls, sitemapURL{Loc: base + escapedPath(speakerPath(a.Lang, a.Slug)), LastMod: stamp(a.ChangedAt)})
	}
	return urls, nil
}

func sitemapBody(v any) (web.Body, error) {
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	if err := xml.NewEncoder(&buf).Encode(v); err != nil {
		return web.Body{}, err
	}
	return web.Body{Type: "application/xml; charset=utf-8", Bytes: buf.Bytes(), Header: http.Header{"Cache-Control": {"public, max-age=600"}}}, nil
}

func addressPath(a store.Address) string {
	return escapedPath(path(news.Article{Lang: a.Lang, Slug: a.Slug, PublishedAt: a.PublishedAt}))
}

// robots lets everybody read what is public, but ask no end of questions, and leads to the sitemap.
func (s *site) robots(r *http.Request) (web.Body, error) {
	return web.Body{
		Type:   "text/plain; charset=utf-8",
		Bytes:  []byte("User-agent: *\nDisallow: /desk/\nDisallow: /*/statements/?\n\nSitemap: " + s.base(r) + "/sitemap.xml\n"),
		Header: http.Header{"Cache-Control": {"public, max-age=" + seconds(24*time.Hour)}},
	}, nil
}
