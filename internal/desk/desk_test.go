package desk

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// A queue writes down what is asked of it.
type queue struct {
	asked []string
	again []again
}

// An again is a look at a page that was taken.
type again struct {
	item string
	at   time.Time
}

func (q *queue) Check(_ context.Context, _ *sql.Tx, outlet string, _ time.Time) error {
	q.asked = append(q.asked, "check "+outlet)
	return nil
}

func (q *queue) Take(_ context.Context, _ *sql.Tx, item string) error {
	q.asked = append(q.asked, "take "+item)
	return nil
}

func (q *queue) Retake(_ context.Context, _ *sql.Tx, item string, at time.Time) error {
	q.again = append(q.again, again{item, at})
	return nil
}

func (q *queue) Draft(_ context.Context, _ *sql.Tx, original, lang string) error {
	q.asked = append(q.asked, "draft "+original+" "+lang)
	return nil
}

func (q *queue) Reread(_ context.Context, _ *sql.Tx, item string) error {
	q.asked = append(q.asked, "reread "+item)
	return nil
}

func (q *queue) RereadOutlet(_ context.Context, _ *sql.Tx, outlet string) error {
	q.asked = append(q.asked, "reread outlet "+outlet)
	return nil
}

func (q *queue) Pictures(context.Context, *sql.Tx, string) error { return nil }

func (q *queue) Recheck(_ context.Context, _ *sql.Tx, part newsroom.Recheck) error {
	q.asked = append(q.asked, "recheck "+part.From+" "+part.To)
	return nil
}

var (
	at   = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	ccBy = news.Terms{Basis: "licence", Licence: "CC-BY-4.0", Translate: true, ByMachine: true, FullText: true, Excerpt: true}
)

// A room is a desk over a store, and somebody at it.
type room struct {
	*store.Store
	http.Handler
	room   *newsroom.Room
	queue  *queue
	now    time.Time
	cookie string
	lang   string
}

func open(t *testing.T) *room {
	t.Helper()
	h := &room{Store: storetest.SQLite(t), queue: &queue{}, now: at, lang: "en"}
	now := func() time.Time { return h.now }
	log := slog.New(slog.DiscardHandler)
	h.room = &newsroom.Room{Store: h.Store, Queue: h.queue, Now: now}
	h.Handler = web.Wall(log, Handler(Config{Store: h.Store, Room: h.room, Log: log, Now: now}))
	return h
}

// enter adds an editor with the role and sits down in their place.
func (h *room) enter(t *testing.T, role news.Role) news.Editor {
	t.Helper()
	e := storetest.AddEditor(t, h.Store, "Ana "+string(role), role)
	token := web.NewToken()
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.AddSession(t.Context(), web.TokenHash(token), e.ID, 0, h.now.Add(time.Hour).UnixMilli())
	})
	h.cookie = "desk=" + token
	return e
}

func (h *room) get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	return webtest.Get(t, h, path, "Cookie", h.cookie, "Accept-Language", h.lang)
}

// page gets a page that must be there and must keep the promises of every page.
func (h *room) page(t *testing.T, path string) string {
	t.Helper()
	w := h.get(t, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Header().Get("Location"))
	}
	webtest.Check(t, h.lang+" "+path, w.Body.String())
	return w.Body.String()
}

// post sends a form: keys and values in turn.
func (h *room) post(t *testing.T, path string, pairs ...string) *httptest.ResponseRecorder {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	w := webtest.Post(t, h, path, form, "Cookie", h.cookie, "Accept-Language", h.lang)
	if w.Code != http.StatusSeeOther {
		webtest.Check(t, path, w.Body.String())
	}
	return w
}

// done posts a form that must be accepted.
func (h *room) done(t *testing.T, path string, pairs ...string) string {
	t.Helper()
	w := h.post(t, path, pairs...)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%s: %d\n%s", path, w.Code, alertOf(w.Body.String()))
	}
	return w.Header().Get("Location")
}

var alerts = regexp.MustCompile(`(?s)<div class="alert.*?</div>`)

func alertOf(body string) string { return alerts.FindString(body) }

// article adds an outlet with these terms and a draft with these flags.
func (h *room) article(t *testing.T, terms news.Terms, flags ...doc.Flag) news.Article {
	t.Helper()
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", terms)
	source := storetest.AddOriginal(t, h.Store, o, "https://meridian.example/2026/11/20/night-trains", storetest.Doc(t, "testdata/harbour.en.doc.txt"), at.UnixMilli())
	return storetest.AddDraft(t, h.Store, source, storetest.Doc(t, "testdata/harbour.fr.doc.txt"), at.UnixMilli(), flags...)
}

func TestFirstStart(t *testing.T) {
	h := open(t)
	path, err := FirstStart(t.Context(), h.Store)
	if err != nil || !strings.HasPrefix(path, "/desk/first/") {
		t.Fatal(path, err)
	}
	for range 3 { // a preview of a message, or a scanner, spends nothing
		if !strings.Contains(h.page(t, path), `action="`+path+`"`) {
			t.Error("no form")
		}
	}
	if w := h.get(t, "/desk/first/"+web.NewToken()); w.Code != http.StatusNotFound {
		t.Errorf("a guessed address: %d", w.Code)
	}
	for _, bad := range [][]string{
		{"name", "", "password", "long enough 1", "again", "long enough 1"},
		{"name", "Ana", "password", "short", "again", "short"},
		{"name", "Ana", "password", "long enough 1", "again", "long enough 2"},
	} {
		if w := h.post(t, path, bad...); w.Code != http.StatusUnprocessableEntity || alertOf(w.Body.String()) == "" {
			t.Errorf("%v: %d", bad, w.Code)
		}
	}
	w := h.post(t, path, "name", " Ana  Duarte ", "password", "long enough 1", "again", "long enough 1")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/desk/?done=welcome" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	c, err := http.ParseSetCookie(w.Header().Get("Set-Cookie"))
	if err != nil || !c.HttpOnly || c.Path != "/desk" || c.SameSite != http.SameSiteLaxMode {
		t.Fatalf("cookie %v, %v", c, err)
	}
	h.cookie = c.Name + "=" + c.Value
	if body := h.page(t, "/desk/?done=welcome"); !strings.Contains(body, "Ana Duarte") || !strings.Contains(body, "The desk is yours.") {
		t.Error("not at the desk")
	}
	if w := h.get(t, path); w.Code != http.StatusNotFound {
		t.Errorf("the address again: %d", w.Code)
	}
	if w := h.post(t, path, "name", "Eve", "password", "long enough 1", "again", "long enough 1"); w.Code != http.StatusNotFound {
		t.Errorf("the form again: %d", w.Code)
	}
	if path, err := FirstStart(t.Context(), h.Store); path != "" || err != nil {
		t.Errorf("a second first start: %q %v", path, err)
	}
	if !mayOnly(t, h, "Ana Duarte", news.Admin) {
		t.Error("the first editor is no administrator")
	}
}

func mayOnly(t *testing.T, h *room, name string, role news.Role) bool {
	t.Helper()
	e, _, err := h.EditorByName(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return e.Role == role
}

func TestLogin(t *testing.T) {
	h := open(t)
	hash, err := web.HashPassword("a good long sentence")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.AddEditor(t.Context(), news.Editor{ID: store.NewID(), Name: "Ana", Role: news.Reviewer}, hash)
	})
	if w := h.get(t, "/desk/outlets?x=1"); w.Code != 303 || w.Header().Get("Location") != "/desk/login?next=%2Fdesk%2Foutlets%3Fx%3D1" {
		t.Errorf("a stranger: %d %q", w.Code, w.Header().Get("Location"))
	}
	if w := h.post(t, "/desk/articles/x/publish"); w.Code != 303 || w.Header().Get("Location") != "/desk/login" {
		t.Errorf("a stranger's form: %d", w.Code)
	}
	if w := h.post(t, "/desk/login", "name", "Ana", "password", "wrong"); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), `value="Ana"`) {
		t.Errorf("a wrong password: %d", w.Code)
	}
	if w := h.post(t, "/desk/login", "name", "Nobody", "password", "wrong"); w.Code != http.StatusForbidden {
		t.Errorf("a name nobody has: %d", w.Code)
	}
	for next, want := range map[string]string{"/desk/outlets": "/desk/outlets", "https://evil.example/": "/desk/", "//evil.example": "/desk/", "/desk/logout": "/desk/"} {
		w := h.post(t, "/desk/login", "name", "ana", "password", "a good long sentence", "next", next)
		if w.Code != 303 || w.Header().Get("Location") != want {
			t.Errorf("next %q: %d %q", next, w.Code, w.Header().Get("Location"))
		}
		h.cookie = strings.SplitN(w.Header().Get("Set-Cookie"), ";", 2)[0]
	}
	h.page(t, "/desk/")
	old := h.cookie
	h.done(t, "/desk/logout")
	h.cookie = old
	if w := h.get(t, "/desk/"); w.Code != 303 {
		t.Errorf("a session that was ended: %d", w.Code)
	}
}

func TestLoginIsLimited(t *testing.T) {
	h := open(t)
	h.lang = "fr"
	code := 0
	for range 12 {
		code = h.post(t, "/desk/login", "name", "Ana", "password", "guess").Code
	}
	if code != http.StatusTooManyRequests {
		t.Errorf("the twelfth guess: %d", code)
	}
	h.now = h.now.Add(time.Minute)
	if code = h.post(t, "/desk/login", "name", "Ana", "password", "guess").Code; code != http.StatusForbidden {
		t.Errorf("after a minute: %d", code)
	}
}

// A session that has run out opens nothing.
func TestSessionEnds(t *testing.T) {
	h := open(t)
	h.enter(t, news.Admin)
	h.page(t, "/desk/")
	h.now = h.now.Add(2 * time.Hour)
	if w := h.get(t, "/desk/"); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
}

func TestRolesAreHeld(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	tests := []struct {
		path string
		role news.Role // the least that may
	}{
		{"/desk/articles/" + a.ID + "/edit", news.Translator},
		{"/desk/articles/" + a.ID + "/approve", news.Reviewer},
		{"/desk/articles/" + a.ID + "/return", news.Reviewer},
		{"/desk/articles/" + a.ID + "/publish", news.Publisher},
		{"/desk/articles/" + a.ID + "/correct", news.Publisher},
		{"/desk/articles/" + a.ID + "/kill", news.Publisher},
		{"/desk/articles/" + a.ID + "/unpublish", news.Publisher},
		{"/desk/articles/" + a.ID + "/flags/x/dismiss", news.Reviewer},
		{"/desk/outlets/" + a.Outlet + "/terms", news.Publisher},
		{"/desk/outlets", news.Publisher},
		{"/desk/take", news.Reviewer},
		{"/desk/editors", news.Admin},
		{"/desk/settings", news.Admin},
	}
	for _, role := range roles {
		h.enter(t, role)
		for _, test := range tests {
			code := h.post(t, test.path).Code // the empty form is refused in its turn, but not as denied
			if denied := code == http.StatusForbidden; denied == role.May(test.role) && test.path != "/desk/articles/"+a.ID+"/publish" {
				t.Errorf("%s at %s: %d", role, test.path, code)
			}
		}
	}
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy, doc.Flag{Rule: "numbers", Severity: doc.Stop, Block: 2, Start: 0, End: 7, SourceStart: 0, SourceEnd: 8, Message: "3,000 is missing", Suggestion: "Le havre"},
		doc.Flag{Rule: "of no name", Severity: doc.Ask, Block: doc.TitleBlock, Message: "<script>alert(1)</script>"}, doc.Flag{Rule: "length", Severity: doc.Comment, Block: 0})
	h.enter(t, news.Admin)
	for _, h.lang = range locale.Tags() {
		for _, path := range []string{
			"/desk/", "/desk/?state=all", "/desk/?state=killed", "/desk/?lang=fr", "/desk/articles/" + a.ID, "/desk/articles/" + a.ID + "/history", "/desk/outlets", "/desk/outlets/" + a.Outlet,
			"/desk/editors", "/desk/settings", "/desk/login",
		} {
			body := h.page(t, path)
			if !strings.Contains(body, `<html lang="`+h.lang+`"`) {
				t.Errorf("%s is not in %s", path, h.lang)
			}
			if strings.Contains(body, "<script>alert") {
				t.Errorf("%s prints a flag's words as markup", path)
			}
		}
		if w := h.get(t, "/desk/nothing"); w.Code != 404 {
			t.Errorf("%d", w.Code)
		} else {
			webtest.Check(t, "404", w.Body.String())
		}
	}
	// The choice of an editor goes before the browser's.
	w := h.post(t, "/desk/language", "language", "pt", "back", "/desk/outlets")
	if w.Code != 303 || w.Header().Get("Location") != "/desk/outlets" {
		t.Fatalf("%d %q", w.Code, w.Header().Get("Location"))
	}
	h.cookie += "; " + strings.SplitN(w.Header().Get("Set-Cookie"), ";", 2)[0]
	if w := h.get(t, "/desk/outlets"); !strings.Contains(w.Body.String(), `<html lang="pt"`) {
		t.Error("the chosen language is not spoken")
	}
}

func TestQueueSaysWhatToDo(t *testing.T) {
	h := open(t)
	h.enter(t, news.Publisher)
	if body := h.page(t, "/desk/"); !strings.Contains(body, "dragoman follow") {
		t.Error("an empty newsroom does not say how to begin")
	}
	storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", ccBy)
	if body := h.page(t, "/desk/"); !strings.Contains(body, "dragoman check") {
		t.Error("a newsroom that waits does not say for what")
	}
}

func TestQueuePages(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", ccBy)
	en, fr := storetest.Doc(t, "testdata/harbour.en.doc.txt"), storetest.Doc(t, "testdata/harbour.fr.doc.txt")
	for i := range queueSize + 3 {
		source := storetest.AddOriginal(t, h.Store, o, fmt.Sprint("https://meridian.example/", i), en, at.UnixMilli())
		fr.Title.S = fmt.Sprintf("Titre %d.", i)
		storetest.AddDraft(t, h.Store, source, fr, at.UnixMilli()+int64(i/2)) // two at a time: the identifier decides between them
	}
	seen := map[string]bool{}
	path := "/desk/"
	for pages := 1; ; pages++ {
		body := h.page(t, path)
		for _, m := range regexp.MustCompile(`Titre \d+\.`).FindAllString(body, -1) {
			if seen[m] {
				t.Errorf("%s is there twice", m)
			}
			seen[m] = true
		}
		m := regexp.MustCompile(`href="(/desk/\?before=[^"]+)"`).FindStringSubmatch(body)
		if m == nil {
			if pages != 2 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		path = m[1]
	}
	if len(seen) != queueSize+3 {
		t.Errorf("%d articles seen", len(seen))
	}
	if w := h.get(t, "/desk/?state=nonsense"); w.Code != 404 {
		t.Errorf("a state that is none: %d", w.Code)
	}
}

func TestStyleOfTheDesk(t *testing.T) {
	css, err := os.ReadFile("static/desk.css")
	if err != nil {
		t.Fatal(err)
	}
	if len(css) > 24_000 {
		t.Errorf("%d bytes of CSS", len(css))
	}
	webtest.Contrast(t, string(css), "ink on paper", "ink on ground", "quiet on paper", "quiet on ground", "accent on paper", "accent on ground", "on on accent", "stop on stoptint", "ask on asktint", "note on notetint",
		"good on goodtint", "good on paper", "stop on paper", "ink on stoptint", "ink on asktint", "ink on notetint", "accent on stoptint", "accent on asktint", "accent on notetint",
		"quiet on stoptint", "quiet on asktint", "quiet on notetint", "ink on goodtint")
}
