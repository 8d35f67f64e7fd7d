package store_test

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestHubSubscriptions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		n := furnish(t, s)
		_, err := s.HubOf(ctx, n.feed.ID)
		is(t, err, news.ErrNotFound)
		h := store.HubSubscription{
			ID: store.NewID(), Feed: n.feed.ID, Hub: "https://hub.example/", Topic: n.feed.URL, Base: "https://news.example", Callback: "c1", Secret: "s",
			State: store.HubWanted, Why: "why", AskedAt: 1, VerifiedAt: 2, LeaseUntil: 3, NextAt: 40, Fails: 5, PushedAt: 6, Pushes: 7, Refused: 8, Proofs: 9, Misses: 10, CreatedAt: 11,
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveHub(ctx, h) })
		equal(t, must(s.HubSubscription(ctx, h.ID))(t), h)
		equal(t, must(s.HubByCallback(ctx, "c1"))(t), h)
		equal(t, must(s.HubOf(ctx, n.feed.ID))(t), h)
		equal(t, must(s.DueHubs(ctx, 39, 9))(t), []store.HubSubscription(nil))
		equal(t, must(s.DueHubs(ctx, 40, 9))(t), []store.HubSubscription{h})
		other := h
		other.ID, other.Feed = store.NewID(), "another"
		is(t, s.Tx(ctx, func(tx *store.Tx) error { return tx.SaveHub(ctx, other) }), news.ErrConflict)

		// A request that ends late does not undo what was delivered meanwhile.
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.CountPush(ctx, h.ID, true, 50); err != nil {
				return err
			}
			if err := tx.CountPush(ctx, h.ID, false, 51); err != nil {
				return err
			}
			h.State, h.Why, h.NextAt = store.HubActive, "", 60
			return tx.SaveHub(ctx, h)
		})
		h.PushedAt, h.Pushes, h.Refused = 50, 8, 9
		equal(t, must(s.HubSubscription(ctx, h.ID))(t), h)

		first := store.HubDelivery{ID: store.NewID(), Subscription: h.ID, At: 1, Type: "text/xml", Body: []byte("<rss>\x00\xff")}
		second := store.HubDelivery{ID: store.NewID(), Subscription: h.ID, At: 2}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.AddDelivery(ctx, first); err != nil {
				return err
			}
			return tx.AddDelivery(ctx, second)
		})
		equal(t, must(s.Deliveries(ctx, h.ID))(t), 2)
		equal(t, must(s.Delivered(ctx, 9))(t), []string{h.ID})
		equal(t, must(s.NextDelivery(ctx, h.ID))(t), first)
		for range 2 { // two workers at once
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveDelivery(ctx, first.ID) })
		}
		third := store.HubDelivery{ID: store.NewID(), Subscription: h.ID, At: 3, Body: []byte("third")}
		if err := third.Pack(); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddDelivery(ctx, third) })
		if got := must(s.NextDelivery(ctx, h.ID))(t); got.ID != second.ID || len(got.Body) != 0 {
			t.Errorf("%+v", got)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveOldestDelivery(ctx, h.ID) })
		if got := must(s.NextDelivery(ctx, h.ID))(t); got.ID != third.ID || string(got.Body) != "third" {
			t.Errorf("%+v", got)
		}
		for range 2 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveOldestDelivery(ctx, h.ID) })
		}
		_, err = s.NextDelivery(ctx, h.ID)
		is(t, err, news.ErrNotFound)

		// The end: the hub is told, a delivery is known for what it is, and then nothing is left.
		asked := store.HubSubscription{ID: store.NewID(), Feed: n.feed.ID, Callback: "c2", State: store.HubOff, CreatedAt: 12}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveHub(ctx, asked); err != nil {
				return err
			}
			return tx.RemoveFeed(ctx, n.feed.ID)
		})
		_, err = s.HubOf(ctx, n.feed.ID)
		is(t, err, news.ErrNotFound)
		if got := must(s.HubByCallback(ctx, "c1"))(t); got.State != store.HubEnding || got.NextAt != 1 {
			t.Errorf("%+v", got)
		}
		if got := must(s.HubByCallback(ctx, "c2"))(t); got.State != store.HubEnded {
			t.Errorf("the hub was never asked: %+v", got)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveHub(ctx, h.ID) })
		_, err = s.HubByCallback(ctx, "c1")
		is(t, err, news.ErrNotFound)
		equal(t, must(s.Delivered(ctx, 9))(t), []string(nil))
	})
}
