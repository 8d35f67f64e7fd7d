package store_test

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestSignals(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		n := furnish(t, s)
		equal(t, must(s.Origin(ctx, "https://outlet.example"))(t), store.Origin{Name: "https://outlet.example"})
		o := store.Origin{Name: "https://outlet.example", TDMRep: "[]", Licences: map[string]string{"https://outlet.example/l.xml": "<rsl>"}, ReadAt: 5}
		for range 2 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveOrigin(ctx, o) })
			equal(t, must(s.Origin(ctx, o.Name))(t), o)
			o.TDMRep, o.Licences, o.ReadAt = "", nil, 6
		}

		licence := rights.Signal{Place: rights.OnPage, Name: rights.License, Value: "https://creativecommons.org/licenses/by/4.0/"}
		tdm := rights.Signal{Place: rights.InHeader, Name: rights.TDMReservation, Value: "1", Reserves: true}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveSignals(ctx, n.outlet.ID, "https://outlet.example/a", []rights.Signal{licence}, 10); err != nil {
				return err
			}
			return tx.SaveSignals(ctx, n.outlet.ID, "https://outlet.example/b", []rights.Signal{licence, tdm}, 20)
		})
		equal(t, must(s.OutletSignals(ctx, n.outlet.ID, 9))(t), []store.SeenSignal{
			{Signal: tdm, URL: "https://outlet.example/b", FirstAt: 20, LastAt: 20},
			{Signal: licence, URL: "https://outlet.example/b", FirstAt: 10, LastAt: 20},
		})
		equal(t, must(s.NewSignals(ctx))(t), map[string]int{n.outlet.ID: 2})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { // somebody recorded terms, having seen the first
			return tx.AddTerms(ctx, news.Terms{ID: store.NewID(), Outlet: n.outlet.ID, FromAt: 15, Basis: "quotation", By: "Ann"})
		})
		equal(t, must(s.NewSignals(ctx))(t), map[string]int{n.outlet.ID: 1})
	})
}
