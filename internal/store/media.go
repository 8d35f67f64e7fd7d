package store

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

const mediaColumns = `media.sha256, media.url, media.type, media.width, media.height, media.size, media.at`

func scanMedia(r scanner) (news.Media, error) {
	var m news.Media
	err := r.Scan(&m.SHA256, &m.URL, &m.Type, &m.Width, &m.Height, &m.Size, &m.At)
	return m, err
}

// MediaOf returns the pictures kept for an article by their address in its document.
func (r Reads) MediaOf(ctx context.Context, article string) (map[string]news.Media, error) {
	type shown struct {
		src string
		news.Media
	}
	rows, err := all(ctx, r, "pictures of article "+article, func(s scanner) (m shown, err error) {
		err = s.Scan(&m.src, &m.SHA256, &m.URL, &m.Type, &m.Width, &m.Height, &m.Size, &m.At)
		return m, err
	}, `
SELECT article_media.src, `+mediaColumns+`
  FROM article_media JOIN media ON media.sha256 = article_media.sha256
 WHERE article_media.article = $1`, article)
	bySrc := map[string]news.Media{}
	for _, m := range rows {
		bySrc[m.src] = m.Media
	}
	return bySrc, err
}

// PublicMedia returns a picture that some public article shows, of an outlet whose terms of today let it; news.ErrNotFound if none does.
func (r Reads) PublicMedia(ctx context.Context, sha256 string) (news.Media, error) {
	outlets, err := all(ctx, r, "outlets that have picture "+sha256, scanString, `
SELECT DISTINCT article.outlet
  FROM article_media JOIN article ON article.id = article_media.article
 WHERE article_media.sha256 = $1 AND `+publicIn, sha256)
	if err != nil {
		return news.Media{}, err
	}
	newest, err := r.newestTerms(ctx, outlets)
	if err != nil {
		return news.Media{}, err
	}
	for _, t := range newest {
		if t.Images && rights.Decide(t.Facts(), rights.Signals{}) == rights.Full {
			return one(ctx, r, "picture "+sha256, scanMedia, `SELECT `+mediaColumns+` FROM media WHERE sha256 = $1`, sha256)
		}
	}
	return news.Media{}, fmt.Errorf("picture %.80q that readers may see: %w", sha256, news.ErrNotFound)
}

// SaveMedia notes a kept picture and that an article shows it in place of src.
func (tx *Tx) SaveMedia(ctx context.Context, article, src string, m news.Media) error {
	if _, err := tx.exec(ctx, "save picture "+m.SHA256, `
INSERT INTO media (sha256, url, type, width, height, size, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (sha256) DO NOTHING`, m.SHA256, m.URL, m.Type, m.Width, m.Height, m.Size, m.At); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "save picture of article "+article, `
INSERT INTO article_media (article, src, sha256) VALUES ($1, $2, $3)
ON CONFLICT (article, src) DO UPDATE SET sha256 = excluded.sha256`, article, src, m.SHA256)
	return err
}

// DropMedia forgets the pictures of an article.
func (tx *Tx) DropMedia(ctx context.Context, article string) error {
	_, err := tx.exec(ctx, "forget pictures of article "+article, `DELETE FROM article_media WHERE article = $1`, article)
	return err
}

// UnusedMedia returns the names of kept pictures that no article shows.
func (r Reads) UnusedMedia(ctx context.Context) ([]string, error) {
	return all(ctx, r, "pictures nobody shows", scanString, `
SELECT sha256 FROM media WHERE NOT EXISTS (SELECT 1 FROM article_media WHERE article_media.sha256 = media.sha256) ORDER BY sha256`)
}

// RemoveMedia forgets a kept picture, unless an article shows it by now, and reports whether it did.
func (tx *Tx) RemoveMedia(ctx context.Context, sha256 string) (bool, error) {
	n, err := tx.exec(ctx, "forget picture "+sha256, `
DELETE FROM media WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM article_media WHERE article_media.sha256 = $1)`, sha256)
	return n == 1, err
}
