package site

import (
	"bytes"
	"encoding/xml"
	"math"
	"net/http"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// feedSize is how many articles a feed holds.
const feedSize = 30

// The elements of Atom (RFC 4287) that we write.
type (
	atomFeed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang     string      `xml:"xml:lang,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle,omitempty"`
		Updated  string      `xml:"updated"`
		Links    []atomLink  `xml:"link"`
		Entries  []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Lang string `xml:"hreflang,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		Lang      string       `xml:"xml:lang,attr"`
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Published string       `xml:"published"`
		Updated   string       `xml:"updated"`
		Authors   []atomPerson `xml:"author"`
		Links     []atomLink   `xml:"link"`
		Rights    string       `xml:"rights,omitempty"`
		Source    atomSource   `xml:"source"`
		Summary   string       `xml:"summary,omitempty"`
		Content   atomText     `xml:"content"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomSource struct {
		Lang  string   `xml:"xml:lang,attr,omitempty"`
		ID    string   `xml:"id"`
		Title string   `xml:"title"`
		Link  atomLink `xml:"link"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// feed is what is public in a language, as Atom. An entry's identifier is the article's own: a new address, a new translation or
// another host never makes it another entry. "updated" moves with corrections only.
func (s *site) feed(r *http.Request) (web.Body, error) {
	tag, err := s.part(r)
	if err != nil {
		return web.Body{}, err
	}
	frame, err := s.frame(r, tag)
	if err != nil {
		return web.Body{}, err
	}
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return web.Body{}, err
	}
	list, _, err := s.shown(r, tag, math.MaxInt64, "", feedSize)
	if err != nil {
		return web.Body{}, err
	}
	base := s.base(r)
	self := base + frame.Feed
	f := atomFeed{Lang: tag, ID: self, Title: frame.Site.Title, Subtitle: frame.Site.Tagline, Updated: stamp(0), Links: []atomLink{
		{Rel: "self", Type: "application/atom+xml", Href: self},
		{Rel: "alternate", Type: "text/html", Lang: tag, Href: base + "/" + tag + "/"},
	}}
	if frame.Site.Support {
		f.Links = append(f.Links, atomLink{Rel: "payment", Type: "text/html", Lang: tag, Href: base + "/" + tag + "/support/"})
	}
	for _, p := range list {
		e, err := s.entry(r, frame, settings, p, base)
		if err != nil {
			return web.Body{}, err
		}
		f.Entries = append(f.Entries, e)
		f.Updated = max(f.Updated, e.Updated) // both are UTC to the second, so text order is time order
	}
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	enc := xml.NewEncoder(&buf)
	enc.Indent("", " ")
	if err := enc.Encode(f); err != nil {
		return web.Body{}, err
	}
	buf.WriteByte('\n')
	return web.Body{Type: "application/atom+xml; charset=utf-8", Bytes: buf.Bytes(), Header: http.Header{"Cache-Control": {"public, max-age=300"}}}, nil
}

func (s *site) entry(r *http.Request, frame web.Frame, settings map[string]string, p store.Public, base string) (atomEntry, error) {
	pictures, err := s.pictures(r, p)
	if err != nil {
		return atomEntry{}, err
	}
	events, err := s.Store.Events(r.Context(), p.ID)
	if err != nil {
		return atomEntry{}, err
	}
	page := base + escapedPath(path(p.Article))
	v := newProvenance(frame, settings, p, events, page)
	e := atomEntry{
		Lang: p.Lang, ID: "urn:uuid:" + p.ID, Title: p.Doc.Title.Plain(), Published: stamp(p.PublishedAt), Updated: stamp(max(p.PublishedAt, p.ChangedAt)),
		Links: []atomLink{
			{Rel: "alternate", Type: "text/html", Lang: p.Lang, Href: page},
			{Rel: "via", Lang: p.Original.Lang, Href: p.OriginalURL},
		},
		Rights: v.Licence, Source: atomSource{Lang: p.Original.Lang, ID: p.Outlet.Home, Title: p.Outlet.Name, Link: atomLink{Rel: "alternate", Href: p.Outlet.Home}},
	}
	if v.LicenceURL != "" {
		e.Links = append(e.Links, atomLink{Rel: "license", Href: v.LicenceURL})
	}
	for _, name := range p.Doc.Byline {
		e.Authors = append(e.Authors, atomPerson{name})
	}
	if e.Authors == nil {
		e.Authors = []atomPerson{{p.Outlet.Name}}
	}
	e.Content = atomText{Type: "html", Text: content(frame, v, p, absolute(pictures, base))}
	if p.Doc.Deck.S != "" {
		e.Summary = render.Cut(p.Doc.Deck.Plain(), rights.ExcerptLength)
	}
	return e, nil
}

// content is an article as feed readers show it. The first paragraph says what the first line of the page says.
func content(frame web.Frame, v provenance, p store.Public, pictures func(string) (render.Picture, bool)) string {
	around := frame.L.Around("feed.original", "title", "outlet", v.Outlet)
	said := v.Label + " " + around[0]
	head := doc.Text{S: said + v.Title + around[1]}
	if v.Title != "" {
		head.Marks = []doc.Mark{{Kind: doc.Link, Start: len(said), End: len(said) + len(v.Title), Href: v.URL}}
	}
	d := p.Doc
	d.Blocks = []doc.Block{{Kind: doc.Paragraph, Key: "label", Text: head}}
	if mode(p) == rights.Full {
		if p.Doc.Deck.S != "" {
			d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: "deck", Text: p.Doc.Deck})
		}
		d.Blocks = append(d.Blocks, p.Doc.Blocks...)
	} else {
		d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: "excerpt", Text: doc.Text{S: excerpt(p.Doc)}})
	}
	return string(render.HTML(d, render.Options{Picture: pictures}))
}

// absolute makes the addresses of pictures hold outside the site.
func absolute(pictures func(string) (render.Picture, bool), base string) func(string) (render.Picture, bool) {
	if pictures == nil {
		return nil
	}
	return func(src string) (render.Picture, bool) {
		p, ok := pictures(src)
		p.Path = base + p.Path
		return p, ok
	}
}
