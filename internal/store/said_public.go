package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
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
	Article     news.Article        // with the title that readers see
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
	ctx = AskOnce(ctx)
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
	for _, c := range []struct{ condition, value string }{
		{"statement_place.speaker IN (" + familyOf("$%d") + ")", q.Speaker}, {"statement.story = $%d", q.Story}, {"article.id = $%d", q.Article},
	} {
		if c.value != "" {
			args = append(args, c.value)
			query += fmt.Sprintf(" AND "+c.condition, len(args))
		}
	}
	query, args = without(query, "statement.outlet", args, closed)
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
	if err := r.publicTitles(ctx, articles, articleIDs); err != nil {
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

// publicTitles gives articles the titles that readers see, where a newer revision waits.
func (r Reads) publicTitles(ctx context.Context, articles map[string]news.Article, ids []string) error {
	return inLots(ids, func(lot []string) error {
		marks, args := placeholders(1, lot)
		list, err := all(ctx, r, "titles of articles", func(s scanner) (a news.Article, err error) {
			var text string
			if err := s.Scan(&a.ID, &text); err != nil {
				return a, err
			}
			d, err := parseDoc(text)
			a.Title = d.Title.S
			return a, err
		}, `
SELECT article.id, revision.doc
  FROM article JOIN revision ON revision.article = article.id AND revision.n = article.public
 WHERE article.id IN (`+marks+`) AND article.public <> article.revision`, args...)
		for _, x := range list {
			a := articles[x.ID]
			a.Title = x.Title
			articles[x.ID] = a
		}
		return err
	})
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

// speakersRounds is how often PublicSpeakers looks further where speakers of whom nothing may be shown now fill a page.
const speakersRounds = 5

// PublicSpeakers returns speakers whom readers of a language can read, those with most statements first, and the cursor of the next page.
// A page may have less than limit, and none, before the last. An after that is none of ours is news.ErrInvalid.
func (r Reads) PublicSpeakers(ctx context.Context, lang, after string, limit int) ([]SpeakerCount, string, error) {
	limit = min(max(limit, 1), 500)
	at, err := parseSpot(after)
	if err != nil {
		return nil, "", err
	}
	ctx = AskOnce(ctx)
	var list []SpeakerCount
	for range speakersRounds {
		rows, err := all(ctx, r, "speakers read in "+lang, func(s scanner) (x spot, err error) {
			err = s.Scan(&x.n, &x.id)
			return x, err
		}, `
SELECT said, speaker
  FROM speaker_public
 WHERE lang = $1 AND said > 0 AND (said, speaker) < ($2, $3)
 ORDER BY said DESC, speaker DESC LIMIT $4`, lang, at.n, at.id, limit+1)
		if err != nil {
			return nil, "", err
		}
		more := len(rows) > limit
		rows = rows[:min(len(rows), limit)]
		found, err := r.speakerCounts(ctx, lang, rows)
		if err != nil {
			return nil, "", err
		}
		for i, c := range found {
			if list = append(list, c.SpeakerCount); len(list) == limit {
				if i+1 < len(found) || more {
					return list, c.spot.String(), nil
				}
				return list, "", nil
			}
		}
		if !more {
			return list, "", nil
		}
		at = rows[len(rows)-1]
	}
	return list, at.String(), nil
}

// A countedSpeaker is a speaker in a list, and his place in it.
type countedSpeaker struct {
	SpeakerCount
	spot spot
}

// speakerCounts returns those of the speakers, in their order, of whom something may be shown now.
func (r Reads) speakerCounts(ctx context.Context, lang string, rows []spot) ([]countedSpeaker, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, x := range rows {
		ids[i] = x.id
	}
	speakers, err := r.PublicSpeakersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	type seen struct {
		speaker  string
		n        int
		newestNo sql.NullInt64
	}
	// The counts of speaker_public are right where everything that was published may be shown.
	marks, args := placeholders(2, ids)
	args = append([]any{lang}, args...)
	open, args := notIn("seen.outlet", args, closed)
	count := `0`
	if len(closed) > 0 {
		count = `(SELECT COUNT(*) FROM statement_public seen WHERE seen.lang = $1 AND seen.speaker = same.id` + open + `)`
	}
	parts, err := all(ctx, r, "what readers see of speakers", func(s scanner) (x seen, err error) {
		err = s.Scan(&x.speaker, &x.n, &x.newestNo)
		return x, err
	}, `
SELECT same.known_as, `+count+`, (SELECT MAX(seen.no) FROM statement_public seen WHERE seen.lang = $1 AND seen.speaker = same.id`+open+`)
  FROM speaker same
 WHERE same.known_as IN (`+marks+`)`, args...)
	if err != nil {
		return nil, err
	}
	var list []countedSpeaker
	for _, x := range rows {
		c := countedSpeaker{SpeakerCount{Speaker: speakers[x.id]}, x}
		for _, p := range parts {
			if p.speaker == x.id && p.newestNo.Valid {
				c.Statements += p.n
				c.LastAt = max(c.LastAt, p.newestNo.Int64>>noBits*1000)
			}
		}
		if len(closed) == 0 {
			c.Statements = int(x.n)
		}
		if c.Statements > 0 && c.LastAt > 0 && c.Slug != "" {
			list = append(list, c)
		}
	}
	return list, nil
}

// A spot is a place in a list that is ordered by a number and an identifier, both descending.
type spot struct {
	n  int64
	id string
}

func (x spot) String() string {
	b, _ := json.Marshal([]any{x.n, x.id}) // a number and a string only
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseSpot(s string) (spot, error) {
	x := spot{n: math.MaxInt64}
	if s == "" {
		return x, nil
	}
	v := []any{&x.n, &x.id}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil || len(v) != 2 || x.n < 0 || !text([]any{x.id}) {
		return spot{}, fmt.Errorf("%.40q is no place in a list: begin at its first page: %w", s, news.ErrInvalid)
	}
	return x, nil
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
