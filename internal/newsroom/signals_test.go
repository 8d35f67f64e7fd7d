package newsroom_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// RI-5: a machine's word against holds drafts back, wherever it stands, until somebody records a permission; and it never allows anything.
func TestReservationsHoldWhereverTheyStand(t *testing.T) {
	story := func(head string) string {
		return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>A flood</title>%s</head><body><main><article><h1>A flood</h1><p>%s</p><p>%s</p></article></main></body></html>`,
			head, newsroomtest.Words("flood"), newsroomtest.Words("river"))
	}
	const feed = `<rss version="2.0"><channel><title>Paper</title><language>en</language><item><title>A flood</title><link>http://HOST/a</link></item></channel></rss>`
	const rsl = `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">ai-all</prohibits></license></content></rsl>`
	for _, c := range []struct {
		what  string
		pages map[string]string
		holds bool
		place string // of the signal that is noted; empty: none is
		name  string
	}{
		{"nothing is said", map[string]string{"/a": story("")}, false, "", ""},
		{"on the page", map[string]string{"/a": story(`<meta name="tdm-reservation" content="1">`)}, true, rights.OnPage, rights.TDMReservation},
		{"in tdmrep.json", map[string]string{"/a": story(""), "/.well-known/tdmrep.json": `[{"location":"/","tdm-reservation":1}]`}, true, rights.InTDMRep, rights.TDMReservation},
		{"in tdmrep.json, but not there", map[string]string{"/a": story(""), "/.well-known/tdmrep.json": `[{"location":"/premium/","tdm-reservation":1}]`}, false, "", ""},
		{"taken back on the page", map[string]string{"/a": story(`<meta name="tdm-reservation" content="0">`), "/.well-known/tdmrep.json": `[{"location":"/","tdm-reservation":1}]`}, false, rights.OnPage, rights.TDMReservation},
		{"a page where the file should be", map[string]string{"/a": story(""), "/.well-known/tdmrep.json": story("")}, false, "", ""},
		{"Content-Usage in robots.txt", map[string]string{"/a": story(""), "/robots.txt": "User-agent: *\nContent-Usage: ai-output=n\n"}, true, rights.InRobots, rights.ContentUsage},
		{"only training is reserved there", map[string]string{"/a": story(""), "/robots.txt": "User-agent: *\nContent-Usage: train-ai=n\n"}, false, rights.InRobots, rights.ContentUsage},
		{"a licence that robots.txt names", map[string]string{"/a": story(""), "/robots.txt": "License: http://HOST/license.xml\nUser-agent: *\nAllow: /\n", "/license.xml": rsl}, true, rights.InDocument, rights.RSLUsage},
		{"a licence that the page names", map[string]string{"/a": story(`<link rel="license" type="application/rsl+xml" href="/l.xml">`), "/l.xml": rsl}, true, rights.InDocument, rights.RSLUsage},
		{"a licence on the page", map[string]string{"/a": story(`<script type="application/rsl+xml">` + rsl + `</script>`)}, true, rights.OnPage, rights.RSLUsage},
		{"a licence that is not there", map[string]string{"/a": story(""), "/robots.txt": "License: /nowhere.xml\n"}, false, rights.InRobots, rights.License},
		{"words that no standard knows", map[string]string{"/a": story(`<meta name="robots" content="noai">`)}, false, rights.OnPage, rights.RobotsMeta},
		{"a free licence is told, and allows nothing", map[string]string{"/a": story(`<link rel="license" href="https://creativecommons.org/publicdomain/zero/1.0/">`)}, false, rights.OnPage, rights.License},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				c.pages["/f"] = feed
				base, asked := site(t, b, c.pages)
				o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
				b.ok(err)
				b.work()
				if n := len(b.articles()); (n == 0) != c.holds {
					t.Errorf("%d articles", n)
				}
				list, err := b.store.OutletSignals(t.Context(), o.ID, 9)
				b.ok(err)
				found := c.place == "" && len(list) == 0
				for _, s := range list {
					found = found || s.Place == c.place && s.Name == c.name && s.URL == base+"/a"
				}
				if !found {
					t.Errorf("noted: %+v", list)
				}
				fresh, err := b.store.NewSignals(t.Context())
				b.ok(err)
				if (fresh[o.ID] > 0) != (c.place != "") {
					t.Errorf("to be looked at: %v", fresh)
				}
				before := len(*asked)
				item, err := b.store.ItemByURL(t.Context(), base+"/a")
				b.ok(err)
				b.clock = b.clock.Add(time.Hour)
				b.ok(b.Room.Retake(t.Context(), item.ID))
				if files := strings.Join((*asked)[before:], " "); files != "/a" {
					t.Errorf("read again within a day: %s", files)
				}
				// What was said is seen by whoever records a licence, and stands against it; a permission lifts it.
				b.clock = b.clock.Add(time.Hour)
				b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC BY 4.0"}))
				b.work()
				if n := len(b.articles()); (n == 0) != c.holds {
					t.Errorf("%d articles under a licence", n)
				}
				if fresh, err = b.store.NewSignals(t.Context()); err != nil || fresh[o.ID] != 0 {
					t.Errorf("%v %v", fresh, err)
				}
				b.clock = b.clock.Add(time.Hour)
				b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "permission", Translate: true, ByMachine: true, FullText: true, Proof: "letter"}))
				b.work()
				if n := len(b.articles()); n != 1 {
					t.Errorf("%d articles under a permission", n)
				}
			})
		})
	}
}

func TestFilesOfReservationsAreReadOnceADayAndOutliveOutages(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		answer := http.StatusOK
		looks := 0
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/.well-known/tdmrep.json":
				looks++
				w.WriteHeader(answer)
				fmt.Fprint(w, `[{"location":"/","tdm-reservation":1}]`)
			case "/robots.txt":
				http.NotFound(w, r)
			default:
				fmt.Fprintf(w, `<html lang="en"><head><title>Story %s</title></head><body><article><h1>Story %s</h1><p>%s</p><p>%s</p></article></body></html>`, r.URL.Path, r.URL.Path, newsroomtest.Words("flood"), newsroomtest.Words(r.URL.Path))
			}
		}))
		client := b.Room.Fetch.(*fetch.Client)
		client.Allow = append(client.Allow, host)
		client.Now = func() time.Time { return b.clock }
		n := 0
		take := func(want int) {
			t.Helper()
			n++
			_, err := b.TakeURL(t.Context(), fmt.Sprintf("http://%s/%d", host, n), []string{"fr"})
			b.ok(err)
			b.work()
			if looks != want || len(b.articles()) != 0 {
				t.Fatalf("%d looks, want %d; %d articles", looks, want, len(b.articles()))
			}
		}
		take(1)
		take(1)
		b.clock = b.clock.Add(25 * time.Hour)
		answer = http.StatusBadGateway
		take(2) // what it said holds
		take(2)
		b.clock = b.clock.Add(61 * time.Minute)
		take(3)
		answer = http.StatusOK
		b.clock = b.clock.Add(61 * time.Minute)
		take(4)
		take(4)
	})
}

func TestWhatAFeedSaysOfRightsIsNoted(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		base, _ := site(t, b, map[string]string{"/f": `<rss version="2.0" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel><title>Paper</title><copyright>Copyright 2026 The Paper</copyright>
<item><title>A</title><link>http://HOST/a</link><creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license></item>
<item><title>B</title><link>http://HOST/b</link><creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license></item></channel></rss>`})
		p, err := b.Preview(t.Context(), base+"/f", "", news.Filter{})
		b.ok(err)
		if p.Rights != "Copyright 2026 The Paper; https://creativecommons.org/licenses/by/4.0/" {
			t.Errorf("%q", p.Rights)
		}
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		list, err := b.store.OutletSignals(t.Context(), o.ID, 9)
		b.ok(err)
		if len(list) != 2 || list[0].Name != rights.License || list[1].Name != rights.RightsNotice || list[0].Reserves || list[1].Reserves {
			t.Errorf("%+v", list)
		}
		terms, err := b.store.Terms(t.Context(), o.ID)
		b.ok(err)
		if terms.Basis != rights.Unknown || terms.Licence != "" {
			t.Errorf("a feed's word became terms: %+v", terms)
		}
	})
}

// A licence document holds for the page that names it until its server takes it back, whichever of its pages are read in between and
// whatever goes wrong.
func TestALicenceThatAnotherPageNamesIsNotForgotten(t *testing.T) {
	const rsl = `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">ai-all</prohibits></license></content></rsl>`
	for _, c := range []struct {
		what   string
		answer func(w http.ResponseWriter) // of the document, after a day
		holds  bool
	}{
		{"it is still there", func(w http.ResponseWriter) { fmt.Fprint(w, rsl) }, true},
		{"it is refused", func(w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden) }, true},
		{"a password is wanted", func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) }, true},
		{"its server is down", func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) }, true},
		{"a page is sent instead", func(w http.ResponseWriter) { fmt.Fprint(w, "<!doctype html><title>Welcome</title>") }, true},
		{"nothing is sent", func(http.ResponseWriter) {}, true},
		{"it says something else", func(w http.ResponseWriter) { fmt.Fprint(w, strings.ReplaceAll(rsl, "prohibits", "permits")) }, false},
		{"it was removed", func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) }, false},
		{"it is gone", func(w http.ResponseWriter) { w.WriteHeader(http.StatusGone) }, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				answer := func(w http.ResponseWriter) { fmt.Fprint(w, rsl) }
				host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					switch r.URL.Path {
					case "/a", "/b":
						if r.URL.Path == "/a" {
							w.Header().Set("Link", `</l.xml>; rel="license"; type="application/rsl+xml"`)
						}
						fmt.Fprintf(w, `<html lang="en"><head><title>Story %[1]s</title></head><body><article><h1>Story %[1]s</h1><p>%[2]s</p><p>%[3]s</p></article></body></html>`, r.URL.Path, newsroomtest.Words("flood"), newsroomtest.Words(r.URL.Path))
					case "/l.xml":
						answer(w)
					default:
						http.NotFound(w, r)
					}
				}))
				client := b.Room.Fetch.(*fetch.Client)
				client.Allow = append(client.Allow, host)
				client.Now = func() time.Time { return b.clock }
				a, err := b.TakeURL(t.Context(), "http://"+host+"/a", []string{"fr"})
				b.ok(err)
				b.work()
				if n := len(b.articles()); n != 0 {
					t.Fatalf("%d articles of a page that is reserved", n)
				}
				b.clock = b.clock.Add(25 * time.Hour)
				answer = c.answer
				_, err = b.TakeURL(t.Context(), "http://"+host+"/b", []string{"fr"})
				b.ok(err)
				b.work()
				if n := len(b.articles()); n != 1 {
					t.Fatalf("%d articles, want that of the page that reserves nothing", n)
				}
				_, o, err := b.store.OriginalOf(t.Context(), a)
				b.ok(err)
				err = b.Room.Draft(t.Context(), o.ID, "fr")
				if n := len(b.articles()); (n == 1) != c.holds {
					t.Errorf("%d articles, %v", n, err)
				}
			})
		})
	}
}

// A page of the same server that is read at the same time loses nothing of what the other found.
func TestTwoPagesOfAServerNoteTheirLicences(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		const other = `<rsl><content url="/"><license><prohibits type="usage">all</prohibits></license></content></rsl>`
		var name string
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/a":
				w.Header().Set("Link", `</l.xml>; rel="license"; type="application/rsl+xml"`)
				fmt.Fprintf(w, `<html lang="en"><head><title>Story</title></head><body><article><h1>Story</h1><p>%s</p></article></body></html>`, newsroomtest.Words("flood"))
			case "/l.xml":
				err := b.store.Tx(context.WithoutCancel(r.Context()), func(tx *store.Tx) error {
					return tx.SaveOrigin(context.WithoutCancel(r.Context()), store.Origin{Name: name, Licences: map[string]string{name + "/m.xml": other}, ReadAt: b.clock.UnixMilli()})
				})
				if err != nil {
					t.Error(err)
				}
				fmt.Fprint(w, `<rsl/>`)
			default:
				http.NotFound(w, r)
			}
		}))
		name = "http://" + host
		client := b.Room.Fetch.(*fetch.Client)
		client.Allow = append(client.Allow, host)
		_, err := b.TakeURL(t.Context(), name+"/a", []string{"fr"})
		b.ok(err)
		b.work()
		o, err := b.store.Origin(t.Context(), name)
		b.ok(err)
		if len(o.Licences) != 2 || o.Licences[name+"/m.xml"] != other {
			t.Errorf("%q", o.Licences)
		}
	})
}

// A hanging host answers its pages, and nothing else.
type hangingHost struct {
	newsroom.Fetcher
	files     int
	deadlines map[time.Time]bool
}

func (h *hangingHost) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if !strings.HasSuffix(r.URL, ".xml") && !strings.HasSuffix(r.URL, ".json") {
		return h.Fetcher.Get(ctx, r)
	}
	h.files++
	at, _ := ctx.Deadline()
	h.deadlines[at] = true
	return fetch.Response{}, context.DeadlineExceeded
}

// However many files a server has that never come, an article waits for all of them no longer than for one.
func TestAnArticleWaitsForFilesOfReservationsOnce(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		base, _ := site(t, b, map[string]string{"/a": fmt.Sprintf(`<html lang="en"><head><title>A flood</title>
<link rel="license" type="application/rsl+xml" href="/1.xml"><link rel="license" type="application/rsl+xml" href="/2.xml"></head><body><article><h1>A flood</h1><p>%s</p><p>%s</p></article></body></html>`,
			newsroomtest.Words("flood"), newsroomtest.Words("river"))})
		h := &hangingHost{Fetcher: b.Room.Fetch, deadlines: map[time.Time]bool{}}
		b.Room.Fetch = h
		_, err := b.TakeURL(t.Context(), base+"/a", []string{"fr"})
		b.ok(err)
		b.work()
		if n := len(b.articles()); n != 1 || h.files != 3 {
			t.Errorf("%d articles, %d files asked for", n, h.files)
		}
		for at := range h.deadlines {
			if wait := time.Until(at); len(h.deadlines) != 1 || at.IsZero() || wait > 30*time.Second {
				t.Errorf("deadlines %v", h.deadlines)
			}
		}
		o, err := b.store.Origin(t.Context(), base)
		b.ok(err)
		if again := time.UnixMilli(o.ReadAt).Add(24 * time.Hour).Sub(b.clock); again != time.Hour {
			t.Errorf("asked for again in %s", again)
		}
	})
}
