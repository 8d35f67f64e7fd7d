// Package typography sets text by the usage of its language: quotation marks, apostrophes, spaces beside signs, dashes, numbers, dates.
//
// It promises edits, not a new text, so that the caller's marks can move with them; a text that is set gives none, and neither does
// what the caller wants kept, an address, code or a name that ends in a sign. It changes no words. It touches strings only.
package typography

import (
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A Range is the bytes [Start, End) of a text.
type Range struct {
	Start, End int
}

// An Edit replaces the bytes [Start, End) of the text by New. Start equal to End inserts.
type Edit struct {
	Start, End int
	New        string
}

// A Source is the text that was translated. It settles what the translation alone cannot: 10,000 is ten thousand in English and ten
// in French. The zero Source is "not translated, or not known".
type Source struct {
	Lang lang.Tag
	Text string
}

// maxText is the length of text, in bytes, beyond which nothing is set: no paragraph is that long, and the rules look far.
const maxText = 1 << 16

// rounds is how often the rules may work on what they have made until nothing changes. Texts of people need two.
const rounds = 6

// Set returns the edits that set text by the usage of tag, in the order of the text; nil if it is set already. Edits may touch but
// do not overlap, and none reaches into a range of keep, or inserts within one. The ranges must lie in the text, on characters.
//
// A bare tag stands for its likely locale: "pt" is set as pt-BR. A language without rules of its own gets its quotation marks and
// what holds everywhere.
//
//	fr  "Nous partons," a-t-il dit.  →  « Nous partons », a-t-il dit.
//	es  10,000 personas              →  10 000 personas, if the English source has 10,000
func Set(tag lang.Tag, text string, source Source, keep []Range) []Edit {
	if len(text) > maxText || !utf8.ValidString(text) {
		return nil
	}
	all := rulesFor(localeOf(tag))
	// Where rules and text do not come to rest, each of the rules that read most into it is left out in turn, then all of them.
	for _, leave := range []string{"", "quotes", "numbers", "dashes", "quotes numbers dashes"} {
		p := newPage(tag, text, source, keep)
		if p.settle(all, leave) {
			return p.edits()
		}
	}
	return nil
}

// Apply makes edits that Set gave. Callers with marks use doc.Splice instead.
func Apply(text string, edits []Edit) string {
	out := make([]byte, 0, len(text)+len(edits)*2)
	at := 0
	for _, e := range edits {
		out = append(out, text[at:e.Start]...)
		out = append(out, e.New...)
		at = e.End
	}
	return string(append(out, text[at:]...))
}
