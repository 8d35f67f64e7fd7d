// Package charset turns bytes from outside into UTF-8 and says which rule decided how.
//
// It promises valid UTF-8 for any input and never loses the bytes before or after a bad one.
// It touches bytes only: no network, no clock, no log. Callers keep the raw bytes beside the text.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// A Rule says what settled the character set of a page or feed.
type Rule string

// The rules, in the order in which they are asked.
const (
	BOM     Rule = "bom"     // the bytes begin with a byte order mark
	Shape   Rule = "shape"   // zero bytes lie where UTF-16 or UTF-32 puts them
	Valid   Rule = "valid"   // the whole body is UTF-8 (or pure ASCII)
	Header  Rule = "header"  // the Content-Type of the answer
	Meta    Rule = "meta"    // a meta element or an XML declaration in the first 16 KB
	Mostly  Rule = "mostly"  // UTF-8 but for a few bad bytes, which were replaced
	Guess   Rule = "guess"   // the letters make sense in this character set alone
	Default Rule = "default" // nothing else fitted: windows-1252
)

// A Found says how bytes were read.
type Found struct {
	Name     string // the encoding's name as browsers call it, such as "utf-8" or "windows-1251"
	Rule     Rule
	Replaced int // bytes that had no meaning and became U+FFFD
}

// metaBytes is how far into a page a declaration is looked for. Browsers stop at 1,024 bytes; of 258 news pages 41 declare later.
const metaBytes = 16 << 10

// Decode reads b as text. The header is the value of Content-Type and may be empty; the hint is the language tag that the text
// is likely to have, and may be empty. The text is valid UTF-8 without a byte order mark.
func Decode(b []byte, header, hint string) (string, Found) {
	if valid(b) {
		return string(b), Found{Name: "utf-8", Rule: Valid}
	}
	return decode(b, header, hint)
}

// DecodeBytes is Decode for who needs no string: where b is the text already, it is returned itself.
func DecodeBytes(b []byte, header, hint string) ([]byte, Found) {
	if valid(b) {
		return b, Found{Name: "utf-8", Rule: Valid}
	}
	text, found := decode(b, header, hint)
	return []byte(text), found
}

// valid reports whether b is read as UTF-8 because it is that, and says nothing else by its first bytes.
func valid(b []byte) bool {
	if _, n := byteOrderMark(b); n > 0 || zeroBytes(b) != "" {
		return false
	}
	return utf8.Valid(b) && !bytes.Contains(b, []byte("\x1b$"))
}

// decode reads what is not valid.
func decode(b []byte, header, hint string) (string, Found) {
	if name, n := byteOrderMark(b); n > 0 {
		return decodeAs(b[n:], name, BOM)
	}
	if name := zeroBytes(b); name != "" {
		return decodeAs(b, name, Shape)
	}
	declared := []struct {
		name string
		rule Rule
	}{{label(header), Header}, {Declared(b), Meta}}
	for _, d := range declared {
		if d.name == "" || d.name == "utf-8" {
			continue
		}
		if text, found := decodeAs(b, d.name, d.rule); found.Replaced*1000 <= len(b) {
			return text, found
		}
	}
	// Good text with a bad byte here and there is more often one stray quotation mark of another editor than another character set;
	// so is a page or feed that says it is UTF-8 and for the greater part is: one of its pieces came from elsewhere.
	says := label(header) == "utf-8" || Declared(b) == "utf-8"
	if bad, multi := badBytes(b); multi > 0 && bad <= multi && (bad*1000 < len(b) || says && bad*50 < len(b)) {
		return mend(b), Found{Name: "utf-8", Rule: Mostly, Replaced: bad}
	}
	if name := guess(b, hint); name != "" {
		return decodeAs(b, name, Guess)
	}
	return decodeAs(b, "windows-1252", Default)
}

// byteOrderMark returns the encoding that a byte order mark names, and its length.
func byteOrderMark(b []byte) (string, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return "utf-8", 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE, 0, 0}):
		return "utf-32le", 4
	case bytes.HasPrefix(b, []byte{0, 0, 0xFE, 0xFF}):
		return "utf-32be", 4
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return "utf-16le", 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return "utf-16be", 2
	}
	return "", 0
}

// zeroBytes recognises UTF-16 and UTF-32 without a byte order mark by the zeros around "<", as XML's appendix F does.
func zeroBytes(b []byte) string {
	b = bytes.TrimLeft(b, " \t\r\n")
	switch {
	case bytes.HasPrefix(b, []byte{'<', 0, 0, 0}):
		return "utf-32le"
	case bytes.HasPrefix(b, []byte{0, 0, 0, '<'}):
		return "utf-32be"
	case bytes.HasPrefix(b, []byte{'<', 0}) && len(b) > 3 && b[3] == 0:
		return "utf-16le"
	case bytes.HasPrefix(b, []byte{0, '<', 0}):
		return "utf-16be"
	}
	return ""
}

// label reads the charset parameter of a Content-Type value. Servers write it twice, quote it by halves or forget the semicolon.
func label(contentType string) string {
	lower := strings.ToLower(contentType)
	for {
		_, rest, ok := strings.Cut(lower, "charset")
		if !ok {
			return ""
		}
		lower = rest
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\"'")
		if i := strings.IndexAny(rest, " \t\"';,"); i >= 0 {
			rest = rest[:i]
		}
		if name := known(rest); name != "" {
			return name
		}
	}
}

// known returns the name browsers use for a label, or "" where they know none.
func known(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "utf-32", "utf-32be", "utf-32le", "ucs-4", "iso-10646-ucs-4":
		return "" // the bytes show it or the label is wrong
	case "utf-16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2", "unicode":
		return "" // the same; a page in ASCII that claims UTF-16 is a known fault
	}
	_, name := charset.Lookup(label)
	if name == "replacement" {
		return ""
	}
	return name
}

// Declared returns the encoding named by a meta element or an XML declaration in the first 16 KB, or "" if none is.
func Declared(b []byte) string {
	head := b[:min(len(b), metaBytes)]
	lower := bytes.ToLower(head)
	if start := bytes.Index(lower, []byte("<?xml")); start >= 0 && start < 1024 {
		if end := bytes.Index(lower[start:], []byte("?>")); end >= 0 {
			if name := attribute(string(lower[start:start+end]), "encoding"); name != "" {
				return name
			}
		}
	}
	for rest := lower; ; {
		i := bytes.Index(rest, []byte("<meta"))
		if i < 0 {
			return ""
		}
		rest = rest[i+len("<meta"):]
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			return ""
		}
		if name := attribute(string(rest[:end]), "charset"); name != "" {
			return name
		}
	}
}

// attribute finds name=value anywhere in a tag, also within the value of another attribute (as content="text/html; charset=…" has it).
func attribute(tag, name string) string {
	for {
		_, rest, ok := strings.Cut(tag, name)
		if !ok {
			return ""
		}
		tag = rest
		rest = strings.TrimLeft(rest, " \t\r\n")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\r\n\"'")
		if i := strings.IndexAny(rest, " \t\r\n\"';/>?"); i >= 0 {
			rest = rest[:i]
		}
		if found := known(rest); found != "" {
			return found
		}
	}
}

func decoder(name string) *encoding.Decoder {
	switch name {
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM).NewDecoder()
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM).NewDecoder()
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	if e, _ := charset.Lookup(name); e != nil {
		return e.NewDecoder()
	}
	return nil
}

// decodeAs reads b in a named encoding; what has no meaning in it becomes U+FFFD and is counted.
func decodeAs(b []byte, name string, rule Rule) (string, Found) {
	found := Found{Name: name, Rule: rule}
	if name == "utf-8" {
		found.Replaced, _ = badBytes(b)
		return mend(b), found
	}
	d := decoder(name)
	if d == nil {
		found.Name = "utf-8"
		found.Replaced, _ = badBytes(b)
		return mend(b), found
	}
	out, err := d.Bytes(b)
	if err != nil {
		// A decoder stops only at a cut-off unit at the end; what it has so far stands.
		found.Replaced++
	}
	text := string(out)
	if !utf8.ValidString(text) {
		text = mend(out)
	}
	found.Replaced += strings.Count(text, "\uFFFD")
	return text, found
}

// badBytes counts the bytes of b that are no part of a UTF-8 character, and the characters of more than one byte.
func badBytes(b []byte) (bad, multi int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			multi++
		}
		b = b[n:]
	}
	return bad, multi
}

// mend keeps b as UTF-8. A piece between tags that has bad bytes and no good character beyond ASCII is read as windows-1252: it came
// from another editor as it was. In other pieces a stray byte is read so where it is a mark of punctuation; else it becomes U+FFFD.
func mend(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b))
	for len(b) > 0 {
		end := bytes.IndexAny(b[1:], "<>\n") + 1
		if end == 0 {
			end = len(b)
		}
		mendPiece(&out, b[:end])
		b = b[end:]
	}
	return out.String()
}

func mendPiece(out *strings.Builder, b []byte) {
	if bad, multi := badBytes(b); bad > 0 && multi == 0 {
		if text, found := decodeAs(b, "windows-1252", Mostly); found.Replaced == 0 {
			out.WriteString(text)
			return
		}
	}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = strayMarks[b[0]]
			if r == 0 {
				r = utf8.RuneError
			}
		}
		out.WriteRune(r)
		b = b[n:]
	}
}

// strayMarks are the punctuation of windows-1252 and its no-break space.
var strayMarks = map[byte]rune{
	0x82: '‚', 0x84: '„', 0x85: '…', 0x8B: '‹', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x95: '•', 0x96: '–', 0x97: '—',
	0x9B: '›', 0xA0: '\u00A0', 0xAB: '«', 0xBB: '»', 0x80: '€',
}
