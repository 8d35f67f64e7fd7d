package check

import (
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// structure compares the documents block by block: as many, of the same kinds, under the same keys, none of them empty, with the same
// pictures, credits and bylines. Those are never translated.
func structure(p Pair) []doc.Flag {
	var flags []doc.Flag
	add := func(block int, severity doc.Severity, message string) {
		flags = append(flags, doc.Flag{Rule: "structure", Severity: severity, Block: block, Message: message})
	}
	a, b := p.Original, p.Translation
	if len(a.Blocks) != len(b.Blocks) {
		add(min(len(a.Blocks), max(len(b.Blocks)-1, 0)), doc.Stop, fmt.Sprintf("the original has %d blocks, the translation %d", len(a.Blocks), len(b.Blocks)))
		return flags
	}
	for i := range a.Blocks {
		s, t := a.Blocks[i], b.Blocks[i]
		switch {
		case s.Kind != t.Kind:
			add(i, doc.Stop, fmt.Sprintf("a %s became a %s", s.Kind, t.Kind))
		case s.Depth != t.Depth:
			add(i, doc.Stop, "the list is nested in another way")
		case s.Text.S != "" && t.Text.S == "":
			add(i, doc.Stop, "the text is missing")
		case (s.Media == nil) != (t.Media == nil) || s.Media != nil && s.Media.Src != t.Media.Src:
			add(i, doc.Stop, "the picture is another one")
		case s.Media != nil && s.Media.Credit != t.Media.Credit:
			add(i, doc.Stop, "the picture's credit was changed")
		case s.Media != nil && s.Media.Alt != "" && t.Media.Alt == "":
			add(i, doc.Ask, "the picture's description is missing")
		case len(s.Rows) != len(t.Rows):
			add(i, doc.Stop, fmt.Sprintf("the table has %d rows, in the original %d", len(t.Rows), len(s.Rows)))
		}
	}
	if strings.Join(a.Byline, "\n") != strings.Join(b.Byline, "\n") {
		add(doc.TitleBlock, doc.Stop, "the byline was changed")
	}
	return flags
}
