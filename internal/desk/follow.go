package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// maxInto is how many languages an outlet is translated into.
const maxInto = 20

// parseInto reads language tags, parted by commas or spaces; nil if there are none. Its error is news.ErrInvalid.
func parseInto(s string) ([]string, error) {
	var into []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' }) {
		tag, err := lang.Parse(f)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", err, news.ErrInvalid)
		}
		if !tag.IsLanguage() {
			return nil, fmt.Errorf("%q is the code of no language: give the tags of those to translate into (such as fr, pt-BR): %w", tag, news.ErrInvalid)
		}
		into = append(into, string(tag))
	}
	if len(into) > maxInto {
		return nil, fmt.Errorf("%d languages, more than %d: %w", len(into), maxInto, news.ErrInvalid)
	}
	return into, nil
}

// follow finds the feed at an address and follows its outlet. It asks the outlet while the editor waits: what is wrong with an
// address is best said at once. What a preview showed is not asked for again.
func (d *desk) follow(r *http.Request) (web.Move, error) {
	var o news.Outlet
	var filter news.Filter
	var every time.Duration
	into, err := parseInto(r.FormValue("into"))
	terms, terr := termsOf(r)
	if err == nil {
		err = terr
	}
	if err == nil {
		err = newsroom.CheckTerms(terms)
	}
	if err == nil {
		filter, err = news.ParseFilter(r.FormValue("take"), r.FormValue("leave"))
	}
	if err == nil {
		every, err = interval(r.FormValue("interval"))
	}
	if err == nil {
		o, err = d.Room.Follow(r.Context(), strings.TrimSpace(r.FormValue("url")),
			newsroom.FollowOptions{Name: cleanName(r.FormValue("name")), Into: into, Filter: filter, Interval: every, Links: listRuleOf(r).Links, Pattern: listRuleOf(r).Pattern})
	}
	if err != nil {
		return d.notFollowed(r, err)
	}
	if terms.Basis != "" && terms.Basis != rights.Unknown {
		if err := d.Room.SetTerms(r.Context(), o.ID, terms); err != nil {
			return web.Move{}, err
		}
	}
	return web.Move{To: "/desk/outlets/" + o.ID + "?done=followed"}, nil
}

// decideHeld takes, or leaves, all that waits because a feed was turned over as a whole.
func (d *desk) decideHeld(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	return web.Move{To: "/desk/outlets/" + id + "?done=held"}, d.Room.DecideHeld(r.Context(), id, r.FormValue("take") != "")
}

// take queues one page.
func (d *desk) take(r *http.Request) (web.Move, error) {
	into, err := parseInto(r.FormValue("into"))
	if err == nil {
		_, err = d.Room.TakeURL(r.Context(), strings.TrimSpace(r.FormValue("url")), into)
	}
	if err == nil {
		return web.Move{To: "/desk/?done=taken"}, nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.outlets(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert, p.TakeURL, p.TakeInto = a, r.FormValue("url"), r.FormValue("into")
	return web.Move{}, &web.Instead{Name: "outlets", Page: p, Status: status}
}

// check queues a look at an outlet's feeds.
func (d *desk) check(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	err := d.Store.Tx(r.Context(), func(tx *store.Tx) error {
		if _, err := tx.Outlet(r.Context(), id); err != nil {
			return err
		}
		return d.Room.Queue.Check(r.Context(), tx.SQL(), id, time.Time{})
	})
	return web.Move{To: "/desk/outlets/" + id + "?done=checking"}, err
}

// fetchItem queues the page of an item to be asked for again, or for the first time.
func (d *desk) fetchItem(r *http.Request) (web.Move, error) {
	item, err := d.Store.Item(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	done := "retrying"
	if item.State == "taken" {
		done = "refetch.article"
	}
	return web.Move{To: withDone(itemsBack(r, item), done)}, d.Room.FetchAgain(r.Context(), item.ID)
}

// setLanguage says what an outlet writes in.
func (d *desk) setLanguage(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	err := d.Room.SetLanguage(r.Context(), id, r.FormValue("language"))
	if err == nil {
		return web.Move{To: "/desk/outlets/" + id + "?done=language"}, nil
	}
	return d.outletAgain(r, err, func(p *outletPage) { p.Tag, p.WrongTag = r.FormValue("language"), true })
}

// setLanguages says what an outlet is translated into.
func (d *desk) setLanguages(r *http.Request) (web.Move, error) {
	into, err := parseInto(r.FormValue("into"))
	if err != nil {
		return web.Move{}, err
	}
	id := r.PathValue("id")
	return web.Move{To: "/desk/outlets/" + id + "?done=languages"}, d.Room.SetLanguages(r.Context(), id, into)
}
