package newsroom

import (
	"context"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Hosts keeps for fetch what servers told us, in the store.
type Hosts struct{ Store *store.Store }

// Host returns what is known of a server.
func (h Hosts) Host(ctx context.Context, name string) (fetch.Host, error) {
	k, err := h.Store.Host(ctx, name)
	return fetch.Host{Name: name, PausedUntil: timeOf(k.PausedUntil), Robots: k.Robots, RobotsStatus: k.RobotsStatus, RobotsAt: timeOf(k.RobotsAt)}, err
}

// SaveHost keeps it.
func (h Hosts) SaveHost(ctx context.Context, k fetch.Host) error {
	return h.Store.Tx(ctx, func(tx *store.Tx) error {
		return tx.SaveHost(ctx, store.Host{Name: k.Name, PausedUntil: millis(k.PausedUntil), Robots: k.Robots, RobotsStatus: k.RobotsStatus, RobotsAt: millis(k.RobotsAt)})
	})
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
