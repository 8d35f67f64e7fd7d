package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// previewPage is what templates/preview.html shows: what would be followed, and the form that follows it.
type previewPage struct {
	frame
	Preview   newsroom.Preview
	Language  string
	Items     []previewLine
	Left      int
	Name      string // as asked for; empty: the feed's own
	IntoTags  string
	Links     string // the list rule
	Pattern   string
	Take      string // terms of the filter, one to a line
	Leave     string
	Intervals []intervalChoice
	Form      termsForm // what it allows
	TermsSaid bool      // somebody filled it in
	Says      string    // what the feed says of rights; empty if it says nothing
}

type previewLine struct {
	newsroom.PreviewItem
	At       string
	Language string // if it is another than the feed's
}

// An intervalChoice is how often a feed may be looked at.
type intervalChoice struct {
	Minutes int // 0: its own rhythm
	Name    string
	Chosen  bool
}

func intervals(l *locale.Printer, chosen time.Duration) []intervalChoice {
	list := []intervalChoice{{0, l.T("interval.own"), chosen == 0}}
	for _, minutes := range []int{30, 60, 120, 240, 720, 1440} {
		name := l.T("interval.minutes", "n", minutes)
		if minutes >= 60 {
			name = l.T("interval.hours", "n", minutes/60)
		}
		list = append(list, intervalChoice{minutes, name, chosen == time.Duration(minutes)*time.Minute})
	}
	return list
}

// interval reads what the form sends for one.
func interval(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	minutes, err := strconv.Atoi(s)
	if err != nil || minutes < 0 || minutes > 1440 {
		return 0, errors.Join(news.ErrInvalid, err)
	}
	return time.Duration(minutes) * time.Minute, nil
}

// preview shows what would be followed at an address. It comes by a form, not by a link: it asks a server of somebody else's.
func (d *desk) preview(r *http.Request) (web.Move, error) {
	filter, err := news.ParseFilter(r.FormValue("take"), r.FormValue("leave"))
	var found newsroom.Preview
	if err == nil {
		found, err = d.Room.PreviewList(r.Context(), strings.TrimSpace(r.FormValue("url")), listRuleOf(r), filter)
	}
	if err != nil {
		return d.notFollowed(r, err)
	}
	zone, err := d.zone(r.Context())
	if err != nil {
		return web.Move{}, err
	}
	every, err := interval(r.FormValue("interval"))
	if err != nil {
		return web.Move{}, err
	}
	p := previewPage{
		frame: d.frame(r, "outlets", ""), Preview: found, Name: r.FormValue("name"), IntoTags: r.FormValue("into"), Links: listRuleOf(r).Links, Pattern: listRuleOf(r).Pattern,
		Take: strings.Join(filter.Take, "\n"), Leave: strings.Join(filter.Leave, "\n"),
	}
	p.Title, p.Intervals, p.Says = p.L.T("preview", "outlet", found.Name), intervals(p.L, every), found.Rights
	terms, err := termsOf(r)
	if err != nil {
		return web.Move{}, err
	}
	p.Form, p.TermsSaid = formOf(terms), terms.Basis != "" && terms.Basis != rights.Unknown
	p.Form.Bases = bases(p.L, terms.Basis)
	if found.Lang != "" {
		p.Language = p.L.Capital(p.L.Language(found.Lang))
	}
	for _, item := range found.Items {
		line := previewLine{PreviewItem: item}
		if !item.Published.IsZero() {
			line.At = p.L.DateTime(item.Published.In(zone))
		}
		if item.Lang != "" && item.Lang != found.Lang {
			line.Language = p.L.Language(item.Lang)
		}
		if item.Left != "" {
			p.Left++
		}
		p.Items = append(p.Items, line)
	}
	return web.Move{}, &web.Instead{Name: "preview", Page: p, Status: http.StatusOK}
}

// notFollowed brings the outlets back with the form as it was sent, and says what is wrong with it.
func (d *desk) notFollowed(r *http.Request, err error) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok && status != http.StatusNotFound {
		// What the outlet's server answered is the editor's business, not ours: shown, not logged as a fault.
		a, status = &alert{Bad: true, Text: printer(r).T("desk.failure.invalid"), Detail: sentence(err)}, http.StatusUnprocessableEntity
	}
	p, perr := d.outlets(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert, p.URL, p.Name, p.IntoTags, p.Links, p.Pattern = a, r.FormValue("url"), r.FormValue("name"), r.FormValue("into"), r.FormValue("links"), r.FormValue("pattern")
	return web.Move{}, &web.Instead{Name: "outlets", Page: p, Status: status}
}

// setFilter says what of an outlet is taken from now on.
func (d *desk) setFilter(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	filter, err := news.ParseFilter(r.FormValue("take"), r.FormValue("leave"))
	if err == nil {
		err = d.Room.SetFilter(r.Context(), id, filter)
	}
	if err == nil {
		return web.Move{To: "/desk/outlets/" + id + "?done=filter"}, nil
	}
	return d.outletAgain(r, err, func(p *outletPage) { p.Take, p.Leave = r.FormValue("take"), r.FormValue("leave") })
}

// setInterval chooses how often a feed is looked at.
func (d *desk) setInterval(r *http.Request) (web.Move, error) {
	every, err := interval(r.FormValue("interval"))
	if err != nil {
		return web.Move{}, err
	}
	id := r.PathValue("id")
	return web.Move{To: "/desk/outlets/" + id + "?done=interval"}, d.Room.SetInterval(r.Context(), id, r.PathValue("feed"), every)
}
