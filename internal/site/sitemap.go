package site

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// The protocol lets one sitemap hold 50,000 addresses: articles first, then speakers, and room for the front pages and the lists.
const (
	sitemapSize     = 39_000
	sitemapSpeakers = 10_000
)

// The elements of the sitemap protocol 0.9 that we write, and the links between languages.
type (
	urlset struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		XHTML   string       `xml:"xmlns:xhtml,attr"`
		URLs    []sitemapURL `xml:"url"`
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

// sitemap lists the front pages, and the articles and speakers that search engines may show.
func (s *site) sitemap(r *http.Request) (web.Body, error) {
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return web.Body{}, err
	}
	langs, err := s.Store.PublishedLangs(r.Context())
	if err != nil {
		return web.Body{}, err
	}
	list, err := s.Store.Addresses(r.Context(), sitemapSize)
	if err != nil {
		return web.Body{}, err
	}
	base := s.base(r)
	set := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, tag := range langs {
		set.URLs = append(set.URLs, sitemapURL{Loc: base + "/" + tag + "/"})
	}
	versions := map[string][]sitemapLink{}
	for _, a := range list {
		versions[a.Item] = append(versions[a.Item], sitemapLink{Rel: "alternate", Lang: a.Lang, Href: base + addressPath(a)})
	}
	for _, a := range list {
		if !a.Read && settings["site.index_unread"] != "yes" {
			continue
		}
		u := sitemapURL{Loc: base + addressPath(a), LastMod: stamp(max(a.PublishedAt, a.ChangedAt))}
		if links := versions[a.Item]; len(links) > 1 {
			u.Links = links
		}
		set.URLs = append(set.URLs, u)
	}
	speakers, err := s.Store.SpeakerAddresses(r.Context(), sitemapSpeakers)
	if err != nil {
		return web.Body{}, err
	}
	listed := map[string]bool{}
	for _, a := range speakers {
		if !a.Read && settings["site.index_unread"] != "yes" {
			continue
		}
		if !listed[a.Lang] {
			listed[a.Lang] = true
			set.URLs = append(set.URLs, sitemapURL{Loc: base + "/" + a.Lang + "/speakers/"})
		}
		set.URLs = append(set.URLs, sitemapURL{Loc: base + escapedPath(speakerPath(a.Lang, a.Slug)), LastMod: stamp(a.ChangedAt)})
	}
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	if err := xml.NewEncoder(&buf).Encode(set); err != nil {
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
