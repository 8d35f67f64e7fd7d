package store

import (
	"context"
	"database/sql"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A QueueRow is an article as the desk's list shows it.
type QueueRow struct {
	news.Article
	OutletName    string
	OriginalTitle string
	SourceLang    string
	Stops         int     // flags of the newest revision that nobody has dismissed, by severity
	Asks          int     //
	Notes         int     //
	Score         float64 // the lowest of its sentences; 0 if it has none
	Approved      bool    // the newest revision was approved
}

// Queue returns up to limit articles in a state and a language or, where these are empty, in any, those moved last first,
// from the place after (beforeMoved, beforeID); pass math.MaxInt64 and "" for the beginning.
func (r Reads) Queue(ctx context.Context, state news.State, lang string, beforeMoved int64, beforeID string, limit int) ([]QueueRow, error) {
	return all(ctx, r, "queue", func(s scanner) (QueueRow, error) {
		var q QueueRow
		var score sql.NullFloat64
		slug, terms, dest := articleDest(&q.Article)
		err := s.Scan(append(dest, &q.OutletName, &q.OriginalTitle, &q.SourceLang, &q.Stops, &q.Asks, &q.Notes, &score, &q.Approved)...)
		q.Slug, q.Terms, q.Score = slug.String, terms.String, score.Float64
		return q, err
	}, `
SELECT `+articleColumns+`, outlet.name, original.title, original.lang,
       (SELECT COUNT(*) FROM flag WHERE flag.article = article.id AND flag.revision = article.revision AND dismissed_by IS NULL AND severity = $6),
       (SELECT COUNT(*) FROM flag WHERE flag.article = article.id AND flag.revision = article.revision AND dismissed_by IS NULL AND severity = $7),
       (SELECT COUNT(*) FROM flag WHERE flag.article = article.id AND flag.revision = article.revision AND dismissed_by IS NULL AND severity = $8),
       (SELECT MIN(score) FROM segment WHERE segment.article = article.id),
       EXISTS (SELECT 1 FROM review WHERE review.article = article.id AND review.revision = article.revision AND review.decision = 'approved')
  FROM article
  JOIN outlet ON outlet.id = article.outlet
  JOIN original ON original.id = article.original
 WHERE ($1 = '' OR article.state = $1) AND ($2 = '' OR article.lang = $2) AND (article.moved_at, article.id) < ($3, $4)
 ORDER BY article.moved_at DESC, article.id DESC
 LIMIT $5`, string(state), lang, beforeMoved, beforeID, limit, int(doc.Stop), int(doc.Ask), int(doc.Comment))
}
