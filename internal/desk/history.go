package desk

import (
	"context"
	"html/template"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
)

// historyPage is what templates/history.html shows: everything that happened to an article, the newest first.
type historyPage struct {
	frame
	Article   news.Article
	Dir       string
	Revisions []revisionLine
	Events    []eventLine
	Reviews   []reviewLine
}

type revisionLine struct {
	N       int
	By      string
	At      string
	Note    string
	Public  bool
	Newest  bool
	Changes []change // against the revision before
}

// A change is a text before and after.
type change struct {
	Kind        string
	Before, Now template.HTML
}

type eventLine struct {
	What string
	By   string
	At   string
	Why  string
}

func (d *desk) history(r *http.Request) (historyPage, error) {
	ctx := r.Context()
	p := historyPage{frame: d.frame(r, "queue", "")}
	var err error
	if p.Article, err = d.Store.Article(ctx, r.PathValue("id")); err != nil {
		return p, err
	}
	a := p.Article
	p.Title, p.Dir = p.L.T("history"), render.Dir(a.Lang)
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	at := func(ms int64) string { return p.L.DateTime(time.UnixMilli(ms).In(zone)) }
	revisions, err := d.Store.Revisions(ctx, a.ID)
	if err != nil {
		return p, err
	}
	var before doc.Document
	for i, v := range revisions {
		now, _, err := d.Store.Document(ctx, a.ID, v.N)
		if err != nil {
			return p, err
		}
		line := revisionLine{N: v.N, By: v.ByName, At: at(v.At), Note: v.Note, Public: a.State.Public() && a.Public == v.N, Newest: v.N == a.Revision}
		if v.By == "" {
			line.By = p.L.T("history.machine")
		}
		if i > 0 {
			line.Changes = changes(p.L, before, now)
		}
		before = now
		p.Revisions = append([]revisionLine{line}, p.Revisions...)
	}
	if p.Events, err = d.events(ctx, p.L, a.ID, at); err != nil {
		return p, err
	}
	reviews, err := d.Store.Reviews(ctx, a.ID)
	for _, v := range reviews {
		p.Reviews = append(p.Reviews, reviewLine{Text: p.L.T("review."+v.Decision, "name", v.ByName, "n", v.Revision), Note: v.Note, At: at(v.At)})
	}
	return p, err
}

func (d *desk) events(ctx context.Context, l *locale.Printer, article string, at func(int64) string) ([]eventLine, error) {
	events, err := d.Store.Events(ctx, article)
	var lines []eventLine
	for _, e := range events {
		lines = append([]eventLine{{What: l.T("state." + e.What), By: e.By, At: at(e.At), Why: e.Why}}, lines...)
	}
	return lines, err
}

// changes lists the texts in which two revisions differ, with the words that do.
func changes(l *locale.Printer, before, now doc.Document) []change {
	old := texts(before)
	var list []change
	for p, t := range now.Texts() {
		was := old[placeKey{blockKey(now, p.Block), p.Part, p.Row, p.Col, p.Mark}]
		if was.Equal(t) {
			continue
		}
		left, right := differing(was, t)
		list = append(list, change{
			Kind:   l.T("kind." + kindName(p)),
			Before: render.Text(was, before.Lang, render.Options{Classes: true, Lit: left}),
			Now:    render.Text(t, now.Lang, render.Options{Classes: true, Lit: right}),
		})
	}
	return list
}

// differing is where the words of two texts are not the same.
func differing(a, b doc.Text) (inA, inB []render.Lit) {
	for _, s := range diff.Texts(a, b) {
		inA = append(inA, render.Lit{Start: s.OldStart, End: s.OldEnd, Class: "differs"})
		inB = append(inB, render.Lit{Start: s.NewStart, End: s.NewEnd, Class: "differs"})
	}
	return inA, inB
}
