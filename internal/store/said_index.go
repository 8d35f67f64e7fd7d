package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// How many words of a statement are searched: by editors, with its translations, and by readers in a language, with the words of origin.
const (
	maxIndexed = 5000
	maxPublic  = 1500
)

// What a statement is beside its words, as words that no text has: textWords leaves them out of texts and of what is asked for.
func facetLang(tag string) string       { return facet("zzl", tagOf(tag)) }
func facetPublic(tag string) string     { return facet("zzp", tag) }
func facetOutlet(id string) string      { return facet("zzo", id) }
func facetSpeaker(id string) string     { return facet("zzs", id) }
func facetKind(k statement.Kind) string { return facet("zzk", string(k)) }
func facetName(key string) string       { return facet("zzn", key) }

// inPublic is a word or a facet of a statement as readers of a language have it: what is in the index under it they can read, and
// nothing of a newer reading that nobody published.
func inPublic(tag, word string) string {
	tag = facet("", tag)
	return fmt.Sprintf("zzw%d%s%s", len(tag), tag, word)
}

// textWords are the folded words of a text without those that would say what a statement is beside its words.
func textWords(s string) []string {
	return slices.DeleteFunc(foldedWords(s), func(w string) bool {
		return len(w) > 2 && w[:2] == "zz" && strings.IndexByte("lposknw", w[2]) >= 0
	})
}

func facet(what, s string) string { return what + strings.Join(foldedWords(s), "") }

// An indexedPlace is what the index knows of a statement in a translation.
type indexedPlace struct {
	PlacedStatement
	speaker string // as it is kept, not as it is known; empty: nobody
	public  bool   // readers see it, as far as its outlet's terms let them
}

// indexStatement makes the search know a statement as it is now.
func (tx *Tx) indexStatement(ctx context.Context, s news.Statement) error {
	places, err := all(ctx, tx.Reads, "places of statement "+s.ID, func(r scanner) (p indexedPlace, err error) {
		p.PlacedStatement, err = scanPlacedWith(r, &p.speaker, &p.public)
		return p, err
	}, `
SELECT `+statementColumns+`, `+placeColumns+`, `+madeOfColumns+`, statement_place.speaker, `+publicIn+` AND article.public = statement_place.revision
  FROM statement_place JOIN article ON article.id = statement_place.article JOIN statement ON statement.id = statement_place.statement
 WHERE statement_place.statement = $1
 ORDER BY statement_place.lang, statement_place.revision`, s.ID)
	if err != nil {
		return err
	}
	public := slices.DeleteFunc(slices.Clone(places), func(p indexedPlace) bool { return !p.public })
	if err := tx.countPublic(ctx, s, public); err != nil {
		return err
	}
	if s.GoneAt != 0 && len(public) == 0 {
		return tx.unindexStatement(ctx, s)
	}
	speaker, err := tx.KeptAs(ctx, s.ID)
	if err != nil {
		return err
	}
	words := textWords(s.Text)
	for _, p := range places {
		words = append(words, textWords(p.Place.Words)...)
	}
	words = append(words[:min(len(words), maxIndexed)], facets(s, speaker)...)
	for _, p := range public {
		seen := append(textWords(p.Place.Words), textWords(p.Text)...)
		seen = append(seen[:min(len(seen), maxPublic)], facets(p.Statement, p.speaker)...)
		words = append(words, facetPublic(p.Place.Lang))
		for _, w := range seen {
			words = append(words, inPublic(p.Place.Lang, w))
		}
	}
	if err := tx.indexWords(ctx, s.No, words); err != nil {
		return err
	}
	return tx.indexGrams(ctx, s.No, Grams(s.Text))
}

// facets are those of a statement that is kept as a speaker's.
func facets(s news.Statement, speaker string) []string {
	list := []string{facetLang(s.Lang), facetOutlet(s.Outlet), facetKind(s.Kind)}
	if speaker != "" {
		list = append(list, facetSpeaker(speaker))
	}
	for _, k := range strings.Fields(term.Key(s.Speaker.Name)) {
		list = append(list, facetName(k))
	}
	return list
}

// A seenBy is what readers of a language see of a statement: a row of statement_public beside the statement's identifier.
type seenBy struct {
	lang, speaker        string // nobody's if speaker is empty
	no, at               int64
	outlet, story        string
	saidIn, name, folded string
}

// countPublic notes what readers see of a statement in which languages, and counts it for its speaker there.
func (tx *Tx) countPublic(ctx context.Context, s news.Statement, places []indexedPlace) error {
	was, err := all(ctx, tx.Reads, "languages of statement "+s.ID, func(r scanner) (x seenBy, err error) {
		err = r.Scan(&x.lang, &x.speaker, &x.no, &x.at, &x.outlet, &x.story, &x.saidIn, &x.name, &x.folded)
		return x, err
	}, `SELECT lang, speaker, no, at, outlet, story, said_in, name, role FROM statement_public WHERE statement = $1`, s.ID)
	if err != nil {
		return err
	}
	var is []seenBy
	for _, p := range places {
		is = append(is, seenBy{p.Place.Lang, p.speaker, s.No, p.At, s.Outlet, s.Story, p.Statement.Lang, p.Speaker.Name, FoldRole(p.Speaker.Role)})
	}
	for _, x := range was {
		if slices.Contains(is, x) {
			continue
		}
		if _, err := tx.exec(ctx, "hide statement "+s.ID, `DELETE FROM statement_public WHERE statement = $1 AND lang = $2`, s.ID, x.lang); err != nil {
			return err
		}
		if err := tx.countFor(ctx, x.speaker, x.lang, -1); err != nil {
			return err
		}
	}
	for _, x := range is {
		if slices.Contains(was, x) {
			continue
		}
		if _, err := tx.exec(ctx, "show statement "+s.ID, `
INSERT INTO statement_public (statement, lang, speaker, no, at, outlet, story, said_in, name, role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			s.ID, x.lang, x.speaker, x.no, x.at, x.outlet, x.story, x.saidIn, x.name, x.folded); err != nil {
			return err
		}
		if err := tx.countFor(ctx, x.speaker, x.lang, 1); err != nil {
			return err
		}
		if x.speaker != "" {
			tx.shown = append(tx.shown, x.speaker)
		}
	}
	return nil
}

// countFor adds to the statements that readers of a language see of whom a speaker is known as.
func (tx *Tx) countFor(ctx context.Context, speaker, lang string, n int) error {
	if speaker == "" || n == 0 {
		return nil
	}
	_, err := tx.exec(ctx, "count statements of speaker "+speaker, `
INSERT INTO speaker_public (lang, speaker, said)
SELECT CAST($1 AS TEXT), known_as, CAST($3 AS BIGINT) FROM speaker WHERE id = $2
ON CONFLICT (lang, speaker) DO UPDATE SET said = speaker_public.said + excluded.said`, lang, speaker, n)
	return err
}

// unindexStatement makes the search forget a statement as it was.
func (tx *Tx) unindexStatement(ctx context.Context, was news.Statement) error {
	if grams := Grams(was.Text); len(grams) > 0 {
		if _, err := tx.exec(ctx, "unindex a statement", `DELETE FROM statement_gram WHERE gram IN (`+numbersList(grams)+`) AND no = $1`, was.No); err != nil {
			return err
		}
	}
	return tx.unindexWords(ctx, was.No)
}

// upkeepLot is how many statements are indexed anew in one transaction.
const upkeepLot = 500

// keepUp indexes anew what readers see, the newest first, after a program that did it otherwise: in parts, each whole, so that a program
// that is killed goes on where it was.
func (s *Store) keepUp(ctx context.Context) error {
	due, err := one(ctx, s.Reads, "what is to be brought up to date", scanInt, `SELECT COUNT(*) FROM upkeep`)
	if err != nil {
		return err
	}
	for more := due > 0; more; {
		err := s.Tx(ctx, func(tx *Tx) error {
			place, err := one(ctx, tx.Reads, "what is to be brought up to date", scanInt, `SELECT place FROM upkeep WHERE name = 'said'`)
			if errors.Is(err, news.ErrNotFound) {
				more = false
				return nil
			}
			if err != nil {
				return err
			}
			list, err := all(ctx, tx.Reads, "statements that readers see", scanStatement, `
SELECT `+statementColumns+`
  FROM statement
 WHERE no < $1 AND EXISTS (SELECT 1 FROM statement_public WHERE statement_public.statement = statement.id)
 ORDER BY no DESC LIMIT $2`, place, upkeepLot)
			if err != nil {
				return err
			}
			for _, x := range list {
				if err := tx.indexStatement(ctx, x); err != nil {
					return err
				}
			}
			if len(list) < upkeepLot {
				_, err = tx.exec(ctx, "bring the index up to date", `DELETE FROM upkeep WHERE name = 'said'`)
			} else {
				_, err = tx.exec(ctx, "bring the index up to date", `UPDATE upkeep SET place = $1 WHERE name = 'said'`, list[len(list)-1].No)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
