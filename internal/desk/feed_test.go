package desk

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// followed adds an outlet with one feed that change makes what it is.
func (h *room) followed(t *testing.T, change func(f *news.Feed)) (news.Outlet, news.Feed) {
	t.Helper()
	o := storetest.AddOutlet(t, h.Store, "Meridian", "https://meridian.example/", "en", news.Terms{Basis: "unknown"})
	f := news.Feed{ID: store.NewID(), Outlet: o.ID, URL: "https://meridian.example/feed", Kind: "feed", NextAt: h.now.Add(time.Hour).UnixMilli(), NextWhy: "usual", CheckedAt: h.now.Add(-time.Hour).UnixMilli(), Outcome: "ok"}
	change(&f)
	storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.SaveFeed(t.Context(), f) })
	return o, f
}

// What an operator sees of a feed: last look and what came of it, last change, next look and why, what to do. Every outcome and every
// reason has its words in each language.
func TestAFeedInWords(t *testing.T) {
	h := open(t)
	h.enter(t, news.Publisher)
	o, f := h.followed(t, func(f *news.Feed) {
		f.ChangedAt, f.Outcome, f.Fails, f.NextWhy = at.Add(-50*time.Hour).UnixMilli(), "dns", 3, "fails 3"
	})
	for tag, words := range map[string][]string{
		"en": {"Looked 1 hour ago: the server’s name is not known", "Last change 2 days ago", "it waits longer after each of 3 failures in a row", "See whether the address is spelled right"},
		"fr": {"le nom du serveur est inconnu", "Dernier changement il y a 2\u00a0jours", "3\u00a0échecs de suite", "Voyez si l’adresse est bien écrite"},
		"pt": {"o nome do servidor não é conhecido", "Última mudança há 2 dias", "3 seguidas", "Veja se o endereço está bem escrito"},
	} {
		h.lang = tag
		for _, path := range []string{"/desk/outlets/" + o.ID, "/desk/outlets/" + o.ID + "/feeds/" + f.ID} {
			body := h.page(t, path)
			for _, want := range words {
				if !strings.Contains(body, want) {
					t.Errorf("%s: %s lacks %q", tag, path, want)
				}
			}
		}
		if body := h.page(t, "/desk/outlets"); !strings.Contains(body, words[0]) || !strings.Contains(body, words[1]) || !strings.Contains(body, words[2]) || !strings.Contains(body, words[3]) {
			t.Errorf("%s: the list of outlets does not say how it is", tag)
		}
	}
	for _, tag := range locale.Tags() {
		l := locale.For(tag)
		for _, outcome := range []string{"ok", "not_modified"} {
			if !l.Has("outcome." + outcome) {
				t.Errorf("%s: no words for %s", tag, outcome)
			}
		}
		for _, outcome := range []string{
			"gone", "protocol", "rate_limited", "unavailable", "forbidden", "not_found", "refused", "bot_challenge", "not_a_feed", "redirects", "timeout", "dns", "tls",
			"unreachable", "blocked_address", "robots", "too_large", "address",
		} {
			if !l.Has("outcome."+outcome) || !l.Has("outcome."+outcome+".do") {
				t.Errorf("%s: no words for %s, or for what to do", tag, outcome)
			}
		}
		for _, why := range newsroom.Reasons() {
			if nextWhy(l, why+" 7200") == "" {
				t.Errorf("%s: no words for %s", tag, why)
			}
		}
	}
	h.lang = "en"
	if got := nextWhy(locale.For("en"), "fresh 10800"); got != "the server says that nothing changes for 3 hours" {
		t.Error(got)
	}
	if got := nextWhy(locale.For("fr"), "server 259200"); got != "le serveur demande 3\u00a0jours" {
		t.Error(got)
	}
}

func TestAHubInWords(t *testing.T) {
	h := open(t)
	h.enter(t, news.Translator)
	o, f := h.followed(t, func(*news.Feed) {})
	path := "/desk/outlets/" + o.ID + "/feeds/" + f.ID
	if body := h.page(t, path); !strings.Contains(body, "The feed names none.") {
		t.Error("a feed without a hub has one")
	}
	subscription := store.HubSubscription{ID: store.NewID(), Feed: f.ID, Hub: "https://hub.example/", Topic: f.URL, Callback: "cannot-be-guessed", CreatedAt: 1}
	active := func(s *store.HubSubscription) {
		s.State, s.LeaseUntil, s.NextAt = store.HubActive, at.Add(72*time.Hour).UnixMilli(), at.Add(48*time.Hour).UnixMilli()
	}
	for _, c := range []struct {
		what   string
		change func(s *store.HubSubscription)
		want   string
		bad    bool
	}{
		{"no address", func(s *store.HubSubscription) { s.State, s.Why = store.HubOff, newsroom.HubNoAddress }, "no public address that begins with https", false},
		{"unsafe", func(s *store.HubSubscription) { s.State, s.Why = store.HubOff, newsroom.HubUnsafe }, "it takes what we tell it without encryption", false},
		{"asked", func(s *store.HubSubscription) { s.State, s.Fails = store.HubWanted, 1 }, "has not confirmed it yet", false},
		{"down", func(s *store.HubSubscription) {
			s.State, s.Fails, s.Why, s.NextAt = store.HubWanted, 3, "post: 502 <Bad> Gateway", at.Add(5*time.Hour).UnixMilli()
		}, "It is asked again in 5 hours", true},
		{"denied", func(s *store.HubSubscription) {
			s.State, s.Why, s.NextAt = store.HubDenied, "not for you", at.Add(100*time.Hour).UnixMilli()
		}, "refuses to send to us", true},
		{"quiet", active, "Nothing has come yet", false},
		{"dead", func(s *store.HubSubscription) { active(s); s.Misses = 2 }, "does not send what is new", true},
	} {
		s := subscription
		c.change(&s)
		storetest.Do(t, h.Store, func(tx *store.Tx) error { return tx.SaveHub(t.Context(), s) })
		for _, path := range []string{path, "/desk/outlets/" + o.ID} {
			body := h.page(t, path)
			if !strings.Contains(body, c.want) || !strings.Contains(body, "https://hub.example/") || strings.Contains(body, `class="bad">https://hub.example/`) != c.bad && strings.Contains(body, `class="bad">The hub`) {
				t.Errorf("%s: %s lacks %q", c.what, path, c.want)
			}
			if s.State == store.HubWanted && s.Why != "" && !strings.Contains(body, "502 &lt;Bad&gt; Gateway") {
				t.Errorf("%s: the hub's words are not shown as they are", c.what)
			}
		}
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		if err := tx.CountPush(t.Context(), subscription.ID, true, at.Add(-time.Hour).UnixMilli()); err != nil {
			return err
		}
		if err := tx.CountPush(t.Context(), subscription.ID, false, 0); err != nil {
			return err
		}
		s := subscription
		active(&s)
		return tx.SaveHub(t.Context(), s)
	})
	if body := h.page(t, path); !strings.Contains(body, "Its last delivery came 1 hour ago") || !strings.Contains(body, "One delivery without a valid signature") || !strings.Contains(body, "Confirmed until November 27, 2026") {
		t.Error("a hub that sends does not say so", body[strings.Index(body, "<dl"):strings.Index(body, "</dl")])
	}
	if strings.Contains(h.page(t, path), subscription.Callback) {
		t.Error("the page tells the address that nobody may guess")
	}
}

func TestChangingHowAFeedIsFollowed(t *testing.T) {
	h := open(t)
	h.enter(t, news.Publisher)
	o, f := h.followed(t, func(*news.Feed) {})
	path := "/desk/outlets/" + o.ID + "/feeds/" + f.ID
	now := func() news.Feed {
		f, err := h.Feed(t.Context(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	h.done(t, path+"/end")
	if !now().Stopped || !strings.Contains(h.page(t, path), "Take it up again") {
		t.Error("it goes on")
	}
	h.done(t, path+"/wake")
	if now().Stopped {
		t.Error("it was not taken up again")
	}
	h.done(t, path+"/address", "url", "https://meridian.example/new")
	if now().URL != "https://meridian.example/new" {
		t.Error(now().URL)
	}
	if w := h.post(t, path+"/address", "url", "javascript:x"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="javascript:x"`) {
		t.Errorf("an address that is none: %d", w.Code)
	}
	for _, bad := range []string{"/desk/outlets/" + o.ID + "/feeds/none", "/desk/outlets/none/feeds/" + f.ID} {
		if w := h.get(t, bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	h.enter(t, news.Reviewer)
	for _, act := range []string{"/end", "/address", "/links", "/links/try"} {
		if w := h.post(t, path+act); w.Code != http.StatusForbidden {
			t.Errorf("%s by an editor: %d", act, w.Code)
		}
	}
	h.done(t, path+"/wake")
	h.enter(t, news.Translator)
	if w := h.post(t, path+"/wake"); w.Code != http.StatusForbidden {
		t.Errorf("woken by a translator: %d", w.Code)
	}
	if strings.Contains(h.page(t, path), `action="`+path) {
		t.Error("a translator is shown forms that are not for him")
	}
}

func TestAListRuleAtTheDesk(t *testing.T) {
	h, base := following(t, map[string]string{"/": `<html lang="en"><head><title>Front</title></head><body><main><h2><a href="/news/1">Boats</a></h2><h2><a href="/club">Club</a></h2><h3><a href="/news/2">Tides &amp; more</a></h3></main></body></html>`})
	h.enter(t, news.Publisher)
	to := h.done(t, "/desk/outlets", "url", base+"/", "links", "main h2", "pattern", "/news/*")
	id := strings.TrimSuffix(strings.TrimPrefix(to, "/desk/outlets/"), "?done=followed")
	feeds, err := h.Feeds(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	path := "/desk/outlets/" + id + "/feeds/" + feeds[0].ID
	for _, tag := range []string{"en", "fr", "pt"} {
		h.lang = tag
		if body := h.page(t, path); !strings.Contains(body, `value="main h2"`) || !strings.Contains(body, `value="/news/*"`) {
			t.Errorf("%s: the rule is not shown", tag)
		}
	}
	h.lang = "en"
	w := h.post(t, path+"/links/try", "links", "main h2,  main h3", "pattern", "/news/*")
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "The rule takes 2 links now") || !strings.Contains(body, "Tides &amp; more") || strings.Contains(body, ">Club<") || !strings.Contains(body, `value="main h2, main h3"`) {
		t.Fatal(w.Code, body)
	}
	if rule, err := h.ListRule(t.Context(), feeds[0].ID); err != nil || rule.Links != "main h2" {
		t.Errorf("a trial was kept: %+v %v", rule, err)
	}
	for _, act := range []string{"/links", "/links/try"} {
		for _, c := range []struct{ links, pattern, want string }{
			{"main >", "", "is no CSS selector"},
			{"main h2", "news", "is no pattern of addresses"},
		} {
			w := h.post(t, path+act, "links", c.links, "pattern", c.pattern)
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), c.want) || !strings.Contains(w.Body.String(), `aria-invalid="true"`) {
				t.Errorf("%s %+v: %d", act, c, w.Code)
			}
		}
	}
	if w := h.post(t, path+"/links/try", "links", "h6"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "no link is in") {
		t.Errorf("a rule that takes nothing: %d", w.Code)
	}
	h.done(t, path+"/links", "links", "main h3", "pattern", "")
	if rule, err := h.ListRule(t.Context(), feeds[0].ID); err != nil || rule != (news.ListRule{Links: "main h3"}) {
		t.Errorf("%+v %v", rule, err)
	}
	if body := h.page(t, "/desk/outlets/"+id); !strings.Contains(body, "its rule was changed") {
		t.Error("the next look is not said")
	}
}

func TestWhatMachinesSayIsShown(t *testing.T) {
	h := open(t)
	h.enter(t, news.Publisher)
	o, _ := h.followed(t, func(*news.Feed) {})
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		return tx.SaveSignals(t.Context(), o.ID, "https://meridian.example/a", []rights.Signal{
			{Place: rights.OnPage, Name: rights.TDMReservation, Value: "1", Reserves: true},
			{Place: rights.InDocument, Name: rights.RSLUsage, Value: "permits <search>"},
		}, h.now.UnixMilli())
	})
	for tag, words := range map[string][]string{
		"en": {"2 things to look at in its terms", "reserves use by machines", "licence file", "permits &lt;search&gt;"},
		"fr": {"2\u00a0éléments à examiner", "réserve l’usage", "fichier de licence"},
		"pt": {"2 pontos a examinar", "reserva o uso", "arquivo de licença"},
	} {
		h.lang = tag
		list, body := h.page(t, "/desk/outlets"), h.page(t, "/desk/outlets/"+o.ID)
		for i, want := range words {
			if i == 0 && !strings.Contains(list, want) || i > 0 && !strings.Contains(body, want) {
				t.Errorf("%s: %q is missing", tag, want)
			}
		}
	}
	h.lang, h.now = "en", h.now.Add(30*time.Minute)
	h.done(t, "/desk/outlets/"+o.ID+"/terms", "basis", "quotation", "excerpt", "yes")
	if strings.Contains(h.page(t, "/desk/outlets"), "to look at in its terms") {
		t.Error("it is still to be looked at after terms were recorded")
	}
	if !strings.Contains(h.page(t, "/desk/outlets/"+o.ID), "reserves use by machines") {
		t.Error("it is gone")
	}
}

// The pages of following keep to the width of a phone and of a screen.
func TestFollowingInABrowser(t *testing.T) {
	b := webtest.Open(t)
	h := open(t)
	h.enter(t, news.Publisher)
	o, f := h.followed(t, func(f *news.Feed) {
		f.URL, f.Kind = "https://meridian.example/"+strings.Repeat("a-very-long-address/", 12), "list"
		f.Fails, f.Outcome, f.NextWhy = 4, "bot_challenge", "fails 4"
	})
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		ctx := context.WithoutCancel(t.Context())
		if err := tx.SaveListRule(ctx, f.ID, news.ListRule{Links: "main h2.article__title--with-a-long-name > a", Pattern: "/news/*"}); err != nil {
			return err
		}
		if err := tx.SaveHub(ctx, store.HubSubscription{ID: store.NewID(), Feed: f.ID, Hub: "https://hub.example/" + strings.Repeat("x", 90), Callback: "c", State: store.HubDenied, Why: strings.Repeat("no-", 60), CreatedAt: 1}); err != nil {
			return err
		}
		return tx.SaveSignals(ctx, o.ID, "https://meridian.example/"+strings.Repeat("b", 120), []rights.Signal{{Place: rights.InRobots, Name: rights.License, Value: "https://meridian.example/" + strings.Repeat("l", 120)}}, h.now.UnixMilli())
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Cookie", h.cookie) // she came in before
		r.Header.Set("Accept-Language", h.lang)
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	for _, tag := range []string{"fr", "pt", "en"} {
		h.lang = tag
		for _, path := range []string{"/desk/outlets", "/desk/outlets/" + o.ID, "/desk/outlets/" + o.ID + "/feeds/" + f.ID} {
			b.Fits(server.URL + path)
		}
	}
	b.Clean(strings.TrimPrefix(server.URL, "http://"))
}

func TestTermsAreRecordedWhenAnOutletIsAdded(t *testing.T) {
	h, base := following(t, map[string]string{"/f": strings.Replace(harbourFeed, "<language>", "<copyright>CC BY 4.0, The Harbour</copyright><language>", 1)})
	h.enter(t, news.Publisher)
	w := h.post(t, "/desk/outlets/preview", "url", base+"/f", "basis", "licence", "licence", "CC-BY-4.0")
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "CC BY 4.0, The Harbour") || !strings.Contains(body, `<option value="licence" selected>`) || !strings.Contains(body, `value="CC-BY-4.0"`) {
		t.Fatal(w.Code, body)
	}
	if w := h.post(t, "/desk/outlets", "url", base+"/f", "basis", "licence"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a licence that is not named: %d", w.Code)
	}
	if list, err := h.Outlets(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("followed all the same: %v %v", list, err)
	}
	to := h.done(t, "/desk/outlets", "url", base+"/f", "basis", "licence", "licence", "CC-BY-4.0", "proof", "https://harbour.example/terms")
	id := strings.TrimSuffix(strings.TrimPrefix(to, "/desk/outlets/"), "?done=followed")
	terms, err := h.Terms(t.Context(), id)
	if err != nil || terms.Basis != "licence" || !terms.FullText || terms.Proof != "https://harbour.example/terms" || terms.By != "Ana publisher" {
		t.Errorf("%+v %v", terms, err)
	}
}

func TestWhatIsHeldIsDecidedAtTheDesk(t *testing.T) {
	h := open(t)
	h.enter(t, news.Reviewer)
	o, f := h.followed(t, func(*news.Feed) {})
	var items []news.Item
	for _, key := range []string{"a", "b", "c"} {
		items = append(items, news.Item{ID: store.NewID(), Outlet: o.ID, Feed: f.ID, Key: key, URL: "https://meridian.example/" + key, State: "held", Why: "turned over", SeenAt: at.UnixMilli() - 1})
	}
	storetest.Do(t, h.Store, func(tx *store.Tx) error {
		_, err := tx.AddItems(t.Context(), items)
		return err
	})
	for tag, want := range map[string]string{"en": "3 articles wait for you", "fr": "3\u00a0articles vous attendent", "pt": "3 artigos esperam por você"} {
		h.lang = tag
		if !strings.Contains(h.page(t, "/desk/outlets/"+o.ID), want) {
			t.Errorf("%s: the page does not say that they wait", tag)
		}
	}
	h.done(t, "/desk/outlets/"+o.ID+"/held", "take", "yes")
	if counts, err := h.ItemCounts(t.Context(), o.ID); err != nil || counts["new"] != 3 || len(h.queue.asked) != 3 {
		t.Errorf("%v %v, queued %v", counts, err, h.queue.asked)
	}
	h.enter(t, news.Translator)
	if w := h.post(t, "/desk/outlets/"+o.ID+"/held"); w.Code != http.StatusForbidden {
		t.Errorf("by a translator: %d", w.Code)
	}
}
