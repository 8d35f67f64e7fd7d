package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const articleColumns = `article.id, article.item, article.original, article.outlet, article.lang, article.state, article.slug, article.title,
	article.revision, article.public, article.terms, article.published_at, article.changed_at, article.moved_at, article.created_at`

func scanArticle(r scanner) (news.Article, error) {
	var a news.Article
	slug, terms, dest := articleDest(&a)
	err := r.Scan(dest...)
	a.Slug, a.Terms = slug.String, terms.String
	return a, err
}

// articleDest is where the columns of an article go; the two that may be null are for the caller to copy.
func articleDest(a *news.Article) (slug, terms *sql.NullString, dest []any) {
	slug, terms = new(sql.NullString), new(sql.NullString)
	return slug, terms, []any{
		&a.ID, &a.Item, &a.Original, &a.Outlet, &a.Lang, &a.State, slug, &a.Title,
		&a.Revision, &a.Public, terms, &a.PublishedAt, &a.ChangedAt, &a.MovedAt, &a.CreatedAt,
	}
}

// Article returns the article; news.ErrNotFound if there is none.
func (r Reads) Article(ctx context.Context, id string) (news.Article, error) {
	return one(ctx, r, "article "+id, scanArticle, `SELECT `+articleColumns+` FROM article WHERE id = $1`, id)
}

// ArticleIn returns an item's article in a language; news.ErrNotFound if there is none.
func (r Reads) ArticleIn(ctx context.Context, item, lang string) (news.Article, error) {
	return one(ctx, r, "article of item "+item+" in "+lang, scanArticle, `SELECT `+articleColumns+` FROM article WHERE item = $1 AND lang = $2`, item, lang)
}

// ArticlesOf returns an item's articles by language: translations of each other.
func (r Reads) ArticlesOf(ctx context.Context, item string) ([]news.Article, error) {
	return all(ctx, r, "articles of item "+item, scanArticle, `SELECT `+articleColumns+` FROM article WHERE item = $1 ORDER BY lang`, item)
}

// ArticlesOfOutlet returns an outlet's articles that readers see.
func (r Reads) ArticlesOfOutlet(ctx context.Context, outlet string) ([]news.Article, error) {
	return all(ctx, r, "articles of outlet "+outlet, scanArticle, `
SELECT `+articleColumns+` FROM article WHERE outlet = $1 AND state IN ($2, $3) ORDER BY published_at, id`, outlet, string(news.Published), string(news.Corrected))
}

// Articles returns up to limit articles, those moved last first, in a state and a language or, where these are empty, in any,
// from the place after (beforeMoved, beforeID); pass math.MaxInt64 and "" for the beginning.
func (r Reads) Articles(ctx context.Context, state news.State, lang string, beforeMoved int64, beforeID string, limit int) ([]news.Article, error) {
	return all(ctx, r, "articles", scanArticle, `
SELECT `+articleColumns+`
  FROM article
 WHERE ($1 = '' OR state = $1) AND ($2 = '' OR lang = $2) AND (moved_at, id) < ($3, $4)
 ORDER BY moved_at DESC, id DESC
 LIMIT $5`, string(state), lang, beforeMoved, beforeID, limit)
}

// ArticlesBetween returns up to limit articles that are translations from one bare language into another, or into any if that is empty, by
// their identifiers, those after id. Killed ones are left out.
func (r Reads) ArticlesBetween(ctx context.Context, from, to, id string, limit int) ([]news.Article, error) {
	return all(ctx, r, "articles from "+from+" into "+to, scanArticle, `
SELECT `+articleColumns+`
  FROM article
 WHERE id > $1 AND state <> 'killed' AND ($2 = '' OR lang = $2 OR lang LIKE $2 || '-%')
   AND EXISTS (SELECT 1 FROM original WHERE original.id = article.original AND (original.lang = $3 OR original.lang LIKE $3 || '-%'))
 ORDER BY id
 LIMIT $4`, id, to, from, limit)
}

// Counts returns how many articles are in each state, in a language or, if it is empty, in all.
func (r Reads) Counts(ctx context.Context, lang string) (map[news.State]int, error) {
	type count struct {
		state news.State
		n     int
	}
	rows, err := all(ctx, r, "article counts", func(s scanner) (c count, err error) {
		err = s.Scan(&c.state, &c.n)
		return c, err
	}, `SELECT state, COUNT(*) FROM article WHERE ($1 = '' OR lang = $1) GROUP BY state`, lang)
	counts := map[news.State]int{}
	for _, c := range rows {
		counts[c.state] = c.n
	}
	return counts, err
}

// A Draft is what a translator made of an original.
type Draft struct {
	Doc      doc.Document
	Engines  []Engine  // those that segments name; without identifiers
	Segments []Segment // in reading order; Engine is an index into Engines plus one, as text, or empty; Article, N, Key and Final are set by SaveDraft
	Flags    []StoredFlag
}

const insertArticle = `
INSERT INTO article (id, item, original, outlet, lang, state, slug, title, revision, public, terms, published_at, changed_at, moved_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 1, 0, NULL, 0, 0, $8, $8)
ON CONFLICT (item, lang) DO NOTHING`

// SaveDraft puts the first revision of an original's article in d.Doc.Lang before the editors and returns the article.
// If the item has one in that language, that one is returned as it is: drafting twice leaves one article.
func (tx *Tx) SaveDraft(ctx context.Context, original string, d Draft, now int64) (news.Article, error) {
	_, o, err := tx.Original(ctx, original)
	if err != nil {
		return news.Article{}, err
	}
	item, err := tx.Item(ctx, o.Item)
	if err != nil {
		return news.Article{}, err
	}
	a := news.Article{
		ID: NewID(), Item: item.ID, Original: o.ID, Outlet: item.Outlet, Lang: d.Doc.Lang, State: news.InReview,
		Title: d.Doc.Title.S, Revision: 1, MovedAt: now, CreatedAt: now,
	}
	n, err := tx.exec(ctx, "save draft of "+original, insertArticle, a.ID, a.Item, a.Original, a.Outlet, a.Lang, string(a.State), a.Title, now)
	if err != nil {
		return news.Article{}, err
	}
	if n == 0 {
		return tx.ArticleIn(ctx, item.ID, a.Lang)
	}
	if err := tx.addRevision(ctx, news.Revision{Article: a.ID, N: 1, At: now}, d.Doc); err != nil {
		return news.Article{}, err
	}
	if err := tx.saveSegments(ctx, a.ID, d, now); err != nil {
		return news.Article{}, err
	}
	return a, tx.ReplaceFlags(ctx, a.ID, 1, d.Flags)
}

// MoveArticle takes the article from one state to another.
// It returns news.ErrConflict if the move is not allowed or the article was no longer in from.
func (tx *Tx) MoveArticle(ctx context.Context, id string, from, to news.State, at int64) error {
	if err := from.Move(to); err != nil {
		return fmt.Errorf("article %s: %w", id, err)
	}
	n, err := tx.exec(ctx, "move article "+id, `
UPDATE article
   SET state = $3, moved_at = $4
 WHERE id = $1 AND state = $2`, id, string(from), string(to), at)
	if err == nil && n == 0 {
		return fmt.Errorf("article %s is not %s: %w", id, from, news.ErrConflict)
	}
	if err == nil && from.Public() != to.Public() {
		err = tx.ReindexArticle(ctx, id)
	}
	return err
}

// ShowRevision makes a revision the one that readers see, under these terms. The first time sets when the article was published;
// later ones, if changed says so, when it was last corrected. Zero for n hides the article.
func (tx *Tx) ShowRevision(ctx context.Context, id string, n int, terms string, at int64, changed bool) error {
	if err := tx.change(ctx, "show article "+id, `
UPDATE article
   SET public = $2,
       terms = $3,
       published_at = CASE WHEN published_at = 0 AND $6 THEN $4 ELSE published_at END,
       changed_at = CASE WHEN $5 THEN $4 ELSE changed_at END
 WHERE id = $1`, id, n, orNull(terms), at, changed, n > 0); err != nil {
		return err
	}
	return tx.ReindexArticle(ctx, id)
}

// SetSlug gives the article the last part of its address. One that another article in the language has is news.ErrConflict.
func (tx *Tx) SetSlug(ctx context.Context, id, slug string) error {
	n, err := tx.exec(ctx, "set address of article "+id, `
UPDATE article SET slug = $2
 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM article other WHERE other.lang = article.lang AND other.slug = $2 AND other.id <> $1)`, id, slug)
	if err == nil && n == 0 {
		return fmt.Errorf("address %q is taken: %w", slug, news.ErrConflict)
	}
	return taken(err, fmt.Sprintf("address %q is taken", slug))
}

// SlugFree reports whether no article in the language has the address.
func (r Reads) SlugFree(ctx context.Context, lang, slug string) (bool, error) {
	n, err := one(ctx, r, "address "+slug, scanInt, `SELECT COUNT(*) FROM article WHERE lang = $1 AND slug = $2`, lang, slug)
	return n == 0, err
}

// SetOriginal notes the reading that the article's newest revision is a translation of.
func (tx *Tx) SetOriginal(ctx context.Context, id, original string) error {
	what := "set original of article " + id
	if err := tx.change(ctx, what, `UPDATE article SET original = $2 WHERE id = $1`, id, original); err != nil {
		return err
	}
	return tx.change(ctx, what, `UPDATE revision SET original = $2 WHERE article = $1 AND n = (SELECT revision FROM article WHERE id = $1)`, id, original)
}
