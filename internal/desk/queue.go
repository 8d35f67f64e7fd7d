package desk

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// queueSize is how many articles a page of the queue shows.
const queueSize = 50

// queuePage is what templates/queue.html shows.
type queuePage struct {
	frame
	States  []stateTab
	Langs   []langTab // of the articles; nil if all are in one language
	Rows    []queueRow
	Newest  string // path of the first page; empty on it
	Older   string // path of the next page; empty on the last
	Outlets int    // followed: with none, the page says how to follow one
	All     int    // articles in every state
	Waiting int    // pages that wait for leave
	Doubts  int    // pairs of statements that are perhaps one
}

type stateTab struct {
	State   news.State // empty: all
	Name    string
	Count   int
	Path    string
	Current bool
}

type langTab struct {
	Name, Path string
	Current    bool
}

type queueRow struct {
	store.QueueRow
	Dir       string
	From      string // names of the languages
	Into      string
	StateName string
	Ago       string
	Moved     string // the same, as a date
	Certainty string // of the least certain sentence; empty if no engine gave one
}

// order is how the states stand on the page: what waits for an editor comes first.
var order = []news.State{news.InReview, news.Drafted, news.Scheduled, news.Published, news.Corrected, news.Unpublished, news.Killed}

func (d *desk) queue(r *http.Request) (queuePage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := queuePage{frame: d.frame(r, "queue", "")}
	p.Title = p.L.T("queue")
	state, tag := news.State(q.Get("state")), q.Get("lang")
	all := state == "all"
	switch {
	case all:
		state = ""
	case state == "":
		state = news.InReview
	case !slices.Contains(order, state):
		return p, fmt.Errorf("state %.20q: %w", state, news.ErrNotFound)
	}
	before, id, err := web.Cursor(q.Get("before"))
	if err != nil {
		return p, err
	}
	rows, err := d.Store.Queue(ctx, state, tag, before, id, queueSize+1)
	if err != nil {
		return p, err
	}
	counts, err := d.Store.Counts(ctx, tag)
	if err != nil {
		return p, err
	}
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	here := func(s, lang, before string) string {
		v := url.Values{}
		for key, value := range map[string]string{"state": s, "lang": lang, "before": before} {
			if value != "" {
				v.Set(key, value)
			}
		}
		if len(v) == 0 {
			return "/desk/"
		}
		return "/desk/?" + v.Encode()
	}
	for _, s := range order {
		n := counts[s]
		p.All += n
		if n > 0 || s == news.InReview || s == news.Published {
			p.States = append(p.States, stateTab{State: s, Name: p.L.T("state." + string(s)), Count: n, Path: here(string(s), tag, ""), Current: s == state})
		}
	}
	p.States = append(p.States, stateTab{Name: p.L.T("state.all"), Count: p.All, Path: here("all", tag, ""), Current: all})
	langs, err := d.Store.ArticleLangs(ctx)
	if err != nil {
		return p, err
	}
	if len(langs) > 1 || tag != "" {
		p.Langs = append(p.Langs, langTab{p.L.T("queue.anylang"), here(q.Get("state"), "", ""), tag == ""})
		for _, l := range langs {
			p.Langs = append(p.Langs, langTab{p.L.Capital(p.L.Language(l)), here(q.Get("state"), l, ""), l == tag})
		}
	}
	if id != "" {
		p.Newest = here(q.Get("state"), tag, "")
	}
	if len(rows) > queueSize {
		rows = rows[:queueSize]
		last := rows[queueSize-1]
		p.Older = here(q.Get("state"), tag, fmt.Sprintf("%d-%s", last.MovedAt, last.ID))
	}
	for _, row := range rows {
		at := time.UnixMilli(row.MovedAt)
		p.Rows = append(p.Rows, queueRow{
			QueueRow: row, Dir: render.Dir(row.Lang), From: p.L.Language(row.SourceLang), Into: p.L.Language(row.Lang),
			StateName: p.L.T("state." + string(row.State)), Ago: p.L.Ago(at, d.Now()), Moved: p.L.DateTime(at.In(zone)), Certainty: certainty(p.L, row.Score),
		})
	}
	if p.Waiting, err = d.waitingCount(r); err != nil {
		return p, err
	}
	if p.Doubts, err = d.Store.PerhapsCount(ctx); err != nil {
		return p, err
	}
	outlets, err := d.Store.Outlets(ctx)
	p.Outlets = len(outlets)
	return p, err
}

// certainty is a mean log probability a token as a share of a hundred: the probability of an average token. Empty if there is none.
func certainty(l *locale.Printer, score float64) string {
	if score >= 0 || math.IsNaN(score) {
		return ""
	}
	return l.T("percent", "n", int(math.Round(100*math.Exp(score))))
}
