package desk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// speakersSize is how many speakers a page shows.
const speakersSize = 50

// speakersPage is what templates/speakers.html shows: the people and bodies that are quoted, those quoted most first.
type speakersPage struct {
	frame
	Words    string // that were sought
	Speakers []speakerLine
	First    string // path of the first page; empty on it
	More     string // path of the next page; empty on the last
}

type speakerLine struct {
	ID     string
	Name   string
	Kind   string // in words; empty where it is not known
	Role   string
	Others string // other names
	Said   int
}

func newSpeakerLine(l *locale.Printer, s news.Speaker) speakerLine {
	line := speakerLine{ID: s.ID, Name: s.In(l.Tag()), Role: s.RoleIn(l.Tag()), Said: s.Said}
	if s.Kind != "" && l.Has("speaker.kind."+string(s.Kind)) {
		line.Kind = l.T("speaker.kind." + string(s.Kind))
	}
	if line.Role == "" && len(s.Roles) > 0 {
		line.Role = s.Roles[0].Role
	}
	seen := map[string]bool{line.Name: true}
	var others []string
	for _, n := range s.Names {
		if !seen[n.Name] && len(others) < 6 {
			seen[n.Name] = true
			others = append(others, n.Name)
		}
	}
	line.Others = strings.Join(others, ", ")
	return line
}

func (d *desk) speakers(r *http.Request) (speakersPage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := speakersPage{frame: d.frame(r, "speakers", ""), Words: cleanName(q.Get("q"))}
	p.Title = p.L.T("speakers")
	said, id, err := web.Cursor(q.Get("after"))
	if err != nil {
		return p, err
	}
	var list []news.Speaker
	if p.Words != "" {
		list, err = d.Store.SpeakersNamed(ctx, p.Words, speakersSize)
	} else {
		list, err = d.Store.Speakers(ctx, int(min(said, math.MaxInt)), id, speakersSize+1)
	}
	if err != nil {
		return p, err
	}
	if id != "" {
		p.First = "/desk/speakers/"
	}
	if len(list) > speakersSize {
		list = list[:speakersSize]
		last := list[speakersSize-1]
		p.More = fmt.Sprintf("/desk/speakers/?after=%d-%s", last.Said, last.ID)
	}
	for _, s := range list {
		p.Speakers = append(p.Speakers, newSpeakerLine(p.L, s))
	}
	return p, nil
}

// speakerPage is what templates/speaker.html shows: a person or body, how it is called in each language, its offices, what it said, and
// whom else it may be.
type speakerPage struct {
	frame
	Speaker speakerLine
	Public  string // path of its page on the site; empty while readers saw nothing of it
	Langs   []nameGroup
	Roles   []roleLine
	Sought  string        // whom somebody looks for, to merge with
	Found   []speakerLine // who that may be
	Said    []saidView
	Older   string // path of the next statements; empty on the last page
	Changes []changeLine
	NameIn  string // of the form, when it comes back
	Name    string
	Splits  bool // it has names enough to be two
}

// A nameGroup is what a speaker is called in a language.
type nameGroup struct {
	Tag, Language string
	Printed       string // how it is printed there
	Names         []nameLine
}

type nameLine struct {
	ID, Name, From string
	Glossary       string // path, where the glossary has it
	Dir            string
}

type roleLine struct{ Role, Language, Tag, When, From string }

type changeLine struct {
	ID     string
	Text   string
	By, At string
	Undone string // by whom and when; empty while it holds
}

func (d *desk) speaker(r *http.Request) (speakerPage, error) { return d.speakerPage(r) }

func (d *desk) speakerPage(r *http.Request) (speakerPage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := speakerPage{frame: d.frame(r, "speakers", "")}
	s, err := d.Store.Speaker(ctx, r.PathValue("id"))
	if err != nil {
		return p, err
	}
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	p.Speaker = newSpeakerLine(p.L, s)
	if s.Slug != "" {
		p.Public = "/" + p.L.Tag() + "/speakers/" + s.Slug + "/"
	}
	p.Title = p.Speaker.Name
	p.names(s)
	if p.Alert != nil { // the languages whose glossary says otherwise
		for tag := range strings.FieldsSeq(q.Get("left")) {
			if lang.Valid(tag) {
				p.Alert.Text += " " + p.L.Capital(p.L.Language(tag)) + "."
			}
		}
	}
	for _, x := range s.Roles {
		line := roleLine{Role: x.Role, Language: p.L.Language(x.Lang), Tag: x.Lang, From: p.L.T("speaker.from." + x.Source)}
		from, until := p.L.Date(time.UnixMilli(x.FirstAt).In(zone)), p.L.Date(time.UnixMilli(x.LastAt).In(zone))
		if line.When = from; from != until {
			line.When = p.L.T("speaker.span", "from", from, "until", until)
		}
		p.Roles = append(p.Roles, line)
	}
	if p.Sought = cleanName(q.Get("find")); p.Sought != "" {
		found, err := d.Store.SpeakersNamed(ctx, p.Sought, 10)
		if err != nil {
			return p, err
		}
		for _, x := range found {
			if x.ID != s.ID {
				p.Found = append(p.Found, newSpeakerLine(p.L, x))
			}
		}
	}
	if err := d.saidBy(ctx, &p, s, q.Get("after")); err != nil {
		return p, err
	}
	changes, err := d.Store.SpeakerChanges(ctx, s.ID)
	if err != nil {
		return p, err
	}
	for _, e := range changes {
		line := changeLine{ID: e.ID, Text: p.L.T("change.speaker." + e.What), By: e.By, At: p.L.DateTime(time.UnixMilli(e.At).In(zone))}
		if e.Learned != "" && (e.What == "name" || e.What == "role" || e.What == "speaker") {
			line.Text += ": " + e.Learned
		}
		if e.UndoneBy != "" {
			line.Undone = p.L.T("change.undone", "name", e.UndoneBy, "at", p.L.DateTime(time.UnixMilli(e.UndoneAt).In(zone)))
		}
		p.Changes = append(p.Changes, line)
	}
	return p, nil
}

// names groups what a speaker is called by language.
func (p *speakerPage) names(s news.Speaker) {
	at := map[string]int{}
	for _, n := range s.Names {
		i, ok := at[n.Lang]
		if !ok {
			i = len(p.Langs)
			at[n.Lang] = i
			p.Langs = append(p.Langs, nameGroup{Tag: n.Lang, Language: p.L.Capital(p.L.Language(n.Lang)), Printed: s.In(n.Lang)})
		}
		line := nameLine{ID: n.ID, Name: n.Name, From: p.L.T("speaker.from." + n.Source), Dir: render.Dir(n.Lang)}
		switch {
		case n.Source == news.FromGlossary:
			line.Glossary = "/desk/glossary/?q=" + url.QueryEscape(n.Name)
		case n.By != "":
			line.From += " · " + n.By
		case n.Seen > 0:
			line.From = p.L.T("speaker.seen", "n", n.Seen)
		}
		p.Langs[i].Names = append(p.Langs[i].Names, line)
	}
	p.Splits = len(s.Names) > 1
}

// saidBy adds a page of what a speaker said, the newest first.
func (d *desk) saidBy(ctx context.Context, p *speakerPage, s news.Speaker, after string) error {
	page, err := d.Store.Said(ctx, store.SaidQuery{Speaker: s.ID, Order: store.ByDate, After: after, Limit: 20})
	if err != nil {
		return err
	}
	var all []news.Statement
	for _, x := range page.Statements {
		all = append(all, x.Statement)
	}
	t, err := d.tell(ctx, p.L, all...)
	if err != nil {
		return err
	}
	for _, x := range page.Statements {
		v := t.said(x.Statement)
		if err := t.place(ctx, &v, x.Statement, x.OutletName); err != nil {
			return err
		}
		p.Said = append(p.Said, v)
	}
	if page.Next != "" {
		p.Older = "/desk/speakers/" + s.ID + "?after=" + url.QueryEscape(page.Next) + "#said"
	}
	return nil
}

// speakerSettled leads back to a speaker's page, or brings it back with the reason why not.
func (d *desk) speakerSettled(r *http.Request, id, done string, err error) (web.Move, error) {
	if err == nil {
		return web.Move{To: "/desk/speakers/" + id + "?done=" + done}, nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.speakerPage(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert, p.NameIn, p.Name = a, r.FormValue("lang"), r.FormValue("name")
	return web.Move{}, &web.Instead{Name: "speaker", Page: p, Status: status}
}

// nameSpeaker says how a speaker is called in a language, and tells the glossary if that is asked for.
func (d *desk) nameSpeaker(r *http.Request) (web.Move, error) {
	ctx, id := r.Context(), r.PathValue("id")
	name := cleanName(r.FormValue("name"))
	tag, err := tagOf(r.FormValue("lang"))
	if err == nil {
		err = d.Room.NameSpeaker(ctx, id, tag, name, editor(r).Name)
	}
	var left []string
	if err == nil && r.FormValue("glossary") != "" {
		left, err = d.Room.NameInGlossary(ctx, id, tag, name, editor(r).Name)
	}
	done := "speaker.named"
	if len(left) > 0 {
		done = "speaker.named.left&left=" + url.QueryEscape(strings.Join(left, " "))
	}
	return d.speakerSettled(r, id, done, err)
}

func tagOf(s string) (string, error) {
	tag, err := lang.Parse(strings.TrimSpace(s))
	if err != nil {
		return "", fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	return string(tag), nil
}

func (d *desk) giveRole(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	tag, err := tagOf(r.FormValue("lang"))
	if err == nil {
		err = d.Room.GiveRole(r.Context(), id, tag, cleanName(r.FormValue("role")), editor(r).Name)
	}
	return d.speakerSettled(r, id, "speaker.role.given", err)
}

// mergeSpeakers says that a speaker is another one.
func (d *desk) mergeSpeakers(r *http.Request) (web.Move, error) {
	into := r.FormValue("into")
	_, err := d.Room.MergeSpeakers(r.Context(), r.PathValue("id"), into, editor(r).Name)
	return d.speakerSettled(r, into, "speaker.merged", err)
}

// splitSpeaker says that some names are somebody else's.
func (d *desk) splitSpeaker(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	if err := r.ParseForm(); err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	_, _, err := d.Room.SplitSpeaker(r.Context(), id, r.Form["names"], editor(r).Name)
	return d.speakerSettled(r, id, "speaker.split", err)
}
