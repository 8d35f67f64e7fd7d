package jobs_test

import (
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A job that gives up says so where an editor looks: of a page that was asked for again beside its article, and of one that was to become an
// article on its item.
func TestJobsThatGiveUpSaySo(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.start(t)
		o := h.follow(t, "fr")
		h.idle(t)
		item := h.items(t, o)[0]
		h.outlet.Status("flood", 403)
		if err := h.room.FetchAgain(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		var f store.Failure
		for range 100 {
			var err error
			if f, err = s.Failure(t.Context(), item.ID); err == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if now := h.items(t, o)[0]; f.Outcome != "forbidden" || now.State != "taken" {
			t.Errorf("%+v, item %+v", f, now)
		}

		if err := s.Tx(t.Context(), func(tx *store.Tx) error {
			if err := tx.AddRule(t.Context(), store.Rule{Outlet: o.ID, N: 1, Text: "bodi article"}); err != nil {
				return err
			}
			if err := tx.MoveItem(t.Context(), item.ID, "new", ""); err != nil {
				return err
			}
			return h.jobs.Reread(t.Context(), tx.SQL(), item.ID)
		}); err != nil {
			t.Fatal(err)
		}
		now := h.items(t, o)[0]
		for range 100 {
			if now = h.items(t, o)[0]; now.State != "new" {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if now.State != "failed" || now.Why == "" {
			t.Errorf("%+v", now)
		}
	})
}
