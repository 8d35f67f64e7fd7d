package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Rules of the flags that the outlet's own changes raise.
const (
	RuleWithdrawn = "source-withdrawn" // the outlet took its article away
	RuleCorrected = "source-corrected" // it says in the headline that it corrects
	RuleChanged   = "source-changed"   // it changed a text whose translation an editor had changed
)

// Retake reads an item's page again. Its bytes are kept, and are what a later reading reads. A page that says what it said gives nothing new;
// one that changed is kept as the next reading,
// and each of its articles gets a revision in which only the sentences that changed are translated anew. Where an editor had changed
// the translation of one of these, a flag says so and keeps the editor's words at hand. A public article stays as readers see it until the new revision is shown as a correction.
//
// A page that the outlet took away (404, 410, or sent on to its front page) is a flag on each article, which a person decides about. So is one
// that holds no whole article any more, that goes on where it cannot be read, or that has lost most of its text: it waits for leave as well.
// What the asking came to is noted where it was in vain (store.Failure), and such a note goes when the page is had; FailRetake notes the errors.
func (r *Room) Retake(ctx context.Context, id string) error {
	item, err := r.Store.Item(ctx, id)
	if err != nil {
		return err
	}
	if item.State != "taken" {
		return r.Take(ctx, id)
	}
	if err := r.Store.Tx(ctx, func(tx *store.Tx) error { return r.lookAgain(ctx, tx, item) }); err != nil {
		return err
	}
	last, err := r.Store.PageOf(ctx, id)
	if err != nil {
		return err
	}
	page, err := r.Fetch.Get(ctx, fetch.Request{URL: item.URL, Kind: fetch.Page, ETag: first(last.Header, "Etag"), LastModified: first(last.Header, "Last-Modified")})
	var e *fetch.Error
	switch {
	case errors.As(err, &e) && (e.Status == http.StatusGone || e.Status == http.StatusNotFound):
		return r.withdrawn(ctx, id, err, fmt.Sprintf("The outlet's page answers %d: it has taken the article away.", e.Status))
	case err != nil:
		return err
	case page.NotModified():
		_, o, err := r.Store.OriginalOf(ctx, id)
		if err != nil {
			return err
		}
		if o.Page == last.ID {
			return r.noteAnswer(ctx, id)
		}
		page = response(last) // it was kept, and perhaps never read: what came between is done now
	case frontPage(item.URL, page.URL):
		return r.withdrawn(ctx, id, &goneError{item.URL, page.URL}, "The article's address leads to the outlet's front page: it has taken the article away.")
	default:
		if last, err = r.keepPage(ctx, item, page); err != nil {
			return err
		}
	}
	outlet, err := r.Store.Outlet(ctx, item.Outlet)
	if err != nil {
		return err
	}
	if err := r.noteTerms(ctx, outlet, page); err != nil {
		return err
	}
	found, err := r.readWhole(ctx, page, outlet, item, r.fetchedWith(last))
	if err != nil {
		return err
	}
	if found, err = r.stillShared(ctx, id, found); err != nil {
		return err
	}
	old, _, err := r.Store.OriginalOf(ctx, id)
	if err != nil {
		return err
	}
	if had := length(old); found.whole() && had >= fewLetters && length(found.doc)*2 < had {
		found.report.State = string(extract.Cut)
		found.report.Notes = append(found.report.Notes, shrunkNote)
	}
	if found.names, err = glossaryNames(ctx, r.Store.Reads); err != nil {
		return err
	}
	if _, err = r.renew(ctx, item, last, found, outletChanged); err != nil {
		return err
	}
	return r.noteReading(ctx, id, found, true)
}

// withdrawn raises the flag that an outlet took an article away, and notes what the asking came to.
func (r *Room) withdrawn(ctx context.Context, item string, cause error, message string) error {
	if err := r.flagAll(ctx, item, doc.Flag{Rule: RuleWithdrawn, Severity: doc.Stop, Block: doc.TitleBlock, Message: message}); err != nil {
		return err
	}
	return r.noteFailure(ctx, item, outcomeOf(cause), cause.Error())
}

// FetchAgain queues an item's page to be asked for again at once, whatever came of it before: of a taken item as Retake does it, of another as
// Retry. Asking twice within a minute asks once. A twin is news.ErrConflict.
func (r *Room) FetchAgain(ctx context.Context, id string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		item, err := tx.Item(ctx, id)
		if err != nil {
			return err
		}
		if item.State == "taken" {
			return r.Queue.Retake(ctx, tx.SQL(), id, timeOf(r.now()).Truncate(time.Minute))
		}
		return r.retry(ctx, tx, item)
	})
}

// renew writes what was read in a page of an item that was read before, and reports whether it is anything new. A page that holds no whole
// article any more waits for a person's leave. What was translated from another language than that in which the page is read now is translated anew,
// as a whole: by a reading that was asked for, and by one that finds other words.
func (r *Room) renew(ctx context.Context, item news.Item, page store.Page, found reading, why cause) (changed bool, err error) {
	old, o, err := r.Store.OriginalOf(ctx, item.ID)
	if err != nil {
		return false, err
	}
	if !found.report.Whole() {
		if ok, err := r.answered(ctx, item.ID, found); err != nil {
			return false, err
		} else if !ok {
			return false, r.askAgain(ctx, item, found)
		}
	}
	changes := why.changes(old, found.doc)
	moved := bare(o.Lang) != bare(found.doc.Lang) && (why.anew || len(changes) > 0)
	unlike := moved || len(changes) > 0 // it is a reading of its own
	d, next := old, o
	if unlike {
		d = keyed(old, found.doc, changes)
		next = news.Original{ID: store.NewID(), Item: item.ID, N: o.N + 1, Page: page.ID, URL: page.URL, Lang: d.Lang, At: r.now()}
	}
	var updates []update
	var left map[string]doc.Flag
	if unlike || why.anew {
		if updates, left, err = r.redraftAll(ctx, old, o, d, changes, unlike, why); err != nil {
			return false, err
		}
	}
	if !unlike && len(updates) == 0 {
		return false, r.Store.Tx(ctx, func(tx *store.Tx) error { return keepReport(ctx, tx, o, found.report) })
	}
	return true, r.Store.Tx(ctx, func(tx *store.Tx) error {
		if unlike {
			if err := tx.SaveOriginal(ctx, next, d); err != nil {
				if errors.Is(err, news.ErrConflict) {
					return nil // read again at the same moment
				}
				return err
			}
			if err := r.readStatements(ctx, tx, next, d, item, found.names); err != nil {
				return err
			}
		}
		if err := keepReport(ctx, tx, next, found.report); err != nil {
			return err
		}
		for _, u := range updates {
			if err := r.saveUpdate(ctx, tx, u, next.ID, d); err != nil {
				return err
			}
		}
		if err := r.flagLeft(ctx, tx, item.ID, left); err != nil {
			return err
		}
		if !moved {
			return nil
		}
		return r.takeAgain(ctx, tx, item, nil) // languages that it is wanted in now
	})
}

// keepReport writes how a reading was found; one that is whole needs nobody's leave.
func keepReport(ctx context.Context, tx *store.Tx, o news.Original, report store.Report) error {
	if report.Whole() {
		if err := tx.RemoveLeave(ctx, o.Item); err != nil {
			return err
		}
	}
	return tx.SaveReport(ctx, o.ID, report)
}

// redraftAll drafts what a reading asks for of each article of an item; old is the item's newest reading until now. An article that is a
// translation from another language than that of the reading is translated anew as a whole; left are those that cannot be, and stay as they are,
// with the flag that says so. Of a reading that is not unlike the last no other article is touched.
func (r *Room) redraftAll(ctx context.Context, old doc.Document, o news.Original, d doc.Document, changes []diff.Change, unlike bool, why cause) (updates []update, left map[string]doc.Flag, err error) {
	articles, err := r.Store.ArticlesOf(ctx, o.Item)
	if err != nil {
		return nil, nil, err
	}
	left = map[string]doc.Flag{}
	for _, a := range articles {
		if a.State == news.Killed {
			continue
		}
		was, from, what := old, o, changes
		if a.Original != o.ID { // it was left before
			if was, from, err = r.Store.Original(ctx, a.Original); err != nil {
				return nil, nil, err
			}
			what = why.changes(was, d)
		}
		anew := bare(from.Lang) != bare(d.Lang)
		if !anew && !unlike {
			continue
		}
		if anew && bare(a.Lang) == bare(d.Lang) {
			left[a.ID] = otherLanguage("it is in the language of this translation")
			continue
		}
		u, err := r.redraft(ctx, a, was, d, what, anew, why)
		if anew && errors.Is(err, news.ErrInvalid) {
			left[a.ID] = otherLanguage(strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error()))
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		updates = append(updates, u)
	}
	return updates, left, nil
}

// flagLeft raises on articles that stay as they are the flags that say why, on what is their newest revision by now.
func (r *Room) flagLeft(ctx context.Context, tx *store.Tx, item string, left map[string]doc.Flag) error {
	articles, err := tx.ArticlesOf(ctx, item)
	if err != nil {
		return err
	}
	for _, a := range articles {
		if f, ok := left[a.ID]; ok && a.State != news.Killed {
			if err := r.flag(ctx, tx, a.ID, a.Revision, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// otherLanguage is the flag of an article that stays as it is where its page was found to be in another language.
func otherLanguage(why string) doc.Flag {
	return doc.Flag{
		Rule: RuleChanged, Severity: doc.Ask, Block: doc.TitleBlock,
		Message: "The page was read again, in another language than before, and this translation was left as it was: " + why + ".",
	}
}

// looks are the ages of an item at which its page is read again, whatever its feed says: most feeds carry no text, and outlets
// correct on the first day or when somebody complains.
var looks = []time.Duration{2 * time.Hour, 12 * time.Hour, 3 * 24 * time.Hour, 14 * 24 * time.Hour}

// lookAgain queues the next of an item's looks.
func (r *Room) lookAgain(ctx context.Context, tx *store.Tx, item news.Item) error {
	age := timeOf(r.now()).Sub(timeOf(item.SeenAt))
	for _, look := range looks {
		if age < look {
			return r.Queue.Retake(ctx, tx.SQL(), item.ID, window(timeOf(item.SeenAt).Add(look)))
		}
	}
	return nil
}

// flagAll raises a flag on the newest revision of each of an item's articles, once.
func (r *Room) flagAll(ctx context.Context, item string, f doc.Flag) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		articles, err := tx.ArticlesOf(ctx, item)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if a.State == news.Killed {
				continue
			}
			if err := r.flag(ctx, tx, a.ID, a.Revision, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// flag adds a doubt to a revision, unless it has one of that rule at that place.
func (r *Room) flag(ctx context.Context, tx *store.Tx, article string, revision int, f doc.Flag) error {
	flags, err := tx.Flags(ctx, article, revision)
	if err != nil {
		return err
	}
	for _, g := range flags {
		if g.Rule == f.Rule && g.Block == f.Block && g.Message == f.Message {
			return nil
		}
	}
	return tx.AddFlag(ctx, article, revision, store.StoredFlag{Flag: f, Origin: byNewsroom, Texts: signature(f.Rule, f.Message)})
}
