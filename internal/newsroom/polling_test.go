package newsroom_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// lines reads a file of shared cases, one JSON object a line.
func lines[T any](t *testing.T, path string) []T {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data", "feeds", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	scan := bufio.NewScanner(bytes.NewReader(b))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var c T
		if err := json.Unmarshal(scan.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

// A pollCase is a line of fetch/scenarios.jsonl: what is stored, what the server does, what is asked and stored then.
type pollCase struct {
	ID, Why string
	State   struct {
		URL               string
		ETag              string
		LastModified      string   `json:"last_modified"`
		OperatorSetsURL   string   `json:"operator_sets_url"`
		LastUnconditional string   `json:"last_unconditional"`
		Event             string   `json:"event"`
		Failures          int      `json:"failures"`
		KnownEntries      []string `json:"known_entries"`
		PermanentSeen     int      `json:"permanent_seen"`
		PermanentTarget   string   `json:"permanent_target"`
		Username          string
		Password          string
	}
	Steps []struct {
		Status      int
		Headers     map[string]string
		Body        string
		Encode      string
		DNS         string
		TLS         string
		BytesPerSec int `json:"bytes_per_s"`
	}
	Expect map[string]json.RawMessage
}

// An asked request is what the server saw.
type asked struct {
	url    string
	header http.Header
}

// A poll plays one case.
type poll struct {
	t      *testing.T
	c      pollCase
	step   int
	asked  []asked
	server *httptest.Server
}

func (p *poll) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	p.asked = append(p.asked, asked{scheme + "://" + r.Host + r.URL.RequestURI(), r.Header.Clone()})
	if p.step >= len(p.c.Steps) {
		http.Error(w, "no more steps", http.StatusTeapot)
		return
	}
	s := p.c.Steps[p.step]
	p.step++
	for k, v := range s.Headers {
		w.Header().Set(k, v)
	}
	body := []byte(s.Body)
	if s.Encode == "gzip" {
		var b bytes.Buffer
		zip := gzip.NewWriter(&b)
		_, _ = zip.Write(body)
		_ = zip.Close()
		body = b.Bytes()
	}
	w.WriteHeader(s.Status)
	if s.BytesPerSec > 0 {
		for _, c := range body {
			if _, err := w.Write([]byte{c}); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-time.After(time.Second / time.Duration(s.BytesPerSec)):
			case <-r.Context().Done():
				return
			}
		}
		return
	}
	_, _ = w.Write(body)
}

// certificate makes one for all hosts of the cases, good until then.
func certificate(t *testing.T, until time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		DNSNames: []string{"news.example", "cdn.example", "parking.example", "rebind.example"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func (c pollCase) tls() string {
	for _, s := range c.Steps {
		if s.TLS != "" {
			return s.TLS
		}
	}
	return ""
}

// client is a fetcher to whom every name of the cases is the server, at its address.
func (p *poll) client(t *testing.T, now func() time.Time, pool *x509.CertPool, plain string) *fetch.Client {
	secure := p.server.Listener.Addr().String()
	limit := time.Minute
	for _, s := range p.c.Steps {
		if s.BytesPerSec > 0 {
			limit = 700 * time.Millisecond
		}
	}
	return &fetch.Client{
		UserAgent: "dragoman/test", Now: now, Limit: limit,
		Sleep: func(context.Context, time.Duration) error { return nil },
		TLS:   &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
		Resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
			for _, s := range p.c.Steps {
				if s.DNS == "NXDOMAIN" {
					return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
				}
				if s.DNS != "" {
					return []netip.Addr{netip.MustParseAddr(s.DNS)}, nil
				}
			}
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, a netip.AddrPort) (fetch.Conn, error) {
			to := secure
			if a.Port() == 80 {
				to = plain
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", to)
		},
	}
}

// following.md, section 1: R, C, P, A and S items, as data/feeds/fetch has them.
func TestPolling(t *testing.T) {
	passed := 0
	all := lines[pollCase](t, "fetch/scenarios.jsonl")
	for _, c := range all {
		if t.Run(c.ID, func(t *testing.T) { playPoll(t, c) }) {
			passed++
		}
	}
	t.Logf("fetch %d/%d (bar %d)", passed, len(all), len(all))
}

func playPoll(t *testing.T, c pollCase) {
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	p := &poll{t: t, c: c}
	until := time.Now().Add(24 * time.Hour)
	if c.tls() == "expired" {
		until = time.Now().Add(-24 * time.Hour)
	}
	cert, pool := certificate(t, until)
	p.server = httptest.NewUnstartedServer(p)
	p.server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	p.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.server.StartTLS()
	defer p.server.Close()
	plain := httptest.NewServer(p)
	defer plain.Close()

	s := storetest.SQLite(t)
	b := &bench{t: t, store: s, clock: now, waiting: map[string]bool{}}
	client := p.client(t, func() time.Time { return now }, pool, plain.Listener.Addr().String())
	b.Room = &newsroom.Room{Store: s, Queue: b, Now: func() time.Time { return b.clock }, Fetch: client}
	var f news.Feed
	if c.State.Event == "add" {
		o, err := b.Follow(t.Context(), c.State.URL, newsroom.FollowOptions{})
		b.ok(err)
		feeds, err := s.Feeds(t.Context(), o.ID)
		b.ok(err)
		p.verify(t, b, feeds[0], nil, 0)
		return
	}
	f = p.stored(t, b)
	before := len(c.State.KnownEntries)
	result, err := b.Room.Check(t.Context(), f.Outlet)
	b.ok(err)
	feeds, err := s.Feeds(t.Context(), f.Outlet)
	b.ok(err)
	p.verify(t, b, feeds[0], &result, before)
}

// stored writes what the case says is stored.
func (p *poll) stored(t *testing.T, b *bench) news.Feed {
	c := p.c
	address := c.State.URL
	if c.State.Username != "" {
		address = strings.Replace(address, "://", "://"+c.State.Username+":"+c.State.Password+"@", 1)
	}
	o := news.Outlet{ID: store.NewID(), Name: "News", Home: "https://news.example/", Site: "news.example", Lang: "en"}
	f := news.Feed{
		ID: store.NewID(), Outlet: o.ID, URL: address, Kind: "feed", ETag: c.State.ETag, LastModified: c.State.LastModified,
		Fails: c.State.Failures, MovedSeen: c.State.PermanentSeen, MovedTo: c.State.PermanentTarget, CheckedAt: b.clock.Add(-time.Hour).UnixMilli(),
	}
	if v := c.State.LastUnconditional; v != "" {
		at, err := time.Parse(time.RFC3339, v)
		b.ok(err)
		f.Unconditional = at.UnixMilli()
	}
	b.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveOutlet(ctx, o); err != nil {
			return err
		}
		if err := tx.SaveFeed(ctx, f); err != nil {
			return err
		}
		for _, guid := range c.State.KnownEntries {
			link := "news.example/" + guid
			if _, err := tx.AddItems(ctx, []news.Item{{ID: store.NewID(), Outlet: o.ID, Feed: f.ID, GUID: guid, Link: link, Key: "link " + link, URL: "https://" + link, State: "taken"}}); err != nil {
				return err
			}
		}
		return nil
	})
	if to := c.State.OperatorSetsURL; to != "" {
		b.ok(b.SetFeedURL(t.Context(), o.ID, f.ID, to))
	}
	return f
}

// verify compares what happened with what the case expects. A word that it does not know is an error.
func (p *poll) verify(t *testing.T, b *bench, f news.Feed, result *newsroom.CheckResult, before int) {
	items, err := b.store.ItemsOfFeed(t.Context(), f.ID, 0, 1000)
	b.ok(err)
	first := asked{header: http.Header{}}
	if len(p.asked) > 0 {
		first = p.asked[0]
	}
	problem := fetch.Outcome("")
	if result != nil && result.Feeds[0].Err != nil {
		problem = fetch.Outcome(result.Feeds[0].Outcome)
	}
	for name, raw := range p.c.Expect {
		got := map[string]any{
			"request_url": first.url, "requests": len(p.asked), "stored_etag": f.ETag, "stored_last_modified": f.LastModified,
			"entries": len(items), "failures": f.Fails, "disabled": f.Stopped, "kept_entries": len(items), "url": f.URL,
			"permanent_seen": f.MovedSeen, "parsed": len(items) > before, "requests_to_http": p.plainRequests(),
		}
		switch name {
		case "error":
			want := ""
			if string(raw) != "null" {
				b.ok(json.Unmarshal(raw, &want))
			}
			if string(problem) != want {
				t.Errorf("error %q, want %q", problem, want)
			}
		case "request_has", "request_lacks":
			for _, h := range decode[[]string](t, raw) {
				if _, has := first.header[http.CanonicalHeaderKey(h)]; has != (name == "request_has") {
					t.Errorf("%s %s: %v", name, h, first.header)
				}
			}
		case "request_equals":
			for h, v := range decode[map[string]string](t, raw) {
				if first.header.Get(h) != v {
					t.Errorf("%s: %q, want %q", h, first.header.Get(h), v)
				}
			}
		case "request_url_at":
			for n, v := range decode[map[int]string](t, raw) {
				if len(p.asked) < n || p.asked[n-1].url != v {
					t.Errorf("request %d went to %v, want %s", n, p.asked, v)
				}
			}
		case "request_lacks_at":
			for n, list := range decode[map[int][]string](t, raw) {
				for _, h := range list {
					if len(p.asked) < n || p.asked[n-1].header.Get(h) != "" {
						t.Errorf("request %d of %d carries %s", n, len(p.asked), h)
					}
				}
			}
			if p.c.State.Username != "" && first.header.Get("Authorization") == "" {
				t.Error("the first request carries no credentials: the case shows nothing")
			}
		case "stored_etag_not":
			if f.ETag == decode[string](t, raw) {
				t.Errorf("etag %q was stored", f.ETag)
			}
		case "requests_max":
			if n := decode[int](t, raw); len(p.asked) > n {
				t.Errorf("%d requests, at most %d", len(p.asked), n)
			}
		case "next_check_s":
			between := decode[[2]int64](t, raw)
			if s := (f.NextAt - b.clock.UnixMilli()) / 1000; s < between[0] || s > between[1] {
				t.Errorf("next look in %d s (%s), want %v", s, f.NextWhy, between)
			}
		default:
			v, ok := got[name]
			if !ok {
				t.Fatalf("the case expects %s, which this test does not know", name)
			}
			want, err := json.Marshal(v)
			b.ok(err)
			if string(want) != string(bytes.TrimSpace(raw)) && !sameString(v, raw) {
				t.Errorf("%s: %v, want %s", name, v, raw)
			}
		}
	}
	if problem != "" && f.NextWhy == "" {
		t.Error("nobody is told when the next look is and why")
	}
}

func sameString(v any, raw json.RawMessage) bool {
	var want string
	return json.Unmarshal(raw, &want) == nil && fmt.Sprint(v) == want
}

func decode[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (p *poll) plainRequests() int {
	n := 0
	for _, a := range p.asked {
		if strings.HasPrefix(a.url, "http://") {
			n++
		}
	}
	return n
}
