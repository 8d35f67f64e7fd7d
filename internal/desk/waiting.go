package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// waitingSize is how many pages a list of those that wait for leave shows.
const waitingSize = 20

// waitingPage is what templates/waiting.html shows: pages that hold no whole article, of which nothing is translated before a person says so.
type waitingPage struct {
	frame
	Tabs   []waitingTab
	Rows   []waitingRow
	Undo   *waitingRow // what was decided just now
	Which  string      // "", store.LeaveGiven or store.LeaveRefused
	Newest string      // path of the first page; empty on it
	Older  string      // path of the next page; empty on the last
}

type waitingTab struct {
	Name, Path string
	Count      int
	Current    bool
}

type waitingRow struct {
	Item     news.Item
	Outlet   string
	Title    string
	Lang     string
	Dir      string
	Why      string // in words
	Help     string // what can be done
	Begins   string // the first words of what there is; empty if there is nothing
	Parts    int    // paragraphs and the like
	Notes    []string
	Asked    string
	AskedOn  string
	Decision string
	Decided  string // by whom and when; empty while it waits
	Articles []langTab
}

func (d *desk) waiting(r *http.Request) (waitingPage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := waitingPage{frame: d.frame(r, "queue", ""), Which: q.Get("which")}
	p.Title = p.L.T("waiting")
	at, id, err := web.Cursor(q.Get("before"))
	if err != nil {
		return p, err
	}
	known := false
	for _, which := range []string{"", store.LeaveGiven, store.LeaveRefused} {
		n, err := d.Store.CountLeaves(ctx, which)
		if err != nil {
			return p, err
		}
		tab := waitingTab{Name: p.L.T("waiting.tab.open"), Path: "/desk/waiting", Count: n, Current: which == p.Which}
		if which != "" {
			tab.Name, tab.Path = p.L.T("waiting.tab."+which), "/desk/waiting?which="+which
		}
		known = known || tab.Current
		p.Tabs = append(p.Tabs, tab)
	}
	if !known {
		return p, fmt.Errorf("decision %.20q: %w", p.Which, news.ErrNotFound)
	}
	rows, err := d.Store.Leaves(ctx, p.Which, at, id, waitingSize+1)
	if err != nil {
		return p, err
	}
	here := func(before string) string {
		v := url.Values{}
		for key, value := range map[string]string{"which": p.Which, "before": before} {
			if value != "" {
				v.Set(key, value)
			}
		}
		if len(v) == 0 {
			return "/desk/waiting"
		}
		return "/desk/waiting?" + v.Encode()
	}
	if id != "" {
		p.Newest = here("")
	}
	if len(rows) > waitingSize {
		rows = rows[:waitingSize]
		last := rows[waitingSize-1]
		p.Older = here(strconv.FormatInt(last.AskedAt, 10) + "-" + last.Item)
	}
	for _, row := range rows {
		line, err := d.waitingRow(r, p.frame, row)
		if err != nil {
			return p, err
		}
		p.Rows = append(p.Rows, line)
	}
	if decided := q.Get("item"); decided != "" {
		p.Undo, err = d.decidedNow(r, decided)
	}
	return p, err
}

// decidedNow is the item whose question was answered just now, for the way back; nil if it waits or does not.
func (d *desk) decidedNow(r *http.Request, id string) (*waitingRow, error) {
	l, err := d.Store.Leave(r.Context(), id)
	if err != nil || l.Decision == "" {
		return nil, nil //nolint:nilerr // an address that somebody kept: there is no way back any more
	}
	item, err := d.Store.Item(r.Context(), id)
	if err != nil {
		return nil, err
	}
	row := waitingRow{Item: item, Title: titleOf(item), Decision: l.Decision}
	document, _, err := d.Store.OriginalOf(r.Context(), id)
	if err == nil {
		row.Title = document.Title.S
	} else if !errors.Is(err, news.ErrNotFound) {
		return nil, err
	}
	return &row, nil
}

func titleOf(i news.Item) string {
	if i.Title != "" {
		return i.Title
	}
	return i.URL
}

func (d *desk) waitingRow(r *http.Request, f frame, row store.LeaveRow) (waitingRow, error) {
	ctx := r.Context()
	zone, err := d.zone(ctx)
	if err != nil {
		return waitingRow{}, err
	}
	asked := time.UnixMilli(row.AskedAt)
	line := waitingRow{
		Item: row.ItemRow, Outlet: row.OutletName, Title: titleOf(row.ItemRow), Why: stateOf(f.L, row.Report), Notes: row.Report.Notes,
		Asked: f.L.Ago(asked, d.Now()), AskedOn: f.L.DateTime(asked.In(zone)), Decision: row.Decision, Help: f.L.T("waiting.help." + helpOf(row.Report)),
	}
	if row.Decision != "" {
		line.Decided = f.L.T("waiting.decided."+row.Decision, "name", row.By, "at", f.L.DateTime(time.UnixMilli(row.DecidedAt).In(zone)))
	}
	if row.Original != "" {
		document, _, err := d.Store.Original(ctx, row.Original)
		if err != nil {
			return line, err
		}
		line.Title, line.Lang, line.Dir = document.Title.S, document.Lang, render.Dir(document.Lang)
		line.Begins, line.Parts = render.Excerpt(document, 240), len(document.Blocks)
	}
	articles, err := d.Store.ArticlesOf(ctx, row.Item)
	if err != nil {
		return line, err
	}
	for _, a := range articles {
		line.Articles = append(line.Articles, langTab{Name: f.L.Language(a.Lang), Path: "/desk/articles/" + a.ID})
	}
	return line, nil
}

// helpOf names what is said of a page that is not whole.
func helpOf(p store.Report) string {
	switch p.State {
	case "live", "list", "consent", "empty":
		return p.State
	}
	if p.Paywall {
		return "kept"
	}
	return "cut"
}

// decideLeave says what becomes of a page that is not whole.
func (d *desk) decideLeave(r *http.Request) (web.Move, error) {
	id, decision := r.PathValue("id"), r.FormValue("decision")
	done := map[string]string{store.LeaveGiven: "leave.given", store.LeaveRefused: "leave.refused", "undo": "leave.undone"}[decision]
	if done == "" {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	if decision == "undo" {
		decision = ""
	}
	err := d.Room.DecideLeave(r.Context(), id, decision, editor(r).Name)
	if err == nil {
		return web.Move{To: "/desk/waiting?done=" + done + "&item=" + url.QueryEscape(id)}, nil
	}
	return d.waitingRefused(r, err)
}

func (d *desk) waitingRefused(r *http.Request, err error) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.waiting(r)
	if perr != nil {
		return web.Move{}, perr
	}
	p.Alert = a
	return web.Move{}, &web.Instead{Name: "waiting", Page: p, Status: status}
}

// rereadItem reads the kept page of an item again. Without an article it asks nobody and no engine, and the answer is there at once; what may have
// articles is queued.
func (d *desk) rereadItem(r *http.Request) (web.Move, error) {
	ctx := r.Context()
	item, err := d.Store.Item(ctx, r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	to := withDone(itemsBack(r, item), "reread.")
	if item.State == "taken" {
		err := d.Store.Tx(ctx, func(tx *store.Tx) error { return d.Room.Queue.Reread(ctx, tx.SQL(), item.ID) })
		return web.Move{To: to + "article"}, err
	}
	changed, err := d.Room.Reread(ctx, item.ID)
	switch {
	case err != nil:
		return d.notReread(r, item, err)
	case changed:
		return web.Move{To: to + "changed"}, nil
	}
	return web.Move{To: to + "same"}, nil
}

// notReread says on the page where it was asked for why a kept page was not read again. What the page itself is to blame for is noted on an item
// that failed before.
func (d *desk) notReread(r *http.Request, item news.Item, err error) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok {
		if !newsroom.Final(err) || status == http.StatusNotFound {
			return web.Move{}, err
		}
		if err := d.Room.FailAgain(r.Context(), item.ID, err); err != nil {
			return web.Move{}, err
		}
		a, status = &alert{Bad: true, Text: printer(r).T("reread.fails"), Detail: sentence(err)}, http.StatusUnprocessableEntity
	}
	return d.itemRefused(r, item, a, status)
}

// waitingCount is how many pages wait for leave.
func (d *desk) waitingCount(r *http.Request) (int, error) {
	return d.Store.CountLeaves(r.Context(), "")
}
