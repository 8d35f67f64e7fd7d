package newsroom_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A thousand feeds on a thousand hosts, all unchanged: one round as the queue does it, eight at once.
func TestAThousandFeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		t.Log("peak memory counts what ran before:", err)
	}
	const feeds, atOnce, mostTime, mostMemory = 1000, 8, 30 * time.Second, 100 << 20
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("If-None-Match") != `"v"` {
			http.Error(w, "asked without validators", http.StatusTeapot)
			return
		}
		w.WriteHeader(http.StatusNotModified)
	}))
	defer server.Close()
	address := netip.MustParseAddrPort(server.Listener.Addr().String())
	s := storetest.SQLite(t)
	room := &newsroom.Room{Store: s, Fetch: &fetch.Client{
		UserAgent: "dragoman/test", Hosts: newsroom.Hosts{Store: s},
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, _ netip.AddrPort) (fetch.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", address.String())
		},
	}}
	outlets := make([]string, feeds)
	if err := s.Tx(t.Context(), func(tx *store.Tx) error {
		for i := range feeds {
			outlets[i] = store.NewID()
			host := fmt.Sprintf("outlet-%d.example", i)
			if err := tx.SaveOutlet(t.Context(), news.Outlet{ID: outlets[i], Name: host, Home: "http://" + host + "/", Site: host}); err != nil {
				return err
			}
			if err := tx.SaveFeed(t.Context(), news.Feed{ID: store.NewID(), Outlet: outlets[i], URL: "http://" + host + "/feed", Kind: "feed", ETag: `"v"`}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	work := make(chan string)
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for outlet := range work {
				r, err := room.CheckDue(t.Context(), outlet)
				if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Outcome != "not_modified" {
					t.Errorf("%+v %v", r, err)
				}
			}
		})
	}
	for _, o := range outlets {
		work <- o
	}
	close(work)
	workers.Wait()
	took := time.Since(began)
	if asked.Load() != feeds {
		t.Errorf("%d requests", asked.Load())
	}
	if took > mostTime {
		t.Errorf("took %s, at most %s", took, mostTime)
	}
	if peak := peakMemory(); peak > mostMemory {
		t.Errorf("peak memory %d MB, at most %d", peak>>20, mostMemory>>20)
	} else {
		t.Logf("%d feeds in %s, peak memory %d MB", feeds, took.Round(time.Millisecond), peak>>20)
	}
}

// peakMemory is the largest resident set of this process so far, in bytes; 0 where the system does not say.
func peakMemory() int64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(b), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			if err != nil {
				return 0
			}
			return n << 10
		}
	}
	return 0
}
