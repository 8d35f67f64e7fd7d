package doc

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Limits of a document. They are far above any article and keep a hostile page from filling memory.
const (
	MaxBlocks = 10_000
	MaxText   = 1 << 20 // bytes of one text
	MaxMarks  = 10_000  // marks of one text
	MaxRows   = 10_000  // rows of a table
	MaxCells  = 1_000   // cells of a row
	MaxDepth  = 32      // nesting of items and quotations
	MaxHref   = 8 << 10 // bytes of an address
	maxByline = 200
	maxKey    = 64
)

// Check reports the first rule of section "what holds of every document" that d breaks; the error names the block and the bytes.
// It accepts Object marks and Refs, which pieces of HTML have; a document that is to be kept must pass Stored.
func (d Document) Check() error {
	if err := d.checkHead(); err != nil {
		return err
	}
	if len(d.Blocks) > MaxBlocks {
		return fmt.Errorf("%d blocks, more than %d", len(d.Blocks), MaxBlocks)
	}
	keys := make(map[string]int, len(d.Blocks))
	for i, b := range d.Blocks {
		err := b.check()
		if first, twice := keys[b.Key]; err == nil && twice {
			err = fmt.Errorf("the key %q is block %d's", b.Key, first)
		}
		if err != nil {
			return fmt.Errorf("block %d (%s): %w", i, b.Kind, err)
		}
		keys[b.Key] = i
	}
	if d.repeatsTitle() {
		return errors.New("block 0: repeats the title")
	}
	return nil
}

// Stored reports what keeps d from being stored: all that Check finds, and Object marks and Refs, which only pieces of HTML have.
func (d Document) Stored() error {
	if err := d.Check(); err != nil {
		return err
	}
	for place, t := range d.Texts() {
		for _, m := range t.Marks {
			if m.Kind == Object || m.Ref != 0 {
				return fmt.Errorf("%s, bytes %d to %d: %s with ref %d belongs to a piece of HTML, not to a stored document", place, m.Start, m.End, m.Kind, m.Ref)
			}
		}
	}
	return nil
}

func (d Document) checkHead() error {
	if d.Lang != "" && !lang.Valid(d.Lang) {
		return fmt.Errorf("lang: %.40q is not a language tag", d.Lang)
	}
	if err := d.Title.Check(); err != nil {
		return fmt.Errorf("title: %w", err)
	}
	if err := d.Deck.Check(); err != nil {
		return fmt.Errorf("deck: %w", err)
	}
	if len(d.Byline) > maxByline {
		return fmt.Errorf("byline: %d names, more than %d", len(d.Byline), maxByline)
	}
	for _, name := range d.Byline {
		if err := checkLine(name); err != nil {
			return fmt.Errorf("byline: %w", err)
		}
	}
	if err := checkTime(d.Date); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if d.DateOnly && (d.Date.IsZero() || !d.Date.Equal(day(d.Date)) || offset(d.Date) != 0) {
		return errors.New("date: a day without an hour is midnight UTC")
	}
	return nil
}

// repeatsTitle reports whether the first block says what the title says.
func (d Document) repeatsTitle() bool {
	if len(d.Blocks) == 0 || d.Title.S == "" {
		return false
	}
	b := d.Blocks[0]
	return (b.Kind == Paragraph || b.Kind.Heading()) && b.Text.S == d.Title.S
}

// Heading reports whether k is one of Heading2 to Heading6.
func (k Kind) Heading() bool { return Heading2 <= k && k <= Heading6 }

// Nests reports whether a block of kind k may have a depth.
func (k Kind) Nests() bool { return k == Item || k == NumberedItem || k == Quotation }

// mayBeEmpty reports whether a block of kind k is something without any text.
func (k Kind) mayBeEmpty() bool {
	return k == Figure || k == Embed || k == Table || k == Rule || k == Entry
}

func (b Block) check() error {
	switch {
	case b.Kind < Paragraph || b.Kind > Rule:
		return errors.New("no such kind")
	case !validKey(b.Key):
		return fmt.Errorf("key %.80q: 1 to %d letters, digits, hyphens, full stops and low lines are wanted", b.Key, maxKey)
	case b.Depth < 0 || b.Depth > MaxDepth || (b.Depth > 0 && !b.Kind.Nests()):
		return fmt.Errorf("depth %d", b.Depth)
	case b.Lang != "" && !lang.Valid(b.Lang):
		return fmt.Errorf("%.40q is not a language tag", b.Lang)
	case b.Text.Empty() && !b.Kind.mayBeEmpty():
		return errors.New("has no text")
	case !b.Text.Empty() && (b.Kind == Table || b.Kind == Rule):
		return errors.New("has a text")
	case (b.Media != nil) != (b.Kind == Figure || b.Kind == Embed):
		return errors.New("figures and embeds have media, and nothing else has")
	case (len(b.Rows) > 0) != (b.Kind == Table):
		return errors.New("tables have rows, and nothing else has")
	case !b.At.IsZero() && b.Kind != Entry:
		return errors.New("only live entries have a time")
	}
	if err := checkTime(b.At); err != nil {
		return err
	}
	if err := b.Text.check(b.Kind == Pre); err != nil {
		return err
	}
	if b.Media != nil {
		return b.Media.check()
	}
	return b.checkRows()
}

func (b Block) checkRows() error {
	if len(b.Rows) > MaxRows {
		return fmt.Errorf("%d rows, more than %d", len(b.Rows), MaxRows)
	}
	for i, row := range b.Rows {
		if len(row) == 0 || len(row) > MaxCells {
			return fmt.Errorf("row %d has %d cells; 1 to %d are wanted", i, len(row), MaxCells)
		}
		for j, cell := range row {
			if err := cell.Check(); err != nil {
				return fmt.Errorf("row %d, cell %d: %w", i, j, err)
			}
		}
	}
	return nil
}

func (m Media) check() error {
	if !ValidSrc(m.Src) {
		return fmt.Errorf("src %.80q is not an absolute http address", m.Src)
	}
	if m.Width < 0 || m.Height < 0 {
		return fmt.Errorf("a picture of %d by %d", m.Width, m.Height)
	}
	for _, s := range []string{m.Alt, m.Credit} {
		if err := (Text{S: s}).Check(); err != nil {
			return fmt.Errorf("alt or credit: %w", err)
		}
	}
	return nil
}

// Check reports the first rule that t breaks as prose; its error names the bytes. Preformatted text is checked with its block.
func (t Text) Check() error { return t.check(false) }

func (t Text) check(pre bool) error {
	if len(t.S) > MaxText || len(t.Marks) > MaxMarks {
		return fmt.Errorf("%d bytes with %d marks; at most %d with %d", len(t.S), len(t.Marks), MaxText, MaxMarks)
	}
	if err := t.checkMarks(); err != nil { // first, because checkString looks for Code
		return err
	}
	return t.checkString(pre)
}

// checkString checks S: UTF-8 in NFC, no control characters, and, but for preformatted text and Code, no space at an end and
// never two in a row. The characters XML cannot carry are refused here, so that no printer has to think of them.
func (t Text) checkString(pre bool) error {
	if plainLine(t.S) {
		return nil
	}
	return t.checkOdd(pre)
}

// checkOdd is checkString for what is no plain line.
func (t Text) checkOdd(pre bool) error {
	if !utf8.ValidString(t.S) {
		return errors.New("not UTF-8")
	}
	if i := norm.NFC.QuickSpanString(t.S); i < len(t.S) && !norm.NFC.IsNormalString(t.S) {
		return fmt.Errorf("byte %d: not in normal form C", i)
	}
	code := t.codes()
	stays := func(i int) bool { return pre || code.holds(i) }
	for i, r := range t.S {
		switch {
		case r == ' ' && !stays(i) && (i == 0 || i == len(t.S)-1):
			return fmt.Errorf("byte %d: a space at an end", i)
		case r == ' ' && !stays(i) && t.S[i-1] == ' ' && !stays(i-1):
			return fmt.Errorf("byte %d: two spaces in a row", i)
		case r == '\n' && !stays(i) && (i == 0 || i == len(t.S)-1 || t.S[i-1] == '\n'):
			return fmt.Errorf("byte %d: a line break at an end, or two in a row", i)
		case r == '\t' && stays(i), r == '\n':
		case forbidden(r):
			return fmt.Errorf("byte %d: control character %U", i, r)
		}
	}
	return nil
}

// plainLine reports whether s is a line as most are: seen characters of ASCII, letters of Latin alphabets and punctuation, with single spaces between
// words. Such a one keeps every rule of a text's string, be it prose, code or preformatted, and there is nothing to clean in it: these characters
// are none that control, end a line or compose with another.
func plainLine(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0x7F:
			space = false
		case c == ' ' && !space:
			space = true
		case c >= 0xC2 && c < 0xCC && i+1 < len(s) && s[i+1] < 0xC0 && (s[i+1] >= 0xA0 || s[i+1] >= 0x80 && c > 0xC2): // U+00A0 to U+02FF
			i++
			space = false
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x82 && s[i+2] < 0xC0 && s[i+2] != 0xA8 && s[i+2] != 0xA9: // U+2002 to U+203F
			i += 2
			space = false
		default:
			return false
		}
	}
	return !space || s == ""
}

// forbidden reports whether r may not stand in prose: control characters, and the noncharacters that XML refuses.
func forbidden(r rune) bool { return unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' }

func (t Text) checkMarks() error {
	var open []Mark // the marks that hold the place where the next one starts, outermost first
	links := 0      // how many of them are links
	for i, m := range t.Marks {
		if err := m.check(t.S); err != nil {
			return fmt.Errorf("bytes %d to %d: %s %w", m.Start, m.End, m.Kind, err)
		}
		if i > 0 && compare(t.Marks[i-1], m) > 0 {
			return fmt.Errorf("bytes %d to %d: %s stands after a mark it should stand before", m.Start, m.End, m.Kind)
		}
		for len(open) > 0 && open[len(open)-1].End <= m.Start {
			if open[len(open)-1].Kind == Link {
				links--
			}
			open = open[:len(open)-1]
		}
		if len(open) > 0 { // the innermost ends first: who keeps to it keeps to all
			if o := open[len(open)-1]; m.End > o.End {
				return fmt.Errorf("bytes %d to %d: %s crosses %s at %d to %d", m.Start, m.End, m.Kind, o.Kind, o.Start, o.End)
			}
		}
		if m.Kind == Link && links > 0 {
			return fmt.Errorf("bytes %d to %d: a link in a link", m.Start, m.End)
		}
		if m.Start == m.End {
			continue
		}
		if open = append(open, m); m.Kind == Link {
			links++
		}
	}
	return nil
}

// check reports what is wrong with m alone, in the words that follow its name.
func (m Mark) check(s string) error {
	switch {
	case m.Kind < Link || m.Kind > Object:
		return errors.New("is no kind of mark")
	case m.Start < 0 || m.End > len(s) || m.Start > m.End:
		return fmt.Errorf("lies outside a text of %d bytes", len(s))
	case m.Start == m.End && m.Kind != Object:
		return errors.New("is empty")
	case !boundary(s, m.Start) || !boundary(s, m.End):
		return errors.New("cuts a character")
	case m.Ref < 0:
		return fmt.Errorf("has ref %d", m.Ref)
	case m.Kind == Link && m.Ref == 0 && !ValidHref(m.Href):
		return fmt.Errorf("leads to %.80q, which is no absolute address that may be followed", m.Href)
	case m.Kind == Link && (len(m.Href) > MaxHref || strings.ContainsFunc(m.Href, notInAddress) || !utf8.ValidString(m.Href)):
		return fmt.Errorf("has an address that is too long or holds spaces")
	case m.Kind != Link && (m.Href != "" || m.Title != ""):
		return errors.New("has an address or a title")
	case m.Lang != "" && m.Kind != Foreign && m.Kind != Quote:
		return errors.New("has a language")
	case m.Lang != "" && !lang.Valid(m.Lang):
		return fmt.Errorf("is in %.40q, which is not a language tag", m.Lang)
	case m.Kind == Quote && !m.quotes(s):
		return errors.New("covers no quotation mark, and not the whole text")
	}
	if m.Title != "" {
		if err := checkLine(m.Title); err != nil {
			return fmt.Errorf("has a title with %w", err)
		}
	}
	return nil
}

// quotes reports whether m covers quotation marks with its words. A quotation that goes on over paragraphs has only one of them,
// and in a paragraph that lies wholly within it perhaps none.
func (m Mark) quotes(s string) bool {
	words := s[m.Start:m.End]
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	return IsQuotationMark(first) || IsQuotationMark(last) || strings.TrimSpace(words) == strings.TrimSpace(s)
}

// compare orders marks: by start, the longer first, on one range by kind.
func compare(a, b Mark) int {
	switch {
	case a.Start != b.Start:
		return a.Start - b.Start
	case a.End != b.End:
		return b.End - a.End
	default:
		return int(a.Kind) - int(b.Kind)
	}
}

// codes are the ranges of t where spaces stay as they are, in order.
type codes []Mark

func (t Text) codes() codes {
	var c codes
	for _, m := range t.Marks {
		if m.Kind == Code && (len(c) == 0 || m.Start >= c[len(c)-1].End) {
			c = append(c, m)
		}
	}
	return c
}

// holds reports whether byte i lies in one of the ranges.
func (c codes) holds(i int) bool {
	lo, hi := 0, len(c)
	for lo < hi {
		mid := (lo + hi) / 2
		if c[mid].End <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(c) && c[lo].Start <= i
}

// boundary reports whether a character starts or s ends at byte i.
func boundary(s string, i int) bool {
	return i == len(s) || (i >= 0 && i < len(s) && utf8.RuneStart(s[i]))
}

// checkLine checks a plain line: a name, a link's title.
func checkLine(s string) error {
	if s == "" {
		return errors.New("an empty line")
	}
	return Text{S: s}.Check()
}

// checkTime refuses what RFC 3339 cannot write.
func checkTime(t time.Time) error {
	if y := t.Year(); y < 0 || y > 9999 {
		return fmt.Errorf("year %d", y)
	}
	if off := offset(t); off%60 != 0 || off <= -24*3600 || off >= 24*3600 {
		return fmt.Errorf("an offset of %d seconds", off)
	}
	return nil
}

func offset(t time.Time) int {
	_, off := t.Zone()
	return off
}

// day is midnight UTC of the day that t shows.
func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func validKey(k string) bool {
	return k != "" && len(k) <= maxKey && !strings.ContainsFunc(k, func(r rune) bool {
		return !(r == '-' || r == '_' || r == '.' || ('0' <= r && r <= '9') || ('a' <= r && r <= 'z') || ('A' <= r && r <= 'Z'))
	})
}

// ValidHref reports whether a link of a document may lead to href: an absolute address that a reader can follow and that runs nothing.
func ValidHref(href string) bool {
	if plainAddress(href) {
		return true
	}
	u, ok := absolute(href)
	if !ok {
		return false
	}
	switch u.Scheme {
	case "http", "https", "ftp":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	}
	return false
}

// ValidSrc reports whether src may be a figure's or an embed's address: absolute, http or https.
func ValidSrc(src string) bool {
	if plainAddress(src) {
		return true
	}
	u, ok := absolute(src)
	return ok && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// plainAddress reports whether s is an address of the web as nearly all are: http or https, a host of letters, digits, dots and hyphens, no port,
// and behind a slash characters of ASCII that are seen. Of such a one nothing can be wrong but a percent sign without two digits, which is left to
// the parser of addresses with all else.
func plainAddress(s string) bool {
	if len(s) > MaxHref {
		return false
	}
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return false
		}
	}
	host := 0
	for host < len(rest) && (rest[host]|0x20 >= 'a' && rest[host]|0x20 <= 'z' || rest[host] >= '0' && rest[host] <= '9' || rest[host] == '.' || rest[host] == '-') {
		host++
	}
	if host == 0 || host < len(rest) && rest[host] != '/' {
		return false
	}
	for i := host; i < len(rest); i++ {
		switch c := rest[i]; {
		case c <= ' ' || c >= 0x7F || c == '<' || c == '>':
			return false
		case c == '%' && (i+2 >= len(rest) || !hexDigit(rest[i+1]) || !hexDigit(rest[i+2])):
			return false
		}
	}
	return true
}

func hexDigit(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func absolute(s string) (*url.URL, bool) {
	if s == "" || len(s) > MaxHref || !utf8.ValidString(s) || strings.ContainsFunc(s, notInAddress) {
		return nil, false
	}
	u, err := url.Parse(s)
	return u, err == nil && u.IsAbs()
}

// notInAddress reports whether r would end an address, or hide in it.
func notInAddress(r rune) bool {
	if r < utf8.RuneSelf { // nearly always
		return r <= ' ' || r == '<' || r == '>' || r == 0x7F
	}
	return r == '<' || r == '>' || unicode.IsSpace(r) || forbidden(r) || unicode.Is(unicode.Cf, r)
}
