package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Term is a row of the glossary, or a name, as the editors settled it.
type Term struct {
	ID string
	term.Row
	By        string // who changed it last, by name
	ChangedAt int64
}

// A TermPair is two languages that the glossary has something for.
type TermPair struct {
	From, To string // To is empty for every language
	Count    int
}

// A TermQuery asks for a part of the glossary. Empty fields ask for all.
type TermQuery struct {
	From, To string
	EveryTo  bool   // only rows for every language; To is empty then
	Words    string // anywhere in its words, whatever their case
	After    Term   // only ID and Source count: the row after which to go on
	Limit    int
}

const termColumns = `id, kind, source_lang, target_lang, source, target, rule, source_forms, target_forms, capitals, home, note, by_whom, changed_at`

func scanTerm(r scanner) (Term, error) {
	var t Term
	var sourceForms, targetForms string
	err := r.Scan(&t.ID, &t.Kind, &t.From, &t.To, &t.Source, &t.Target, &t.Rule, &sourceForms, &targetForms, &t.Case, &t.Home, &t.Note, &t.By, &t.ChangedAt)
	t.SourceForms, t.TargetForms = parted(sourceForms), parted(targetForms)
	return t, err
}

// parted reads a list that is kept in one column; nil for an empty one.
func parted(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// folded is a term in small letters, by which the glossary is ordered and searched.
func folded(s string) string { return strings.ToLower(s) }

// likeEscape makes words stand for themselves in a LIKE pattern.
var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Term returns a row of the glossary.
func (r Reads) Term(ctx context.Context, id string) (Term, error) {
	return one(ctx, r, "term "+id, scanTerm, `SELECT `+termColumns+` FROM term WHERE id = $1`, id)
}

// FindTerms returns up to q.Limit rows of the glossary, by their words in small letters.
func (r Reads) FindTerms(ctx context.Context, q TermQuery) ([]Term, error) {
	pattern := ""
	if q.Words != "" {
		pattern = "%" + likeEscape.Replace(folded(q.Words)) + "%"
	}
	return all(ctx, r, "the glossary", scanTerm, `
SELECT `+termColumns+`
  FROM term
 WHERE ($1 = '' OR source_lang = $1)
   AND ($2 = '' OR target_lang = $2)
   AND (NOT $3 OR target_lang = '')
   AND ($4 = '' OR sought LIKE $4 ESCAPE '\')
   AND ($6 = '' OR (folded, id) > ($5, $6))
 ORDER BY folded, id
 LIMIT $7`, q.From, q.To, q.EveryTo, pattern, folded(q.After.Source), q.After.ID, q.Limit)
}

// TermsInto returns the rows of the glossary for translations from a bare language into one, in any country or in every language, by
// their words.
func (r Reads) TermsInto(ctx context.Context, from, to string) ([]Term, error) {
	return all(ctx, r, "the glossary", scanTerm, `
SELECT `+termColumns+`
  FROM term
 WHERE source_lang = $1 AND (target_lang = '' OR target_lang = $2 OR target_lang LIKE $3 ESCAPE '\')
 ORDER BY folded, id`, from, to, likeEscape.Replace(to)+"-%")
}

// TermPairs returns the pairs of languages in the glossary and how many rows each has, by their tags.
func (r Reads) TermPairs(ctx context.Context) ([]TermPair, error) {
	return all(ctx, r, "the glossary's languages", func(s scanner) (p TermPair, err error) {
		err = s.Scan(&p.From, &p.To, &p.Count)
		return p, err
	}, `SELECT source_lang, target_lang, COUNT(*) FROM term GROUP BY source_lang, target_lang ORDER BY source_lang, target_lang`)
}

// SaveTerm adds a row to the glossary, or changes the one that has its identifier. If another says the same of the same words already,
// it is news.ErrConflict.
func (tx *Tx) SaveTerm(ctx context.Context, t Term) error {
	other, err := tx.sameTerm(ctx, t)
	if err != nil {
		return err
	}
	if other != "" && other != t.ID {
		return fmt.Errorf("“%s” stands in the glossary with the same translation: change that one: %w", t.Source, news.ErrConflict)
	}
	sought := folded(strings.Join(append(append([]string{t.Source, t.Target, t.Note}, t.SourceForms...), t.TargetForms...), "\n"))
	_, err = tx.exec(ctx, "save term "+t.Source, `
INSERT INTO term (`+termColumns+`, folded, sought)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, source_lang = excluded.source_lang, target_lang = excluded.target_lang, source = excluded.source,
  target = excluded.target, rule = excluded.rule, source_forms = excluded.source_forms, target_forms = excluded.target_forms, capitals = excluded.capitals,
  home = excluded.home, note = excluded.note, by_whom = excluded.by_whom, changed_at = excluded.changed_at, folded = excluded.folded, sought = excluded.sought`,
		t.ID, string(t.Kind), string(t.From), string(t.To), t.Source, t.Target, string(t.Rule), strings.Join(t.SourceForms, "|"), strings.Join(t.TargetForms, "|"),
		t.Case, string(t.Home), t.Note, t.By, t.ChangedAt, folded(t.Source), sought)
	return err
}

// MergeTerm saves a row as SaveTerm does, in the place of the one that says the same of the same words, if there is one.
// It reports whether the row is new.
func (tx *Tx) MergeTerm(ctx context.Context, t Term) (added bool, err error) {
	other, err := tx.sameTerm(ctx, t)
	if err != nil {
		return false, err
	}
	if other != "" {
		t.ID = other
	}
	return other == "", tx.SaveTerm(ctx, t)
}

// sameTerm returns the row that says of t's words what t says; empty for none.
func (tx *Tx) sameTerm(ctx context.Context, t Term) (string, error) {
	id, err := one(ctx, tx.Reads, "term "+t.Source, scanString, `
SELECT id FROM term WHERE source_lang = $1 AND target_lang = $2 AND source = $3 AND target = $4`, string(t.From), string(t.To), t.Source, t.Target)
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// RemoveTerm takes a row out of the glossary.
func (tx *Tx) RemoveTerm(ctx context.Context, id string) error {
	return tx.change(ctx, "remove term "+id, `DELETE FROM term WHERE id = $1`, id)
}

// NameTerms returns the rows of the glossary that are names of people and bodies, by their languages and words.
func (r Reads) NameTerms(ctx context.Context) ([]Term, error) {
	return all(ctx, r, "names of the glossary", scanTerm, `
SELECT `+termColumns+` FROM term WHERE kind IN ('person', 'body') ORDER BY source_lang, folded, target_lang, id LIMIT 20000`)
}
