package newsroom

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// mostPages is how many pages of one article are read; the report says where more are.
const mostPages = 20

// A further gives another page of an article by its address: from the outlet, or from what is kept. news.ErrNotFound: it is not kept.
type further func(ctx context.Context, url string) (fetch.Response, error)

// fetched asks the outlet.
func (r *Room) fetched(ctx context.Context, url string) (fetch.Response, error) {
	return r.Fetch.Get(ctx, fetch.Request{URL: url, Kind: fetch.Page})
}

// keptWith asks nobody: it gives the pages that were kept with the first.
func (r *Room) keptWith(first store.Page) further {
	return func(ctx context.Context, url string) (fetch.Response, error) {
		p, err := r.Store.PageWith(ctx, first, url)
		if err != nil {
			return fetch.Response{}, err
		}
		return response(p), nil
	}
}

// readWhole finds the article in a page, and joins what the pages that go on with it hold. Where the page itself has no text, as when
// scripts bring it, the form for print or that for small devices is read, if the page names one and the article is there. A page that is not
// free is never read in another form.
func (r *Room) readWhole(ctx context.Context, page fetch.Response, outlet news.Outlet, item news.Item, more further) (reading, error) {
	found, err := r.read(ctx, page, outlet, item)
	if err != nil {
		return found, err
	}
	if found.none != nil && found.report.State == string(extract.Empty) && !found.report.Paywall {
		return r.readOtherForm(ctx, page, found, outlet, item, more)
	}
	if !found.whole() {
		return found, nil
	}
	docs := []doc.Document{found.doc}
	seen := map[string]bool{address.Key(page.URL): true}
	for next := found.report.Next; next != "" && !seen[address.Key(next)]; next = found.report.Next {
		seen[address.Key(next)] = true
		if len(docs) == mostPages {
			found.report.Notes = append(found.report.Notes, fmt.Sprintf("the article has more than %d pages; the rest was not read: %s", mostPages, next))
			break
		}
		p, err := more(ctx, next)
		if errors.Is(err, news.ErrNotFound) {
			break // read before its pages were kept
		}
		if err != nil && !Final(err) {
			return found, err
		}
		if err == nil {
			var on reading
			if on, err = r.read(ctx, p, outlet, item); err == nil && !on.whole() {
				err = fmt.Errorf("it holds no whole text (%s)", on.report.State)
			}
			if err == nil {
				p.URL = next // by which it is found again
				docs, found.further, found.report.Next = append(docs, on.doc), append(found.further, p), on.report.Next
				continue
			}
		}
		found.report.Notes = append(found.report.Notes, fmt.Sprintf("page %d of the article could not be read: %v", len(docs)+1, err))
		break
	}
	if len(docs) > 1 {
		found.doc = extract.Join(docs...)
		found.report.Notes = append(found.report.Notes, fmt.Sprintf("joined from %d pages", len(docs)))
	}
	return found, nil
}

// readOtherForm reads the form for print, or that for small devices, of a page without text; where neither holds the article, what was found in
// the page stands.
func (r *Room) readOtherForm(ctx context.Context, page fetch.Response, found reading, outlet news.Outlet, item news.Item, more further) (reading, error) {
	for _, url := range found.forms {
		if address.Site(url) != address.Site(page.URL) || address.Key(url) == address.Key(page.URL) {
			continue
		}
		p, err := more(ctx, url)
		switch {
		case err != nil && !errors.Is(err, news.ErrNotFound) && !Final(err):
			return found, err
		case err != nil:
			continue
		}
		on, err := r.read(ctx, p, outlet, item)
		if err != nil || !on.whole() {
			continue
		}
		p.URL = url
		on.further, on.canonical = []fetch.Response{p}, found.canonical
		on.report.Notes = append(on.report.Notes, "the page itself holds no text; read from its other form: "+url)
		return on, nil
	}
	return found, nil
}

// savePages keeps the page an article begins on, and those that were read with it.
func savePages(ctx context.Context, tx *store.Tx, first store.Page, found reading) error {
	if err := tx.SavePage(ctx, first); err != nil {
		return err
	}
	for _, p := range found.further {
		if err := tx.SavePageWith(ctx, first, store.Page{ID: store.NewID(), URL: p.URL, Status: p.Status, Header: p.Header, Body: p.Body}); err != nil {
			return err
		}
	}
	return nil
}
