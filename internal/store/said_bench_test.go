package store_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// BenchmarkStatements searches a million statements and prints the time that half and that 95 of 100 questions take, of all and by what
// they ask. DRAGOMAN_BENCH_STATEMENTS is another number of statements; DRAGOMAN_BENCH_FOLDER keeps the database for the next run.
func BenchmarkStatements(b *testing.B) {
	n := 1_000_000
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
		benchStatements(b, storetest.Open(b, "sqlite "+filepath.Join(folder, fmt.Sprintf("statements-%d.db", n))), n)
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		benchStatements(b, storetest.PostgreSQL(b), n)
	})
}

// A world is what made-up outlets write of.
type world struct {
	*rand.Rand
	words    []string
	zipf     *rand.Zipf
	who      *rand.Zipf
	speakers []string // identifiers
	names    []string
	outlets  []news.Outlet
}

var benchLangs = []string{"en", "en", "en", "en", "fr", "fr", "ru", "pt", "es", "de", "uk", "it"}

// newWorld makes words that come as often as those of a language do: the nth a share of 1/n of the first.
func newWorld() *world {
	r := rand.New(rand.NewPCG(7, 11))
	w := &world{Rand: r, zipf: rand.NewZipf(r, 1.07, 2.7, 79_999), who: rand.NewZipf(r, 1.2, 10, 19_999)}
	onsets, vowels, codas := strings.Fields("b br c ch d dr f g gr h k l m n p pr qu r s st t tr v w z"), strings.Fields("a e i o u ai ou ea"), strings.Fields("n r s t l m nd st rk x ck p")
	seen := map[string]bool{}
	for len(w.words) < 80_000 {
		var s strings.Builder
		for range 1 + r.IntN(2) + len(w.words)/20_000 {
			s.WriteString(onsets[r.IntN(len(onsets))] + vowels[r.IntN(len(vowels))])
		}
		if r.IntN(3) > 0 {
			s.WriteString(codas[r.IntN(len(codas))])
		}
		if !seen[s.String()] {
			seen[s.String()] = true
			w.words = append(w.words, s.String())
		}
	}
	return w
}

func (w *world) word() string { return w.words[w.zipf.Uint64()] }

func (w *world) text() string {
	n := int(math.Exp(2.8+0.6*w.NormFloat64())) + 2 // 18 words in the middle, as quotations of news have
	list := make([]string, min(n, 120))
	for i := range list {
		list[i] = w.word()
	}
	return "“" + strings.Join(list, " ") + "”"
}

func (w *world) name() string {
	part := func() string { s := w.words[200+w.IntN(20_000)]; return strings.ToUpper(s[:1]) + s[1:] }
	return part() + " " + part()
}

// first is the day of the first article, and days how many follow.
const (
	first = 1_600_000_000_000
	days  = 2200
)

// fill writes n statements in articles of ten; of three in ten articles there is a translation that readers see.
func (w *world) fill(b *testing.B, s *store.Store, n int) {
	b.Helper()
	ctx := b.Context()
	for i := range 200 {
		w.outlets = append(w.outlets, storetest.AddOutlet(b, s, fmt.Sprint("Outlet ", i), fmt.Sprintf("https://o%d.example/", i), benchLangs[i%len(benchLangs)],
			news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true}))
	}
	storetest.Do(b, s, func(tx *store.Tx) error {
		for i := range 20_000 {
			x := news.Speaker{ID: store.NewID(), Slug: fmt.Sprint("s", i), Kind: term.Person, CreatedAt: 1}
			name := w.name()
			w.speakers, w.names = append(w.speakers, x.ID), append(w.names, name)
			if err := tx.AddSpeaker(ctx, x); err != nil {
				return err
			}
			if _, err := tx.SawName(ctx, news.SpeakerName{Speaker: x.ID, Lang: "en", Name: name, Source: news.FromArticle, LastAt: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	if s.Dialect() == store.SQLite { // what is built for a measurement may be lost
		for _, pragma := range []string{"cache_size = -800000", "synchronous = OFF"} {
			if _, err := s.DB().ExecContext(ctx, "PRAGMA "+pragma); err != nil {
				b.Fatal(err)
			}
		}
	}
	const article, batch = 10, 2500
	start := time.Now()
	for done := 0; done < n; {
		storetest.Do(b, s, func(tx *store.Tx) error {
			for range batch {
				if done >= n {
					break
				}
				if err := w.article(ctx, tx, done/article, min(article, n-done)); err != nil {
					return err
				}
				done += article
			}
			return nil
		})
		if done%50_000 == 0 {
			b.Logf("%d statements after %s", done, time.Since(start).Round(time.Second))
		}
	}
	if s.Dialect() == store.SQLite {
		return
	}
	for _, table := range []string{"statement", "said", "statement_place", "statement_public", "speaker_public", "article", "original", "item"} {
		if _, err := s.DB().ExecContext(ctx, "ANALYZE "+table); err != nil {
			b.Fatal(err)
		}
	}
}

func (w *world) article(ctx context.Context, tx *store.Tx, number, statements int) error {
	o := w.outlets[w.IntN(len(w.outlets))]
	at := int64(first) + int64(w.IntN(days))*24*3600*1000 + int64(w.IntN(24*3600))*1000
	url := fmt.Sprintf("%sa%d", o.Home, number)
	item := news.Item{ID: store.NewID(), Outlet: o.ID, Key: url, URL: url, Title: w.word(), SeenAt: at, State: "taken", Link: url}
	if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
		return err
	}
	page := store.Page{ID: store.NewID(), Item: item.ID, At: at, URL: url, Status: 200, Body: []byte("<p>")}
	if err := tx.SavePage(ctx, page); err != nil {
		return err
	}
	original := news.Original{ID: store.NewID(), Item: item.ID, N: 1, Page: page.ID, URL: url, Lang: o.Lang, At: at}
	d := doc.Document{Lang: o.Lang, Title: doc.Text{S: w.word()}}
	if err := tx.SaveOriginal(ctx, original, d); err != nil {
		return err
	}
	var list []news.Statement
	for i := range statements {
		text := w.text()
		who := w.who.Uint64()
		kinds := []statement.Kind{statement.Direct, statement.Direct, statement.Mixed, statement.Indirect, statement.Scare}
		s := statement.Statement{Kind: kinds[w.IntN(len(kinds))], Block: i, End: len(text), Text: text, Pieces: [][2]int{{0, len(text)}}}
		if s.Kind != statement.Scare {
			s.Speaker = statement.Speaker{Name: w.names[who], ID: w.speakers[who], State: statement.Named}
		}
		list = append(list, news.Statement{Statement: s, At: at})
	}
	saved, err := tx.SaveStatements(ctx, original, list, nil, at)
	if err != nil || w.IntN(10) >= 3 {
		return err
	}
	d.Lang = "pt"
	if o.Lang == "pt" {
		d.Lang = "fr"
	}
	a, err := tx.SaveDraft(ctx, original.ID, store.Draft{Doc: d}, at)
	if err != nil {
		return err
	}
	if err := tx.SetSlug(ctx, a.ID, fmt.Sprint("a", number)); err != nil {
		return err
	}
	terms, err := tx.Terms(ctx, o.ID)
	if err != nil {
		return err
	}
	if err := tx.MoveArticle(ctx, a.ID, a.State, news.Published, at); err != nil {
		return err
	}
	if err := tx.ShowRevision(ctx, a.ID, 1, terms.ID, at, false); err != nil {
		return err
	}
	if a, err = tx.Article(ctx, a.ID); err != nil {
		return err
	}
	var places []news.StatementPlace
	for _, s := range saved {
		places = append(places, news.StatementPlace{Statement: s.ID, Block: s.Block, End: len(s.Text), Words: w.text()})
	}
	return tx.SavePlaces(ctx, a, 1, places)
}

// load finds the speakers and outlets of a database that an earlier run made.
func (w *world) load(b *testing.B, s *store.Store) {
	b.Helper()
	var err error
	if w.outlets, err = s.Outlets(b.Context()); err != nil {
		b.Fatal(err)
	}
	list, err := s.Speakers(b.Context(), math.MaxInt, "", 5000)
	if err != nil {
		b.Fatal(err)
	}
	for _, x := range list {
		w.speakers, w.names = append(w.speakers, x.ID), append(w.names, x.Names[0].Name)
	}
	w.who = rand.NewZipf(w.Rand, 1.2, 10, uint64(len(w.speakers)-1))
}

// ask makes a question of each kind that people ask.
func (w *world) ask(i int) (kind string, q store.SaidQuery) {
	since := int64(first) + int64(w.IntN(days-400))*24*3600*1000
	switch i % 12 {
	case 0:
		return "a word", store.SaidQuery{Words: w.word()}
	case 1:
		return "two words", store.SaidQuery{Words: w.word() + " " + w.word()}
	case 2:
		return "three words", store.SaidQuery{Words: w.word() + " " + w.word() + " " + w.word()}
	case 3:
		return "a rare word", store.SaidQuery{Words: w.words[2000+w.IntN(70_000)]}
	case 4:
		return "a phrase", store.SaidQuery{Words: "“" + w.word() + " " + w.word() + "”"}
	case 5:
		return "speaker, word, since", store.SaidQuery{Words: w.word(), Speaker: w.speakers[w.who.Uint64()], Since: since}
	case 6:
		return "a speaker", store.SaidQuery{Speaker: w.speakers[w.who.Uint64()]}
	case 7:
		return "a typed name, word", store.SaidQuery{Words: w.word(), Name: strings.Fields(w.names[w.who.Uint64()])[1]}
	case 8:
		return "word, a month, by date", store.SaidQuery{Words: w.word(), Since: since, Until: since + 30*24*3600*1000, Order: store.ByDate}
	case 9:
		return "outlet, two words", store.SaidQuery{Words: w.word() + " " + w.word(), Outlet: w.outlets[w.IntN(len(w.outlets))].ID}
	case 10:
		return "language, word, kind, by date", store.SaidQuery{Words: w.word(), Lang: benchLangs[w.IntN(len(benchLangs))], Kind: statement.Direct, Order: store.ByDate}
	}
	return "what readers see, word", store.SaidQuery{Words: w.word(), Public: "pt"}
}

func benchStatements(b *testing.B, s *store.Store, n int) {
	w := newWorld()
	if outlets, err := s.Outlets(b.Context()); err != nil {
		b.Fatal(err)
	} else if len(outlets) > 0 {
		w.load(b, s)
	} else {
		w.fill(b, s, n)
	}
	took := map[string][]time.Duration{}
	var all []time.Duration
	found := 0
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		kind, q := w.ask(i)
		start := time.Now()
		page, err := s.Said(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		d := time.Since(start)
		took[kind], all = append(took[kind], d), append(all, d)
		found += len(page.Statements)
		if page.Next == "" || i%3 != 0 {
			continue
		}
		q.After = page.Next // the page after it counts as a question of its own
		start = time.Now()
		if _, err := s.Said(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		d = time.Since(start)
		took["a second page"], all = append(took["a second page"], d), append(all, d)
	}
	b.StopTimer()
	for kind, f := range map[string]func() error{
		"(candidates for a link)": func() error {
			x, err := s.Said(b.Context(), store.SaidQuery{Speaker: w.speakers[w.who.Uint64()], Limit: 1})
			if err != nil || len(x.Statements) == 0 {
				return err
			}
			at, words := x.Statements[0].At, x.Statements[0].Text
			if _, err := s.StatementsNear(b.Context(), x.Statements[0].Speaker.ID, "", at-3*24*3600*1000, at+4*24*3600*1000, 60); err != nil {
				return err
			}
			_, err = s.StatementsSharing(b.Context(), store.Grams(words), "", 0, 0, 1, 40)
			return err
		},
		"(a typed beginning of a name)": func() error {
			_, err := s.SpeakersNamed(b.Context(), strings.ToLower(w.names[w.who.Uint64()][:3]), 10)
			return err
		},
		"(a speaker's page)": func() error {
			_, _, err := s.PublicStatementsBy(b.Context(), store.PublicQuery{Lang: "pt", Speaker: w.speakers[w.who.Uint64()]})
			return err
		},
		"(the list of speakers)": func() error {
			_, _, err := s.PublicSpeakers(b.Context(), "pt", "", 50)
			return err
		},
		"(the list of statements)": func() error {
			_, _, err := s.PublicStatementsBy(b.Context(), store.PublicQuery{Lang: "pt"})
			return err
		},
	} {
		for range 20 {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			took[kind] = append(took[kind], time.Since(start))
		}
	}
	b.ReportMetric(milliseconds(all, 0.5), "p50-ms")
	b.ReportMetric(milliseconds(all, 0.95), "p95-ms")
	b.ReportMetric(float64(found)/float64(len(all)), "found/op")
	kinds := make([]string, 0, len(took))
	for k := range took {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		b.Logf("%-32s %5d  p50 %7.2f ms  p95 %7.2f ms", k, len(took[k]), milliseconds(took[k], 0.5), milliseconds(took[k], 0.95))
	}
}

// milliseconds is the time that a share of the questions took at most.
func milliseconds(took []time.Duration, share float64) float64 {
	list := slices.Sorted(slices.Values(took))
	if len(list) == 0 {
		return 0
	}
	return float64(list[min(int(share*float64(len(list))), len(list)-1)].Microseconds()) / 1000
}
