package desk

import (
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// termPage is what templates/term.html shows: a row of the glossary, to be changed or taken out.
type termPage struct {
	frame
	Term    store.Term
	Changed string // when, and by whom
	Form    termForm
}

func (d *desk) term(r *http.Request) (termPage, error) {
	t, err := d.Store.Term(r.Context(), r.PathValue("id"))
	if err != nil {
		return termPage{}, err
	}
	return d.termPage(r, t, t.Row)
}

// termPage shows row in the form for t.
func (d *desk) termPage(r *http.Request, t store.Term, row term.Row) (termPage, error) {
	p := termPage{frame: d.frame(r, "glossary", t.Source), Term: t}
	zone, err := d.zone(r.Context())
	if err != nil {
		return p, err
	}
	p.Changed = p.L.T("glossary.changed", "date", p.L.Date(time.UnixMilli(t.ChangedAt).In(zone)), "name", t.By)
	p.Form = formOfTerm(p.L, "/desk/glossary/"+t.ID, row)
	return p, nil
}

func (d *desk) saveTerm(r *http.Request) (web.Move, error) {
	row := termOf(r)
	t, err := d.Store.Term(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	_, err = d.Room.SaveTerm(r.Context(), t.ID, row, editor(r).Name)
	if err == nil {
		return web.Move{To: "/desk/glossary/?done=term"}, nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, err := d.termPage(r, t, row)
	if err != nil {
		return web.Move{}, err
	}
	p.Alert = a
	return web.Move{}, &web.Instead{Name: "term", Page: p, Status: status}
}

func (d *desk) removeTerm(r *http.Request) (web.Move, error) {
	if err := d.Room.RemoveTerm(r.Context(), r.PathValue("id")); err != nil {
		return web.Move{}, err
	}
	return web.Move{To: "/desk/glossary/?done=termremoved"}, nil
}
