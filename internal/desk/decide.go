package desk

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// The three things an editor vouches for with an approval: what the review record of a translation has to show.
var vouched = []string{"accuracy", "plausibility", "sources"}

func (d *desk) approve(r *http.Request) (web.Move, error) {
	for _, what := range vouched {
		if r.FormValue(what) == "" {
			return d.decided(r, fmt.Errorf("%s: %w", printer(r).T("approve.missing"), news.ErrInvalid), "")
		}
	}
	n, err := strconv.Atoi(r.FormValue("revision"))
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	return d.decided(r, d.Room.Approve(r.Context(), r.PathValue("id"), n, editor(r).ID, note(r)), "approved")
}

func (d *desk) sendBack(r *http.Request) (web.Move, error) {
	n, err := strconv.Atoi(r.FormValue("revision"))
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	return d.decided(r, d.Room.Return(r.Context(), r.PathValue("id"), n, editor(r).ID, note(r)), "returned")
}

func (d *desk) publish(r *http.Request) (web.Move, error) {
	return d.decided(r, d.Room.Publish(r.Context(), r.PathValue("id"), editor(r).Name), "published")
}

func (d *desk) correct(r *http.Request) (web.Move, error) {
	return d.decided(r, d.Room.Correct(r.Context(), r.PathValue("id"), editor(r).Name, note(r)), "corrected")
}

func (d *desk) unpublish(r *http.Request) (web.Move, error) {
	return d.decided(r, d.Room.Unpublish(r.Context(), r.PathValue("id"), editor(r).Name, note(r)), "unpublished")
}

func (d *desk) kill(r *http.Request) (web.Move, error) {
	return d.decided(r, d.Room.Kill(r.Context(), r.PathValue("id"), editor(r).Name, note(r)), "killed")
}

func (d *desk) dismiss(r *http.Request) (web.Move, error) {
	return d.decided(r, d.Room.DismissFlag(r.Context(), r.PathValue("id"), r.PathValue("flag"), editor(r).ID, note(r)), "dismissed")
}

// maxNote is how many bytes of a reason or a note are kept.
const maxNote = 2000

func note(r *http.Request) string {
	s := strings.Join(strings.Fields(r.FormValue("note")), " ")
	if len(s) > maxNote {
		s = strings.ToValidUTF8(s[:maxNote], "")
	}
	return s
}
