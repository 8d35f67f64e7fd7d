package store

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// PublicStatementsByID returns those of the statements that readers of a language see, in the order of ids. At most 200 are asked for.
func (r Reads) PublicStatementsByID(ctx context.Context, lang string, ids []string) ([]PublicStatement, error) {
	ids = ids[:min(len(ids), 200)]
	if len(ids) == 0 {
		return nil, nil
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	marks, more := placeholders(2, ids)
	query, args := without(publicStatementsOf+` AND statement.id IN (`+marks+`)`, "statement.outlet", append([]any{lang}, more...), closed)
	found, err := all(ctx, r, "public statements", scanPlaced, query, args...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b PlacedStatement) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return r.publicStatements(ctx, found)
}

// PublicStatementsIn is PublicStatementsOf for an article that was read already.
func (r Reads) PublicStatementsIn(ctx context.Context, p Public) ([]PublicStatement, error) {
	if !p.State.Public() || rights.Decide(p.Terms.Facts(), rights.Signals{}) != rights.Full {
		return nil, nil
	}
	found, err := r.StatementsIn(ctx, p.ID, p.Article.Public)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var ids []string
	for _, s := range found {
		if s.Speaker.ID != "" && !slices.Contains(ids, s.Speaker.ID) {
			ids = append(ids, s.Speaker.ID)
		}
	}
	speakers, err := r.PublicSpeakersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]PublicStatement, 0, len(found))
	for _, s := range found {
		list = append(list, PublicStatement{Statement: s.Statement, Place: s.Place, By: speakers[s.Speaker.ID], Article: p.Article, Outlet: p.Outlet, OriginalURL: p.OriginalURL})
	}
	return list, nil
}

// PublicOutlets returns the outlets of which readers of a language have the whole text of something, by name.
func (r Reads) PublicOutlets(ctx context.Context, lang string) ([]news.Outlet, error) {
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	list, err := all(ctx, r, "outlets read in "+lang, scanOutlet, `
SELECT `+outletColumns+`
  FROM outlet
 WHERE EXISTS (SELECT 1 FROM article WHERE article.outlet = outlet.id AND article.lang = $1 AND `+publicIn+`)
 ORDER BY LOWER(name), id`, lang)
	return slices.DeleteFunc(list, func(o news.Outlet) bool { return slices.Contains(closed, o.ID) }), err
}

// PublicSpeakerNames returns up to limit speakers whom readers of a language can read, with names and roles, those with most statements
// first: what an alphabet is made of.
func (r Reads) PublicSpeakerNames(ctx context.Context, lang string, limit int) ([]news.Speaker, error) {
	ctx = AskOnce(ctx)
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	query, args := `SELECT speaker FROM speaker_public WHERE lang = $1 AND said > 0`, []any{lang, limit}
	if len(closed) > 0 { // some of the counted may not be shown now
		open, more := notIn("seen.outlet", args, closed)
		args = more
		query += `
   AND EXISTS (SELECT 1 FROM speaker same JOIN statement_public seen ON seen.lang = $1 AND seen.speaker = same.id
                WHERE same.known_as = speaker_public.speaker` + open + `)`
	}
	ids, err := all(ctx, r, "speakers read in "+lang, scanString, query+` ORDER BY said DESC, speaker DESC LIMIT $2`, args...)
	if err != nil {
		return nil, err
	}
	list := make([]news.Speaker, 0, len(ids))
	for part := range slices.Chunk(ids, 500) {
		known, err := r.PublicSpeakersByID(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, id := range part {
			if by := known[id]; by.Slug != "" {
				list = append(list, by)
			}
		}
	}
	return list, nil
}

// Lit returns where words that a search asks for stand in a text, as Said finds them: bytes, in order, apart from each other.
func Lit(query, text string) [][2]int {
	list := parseWords(query)
	if len(list) == 0 {
		return nil
	}
	fits := func(word string) bool {
		return slices.ContainsFunc(list, func(w wanted) bool {
			if w.begin {
				return strings.HasPrefix(word, w.words[0])
			}
			return slices.Contains(w.words, word)
		})
	}
	var found [][2]int
	start := -1
	end := func(at int) {
		if start >= 0 && slices.ContainsFunc(foldedWords(text[start:at]), fits) {
			found = append(found, [2]int{start, at})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			end(i)
		case start < 0:
			start = i
		}
	}
	end(len(text))
	return found
}

// A SpeakerAddress is a speaker's page in a language, as a sitemap lists it.
type SpeakerAddress struct {
	Lang      string
	Slug      string
	ChangedAt int64 // when the newest article that quotes the speaker was published or corrected
	Read      bool  // somebody approved the public revision of one of these articles
}

// SpeakerAddresses returns up to limit pages of speakers who are quoted in public articles, after the first offset, by language and
// identifier.
func (r Reads) SpeakerAddresses(ctx context.Context, offset, limit int) ([]SpeakerAddress, error) {
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	query, args := without(`
SELECT listed.lang, speaker.slug, MAX(CASE WHEN article.changed_at > article.published_at THEN article.changed_at ELSE article.published_at END) AS changed,
       MAX(CASE WHEN EXISTS (SELECT 1 FROM review WHERE review.article = article.id AND review.revision = article.public AND review.decision = 'approved') THEN 1 ELSE 0 END)
  FROM (SELECT lang, speaker FROM speaker_public WHERE said > 0 ORDER BY lang, speaker LIMIT $2 OFFSET $1) listed
 CROSS JOIN speaker
 CROSS JOIN speaker same
 CROSS JOIN statement_public seen
 CROSS JOIN statement_place
 CROSS JOIN article
 WHERE speaker.id = listed.speaker AND speaker.slug NOT LIKE '`+unnamed+`%' AND same.known_as = speaker.id AND seen.lang = listed.lang AND seen.speaker = same.id
   AND statement_place.statement = seen.statement
   AND article.id = statement_place.article AND article.lang = listed.lang AND statement_place.revision = article.public AND `+publicIn, "seen.outlet", []any{offset, limit}, closed)
	return all(ctx, r, "public addresses of speakers", func(s scanner) (a SpeakerAddress, err error) {
		var read int
		err = s.Scan(&a.Lang, &a.Slug, &a.ChangedAt, &read)
		a.Read = read > 0
		return a, err
	}, query+`
 GROUP BY listed.lang, speaker.id, speaker.slug
 ORDER BY listed.lang, speaker.id`, args...)
}
