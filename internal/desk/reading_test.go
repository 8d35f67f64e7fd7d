package desk

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// reads gives the room an outlet to ask and a translator, and returns both.
func (h *room) reads(t *testing.T) *newsroomtest.Outlet {
	t.Helper()
	outlet, translator := newsroomtest.NewOutlet(t), &newsroomtest.Translator{}
	h.room.Fetch = &fetch.Client{UserAgent: "dragoman/test", Allow: []string{outlet.Host()}, Pace: 1, Hosts: newsroom.Hosts{Store: h.Store}}
	h.room.Translators, h.room.Pairs = translator.For, translator.Pairs
	return outlet
}

// took takes a page of the outlet and returns its item.
func (h *room) took(t *testing.T, outlet *newsroomtest.Outlet, slug string) news.Item {
	t.Helper()
	id, err := h.room.TakeURL(t.Context(), outlet.URL+"/"+slug, []string{"fr"})
	if err == nil {
		err = h.room.Take(t.Context(), id)
	}
	if err != nil {
		t.Fatal(err)
	}
	item, err := h.Item(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return item
}

const boxed = `<!doctype html><html lang="en"><head><title>A flood in the valley</title></head><body><main><article><h1>A flood in the valley</h1>
<p class="sum">What the council said in short.</p><p>%s</p><p>%s</p><div class="valley-extra"><p>%s</p></div></article></main></body></html>`

// walled is the beginning of an article that its outlet sells.
const walled = `<!doctype html><html lang="en"><head><title>A flood in the valley</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"A flood in the valley","isAccessibleForFree":false}</script></head><body><main><article><h1>A flood in the valley</h1><p>%s</p></article></main></body></html>`

func words(topic string) string { return newsroomtest.Words(topic) }

func mumbled(s string) string { return newsroomtest.Mumbled(s) }

func TestARuleAtTheDesk(t *testing.T) {
	h := open(t)
	outlet := h.reads(t)
	outlet.Add("flood", "A flood in the valley", "x")
	outlet.Raw("flood", fmt.Sprintf(boxed, words("flood"), words("river"), words("weather")))
	item := h.took(t, outlet, "flood")
	path := "/desk/outlets/" + item.Outlet + "/rule"
	h.enter(t, news.Publisher)
	for _, h.lang = range locale.Tags() {
		if body := h.page(t, path); !strings.Contains(body, "A flood in the valley") {
			t.Error("the kept page cannot be chosen")
		}
		h.page(t, "/desk/outlets/"+item.Outlet)
	}
	h.lang = "en"
	asked := outlet.Requests("/flood")
	for _, ref := range []string{"page", "address"} {
		value := map[string]string{"page": item.ID, "address": outlet.URL + "/flood"}[ref]
		w := h.post(t, path+"/try", "rule", "deck .sum\r\ndrop .valley-extra", ref, value)
		body := w.Body.String()
		if w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, alertOf(body))
		}
		for _, want := range []string{"comes in", "goes out", "What the council said in short.", "weather", "<code>rule</code>", "drop .valley-extra</textarea>"} {
			if !strings.Contains(body, want) {
				t.Errorf("the trial lacks %q", want)
			}
		}
	}
	for rule, want := range map[string]string{
		"title h1\nbodi article": "Line 2: “bodi” is no word of a rule",
		"body":                   "Line 1: “body” wants a CSS selector",
		"# x\n\nbody div..x":     "Line 3: “div..x” is no CSS selector",
	} {
		for _, to := range []string{path, path + "/try"} {
			w := h.post(t, to, "rule", rule, "page", item.ID)
			body := w.Body.String()
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(alertOf(body), want) || !strings.Contains(body, "aria-invalid") || !strings.Contains(body, ">"+strings.SplitN(rule, "\n", 2)[0]) {
				t.Errorf("%q at %s: %d %s", rule, to, w.Code, alertOf(body))
			}
		}
	}
	if w := h.post(t, path+"/try", "rule", "", "address", "https://elsewhere.example/"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a page that is not kept: %d", w.Code)
	}
	if rule, err := h.Rule(t.Context(), item.Outlet); err != nil || rule.N != 0 || outlet.Requests("/flood") != asked {
		t.Errorf("trying kept %+v or asked the outlet: %v", rule, err)
	}

	for i := range rulePages { // newer ones; the older page can still be chosen by a link
		slug := fmt.Sprint("later-", i)
		outlet.Add(slug, "Later", words("flood"), words("river"))
		h.now = h.now.Add(time.Second)
		h.took(t, outlet, slug)
	}
	if body := h.page(t, path); strings.Contains(body, item.ID) {
		t.Error("more pages are shown than there is room for")
	}
	if body := h.page(t, path+"?page="+item.ID); !strings.Contains(body, `value="`+item.ID+`" selected`) {
		t.Error("an older page cannot be chosen")
	}
	for i := range ruleHistory + 3 {
		h.done(t, path, "rule", fmt.Sprintf("drop .x%d", i))
	}
	h.done(t, path, "rule", "drop .valley-extra")
	body := h.page(t, path+"?done=rule")
	if !strings.Contains(body, "drop .valley-extra</textarea>") || !strings.Contains(body, "drop .x22") || strings.Contains(body, "drop .x2</code>") || !strings.Contains(body, "Ana publisher") {
		t.Error("the rules before are not shown, or all at once")
	}
	if body := h.page(t, path+"?before=4"); !strings.Contains(body, "drop .x2</code>") || strings.Contains(body, "drop .x3</code>") {
		t.Error("the older rules are not on their page")
	}
	h.done(t, path, "restore", "2")
	if rule, err := h.Rule(t.Context(), item.Outlet); err != nil || rule.Text != "drop .x1" || rule.N != ruleHistory+5 {
		t.Errorf("%+v %v", rule, err)
	}
	if w := h.post(t, path, "restore", "99"); w.Code != http.StatusNotFound {
		t.Errorf("a rule that never was: %d", w.Code)
	}
	h.enter(t, news.Translator)
	if w := h.post(t, path, "rule", "drop .y"); w.Code != http.StatusForbidden {
		t.Errorf("a translator sets a rule: %d", w.Code)
	}
	h.page(t, path)
}

func TestReadingAgainAtTheDesk(t *testing.T) {
	h := open(t)
	outlet := h.reads(t)
	outlet.Add("flood", "A flood in the valley", words("flood"), words("river"))
	item := h.took(t, outlet, "flood")
	original, err := h.NewestOriginal(t.Context(), item.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.room.Draft(t.Context(), original.ID, "fr"); err != nil {
		t.Fatal(err)
	}
	a, err := h.ArticleIn(t.Context(), item.ID, "fr")
	if err != nil {
		t.Fatal(err)
	}
	h.enter(t, news.Reviewer)
	report, err := h.Report(t.Context(), original.ID)
	if err != nil || len(report.Found) == 0 {
		t.Fatal("no report is kept", err)
	}
	report.Found = append(report.Found, store.Found{Field: "published", From: "address", Value: "2026-11-20"})
	storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.SaveReport(t.Context(), original.ID, report) })
	for _, h.lang = range locale.Tags() {
		body := h.page(t, "/desk/articles/"+a.ID)
		for _, want := range []string{"SHA-256", "<code>h1</code>", "2026-11-20<br>", `class="doubt"`, `action="/desk/articles/` + a.ID + `/reread"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the page does not say how it was read: %q", h.lang, want)
			}
		}
	}
	h.lang = "en"
	h.queue.asked = nil
	h.done(t, "/desk/articles/"+a.ID+"/reread")
	h.done(t, "/desk/outlets/"+item.Outlet+"/reread")
	if got := fmt.Sprint(h.queue.asked); got != fmt.Sprintf("[reread %s reread outlet %s]", item.ID, item.Outlet) {
		t.Errorf("queued %s", got)
	}
	// Of an article that waits for leave, too, an engine may be asked: it is queued.
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.SaveLeave(t.Context(), store.Leave{Item: item.ID, Report: store.Report{State: "cut"}, AskedAt: 1})
	})
	h.queue.asked = nil
	if to := h.done(t, "/desk/items/"+item.ID+"/reread"); !strings.Contains(to, "reread.article") || len(h.queue.asked) != 1 {
		t.Errorf("%s, queued %v", to, h.queue.asked)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.RemoveLeave(t.Context(), item.ID) })
	if body := h.page(t, "/desk/outlets/"+item.Outlet+"/rule?done=reread.outlet"); !strings.Contains(body, "Reading again: 0 of 1") || !strings.Contains(body, "<progress") || strings.Contains(body, "disabled") {
		t.Error("the progress is not said")
	}
	if left, err := h.room.RereadOutlet(t.Context(), item.Outlet); err != nil || left {
		t.Fatal(left, err)
	}
	if body := h.page(t, "/desk/outlets/"+item.Outlet+"/rule"); !strings.Contains(body, "1 page was read again") {
		t.Error("that it ended is not said")
	}
	h.page(t, "/desk/outlets/"+item.Outlet)
	if n := outlet.Requests("/flood"); n != 1 {
		t.Errorf("the outlet was asked %d times", n)
	}
}

// A page that is not whole is nowhere drafted before an editor says so; what is decided can be taken back.
func TestWaitingForLeave(t *testing.T) {
	h := open(t)
	h.enter(t, news.Reviewer)
	if body := h.page(t, "/desk/waiting"); !strings.Contains(body, "No page waits for leave.") {
		t.Error("the empty list says nothing")
	}
	outlet := h.reads(t)
	outlet.Add("flood", "A flood in the valley", "x")
	outlet.Raw("flood", fmt.Sprintf(walled, words("flood")))
	outlet.Add("app", "An app", "x")
	outlet.Raw("app", `<!doctype html><html lang="en"><head><title>An app</title></head><body><div id="app"></div></body></html>`)
	item, app := h.took(t, outlet, "flood"), h.took(t, outlet, "app")
	drafts := func() string {
		var list []string
		for _, x := range h.queue.asked {
			if strings.HasPrefix(x, "draft ") {
				list = append(list, x)
			}
		}
		return fmt.Sprint(list)
	}
	if got := drafts(); got != "[]" {
		t.Fatalf("before leave %s", got)
	}
	for _, h.lang = range locale.Tags() {
		body := h.page(t, "/desk/waiting")
		for _, want := range []string{"The flood was discussed", "/desk/items/" + item.ID + "/leave", "/desk/items/" + app.ID + "/reread", "/rule?page=" + app.ID} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the list lacks %q", h.lang, want)
			}
		}
		if n := strings.Count(body, `value="given"`); n != 1 {
			t.Errorf("%d pages can be translated, of which one has a text", n)
		}
		if !strings.Contains(h.page(t, "/desk/"), `href="/desk/waiting"`) {
			t.Error("the queue does not lead to what waits")
		}
		h.page(t, "/desk/outlets/"+item.Outlet)
	}
	h.lang = "en"
	if body := h.page(t, "/desk/waiting"); !strings.Contains(body, "Cut off for those who do not subscribe or register.<") || !strings.Contains(body, "No text that could be an article.<") {
		t.Error("the reasons are not said")
	}
	to := h.done(t, "/desk/items/"+item.ID+"/leave", "decision", "refused")
	if body := h.page(t, to); !strings.Contains(body, "A flood in the valley") || !strings.Contains(body, `value="undo"`) {
		t.Error("there is no way back")
	}
	h.page(t, "/desk/waiting?which=refused")
	h.done(t, "/desk/items/"+item.ID+"/leave", "decision", "undo")
	h.done(t, "/desk/items/"+item.ID+"/leave", "decision", "given")
	original, err := h.NewestOriginal(t.Context(), item.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := drafts(); got != "[draft "+original.ID+" fr]" {
		t.Errorf("with leave %s", got)
	}
	if body := h.page(t, "/desk/waiting?which=given"); !strings.Contains(body, "Leave given by Ana editor") {
		t.Error("who gave leave is not said")
	}
	for _, test := range []struct {
		path, decision string
		code           int
	}{{"/desk/items/" + app.ID + "/leave", "given", 422}, {"/desk/items/" + app.ID + "/leave", "maybe", 422}, {"/desk/items/nothing/leave", "given", 404}, {"/desk/items/nothing/reread", "", 404}} {
		if w := h.post(t, test.path, "decision", test.decision); w.Code != test.code {
			t.Errorf("%s %s: %d", test.path, test.decision, w.Code)
		}
	}
	if to := h.done(t, "/desk/items/"+app.ID+"/reread"); !strings.Contains(to, "reread.same") {
		t.Error(to)
	}
	if to := h.done(t, "/desk/items/"+app.ID+"/fetch", "back", "waiting"); !strings.HasPrefix(to, "/desk/waiting") {
		t.Error(to)
	}
	if w := h.get(t, "/desk/waiting?which=all"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
}

func TestMorePagesWaitThanOneShows(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", ccBy)
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		for i := range waitingSize + 1 {
			item := news.Item{ID: store.NewID(), Outlet: o.ID, Key: fmt.Sprint(i), URL: fmt.Sprintf("https://meridian.example/%d", i), SeenAt: int64(i), State: "asks"}
			if _, err := tx.AddItems(context.WithoutCancel(t.Context()), []news.Item{item}); err != nil {
				return err
			}
			if err := tx.SaveLeave(t.Context(), store.Leave{Item: item.ID, Report: store.Report{State: "empty"}, AskedAt: int64(1000 + i)}); err != nil {
				return err
			}
		}
		return nil
	})
	first := h.page(t, "/desk/waiting")
	at := strings.Index(first, "/desk/waiting?before=")
	if at < 0 || strings.Contains(first, ">https://meridian.example/0<") {
		t.Fatal("there is no second page")
	}
	second := h.page(t, first[at:at+strings.IndexByte(first[at:], '"')])
	if !strings.Contains(second, ">https://meridian.example/0<") || strings.Contains(second, ">https://meridian.example/1<") || !strings.Contains(second, `href="/desk/waiting">`) {
		t.Error("the second page is wrong")
	}
	if strings.Contains(first, "/leave\"") {
		t.Error("a translator may decide")
	}
}

// A text may be cut for other reasons than a wall: what is said of one is not said of the other, in any language.
func TestWhyAnArticleIsCut(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", ccBy)
	for i, test := range []struct {
		report store.Report
		kept   bool
	}{
		{store.Report{State: "cut", Paywall: true}, true},
		{store.Report{State: "full", Paywall: true}, true},
		{store.Report{State: "cut"}, false},
		{store.Report{State: "cut", Next: "https://meridian.example/2"}, false},
	} {
		item := news.Item{ID: store.NewID(), Outlet: o.ID, Key: fmt.Sprint(i), URL: fmt.Sprintf("https://meridian.example/%d", i), SeenAt: int64(i), State: "asks"}
		storetest.Do(t, h.Store, func(tx *store.Tx) error {
			if _, err := tx.AddItems(t.Context(), []news.Item{item}); err != nil {
				return err
			}
			return tx.SaveLeave(t.Context(), store.Leave{Item: item.ID, Report: test.report, AskedAt: 1})
		})
		for _, h.lang = range locale.Tags() {
			l, body := locale.For(h.lang), h.page(t, "/desk/waiting")
			says := func(key string) bool { return strings.Contains(body, html.EscapeString(l.T(key))) }
			if says("page.kept") != test.kept || says("waiting.help.kept") != test.kept || says("page.cut") == test.kept || says("waiting.help.cut") == test.kept {
				t.Errorf("%s: what is said of %+v is not true", h.lang, test.report)
			}
		}
		storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.RemoveLeave(t.Context(), item.ID) })
	}
}

// The language of an outlet is set at the desk; the page says what that touches.
func TestTheLanguageAtTheDesk(t *testing.T) {
	h := open(t)
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "", ccBy)
	path := "/desk/outlets/" + o.ID
	h.enter(t, news.Reviewer)
	if w := h.post(t, path+"/language", "language", "cs"); w.Code != http.StatusForbidden {
		t.Errorf("an editor without the role sets the language: %d", w.Code)
	}
	h.enter(t, news.Publisher)
	for _, h.lang = range locale.Tags() {
		l := locale.For(h.lang)
		if body := h.page(t, path); !strings.Contains(body, html.EscapeString(l.T("outlet.unknown"))) || !strings.Contains(body, html.EscapeString(l.T("outlet.language.help"))) {
			t.Errorf("%s: that the language is unknown, or what it touches, is not said", h.lang)
		}
		if body := h.page(t, "/desk/outlets"); !strings.Contains(body, path+"#languages") {
			t.Errorf("%s: the list does not lead to the form", h.lang)
		}
	}
	h.lang = "en"
	w := h.post(t, path+"/language", "language", "no language")
	if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `value="no language"`) || !strings.Contains(body, "aria-invalid") || alertOf(body) == "" {
		t.Errorf("%d %s", w.Code, alertOf(body))
	}
	for _, code := range []string{"und", "mul", "qaa", "x-foo"} {
		w := h.post(t, path+"/language", "language", code)
		if a := alertOf(w.Body.String()); w.Code != http.StatusUnprocessableEntity || !strings.Contains(a, "no language") || !strings.Contains(a, "pt-BR") {
			t.Errorf("%s: %d %s", code, w.Code, a)
		}
		if w := h.post(t, path+"/languages", "into", "fr, "+code); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("into %s: %d", code, w.Code)
		}
	}
	if body := h.page(t, h.done(t, path+"/language", "language", "cs")); !strings.Contains(body, "Czech") || !strings.Contains(alertOf(body), "stays as it is") || !strings.Contains(body, `value="cs"`) {
		t.Error("the language is not shown")
	}
	h.done(t, path+"/language", "language", "")
	if now, err := h.Outlet(t.Context(), o.ID); err != nil || now.Lang != "" {
		t.Errorf("%+v, %v", now, err)
	}
	if w := h.post(t, "/desk/outlets/none/language", "language", "cs"); w.Code != http.StatusNotFound {
		t.Errorf("an outlet that is not there: %d", w.Code)
	}
}

// A page that could not be read is read again from what is kept, or fetched again, by itself; what came of it is said where it was asked for.
func TestOnePageIsReadAgain(t *testing.T) {
	h := open(t)
	outlet := h.reads(t)
	mute := strings.Replace(fmt.Sprintf(boxed, mumbled(words("flood")), mumbled(words("river")), mumbled(words("weather"))), ` lang="en"`, "", 1)
	outlet.Add("flood", "A flood in the valley", "x")
	outlet.Raw("flood", mute)
	id, err := h.room.TakeURL(t.Context(), outlet.URL+"/flood", []string{"fr"})
	if err != nil {
		t.Fatal(err)
	}
	cause := h.room.Take(t.Context(), id)
	if cause == nil {
		t.Fatal("a page that does not say its language was read")
	}
	if err := h.room.Fail(t.Context(), id, cause); err != nil {
		t.Fatal(err)
	}
	item, err := h.Item(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	never := news.Item{ID: store.NewID(), Outlet: item.Outlet, Key: "never", URL: outlet.URL + "/never", SeenAt: 1, State: "failed", Why: "no answer"}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		_, err := tx.AddItems(t.Context(), []news.Item{never})
		return err
	})
	path, reread := "/desk/outlets/"+item.Outlet, "/desk/items/"+id+"/reread"
	h.enter(t, news.Translator)
	if body := h.page(t, path); strings.Contains(body, reread) || !strings.Contains(body, "language") {
		t.Error("a translator may have pages read again, or is not told why it failed")
	}
	for _, to := range []string{reread, "/desk/items/" + id + "/fetch"} {
		if w := h.post(t, to); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", to, w.Code)
		}
	}
	h.enter(t, news.Reviewer)
	for _, h.lang = range locale.Tags() {
		body := h.page(t, path)
		if !strings.Contains(body, `formaction="`+reread+`"`) || !strings.Contains(body, `action="/desk/items/`+id+`/fetch"`) {
			t.Errorf("%s: the page cannot be read again", h.lang)
		}
		if strings.Contains(body, "/desk/items/"+never.ID+"/reread") || !strings.Contains(body, "/desk/items/"+never.ID+"/fetch") {
			t.Errorf("%s: a page that is not kept can be read from what is kept", h.lang)
		}
		w := h.post(t, reread)
		if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(alertOf(body), locale.For(h.lang).T("reread.fails")) || !strings.Contains(alertOf(body), "does not say its language") || !strings.Contains(body, "A flood in the valley") && !strings.Contains(body, outlet.URL) {
			t.Errorf("%s: %d %s", h.lang, w.Code, alertOf(w.Body.String()))
		}
	}
	h.lang = "en"
	if now, err := h.Item(t.Context(), id); err != nil || now.State != "failed" || now.Tries < 2 {
		t.Errorf("%+v %v", now, err)
	}
	if w := h.post(t, "/desk/items/"+never.ID+"/reread"); w.Code != http.StatusNotFound {
		t.Errorf("a page that is not kept: %d", w.Code)
	}
	if err := h.room.SetLanguage(t.Context(), item.Outlet, "en"); err != nil {
		t.Fatal(err)
	}
	asked := outlet.Requests("/flood")
	if to := h.done(t, reread); to != path+"?done=reread.changed" {
		t.Error(to)
	}
	if now, err := h.Item(t.Context(), id); err != nil || now.State != "taken" || now.Link == "" || outlet.Requests("/flood") != asked {
		t.Errorf("%+v, %d requests, %v", now, outlet.Requests("/flood")-asked, err)
	}

	h.queue.asked, h.queue.again = nil, nil
	for range 2 { // both ways, of what is taken and of what is not, are queued
		if to := h.done(t, reread); to != path+"?done=reread.article" {
			t.Error(to)
		}
		if to := h.done(t, "/desk/items/"+id+"/fetch", "back", "waiting"); to != "/desk/waiting?done=refetch.article" {
			t.Error(to)
		}
		if to := h.done(t, "/desk/items/"+never.ID+"/fetch"); to != path+"?done=retrying" {
			t.Error(to)
		}
	}
	got := strings.Join(h.queue.asked, "\n")
	for _, want := range []string{"reread " + id, "take " + never.ID} {
		if !strings.Contains(got, want) {
			t.Errorf("queued %s, which lacks %s", got, want)
		}
	}
	soon := func(n int) { // one and the same job, due now
		t.Helper()
		if len(h.queue.again) != n || h.queue.again[0].item != id || h.queue.again[0].at.After(h.now) || h.queue.again[n-1] != h.queue.again[0] {
			t.Errorf("queued %+v", h.queue.again)
		}
		h.queue.again = nil
	}
	soon(2)
	original, err := h.NewestOriginal(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.room.Draft(t.Context(), original.ID, "fr"); err != nil {
		t.Fatal(err)
	}
	a, err := h.ArticleIn(t.Context(), id, "fr")
	if err != nil {
		t.Fatal(err)
	}
	article := "/desk/articles/" + a.ID
	for _, h.lang = range locale.Tags() {
		if body := h.page(t, article); !strings.Contains(body, `action="`+article+`/fetch"`) || !strings.Contains(body, html.EscapeString(locale.For(h.lang).T("refetch.say"))) {
			t.Errorf("%s: the article's page cannot be fetched again", h.lang)
		}
	}
	if to := h.done(t, article+"/fetch"); !strings.Contains(to, "done=refetch.article") {
		t.Error(to)
	}
	soon(1)
	for _, missing := range []string{"/desk/items/none/fetch", "/desk/items/none/reread", "/desk/articles/none/fetch"} {
		if w := h.post(t, missing); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", missing, w.Code)
		}
	}
}
