package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

const termsColumns = `terms.id, terms.outlet, terms.from_at, terms.basis, terms.licence, terms.translate, terms.by_machine, terms.full_text, terms.excerpt, terms.images, terms.credit, terms.proof, terms.by_whom`

func scanTerms(r scanner) (news.Terms, error) {
	var t news.Terms
	err := r.Scan(&t.ID, &t.Outlet, &t.FromAt, &t.Basis, &t.Licence, &t.Translate, &t.ByMachine, &t.FullText, &t.Excerpt, &t.Images, &t.Credit, &t.Proof, &t.By)
	return t, err
}

// Terms returns what the outlet allows now: its newest row.
func (r Reads) Terms(ctx context.Context, outlet string) (news.Terms, error) {
	return one(ctx, r, "terms of outlet "+outlet, scanTerms, `
SELECT `+termsColumns+` FROM terms WHERE outlet = $1 ORDER BY from_at DESC, id DESC LIMIT 1`, outlet)
}

// TermsHistory returns all the outlet ever allowed, the newest first.
func (r Reads) TermsHistory(ctx context.Context, outlet string) ([]news.Terms, error) {
	return all(ctx, r, "terms of outlet "+outlet, scanTerms, `
SELECT `+termsColumns+` FROM terms WHERE outlet = $1 ORDER BY from_at DESC, id DESC`, outlet)
}

// AddTerms writes a row that supersedes those before it.
func (tx *Tx) AddTerms(ctx context.Context, t news.Terms) error {
	_, err := tx.exec(ctx, "add terms of outlet "+t.Outlet, `
INSERT INTO terms (id, outlet, from_at, basis, licence, translate, by_machine, full_text, excerpt, images, credit, proof, by_whom)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		t.ID, t.Outlet, t.FromAt, t.Basis, t.Licence, t.Translate, t.ByMachine, t.FullText, t.Excerpt, t.Images, t.Credit, t.Proof, t.By)
	if err != nil || rights.Decide(t.Facts(), rights.Signals{}) != rights.Full {
		return err
	}
	// what the outlet now lets readers see may be the first of a speaker
	seen, err := all(ctx, tx.Reads, "speakers of outlet "+t.Outlet, scanString, `SELECT DISTINCT speaker FROM statement_public WHERE outlet = $1 AND speaker <> ''`, t.Outlet)
	tx.shown = append(tx.shown, seen...)
	return err
}
