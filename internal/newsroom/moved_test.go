package newsroom

import (
	"errors"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// What failed, or waited, and was taken while its kept page was read again is not taken twice, nor does it fail.
func TestAnItemMovesWhileItIsRead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		o := storetest.AddOutlet(t, s, "Post", "https://post.example/", "en", news.Terms{})
		item := news.Item{ID: store.NewID(), Outlet: o.ID, Key: "a", URL: "https://post.example/a", SeenAt: 1, State: "failed", Why: "no answer"}
		text := strings.Repeat("The river rose in the night, and the mayor told the council on Monday that the bridge was closed. ", 6)
		page := store.Page{ID: store.NewID(), Item: item.ID, URL: item.URL, Status: 200, Body: []byte(`<html lang="en"><body><article><h1>A flood</h1><p>` + text + `</p><p>` + text + `</p></article></body></html>`), At: 1}
		storetest.Do(t, s, func(tx *store.Tx) error {
			_, err := tx.AddItems(ctx, []news.Item{item})
			return errors.Join(err, tx.SavePage(ctx, page))
		})
		r := &Room{Store: s}
		found, err := r.readWhole(ctx, response(page), o, item, r.keptWith(page))
		if err != nil || found.none != nil {
			t.Fatal(err, found.none)
		}
		for _, before := range []string{"failed", "asks"} {
			item.State = before
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.MoveItem(ctx, item.ID, "taken", "") })
			if _, err := r.rereadWaiting(ctx, o, item, page, found); !errors.Is(err, errMoved) || !errors.Is(err, news.ErrConflict) {
				t.Errorf("%s: %v", before, err)
			}
			if err := errors.Join(r.Fail(ctx, item.ID, errMoved), r.FailAgain(ctx, item.ID, errMoved)); err != nil {
				t.Error(err)
			}
			if now, err := s.Item(ctx, item.ID); err != nil || now.State != "taken" || now.Why != "" || now.Tries != 0 {
				t.Errorf("%s: %+v, %v", before, now, err)
			}
		}
		for state, want := range map[string]string{"new": "new", "asks": "asks", "failed": "failed", "twin": "twin"} {
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.MoveItem(ctx, item.ID, state, "as it was") })
			if err := r.FailAgain(ctx, item.ID, errMoved); err != nil {
				t.Error(err)
			}
			if now, err := s.Item(ctx, item.ID); err != nil || now.State != want || strings.Contains(now.Why, "as it was") != (state != "failed") {
				t.Errorf("%s: %+v, %v", state, now, err)
			}
		}
	})
}
