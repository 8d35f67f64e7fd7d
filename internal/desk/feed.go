package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A feedLine is a feed in words.
type feedLine struct {
	news.Feed
	Looked    string
	Changed   string // last change; empty if none was seen
	Next      string
	Why       string // why then; empty if it is not known
	Do        string // what to do; empty if nothing is
	Bad       bool
	Intervals []intervalChoice
	Hub       *hubLine // nil if the feed names none
}

func (d *desk) feedLine(l *locale.Printer, f news.Feed) feedLine {
	line := feedLine{Feed: f, Looked: l.T("feed.never"), Bad: f.Fails > 0 || f.Stopped, Why: nextWhy(l, f.NextWhy)}
	if f.CheckedAt > 0 {
		line.Looked = l.Ago(time.UnixMilli(f.CheckedAt), d.Now())
		if f.Outcome != "" {
			line.Looked = l.T("feed.looked", "ago", line.Looked, "outcome", outcome(l, f.Outcome))
		}
	}
	if f.ChangedAt > 0 {
		line.Changed = l.T("feed.changed", "ago", l.Ago(time.UnixMilli(f.ChangedAt), d.Now()))
	}
	if key := "outcome." + f.Outcome + ".do"; f.Fails > 0 && l.Has(key) {
		line.Do = l.T(key)
	}
	word, _ := newsroom.Why(f.NextWhy)
	switch next := time.UnixMilli(f.NextAt); {
	case f.Stopped && word == "ended":
		line.Next, line.Why, line.Do = l.T("feed.ended"), "", ""
	case f.Stopped:
		line.Next, line.Why = l.T("feed.stopped"), ""
	case f.NextAt > 0 && next.After(d.Now()):
		line.Next = l.T("feed.next", "in", l.Ago(next, d.Now()))
	default:
		line.Next = l.T("feed.due")
	}
	return line
}

// outcome is how a look ended, in words.
func outcome(l *locale.Printer, said string) string {
	if l.Has("outcome." + said) {
		return l.T("outcome." + said)
	}
	return said
}

// nextWhy is why a feed is looked at next when it is, in words; empty if that is not known.
func nextWhy(l *locale.Printer, why string) string {
	word, n := newsroom.Why(why)
	if word == "" || !l.Has("next."+word) {
		return ""
	}
	return l.T("next."+word, "n", int(n), "span", span(l, time.Duration(n)*time.Second))
}

// span is a length of time in words, in its largest unit.
func span(l *locale.Printer, d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return l.T("span.days", "n", int(d/(24*time.Hour)))
	case d >= 90*time.Minute:
		return l.T("span.hours", "n", int((d+30*time.Minute)/time.Hour))
	}
	return l.T("span.minutes", "n", int((d+30*time.Second)/time.Minute))
}

// A hubLine is a feed's hub in words.
type hubLine struct {
	Text    string
	Until   string // its time; empty if it is not confirmed
	Refused string // deliveries that were left aside; empty if none was
	Why     string // what the hub or the network said, as it stands; empty if all is well
	Bad     bool
}

// hub says in words how a feed's hub does; nil if it names none.
func (d *desk) hub(ctx context.Context, l *locale.Printer, feed string, zone *time.Location) (*hubLine, error) {
	h, err := d.Store.HubOf(ctx, feed)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key := "hub.asked"
	line := &hubLine{Why: h.Why}
	switch {
	case h.State == store.HubOff && h.Why == newsroom.HubUnsafe:
		key, line.Why = "hub.off.unsafe", ""
	case h.State == store.HubOff:
		key, line.Why = "hub.off.address", ""
	case h.State == store.HubDenied:
		key, line.Bad = "hub.denied", true
	case newsroom.HubDead(h):
		key, line.Bad = "hub.dead", true
	case h.State == store.HubActive && h.PushedAt == 0:
		key = "hub.quiet"
	case h.State == store.HubActive:
		key = "hub.active"
	case h.Why != "" || h.Fails > 1:
		key, line.Bad = "hub.failed", true
	}
	line.Text = l.T(key, "hub", h.Hub, "ago", l.Ago(time.UnixMilli(h.PushedAt), d.Now()), "in", l.Ago(time.UnixMilli(max(h.NextAt, d.Now().UnixMilli()+1)), d.Now()))
	if h.State == store.HubActive {
		line.Until = l.T("hub.until", "at", l.DateTime(time.UnixMilli(h.LeaseUntil).In(zone)))
	}
	if h.Refused > 0 {
		line.Refused = l.T("hub.refused", "n", h.Refused)
	}
	return line, nil
}

// feedPage is what templates/feed.html shows: one feed, or page of links, and all that may be changed of how it is followed.
type feedPage struct {
	frame
	Outlet news.Outlet
	Feed   feedLine
	Kind   string
	Ended  bool // by hand
	URL    string
	IsList bool
	Rule   news.ListRule
	Wrong  string // what is wrong with the rule that was sent; empty if nothing is
	Takes  string // how many links the rule takes now; empty if it was not tried
	Items  []previewLine
}

func (d *desk) feed(r *http.Request) (feedPage, error) {
	ctx := r.Context()
	p := feedPage{frame: d.frame(r, "outlets", "")}
	var err error
	if p.Outlet, err = d.Store.Outlet(ctx, r.PathValue("id")); err != nil {
		return p, err
	}
	f, err := d.Store.Feed(ctx, r.PathValue("feed"))
	if err == nil && f.Outlet != p.Outlet.ID {
		err = fmt.Errorf("feed %s of outlet %s: %w", f.ID, p.Outlet.ID, news.ErrNotFound)
	}
	if err != nil {
		return p, err
	}
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	p.Title, p.URL = p.L.T("feed.how"), f.URL
	p.Feed = d.feedLine(p.L, f)
	p.Feed.Intervals = intervals(p.L, time.Duration(f.Interval)*time.Millisecond)
	if p.Feed.Hub, err = d.hub(ctx, p.L, f.ID, zone); err != nil {
		return p, err
	}
	word, _ := newsroom.Why(f.NextWhy)
	p.Ended, p.IsList = f.Stopped && word == "ended", f.Kind == "list"
	p.Kind = p.L.T("feed.kind." + f.Kind)
	if p.IsList {
		if p.Rule, err = d.Store.ListRule(ctx, f.ID); err != nil {
			return p, err
		}
	}
	return p, nil
}

// feedPath is where a feed's page is.
func feedPath(r *http.Request) string {
	return "/desk/outlets/" + r.PathValue("id") + "/feeds/" + r.PathValue("feed")
}

// changedFeed leads back to a feed's page, or brings it back with what is wrong.
func (d *desk) changedFeed(r *http.Request, err error, done string, fill func(*feedPage)) (web.Move, error) {
	if err == nil {
		return web.Move{To: feedPath(r) + "?done=" + done}, nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.feed(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert = a
	fill(&p)
	return web.Move{}, &web.Instead{Name: "feed", Page: p, Status: status}
}

// setFeedURL gives a feed another address.
func (d *desk) setFeedURL(r *http.Request) (web.Move, error) {
	url := strings.TrimSpace(r.FormValue("url"))
	err := d.Room.SetFeedURL(r.Context(), r.PathValue("id"), r.PathValue("feed"), url)
	return d.changedFeed(r, err, "address", func(p *feedPage) { p.URL = url })
}

// endFeed stops following a feed.
func (d *desk) endFeed(r *http.Request) (web.Move, error) {
	return d.changedFeed(r, d.Room.EndFeed(r.Context(), r.PathValue("id"), r.PathValue("feed")), "ended", func(*feedPage) {})
}

// wakeFeed looks at a feed now, and takes up one that was ended.
func (d *desk) wakeFeed(r *http.Request) (web.Move, error) {
	return d.changedFeed(r, d.Room.Wake(r.Context(), r.PathValue("id"), r.PathValue("feed")), "woken", func(*feedPage) {})
}

// listRuleOf reads the rule that a form sends.
func listRuleOf(r *http.Request) news.ListRule {
	line := func(name string) string {
		return strings.Join(strings.Fields(strings.ToValidUTF8(r.FormValue(name), "")), " ")
	}
	return news.ListRule{Links: line("links"), Pattern: line("pattern")}
}

// setListRule says which links of a page are taken from now on.
func (d *desk) setListRule(r *http.Request) (web.Move, error) {
	rule := listRuleOf(r)
	err := d.Room.SetListRule(r.Context(), r.PathValue("id"), r.PathValue("feed"), rule)
	return d.changedFeed(r, err, "listrule", func(p *feedPage) {
		p.Rule, p.Wrong, p.Alert = rule, sentence(err), nil
	})
}

// tryListRule shows what a rule takes now. It comes by a form, not by a link: it asks a server of somebody else's.
func (d *desk) tryListRule(r *http.Request) (web.Move, error) {
	rule := listRuleOf(r)
	found, err := d.Room.TryListRule(r.Context(), r.PathValue("id"), r.PathValue("feed"), rule)
	if errors.Is(err, news.ErrNotFound) {
		return web.Move{}, err
	}
	p, perr := d.feed(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Rule = rule
	if err != nil { // what the outlet's server answered is the editor's business, not ours: shown, not logged as a fault
		p.Wrong = sentence(err)
		return web.Move{}, &web.Instead{Name: "feed", Page: p, Status: http.StatusUnprocessableEntity}
	}
	p.Takes = p.L.T("listrule.takes", "n", found.Entries)
	for _, item := range found.Items {
		p.Items = append(p.Items, previewLine{PreviewItem: item})
	}
	return web.Move{}, &web.Instead{Name: "feed", Page: p, Status: http.StatusOK}
}

// A signalLine is what an outlet's machine says about the use of its texts.
type signalLine struct {
	Place    string
	Name     string
	Value    string
	URL      string // where it was seen
	At       string // first
	Reserves bool
	New      bool // since the present terms were recorded
}

// signalLines are what an outlet's machines say, the newest first. since is when its present terms were recorded.
func (d *desk) signalLines(ctx context.Context, l *locale.Printer, outlet string, since int64, zone *time.Location) ([]signalLine, error) {
	seen, err := d.Store.OutletSignals(ctx, outlet, maxSignalLines)
	if err != nil {
		return nil, err
	}
	places := map[string]string{
		rights.OnPage: "signal.place.page", rights.InHeader: "signal.place.header", rights.InTDMRep: "signal.place.tdmrep",
		rights.InRobots: "signal.place.robots", rights.InDocument: "signal.place.document", rights.InFeed: "signal.place.feed",
	}
	var list []signalLine
	for _, s := range seen {
		list = append(list, signalLine{
			Place: l.T(places[s.Place]), Name: s.Name, Value: s.Value, URL: s.URL, At: l.DateTime(time.UnixMilli(s.FirstAt).In(zone)),
			Reserves: s.Reserves, New: s.FirstAt >= since,
		})
	}
	return list, nil
}

// maxSignalLines is how many signals an outlet's page shows.
const maxSignalLines = 50
