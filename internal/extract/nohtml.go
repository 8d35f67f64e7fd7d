package extract

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrNoPage is what a *NotArticle is whose page is no page at all: another kind of file. ErrNoArticle holds for it as well.
var ErrNoPage = errors.New("no HTML")

// signatures are how files begin that are no text, and what they are.
var signatures = []struct{ at, kind string }{
	{"%PDF-", "a PDF file"},
	{"%!PS-", "a PostScript file"},
	{"{\\rtf", "an RTF file"},
	{"\x89PNG\r\n", "a picture (PNG)"},
	{"\xFF\xD8\xFF", "a picture (JPEG)"},
	{"GIF87a", "a picture (GIF)"},
	{"GIF89a", "a picture (GIF)"},
	{"II*\x00", "a picture (TIFF)"},
	{"MM\x00*", "a picture (TIFF)"},
	{"\x00\x00\x01\x00", "a picture (ICO)"},
	{"PK\x03\x04", "an archive (ZIP, or a document of an office program)"},
	{"PK\x05\x06", "an archive (ZIP)"},
	{"\x1F\x8B", "a compressed file (gzip)"},
	{"BZh", "a compressed file (bzip2)"},
	{"\xFD7zXZ\x00", "a compressed file (xz)"},
	{"\x28\xB5\x2F\xFD", "a compressed file (zstd)"},
	{"7z\xBC\xAF\x27\x1C", "an archive (7z)"},
	{"Rar!\x1A\x07", "an archive (RAR)"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a document of an office program"},
	{"\x7FELF", "a program"},
	{"MZ\x90\x00", "a program"},
	{"\xCA\xFE\xBA\xBE", "a program"},
	{"\xCF\xFA\xED\xFE", "a program"},
	{"\x00asm", "a program"},
	{"ID3", "a sound file"},
	{"OggS", "a sound file"},
	{"fLaC", "a sound file"},
	{"\x1A\x45\xDF\xA3", "a film"},
	{"wOFF", "a font"},
	{"wOF2", "a font"},
	{"SQLite format 3\x00", "a database"},
}

// Bounds of the look at what a page is, in bytes or characters.
const (
	longestJunk = 1024     // before the signature of a PDF
	looked      = 64 << 10 // of the text
	fewControls = 8        // control characters that any page may hold
	mostControl = 50       // one control character in so many is too much for a text
)

// fileKind returns what a page is by its first bytes, if that is no text; else "".
func fileKind(page []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(page, []byte(s.at)) && (len(s.at) > 3 || s.at[0] >= utf8.RuneSelf || isBinary(page)) {
			return s.kind
		}
	}
	switch {
	case len(page) > 12 && bytes.HasPrefix(page, []byte("RIFF")) && isBinary(page):
		switch string(page[8:12]) {
		case "WEBP":
			return "a picture (WebP)"
		case "WAVE":
			return "a sound file"
		}
		return "a film"
	case len(page) > 12 && string(page[4:8]) == "ftyp" && isBinary(page):
		if bytes.HasPrefix(page[8:], []byte("avif")) || bytes.HasPrefix(page[8:], []byte("heic")) {
			return "a picture"
		}
		return "a film"
	}
	head := page[:min(len(page), longestJunk)]
	if i := bytes.Index(head, []byte("%PDF-1.")); i >= 0 && !bytes.ContainsRune(head[:i], '<') {
		return "a PDF file"
	}
	return ""
}

// isBinary reports whether the first bytes hold a NUL, or no valid UTF-8.
func isBinary(page []byte) bool {
	head := page[:min(len(page), 512)]
	for i := 0; i < 3 && len(head) > 0 && !utf8.Valid(head); i++ {
		head = head[:len(head)-1] // a character may be cut
	}
	return bytes.IndexByte(head, 0) >= 0 || !utf8.Valid(head)
}

// garbled reports whether the beginning of a text holds more control characters, and characters that could not be decoded, than a page does by mistake.
func garbled(text []byte) bool {
	bad := 0
	for i := 0; i < len(text); {
		if i+8 <= len(text) && plainBytes(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
			continue
		}
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7F {
				bad++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == unicode.ReplacementChar {
			bad++
		}
		i += n
	}
	return bad > fewControls && bad*mostControl > utf8.RuneCount(text)
}

// plainBytes reports whether each of eight bytes is of ASCII, no control character and not 0x7F.
func plainBytes(x uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	// A byte below 0x20 has its top bit set by the first difference, 0x7F by the sum.
	return (x-0x20*ones|x+ones|x)&tops == 0
}

// htmlStart is how a page begins, whatever its server calls it: an element or a declaration of HTML.
var htmlStart = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|title|meta|link|script|div|article|main|section|header|p|h1|table)[\s>/]`)

// hasPrefixFold reports whether s begins with a word of ASCII in letters of any size.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// startsFeed reports whether isFeed can hold for a text whose beginning, without blanks, is start: what begins as pages do is none.
func startsFeed(start string) bool {
	return !hasPrefixFold(start, "<!doctype html") && !hasPrefixFold(start, "<html ") && !hasPrefixFold(start, "<html>")
}

// noPage returns what was sent if that is no HTML, else nil. What a server calls HTML, and what begins as it does, is looked at by its bytes alone; of
// the rest the server's own word counts.
func noPage(page, text []byte, contentType, url string) *NotArticle {
	kind := fileKind(page)
	head := text[:min(len(text), looked)]
	if kind == "" && garbled(head) {
		kind = "bytes that are no text (another kind of file, or compressed in a way its server does not name)"
	}
	help := "take the web page that leads to it, or make it HTML first"
	start := strings.TrimLeft(string(head[:min(len(head), 4096)]), " \t\r\n\f\uFEFF")
	said := mediaType(contentType)
	opens := strings.HasPrefix(start, "<") && (hasPrefixFold(start, "<!doctype html>") || htmlStart.MatchString(start))
	switch {
	case kind != "":
	case startsFeed(start) && isFeed(string(head)):
		kind, help = "a feed", "follow it as an outlet, and take its articles by their own addresses"
	case !opens && (strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")) && json.Valid(text):
		kind = "data for programs (JSON)"
	case !opens && strings.HasPrefix(start, "<?xml"):
		kind = "XML of another kind"
	case opens, said == "", said == "text/html", said == "application/xhtml+xml", !strings.Contains(said, "/"), strings.HasSuffix(said, "/unknown"), strings.HasSuffix(said, "octet-stream"):
		return nil
	case strings.HasPrefix(said, "image/"):
		kind = "a picture"
	case strings.HasPrefix(said, "audio/"):
		kind = "a sound file"
	case strings.HasPrefix(said, "video/"):
		kind = "a film"
	case strings.HasSuffix(said, "json"):
		kind = "data for programs"
	case said == "application/pdf":
		kind = "a PDF file"
	case said == "text/plain":
		kind = "plain text"
	default:
		kind = "something else"
	}
	if said != "" && said != "text/html" {
		kind += fmt.Sprintf(", which its server calls %.60q", said)
	}
	return &NotArticle{URL: url, State: Empty, what: "it is no web page but " + kind, help: help, noPage: true}
}
