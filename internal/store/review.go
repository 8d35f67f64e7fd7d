package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const reviewColumns = `review.id, review.article, review.revision, review.by_whom, editor.name, review.at, review.decision, review.note, review.seen, review.changed`

func scanReview(r scanner) (news.Review, error) {
	var v news.Review
	err := r.Scan(&v.ID, &v.Article, &v.Revision, &v.By, &v.ByName, &v.At, &v.Decision, &v.Note, &v.Seen, &v.Changed)
	return v, err
}

// Reviews returns the decisions about an article, the newest first.
func (r Reads) Reviews(ctx context.Context, article string) ([]news.Review, error) {
	return all(ctx, r, "reviews of article "+article, scanReview, `
SELECT `+reviewColumns+`
  FROM review JOIN editor ON editor.id = review.by_whom
 WHERE review.article = $1
 ORDER BY review.at DESC, review.id DESC`, article)
}

// ReviewOf returns the newest decision about a revision; news.ErrNotFound if nobody has decided.
func (r Reads) ReviewOf(ctx context.Context, article string, revision int) (news.Review, error) {
	return one(ctx, r, "review of article "+article, scanReview, `
SELECT `+reviewColumns+`
  FROM review JOIN editor ON editor.id = review.by_whom
 WHERE review.article = $1 AND review.revision = $2
 ORDER BY review.at DESC, review.id DESC
 LIMIT 1`, article, revision)
}

// AddReview records a decision.
func (tx *Tx) AddReview(ctx context.Context, v news.Review) error {
	_, err := tx.exec(ctx, "add review of article "+v.Article, `
INSERT INTO review (id, article, revision, by_whom, at, decision, note, seen, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.Article, v.Revision, v.By, v.At, v.Decision, v.Note, v.Seen, v.Changed)
	return err
}

const eventColumns = `event.id, event.article, event.revision, event.what, event.at, event.by_whom, event.why`

func scanEvent(r scanner) (news.Event, error) {
	var e news.Event
	err := r.Scan(&e.ID, &e.Article, &e.Revision, &e.What, &e.At, &e.By, &e.Why)
	return e, err
}

// Events returns what became public of an article or ceased to be, the oldest first.
func (r Reads) Events(ctx context.Context, article string) ([]news.Event, error) {
	return all(ctx, r, "events of article "+article, scanEvent, `SELECT `+eventColumns+` FROM event WHERE article = $1 ORDER BY at, id`, article)
}

// AddEvent records that an article became public or ceased to be. Events are never changed.
func (tx *Tx) AddEvent(ctx context.Context, e news.Event) error {
	_, err := tx.exec(ctx, "add event of article "+e.Article, `
INSERT INTO event (id, article, revision, what, at, by_whom, why) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		e.ID, e.Article, e.Revision, e.What, e.At, e.By, e.Why)
	return err
}
