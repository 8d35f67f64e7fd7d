package check

import (
	"fmt"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Bounds of a translation's length for one of its original's, in characters: outside the first pair lie fewer than 5 of 1,000
// translations by people in the languages that were measured, outside the second none.
const (
	shortest, longestRatio = 0.5, 2.0
	stump, flood           = 0.2, 4.0
	enough                 = 25 // characters of the original below which a ratio says nothing
)

// length finds sentences that are much shorter or longer than their originals. Scripts that write a word in a sign are left out.
func length(u unit) []doc.Flag {
	s, g := utf8.RuneCountInString(u.source), utf8.RuneCountInString(u.target)
	if s < enough || dense(u.from) != dense(u.to) {
		return nil
	}
	ratio := float64(g) / float64(s)
	severity := doc.Ask
	if ratio < stump || ratio > flood {
		severity = doc.Stop
	}
	switch {
	case ratio < shortest:
		return []doc.Flag{u.flag("length", severity, span{0, len(u.source)}, span{}, fmt.Sprintf("%.0f %% of the original's length; something may be missing", 100*ratio))}
	case ratio > longestRatio:
		return []doc.Flag{u.flag("length", severity, span{0, len(u.source)}, span{}, fmt.Sprintf("%.1f times as long as the original; something may be added", ratio))}
	}
	return nil
}

func dense(tag string) bool { return tag == "zh" || tag == "ja" || tag == "ko" }
