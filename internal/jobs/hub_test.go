package jobs_test

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A delivery that cannot be read is left aside when its job is given up, and its feed is looked at.
func TestADeliveryThatCannotBeReadIsGivenUp(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := h.follow(t)
		feeds, err := s.Feeds(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		hub := store.HubSubscription{ID: store.NewID(), Feed: feeds[0].ID, Hub: "https://hub.example/", Topic: feeds[0].URL, Callback: "c", Secret: "s", State: store.HubActive}
		delivery := store.HubDelivery{ID: store.NewID(), Subscription: hub.ID, At: 1, Body: []byte("x")}
		err = s.Tx(t.Context(), func(tx *store.Tx) error {
			for _, do := range []func(ctx context.Context) error{
				func(ctx context.Context) error { return tx.SaveHub(ctx, hub) },
				func(ctx context.Context) error { return tx.AddDelivery(ctx, delivery) },
				func(ctx context.Context) error { return h.jobs.Pushed(ctx, tx.SQL(), hub.ID) },
			} {
				if err := do(t.Context()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.DB().ExecContext(t.Context(), `UPDATE river_job SET max_attempts = 1 WHERE kind = 'pushed'`)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.DB().ExecContext(t.Context(), `UPDATE hub_delivery SET body = $1`, []byte("torn")); err != nil {
			t.Fatal(err)
		}
		h.start(t)
		h.idle(t)
		n, err := s.Deliveries(t.Context(), hub.ID)
		if err != nil || n != 0 {
			t.Errorf("%d deliveries wait, %v", n, err)
		}
		f, err := s.Feed(t.Context(), feeds[0].ID)
		if word, _ := newsroom.Why(f.NextWhy); err != nil || word != "hinted" {
			t.Errorf("%+v %v", f, err)
		}
	})
}
