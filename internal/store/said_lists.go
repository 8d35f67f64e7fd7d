package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// storyPart is how many statements of a story stand beside one of them in a list; its timeline has all.
const storyPart = 20

// A StoryPart is what a list shows of a story.
type StoryPart struct {
	Statements []PublicStatement // that readers see, the oldest first; at most 20
	Items      int               // articles of outlets that have the words, also those that readers only hear of, as PublicStory has them
}

// Several reports whether readers are told of more than one outlet's article: what has a timeline to lead to.
func (p StoryPart) Several() bool { return max(len(p.Statements), p.Items) > 1 }

// PublicStoryParts returns stories as lists show them, by identifier; those of which readers of a language see nothing are left out.
func (r Reads) PublicStoryParts(ctx context.Context, lang string, ids []string) (map[string]StoryPart, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ctx = AskOnce(ctx)
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	var seen []string
	parts := map[string]StoryPart{}
	err = inLots(ids, func(lot []string) error {
		marks, args := placeholders(2, lot)
		query, args := without(`
SELECT statement AS id, ROW_NUMBER() OVER (PARTITION BY story ORDER BY no) AS nth
  FROM statement_public
 WHERE lang = $1 AND story <> '' AND story IN (`+marks+`)`, "outlet", append([]any{lang}, args...), closed)
		list, err := all(ctx, r, "statements of stories", scanString, fmt.Sprintf(`SELECT seen.id FROM (%s) seen WHERE seen.nth <= %d`, query, storyPart), args...)
		seen = append(seen, list...)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = inLots(seen, func(lot []string) error {
		marks, args := placeholders(2, lot)
		found, err := all(ctx, r, "statements of stories", scanPlaced, publicStatementsOf+` AND statement.id IN (`+marks+`) ORDER BY statement.no`, append([]any{lang}, args...)...)
		if err != nil {
			return err
		}
		list, err := r.publicStatements(ctx, found)
		for _, p := range list {
			part := parts[p.Story]
			part.Statements = append(part.Statements, p)
			parts[p.Story] = part
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return parts, inLots(ids, func(lot []string) error {
		type count struct {
			story, outlet string
			n             int
		}
		marks, args := placeholders(1, lot)
		counts, err := all(ctx, r, "articles of stories", func(s scanner) (c count, err error) {
			err = s.Scan(&c.story, &c.outlet, &c.n)
			return c, err
		}, `
SELECT statement.story, statement.outlet, COUNT(DISTINCT statement.item)
  FROM statement JOIN item ON item.id = statement.item
 WHERE statement.story IN (`+marks+`) AND statement.gone_at = 0 AND `+notKilled+`
 GROUP BY statement.story, statement.outlet`, args...)
		if err != nil {
			return err
		}
		var outlets []string
		for _, c := range counts {
			if !slices.Contains(outlets, c.outlet) {
				outlets = append(outlets, c.outlet)
			}
		}
		modes, err := r.modes(ctx, outlets)
		for _, c := range counts {
			if part, ok := parts[c.story]; ok && modes[c.outlet] != rights.Private {
				part.Items += c.n
				parts[c.story] = part
			}
		}
		return err
	})
}

// perhapsEach is how many links that wait for a person a list shows of a statement.
const perhapsEach = 8

// PerhapsOf returns the links that wait for a person, of statements, by statement: of each the best, at most 8.
func (r Reads) PerhapsOf(ctx context.Context, ids []string) (map[string][]news.StatementLink, error) {
	found := map[string][]news.StatementLink{}
	return found, inLots(ids, func(lot []string) error {
		marks, args := placeholders(1, lot)
		links, err := all(ctx, r, "links of statements", scanLink, `
SELECT `+linkColumns+` FROM statement_link WHERE a IN (`+marks+`) AND state = 'perhaps'
UNION
SELECT `+linkColumns+` FROM statement_link WHERE b IN (`+marks+`) AND state = 'perhaps'
 ORDER BY 3 DESC, 1 DESC, 2 DESC`, args...)
		for _, l := range links {
			for _, id := range []string{l.A, l.B} {
				if slices.Contains(lot, id) && len(found[id]) < perhapsEach {
					found[id] = append(found[id], l)
				}
			}
		}
		return err
	})
}

// inLots calls f for as many of a list as one question names, until all are done.
func inLots(list []string, f func(lot []string) error) error {
	for lot := range slices.Chunk(list, maxAsked) {
		if err := f(lot); err != nil {
			return err
		}
	}
	return nil
}

// byID reads rows of a table by their identifiers.
func byID[T any](ctx context.Context, r Reads, table, columns string, scan func(scanner) (T, error), id func(T) string, ids []string) (map[string]T, error) {
	found := map[string]T{}
	return found, inLots(ids, func(lot []string) error {
		marks, args := placeholders(1, lot)
		list, err := all(ctx, r, table+"s by identifier", scan, `SELECT `+columns+` FROM `+table+` WHERE id IN (`+marks+`)`, args...)
		for _, x := range list {
			found[id(x)] = x
		}
		return err
	})
}
