package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

const speakerColumns = `speaker.id, speaker.slug, speaker.kind, speaker.home, speaker.merged_into, speaker.said, speaker.created_at, speaker.changed_at`

func scanSpeaker(r scanner) (news.Speaker, error) {
	var s news.Speaker
	var merged sql.NullString
	err := r.Scan(&s.ID, &s.Slug, &s.Kind, &s.Home, &merged, &s.Said, &s.CreatedAt, &s.ChangedAt)
	s.MergedInto, s.Slug = merged.String, slugOf(s.Slug)
	return s, err
}

const speakerNameColumns = `speaker_name.id, speaker_name.speaker, speaker_name.lang, speaker_name.name, speaker_name.source, speaker_name.by_whom,
	speaker_name.first_at, speaker_name.last_at, speaker_name.seen`

func scanSpeakerName(r scanner) (news.SpeakerName, error) {
	var n news.SpeakerName
	err := r.Scan(&n.ID, &n.Speaker, &n.Lang, &n.Name, &n.Source, &n.By, &n.FirstAt, &n.LastAt, &n.Seen)
	return n, err
}

func scanSpeakerRole(r scanner) (news.SpeakerRole, error) {
	var n news.SpeakerRole
	err := r.Scan(&n.ID, &n.Speaker, &n.Lang, &n.Role, &n.Source, &n.By, &n.FirstAt, &n.LastAt)
	return n, err
}

// maxMerges bounds how many times a speaker that was merged is followed.
const maxMerges = 20

// Speaker returns a person or body with its names and roles, or the one that it was merged into; news.ErrNotFound if there is none.
func (r Reads) Speaker(ctx context.Context, id string) (news.Speaker, error) {
	for range maxMerges {
		s, err := one(ctx, r, "speaker "+id, scanSpeaker, `SELECT `+speakerColumns+` FROM speaker WHERE id = $1`, id)
		if err != nil {
			return news.Speaker{}, err
		}
		if s.MergedInto == "" {
			list, err := r.withNames(ctx, []news.Speaker{s})
			if err != nil {
				return news.Speaker{}, err
			}
			return list[0], nil
		}
		id = s.MergedInto
	}
	return news.Speaker{}, fmt.Errorf("speaker %s is merged in a circle", id)
}

// SpeakerAt is Speaker by the last part of its page's address.
func (r Reads) SpeakerAt(ctx context.Context, slug string) (news.Speaker, error) {
	if slugOf(slug) == "" {
		return news.Speaker{}, fmt.Errorf("speaker %.40q: %w", slug, news.ErrNotFound)
	}
	id, err := one(ctx, r, "speaker "+slug, scanString, `SELECT id FROM speaker WHERE slug = $1`, slug)
	if err != nil {
		return news.Speaker{}, err
	}
	return r.Speaker(ctx, id)
}

// SpeakersByID returns speakers with their names and roles, by identifier, those that were merged as they were.
func (r Reads) SpeakersByID(ctx context.Context, ids []string) (map[string]news.Speaker, error) {
	found := map[string]news.Speaker{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), maxAsked)]
		ids = ids[len(part):]
		marks, args := placeholders(1, part)
		list, err := all(ctx, r, "speakers", scanSpeaker, `SELECT `+speakerColumns+` FROM speaker WHERE id IN (`+marks+`)`, args...)
		if err != nil {
			return nil, err
		}
		if list, err = r.withNames(ctx, list); err != nil {
			return nil, err
		}
		for _, s := range list {
			found[s.ID] = s
		}
	}
	return found, nil
}

// maxAsked is how many identifiers one question names.
const maxAsked = 500

// placeholders are the marks of a list of identifiers, from number from on.
func placeholders(from int, list []string) (marks string, args []any) {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+i)
		args = append(args, s)
	}
	return b.String(), args
}

// withNames fills in names and roles.
func (r Reads) withNames(ctx context.Context, list []news.Speaker) ([]news.Speaker, error) {
	at := map[string]int{}
	var ids []string
	for i, s := range list {
		at[s.ID] = i
		ids = append(ids, s.ID)
	}
	for len(ids) > 0 {
		part := ids[:min(len(ids), maxAsked)]
		ids = ids[len(part):]
		marks, args := placeholders(1, part)
		names, err := all(ctx, r, "names of speakers", scanSpeakerName, `
SELECT `+speakerNameColumns+` FROM speaker_name WHERE speaker IN (`+marks+`) ORDER BY lang, first_at, id`, args...)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			s := &list[at[n.Speaker]]
			s.Names = append(s.Names, n)
		}
		roles, err := all(ctx, r, "roles of speakers", scanSpeakerRole, `
SELECT id, speaker, lang, role, source, by_whom, first_at, last_at FROM role WHERE speaker IN (`+marks+`) ORDER BY last_at DESC, first_at DESC, id DESC`, args...)
		if err != nil {
			return nil, err
		}
		for _, n := range roles {
			s := &list[at[n.Speaker]]
			s.Roles = append(s.Roles, n)
		}
	}
	return list, nil
}

// SpeakersNamed returns up to limit speakers one of whose names has a word that begins as typed, in any script and without regard to
// accents; of several typed words all must. Those who are quoted most come first.
func (r Reads) SpeakersNamed(ctx context.Context, typed string, limit int) ([]news.Speaker, error) {
	words := foldedWords(typed)
	if len(words) == 0 {
		return nil, nil
	}
	words = words[:min(len(words), 5)]
	query := `
SELECT ` + speakerColumns + `
  FROM speaker
 WHERE speaker.merged_into IS NULL
   AND speaker.id IN (SELECT speaker_name.speaker FROM speaker_name WHERE TRUE`
	var args []any
	for i, w := range words {
		pattern, key := "% "+likeEscape.Replace(w)+"%", ""
		if k := term.Key(w); len([]rune(k)) >= 2 {
			key = "%|" + likeEscape.Replace(k) + "%"
		}
		args = append(args, pattern, key)
		query += fmt.Sprintf(` AND (speaker_name.sought LIKE $%d ESCAPE '\' OR $%d <> '' AND speaker_name.sought LIKE $%d ESCAPE '\')`, 2*i+1, 2*i+2, 2*i+2)
	}
	args = append(args, limit)
	list, err := all(ctx, r, "speakers named "+typed, scanSpeaker, query+fmt.Sprintf(`)
 ORDER BY speaker.said DESC, speaker.id
 LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, err
	}
	return r.withNames(ctx, list)
}

// SpeakersLike returns the speakers, with names and roles, one of whose names has the key of name, or of its last word; those with the
// whole key first. Which of them it is, is for newsroom to say. At most 100 of each.
func (r Reads) SpeakersLike(ctx context.Context, name string) ([]news.Speaker, error) {
	key, last := nameKeys(name)
	if key == "" {
		return nil, nil
	}
	const like = `
SELECT ` + speakerColumns + `
  FROM speaker
 WHERE speaker.merged_into IS NULL AND speaker.id IN (SELECT speaker FROM speaker_name WHERE `
	const order = `)
 ORDER BY speaker.said DESC, speaker.id
 LIMIT 100`
	list, err := all(ctx, r, "speakers like "+name, scanSpeaker, like+`name_key = $1`+order, key)
	if err != nil {
		return nil, err
	}
	more, err := all(ctx, r, "speakers like "+name, scanSpeaker, like+`last_key = $1 AND name_key <> $2`+order, last, key)
	if err != nil {
		return nil, err
	}
	for _, s := range more {
		if !slices.ContainsFunc(list, func(x news.Speaker) bool { return x.ID == s.ID }) {
			list = append(list, s)
		}
	}
	return r.withNames(ctx, list)
}

// A TaughtName is how editors want a speaker printed in a language, and a name of it in another.
type TaughtName struct {
	Kind           term.NameKind
	Home           string
	Source, Target string
}

// TaughtNames returns the names that speakers have in one bare language, with those that editors gave them in another, the newest.
func (r Reads) TaughtNames(ctx context.Context, from, to string) ([]TaughtName, error) {
	inLang := func(column, bare string) string {
		return `(` + column + ` = ` + bare + ` OR ` + column + ` LIKE ` + bare + ` || '-%')`
	}
	return all(ctx, r, "names that editors gave", func(s scanner) (n TaughtName, err error) {
		err = s.Scan(&n.Kind, &n.Home, &n.Source, &n.Target)
		return n, err
	}, `
SELECT speaker.kind, speaker.home, known.name, taught.name
  FROM speaker_name taught
  JOIN speaker ON speaker.id = taught.speaker
  JOIN speaker_name known ON known.speaker = taught.speaker
 WHERE taught.source = 'editor' AND known.source <> 'alias' AND `+inLang("taught.lang", "$2")+`
   AND `+inLang("known.lang", "$1")+`
   AND speaker.merged_into IS NULL AND speaker.kind <> ''
   AND NOT EXISTS (SELECT 1 FROM speaker_name newer
                    WHERE newer.speaker = taught.speaker AND newer.lang = taught.lang AND newer.source = 'editor'
                      AND (newer.first_at > taught.first_at OR newer.first_at = taught.first_at AND newer.id > taught.id))
 ORDER BY known.name, taught.name
 LIMIT 5000`, from, to)
}

// Speakers returns up to limit speakers that were not merged, with their names and roles, those quoted most first, from the place after
// (said, id); pass math.MaxInt and "" for the beginning.
func (r Reads) Speakers(ctx context.Context, said int, id string, limit int) ([]news.Speaker, error) {
	list, err := all(ctx, r, "speakers", scanSpeaker, `
SELECT `+speakerColumns+`
  FROM speaker
 WHERE merged_into IS NULL AND (-said, id) > ($1, $2)
 ORDER BY -said, id
 LIMIT $3`, -said, id, limit)
	if err != nil {
		return nil, err
	}
	return r.withNames(ctx, list)
}

// AddSpeaker adds a person or body without names. Without an address it gets one, of names that are public, when readers first see
// something of it. An address that another has is news.ErrConflict.
func (tx *Tx) AddSpeaker(ctx context.Context, s news.Speaker) error {
	if s.Slug == "" {
		s.Slug = unnamed + s.ID
	}
	n, err := tx.exec(ctx, "add speaker "+s.Slug, `
INSERT INTO speaker (id, slug, kind, home, merged_into, known_as, said, created_at, changed_at) VALUES ($1, $2, $3, $4, NULL, $1, 0, $5, $5)
ON CONFLICT (slug) DO NOTHING`, s.ID, s.Slug, string(s.Kind), string(s.Home), s.CreatedAt)
	if err == nil && n == 0 {
		return fmt.Errorf("a speaker's address %q is taken: %w", s.Slug, news.ErrConflict)
	}
	return err
}

// UpdateSpeaker writes what kind a speaker is and where the name comes from.
func (tx *Tx) UpdateSpeaker(ctx context.Context, id string, kind term.NameKind, home string, at int64) error {
	return tx.change(ctx, "change speaker "+id, `UPDATE speaker SET kind = $2, home = $3, changed_at = $4 WHERE id = $1`, id, string(kind), home, at)
}

// soughtWords are the words of a name as they are typed, and their keys behind a bar.
func soughtWords(name string) string {
	var b strings.Builder
	for _, w := range foldedWords(name) {
		b.WriteString(" " + w)
	}
	for _, k := range strings.Fields(term.Key(name)) {
		b.WriteString(" |" + k)
	}
	return b.String()
}

// SawName notes that a speaker was called this in a language at a time: a new name is added, a known one seen once more. What an
// editor or the glossary gave stays theirs; a name of an article that they give becomes theirs. It returns the name's identifier.
func (tx *Tx) SawName(ctx context.Context, n news.SpeakerName) (string, error) {
	key, last := nameKeys(n.Name)
	if _, err := tx.exec(ctx, "save name of speaker "+n.Speaker, `
INSERT INTO speaker_name (id, speaker, lang, name, name_key, last_key, sought, source, by_whom, first_at, last_at, seen)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)
ON CONFLICT (speaker, lang, name) DO UPDATE
   SET first_at = CASE WHEN excluded.first_at < speaker_name.first_at THEN excluded.first_at ELSE speaker_name.first_at END,
       last_at = CASE WHEN excluded.last_at > speaker_name.last_at THEN excluded.last_at ELSE speaker_name.last_at END,
       seen = speaker_name.seen + 1,
       source = CASE WHEN excluded.source = 'editor' OR speaker_name.source = 'article' THEN excluded.source ELSE speaker_name.source END,
       by_whom = CASE WHEN excluded.source = 'editor' OR speaker_name.source = 'article' THEN excluded.by_whom ELSE speaker_name.by_whom END`,
		NewID(), n.Speaker, n.Lang, n.Name, key, last, soughtWords(n.Name), n.Source, n.By, n.LastAt); err != nil {
		return "", err
	}
	return one(ctx, tx.Reads, "name of speaker "+n.Speaker, scanString, `
SELECT id FROM speaker_name WHERE speaker = $1 AND lang = $2 AND name = $3`, n.Speaker, n.Lang, n.Name)
}

// SawRole notes that a speaker had an office at a time, as SawName does a name.
func (tx *Tx) SawRole(ctx context.Context, r news.SpeakerRole) (string, error) {
	folded := FoldRole(r.Role)
	if folded == "" {
		return "", nil
	}
	if _, err := tx.exec(ctx, "save role of speaker "+r.Speaker, `
INSERT INTO role (id, speaker, lang, role, folded, source, by_whom, first_at, last_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
ON CONFLICT (speaker, lang, folded) DO UPDATE
   SET first_at = CASE WHEN excluded.first_at < role.first_at THEN excluded.first_at ELSE role.first_at END,
       last_at = CASE WHEN excluded.last_at > role.last_at THEN excluded.last_at ELSE role.last_at END,
       source = CASE WHEN excluded.source = 'editor' THEN excluded.source ELSE role.source END,
       by_whom = CASE WHEN excluded.source = 'editor' THEN excluded.by_whom ELSE role.by_whom END`,
		NewID(), r.Speaker, r.Lang, r.Role, folded, r.Source, r.By, r.LastAt); err != nil {
		return "", err
	}
	return one(ctx, tx.Reads, "role of speaker "+r.Speaker, scanString, `
SELECT id FROM role WHERE speaker = $1 AND lang = $2 AND folded = $3`, r.Speaker, r.Lang, folded)
}

// FoldRole is a role in small letters without accents and signs: what two wordings of one office share.
func FoldRole(role string) string { return strings.Join(foldedWords(role), " ") }

// DropName takes a name from a speaker.
func (tx *Tx) DropName(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, "drop name "+id, `DELETE FROM speaker_name WHERE id = $1`, id)
	return err
}

// DropRole takes an office from a speaker.
func (tx *Tx) DropRole(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, "drop role "+id, `DELETE FROM role WHERE id = $1`, id)
	return err
}

// PutName writes a name as it was, also of another speaker: what undoing needs.
func (tx *Tx) PutName(ctx context.Context, n news.SpeakerName) error {
	key, last := nameKeys(n.Name)
	_, err := tx.exec(ctx, "save name of speaker "+n.Speaker, `
INSERT INTO speaker_name (id, speaker, lang, name, name_key, last_key, sought, source, by_whom, first_at, last_at, seen)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (id) DO UPDATE
   SET speaker = excluded.speaker, source = excluded.source, by_whom = excluded.by_whom, first_at = excluded.first_at, last_at = excluded.last_at, seen = excluded.seen`,
		n.ID, n.Speaker, n.Lang, n.Name, key, last, soughtWords(n.Name), n.Source, n.By, n.FirstAt, n.LastAt, n.Seen)
	return err
}

// PutRole writes an office as it was, also of another speaker.
func (tx *Tx) PutRole(ctx context.Context, r news.SpeakerRole) error {
	_, err := tx.exec(ctx, "save role of speaker "+r.Speaker, `
INSERT INTO role (id, speaker, lang, role, folded, source, by_whom, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE
   SET speaker = excluded.speaker, source = excluded.source, by_whom = excluded.by_whom, first_at = excluded.first_at, last_at = excluded.last_at`,
		r.ID, r.Speaker, r.Lang, r.Role, FoldRole(r.Role), r.Source, r.By, r.FirstAt, r.LastAt)
	return err
}

// A NamedStatement is under which name an article has a statement of a speaker.
type NamedStatement struct {
	ID, Lang, Name string
	Kept           string // as Reads.KeptAs has it
}

// StatementsNamed returns all statements given to a speaker or to one that was merged into it, also those that are gone, the oldest first.
func (r Reads) StatementsNamed(ctx context.Context, speaker string) ([]NamedStatement, error) {
	return all(ctx, r, "statements of speaker "+speaker, func(s scanner) (n NamedStatement, err error) {
		err = s.Scan(&n.ID, &n.Lang, &n.Name, &n.Kept)
		return n, err
	}, `SELECT id, lang, name, speaker FROM statement WHERE speaker IN (`+familyOf("$1")+`) ORDER BY no`, speaker)
}

// KeptAs returns the identifier of the speaker whose a statement is: the one that it had before that was merged into the one it is known
// as. Empty if it is nobody's.
func (r Reads) KeptAs(ctx context.Context, statement string) (string, error) {
	return one(ctx, r, "statement "+statement, scanString, `SELECT COALESCE(speaker, '') FROM statement WHERE id = $1`, statement)
}

// GiveStatements gives statements to another speaker, with all else as it is. It returns those that were not his, by whose they were.
func (tx *Tx) GiveStatements(ctx context.Context, ids []string, speaker string) (map[string][]string, error) {
	was, said := map[string][]string{}, map[string]int{}
	for _, id := range ids {
		kept, err := tx.KeptAs(ctx, id)
		if err != nil {
			return nil, err
		}
		if kept == speaker {
			continue
		}
		was[kept] = append(was[kept], id)
		s, err := tx.Statement(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := tx.change(ctx, "give statement "+id, `UPDATE statement SET speaker = $2 WHERE id = $1`, id, orNull(speaker)); err != nil {
			return nil, err
		}
		if _, err := tx.exec(ctx, "give statement "+id, `UPDATE statement_place SET speaker = $2 WHERE statement = $1`, id, speaker); err != nil {
			return nil, err
		}
		if s.GoneAt == 0 {
			said[s.Speaker.ID]--
			said[speaker]++
		}
		s.Speaker.ID = speaker
		if err := tx.indexStatement(ctx, s); err != nil {
			return nil, err
		}
	}
	return was, tx.countSaid(ctx, said)
}

// SpeakersWith returns the speakers, with names and roles, one of whose names ends with a word of one of these keys; at most 2,000.
func (r Reads) SpeakersWith(ctx context.Context, keys []string) ([]news.Speaker, error) {
	var list []news.Speaker
	seen := map[string]bool{}
	for len(keys) > 0 && len(list) < 2000 {
		part := keys[:min(len(keys), maxAsked)]
		keys = keys[len(part):]
		marks, args := placeholders(1, part)
		found, err := all(ctx, r, "speakers", scanSpeaker, `
SELECT `+speakerColumns+`
  FROM speaker
 WHERE speaker.merged_into IS NULL AND speaker.id IN (SELECT speaker FROM speaker_name WHERE last_key IN (`+marks+`))
 ORDER BY speaker.said DESC, speaker.id
 LIMIT 2000`, args...)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			if !seen[s.ID] {
				seen[s.ID] = true
				list = append(list, s)
			}
		}
	}
	return r.withNames(ctx, list)
}

// SpeakersTaught returns the speakers whom an editor gave an office in the words of a bare language, as FoldRole has it; at most 50.
func (r Reads) SpeakersTaught(ctx context.Context, lang, folded string) ([]news.Speaker, error) {
	list, err := all(ctx, r, "speakers who are "+folded, scanSpeaker, `
SELECT `+speakerColumns+`
  FROM speaker
 WHERE speaker.merged_into IS NULL
   AND speaker.id IN (SELECT speaker FROM role WHERE folded = $1 AND (lang = $2 OR lang LIKE $3 ESCAPE '\') AND source = 'editor')
 ORDER BY speaker.id
 LIMIT 50`, folded, lang, likeEscape.Replace(lang)+"-%")
	if err != nil {
		return nil, err
	}
	return r.withNames(ctx, list)
}
