package store_test

import (
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestArticlesBetweenLanguages(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		n := furnish(t, s)
		for _, c := range []struct {
			from, to, after string
			limit           int
			want            bool
		}{
			{"en", "fr", "", 9, true},
			{"en", "", "", 9, true},
			{"en", "pt", "", 9, false},
			{"fr", "fr", "", 9, false},
			{"e", "fr", "", 9, false},
			{"en", "f", "", 9, false},
			{"en", "fr", n.article.ID, 9, false},
			{"en", "fr", "", 0, false},
		} {
			list := must(s.ArticlesBetween(t.Context(), c.from, c.to, c.after, c.limit))(t)
			if found := len(list) == 1 && list[0].ID == n.article.ID; found != c.want || len(list) > 1 {
				t.Errorf("%+v: %+v", c, list)
			}
		}
		for _, set := range []string{`UPDATE article SET lang = 'fr-CA'`, `UPDATE original SET lang = 'en-GB'`} {
			_, err := s.DB().ExecContext(t.Context(), set)
			is(t, err, nil)
			if list := must(s.ArticlesBetween(t.Context(), "en", "fr", "", 9))(t); len(list) != 1 {
				t.Errorf("after %s: %+v", set, list)
			}
		}
		_, err := s.DB().ExecContext(t.Context(), `UPDATE article SET state = $1`, string(news.Killed))
		is(t, err, nil)
		if list := must(s.ArticlesBetween(t.Context(), "en", "fr", "", 9))(t); len(list) != 0 {
			t.Errorf("killed: %+v", list)
		}
	})
}
