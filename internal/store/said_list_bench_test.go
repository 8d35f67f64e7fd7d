package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// BenchmarkPublicLists reads pages of the lists of speakers and of stories, the first and one past the ten-thousandth line, and merges a
// speaker of whom every statement is, and undoes it. DRAGOMAN_BENCH_STATEMENTS is another number of statements than 100,000;
// DRAGOMAN_BENCH_FOLDER keeps the database for the next run.
func BenchmarkPublicLists(b *testing.B) {
	n := 100_000
	if s := os.Getenv("DRAGOMAN_BENCH_STATEMENTS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("SQLite", func(b *testing.B) {
		folder := os.Getenv("DRAGOMAN_BENCH_FOLDER")
		if folder == "" {
			folder = b.TempDir()
		}
		benchLists(b, storetest.Open(b, "sqlite "+filepath.Join(folder, fmt.Sprintf("lists-%d.db", n))), n)
	})
	b.Run("PostgreSQL", func(b *testing.B) { benchLists(b, storetest.PostgreSQL(b), n) })
}

func benchLists(b *testing.B, s *store.Store, n int) {
	w := newWorld()
	if outlets, err := s.Outlets(b.Context()); err != nil {
		b.Fatal(err)
	} else if len(outlets) > 0 {
		w.load(b, s)
	} else {
		w.fill(b, s, n)
	}
	do := func(query string) {
		b.Helper()
		if _, err := s.DB().ExecContext(b.Context(), query); err != nil {
			b.Fatalf("%s: %v", query, err)
		}
	}
	// every two statements that readers see after another are one story
	do(`UPDATE statement_public SET story = pair.story
  FROM (SELECT statement, lang, lang || '-' || ((ROW_NUMBER() OVER (PARTITION BY lang ORDER BY no)) / 2) AS story FROM statement_public) pair
 WHERE pair.statement = statement_public.statement AND pair.lang = statement_public.lang`)
	do(`UPDATE statement SET story = (SELECT MIN(story) FROM statement_public WHERE statement = statement.id) WHERE id IN (SELECT statement FROM statement_public)`)
	time50 := func(what string, f func() error) {
		b.Helper()
		var took []time.Duration
		for range 20 {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
		b.Logf("%-40s p50 %8.2f ms  p95 %8.2f ms", what, milliseconds(took, 0.5), milliseconds(took, 0.95))
	}
	for _, list := range []struct {
		what string
		page func(after string) (int, string, error)
	}{
		{"speakers", func(after string) (int, string, error) {
			list, next, err := s.PublicSpeakers(b.Context(), "pt", after, 60)
			return len(list), next, err
		}},
		{"stories", func(after string) (int, string, error) {
			list, next, err := s.PublicStories(b.Context(), "pt", after, 25)
			return len(list), next, err
		}},
	} {
		time50(list.what+", the first page", func() error { _, _, err := list.page(""); return err })
		after, at := "", 0
		for at < 10_000 {
			k, next, err := list.page(after)
			if err != nil {
				b.Fatal(err)
			}
			if at += k; next == "" {
				break
			}
			after = next
		}
		time50(fmt.Sprintf("%s, the page after %d", list.what, at), func() error { _, _, err := list.page(after); return err })
	}
	one, other := w.speakers[0], news.Speaker{ID: store.NewID(), Kind: term.Person, CreatedAt: 1}
	storetest.Do(b, s, func(tx *store.Tx) error { return tx.AddSpeaker(b.Context(), other) })
	for _, query := range []string{
		`UPDATE statement SET speaker = '` + one + `'`, `UPDATE statement_place SET speaker = '` + one + `'`, `UPDATE statement_public SET speaker = '` + one + `'`,
		`DELETE FROM speaker_public`, `INSERT INTO speaker_public (lang, speaker, said) SELECT lang, speaker, COUNT(*) FROM statement_public GROUP BY lang, speaker`,
		`UPDATE speaker SET said = (SELECT COUNT(*) FROM statement) WHERE id = '` + one + `'`,
	} {
		do(query)
	}
	merge := func(into string) time.Duration {
		start := time.Now()
		storetest.Do(b, s, func(tx *store.Tx) error { return tx.MarkMerged(b.Context(), one, into, 1) })
		return time.Since(start)
	}
	for b.Loop() {
		b.Logf("a speaker of %d statements: merged in %s, undone in %s", n, merge(other.ID), merge(""))
	}
}
