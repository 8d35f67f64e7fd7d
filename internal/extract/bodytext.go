package extract

import "strings"

// A bodyText is a folded text in which pieces of a page are looked for: nearly all that are there in their order, and many that are not there.
type bodyText struct {
	text  string   // a space before and behind it
	heads []uint64 // a bit for the first bytes of what begins at each word
	next  int      // where the piece began that stands behind the last that was found
}

// The numbers of heads have so many bits, and are of so many bytes.
const (
	headBits  = 15
	headBytes = 8
)

func bodyTextOf(folded string) bodyText {
	b := bodyText{text: " " + folded + " ", next: 1}
	if len(b.text) <= 200 {
		return b
	}
	b.heads = make([]uint64, 1<<headBits/64)
	for at := 1; at+headBytes <= len(b.text); {
		h := headOf(b.text[at:])
		b.heads[h/64] |= 1 << (h % 64)
		next := nextWord(b.text[at:])
		if next < 0 {
			break
		}
		at += next
	}
	return b
}

// headOf is a number for the first bytes of a text.
func headOf(s string) uint64 { return eightBytes(s, 0) * 0x9E3779B97F4A7C15 >> (64 - headBits) }

// holds reports whether the text holds a piece of some words.
func (b *bodyText) holds(piece string) bool {
	if !b.mayHold(piece) {
		return false
	}
	if rest := b.text[b.next:]; len(rest) > len(piece) && rest[len(piece)] == ' ' && strings.HasPrefix(rest, piece) {
		b.next += len(piece) + 1
		return true
	}
	for from := 0; ; {
		at := strings.Index(b.text[from:], piece)
		if at < 0 {
			return false
		}
		at += from
		if end := at + len(piece); at > 0 && b.text[at-1] == ' ' && end < len(b.text) && b.text[end] == ' ' {
			b.next = end + 1
			return true
		}
		from = at + 1
	}
}

// mayHold reports whether a word of the text begins as a piece does.
func (b *bodyText) mayHold(piece string) bool {
	if b.heads == nil || len(piece) < headBytes {
		return true
	}
	h := headOf(piece)
	return b.heads[h/64]&(1<<(h%64)) != 0
}

// holdsFrom reports whether the text holds a piece from the beginning of a word on.
func (b *bodyText) holdsFrom(piece string) bool {
	return b.mayHold(piece) && strings.Contains(b.text, " "+piece)
}
