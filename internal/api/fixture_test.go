package api_test

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/api"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

const base = "https://news.example"

// A house is a newsroom on a clock of its own, an outlet with a feed, and the hub that the feed names.
type house struct {
	*newsroom.Room
	t       *testing.T
	store   *store.Store
	handler http.Handler
	clock   time.Time
	todo    []func(context.Context) error
	taken   []string // items that were queued to be taken

	outlet *httptest.Server
	titles []string // of the feed, the newest first
	named  bool     // the feed names its hub
	hubURL string   // the hub it names; empty: the outlet's own
	topic  string   // what the feed calls itself; empty: its address
	looks  int      // at the feed

	asked   []url.Values // what the hub was asked
	answer  int          // its status; 0: 202
	reason  string
	deaf    bool // it takes what it is asked and does not come back
	lease   int  // seconds it grants; 0: what was asked
	answers []*httptest.ResponseRecorder
}

func run(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := &house{t: t, store: s, clock: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), named: true, titles: []string{"First"}}
		h.outlet = httptest.NewTLSServer(h)
		t.Cleanup(h.outlet.Close)
		h.open()
		f(t, h)
	})
}

// open starts the newsroom, as after a restart: nothing but the store is as it was.
func (h *house) open() {
	now := func() time.Time { return h.clock }
	h.todo = nil
	roots := x509.NewCertPool()
	roots.AddCert(h.outlet.Certificate())
	h.Room = &newsroom.Room{Store: h.store, Queue: queue{h: h}, Public: base, Now: now, Fetch: &fetch.Client{
		UserAgent: "dragoman/test", Allow: []string{strings.TrimPrefix(h.outlet.URL, "https://")}, TLS: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		Pace: time.Microsecond, Now: now, Hosts: newsroom.Hosts{Store: h.store},
	}}
	h.handler = api.Handler(api.Config{Room: h.Room, Now: now})
}

func (h *house) later(d time.Duration) { h.clock = h.clock.Add(d) }

// A queue keeps work for the hand; what it has no method for is not queued here.
type queue struct {
	newsroom.Queue
	h *house
}

func (q queue) Take(_ context.Context, _ *sql.Tx, item string) error {
	q.h.taken = append(q.h.taken, item)
	return nil
}

func (q queue) TendHub(_ context.Context, _ *sql.Tx, id string) error {
	q.h.todo = append(q.h.todo, func(ctx context.Context) error { return q.h.Room.TendHub(ctx, id) })
	return nil
}

func (q queue) Pushed(_ context.Context, _ *sql.Tx, id string) error {
	q.h.todo = append(q.h.todo, func(ctx context.Context) error { return q.h.Room.Pushed(ctx, id) })
	return nil
}

// work does what is queued and what the clock makes due, as package jobs does.
func (h *house) work() {
	h.t.Helper()
	for {
		due, err := h.store.DueHubs(h.t.Context(), h.clock.UnixMilli(), 100)
		h.ok(err)
		for _, d := range due {
			h.ok(h.Queue.TendHub(h.t.Context(), nil, d.ID))
		}
		waiting, err := h.store.Delivered(h.t.Context(), 100)
		h.ok(err)
		for _, id := range waiting {
			h.ok(h.Queue.Pushed(h.t.Context(), nil, id))
		}
		if len(h.todo) == 0 {
			return
		}
		todo := h.todo
		h.todo = nil
		for _, f := range todo {
			h.ok(f(h.t.Context()))
		}
	}
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// ServeHTTP is the outlet and its hub.
func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/feed":
		h.looks++
		if h.named {
			w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="hub", <%s>; rel=self`, cmp.Or(h.hubURL, h.outlet.URL+"/hub"), h.self()))
		}
		_, _ = w.Write([]byte(h.feed(h.titles...)))
	case "/hub":
		h.ok(r.ParseForm())
		h.asked = append(h.asked, r.PostForm)
		switch {
		case h.answer != 0:
			http.Error(w, h.reason, h.answer)
			return
		case !h.deaf: // as many hubs do: before they answer
			h.comesBack(r.PostForm)
		}
		w.WriteHeader(http.StatusAccepted)
	default:
		http.NotFound(w, r)
	}
}

func (h *house) self() string {
	if h.topic != "" {
		return h.topic
	}
	return h.outlet.URL + "/feed"
}

func (h *house) feed(titles ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Paper</title><language>en</language>`)
	for _, title := range titles {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s/%s</link></item>`, title, h.outlet.URL, url.PathEscape(strings.ToLower(title)))
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

// comesBack asks whether a request was meant.
func (h *house) comesBack(form url.Values) *httptest.ResponseRecorder {
	lease := form.Get("hub.lease_seconds")
	if h.lease != 0 {
		lease = fmt.Sprint(h.lease)
	}
	w := h.calls(http.MethodGet, form.Get("hub.callback"), url.Values{
		"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": {"<b>c</b>"}, "hub.lease_seconds": {lease},
	}, "", nil)
	h.answers = append(h.answers, w)
	return w
}

// calls calls an address of ours.
func (h *house) calls(method, at string, query url.Values, body string, header http.Header) *httptest.ResponseRecorder {
	h.t.Helper()
	path, ok := strings.CutPrefix(at, base)
	if !ok {
		h.t.Fatalf("the hub was told to call %q", at)
	}
	if query != nil {
		path += "?" + query.Encode()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for k, v := range header {
		r.Header[k] = v
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w
}

var methods = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

func signature(method, secret, body string) string {
	mac := hmac.New(methods[method], []byte(secret))
	mac.Write([]byte(body))
	return method + "=" + hex.EncodeToString(mac.Sum(nil))
}

// delivers sends a body, signed with the secret of the last request.
func (h *house) delivers(body string) *httptest.ResponseRecorder {
	h.t.Helper()
	last := h.lastAsked("subscribe")
	return h.deliversSigned(last.Get("hub.callback"), body, signature("sha256", last.Get("hub.secret"), body))
}

func (h *house) deliversSigned(to, body, sign string) *httptest.ResponseRecorder {
	h.t.Helper()
	header := http.Header{"Content-Type": {"application/rss+xml"}}
	if sign != "" {
		header.Set("X-Hub-Signature", sign)
	}
	return h.calls(http.MethodPost, to, nil, body, header)
}

func (h *house) lastAsked(mode string) url.Values {
	h.t.Helper()
	for _, form := range slices.Backward(h.asked) {
		if form.Get("hub.mode") == mode {
			return form
		}
	}
	h.t.Fatalf("the hub was never asked to %s", mode)
	return nil
}

func (h *house) follow() (news.Outlet, news.Feed) {
	h.t.Helper()
	o, err := h.Follow(h.t.Context(), h.outlet.URL+"/feed", newsroom.FollowOptions{})
	h.ok(err)
	h.work()
	return o, h.feedOf(o)
}

func (h *house) feedOf(o news.Outlet) news.Feed {
	h.t.Helper()
	feeds, err := h.store.Feeds(h.t.Context(), o.ID)
	h.ok(err)
	return feeds[0]
}

func (h *house) hub(f news.Feed) store.HubSubscription {
	h.t.Helper()
	s, err := h.store.HubOf(h.t.Context(), f.ID)
	h.ok(err)
	return s
}

func (h *house) look(o news.Outlet) newsroom.CheckResult {
	h.t.Helper()
	r, err := h.Room.Check(h.t.Context(), o.ID)
	h.ok(err)
	h.work()
	return r
}

func (h *house) items(o news.Outlet) int {
	h.t.Helper()
	list, err := h.store.Items(h.t.Context(), o.ID, "", math.MaxInt64, 1000)
	h.ok(err)
	return len(list)
}

func (h *house) want(w *httptest.ResponseRecorder, status int) {
	h.t.Helper()
	if w.Code != status {
		h.t.Errorf("answered %d %q, want %d", w.Code, w.Body.String(), status)
	}
}
