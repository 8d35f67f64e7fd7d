package site

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/url"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// speakerFeed is what a speaker said, as Atom. An entry is a statement, and its identifier the statement's own, the same in each
// language and under each address.
func (s *site) speakerFeed(r *http.Request) (web.Body, error) {
	ctx := r.Context()
	tag, by, err := s.speakerAt(r)
	if err != nil {
		return web.Body{}, err
	}
	frame, t, err := s.told(r, tag)
	if err != nil {
		return web.Body{}, err
	}
	list, _, err := s.Store.PublicStatementsBy(ctx, store.PublicQuery{Lang: tag, Speaker: by.ID, Limit: feedSize})
	if err != nil {
		return web.Body{}, err
	}
	if len(list) == 0 {
		if _, err := s.heard(r, tag, by); err != nil {
			return web.Body{}, err
		}
	}
	if by, err = s.Store.PublicSpeaker(ctx, by); err != nil {
		return web.Body{}, err
	}
	views, err := s.tellAlone(ctx, t, list)
	if err != nil {
		return web.Body{}, err
	}
	base := s.base(r)
	page := base + escapedPath(speakerPath(tag, by.Slug))
	f := atomFeed{
		Lang: tag, ID: page + "feed.xml", Title: nameOf(by, tag) + " · " + frame.Site.Title, Subtitle: frame.L.T("speaker.description", "name", nameOf(by, tag)), Updated: stamp(0), Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: page + "feed.xml"},
			{Rel: "alternate", Type: "text/html", Lang: tag, Href: page},
		},
	}
	l := labels{site: s, terms: map[string]news.Terms{}, read: map[string]string{}}
	for i, p := range list {
		terms, err := l.termsOf(ctx, p.Outlet.ID)
		if err != nil {
			return web.Body{}, err
		}
		said, address := licence(frame.L, terms, notice(store.Public{Article: p.Article, Terms: terms}))
		e := atomEntry{
			Lang: tag, ID: "urn:uuid:" + p.ID, Title: frame.L.T("said.entry", "name", views[i].Who.Name, "words", render.Cut(p.Place.Words, 120)), Published: stamp(p.Article.PublishedAt), Updated: stamp(max(p.Article.PublishedAt, p.Article.ChangedAt)),
			Authors: []atomPerson{{views[i].Who.Name}}, Rights: said,
			Links: []atomLink{
				{Rel: "alternate", Type: "text/html", Lang: tag, Href: base + escapedPath(path(p.Article)) + "#" + url.PathEscape(wordsAt(p.Statement))},
				{Rel: "via", Lang: p.Lang, Href: p.OriginalURL},
			},
			Source:  atomSource{Lang: p.Lang, ID: p.Outlet.Home, Title: p.Outlet.Name, Link: atomLink{Rel: "alternate", Href: p.Outlet.Home}},
			Content: atomText{Type: "html", Text: saidContent(views[i], p)},
		}
		if address != "" {
			e.Links = append(e.Links, atomLink{Rel: "license", Href: address})
		}
		f.Entries = append(f.Entries, e)
		f.Updated = max(f.Updated, e.Updated)
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

// saidContent is a statement as feed readers show it: the words, what is known of them, the words of origin.
func saidContent(v said, p store.PublicStatement) string {
	facts := v.Day
	for _, x := range []*labelled{v.When, v.To, v.Answers} {
		if x != nil {
			facts += " · " + x.Before + x.Value + x.After
		}
	}
	chain := v.Chain.Said
	if v.Chain.Guess != "" {
		chain += ". " + v.Chain.Guess
	}
	d := doc.Document{Lang: p.Place.Lang}
	add := func(kind doc.Kind, tag, text string) {
		if text != "" {
			d.Blocks = append(d.Blocks, doc.Block{Kind: kind, Lang: tag, Text: doc.Text{S: text}})
		}
	}
	add(doc.Paragraph, "", v.Label)
	add(doc.Quotation, "", p.Place.Words)
	who := v.Who.Name
	if v.Who.Role != "" {
		who += ", " + v.Who.Role
	}
	add(doc.Paragraph, "", who+" · "+facts)
	add(doc.Paragraph, "", chain)
	if v.Stance != nil {
		add(doc.Paragraph, "", v.Stance.Before+v.Stance.Value+v.Stance.After)
	}
	if v.Origin != nil {
		add(doc.Paragraph, "", v.Origin.Head)
		add(doc.Quotation, p.Lang, p.Words())
	}
	add(doc.Paragraph, "", v.Title+" · "+v.Outlet)
	return string(render.HTML(d, render.Options{}))
}
