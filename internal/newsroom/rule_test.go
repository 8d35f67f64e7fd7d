package newsroom_test

import (
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

// withBox is a page whose article holds a box that no general rule knows for furniture.
func withBox(title string, paras ...string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><title>` + title + `</title></head><body><main><article><h1>` + title + `</h1><p class="sum">What the council said in short.</p>`)
	for _, p := range paras {
		b.WriteString("<p>" + p + "</p>")
	}
	return b.String() + `<div class="valley-extra"><p>` + newsroomtest.Words("weather") + `</p></div></article></main></body></html>`
}

func TestARuleHoldsFromThenOn(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Raw("flood", withBox("A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		o := b.follow("fr")
		if d := b.document(b.articles()[0]); !strings.Contains(d.Blocks[len(d.Blocks)-1].Text.S, "WEATHER") {
			t.Fatal("the page is read without a rule already: the case shows nothing")
		}
		b.ok(b.SetRule(t.Context(), o.ID, "# the box\r\ndrop .valley-extra\r\n", "Ann"))
		b.outlet.Add("bridge", "A bridge for the valley", newsroomtest.Words("bridge"), newsroomtest.Words("money"))
		b.outlet.Raw("bridge", withBox("A bridge for the valley", newsroomtest.Words("bridge"), newsroomtest.Words("money")))
		b.look(o)
		for _, a := range b.articles() {
			d := b.document(a)
			if strings.Contains(d.Title.S, "BRIDGE") && strings.Contains(d.Blocks[len(d.Blocks)-1].Text.S, "WEATHER") {
				t.Errorf("what is taken after the rule was saved still holds the box: %s", d.Blocks[len(d.Blocks)-1].Text.S)
			}
		}
	})
}

func TestRulesAreKept(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		ctx := t.Context()
		for _, text := range []string{"body main", "body article", "body article", ""} { // the third says nothing new
			b.ok(b.SetRule(ctx, o.ID, text, "Ann"))
		}
		now, err := b.store.Rule(ctx, o.ID)
		b.ok(err)
		before, err := b.store.Rules(ctx, o.ID, now.N, 10)
		b.ok(err)
		if now.N != 3 || now.Text != "" || now.By != "Ann" || len(before) != 2 || before[0].Text != "body article" || before[1].Text != "body main" {
			t.Errorf("now %+v, before %+v", now, before)
		}
		b.is(b.SetRule(ctx, o.ID, "title h1\n\nbodi article", "Ann"), news.ErrInvalid, "line 3", "bodi")
		b.is(b.SetRule(ctx, o.ID, "body div..x", "Ann"), news.ErrInvalid, "line 1")
		b.is(b.SetRule(ctx, o.ID, strings.Repeat("drop .x\n", 5000), "Ann"), news.ErrInvalid, "bytes")
		b.is(b.SetRule(ctx, "nobody", "body main", "Ann"), news.ErrNotFound)
	})
}

func TestTryingARuleKeepsNothingAndAsksNobody(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Raw("flood", withBox("A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		o := b.follow("fr")
		asked, ctx := b.outlet.Requests("/flood"), t.Context()
		for _, ref := range []string{"", b.articles()[0].Item, b.outlet.URL + "/flood", " " + b.outlet.URL + "/flood?utm_source=x "} {
			trial, err := b.TryRule(ctx, o.ID, ref, "deck .sum\ndrop .valley-extra\ntitle .nowhere")
			b.ok(err)
			if trial.Then.Doc.Deck.S != "What the council said in short." || len(trial.Then.Doc.Blocks) >= len(trial.Now.Doc.Blocks) || len(trial.Changes) == 0 {
				t.Errorf("%q: deck %q, %d blocks of %d, %d changes", ref, trial.Then.Doc.Deck.S, len(trial.Then.Doc.Blocks), len(trial.Now.Doc.Blocks), len(trial.Changes))
			}
			if !strings.Contains(strings.Join(trial.Then.Report.Notes, "\n"), "title finds nothing") {
				t.Errorf("that a selector finds nothing is not said: %q", trial.Then.Report.Notes)
			}
		}
		trial, err := b.TryRule(ctx, o.ID, "", "body .sum")
		b.ok(err)
		if trial.Then.None == "" && len(trial.Then.Doc.Blocks) > 1 {
			t.Errorf("%+v", trial.Then)
		}
		if b.outlet.Requests("/flood") != asked {
			t.Error("the outlet was asked")
		}
		if rule, err := b.store.Rule(ctx, o.ID); err != nil || rule.N != 0 {
			t.Errorf("a rule was kept: %+v %v", rule, err)
		}
		_, err = b.TryRule(ctx, o.ID, "https://elsewhere.example/x", "")
		b.is(err, news.ErrInvalid, "take it first")
		_, err = b.TryRule(ctx, o.ID, "", "drop")
		b.is(err, news.ErrInvalid, "line 1")
	})
}
