package newsroom

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// TakeURL queues one page to be taken, read and translated, and returns its item. into names languages beside those of its outlet;
// nil adds none. An address whose item is known gives that item, with drafts in the languages it lacks.
//
// The page's outlet is the one of its site that was followed first. Without one, an outlet without feeds is made, whose terms are
// unknown. It is news.ErrInvalid if the address is not of the web.
func (r *Room) TakeURL(ctx context.Context, url string, into []string) (item string, err error) {
	clean := address.Resolve("", url)
	site := address.Site(clean)
	if site == "" {
		return "", fmt.Errorf("%q is no web address: write one that begins with https://: %w", url, news.ErrInvalid)
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		known, err := tx.ItemsByLink(ctx, site, linkKey(clean))
		if err != nil {
			return err
		}
		if given := strings.TrimSpace(url); len(known) == 0 && given != clean {
			older, err := tx.ItemByURL(ctx, given) // as it was kept before such addresses were opened
			switch {
			case err == nil:
				known = []news.Item{older}
			case !errors.Is(err, news.ErrNotFound):
				return err
			}
		}
		if len(known) > 0 {
			item = known[0].ID
			return r.takeAgain(ctx, tx, known[0], into)
		}
		outlet, err := r.outletOf(ctx, tx, clean, site)
		if err != nil {
			return err
		}
		i := news.Item{
			ID: store.NewID(), Outlet: outlet.ID, Key: "link " + linkKey(clean), URL: clean, Link: linkKey(clean),
			SeenAt: r.now(), State: "new", Into: into,
		}
		if _, err := tx.AddItems(ctx, []news.Item{i}); err != nil {
			return err
		}
		item = i.ID
		return r.Queue.Take(ctx, tx.SQL(), i.ID)
	})
	return item, err
}

// takeAgain adds languages to an item, and queues what it lacks.
func (r *Room) takeAgain(ctx context.Context, tx *store.Tx, item news.Item, into []string) error {
	for _, lang := range into {
		if !contains(item.Into, lang) {
			item.Into = append(item.Into, lang)
		}
	}
	if err := tx.UpdateItem(ctx, item); err != nil {
		return err
	}
	if item.State == "left" { // somebody wants it after all: it waits for leave again
		if err := r.decideLeave(ctx, tx, item, "", ""); err != nil {
			return err
		}
	}
	_, o, err := tx.OriginalOf(ctx, item.ID)
	if errors.Is(err, news.ErrNotFound) {
		if item.State != "new" {
			if err := tx.MoveItem(ctx, item.ID, "new", ""); err != nil {
				return err
			}
		}
		return r.Queue.Take(ctx, tx.SQL(), item.ID)
	}
	if err != nil {
		return err
	}
	if err := hasLeave(ctx, tx.Reads, item, o.ID); errors.Is(err, news.ErrDenied) {
		return nil
	} else if err != nil {
		return err
	}
	outlet, err := tx.Outlet(ctx, item.Outlet)
	if err != nil {
		return err
	}
	for _, lang := range r.targets(outlet, item, o.Lang) {
		switch _, err := tx.ArticleIn(ctx, item.ID, lang); {
		case err == nil:
			continue
		case !errors.Is(err, news.ErrNotFound):
			return err
		}
		if err := r.Queue.Draft(ctx, tx.SQL(), o.ID, lang); err != nil {
			return err
		}
	}
	return nil
}

// outletOf finds the outlet of an address, or makes one whose terms are unknown.
func (r *Room) outletOf(ctx context.Context, tx *store.Tx, url, site string) (news.Outlet, error) {
	outlets, err := tx.OutletsOfSite(ctx, site)
	if err != nil {
		return news.Outlet{}, err
	}
	if len(outlets) > 0 {
		return outlets[0], nil
	}
	o := news.Outlet{ID: store.NewID(), Name: pageHost(url), Home: address.Resolve(url, "/"), Site: site, CreatedAt: r.now()}
	return o, r.addOutlet(ctx, tx, o)
}

// addOutlet writes an outlet and its first terms: unknown, which lets nothing be public. A name that is taken gets a number.
func (r *Room) addOutlet(ctx context.Context, tx *store.Tx, o news.Outlet) error {
	name := o.Name
	for n := 2; ; n++ {
		switch _, err := tx.OutletByName(ctx, o.Name); {
		case errors.Is(err, news.ErrNotFound):
		case err != nil:
			return err
		default:
			o.Name = fmt.Sprintf("%s %d", name, n)
			continue
		}
		break
	}
	return saveNew(ctx, tx, o)
}

// saveNew writes an outlet whose name is free, and its first terms.
func saveNew(ctx context.Context, tx *store.Tx, o news.Outlet) error {
	if err := tx.SaveOutlet(ctx, o); err != nil {
		return err
	}
	return tx.AddTerms(ctx, news.Terms{ID: store.NewID(), Outlet: o.ID, FromAt: o.CreatedAt, Basis: rights.Unknown, By: CommandLine})
}
