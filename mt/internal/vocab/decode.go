package vocab

import (
	"strings"
	"unicode/utf8"
)

// Decode joins the pieces of ids to a text, and says which bytes of it each of them wrote. The ranges tile the text; a piece
// that writes nothing has an empty one. The first word has no space before it. Byte pieces in a row are read as UTF-8, the bytes
// that are none as U+FFFD; the last byte of a character has its range. Ids outside the vocabulary write nothing.
func (v *Vocabulary) Decode(ids []int) (string, []Token) {
	var out strings.Builder
	tokens := make([]Token, len(ids))
	for i := 0; i < len(ids); {
		start := out.Len()
		if ids[i] >= 0 && ids[i] < len(v.pieces) && v.pieces[ids[i]].kind == kindByte {
			i = v.decodeBytes(&out, ids, i, tokens)
			continue
		}
		out.WriteString(v.text(ids[i], start == 0))
		tokens[i] = Token{ids[i], start, out.Len()}
		i++
	}
	return out.String(), tokens
}

// text is what a piece writes; first says that nothing stands before it.
func (v *Vocabulary) text(id int, first bool) string {
	if id < 0 || id >= len(v.pieces) {
		return ""
	}
	switch p := v.pieces[id]; p.kind {
	case kindControl:
		return ""
	case kindUnknown:
		return v.unknownSurface
	default:
		s := strings.ReplaceAll(p.text, space, " ")
		if first && v.removeSpaces {
			return strings.TrimLeft(s, " ")
		} else if first {
			return strings.TrimPrefix(s, " ")
		}
		return s
	}
}

// decodeBytes writes the run of byte pieces that begins at ids[i] and returns where it ends.
func (v *Vocabulary) decodeBytes(out *strings.Builder, ids []int, i int, tokens []Token) int {
	begin := i
	var raw []byte
	for ; i < len(ids) && ids[i] >= 0 && ids[i] < len(v.pieces) && v.pieces[ids[i]].kind == kindByte; i++ {
		raw = append(raw, unhex(v.pieces[ids[i]].text[3])<<4|unhex(v.pieces[ids[i]].text[4]))
	}
	for at := 0; at < len(raw); {
		r, n := utf8.DecodeRune(raw[at:])
		start := out.Len()
		for k := at; k < at+n; k++ {
			tokens[begin+k] = Token{ids[begin+k], start, start}
		}
		out.WriteRune(r) // U+FFFD for a byte that is none
		tokens[begin+at+n-1].End = out.Len()
		at += n
	}
	return i
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	default:
		return c - '0'
	}
}
