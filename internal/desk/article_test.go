package desk

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// text returns the words of a place in the newest revision, in the form an editor sees.
func (h *room) text(t *testing.T, id string, block int) string {
	t.Helper()
	a, err := h.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := h.Document(t.Context(), id, a.Revision)
	if err != nil {
		t.Fatal(err)
	}
	for p, s := range d.Texts() {
		if p.Block == block && p.Part == doc.Body {
			return formText(s, false)
		}
	}
	return ""
}

func TestArticleStandsBesideItsOriginal(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy, doc.Flag{Rule: "numbers", Severity: doc.Stop, Block: 2, Start: 3, End: 7, SourceStart: 4, SourceEnd: 8, Message: "3,000 is missing"})
	h.enter(t, news.Admin)
	body := h.page(t, "/desk/articles/"+a.ID)
	for what, want := range map[string]string{
		"the original":            "The council voted on Friday",
		"the translation":         "Le conseil a voté vendredi",
		"the doubt in its place":  `<mark class="flag stop s s-5" id="place-0">port</mark>`,
		"the doubt in the source": `<mark class="flag stop s s-5">port</mark>`,
		"the doubt in words":      "3,000 is missing",
		"the model":               "Marian en-fr 1.0 (5d0a7e2c)",
		"a link as it is edited":  "[link https://meridian.example/2026/11/20/council déclaré]",
		"the picture's words":     "Une file de wagons à côté d’une grue",
		"the language":            `lang="fr"`,
		"what readers may have":   "The whole text may be published.",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no sign of %s: %s", what, want)
		}
	}
	// Without JavaScript every text has its form.
	if got, want := strings.Count(body, "<textarea"), 12; got != want {
		t.Errorf("%d texts can be edited, want %d", got, want)
	}
	if !regexp.MustCompile(`<button class="main" disabled`).MatchString(body) {
		t.Error("an article that is stopped can be published")
	}
}

func TestEdit(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	e := h.enter(t, news.Translator)
	tests := []struct{ name, place, in, want string }{
		{"a title", "-2.1.0.0.0", "Un titre  neuf ", "Un titre neuf"},
		{"a link that moved with its words", "1.1.0.0.0", "La maire l’a [link https://meridian.example/2026/11/20/council dit].", "La maire l’a [link https://meridian.example/2026/11/20/council dit]."},
		{"a forced break", "2.1.0.0.0", "Une ligne\r\net une autre", "Une ligne\net une autre"},
		{"brackets that are no mark", "4.1.0.0.0", `Il a dit \[sic\] cela.`, `Il a dit \[sic\] cela.`},
		{"a backslash before an n", "4.1.0.0.0", `C:\\new`, `C:\\new`},
		{"words that look like markup", "4.1.0.0.0", `<script>alert(1)</script> & fin`, `<script>alert(1)</script> & fin`},
	}
	for i, test := range tests {
		to := h.done(t, "/desk/articles/"+a.ID+"/edit", "from", strconv.Itoa(i+1), "place", test.place, "text", test.in)
		if !strings.Contains(to, "?done=saved#b-") {
			t.Errorf("%s leads to %q", test.name, to)
		}
		block, _, _ := strings.Cut(test.place, ".")
		n, _ := strconv.Atoi(block)
		if got := h.text(t, a.ID, n); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if body := h.page(t, "/desk/articles/"+a.ID); strings.Contains(body, "<script>alert") {
			t.Errorf("%s: markup came through", test.name)
		}
	}
	revisions, err := h.Revisions(t.Context(), a.ID)
	if err != nil || len(revisions) != len(tests)+1 || revisions[1].By != e.ID {
		t.Errorf("revisions %+v, %v", revisions, err)
	}
}

// Of two editors at once the second loses nothing: the page has both texts, and the second can save over the first.
func TestEditConflictLosesNothing(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	h.enter(t, news.Translator)
	h.done(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", "Le premier texte.")
	const mine = "Le [em second] texte, <long> & soigné."
	w := h.post(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", mine)
	body := w.Body.String()
	if w.Code != http.StatusConflict {
		t.Fatalf("%d", w.Code)
	}
	for _, want := range []string{"Le [em second] texte, &lt;long&gt; &amp; soigné.", `<mark class="differs">premier</mark>`, `name="from" value="2"`, "Ana translator"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	h.done(t, "/desk/articles/"+a.ID+"/edit", "from", "2", "place", "2.1.0.0.0", "text", mine)
	if got := h.text(t, a.ID, 2); got != mine {
		t.Errorf("%q", got)
	}
}

// Two editors in different texts of one article do not stand in each other's way.
func TestEditsThatDoNotMeet(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	h.enter(t, news.Translator)
	h.done(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", "Un texte.")
	h.done(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "4.1.0.0.0", "text", "Un autre.")
	if got := h.text(t, a.ID, 2) + " " + h.text(t, a.ID, 4); got != "Un texte. Un autre." {
		t.Errorf("%q", got)
	}
	if w := h.post(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", "Trop tard."); w.Code != http.StatusConflict {
		t.Errorf("over somebody else's words: %d", w.Code)
	}
	if w := h.post(t, "/desk/articles/"+a.ID+"/edit", "from", "99", "place", "2.1.0.0.0", "text", "De l’avenir."); w.Code != http.StatusConflict {
		t.Errorf("from a revision that is not there: %d", w.Code)
	}
}

func TestTextThatCannotBeSavedComesBack(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	h.enter(t, news.Translator)
	for name, text := range map[string]string{
		"a mark without an end":        "Un [em texte",
		"a mark nobody knows":          "Un [blink texte]",
		"a link that runs a script":    "Un [link javascript:alert(1) lien]",
		"nothing where something must": "",
	} {
		w := h.post(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", text)
		if w.Code != http.StatusUnprocessableEntity || text != "" && !strings.Contains(w.Body.String(), strings.SplitN(text, "<", 2)[0]) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if a, err := h.Article(t.Context(), a.ID); err != nil || a.Revision != 1 {
		t.Errorf("revision %d, %v", a.Revision, err)
	}
	for _, place := range []string{"", "x", "99.1.0.0.0", "2.9.0.0.0", "1.2.3"} {
		if w := h.post(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", place, "text", "x"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("place %q: %d", place, w.Code)
		}
	}
}

func TestFromDraftToReadersAndBack(t *testing.T) {
	h := open(t)
	a := h.article(t, news.Terms{Basis: "unknown"})
	h.enter(t, news.Publisher)
	path := "/desk/articles/" + a.ID
	state := func() news.State {
		t.Helper()
		a, err := h.Article(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a.State
	}

	w := h.post(t, path+"/publish")
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "/desk/outlets/"+a.Outlet) || state() != news.InReview {
		t.Errorf("published without leave: %d %s", w.Code, alertOf(w.Body.String()))
	}
	if w := h.post(t, "/desk/outlets/"+a.Outlet+"/terms", "basis", "licence"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a licence without a name: %d", w.Code)
	}
	if w := h.post(t, "/desk/outlets/"+a.Outlet+"/terms", "basis", "hearsay"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a basis that is none: %d", w.Code)
	}
	h.done(t, "/desk/outlets/"+a.Outlet+"/terms", "basis", "licence", "licence", "CC-BY-4.0", "translate", "yes", "machine", "yes", "fulltext", "yes", "proof", "https://meridian.example/licence")
	terms, err := h.TermsHistory(t.Context(), a.Outlet)
	if err != nil || len(terms) != 2 || terms[0].By != "Ana publisher" || terms[1].Basis != "unknown" {
		t.Errorf("terms %+v, %v", terms, err)
	}
	if body := h.page(t, "/desk/outlets/"+a.Outlet); !strings.Contains(body, `<a href="https://meridian.example/licence" rel="external noopener">`) {
		t.Error("the proof is not shown")
	}

	if w := h.post(t, path+"/approve", "revision", "1", "accuracy", "yes", "sources", "yes"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an approval of two points out of three: %d", w.Code)
	}
	if reviews, _ := h.Reviews(t.Context(), a.ID); len(reviews) != 0 {
		t.Error("it is on record all the same")
	}
	h.done(t, path+"/approve", "revision", "1", "accuracy", "yes", "plausibility", "yes", "sources", "yes", "note", "read twice")
	if body := h.page(t, path); !strings.Contains(body, "Ana publisher approved revision 1") || !strings.Contains(body, "read twice") {
		t.Error("the approval is not shown")
	}

	h.done(t, path+"/publish")
	if state() != news.Published {
		t.Fatalf("state %s", state())
	}
	body := h.page(t, path)
	if !regexp.MustCompile(`href="/fr/2026/11/[a-z0-9-]+/"`).MatchString(body) {
		t.Error("no link to the site")
	}
	h.done(t, path+"/edit", "from", "1", "place", "-2.1.0.0.0", "text", "Un meilleur titre")
	if body := h.page(t, path); !strings.Contains(body, path+"/correct") {
		t.Error("a newer revision cannot be shown to readers")
	}
	if w := h.post(t, path+"/correct"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a correction that does not say of what: %d", w.Code)
	}
	h.done(t, path+"/correct", "note", "Le titre était faux.")
	if state() != news.Corrected {
		t.Errorf("state %s", state())
	}
	h.done(t, path+"/unpublish", "note", "La source revient sur son texte.")
	h.done(t, path+"/publish")
	h.done(t, path+"/kill", "note", "Une citation était inventée.")
	if state() != news.Killed {
		t.Errorf("state %s", state())
	}
	if w := h.post(t, path+"/publish"); w.Code != http.StatusConflict {
		t.Errorf("published after it was killed: %d", w.Code)
	}
	body = h.page(t, path)
	if strings.Contains(body, "<textarea") || strings.Contains(body, path+"/publish") {
		t.Error("a killed article can be changed")
	}
	body = h.page(t, path+"/history")
	for _, want := range []string{"Killed", "Une citation était inventée.", "Le titre était faux.", "Un meilleur titre", "the machine", "Ana publisher"} {
		if !strings.Contains(body, want) {
			t.Errorf("the history does not say %q", want)
		}
	}
}

func TestFlagsAreAnswered(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy,
		doc.Flag{Rule: "numbers", Severity: doc.Stop, Block: 2, Start: 0, End: 7, Message: "a doubt", Suggestion: "Le havre"},
		doc.Flag{Rule: "names", Severity: doc.Stop, Block: doc.TitleBlock, Start: 0, End: 2, Message: "another"})
	h.enter(t, news.Reviewer)
	flags, err := h.Flags(t.Context(), a.ID, 1)
	if err != nil || len(flags) != 2 {
		t.Fatal(flags, err)
	}
	path := "/desk/articles/" + a.ID + "/flags/"
	if w := h.post(t, path+flags[1].ID+"/dismiss", "note", " "); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("dismissed without a reason: %d", w.Code)
	}
	h.done(t, path+flags[1].ID+"/dismiss", "note", "it is the port’s own name")
	body := h.page(t, "/desk/articles/"+a.ID)
	if !strings.Contains(body, "it is the port’s own name") || !strings.Contains(body, "1 stop<") {
		t.Error("the dismissal is not shown")
	}
	if w := h.post(t, path+flags[1].ID+"/accept", "from", "1"); w.Code != http.StatusNotFound {
		t.Errorf("a suggestion that is none: %d", w.Code)
	}
	h.done(t, path+flags[0].ID+"/accept", "from", "1")
	if got := h.text(t, a.ID, 2); !strings.HasPrefix(got, "Le havre réclamait la ligne depuis [link https://meridian.example/2024/03/02/plan le plan") {
		t.Errorf("%q", got)
	}
	if w := h.post(t, path+flags[0].ID+"/accept", "from", "2"); w.Code != http.StatusConflict {
		t.Errorf("a suggestion about an older revision: %d", w.Code)
	}
}

func TestRestoreIsANewRevision(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	h.enter(t, news.Translator)
	before := h.text(t, a.ID, 2)
	h.done(t, "/desk/articles/"+a.ID+"/edit", "from", "1", "place", "2.1.0.0.0", "text", "Autre chose.")
	h.done(t, "/desk/articles/"+a.ID+"/restore", "from", "2", "revision", "1")
	if got := h.text(t, a.ID, 2); got != before {
		t.Errorf("%q", got)
	}
	if a, err := h.Article(t.Context(), a.ID); err != nil || a.Revision != 3 {
		t.Errorf("revision %d, %v", a.Revision, err)
	}
	if w := h.post(t, "/desk/articles/"+a.ID+"/restore", "from", "2", "revision", "1"); w.Code != http.StatusConflict {
		t.Errorf("restored over somebody else's: %d", w.Code)
	}
}

// A form of another site does nothing, however good the cookie.
func TestFormsOfOthersAreRefused(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	h.enter(t, news.Admin)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/desk/articles/"+a.ID+"/publish", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header[0], header[1])
		r.Header.Set("Cookie", h.cookie)
		w := newRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%v: %d", header, w.Code)
		}
	}
	if a, err := h.Article(t.Context(), a.ID); err != nil || a.State != news.InReview {
		t.Errorf("state %s, %v", a.State, err)
	}
}

func TestFormText(t *testing.T) {
	tests := []struct {
		name string
		text doc.Text
		want string
	}{
		{"plain", doc.Text{S: "a b"}, "a b"},
		{"a break", doc.Text{S: "a\nb"}, "a\nb"},
		{"a backslash and an n", doc.Text{S: `a\nb`}, `a\\nb`},
		{"brackets", doc.Text{S: "[a]"}, `\[a\]`},
		{"a mark over a break", doc.Text{S: "a\nb", Marks: []doc.Mark{{Kind: doc.Emph, End: 3}}}, "[em a\nb]"},
	}
	for _, test := range tests {
		got := formText(test.text, false)
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		back, err := parseForm(strings.ReplaceAll(got, "\n", "\r\n"), false)
		if err != nil || !back.Equal(test.text) {
			t.Errorf("%s: comes back as %+v, %v", test.name, back, err)
		}
	}
}

// Verbs that the desk calls by hand see the same room.
func TestSomebodyElseEdits(t *testing.T) {
	h := open(t)
	a := h.article(t, ccBy)
	e := h.enter(t, news.Translator)
	r := &newsroom.Room{Store: h.Store, Queue: h.queue}
	if _, err := r.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: doc.DeckBlock}, Text: doc.Text{S: "Ailleurs"}, By: e.ID}); err != nil {
		t.Fatal(err)
	}
	if body := h.page(t, "/desk/articles/"+a.ID); !strings.Contains(body, "Ailleurs") || !strings.Contains(body, `data-revision="2"`) {
		t.Error("the page is behind")
	}
	storetest.Put(t, h.Store, "site.title", "Le Passeur")
	if body := h.page(t, "/desk/"); !strings.Contains(body, "Le Passeur") {
		t.Error("the title of the site is not on the desk")
	}
}
