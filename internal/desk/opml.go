package desk

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// exportOPML gives the list of what is followed.
func (d *desk) exportOPML(r *http.Request) (web.Body, error) {
	b, err := d.Room.OPML(r.Context(), d.frame(r, "", "").Site)
	return web.Body{Type: "text/x-opml; charset=utf-8", Bytes: b, Header: http.Header{"Content-Disposition": {`attachment; filename="outlets.opml"`}}}, err
}

// importPage is what templates/import.html shows: the feeds of a list, of which an editor chooses.
type importPage struct {
	frame
	Outlines []outlineLine
	Known    int
	More     int // beyond what is followed at once
	IntoTags string
}

// An outlineLine is a feed of a list, and what the form sends to follow it.
type outlineLine struct {
	newsroom.Outline
	Value string
}

// maxOutlineForm is how many bytes the feeds of a form take, escaped: what goes beyond could not be sent.
const maxOutlineForm = web.MaxBody - 16<<10

// importOPML shows what an uploaded list would follow.
func (d *desk) importOPML(r *http.Request) (web.Move, error) {
	b, err := upload(r, "file")
	var list []newsroom.Outline
	p := importPage{IntoTags: r.FormValue("into")}
	if err == nil {
		list, p.More, err = d.Room.ReadOPML(r.Context(), b)
	}
	if err != nil {
		return d.notFollowed(r, err)
	}
	p.frame = d.frame(r, "outlets", "")
	p.Title = p.L.T("opml.import")
	size := 0
	for _, o := range list {
		if o.Known {
			p.Known++
			continue
		}
		value := outlineValue(o)
		if size += len("&outline=") + len(url.QueryEscape(value)); size > maxOutlineForm {
			p.More++
			continue
		}
		p.Outlines = append(p.Outlines, outlineLine{o, value})
	}
	return web.Move{}, &web.Instead{Name: "import", Page: p, Status: http.StatusOK}
}

// upload reads the file that a form sends.
func upload(r *http.Request, name string) ([]byte, error) {
	file, _, err := r.FormFile(name)
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("no file was sent: choose one: %w", news.ErrInvalid)
	}
	b, err := io.ReadAll(file)
	return b, errors.Join(err, file.Close())
}

// outlineValue writes a feed as the form sends it: its addresses, which hold no spaces, and its title.
func outlineValue(o newsroom.Outline) string {
	home := o.Home
	if home == "" {
		home = "-"
	}
	return o.Feed + " " + home + " " + o.Title
}

func parseOutline(s string) (newsroom.Outline, error) {
	parts := strings.SplitN(s, " ", 3)
	if len(parts) != 3 {
		return newsroom.Outline{}, fmt.Errorf("%.200q is no feed of a list: %w", s, news.ErrInvalid)
	}
	o := newsroom.Outline{Feed: parts[0], Home: parts[1], Title: strings.ToValidUTF8(parts[2], "")}
	if o.Home == "-" {
		o.Home = ""
	}
	return o, nil
}

// followOutlines follows those feeds of a list that were chosen.
func (d *desk) followOutlines(r *http.Request) (web.Move, error) {
	if err := r.ParseForm(); err != nil {
		return web.Move{}, err
	}
	into, err := parseInto(r.PostForm.Get("into"))
	if err != nil {
		return d.notFollowed(r, err)
	}
	var list []newsroom.Outline
	for _, s := range r.PostForm["outline"] {
		o, err := parseOutline(s)
		if err != nil {
			return web.Move{}, err
		}
		list = append(list, o)
	}
	if _, err := d.Room.FollowOutlines(r.Context(), list, into); err != nil {
		return d.notFollowed(r, err)
	}
	return web.Move{To: "/desk/outlets?done=opml"}, nil
}
