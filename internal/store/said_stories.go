package store

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// PublicStories returns the stories of which readers of a language see something, those with the newest statement first, each as the
// earliest statement that they see of it, and the cursor of the next page. An after that is none of ours is news.ErrInvalid.
func (r Reads) PublicStories(ctx context.Context, lang, after string, limit int) ([]PublicStatement, string, error) {
	limit = min(max(limit, 1), 200)
	c, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	if !c.set {
		c.no = math.MaxInt64
	}
	ctx = AskOnce(ctx)
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, "", err
	}
	args := []any{lang, c.no, limit + 1}
	open, more := notIn("head.outlet", args, closed)
	openNewer, _ := notIn("newer.outlet", args, closed)
	openFirst, _ := notIn("first.outlet", args, closed)
	type head struct{ newest, first int64 }
	// A story stands where its newest statement does: it is read off the index in that order, not put together.
	heads, err := all(ctx, r, "stories read in "+lang, func(s scanner) (h head, err error) {
		err = s.Scan(&h.newest, &h.first)
		return h, err
	}, `
SELECT head.no, (SELECT MIN(first.no) FROM statement_public first WHERE first.lang = head.lang AND first.story = head.story AND first.story <> ''`+openFirst+`)
  FROM statement_public head
 WHERE head.lang = $1 AND head.story <> '' AND head.no < $2`+open+`
   AND head.no = (SELECT MAX(newer.no) FROM statement_public newer WHERE newer.lang = head.lang AND newer.story = head.story AND newer.story <> ''`+openNewer+`)
 ORDER BY head.no DESC
 LIMIT $3`, more...)
	if err != nil || len(heads) == 0 {
		return nil, "", err
	}
	next := ""
	if len(heads) > limit {
		heads = heads[:limit]
		next = cursor{set: true, no: heads[limit-1].newest}.String()
	}
	order := map[int64]int{}
	nos := make([]int64, len(heads))
	for i, h := range heads {
		order[h.first], nos[i] = i, h.first
	}
	found, err := r.placedIn(ctx, lang, nos)
	if err != nil {
		return nil, "", err
	}
	slices.SortFunc(found, func(a, b PlacedStatement) int { return order[a.No] - order[b.No] })
	list, err := r.publicStatements(ctx, found)
	return list, next, err
}

// A Story is words that several outlets have, and how they went from one to another.
type Story struct {
	ID         string
	Statements []PublicStatement // that readers see, the oldest first; at most 200
	Articles   []news.Article    // theirs, in the same order, each once
	Elsewhere  []Reported        // the others that were taken and not killed, of outlets that readers may hear of: where and when, without their words; the oldest first, at most 200
}

// A Reported says that an outlet has the words, too.
type Reported struct {
	Outlet   news.Outlet
	Open     bool // its terms let readers have the words: we have not published them in the language
	Original string
	Lang     string
	URL      string // of the outlet's article
}

// notKilled is the condition that nobody decided of an item that readers should hear nothing of it: it was not left, and not all of its
// articles were killed.
const notKilled = `item.state = 'taken'
   AND (NOT EXISTS (SELECT 1 FROM article WHERE article.item = item.id)
        OR EXISTS (SELECT 1 FROM article WHERE article.item = item.id AND article.state <> 'killed'))`

// PublicStory returns a story as readers of a language see it; news.ErrNotFound if they see nothing of it. The identifier of any of its
// statements serves: stories grow together. An outlet whose terms keep all of it private is not named.
func (r Reads) PublicStory(ctx context.Context, id, lang string) (Story, error) {
	nothing := fmt.Errorf("story %s in %s: %w", id, lang, news.ErrNotFound)
	s, err := r.Statement(ctx, id)
	if err != nil {
		return Story{}, err
	}
	if s.Story == "" {
		return Story{}, nothing
	}
	ctx = AskOnce(ctx)
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return Story{}, err
	}
	story := Story{ID: s.Story}
	query, args := without(publicStatementsOf+` AND statement.story = $2`, "statement.outlet", []any{lang, s.Story}, closed)
	found, err := all(ctx, r, "statements of story "+s.Story, scanPlaced, query+` ORDER BY statement.no LIMIT 200`, args...)
	if err != nil {
		return Story{}, err
	}
	if story.Statements, err = r.publicStatements(ctx, found); err != nil {
		return Story{}, err
	}
	if len(story.Statements) == 0 {
		return Story{}, nothing
	}
	shown := map[string]bool{}
	for _, p := range story.Statements {
		shown[p.Item] = true
		if !slices.ContainsFunc(story.Articles, func(a news.Article) bool { return a.ID == p.Article.ID }) {
			story.Articles = append(story.Articles, p.Article)
		}
	}
	story.Elsewhere, err = r.elsewhere(ctx, s.Story, shown)
	return story, err
}

// elsewhere returns who else has the words of a story, the oldest first, at most 200.
func (r Reads) elsewhere(ctx context.Context, story string, shown map[string]bool) ([]Reported, error) {
	type other struct {
		item, outlet, original, lang, url string
	}
	others, err := all(ctx, r, "statements of story "+story, func(s scanner) (o other, err error) {
		err = s.Scan(&o.item, &o.outlet, &o.original, &o.lang, &o.url)
		return o, err
	}, `
SELECT statement.item, statement.outlet, statement.original, statement.lang, item.url
  FROM statement JOIN item ON item.id = statement.item
 WHERE statement.story = $1 AND statement.gone_at = 0 AND `+notKilled+`
 ORDER BY statement.no LIMIT 1000`, story)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range others {
		if !slices.Contains(ids, o.outlet) {
			ids = append(ids, o.outlet)
		}
	}
	modes, err := r.modes(ctx, ids)
	if err != nil {
		return nil, err
	}
	outlets, err := byID(ctx, r, "outlet", outletColumns, scanOutlet, func(o news.Outlet) string { return o.ID }, ids)
	if err != nil {
		return nil, err
	}
	var list []Reported
	for _, o := range others {
		if shown[o.item] || modes[o.outlet] == rights.Private || len(list) == 200 {
			continue
		}
		shown[o.item] = true
		list = append(list, Reported{outlets[o.outlet], modes[o.outlet] == rights.Full, o.original, o.lang, o.url})
	}
	return list, nil
}
