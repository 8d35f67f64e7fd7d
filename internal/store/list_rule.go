package store

import "context"

func scanText(r scanner) (string, error) {
	var s string
	err := r.Scan(&s)
	return s, err
}

// ListRule returns the CSS selector of the links of a feed of kind "list"; news.ErrNotFound if it has none.
func (r Reads) ListRule(ctx context.Context, feed string) (string, error) {
	return one(ctx, r, "list rule of feed "+feed, scanText, `SELECT links FROM list_rule WHERE feed = $1`, feed)
}

// SaveListRule says where the links of a feed of kind "list" are.
func (tx *Tx) SaveListRule(ctx context.Context, feed, links string) error {
	_, err := tx.exec(ctx, "save list rule of feed "+feed, `
INSERT INTO list_rule (feed, links)
VALUES ($1, $2)
ON CONFLICT (feed) DO UPDATE
   SET links = excluded.links`, feed, links)
	return err
}
