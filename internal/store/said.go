package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

func (tx *Tx) indexGrams(ctx context.Context, no int64, grams []int64) error {
	if len(grams) == 0 {
		return nil
	}
	var rows strings.Builder
	for i, g := range grams {
		if i > 0 {
			rows.WriteByte(',')
		}
		fmt.Fprintf(&rows, "(%d,%d)", g, no)
	}
	_, err := tx.exec(ctx, "index a statement", `INSERT INTO statement_gram (gram, no) VALUES `+rows.String()+` ON CONFLICT (gram, no) DO NOTHING`)
	return err
}

// The grams of a statement: runs of runWords words, of which each window of runWindow keeps the least hash, so that two texts that
// share runWords+runWindow-1 words in a row share a gram; and the numbers and names, which translations keep.
const (
	runWords  = 3
	runWindow = 3
	maxGrams  = 40
)

// Grams are hashes by which the same words are found elsewhere; at most 40, sorted.
func Grams(text string) []int64 {
	words := foldedWords(text)
	var hashes []int64
	for i := 0; i+runWords <= len(words); i++ {
		hashes = append(hashes, gramOf("w", strings.Join(words[i:i+runWords], " ")))
	}
	kept := map[int64]bool{}
	for i := range hashes {
		kept[slices.Min(hashes[i:min(i+runWindow, len(hashes))])] = true
		if len(kept) >= maxGrams-10 {
			break
		}
	}
	for _, g := range NameGrams(text) {
		if len(kept) < maxGrams {
			kept[g] = true
		}
	}
	list := make([]int64, 0, len(kept))
	for g := range kept {
		list = append(list, g)
	}
	slices.Sort(list)
	return list
}

// NameGrams are those of the grams that stand for names and numbers, which are alike in other languages.
func NameGrams(text string) []int64 {
	var list []int64
	add := func(kind, s string) {
		if g := gramOf(kind, s); !slices.Contains(list, g) && len(list) < 10 {
			list = append(list, g)
		}
	}
	for i, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !('0' <= r && r <= '9' || r == '-' || r > 0x7f && !strings.ContainsRune("“”«»„–—…’‘\u00a0\u202f", r) || 'a' <= r|0x20 && r|0x20 <= 'z')
	}) {
		switch r, _ := utf8.DecodeRuneInString(w); {
		case '0' <= r && r <= '9':
			if len(w) >= 2 {
				add("n", w)
			}
		case i > 0 && strings.ToLower(w) != w:
			if k := term.Key(w); utf8.RuneCountInString(k) >= 3 {
				add("k", k)
			}
		}
	}
	return list
}

func gramOf(kind, s string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(kind + s)) // never fails
	return int64(h.Sum64() & math.MaxInt64)
}

// A SaidOrder is the order of what a search finds.
type SaidOrder int

const (
	ByRelevance SaidOrder = iota // by date where no words are asked for
	ByDate                       // the newest first
)

// A SaidQuery asks who said what. Empty fields ask for all.
type SaidQuery struct {
	Words   string // all of them, in the statement or in a translation of ours; “between marks” in this order; endings do not matter
	Speaker string // identifier
	Name    string // of a speaker as somebody typed it, in any script: the surname or more
	Outlet  string // identifier
	Lang    string // of the statement
	Kind    statement.Kind
	Since   int64 // UTC milliseconds
	Until   int64 // exclusive
	Order   SaidOrder
	Public  string // a language: only what readers see in it
	After   string // Next of the page before
	Limit   int    // 0: 20; at most 200
}

// A SaidPage is a part of what a search found.
type SaidPage struct {
	Statements []SaidStatement
	Next       string // for SaidQuery.After; empty at the end
}

// A SaidStatement is a statement and where it stands.
type SaidStatement struct {
	news.Statement
	OutletName   string
	ItemURL      string
	ItemTitle    string
	Translations map[string]string // its words in our newest translations, by language
}

// nearestWords is how many of the newest statements that fit are put in order of relevance.
const nearestWords = 300

// Said finds statements. By relevance it orders the newest 300 that fit: those that have the words as they were asked for, near each
// other, and little else. An After that is none of ours is news.ErrInvalid.
func (r Reads) Said(ctx context.Context, q SaidQuery) (SaidPage, error) {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit = min(q.Limit, 200)
	words := parseWords(q.Words)
	if len(words) == 0 {
		if q.Words != "" && len(strings.TrimSpace(q.Words)) > 0 {
			return SaidPage{}, nil // nothing that could be found
		}
		q.Order = ByDate
	}
	after, err := parseCursor(q.After)
	if err != nil {
		return SaidPage{}, err
	}
	low, high := int64(0), int64(math.MaxInt64)
	if q.Since > 0 {
		low = firstNo(q.Since)
	}
	if q.Until > 0 {
		high = firstNo(q.Until)
	}
	if q.Order == ByDate {
		if after.set {
			high = min(high, after.no)
		}
		nos, err := r.saidNos(ctx, q, words, low, high, q.Limit+1)
		if err != nil {
			return SaidPage{}, err
		}
		var page SaidPage
		if len(nos) > q.Limit {
			nos = nos[:q.Limit]
			page.Next = cursor{set: true, no: nos[len(nos)-1]}.String()
		}
		page.Statements, err = r.saidStatements(ctx, nos, q.Public)
		return page, err
	}
	if after.set {
		high = min(high, after.top)
	}
	nos, err := r.saidNos(ctx, q, words, low, high, nearestWords)
	if err != nil || len(nos) == 0 {
		return SaidPage{}, err
	}
	top := nos[0] + 1
	if after.set {
		top = after.top
	}
	ranked, err := r.rank(ctx, nos, words, q.Public)
	if err != nil {
		return SaidPage{}, err
	}
	if after.set {
		i := slices.IndexFunc(ranked, func(x ranking) bool { return x.score < after.score || x.score == after.score && x.no < after.no })
		if i < 0 {
			return SaidPage{}, nil
		}
		ranked = ranked[i:]
	}
	var page SaidPage
	if len(ranked) > q.Limit {
		ranked = ranked[:q.Limit]
		last := ranked[len(ranked)-1]
		page.Next = cursor{set: true, no: last.no, score: last.score, top: top}.String()
	}
	nos = nos[:0]
	for _, x := range ranked {
		nos = append(nos, x.no)
	}
	page.Statements, err = r.saidStatements(ctx, nos, q.Public)
	return page, err
}

// A cursor is a place in a list of statements. top is the least number that was too new when the list was begun: what came later does
// not shift the pages.
type cursor struct {
	set   bool
	no    int64
	score int64
	top   int64
}

func (c cursor) String() string {
	b, _ := json.Marshal([]int64{c.no, c.score, c.top}) // integers only
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s string) (cursor, error) {
	if s == "" {
		return cursor{}, nil
	}
	var v []int64
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil || len(v) != 3 || slices.Min(v) < 0 {
		return cursor{}, fmt.Errorf("%.40q is no place in a list: begin at its first page: %w", s, news.ErrInvalid)
	}
	return cursor{true, v[0], v[1], v[2]}, nil
}

// A wanted is a word that is asked for, or several in a row.
type wanted struct {
	words []string // folded; more than one: a phrase
	begin bool     // a beginning of a word is enough
}

// maxWanted bounds the words of a search.
const maxWanted = 12

// parseWords reads what was typed: words, and phrases between quotation marks.
func parseWords(s string) []wanted {
	var list []wanted
	for i, part := range strings.FieldsFunc(plainMarks.Replace(" "+s), func(r rune) bool { return r == '"' }) {
		words := textWords(part)
		switch {
		case len(words) == 0:
		case i%2 == 1:
			list = append(list, wanted{words: words[:min(len(words), maxWanted)]})
		default:
			for _, w := range words {
				list = append(list, wantedWord(w))
			}
		}
	}
	return list[:min(len(list), maxWanted)]
}

// plainMarks makes quotation marks alike.
var plainMarks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, `""`, `" "`)

// wantedWord is a word without its ending: languages put one or two letters there for number and case. What has the very word comes
// first by relevance.
func wantedWord(w string) wanted {
	n := utf8.RuneCountInString(w)
	cut := 0
	switch {
	case strings.ContainsAny(w, "0123456789"):
	case n >= 7:
		cut = 2
	case n >= 5:
		cut = 1
	}
	for range cut {
		_, size := utf8.DecodeLastRuneInString(w)
		w = w[:len(w)-size]
	}
	return wanted{words: []string{w}, begin: cut > 0}
}

// A saidMatch is what the index is asked for: all of words and facets, none of without.
type saidMatch struct {
	words    []wanted
	facets   []string
	speakers []string // facets, of which one is enough; none: of anybody
	without  []string
}

// saidNos returns the numbers of up to limit statements that fit, the newest first, from low to before high.
func (r Reads) saidNos(ctx context.Context, q SaidQuery, words []wanted, low, high int64, limit int) ([]int64, error) {
	if q.Name != "" && term.Key(q.Name) == "" {
		return nil, nil
	}
	m, err := r.saidMatch(ctx, q, words)
	if err != nil {
		return nil, err
	}
	if len(m.words)+len(m.facets)+len(m.speakers) == 0 {
		return all(ctx, r, "statements", scanInt, `
SELECT no FROM statement WHERE gone_at = 0 AND no >= $1 AND no < $2 ORDER BY no DESC LIMIT $3`, low, high, limit)
	}
	return r.nosMatch(ctx, m, low, high, limit)
}

// saidMatch is what a query asks of the index. What readers see is asked for in the words and by the facets that they see.
func (r Reads) saidMatch(ctx context.Context, q SaidQuery, words []wanted) (saidMatch, error) {
	var m saidMatch
	if q.Lang != "" {
		m.facets = append(m.facets, facetLang(q.Lang))
	}
	if q.Outlet != "" {
		m.facets = append(m.facets, facetOutlet(q.Outlet))
	}
	if q.Kind != "" {
		m.facets = append(m.facets, facetKind(q.Kind))
	}
	for _, k := range strings.Fields(term.Key(q.Name)) {
		m.facets = append(m.facets, facetName(k))
	}
	if q.Speaker != "" {
		ids, err := r.family(ctx, q.Speaker)
		if err != nil {
			return m, err
		}
		for _, id := range ids {
			m.speakers = append(m.speakers, facetSpeaker(id))
		}
	}
	m.words = words
	if q.Public == "" {
		return m, nil
	}
	for _, list := range [][]string{m.facets, m.speakers} {
		for i := range list {
			list[i] = inPublic(q.Public, list[i])
		}
	}
	m.words = nil
	for _, w := range words {
		seen := wanted{begin: w.begin}
		for _, x := range w.words {
			seen.words = append(seen.words, inPublic(q.Public, x))
		}
		m.words = append(m.words, seen)
	}
	m.facets = append(m.facets, facetPublic(q.Public))
	closed, err := r.closedOutlets(ctx)
	for _, o := range closed {
		m.without = append(m.without, facetOutlet(o))
	}
	return m, err
}

// nosMatch asks the index; m asks for something.
func (r Reads) nosMatch(ctx context.Context, m saidMatch, low, high int64, limit int) ([]int64, error) {
	if r.dialect == PostgreSQL {
		return all(ctx, r, "statements", scanInt, searchPostgres, m.postgres(), low, high, limit)
	}
	return all(ctx, r, "statements", scanInt, searchSQLite, m.sqlite(), low, high, limit)
}

// A ranking is how well a statement fits.
type ranking struct {
	no, score int64
}

// rank orders statements by how well they have the words: as asked for before other endings, in the order asked for, and little else.
// Of two that are alike the newer comes first.
func (r Reads) rank(ctx context.Context, nos []int64, words []wanted, public string) ([]ranking, error) {
	type text struct {
		no    int64
		words string
	}
	scan := func(s scanner) (t text, err error) {
		err = s.Scan(&t.no, &t.words)
		return t, err
	}
	var texts []text
	if public != "" {
		placed, err := r.placedIn(ctx, public, nos)
		if err != nil {
			return nil, err
		}
		for _, p := range placed {
			texts = append(texts, text{p.No, p.Text}, text{p.No, p.Place.Words})
		}
	} else {
		list := numbersList(nos)
		var err error
		if texts, err = all(ctx, r, "statements", scan, `
SELECT no, words FROM statement WHERE no IN (`+list+`)
UNION ALL
SELECT statement.no, statement_place.words
  FROM statement JOIN statement_place ON statement_place.statement = statement.id
 WHERE statement.no IN (`+list+`)`); err != nil {
			return nil, err
		}
	}
	best := map[int64]int64{}
	for _, t := range texts {
		best[t.no] = max(best[t.no], relevance(foldedWords(t.words), words))
	}
	ranked := make([]ranking, len(nos))
	for i, no := range nos {
		ranked[i] = ranking{no, best[no]}
	}
	sortRanking(ranked)
	return ranked, nil
}

// sortRanking puts the best first, and of two that are alike the newer.
func sortRanking(list []ranking) {
	slices.SortFunc(list, func(a, b ranking) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.no, a.no))
	})
}

// relevance says how well a text has the words; 0 to some thousands.
func relevance(text []string, words []wanted) int64 {
	score, last := 0.0, -2
	for _, w := range words {
		n, exact, at := 0, false, -1
		for i := range text {
			if !w.at(text, i) {
				continue
			}
			n++
			if at < 0 || i == last+1 {
				at = i
			}
			exact = exact || !w.begin || len(text[i]) <= len(w.words[0])+2
		}
		if n == 0 {
			continue
		}
		score += 1 + 0.5*math.Log(float64(n))
		if exact {
			score++
		}
		if at == last+1 {
			score++ // one behind the other, as they were typed
		}
		last = at + len(w.words) - 1
	}
	return int64(1000 * score / math.Sqrt(1+float64(len(text))/30))
}

// at reports whether the text has the word, or the phrase, at i.
func (w wanted) at(text []string, i int) bool {
	if w.begin {
		return strings.HasPrefix(text[i], w.words[0])
	}
	if i+len(w.words) > len(text) {
		return false
	}
	return slices.Equal(text[i:i+len(w.words)], w.words)
}

// numbersList is numbers of ours as SQL has them in a list.
func numbersList(nos []int64) string {
	var b strings.Builder
	for i, n := range nos {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
	return b.String()
}

// placedIn returns the statements of these numbers as readers of a language see them, in no order.
func (r Reads) placedIn(ctx context.Context, lang string, nos []int64) ([]PlacedStatement, error) {
	return all(ctx, r, "public statements", scanPlaced, publicStatementsOf+` AND statement.no IN (`+numbersList(nos)+`)`, lang)
}

// saidStatements returns the statements of these numbers, in their order; where public names a language, as readers see them in it.
func (r Reads) saidStatements(ctx context.Context, nos []int64, public string) ([]SaidStatement, error) {
	if len(nos) == 0 {
		return nil, nil
	}
	list := numbersList(nos)
	found, err := all(ctx, r, "statements", func(s scanner) (x SaidStatement, err error) {
		var v statementRow
		if err := s.Scan(append(v.dest(), &x.OutletName, &x.ItemURL, &x.ItemTitle)...); err != nil {
			return x, err
		}
		x.Statement, err = v.statement()
		return x, err
	}, `
SELECT `+statementColumns+`, outlet.name, item.url, original.title
  FROM statement JOIN outlet ON outlet.id = statement.outlet JOIN item ON item.id = statement.item JOIN original ON original.id = statement.original
 WHERE statement.no IN (`+list+`)
 ORDER BY statement.no DESC`)
	if err != nil {
		return nil, err
	}
	byNo := map[int64]*SaidStatement{}
	byID := map[string]*SaidStatement{}
	for i := range found {
		byNo[found[i].No], byID[found[i].ID] = &found[i], &found[i]
	}
	if err := r.translations(ctx, byID, nos, public); err != nil {
		return nil, err
	}
	out := make([]SaidStatement, 0, len(nos))
	for _, no := range nos {
		if s := byNo[no]; s != nil {
			out = append(out, *s)
		}
	}
	return out, nil
}

// translations fills in the words of statements in translations: of the newest revisions, or, where public names a language, of what
// readers see in it, with the statement as the published reading has it.
func (r Reads) translations(ctx context.Context, byID map[string]*SaidStatement, nos []int64, public string) error {
	if public != "" {
		placed, err := r.placedIn(ctx, public, nos)
		for _, p := range placed {
			s := byID[p.ID]
			s.Statement, s.Translations = p.Statement, map[string]string{p.Place.Lang: p.Place.Words}
		}
		return err
	}
	places, err := all(ctx, r, "places of statements", func(s scanner) (p news.StatementPlace, err error) {
		err = s.Scan(placeDest(&p)...)
		return p, err
	}, `
SELECT `+placeColumns+`
  FROM statement JOIN statement_place ON statement_place.statement = statement.id
 WHERE statement.no IN (`+numbersList(nos)+`)
 ORDER BY statement_place.revision`)
	for _, p := range places {
		s := byID[p.Statement]
		if s.Translations == nil {
			s.Translations = map[string]string{}
		}
		s.Translations[p.Lang] = p.Words
	}
	return err
}
