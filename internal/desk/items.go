package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// itemsSize is how many items a list of an outlet's shows.
const itemsSize = 20

// againList is the list of taken items whose page was asked for again in vain. The others are named as the state of their items.
const againList = "again"

// itemLists are the lists of an outlet's items that somebody may have to do with, in the order of their tabs.
var itemLists = []string{"held", "failed", againList, "twin", "filtered"}

// itemsPage is what templates/items.html shows: one list of an outlet's items.
type itemsPage struct {
	frame
	Outlet news.Outlet
	Tabs   []waitingTab
	List   itemList
}

// An itemList is a page of a list of items.
type itemList struct {
	L      *locale.Printer
	Which  string
	Outlet string
	Title  string // with how many there are
	Count  int
	May    bool // the editor may decide
	Back   bool // actions lead back to the list, not to the outlet
	Rows   []itemLine
	Newest string // path of the first page; empty on it
	Older  string // path of the next page; empty on the last
}

type itemLine struct {
	news.Item
	At       string
	Kept     bool         // it failed, and its page is there to be read again
	Failure  *failureView // of a taken item
	Twin     *twinRow     // of a twin; its Other is what it is the twin of
	Articles []langTab
}

// itemsPath is the path of a list of an outlet's items.
func itemsPath(outlet, which string) string {
	return "/desk/outlets/" + outlet + "/items?which=" + which
}

func (d *desk) items(r *http.Request) (itemsPage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := itemsPage{frame: d.frame(r, "outlets", "")}
	var err error
	if p.Outlet, err = d.Store.Outlet(ctx, r.PathValue("id")); err != nil {
		return p, err
	}
	p.Title = p.L.T("items", "outlet", p.Outlet.Name)
	which := q.Get("which")
	if back := r.FormValue("back"); which == "" && r.Method != http.MethodGet {
		which = back
	}
	if which == "" {
		which = itemLists[0]
	}
	if !slices.Contains(itemLists, which) {
		return p, fmt.Errorf("list %.20q: %w", which, news.ErrNotFound)
	}
	at, id, err := web.Cursor(q.Get("before"))
	if err != nil {
		return p, err
	}
	counts, err := d.itemCounts(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	for _, name := range itemLists {
		p.Tabs = append(p.Tabs, waitingTab{Name: p.L.T("items.tab." + name), Path: itemsPath(p.Outlet.ID, name), Count: counts[name], Current: name == which})
	}
	if p.List, err = d.itemList(r, p.frame, p.Outlet.ID, which, counts[which], at, id); err != nil {
		return p, err
	}
	p.List.Back = true
	return p, nil
}

// itemCounts is how many of an outlet's items are in each list.
func (d *desk) itemCounts(ctx context.Context, outlet string) (map[string]int, error) {
	counts, err := d.Store.ItemCounts(ctx, outlet)
	if err != nil {
		return nil, err
	}
	counts[againList], err = d.Store.CountFailures(ctx, outlet)
	return counts, err
}

// itemList gathers a page of a list, from a place in it on.
func (d *desk) itemList(r *http.Request, f frame, outlet, which string, count int, at int64, id string) (itemList, error) {
	ctx := r.Context()
	v := itemList{L: f.L, Which: which, Outlet: outlet, Title: f.L.T("items."+which, "n", count), Count: count, May: f.May("editor")}
	zone, err := d.zone(ctx)
	if err != nil {
		return v, err
	}
	if id != "" {
		v.Newest = itemsPath(outlet, which)
	}
	older := func(at int64, id string) string {
		return itemsPath(outlet, which) + "&before=" + strconv.FormatInt(at, 10) + "-" + url.QueryEscape(id)
	}
	if which == againList {
		rows, err := d.Store.Failures(ctx, outlet, at, id, itemsSize+1)
		if err != nil {
			return v, err
		}
		if len(rows) > itemsSize {
			rows = rows[:itemsSize]
			v.Older = older(rows[itemsSize-1].At, rows[itemsSize-1].Item)
		}
		for _, row := range rows {
			line := itemLine{Item: row.ItemRow, Failure: newFailure(f.L, row.Failure, zone)}
			if line.Articles, err = d.articlesOf(r, f.L, row.Item); err != nil {
				return v, err
			}
			v.Rows = append(v.Rows, line)
		}
		return v, nil
	}
	items, err := d.Store.ItemsIn(ctx, outlet, which, at, id, itemsSize+1)
	if err != nil {
		return v, err
	}
	if len(items) > itemsSize {
		items = items[:itemsSize]
		v.Older = older(items[itemsSize-1].SeenAt, items[itemsSize-1].ID)
	}
	for _, item := range items {
		line := itemLine{Item: item, At: f.L.DateTime(time.UnixMilli(item.SeenAt).In(zone))}
		switch which {
		case "failed":
			line.Kept, err = d.Store.PageKept(ctx, item.ID)
		case "twin":
			line.Twin, err = d.twinOf(r, f.L, item.ID, zone)
		}
		if err != nil {
			return v, err
		}
		v.Rows = append(v.Rows, line)
	}
	return v, nil
}

// twinOf says in words what an item is the twin of; nil if that is not known.
func (d *desk) twinOf(r *http.Request, l *locale.Printer, item string, zone *time.Location) (*twinRow, error) {
	t, err := d.Store.TwinOf(r.Context(), item)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	row := store.TwinRow{Twin: t}
	if row.Other, err = d.Store.Item(r.Context(), t.SameAs); err != nil {
		return nil, err
	}
	line, err := d.twinRow(r, l, row, zone)
	if err != nil {
		return nil, err
	}
	line.Articles, err = d.articlesOf(r, l, t.SameAs)
	return &line, err
}

// retryFailed queues all that failed of an outlet.
func (d *desk) retryFailed(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	_, err := d.Room.RetryFailed(r.Context(), id)
	to := "/desk/outlets/" + id + "?"
	if r.FormValue("back") == "failed" {
		to = itemsPath(id, "failed") + "&"
	}
	return web.Move{To: to + "done=retrying.all"}, err
}

// itemDone leads back to the page that an item's form was on, or, where a verb refused, shows that page with the reason. anchor is a place on the
// page of an article.
func (d *desk) itemDone(r *http.Request, item news.Item, err error, done, anchor string) (web.Move, error) {
	if id := r.FormValue("article"); id != "" {
		if err == nil {
			return back(url.PathEscape(id), done, anchor), nil
		}
		r.SetPathValue("id", id)
		return d.decided(r, err, done)
	}
	if err == nil {
		return web.Move{To: withDone(itemsBack(r, item), done)}, nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	return d.itemRefused(r, item, a, status)
}

// itemRefused shows the page that an item's form was on, with the reason why a verb refused.
func (d *desk) itemRefused(r *http.Request, item news.Item, a *alert, status int) (web.Move, error) {
	back := r.FormValue("back")
	if back == "waiting" {
		p, err := d.waiting(r)
		if err != nil {
			return web.Move{}, err
		}
		p.Alert = a
		return web.Move{}, &web.Instead{Name: "waiting", Page: p, Status: status}
	}
	r.SetPathValue("id", item.Outlet)
	if slices.Contains(itemLists, back) {
		p, err := d.items(r)
		if err != nil {
			return web.Move{}, err
		}
		p.Alert = a
		return web.Move{}, &web.Instead{Name: "items", Page: p, Status: status}
	}
	p, err := d.outletPage(r)
	if err != nil {
		return web.Move{}, err
	}
	p.Alert = a
	return web.Move{}, &web.Instead{Name: "outlet", Page: p, Status: status}
}

// itemsBack is the path of the page that an item's form was on.
func itemsBack(r *http.Request, item news.Item) string {
	switch back := r.FormValue("back"); {
	case back == "waiting":
		return "/desk/waiting"
	case slices.Contains(itemLists, back):
		return itemsPath(item.Outlet, back)
	}
	return "/desk/outlets/" + item.Outlet
}

// withDone is a path that says what was done.
func withDone(path, done string) string {
	if slices.Contains([]byte(path), '?') {
		return path + "&done=" + done
	}
	return path + "?done=" + done
}
