package newsroom

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

func wait(f news.Feed) time.Duration { return timeOf(f.NextAt).Sub(noon) }

func TestTheNextLook(t *testing.T) {
	header := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	day := 24 * time.Hour
	for _, c := range []struct {
		what   string
		feed   news.Feed
		header http.Header
		wishes wishes
		want   time.Duration
	}{
		{"a new feed", news.Feed{}, nil, wishes{}, time.Hour},
		{"fresh for two hours, one of them gone", news.Feed{}, header("Cache-Control", "public, max-age=10800", "Age", "3600"), wishes{}, 2 * time.Hour},
		{"fresh for less than we wait anyway", news.Feed{}, header("Cache-Control", "max-age=60"), wishes{}, time.Hour},
		{"no-store is about caches", news.Feed{}, header("Cache-Control", "no-store", "Expires", "0"), wishes{}, time.Hour},
		{"expires", news.Feed{}, header("Expires", "Thu, 15 Jan 2026 15:00:00 GMT", "Date", "Thu, 15 Jan 2026 12:00:00 GMT"), wishes{}, 3 * time.Hour},
		{"fresh for a year", news.Feed{}, header("Cache-Control", "max-age=31536000"), wishes{}, day},
		{"the feed's own word", news.Feed{}, nil, wishes{every: 6 * time.Hour}, 6 * time.Hour},
		{"the operator's", news.Feed{Interval: (30 * time.Minute).Milliseconds()}, nil, wishes{}, 30 * time.Minute},
		{"the server's over the operator's", news.Feed{Interval: (30 * time.Minute).Milliseconds()}, header("Cache-Control", "max-age=7200"), wishes{}, 2 * time.Hour},
		{"quiet for a month", news.Feed{ChangedAt: noon.Add(-30 * day).UnixMilli()}, nil, wishes{}, 6 * time.Hour},
		{"hours it does not want to be read in", news.Feed{}, nil, wishes{skipHours: []int{13, 14}}, 3 * time.Hour},
		{"days, too", news.Feed{}, nil, wishes{skipDays: []time.Weekday{time.Thursday}}, 12 * time.Hour},
		{"all hours is none", news.Feed{}, nil, wishes{skipHours: []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}}, time.Hour},
	} {
		f := answered(c.feed, fetch.Request{}, fetch.Response{Status: 200, Header: c.header}, c.wishes, true, false, noon, 0)
		if wait(f) != c.want || f.NextWhy == "" {
			t.Errorf("%s: in %s (%s), want %s", c.what, wait(f), f.NextWhy, c.want)
		}
		late := answered(c.feed, fetch.Request{}, fetch.Response{Status: 200, Header: c.header}, c.wishes, true, false, noon, 1)
		if wait(late) < c.want {
			t.Errorf("%s: chance makes it earlier", c.what)
		}
	}
}

// A2: it backs off up to a day, for ever, and never stops by itself.
func TestFailuresBackOffForEver(t *testing.T) {
	f := news.Feed{}
	last := time.Duration(0)
	for n := 1; n <= 100; n++ {
		f = failed(f, &fetch.Error{Outcome: fetch.Timeout}, noon, 0.5)
		if wait(f) < last || wait(f) > 24*time.Hour || f.Stopped || f.Fails != n || f.NextWhy == "" {
			t.Fatalf("after %d failures: %+v", n, f)
		}
		last = wait(f)
	}
	if last != 24*time.Hour {
		t.Errorf("ends at %s", last)
	}
	f = answered(f, fetch.Request{}, fetch.Response{Status: 200}, wishes{}, true, false, noon, 0)
	if f.Fails != 0 || wait(f) != time.Hour {
		t.Errorf("a success does not clear it: %+v", f)
	}
	gone := failed(news.Feed{}, &fetch.Error{Outcome: fetch.Gone}, noon, 0)
	if !gone.Stopped || gone.NextWhy == "" {
		t.Errorf("410: %+v", gone)
	}
}

// C7: a server that says 304 for ever is asked for the whole feed once a week.
func TestValidatorsAreTrustedForAWeek(t *testing.T) {
	f := news.Feed{URL: "https://x.example/f", ETag: `"v"`}
	asked, whole := 0, 0
	now := noon
	for range 30 * 24 {
		r := request(f, now)
		asked++
		if r.ETag == "" {
			whole++
			f = answered(f, r, fetch.Response{Status: 200, Header: http.Header{"Etag": {`"v"`}}}, wishes{}, true, false, now, 0)
		} else {
			f = answered(f, r, fetch.Response{Status: 304}, wishes{}, false, false, now, 0)
		}
		now = now.Add(time.Hour)
	}
	if whole != 4 {
		t.Errorf("fetched whole %d times of %d in 30 days", whole, asked)
	}
}

// A5: three sights over a day, of a feed that shares items, never from https to http.
func TestAMoveIsAdoptedWhenItHasStood(t *testing.T) {
	answer := fetch.Response{Status: 200, URL: "https://new.example/f", Permanent: "https://new.example/f"}
	f := news.Feed{URL: "https://old.example/f"}
	for i := range 5 {
		f = moving(f, answer, true, noon.Add(time.Duration(i)*time.Hour))
	}
	if f.URL != "https://old.example/f" {
		t.Error("adopted within a morning")
	}
	if g := moving(f, answer, false, noon.Add(30*time.Hour)); g.URL != "https://old.example/f" {
		t.Error("adopted although it shows other articles")
	}
	if g := moving(f, answer, true, noon.Add(30*time.Hour)); g.URL != "https://new.example/f" || g.MovedSeen != 0 {
		t.Errorf("not adopted: %+v", g)
	}
	other := answer
	other.Permanent = "https://third.example/f"
	if g := moving(f, other, true, noon.Add(30*time.Hour)); g.MovedSeen != 1 || g.URL != "https://old.example/f" {
		t.Errorf("another target goes on counting: %+v", g)
	}
	if g := moving(f, fetch.Response{Status: 200, URL: f.URL}, true, noon); g.MovedTo != "" {
		t.Errorf("it is remembered after it ended: %+v", g)
	}
	down := answer
	down.Permanent = "http://new.example/f"
	for i := range 5 {
		f = moving(f, down, true, noon.Add(time.Duration(i)*24*time.Hour))
	}
	if f.URL != "https://old.example/f" {
		t.Error("adopted from https to http")
	}
}

// When nobody can be reached the fault is ours.
func TestOwnOutage(t *testing.T) {
	var o outage
	fail := func(n int, at time.Time) bool {
		return o.failed(fmt.Sprintf("https://h%d.example/", n), fetch.DNS, at, nil)
	}
	if fail(1, noon) || fail(2, noon) {
		t.Error("two hosts are too few to tell")
	}
	if !fail(3, noon) {
		t.Error("three of three: ours")
	}
	o.reached("https://h4.example/", noon)
	if fail(1, noon) {
		t.Error("one was reached: theirs")
	}
	if later := noon.Add(time.Hour); fail(5, later) || fail(6, later) || !fail(7, later) {
		t.Error("what was an hour ago does not count")
	}
	if o.failed("https://h8.example/", fetch.Unavailable, noon.Add(time.Hour), nil) {
		t.Error("somebody answered")
	}
	var alone outage
	if !alone.failed("https://h1.example/", fetch.DNS, noon, func() bool { return false }) {
		t.Error("no network is up: ours, however few were asked")
	}
	if alone.failed("https://h1.example/", fetch.DNS, noon, func() bool { return true }) {
		t.Error("a network is up, and one host is too few to tell")
	}
}

func TestSignals(t *testing.T) {
	for _, c := range []struct {
		h    http.Header
		want bool
	}{
		{http.Header{}, false},
		{http.Header{"Tdm-Reservation": {"1"}}, true},
		{http.Header{"Tdm-Reservation": {"0"}}, false},
		{http.Header{"Content-Usage": {"train-ai=n, ai-output=n"}}, true},
		{http.Header{"Content-Usage": {"train-ai=y"}}, false},
	} {
		if got := rights.Combine(headerSignals(c.h)).Reserved; got != c.want {
			t.Errorf("%v: %v", c.h, got)
		}
	}
}
