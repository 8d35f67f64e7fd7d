package store

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// Setting returns what the editors chose; empty if they have not.
func (r Reads) Setting(ctx context.Context, key string) (string, error) {
	v, err := one(ctx, r, "setting "+key, scanString, `SELECT value FROM setting WHERE key = $1`, key)
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return v, err
}

// Settings returns all that the editors chose.
func (r Reads) Settings(ctx context.Context) (map[string]string, error) {
	type pair struct{ key, value string }
	rows, err := all(ctx, r, "settings", func(s scanner) (p pair, err error) {
		err = s.Scan(&p.key, &p.value)
		return p, err
	}, `SELECT key, value FROM setting`)
	settings := map[string]string{}
	for _, p := range rows {
		settings[p.key] = p.value
	}
	return settings, err
}

// PutSetting keeps a choice; an empty value takes it back.
func (tx *Tx) PutSetting(ctx context.Context, key, value string) error {
	if value == "" {
		_, err := tx.exec(ctx, "clear setting "+key, `DELETE FROM setting WHERE key = $1`, key)
		return err
	}
	_, err := tx.exec(ctx, "put setting "+key, `
INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
