package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Take fetches an item's page and keeps it as it came, reads the article in it, keeps that, and queues a draft for each language it is wanted in.
// An item that was taken, or that a person left, stays as it is. The item whose page is another item's by its own word, or
// whose text is, becomes its twin.
// A page that holds no whole article, or whose article goes on where it cannot be read, is kept, and nothing of it is drafted: the item waits for
// a person's leave (DecideLeave).
//
// An error for which Final holds will be the same next time; Fail says so on the item.
func (r *Room) Take(ctx context.Context, id string) error {
	item, err := r.Store.Item(ctx, id)
	if err != nil {
		return err
	}
	switch item.State {
	case "taken", "twin", "gone", "left":
		return nil
	}
	page, err := r.Fetch.Get(ctx, fetch.Request{URL: item.URL, Kind: fetch.Page})
	if err != nil {
		return err
	}
	if frontPage(item.URL, page.URL) {
		return final(&goneError{item.URL, page.URL})
	}
	kept, err := r.keepPage(ctx, item, page)
	if err != nil {
		return err
	}
	outlet, err := r.Store.Outlet(ctx, item.Outlet)
	if err != nil {
		return err
	}
	if err := r.noteTerms(ctx, outlet, page); err != nil {
		return err
	}
	found, err := r.readWhole(ctx, page, outlet, item, r.fetchedWith(kept))
	if err != nil {
		return err
	}
	if errors.Is(found.none, extract.ErrNoPage) {
		return final(found.none)
	}
	if found.names, err = glossaryNames(ctx, r.Store.Reads); err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		return r.keep(ctx, tx, outlet, item, kept, found)
	})
}

// read finds the article in a page by the outlet's rule; text is what the feed gave of it. A page that holds none is no error: its reading says so.
func (r *Room) read(ctx context.Context, page fetch.Response, outlet news.Outlet, item news.Item, text string) (reading, error) {
	rule, err := r.Store.Rule(ctx, outlet.ID)
	if err != nil {
		return reading{}, err
	}
	found, err := readBy(page, outlet, item, text, rule)
	if err != nil {
		return found, final(err)
	}
	return found, nil
}

// keep writes what was read, and queues what follows from it.
func (r *Room) keep(ctx context.Context, tx *store.Tx, outlet news.Outlet, item news.Item, kept store.Page, found reading) error {
	item.Canonical = linkKey(found.canonical)
	twin, shared, err := twinOf(ctx, tx.Reads, outlet.Site, item, found)
	if err != nil {
		return err
	}
	if shared.ID != "" {
		found.report.Notes = append(found.report.Notes, sharedNote(found.canonical)+shared.URL)
		item.Canonical = ""
	}
	if err := tx.UpdateItem(ctx, item); err != nil {
		return err
	}
	reason := store.TwinByAddress
	if twin.ID == "" {
		reason = store.TwinByText
		if twin, err = nearTwin(ctx, tx.Reads, outlet.Site, item, found.doc, timeOf(r.now())); err != nil {
			return err
		}
	}
	if twin.ID != "" {
		return makeTwin(ctx, tx, store.Twin{Item: item.ID, SameAs: twin.ID, Reason: reason, At: r.now()}, twin)
	}
	if err := tx.RemoveTwin(ctx, item.ID); err != nil {
		return err
	}
	if err := r.lookAgain(ctx, tx, item); err != nil {
		return err
	}
	return r.keepReading(ctx, tx, outlet, item, kept, found)
}

// keepReading writes what was read in a kept page of an item that has no article yet, and queues its drafts, or the question whether it
// may be drafted.
func (r *Room) keepReading(ctx context.Context, tx *store.Tx, outlet news.Outlet, item news.Item, page store.Page, found reading) error {
	o := news.Original{ID: store.NewID(), Item: item.ID, N: 1, Page: page.ID, URL: page.URL, Lang: found.doc.Lang, At: r.now()}
	if last, err := tx.NewestOriginal(ctx, item.ID); err == nil { // it waited, and was read again
		o.N = last.N + 1
	} else if !errors.Is(err, news.ErrNotFound) {
		return err
	}
	if found.something() {
		if err := tx.SaveOriginal(ctx, o, found.doc); err != nil {
			if errors.Is(err, news.ErrConflict) {
				return nil // taken at the same moment; that one queued what follows
			}
			return err
		}
		if err := tx.SaveReport(ctx, o.ID, found.report); err != nil {
			return err
		}
		if found.report.Whole() { // what lies before a wall, or a list, may give words to the wrong people: read once there is leave
			if err := r.readStatements(ctx, tx, o, found.doc, item, found.names); err != nil {
				return err
			}
		}
	}
	outlet, err := tx.Outlet(ctx, outlet.ID) // what an editor said of it while the page was read stands
	if err != nil {
		return err
	}
	if spoken(outlet.Lang) == "" && found.report.Whole() {
		outlet.Lang = found.doc.Lang
		if err := tx.SaveOutlet(ctx, outlet); err != nil {
			return err
		}
	}
	if waits, err := r.askLeave(ctx, tx, item, found); err != nil || waits {
		return err
	}
	if err := tx.MoveItem(ctx, item.ID, "taken", ""); err != nil {
		return err
	}
	terms, err := tx.Terms(ctx, outlet.ID)
	if err != nil {
		return err
	}
	signals, err := signalsOf(ctx, tx.Reads, item.ID)
	if err != nil {
		return err
	}
	if !rights.MayDraft(terms.Facts(), signals) {
		return nil // kept and shown at the desk; drafted once a permission is on record
	}
	for _, lang := range r.targets(outlet, item, o.Lang) {
		if err := r.Queue.Draft(ctx, tx.SQL(), o.ID, lang); err != nil {
			return err
		}
	}
	return nil
}

// Fail notes on an item that it could not be taken, and why. One that was taken meanwhile, is another's twin or was left by a person stays as it is.
func (r *Room) Fail(ctx context.Context, item string, cause error) error {
	return r.fail(ctx, item, cause, func(state string) bool { return state != "taken" && state != "twin" && state != "left" })
}

// FailAgain notes on an item that failed before why its kept page could not be read either. One that is anything else by now stays as it is.
func (r *Room) FailAgain(ctx context.Context, item string, cause error) error {
	return r.fail(ctx, item, cause, func(state string) bool { return state == "failed" })
}

func (r *Room) fail(ctx context.Context, id string, cause error, of func(state string) bool) error {
	state := "failed"
	var e *fetch.Error
	var gone *goneError
	if errors.As(cause, &e) && e.Status == http.StatusGone || errors.As(cause, &gone) {
		state = "gone"
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		item, err := tx.Item(ctx, id)
		if err != nil || !of(item.State) {
			return err
		}
		return tx.MoveItem(ctx, id, state, cause.Error())
	})
}

// FailDraft notes on the item of an original that it could not be translated, and why.
func (r *Room) FailDraft(ctx context.Context, original string, cause error) error {
	_, o, err := r.Store.Original(ctx, original)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		item, err := tx.Item(ctx, o.Item)
		if err != nil || item.State != "taken" {
			return err // leave was taken back meanwhile
		}
		return tx.MoveItem(ctx, o.Item, "taken", cause.Error())
	})
}

// finalError is an error that trying again will not change.
type finalError struct{ error }

func (f finalError) Unwrap() error { return f.error }

func final(err error) error { return finalError{err} }

// Final reports whether a verb will return the same error if it is run again as things are.
func Final(err error) bool {
	var f finalError
	var d *Defect
	var e *fetch.Error
	switch {
	case errors.As(err, &f), errors.As(err, &d):
		return true
	case errors.As(err, &e):
		return !e.Temporary()
	}
	return errors.Is(err, news.ErrInvalid) || errors.Is(err, news.ErrDenied) || errors.Is(err, news.ErrNotFound)
}

// Patience is how long a server asked to be left alone in the error of a verb; 0 if it did not.
func Patience(err error) time.Duration {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// Retry puts a failed, held or left item, one that waits for leave, or one of before an outlet was followed, back to be taken.
func (r *Room) Retry(ctx context.Context, item string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		i, err := tx.Item(ctx, item)
		if err != nil {
			return err
		}
		return r.retry(ctx, tx, i)
	})
}

func (r *Room) retry(ctx context.Context, tx *store.Tx, item news.Item) error {
	if item.State == "taken" || item.State == "twin" {
		return fmt.Errorf("item %s is %s: %w", item.ID, item.State, news.ErrConflict)
	}
	if err := tx.MoveItem(ctx, item.ID, "new", ""); err != nil {
		return err
	}
	return r.Queue.Take(ctx, tx.SQL(), item.ID)
}
