package desk

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

func TestEditors(t *testing.T) {
	h := open(t)
	me := h.enter(t, news.Admin)
	h.done(t, "/desk/editors", "name", "Bo Lind", "role", "editor", "password", "a long sentence")
	if w := h.post(t, "/desk/editors", "name", "bo lind", "role", "editor", "password", "a long sentence"); w.Code != http.StatusConflict {
		t.Errorf("a name that somebody has: %d", w.Code)
	}
	if w := h.post(t, "/desk/editors", "name", "Cy", "role", "king", "password", "a long sentence"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a role that is none: %d", w.Code)
	}
	if w := h.post(t, "/desk/editors", "name", "Cy", "role", "editor", "password", "short"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="Cy"`) {
		t.Errorf("a short password: %d", w.Code)
	}
	bo, hash, err := h.EditorByName(t.Context(), "Bo Lind")
	if err != nil || bo.Role != news.Reviewer || !web.CheckPassword("a long sentence", hash) {
		t.Fatalf("%+v %v", bo, err)
	}
	for _, path := range []string{"/role", "/remove"} {
		if w := h.post(t, "/desk/editors/"+me.ID+path, "role", "editor"); w.Code != http.StatusForbidden {
			t.Errorf("the last administrator%s: %d", path, w.Code)
		}
	}
	h.done(t, "/desk/editors/"+bo.ID+"/role", "role", "admin")
	h.done(t, "/desk/editors/"+bo.ID+"/remove")
	if _, _, err := h.EditorByName(t.Context(), "Bo Lind"); err == nil {
		t.Error("a removed editor can log in")
	}
	if w := h.post(t, "/desk/editors/"+store.NewID()+"/remove"); w.Code != http.StatusNotFound {
		t.Errorf("nobody: %d", w.Code)
	}
}

func TestOwnPassword(t *testing.T) {
	h := open(t)
	me := h.enter(t, news.Translator)
	hash, err := web.HashPassword("the old sentence")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.SetPassword(t.Context(), me.ID, hash) })
	token := web.NewToken()
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.AddSession(t.Context(), web.TokenHash(token), me.ID, 0, h.now.Add(time.Hour).UnixMilli())
	})
	h.cookie = "desk=" + token
	if w := h.post(t, "/desk/password", "old", "not it", "password", "the new sentence"); w.Code != http.StatusForbidden {
		t.Errorf("a wrong old password: %d", w.Code)
	}
	w := h.post(t, "/desk/password", "old", "the old sentence", "password", "the new sentence")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	if old := h.get(t, "/desk/"); old.Code != http.StatusSeeOther {
		t.Error("a session from before the change goes on")
	}
	h.cookie = strings.SplitN(w.Header().Get("Set-Cookie"), ";", 2)[0]
	h.page(t, "/desk/editors?done=password")
}

func TestSettings(t *testing.T) {
	h := open(t)
	h.enter(t, news.Admin)
	good := []string{
		"site.title", " Le  Passeur ", "site.tagline.fr", "La presse d’ailleurs", "site.contact", "desk@passeur.example", "site.zone", "Europe/Paris", "site.index_unread", "on",
		"support.links", "https://liberapay.com/passeur\r\n", "support.name", "Association", "support.iban", "fr14 2004 1010 0505 0001 3m02 606", "support.text.pt", "Um.\r\n\r\nDois.",
	}
	h.done(t, "/desk/settings", good...)
	s, err := h.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"site.title": "Le Passeur", "site.tagline.fr": "La presse d’ailleurs", "site.index_unread": "yes", "support.links": "Liberapay | https://liberapay.com/passeur",
		"support.iban": "FR1420041010050500013M02606", "support.text.pt": "Um.\n\nDois.", "site.tagline.en": "",
	} {
		if s[key] != want {
			t.Errorf("%s: %q, want %q", key, s[key], want)
		}
	}
	for name, bad := range map[string][]string{
		"an address that is none": {"site.contact", "desk at passeur"},
		"a zone that is none":     {"site.zone", "Europe/Atlantis"},
		"a link to a script":      {"support.links", "x | javascript:alert(1)"},
		"a mistyped IBAN":         {"support.name", "Association", "support.iban", "FR1420041010050500013M02607"},
		"an IBAN of nobody":       {"support.iban", "FR1420041010050500013M02606"},
	} {
		w := h.post(t, "/desk/settings", append([]string{"site.title", "Perdu ?"}, bad...)...)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Perdu ?") {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if v, err := h.Setting(t.Context(), "site.title"); v != "Le Passeur" || err != nil {
		t.Errorf("a refused form changed the title to %q, %v", v, err)
	}
	h.done(t, "/desk/settings") // emptied
	if v, err := h.Setting(t.Context(), "support.iban"); v != "" || err != nil {
		t.Errorf("an emptied setting is %q, %v", v, err)
	}
}

func TestFollowing(t *testing.T) {
	h := open(t)
	h.enter(t, news.Publisher)
	a := h.article(t, ccBy)
	h.done(t, "/desk/outlets/"+a.Outlet+"/check")
	h.done(t, "/desk/outlets/"+a.Outlet+"/languages", "into", "pt-br, fr;fr")
	o, err := h.Outlet(t.Context(), a.Outlet)
	if err != nil || strings.Join(o.Into, " ") != "fr pt-BR" {
		t.Errorf("%v %v", o.Into, err)
	}
	if w := h.post(t, "/desk/outlets/"+a.Outlet+"/languages", "into", "klingon!!"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a language that is none: %d", w.Code)
	}
	for _, bad := range []string{"", "not an address", "javascript:alert(1)", "file:///etc/passwd"} {
		for _, path := range []string{"/desk/outlets", "/desk/take"} {
			if w := h.post(t, path, "url", bad); w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s of %q: %d", path, bad, w.Code)
			}
		}
	}
	h.done(t, "/desk/take", "url", "https://meridian.example/2026/11/21/another", "into", "fr")
	items, err := h.Items(t.Context(), a.Outlet, "new", 1<<62, 10)
	if err != nil || len(items) != 1 {
		t.Fatal(items, err)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.MoveItem(t.Context(), items[0].ID, "failed", "the page is a login form")
	})
	if body := h.page(t, "/desk/outlets/"+a.Outlet); !strings.Contains(body, "the page is a login form") {
		t.Error("the page does not say why an article is missing")
	}
	h.done(t, "/desk/items/"+items[0].ID+"/fetch")
	if got := strings.Join(h.queue.asked, "\n"); got != "check "+a.Outlet+"\ntake "+items[0].ID+"\ntake "+items[0].ID {
		t.Errorf("queued:\n%s", got)
	}
}
