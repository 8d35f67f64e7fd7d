package store

import (
	"strconv"
	"strings"
)

// The index of words in PostgreSQL: text-search vectors that we make ourselves, so that words are parted alike in both databases
// and whatever the server's locale.
const (
	searchPostgres = `
SELECT no FROM said WHERE words @@ CAST($1 AS tsquery) AND no >= $2 AND no < $3 ORDER BY no DESC LIMIT $4`
	indexPostgres = `
INSERT INTO said (no, words) VALUES ($1, CAST($2 AS tsvector)) ON CONFLICT (no) DO UPDATE SET words = excluded.words`
	unindexPostgres = `DELETE FROM said WHERE no = $1`
)

// The bounds of a vector (PostgreSQL manual, 12.11).
const (
	maxPositions = 255
	maxPosition  = 16383
	maxLexeme    = 2000 // bytes
)

// tsvector writes words as a vector with their positions.
func tsvector(words []string) string {
	at := map[string][]int{}
	var order []string
	for i, w := range words {
		if len(w) > maxLexeme {
			continue
		}
		if at[w] == nil {
			order = append(order, w)
		}
		if len(at[w]) < maxPositions {
			at[w] = append(at[w], min(i+1, maxPosition))
		}
	}
	var b strings.Builder
	for _, w := range order {
		b.WriteString("'" + w + "':")
		for i, p := range at[w] {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(p))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// postgres is the question as a tsquery. Words hold letters and digits only.
func (m saidMatch) postgres() string {
	var all []string
	for _, w := range m.words {
		s := "'" + strings.Join(w.words, "' <-> '") + "'"
		if w.begin {
			s += ":*"
		}
		if len(w.words) > 1 {
			s = "(" + s + ")"
		}
		all = append(all, s)
	}
	for _, f := range m.facets {
		all = append(all, "'"+f+"'")
	}
	if len(m.speakers) > 0 {
		all = append(all, "('"+strings.Join(m.speakers, "' | '")+"')")
	}
	for _, f := range m.without {
		all = append(all, "!'"+f+"'")
	}
	return strings.Join(all, " & ")
}
