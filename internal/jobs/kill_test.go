package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// TestMain is also the program that is killed.
func TestMain(m *testing.M) {
	if dsn := os.Getenv("DRAGOMAN_TEST_WORKER"); dsn != "" {
		if err := work(context.Background(), dsn, os.Getenv("DRAGOMAN_TEST_OUTLET")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// office opens a newsroom that may fetch from the outlet at host.
func office(ctx context.Context, dsn, host string, slow time.Duration) (*store.Store, *newsroom.Room, *jobs.Client, error) {
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return nil, nil, nil, err
	}
	translator := &newsroomtest.Translator{Slow: slow}
	room := &newsroom.Room{
		Store: s, Fetch: &fetch.Client{UserAgent: "dragoman/test", Allow: []string{host}, Pace: time.Millisecond, Hosts: newsroom.Hosts{Store: s}},
		Translators: translator.For, Pairs: translator.Pairs,
	}
	c, err := jobs.New(s, room, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	return s, room, c, err
}

// work follows the outlet and works until nothing is left.
func work(ctx context.Context, dsn, host string) error {
	s, room, c, err := office(ctx, dsn, host, 15*time.Millisecond)
	if err != nil {
		return err
	}
	if err := c.Start(ctx); err != nil {
		return err
	}
	if _, err := room.Follow(ctx, "http://"+host+"/feed.xml", newsroom.FollowOptions{Into: []string{"fr", "pt"}}); err != nil {
		return err
	}
	if err := c.Idle(ctx); err != nil {
		return err
	}
	return errors.Join(c.Stop(ctx), s.Close())
}

// Done-when 5: a process that is killed at any moment and started again loses nothing and does nothing twice.
func TestKilledAtAnyMoment(t *testing.T) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return "sqlite " + filepath.Join(t.TempDir(), "dragoman.db") },
		"PostgreSQL": func(t *testing.T) string { return storetest.Schema(t) },
	} {
		t.Run(name, func(t *testing.T) { killAndLook(t, dsn(t)) })
	}
}

func killAndLook(t *testing.T, dsn string) {
	const articles = 14
	outlet := newsroomtest.NewOutlet(t)
	for i := range articles {
		outlet.Add(fmt.Sprintf("story-%d", i), fmt.Sprintf("Story number %d of the valley", i), newsroomtest.Words(fmt.Sprintf("story %d", i)), newsroomtest.Words("river"))
	}
	outlet.Slow(5 * time.Millisecond)
	kills := 0
	for range 20 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
		child.Env = append(os.Environ(), "DRAGOMAN_TEST_WORKER="+dsn, "DRAGOMAN_TEST_OUTLET="+outlet.Host())
		var said strings.Builder
		child.Stderr = &said
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- child.Wait() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("the worker failed: %v\n%s", err, &said)
			}
		case <-time.After(time.Duration(30+rand.IntN(270)) * time.Millisecond):
			kills++
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := <-ended; err == nil {
				t.Log("one ended by itself as it was killed")
			}
		}
	}
	if kills < 5 {
		t.Fatalf("only %d of 20 starts were killed: the work is over too soon for the test to show anything", kills)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := work(ctx, dsn, outlet.Host()); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, dsn)
	n, err := s.JobCounts(ctx)
	if err != nil || n.Running != 0 || n.Waiting != 0 {
		t.Errorf("jobs left: %+v %v", n, err)
	}
	list, err := s.Articles(ctx, "", "", math.MaxInt64, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, a := range list {
		seen[a.Item+" "+a.Lang]++
	}
	for k, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", k, n)
		}
	}
	if len(list) != 2*articles {
		t.Errorf("%d articles, want %d", len(list), 2*articles)
	}
	outlets, err := s.Outlets(ctx)
	if err != nil || len(outlets) != 1 {
		t.Errorf("outlets %+v %v", outlets, err)
	}
	counts, err := s.ItemCounts(ctx, outlets[0].ID)
	if err != nil || counts["taken"] != articles || len(counts) != 1 {
		t.Errorf("items %v %v", counts, err)
	}
	t.Logf("killed %d times", kills)
}
