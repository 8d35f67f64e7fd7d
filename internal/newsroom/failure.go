package newsroom

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Outcomes of asking for a page again, beside those of fetch.
const (
	OutcomeFrontPage = "front_page" // the address leads to the outlet's front page
	OutcomeNotWhole  = "not_whole"  // the page holds no whole article any more
	OutcomeUnread    = "unread"     // it came and could not be read: its rule, or its language
	OutcomeOurs      = "ours"       // the difficulty is here
)

// outcomeOf is a word for why a page could not be had, or not be read.
func outcomeOf(err error) string {
	var e *fetch.Error
	var gone *goneError
	var unread finalError
	switch {
	case errors.As(err, &e):
		return string(e.Outcome)
	case errors.As(err, &gone):
		return OutcomeFrontPage
	case errors.As(err, &unread):
		return OutcomeUnread
	case errors.Is(err, context.DeadlineExceeded):
		return string(fetch.Timeout)
	}
	return OutcomeOurs
}

// FailRetake notes that an item's page was asked for again in vain, for the desk: beside the article of a taken item, which stays as it is, and
// on an item that was not taken as Fail does. One that waits for a person goes on waiting.
func (r *Room) FailRetake(ctx context.Context, id string, cause error) error {
	item, err := r.Store.Item(ctx, id)
	if err != nil {
		return err
	}
	switch item.State {
	case "taken":
		return r.noteFailure(ctx, id, outcomeOf(cause), cause.Error())
	case "new", "failed":
		return r.fail(ctx, id, cause, func(state string) bool { return state == "new" || state == "failed" })
	}
	return nil
}

// noteFailure keeps what the last asking came to.
func (r *Room) noteFailure(ctx context.Context, item, outcome, why string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		return tx.SaveFailure(ctx, store.Failure{Item: item, At: r.now(), Outcome: outcome, Why: oneLine(why)})
	})
}

// noteAnswer notes that a page was had, whatever came of asking for it before.
func (r *Room) noteAnswer(ctx context.Context, item string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.RemoveFailure(ctx, item, r.now()) })
}

// noteReading keeps what the page of a taken item was found to be: asked says that the outlet gave it just now, which ends every failure; else it
// was read from what is kept, which ends only that it was not whole.
func (r *Room) noteReading(ctx context.Context, item string, found reading, asked bool) error {
	waits := false
	if !found.report.Whole() {
		answered, err := r.answered(ctx, item, found)
		if err != nil {
			return err
		}
		waits = !answered
	}
	if waits && asked {
		why := notWhole(found.report)
		if found.none != nil {
			why = found.none.Error()
		}
		return r.noteFailure(ctx, item, OutcomeNotWhole, why)
	}
	switch {
	case waits:
		return nil
	case asked:
		return r.noteAnswer(ctx, item)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return removeFailure(ctx, tx, item, OutcomeNotWhole) })
}

// removeFailure takes a failure of an outcome away.
func removeFailure(ctx context.Context, tx *store.Tx, item, outcome string) error {
	f, err := tx.Failure(ctx, item)
	if errors.Is(err, news.ErrNotFound) || err == nil && f.Outcome != outcome {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.RemoveFailure(ctx, item, f.At)
}

// DismissFailure takes a failure off the desk that an editor has seen. at is its time: a newer one stays.
func (r *Room) DismissFailure(ctx context.Context, item string, at int64) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Item(ctx, item); err != nil {
			return err
		}
		return tx.RemoveFailure(ctx, item, at)
	})
}
