package check

import (
	"fmt"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// dates compares the months and the days of the week by what they are: a month or a day that became another is wrong, one that is
// gone may be in another word (yesterday).
func dates(u unit) []doc.Flag {
	var flags []doc.Flag
	for _, k := range []string{"day of the week", "month"} {
		source, target := calendarWords(u.from, k, u.words), calendarWords(u.to, k, u.rendered)
		var lost, added []calendarWord
		for _, s := range source {
			if s.sure && !has(target, s.n) && !strings.Contains(u.target, u.source[s.start:s.end]) { // Black Friday
				lost = append(lost, s)
			}
		}
		for _, g := range target {
			if g.sure && !has(source, g.n) {
				added = append(added, g)
			}
		}
		for i, s := range lost {
			if i < len(added) {
				flags = append(flags, u.flag("dates", doc.Stop, s.span, added[i].span, fmt.Sprintf("%s became %s", u.source[s.start:s.end], u.target[added[i].start:added[i].end])))
				continue
			}
			flags = append(flags, u.flag("dates", doc.Ask, s.span, span{}, fmt.Sprintf("the %s %s is missing", k, u.source[s.start:s.end])))
		}
	}
	return flags
}

// A calendarWord is the name of a month or a day in a text.
type calendarWord struct {
	span
	n    int  // which of the year, or of the week
	sure bool // it is no other word; one that may be answers, but asks for nothing
}

func has(list []calendarWord, n int) bool {
	for _, w := range list {
		if w.n == n {
			return true
		}
	}
	return false
}

// calendarWords returns the names of months or days among words. Names that are other words too (May, mars, segunda) are sure with a
// number only.
func calendarWords(tag, kind string, words []token) []calendarWord {
	index := calendarIndex(tag, kind)
	var out []calendarWord
	for i, w := range words {
		n, ok := index[w.folded]
		if !ok || (tag == "en" || tag == "de" || tag == "nl") && !isCapital(w.text) {
			continue
		}
		out = append(out, calendarWord{w.span, n, !ambiguous[w.folded] || dated(words, i)})
	}
	return out
}

var indices sync.Map // of [2]string{tag, kind} to map[string]int

// calendarIndex gives the names of months or days of a language their numbers.
func calendarIndex(tag, kind string) map[string]int {
	key := [2]string{tag, kind}
	if m, ok := indices.Load(key); ok {
		return m.(map[string]int)
	}
	f := lang.Facts(lang.Tag(tag))
	lists := [][]string{f.Months, f.Alone}
	if kind != "month" {
		lists = [][]string{f.Days}
	}
	index := map[string]int{}
	for _, list := range lists {
		for i, name := range list {
			if t := tokens(name); len(t) > 0 {
				index[t[0].folded] = i
				if first, _, ok := strings.Cut(t[0].folded, "-"); ok {
					index[first] = i // segunda, for segunda-feira
				}
			}
		}
	}
	indices.Store(key, index)
	return index
}

// ambiguous are names of months and days that are other words, too.
var ambiguous = set("may march mars august mai maio marzo segunda terca quarta quinta sexta mayo maj marca")

// dated reports whether a number stands beside word i.
func dated(words []token, i int) bool {
	for _, k := range []int{i - 2, i - 1, i + 1, i + 2} {
		if k >= 0 && k < len(words) && words[k].text[0] >= '0' && words[k].text[0] <= '9' {
			return true
		}
	}
	return false
}
