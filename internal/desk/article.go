package desk

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// articlePage is what templates/article.html shows: an article beside its original.
type articlePage struct {
	frame
	Article   news.Article
	StateName string
	Outlet    news.Outlet
	URL       string // of the original
	SourceDir string
	Source    string // tag of the original's language
	TargetDir string
	From      string
	Into      string
	Byline    string
	Date      string // of the original
	Engines   []string
	Certainty string // of the least certain sentence
	Rows      []row
	Stops     int // open flags
	Asks      int
	Notes     int
	NextFlag  string // anchor of the first open flag; empty without
	Unsure    string // anchor of the first of the least certain sentences; empty in a short text
	Mode      rights.Mode
	ModeText  string
	Reviews   []reviewLine
	Approved  bool   // the newest revision
	Public    string // path on the site; empty if readers do not see it
	Newer     bool   // readers see an older revision
	Editable  bool
	Withdraw  bool   // it is or can be withdrawn: everything but killed
	Next      string // path of the next article that waits; empty without
	Reading   readingView
	Failure   *failureView // asking for its page again was in vain; nil if all is well
	Twins     *twinsView   // other items that count as the article, or were parted from it; nil if there are none
	Said      int          // statements
	Unnamed   int          // of these: whose speaker has no name
	Perhaps   int          // links that wait for a person
	Speakers  []candidate  // who speaks in the article
}

type reviewLine struct {
	Text string
	Note string
	At   string
}

func (d *desk) article(r *http.Request) (articlePage, error) {
	return d.articlePage(r, r.PathValue("id"))
}

// articlePage gathers what an editor sees of an article.
func (d *desk) articlePage(r *http.Request, id string) (articlePage, error) {
	ctx := r.Context()
	p := articlePage{frame: d.frame(r, "queue", "")}
	var err error
	if p.Article, err = d.Store.Article(ctx, id); err != nil {
		return p, err
	}
	a := p.Article
	if p.Outlet, err = d.Store.Outlet(ctx, a.Outlet); err != nil {
		return p, err
	}
	item, err := d.Store.Item(ctx, a.Item)
	if err != nil {
		return p, err
	}
	original, reading, err := d.Store.Original(ctx, a.Original)
	if err != nil {
		return p, err
	}
	translation, _, err := d.Store.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return p, err
	}
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	p.Title, p.StateName = a.Title, p.L.T("state."+string(a.State))
	p.URL, p.Source = item.URL, reading.Lang
	p.SourceDir, p.TargetDir = render.Dir(reading.Lang), render.Dir(a.Lang)
	p.From, p.Into = p.L.Language(reading.Lang), p.L.Language(a.Lang)
	p.Byline, p.Date = joinNames(original.Byline), p.L.Date(original.Date)
	p.Editable, p.Withdraw = a.State != news.Killed, a.State != news.Killed
	if a.State.Public() {
		p.Public = "/" + a.Lang + "/" + time.UnixMilli(a.PublishedAt).UTC().Format("2006/01") + "/" + a.Slug + "/"
		p.Newer = a.Public != a.Revision
	}
	if err := d.doubts(ctx, &p, original, translation); err != nil {
		return p, err
	}
	if err := d.statements(ctx, &p); err != nil {
		return p, err
	}
	if err := d.decisions(ctx, &p, zone); err != nil {
		return p, err
	}
	if err := d.reading(ctx, &p, reading, zone); err != nil {
		return p, err
	}
	if p.Failure, err = d.failureOf(ctx, p.L, a.Item, zone); err != nil {
		return p, err
	}
	if p.Twins, err = d.twins(r, &p, zone); err != nil {
		return p, err
	}
	waiting, err := d.Store.Queue(ctx, news.InReview, "", a.MovedAt, a.ID, 1)
	if err != nil {
		return p, err
	}
	if len(waiting) > 0 {
		p.Next = "/desk/articles/" + waiting[0].ID
	}
	return p, nil
}

// doubts puts the texts side by side, with what is doubtful in them.
func (d *desk) doubts(ctx context.Context, p *articlePage, original, translation doc.Document) error {
	a := p.Article
	flags, err := d.Store.Flags(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	segments, err := d.Store.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	engines, err := d.Store.EnginesOf(ctx, a.ID)
	if err != nil {
		return err
	}
	machine := translation
	if a.Revision > 1 {
		if machine, _, err = d.Store.Document(ctx, a.ID, 1); err != nil {
			return err
		}
	}
	for _, e := range engines {
		p.Engines = append(p.Engines, e.Exact())
	}
	p.Rows = rows(p.L, original, translation, machine, flags, segments)
	lowest := 0.0
	for _, s := range segments {
		lowest = min(lowest, s.Score)
	}
	p.Certainty = certainty(p.L, lowest)
	for _, row := range p.Rows {
		if row.Unsure && p.Unsure == "" {
			p.Unsure = row.Anchor
		}
		for _, f := range row.Flags {
			if f.Dismissed != "" {
				continue
			}
			if p.NextFlag == "" {
				p.NextFlag = f.Anchor
			}
			switch f.Severity {
			case doc.Stop:
				p.Stops++
			case doc.Ask:
				p.Asks++
			default:
				p.Notes++
			}
		}
	}
	return nil
}

// decisions adds what was decided about the article, and what the outlet's terms let readers have.
func (d *desk) decisions(ctx context.Context, p *articlePage, zone *time.Location) error {
	terms, err := d.Store.Terms(ctx, p.Article.Outlet)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	p.Mode = rights.Decide(terms.Facts(), rights.Signals{})
	p.ModeText = p.L.T("mode." + p.Mode.String())
	reviews, err := d.Store.Reviews(ctx, p.Article.ID)
	if err != nil {
		return err
	}
	for i, v := range reviews {
		if i == 0 {
			p.Approved = v.Revision == p.Article.Revision && v.Decision == "approved"
		}
		p.Reviews = append(p.Reviews, reviewLine{
			Text: p.L.T("review."+v.Decision, "name", v.ByName, "n", v.Revision),
			Note: v.Note, At: p.L.DateTime(time.UnixMilli(v.At).In(zone)),
		})
	}
	return nil
}

// back leads to the article's page after an action, which the page then confirms.
func back(id, done, anchor string) web.Move {
	to := "/desk/articles/" + id
	if done != "" {
		to += "?done=" + done
	}
	if anchor != "" {
		to += "#" + anchor
	}
	return web.Move{To: to}
}

// decided leads back to the article's page, or, where a verb refused, shows the page with the reason.
func (d *desk) decided(r *http.Request, err error, done string) (web.Move, error) {
	id := r.PathValue("id")
	if err == nil {
		return back(id, done, ""), nil
	}
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.articlePage(r, id)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert = a
	return web.Move{}, &web.Instead{Name: "article", Page: p, Status: status}
}
