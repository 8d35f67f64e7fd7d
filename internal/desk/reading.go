package desk

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A readingView is how an article's page was read.
type readingView struct {
	L       *locale.Printer
	Report  reportView
	Kept    string // when the page was fetched
	SHA256  string // of its bytes, in hex; empty if the page is gone
	N       int    // the reading's number
	At      string // when it was read
	Waiting bool   // the page waits for leave
}

// reading says how the page of an article was read: what was found where, and what is doubtful.
func (d *desk) reading(ctx context.Context, p *articlePage, o news.Original, zone *time.Location) error {
	report, err := d.Store.Report(ctx, o.ID)
	if err != nil {
		return err
	}
	v := readingView{L: p.L, Report: newReport(p.L, report), N: o.N, At: p.L.DateTime(time.UnixMilli(o.At).In(zone))}
	page, err := d.Store.PageHead(ctx, o.Page)
	switch {
	case err == nil:
		v.Kept, v.SHA256 = p.L.DateTime(time.UnixMilli(page.At).In(zone)), page.SHA256
	case !errors.Is(err, news.ErrNotFound):
		return err
	}
	l, err := d.Store.Leave(ctx, o.Item)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	v.Waiting = err == nil && l.Decision == ""
	p.Reading = v
	return nil
}

// rereadArticle queues the kept page of an article to be read again.
func (d *desk) rereadArticle(r *http.Request) (web.Move, error) {
	ctx := r.Context()
	a, err := d.Store.Article(ctx, r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	err = d.Store.Tx(ctx, func(tx *store.Tx) error { return d.Room.Queue.Reread(ctx, tx.SQL(), a.Item) })
	return d.decided(r, err, "reread.article")
}

// fetchArticle queues the page of an article to be asked for again.
func (d *desk) fetchArticle(r *http.Request) (web.Move, error) {
	a, err := d.Store.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	return d.decided(r, d.Room.FetchAgain(r.Context(), a.Item), "refetch.article")
}
