package store

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Host is a server we ask.
type Host struct {
	Name         string // with the port if it is not the scheme's own
	AskedAt      int64  // last request; 0: never
	PausedUntil  int64  // it asked us to wait
	Robots       string // its robots.txt as last read
	RobotsStatus int    // HTTP status of that reading; 0 if it could not be reached
	RobotsAt     int64  // 0: never
}

// Host returns what is known of a server; a new one has only its name.
func (r Reads) Host(ctx context.Context, name string) (Host, error) {
	h, err := one(ctx, r, "host "+name, func(s scanner) (h Host, err error) {
		err = s.Scan(&h.Name, &h.AskedAt, &h.PausedUntil, &h.Robots, &h.RobotsStatus, &h.RobotsAt)
		return h, err
	}, `SELECT name, asked_at, paused_until, robots, robots_status, robots_at FROM host WHERE name = $1`, name)
	if errors.Is(err, news.ErrNotFound) {
		return Host{Name: name}, nil
	}
	return h, err
}

// SaveHost writes what is known of a server.
func (tx *Tx) SaveHost(ctx context.Context, h Host) error {
	_, err := tx.exec(ctx, "save host "+h.Name, `
INSERT INTO host (name, asked_at, paused_until, robots, robots_status, robots_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name) DO UPDATE
   SET asked_at = excluded.asked_at, paused_until = excluded.paused_until,
       robots = excluded.robots, robots_status = excluded.robots_status, robots_at = excluded.robots_at`,
		h.Name, h.AskedAt, h.PausedUntil, h.Robots, h.RobotsStatus, h.RobotsAt)
	return err
}
