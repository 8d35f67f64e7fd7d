package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// A PublicStatement is a statement as readers of a language get it. What is said beside it is of an article that is public now, of an
// outlet whose newest terms let readers have the whole text.
type PublicStatement struct {
	news.Statement
	By          news.Speaker        // as PublicSpeakersByID has him; zero if nobody is known by the name
	Place       news.StatementPlace // in the public revision; its Words are the words in the readers' language
	Article     news.Article
	Outlet      news.Outlet
	OriginalURL string
}

// Words are the words of origin, in the language that the statement has.
func (p PublicStatement) Words() string { return p.Text }

// A PublicQuery asks for statements that readers see. Empty fields ask for all.
type PublicQuery struct {
	Lang    string // of the readers; must be given
	Speaker string // identifier
	Story   string
	Article string // identifier
	Since   int64  // UTC milliseconds
	Until   int64  // exclusive
	After   string // the cursor that the page before gave
	Limit   int    // 0: 50; at most 500
}

const publicStatements = `
SELECT ` + statementColumns + `, ` + placeColumns + `, ` + madeOfColumns + `
  FROM statement
  JOIN statement_place ON statement_place.statement = statement.id
  JOIN article ON article.id = statement_place.article AND article.public = statement_place.revision
 WHERE article.lang = $1 AND ` + publicIn

// publicStatementsOf is publicStatements for statements whose numbers, story or identifiers follow: the database is to begin with these, not
// with the articles of the language.
const publicStatementsOf = `
SELECT ` + statementColumns + `, ` + placeColumns + `, ` + madeOfColumns + `
  FROM statement
 CROSS JOIN statement_place
 CROSS JOIN article
 WHERE statement_place.statement = statement.id AND article.id = statement_place.article AND article.public = statement_place.revision
   AND article.lang = $1 AND ` + publicIn

// PublicStatementsBy returns statements that readers see, the newest first, and the cursor of the next page; empty at the end.
func (r Reads) PublicStatementsBy(ctx context.Context, q PublicQuery) ([]PublicStatement, string, error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 500)
	after, err := parseCursor(q.After)
	if err != nil {
		return nil, "", err
	}
	low, high := int64(0), int64(math.MaxInt64)
	if q.Since > 0 {
		low = firstNo(q.Since)
	}
	if q.Until > 0 {
		high = firstNo(q.Until)
	}
	if after.set {
		high = min(high, after.no)
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, "", err
	}
	args := []any{q.Lang}
	query := publicStatementsOf
	if q.Article != "" {
		query = publicStatements
	}
	next := ""
	if q.Story == "" && q.Article == "" { // of all there are: the index of words knows which readers see
		nos, err := r.saidNos(ctx, SaidQuery{Public: q.Lang, Speaker: q.Speaker}, nil, low, high, q.Limit+1)
		if err != nil || len(nos) == 0 {
			return nil, "", err
		}
		if len(nos) > q.Limit {
			nos = nos[:q.Limit]
			next = cursor{set: true, no: nos[len(nos)-1]}.String()
		}
		query += ` AND statement.no IN (` + numbersList(nos) + `)`
	} else {
		args = append(args, low, high)
		query += ` AND statement.no >= $2 AND statement.no < $3`
	}
	for _, c := range []struct{ column, value string }{{"statement_place.speaker", q.Speaker}, {"statement.story", q.Story}, {"article.id", q.Article}} {
		if c.value != "" {
			args = append(args, c.value)
			query += fmt.Sprintf(` AND %s = $%d`, c.column, len(args))
		}
	}
	query, args = without(query, args, closed)
	args = append(args, q.Limit+1)
	found, err := all(ctx, r, "public statements", scanPlaced, query+fmt.Sprintf(`
 ORDER BY statement.no DESC
 LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, "", err
	}
	if len(found) > q.Limit {
		found = found[:q.Limit]
		next = cursor{set: true, no: found[len(found)-1].No}.String()
	}
	list, err := r.publicStatements(ctx, found)
	return list, next, err
}

// without adds to a question that a statement is of none of these outlets.
func without(query string, args []any, outlets []string) (string, []any) {
	if len(outlets) == 0 {
		return query, args
	}
	marks, more := placeholders(len(args)+1, outlets)
	return query + ` AND statement.outlet NOT IN (` + marks + `)`, append(args, more...)
}

// closedOutlets are the outlets with public articles of which readers may not have the whole text.
func (r Reads) closedOutlets(ctx context.Context) ([]string, error) {
	const withArticles = `EXISTS (SELECT 1 FROM article WHERE article.outlet = outlet.id AND ` + publicIn + `)`
	list, err := all(ctx, r, "outlets with public articles", scanString, `SELECT id FROM outlet WHERE `+withArticles)
	if err != nil {
		return nil, err
	}
	newest, err := all(ctx, r, "terms of outlets with public articles", scanTerms, `
SELECT `+termsColumns+`
  FROM outlet JOIN terms ON terms.outlet = outlet.id
 WHERE `+withArticles+`
   AND NOT EXISTS (SELECT 1 FROM terms newer WHERE newer.outlet = outlet.id AND (newer.from_at, newer.id) > (terms.from_at, terms.id))`)
	if err != nil {
		return nil, err
	}
	open := map[string]bool{}
	for _, t := range newest {
		open[t.Outlet] = rights.Decide(t.Facts(), rights.Signals{}) == rights.Full
	}
	return slices.DeleteFunc(list, func(id string) bool { return open[id] }), nil
}

// publicStatements adds what must be said beside each.
func (r Reads) publicStatements(ctx context.Context, found []PlacedStatement) ([]PublicStatement, error) {
	var ids, articleIDs, outletIDs, items []string
	for _, s := range found {
		for _, x := range []struct {
			list *[]string
			id   string
		}{{&ids, s.Speaker.ID}, {&articleIDs, s.Place.Article}, {&outletIDs, s.Outlet}, {&items, s.Item}} {
			if x.id != "" && !slices.Contains(*x.list, x.id) {
				*x.list = append(*x.list, x.id)
			}
		}
	}
	speakers, err := r.PublicSpeakersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	articles, err := byID(ctx, r, "article", articleColumns, scanArticle, func(a news.Article) string { return a.ID }, articleIDs)
	if err != nil {
		return nil, err
	}
	outlets, err := byID(ctx, r, "outlet", outletColumns, scanOutlet, func(o news.Outlet) string { return o.ID }, outletIDs)
	if err != nil {
		return nil, err
	}
	urls, err := byID(ctx, r, "item", "id, url", func(s scanner) (x [2]string, err error) {
		err = s.Scan(&x[0], &x[1])
		return x, err
	}, func(x [2]string) string { return x[0] }, items)
	if err != nil {
		return nil, err
	}
	var list []PublicStatement
	for _, s := range found {
		list = append(list, PublicStatement{
			Statement: s.Statement, Place: s.Place, By: speakers[s.Speaker.ID], Article: articles[s.Place.Article], Outlet: outlets[s.Outlet], OriginalURL: urls[s.Item][1],
		})
	}
	return list, nil
}

// PublicStatementsOf returns the statements of an article's public revision in the order of its text, an outer quotation before those
// inside it; nil if readers may not have its whole text.
func (r Reads) PublicStatementsOf(ctx context.Context, article string) ([]PublicStatement, error) {
	a, err := r.Article(ctx, article)
	if err != nil || !a.State.Public() {
		return nil, err
	}
	terms, err := r.Terms(ctx, a.Outlet)
	if err != nil || rights.Decide(terms.Facts(), rights.Signals{}) != rights.Full {
		return nil, err
	}
	found, err := r.StatementsIn(ctx, a.ID, a.Public)
	if err != nil {
		return nil, err
	}
	return r.publicStatements(ctx, found)
}

// A SpeakerCount is a speaker with something to read in a language.
type SpeakerCount struct {
	news.Speaker
	Statements int   // that readers see
	LastAt     int64 // of the newest
}

// PublicSpeakers returns speakers whom readers of a language can read, those with most statements first, and the cursor of the next page.
func (r Reads) PublicSpeakers(ctx context.Context, lang, after string, limit int) ([]SpeakerCount, string, error) {
	limit = min(max(limit, 1), 500)
	c, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	if !c.set {
		c.no = 0
	}
	type count struct {
		id string
		n  int
	}
	rows, err := all(ctx, r, "speakers read in "+lang, func(s scanner) (x count, err error) {
		err = s.Scan(&x.id, &x.n)
		return x, err
	}, `
SELECT speaker, said FROM speaker_public WHERE lang = $1 AND said > 0 ORDER BY said DESC, speaker DESC LIMIT $3 OFFSET $2`, lang, c.no, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = cursor{set: true, no: c.no + int64(limit)}.String()
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, "", err
	}
	var ids []string
	for _, x := range rows {
		ids = append(ids, x.id)
	}
	speakers, err := r.PublicSpeakersByID(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	var list []SpeakerCount
	for _, x := range rows {
		m := r.saidMatch(SaidQuery{Public: lang, Speaker: x.id}, closed)
		if len(closed) > 0 { // some of the counted may not be shown now
			if x.n, err = r.countMatch(ctx, m); err != nil {
				return nil, "", err
			}
		}
		newest, err := r.nosMatch(ctx, m, 0, math.MaxInt64, 1)
		if err != nil {
			return nil, "", err
		}
		if len(newest) > 0 && x.n > 0 {
			list = append(list, SpeakerCount{speakers[x.id], x.n, newest[0] >> noBits * 1000})
		}
	}
	return list, next, nil
}

// A StoryHead is a story as a list shows it: words that several outlets have.
type StoryHead struct {
	ID         string
	Statements int // that readers see
	Outlets    int
	FirstAt    int64
	LastAt     int64
	First      PublicStatement // the earliest that readers see
}

// PublicStories returns stories of which readers of a language see something, the newest first, and the cursor of the next page.
func (r Reads) PublicStories(ctx context.Context, lang, after string, limit int) ([]StoryHead, string, error) {
	limit = min(max(limit, 1), 200)
	c, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, "", err
	}
	query, args := without(`
SELECT statement.story, COUNT(*), MIN(statement.at), MAX(statement.at)
  FROM statement
 CROSS JOIN statement_place
 CROSS JOIN article
 WHERE statement.story > '' AND statement_place.statement = statement.id
   AND article.id = statement_place.article AND article.public = statement_place.revision AND article.lang = $1 AND `+publicIn, []any{lang, c.no, limit + 1}, closed)
	heads, err := all(ctx, r, "stories read in "+lang, func(s scanner) (h StoryHead, err error) {
		err = s.Scan(&h.ID, &h.Statements, &h.FirstAt, &h.LastAt)
		return h, err
	}, query+`
 GROUP BY statement.story
 ORDER BY MAX(statement.at) DESC, statement.story
 LIMIT $3 OFFSET $2`, args...)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(heads) > limit {
		heads = heads[:limit]
		next = cursor{set: true, no: c.no + int64(limit)}.String()
	}
	for i := range heads {
		h := &heads[i]
		n, err := one(ctx, r, "outlets of story "+h.ID, scanInt, `SELECT COUNT(DISTINCT outlet) FROM statement WHERE story = $1 AND gone_at = 0`, h.ID)
		if err != nil {
			return nil, "", err
		}
		h.Outlets = int(n)
		seen, err := r.storyStatements(ctx, h.ID, lang, closed, 1)
		if err != nil {
			return nil, "", err
		}
		if len(seen) > 0 {
			h.First = seen[0]
		}
	}
	return heads, next, nil
}

// A Story is words that several outlets have, and how they went from one to another.
type Story struct {
	ID         string
	Statements []PublicStatement // that readers see, the oldest first; at most 200
	Articles   []news.Article    // theirs, in the same order, each once
	Elsewhere  []Reported        // the others that were taken and not killed: where and when, without their words; the oldest first, at most 200
}

// A Reported says that an outlet has the words, too.
type Reported struct {
	Outlet news.Outlet
	Lang   string
	URL    string // of the outlet's article
	At     int64
}

// PublicStory returns a story as readers of a language see it; news.ErrNotFound if they see nothing of it. The identifier of any of its
// statements serves: stories grow together.
func (r Reads) PublicStory(ctx context.Context, id, lang string) (Story, error) {
	nothing := fmt.Errorf("story %s in %s: %w", id, lang, news.ErrNotFound)
	s, err := r.Statement(ctx, id)
	if err != nil {
		return Story{}, err
	}
	if s.Story == "" {
		return Story{}, nothing
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return Story{}, err
	}
	story := Story{ID: s.Story}
	if story.Statements, err = r.storyStatements(ctx, s.Story, lang, closed, 200); err != nil {
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
	// not what a person decided that nobody should read: items left, and those of which all articles were killed
	others, err := all(ctx, r, "statements of story "+s.Story, scanStatement, `
SELECT `+statementColumns+`
  FROM statement JOIN item ON item.id = statement.item
 WHERE statement.story = $1 AND statement.gone_at = 0 AND item.state = 'taken'
   AND (NOT EXISTS (SELECT 1 FROM article WHERE article.item = item.id)
        OR EXISTS (SELECT 1 FROM article WHERE article.item = item.id AND article.state <> 'killed'))
 ORDER BY statement.no LIMIT 400`, s.Story)
	if err != nil {
		return Story{}, err
	}
	for _, o := range others {
		if shown[o.Item] || len(story.Elsewhere) == 200 {
			continue
		}
		shown[o.Item] = true
		outlet, err := r.Outlet(ctx, o.Outlet)
		if err != nil {
			return Story{}, err
		}
		item, err := r.Item(ctx, o.Item)
		if err != nil {
			return Story{}, err
		}
		story.Elsewhere = append(story.Elsewhere, Reported{outlet, o.Lang, item.URL, o.At})
	}
	return story, nil
}

func (r Reads) storyStatements(ctx context.Context, story, lang string, closed []string, limit int) ([]PublicStatement, error) {
	query, args := without(publicStatements+` AND statement.story = $2`, []any{lang, story, limit}, closed)
	found, err := all(ctx, r, "statements of story "+story, scanPlaced, query+`
 ORDER BY statement.no
 LIMIT $3`, args...)
	if err != nil {
		return nil, err
	}
	return r.publicStatements(ctx, found)
}

// ErrStop ends EachPublicStatement without an error.
var ErrStop = errors.New("stop")

// EachPublicStatement calls f for each statement that readers see, the newest first, in pages of q.Limit, until f returns an error.
// After counts; ErrStop is no error.
func (r Reads) EachPublicStatement(ctx context.Context, q PublicQuery, f func(PublicStatement) error) error {
	if q.Limit <= 0 {
		q.Limit = 500
	}
	for {
		list, next, err := r.PublicStatementsBy(ctx, q)
		if err != nil {
			return err
		}
		for _, s := range list {
			if err := f(s); err != nil {
				if errors.Is(err, ErrStop) {
					return nil
				}
				return err
			}
		}
		if next == "" {
			return nil
		}
		q.After = next
	}
}
