package newsroom_test

import (
	"context"
	"database/sql"
)

func (b *bench) TendHub(ctx context.Context, _ *sql.Tx, id string) error {
	return b.add("tend hub "+id, func() error { return b.Room.TendHub(ctx, id) })
}

func (b *bench) Pushed(ctx context.Context, _ *sql.Tx, id string) error {
	return b.add("pushed "+id, func() error { return b.Room.Pushed(ctx, id) })
}

func (nothing) TendHub(context.Context, *sql.Tx, string) error { return nil }
func (nothing) Pushed(context.Context, *sql.Tx, string) error  { return nil }
