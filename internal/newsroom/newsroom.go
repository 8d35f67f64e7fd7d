// Package newsroom does the work: it follows outlets, takes their pages, drafts, edits, approves, publishes, corrects, withdraws.
//
// It is the only room that changes an article, and the only one that knows the order of the steps; there is one file to a verb.
// Every verb may run twice, or be killed and run again, and leaves one result. What must follow from a change is queued in the
// transaction that makes it. The room touches the store, the network through fetch, and the clock it was given.
package newsroom

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A Room is what the verbs work with.
type Room struct {
	// Public is the site's own address as hubs can call it, by PublicAddress; empty: no hub is asked.
	Public string
	// Online reports whether a network of this machine is up; nil: that is not known.
	Online func() bool

	Store *store.Store
	Queue Queue            // where work for later goes
	Fetch Fetcher          // a *fetch.Client
	Media string           // the folder in which pictures are kept
	Now   func() time.Time // nil: time.Now

	// Translators gives a translator from one language into another and what is known of the engines it signs sentences with.
	// Where none can do it the error is news.ErrInvalid and says what to install.
	Translators func(ctx context.Context, from, to string) (Translator, []store.Engine, error)
	Pairs       func() []Pair // what can be translated: bare languages

	outage   outage
	previews previews
	memories memories
}

// A Fetcher gets pages, and asks hubs.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Response, error)
	Post(ctx context.Context, url string, form url.Values) (fetch.Response, error)
}

// A Pair is two languages that an engine can go between.
type Pair struct{ From, To string }

// A Queue does things later. Each is added in the caller's transaction: it is there exactly if the rest is.
// Adding what is waiting already adds nothing.
type Queue interface {
	Check(ctx context.Context, tx *sql.Tx, outlet string, at time.Time) error // at zero: at once
	Take(ctx context.Context, tx *sql.Tx, item string) error
	Retake(ctx context.Context, tx *sql.Tx, item string, at time.Time) error // one at each time, whatever else waits
	Reread(ctx context.Context, tx *sql.Tx, item string) error
	RereadOutlet(ctx context.Context, tx *sql.Tx, outlet string) error
	Draft(ctx context.Context, tx *sql.Tx, original, lang string) error
	Pictures(ctx context.Context, tx *sql.Tx, article string) error
	Recheck(ctx context.Context, tx *sql.Tx, part Recheck) error // not before its At
	TendHub(ctx context.Context, tx *sql.Tx, subscription string) error
	Pushed(ctx context.Context, tx *sql.Tx, subscription string) error
	Link(ctx context.Context, tx *sql.Tx, original string) error // LinkStatements
}

// CommandLine is who did what a command does.
const CommandLine = "command line"

// now is the time in UTC milliseconds.
func (r *Room) now() int64 {
	if r.Now == nil {
		return time.Now().UnixMilli()
	}
	return r.Now().UnixMilli()
}

// allowed returns the outlet's terms and what they let readers have of a page with these signals. Where that is nothing the
// error is news.ErrDenied and says where the terms are set.
func allowed(ctx context.Context, tx *store.Tx, outlet string, signals rights.Signals) (news.Terms, rights.Mode, error) {
	terms, err := tx.Terms(ctx, outlet)
	if err != nil {
		return news.Terms{}, rights.Private, err
	}
	mode := rights.Decide(terms.Facts(), signals)
	if mode != rights.Private {
		return terms, mode, nil
	}
	o, err := tx.Outlet(ctx, outlet)
	if err != nil {
		return news.Terms{}, rights.Private, err
	}
	why := "what it allows is unknown"
	switch {
	case signals.Reserved && rights.Decide(terms.Facts(), rights.Signals{}) != rights.Private:
		why = "its page reserves machine use, which only a written permission lifts"
	case terms.Basis != rights.Unknown && terms.Basis != "":
		why = "its terms allow nothing to be public"
	}
	return terms, rights.Private, fmt.Errorf("nothing of %s may be published: %s; set its terms at /desk/outlets/%s or with: dragoman terms %q --translate --full-text --licence NAME: %w",
		o.Name, why, o.ID, o.Name, news.ErrDenied)
}

// orCommand is who stands in an event.
func orCommand(by string) string {
	if by == "" {
		return CommandLine
	}
	return by
}
