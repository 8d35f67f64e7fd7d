package main

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// kills is how often the program is killed in the middle of its work.
const kills = 20

// A serve that is killed again and again, at moments it does not choose, ends with the work done as if nothing had happened:
// no job is left running, no article is there twice, none is missing.
func TestKilledInTheMiddle(t *testing.T) {
	f := newFolder(t)
	outlets, addresses := f.outlets()
	want := 0
	for i, o := range outlets {
		into := "pt"
		if o.Lang != "en" {
			into = "en"
		}
		f.run("follow", addresses[i]+o.Feed, "--into", into)
		want += o.Articles()
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("the moments come from seed %d", seed)
	moments := rand.New(rand.NewPCG(seed, 0))
	var counts []int
	for range kills {
		p := f.start("serve", "--listen", freeAddress(t))
		// Up to the time that a few pages or one translation take, so that it is hit in all of them.
		time.Sleep(time.Duration(50+moments.IntN(900)) * time.Millisecond)
		p.signal(syscall.SIGKILL)
		<-p.ended
		counts = append(counts, articles(t, f))
	}
	t.Logf("articles after each kill: %v", counts)
	p := f.start("serve", "--listen", freeAddress(t))
	p.wait(3, time.Minute)
	for deadline := time.Now().Add(3 * time.Minute); articles(t, f) < want || pending(t, f) > 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			_, stderr := p.output()
			t.Fatalf("after three minutes there are %d articles of %d, and %d jobs wait\n%s", articles(t, f), want, pending(t, f), stderr)
		}
	}
	p.stop()
	if n := query(t, f, `SELECT COUNT(*) FROM river_job WHERE state = 'running'`); n != 0 {
		t.Errorf("%d jobs are in state running", n)
	}
	if n := query(t, f, `SELECT COUNT(*) FROM (SELECT item, lang FROM article GROUP BY item, lang HAVING COUNT(*) > 1)`); n != 0 {
		t.Errorf("%d articles are there twice", n)
	}
	if n := query(t, f, `SELECT COUNT(*) FROM (SELECT url FROM item WHERE state = 'taken' GROUP BY url HAVING COUNT(*) > 1)`); n != 0 {
		t.Errorf("%d items are there twice", n)
	}
	if n := articles(t, f); n != want {
		t.Errorf("%d articles, want %d", n, want)
	}
	if n := query(t, f, `SELECT COUNT(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.article = a.id AND r.n = 1)`); n != 0 {
		t.Errorf("%d articles have no text", n)
	}
}

func articles(t *testing.T, f *folder) int {
	t.Helper()
	return query(t, f, `SELECT COUNT(*) FROM article`)
}

func pending(t *testing.T, f *folder) int {
	t.Helper()
	return query(t, f, `SELECT COUNT(*) FROM river_job WHERE state IN ('running', 'available', 'retryable', 'pending')`)
}

// query asks the database for a number, whatever the program is doing.
func query(t *testing.T, f *folder, q string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(f.dir, "dragoman.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(context.Background(), q).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
