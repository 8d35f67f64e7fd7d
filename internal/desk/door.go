package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// firstKey is the setting that keeps the hash of the one-time address.
const firstKey = "desk.first"

// FirstStart returns the path at which the first editor sets a name and a password; "" once there is an editor. An address that an
// earlier call gave no longer holds.
func FirstStart(ctx context.Context, s *store.Store) (string, error) {
	token := ""
	err := s.Tx(ctx, func(tx *store.Tx) error {
		editors, err := tx.Editors(ctx)
		if err != nil || len(editors) > 0 {
			return err
		}
		token = web.NewToken()
		return tx.PutSetting(ctx, firstKey, web.TokenHash(token))
	})
	if err != nil || token == "" {
		return "", err
	}
	return "/desk/first/" + token, nil
}

// firstPage is what templates/first.html shows.
type firstPage struct {
	frame
	Token string
	Name  string
	Least int // characters of a password
}

func (d *desk) first(r *http.Request) (firstPage, error) {
	if err := d.unspent(r.Context(), d.Store.Reads, r.PathValue("token")); err != nil {
		return firstPage{}, err
	}
	return d.firstPage(r), nil
}

func (d *desk) firstPage(r *http.Request) firstPage {
	p := firstPage{frame: d.frame(r, "", ""), Token: r.PathValue("token"), Name: r.FormValue("name"), Least: web.MinPassword}
	p.Title = p.L.T("first")
	return p
}

// unspent returns news.ErrNotFound if the token opens nothing, or nothing any more.
func (d *desk) unspent(ctx context.Context, s store.Reads, token string) error {
	want, err := s.Setting(ctx, firstKey)
	if err != nil {
		return err
	}
	if want == "" || want != web.TokenHash(token) { // hashes may be compared byte by byte: whoever guesses one has still no token
		return fmt.Errorf("one-time address: %w", news.ErrNotFound)
	}
	return nil
}

// spend lets the first editor in and makes the one-time address worthless.
func (d *desk) spend(r *http.Request) (web.Move, error) {
	ctx := r.Context()
	if err := d.unspent(ctx, d.Store.Reads, r.PathValue("token")); err != nil {
		return web.Move{}, err
	}
	again := func(key string) error {
		p := d.firstPage(r)
		p.Alert = &alert{Bad: true, Text: p.L.T(key, "n", web.MinPassword)}
		return &web.Instead{Name: "first", Page: p, Status: http.StatusUnprocessableEntity}
	}
	name, password := cleanName(r.FormValue("name")), r.FormValue("password")
	if name == "" {
		return web.Move{}, again("editor.name.wrong")
	}
	if password != r.FormValue("again") {
		return web.Move{}, again("password.differ")
	}
	hash, err := web.HashPassword(password)
	if errors.Is(err, web.ErrPassword) {
		return web.Move{}, again("password.short")
	}
	if err != nil {
		return web.Move{}, err
	}
	now := d.Now()
	e := news.Editor{ID: store.NewID(), Name: name, Role: news.Admin, CreatedAt: now.UnixMilli()}
	cookie, token := d.session.Open(r, now.Add(web.SessionLength))
	err = d.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := d.unspent(ctx, tx.Reads, r.PathValue("token")); err != nil { // of two at once one is first
			return err
		}
		if err := tx.AddEditor(ctx, e, hash); err != nil {
			return err
		}
		if err := tx.PutSetting(ctx, firstKey, ""); err != nil {
			return err
		}
		return tx.AddSession(ctx, token, e.ID, now.UnixMilli(), now.Add(web.SessionLength).UnixMilli())
	})
	if err != nil {
		return web.Move{}, err
	}
	return web.Move{To: "/desk/?done=welcome", Cookie: cookie}, nil
}

// cleanName is a name with single spaces; "" if it is none, or longer than a name is.
func cleanName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > 80 {
		return ""
	}
	return s
}

// loginPage is what templates/login.html shows.
type loginPage struct {
	frame
	Name  string
	Next  string
	Empty bool // there is no editor yet
}

func (d *desk) loginPage(r *http.Request) (loginPage, error) {
	p := loginPage{frame: d.frame(r, "", ""), Name: r.FormValue("name"), Next: next(r.FormValue("next"))}
	p.Title = p.L.T("login")
	editors, err := d.Store.Editors(r.Context())
	p.Empty = len(editors) == 0
	return p, err
}

// next is where a login leads: a page of the desk.
func next(s string) string {
	if strings.HasPrefix(s, "/desk/") && !strings.HasPrefix(s, "/desk/log") {
		return s
	}
	return "/desk/"
}

func (d *desk) login(r *http.Request) (web.Move, error) {
	ctx, name := r.Context(), cleanName(r.FormValue("name"))
	network, who := web.Network(r), strings.ToLower(name)
	for _, err := range []error{d.tries.Take(network), d.names.Take(who)} {
		if err != nil {
			return web.Move{}, err
		}
	}
	e, hash, err := d.Store.EditorByName(ctx, name)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return web.Move{}, err
	}
	if !web.CheckPassword(r.FormValue("password"), hash) { // takes as long for a name that nobody has
		p, err := d.loginPage(r)
		if err != nil {
			return web.Move{}, err
		}
		p.Alert = &alert{Bad: true, Text: p.L.T("login.wrong")}
		return web.Move{}, &web.Instead{Name: "login", Page: p, Status: http.StatusForbidden}
	}
	d.tries.Give(network)
	d.names.Give(who)
	now := d.Now()
	until := now.Add(web.SessionLength)
	cookie, token := d.session.Open(r, until)
	if err := d.Store.Tx(ctx, func(tx *store.Tx) error {
		return tx.AddSession(ctx, token, e.ID, now.UnixMilli(), until.UnixMilli())
	}); err != nil {
		return web.Move{}, err
	}
	return web.Move{To: next(r.FormValue("next")), Cookie: cookie}, nil
}

func (d *desk) logout(r *http.Request) (web.Move, error) {
	if hash := d.session.Hash(r); hash != "" {
		if err := d.Store.Tx(r.Context(), func(tx *store.Tx) error { return tx.DropSession(r.Context(), hash) }); err != nil {
			return web.Move{}, err
		}
	}
	return web.Move{To: "/desk/login", Cookie: d.session.Close(r)}, nil
}
