package newsroom_test

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// An item that was kept under the address of a redirector, before those were opened, is not new because its feed's address is read otherwise now.
func TestAnItemUnderARedirectorsAddress(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		pages := map[string]string{}
		for _, topic := range []string{"flood", "storm", "bridge"} {
			pages["/"+topic] = pageOf("", "The "+topic, newsroomtest.Words(topic), newsroomtest.Words("river"))
		}
		base, _ := site(t, b, pages)
		host := strings.TrimPrefix(base, "http://")
		counted := func(topic string) string {
			return "https://www.google.com/url?rct=j&sa=t&url=" + base + "/" + topic + "&ct=ga"
		}
		feed := func(links ...string) {
			items := ""
			for i, link := range links {
				items += fmt.Sprintf("<item><title>%d</title><link>%s</link></item>", i, html.EscapeString(link)) // no guid
			}
			pages["/f"] = `<rss version="2.0"><channel><title>Alerts</title><language>en</language>` + items + `</channel></rss>`
		}
		feed()
		o, err := b.Follow(ctx, base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
		b.ok(err)
		feeds, err := b.store.Feeds(ctx, o.ID)
		b.ok(err)
		was := func(topic, state string) string {
			link := strings.TrimPrefix(counted(topic), "https://www.")
			i := news.Item{ID: store.NewID(), Outlet: o.ID, Key: "link " + link, URL: counted(topic), Link: link, SeenAt: b.clock.UnixMilli(), State: state, Feed: feeds[0].ID}
			b.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.AddItems(ctx, []news.Item{i})
				return err
			})
			return i.ID
		}
		flood, storm := was("flood", "failed"), was("storm", "taken")
		count := func(want int) {
			t.Helper()
			for range 2 {
				b.clock = b.clock.AddDate(0, 0, 8)
				_, err := b.Room.Check(ctx, o.ID)
				b.ok(err)
				if n := len(b.itemsIn(o, "")); n != want {
					t.Fatalf("%d items, want %d: %+v", n, want, b.itemsIn(o, ""))
				}
			}
		}
		feed(counted("flood"), counted("storm"))
		count(2)
		for id, topic := range map[string]string{flood: "flood", storm: "storm"} {
			i, err := b.store.Item(ctx, id)
			b.ok(err)
			if i.Link != host+"/"+topic {
				t.Errorf("%s is found under %s", topic, i.Link)
			}
		}
		feed(base+"/flood", counted("storm")+"&usg=other") // in either form
		count(2)
		feed(counted("flood"), counted("bridge")) // another page is another item
		count(3)
		again, err := b.TakeURL(ctx, counted("flood"), nil)
		b.ok(err)
		if again != flood {
			t.Error("the address given by hand is another item")
		}
	})
}

// The same by hand, where the item is of no feed and its address leads to another site than it is kept for.
func TestAnAddressGivenInItsOlderForm(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		const counted = "https://www.google.com/url?q=https://port.example/flood&sa=D"
		o := news.Outlet{ID: store.NewID(), Name: "Search", Home: "https://www.google.com/", Site: "google.com", Lang: "en"}
		i := news.Item{ID: store.NewID(), Outlet: o.ID, Key: "link x", URL: counted, Link: "google.com/url?q=https://port.example/flood&sa=D", SeenAt: 1, State: "failed"}
		b.tx(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveOutlet(ctx, o); err != nil {
				return err
			}
			_, err := tx.AddItems(ctx, []news.Item{i})
			return err
		})
		got, err := b.TakeURL(ctx, " "+counted, nil)
		b.ok(err)
		outlets, err := b.store.Outlets(ctx)
		b.ok(err)
		if got != i.ID || len(outlets) != 1 {
			t.Errorf("item %s of %s, %d outlets", got, i.ID, len(outlets))
		}
	})
}
