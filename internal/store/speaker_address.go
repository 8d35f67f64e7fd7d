package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// unnamed begins what stands in the place of an address while a speaker has none: no address begins with a hyphen.
const unnamed = "-"

// addressLock is the name under which programs on one PostgreSQL database wait for each other with new addresses.
const addressLock = migrationLock + 1

// slugOf is the address of a row; empty if it has none yet.
func slugOf(row string) string {
	if strings.HasPrefix(row, unnamed) {
		return ""
	}
	return row
}

// giveAddresses gives those of the speakers an address of whom readers see something for the first time. It is made of the names that
// readers know, and stays: a later name, better terms or a merging never change it.
func (tx *Tx) giveAddresses(ctx context.Context) error {
	ids := tx.shown
	tx.shown = nil
	var without []string
	err := inLots(ids, func(lot []string) error {
		marks, args := placeholders(1, lot)
		list, err := all(ctx, tx.Reads, "speakers without an address", scanString, `
SELECT DISTINCT known.id
  FROM speaker JOIN speaker known ON known.id = speaker.known_as
 WHERE speaker.id IN (`+marks+`) AND known.slug LIKE '`+unnamed+`%'
 ORDER BY known.id`, args...)
		without = append(without, list...)
		return err
	})
	if err != nil || len(without) == 0 {
		return err
	}
	if tx.dialect == PostgreSQL { // two who look for an address for the same name at once would find the same
		if _, err := tx.exec(ctx, "give speakers addresses", `SELECT pg_advisory_xact_lock($1)`, int64(addressLock)); err != nil {
			return err
		}
	}
	ctx = AskOnce(ctx)
	for _, id := range without {
		seen, err := tx.seenSpeaker(ctx, id)
		if err != nil {
			return err
		}
		if !seen {
			continue
		}
		known, err := tx.PublicSpeakersByID(ctx, []string{id})
		if err != nil {
			return err
		}
		slug, err := tx.freeSlug(ctx, known[id])
		if err != nil {
			return err
		}
		if err := tx.change(ctx, "give speaker "+id+" an address", `UPDATE speaker SET slug = $2 WHERE id = $1`, id, slug); err != nil {
			return err
		}
	}
	return nil
}

// seenSpeaker reports whether readers of any language see something of a speaker.
func (r Reads) seenSpeaker(ctx context.Context, id string) (bool, error) {
	closed, err := r.closedOutlets(ctx)
	if err != nil {
		return false, err
	}
	query, args := without(`SELECT statement FROM statement_public WHERE speaker IN (`+familyOf("$1")+`)`, "outlet", []any{id}, closed)
	list, err := all(ctx, r, "what readers see of speaker "+id, scanString, query+` LIMIT 1`, args...)
	return len(list) > 0, err
}

// freeSlug finds an address that no speaker has, by the name in English or as it is spelt there.
func (r Reads) freeSlug(ctx context.Context, by news.Speaker) (string, error) {
	base := news.Slug(by.In("en"))
	if base == "" {
		base = by.ID[max(len(by.ID)-8, 0):]
	}
	for n := 1; n < 1000; n++ {
		slug := base
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", base, n)
		}
		taken, err := one(ctx, r, "speaker "+slug, scanInt, `SELECT COUNT(*) FROM speaker WHERE slug = $1`, slug)
		if err != nil || taken == 0 {
			return slug, err
		}
	}
	return base + "-" + by.ID, nil
}

// familyOf asks for those who are known as the speaker of an identifier: it, and those that were merged into it.
func familyOf(id string) string {
	return `SELECT same.id FROM speaker same WHERE same.known_as = ` + id
}

// family returns those who are known as the one that a speaker is known as; the speaker alone if there is no such.
func (r Reads) family(ctx context.Context, speaker string) ([]string, error) {
	ids, err := all(ctx, r, "speakers who are "+speaker, scanString, familyOf(`(SELECT known_as FROM speaker WHERE id = $1)`)+` ORDER BY same.id`, speaker)
	if len(ids) == 0 {
		ids = []string{speaker}
	}
	return ids, err
}

// MarkMerged notes that a speaker is another one; empty: that it stands for itself again. Its statements, and those of the speakers that
// were merged into it, are known as the other's, and readers get them there; none is moved.
func (tx *Tx) MarkMerged(ctx context.Context, id, into string, at int64) error {
	what := "merge speaker " + id
	type known struct {
		as   string
		said int
	}
	was, err := one(ctx, tx.Reads, "speaker "+id, func(s scanner) (k known, err error) {
		err = s.Scan(&k.as, &k.said)
		return k, err
	}, `SELECT known_as, said FROM speaker WHERE id = $1`, id)
	if err != nil {
		return err
	}
	if err := tx.change(ctx, what, `UPDATE speaker SET merged_into = $2, changed_at = $3 WHERE id = $1`, id, orNull(into), at); err != nil {
		return err
	}
	is := id
	if into != "" {
		if is, err = one(ctx, tx.Reads, "speaker "+into, scanString, `SELECT known_as FROM speaker WHERE id = $1`, into); err != nil {
			return err
		}
	}
	if is == was.as {
		return nil
	}
	// all that lead to this one go along
	const followers = `
WITH RECURSIVE down (id) AS (SELECT CAST($1 AS TEXT) UNION SELECT speaker.id FROM down JOIN speaker ON speaker.merged_into = down.id)
SELECT id FROM down`
	ids, err := all(ctx, tx.Reads, what, scanString, followers, id)
	if err != nil {
		return err
	}
	said, seen := was.said, map[string]int{}
	if was.as == id { // all that is known as the speaker's
		if err := tx.seenOf(ctx, seen, `SELECT lang, said FROM speaker_public WHERE speaker = $1`, id); err != nil {
			return err
		}
	} else {
		said = 0
		for _, x := range ids {
			n, err := one(ctx, tx.Reads, "statements of speaker "+x, scanInt, `SELECT COUNT(*) FROM statement WHERE speaker = $1 AND gone_at = 0`, x)
			if err != nil {
				return err
			}
			said += int(n)
			if err := tx.seenOf(ctx, seen, `SELECT lang, COUNT(*) FROM statement_public WHERE speaker = $1 GROUP BY lang`, x); err != nil {
				return err
			}
		}
	}
	if err := inLots(ids, func(lot []string) error {
		marks, args := placeholders(2, lot)
		_, err := tx.exec(ctx, what, `UPDATE speaker SET known_as = $1 WHERE id IN (`+marks+`)`, append([]any{is}, args...)...)
		return err
	}); err != nil {
		return err
	}
	for speaker, n := range map[string]int{was.as: -said, is: said} {
		if err := tx.change(ctx, what, `UPDATE speaker SET said = said + $2 WHERE id = $1`, speaker, n); err != nil {
			return err
		}
	}
	for lang, n := range seen {
		for speaker, n := range map[string]int{was.as: -n, is: n} {
			if _, err := tx.exec(ctx, "count statements of speaker "+speaker, `
INSERT INTO speaker_public (lang, speaker, said) VALUES ($1, $2, $3)
ON CONFLICT (lang, speaker) DO UPDATE SET said = speaker_public.said + excluded.said`, lang, speaker, n); err != nil {
				return err
			}
		}
	}
	tx.shown = append(tx.shown, is)
	return nil
}

// seenOf adds counts by language.
func (r Reads) seenOf(ctx context.Context, counts map[string]int, query, speaker string) error {
	type count struct {
		lang string
		n    int
	}
	list, err := all(ctx, r, "statements of speaker "+speaker, func(s scanner) (c count, err error) {
		err = s.Scan(&c.lang, &c.n)
		return c, err
	}, query, speaker)
	for _, c := range list {
		counts[c.lang] += c.n
	}
	return err
}
