package check

import (
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// title finds a title that is missing, or that stands there a second time as the deck or at the head of the text.
func title(p Pair) []doc.Flag {
	a, b := p.Original, p.Translation
	if a.Title.S == "" && b.Title.S == "" {
		return nil
	}
	if b.Title.S == "" {
		return []doc.Flag{{Rule: "title", Severity: doc.Stop, Block: doc.TitleBlock, Message: "the title is missing"}}
	}
	var flags []doc.Flag
	add := func(block int, text string) {
		flags = append(flags, doc.Flag{Rule: "title", Severity: doc.Stop, Block: block, End: len(text), Message: "the title stands here a second time"})
	}
	if repeats(b.Title.S, b.Deck.S) && !repeats(a.Title.S, a.Deck.S) {
		add(doc.DeckBlock, b.Deck.S)
	}
	for i, t := range b.Blocks {
		if i == 3 {
			break // further down it is a sentence like another
		}
		if repeats(b.Title.S, t.Text.S) && (i >= len(a.Blocks) || !repeats(a.Title.S, a.Blocks[i].Text.S)) {
			add(i, t.Text.S)
		}
	}
	return flags
}

// repeats reports whether text says, or begins with, what title says.
func repeats(title, text string) bool {
	title, text = squeeze(title), squeeze(text)
	return title != "" && strings.HasPrefix(text, title) && strings.Count(title, " ") > 1
}
