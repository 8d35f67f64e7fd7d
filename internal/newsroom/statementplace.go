package newsroom

import (
	"context"
	"maps"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// placeStatements finds where the quotations of an article's original stand in a revision of it, and keeps that. It asks for the
// article as the transaction has it, and is called when that is at its new revision.
func (r *Room) placeStatements(ctx context.Context, tx *store.Tx, article string, revision int) error {
	a, err := tx.Article(ctx, article)
	if err != nil {
		return err
	}
	list, err := tx.StatementsAsRead(ctx, a.Item, a.Original) // an update of the outlet may wait
	if err != nil {
		return err
	}
	var places []news.StatementPlace
	if len(list) > 0 {
		original, _, err := tx.Original(ctx, a.Original)
		if err != nil {
			return err
		}
		d, _, err := tx.Document(ctx, article, revision)
		if err != nil {
			return err
		}
		var segments []store.Segment
		if revision == a.Revision {
			if segments, err = tx.Segments(ctx, article); err != nil {
				return err
			}
		}
		places = placesOf(original, d, segments, list)
	}
	return tx.SavePlaces(ctx, a, revision, places)
}

// placesOf finds where quotations of an original stand in its translation. A quotation is a mark, and marks keep their order in a
// sentence; where a sentence and its translation differ in their marks, nothing is guessed, and its quotations have no place. Without
// the sentences of a text, all of it counts as one.
func placesOf(original, d doc.Document, segments []store.Segment, list []news.Statement) []news.StatementPlace {
	byKey := map[string]int{}
	for i, b := range d.Blocks {
		byKey[b.Key] = i
	}
	sentences := map[int][]store.Segment{}
	for _, s := range segments {
		if s.Place.Part == doc.Body || s.Place.Part == 0 {
			sentences[s.Place.Block] = append(sentences[s.Place.Block], s)
		}
	}
	pairs := map[int]map[[2]int][2]int{} // by block of the original: the marks of both texts
	target := map[int]int{}
	var places []news.StatementPlace
	for _, s := range list {
		if !s.Marked() {
			continue
		}
		pair, ok := pairs[s.Block]
		if !ok {
			block := s.Block
			if block >= 0 {
				if block >= len(original.Blocks) {
					continue
				}
				if block, ok = byKey[original.Blocks[s.Block].Key]; !ok {
					continue
				}
			}
			target[s.Block] = block
			source, _ := store.TextAt(original, s.Block)
			translated, _ := store.TextAt(d, block)
			pair = pairMarks(original.Lang, d.Lang, source, translated, sentences[block])
			pairs[s.Block] = pair
		}
		at, ok := pair[[2]int{s.Start, s.End}]
		if !ok {
			continue
		}
		text, _ := store.TextAt(d, target[s.Block])
		places = append(places, news.StatementPlace{Statement: s.ID, Block: target[s.Block], Start: at[0], End: at[1], Words: text.S[at[0]:at[1]]})
	}
	return places
}

// pairMarks finds for each quotation of a text the one of its translation. sentences are those of the text; nil: it counts as one.
func pairMarks(from, to string, source, translated doc.Text, sentences []store.Segment) map[[2]int][2]int {
	if len(sentences) == 0 {
		sentences = []store.Segment{{SourceEnd: len(source.S), TargetEnd: len(translated.S)}}
	}
	sentence := func(i int, inSource bool) int { // the sentence a byte is in; -1 for none
		for k, s := range sentences {
			start, end := s.TargetStart, s.TargetEnd
			if inSource {
				start, end = s.SourceStart, s.SourceEnd
			}
			if start <= i && i < end {
				return k
			}
		}
		return -1
	}
	of := func(tag string, t doc.Text, inSource bool) map[int][][2]int {
		marks := map[int][][2]int{}
		for _, m := range quotationsIn(tag, t) {
			k := sentence(m[0], inSource)
			marks[k] = append(marks[k], m)
		}
		return marks
	}
	was, is := of(from, source, true), of(to, translated, false)
	pairs := map[[2]int][2]int{}
	for k, list := range was {
		others := is[k]
		if k < 0 || len(list) != len(others) || !alikeMarks(list, others, source.S, translated.S) {
			continue
		}
		for i := range list {
			if sentence(list[i][1]-1, true) == sentence(others[i][1]-1, false) {
				pairs[list[i]] = others[i]
			}
		}
	}
	return pairs
}

// quotationsIn are the quotations of a text in its order, with their marks.
func quotationsIn(tag string, t doc.Text) [][2]int {
	var list [][2]int
	for _, m := range t.Marks {
		if m.Kind == doc.Quote {
			list = append(list, [2]int{m.Start, m.End})
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, m := range doc.QuoteMarks(tag, t.S) {
		if m.Balanced() {
			list = append(list, [2]int{m.Start, m.End})
		}
	}
	return list
}

// alikeMarks reports whether two lists of quotations stand in each other alike, and none has a number that its counterpart lacks while
// another one has it: the translation moved them about, and which is which is not sure.
func alikeMarks(a, b [][2]int, x, y string) bool {
	for i := range a {
		if i > 0 && (a[i][0] < a[i-1][1]) != (b[i][0] < b[i-1][1]) {
			return false
		}
	}
	if len(a) == 1 {
		return true
	}
	for i := range a {
		n := digitsIn(x[a[i][0]:a[i][1]])
		if len(n) == 0 {
			continue
		}
		if maps.Equal(n, digitsIn(y[b[i][0]:b[i][1]])) {
			continue
		}
		for k := range b {
			if k != i && maps.Equal(n, digitsIn(y[b[k][0]:b[k][1]])) {
				return false
			}
		}
	}
	return true
}

// digitsIn are the numbers of a text, without what parts their digits.
func digitsIn(s string) map[string]bool {
	list := map[string]bool{}
	var b strings.Builder
	for _, r := range s + " " {
		switch {
		case unicode.IsDigit(r):
			b.WriteRune(r)
		case strings.ContainsRune(".,\u00a0\u202f", r):
		default:
			if b.Len() > 0 {
				list[b.String()] = true
			}
			b.Reset()
		}
	}
	return list
}
