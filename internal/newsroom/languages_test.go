package newsroom_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

// What an outlet writes in holds for what is read later and does not say it; what is published is not touched.
func TestTheLanguageOfAnOutlet(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		mute := func(topic string) string {
			return strings.Replace(pageOf("", "A "+topic+" in the valley", newsroomtest.Words(topic), newsroomtest.Words("river")), ` lang="en"`, "", 1)
		}
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		b.ok(b.Publish(ctx, a.ID, "Ann"))
		before, err := b.store.Article(ctx, a.ID)
		b.ok(err)
		text := b.document(a)

		b.is(b.SetLanguage(ctx, o.ID, "no language"), news.ErrInvalid)
		b.is(b.SetLanguage(ctx, "none", "pt"), news.ErrNotFound)
		for range 2 {
			b.ok(b.SetLanguage(ctx, o.ID, " PT-br "))
		}
		if o, err = b.store.Outlet(ctx, o.ID); err != nil || o.Lang != "pt-BR" || fmt.Sprint(o.Into) != "[fr]" {
			t.Errorf("outlet %+v, %v", o, err)
		}
		b.work()
		after, err := b.store.Article(ctx, a.ID)
		b.ok(err)
		if after != before || fmt.Sprint(b.document(a)) != fmt.Sprint(text) {
			t.Errorf("what is published changed: %+v, then %+v", before, after)
		}
		for slug, want := range map[string]string{"mute": "pt-BR", "storm": "en"} { // who says its own language is believed
			b.outlet.Add(slug, "x", "x")
			b.outlet.Raw(slug, mute(slug))
			if slug == "storm" {
				b.outlet.Raw(slug, strings.Replace(mute(slug), "<html", `<html lang="en"`, 1))
			}
			d, _, err := b.store.OriginalOf(ctx, b.taken(slug).ID)
			b.ok(err)
			if d.Lang != want {
				t.Errorf("%s is read as %s, want %s", slug, d.Lang, want)
			}
		}
		b.ok(b.SetLanguage(ctx, o.ID, ""))
		b.outlet.Add("lake", "x", "x")
		b.outlet.Raw("lake", mute("lake"))
		if item := b.taken("lake"); item.State != "failed" || !strings.Contains(item.Why, "/desk/outlets/"+o.ID) {
			t.Errorf("%s: %s", item.State, item.Why)
		}
	})
}

// What an editor says of the language while a page is on its way stands.
func TestTheLanguageIsSetMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		var set func()
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			head := ""
			switch r.URL.Path {
			case "/flood":
				head = `<link rel="next" href="/flood/2">`
			case "/flood/2":
				set()
			}
			fmt.Fprint(w, pageOf(head, "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		}))
		client := b.Room.Fetch.(*fetch.Client)
		client.Allow = append(client.Allow, host)
		id, err := b.TakeURL(t.Context(), "http://"+host+"/flood", []string{"fr"})
		b.ok(err)
		item, err := b.store.Item(t.Context(), id)
		b.ok(err)
		set = func() { b.ok(b.SetLanguage(t.Context(), item.Outlet, "cs")) }
		b.work()
		if o, err := b.store.Outlet(t.Context(), item.Outlet); err != nil || o.Lang != "cs" {
			t.Errorf("%+v, %v", o, err)
		}
		if item, err = b.store.Item(t.Context(), id); err != nil || item.State != "taken" {
			t.Errorf("%s: %s, %v", item.State, item.Why, err)
		}
	})
}
