package store

import (
	"context"
	"database/sql"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A StoredFlag is a doubt about a place in a revision, and what an editor thought of it.
type StoredFlag struct {
	ID       string
	Article  string
	Revision int
	doc.Flag
	Origin          string // who had the doubt: "check", "translate" or "newsroom"
	Texts           string // hash of the rule and both texts: a dismissal holds as long as these stay
	DismissedBy     string // editor's identifier; empty if nobody has
	DismissedByName string
	DismissedAt     int64
	Why             string // of the dismissal
}

const flagColumns = `flag.id, flag.article, flag.revision, flag.rule, flag.severity, flag.block, flag.span_start, flag.span_end,
	flag.source_start, flag.source_end, flag.message, flag.suggestion, flag.origin, flag.texts, flag.dismissed_by, editor.name, flag.dismissed_at, flag.why`

func scanFlag(r scanner) (StoredFlag, error) {
	var f StoredFlag
	var by, name sql.NullString
	err := r.Scan(&f.ID, &f.Article, &f.Revision, &f.Rule, &f.Severity, &f.Block, &f.Start, &f.End,
		&f.SourceStart, &f.SourceEnd, &f.Message, &f.Suggestion, &f.Origin, &f.Texts, &by, &name, &f.DismissedAt, &f.Why)
	f.DismissedBy, f.DismissedByName = by.String, name.String
	return f, err
}

// Flags returns the doubts about a revision in the order they were found.
func (r Reads) Flags(ctx context.Context, article string, revision int) ([]StoredFlag, error) {
	return all(ctx, r, "flags of article "+article, scanFlag, `
SELECT `+flagColumns+`
  FROM flag LEFT JOIN editor ON editor.id = flag.dismissed_by
 WHERE flag.article = $1 AND flag.revision = $2
 ORDER BY flag.n`, article, revision)
}

// Flag returns a doubt; news.ErrNotFound if there is none.
func (r Reads) Flag(ctx context.Context, id string) (StoredFlag, error) {
	return one(ctx, r, "flag "+id, scanFlag, `
SELECT `+flagColumns+` FROM flag LEFT JOIN editor ON editor.id = flag.dismissed_by WHERE flag.id = $1`, id)
}

// OpenStops returns how many stop flags of a revision nobody has dismissed: publication waits for them.
func (r Reads) OpenStops(ctx context.Context, article string, revision int) (int, error) {
	n, err := one(ctx, r, "stop flags of article "+article, scanInt, `
SELECT COUNT(*) FROM flag WHERE article = $1 AND revision = $2 AND severity = $3 AND dismissed_by IS NULL`, article, revision, int(doc.Stop))
	return int(n), err
}

// ReplaceFlags writes the doubts about a revision, in place of those it had. What an editor dismissed in an earlier
// revision stays dismissed where rule and both texts are the same.
func (tx *Tx) ReplaceFlags(ctx context.Context, article string, revision int, flags []StoredFlag) error {
	type dismissal struct {
		texts, by, why string
		at             int64
	}
	old, err := all(ctx, tx.Reads, "dismissals of article "+article, func(s scanner) (d dismissal, err error) {
		err = s.Scan(&d.texts, &d.by, &d.why, &d.at)
		return d, err
	}, `SELECT texts, dismissed_by, why, dismissed_at FROM flag WHERE article = $1 AND dismissed_by IS NOT NULL AND texts <> '' ORDER BY dismissed_at`, article)
	if err != nil {
		return err
	}
	byTexts := map[string]dismissal{}
	for _, d := range old {
		byTexts[d.texts] = d
	}
	if _, err := tx.exec(ctx, "replace flags of article "+article, `DELETE FROM flag WHERE article = $1 AND revision = $2`, article, revision); err != nil {
		return err
	}
	for n, f := range flags {
		d := byTexts[f.Texts]
		if f.Texts == "" {
			d = dismissal{}
		}
		f.DismissedBy, f.DismissedAt, f.Why = d.by, d.at, d.why
		if err := tx.insertFlag(ctx, article, revision, n, f); err != nil {
			return err
		}
	}
	return nil
}

// AddFlag adds a doubt about a revision after those it has.
func (tx *Tx) AddFlag(ctx context.Context, article string, revision int, f StoredFlag) error {
	n, err := one(ctx, tx.Reads, "flags of article "+article, scanInt, `SELECT COALESCE(MAX(n), -1) + 1 FROM flag WHERE article = $1 AND revision = $2`, article, revision)
	if err != nil {
		return err
	}
	return tx.insertFlag(ctx, article, revision, int(n), f)
}

func (tx *Tx) insertFlag(ctx context.Context, article string, revision, n int, f StoredFlag) error {
	_, err := tx.exec(ctx, "save flag of article "+article, `
INSERT INTO flag (id, article, revision, n, rule, severity, block, span_start, span_end, source_start, source_end,
	message, suggestion, origin, texts, dismissed_by, dismissed_at, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		NewID(), article, revision, n, f.Rule, int(f.Severity), f.Block, f.Start, f.End, f.SourceStart, f.SourceEnd,
		f.Message, f.Suggestion, f.Origin, f.Texts, orNull(f.DismissedBy), f.DismissedAt, f.Why)
	return err
}

// DismissFlag records that an editor looked and found nothing wrong, and why.
func (tx *Tx) DismissFlag(ctx context.Context, id, editor, why string, at int64) error {
	return tx.change(ctx, "dismiss flag "+id, `
UPDATE flag SET dismissed_by = $2, dismissed_at = $3, why = $4 WHERE id = $1`, id, orNull(editor), at, why)
}
