package newsroom_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A dedupeCase is a line of dedupe/scenarios.jsonl: what successive polls deliver, and how many articles come of it.
type dedupeCase struct {
	ID, Why string
	Rounds  []json.RawMessage
	Expect  struct {
		Articles       int
		New, Updated   []int
		Versions       int
		Translations   *int   `json:"translations_max"`
		FirstPublished string `json:"first_published"`
		Flag           string
	}
	Hard bool
}

type dedupeItem struct{ GUID, Link, Title, Content, Published string }

type dedupeRound struct {
	Feed       string
	Items      []dedupeItem
	PageStatus map[string]int `json:"page_status"`
}

// A press is an outlet whose feeds and pages a case writes.
type press struct {
	feeds  map[string][]dedupeItem
	pages  map[string]dedupeItem
	status map[string]int
}

// Post is asked of hubs, which a press has not.
func (p *press) Post(context.Context, string, url.Values) (fetch.Response, error) {
	return fetch.Response{}, &fetch.Error{Outcome: fetch.NotFound}
}

// Get answers as the outlet would.
func (p *press) Get(_ context.Context, r fetch.Request) (fetch.Response, error) {
	answer := fetch.Response{URL: r.URL, Status: http.StatusOK, Header: http.Header{}}
	if items, ok := p.feeds[r.URL]; ok {
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>Paper</title><language>en</language>`)
		for _, i := range items {
			b.WriteString("<item>")
			for _, f := range [][2]string{{"guid", i.GUID}, {"link", i.Link}, {"title", i.Title}, {"description", i.Content}, {"pubDate", rfc822(i.Published)}} {
				if f[1] != "" {
					fmt.Fprintf(&b, `<%s>%s</%s>`, f[0], html.EscapeString(f[1]), f[0])
				}
			}
			b.WriteString("</item>")
		}
		b.WriteString("</channel></rss>")
		answer.Body = []byte(b.String())
		return answer, nil
	}
	if s := p.status[r.URL]; s != 0 {
		return fetch.Response{Status: s}, &fetch.Error{Outcome: fetch.Gone, URL: r.URL, Status: s}
	}
	i := p.pages[address.Key(r.URL)]
	body := i.Content
	if body == "" {
		body = "<p>" + newsroomtest.Words(i.Title) + "</p>"
	}
	answer.Body = []byte(fmt.Sprintf(`<html lang="en"><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p>%s</article></body></html>`,
		html.EscapeString(i.Title), html.EscapeString(i.Title), newsroomtest.Words("weather"), body))
	return answer, nil
}

func rfc822(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return ""
	}
	return t.Format(time.RFC1123Z)
}

// following.md, section 7: one article for what is one, as data/feeds/dedupe has it.
func TestOneArticleForWhatIsOne(t *testing.T) {
	passed := 0
	all := lines[dedupeCase](t, "dedupe/scenarios.jsonl")
	for _, c := range all {
		if t.Run(c.ID, func(t *testing.T) { playDedupe(t, c) }) {
			passed++
		}
	}
	t.Logf("dedupe %d/%d (bar %d)", passed, len(all), 17)
}

func playDedupe(t *testing.T, c dedupeCase) {
	s := storetest.SQLite(t)
	p := &press{feeds: map[string][]dedupeItem{}, pages: map[string]dedupeItem{}, status: map[string]int{}}
	b := &bench{t: t, store: s, clock: time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), waiting: map[string]bool{}, translator: &newsroomtest.Translator{}}
	b.Room = &newsroom.Room{
		Store: s, Queue: b, Now: func() time.Time { return b.clock }, Fetch: p, Translators: b.translator.For,
		Pairs: func() []newsroom.Pair { return []newsroom.Pair{{From: "en", To: "fr"}} },
	}
	step := time.Hour
	if strings.HasSuffix(c.ID, "live-blog") {
		step = 6 * time.Minute
	}
	var fresh, updated []int
	for _, raw := range c.Rounds {
		var round dedupeRound
		if json.Unmarshal(raw, &round.Items) != nil {
			b.ok(json.Unmarshal(raw, &round))
		}
		r := p.round(b, round)
		fresh, updated = append(fresh, r.New+r.Held), append(updated, r.Updated)
		b.work()
		b.clock = b.clock.Add(step)
	}
	if step == time.Hour {
		b.clock = b.clock.Add(time.Hour)
		b.work()
	}
	p.verify(t, b, c, fresh, updated)
}

// round delivers one poll.
func (p *press) round(b *bench, round dedupeRound) newsroom.CheckResult {
	feed := "https://paper.example/feed.xml"
	if strings.HasPrefix(round.Feed, "https://") {
		feed = round.Feed
	} else if round.Feed != "" {
		feed = "https://" + round.Feed + "/feed.xml"
	}
	p.feeds[feed] = round.Items
	for _, i := range round.Items {
		p.pages[address.Key(i.Link)] = i
	}
	for url, status := range round.PageStatus {
		p.status[url] = status
	}
	outlet := p.outlet(b, feed)
	r, err := b.Room.Check(b.t.Context(), outlet)
	b.ok(err)
	return r
}

// outlet returns the outlet of a feed's site; the feed is added if it is new.
func (p *press) outlet(b *bench, feed string) string {
	b.t.Helper()
	ctx := b.t.Context()
	outlets, err := b.store.OutletsOfSite(ctx, address.Site(feed))
	b.ok(err)
	o := news.Outlet{ID: store.NewID(), Name: address.Site(feed), Home: "https://" + address.Site(feed) + "/", Site: address.Site(feed), Lang: "en"}
	if len(outlets) > 0 {
		o = outlets[0]
	}
	if _, err := b.store.FeedByURL(ctx, feed); err == nil {
		return o.ID
	}
	b.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveOutlet(ctx, o); err != nil {
			return err
		}
		if err := tx.AddTerms(ctx, news.Terms{ID: store.NewID(), Outlet: o.ID, Basis: "unknown"}); err != nil {
			return err
		}
		return tx.SaveFeed(ctx, news.Feed{ID: store.NewID(), Outlet: o.ID, URL: feed, Kind: "feed"})
	})
	return o.ID
}

func (p *press) verify(t *testing.T, b *bench, c dedupeCase, fresh, updated []int) {
	outlets, err := b.store.Outlets(t.Context())
	b.ok(err)
	var items []news.Item
	for _, o := range outlets {
		list, err := b.store.Items(t.Context(), o.ID, "", 1<<62, 1000)
		b.ok(err)
		for _, i := range list {
			if i.State != "twin" && i.State != "held" {
				items = append(items, i)
			}
		}
	}
	if len(items) != c.Expect.Articles {
		t.Errorf("%d articles, want %d (%s)", len(items), c.Expect.Articles, c.Why)
	}
	compare := func(what string, got, want []int) {
		if want != nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s %v, want %v (%s)", what, got, want, c.Why)
		}
	}
	compare("new", fresh, c.Expect.New)
	compare("updated", updated, c.Expect.Updated)
	sum := 1
	for _, n := range updated {
		sum += n
	}
	if c.Expect.Versions != 0 && sum != c.Expect.Versions {
		t.Errorf("%d versions, want %d", sum, c.Expect.Versions)
	}
	if c.Expect.Translations != nil {
		revisions := 0
		for _, a := range b.articles() {
			revisions += a.Revision
		}
		if revisions > *c.Expect.Translations || revisions == 0 {
			t.Errorf("translated %d times, at most %d", revisions, *c.Expect.Translations)
		}
	}
	if v := c.Expect.FirstPublished; v != "" {
		at, err := time.Parse(time.RFC3339, v)
		b.ok(err)
		if items[0].PublishedAt != at.UnixMilli() {
			t.Errorf("first published %d, want %s", items[0].PublishedAt, v)
		}
	}
	rule := map[string]string{"correction": newsroom.RuleCorrected, "withdrawn_at_source": newsroom.RuleWithdrawn}[c.Expect.Flag]
	if c.Expect.Flag != "" && (len(b.articles()) != 1 || !raised(b.flags(b.articles()[0]), rule)) {
		t.Errorf("no flag %s (%s)", c.Expect.Flag, c.Why)
	}
}
