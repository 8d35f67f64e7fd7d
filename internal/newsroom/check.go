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
// one transaction a feed. A feed that cannot be read backs off and is no error of Check's: the result says so. One on which this program itself
// fails backs off as well, and the *Defect is returned when the other feeds were looked at. Looking twice takes nothing twice.
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
	var defects error
	for _, f := range feeds {
		if word, _ := Why(f.NextWhy); !due(f) || f.Stopped && word == whyEnded {
			continue
		}
		err := Guard(func() error { return r.checkFeed(ctx, o, f, &result) })
		var defect *Defect
		if errors.As(err, &defect) {
			defects = errors.Join(defects, fmt.Errorf("look at %s: %w", f.URL, defect))
			err = r.unreadable(ctx, f, defect, &result)
		}
		if err != nil {
			return result, errors.Join(defects, err)
		}
	}
	return result, defects
}

// unreadable writes that this program failed on a feed.
func (r *Room) unreadable(ctx context.Context, f news.Feed, defect *Defect, result *CheckResult) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		now, err := tx.Feed(ctx, f.ID)
		if errors.Is(err, news.ErrNotFound) {
			return nil
		}
		if word, _ := Why(now.NextWhy); err != nil || now.Stopped && word == whyEnded {
			return err
		}
		return r.missed(ctx, tx, f, now, &fetch.Error{Outcome: fetch.NotAFeed, URL: f.URL, Err: defect}, false, result)
	})
}

// An answer is what came when a feed was asked for.
type answer struct {
	asked    fetch.Request
	response fetch.Response
	list     listing
}

// checkFeed looks at one feed and writes what it found.
func (r *Room) checkFeed(ctx context.Context, o news.Outlet, f news.Feed, result *CheckResult) error {
	var rule news.ListRule
	if f.Kind == formatList {
		var err error
		if rule, err = r.Store.ListRule(ctx, f.ID); err != nil && !errors.Is(err, news.ErrNotFound) {
			return err
		}
	}
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
		list, refused = readList(response, rule)
	default:
		list, refused = readFeed(response, spoken(o.Lang))
	}
	ours := refused != nil && r.outage.failed(f.URL, refused.Outcome, timeOf(r.now()), r.Online)
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		now, counts, err := stillAsked(ctx, tx, f, rule)
		if err != nil || !counts {
			return err
		}
		if refused != nil {
			return r.missed(ctx, tx, f, now, refused, ours, result)
		}
		o, err := tx.Outlet(ctx, f.Outlet)
		if err != nil {
			return err
		}
		return r.seen(ctx, tx, o, f, now, answer{asked, response, list}, result)
	})
}

// stillAsked returns a feed as it is after it was asked for. What came counts for nothing if somebody removed or ended the feed in the
// meantime, or gave it another address or another rule: those wait for a look of their own.
func stillAsked(ctx context.Context, tx *store.Tx, before news.Feed, rule news.ListRule) (now news.Feed, counts bool, err error) {
	now, err = tx.Feed(ctx, before.ID)
	if errors.Is(err, news.ErrNotFound) {
		return now, false, nil
	}
	if word, _ := Why(now.NextWhy); err != nil || now.URL != before.URL || now.Stopped && word == whyEnded {
		return now, false, err
	}
	if before.Kind != formatList {
		return now, true, nil
	}
	present, err := tx.ListRule(ctx, before.ID)
	if errors.Is(err, news.ErrNotFound) {
		err = nil
	}
	return now, present == rule, err
}

// kept gives a feed that was looked at the time that somebody chose for its next look while it was asked for. now is the feed as it was
// when the answer was there. A changed interval needs nothing: the next look was reckoned from it.
func kept(before, now, looked news.Feed) news.Feed {
	if now.NextAt == before.NextAt && now.NextWhy == before.NextWhy {
		return looked
	}
	switch word, _ := Why(now.NextWhy); {
	case word == whyInterval:
	case word == whyHinted && looked.Fails > 0: // what its server asked for stands
	case word == whyHinted:
		looked.NextAt, looked.NextWhy = min(looked.NextAt, looked.CheckedAt+soonest.Milliseconds()), whyHinted
	default:
		looked.Stopped, looked.NextAt, looked.NextWhy = now.Stopped, now.NextAt, now.NextWhy
	}
	return looked
}

// missed writes that a feed could not be read. The fault is ours when no host at all can be reached: feeds are not to blame for that.
func (r *Room) missed(ctx context.Context, tx *store.Tx, before, f news.Feed, err *fetch.Error, ours bool, result *CheckResult) error {
	at := timeOf(r.now())
	looked := failed(f, err, at, rand.Float64())
	if ours {
		looked.Fails, looked.NextAt, looked.NextWhy = f.Fails, millis(at.Add(outageRetry)), whyOutage
	}
	looked = kept(before, f, looked)
	result.Feeds = append(result.Feeds, FeedResult{looked.URL, looked.Outcome, err, looked.NextAt, looked.NextWhy})
	if looked.Stopped {
		if err := tx.EndHubs(ctx, f.ID, millis(at)); err != nil {
			return err
		}
	}
	return tx.SaveFeed(ctx, looked)
}

// seen writes what a feed said. before is the feed as it was when it was asked for, f as it is.
func (r *Room) seen(ctx context.Context, tx *store.Tx, o news.Outlet, before, f news.Feed, a answer, result *CheckResult) error {
	asked, response, list, present := a.asked, a.response, a.list, f
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
	if spoken(o.Lang) == "" && list.lang != "" { // of a list of feeds nothing was known but its address
		o.Lang = list.lang
		if err := tx.SaveOutlet(ctx, o); err != nil {
			return err
		}
	}
	hold := !firstTime && (turnedOver(sightings, known, fresh, timeOf(f.CheckedAt), now) || unread(f) && fresh >= massNew && fresh > known)
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
	f = kept(before, present, f)
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

// unread reports whether a page of links was not read since somebody changed its rule or its address: a change throws away the time at
// which it was last read whole, and a look that fails does not set it.
func unread(f news.Feed) bool { return f.Kind == formatList && f.Unconditional == 0 }

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
			if err := keepFeedText(ctx, tx, s); err != nil {
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
		if err := tx.SaveItemText(ctx, s.item.ID, feedText(s.entry)); err != nil {
			return err
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

// keepFeedText keeps what a feed says of a known item where it is not what is kept: it says something else now, or nothing was kept of what it has
// said all along.
func keepFeedText(ctx context.Context, tx *store.Tx, s sighting) error {
	text := feedText(s.entry)
	if !s.told {
		if text == "" {
			return nil
		}
		if kept, err := tx.ItemText(ctx, s.item.ID); err != nil || kept != "" {
			return err
		}
	}
	return tx.SaveItemText(ctx, s.item.ID, text)
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
