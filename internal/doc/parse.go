package doc

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parse reads the text form of a document. Blocks get the keys b1, b2, … in their order; the rest is as it was given to Format.
// The head may be missing, empty lines may stand anywhere, and what Parse returns has passed Check. Its errors name the line.
func Parse(s string) (Document, error) {
	if len(s) > maxJSON {
		return Document{}, fmt.Errorf("read document: %d bytes, more than %d", len(s), maxJSON)
	}
	var p parser
	for line := range strings.SplitSeq(strings.TrimPrefix(s, "\uFEFF"), "\n") {
		p.now++
		if err := p.line(strings.TrimSuffix(line, "\r")); err != nil {
			return Document{}, fmt.Errorf("line %d: %w", p.now, err)
		}
	}
	if err := p.finish(); err != nil {
		return Document{}, fmt.Errorf("line %d: %w", p.now, err)
	}
	if err := p.d.Check(); err != nil {
		return Document{}, fmt.Errorf("document: %w", err)
	}
	return p.d, nil
}

// A parser holds what has been read: the head, the finished blocks, and the block that indented lines may still add to.
type parser struct {
	d     Document
	block *Block
	at    int // the line on which block starts
	now   int // the line that an error would be about
}

// line reads "word  text", "word argument  text" or, indented, a field of the block above.
func (p *parser) line(line string) error {
	if line == "" {
		return nil
	}
	rest := strings.TrimLeft(line, " ")
	indent := len(line) - len(rest)
	word, text, _ := strings.Cut(rest, "  ")
	word, arg, _ := strings.Cut(word, " ")
	switch {
	case indent%2 != 0:
		return fmt.Errorf("%d spaces before %.40q: two a level are wanted", indent, word)
	case indent == 0 && len(p.d.Blocks) == 0 && p.block == nil:
		if done, err := p.head(word, text); done {
			return err
		}
	case indent == 2 && p.block != nil:
		if done, err := p.field(word, text); done {
			return err
		}
	}
	if err := p.finish(); err != nil {
		return err
	}
	b, err := newBlock(word, arg, text)
	if err != nil {
		return err
	}
	b.Depth, b.Key = indent/2, "b"+strconv.Itoa(len(p.d.Blocks)+1)
	p.block, p.at = &b, p.now
	return nil
}

// head reads a line of the head, and reports whether it was one.
func (p *parser) head(word, text string) (done bool, err error) {
	d := &p.d
	switch word {
	case "lang":
		d.Lang = text
	case "title":
		d.Title, err = parseInline(text)
	case "deck":
		d.Deck, err = parseInline(text)
	case "byline":
		var name string
		name, err = parsePlain(text)
		d.Byline = append(d.Byline, name)
	case "date":
		d.Date, d.DateOnly, err = parseDate(text)
	default:
		return false, nil
	}
	return true, err
}

// field reads a line that belongs to the block above it, and reports whether it was one.
func (p *parser) field(word, text string) (done bool, err error) {
	m := p.block.Media
	switch {
	case word == "row" && p.block.Kind == Table:
		var row []Text
		row, err = parseRow(text)
		p.block.Rows = append(p.block.Rows, row)
	case m == nil:
		return false, nil
	case word == "src" && p.block.Kind == Figure:
		m.Src = text
	case word == "alt":
		m.Alt, err = parsePlain(text)
	case word == "credit":
		m.Credit, err = parsePlain(text)
	case word == "size":
		m.Width, m.Height, err = parseSize(text)
	default:
		return false, nil
	}
	return true, err
}

// finish checks the block that was being read and puts it with the others.
func (p *parser) finish() error {
	if p.block == nil {
		return nil
	}
	now := p.now
	p.now = p.at
	if len(p.d.Blocks) >= MaxBlocks {
		return fmt.Errorf("more than %d blocks", MaxBlocks)
	}
	if err := p.block.check(); err != nil {
		return fmt.Errorf("%s: %w", p.block.Kind, err)
	}
	p.now = now
	p.d.Blocks = append(p.d.Blocks, *p.block)
	p.block = nil
	return nil
}

func newBlock(word, arg, text string) (Block, error) {
	var b Block
	var err error
	word, b.Lang, _ = strings.Cut(word, "@")
	if b.Kind, err = ParseKind(word); err != nil {
		return b, err
	}
	if b.Text, err = parseInline(text); err != nil {
		return b, err
	}
	switch b.Kind {
	case Embed:
		b.Media = &Media{Src: arg}
		return b, nil
	case Figure:
		b.Media = &Media{}
	case Entry:
		if arg == "" {
			return b, nil
		}
		var dayAlone bool
		b.At, dayAlone, err = parseDate(arg)
		if dayAlone {
			err = fmt.Errorf("%q is a day; an entry has a time", arg)
		}
		return b, err
	}
	if arg != "" {
		return b, fmt.Errorf("two spaces part %s from its text", word)
	}
	return b, nil
}

func parseSize(s string) (width, height int, err error) {
	w, h, _ := strings.Cut(s, "x")
	width, err1 := strconv.Atoi(w)
	height, err2 := strconv.Atoi(h)
	if err1 != nil || err2 != nil {
		return 0, 0, fmt.Errorf("size %.40q: WIDTHxHEIGHT in pixels is wanted", s)
	}
	return width, height, nil
}

// parseRow reads cells parted by " | "; the bar may also stand at the end of the line, where an editor took the space.
func parseRow(s string) ([]Text, error) {
	var row []Text
	for start := 0; ; {
		end := start
		for end < len(s) && s[end] != '|' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(s))
		cell := s[start:end]
		if start > 0 {
			cell = strings.TrimPrefix(cell, " ")
		}
		if end < len(s) {
			cell = strings.TrimSuffix(cell, " ")
		}
		t, err := parseInline(cell)
		if err != nil {
			return nil, err
		}
		row = append(row, t)
		if end == len(s) {
			return row, nil
		}
		start = end + 1
	}
}

// parsePlain reads a line that has no marks.
func parsePlain(s string) (string, error) {
	t, err := parseInline(s)
	if err == nil && len(t.Marks) > 0 {
		err = errors.New("a mark where only words may stand")
	}
	return t.S, err
}

// parseInline reads what inline writes. Marks come out in the order of Check.
func parseInline(s string) (Text, error) {
	var b strings.Builder
	var t Text
	var open []int // indices of t.Marks
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '\\':
			r, n, err := unescape(s[i:])
			if err != nil {
				return t, err
			}
			b.WriteByte(r)
			i += n
		case '[':
			m, n, err := parseMark(s[i:])
			if err != nil {
				return t, err
			}
			m.Start = b.Len()
			open = append(open, len(t.Marks))
			t.Marks = append(t.Marks, m)
			i += n
		case ']':
			if len(open) == 0 {
				return t, errors.New(`a "]" that ends no mark; \] stands for itself`)
			}
			t.Marks[open[len(open)-1]].End = b.Len()
			open = open[:len(open)-1]
			i++
		default:
			b.WriteByte(c)
			i++
		}
		if len(t.Marks) > MaxMarks {
			return t, fmt.Errorf("more than %d marks", MaxMarks)
		}
	}
	if len(open) > 0 {
		return t, fmt.Errorf(`"[%s" has no "]"`, t.Marks[open[len(open)-1]].Kind)
	}
	t.S = b.String()
	slices.SortStableFunc(t.Marks, compare)
	return t, nil
}

// parseMark reads the opening of a mark, up to its words, and returns its length.
func parseMark(s string) (m Mark, n int, err error) {
	i := 1 + wordLength(s[1:])
	if m.Kind, err = ParseMarkKind(s[1:i]); err != nil {
		return m, 0, fmt.Errorf(`%w; \[ stands for itself`, err)
	}
	if strings.HasPrefix(s[i:], "{") {
		if m.Title, n, err = until(s[i+1:], '}'); err != nil {
			return m, 0, err
		}
		i += 1 + n + 1
	}
	if strings.HasPrefix(s[i:], "@") {
		n = tagLength(s[i+1:])
		m.Lang = s[i+1 : i+1+n]
		i += 1 + n
	}
	if strings.HasPrefix(s[i:], "#") {
		n = wordLength(s[i+1:])
		if m.Ref, err = strconv.Atoi(s[i+1 : i+1+n]); err != nil || m.Ref <= 0 {
			return m, 0, fmt.Errorf("%.40q is no ref", s[i+1:i+1+n])
		}
		i += 1 + n
	}
	if m.Kind == Link {
		if !strings.HasPrefix(s[i:], " ") {
			return m, 0, errors.New("a link without an address")
		}
		if m.Href, n, err = until(s[i+1:], ' '); err != nil {
			return m, 0, err
		}
		if m.Href == noAddress {
			m.Href = ""
		}
		i += 1 + n
	}
	switch {
	case strings.HasPrefix(s[i:], " "):
		return m, i + 1, nil
	case strings.HasPrefix(s[i:], "]"):
		return m, i, nil
	}
	return m, 0, fmt.Errorf("%.40q: a space parts a mark from its words", s)
}

func wordLength(s string) int {
	i := 0
	for i < len(s) && (('a' <= s[i] && s[i] <= 'z') || ('0' <= s[i] && s[i] <= '9')) {
		i++
	}
	return i
}

func tagLength(s string) int {
	i := 0
	for i < len(s) && (s[i] == '-' || ('a' <= s[i]|0x20 && s[i]|0x20 <= 'z') || ('0' <= s[i] && s[i] <= '9')) {
		i++
	}
	return i
}

// until reads an escaped string up to the byte end, and returns how many bytes it took without end.
func until(s string, end byte) (string, int, error) {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch s[i] {
		case end:
			return b.String(), i, nil
		case '\\':
			c, n, err := unescape(s[i:])
			if err != nil {
				return "", 0, err
			}
			b.WriteByte(c)
			i += n
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return "", 0, fmt.Errorf("%.40q: no %q ends it", s, end)
}

func unescape(s string) (byte, int, error) {
	if len(s) < 2 {
		return 0, 0, errors.New(`a "\" at the end; \\ stands for itself`)
	}
	switch c := s[1]; c {
	case 'n':
		return '\n', 2, nil
	case '[', ']', '{', '}', '|', '\\':
		return c, 2, nil
	}
	return 0, 0, fmt.Errorf(`%.8q means nothing; \\ stands for "\"`, s)
}

// Equal reports whether d and e are the same document, keys and offsets of dates included.
func (d Document) Equal(e Document) bool {
	return d.Lang == e.Lang && d.Title.Equal(e.Title) && d.Deck.Equal(e.Deck) && slices.Equal(d.Byline, e.Byline) &&
		sameTime(d.Date, e.Date) && d.DateOnly == e.DateOnly && slices.EqualFunc(d.Blocks, e.Blocks, Block.Equal)
}

// Equal reports whether b and c are the same block, keys included.
func (b Block) Equal(c Block) bool {
	media := b.Media == c.Media || (b.Media != nil && c.Media != nil && *b.Media == *c.Media)
	rows := slices.EqualFunc(b.Rows, c.Rows, func(x, y []Text) bool { return slices.EqualFunc(x, y, Text.Equal) })
	return b.Kind == c.Kind && b.Depth == c.Depth && b.Key == c.Key && b.Lang == c.Lang && b.Text.Equal(c.Text) && rows && media && sameTime(b.At, c.At)
}

func sameTime(a, b time.Time) bool { return a.Equal(b) && offset(a) == offset(b) }
