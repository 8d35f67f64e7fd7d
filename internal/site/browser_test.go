package site

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/news"
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

// A speaker's page in three languages, the article that quotes him and the search, on a phone and on a desk: all that is known of a
// statement is read, and led to, without a script.
func TestWhoSaidWhatInABrowser(t *testing.T) {
	b := webtest.Open(t)
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	n.link(t, n.ru[1], n.en[1], news.LinkPerhaps)
	server := httptest.NewServer(web.Wall(quiet, n))
	defer server.Close()
	pages := map[string]string{
		"speaker-en": "/en/speakers/sergei-laptev/", "speaker-fr": "/fr/speakers/sergei-laptev/", "speaker-pt": "/pt/speakers/sergei-laptev/",
		"speakers": "/fr/speakers/", "story": "/fr/stories/" + n.ru[0].ID + "/", "stories": "/pt/stories/", "statements": "/fr/statements/?q=glace",
		"statements-empty": "/pt/statements/?q=nada", "said-article": enFrPath,
	}
	for name, path := range pages {
		b.Fits(server.URL + path)
		for _, width := range []int64{390, 1280} {
			b.Do(chromedp.EmulateViewport(width, 844), chromedp.Navigate(server.URL+path))
			b.Shot(fmt.Sprint(name, "-", width))
		}
		if kept := webtest.Ask[int](b, "localStorage.length + sessionStorage.length"); kept != 0 {
			t.Errorf("%s keeps %d things in the browser", path, kept)
		}
	}

	for _, path := range []string{"/fr/speakers/sergei-laptev/", enFrPath, enFrPath + "#said-b1-0"} { // on paper the notes stand below the text
		b.Do(chromedp.EmulateViewport(1280, 844), chromedp.Navigate(server.URL+path))
		b.Media("print", "light")
		if !webtest.Ask[bool](b, "[...document.querySelectorAll('.notes li, .said')].every(n => getComputedStyle(n).position === 'static' && n.getBoundingClientRect().height > 0)") {
			t.Errorf("%s: on paper a statement is missing", path)
		}
		b.Media("screen", "light")
	}

	for _, path := range []string{"/fr/speakers/sergei-laptev/", enFrPath + "#said-b1-0", "/fr/statements/?q=glace"} {
		b.Media("screen", "dark")
		b.Do(chromedp.EmulateViewport(1280, 844), chromedp.Navigate("about:blank"), chromedp.Navigate(server.URL+path))
		b.Shot("dark-" + strings.Trim(strings.NewReplacer("/", "-", "?", "-", "#", "-").Replace(path), "-"))
	}
	b.Media("screen", "light")

	names := map[string]string{"en": "Sergei Laptev", "fr": "Sergueï Laptev", "pt": "Serguei Laptev"}
	words := map[string]string{"en": "The ferry will sail in spring", "fr": "Le ferry partira au printemps", "pt": "A balsa vai partir na primavera"}
	b.Do(chromedp.Navigate(server.URL + "/en/speakers/sergei-laptev/"))
	for _, tag := range []string{"en", "fr", "pt"} {
		if tag != "en" {
			b.Do(chromedp.Click(`.langs a[lang="`+tag+`"]`), chromedp.WaitVisible(`html[lang="`+tag+`"] h1`))
		}
		if got := webtest.Ask[string](b, "document.querySelector('h1').textContent"); got != names[tag] {
			t.Errorf("%s: the speaker is %q", tag, got)
		}
		if !webtest.Ask[bool](b, "[...document.querySelectorAll('.here')].some(q => q.lang === '"+tag+"' && q.textContent.includes('"+words[tag]+"'))") {
			t.Errorf("%s: the words are not there", tag)
		}
		if !webtest.Ask[bool](b, "document.body.textContent.includes('Паром пойдёт весной')") {
			t.Errorf("%s: the words of origin are not there", tag)
		}
	}

	for _, width := range []int64{390, 1280} { // the sign opens what is said of the words, in its place, and the words are led back to
		b.Do(chromedp.EmulateViewport(width, 844), chromedp.Navigate(server.URL+enFrPath), chromedp.ScrollIntoView(".ref"))
		before := webtest.Ask[float64](b, "document.querySelector('.ref').getBoundingClientRect().top")
		b.Do(chromedp.Click(".ref"), chromedp.WaitVisible(".notes li:target .close"))
		b.Shot(fmt.Sprint("said-note-", width))
		if after := webtest.Ask[float64](b, "document.querySelector('.ref').getBoundingClientRect().top"); after != before {
			t.Errorf("%d pixels wide: the words moved from %v to %v", width, before, after)
		}
		if !webtest.Ask[bool](b, "(r => r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth)(document.querySelector('.notes li:target').getBoundingClientRect())") {
			t.Errorf("%d pixels wide: the note is not in view", width)
		}
		b.Do(chromedp.Click(".notes li:target .close"))
		b.Until("document.querySelector('.quote:target') !== null && document.querySelector('.notes li:target') === null")
	}
	b.Clean(strings.TrimPrefix(server.URL, "http://"))
}
