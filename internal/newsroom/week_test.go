package newsroom_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A temper is how an outlet's server answers; n counts its requests from 0, and what it returns is noted for the rules.
type temper func(w http.ResponseWriter, r *http.Request, now time.Time, n int) (wish time.Duration)

// A sight is a request as the server saw it, and what the answer wished.
type sight struct {
	at         time.Time
	path       string
	header     http.Header
	etag, last string        // of the answer; what a well-behaved follower sends next
	wish       time.Duration // how long the server asked to be left alone, or the answer is fresh
	status     int
}

// recorder keeps the status and the validators of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) { r.status = status; r.ResponseWriter.WriteHeader(status) }

func rss(extra string, hour int) string {
	return fmt.Sprintf(`<rss version="2.0"><channel><title>T</title>%s<item><title>Story of hour %d</title><link>http://x.example/%d</link><guid>%d</guid></item></channel></rss>`, extra, hour, hour, hour)
}

// conditional answers 304 where the validators are those of the hour's state.
func conditional(w http.ResponseWriter, r *http.Request, etag, last string, body string) {
	if etag != "" {
		w.Header()["Etag"] = []string{etag}
	}
	if last != "" {
		w.Header()["Last-Modified"] = []string{last}
	}
	if r.Header.Get("If-None-Match") == etag && etag != "" || etag == "" && last != "" && r.Header.Get("If-Modified-Since") == last {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write([]byte(body))
}

func tempers() map[string]temper {
	week := func(now time.Time) int { return int(now.Unix()/3600) % 168 }
	return map[string]temper{
		"steady": func(w http.ResponseWriter, r *http.Request, now time.Time, _ int) time.Duration {
			h := week(now) / 6
			conditional(w, r, fmt.Sprintf(`W/"%d"`, h), fmt.Sprintf("state %d, no date", h), rss("", h))
			return 0
		},
		"same second, new ETag": func(w http.ResponseWriter, r *http.Request, now time.Time, _ int) time.Duration {
			h := week(now) / 3
			conditional(w, r, fmt.Sprintf(`"%d"`, h), "Thu, 15 Jan 2026 09:00:00 GMT", rss("", h))
			return 0
		},
		"no validators": func(w http.ResponseWriter, _ *http.Request, now time.Time, _ int) time.Duration {
			_, _ = w.Write([]byte(rss("", week(now))))
			return 0
		},
		"drops its validators": func(w http.ResponseWriter, r *http.Request, now time.Time, n int) time.Duration {
			if n%2 == 0 {
				conditional(w, r, fmt.Sprintf(`"%d"`, n), "", rss("", n))
			} else {
				_, _ = w.Write([]byte(rss("", n)))
			}
			return 0
		},
		"fresh for three hours": func(w http.ResponseWriter, r *http.Request, _ time.Time, _ int) time.Duration {
			w.Header().Set("Cache-Control", "max-age=10800")
			conditional(w, r, `"x"`, "", rss("", 1))
			return 3 * time.Hour
		},
		"for caches only": func(w http.ResponseWriter, r *http.Request, _ time.Time, _ int) time.Duration {
			w.Header().Set("Cache-Control", "no-store, max-age=0")
			w.Header().Set("Expires", "0")
			conditional(w, r, `"x"`, "", rss("", 1))
			return 0
		},
		"ttl of five hours": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			_, _ = w.Write([]byte(rss("<ttl>300</ttl>", 1)))
			return 5 * time.Hour
		},
		"sleeps at night": func(w http.ResponseWriter, _ *http.Request, now time.Time, _ int) time.Duration {
			_, _ = w.Write([]byte(rss("<skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>3</hour></skipHours>", 1)))
			return 0
		},
		"always 304": func(w http.ResponseWriter, r *http.Request, _ time.Time, n int) time.Duration {
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return 0
			}
			conditional(w, r, `"stuck"`, "", rss("", n))
			return 0
		},
		"429 for two hours": func(w http.ResponseWriter, _ *http.Request, _ time.Time, n int) time.Duration {
			if n%3 == 1 {
				w.Header().Set("Retry-After", "7200")
				w.WriteHeader(http.StatusTooManyRequests)
				return 2 * time.Hour
			}
			_, _ = w.Write([]byte(rss("", n)))
			return 0
		},
		"down": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.WriteHeader(http.StatusBadGateway)
			return 0
		},
		"503 for a day": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusServiceUnavailable)
			return 24 * time.Hour
		},
		"forbids": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.WriteHeader(http.StatusForbidden)
			return 4 * time.Hour
		},
		"not found": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.WriteHeader(http.StatusNotFound)
			return 0
		},
		"gone": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.WriteHeader(http.StatusGone)
			return 1 << 60
		},
		"maintenance page": func(w http.ResponseWriter, r *http.Request, _ time.Time, n int) time.Duration {
			if n%5 == 4 {
				_, _ = w.Write([]byte(`<!doctype html><title>Back soon</title>`))
				return 0
			}
			conditional(w, r, `"m"`, "", rss("", 1))
			return 0
		},
		"moved for good": func(w http.ResponseWriter, r *http.Request, _ time.Time, _ int) time.Duration {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
				return 0
			}
			conditional(w, r, `"n"`, "", rss("", 1))
			return 0
		},
		"redirects for a while": func(w http.ResponseWriter, r *http.Request, _ time.Time, _ int) time.Duration {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/elsewhere", http.StatusFound)
				return 0
			}
			conditional(w, r, `"e"`, "", rss("", 1))
			return 0
		},
		"loop": func(w http.ResponseWriter, r *http.Request, _ time.Time, _ int) time.Duration {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
			return 0
		},
		"gives cookies": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			http.SetCookie(w, &http.Cookie{Name: "id", Value: "1", MaxAge: 1 << 30})
			_, _ = w.Write([]byte(rss("", 1)))
			return 0
		},
		"challenge": func(w http.ResponseWriter, _ *http.Request, _ time.Time, _ int) time.Duration {
			w.Header().Set("Cf-Mitigated", "challenge")
			w.WriteHeader(http.StatusForbidden)
			return 4 * time.Hour
		},
		"empty answers": func(http.ResponseWriter, *http.Request, time.Time, int) time.Duration { return 0 },
	}
}

// A week of fifty feeds of all tempers, on a clock that runs as fast as it can: every request keeps the rules.
func TestAWeekOfPolling(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const feeds = 50
	start := time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC)
	now := start
	kinds := tempers()
	names := make([]string, 0, len(kinds))
	for k := range kinds {
		names = append(names, k)
	}
	sort.Strings(names)
	temperOf := map[string]string{} // by host
	seen := map[string][]sight{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{w, http.StatusOK}
		wish := kinds[temperOf[r.Host]](rec, r, now, len(seen[r.Host]))
		seen[r.Host] = append(seen[r.Host], sight{
			at: now, path: r.URL.Path, header: r.Header.Clone(), status: rec.status, wish: wish,
			etag: strings.Join(w.Header()["Etag"], ""), last: strings.Join(w.Header()["Last-Modified"], ""),
		})
	}))
	defer server.Close()
	s := storetest.SQLite(t)
	room := &newsroom.Room{Store: s, Queue: nothing{}, Now: func() time.Time { return now }, Fetch: &fetch.Client{
		UserAgent: "dragoman/test (+https://dragoman.example)", Hosts: newsroom.Hosts{Store: s}, Now: func() time.Time { return now },
		Sleep: func(_ context.Context, d time.Duration) error { now = now.Add(d); return nil },
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, _ netip.AddrPort) (fetch.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
		},
	}}
	outlets := map[string]string{} // of a feed
	if err := s.Tx(t.Context(), func(tx *store.Tx) error {
		for i := range feeds {
			host := fmt.Sprintf("f%d.example", i)
			temperOf[host] = names[i%len(names)]
			o := news.Outlet{ID: store.NewID(), Name: host, Home: "http://" + host + "/", Site: host}
			if err := tx.SaveOutlet(t.Context(), o); err != nil {
				return err
			}
			f := news.Feed{ID: store.NewID(), Outlet: o.ID, URL: "http://" + host + "/feed", Kind: "feed", NextAt: start.UnixMilli()}
			if err := tx.SaveFeed(t.Context(), f); err != nil {
				return err
			}
			outlets[f.ID] = o.ID
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	end := start.Add(7 * 24 * time.Hour)
	for now.Before(end) {
		due, err := s.DueFeeds(t.Context(), now.UnixMilli(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range due {
			if _, err := room.CheckDue(t.Context(), f.Outlet); err != nil {
				t.Fatal(err)
			}
		}
		now = now.Add(time.Minute)
	}
	judge(t, s, temperOf, seen, end)
}

// judge prints the table of rules and fails for each that was broken.
func judge(t *testing.T, s *store.Store, temperOf map[string]string, seen map[string][]sight, end time.Time) {
	t.Helper()
	rules := map[string][]string{} // by rule, how it was broken
	counted := map[string]int{}
	keep := func(rule string, ok bool, format string, args ...any) {
		counted[rule]++
		if !ok {
			rules[rule] = append(rules[rule], fmt.Sprintf(format, args...))
		}
	}
	total := 0
	for host, list := range seen {
		kind := temperOf[host]
		whole := 0
		for i, r := range list {
			total++
			keep("R1 says who asks", strings.Contains(r.header.Get("User-Agent"), "+https://"), "%s: %q", kind, r.header.Get("User-Agent"))
			keep("R2 no cookies, no referer", r.header.Get("Cookie") == "" && r.header.Get("Referer") == "", "%s: %v", kind, r.header)
			keep("R3 takes gzip", r.header.Get("Accept-Encoding") == "gzip", "%s", kind)
			if i == 0 {
				keep("C7 the first is whole", r.header.Get("If-None-Match") == "" && r.header.Get("If-Modified-Since") == "", "%s", kind)
				continue
			}
			p := list[i-1]
			gap := r.at.Sub(p.at)
			hop := p.status >= 300 && p.status < 400 && p.status != http.StatusNotModified // this request is its redirect
			keep("P6 a second apart", gap >= time.Second, "%s: %s", kind, gap)
			if hop {
				continue
			}
			keep("P1 never under half an hour", gap >= 30*time.Minute, "%s: %s", kind, gap)
			keep("P2 A1 A4 not before the server's wish", gap >= p.wish, "%s: %s of %s", kind, gap, p.wish)
			keep("A2 looks again within a day and its jitter, or as the server wishes", gap <= max(29*time.Hour, p.wish*6/5), "%s: %s", kind, gap)
			if kind == "sleeps at night" {
				keep("P3 skips the hours it is asked to", r.at.Hour() > 3, "%s: %s", kind, r.at)
			}
			if p.status == http.StatusOK || p.status == http.StatusNotModified {
				if r.header.Get("If-None-Match") == "" && r.header.Get("If-Modified-Since") == "" && (p.etag != "" || p.last != "") {
					whole++
				} else if kind != "always 304" && kind != "maintenance page" {
					keep("C1 C2 C3 sends the pair of the last answer, byte for byte", r.header.Get("If-None-Match") == p.etag && r.header.Get("If-Modified-Since") == p.last,
						"%s: sent %q %q, had %q %q", kind, r.header.Get("If-None-Match"), r.header.Get("If-Modified-Since"), p.etag, p.last)
				}
			}
		}
		keep("C7 whole at most once a week", whole <= 1, "%s: %d times", kind, whole)
		if kind == "gone" {
			keep("A3 410 is not asked again", len(list) == 1, "%d requests", len(list))
		} else {
			last := list[len(list)-1]
			keep("A2 never a silent stop", end.Sub(last.at) <= max(29*time.Hour, last.wish*6/5), "%s: last asked at %s", kind, last.at)
		}
		if kind == "moved for good" {
			feed, err := s.FeedByURL(t.Context(), "http://"+host+"/new")
			keep("A5 a move that stood is adopted", err == nil && feed.URL != "", "%v", err)
		}
		if kind == "redirects for a while" || kind == "maintenance page" {
			_, err := s.FeedByURL(t.Context(), "http://"+host+"/feed")
			keep("A6 what is temporary is not", err == nil, "%s: %v", kind, err)
		}
		if kind == "loop" {
			hops := 0
			for i, r := range list {
				if hops++; i > 0 && r.path == "/feed" {
					hops = 1
				}
				keep("A6 at most five hops", hops <= 6, "%d", hops)
			}
		}
	}
	names := make([]string, 0, len(counted))
	for r := range counted {
		names = append(names, r)
	}
	sort.Strings(names)
	t.Logf("%d requests to %d feeds in a week", total, len(seen))
	for _, r := range names {
		t.Logf("%-75s %6d kept of %d", r, counted[r]-len(rules[r]), counted[r])
		for _, broken := range rules[r][:min(3, len(rules[r]))] {
			t.Errorf("%s: %s", r, broken)
		}
	}
}
