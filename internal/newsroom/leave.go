package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// RuleNotWhole is the rule of the flag that an article's page holds no whole article any more.
const RuleNotWhole = "source-not-whole"

// hasLeave reports, as news.ErrDenied, that a reading holds no whole article and nobody gave leave to translate what is there.
func hasLeave(ctx context.Context, r store.Reads, item news.Item, original string) error {
	report, err := r.Report(ctx, original)
	if err != nil || report.Whole() {
		return err
	}
	l, err := r.Leave(ctx, item.ID)
	if err == nil && l.Decision == store.LeaveGiven {
		return nil
	}
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	return fmt.Errorf("%s: %s: give leave to translate what is there at /desk/waiting: %w", item.URL, notWhole(report), news.ErrDenied)
}

// notWhole says why a page holds no whole article.
func notWhole(p store.Report) string {
	switch extract.State(p.State) {
	case extract.Live:
		return "it is a live blog that may go on"
	case extract.List:
		return "it is a list of articles"
	case extract.Consent:
		return "a demand for consent stands in place of the article"
	case extract.Empty:
		return "there is no text that could be an article"
	case extract.Cut:
		switch {
		case p.Paywall:
			return "its outlet keeps the rest of the article for those who subscribe, register or pay"
		case slices.Contains(p.Notes, shrunkNote):
			return shrunkNote
		case p.Next != "":
			return "the article goes on on a page that could not be read (" + p.Next + ")"
		}
	}
	return "the page holds only the beginning of the article"
}

// sameQuestion reports whether a person who answered for one reading has answered for the other.
func sameQuestion(a, b store.Report) bool { return a.State == b.State && a.Paywall == b.Paywall }

// answered reports whether a person gave leave to translate what a page that is not whole was found to hold.
func (r *Room) answered(ctx context.Context, item string, found reading) (bool, error) {
	l, err := r.Store.Leave(ctx, item)
	if errors.Is(err, news.ErrNotFound) {
		return false, nil
	}
	return err == nil && l.Decision == store.LeaveGiven && sameQuestion(l.Report, found.report) && found.something(), err
}

// askLeave asks whether an item that has no article yet may be drafted, unless its page is whole or a person has answered; waits says that
// it may not, or not yet.
func (r *Room) askLeave(ctx context.Context, tx *store.Tx, item news.Item, found reading) (waits bool, err error) {
	if found.report.Whole() {
		return false, tx.RemoveLeave(ctx, item.ID)
	}
	l, err := tx.Leave(ctx, item.ID)
	switch {
	case err == nil && sameQuestion(l.Report, found.report) && (l.Decision != store.LeaveGiven || found.something()):
		l.Report = found.report
	case err == nil || errors.Is(err, news.ErrNotFound):
		l = store.Leave{Item: item.ID, Report: found.report, AskedAt: r.now()}
	default:
		return true, err
	}
	if err := tx.SaveLeave(ctx, l); err != nil {
		return true, err
	}
	why := notWhole(l.Report)
	if found.none != nil {
		why = found.none.Error()
	}
	switch l.Decision {
	case store.LeaveGiven:
		return false, nil
	case store.LeaveRefused:
		return true, tx.MoveItem(ctx, item.ID, "left", why)
	}
	return true, tx.MoveItem(ctx, item.ID, "asks", why)
}

// askAgain asks for leave because the page of an item that was whole, and may have articles, is not whole any more. The articles stay as
// they are; a flag says so.
func (r *Room) askAgain(ctx context.Context, item news.Item, found reading) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		l, err := tx.Leave(ctx, item.ID)
		if err == nil && sameQuestion(l.Report, found.report) {
			return nil // asked already, or refused
		}
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return err
		}
		if err := tx.SaveLeave(ctx, store.Leave{Item: item.ID, Report: found.report, AskedAt: r.now()}); err != nil {
			return err
		}
		articles, err := tx.ArticlesOf(ctx, item.ID)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if a.State == news.Killed {
				continue
			}
			if err := r.flag(ctx, tx, a.ID, a.Revision, doc.Flag{
				Rule: RuleNotWhole, Severity: doc.Ask, Block: doc.TitleBlock,
				Message: "The page does not hold the whole article any more: " + notWhole(found.report) + ". The translation stays as it was until somebody decides.",
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// DecideLeave says what becomes of an item whose page holds no whole article: store.LeaveGiven translates what is there,
// store.LeaveRefused leaves it, and "" takes either back. What was drafted before stays at the desk. by is an editor's name.
//
// It is news.ErrNotFound for an item that does not wait for leave, and news.ErrInvalid where there is nothing to translate.
func (r *Room) DecideLeave(ctx context.Context, id, decision, by string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		item, err := tx.Item(ctx, id)
		if err != nil {
			return err
		}
		return r.decideLeave(ctx, tx, item, decision, orCommand(by))
	})
}

func (r *Room) decideLeave(ctx context.Context, tx *store.Tx, item news.Item, decision, by string) error {
	l, err := tx.Leave(ctx, item.ID)
	if err != nil {
		return err
	}
	if l.Decision == decision {
		return nil
	}
	l.Decision, l.By, l.DecidedAt = decision, by, r.now()
	if decision == "" {
		l.By, l.DecidedAt = "", 0
	} else if err := removeFailure(ctx, tx, item.ID, OutcomeNotWhole); err != nil { // somebody has seen it
		return err
	}
	articles, err := tx.ArticlesOf(ctx, item.ID)
	if err != nil {
		return err
	}
	switch decision {
	case store.LeaveGiven:
		err = r.giveLeave(ctx, tx, item, articles)
	case store.LeaveRefused:
		if item.State != "taken" || len(articles) == 0 && item.State == "taken" && !whole(ctx, tx, item) {
			err = tx.MoveItem(ctx, item.ID, "left", notWhole(l.Report))
		}
	case "":
		if item.State == "left" || len(articles) == 0 && item.State == "taken" && !whole(ctx, tx, item) {
			err = tx.MoveItem(ctx, item.ID, "asks", notWhole(l.Report))
		}
	default:
		return fmt.Errorf("%.20q is no decision: %w", decision, news.ErrInvalid)
	}
	if err != nil {
		return err
	}
	return tx.SaveLeave(ctx, l)
}

// whole reports whether an item's newest reading is whole: then it is another, later page that asks.
func whole(ctx context.Context, tx *store.Tx, item news.Item) bool {
	o, err := tx.NewestOriginal(ctx, item.ID)
	if err != nil {
		return false
	}
	report, err := tx.Report(ctx, o.ID)
	return err == nil && report.Whole()
}

// giveLeave queues what leave allows: drafts of an item that has no article, a new reading of one that has.
func (r *Room) giveLeave(ctx context.Context, tx *store.Tx, item news.Item, articles []news.Article) error {
	if len(articles) > 0 {
		if item.State != "taken" {
			if err := tx.MoveItem(ctx, item.ID, "taken", ""); err != nil {
				return err
			}
		}
		return r.Queue.Reread(ctx, tx.SQL(), item.ID)
	}
	d, o, err := tx.OriginalOf(ctx, item.ID)
	if errors.Is(err, news.ErrNotFound) {
		return fmt.Errorf("nothing of an article was found on %s: read it again, write a rule for its outlet, or leave it: %w", item.URL, news.ErrInvalid)
	}
	if err != nil {
		return err
	}
	if err := tx.MoveItem(ctx, item.ID, "taken", ""); err != nil {
		return err
	}
	names, err := glossaryNames(ctx, tx.Reads)
	if err != nil {
		return err
	}
	if err := r.readStatements(ctx, tx, o, d, item, names); err != nil {
		return err
	}
	if err := mayDraft(ctx, tx.Reads, item); errors.Is(err, news.ErrDenied) {
		return tx.MoveItem(ctx, item.ID, "taken", err.Error())
	} else if err != nil {
		return err
	}
	outlet, err := tx.Outlet(ctx, item.Outlet)
	if err != nil {
		return err
	}
	for _, lang := range r.targets(outlet, item, o.Lang) {
		if err := r.Queue.Draft(ctx, tx.SQL(), o.ID, lang); err != nil {
			return err
		}
	}
	return nil
}
