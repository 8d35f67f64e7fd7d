package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const linkColumns = `statement_link.a, statement_link.b, statement_link.score, statement_link.why, statement_link.state, statement_link.by_whom, statement_link.at`

func linkDest(l *news.StatementLink) []any {
	return []any{&l.A, &l.B, &l.Score, &l.Why, &l.State, &l.By, &l.At}
}

func scanLink(r scanner) (news.StatementLink, error) {
	var l news.StatementLink
	err := r.Scan(linkDest(&l)...)
	return l, err
}

// Link returns what is known of two statements, in either order; news.ErrNotFound if it is nothing.
func (r Reads) Link(ctx context.Context, a, b string) (news.StatementLink, error) {
	if a > b {
		a, b = b, a
	}
	return one(ctx, r, "link of statements "+a+" and "+b, scanLink, `SELECT `+linkColumns+` FROM statement_link WHERE a = $1 AND b = $2`, a, b)
}

// A LinkedStatement is a link and the other statement of it.
type LinkedStatement struct {
	news.StatementLink
	Statement  news.Statement
	OutletName string
}

// LinksOf returns the links of a statement: those that hold, then those that wait for a person, then those that were cut, the best first.
func (r Reads) LinksOf(ctx context.Context, id string) ([]LinkedStatement, error) {
	return all(ctx, r, "links of statement "+id, scanLinked, `
SELECT `+linkColumns+`, `+statementColumns+`, outlet.name
  FROM (SELECT statement_link.*, b AS other FROM statement_link WHERE a = $1
        UNION ALL
        SELECT statement_link.*, a AS other FROM statement_link WHERE b = $1) statement_link
  JOIN statement ON statement.id = statement_link.other
  JOIN outlet ON outlet.id = statement.outlet
 ORDER BY CASE statement_link.state WHEN 'confirmed' THEN 0 WHEN 'linked' THEN 1 WHEN 'perhaps' THEN 2 ELSE 3 END, statement_link.score DESC, statement.no DESC
 LIMIT 200`, id)
}

func scanLinked(r scanner) (LinkedStatement, error) {
	var x LinkedStatement
	var v statementRow
	if err := r.Scan(append(append(linkDest(&x.StatementLink), v.dest()...), &x.OutletName)...); err != nil {
		return x, err
	}
	var err error
	x.Statement, err = v.statement()
	return x, err
}

// LinksOfItem returns the links of what the newest reading of an item says, by its statements.
func (r Reads) LinksOfItem(ctx context.Context, item string) (map[string][]LinkedStatement, error) {
	ids, err := all(ctx, r, "linked statements of item "+item, scanString, `
SELECT id
  FROM statement
 WHERE item = $1 AND gone_at = 0
   AND (EXISTS (SELECT 1 FROM statement_link WHERE a = statement.id) OR EXISTS (SELECT 1 FROM statement_link WHERE b = statement.id))`, item)
	if err != nil {
		return nil, err
	}
	found := map[string][]LinkedStatement{}
	for _, id := range ids {
		if found[id], err = r.LinksOf(ctx, id); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// A PerhapsLink is two statements of which a person should say whether they are one.
type PerhapsLink struct {
	news.StatementLink
	StatementA, StatementB news.Statement
	OutletA, OutletB       string // names
}

// PerhapsLinks returns up to limit links that wait for a person, of statements that stand, the newest first, from the place after (before, beforeA, beforeB);
// pass math.MaxInt64 and "" for the beginning.
func (r Reads) PerhapsLinks(ctx context.Context, before int64, beforeA, beforeB string, limit int) ([]PerhapsLink, error) {
	links, err := all(ctx, r, "links that wait", scanLink, `
SELECT `+linkColumns+`
  FROM statement_link
 WHERE state = 'perhaps' AND (at, a, b) < ($1, $2, $3)
   AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.id IN (statement_link.a, statement_link.b) AND statement.gone_at <> 0)
 ORDER BY at DESC, a DESC, b DESC
 LIMIT $4`, before, beforeA, beforeB, limit)
	if err != nil {
		return nil, err
	}
	list := make([]PerhapsLink, len(links))
	for i, l := range links {
		list[i].StatementLink = l
		for _, side := range []struct {
			id     string
			into   *news.Statement
			outlet *string
		}{{l.A, &list[i].StatementA, &list[i].OutletA}, {l.B, &list[i].StatementB, &list[i].OutletB}} {
			if *side.into, err = r.Statement(ctx, side.id); err != nil {
				return nil, err
			}
			o, err := r.Outlet(ctx, side.into.Outlet)
			if err != nil {
				return nil, err
			}
			*side.outlet = o.Name
		}
	}
	return list, nil
}

// PerhapsCount returns how many links wait for a person.
func (r Reads) PerhapsCount(ctx context.Context) (int, error) {
	n, err := one(ctx, r, "links that wait", scanInt, `
SELECT COUNT(*)
  FROM statement_link
 WHERE state = 'perhaps'
   AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.id IN (statement_link.a, statement_link.b) AND statement.gone_at <> 0)`)
	return int(n), err
}

// FoundLink keeps what the machine thinks of two statements; what a person decided stays. One that is neither linked nor perhaps is
// forgotten. It reports whether anything changed.
func (tx *Tx) FoundLink(ctx context.Context, l news.StatementLink) (bool, error) {
	if l.A > l.B {
		l.A, l.B = l.B, l.A
	}
	what := "link statements " + l.A + " and " + l.B
	if l.State != news.LinkFound && l.State != news.LinkPerhaps {
		n, err := tx.exec(ctx, what, `DELETE FROM statement_link WHERE a = $1 AND b = $2 AND by_whom = ''`, l.A, l.B)
		return n > 0, err
	}
	n, err := tx.exec(ctx, what, `
INSERT INTO statement_link (a, b, score, why, state, by_whom, at) VALUES ($1, $2, $3, $4, $5, '', $6)
ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, why = excluded.why, state = excluded.state
 WHERE statement_link.by_whom = '' AND (statement_link.state <> excluded.state OR statement_link.score <> excluded.score OR statement_link.why <> excluded.why)`,
		l.A, l.B, l.Score, l.Why, string(l.State), l.At)
	return n > 0, err
}

// DecideLink keeps what a person, or with an empty By the undoing of one, says of two statements.
func (tx *Tx) DecideLink(ctx context.Context, l news.StatementLink) error {
	if l.A > l.B {
		l.A, l.B = l.B, l.A
	}
	_, err := tx.exec(ctx, "link statements "+l.A+" and "+l.B, `
INSERT INTO statement_link (a, b, score, why, state, by_whom, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, why = excluded.why, state = excluded.state, by_whom = excluded.by_whom, at = excluded.at`,
		l.A, l.B, l.Score, l.Why, string(l.State), l.By, l.At)
	return err
}

// DropLink forgets a link: what undoing needs.
func (tx *Tx) DropLink(ctx context.Context, a, b string) error {
	if a > b {
		a, b = b, a
	}
	_, err := tx.exec(ctx, "unlink statements "+a+" and "+b, `DELETE FROM statement_link WHERE a = $1 AND b = $2`, a, b)
	return err
}

// maxStory is how many statements are followed from one to another.
const maxStory = 500

// Relate brings the stories of statements up to date after links of theirs changed: those that hold on to each other share one.
func (tx *Tx) Relate(ctx context.Context, ids ...string) error {
	done := map[string]bool{}
	for _, id := range ids {
		if done[id] {
			continue
		}
		members, err := tx.linkedWith(ctx, id)
		if err != nil {
			return err
		}
		story := ""
		for _, m := range members {
			if len(members) > 1 && (story == "" || m < story) {
				story = m
			}
		}
		for _, m := range members {
			done[m] = true
			if _, err := tx.exec(ctx, "relate statement "+m, `UPDATE statement SET story = $2 WHERE id = $1 AND story <> $2`, m, story); err != nil {
				return err
			}
			if _, err := tx.exec(ctx, "relate statement "+m, `UPDATE statement_public SET story = $2 WHERE statement = $1 AND story <> $2`, m, story); err != nil {
				return err
			}
		}
	}
	return nil
}

// linkedWith returns a statement and those that links which hold lead to. What is gone leads nowhere.
func (r Reads) linkedWith(ctx context.Context, id string) ([]string, error) {
	members := []string{id}
	seen := map[string]bool{id: true}
	for i := 0; i < len(members) && len(members) < maxStory; i++ {
		next, err := all(ctx, r, "links of statement "+members[i], scanString, `
SELECT found.id
  FROM (SELECT b AS id FROM statement_link WHERE a = $1 AND state IN ('linked', 'confirmed')
        UNION ALL
        SELECT a AS id FROM statement_link WHERE b = $1 AND state IN ('linked', 'confirmed')) found
  JOIN statement ON statement.id = found.id AND statement.gone_at = 0
 WHERE EXISTS (SELECT 1 FROM statement WHERE id = $1 AND gone_at = 0)`, members[i])
		if err != nil {
			return nil, err
		}
		for _, n := range next {
			if !seen[n] {
				seen[n] = true
				members = append(members, n)
			}
		}
	}
	return members, nil
}

// StatementsNear returns up to limit statements of a speaker between two times, of other items, the newest first.
func (r Reads) StatementsNear(ctx context.Context, speaker, item string, since, until int64, limit int) ([]news.Statement, error) {
	return all(ctx, r, "statements of speaker "+speaker, scanStatement, `
SELECT `+statementColumns+`
  FROM statement
 WHERE speaker IN (`+familyOf("$1")+`) AND no >= $2 AND no < $3 AND item <> $4 AND gone_at = 0
 ORDER BY no DESC
 LIMIT $5`, speaker, firstNo(since), firstNo(until), item, limit)
}

// StatementsSharing returns up to limit statements of other items, between two times, that share at least least of the grams, those that
// share most first; an until of 0 is no bound. What more than 200 share finds nothing: everybody says it.
func (r Reads) StatementsSharing(ctx context.Context, grams []int64, item string, since, until int64, least, limit int) ([]news.Statement, error) {
	low, high := firstNo(since), int64(math.MaxInt64)
	if until > 0 {
		high = firstNo(until)
	}
	shared := map[int64]int{}
	for _, g := range grams {
		nos, err := all(ctx, r, "statements with the same words", scanInt, `
SELECT no FROM statement_gram WHERE gram = $1 AND no >= $2 AND no < $3 ORDER BY no DESC LIMIT $4`, g, low, high, maxSharing+1)
		if err != nil {
			return nil, err
		}
		if len(nos) > maxSharing {
			continue
		}
		for _, n := range nos {
			shared[n]++
		}
	}
	var best []ranking
	for no, n := range shared {
		if n >= least {
			best = append(best, ranking{no, int64(n)})
		}
	}
	sortRanking(best)
	best = best[:min(len(best), 2*limit)]
	if len(best) == 0 {
		return nil, nil
	}
	nos := make([]int64, len(best))
	for i, x := range best {
		nos[i] = x.no
	}
	found, err := all(ctx, r, "statements with the same words", scanStatement, `
SELECT `+statementColumns+` FROM statement WHERE no IN (`+numbersList(nos)+`) AND item <> $1 AND gone_at = 0`, item)
	if err != nil {
		return nil, err
	}
	byNo := map[int64]news.Statement{}
	for _, s := range found {
		byNo[s.No] = s
	}
	var list []news.Statement
	for _, no := range nos {
		if s, ok := byNo[no]; ok && len(list) < limit {
			list = append(list, s)
		}
	}
	return list, nil
}

// maxSharing is in how many statements a run of words is rare.
const maxSharing = 200

// AddStatementEvent records what a person decided.
func (tx *Tx) AddStatementEvent(ctx context.Context, e news.StatementEvent) error {
	_, err := tx.exec(ctx, "record a decision about statements", `
INSERT INTO statement_event (id, what, statement, other, speaker, learned, before, by_whom, at, undone_by, undone_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0)`, e.ID, e.What, orNull(e.Statement), orNull(e.Other), orNull(e.Speaker), e.Learned, e.Before, e.By, e.At)
	return err
}

// UndoneStatementEvent records that a decision was undone. One that was already is news.ErrConflict.
func (tx *Tx) UndoneStatementEvent(ctx context.Context, id, by string, at int64) error {
	n, err := tx.exec(ctx, "undo decision "+id, `UPDATE statement_event SET undone_by = $2, undone_at = $3 WHERE id = $1 AND undone_at = 0`, id, by, at)
	if err == nil && n == 0 {
		return fmt.Errorf("decision %s is undone already: %w", id, news.ErrConflict)
	}
	return err
}

const statementEventColumns = `id, what, statement, other, speaker, learned, before, by_whom, at, undone_by, undone_at`

func scanStatementEvent(r scanner) (news.StatementEvent, error) {
	var e news.StatementEvent
	var statement, other, speaker sql.NullString
	err := r.Scan(&e.ID, &e.What, &statement, &other, &speaker, &e.Learned, &e.Before, &e.By, &e.At, &e.UndoneBy, &e.UndoneAt)
	e.Statement, e.Other, e.Speaker = statement.String, other.String, speaker.String
	return e, err
}

// StatementEvent returns a decision; news.ErrNotFound if there is none.
func (r Reads) StatementEvent(ctx context.Context, id string) (news.StatementEvent, error) {
	return one(ctx, r, "decision "+id, scanStatementEvent, `SELECT `+statementEventColumns+` FROM statement_event WHERE id = $1`, id)
}

// StatementChanges returns what people decided about a statement, its links and its speaker, the newest first.
func (r Reads) StatementChanges(ctx context.Context, id string) ([]news.StatementEvent, error) {
	return all(ctx, r, "decisions about statement "+id, scanStatementEvent, `
SELECT `+statementEventColumns+` FROM statement_event WHERE statement = $1 OR other = $1 ORDER BY at DESC, id DESC LIMIT 200`, id)
}

// SpeakerChanges returns what people decided about a speaker, the newest first.
func (r Reads) SpeakerChanges(ctx context.Context, speaker string) ([]news.StatementEvent, error) {
	return all(ctx, r, "decisions about speaker "+speaker, scanStatementEvent, `
SELECT `+statementEventColumns+` FROM statement_event WHERE speaker = $1 ORDER BY at DESC, id DESC LIMIT 200`, speaker)
}
