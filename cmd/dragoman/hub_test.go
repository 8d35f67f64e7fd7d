package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The program follows a feed, is verified by its hub, and is killed as soon as it has answered a delivery: after the next start the
// delivered article is there, once, and nobody had to look at the feed for it.
func TestADeliveryOutlivesAKill(t *testing.T) {
	f := &folder{t: t, dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(f.dir, "dragoman.toml"), []byte("address = \"https://news.example\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	listen := freeAddress(t)
	here := func(callback string) string {
		return strings.Replace(callback, "https://news.example", "http://"+listen, 1)
	}
	var outlet *httptest.Server
	asked := make(chan url.Values, 10)
	var looks atomic.Int64
	feed := func(titles ...string) string {
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>Paper</title><language>en</language>`)
		for _, title := range titles {
			fmt.Fprintf(&b, `<item><title>%s</title><link>%s/%s</link></item>`, title, outlet.URL, strings.ToLower(title))
		}
		return b.String() + `</channel></rss>`
	}
	outlet = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			looks.Add(1)
			w.Header().Set("Link", "<"+outlet.URL+"/hub>; rel=hub, <"+outlet.URL+"/feed>; rel=self")
			fmt.Fprint(w, feed("First"))
		case "/hub":
			if err := r.ParseForm(); err != nil {
				t.Error(err)
			}
			q := url.Values{"hub.mode": r.PostForm["hub.mode"], "hub.topic": r.PostForm["hub.topic"], "hub.challenge": {"a challenge"}, "hub.lease_seconds": {"864000"}}
			answer, err := http.Get(here(r.PostForm.Get("hub.callback")) + "?" + q.Encode())
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			if echo, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK || string(echo) != "a challenge" {
				t.Errorf("answered %s %q %v", answer.Status, echo, err)
			}
			w.WriteHeader(http.StatusAccepted)
			asked <- r.PostForm
		default:
			http.NotFound(w, r)
		}
	}))
	defer outlet.Close()
	f.allow = append(f.allow, strings.TrimPrefix(outlet.URL, "https://"))
	roots := filepath.Join(f.dir, "roots.pem")
	if err := os.WriteFile(roots, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: outlet.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	f.env = append(f.env, "SSL_CERT_FILE="+roots)

	p := f.start("serve", "--listen", listen)
	p.wait(3, time.Minute)
	f.run("follow", outlet.URL+"/feed")
	var form url.Values
	select {
	case form = <-asked:
	case <-time.After(time.Minute):
		_, stderr := p.output()
		t.Fatalf("the hub was never asked\n%s", stderr)
	}
	body := feed("Second", "First")
	mac := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
	mac.Write([]byte(body))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, here(form.Get("hub.callback")), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/rss+xml")
	r.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	p.signal(syscall.SIGKILL)
	<-p.ended
	if answer.StatusCode != http.StatusAccepted {
		t.Fatalf("the delivery was answered %s", answer.Status)
	}
	p = f.start("serve", "--listen", listen)
	for deadline := time.Now().Add(time.Minute); query(t, f, `SELECT COUNT(*) FROM item`) < 2 || query(t, f, `SELECT COUNT(*) FROM hub_delivery`) > 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			_, stderr := p.output()
			t.Fatalf("after a minute there are %d articles\n%s", query(t, f, `SELECT COUNT(*) FROM item`), stderr)
		}
	}
	if n := query(t, f, `SELECT COUNT(*) FROM item`); n != 2 || looks.Load() != 1 {
		t.Errorf("%d articles, %d looks", n, looks.Load())
	}
	if n := query(t, f, `SELECT COUNT(*) FROM hub_subscription WHERE state = 'active' AND proofs = 1`); n != 1 {
		t.Errorf("%d subscriptions stand", n)
	}
	p.stop()
}
