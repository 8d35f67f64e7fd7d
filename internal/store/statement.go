package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// The speaker of a statement is the one he is known as, who was merged or not.
const statementColumns = `statement.id, statement.no, statement.original, statement.item, statement.outlet, statement.lang, statement.n, statement.kind,
	statement.block, statement.block_key, statement.span_start, statement.span_end, statement.words, statement.pieces, statement.name, statement.mention,
	statement.mention_start, statement.mention_end, statement.role, statement.state, (SELECT known.known_as FROM speaker known WHERE known.id = statement.speaker), statement.cue, statement.addressee, statement.said_at,
	statement.answers, statement.first_lang, statement.hops, statement.at, statement.story, statement.corrected_by, statement.corrected_at, statement.gone_at`

// A statementRow is where the columns of a statement go.
type statementRow struct {
	s                       news.Statement
	speaker                 sql.NullString
	pieces, cue, said, hops string
}

func (v *statementRow) dest() []any {
	s := &v.s
	return []any{
		&s.ID, &s.No, &s.Original, &s.Item, &s.Outlet, &s.Lang, &s.N, &s.Kind,
		&s.Block, &s.Key, &s.Start, &s.End, &s.Text, &v.pieces, &s.Speaker.Name, &s.Speaker.Mention,
		&s.Speaker.Start, &s.Speaker.End, &s.Speaker.Role, &s.Speaker.State, &v.speaker, &v.cue, &s.Addressee, &v.said,
		&s.Answers, &s.First, &v.hops, &s.At, &s.Story, &s.CorrectedBy, &s.CorrectedAt, &s.GoneAt,
	}
}

func (v *statementRow) statement() (news.Statement, error) {
	v.s.Speaker.ID = v.speaker.String
	for _, part := range []struct {
		text string
		into any
	}{{v.pieces, &v.s.Pieces}, {v.cue, &v.s.Cue}, {v.said, &v.s.SaidAt}, {v.hops, &v.s.Hops}} {
		if part.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return news.Statement{}, fmt.Errorf("statement %s: %w", v.s.ID, err)
		}
	}
	return v.s, nil
}

func scanStatement(r scanner) (news.Statement, error) {
	var v statementRow
	if err := r.Scan(v.dest()...); err != nil {
		return news.Statement{}, err
	}
	return v.statement()
}

// Statement returns a statement, also one that its outlet took out; news.ErrNotFound if there is none.
func (r Reads) Statement(ctx context.Context, id string) (news.Statement, error) {
	return one(ctx, r, "statement "+id, scanStatement, `SELECT `+statementColumns+` FROM statement WHERE id = $1`, id)
}

// StatementsOf returns what the newest reading of an item says, in the order of the text.
func (r Reads) StatementsOf(ctx context.Context, item string) ([]news.Statement, error) {
	return all(ctx, r, "statements of item "+item, scanStatement, `
SELECT `+statementColumns+` FROM statement WHERE item = $1 AND gone_at = 0 ORDER BY n`, item)
}

// StatementsOfOriginal is StatementsOf by the identifier of a reading.
func (r Reads) StatementsOfOriginal(ctx context.Context, original string) ([]news.Statement, error) {
	return all(ctx, r, "statements of original "+original, scanStatement, `
SELECT `+statementColumns+`
  FROM original JOIN statement ON statement.item = original.item
 WHERE original.id = $1 AND statement.original = original.id AND statement.gone_at = 0
 ORDER BY statement.n`, original)
}

// everStatements returns all that readings of an item ever said, what stands first.
func (r Reads) everStatements(ctx context.Context, item string) ([]news.Statement, error) {
	return all(ctx, r, "statements of item "+item, scanStatement, `
SELECT `+statementColumns+` FROM statement WHERE item = $1 ORDER BY CASE WHEN gone_at = 0 THEN 0 ELSE 1 END, n, id`, item)
}

// UnreadOriginals returns up to limit originals, each the newest of its item, that were not read for statements, in the order of their
// identifiers; those of pages that wait for a person's leave are left out.
func (r Reads) UnreadOriginals(ctx context.Context, after string, limit int) ([]string, error) {
	return all(ctx, r, "originals without statements", scanString, `
SELECT original.id
  FROM original
 WHERE original.id > $1
   AND NOT EXISTS (SELECT 1 FROM statement_reading WHERE statement_reading.original = original.id)
   AND NOT EXISTS (SELECT 1 FROM original newer WHERE newer.item = original.item AND newer.n > original.n)
   AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = original.item AND item.state IN ('asks', 'left'))
 ORDER BY original.id
 LIMIT $2`, after, limit)
}

// StatementsRead reports whether an original was read for statements.
func (r Reads) StatementsRead(ctx context.Context, original string) (bool, error) {
	n, err := one(ctx, r, "original "+original, scanInt, `SELECT COUNT(*) FROM statement_reading WHERE original = $1`, original)
	return n > 0, err
}

// SaveStatements keeps what a reading of a page says, in the place of what the one before said, and returns it as it is kept. A
// statement that both have stays the same one: its identifier, its links, and the speaker that an editor gave it. One that only the
// earlier has is kept, too, as gone. Of the given statements Statement, At and Speaker.ID count; Key is taken from blocks, the keys
// of the document's blocks. A reading that was saved already is left as it is; so is an item that has a newer one.
func (tx *Tx) SaveStatements(ctx context.Context, o news.Original, list []news.Statement, keys []string, now int64) ([]news.Statement, error) {
	n, err := tx.exec(ctx, "save statements of original "+o.ID, `
INSERT INTO statement_reading (original, found, at) VALUES ($1, $2, $3) ON CONFLICT (original) DO NOTHING`, o.ID, len(list), now)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return tx.StatementsOf(ctx, o.Item)
	}
	newest, err := tx.NewestOriginal(ctx, o.Item)
	if err != nil {
		return nil, err
	}
	if newest.ID != o.ID {
		return tx.StatementsOf(ctx, o.Item)
	}
	item, err := tx.Item(ctx, o.Item)
	if err != nil {
		return nil, err
	}
	old, err := tx.everStatements(ctx, o.Item)
	if err != nil {
		return nil, err
	}
	for i := range list {
		s := &list[i]
		s.Original, s.Item, s.Outlet, s.Lang, s.N, s.Key = o.ID, o.Item, item.Outlet, o.Lang, i, ""
		if s.Block >= 0 && s.Block < len(keys) {
			s.Key = keys[s.Block]
		}
	}
	same := sameStatements(old, list)
	said := map[string]int{}
	stays := make([]bool, len(old))
	for i := range list {
		s := &list[i]
		if k := same[i]; k >= 0 {
			was := old[k]
			stays[k] = true
			if was.GoneAt == 0 {
				said[was.Speaker.ID]--
			}
			s.ID, s.No, s.Story = was.ID, was.No, was.Story
			if was.CorrectedAt != 0 {
				read := s.Speaker
				s.Speaker, s.CorrectedBy, s.CorrectedAt = was.Speaker, was.CorrectedBy, was.CorrectedAt
				if was.Attributed() { // whom an editor called nobody stays nobody
					s.Speaker.Mention, s.Speaker.Start, s.Speaker.End = read.Mention, read.Start, read.End
				}
			}
			if err := tx.updateStatement(ctx, s, was); err != nil {
				return nil, err
			}
		} else {
			s.ID = NewID()
			if err := tx.insertStatement(ctx, s, now); err != nil {
				return nil, err
			}
		}
		said[s.Speaker.ID]++
		if err := tx.indexStatement(ctx, *s); err != nil {
			return nil, err
		}
	}
	if err := tx.endStatements(ctx, old, stays, said, now); err != nil {
		return nil, err
	}
	return list, tx.countSaid(ctx, said)
}

// EndStatements marks all statements of an item as gone: it is no article of its own any more. A later reading of it brings back what it says.
func (tx *Tx) EndStatements(ctx context.Context, item string, now int64) error {
	old, err := tx.everStatements(ctx, item)
	if err != nil {
		return err
	}
	said := map[string]int{}
	if err := tx.endStatements(ctx, old, make([]bool, len(old)), said, now); err != nil {
		return err
	}
	return tx.countSaid(ctx, said)
}

// endStatements marks those statements as gone that do not stay, and counts them off in said.
func (tx *Tx) endStatements(ctx context.Context, old []news.Statement, stays []bool, said map[string]int, now int64) error {
	var related []string // those whose story changes with what is gone, or is there again
	for k, was := range old {
		if stays[k] && was.GoneAt != 0 {
			related = append(related, was.ID)
		}
		if stays[k] || was.GoneAt != 0 {
			continue
		}
		if was.Story != "" {
			others, err := all(ctx, tx.Reads, "statements of story "+was.Story, scanString, `SELECT id FROM statement WHERE story = $1`, was.Story)
			if err != nil {
				return err
			}
			related = append(related, others...)
		}
		if _, err := tx.exec(ctx, "unlink statement "+was.ID, `DELETE FROM statement_link WHERE (a = $1 OR b = $1) AND by_whom = ''`, was.ID); err != nil {
			return err
		}
		said[was.Speaker.ID]--
		if _, err := tx.exec(ctx, "end statement "+was.ID, `UPDATE statement SET gone_at = $2 WHERE id = $1`, was.ID, now); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, "forget translations of statement "+was.ID, `DELETE FROM statement_translation WHERE statement = $1`, was.ID); err != nil {
			return err
		}
		was.GoneAt = now
		if err := tx.indexStatement(ctx, was); err != nil {
			return err
		}
	}
	return tx.Relate(ctx, related...)
}

// countSaid adds to the statements of those as whom speakers are known.
func (tx *Tx) countSaid(ctx context.Context, said map[string]int) error {
	for id, n := range said {
		if id == "" || n == 0 {
			continue
		}
		if _, err := tx.exec(ctx, "count statements of speaker "+id, `
UPDATE speaker SET said = said + $2 WHERE id = (SELECT known_as FROM speaker WHERE id = $1)`, id, n); err != nil {
			return err
		}
	}
	return nil
}

// sameStatements finds for each statement of a reading the one of earlier readings that it is, by its place in old; -1 for none.
// Words count first, then the place: a statement whose words were changed a little is the same one where its block is.
func sameStatements(old, list []news.Statement) []int {
	same := make([]int, len(list))
	for i := range same {
		same[i] = -1
	}
	taken := make([]bool, len(old))
	words := make([]string, len(old))
	for k, s := range old {
		words[k] = strings.Join(foldedWords(s.Text), " ")
	}
	alike := []func(s, was news.Statement, x, y string) bool{
		func(s, was news.Statement, x, y string) bool { return s.Key == was.Key && x == y },
		func(s, was news.Statement, x, y string) bool { return x == y && len(x) > minAlike },
		func(s, was news.Statement, x, y string) bool {
			return s.Key == was.Key && s.Key != "" && was.GoneAt == 0 && s.Marked() == was.Marked() && mostWords(x, y)
		},
	}
	for _, like := range alike {
		for i, s := range list {
			if same[i] >= 0 {
				continue
			}
			x := strings.Join(foldedWords(s.Text), " ")
			for k, was := range old {
				if !taken[k] && like(s, was, x, words[k]) {
					same[i], taken[k] = k, true
					break
				}
			}
		}
	}
	// One quotation alone of its block, of the deck or of the title in both readings is the same one, however its words were changed.
	place := func(s news.Statement) [2]string { return [2]string{s.Key, strconv.Itoa(min(s.Block, 0))} }
	in, before := map[[2]string][]int{}, map[[2]string][]int{}
	for i, s := range list {
		if s.Marked() {
			in[place(s)] = append(in[place(s)], i)
		}
	}
	for k, was := range old {
		if was.Marked() && was.GoneAt == 0 {
			before[place(was)] = append(before[place(was)], k)
		}
	}
	for p, one := range in {
		was := before[p]
		if len(one) == 1 && len(was) == 1 && same[one[0]] < 0 && !taken[was[0]] && (p[0] != "" || p[1] != "0") && anyWord(list[one[0]].Text, words[was[0]]) {
			same[one[0]], taken[was[0]] = was[0], true
		}
	}
	return same
}

// minAlike is how many bytes words must have to be known again in another block.
const minAlike = 12

// anyWord reports whether a text has one of the words of another, or one that begins alike: two quotations without any are two.
func anyWord(text, words string) bool {
	for _, x := range foldedWords(text) {
		for _, y := range strings.Fields(words) {
			if x == y || min(len(x), len(y)) >= 5 && x[:4] == y[:4] {
				return true
			}
		}
	}
	return false
}

// mostWords reports whether two texts share most of their words.
func mostWords(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	shared := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			shared++
		}
	}
	return shared >= 3 && shared*10 >= 6*max(len(x), len(y))
}

// numberOf makes a number that ascends with at. Two statements of one second get different ones by chance, and insertStatement tries
// again where they do not.
func numberOf(at int64) int64 { return max(at, 0)/1000<<noBits | rand.Int64N(1<<noBits) }

// noBits is how many bits of a statement's number tell those of one second apart.
const noBits = 28

// firstNo is the least number a statement of a time may have.
func firstNo(at int64) int64 { return max(at, 0) / 1000 << noBits }

const insertStatement = `
INSERT INTO statement (id, no, original, item, outlet, lang, n, kind, block, block_key, span_start, span_end, words, pieces,
	name, mention, mention_start, mention_end, role, state, speaker, cue, addressee, said_at, answers, first_lang, hops, at, story,
	corrected_by, corrected_at, gone_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,
	$30, $31, 0, $32)
ON CONFLICT (no) DO NOTHING`

func (tx *Tx) insertStatement(ctx context.Context, s *news.Statement, now int64) error {
	pieces, cue, said, hops, err := statementJSON(s)
	if err != nil {
		return err
	}
	for range 20 {
		s.No = numberOf(s.At)
		n, err := tx.exec(ctx, "save statement of original "+s.Original, insertStatement,
			s.ID, s.No, s.Original, s.Item, s.Outlet, s.Lang, s.N, string(s.Kind), s.Block, s.Key, s.Start, s.End, s.Text, pieces,
			s.Speaker.Name, s.Speaker.Mention, s.Speaker.Start, s.Speaker.End, s.Speaker.Role, string(s.Speaker.State), orNull(s.Speaker.ID),
			cue, s.Addressee, said, s.Answers, string(s.First), hops, s.At, s.Story, s.CorrectedBy, s.CorrectedAt, now)
		if err != nil || n > 0 {
			return err
		}
	}
	return errors.New("no number is free for a statement: too many at one second")
}

// updateStatement writes what a newer reading says of a statement. Its number changes with its time.
func (tx *Tx) updateStatement(ctx context.Context, s *news.Statement, was news.Statement) error {
	pieces, cue, said, hops, err := statementJSON(s)
	if err != nil {
		return err
	}
	if firstNo(s.At) != firstNo(was.At) {
		s.No = numberOf(s.At)
	}
	if s.No != was.No || s.Text != was.Text {
		if err := tx.unindexStatement(ctx, was); err != nil {
			return err
		}
	}
	return tx.change(ctx, "save statement "+s.ID, `
UPDATE statement
   SET no = $2, original = $3, lang = $4, n = $5, kind = $6, block = $7, block_key = $8, span_start = $9, span_end = $10, words = $11, pieces = $12,
       name = $13, mention = $14, mention_start = $15, mention_end = $16, role = $17, state = $18, speaker = `+keptSpeaker("statement.speaker", "$19")+`, cue = $20, addressee = $21,
       said_at = $22, answers = $23, first_lang = $24, hops = $25, at = $26, corrected_by = $27, corrected_at = $28, gone_at = 0
 WHERE id = $1`, s.ID, s.No, s.Original, s.Lang, s.N, string(s.Kind), s.Block, s.Key, s.Start, s.End, s.Text, pieces,
		s.Speaker.Name, s.Speaker.Mention, s.Speaker.Start, s.Speaker.End, s.Speaker.Role, string(s.Speaker.State), orNull(s.Speaker.ID), cue, s.Addressee,
		said, s.Answers, string(s.First), hops, s.At, s.CorrectedBy, s.CorrectedAt)
}

// keptSpeaker is a speaker as a row that is written keeps it: who was merged into the one that is written stays as he is, so that the
// merging can be undone.
func keptSpeaker(was, is string) string {
	return `CASE WHEN CAST(` + is + ` AS TEXT) = (SELECT known.known_as FROM speaker known WHERE known.id = ` + was + `) THEN ` + was + ` ELSE CAST(` + is + ` AS TEXT) END`
}

// statementJSON gives the columns of a statement that are lists.
func statementJSON(s *news.Statement) (pieces, cue, said, hops string, err error) {
	format := func(v any) string {
		b, e := json.Marshal(v)
		err = errors.Join(err, e)
		return string(b)
	}
	pieces, hops = format(s.Pieces), format(s.Hops)
	if s.Cue != nil {
		cue = format(s.Cue)
	}
	if s.SaidAt != nil {
		said = format(s.SaidAt)
	}
	return pieces, cue, said, hops, err
}

// SetStatementSpeaker gives a statement to a speaker; by and at say that a person did, and are empty for the machine.
func (tx *Tx) SetStatementSpeaker(ctx context.Context, id string, who statement.Speaker, by string, at int64) error {
	was, err := tx.Statement(ctx, id)
	if err != nil {
		return err
	}
	if err := tx.change(ctx, "set speaker of statement "+id, `
UPDATE statement
   SET speaker = $2, name = $3, mention = $4, mention_start = $5, mention_end = $6, role = $7, state = $8, corrected_by = $9, corrected_at = $10
 WHERE id = $1`, id, orNull(who.ID), who.Name, who.Mention, who.Start, who.End, who.Role, string(who.State), by, at); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "set speaker of statement "+id, `
UPDATE statement_place SET name = $2, role = $3, state = $4, speaker = $5 WHERE statement = $1`, id, who.Name, who.Role, string(who.State), who.ID); err != nil {
		return err
	}
	if was.GoneAt == 0 && was.Speaker.ID != who.ID {
		if err := tx.countSaid(ctx, map[string]int{was.Speaker.ID: -1, who.ID: 1}); err != nil {
			return err
		}
	}
	was.Speaker = who
	return tx.indexStatement(ctx, was)
}

// A PlacedStatement is a statement, as the reading has it that a translation of ours was made from, and where its words stand in that.
// Of a reading that is not known it has no words and no speaker.
type PlacedStatement struct {
	news.Statement
	Place news.StatementPlace
}

func scanPlaced(r scanner) (PlacedStatement, error) { return scanPlacedWith(r) }

// scanPlacedWith is scanPlaced for rows that have more columns.
func scanPlacedWith(r scanner, more ...any) (PlacedStatement, error) {
	var v statementRow
	var p news.StatementPlace
	var m madeOf
	dest := append(append(v.dest(), placeDest(&p)...), &m.original, &m.name, &m.role, &m.state, &m.speaker, &m.reading)
	if err := r.Scan(append(dest, more...)...); err != nil {
		return PlacedStatement{}, err
	}
	s, err := v.statement()
	if err == nil && m.original != s.Original {
		s, err = m.statement(s, p)
	}
	return PlacedStatement{s, p}, err
}

const madeOfColumns = `statement_place.original, statement_place.name, statement_place.role, statement_place.state,
	COALESCE((SELECT known.known_as FROM speaker known WHERE known.id = statement_place.speaker), ''), statement_place.reading`

// madeOf is what a place was made from.
type madeOf struct {
	original, name, role, state, speaker, reading string
}

// A placeReading is a statement as the reading has it that a place was made from; it is kept as JSON.
type placeReading struct {
	Statement statement.Statement `json:"statement"`
	Key       string              `json:"key,omitempty"`
	At        int64               `json:"at"`
}

// statement is s, which was read anew since, as it was when the place was made.
func (m madeOf) statement(s news.Statement, p news.StatementPlace) (news.Statement, error) {
	if m.reading == "" {
		s.Statement = statement.Statement{Kind: s.Kind, Block: s.Block, Start: p.Start, End: p.Start}
		return s, nil
	}
	var was placeReading
	if err := json.Unmarshal([]byte(m.reading), &was); err != nil {
		return s, fmt.Errorf("place of statement %s in article %s: %w", s.ID, p.Article, err)
	}
	who := was.Statement.Speaker
	if who.ID, who.Name, who.Role, who.State = m.speaker, m.name, m.role, statement.State(m.state); m.speaker == "" && m.name == "" && m.state == "" {
		who = statement.Speaker{}
	}
	s.Statement, s.Original, s.Key, s.At = was.Statement, m.original, was.Key, was.At
	s.Speaker = who
	return s, nil
}

// StatementsAsRead returns what an item's reading says, in the order of the text: also one that is not the newest, as far as it is known,
// which is what the newest does not have any more and what was placed in a translation.
func (r Reads) StatementsAsRead(ctx context.Context, item, original string) ([]news.Statement, error) {
	list, err := all(ctx, r, "statements of original "+original, scanStatement, `
SELECT `+statementColumns+` FROM statement WHERE item = $1 AND original = $2 ORDER BY n, id`, item, original)
	if err != nil {
		return nil, err
	}
	placed, err := all(ctx, r, "statements placed of original "+original, scanPlaced, `
SELECT `+statementColumns+`, `+placeColumns+`, `+madeOfColumns+`
  FROM statement JOIN statement_place ON statement_place.statement = statement.id
 WHERE statement.item = $1 AND statement.original <> $2 AND statement_place.original = $2 AND statement_place.reading <> ''
 ORDER BY statement.id`, item, original)
	if err != nil || len(placed) == 0 {
		return list, err
	}
	seen := map[string]bool{}
	for _, p := range placed {
		if !seen[p.ID] {
			seen[p.ID] = true
			list = append(list, p.Statement)
		}
	}
	slices.SortStableFunc(list, func(a, b news.Statement) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Start, b.Start))
	})
	return list, nil
}

const placeColumns = `statement_place.statement, statement_place.article, statement_place.revision, statement_place.lang, statement_place.block,
	statement_place.span_start, statement_place.span_end, statement_place.words`

func placeDest(p *news.StatementPlace) []any {
	return []any{&p.Statement, &p.Article, &p.Revision, &p.Lang, &p.Block, &p.Start, &p.End, &p.Words}
}

// StatementsIn returns the statements whose words were carried into a revision of an article, in the order of its text. An outer
// quotation comes before those inside it. Revisions that are neither the newest nor public have none.
func (r Reads) StatementsIn(ctx context.Context, article string, revision int) ([]PlacedStatement, error) {
	return all(ctx, r, "statements in article "+article, scanPlaced, `
SELECT `+statementColumns+`, `+placeColumns+`, `+madeOfColumns+`
  FROM statement_place JOIN statement ON statement.id = statement_place.statement
 WHERE statement_place.article = $1 AND statement_place.revision = $2
 ORDER BY statement_place.block, statement_place.span_start, statement_place.span_end DESC`, article, revision)
}

// PlacesOf returns where the words of a statement stand in translations of ours, by language and revision.
func (r Reads) PlacesOf(ctx context.Context, statement string) ([]news.StatementPlace, error) {
	return all(ctx, r, "places of statement "+statement, func(s scanner) (p news.StatementPlace, err error) {
		err = s.Scan(placeDest(&p)...)
		return p, err
	}, `SELECT `+placeColumns+` FROM statement_place WHERE statement = $1 ORDER BY lang, article, revision`, statement)
}

// SavePlaces keeps where statements stand in a revision of an article that was made from its original, in the place of what was kept of
// it, and forgets those of revisions that are neither this one nor public.
func (tx *Tx) SavePlaces(ctx context.Context, a news.Article, revision int, places []news.StatementPlace) error {
	touched, err := all(ctx, tx.Reads, "places in article "+a.ID, scanString, `SELECT DISTINCT statement FROM statement_place WHERE article = $1`, a.ID)
	if err != nil {
		return err
	}
	read, err := tx.StatementsAsRead(ctx, a.Item, a.Original)
	if err != nil {
		return err
	}
	known := make(map[string]news.Statement, len(read))
	for _, s := range read {
		known[s.ID] = s
	}
	if _, err := tx.exec(ctx, "save places in article "+a.ID, `
DELETE FROM statement_place
 WHERE article = $1
   AND (revision = $2 OR revision NOT IN (SELECT revision FROM article WHERE id = $1 UNION SELECT public FROM article WHERE id = $1))`, a.ID, revision); err != nil {
		return err
	}
	for _, p := range places {
		m := madeOf{original: a.Original}
		if s, ok := known[p.Statement]; ok {
			reading, err := json.Marshal(placeReading{s.Statement, s.Key, s.At})
			if err != nil {
				return err
			}
			m = madeOf{a.Original, s.Speaker.Name, s.Speaker.Role, string(s.Speaker.State), s.Speaker.ID, string(reading)}
		}
		if _, err := tx.exec(ctx, "save places in article "+a.ID, `
INSERT INTO statement_place (article, revision, statement, lang, block, span_start, span_end, words, original, name, role, state, speaker, reading)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, `+keptSpeaker(`(SELECT statement.speaker FROM statement WHERE statement.id = $3)`, "$13")+`, $14)`,
			a.ID, revision, p.Statement, a.Lang, p.Block, p.Start, p.End, p.Words, m.original, m.name, m.role, m.state, m.speaker, m.reading); err != nil {
			return err
		}
		touched = append(touched, p.Statement)
	}
	return tx.reindex(ctx, touched)
}

// ReindexArticle makes the search know whether readers see an article's statements: after it was shown or hidden.
func (tx *Tx) ReindexArticle(ctx context.Context, article string) error {
	touched, err := all(ctx, tx.Reads, "places in article "+article, scanString, `SELECT DISTINCT statement FROM statement_place WHERE article = $1`, article)
	if err != nil {
		return err
	}
	return tx.reindex(ctx, touched)
}

func (tx *Tx) reindex(ctx context.Context, ids []string) error {
	done := map[string]bool{}
	for _, id := range ids {
		if done[id] {
			continue
		}
		done[id] = true
		s, err := tx.Statement(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.indexStatement(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// TranslationOf returns words of a statement in another language that were made to compare it; empty if there are none of these words.
func (r Reads) TranslationOf(ctx context.Context, statement, to, words string) (string, error) {
	s, err := one(ctx, r, "translation of statement "+statement, scanString, `
SELECT words FROM statement_translation WHERE statement = $1 AND lang = $2 AND source = $3`, statement, to, words)
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return s, err
}

// SaveTranslation keeps words of a statement in another language.
func (tx *Tx) SaveTranslation(ctx context.Context, statement, to, of, words string, at int64) error {
	_, err := tx.exec(ctx, "save translation of statement "+statement, `
INSERT INTO statement_translation (statement, lang, source, words, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (statement, lang) DO UPDATE SET source = excluded.source, words = excluded.words, at = excluded.at`, statement, to, of, words, at)
	return err
}

// nameKeys are the consonants of a name, of all of it and of its last word, by which it is known in every script.
func nameKeys(name string) (key, last string) {
	key = term.Key(name)
	last = key[strings.LastIndexByte(key, ' ')+1:]
	return key, last
}

// tagOf is a language tag without region, as it stands in the search's words.
func tagOf(tag string) string { return strings.ToLower(string(lang.Tag(tag).Bare())) }
