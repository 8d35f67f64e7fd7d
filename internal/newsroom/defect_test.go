package newsroom_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A breaking fetcher panics for an address.
type breaking struct {
	newsroom.Fetcher
	at string
}

func (b breaking) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if b.at != "" && strings.HasSuffix(r.URL, b.at) {
		panic("index out of range")
	}
	return b.Fetcher.Get(ctx, r)
}

// A page on which this program itself fails is counted, and keeps no other from being read.
func TestADefectKeepsNoPageFromBeingRead(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		for i := range 3 {
			slug, title := fmt.Sprintf("flood-%d", i), fmt.Sprintf("Flood number %d in the valley", i)
			b.outlet.Add(slug, title, newsroomtest.Words(slug), newsroomtest.Words("river"))
			b.outlet.Raw(slug, withBox(title, newsroomtest.Words(slug), newsroomtest.Words("river")))
		}
		o := b.follow("fr")
		b.ok(b.SetRule(ctx, o.ID, "drop .valley-extra", "Ann"))
		able, asked := b.Translators, 0
		b.Translators = func(ctx context.Context, from, to string) (newsroom.Translator, []store.Engine, error) {
			if asked++; asked == 2 {
				panic("index out of range")
			}
			return able(ctx, from, to)
		}
		b.ok(b.StartRereading(ctx, o.ID, "Ann"))
		b.work()
		x, err := b.store.Rereading(ctx, o.ID)
		b.ok(err)
		if x.Done != 3 || x.Failed != 1 || x.Changed != 2 || x.EndedAt == 0 || !strings.Contains(x.Why, "index out of range") || !strings.Contains(x.Why, "report it") {
			t.Errorf("%+v", x)
		}
	})
}

// A feed on which this program itself fails backs off like one that cannot be read, keeps no other from being looked at, and is reported.
func TestADefectInAFeed(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		o := b.follow("fr")
		b.Room.Fetch = breaking{b.Room.Fetch, "/feed.xml"}
		b.clock = b.clock.AddDate(0, 0, 2)
		result, err := b.Room.CheckDue(ctx, o.ID)
		var defect *newsroom.Defect
		if !errors.As(err, &defect) || len(defect.Trace) == 0 || !newsroom.Final(err) || !strings.Contains(err.Error(), "/feed.xml") {
			t.Fatalf("%v", err)
		}
		feeds, err := b.store.Feeds(ctx, o.ID)
		b.ok(err)
		if f := feeds[0]; f.Fails != 1 || f.Outcome != string(fetch.NotAFeed) || f.NextAt <= b.clock.UnixMilli() || len(result.Feeds) != 1 {
			t.Errorf("%+v, %+v", f, result)
		}
		if _, err := b.Room.CheckDue(ctx, o.ID); err != nil {
			t.Errorf("it is looked at again at once: %v", err)
		}
	})
}
