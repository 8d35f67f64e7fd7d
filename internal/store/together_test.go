package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// Several programs on one database: a serve, and commands beside it.
func together(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Run("SQLite", func(t *testing.T) { f(t, "sqlite "+filepath.Join(t.TempDir(), "dragoman.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, storetest.Schema(t)) })
}

func TestSeveralOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	together(t, func(t *testing.T, dsn string) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				s, err := store.Open(t.Context(), dsn)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := s.JobCounts(t.Context()); err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestSeveralWriteAtOnce(t *testing.T) {
	together(t, func(t *testing.T, dsn string) {
		const programs, each = 3, 20
		var all sync.WaitGroup
		for p := range programs {
			s := storetest.Open(t, dsn)
			all.Go(func() {
				for i := range each {
					if err := s.Tx(t.Context(), func(tx *store.Tx) error {
						if _, err := tx.Setting(t.Context(), "x"); err != nil { // reads first, as most verbs do
							return err
						}
						return tx.PutSetting(t.Context(), fmt.Sprintf("%d.%d", p, i), "v")
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := len(must(storetest.Open(t, dsn).Settings(t.Context()))(t)); n != programs*each {
			t.Errorf("%d of %d were written", n, programs*each)
		}
	})
}

// Of all who edit the same revision at the same moment one is saved, and each of the others is told.
func TestAllEditAtOnce(t *testing.T) {
	together(t, func(t *testing.T, dsn string) {
		first := storetest.Open(t, dsn)
		n := furnish(t, first)
		const editors = 6
		errs := make([]error, editors)
		var all sync.WaitGroup
		for i := range editors {
			s := first
			if i%2 == 1 {
				s = storetest.Open(t, dsn)
			}
			d := parse(t, french)
			d.Title.S = fmt.Sprintf("Crue %d", i)
			all.Go(func() {
				errs[i] = s.Tx(t.Context(), func(tx *store.Tx) error {
					_, err := tx.SaveRevision(context.WithoutCancel(t.Context()), n.article.ID, 1, d, "", "", 20)
					return err
				})
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, news.ErrConflict):
				t.Error(err)
			}
		}
		if a := must(first.Article(t.Context(), n.article.ID))(t); won != 1 || a.Revision != 2 {
			t.Errorf("%d were saved, the article is at revision %d", won, a.Revision)
		}
	})
}
