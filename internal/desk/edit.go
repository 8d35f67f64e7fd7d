package desk

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// conflictPage is what templates/conflict.html shows when an edit could not be saved: what the editor wrote, in a form that can be sent
// again, and what stands in the article now.
type conflictPage struct {
	frame
	ID       string
	From     int // the revision to begin from now
	Place    string
	Anchor   string
	Mine     string
	Lines    int
	Theirs   template.HTML
	ByName   string
	Lang     string
	Dir      string
	Conflict bool // somebody saved first; else the text is not well-formed
}

// edit saves new words for one text.
func (d *desk) edit(r *http.Request) (web.Move, error) {
	ctx, id := r.Context(), r.PathValue("id")
	place, ok := parsePlace(r.FormValue("place"))
	from, err := strconv.Atoi(r.FormValue("from"))
	if !ok || err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	a, err := d.Store.Article(ctx, id)
	if err != nil {
		return web.Move{}, err
	}
	now, _, err := d.Store.Document(ctx, id, a.Revision)
	if err != nil {
		return web.Move{}, err
	}
	pre := place.Block >= 0 && place.Block < len(now.Blocks) && now.Blocks[place.Block].Kind == doc.Pre
	anchor := "b-" + strings.TrimPrefix(blockKey(now, place.Block), "~")
	text, err := parseForm(r.FormValue("text"), pre)
	if err == nil {
		_, err = d.Room.Edit(ctx, newsroom.Edit{Article: id, From: from, Place: place, Text: text, By: editor(r).ID})
	}
	if errors.Is(err, news.ErrConflict) && d.untouched(ctx, id, from, now, place) {
		// Somebody saved another text of the article meanwhile: the two edits do not meet.
		from = a.Revision
		_, err = d.Room.Edit(ctx, newsroom.Edit{Article: id, From: from, Place: place, Text: text, By: editor(r).ID})
	}
	if err == nil {
		return back(id, "saved", anchor), nil
	}
	alert, status, known := d.refused(r, err)
	if !known {
		return web.Move{}, err
	}
	p := conflictPage{frame: d.frame(r, "queue", ""), ID: id, From: a.Revision, Place: placeName(place), Anchor: anchor, Lang: now.Lang, Dir: render.Dir(now.Lang), Conflict: errors.Is(err, news.ErrConflict)}
	p.Title, p.Alert = p.L.T("conflict"), alert
	p.Mine = strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n")
	p.Lines = min(20, 3+len([]rune(p.Mine))/70+strings.Count(p.Mine, "\n"))
	if theirs, ok := textAt(now, place); ok {
		_, lit := differing(text, theirs)
		p.Theirs = render.Text(theirs, now.Lang, render.Options{Classes: true, Lit: lit})
	}
	if _, v, err := d.Store.Document(ctx, id, a.Revision); err == nil {
		p.ByName = v.ByName
	}
	return web.Move{}, &web.Instead{Name: "conflict", Page: p, Status: status}
}

// untouched reports whether a text is in the newest revision as it was in the one that an edit began from.
func (d *desk) untouched(ctx context.Context, id string, from int, now doc.Document, place doc.Place) bool {
	then, _, err := d.Store.Document(ctx, id, from)
	if err != nil {
		return false // then the conflict stands, and the page says so
	}
	was, known := textAt(then, place)
	is, still := textAt(now, place)
	return known && still && was.Equal(is)
}

// textAt returns the text of a document at a place; false if there is none.
func textAt(d doc.Document, place doc.Place) (doc.Text, bool) {
	for p, t := range d.Texts() {
		if p.Block == place.Block && p.Part == place.Part && p.Row == place.Row && p.Col == place.Col && p.Mark == place.Mark {
			return t, true
		}
	}
	return doc.Text{}, false
}

// accept puts what a flag suggests in the place of what it is about.
func (d *desk) accept(r *http.Request) (web.Move, error) {
	ctx, id := r.Context(), r.PathValue("id")
	from, err := strconv.Atoi(r.FormValue("from"))
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	f, err := d.Store.Flag(ctx, r.PathValue("flag"))
	if err != nil {
		return web.Move{}, err
	}
	if f.Article != id || f.Suggestion == "" {
		return web.Move{}, fmt.Errorf("flag %s of article %s suggests nothing: %w", f.ID, id, news.ErrNotFound)
	}
	if f.Revision != from {
		return d.decided(r, fmt.Errorf("the flag is about revision %d: %w", f.Revision, news.ErrConflict), "")
	}
	now, _, err := d.Store.Document(ctx, id, f.Revision)
	if err != nil {
		return web.Move{}, err
	}
	text, _ := textAt(now, doc.Place{Block: f.Block, Part: doc.Body})
	if f.Start < 0 || f.End > len(text.S) || f.Start > f.End {
		return d.decided(r, fmt.Errorf("the flag is about words that are not there any more: %w", news.ErrConflict), "")
	}
	text, err = text.Splice(doc.Edit{Start: f.Start, End: f.End, New: f.Suggestion})
	if err != nil {
		return d.decided(r, fmt.Errorf("%w: %w", err, news.ErrInvalid), "")
	}
	_, err = d.Room.Edit(ctx, newsroom.Edit{Article: id, From: from, Place: doc.Place{Block: f.Block, Part: doc.Body}, Text: text, By: editor(r).ID, Note: f.Rule})
	if err != nil {
		return d.decided(r, err, "")
	}
	return back(id, "saved", "b-"+strings.TrimPrefix(blockKey(now, f.Block), "~")), nil
}

// restore saves the document of an earlier revision as a new one.
func (d *desk) restore(r *http.Request) (web.Move, error) {
	ctx, id := r.Context(), r.PathValue("id")
	from, err := strconv.Atoi(r.FormValue("from"))
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	n, err := strconv.Atoi(r.FormValue("revision"))
	if err != nil {
		return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
	}
	old, _, err := d.Store.Document(ctx, id, n)
	if err != nil {
		return web.Move{}, err
	}
	_, err = d.Room.EditDocument(ctx, id, from, old, editor(r).ID, printer(r).T("history.restored", "n", n))
	return d.decided(r, err, "restored")
}
