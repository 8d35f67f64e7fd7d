package store

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Public is an article as readers get it: the revision shown to them, and all that must be said beside it.
type Public struct {
	news.Article               // with the title that readers see
	Doc           doc.Document // of the public revision
	Outlet        news.Outlet
	Original      news.Original // the reading that this revision was translated from
	OriginalTitle string
	OriginalURL   string       // the item's address
	Terms         news.Terms   // the outlet's newest: what was published under better ones is shown under these
	Review        *news.Review // the newest approval of the public revision; nil if nobody read it over
	Engine        Engine       // of its first sentence; empty if no engine was asked
}

// publicIn are the states that readers see.
const publicIn = `article.state IN ('published', 'corrected')`

// Published returns what readers get at an address; news.ErrNotFound if nothing is public there.
func (r Reads) Published(ctx context.Context, lang, slug string) (Public, error) {
	a, err := one(ctx, r, "article "+lang+"/"+slug, scanArticle, `
SELECT `+articleColumns+` FROM article WHERE lang = $1 AND slug = $2 AND `+publicIn, lang, slug)
	if err != nil {
		return Public{}, err
	}
	return r.public(ctx, a)
}

// Withdrawn returns the article that was public at an address and is no longer; news.ErrNotFound if none was.
func (r Reads) Withdrawn(ctx context.Context, lang, slug string) (news.Article, error) {
	return one(ctx, r, "withdrawn article "+lang+"/"+slug, scanArticle, `
SELECT `+articleColumns+` FROM article WHERE lang = $1 AND slug = $2 AND published_at > 0 AND NOT `+publicIn, lang, slug)
}

// PublishedList returns up to limit public articles in a language, the newest first, from the place after (before, beforeID);
// pass math.MaxInt64 and "" for the beginning.
func (r Reads) PublishedList(ctx context.Context, lang string, before int64, beforeID string, limit int) ([]Public, error) {
	articles, err := all(ctx, r, "articles published in "+lang, scanArticle, `
SELECT `+articleColumns+`
  FROM article
 WHERE lang = $1 AND `+publicIn+` AND (published_at, id) < ($2, $3)
 ORDER BY published_at DESC, id DESC
 LIMIT $4`, lang, before, beforeID, limit)
	if err != nil {
		return nil, err
	}
	list := make([]Public, 0, len(articles))
	for _, a := range articles {
		p, err := r.public(ctx, a)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// PublishedLangs returns the languages in which something is public, sorted.
func (r Reads) PublishedLangs(ctx context.Context) ([]string, error) {
	return all(ctx, r, "languages published in", scanString, `SELECT DISTINCT lang FROM article WHERE `+publicIn+` ORDER BY lang`)
}

// public gathers what must be said beside an article.
func (r Reads) public(ctx context.Context, a news.Article) (p Public, err error) {
	p.Article = a
	if p.Doc, _, err = r.Document(ctx, a.ID, a.Public); err != nil {
		return Public{}, err
	}
	p.Title = p.Doc.Title.S
	if p.Outlet, err = r.Outlet(ctx, a.Outlet); err != nil {
		return Public{}, err
	}
	if p.Terms, err = r.Terms(ctx, a.Outlet); err != nil {
		return Public{}, err
	}
	type source struct {
		news.Original
		title, url string
	}
	o, err := one(ctx, r, "original "+a.Original, func(s scanner) (o source, err error) {
		err = s.Scan(&o.ID, &o.Item, &o.N, &o.Page, &o.Original.URL, &o.Lang, &o.At, &o.title, &o.url)
		return o, err
	}, `
SELECT `+originalColumns+`, original.title, item.url
  FROM revision JOIN original ON original.id = CASE WHEN revision.original = '' THEN $3 ELSE revision.original END JOIN item ON item.id = original.item
 WHERE revision.article = $1 AND revision.n = $2`, a.ID, a.Public, a.Original)
	if err != nil {
		return Public{}, err
	}
	p.Original, p.OriginalTitle, p.OriginalURL = o.Original, o.title, o.url

	switch review, err := r.ReviewOf(ctx, a.ID, a.Public); {
	case errors.Is(err, news.ErrNotFound):
	case err != nil:
		return Public{}, err
	case review.Decision == "approved":
		p.Review = &review
	}
	engine, err := one(ctx, r, "engine of article "+a.ID, func(s scanner) (e Engine, err error) {
		err = s.Scan(&e.ID, &e.Name, &e.Pair, &e.Version, &e.SHA256, &e.OpenedAt)
		return e, err
	}, `
SELECT engine.id, engine.name, engine.pair, engine.version, engine.sha256, engine.opened_at
  FROM segment JOIN engine ON engine.id = segment.engine
 WHERE segment.article = $1
 ORDER BY segment.n
 LIMIT 1`, a.ID)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return Public{}, err
	}
	p.Engine = engine
	return p, nil
}
