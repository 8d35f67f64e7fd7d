package cli

import (
	"slices"
	"strings"
)

// reach lists, sorted, the languages into which a set of pairs leads from a language in one step or in two through English.
func reach(pairs map[string]bool, from string) []string {
	var out []string
	for pair := range pairs {
		a, b, _ := strings.Cut(pair, "-")
		switch {
		case b == from:
		case a == from:
			out = append(out, b)
		case a == pivotLanguage && pairs[from+"-"+pivotLanguage]:
			out = append(out, b)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
