package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Take fetches an item's page, reads the article in it, keeps both, and queues a draft for each language it is wanted in.
// An item that was taken is left as it is. The item whose page is another item's by its own word becomes its twin.
//
// An error for which Final holds will be the same next time; Fail says so on the item.
func (r *Room) Take(ctx context.Context, id string) error {
	item, err := r.Store.Item(ctx, id)
	if err != nil {
		return err
	}
	switch item.State {
	case "taken", "twin", "gone":
		return nil
	}
	page, err := r.Fetch.Get(ctx, fetch.Request{URL: item.URL, Kind: fetch.Page})
	if err != nil {
		return err
	}
	outlet, err := r.Store.Outlet(ctx, item.Outlet)
	if err != nil {
		return err
	}
	d, report, err := r.read(page, outlet, item)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		return r.keep(ctx, tx, outlet, item, page, d, report)
	})
}

// read finds the article in a page.
func (r *Room) read(page fetch.Response, outlet news.Outlet, item news.Item) (doc.Document, extract.Report, error) {
	d, report, err := extract.Article(extract.Page{
		HTML: page.Body, URL: page.URL, Header: page.Header,
		Hints: extract.Hints{Lang: outlet.Lang, Title: item.Title, Now: page.At},
	}, extract.Rule{})
	if err != nil {
		return d, report, final(fmt.Errorf("read %s: %w", page.URL, err))
	}
	if report.State == extract.Cut {
		return d, report, final(fmt.Errorf("read %s: the article is cut off for those who do not subscribe; what its outlet keeps from readers is not translated", page.URL))
	}
	if d.Lang == "" {
		d.Lang = outlet.Lang
	}
	if d.Lang == "" {
		return d, report, final(fmt.Errorf("read %s: the page does not say its language: set the outlet's at /desk/outlets/%s", page.URL, outlet.ID))
	}
	return d, report, nil
}

// keep writes what was read, and queues what follows from it.
func (r *Room) keep(ctx context.Context, tx *store.Tx, outlet news.Outlet, item news.Item, page fetch.Response, d doc.Document, report extract.Report) error {
	item.Canonical = linkKey(report.Canonical)
	twin, err := twinOf(ctx, tx.Reads, outlet.Site, item)
	if err != nil {
		return err
	}
	if err := tx.UpdateItem(ctx, item); err != nil {
		return err
	}
	if twin.ID != "" {
		return tx.MoveItem(ctx, item.ID, "twin", "the same article as "+twin.URL)
	}
	now := r.now()
	kept := store.Page{ID: store.NewID(), Item: item.ID, At: now, URL: page.URL, Status: page.Status, Header: page.Header, Body: page.Body}
	if err := tx.SavePage(ctx, kept); err != nil {
		return err
	}
	o := news.Original{ID: store.NewID(), Item: item.ID, N: 1, Page: kept.ID, URL: page.URL, Lang: d.Lang, At: now}
	if err := tx.SaveOriginal(ctx, o, d); err != nil {
		if errors.Is(err, news.ErrConflict) {
			return nil // taken at the same moment; that one queued what follows
		}
		return err
	}
	if err := r.readStatements(ctx, tx, o, d, item); err != nil {
		return err
	}
	if err := tx.MoveItem(ctx, item.ID, "taken", ""); err != nil {
		return err
	}
	if err := r.lookAgain(ctx, tx, item); err != nil {
		return err
	}
	if outlet.Lang == "" {
		outlet.Lang = d.Lang
		if err := tx.SaveOutlet(ctx, outlet); err != nil {
			return err
		}
	}
	terms, err := tx.Terms(ctx, outlet.ID)
	if err != nil {
		return err
	}
	if !rights.MayDraft(terms.Facts(), headerSignals(page.Header)) {
		return nil // kept and shown at the desk; drafted once a permission is on record
	}
	for _, lang := range r.targets(outlet, item, d.Lang) {
		if err := r.Queue.Draft(ctx, tx.SQL(), o.ID, lang); err != nil {
			return err
		}
	}
	return nil
}

// twinOf returns the item that is the same article by the page's canonical address, if one was taken or is to be.
func twinOf(ctx context.Context, r store.Reads, site string, item news.Item) (news.Item, error) {
	if item.Canonical == "" || item.Canonical == item.Link || dull(item.Canonical) {
		return news.Item{}, nil
	}
	items, err := r.ItemsByLink(ctx, site, item.Canonical)
	if err != nil {
		return news.Item{}, err
	}
	for _, i := range items {
		if i.ID != item.ID && (i.State == "taken" || i.State == "new" && i.ID < item.ID) {
			return i, nil
		}
	}
	return news.Item{}, nil
}

// Fail notes on an item that it could not be taken, or be translated, and why; an article that is there keeps it as it was.
func (r *Room) Fail(ctx context.Context, item string, cause error) error {
	state := "failed"
	var e *fetch.Error
	if errors.As(cause, &e) && e.Status == http.StatusGone {
		state = "gone"
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		return tx.MoveItem(ctx, item, state, cause.Error())
	})
}

// FailDraft notes on the item of an original that it could not be translated, and why.
func (r *Room) FailDraft(ctx context.Context, original string, cause error) error {
	_, o, err := r.Store.Original(ctx, original)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
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
	var e *fetch.Error
	switch {
	case errors.As(err, &f):
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

// Retry puts a failed or held item, or one of before an outlet was followed, back to be taken.
func (r *Room) Retry(ctx context.Context, item string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		i, err := tx.Item(ctx, item)
		if err != nil {
			return err
		}
		if i.State == "taken" || i.State == "twin" {
			return fmt.Errorf("item %s is %s: %w", i.ID, i.State, news.ErrConflict)
		}
		if err := tx.MoveItem(ctx, item, "new", ""); err != nil {
			return err
		}
		return r.Queue.Take(ctx, tx.SQL(), item)
	})
}
