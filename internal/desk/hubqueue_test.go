package desk

import (
	"context"
	"database/sql"
)

func (q *queue) TendHub(context.Context, *sql.Tx, string) error { return nil }
func (q *queue) Pushed(context.Context, *sql.Tx, string) error  { return nil }
