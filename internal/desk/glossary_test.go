package desk

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// upload sends a file as the form of the glossary does.
func (h *room) upload(t *testing.T, content string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	if content != "" {
		part, err := form.CreateFormFile("file", "glossary.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/desk/glossary/import", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Cookie", h.cookie)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		webtest.Check(t, "import", w.Body.String())
	}
	return w
}

// glossaryOf is the whole glossary, a row a line.
func (h *room) glossaryOf(t *testing.T) string {
	t.Helper()
	list, err := h.FindTerms(t.Context(), store.TermQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range list {
		fmt.Fprintf(&b, "%s %s>%s %s=%s %s\n", row.Kind, row.From, row.To, row.Source, row.Target, row.Rule)
	}
	return b.String()
}

func TestGlossary(t *testing.T) {
	h := open(t)
	h.enter(t, news.Reviewer)
	if body := h.page(t, "/desk/glossary/"); !strings.Contains(body, "The glossary is empty") || !strings.Contains(body, `name="source"`) || !strings.Contains(body, `name="file"`) {
		t.Error("an empty glossary does not say what to do")
	}
	if to := h.done(t, "/desk/glossary/", "from", "EN", "to", "fr", "source", " arms  control ", "target", "maîtrise des armements", "rule", "must", "source_forms", "arms controls\r\n\r\narms-control", "note", "the ministry’s"); to != "/desk/glossary/?done=term" {
		t.Errorf("to %s", to)
	}
	h.done(t, "/desk/glossary/", "kind", "person", "from", "en", "home", "ru", "to", "fr", "source", "Sergey Ryabkov")
	h.done(t, "/desk/glossary/", "from", "en", "source", "Reuters", "rule", "keep")
	if got := h.glossaryOf(t); got != " en>fr arms control=maîtrise des armements must\n en> Reuters= keep\nperson en>fr Sergey Ryabkov= must\n" {
		t.Errorf("%s", got)
	}
	body := h.page(t, "/desk/glossary/?done=term")
	for _, want := range []string{"maîtrise des armements", "English → French", "the ministry’s", "Sergueï Riabkov", "English → every language", "from now on"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for path, want := range map[string]string{"?q=ARMEMENTS": "arms control", "?from=en&to=any": "Reuters", "?from=en-US&q=rya": "Sergey Ryabkov", "?from=de": "", "?q=%25": ""} {
		var found []string
		for _, m := range regexp.MustCompile(`<strong lang="en" dir="ltr">([^<]+)</strong>`).FindAllStringSubmatch(h.page(t, "/desk/glossary/"+path), -1) {
			found = append(found, m[1])
		}
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}

	for name, bad := range map[string][]string{
		"no translation": {"from", "en", "to", "fr", "source", "harbour", "rule", "must"},
		"no language":    {"from", "english language", "to", "fr", "source", "harbour", "target", "port", "rule", "must"},
		"a rule of none": {"from", "en", "to", "fr", "source", "harbour", "target", "port", "rule", "always"},
		"a kind of none": {"from", "en", "to", "fr", "source", "harbour", "target", "port", "kind", "ship"},
	} {
		if w := h.post(t, "/desk/glossary/", bad...); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="harbour"`) || alertOf(w.Body.String()) == "" {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := h.post(t, "/desk/glossary/", "from", "en", "to", "fr", "source", "arms control", "target", "maîtrise des armements", "rule", "may"); w.Code != http.StatusConflict {
		t.Errorf("the same again: %d", w.Code)
	}

	list, err := h.FindTerms(t.Context(), store.TermQuery{Words: "arms", Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	path := "/desk/glossary/" + list[0].ID
	if body := h.page(t, path); !strings.Contains(body, `value="arms control"`) || !strings.Contains(body, "arms controls\narms-control</textarea>") || !strings.Contains(body, "by Ana editor") {
		t.Error("the form is not filled in")
	}
	if w := h.post(t, path, "from", "en", "to", "fr", "source", "arms control", "target", "", "rule", "never"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `action="`+path+`"`) {
		t.Errorf("a change to nothing: %d", w.Code)
	}
	h.done(t, path, "from", "en", "to", "fr", "source", "arms control", "target", "contrôle des armes", "rule", "never")
	if got := h.glossaryOf(t); !strings.Contains(got, "arms control=contrôle des armes never") || strings.Contains(got, "maîtrise") {
		t.Errorf("%s", got)
	}
	h.done(t, path+"/remove")
	if got := h.glossaryOf(t); strings.Contains(got, "arms") {
		t.Errorf("%s", got)
	}
	for _, gone := range []*httptest.ResponseRecorder{h.get(t, path), h.post(t, path, "from", "en", "source", "a"), h.post(t, path+"/remove")} {
		if gone.Code != http.StatusNotFound {
			t.Errorf("a term that is gone: %d", gone.Code)
		}
	}
}

func TestGlossaryAsAFile(t *testing.T) {
	h := open(t)
	h.enter(t, news.Reviewer)
	if w := h.upload(t, "from;to;source;target;rule\nen;fr;harbour;port;must\nen;fr;=1+1;@somme;never\n"); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, alertOf(w.Body.String()))
	}
	h.upload(t, "from,to,source,target,rule\nen,fr,harbour,port,may\nen,,Reuters,,\n") // one is there already
	want := " en>fr =1+1=@somme never\n en>fr harbour=port may\n en> Reuters= keep\n"
	if got := h.glossaryOf(t); got != want {
		t.Errorf("%s", got)
	}
	w := h.get(t, "/desk/glossary/glossary.csv")
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	cells, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(cells) != 4 {
		t.Fatal(cells, err)
	}
	for _, line := range cells {
		for _, c := range line {
			if c != "" && strings.ContainsAny(c[:1], "=+-@") {
				t.Errorf("a spreadsheet works out %q", c)
			}
		}
	}
	file := h.get(t, "/desk/glossary/glossary.csv").Body.String()
	if w := h.upload(t, file); w.Code != http.StatusSeeOther || h.glossaryOf(t) != want {
		t.Errorf("read back: %d\n%s", w.Code, h.glossaryOf(t))
	}
	if part := h.get(t, "/desk/glossary/glossary.csv?q=reuters").Body.String(); strings.Contains(part, "harbour") || !strings.Contains(part, "Reuters") {
		t.Errorf("a part: %s", part)
	}
	for name, bad := range map[string]string{
		"no file":                 "",
		"no column source":        "a,b\n1,2\n",
		"a row that is none":      "from,to,source,target,rule\nen,fr,good,bon,must\nen,fr,bad,,must\n",
		"a language that is none": "from,to,source,target\n12,fr,good,bon\n",
	} {
		if w := h.upload(t, bad); w.Code != http.StatusUnprocessableEntity || alertOf(w.Body.String()) == "" {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := h.upload(t, "source\n"+strings.Repeat("a", 1<<20)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a file without end: %d", w.Code)
	}
	if got := h.glossaryOf(t); got != want {
		t.Errorf("what was refused is there: %s", got)
	}
}

func TestGlossaryPages(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		for i := range glossarySize + 3 {
			row := term.Row{From: "en", To: "fr", Source: fmt.Sprintf("word %d end", i/2), Target: fmt.Sprint("mot", i), Rule: term.Must} // two alike: the identifier decides
			if err := tx.SaveTerm(t.Context(), store.Term{ID: store.NewID(), Row: row, By: "Ann"}); err != nil {
				return err
			}
		}
		return nil
	})
	seen := map[string]bool{}
	for path, pages := "/desk/glossary/?q=end", 1; ; pages++ {
		body := h.page(t, path)
		for _, m := range regexp.MustCompile(`>(mot\d+)<`).FindAllStringSubmatch(body, -1) {
			if seen[m[1]] {
				t.Errorf("%s is there twice", m[1])
			}
			seen[m[1]] = true
		}
		if strings.Contains(body, `name="file"`) || strings.Contains(body, `name="target"`) || !strings.Contains(body, "glossary.csv?q=end") {
			t.Error("a translator reads the glossary and does not change it")
		}
		m := regexp.MustCompile(`href="(/desk/glossary/\?after=[^"]+)"`).FindStringSubmatch(body)
		if m == nil {
			if pages != 2 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		if path = html.UnescapeString(m[1]); pages > 2 {
			t.Fatal("no last page")
		}
	}
	if len(seen) != glossarySize+3 {
		t.Errorf("%d seen", len(seen))
	}
}

func TestAFlagOfTermsLeadsToTheGlossary(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy, doc.Flag{Rule: "terms", Severity: doc.Ask, Block: 2, Message: "for “harbour” the glossary has “port”"})
	b := h.article2(t, a)
	h.enter(t, news.Reviewer)
	if body := h.page(t, "/desk/articles/"+a.ID); !strings.Contains(body, `href="/desk/glossary/?from=en"`) {
		t.Error("no way to the glossary")
	}
	if body := h.page(t, "/desk/articles/"+b.ID); strings.Contains(body, `href="/desk/glossary/?`) {
		t.Error("a flag of another rule leads to the glossary")
	}
}

// article2 adds a second draft of the first one's outlet, with a flag of another rule.
func (h *room) article2(t *testing.T, a news.Article) news.Article {
	t.Helper()
	o, err := h.Outlet(t.Context(), a.Outlet)
	if err != nil {
		t.Fatal(err)
	}
	source := storetest.AddOriginal(t, h.Store, o, "https://meridian.example/two", storetest.Doc(t, "testdata/harbour.en.doc.txt"), at.UnixMilli())
	return storetest.AddDraft(t, h.Store, source, storetest.Doc(t, "testdata/harbour.fr.doc.txt"), at.UnixMilli(), doc.Flag{Rule: "numbers", Severity: doc.Ask, Block: 2, Message: "3,000"})
}

func TestTheGlossaryInEveryLanguage(t *testing.T) {
	h := open(t)
	e := h.enter(t, news.Admin)
	a := h.article(t, ccBy)
	for _, filled := range []bool{false, true} {
		id := store.NewID()
		if filled {
			storetest.Do(t, h.Store, func(tx *store.Tx) error {
				for i, row := range []term.Row{{From: "en", To: "fr", Source: `<b>"bold"</b>`, Target: "gras", Rule: term.May}, {From: "ru", Kind: term.Place, Source: "Москва", Rule: term.Must, Note: "capital"}} {
					if i == 1 {
						id = store.NewID()
					}
					if err := tx.SaveTerm(t.Context(), store.Term{ID: id, Row: row, By: "Ann"}); err != nil {
						return err
					}
				}
				return tx.Remember(t.Context(), store.Confirmed{From: "en", To: "fr", Source: "Yes.", Target: "Oui.", Article: a.ID, By: e.ID})
			})
		}
		for _, h.lang = range locale.Tags() {
			body := h.page(t, "/desk/glossary/")
			if !strings.Contains(body, `<html lang="`+h.lang+`"`) || strings.Contains(body, "<b>") {
				t.Errorf("%s: another language, or a term as markup", h.lang)
			}
			if remembered := strings.Contains(body, locale.For(h.lang).T("glossary.remembered", "n", 1)); remembered != filled {
				t.Errorf("%s: the memory is told of: %v", h.lang, remembered)
			}
			h.page(t, "/desk/glossary/?from=ru&to=any")
			h.page(t, "/desk/glossary/?q=nothing")
			if filled {
				h.page(t, "/desk/glossary/"+id)
			}
		}
	}
}
