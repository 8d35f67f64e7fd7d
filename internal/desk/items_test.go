package desk

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// add adds n items of an outlet in a state, all seen at one moment, and returns them.
func (h *room) add(t *testing.T, outlet, state string, n int) []news.Item {
	t.Helper()
	var list []news.Item
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		for i := range n {
			item := news.Item{
				ID: store.NewID(), Outlet: outlet, Key: fmt.Sprint(state, i), URL: fmt.Sprintf("https://meridian.example/%s-%d/", state, i),
				Title: fmt.Sprintf("The %s page number %d.", state, i), SeenAt: at.UnixMilli(), State: state, Why: "get https://meridian.example/: 500 Internal Server Error",
			}
			if _, err := tx.AddItems(t.Context(), []news.Item{item}); err != nil {
				return err
			}
			list = append(list, item)
		}
		return nil
	})
	return list
}

// vain notes that an item's page was asked for again in vain.
func (h *room) vain(t *testing.T, item, outcome string) {
	t.Helper()
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.SaveFailure(t.Context(), store.Failure{Item: item, At: h.now.UnixMilli(), Outcome: outcome, Why: "get https://meridian.example/: " + outcome})
	})
}

// twin makes an item the twin of another.
func (h *room) twin(t *testing.T, item, of string) {
	t.Helper()
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.SaveTwin(t.Context(), store.Twin{Item: item, SameAs: of, Reason: store.TwinByText, At: at.UnixMilli()})
	})
}

// older is the first path on a page that begins so.
func older(body, begins string) string {
	i := strings.Index(body, `href="`+begins)
	if i < 0 {
		return ""
	}
	path, _, _ := strings.Cut(body[i+len(`href="`):], `"`)
	path, _, _ = strings.Cut(path, "#")
	return strings.ReplaceAll(path, "&amp;", "&")
}

// That a page was asked for again in vain is told on the article's page and on its outlet's, in each language, with what to do, until somebody has
// seen it.
func TestAskingAgainInVainAtTheDesk(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	outcomes := []string{
		"not_found", "gone", newsroom.OutcomeFrontPage, "forbidden", "bot_challenge", "refused", "robots", "address", "blocked_address", "redirects", "too_large",
		newsroom.OutcomeNotWhole, newsroom.OutcomeUnread, newsroom.OutcomeOurs, "timeout", "unavailable", "dns", "tls", "unreachable", "protocol", "rate_limited",
	}
	h.enter(t, news.Translator)
	if body := h.page(t, "/desk/articles/"+a.ID); strings.Contains(body, `id="failure"`) {
		t.Error("a failure is told of where there was none")
	}
	for _, h.lang = range locale.Tags() {
		for _, outcome := range outcomes {
			h.vain(t, a.Item, outcome)
			for _, path := range []string{"/desk/articles/" + a.ID, "/desk/outlets/" + a.Outlet, "/desk/outlets/" + a.Outlet + "/items?which=again"} {
				body := h.page(t, path)
				if !strings.Contains(body, "get https://meridian.example/: "+outcome) || strings.Contains(body, ">"+outcome) || strings.Contains(body, ": "+outcome+".<") || strings.Contains(body, "[refetch") {
					t.Errorf("%s %s: %s is not told of in words", h.lang, path, outcome)
				}
				if strings.Contains(body, "/seen") {
					t.Error("a translator may set it aside")
				}
			}
		}
	}
	h.lang = "en"
	h.enter(t, news.Reviewer)
	h.vain(t, a.Item, "unavailable")
	body := h.page(t, "/desk/articles/"+a.ID)
	for _, want := range []string{"Asked for again on November 24, 2026", "the server has a difficulty.", "ask again later", "The article here is as it was."} {
		if !strings.Contains(body, want) {
			t.Errorf("the article's page lacks %q", want)
		}
	}
	seen := fmt.Sprint(h.now.UnixMilli())
	h.now = h.now.Add(time.Minute)
	h.vain(t, a.Item, "dns") // newer than what the editor has on the screen
	h.done(t, "/desk/items/"+a.Item+"/seen", "at", seen, "article", a.ID)
	if body := h.page(t, "/desk/articles/"+a.ID); !strings.Contains(body, `id="failure"`) {
		t.Error("what nobody has seen is gone")
	}
	seen = fmt.Sprint(h.now.UnixMilli())
	if to := h.done(t, "/desk/items/"+a.Item+"/seen", "at", seen, "back", "again"); !strings.HasPrefix(to, "/desk/outlets/"+a.Outlet+"/items?which=again&done=") {
		t.Error(to)
	} else if body := h.page(t, to); !strings.Contains(body, "No page is in this list.") || !strings.Contains(alertOf(body), "set aside") {
		t.Error("that the list is empty, or what was done, is not said")
	}
	if body := h.page(t, "/desk/articles/"+a.ID); strings.Contains(body, `id="failure"`) {
		t.Error("it is told of for ever")
	}
	for path, code := range map[string]int{"/desk/items/" + a.Item + "/seen": 422, "/desk/items/none/seen": 404} {
		value := "x"
		if code == 404 {
			value = "1"
		}
		if w := h.post(t, path, "at", value); w.Code != code {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// Which pages count as an article is told there; one is parted, which is taken back while it has no article.
func TestTwinsAtTheDesk(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	twins := h.add(t, a.Outlet, "twin", twinsSize+1)
	for _, i := range twins {
		h.twin(t, i.ID, a.Item)
	}
	h.enter(t, news.Reviewer)
	path := "/desk/articles/" + a.ID
	for _, h.lang = range locale.Tags() {
		h.page(t, path)
		h.page(t, "/desk/outlets/"+a.Outlet)
		if body := h.page(t, "/desk/outlets/"+a.Outlet+"/items?which=twin"); !strings.Contains(body, `href="`+path+`"`) {
			t.Error("the list does not lead to the article")
		}
	}
	h.lang = "en"
	body := h.page(t, path)
	for _, want := range []string{"11 other pages count as this article", "The twin page number 10.", "https://meridian.example/twin-10/", ": same article by headline and text.", "This is another article"} {
		if !strings.Contains(body, want) {
			t.Errorf("the article's page lacks %q", want)
		}
	}
	if strings.Contains(body, "/twin-0/") {
		t.Error("more are shown than there is room for")
	}
	if body := h.page(t, older(body, path+"?twins=")); !strings.Contains(body, "/twin-0/") || strings.Contains(body, "/twin-1/") || !strings.Contains(body, "<details class=\"twins\" id=\"twins\" open>") {
		t.Error("the second page is wrong")
	}
	if w := h.get(t, path+"?twins=x"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}

	one := twins[twinsSize]
	h.queue.asked = nil
	for range 2 { // clicked twice
		if to := h.done(t, "/desk/items/"+one.ID+"/twin", "decision", "part", "same_as", a.Item, "article", a.ID); to != path+"?done=twin.parted#twins" {
			t.Error(to)
		}
	}
	if got := fmt.Sprint(h.queue.asked); got != "[take "+one.ID+"]" { // no page of it is kept
		t.Errorf("queued %s", got)
	}
	body = h.page(t, path+"?done=twin.parted")
	if !strings.Contains(body, ": parted by Ana editor.") || !strings.Contains(body, `value="undo"`) || !strings.Contains(body, "10 other pages count as") || !strings.Contains(alertOf(body), "two articles") {
		t.Error("what was done, or the way back, is not there")
	}
	h.done(t, "/desk/items/"+one.ID+"/twin", "decision", "undo", "same_as", a.Item, "article", a.ID)
	if body = h.page(t, path); strings.Contains(body, "parted by") || !strings.Contains(body, "11 other pages count as") {
		t.Error("it was not taken back")
	}

	if to := h.done(t, "/desk/items/"+one.ID+"/twin", "decision", "part", "same_as", a.Item, "back", "twin"); !strings.HasPrefix(to, "/desk/outlets/"+a.Outlet+"/items?which=twin&done=") {
		t.Error(to)
	}
	own := h.own(t, one)
	for _, page := range []string{path, "/desk/articles/" + own.ID} { // on both sides, each with the way to the other
		body := h.page(t, page)
		if !strings.Contains(body, "parted by Ana editor") || strings.Contains(body, `value="undo"`) || !strings.Contains(body, `<a href="/desk/articles/`+map[bool]string{true: own.ID, false: a.ID}[page == path]+`">`) {
			t.Errorf("%s does not say what it was parted from", page)
		}
	}
	for _, from := range []string{"article", "back"} {
		value := map[string]string{"article": a.ID, "back": "twin"}[from]
		if w := h.post(t, "/desk/items/"+one.ID+"/twin", "decision", "undo", "same_as", a.Item, from, value); w.Code != http.StatusConflict || !strings.Contains(alertOf(w.Body.String()), "kill that first") {
			t.Errorf("%d %s", w.Code, alertOf(w.Body.String()))
		}
	}
	for _, test := range []struct {
		item, decision, of string
		code               int
	}{{one.ID, "maybe", a.Item, 422}, {one.ID, "part", "none", 404}, {"none", "part", a.Item, 404}} {
		if w := h.post(t, "/desk/items/"+test.item+"/twin", "decision", test.decision, "same_as", test.of); w.Code != test.code {
			t.Errorf("%+v: %d", test, w.Code)
		}
	}
	h.enter(t, news.Translator)
	if w := h.post(t, "/desk/items/"+one.ID+"/twin", "decision", "part", "same_as", a.Item); w.Code != http.StatusForbidden {
		t.Errorf("a translator parts: %d", w.Code)
	}
	if body := h.page(t, path); strings.Contains(body, `value="part"`) {
		t.Error("a translator is offered what is refused")
	}
}

// own makes an article of an item.
func (h *room) own(t *testing.T, item news.Item) news.Article {
	t.Helper()
	original := news.Original{ID: store.NewID(), Item: item.ID, N: 1, URL: item.URL, Lang: "en", At: at.UnixMilli()}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		page := store.Page{ID: store.NewID(), Item: item.ID, At: 1, URL: item.URL, Status: 200, Body: []byte("<p>")}
		if err := tx.SavePage(t.Context(), page); err != nil {
			return err
		}
		original.Page = page.ID
		if err := tx.MoveItem(t.Context(), item.ID, "taken", ""); err != nil {
			return err
		}
		return tx.SaveOriginal(t.Context(), original, storetest.Doc(t, "testdata/harbour.en.doc.txt"))
	})
	return storetest.AddDraft(t, h.Store, original, storetest.Doc(t, "testdata/harbour.fr.doc.txt"), at.UnixMilli())
}

// However many pages of an outlet wait or failed, each is on a page of its list, and all that failed is asked for again at once.
func TestListsOfAnOutletsPages(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	const many = 2*itemsSize + 3
	path := "/desk/outlets/" + a.Outlet
	h.enter(t, news.Reviewer)
	for _, which := range itemLists {
		if body := h.page(t, path+"/items?which="+which); !strings.Contains(body, "No page is in this list.") {
			t.Errorf("%s: the empty list says nothing", which)
		}
	}
	for _, state := range []string{"held", "failed", "filtered", "twin"} {
		h.add(t, a.Outlet, state, many)
	}
	for i, item := range h.add(t, a.Outlet, "taken", many) {
		h.vain(t, item.ID, []string{"timeout", "not_found"}[i%2])
	}
	for _, h.lang = range locale.Tags() {
		h.page(t, path)
		for _, which := range itemLists {
			h.page(t, path+"/items?which="+which)
		}
	}
	h.lang = "en"
	whole := h.page(t, path)
	for _, want := range []string{"43 articles wait for you", "43 pages could not be taken", "43 articles whose pages were asked for again in vain", "43 pages count as other pages’ articles", `action="` + path + `/retry"`} {
		if !strings.Contains(whole, want) {
			t.Errorf("the outlet's page lacks %q", want)
		}
	}
	for _, which := range itemLists {
		state := which
		if which == againList {
			state = "taken"
		}
		first := h.page(t, path+"/items")
		if which != "held" {
			first = h.page(t, path+"/items?which="+which)
		}
		seen := map[int]int{}
		pages := 0
		for body := first; ; pages++ {
			for i := range many {
				seen[i] += strings.Count(body, fmt.Sprintf("The %s page number %d.<", state, i))
			}
			to := older(body, path+"/items?which="+which+"&amp;before=")
			if to == "" {
				break
			}
			if body = h.page(t, to); !strings.Contains(body, `class="button" href="`+path+"/items?which="+which+`"`) {
				t.Errorf("%s: no way back", to)
			}
		}
		for i := range many {
			if seen[i] != 1 {
				t.Errorf("%s: number %d is shown %d times", which, i, seen[i])
			}
		}
		if pages != 2 {
			t.Errorf("%s: %d pages after the first", which, pages)
		}
		if which != "twin" && older(whole, path+"/items?which="+which+"&amp;before=") == "" {
			t.Errorf("%s: the outlet's page leads to no further ones", which)
		}
	}
	for _, bad := range []string{"?which=new", "?which=failed&before=x"} {
		if w := h.get(t, path+"/items"+bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w := h.get(t, "/desk/outlets/none/items"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}

	if body := h.page(t, path+"/items?which=held"); !strings.Contains(body, `action="`+path+`/held"`) {
		t.Error("what is held cannot be decided from its list")
	}
	h.queue.again = nil
	for range 2 {
		if to := h.done(t, path+"/retry", "back", "failed"); to != path+"/items?which=failed&done=retrying.all" {
			t.Error(to)
		}
	}
	if n := len(h.queue.again); n != many || !h.queue.again[1].at.After(h.queue.again[0].at) {
		t.Errorf("%d are queued", n)
	}
	if to := h.done(t, path+"/retry"); to != path+"?done=retrying.all" {
		t.Error(to)
	}
	if body := h.page(t, path); strings.Contains(body, "/retry") {
		t.Error("nothing failed, and it is offered to be asked for again")
	}
	if w := h.post(t, "/desk/outlets/none/retry"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
	h.enter(t, news.Translator)
	if w := h.post(t, path+"/retry"); w.Code != http.StatusForbidden {
		t.Errorf("a translator asks: %d", w.Code)
	}
	if body := h.page(t, path+"/items?which=held"); strings.Contains(body, "/fetch") {
		t.Error("a translator is offered what is refused")
	}
}

// The lists, the notice and the twins in a real browser, wide and on a phone, in two languages.
func TestItemsInABrowser(t *testing.T) {
	b := webtest.Open(t)
	h := open(t)
	a := h.article(t, ccBy)
	server := httptest.NewServer(h)
	defer server.Close()
	h.seat(t, b, server, news.Publisher)
	h.add(t, a.Outlet, "failed", itemsSize+2)
	h.add(t, a.Outlet, "held", 2)
	h.vain(t, a.Item, "unavailable")
	twins := h.add(t, a.Outlet, "twin", 2)
	for _, i := range twins {
		h.twin(t, i.ID, a.Item)
	}
	article, outlet := server.URL+"/desk/articles/"+a.ID, server.URL+"/desk/outlets/"+a.Outlet
	for _, lang := range []string{"en", "fr"} {
		webtest.Ask[string](b, fmt.Sprintf(`document.cookie = "desk-language=%s; path=/desk"`, lang))
		for name, address := range map[string]string{"vain": article, "twins": article + "?done=twin.parted", "outletitems": outlet, "items": outlet + "/items?which=failed", "itemsagain": outlet + "/items?which=again", "itemstwin": outlet + "/items?which=twin"} {
			for _, width := range []int64{1280, 390} {
				b.Do(chromedp.EmulateViewport(width, 900), chromedp.Navigate(address), chromedp.WaitVisible("#main"))
				b.Shot(fmt.Sprintf("%s-%s-%d", name, lang, width))
				if wide := webtest.Ask[int](b, "document.documentElement.scrollWidth"); int64(wide) > width {
					t.Errorf("%s in %s is %d pixels wide of %d", name, lang, wide, width)
				}
			}
		}
	}
	webtest.Ask[string](b, `document.cookie = "desk-language=en; path=/desk"`)

	b.Do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(article), chromedp.WaitVisible("#failure"))
	b.Do(chromedp.Click(`#failure form[action$="/fetch"] button`), chromedp.WaitVisible(".alert:not(.bad)"))
	if n := len(h.queue.again); n != 1 || h.queue.again[0].item != a.Item {
		t.Errorf("queued %v", h.queue.again)
	}
	b.Do(chromedp.Click(`#failure form[action$="/seen"] button`))
	b.Until(`!document.querySelector("#failure") && document.querySelector(".alert:not(.bad)") !== null`)

	b.Do(chromedp.Click("#twins summary"), chromedp.WaitVisible(`#twins button[value="part"]`), chromedp.Click(`#twins button[value="part"]`), chromedp.WaitVisible(`#twins button[value="undo"]`))
	if got := h.queue.asked[len(h.queue.asked)-1]; got != "take "+twins[1].ID {
		t.Errorf("queued %s", got)
	}
	b.Shot("parted-390")
	b.Do(chromedp.Click(`#twins button[value="undo"]`))
	b.Until(`!document.querySelector('#twins button[value="undo"]') && document.querySelectorAll('#twins button[value="part"]').length === 2`)

	b.Do(chromedp.Navigate(outlet+"/items?which=failed"), chromedp.WaitVisible(".pager"), chromedp.Click(".pager a"))
	b.Until(`document.querySelectorAll(".items > li").length === 2`)
	b.Do(chromedp.Click(`form[action$="/retry"] button`), chromedp.WaitVisible(".empty"))
	if n := len(h.queue.again); n != 1+itemsSize+2 {
		t.Errorf("%d are queued", n)
	}
	for _, address := range []string{article, outlet, outlet + "/items", outlet + "/items?which=again"} {
		b.Fits(address)
	}
	b.Clean(strings.TrimPrefix(server.URL, "http://"), "desk", "desk-language")
}
