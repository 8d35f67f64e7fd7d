package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// PublicSpeakersByID is SpeakersByID as readers see the speakers: without aliases, and without the names and roles that neither an
// editor, the glossary nor a statement that readers see has. One of whom no name is left has those by which public articles call him.
// An office is known by any wording of it, and its dates are those of the statements that readers see; one that the house gave has its
// own as well.
func (r Reads) PublicSpeakersByID(ctx context.Context, ids []string) (map[string]news.Speaker, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := r.SpeakersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]news.Speaker, 0, len(known))
	for _, s := range known {
		list = append(list, s)
	}
	if err := r.keepPublic(ctx, list); err != nil {
		return nil, err
	}
	for _, s := range list {
		known[s.ID] = s
	}
	return known, nil
}

// PublicSpeaker is PublicSpeakersByID for a speaker who was read already.
func (r Reads) PublicSpeaker(ctx context.Context, by news.Speaker) (news.Speaker, error) {
	list := []news.Speaker{by}
	err := r.keepPublic(ctx, list)
	return list[0], err
}

// keepPublic takes the names and roles from speakers that only articles have which readers do not see.
func (r Reads) keepPublic(ctx context.Context, list []news.Speaker) error {
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, maxAsked) {
		ids := make([]string, len(part))
		for i, s := range part {
			ids[i] = s.ID
		}
		names, err := r.namesSeen(ctx, ids, closed)
		if err != nil {
			return err
		}
		offices, err := r.officesSeen(ctx, ids, closed)
		if err != nil {
			return err
		}
		for i := range part {
			s := &part[i]
			var kept []news.SpeakerName
			for _, n := range s.Names {
				if n.Source != news.FromArticle && n.Source != news.FromAlias || names[n.ID] {
					kept = append(kept, n)
				}
			}
			if s.Names = kept; s.Names == nil {
				if s.Names, err = r.namesInPublic(ctx, s.ID, closed); err != nil {
					return err
				}
			}
			s.Roles = rolesSeen(s.Roles, offices)
		}
	}
	return nil
}

// namesSeen are the names of speakers, out of articles, by which a statement that readers see calls them.
func (r Reads) namesSeen(ctx context.Context, speakers, closed []string) (map[string]bool, error) {
	marks, args := placeholders(1, speakers)
	open, args := notIn("seen.outlet", args, closed)
	ids, err := all(ctx, r, "names of speakers that readers see", scanString, `
SELECT speaker_name.id
  FROM speaker_name
 CROSS JOIN speaker same
 WHERE speaker_name.speaker IN (`+marks+`) AND speaker_name.source = '`+news.FromArticle+`' AND same.known_as = speaker_name.speaker
   AND EXISTS (SELECT 1 FROM statement_public seen
                WHERE seen.speaker = same.id AND seen.said_in = speaker_name.lang AND seen.name = speaker_name.name`+open+`)`, args...)
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set, err
}

// A span is when something was seen first and last.
type span struct{ first, last int64 }

// officesSeen says of the offices of speakers, by identifier, from when to when statements that readers see have them.
func (r Reads) officesSeen(ctx context.Context, speakers, closed []string) (map[string]span, error) {
	type office struct {
		id          string
		first, last sql.NullInt64
	}
	marks, args := placeholders(1, speakers)
	open, args := notIn("seen.outlet", args, closed)
	seen := ` FROM statement_public seen WHERE seen.speaker = same.id AND seen.said_in = role.lang AND seen.role = role.folded` + open + `)`
	list, err := all(ctx, r, "offices of speakers that readers see", func(s scanner) (o office, err error) {
		err = s.Scan(&o.id, &o.first, &o.last)
		return o, err
	}, `
SELECT role.id, (SELECT MIN(seen.at)`+seen+`, (SELECT MAX(seen.at)`+seen+`
  FROM role
 CROSS JOIN speaker same
 WHERE role.speaker IN (`+marks+`) AND same.known_as = role.speaker`, args...)
	found := map[string]span{}
	for _, o := range list {
		if !o.first.Valid {
			continue
		}
		x, ok := found[o.id]
		if !ok {
			x = span{o.first.Int64, o.last.Int64}
		}
		found[o.id] = span{min(x.first, o.first.Int64), max(x.last, o.last.Int64)}
	}
	return found, err
}

// rolesSeen are the roles that readers know, the newest first.
func rolesSeen(roles []news.SpeakerRole, offices map[string]span) []news.SpeakerRole {
	var kept []news.SpeakerRole
	for _, o := range roles {
		switch seen, ok := offices[o.ID]; {
		case o.Source == news.FromArticle && !ok:
			continue
		case o.Source == news.FromArticle:
			o.FirstAt, o.LastAt = seen.first, seen.last
		case ok:
			o.FirstAt, o.LastAt = min(o.FirstAt, seen.first), max(o.LastAt, seen.last)
		}
		kept = append(kept, o)
	}
	slices.SortStableFunc(kept, func(a, b news.SpeakerRole) int { return cmp.Compare(b.LastAt, a.LastAt) })
	return kept
}

// namesInPublic are up to 20 names that public articles have of a speaker, as they have them: a last name alone, too.
func (r Reads) namesInPublic(ctx context.Context, speaker string, closed []string) ([]news.SpeakerName, error) {
	query, args := without(`
SELECT said_in, name, MIN(at), MAX(at), COUNT(*)
  FROM statement_public
 WHERE speaker IN (`+familyOf("$1")+`) AND name <> ''`, "outlet", []any{speaker}, closed)
	return all(ctx, r, "names of speaker "+speaker, func(s scanner) (n news.SpeakerName, err error) {
		n.Speaker, n.Source = speaker, news.FromArticle
		err = s.Scan(&n.Lang, &n.Name, &n.FirstAt, &n.LastAt, &n.Seen)
		return n, err
	}, query+`
 GROUP BY said_in, name
 ORDER BY COUNT(*) DESC, said_in, name
 LIMIT 20`, args...)
}

// LangsOfSpeaker returns those of the languages in which readers see something of a speaker, sorted.
func (r Reads) LangsOfSpeaker(ctx context.Context, speaker string, of []string) ([]string, error) {
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return nil, err
	}
	var seen []string
	for _, l := range slices.Sorted(slices.Values(of)) {
		query, args := without(`
SELECT lang FROM statement_public WHERE lang = $1 AND speaker IN (`+familyOf("$2")+`)`, "outlet", []any{l, speaker}, closed)
		list, err := all(ctx, r, "languages of speaker "+speaker, scanString, query+` LIMIT 1`, args...)
		if err != nil {
			return nil, err
		}
		seen = append(seen, list...)
	}
	return seen, nil
}
