package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A failureView says in words that an article's page was asked for again in vain.
type failureView struct {
	At    int64  // names it: what is newer is not set aside with it
	What  string // when, and how it ended
	Do    string // what to do
	Why   string // the error, in English
	Leave bool   // what to do is decided where pages wait for leave
}

func newFailure(l *locale.Printer, f store.Failure, zone *time.Location) *failureView {
	said := outcome(l, f.Outcome)
	if l.Has("refetch.outcome." + f.Outcome) {
		said = l.T("refetch.outcome." + f.Outcome)
	}
	return &failureView{
		At: f.At, What: l.T("refetch.failed", "at", l.DateTime(time.UnixMilli(f.At).In(zone)), "outcome", said),
		Do: l.T("refetch.help." + failureHelp(f.Outcome)), Why: f.Why, Leave: f.Outcome == newsroom.OutcomeNotWhole,
	}
}

// A toldFailure is a failure with the language that it is told in, as a template takes it.
type toldFailure struct {
	L *locale.Printer
	F *failureView
}

func failedOn(l *locale.Printer, f *failureView) toldFailure { return toldFailure{l, f} }

// failureHelp names what is said to somebody who asked for a page again in vain.
func failureHelp(outcome string) string {
	switch outcome {
	case "not_found", "gone", newsroom.OutcomeFrontPage:
		return "away"
	case "forbidden", "bot_challenge", "refused", "robots":
		return "denied"
	case "address", "blocked_address", "redirects":
		return "address"
	case "too_large", newsroom.OutcomeNotWhole, newsroom.OutcomeUnread, newsroom.OutcomeOurs:
		return outcome
	}
	return "later"
}

// failureOf returns what came of asking for an item's page again; nil if all is well.
func (d *desk) failureOf(ctx context.Context, l *locale.Printer, item string, zone *time.Location) (*failureView, error) {
	f, err := d.Store.Failure(ctx, item)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return newFailure(l, f, zone), nil
}

// dismissFailure takes off the desk what an editor has seen.
func (d *desk) dismissFailure(r *http.Request) (web.Move, error) {
	at, err := strconv.ParseInt(r.FormValue("at"), 10, 64)
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	item, err := d.Store.Item(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	return d.itemDone(r, item, d.Room.DismissFailure(r.Context(), item.ID, at), "failure.dismissed", "")
}
