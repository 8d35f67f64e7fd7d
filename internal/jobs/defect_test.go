package jobs_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A breaking fetcher panics for an address.
type breaking struct {
	newsroom.Fetcher
	at string
}

func (b breaking) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if strings.HasSuffix(r.URL, b.at) {
		panic("index out of range")
	}
	return b.Fetcher.Get(ctx, r)
}

// A log is read while it is written.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// An item on which this program itself fails is failed at once and says why; the log says where.
func TestAnItemThatPanicsSaysWhy(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		var said log
		var err error
		if h.jobs, err = jobs.New(s, h.room, slog.New(slog.NewTextHandler(&said, nil))); err != nil {
			t.Fatal(err)
		}
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.outlet.Add("storm", "A storm over the hills", newsroomtest.Words("storm"), newsroomtest.Words("hill"))
		able := h.room.Fetch
		h.room.Fetch = breaking{able, "/flood"}
		h.start(t)
		o := h.follow(t, "fr")
		h.idle(t)
		for _, i := range h.items(t, o) {
			want := "taken"
			if strings.HasSuffix(i.URL, "/flood") {
				want = "failed"
			}
			if i.State != want || want == "failed" && !strings.Contains(i.Why, "index out of range") {
				t.Errorf("%+v", i)
			}
		}
		if n, err := s.JobCounts(t.Context()); err != nil || n.Waiting+n.Later > 1 { // the later look at the other page
			t.Errorf("%+v %v", n, err)
		}
		if out := said.String(); strings.Count(out, "index out of range") != 1 || !strings.Contains(out, "defect_test.go") {
			t.Errorf("log: %s", out)
		}

		h.room.Fetch = breaking{able, "/storm"} // which was taken, and is asked for again
		var storm string
		for _, i := range h.items(t, o) {
			if i.State == "taken" {
				storm = i.ID
			}
		}
		if err := h.room.FetchAgain(t.Context(), storm); err != nil {
			t.Fatal(err)
		}
		var f store.Failure
		for range 100 {
			if f, err = s.Failure(t.Context(), storm); err == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if f.Outcome != newsroom.OutcomeOurs || !strings.Contains(f.Why, "index out of range") {
			t.Errorf("%+v, %v", f, err)
		}
	})
}
