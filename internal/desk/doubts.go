package desk

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// doubtsSize is how many doubts a page shows.
const doubtsSize = 20

// doubtsPage is what templates/doubts.html shows: pairs of statements of which a person should say whether they are one.
type doubtsPage struct {
	frame
	Count  int
	Pairs  []pairView
	Undo   string // identifier of what was decided just now; empty if nothing was
	Newest string // path of the first page; empty on it
	Older  string // path of the next page; empty on the last
}

// A pairView is two statements that are perhaps one.
type pairView struct {
	A, B saidView
	Why  string
}

func (d *desk) doubtsList(r *http.Request) (doubtsPage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := doubtsPage{frame: d.frame(r, "queue", "")}
	p.Title = p.L.T("doubts")
	at, a, b, err := pairCursor(q.Get("before"))
	if err != nil {
		return p, err
	}
	if p.Count, err = d.Store.PerhapsCount(ctx); err != nil {
		return p, err
	}
	list, err := d.Store.PerhapsLinks(ctx, at, a, b, doubtsSize+1)
	if err != nil {
		return p, err
	}
	if a != "" {
		p.Newest = "/desk/doubts"
	}
	if len(list) > doubtsSize {
		list = list[:doubtsSize]
		last := list[doubtsSize-1]
		p.Older = fmt.Sprintf("/desk/doubts?before=%d_%s_%s", last.At, last.A, last.B)
	}
	p.Pairs, err = d.pairs(ctx, p.frame, list)
	if id := q.Get("event"); err == nil && id != "" {
		if e, err := d.Store.StatementEvent(ctx, id); err == nil && e.UndoneBy == "" {
			p.Undo = e.ID
		}
	}
	return p, err
}

func (d *desk) pairs(ctx context.Context, f frame, list []store.PerhapsLink) ([]pairView, error) {
	var all []news.Statement
	for _, x := range list {
		all = append(all, x.StatementA, x.StatementB)
	}
	t, err := d.tell(ctx, f.L, all...)
	if err != nil {
		return nil, err
	}
	var pairs []pairView
	for _, x := range list {
		v := pairView{A: t.said(x.StatementA), B: t.said(x.StatementB)}
		if f.L.Has("said.why." + x.Why) {
			v.Why = f.L.T("said.why." + x.Why)
		}
		if err := t.place(ctx, &v.A, x.StatementA, x.OutletA); err != nil {
			return nil, err
		}
		if err := t.place(ctx, &v.B, x.StatementB, x.OutletB); err != nil {
			return nil, err
		}
		pairs = append(pairs, v)
	}
	return pairs, nil
}

// pairCursor reads the place after which a list of pairs goes on: time and both identifiers.
func pairCursor(s string) (at int64, a, b string, err error) {
	if s == "" {
		return math.MaxInt64, "", "", nil
	}
	parts := strings.Split(s, "_")
	if len(parts) == 3 {
		if at, err = strconv.ParseInt(parts[0], 10, 64); err == nil && len(parts[1]) <= 64 && len(parts[2]) <= 64 {
			return at, parts[1], parts[2], nil
		}
	}
	return 0, "", "", fmt.Errorf("place %.40q in the list: %w", s, news.ErrNotFound)
}
