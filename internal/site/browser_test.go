package site

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/web"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// What a reader's browser meets: pages that fit a phone, nothing that its console complains of, no request to anybody else, no
// cookie, nothing kept; and a switch that puts the original beside the translation.
func TestInABrowser(t *testing.T) {
	b := webtest.Open(t)
	n := open(t, ccBy)
	server := httptest.NewServer(web.Wall(quiet, n))
	defer server.Close()
	for _, path := range []string{"/fr/", "/pt/", "/en/", frPath, ptPath, frPath + "original/"} {
		b.Fits(server.URL + path)
		if kept := webtest.Ask[int](b, "localStorage.length + sessionStorage.length"); kept != 0 {
			t.Errorf("%s keeps %d things in the browser", path, kept)
		}
	}
	b.Do(chromedp.Navigate(server.URL+frPath), chromedp.Click(".switch a"), chromedp.WaitVisible(".sides"))
	tops := webtest.Ask[[]float64](b, `[...document.querySelectorAll(".pair:not(.heads)")].slice(1).flatMap(p => [...p.children].map(c => c.getBoundingClientRect().top))`)
	for i := 0; i+1 < len(tops); i += 2 {
		if tops[i] != tops[i+1] {
			t.Errorf("pair %d stands at %v and %v", i/2, tops[i], tops[i+1])
		}
	}
	if len(tops) < 10 {
		t.Errorf("%d blocks beside each other", len(tops)/2)
	}
	b.Clean(strings.TrimPrefix(server.URL, "http://"))
}
