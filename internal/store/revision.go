package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const revisionColumns = `revision.article, revision.n, revision.by_whom, editor.name, revision.at, revision.note`

// revisionText is a revision with its document.
type revisionText struct {
	news.Revision
	doc doc.Document
}

func scanRevision(r scanner) (news.Revision, error) {
	var v news.Revision
	var by, name sql.NullString
	err := r.Scan(&v.Article, &v.N, &by, &name, &v.At, &v.Note)
	v.By, v.ByName = by.String, name.String
	return v, err
}

func scanRevisionText(r scanner) (revisionText, error) {
	var v revisionText
	var by, name sql.NullString
	var text string
	if err := r.Scan(&v.Article, &v.N, &by, &name, &v.At, &v.Note, &text); err != nil {
		return v, err
	}
	v.By, v.ByName = by.String, name.String
	var err error
	v.doc, err = parseDoc(text)
	return v, err
}

// Document returns revision n of an article; news.ErrNotFound if there is none.
func (r Reads) Document(ctx context.Context, article string, n int) (doc.Document, news.Revision, error) {
	v, err := one(ctx, r, fmt.Sprintf("revision %d of article %s", n, article), scanRevisionText, `
SELECT `+revisionColumns+`, revision.doc
  FROM revision LEFT JOIN editor ON editor.id = revision.by_whom
 WHERE revision.article = $1 AND revision.n = $2`, article, n)
	return v.doc, v.Revision, err
}

// Revisions returns an article's revisions, the machine's first.
func (r Reads) Revisions(ctx context.Context, article string) ([]news.Revision, error) {
	return all(ctx, r, "revisions of article "+article, scanRevision, `
SELECT `+revisionColumns+`
  FROM revision LEFT JOIN editor ON editor.id = revision.by_whom
 WHERE revision.article = $1
 ORDER BY revision.n`, article)
}

// SaveRevision adds the revision that follows from, with editor by (empty for the machine), and returns its number.
// If from is no longer the newest it changes nothing and returns news.ErrConflict: of two editors at once one wins, and the other keeps what is on the screen.
func (tx *Tx) SaveRevision(ctx context.Context, article string, from int, d doc.Document, by, note string, at int64) (int, error) {
	n, err := tx.exec(ctx, "save revision of article "+article, `
UPDATE article SET revision = $2 + 1, title = $3
 WHERE id = $1 AND revision = $2`, article, from, d.Title.S)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return 0, err
		}
		return 0, fmt.Errorf("article %s is at revision %d, not %d: somebody else saved first: %w", article, a.Revision, from, news.ErrConflict)
	}
	return from + 1, tx.addRevision(ctx, news.Revision{Article: article, N: from + 1, By: by, At: at, Note: note}, d)
}

func (tx *Tx) addRevision(ctx context.Context, v news.Revision, d doc.Document) error {
	text, err := formatDoc(d)
	if err != nil {
		return fmt.Errorf("revision %d of article %s: %w", v.N, v.Article, err)
	}
	_, err = tx.exec(ctx, "save revision of article "+v.Article, `
INSERT INTO revision (article, n, doc, by_whom, at, note, original)
SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS TEXT), article.original FROM article WHERE article.id = $1`,
		v.Article, v.N, text, orNull(v.By), v.At, v.Note)
	return err
}
