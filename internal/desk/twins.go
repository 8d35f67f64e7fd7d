package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// twinsSize is how many twins the page of an article shows.
const twinsSize = 10

// A twinsView is which other items count as an article, and which were parted from it.
type twinsView struct {
	Title  string
	Rows   []twinRow
	Newest string // path of the first page; empty on it
	Older  string // path of the next page; empty on the last
	Open   bool   // somebody is at work here
}

type twinRow struct {
	Item, SameAs string    // identifiers, as the form sends them
	Other        news.Item // that the row is about
	Outlet       string
	Why          string // and since when
	Parted       string // by whom and when; empty while they count as one
	Undo         bool   // the two can be joined again
	Articles     []langTab
}

// twins gathers an article's twins; nil if it has none.
func (d *desk) twins(r *http.Request, p *articlePage, zone *time.Location) (*twinsView, error) {
	ctx, q := r.Context(), r.URL.Query()
	at, id, err := web.Cursor(q.Get("twins"))
	if err != nil {
		return nil, err
	}
	rows, err := d.Store.Twins(ctx, p.Article.Item, at, id, twinsSize+1)
	if err != nil || len(rows) == 0 && id == "" {
		return nil, err
	}
	n, err := d.Store.CountTwins(ctx, p.Article.Item)
	if err != nil {
		return nil, err
	}
	v := &twinsView{Title: p.L.T("twins.parted"), Open: id != "" || q.Get("done") == "twin.parted" || q.Get("done") == "twin.joined"}
	if n > 0 {
		v.Title = p.L.T("twins", "n", n)
	}
	here := "/desk/articles/" + p.Article.ID
	if id != "" {
		v.Newest = here + "#twins"
	}
	if len(rows) > twinsSize {
		rows = rows[:twinsSize]
		last := rows[twinsSize-1]
		v.Older = here + "?twins=" + strconv.FormatInt(last.At, 10) + "-" + url.QueryEscape(last.Other.ID) + "#twins"
	}
	for _, row := range rows {
		line, err := d.twinRow(r, p.L, row, zone)
		if err != nil {
			return nil, err
		}
		v.Rows = append(v.Rows, line)
	}
	return v, nil
}

func (d *desk) twinRow(r *http.Request, l *locale.Printer, row store.TwinRow, zone *time.Location) (twinRow, error) {
	line := twinRow{Item: row.Item, SameAs: row.SameAs, Other: row.Other, Outlet: row.OutletName, Why: l.T("twin.reason."+row.Reason, "at", l.DateTime(time.UnixMilli(row.At).In(zone)))}
	if row.PartedAt == 0 {
		return line, nil
	}
	line.Parted = l.T("twin.parted", "name", row.PartedBy, "at", l.DateTime(time.UnixMilli(row.PartedAt).In(zone)))
	line.Undo = true
	articles, err := d.Store.ArticlesOf(r.Context(), row.Item)
	if err != nil {
		return line, err
	}
	for _, a := range articles {
		line.Undo = line.Undo && a.State == news.Killed
	}
	line.Articles, err = d.articlesOf(r, l, row.Other.ID)
	return line, err
}

// articlesOf are the ways to an item's articles, by language.
func (d *desk) articlesOf(r *http.Request, l *locale.Printer, item string) ([]langTab, error) {
	articles, err := d.Store.ArticlesOf(r.Context(), item)
	var list []langTab
	for _, a := range articles {
		list = append(list, langTab{Name: l.Language(a.Lang), Path: "/desk/articles/" + a.ID})
	}
	return list, err
}

// decideTwin parts an item from another one whose article it counts as, or takes that back.
func (d *desk) decideTwin(r *http.Request) (web.Move, error) {
	ctx, id, sameAs := r.Context(), r.PathValue("id"), r.FormValue("same_as")
	item, err := d.Store.Item(ctx, id)
	if err != nil {
		return web.Move{}, err
	}
	switch r.FormValue("decision") {
	case "part":
		return d.itemDone(r, item, d.Room.PartTwin(ctx, id, sameAs, editor(r).Name), "twin.parted", "twins")
	case "undo":
		return d.itemDone(r, item, d.Room.JoinTwin(ctx, id, sameAs), "twin.joined", "twins")
	}
	return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
}
