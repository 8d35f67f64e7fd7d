package desk

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// following is a desk whose newsroom may ask a server of the test.
func following(t *testing.T, pages map[string]string) (h *room, base string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, strings.ReplaceAll(page, "HOST", r.Host))
	}))
	t.Cleanup(server.Close)
	h = open(t)
	h.room.Fetch = &fetch.Client{Allow: []string{strings.TrimPrefix(server.URL, "http://")}, Pace: 1}
	return h, server.URL
}

const harbourFeed = `<rss version="2.0"><channel><title>The Harbour</title><link>http://HOST/</link><language>en</language>
<item><title>Boats &amp; tides</title><link>http://HOST/a</link><pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate></item>
<item><title>Cup final</title><link>http://HOST/b</link><pubDate>Tue, 24 Nov 2026 08:00:00 +0000</pubDate><category>Sport</category></item></channel></rss>`

func TestFollowingAfterAPreview(t *testing.T) {
	h, base := following(t, map[string]string{"/f": harbourFeed, "/": `<html><head><link rel="alternate" type="application/rss+xml" href="/f"><link rel="alternate" type="application/rss+xml" title="Sport" href="/s"></head><body>x</body></html>`})
	h.enter(t, news.Publisher)
	for _, tag := range []string{"en", "fr", "pt"} {
		h.lang = tag
		w := h.post(t, "/desk/outlets/preview", "url", base+"/", "leave", "category: sport")
		body := w.Body.String()
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", tag, w.Code)
		}
		for _, want := range []string{"Boats &amp; tides", "Cup final", base + "/f", base + "/s", "category: sport", "The Harbour"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q", tag, want)
			}
		}
		if strings.Count(body, `class="fine bad"`) != 1 {
			t.Errorf("%s: the filter does not show on one article", tag)
		}
	}
	h.lang = "en"
	to := h.done(t, "/desk/outlets", "url", base+"/f", "leave", "category: sport", "interval", "120", "into", "fr")
	id := strings.TrimSuffix(strings.TrimPrefix(to, "/desk/outlets/"), "?done=followed")
	body := h.page(t, "/desk/outlets/"+id)
	for _, want := range []string{"category: sport</textarea>", `<option value="120" selected>`, "Cup final"} {
		if !strings.Contains(body, want) {
			t.Errorf("the outlet's page lacks %q", want)
		}
	}
	feeds, err := h.Feeds(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	h.done(t, "/desk/outlets/"+id+"/feeds/"+feeds[0].ID+"/interval", "interval", "0")
	h.done(t, "/desk/outlets/"+id+"/filter", "take", "harbour\nboats")
	if f, err := h.Filter(t.Context(), id); err != nil || strings.Join(f.Take, "|") != "harbour|boats" || f.Leave != nil {
		t.Errorf("%+v %v", f, err)
	}
	for path, form := range map[string][]string{
		"/desk/outlets/" + id + "/filter":                             {"take", "title:"},
		"/desk/outlets/" + id + "/feeds/" + feeds[0].ID + "/interval": {"interval", "5"},
		"/desk/outlets/preview":                                       {"url", "http://127.0.0.1:1/"},
	} {
		if w := h.post(t, path, form...); w.Code < 400 || w.Code >= 500 {
			t.Errorf("%s of %v: %d", path, form, w.Code)
		}
	}
	if w := h.post(t, "/desk/outlets/preview", "url", base+"/f"); !strings.Contains(w.Body.String(), "/desk/outlets/"+id) {
		t.Error("the preview of a feed that is followed does not lead to its outlet")
	}
}

// sendList posts a file as a browser does.
func (h *room) sendList(t *testing.T, path, file string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", "feeds.opml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte(file))
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Cookie", h.cookie)
	r.Header.Set("Accept-Language", h.lang)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	webtest.Check(t, path, w.Body.String())
	return w
}

func TestFollowingAPageByItsLinks(t *testing.T) {
	h, base := following(t, map[string]string{"/": `<html lang="en"><head><title>Front</title></head><body><main><a href="/a">Boats</a></main></body></html>`})
	h.enter(t, news.Publisher)
	if w := h.post(t, "/desk/outlets/preview", "url", base+"/", "links", "main >"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="main &gt;"`) {
		t.Errorf("a selector that is none: %d", w.Code)
	}
	w := h.post(t, "/desk/outlets/preview", "url", base+"/", "links", "main a")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Boats") || !strings.Contains(w.Body.String(), `name="links" value="main a"`) {
		t.Fatal(w.Code, w.Body)
	}
	to := h.done(t, "/desk/outlets", "url", base+"/", "links", "main a")
	if body := h.page(t, strings.TrimSuffix(to, "?done=followed")); !strings.Contains(body, base+"/") {
		t.Error("the outlet's page does not name the page")
	}
}

func TestListsOfFeeds(t *testing.T) {
	h, _ := following(t, nil)
	h.enter(t, news.Publisher)
	const list = `<opml version="2.0"><body><outline text="World"><outline text="A &quot;b&quot; c" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/><outline text="" xmlUrl="https://b.example/feed?x=1&amp;y=2"/></outline></body></opml>`
	w := h.sendList(t, "/desk/opml", list)
	if w.Code != http.StatusOK {
		t.Fatal(w.Code, w.Body)
	}
	var form []string
	for _, m := range outlineInput.FindAllStringSubmatch(w.Body.String(), -1) {
		form = append(form, m[1])
	}
	if len(form) != 2 {
		t.Fatalf("%d feeds are offered", len(form))
	}
	h.done(t, "/desk/opml/follow", "outline", strings.ReplaceAll(form[0], "&#34;", `"`), "into", "fr")
	o, err := h.OutletByName(t.Context(), `A "b" c`)
	if err != nil || o.Home != "https://a.example/" || len(o.Into) != 1 {
		t.Errorf("%+v %v", o, err)
	}
	if len(h.queue.asked) != 0 {
		t.Errorf("queued %v", h.queue.asked)
	}
	if out := h.get(t, "/desk/outlets.opml"); !strings.Contains(out.Body.String(), `xmlUrl="https://a.example/feed"`) || !strings.Contains(out.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%v\n%s", out.Header(), out.Body)
	}
	if again := h.sendList(t, "/desk/opml", list); strings.Count(again.Body.String(), `name="outline"`) != 1 {
		t.Error("a feed that is followed is offered again")
	}
	for name, bad := range map[string]string{"no list": "<html></html>", "empty": ""} {
		if w := h.sendList(t, "/desk/opml", bad); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := h.sendList(t, "/desk/opml", strings.Repeat(" ", 1<<20+1)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a file that is too large: %d", w.Code)
	}
	if w := h.post(t, "/desk/opml/follow", "outline", "javascript:alert(1) - x"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a feed that is none: %d", w.Code)
	}
	h.enter(t, news.Reviewer)
	for _, path := range []string{"/desk/opml/follow", "/desk/outlets/preview"} {
		if w := h.post(t, path); w.Code != http.StatusForbidden {
			t.Errorf("%s by an editor who may not follow: %d", path, w.Code)
		}
	}
}

func TestAListThatNoFormCanSend(t *testing.T) {
	h, _ := following(t, nil)
	h.enter(t, news.Publisher)
	var list strings.Builder
	list.WriteString(`<opml version="2.0"><body>`)
	for i := range 2000 {
		fmt.Fprintf(&list, `<outline text="%s" xmlUrl="https://a%d.example/f"/>`, strings.Repeat("新聞", 60), i)
	}
	body := h.sendList(t, "/desk/opml", list.String()+`</body></opml>`).Body.String()
	form := url.Values{}
	for _, m := range outlineInput.FindAllStringSubmatch(body, -1) {
		form.Add("outline", m[1])
	}
	n := len(form["outline"])
	if n == 0 || n == 2000 || len(form.Encode()) > web.MaxBody || !strings.Contains(body, fmt.Sprintf("%s more feeds", locale.For("en").Number(2000-n))) {
		t.Fatalf("%d feeds in a form of %d bytes", n, len(form.Encode()))
	}
	if w := webtest.Post(t, h, "/desk/opml/follow", form, "Cookie", h.cookie); w.Code != http.StatusSeeOther {
		t.Errorf("the form that was offered is refused: %d", w.Code)
	}
}

var outlineInput = regexp.MustCompile(`name="outline" value="([^"]*)"`)
