package newsroom_test

import (
	"context"
	"database/sql"
)

func (b *bench) Link(_ context.Context, _ *sql.Tx, original string) error {
	return b.add("link "+original, func() error { return b.LinkStatements(b.t.Context(), original) }) // whoever queued it may be gone
}

func (nothing) Link(context.Context, *sql.Tx, string) error { return nil }
