package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

func TestAHubIsAskedAndComesBack(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		_, f := h.follow()
		if h.looks != 1 || len(h.asked) != 1 {
			t.Fatalf("%d looks, hub asked %d times", h.looks, len(h.asked))
		}
		form := h.asked[0]
		if form.Get("hub.mode") != "subscribe" || form.Get("hub.topic") != h.outlet.URL+"/feed" || form.Get("hub.lease_seconds") != "864000" ||
			len(form.Get("hub.secret")) < 32 || len(form.Get("hub.secret")) >= 200 || len(form.Get("hub.callback")) < len(base+newsroom.HubPath)+43 {
			t.Errorf("%v", form)
		}
		if strings.Contains(form.Get("hub.callback"), form.Get("hub.secret")) {
			t.Error("the address tells the secret")
		}
		w := h.answers[0]
		h.want(w, http.StatusOK)
		if w.Body.String() != "<b>c</b>" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q %v", w.Body.String(), w.Header())
		}
		s := h.hub(f)
		if s.State != store.HubActive || s.Fails != 0 || s.LeaseUntil != h.clock.Add(10*24*time.Hour).UnixMilli() {
			t.Errorf("%+v", s)
		}
		// What we did not ask for is not ours.
		at := form.Get("hub.callback")
		for what, q := range map[string]url.Values{
			"another topic":            {"hub.mode": {"subscribe"}, "hub.topic": {h.outlet.URL + "/feed/"}, "hub.challenge": {"x"}},
			"an end nobody asked for":  {"hub.mode": {"unsubscribe"}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {"x"}},
			"no challenge":             {"hub.mode": {"subscribe"}, "hub.topic": {form.Get("hub.topic")}},
			"a mode there is not":      {"hub.mode": {"publish"}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {"x"}},
			"a denial of another feed": {"hub.mode": {"denied"}, "hub.topic": {"https://other.example/"}},
			"a challenge without end":  {"hub.mode": {"subscribe"}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {strings.Repeat("x", 8000)}},
		} {
			if w := h.calls(http.MethodGet, at, q, "", nil); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "x"+"x") {
				t.Errorf("%s: %d %q", what, w.Code, w.Body.String())
			}
		}
		h.want(h.calls(http.MethodGet, at+"x", url.Values{"hub.mode": {"subscribe"}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {"x"}}, "", nil), http.StatusNotFound)
		h.want(h.calls(http.MethodDelete, at, nil, "", nil), http.StatusNotFound)
		if h.hub(f).State != store.HubActive {
			t.Error("a stranger ended it")
		}
	})
}

func TestWhatAHubDeliversIsReadAsALook(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		at, secret := h.asked[0].Get("hub.callback"), h.asked[0].Get("hub.secret")
		for i, method := range []string{"sha1", "sha256", "sha384", "sha512"} {
			h.later(time.Minute)
			body := h.feed(fmt.Sprintf("News %d", i), "First")
			h.want(h.deliversSigned(at, body, signature(method, secret, body)), http.StatusAccepted)
			if h.items(o) != 1+i {
				t.Fatalf("it was read before it was answered: %d items", h.items(o))
			}
			h.open() // killed and started again
			h.work()
			if h.items(o) != 2+i {
				t.Fatalf("%s: %d items", method, h.items(o))
			}
			h.want(h.deliversSigned(at, body, signature(method, secret, body)), http.StatusAccepted) // and once more
			h.work()
			if h.items(o) != 2+i || len(h.taken) != 2+i {
				t.Fatalf("twice gives %d items, %d taken", h.items(o), len(h.taken))
			}
		}
		if h.looks != 1 {
			t.Errorf("%d looks", h.looks)
		}
		bad := h.feed("Forged", "First")
		for what, sign := range map[string]string{
			"none": "", "of another secret": signature("sha256", "guess", bad), "of another body": signature("sha256", secret, bad+" "), "of a method that is none": "md5=00",
			"no hexadecimal": "sha256=zz", "empty": "sha256=", "half": signature("sha256", secret, bad)[:39],
		} {
			if w := h.deliversSigned(at, bad, sign); w.Code != http.StatusAccepted {
				t.Errorf("signature %s: told so by %d", what, w.Code)
			}
		}
		h.work()
		s := h.hub(f)
		if h.items(o) != 5 || s.Refused != 7 || s.Pushes != 8 || s.Proofs != 4 {
			t.Errorf("%d items, %+v", h.items(o), s)
		}
	})
}

// Polling goes on at a slower pace while the hub proves itself, and at its own once it does not.
func TestADeadHubIsNoticed(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		pace := func() (time.Duration, string) {
			f := h.feedOf(o)
			word, _ := newsroom.Why(f.NextWhy)
			return time.UnixMilli(f.NextAt).Sub(h.clock).Round(time.Minute), word
		}
		n := 0
		publish := func() string {
			n++
			h.titles = append([]string{fmt.Sprintf("Story %d", n)}, h.titles...)
			return h.feed(h.titles...)
		}
		h.later(time.Hour)
		h.look(o)
		if d, why := pace(); d > 72*time.Minute || why != "usual" {
			t.Fatalf("a hub that sent nothing yet: %s %s", d, why)
		}
		for range 3 {
			h.later(time.Minute)
			h.delivers(publish())
			h.work()
		}
		h.later(time.Hour)
		h.look(o)
		if d, why := pace(); d < 4*time.Hour || d > 5*time.Hour || why != "pushed" {
			t.Fatalf("a hub that proved itself: %s %s", d, why)
		}
		// It goes on taking what it is asked, and delivers nothing (thread 25).
		publish()
		h.later(4 * time.Hour)
		if r := h.look(o); r.New != 1 {
			t.Fatalf("%+v", r)
		}
		if d, why := pace(); d > 72*time.Minute || why != "usual" {
			t.Fatalf("after the first that it did not bring: %s %s", d, why)
		}
		if newsroom.HubDead(h.hub(f)) {
			t.Error("dead after one")
		}
		publish()
		h.later(time.Hour)
		h.look(o)
		if s := h.hub(f); !newsroom.HubDead(s) || s.State != store.HubActive {
			t.Errorf("%+v", s)
		}
		// It comes back to life.
		h.later(time.Minute)
		h.delivers(publish())
		h.work()
		if newsroom.HubDead(h.hub(f)) {
			t.Error("dead, and it delivered")
		}
	})
}

func TestAHubThatOnlySaysThatThereIsSomething(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		for i, body := range []string{"", "<!doctype html><p>ping", h.feed(), strings.Repeat(" ", 5<<20) + h.feed("Long")} {
			h.later(50 * time.Minute)
			h.look(o)
			h.titles = append([]string{fmt.Sprintf("Story %d", i)}, h.titles...)
			h.later(10 * time.Minute)
			h.want(h.delivers(body), http.StatusAccepted)
			h.work()
			now := h.feedOf(o)
			if word, _ := newsroom.Why(now.NextWhy); word != "hinted" || now.NextAt != now.CheckedAt+(30*time.Minute).Milliseconds() {
				t.Fatalf("%d: next look in %s (%s)", i, time.UnixMilli(now.NextAt).Sub(h.clock), now.NextWhy)
			}
			h.later(20 * time.Minute)
			r, err := h.CheckDue(t.Context(), o.ID)
			h.ok(err)
			if r.New != 1 {
				t.Errorf("%d: %+v", i, r)
			}
		}
		if s := h.hub(f); s.Misses != 0 || s.Proofs != 0 || s.Pushes != 4 {
			t.Errorf("%+v", s)
		}
	})
}

func TestALeaseIsRenewedEarly(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		for _, lease := range []int{864000, 30 * 86400, 7200} {
			h.lease = lease
			h.later(20 * 24 * time.Hour) // the one before has run out, as after a long stop
			h.look(o)
			granted := min(time.Duration(lease)*time.Second, 14*24*time.Hour)
			waits := map[time.Duration]bool{}
			for range 8 {
				s := h.hub(f)
				wait := time.UnixMilli(s.NextAt).Sub(h.clock)
				if s.State != store.HubActive || wait < granted*6/10 || wait > granted*8/10 {
					t.Fatalf("lease %d s: next in %s, %+v", lease, wait, s)
				}
				waits[wait] = true
				before := len(h.asked)
				h.later(wait - time.Second)
				h.work()
				if len(h.asked) != before {
					t.Fatal("asked early")
				}
				h.later(time.Second)
				h.work()
				if len(h.asked) != before+1 || h.lastAsked("subscribe").Get("hub.callback") != h.asked[0].Get("hub.callback") || h.lastAsked("subscribe").Get("hub.secret") != h.asked[0].Get("hub.secret") {
					t.Fatalf("renewed with %v", h.lastAsked("subscribe"))
				}
			}
			if len(waits) < 4 {
				t.Errorf("renewals without jitter: %v", waits)
			}
		}
		// A lease of seconds does not make us ask every second.
		h.lease = 5
		h.later(3 * time.Hour)
		h.work()
		before := len(h.asked)
		for range 60 {
			h.later(time.Minute)
			h.work()
		}
		if n := len(h.asked) - before; n > 6 {
			t.Errorf("asked %d times in an hour", n)
		}
	})
}

func TestAHubThatRefusesOrIsDownStopsNothing(t *testing.T) {
	for what, set := range map[string]func(h *house){
		"refuses":         func(h *house) { h.answer, h.reason = http.StatusBadRequest, "we know no such feed" },
		"is down":         func(h *house) { h.answer = http.StatusBadGateway },
		"does not answer": func(h *house) { h.deaf = true },
	} {
		t.Run(what, func(t *testing.T) {
			run(t, func(t *testing.T, h *house) {
				set(h)
				o, f := h.follow()
				var waits []time.Duration
				for i := range 10 {
					s := h.hub(f)
					wait := time.UnixMilli(s.NextAt).Sub(h.clock)
					waits = append(waits, wait)
					if s.State != store.HubWanted || s.Fails != i+1 || h.reason != "" && !strings.Contains(s.Why, h.reason) {
						t.Fatalf("%+v", s)
					}
					h.titles = append([]string{fmt.Sprintf("Story %d", i)}, h.titles...)
					if r := h.look(o); r.New != 1 {
						t.Fatalf("%+v", r)
					}
					if word, _ := newsroom.Why(h.feedOf(o).NextWhy); word != "usual" {
						t.Errorf("looked at %s", word)
					}
					h.later(wait)
					h.work()
				}
				if waits[0] > 72*time.Minute || waits[9] < 24*time.Hour || waits[9] > 29*time.Hour {
					t.Errorf("%v", waits)
				}
				h.answer, h.deaf = 0, false
				h.later(29 * time.Hour)
				h.work()
				if s := h.hub(f); s.State != store.HubActive || s.Why != "" {
					t.Errorf("it is well again: %+v", s)
				}
			})
		})
	}
}

func TestADenial(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		form := h.asked[0]
		h.want(h.calls(http.MethodGet, form.Get("hub.callback"), url.Values{"hub.mode": {"denied"}, "hub.topic": form["hub.topic"], "hub.reason": {"not\r\nfor you"}}, "", nil), http.StatusOK)
		s := h.hub(f)
		if s.State != store.HubDenied || s.Why != "not for you" || s.LeaseUntil != 0 {
			t.Errorf("%+v", s)
		}
		h.later(6 * 24 * time.Hour)
		h.titles = append(h.titles, "Story")
		if r := h.look(o); r.New != 1 || len(h.asked) != 1 {
			t.Errorf("%+v, asked %d times", r, len(h.asked))
		}
		h.later(2 * 24 * time.Hour)
		h.work()
		if s := h.hub(f); s.State != store.HubActive || len(h.asked) != 2 {
			t.Errorf("asked again after a week: %+v", s)
		}
	})
}

func TestWhatIsNoLongerFollowedIsEnded(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		first := h.asked[0]
		old := h.hub(f)
		// The feed calls itself otherwise.
		h.later(25 * time.Hour)
		h.topic = h.outlet.URL + "/feed?all"
		h.look(o)
		if ended := h.lastAsked("unsubscribe"); ended.Get("hub.topic") != first.Get("hub.topic") || ended.Get("hub.callback") != first.Get("hub.callback") || ended.Get("hub.secret") != "" {
			t.Errorf("%v", ended)
		}
		s := h.hub(f)
		if s.State != store.HubActive || s.Topic != h.topic || s.Callback == old.Callback || s.Secret == old.Secret {
			t.Errorf("%+v", s)
		}
		body := h.feed("Late")
		h.want(h.deliversSigned(first.Get("hub.callback"), body, signature("sha256", old.Secret, body)), http.StatusGone)
		h.want(h.calls(http.MethodGet, first.Get("hub.callback"), url.Values{"hub.mode": {"subscribe"}, "hub.topic": {old.Topic}, "hub.challenge": {"x"}}, "", nil), http.StatusNotFound)
		// It names no hub any more, which does not answer either.
		h.named, h.deaf = false, true
		h.later(25 * time.Hour)
		h.look(o)
		if _, err := h.store.HubOf(t.Context(), f.ID); err == nil {
			t.Error("there is still a hub")
		}
		h.want(h.delivers(body), http.StatusAccepted) // the end is not confirmed yet: taken, and left
		h.work()
		asked := len(h.asked)
		for range 10 {
			h.later(30 * time.Hour)
			h.work()
		}
		if n := len(h.asked) - asked; n != 4 || h.items(o) != 1 {
			t.Errorf("asked %d times more, %d items", n, h.items(o))
		}
		h.want(h.delivers(body), http.StatusGone)
		h.later(70 * 24 * time.Hour)
		h.work()
		h.want(h.delivers(body), http.StatusNotFound)
		h.want(h.deliversSigned(first.Get("hub.callback"), body, ""), http.StatusNotFound)
	})
}

func TestWithoutAPublicAddressNoHubIsAsked(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		h.Room.Public = newsroom.PublicAddress("http://127.0.0.1:8080")
		o, f := h.follow()
		s := h.hub(f)
		if len(h.asked) != 0 || s.State != store.HubOff || s.Why != newsroom.HubNoAddress || s.Hub != h.outlet.URL+"/hub" {
			t.Errorf("asked %v, %+v", h.asked, s)
		}
		h.later(time.Hour)
		h.look(o)
		// The operator names one; later another.
		h.Room.Public = base
		h.look(o)
		if s := h.hub(f); s.State != store.HubActive {
			t.Errorf("%+v", s)
		}
		h.Room.Public = ""
		h.look(o)
		if s := h.hub(f); s.State != store.HubOff {
			t.Errorf("%+v", s)
		}
		h.later(time.Hour)
		h.look(o)
		if n := len(h.asked); n != 2 || h.asked[1].Get("hub.mode") != "unsubscribe" {
			t.Errorf("%v", h.asked)
		}
	})
}

func TestAMassOfNewIsHeldWhoeverBringsIt(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, _ := h.follow()
		var titles []string
		for i := range 12 {
			titles = append(titles, fmt.Sprintf("Moved %d", i))
		}
		h.later(time.Minute)
		h.delivers(h.feed(titles...))
		h.work()
		counts, err := h.store.ItemCounts(t.Context(), o.ID)
		h.ok(err)
		if counts["held"] != 12 || len(h.taken) != 1 {
			t.Errorf("%v, %d taken", counts, len(h.taken))
		}
	})
}

func TestCallersAreLimited(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		h.follow()
		at := h.asked[0].Get("hub.callback")
		last := 0
		for i := range 200 {
			last = h.deliversSigned(base+newsroom.HubPath+fmt.Sprint(i), "", "").Code
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("a stranger is answered %d", last)
		}
		h.later(2 * time.Minute)
		var w *httptest.ResponseRecorder
		for range 200 {
			w = h.deliversSigned(at, "", "")
		}
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		h.later(time.Minute)
		h.want(h.deliversSigned(at, "", ""), http.StatusAccepted)
	})
}

func TestMoreDeliveriesThanAreReadAreKeptInBounds(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		for i := range 100 {
			h.later(10 * time.Second)
			h.want(h.delivers(h.feed(fmt.Sprintf("Story %d", i))), http.StatusAccepted)
		}
		n, err := h.store.Deliveries(t.Context(), h.hub(f).ID)
		h.ok(err)
		if word, _ := newsroom.Why(h.feedOf(o).NextWhy); n != 64 || word != "hinted" {
			t.Errorf("%d wait, %s", n, word)
		}
		h.work()
		if h.items(o) != 65 {
			t.Errorf("%d items", h.items(o))
		}
	})
}

// A secret is told over https alone, whatever way the feed comes.
func TestAHubWithoutEncryptionIsNotAsked(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		h.hubURL = strings.Replace(h.outlet.URL, "https:", "http:", 1) + "/hub"
		o, f := h.follow()
		if s := h.hub(f); len(h.asked) != 0 || s.State != store.HubOff || s.Why != newsroom.HubUnsafe || s.Hub != h.hubURL {
			t.Errorf("asked %v, %+v", h.asked, s)
		}
		// One that was asked before we knew better is not asked to go on.
		old := h.hub(f)
		old.ID, old.Callback, old.State, old.Why, old.NextAt, old.AskedAt, old.CreatedAt = store.NewID(), "old", store.HubActive, "", 1, 1, old.CreatedAt+1
		h.ok(h.store.Tx(t.Context(), func(tx *store.Tx) error { return tx.SaveHub(t.Context(), old) }))
		h.work()
		if s := h.hub(f); len(h.asked) != 0 || s.ID != old.ID || s.State != store.HubOff || s.Why != newsroom.HubUnsafe {
			t.Errorf("asked %v, %+v", h.asked, s)
		}
		// Of several the encrypted one is taken.
		h.hubURL += ">; rel=hub, <" + h.outlet.URL + "/hub"
		h.later(25 * time.Hour)
		h.look(o)
		if s := h.hub(f); s.State != store.HubActive || s.Hub != h.outlet.URL+"/hub" {
			t.Errorf("%+v", s)
		}
	})
}

// A delivery that cannot be read or kept as it is keeps back none of those behind it.
func TestAPoisonedDelivery(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		o, f := h.follow()
		last := h.lastAsked("subscribe")
		for i, c := range []struct{ kind, body string }{
			{"application/rss+xml; charset=utf-8; x=\xff\x80", h.feed("Latin", "First")},
			{"\xe9\x80", h.feed("No type", "First")},
			{"application/rss+xml; x=" + strings.Repeat("y", 10000), h.feed("A long type", "First")},
			{"application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","title":"Paper","items":[{"id":"a\u0000b","url":"` + h.outlet.URL + `/zero","title":"Ze\u0000ro"}]}`},
			{"application/rss+xml", h.feed("\xff\xfe broken", "First")},
		} {
			header := http.Header{"Content-Type": {c.kind}, "X-Hub-Signature": {signature("sha256", last.Get("hub.secret"), c.body)}}
			h.want(h.calls(http.MethodPost, last.Get("hub.callback"), nil, c.body, header), http.StatusAccepted)
			h.work()
			if n := h.items(o); n != 2+i {
				t.Errorf("%.40q: %d items", c.kind, n)
			}
		}

		// One that no care made readable is given up; the feed is looked at, and the next is read.
		before := h.items(o)
		h.want(h.delivers(h.feed("Torn", "First")), http.StatusAccepted)
		h.want(h.delivers(h.feed("Whole", "First")), http.StatusAccepted)
		id := h.hub(f).ID
		d, err := h.store.NextDelivery(t.Context(), id)
		h.ok(err)
		_, err = h.store.DB().ExecContext(t.Context(), `UPDATE hub_delivery SET body = $1 WHERE id = $2`, []byte("torn"), d.ID)
		h.ok(err)
		if err := h.Room.Pushed(t.Context(), id); err == nil {
			t.Fatal("what is torn was read")
		}
		h.ok(h.Room.GiveUpPushed(t.Context(), id))
		h.work()
		if word, _ := newsroom.Why(h.feedOf(o).NextWhy); h.items(o) != before+1 || word != "hinted" {
			t.Errorf("%d items, %s", h.items(o)-before, word)
		}
		h.ok(h.Room.GiveUpPushed(t.Context(), id)) // nothing waits
		h.ok(h.Room.GiveUpPushed(t.Context(), "nobody"))
	})
}

// Whoever calls an address that was not made for him gets his answer while others write.
func TestAStrangerTakesNoWriter(t *testing.T) {
	run(t, func(t *testing.T, h *house) {
		h.follow()
		callback := strings.TrimPrefix(h.lastAsked("subscribe").Get("hub.callback"), base+newsroom.HubPath)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		h.ok(h.store.Tx(ctx, func(*store.Tx) error {
			for callback, topic := range map[string]string{"made-up": h.self(), callback: "https://other.example/"} {
				_, err := h.HubAsks(ctx, callback, newsroom.HubQuestion{Mode: "subscribe", Topic: topic, Challenge: "x"})
				if !errors.Is(err, news.ErrNotFound) {
					t.Errorf("%s: %v", callback, err)
				}
			}
			return nil
		}))
		for _, at := range []string{"%00", "a%ff", "%2e%2e%2fx"} {
			h.want(h.calls(http.MethodGet, base+newsroom.HubPath+at, url.Values{"hub.mode": {"subscribe"}}, "", nil), http.StatusNotFound)
		}
	})
}
