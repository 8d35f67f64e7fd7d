package newsroom_test

import (
	"context"
	"database/sql"
)

func (b *bench) Link(ctx context.Context, _ *sql.Tx, original string) error {
	return b.add("link "+original, func() error { return b.LinkStatements(ctx, original) })
}

func (nothing) Link(context.Context, *sql.Tx, string) error { return nil }
