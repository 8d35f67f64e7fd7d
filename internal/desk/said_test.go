package desk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

const quayEnglish = `lang  en
title  Harbour closes for three weeks
byline  Ann Smith
date  2026-11-20T08:00:00Z

p  [quote “The harbour will stay closed for three weeks,”] the mayor of Port Hale, Ana Duarte, told reporters on Tuesday.
p  [quote “Nobody asked the fishermen before the decision was taken,”] said Peter Lindqvist, head of the fishermen’s union.
p  He claimed that [quote “the council has already sold the quay to a hotel company”].
p  The so-called [quote “new dawn”] of the port has been promised for years.
`

const quayFrench = `lang  fr
title  Le port ferme pour trois semaines
byline  Ann Smith
date  2026-11-20T08:00:00Z

p  [quote « Le port restera fermé pendant trois semaines »], a déclaré mardi aux journalistes la maire de Port Hale, Ana Duarte.
p  [quote « Personne n’a consulté les pêcheurs avant que la décision soit prise »], a dit Peter Lindqvist, chef du syndicat des pêcheurs.
p  Il a prétendu que [quote « le conseil a déjà vendu le quai à une société hôtelière »].
p  La prétendue [quote « aube nouvelle »] du port est promise depuis des années.
`

const quayElsewhere = `lang  en
title  Fishermen angry at Port Hale
date  2026-11-20T10:00:00Z

p  The decision came as a surprise. [quote “Nobody asked the fishermen before the decision was taken,”] said P. Lindqvist of the union.
`

// quay is an article with statements, one of which another outlet has as well, perhaps.
type quay struct {
	article    news.Article
	statements []news.Statement // of the article
	other      news.Statement
	link       news.StatementLink
}

func (h *room) quay(t *testing.T) quay {
	t.Helper()
	ctx := t.Context()
	parse := func(s string) doc.Document {
		d, err := doc.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Blocks {
			d.Blocks[i].Key = fmt.Sprintf("b%d", i+1)
		}
		return d
	}
	first := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", ccBy)
	second := storetest.AddOutlet(t, h.Store, "Coast Courier", "https://courier.example/", "en", ccBy)
	original := storetest.AddOriginal(t, h.Store, first, "https://meridian.example/harbour", parse(quayEnglish), at.UnixMilli())
	elsewhere := storetest.AddOriginal(t, h.Store, second, "https://courier.example/anger", parse(quayElsewhere), at.UnixMilli())
	q := quay{article: storetest.AddDraft(t, h.Store, original, parse(quayFrench), at.UnixMilli())}
	for left := true; left; {
		var err error
		if left, err = h.room.FillStatements(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if q.statements, err = h.StatementsOf(ctx, original.Item); err != nil || len(q.statements) < 4 {
		t.Fatalf("%d statements: %v", len(q.statements), err)
	}
	others, err := h.StatementsOf(ctx, elsewhere.Item)
	if err != nil || len(others) != 1 {
		t.Fatalf("%d statements elsewhere: %v", len(others), err)
	}
	q.other = others[0]
	q.link = news.StatementLink{A: q.saying(t, "Nobody asked").ID, B: q.other.ID, Score: 0.7, Why: "speakers", State: news.LinkPerhaps, At: at.UnixMilli()}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		_, err := tx.FoundLink(ctx, q.link)
		return err
	})
	return q
}

func (q quay) saying(t *testing.T, words string) news.Statement {
	t.Helper()
	for _, s := range q.statements {
		if strings.Contains(s.Text, words) {
			return s
		}
	}
	t.Fatalf("nothing says %q", words)
	return news.Statement{}
}

// item is what the margin shows of a statement.
func item(t *testing.T, body, id string) string {
	t.Helper()
	_, after, ok := strings.Cut(body, `<li id="said-`+id+`"`)
	if !ok {
		t.Fatalf("the margin lacks statement %s", id)
	}
	before, _, _ := strings.Cut(after, `<li id="said-`)
	return before
}

func TestWhoSaidWhatInTheMargin(t *testing.T) {
	h := open(t)
	q := h.quay(t)
	h.enter(t, news.Translator)
	path := "/desk/articles/" + q.article.ID
	for _, h.lang = range locale.Tags() {
		body := h.page(t, path)
		if n := strings.Count(body, "data-said="); n != len(q.statements) {
			t.Errorf("%s: %d of %d statements are shown", h.lang, n, len(q.statements))
		}
	}
	h.lang = "en"
	body := h.page(t, path)
	for words, wants := range map[string][]string{
		"harbour will stay": {"Ana Duarte", "mayor", "reporters", "<q lang=\"en\">told</q>", "Quotation", `class="state named"`},
		"Nobody asked":      {"Peter Lindqvist", "1 perhaps the same", "Coast Courier", "the speakers differ", `value="confirm"`},
		"already sold":      {"claimed, not said", "distance", "Peter Lindqvist", `class="state resolved"`},
		"new dawn":          {"Scare quotes", "no speaker"},
	} {
		got := item(t, body, q.saying(t, words).ID)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the margin lacks %q:\n%s", words, want, got)
			}
		}
	}
	if strings.Contains(item(t, body, q.saying(t, "harbour will stay").ID), "distance") {
		t.Error("said is shown as claimed")
	}
	if at, row := strings.Index(body, "data-said="), strings.Index(body, `id="b-b2"`); at < 0 || at > row {
		t.Error("the first statement does not stand in its block")
	}
}

func TestASpeakerIsCorrectedAtTheDesk(t *testing.T) {
	h := open(t)
	q := h.quay(t)
	h.enter(t, news.Translator)
	path, s := "/desk/articles/"+q.article.ID, q.saying(t, "already sold")
	duarte, err := h.SpeakersNamed(t.Context(), "duar", 5)
	if err != nil || len(duarte) != 1 {
		t.Fatal(len(duarte), err)
	}
	form := "/desk/statements/" + s.ID + "/speaker"
	speaker := func() string {
		t.Helper()
		now, err := h.Statement(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		return now.Speaker.Name + " by " + now.CorrectedBy
	}
	if to := h.done(t, form, "speaker", duarte[0].ID, "back", path+"?done=x"); !strings.HasPrefix(to, path+"?done=speaker") || !strings.HasSuffix(to, "#said-"+s.ID) {
		t.Error(to)
	}
	if got := speaker(); got != "Ana Duarte by Ana translator" {
		t.Error(got)
	}
	body := h.page(t, path)
	mine := item(t, body, s.ID)
	if !strings.Contains(mine, "set by Ana translator") || !strings.Contains(mine, `class="state person"`) {
		t.Errorf("who set it is not said:\n%s", mine)
	}
	_, after, _ := strings.Cut(mine, `action="/desk/changes/`)
	undo, _, ok := strings.Cut(after, `"`)
	if !ok {
		t.Fatal("it cannot be undone")
	}
	h.done(t, "/desk/changes/"+undo, "back", path)
	if got := speaker(); got != "Peter Lindqvist by " {
		t.Errorf("undone: %s", got)
	}
	if w := h.post(t, "/desk/changes/"+undo, "back", path); w.Code != http.StatusConflict {
		t.Errorf("undone twice: %d", w.Code)
	}
	h.done(t, form, "who", "Maria Hale", "speaker", "", "back", path)
	if got := speaker(); got != "Maria Hale by Ana translator" {
		t.Errorf("by a new name: %s", got)
	}
	h.done(t, form, "nobody", "yes", "who", "ignored", "back", path)
	if got := speaker(); got != " by Ana translator" {
		t.Errorf("nobody: %s", got)
	}
	if w := h.post(t, form, "who", " "); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing was said: %d", w.Code)
	}
	if w := h.post(t, "/desk/statements/x/speaker", "who", "Ann"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
	if to := h.done(t, form, "who", "Ana Duarte", "back", "https://evil.example/desk/"); !strings.HasPrefix(to, "/desk/?") {
		t.Errorf("leads to %s", to)
	}
	var found []candidate
	if err := json.Unmarshal(h.get(t, "/desk/speakers/find?q=lind").Body.Bytes(), &found); err != nil || len(found) == 0 || found[0].Name != "Peter Lindqvist" {
		t.Errorf("%+v %v", found, err)
	}
	if got := strings.TrimSpace(h.get(t, "/desk/speakers/find?q=").Body.String()); got != "[]" {
		t.Errorf("nothing typed finds %s", got)
	}
}

// What readers see changes with a second person's word, and what a reviewer decided is not a translator's to undo.
func TestTranslatorsLeavePublicStatementsAlone(t *testing.T) {
	h := open(t)
	q := h.quay(t)
	s, path := q.saying(t, "Nobody asked"), "/desk/articles/"+q.article.ID
	h.enter(t, news.Reviewer)
	reviewer := h.cookie
	list, err := h.SpeakersNamed(t.Context(), "duarte", 2)
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	h.done(t, "/desk/speakers/"+list[0].ID+"/role", "lang", "en", "role", "mayor")
	changes, err := h.SpeakerChanges(t.Context(), list[0].ID)
	if err != nil || len(changes) == 0 {
		t.Fatal(len(changes), err)
	}
	h.done(t, "/desk/links", "a", q.link.A, "b", q.link.B, "decision", "confirm")
	decided, err := h.StatementChanges(t.Context(), s.ID)
	if err != nil || len(decided) == 0 {
		t.Fatal(len(decided), err)
	}

	h.enter(t, news.Translator)
	if w := h.post(t, "/desk/changes/"+changes[0].ID+"/undo"); w.Code != http.StatusForbidden {
		t.Errorf("a translator undoes what a reviewer said of a speaker: %d", w.Code)
	}
	if !strings.Contains(item(t, h.page(t, path), s.ID), "/speaker\"") {
		t.Error("what is no reader's yet cannot be corrected by a translator")
	}
	storetest.Publish(t, h.Store, q.article.ID, "le-port", at.UnixMilli())
	places, err := h.PlacesOf(t.Context(), s.ID)
	if err != nil || len(places) == 0 {
		t.Fatal(len(places), err)
	}
	for path, form := range map[string][]string{
		"/desk/statements/" + s.ID + "/speaker":    {"who", "Ana Duarte"},
		"/desk/links":                              {"a", q.link.A, "b", q.link.B, "decision", "cut"},
		"/desk/changes/" + decided[0].ID + "/undo": nil,
	} {
		if w := h.post(t, path, form...); w.Code != http.StatusForbidden {
			t.Errorf("a translator at %s: %d", path, w.Code)
		}
	}
	if margin := item(t, h.page(t, path), s.ID); strings.Contains(margin, `action="/desk/links"`) || strings.Contains(margin, `action="/desk/statements/`+s.ID) || strings.Contains(margin, `action="/desk/changes/`) {
		t.Errorf("what a translator may not do is offered:\n%s", margin)
	}
	h.cookie = reviewer
	h.done(t, "/desk/statements/"+s.ID+"/speaker", "who", "Ana Duarte")
}

// Of two editors who correct one statement, the second learns of the first.
func TestTwoCorrectOneStatement(t *testing.T) {
	h := open(t)
	q := h.quay(t)
	s := q.saying(t, "already sold")
	form := "/desk/statements/" + s.ID + "/speaker"
	h.enter(t, news.Translator)
	if margin := item(t, h.page(t, "/desk/articles/"+q.article.ID), s.ID); !strings.Contains(margin, `name="seen" value="0"`) {
		t.Error("the form does not say what the editor saw")
	}
	h.done(t, form, "who", "Ana Duarte", "seen", "0")
	if w := h.post(t, form, "nobody", "yes", "seen", "0"); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Ana translator said meanwhile") {
		t.Errorf("%d", w.Code)
	}
	now, err := h.Statement(t.Context(), s.ID)
	if err != nil || now.Speaker.Name != "Ana Duarte" {
		t.Errorf("%+v %v", now.Speaker, err)
	}
	h.done(t, form, "nobody", "yes", "seen", fmt.Sprint(now.CorrectedAt))
}

func TestPerhapsLinksWaitForAPerson(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	if body := h.page(t, "/desk/doubts"); !strings.Contains(body, "No pair of statements waits for you.") {
		t.Error("the empty list says nothing")
	}
	q := h.quay(t)
	for _, h.lang = range locale.Tags() {
		body := h.page(t, "/desk/doubts")
		for _, want := range []string{"Coast Courier", "Meridian", "Nobody asked the fishermen", "/desk/articles/" + q.article.ID + "#said-", `value="cut"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the list lacks %q", h.lang, want)
			}
		}
		if !strings.Contains(h.page(t, "/desk/"), `href="/desk/doubts"`) {
			t.Error("the queue does not lead to the doubts")
		}
	}
	h.lang = "en"
	state := func(want news.LinkState) {
		t.Helper()
		l, err := h.Link(t.Context(), q.link.A, q.link.B)
		if err != nil || l.State != want {
			t.Errorf("the link is %s, want %s: %v", l.State, want, err)
		}
	}
	for _, test := range []struct {
		decision string
		want     news.LinkState
	}{{"confirm", news.LinkConfirmed}, {"cut", news.LinkCut}} {
		to := h.done(t, "/desk/links", "a", q.link.A, "b", q.link.B, "decision", test.decision, "back", "/desk/doubts")
		state(test.want)
		body := h.page(t, to)
		if strings.Contains(body, "Coast Courier") {
			t.Error("what was decided still waits")
		}
		margin := item(t, h.page(t, "/desk/articles/"+q.article.ID), q.link.A)
		if !strings.Contains(margin, "decided by Ana translator") || !strings.Contains(margin, "Coast Courier") {
			t.Errorf("%s: the margin does not say who decided:\n%s", test.decision, margin)
		}
		_, after, _ := strings.Cut(body, `action="/desk/changes/`)
		undo, _, ok := strings.Cut(after, `"`)
		if !ok {
			t.Fatalf("%s cannot be undone", test.decision)
		}
		h.done(t, "/desk/changes/"+undo, "back", "/desk/doubts")
		state(news.LinkPerhaps)
	}
	if w := h.post(t, "/desk/links", "a", q.link.A, "b", q.link.B, "decision", "maybe"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
	for _, bad := range []string{"x", "1_2", "x_a_b"} {
		if w := h.get(t, "/desk/doubts?before="+bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

func TestMoreDoubtsThanAPageShows(t *testing.T) {
	h := open(t)
	q := h.quay(t)
	h.enter(t, news.Translator)
	second := storetest.AddOutlet(t, h.Store, "Herald", "https://herald.example/", "en", ccBy)
	for i := range doubtsSize {
		d, err := doc.Parse(strings.Replace(quayElsewhere, "a surprise", fmt.Sprintf("surprise %d", i), 1))
		if err != nil {
			t.Fatal(err)
		}
		storetest.AddOriginal(t, h.Store, second, fmt.Sprintf("https://herald.example/%d", i), d, at.UnixMilli())
	}
	for left := true; left; {
		var err error
		if left, err = h.room.FillStatements(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	page, err := h.Said(t.Context(), store.SaidQuery{Outlet: second.ID, Limit: 50})
	if err != nil || len(page.Statements) != doubtsSize {
		t.Fatal(len(page.Statements), err)
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		for _, s := range page.Statements {
			if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: q.link.A, B: s.ID, Score: 0.6, State: news.LinkPerhaps, At: at.UnixMilli()}); err != nil {
				return err
			}
		}
		return nil
	})
	body := h.page(t, "/desk/doubts")
	_, after, ok := strings.Cut(body, `href="/desk/doubts?before=`)
	if !ok || strings.Count(body, `value="confirm"`) != doubtsSize {
		t.Fatalf("%d pairs, a next page: %v", strings.Count(body, `value="confirm"`), ok)
	}
	next, _, _ := strings.Cut(after, `"`)
	if body := h.page(t, "/desk/doubts?before="+next); strings.Count(body, `value="confirm"`) != 1 {
		t.Errorf("the next page has %d pairs", strings.Count(body, `value="confirm"`))
	}
}

func TestSpeakersAtTheDesk(t *testing.T) {
	h := open(t)
	h.enter(t, news.Reviewer)
	if body := h.page(t, "/desk/speakers/"); !strings.Contains(body, "Nobody is quoted yet.") {
		t.Error("the empty list says nothing")
	}
	h.quay(t)
	ctx := t.Context()
	find := func(name string) news.Speaker {
		t.Helper()
		list, err := h.SpeakersNamed(ctx, name, 5)
		if err != nil || len(list) != 1 {
			t.Fatalf("%q: %d speakers, %v", name, len(list), err)
		}
		return list[0]
	}
	lindqvist := find("Peter")
	path := "/desk/speakers/" + lindqvist.ID
	for _, h.lang = range locale.Tags() {
		for _, p := range []string{"/desk/speakers/", "/desk/speakers/?q=lindq", path, path + "?find=ana"} {
			if body := h.page(t, p); !strings.Contains(body, "Lindqvist") {
				t.Errorf("%s %s does not name him", h.lang, p)
			}
		}
		h.page(t, "/desk/speakers/?q=nobody-is-called-so")
	}
	h.lang = "en"
	if body := h.page(t, path); !strings.Contains(body, "Nobody asked the fishermen") || !strings.Contains(body, "union") {
		t.Error("the page lacks his words or his office")
	}

	h.done(t, path+"/name", "lang", "ru", "name", "Петер Линдквист", "glossary", "yes")
	if got := find("Петер"); got.ID != lindqvist.ID || got.In("ru") != "Петер Линдквист" {
		t.Errorf("%+v", got)
	}
	terms, err := h.FindTerms(ctx, store.TermQuery{From: "en", To: "ru", Limit: 9})
	if err != nil || len(terms) != 1 || terms[0].Row.Target != "Петер Линдквист" || terms[0].Row.Source != "Peter Lindqvist" {
		t.Errorf("the glossary has %+v, %v", terms, err)
	}
	row := terms[0].Row
	row.Home, row.Note = "sv", "the ministry’s form"
	if _, err := h.room.SaveTerm(ctx, terms[0].ID, row, "Bo"); err != nil {
		t.Fatal(err)
	}
	h.done(t, path+"/name", "lang", "ru", "name", "Питер Линдквист", "glossary", "yes")
	if terms, err = h.FindTerms(ctx, store.TermQuery{From: "en", To: "ru", Limit: 9}); err != nil || terms[0].Row.Home != row.Home || terms[0].Row.Note != row.Note {
		t.Errorf("what the glossary said beside the form is lost: %+v, %v", terms, err)
	}
	if terms, err = h.FindTerms(ctx, store.TermQuery{From: "en", To: "ru", Limit: 9}); err != nil || len(terms) != 1 || terms[0].Row.Target != "Питер Линдквист" {
		t.Errorf("the glossary has %+v, %v", terms, err)
	}
	h.done(t, path+"/role", "lang", "en", "role", "chairman")
	if body := h.page(t, path); !strings.Contains(body, "chairman") || !strings.Contains(body, "Name given") {
		t.Error("what was given is not shown")
	}
	for _, bad := range [][]string{{"lang", "x-", "name", "A"}, {"lang", "fr", "name", ""}} {
		if w := h.post(t, path+"/name", bad...); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", bad, w.Code)
		}
	}

	duarte := find("Duarte")
	to := h.done(t, "/desk/speakers/"+duarte.ID+"/merge", "into", lindqvist.ID)
	if got := find("Duarte"); got.ID != lindqvist.ID || got.Said <= lindqvist.Said {
		t.Errorf("merged into %s, who said %d", got.ID, got.Said)
	}
	body := h.page(t, to)
	events, err := h.SpeakerChanges(ctx, lindqvist.ID)
	if err != nil || len(events) == 0 || events[0].What != "merge" || !strings.Contains(body, "/desk/changes/"+events[0].ID+"/undo") {
		t.Fatalf("%+v %v", events, err)
	}
	h.done(t, "/desk/changes/"+events[0].ID+"/undo", "back", path)
	if got := find("Duarte"); got.ID != duarte.ID {
		t.Error("the merging is not undone")
	}
	if body := h.page(t, path); !strings.Contains(body, "undone by Ana editor") {
		t.Error("that it was undone is not said")
	}
	if w := h.post(t, path+"/merge", "into", lindqvist.ID); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusConflict {
		t.Errorf("merged with himself: %d", w.Code)
	}
	var russian string
	for _, n := range find("Питер").Names {
		if n.Lang == "ru" && russian == "" {
			russian = n.ID
		}
	}
	h.done(t, path+"/split", "names", russian)
	if list, err := h.SpeakersNamed(ctx, "Линдквист", 5); err != nil || len(list) < 1 {
		t.Errorf("split into %d, %v", len(list), err)
	}
	if w := h.post(t, path+"/split"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen: %d", w.Code)
	}
	h.enter(t, news.Translator)
	if w := h.post(t, path+"/merge", "into", duarte.ID); w.Code != http.StatusForbidden {
		t.Errorf("a translator merges: %d", w.Code)
	}
	h.page(t, path)
}

// A wrong speaker is corrected in two keys, and a link confirmed, in a real browser.
func TestStatementsInABrowser(t *testing.T) {
	b := webtest.Open(t)
	h := open(t)
	q := h.quay(t)
	server := httptest.NewServer(h)
	defer server.Close()
	h.seat(t, b, server, news.Reviewer)
	article := server.URL + "/desk/articles/" + q.article.ID
	s := q.saying(t, "already sold")
	focused := `document.activeElement.dataset.said`

	b.Do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(article), chromedp.WaitVisible("#said-"+s.ID))
	b.Shot("article-said-1280")
	for i := range 3 {
		b.Press("n")
		if got := webtest.Ask[string](b, focused); got != q.statements[i].ID {
			t.Fatalf("n leads to %q, want %q", got, q.statements[i].ID)
		}
	}
	b.Press("n")
	b.Press("p")
	if got := webtest.Ask[string](b, focused); got != s.ID {
		t.Fatalf("p leads to %q", got)
	}
	b.Press("w")
	b.Until(`document.querySelectorAll("#said-` + s.ID + ` [role=option]").length >= 2`)
	if got := webtest.Ask[string](b, `document.querySelector("#said-`+s.ID+` [aria-selected=true]").firstChild.textContent`); got != "Ana Duarte" {
		t.Errorf("the first who may have said it is %q", got)
	}
	b.Shot("article-who-1280")
	b.Press("Enter")
	b.Do(chromedp.WaitVisible(".alert"))
	b.Until(`location.hash === "#said-` + s.ID + `" && document.readyState === "complete"`)
	if now, err := h.Statement(t.Context(), s.ID); err != nil || now.Speaker.Name != "Ana Duarte" || now.CorrectedBy != "Ana editor" {
		t.Errorf("corrected to %+v, %v", now.Speaker, err)
	}

	// By a prefix, with the arrows, and back by the button.
	b.Do(chromedp.Click("#said-" + s.ID + " > blockquote"))
	b.Press("w")
	b.Do(chromedp.SendKeys("#who-"+s.ID, "lin"))
	b.Until(`[...document.querySelectorAll("#said-` + s.ID + ` [role=option]")].some((o) => o.textContent.startsWith("Peter Lindqvist"))`)
	b.Do(chromedp.KeyEvent(kb.Escape))
	if got := webtest.Ask[string](b, focused); got != s.ID {
		t.Errorf("Escape leaves the focus on %q", got)
	}
	b.Do(chromedp.Click("#said-" + s.ID + " .set button"))
	b.Until(`document.querySelector("#said-` + s.ID + ` .set") === null && document.readyState === "complete"`)
	if now, err := h.Statement(t.Context(), s.ID); err != nil || now.Speaker.Name != "Peter Lindqvist" {
		t.Errorf("undone to %+v, %v", now.Speaker, err)
	}
	b.Do(chromedp.Click("#said-" + s.ID + " > blockquote"))
	b.Press("w")
	b.Do(chromedp.SendKeys("#who-"+s.ID, "nob"))
	b.Until(`document.querySelector("#said-` + s.ID + ` [aria-selected=true]")?.textContent === "Nobody"`)
	b.Press("Enter")
	b.Do(chromedp.WaitVisible("#said-" + s.ID + " .set"))
	if now, err := h.Statement(t.Context(), s.ID); err != nil || now.Speaker.Name != "" {
		t.Errorf("nobody's is %+v, %v", now.Speaker, err)
	}

	// A link, in the margin and in the list of doubts.
	linked := "#said-" + q.link.A
	if q.saying(t, "Nobody asked").ID != q.link.A {
		linked = "#said-" + q.link.B
	}
	b.Do(chromedp.Click(linked+" .links summary"), chromedp.WaitVisible(linked+` button[value="confirm"]`))
	b.Shot("article-link-1280")
	b.Do(chromedp.Click(linked+` button[value="confirm"]`), chromedp.WaitVisible(".alert"))
	b.Until(`document.readyState === "complete" && document.querySelector("` + linked + ` span.state.confirmed") !== null`)
	if l, err := h.Link(t.Context(), q.link.A, q.link.B); err != nil || l.State != news.LinkConfirmed || l.By != "Ana editor" {
		t.Errorf("%+v %v", l, err)
	}
	b.Do(chromedp.Click(linked+" .links summary"), chromedp.Click(linked+" .links .do button"))
	b.Until(`document.readyState === "complete" && document.querySelector("` + linked + ` span.state.perhaps") !== null`)
	b.Do(chromedp.Navigate(server.URL+"/desk/doubts"), chromedp.WaitVisible(".doubts"))
	b.Shot("doubts-1280")
	b.Do(chromedp.EmulateViewport(390, 844))
	b.Shot("doubts-390")
	b.Do(chromedp.Click(`button[value="confirm"]`), chromedp.WaitVisible(".empty"), chromedp.Click(".undo button"), chromedp.WaitVisible(".doubts"))

	lindqvist := q.saying(t, "Nobody asked").Speaker.ID
	for _, path := range []string{"/desk/articles/" + q.article.ID, "/desk/doubts", "/desk/speakers/", "/desk/speakers/" + lindqvist + "?find=ana"} {
		b.Fits(server.URL + path)
	}
	b.Do(chromedp.Navigate(server.URL + "/desk/speakers/" + lindqvist + "?find=ana"))
	b.Shot("speaker-1280")
	b.Do(chromedp.EmulateViewport(390, 844))
	b.Shot("speaker-390")
	b.Do(chromedp.Navigate(article))
	b.Shot("article-said-390")
	b.Do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+"/desk/speakers/"))
	b.Shot("speakers-1280")
	b.Clean(strings.TrimPrefix(server.URL, "http://"), "desk")
	for _, tag := range []string{"fr", "pt"} {
		b.Do(chromedp.Navigate(server.URL+"/desk/"), chromedp.Click(`button[name=language][value="`+tag+`"]`))
		b.Until(`document.documentElement.lang === "` + tag + `" && document.readyState === "complete"`)
		b.Fits(article)
		b.Fits(server.URL + "/desk/doubts")
		b.Fits(server.URL + "/desk/speakers/" + lindqvist)
	}
	if os.Getenv("DRAGOMAN_TEST_SCREENSHOTS") != "" {
		b.Do(chromedp.Navigate(article))
		b.Shot("article-said-pt")
	}
}
