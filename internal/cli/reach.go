package cli

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// reach lists, sorted, what a set of models can translate: its pairs, and those that two of them make through English.
func reach(installed map[string]bool) []newsroom.Pair {
	var out []newsroom.Pair
	for pair := range installed {
		from, to, _ := strings.Cut(pair, "-")
		out = append(out, newsroom.Pair{From: from, To: to})
		if to != pivotLanguage {
			continue
		}
		for second := range installed {
			if middle, last, _ := strings.Cut(second, "-"); middle == pivotLanguage && last != from {
				out = append(out, newsroom.Pair{From: from, To: last})
			}
		}
	}
	slices.SortFunc(out, func(a, b newsroom.Pair) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return slices.Compact(out)
}
