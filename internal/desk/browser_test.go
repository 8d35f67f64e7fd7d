package desk

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// An editor comes in by the one-time address, edits by keyboard, loses a browser in mid-sentence, and publishes.
func TestInABrowser(t *testing.T) {
	b := webtest.Open(t)
	h := open(t)
	a := h.article(t, ccBy, doc.Flag{Rule: "numbers", Severity: doc.Ask, Block: 2, Start: 3, End: 7, Message: "a doubt"})
	first, err := FirstStart(t.Context(), h.Store)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		row := term.Row{From: "en", To: "fr", Source: "weapons of mass destruction", Target: "armes de destruction massive", Rule: term.Never, Note: "https://house.example/of-style/without-a-space"}
		return tx.SaveTerm(t.Context(), store.Term{ID: store.NewID(), Row: row, By: "Ann"})
	})
	server := httptest.NewServer(h)
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")

	b.Do(chromedp.Navigate(server.URL+first),
		chromedp.SendKeys("#name", "Ana Duarte"), chromedp.SendKeys("#password", "a long sentence"), chromedp.SendKeys("#again", "a long sentence"+kb.Enter),
		chromedp.WaitVisible(".tabs"))

	article := server.URL + "/desk/articles/" + a.ID
	const place = `[data-edit="2.1.0.0.0"]`
	text := func() string { return webtest.Ask[string](b, `document.querySelector('`+place+` textarea').value`) }
	b.Do(chromedp.Navigate(article))
	saved := text()
	b.Do(chromedp.Click("#b-b3 details.edit summary"), chromedp.WaitVisible(place+" textarea"), chromedp.SendKeys(place+" textarea", " Et encore ceci."))
	typed := text()
	if typed == saved {
		t.Fatal("nothing was typed")
	}
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(article)) // gone before it was saved
	if got := text(); got != typed {
		t.Errorf("what was typed is lost: %q", got)
	}
	if said := webtest.Ask[string](b, `document.querySelector('`+place+` [role=status]').textContent`); !strings.Contains(said, "not saved yet") {
		t.Errorf("the page does not say that the text is not saved: %q", said)
	}
	b.Do(chromedp.Focus(place+" textarea"), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.WaitVisible(`[data-revision="2"]`))
	if got := h.text(t, a.ID, 2); !strings.Contains(got, "Et encore ceci.") {
		t.Errorf("saved %q", got)
	}
	b.Until("document.readyState === 'complete'")
	if kept := webtest.Ask[int](b, "localStorage.length"); kept != 0 {
		t.Errorf("%d drafts are kept of what is saved", kept)
	}
	b.Do(chromedp.Click("#b-b3 details.edit summary"), chromedp.WaitVisible(place+" textarea"), chromedp.Focus(place+" textarea"), chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	if at := webtest.Ask[string](b, `document.activeElement.closest(".row").id`); at != "b-b4" {
		t.Errorf("Alt and the arrow lead to %s", at)
	}
	b.Do(chromedp.KeyEvent(kb.Escape))
	if tag := webtest.Ask[string](b, "document.activeElement.tagName"); tag != "SUMMARY" {
		t.Errorf("Escape leaves the focus on %s", tag)
	}
	b.Do(chromedp.Click(".publish button"), chromedp.WaitVisible(".alert"), chromedp.WaitVisible(".chips .published"))

	for _, path := range []string{"/desk/", "/desk/?state=all", "/desk/articles/" + a.ID, "/desk/articles/" + a.ID + "/history", "/desk/outlets", "/desk/outlets/" + a.Outlet, "/desk/glossary/", "/desk/editors", "/desk/settings"} {
		b.Fits(server.URL + path)
	}
	b.Clean(host, "desk")
	for _, tag := range []string{"fr", "pt", "en"} { // the longest words of each language
		b.Do(chromedp.Navigate(server.URL+"/desk/"), chromedp.Click(`button[name=language][value="`+tag+`"]`))
		b.Until(`document.documentElement.lang === "` + tag + `" && document.readyState === "complete"`)
		b.Fits(article)
		b.Fits(server.URL + "/desk/editors")
		b.Fits(server.URL + "/desk/glossary/?from=en&to=fr")
	}
	b.Clean(host, "desk", langCookie)
}
