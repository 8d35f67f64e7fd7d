package newsroom_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// What an outlet writes in holds for what is read later and does not say it; what is published is not touched.
func TestTheLanguageOfAnOutlet(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		mute := func(topic string) string {
			return strings.Replace(pageOf("", "A "+topic+" in the valley", newsroomtest.Mumbled(newsroomtest.Words(topic)), newsroomtest.Mumbled(newsroomtest.Words("river"))), ` lang="en"`, "", 1)
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

// A page that was translated from the wrong language is translated anew once it is read again in the right one. An editor's words stay at hand,
// readers see what they saw, and a translation that cannot be made anew is left as it was and flagged.
func TestReadingAgainInAnotherLanguage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.translator.Only = []newsroom.Pair{{From: "en", To: "fr"}, {From: "en", To: "pt"}, {From: "en", To: "de"}, {From: "pt", To: "fr"}, {From: "pt", To: "en"}}
		b.outlet.Add("flood", "x", "x")
		b.outlet.Raw("flood", strings.Replace(pageOf("", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river"))), ` lang="en"`, "", 1))
		o := b.follow("fr", "pt", "de", "en")
		b.allow(o)
		in := map[string]news.Article{}
		for _, a := range b.articles() {
			in[a.Lang] = a
		}
		if len(in) != 3 {
			t.Fatalf("%d articles", len(in))
		}
		fr := in["fr"]
		mine := strings.Replace(b.document(fr).Blocks[1].Text.S, newsroomtest.Mumbled("COUNCIL"), "CONSEIL", 1)
		_, err := b.Edit(ctx, newsroom.Edit{Article: fr.ID, From: 1, Place: doc.Place{Block: 1}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		b.ok(b.Publish(ctx, fr.ID, "Ann"))
		drafted := len(b.translator.Texts())

		b.ok(b.SetLanguage(ctx, o.ID, "pt"))
		b.ok(b.Room.Retake(ctx, fr.Item)) // the outlet changed nothing
		b.work()
		if n := len(b.translator.Texts()); n != drafted {
			t.Fatalf("%d texts are translated because the language was set", n-drafted)
		}
		for i := range 2 { // the second time there is nothing to do
			if changed, err := b.Room.Reread(ctx, fr.Item); err != nil || changed != (i == 0) {
				t.Fatalf("read again: %v, %v", changed, err)
			}
			b.work()
		}
		now := map[string]news.Article{}
		for _, a := range b.articles() {
			now[a.Lang] = a
		}
		_, original, err := b.store.OriginalOf(ctx, fr.Item)
		b.ok(err)
		if original.N != 2 || original.Lang != "pt" || len(now) != 4 {
			t.Fatalf("reading %+v, %d articles", original, len(now))
		}
		if a := now["fr"]; a.Revision != 3 || a.Public != 2 || a.Original != original.ID || !raised(b.flags(a), newsroom.RuleChanged) || !strings.Contains(fmt.Sprint(b.flags(a)), "CONSEIL") {
			t.Errorf("what was translated anew: %+v, flags %+v", a, b.flags(a))
		}
		engines, err := b.store.EnginesOf(ctx, fr.ID)
		b.ok(err)
		if !strings.Contains(fmt.Sprint(engines), "pt-fr") { // of those sentences that read otherwise
			t.Errorf("it is signed by %+v", engines)
		}
		for lang, why := range map[string]string{"pt": "in the language of this translation", "de": "no model for pt→de"} {
			if a := now[lang]; a.Revision != 1 || a.Original != in[lang].Original || !strings.Contains(fmt.Sprint(b.flags(a)), why) {
				t.Errorf("%s: %+v, flags %+v", lang, a, b.flags(a))
			}
		}
		if a := now["en"]; a.Original != original.ID || a.Revision != 1 {
			t.Errorf("the language that was thought its own: %+v", a)
		}
	})
}

// An outlet that changes a sentence after its language was set has the whole article translated anew: no translation is made of two languages. What
// no engine could translate then is once it can be, when the page is read again.
func TestAChangeInAnotherLanguage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		mute := func(second string) string {
			return strings.Replace(pageOf("", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(second)), ` lang="en"`, "", 1)
		}
		b.translator.Only = []newsroom.Pair{{From: "en", To: "fr"}, {From: "en", To: "de"}, {From: "en", To: "pt"}, {From: "pt", To: "fr"}}
		b.outlet.Add("flood", "x", "x")
		b.outlet.Raw("flood", mute(newsroomtest.Words("river")))
		o := b.follow("fr", "de", "pt")
		in := map[string]news.Article{}
		for _, a := range b.articles() {
			in[a.Lang] = a
		}
		fr := in["fr"]
		mine := strings.Replace(b.document(fr).Blocks[0].Text.S, newsroomtest.Mumbled("COUNCIL"), "CONSEIL", 1)
		_, err := b.Edit(ctx, newsroom.Edit{Article: fr.ID, From: 1, Place: doc.Place{Block: 0}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		b.ok(b.SetLanguage(ctx, o.ID, "pt"))
		b.outlet.Raw("flood", mute(newsroomtest.Words("lake")))
		drafted := len(b.translator.Texts())
		b.ok(b.FetchAgain(ctx, fr.Item))
		b.work()
		d, original, err := b.store.OriginalOf(ctx, fr.Item)
		b.ok(err)
		if original.N != 2 || original.Lang != "pt" {
			t.Fatalf("reading %+v", original)
		}
		if n := len(b.translator.Texts()) - drafted; n != 1+len(d.Blocks) {
			t.Errorf("%d texts are translated of a title and %d blocks", n, len(d.Blocks))
		}
		article := func(lang string) news.Article {
			t.Helper()
			a, err := b.store.Article(ctx, in[lang].ID)
			b.ok(err)
			return a
		}
		if a := article("fr"); a.Revision != 3 || a.Original != original.ID || !raised(b.flags(a), newsroom.RuleChanged) || !strings.Contains(fmt.Sprint(b.flags(a)), "CONSEIL") {
			t.Errorf("%+v, flags %+v", a, b.flags(a))
		}
		for _, lang := range []string{"de", "pt"} {
			if a := article(lang); a.Revision != 1 || a.Original != in[lang].Original || !strings.Contains(fmt.Sprint(b.flags(a)), "left as it was") {
				t.Errorf("%s: %+v, flags %+v", lang, a, b.flags(a))
			}
		}

		// Nothing is made anew twice, and what was left keeps no later change from the others.
		changed, err := b.Room.Reread(ctx, fr.Item)
		if err != nil || changed {
			t.Errorf("read again: %v, %v", changed, err)
		}
		b.outlet.Raw("flood", mute(newsroomtest.Words("court")))
		b.ok(b.Room.Retake(ctx, fr.Item))
		b.work()
		if a := article("fr"); a.Revision != 4 || article("de").Revision != 1 {
			t.Errorf("%+v, %+v", a, article("de"))
		}
		b.translator.Only = append(b.translator.Only, newsroom.Pair{From: "pt", To: "de"})
		_, original, err = b.store.OriginalOf(ctx, fr.Item)
		b.ok(err)
		for i := range 2 {
			if changed, err := b.Room.Reread(ctx, fr.Item); err != nil || changed != (i == 0) {
				t.Fatalf("read again, with an engine: %v, %v", changed, err)
			}
			b.work()
		}
		de := article("de")
		if de.Revision != 2 || de.Original != original.ID || !strings.Contains(b.document(de).Blocks[1].Text.S, newsroomtest.Mumbled("COURT")) {
			t.Errorf("%+v: %+v", de, b.document(de).Blocks)
		}
		if list, err := b.store.Originals(ctx, fr.Item); err != nil || len(list) != 3 {
			t.Errorf("%d readings, %v", len(list), err)
		}
	})
}

// Codes that name no language are refused where a person gives them, and say nothing where a feed or a page does.
func TestCodesOfNoLanguage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		page := strings.Replace(pageOf("", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river"))), `lang="en"`, `lang="CODE"`, 1)
		pages := map[string]string{
			"/f":     strings.Replace(telling("http://HOST/und", ""), "<language>en<", "<language>und<", 1),
			"/front": `<!doctype html><html lang="mul"><head><title>Post</title></head><body><main><h2><a href="/zxx">A flood in the valley</a></h2></main></body></html>`,
		}
		for _, code := range []string{"und", "mul", "zxx", "qaa", "en"} {
			pages["/"+code] = strings.Replace(page, "CODE", code, 1)
		}
		base, _ := site(t, b, pages)
		o, err := b.Follow(ctx, base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
		b.ok(err)
		if o.Lang != "" {
			t.Errorf("a feed in %q", o.Lang)
		}
		b.work()
		for _, code := range []string{"und", "mul", "zxx", "qaa", "mis", "x-foo", "Und_latn"} {
			b.is(b.SetLanguage(ctx, o.ID, code), news.ErrInvalid, "no language", "pt-BR")
		}
		for _, code := range []string{"und", "mul", "zxx", "qaa"} {
			id, err := b.TakeURL(ctx, base+"/"+code, nil)
			b.ok(err)
			b.work()
			if item, err := b.store.Item(ctx, id); err != nil || item.State != "failed" || !strings.Contains(item.Why, "does not say its language") {
				t.Errorf("%s: %s: %s, %v", code, item.State, item.Why, err)
			}
			b.ok(b.SetLanguage(ctx, o.ID, "pt"))
			b.ok(b.Retry(ctx, id))
			b.work()
			d, _, err := b.store.OriginalOf(ctx, id)
			b.ok(err)
			if d.Lang != "pt" {
				t.Errorf("a page that says %s of an outlet in pt is read as %s", code, d.Lang)
			}
			b.ok(b.SetLanguage(ctx, o.ID, ""))
		}
		list, err := b.Follow(ctx, base+"/front", newsroom.FollowOptions{Links: "h2 a", Name: "Links"})
		b.ok(err)
		if list.Lang != "" {
			t.Errorf("a page of links in %q", list.Lang)
		}
	})
}

// That a translation was left as it was is said on what an editor saved of it meanwhile: nobody looks at the revision before.
func TestWhatIsLeftIsSavedMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.translator.Only = []newsroom.Pair{{From: "en", To: "de"}}
		b.outlet.Add("flood", "x", "x")
		b.outlet.Raw("flood", strings.Replace(pageOf("", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river"))), ` lang="en"`, "", 1))
		o := b.follow("de")
		a := b.articles()[0]
		b.ok(b.SetLanguage(ctx, o.ID, "pt"))
		able := b.Translators
		b.Translators = func(ctx context.Context, from, to string) (newsroom.Translator, []store.Engine, error) {
			_, err := b.Edit(ctx, newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 0}, Text: doc.Text{S: "Geändert."}, By: b.editor.ID})
			b.ok(err)
			return able(ctx, from, to)
		}
		if changed, err := b.Room.Reread(ctx, a.Item); err != nil || !changed {
			t.Fatalf("%v, %v", changed, err)
		}
		now, err := b.store.Article(ctx, a.ID)
		b.ok(err)
		if now.Revision != 2 || !strings.Contains(fmt.Sprint(b.flags(now)), "left as it was") {
			t.Errorf("%+v, flags %+v", now, b.flags(now))
		}
	})
}
