package jobs_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// Pages are read again in parts, with room for other work between them; nobody is asked for anything.
func TestKeptPagesAreReadAgainInTheBackground(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		const pages = 25 // more than a part
		for i := range pages {
			h.outlet.Add(fmt.Sprint("flood-", i), fmt.Sprintf("Flood number %d in the valley", i), newsroomtest.Words("flood"), newsroomtest.Words("river"))
		}
		h.start(t)
		o := h.follow(t, "fr")
		for _, item := range h.items(t, o) {
			if item.State == "history" {
				if err := h.room.Retry(t.Context(), item.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		h.idle(t)
		asked := 0
		for i := range pages {
			asked += h.outlet.Requests(fmt.Sprint("/flood-", i))
		}
		if err := h.room.StartRereading(t.Context(), o.ID, "Ann"); err != nil {
			t.Fatal(err)
		}
		h.idle(t)
		x, err := s.Rereading(t.Context(), o.ID)
		if err != nil || x.Done != pages || x.Changed != 0 || x.Failed != 0 || x.EndedAt == 0 {
			t.Errorf("%+v %v", x, err)
		}
		// A reading whose job was given up is taken up again by itself.
		x.EndedAt, x.Last, x.Done = 0, "", 0
		if err := s.Tx(t.Context(), func(tx *store.Tx) error { return tx.SaveRereading(t.Context(), x) }); err != nil {
			t.Fatal(err)
		}
		h.stop(t, time.Second)
		h.start(t)
		for range 100 {
			if x, err = s.Rereading(t.Context(), o.ID); err != nil || x.EndedAt != 0 {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if err != nil || x.EndedAt == 0 || x.Done != pages {
			t.Errorf("taken up again: %+v %v", x, err)
		}
		item := h.items(t, o)[0]
		if err := s.Tx(t.Context(), func(tx *store.Tx) error { return h.jobs.Reread(t.Context(), tx.SQL(), item.ID) }); err != nil {
			t.Fatal(err)
		}
		h.idle(t)
		for i := range pages {
			asked -= h.outlet.Requests(fmt.Sprint("/flood-", i))
		}
		if asked != 0 {
			t.Errorf("%d requests were made to read what is kept", -asked)
		}
	})
}
