package newsroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A CheckResult says what looking at an outlet's feeds gave.
type CheckResult struct {
	New     int // items that are to be taken
	Left    int // new items that the outlet's filter leaves out
	Held    int // items that wait for a person: the feed was turned over as a whole
	Known   int
	Updated int // of the known: the feed says something else of them than before
	Feeds   []FeedResult
}

// A FeedResult says how one feed was found.
type FeedResult struct {
	URL     string
	Outcome string // a fetch.Outcome
	Err     error  // nil where the feed was read or had not changed
	NextAt  int64
	NextWhy string
}

// What a first look takes: a feed's newest articles. What lies further back is history, there for whoever asks for it.
const (
	firstLook  = 30
	historyAge = 10 * 365 * 24 * time.Hour
)

// massNew is from how many new items on that a feed may look turned over.
const massNew = 8

// Check looks at an outlet's feeds now, but for those that somebody ended, keeps the items that are new and queues each to be taken, in
// one transaction a feed. A feed that cannot be read backs off and is no error of Check's: the result says so. Looking twice takes
// nothing twice.
func (r *Room) Check(ctx context.Context, outlet string) (CheckResult, error) {
	return r.look(ctx, outlet, func(news.Feed) bool { return true })
}

// CheckDue is Check for those feeds of the outlet whose time has come.
func (r *Room) CheckDue(ctx context.Context, outlet string) (CheckResult, error) {
	return r.look(ctx, outlet, func(f news.Feed) bool { return !f.Stopped && f.NextAt <= r.now() })
}

func (r *Room) look(ctx context.Context, outlet string, due func(news.Feed) bool) (CheckResult, error) {
	o, err := r.Store.Outlet(ctx, outlet)
	if err != nil {
		return CheckResult{}, err
	}
	feeds, err := r.Store.Feeds(ctx, outlet)
	if err != nil {
		return CheckResult{}, err
	}
	var result CheckResult
	for _, f := range feeds {
		if word, _ := Why(f.NextWhy); !due(f) || f.Stopped && word == whyEnded {
			continue
		}
		if err := r.checkFeed(ctx, o, f, &result); err != nil {
			return result, err
		}
	}
	return result, nil
}

// checkFeed looks at one feed and writes what it found.
func (r *Room) checkFeed(ctx context.Context, o news.Outlet, f news.Feed, result *CheckResult) error {
	asked := request(f, timeOf(r.now()))
	response, err := r.Fetch.Get(ctx, asked)
	var refused *fetch.Error
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	var list listing
	switch {
	case err != nil || response.NotModified():
	case f.Kind == formatList:
		rule, err := r.Store.ListRule(ctx, f.ID)
		if err != nil {
			return err
		}
		list, refused = readList(response, rule)
	default:
		list, refused = readFeed(response, o.Lang)
	}
	if refused != nil {
		return r.missed(ctx, f, refused, result)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		return r.seen(ctx, tx, o, f, asked, response, list, result)
	})
}

// missed writes that a feed could not be read, unless the fault is ours: when no host at all can be reached, feeds are not to blame.
func (r *Room) missed(ctx context.Context, f news.Feed, err *fetch.Error, result *CheckResult) error {
	now := timeOf(r.now())
	ours := r.outage.failed(f.URL, err.Outcome, now, r.Online)
	was := f.Fails
	f = failed(f, err, now, rand.Float64())
	if ours {
		f.Fails, f.NextAt, f.NextWhy = was, millis(now.Add(outageRetry)), whyOutage
	}
	result.Feeds = append(result.Feeds, FeedResult{f.URL, f.Outcome, err, f.NextAt, f.NextWhy})
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if f.Stopped {
			if err := tx.EndHubs(ctx, f.ID, millis(now)); err != nil {
				return err
			}
		}
		return tx.SaveFeed(ctx, f)
	})
}

// seen writes what a feed said.
func (r *Room) seen(ctx context.Context, tx *store.Tx, o news.Outlet, f news.Feed, asked fetch.Request, response fetch.Response, list listing, result *CheckResult) error {
	now := timeOf(r.now())
	r.outage.reached(f.URL, now)
	var sightings []sighting
	var err error
	firstTime := f.CheckedAt == 0
	first, err := tx.ItemsOfFeed(ctx, f.ID, 0, 1)
	if err != nil {
		return err
	}
	if !response.NotModified() {
		if sightings, f, err = identify(ctx, tx.Reads, o.Site, f, list.entries, now); err != nil {
			return err
		}
	}
	known, fresh := tally(sightings)
	if o.Lang == "" && list.lang != "" { // of a list of feeds nothing was known but its address
		o.Lang = list.lang
		if err := tx.SaveOutlet(ctx, o); err != nil {
			return err
		}
	}
	hold := !firstTime && (turnedOver(sightings, known, fresh, timeOf(f.CheckedAt), now) || f.NextWhy == whyRule && fresh >= massNew && fresh > known)
	filter, err := tx.Filter(ctx, o.ID)
	if err != nil {
		return err
	}
	if err := r.keepSightings(ctx, tx, sightings, filter, firstTime && len(first) == 0, hold, now, result); err != nil {
		return err
	}
	if list.wishes.pushed, err = r.judgeHub(ctx, tx, f, sightings, hold, now); err != nil {
		return err
	}
	was := f.URL
	f = moving(f, response, known > 0 || len(first) == 0, now)
	f.Stopped = false // it was gone, and is not
	f = answered(f, asked, response, list.wishes, !list.partial, fresh > 0, now, rand.Float64())
	if f.URL != was {
		f.Unconditional = millis(now)
	}
	result.Known += known
	result.Feeds = append(result.Feeds, FeedResult{f.URL, f.Outcome, nil, f.NextAt, f.NextWhy})
	if err := tx.SaveFeed(ctx, f); err != nil {
		return err
	}
	if signals := feedSignals(response, list.rights); len(signals) > 0 {
		if err := r.saveSignals(ctx, tx, o.ID, f.URL, signals); err != nil {
			return err
		}
	}
	return r.noteHub(ctx, tx, f, response, list)
}

// turnedOver reports whether a known feed shows mostly items that are new and old at once: its site has moved to other software,
// and what looks new was published before.
func turnedOver(list []sighting, known, fresh int, last, now time.Time) bool {
	if fresh < massNew || fresh <= known {
		return false
	}
	old := 0
	for _, s := range list {
		if !s.isNew {
			continue
		}
		at := timeOf(s.item.PublishedAt)
		if !at.IsZero() && at.Before(last.Add(-24*time.Hour)) || at.IsZero() && now.Sub(last) < 6*time.Hour {
			old++
		}
	}
	return 2*old > fresh
}

// keepSightings adds what is new and queues it, and notes what changed.
func (r *Room) keepSightings(ctx context.Context, tx *store.Tx, list []sighting, filter news.Filter, firstLookAt, hold bool, now time.Time, result *CheckResult) error {
	taken := 0
	if firstLookAt {
		newestFirst(list)
	}
	for _, s := range list {
		if !s.isNew {
			if err := tx.UpdateItem(ctx, s.item); err != nil {
				return err
			}
			if s.changed && s.item.State == "taken" {
				if err := r.Queue.Retake(ctx, tx.SQL(), s.item.ID, window(now)); err != nil {
					return err
				}
			}
			if s.changed {
				result.Updated++
			}
			if s.changed && s.item.State == "filtered" && leftBy(filter, s.entry) == "" {
				if err := r.admit(ctx, tx, s.item.ID); err != nil {
					return err
				}
				result.New++
			}
			continue
		}
		left := leftBy(filter, s.entry)
		switch {
		case left != "":
			s.item.State, s.item.Why = "filtered", left
		case hold:
			s.item.State, s.item.Why = "held", "the feed was turned over as a whole: see whether these are old articles under new addresses"
		case firstLookAt && taken >= firstLook, s.item.PublishedAt != 0 && now.Sub(timeOf(s.item.PublishedAt)) > historyAge:
			s.item.State = "history"
		case s.item.URL == "":
			s.item.State, s.item.Why = "failed", "the feed gives no address for it"
		}
		added, err := tx.AddItems(ctx, []news.Item{s.item})
		if err != nil {
			return err
		}
		if len(added) == 0 {
			continue
		}
		switch s.item.State {
		case "filtered":
			result.Left++
		case "held":
			result.Held++
		case "new":
			result.New++
			taken++
			if err := r.Queue.Take(ctx, tx.SQL(), s.item.ID); err != nil {
				return fmt.Errorf("queue %s: %w", s.item.URL, err)
			}
		}
	}
	return nil
}

// admit queues an item that its outlet's filter had left out.
func (r *Room) admit(ctx context.Context, tx *store.Tx, item string) error {
	if err := tx.MoveItem(ctx, item, "new", ""); err != nil {
		return err
	}
	return r.Queue.Take(ctx, tx.SQL(), item)
}

// newestFirst sorts sightings by their dates if all have one; else the feed's own order stands, which is that almost everywhere.
func newestFirst(list []sighting) {
	for _, s := range list {
		if s.item.PublishedAt == 0 {
			return
		}
	}
	slices.SortStableFunc(list, func(a, b sighting) int { return cmp.Compare(b.item.PublishedAt, a.item.PublishedAt) })
}

// bundle is how long changes of one article are gathered before it is read again: a live text is not drafted at each line.
const bundle = 30 * time.Minute

// window is the end of the half hour in which t lies.
func window(t time.Time) time.Time { return t.Truncate(bundle).Add(bundle) }
