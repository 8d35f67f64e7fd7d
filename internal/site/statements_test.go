package site

import (
	"net/http"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

func TestSearch(t *testing.T) {
	n := straits(t, ccBy)
	spring, half, mayor := "même s’il faut attendre", "à moitié construit", "Nous ne pressons personne."
	leave, done, rush := "nous attendrons avril", "à moitié fini", "Nous ne pressons personne »"
	tests := []struct {
		name, query string
		want, not   []string
	}{
		{"nothing asked: the newest", "", []string{spring, half, leave, done}, []string{"promesse datée"}},
		{"by words", "q=glace", []string{`attendre la <mark class="asked">glace</mark> jusqu’en avril`}, []string{leave, half}},
		{"by words of origin", "q=построен", []string{half, `<mark class="asked">построен</mark>`}, []string{spring}},
		{"by a name", "who=Laptev", []string{spring, half, leave}, []string{rush}},
		{"by a name in another script", "who=Лаптев", []string{spring, half, leave, done}, []string{mayor}},
		{"what did X say about Y since Z", "who=Laptew&q=printemps&since=2026-11-17", []string{spring, leave}, []string{half, rush}},
		{"since a day", "since=2026-11-18", []string{mayor, done}, []string{spring, leave}},
		{"until a day, which belongs to it", "until=17+novembre+2026", []string{spring, leave}, []string{mayor, done}},
		{"a month", "since=2026-11&until=novembre+2026", []string{spring, mayor}, nil},
		{"a year", "since=2026&until=2026", []string{spring, mayor}, nil},
		{"an earlier year", "until=2025", []string{"Rien n’a été trouvé"}, []string{spring}},
		{"by language", "lang=ru", []string{spring}, []string{leave}},
		{"by outlet", "outlet=" + n.outlet.ID, []string{leave}, []string{spring}},
		{"by speaker's address", "speaker=ilse-marten", []string{mayor, rush, `value="Ilse Marten"`}, []string{spring}},
		{"another name over the address", "speaker=ilse-marten&who=Laptev", []string{spring}, []string{mayor}},
		{"an outlet there is not", "outlet=x", []string{spring, leave}, nil},
		{"nothing found", "q=sous-marin", []string{"Rien n’a été trouvé"}, []string{spring}},
		{"hostile", "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&who=%3Cb%3E&since=", []string{`value="&lt;b&gt;"`}, []string{"<script>alert"}},
		{"not UTF-8, and no end of it", "q=%ff%fe" + strings.Repeat("a", 5000), []string{"Rien n’a été trouvé"}, []string{strings.Repeat("a", 400)}},
	}
	for _, test := range tests {
		body := n.body(t, "/fr/statements/?"+test.query)
		webtest.Check(t, test.name, body)
		has(t, test.name, body, test.want...)
		hasNot(t, test.name, body, test.not...)
		if got := strings.Contains(body, `content="noindex"`); got != (test.query != "" && test.query != "outlet=x") {
			t.Errorf("%s: kept from search engines: %v", test.name, got)
		}
	}
}

// A date that cannot be read is answered with a word on how to write it, and the form as it was filled in.
func TestSearchAnswersBadDates(t *testing.T) {
	n := straits(t, ccBy)
	tests := []struct{ name, path, want string }{
		{"no date", "/en/statements/?who=Laptev&since=soon", "“soon” could not be read as a date. Write it as 2026-11-25."},
		{"no such day", "/fr/statements/?who=Laptev&until=2026-02-30", "« 2026-02-30 » n’a pas pu être lu comme une date."},
		{"a hostile one", "/pt/statements/?who=Laptev&since=%3Cb%3E", "Não foi possível ler “&lt;b&gt;” como data."},
		{"the wrong way round", "/en/statements/?who=Laptev&since=2026-11-20&until=2026-11-10", "the first comes after the last"},
	}
	for _, test := range tests {
		w := webtest.Get(t, n, test.path)
		body := w.Body.String()
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", test.name, w.Code)
		}
		webtest.Check(t, test.name, body)
		has(t, test.name, body, test.want, `value="Laptev"`, `aria-invalid="true" aria-describedby="wrong"`)
	}
}

// Whoever asks without end waits, also for the newest, which are found as everything else is.
func TestSearchIsLimited(t *testing.T) {
	n := straits(t, ccBy)
	codes := map[int]int{}
	for range 65 {
		codes[webtest.Get(t, n, "/fr/statements/?q=glace").Code]++
	}
	if codes[200] != 60 || codes[429] != 5 {
		t.Errorf("answers %v", codes)
	}
	if w := webtest.Get(t, n, "/fr/statements.csv"); w.Code != 429 || w.Header().Get("Retry-After") == "" {
		t.Errorf("a file: %d", w.Code)
	}
	if w := webtest.Get(t, n, "/fr/statements/"); w.Code != 429 {
		t.Errorf("the page without a question: %d", w.Code)
	}
	if w := webtest.Get(t, n, "/fr/speakers/"); w.Code != 200 {
		t.Errorf("another page: %d", w.Code)
	}
}
