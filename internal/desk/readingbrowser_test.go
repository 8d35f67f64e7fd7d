package desk

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// seat logs the browser in as an editor with the role.
func (h *room) seat(t *testing.T, b *webtest.Browser, server *httptest.Server, role news.Role) {
	t.Helper()
	h.enter(t, role)
	name, value, _ := strings.Cut(h.cookie, "=")
	b.Do(chromedp.Navigate(server.URL + "/desk/login"))
	webtest.Ask[string](b, fmt.Sprintf(`document.cookie = "%s=%s; path=/desk"`, name, value))
}

// A rule is tried on a kept page, saved, and what is not whole is let through, in a real browser.
func TestRulesAndLeaveInABrowser(t *testing.T) {
	b := webtest.Open(t)
	h := open(t)
	outlet := h.reads(t)
	outlet.Add("flood", "A flood in the valley", "x")
	outlet.Raw("flood", fmt.Sprintf(boxed, words("flood"), words("river"), words("weather")))
	item := h.took(t, outlet, "flood")
	outlet.Add("wall", "A wall in the valley", "x")
	outlet.Raw("wall", fmt.Sprintf(walled, words("wall")))
	h.took(t, outlet, "wall")
	server := httptest.NewServer(h)
	defer server.Close()
	h.seat(t, b, server, news.Publisher)

	rule := server.URL + "/desk/outlets/" + item.Outlet + "/rule"
	b.Do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(rule), chromedp.WaitVisible("#rule"))
	webtest.Ask[string](b, `document.querySelector("#rule").value = "drop .valley-extra\ndeck .sum"`)
	b.Do(chromedp.SetValue("#page", item.ID), chromedp.Click("button[formaction]"), chromedp.WaitVisible(".trial"))
	if n := webtest.Ask[int](b, `document.querySelectorAll(".trial .row.removed").length`); n == 0 {
		t.Error("nothing goes out by the rule")
	}
	b.Shot("rule-1280")
	b.Do(chromedp.EmulateViewport(390, 844))
	if wide := webtest.Ask[int](b, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the trial is %d pixels wide on a phone", wide)
	}
	b.Shot("rule-390")
	b.Do(chromedp.Click(`.ruleform button:not([formaction])`), chromedp.WaitVisible(".alert"))
	if got := webtest.Ask[string](b, `document.querySelector("#rule").value`); !strings.Contains(got, "deck .sum") {
		t.Errorf("the saved rule is %q", got)
	}
	b.Fits(rule)

	waiting := server.URL + "/desk/waiting"
	b.Fits(waiting)
	b.Do(chromedp.Navigate(waiting))
	b.Shot("waiting-1280")
	b.Do(chromedp.EmulateViewport(390, 844))
	b.Shot("waiting-390")
	b.Do(chromedp.Click(`button[value="refused"]`), chromedp.WaitVisible(".undo"), chromedp.Click(".undo button"), chromedp.WaitVisible(`button[value="given"]`))
	b.Do(chromedp.Click(`button[value="given"]`), chromedp.WaitVisible(".undo"))
	if len(h.queue.asked) == 0 || !strings.HasPrefix(h.queue.asked[len(h.queue.asked)-1], "draft ") {
		t.Errorf("queued %v", h.queue.asked)
	}
	if original, err := h.NewestOriginal(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	} else if err := h.room.Draft(t.Context(), original.ID, "fr"); err != nil {
		t.Fatal(err)
	}
	a, err := h.ArticleIn(t.Context(), item.ID, "fr")
	if err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+"/desk/articles/"+a.ID), chromedp.Click("details.reading summary"), chromedp.WaitVisible("dl.found"))
	b.Shot("reading-1280")
	b.Do(chromedp.Click("details.reading button"), chromedp.WaitVisible(".alert"))
	if got := h.queue.asked[len(h.queue.asked)-1]; got != "reread "+item.ID {
		t.Errorf("queued %s", got)
	}
	b.Do(chromedp.Navigate(server.URL+"/desk/articles/"+a.ID), chromedp.Click("details.reading summary"), chromedp.WaitVisible("dl.found"))
	b.Do(chromedp.EmulateViewport(390, 844))
	if wide := webtest.Ask[int](b, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("how a page was read is %d pixels wide on a phone", wide)
	}
	b.Shot("reading-390")
	b.Do(chromedp.Click(`details.reading form[action$="/fetch"] button`), chromedp.WaitVisible(".alert"))
	if len(h.queue.again) == 0 || h.queue.again[len(h.queue.again)-1].item != item.ID {
		t.Errorf("queued %v", h.queue.again)
	}

	outlet.Add("mute", "x", "x")
	outlet.Raw("mute", strings.Replace(fmt.Sprintf(boxed, mumbled(words("bridge")), mumbled(words("mayor")), mumbled(words("court"))), ` lang="en"`, "", 1))
	if err := h.room.SetLanguage(t.Context(), item.Outlet, ""); err != nil {
		t.Fatal(err)
	}
	mute, err := h.room.TakeURL(t.Context(), outlet.URL+"/mute", []string{"fr"})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.room.Take(t.Context(), mute); err == nil {
		t.Fatal("a page that does not say its language was read")
	} else if err := h.room.Fail(t.Context(), mute, err); err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+"/desk/outlets/"+item.Outlet))
	b.Shot("outlet-1280")
	b.Do(chromedp.EmulateViewport(390, 844))
	b.Shot("outlet-390")
	b.Do(chromedp.EmulateViewport(1280, 900))
	b.Do(chromedp.SetValue("#language", "en"), chromedp.Click(`form[action$="/language"] button`), chromedp.WaitVisible(".alert:not(.bad)"))
	b.Do(chromedp.Click(`button[formaction$="/reread"]`))
	b.Until(`!document.querySelector('button[formaction$="/reread"]') && document.querySelector(".alert:not(.bad)") !== null`)
	if now, err := h.Item(t.Context(), mute); err != nil || now.State != "taken" {
		t.Errorf("%+v, %v", now, err)
	}
	b.Fits(server.URL + "/desk/outlets/" + item.Outlet)
	b.Clean(strings.TrimPrefix(server.URL, "http://"), "desk")
}
