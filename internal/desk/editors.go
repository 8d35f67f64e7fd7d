package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// roles are what a person may be at the desk, the least first.
var roles = []news.Role{news.Translator, news.Reviewer, news.Publisher, news.Admin}

// editorsPage is what templates/editors.html shows.
type editorsPage struct {
	frame
	Editors []editorRow
	Roles   []roleChoice // for a new editor
	Name    string       // that was typed, when the form comes back
	Least   int          // characters of a password
}

type editorRow struct {
	news.Editor
	RoleName string
	Since    string
	Self     bool
	Roles    []roleChoice
}

type roleChoice struct {
	Role   news.Role
	Name   string
	Chosen bool
}

func choices(l *locale.Printer, chosen news.Role) []roleChoice {
	list := make([]roleChoice, len(roles))
	for i, role := range roles {
		list[i] = roleChoice{role, l.T("role." + string(role)), role == chosen}
	}
	return list
}

func (d *desk) editors(r *http.Request) (editorsPage, error) { return d.editorsPage(r) }

func (d *desk) editorsPage(r *http.Request) (editorsPage, error) {
	p := editorsPage{frame: d.frame(r, "editors", ""), Least: web.MinPassword}
	p.Title, p.Roles = p.L.T("editors"), choices(p.L, news.Reviewer)
	editors, err := d.Store.Editors(r.Context())
	if err != nil {
		return p, err
	}
	zone, err := d.zone(r.Context())
	if err != nil {
		return p, err
	}
	for _, e := range editors {
		p.Editors = append(p.Editors, editorRow{
			Editor: e, RoleName: p.L.T("role." + string(e.Role)), Since: p.L.Date(time.UnixMilli(e.CreatedAt).In(zone)),
			Self: e.ID == editor(r).ID, Roles: choices(p.L, e.Role),
		})
	}
	return p, nil
}

// refuse shows the page again with what was wrong.
func (d *desk) refuseEditor(r *http.Request, a *alert, status int) (web.Move, error) {
	p, err := d.editorsPage(r)
	if err != nil {
		return web.Move{}, err
	}
	p.Alert, p.Name = a, r.FormValue("name")
	return web.Move{}, &web.Instead{Name: "editors", Page: p, Status: status}
}

func (d *desk) addEditor(r *http.Request) (web.Move, error) {
	l, name, role := printer(r), cleanName(r.FormValue("name")), news.Role(r.FormValue("role"))
	if name == "" || !slices.Contains(roles, role) {
		return d.refuseEditor(r, &alert{Bad: true, Text: l.T("editor.name.wrong")}, http.StatusUnprocessableEntity)
	}
	hash, err := web.HashPassword(r.FormValue("password"))
	if errors.Is(err, web.ErrPassword) {
		return d.refuseEditor(r, &alert{Bad: true, Text: l.T("password.short", "n", web.MinPassword)}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return web.Move{}, err
	}
	e := news.Editor{ID: store.NewID(), Name: name, Role: role, CreatedAt: d.Now().UnixMilli()}
	return d.changed(r, func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, e, hash) }, "added")
}

func (d *desk) setRole(r *http.Request) (web.Move, error) {
	id, role := r.PathValue("id"), news.Role(r.FormValue("role"))
	if !slices.Contains(roles, role) {
		return web.Move{}, fmt.Errorf("role %.20q: %w", role, news.ErrInvalid)
	}
	return d.changed(r, func(ctx context.Context, tx *store.Tx) error {
		if err := lastAdmin(ctx, tx, id, role, printer(r)); err != nil {
			return err
		}
		return tx.SetRole(ctx, id, role)
	}, "role")
}

func (d *desk) removeEditor(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	return d.changed(r, func(ctx context.Context, tx *store.Tx) error {
		if err := lastAdmin(ctx, tx, id, "", printer(r)); err != nil {
			return err
		}
		return tx.RemoveEditor(ctx, id, d.Now().UnixMilli())
	}, "removed")
}

// lastAdmin refuses to leave the desk without anybody who may let people in.
func lastAdmin(ctx context.Context, tx *store.Tx, id string, role news.Role, l *locale.Printer) error {
	if role == news.Admin {
		return nil
	}
	editors, err := tx.Editors(ctx)
	if err != nil {
		return err
	}
	for _, e := range editors {
		if e.Role == news.Admin && e.ID != id {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", l.T("editor.last"), news.ErrDenied)
}

// changed carries a change of the editors out and leads back to their page.
func (d *desk) changed(r *http.Request, f func(context.Context, *store.Tx) error, done string) (web.Move, error) {
	err := d.Store.Tx(r.Context(), func(tx *store.Tx) error { return f(r.Context(), tx) })
	if err == nil {
		return web.Move{To: "/desk/editors?done=" + done}, nil
	}
	if a, status, ok := d.refused(r, err); ok {
		return d.refuseEditor(r, a, status)
	}
	return web.Move{}, err
}

// setPassword changes the editor's own password, which ends every session but the one it is changed in.
func (d *desk) setPassword(r *http.Request) (web.Move, error) {
	ctx, l, e := r.Context(), printer(r), editor(r)
	if err := d.names.Take("password of " + e.ID); err != nil {
		return web.Move{}, err
	}
	_, hash, err := d.Store.EditorByName(ctx, e.Name)
	if err != nil {
		return web.Move{}, err
	}
	if !web.CheckPassword(r.FormValue("old"), hash) {
		return d.refuseEditor(r, &alert{Bad: true, Text: l.T("password.old.wrong")}, http.StatusForbidden)
	}
	hash, err = web.HashPassword(r.FormValue("password"))
	if errors.Is(err, web.ErrPassword) {
		return d.refuseEditor(r, &alert{Bad: true, Text: l.T("password.short", "n", web.MinPassword)}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return web.Move{}, err
	}
	now := d.Now()
	until := now.Add(web.SessionLength)
	cookie, token := d.session.Open(r, until)
	if err := d.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.SetPassword(ctx, e.ID, hash); err != nil {
			return err
		}
		return tx.AddSession(ctx, token, e.ID, now.UnixMilli(), until.UnixMilli())
	}); err != nil {
		return web.Move{}, err
	}
	return web.Move{To: "/desk/editors?done=password", Cookie: cookie}, nil
}
