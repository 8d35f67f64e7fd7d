package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A house is a newsroom with an outlet, whose jobs a test starts and stops.
type house struct {
	store      *store.Store
	room       *newsroom.Room
	jobs       *jobs.Client
	outlet     *newsroomtest.Outlet
	translator *newsroomtest.Translator
}

func build(t *testing.T, s *store.Store) *house {
	t.Helper()
	h := &house{store: s, outlet: newsroomtest.NewOutlet(t), translator: &newsroomtest.Translator{}}
	h.room = &newsroom.Room{
		Store: s, Translators: h.translator.For, Pairs: h.translator.Pairs,
		Fetch: &fetch.Client{UserAgent: "dragoman/test", Allow: []string{h.outlet.Host()}, Pace: time.Millisecond, Hosts: newsroom.Hosts{Store: s}},
	}
	var err error
	if h.jobs, err = jobs.New(s, h.room, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) start(t *testing.T) {
	t.Helper()
	if err := h.jobs.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.stop(t, time.Second) })
}

func (h *house) stop(t *testing.T, patience time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := h.jobs.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func (h *house) idle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := h.jobs.Idle(ctx); err != nil {
		t.Fatal(err)
	}
}

func (h *house) follow(t *testing.T, into ...string) news.Outlet {
	t.Helper()
	o, err := h.room.Follow(t.Context(), h.outlet.URL+"/feed.xml", newsroom.FollowOptions{Into: into})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (h *house) items(t *testing.T, o news.Outlet) []news.Item {
	t.Helper()
	items, err := h.store.Items(t.Context(), o.ID, "", math.MaxInt64, 100)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func (h *house) articles(t *testing.T) int {
	t.Helper()
	list, err := h.store.Articles(t.Context(), "", "", math.MaxInt64, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestWorkIsDoneInTheBackground(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.start(t)
		h.follow(t, "fr", "pt")
		h.idle(t)
		if n := h.articles(t); n != 2 {
			t.Errorf("%d articles", n)
		}
	})
}

func TestQueuedBeforeAnybodyWorks(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.follow(t, "fr")
		if n, err := s.JobCounts(t.Context()); err != nil || n.Waiting != 1 {
			t.Fatalf("%+v %v", n, err)
		}
		h.start(t)
		h.idle(t)
		if n := h.articles(t); n != 1 {
			t.Errorf("%d articles", n)
		}
	})
}

func TestWhatWasUndoneIsNotQueued(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		undo := errors.New("undo")
		err := s.Tx(t.Context(), func(tx *store.Tx) error {
			if err := h.jobs.Take(t.Context(), tx.SQL(), "x"); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		if n, err := s.JobCounts(t.Context()); err != nil || n.Waiting != 0 {
			t.Errorf("%+v %v", n, err)
		}
	})
}

func TestTheSameWorkWaitsOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		at := time.Now().Add(time.Hour)
		err := s.Tx(t.Context(), func(tx *store.Tx) error {
			for range 3 {
				if err := errors.Join(h.jobs.Take(t.Context(), tx.SQL(), "x"), h.jobs.Draft(t.Context(), tx.SQL(), "o", "fr"), h.jobs.Retake(t.Context(), tx.SQL(), "x", at)); err != nil {
					return err
				}
			}
			return h.jobs.Retake(t.Context(), tx.SQL(), "x", at.Add(time.Hour))
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.JobCounts(t.Context()); err != nil || n.Waiting != 2 || n.Later != 2 {
			t.Errorf("%+v %v", n, err)
		}
	})
}

func TestADueFeedIsLookedAt(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		o := h.follow(t, "fr")
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.room.Now = func() time.Time { return time.Now().Add(3 * time.Hour) }
		h.start(t)
		deadline := time.Now().Add(20 * time.Second)
		for len(h.items(t, o)) == 0 && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		h.idle(t)
		if n := h.articles(t); n != 1 {
			t.Errorf("%d articles", n)
		}
	})
}

func TestWhatKeepsFailingEndsAndSaysWhy(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("gone", "About something gone", newsroomtest.Words("gone"))
		h.outlet.Status("gone", http.StatusNotFound)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.translator.Only = []newsroom.Pair{{From: "en", To: "pt"}}
		h.start(t)
		o := h.follow(t, "fr")
		h.idle(t)
		for _, i := range h.items(t, o) {
			switch {
			case strings.HasSuffix(i.URL, "/gone"):
				if i.State != "failed" || !strings.Contains(i.Why, "404") {
					t.Errorf("%+v", i)
				}
			case i.State != "taken" || !strings.Contains(i.Why, "dragoman model get en-fr"):
				t.Errorf("%+v", i)
			}
		}
	})
}

func TestAJobThatIsCutShortWasNotTried(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		h.translator.Slow = time.Hour
		var started atomic.Bool
		h.translator.Fail = func(doc.Document) error { started.Store(true); return nil }
		h.start(t)
		h.follow(t, "fr")
		for !started.Load() {
			time.Sleep(5 * time.Millisecond)
		}
		began := time.Now()
		h.stop(t, 50*time.Millisecond)
		if d := time.Since(began); d > 3*time.Second {
			t.Errorf("stopping took %s", d)
		}
		if n, err := s.JobCounts(t.Context()); err != nil || n.Running != 0 || n.Waiting+n.Later < 1 {
			t.Errorf("%+v %v", n, err)
		}
		// The next start does it.
		next := build(t, s)
		next.start(t)
		deadline := time.Now().Add(20 * time.Second)
		for next.articles(t) == 0 && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		if n := next.articles(t); n != 1 {
			t.Errorf("%d articles", n)
		}
	})
}

func TestOneProgramWorksOnASQLiteDatabase(t *testing.T) {
	s := storetest.SQLite(t)
	first := build(t, s)
	first.start(t)
	second := build(t, storetest.Open(t, "sqlite "+s.Path()))
	err := second.jobs.Start(t.Context())
	if !errors.Is(err, jobs.ErrWorking) || !strings.Contains(err.Error(), "process") {
		t.Fatalf("%v", err)
	}
	if _, err := jobs.Hold(s.Path()); !errors.Is(err, jobs.ErrWorking) {
		t.Errorf("a backup could be restored under a newsroom at work: %v", err)
	}
	// The second queues, and the first does it.
	second.outlet = first.outlet
	first.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
	second.room.Fetch = first.room.Fetch
	second.follow(t, "fr")
	second.idle(t)
	if n := second.articles(t); n != 1 {
		t.Errorf("%d articles", n)
	}
	first.stop(t, time.Second)
	if err := second.jobs.Start(t.Context()); err != nil {
		t.Fatalf("the lock outlived its holder: %v", err)
	}
	second.stop(t, time.Second)
}

func TestADeadWorkersJobsAreRescuedByTheLiving(t *testing.T) {
	dsn := storetest.Schema(t) // PostgreSQL: several work at once
	s := storetest.Open(t, dsn)
	h := build(t, s)
	h.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), "DRAGOMAN_TEST_WORKER="+dsn, "DRAGOMAN_TEST_OUTLET="+h.outlet.Host())
	h.follow(t, "fr", "pt") // queues the take that the child will be killed in
	h.outlet.Slow(10 * time.Second)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for {
		n, err := s.JobCounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n.Running > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // killed
	h.outlet.Slow(0)
	h.start(t)
	h.idle(t)
	if n := h.articles(t); n != 2 {
		t.Errorf("%d articles", n)
	}
}
