package newsroom_test

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Two pages that count as one article by their address or by their text are parted by an editor, read as two without asking the outlet again,
// and stay two whenever they are read; what was said can be taken back while nothing was made of it.
func TestPartingTwins(t *testing.T) {
	var long []string
	for _, topic := range []string{"flood", "river", "bridge", "harbour", "mayor", "school"} {
		long = append(long, newsroomtest.Words(topic))
	}
	long = append(long, "“The flood will come again before the harbour is mended,” said Marta Kolen, the mayor of the valley.")
	for _, c := range []struct{ reason, canonical string }{{store.TwinByAddress, "/first"}, {store.TwinByText, ""}} {
		t.Run(c.reason, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				ctx := t.Context()
				head := ""
				if c.canonical != "" {
					head = `<link rel="canonical" href="` + b.outlet.URL + c.canonical + `">`
				}
				b.outlet.Add("first", "A flood in the valley", long...)
				first := b.taken("first")
				b.outlet.Add("second", "A flood in the valley", "x")
				b.outlet.Raw("second", pageOf(head, "A flood in the valley", long...))
				second := b.taken("second")
				pair, err := b.store.TwinOf(ctx, second.ID)
				b.ok(err)
				if second.State != "twin" || pair.SameAs != first.ID || pair.Reason != c.reason || len(b.articles()) != 1 {
					t.Fatalf("%s: %+v", second.State, pair)
				}
				b.is(b.PartTwin(ctx, first.ID, second.ID, "Ann"), news.ErrNotFound)
				b.is(b.PartTwin(ctx, second.ID, second.ID, "Ann"), news.ErrNotFound)

				asked := b.outlet.Requests("/second")
				b.clock = b.clock.Add(time.Minute)
				for range 2 {
					b.ok(b.PartTwin(ctx, second.ID, first.ID, "Ann"))
				}
				b.state(second.ID, "new")
				for range 2 { // nothing was made of it: the way back is open
					b.ok(b.JoinTwin(ctx, second.ID, first.ID))
				}
				b.state(second.ID, "twin")
				b.work()
				b.state(second.ID, "twin")
				if n := len(b.articles()); n != 1 {
					t.Errorf("%d articles", n)
				}

				b.ok(b.PartTwin(ctx, second.ID, first.ID, "Ann"))
				b.work()
				b.state(second.ID, "taken")
				pair, err = b.store.Twin(ctx, second.ID, first.ID)
				b.ok(err)
				if pair.PartedBy != "Ann" || pair.PartedAt != b.clock.UnixMilli() || len(b.articles()) != 2 || b.outlet.Requests("/second") != asked {
					t.Errorf("%+v, %d articles, %d requests", pair, len(b.articles()), b.outlet.Requests("/second")-asked)
				}
				b.is(b.JoinTwin(ctx, second.ID, first.ID), news.ErrConflict, "kill that first")
				b.says(second.ID, 1)
				queued := len(b.queue)
				b.ok(b.PartTwin(ctx, second.ID, first.ID, "Bo")) // once more, when it is an article: nothing
				if len(b.queue) != queued {
					t.Error("parting twice queues twice")
				}

				// Whatever is read again, in whichever order, the two stay two.
				for _, id := range []string{first.ID, second.ID} {
					b.clock = b.clock.Add(time.Hour)
					b.ok(b.FetchAgain(ctx, id))
					b.work()
					b.state(id, "taken")
					b.ok(b.Fail(ctx, id, errors500))
					_, err := b.Room.Reread(ctx, id)
					b.ok(err)
					b.work()
					b.state(id, "taken")
				}
				if n := len(b.articles()); n != 2 {
					t.Errorf("%d articles", n)
				}

				for _, a := range b.articles() {
					if a.Item == second.ID {
						b.ok(b.Kill(ctx, a.ID, "Ann", "it is the same after all"))
					}
				}
				b.ok(b.JoinTwin(ctx, second.ID, first.ID))
				b.state(second.ID, "twin")
				b.says(first.ID, 1)
				b.says(second.ID, 0) // what the other says is not said twice
				if rows, err := b.store.Twins(ctx, first.ID, math.MaxInt64, "", 9); err != nil || len(rows) != 1 || rows[0].PartedAt != 0 || rows[0].PartedBy != "" {
					t.Errorf("%+v %v", rows, err)
				}
				b.ok(b.PartTwin(ctx, second.ID, first.ID, "Ann"))
				b.work()
				b.state(second.ID, "taken")
				b.says(second.ID, 1)
			})
		})
	}
}

var errors500 = errorString("the server has a difficulty")

type errorString string

func (e errorString) Error() string { return string(e) }

// says checks how many statements an item has.
func (b *bench) says(item string, want int) {
	b.t.Helper()
	list, err := b.store.StatementsOf(b.t.Context(), item)
	b.ok(err)
	if len(list) != want {
		b.t.Errorf("item %s has %d statements, want %d", item, len(list), want)
	}
}

func (b *bench) state(item, want string) {
	b.t.Helper()
	i, err := b.store.Item(b.t.Context(), item)
	b.ok(err)
	if i.State != want {
		b.t.Errorf("item %s is %s (%s), want %s", i.URL, i.State, i.Why, want)
	}
}

// What was parted and cannot be read says so where an editor looks, and what was drafted for it before it was joined again is not drafted.
func TestWhatWasPartedAndCannotBeRead(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.outlet.Add("first", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		first := b.taken("first")
		b.outlet.Add("second", "A flood in the valley", "x")
		b.outlet.Raw("second", pageOf(`<link rel="canonical" href="`+b.outlet.URL+`/first">`, "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		second := b.taken("second")
		b.state(second.ID, "twin")
		b.tx(func(ctx context.Context, tx *store.Tx) error { // a rule of a program that knew another word
			return tx.AddRule(ctx, store.Rule{Outlet: first.Outlet, N: 1, Text: "bodi article"})
		})
		b.ok(b.PartTwin(ctx, second.ID, first.ID, ""))
		b.work()
		b.state(second.ID, "failed")
		b.ok(b.SetRule(ctx, first.Outlet, "", "Ann"))
		_, err := b.Room.Reread(ctx, second.ID)
		b.ok(err)
		b.state(second.ID, "taken")
		pair, err := b.store.Twin(ctx, second.ID, first.ID)
		b.ok(err)
		if pair.PartedBy != newsroom.CommandLine {
			t.Errorf("%+v", pair)
		}
		b.ok(b.JoinTwin(ctx, second.ID, first.ID)) // its drafts wait
		b.work()
		b.state(second.ID, "twin")
		if n := len(b.articles()); n != 1 {
			t.Errorf("%d articles", n)
		}
		b.is(b.Room.Draft(ctx, newest(b, second.ID).ID, "fr"), news.ErrDenied)
	})
}
