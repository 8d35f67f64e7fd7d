package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A saidView is a statement as the desk shows it: who said what, to whom, when, in which language first, and how much of that is sure.
type saidView struct {
	ID, Anchor string
	Words      string // without marks, cut
	Whole      string // the same, not cut
	Lang, Dir  string // of the words
	Kind       string // in words
	KindClass  string
	Name       string // of the speaker; empty for nobody
	NameLang   string // where it is the article's spelling; empty for the page's
	Role       string
	RoleLang   string
	Person     string // path of the speaker's page; empty if nobody is known by the name
	State      string // class: named, resolved, inferred, unresolved, nobody, person (an editor said so)
	StateWord  string
	Mention    string // as it stands beside the verb, where that is not the name
	Cue        string
	Stance     string // what the verb makes of the words; empty where it only says
	Distance   bool   // the outlet keeps its distance: claimed is not said
	To         string
	Day        string
	Worded     string // the day as the article has it, where it is no date
	Answers    string
	Chain      string
	Guess      string // why the first language is believed
	SetBy      string // who set the speaker, and when; empty for the machine
	Learned    string // the words that later articles are read by since
	Undo       string // identifier of that decision
	Seen       int64  // when the speaker was set; 0: by nobody
	Locked     bool   // readers see it, and the editor may not change what they see
	Outlet     string
	Title      string // of the article
	Path       string // of our article; empty if there is none
	URL        string // of the outlet's page
	Links      []linkView
	Perhaps    int // of the links: wait for a person
	Others     int // of the links: hold
}

// A linkView is the same statement elsewhere, or perhaps the same.
type linkView struct {
	A, B   string
	State  string // class: linked, perhaps, confirmed, cut
	Word   string
	Why    string // what keeps the machine from being sure
	By     string // who decided, and when
	Undo   string // identifier of that decision
	Other  saidView
	Decide bool // it waits, or the machine alone was sure
}

// A saidOn is a statement and the page it stands on, for the parts of templates that need both.
type saidOn struct {
	P frame
	S saidView
}

// L is the page's printer.
func (x saidOn) L() *locale.Printer { return x.P.L }

// onPage puts a statement on the page of whatever struct embeds a frame.
func onPage(page interface{ around() frame }, s saidView) saidOn { return saidOn{page.around(), s} }

func (f frame) around() frame { return f }

// maxShown is how many letters of a statement a margin shows.
const maxShown = 110

// A teller puts statements into the words of a page.
type teller struct {
	desk *desk
	l    *locale.Printer
	zone *time.Location
	who  map[string]news.Speaker
}

// tell is a teller who knows the speakers of these statements.
func (d *desk) tell(ctx context.Context, l *locale.Printer, list ...news.Statement) (teller, error) {
	t := teller{desk: d, l: l}
	var err error
	if t.zone, err = d.zone(ctx); err != nil {
		return t, err
	}
	var ids []string
	for _, s := range list {
		if s.Speaker.ID != "" {
			ids = append(ids, s.Speaker.ID)
		}
	}
	t.who, err = d.Store.SpeakersByID(ctx, ids)
	return t, err
}

// said is a statement in words.
func (t teller) said(s news.Statement) saidView {
	l := t.l
	words := strings.Join(strings.Fields(s.Text), " ")
	v := saidView{
		ID: s.ID, Seen: s.CorrectedAt, Anchor: "said-" + s.ID, Words: render.Cut(words, maxShown), Whole: words, Lang: s.Lang, Dir: render.Dir(s.Lang),
		Kind: l.T("statement." + string(s.Kind)), KindClass: string(s.Kind), To: s.Addressee, Answers: s.Answers,
	}
	v.speaker(t, s)
	if s.Cue != nil {
		v.Cue = s.Cue.Text
		if stance := string(s.Cue.Stance); stance != "" && stance != "neutral" {
			v.Stance, v.Distance = l.T("stance."+stance), stance == "doubt" || stance == "hearsay"
		}
	}
	v.Day, v.Worded = t.day(s)
	v.chain(l, s)
	return v
}

func (v *saidView) speaker(t teller, s news.Statement) {
	v.Name, v.NameLang, v.Role, v.RoleLang, v.State = s.Speaker.Name, s.Lang, s.Speaker.Beside(), s.Lang, string(s.Speaker.State)
	if who, known := t.who[s.Speaker.ID]; known {
		v.Person = "/desk/speakers/" + who.ID
		if name := who.In(t.l.Tag()); name != "" {
			v.Name, v.NameLang = name, ""
		}
		if role := who.RoleIn(t.l.Tag()); role != "" && (v.Role == "" || !lang.Tag(s.Lang).Is(lang.Tag(t.l.Tag()))) {
			v.Role, v.RoleLang = role, ""
		}
	}
	if !strings.Contains(s.Speaker.Mention, s.Speaker.Name) && v.State != "unresolved" {
		v.Mention = s.Speaker.Mention
	}
	switch {
	case v.Name == "":
		v.Name, v.NameLang, v.Role, v.State = "", "", "", "nobody"
	case s.CorrectedBy != "":
		v.State = "person"
	}
	v.StateWord = t.l.T("speaker.state." + v.State)
	if s.CorrectedBy != "" {
		v.SetBy = t.l.T("speaker.set", "name", s.CorrectedBy, "at", t.l.DateTime(time.UnixMilli(s.CorrectedAt).In(t.zone)))
	}
}

// day says when it was said; worded is the article's expression where it is none that a calendar has.
func (t teller) day(s news.Statement) (day, worded string) {
	if s.SaidAt == nil {
		return "", ""
	}
	switch at, err := time.Parse(time.DateOnly, s.SaidAt.Value); {
	case err == nil:
		day = t.l.Date(at)
	case s.SaidAt.Value != "":
		day = s.SaidAt.Value
	}
	if !strings.ContainsAny(s.SaidAt.Text, "0123456789") {
		worded = s.SaidAt.Text
	}
	return day, worded
}

// chain says through which languages the words came to the outlet.
func (v *saidView) chain(l *locale.Printer, s news.Statement) {
	var tags []string
	for _, h := range s.Hops {
		if tag := string(h.Lang); tag != "" && (len(tags) == 0 || tags[len(tags)-1] != tag) {
			tags = append(tags, tag)
		}
	}
	if len(tags) == 0 || !lang.Tag(tags[len(tags)-1]).Is(lang.Tag(s.Lang)) {
		tags = append(tags, s.Lang)
	}
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = l.Language(tag)
	}
	path := strings.Join(names, " → ")
	switch n := len(tags); {
	case !s.Marked() || v.KindClass == "scare" || v.KindClass == "title":
		return
	case s.First == "":
		v.Chain = l.T("chain.unknown")
	case n == 1:
		v.Chain = l.T("chain.verbatim", "language", names[0])
	case n == 2:
		v.Chain = l.T("chain.once", "path", path)
	case n == 3:
		v.Chain = l.T("chain.twice", "path", path)
	default:
		v.Chain = l.T("chain.more", "count", n-1, "path", path)
	}
	if s.First != "" && len(s.Hops) > 0 {
		switch why := s.Hops[0].Evidence; why {
		case "venue", "speaker", "body":
			v.Guess = l.T("chain.guess." + why)
		}
	}
}

// statements puts what an original says beside the rows of the article's page.
func (d *desk) statements(ctx context.Context, p *articlePage) error {
	list, err := d.Store.StatementsOf(ctx, p.Article.Item)
	if err != nil || len(list) == 0 {
		return err
	}
	links, err := d.Store.LinksOfItem(ctx, p.Article.Item)
	if err != nil {
		return err
	}
	all := list
	for _, id := range links {
		for _, x := range id {
			all = append(all, x.Statement)
		}
	}
	t, err := d.tell(ctx, p.L, all...)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, row := range p.Rows {
		at[row.Anchor] = i
	}
	seen := map[string]bool{}
	for _, s := range list {
		v := t.said(s)
		v.Locked = p.Public != "" && !p.May(string(news.Reviewer))
		if s.CorrectedBy != "" || len(links[s.ID]) > 0 {
			if err := t.decided(ctx, &v, links[s.ID]); err != nil {
				return err
			}
		}
		i, ok := at[rowOf(s)]
		if !ok { // of a block that the translation lost: it must not be lost with it
			i = len(p.Rows) - 1
		}
		if i < 0 {
			continue
		}
		p.Rows[i].Said = append(p.Rows[i].Said, v)
		p.Said++
		p.Perhaps += v.Perhaps
		if v.State == "unresolved" {
			p.Unnamed++
		}
		if who := (candidate{ID: s.Speaker.ID, Name: v.Name, Role: v.Role}); who.ID != "" && !seen[who.ID] {
			seen[who.ID] = true
			p.Speakers = append(p.Speakers, who)
		}
	}
	return nil
}

func rowOf(s news.Statement) string {
	switch s.Block {
	case doc.TitleBlock:
		return "b-title"
	case doc.DeckBlock:
		return "b-deck"
	}
	return "b-" + s.Key
}

// decided adds to a statement what people decided about it, and where else it stands.
func (t teller) decided(ctx context.Context, v *saidView, links []store.LinkedStatement) error {
	changes, err := t.desk.Store.StatementChanges(ctx, v.ID)
	if err != nil {
		return err
	}
	newest := func(other string, what ...string) string {
		for _, e := range changes {
			if e.UndoneBy != "" || e.What == "speaker" && e.Statement != v.ID {
				continue
			}
			for _, w := range what {
				if e.What == w && (other == "" || e.Other == other || e.Statement == other) {
					return e.ID
				}
			}
		}
		return ""
	}
	if v.SetBy != "" {
		v.Undo = newest("", "speaker")
		for _, e := range changes {
			if e.ID == v.Undo {
				v.Learned = e.Learned
			}
		}
	}
	for _, x := range links {
		link, err := t.link(ctx, x.StatementLink, x.Statement, x.OutletName)
		if err != nil {
			return err
		}
		if x.By != "" {
			link.Undo = newest(x.Statement.ID, "confirm", "cut")
		}
		v.Links = append(v.Links, link)
		switch {
		case x.State == news.LinkPerhaps:
			v.Perhaps++
		case x.Holds():
			v.Others++
		}
	}
	return nil
}

func (t teller) link(ctx context.Context, x news.StatementLink, other news.Statement, outlet string) (linkView, error) {
	v := linkView{
		A: x.A, B: x.B, State: string(x.State), Word: t.l.T("link." + string(x.State)), Other: t.said(other),
		Decide: x.State == news.LinkPerhaps || x.State == news.LinkFound,
	}
	if t.l.Has("said.why." + x.Why) {
		v.Why = t.l.T("said.why." + x.Why)
	}
	if x.By != "" {
		v.By = t.l.T("link.by", "name", x.By, "at", t.l.DateTime(time.UnixMilli(x.At).In(t.zone)))
	}
	return v, t.place(ctx, &v.Other, other, outlet)
}

// place says in which article a statement stands.
func (t teller) place(ctx context.Context, v *saidView, s news.Statement, outlet string) error {
	item, err := t.desk.Store.Item(ctx, s.Item)
	if err != nil {
		return err
	}
	v.Outlet, v.Title, v.URL = outlet, titleOf(item), item.URL
	articles, err := t.desk.Store.ArticlesOf(ctx, s.Item)
	if err != nil {
		return err
	}
	for _, a := range articles {
		if v.Path == "" || lang.Tag(a.Lang).Is(lang.Tag(t.l.Tag())) {
			v.Path = "/desk/articles/" + a.ID + "#said-" + s.ID
		}
	}
	return nil
}

// A candidate is somebody who may have said it.
type candidate struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// maxCandidates is how many speakers are offered.
const maxCandidates = 8

// findSpeakers answers the field in which a speaker is typed.
func (d *desk) findSpeakers(r *http.Request) (web.Body, error) {
	list, err := d.Store.SpeakersNamed(r.Context(), cleanName(r.FormValue("q")), maxCandidates)
	if err != nil {
		return web.Body{}, err
	}
	tag, found := printer(r).Tag(), []candidate{}
	for _, s := range list {
		found = append(found, candidate{s.ID, s.In(tag), s.RoleIn(tag)})
	}
	b, err := json.Marshal(found)
	return web.Body{Type: "application/json", Bytes: b}, err
}

// correctSpeaker gives a statement to somebody else.
func (d *desk) correctSpeaker(r *http.Request) (web.Move, error) {
	ctx := r.Context()
	s, err := d.Store.Statement(ctx, r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	c := newsroom.Correction{Statement: s.ID, Speaker: r.FormValue("speaker"), Name: cleanName(r.FormValue("who")), Role: cleanName(r.FormValue("role")), By: editor(r).Name}
	switch {
	case r.FormValue("nobody") != "":
		c = newsroom.Correction{Statement: s.ID, Nobody: true, By: c.By}
	case c.Speaker != "":
		c.Name = ""
	}
	if err := d.mayDecide(r, s.ID); err != nil {
		return web.Move{}, err
	}
	if seen, err := strconv.ParseInt(r.FormValue("seen"), 10, 64); err == nil {
		c.Seen = &seen
	}
	done, err := d.Room.CorrectSpeaker(ctx, c)
	word := "speaker"
	if done.Learned != "" {
		word += "." + done.Learned
	}
	return d.settled(r, err, word, "", "said-"+s.ID)
}

// decideLink says whether two statements are one.
func (d *desk) decideLink(r *http.Request) (web.Move, error) {
	a, b := r.FormValue("a"), r.FormValue("b")
	if err := d.mayDecide(r, a, b); err != nil {
		return web.Move{}, err
	}
	var event string
	var err error
	word := r.FormValue("decision")
	switch word {
	case "confirm":
		event, err = d.Room.ConfirmLink(r.Context(), a, b, editor(r).Name)
	case "cut":
		event, err = d.Room.CutLink(r.Context(), a, b, editor(r).Name)
	default:
		err = fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	anchor := ""
	if from := r.FormValue("from"); from != "" {
		anchor = "said-" + from
	}
	return d.settled(r, err, "link."+word, event, anchor)
}

// undoChange takes back what somebody decided about statements or speakers.
func (d *desk) undoChange(r *http.Request) (web.Move, error) {
	e, err := d.Store.StatementEvent(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Move{}, err
	}
	switch e.What {
	case "speaker", "confirm", "cut":
		err = d.mayDecide(r, e.Statement, e.Other)
	default: // about speakers
		err = asks(editor(r), news.Reviewer)
	}
	if err == nil {
		err = d.Room.UndoChange(r.Context(), e.ID, editor(r).Name)
	}
	return d.settled(r, err, "undone", "", r.FormValue("anchor"))
}

// asks is news.ErrDenied for an editor without a role.
func asks(e news.Editor, role news.Role) error {
	if e.Role.May(role) {
		return nil
	}
	return fmt.Errorf("%s is %s; this asks for %s: %w", e.Name, e.Role, role, news.ErrDenied)
}

// mayDecide is news.ErrDenied for a translator where readers see one of the statements: what is public changes with a second person's word.
func (d *desk) mayDecide(r *http.Request, statements ...string) error {
	if editor(r).Role.May(news.Reviewer) {
		return nil
	}
	for _, id := range statements {
		if id == "" {
			continue
		}
		places, err := d.Store.PlacesOf(r.Context(), id)
		if err != nil {
			return err
		}
		for _, p := range places {
			a, err := d.Store.Article(r.Context(), p.Article)
			if err != nil {
				return err
			}
			if a.State.Public() && a.Public == p.Revision {
				return asks(editor(r), news.Reviewer)
			}
		}
	}
	return nil
}

// settled leads back to the page of the form, which confirms what was done.
func (d *desk) settled(r *http.Request, err error, done, event, anchor string) (web.Move, error) {
	if err != nil {
		return web.Move{}, err
	}
	back, _, _ := strings.Cut(r.FormValue("back"), "#")
	to, err := url.Parse(back)
	if err != nil || to.IsAbs() || to.Host != "" || !strings.HasPrefix(to.Path, "/desk/") {
		to = &url.URL{Path: "/desk/"}
	}
	q := to.Query()
	q.Set("done", done)
	if q.Del("event"); event != "" {
		q.Set("event", event)
	}
	to.RawQuery = q.Encode()
	if to.Fragment = anchor; len(anchor) > 80 {
		to.Fragment = ""
	}
	return web.Move{To: to.String()}, nil
}
