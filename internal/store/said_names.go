package store

import (
	"context"
	"math"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// seenIn says that readers see a statement by the speaker of a name or a role, that it is of its language, and what else must be so.
// The question begins with the speaker's places: those that do not have the words are left before anything else is read of them.
func seenIn(table, also string, args []any, closed []string) (string, []any) {
	query, args := without(`EXISTS (SELECT 1
                FROM statement_place
               CROSS JOIN statement
               CROSS JOIN article
               WHERE statement_place.speaker = `+table+`.speaker AND `+also+`
                 AND statement.id = statement_place.statement AND statement.lang = `+table+`.lang
                 AND article.id = statement_place.article AND article.public = statement_place.revision AND `+publicIn, args, closed)
	return query + `)`, args
}

// PublicSpeakersByID is SpeakersByID as readers see the speakers: without aliases, and without the names and roles that neither an editor, the glossary nor a statement of a public
// article has. One of whom no name is left has those by which public articles call him. The dates of an office are those of all articles.
func (r Reads) PublicSpeakersByID(ctx context.Context, ids []string) (map[string]news.Speaker, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := r.SpeakersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]news.Speaker, 0, len(known))
	for _, s := range known {
		list = append(list, s)
	}
	if err := r.keepPublic(ctx, list, closed); err != nil {
		return nil, err
	}
	for _, s := range list {
		known[s.ID] = s
	}
	return known, nil
}

// keepPublic takes the names and roles from speakers that only articles have which readers do not see.
func (r Reads) keepPublic(ctx context.Context, list []news.Speaker, closed []string) error {
	for len(list) > 0 {
		part := list[:min(len(list), maxAsked)]
		list = list[len(part):]
		ids := make([]string, len(part))
		for i, s := range part {
			ids[i] = s.ID
		}
		marks, args := placeholders(1, ids)
		names, err := r.seenSet(ctx, `SELECT speaker_name.id FROM speaker_name WHERE speaker_name.speaker IN (`+marks+`) AND speaker_name.source = '`+news.FromArticle+`' AND `,
			"speaker_name", `statement_place.name = speaker_name.name`, args, closed)
		if err != nil {
			return err
		}
		roles, err := r.seenSet(ctx, `SELECT role.id FROM role WHERE role.speaker IN (`+marks+`) AND role.source = '`+news.FromArticle+`' AND `,
			"role", `LOWER(statement_place.role) = LOWER(role.role)`, args, closed)
		if err != nil {
			return err
		}
		for i := range part {
			s := &part[i]
			var keptNames []news.SpeakerName
			for _, n := range s.Names {
				if n.Source != news.FromArticle && n.Source != news.FromAlias || names[n.ID] {
					keptNames = append(keptNames, n)
				}
			}
			var keptRoles []news.SpeakerRole
			for _, o := range s.Roles {
				if o.Source != news.FromArticle || roles[o.ID] {
					keptRoles = append(keptRoles, o)
				}
			}
			if s.Names, s.Roles = keptNames, keptRoles; s.Names == nil {
				if s.Names, err = r.namesInPublic(ctx, s.ID, closed); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r Reads) seenSet(ctx context.Context, query, table, also string, args []any, closed []string) (map[string]bool, error) {
	seen, args := seenIn(table, also, args, closed)
	ids, err := all(ctx, r, "what readers see of speakers", scanString, query+seen, args...)
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set, err
}

// namesInPublic are up to 20 names that public articles have of a speaker, as they have them: a last name alone, too.
func (r Reads) namesInPublic(ctx context.Context, speaker string, closed []string) ([]news.SpeakerName, error) {
	query, args := without(`
SELECT statement.lang, statement_place.name, MIN(statement.at), MAX(statement.at), COUNT(*)
  FROM statement_place
 CROSS JOIN statement
 CROSS JOIN article
 WHERE statement_place.speaker = $1 AND statement_place.name <> '' AND statement.id = statement_place.statement
   AND article.id = statement_place.article AND article.public = statement_place.revision AND `+publicIn, []any{speaker}, closed)
	return all(ctx, r, "names of speaker "+speaker, func(s scanner) (n news.SpeakerName, err error) {
		n.Speaker, n.Source = speaker, news.FromArticle
		err = s.Scan(&n.Lang, &n.Name, &n.FirstAt, &n.LastAt, &n.Seen)
		return n, err
	}, query+`
 GROUP BY statement.lang, statement_place.name
 ORDER BY COUNT(*) DESC, statement.lang, statement_place.name
 LIMIT 20`, args...)
}

// LangsOfSpeaker returns those of the languages in which readers see something of a speaker, sorted.
func (r Reads) LangsOfSpeaker(ctx context.Context, speaker string, of []string) ([]string, error) {
	if len(of) == 0 {
		return nil, nil
	}
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	marks, args := placeholders(2, of)
	langs, err := all(ctx, r, "languages of speaker "+speaker, scanString, `
SELECT lang FROM speaker_public WHERE speaker = $1 AND said > 0 AND lang IN (`+marks+`) ORDER BY lang`, append([]any{speaker}, args...)...)
	if err != nil || len(closed) == 0 {
		return langs, err
	}
	var seen []string // some of the counted may not be shown now
	for _, l := range langs {
		nos, err := r.nosMatch(ctx, r.saidMatch(SaidQuery{Public: l, Speaker: speaker}, closed), 0, math.MaxInt64, 1)
		if err != nil {
			return nil, err
		}
		if len(nos) > 0 {
			seen = append(seen, l)
		}
	}
	return seen, nil
}
