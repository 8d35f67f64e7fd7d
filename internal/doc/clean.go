package doc

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Clean makes prose keep the rules of Check: valid UTF-8 in NFC, no control characters, spaces and line ends collapsed (not within
// Code), marks within the text, drawn in to their words, sorted and nested.
//
// Where two marks cross, one of them is cut. A Link and a Quote are never cut for a mark that can as well be two (Emph, Strong …);
// of a Link and a Quote that cross, the Link keeps its longer part. A link in a link goes, and so does a link whose address may not be
// followed; their words stay. A text that keeps the rules stays as it is.
func Clean(t Text) Text { return clean(t, false) }

// CleanPre is Clean for preformatted text: spaces and line ends stay.
func CleanPre(t Text) Text { return clean(t, true) }

// CleanLine makes s a valid line without marks: a name, an alt text, a link's title.
func CleanLine(s string) string {
	if s == "" {
		return ""
	}
	return clean(Text{S: strings.Join(strings.Fields(s), " ")}, false).S
}

func clean(t Text, pre bool) Text {
	plain := plainLine(t.S)
	if plain && len(t.Marks) == 0 {
		return Text{S: t.S}
	}
	t.Marks = settle(t.S, t.Marks)
	// One rule after the other, each on what the last one gave: control characters go before spaces are counted,
	// and composing characters neither makes nor takes spaces.
	if !plain {
		for _, rule := range []func(Text, bool) []Edit{repairs, spaces, compositions} {
			t = t.rewrite(rule(t, pre))
		}
	}
	t.Marks = drawn(t)
	t.Marks = nested(t)
	if len(t.Marks) > 0 && t.check(pre) != nil { // more marks than a text may have
		return clean(Text{S: t.S}, pre)
	}
	return t
}

// rewrite is Splice for edits that are right by construction, over a text that need not be UTF-8.
func (t Text) rewrite(edits []Edit) Text {
	if len(edits) == 0 {
		return t
	}
	out := Text{S: apply(t.S, edits)}
	moves := moves(t.S, edits)
	for _, m := range t.Marks {
		empty := m.Start == m.End
		m.Start, m.End = moves.start(m.Start), moves.end(m.End)
		if empty || (m.Kind == Object && m.End < m.Start) {
			m.End = m.Start
		}
		if m.Start <= m.End && (m.Start < m.End || m.Kind == Object) {
			out.Marks = append(out.Marks, m)
		}
	}
	slices.SortStableFunc(out.Marks, compare)
	return out
}

// settle keeps the marks that can be kept at all, within s, on character boundaries, in order.
func settle(s string, marks []Mark) []Mark {
	var out []Mark
	for _, m := range marks {
		m.Start, m.End = min(max(m.Start, 0), len(s)), min(max(m.End, 0), len(s))
		for m.Start > 0 && !boundary(s, m.Start) {
			m.Start--
		}
		for !boundary(s, m.End) {
			m.End++
		}
		if m.Start > m.End || (m.Start == m.End && m.Kind != Object) || m.Kind < Link || m.Kind > Object {
			continue
		}
		m.Ref = max(m.Ref, 0)
		m.Title = CleanLine(m.Title)
		if m.Kind != Link {
			m.Href, m.Title = "", ""
		}
		if (m.Kind != Foreign && m.Kind != Quote) || !lang.Valid(m.Lang) {
			m.Lang = ""
		}
		probe := m
		probe.Start, probe.End = 0, 1
		if m.Kind == Link && probe.check("x") != nil {
			continue
		}
		out = append(out, m)
		if len(out) == MaxMarks {
			break
		}
	}
	slices.SortStableFunc(out, compare)
	return out
}

// repairs makes the string UTF-8, its line ends \n, its tabs spaces where it is prose, and takes out control characters.
func repairs(t Text, pre bool) []Edit {
	var edits []Edit
	code := t.codes()
	for i := 0; i < len(t.S); {
		if c := t.S[i]; c >= ' ' && c < 0x7F { // nearly always
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(t.S[i:])
		e := Edit{Start: i, End: i + n}
		switch {
		case r == utf8.RuneError && n == 1:
			e.New = "\uFFFD"
		case r == '\r' && strings.HasPrefix(t.S[i+n:], "\n"):
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			e.New = "\n"
		case r == '\t' && !pre && !code.holds(i), r == '\f', r == '\v':
			e.New = " "
		case r == '\n' || r == '\t' || !forbidden(r):
			i += n
			continue
		}
		edits = append(edits, e)
		i += n
	}
	return edits
}

// spaces leaves one space between words, one \n between lines, and none at the ends.
func spaces(t Text, pre bool) []Edit {
	if pre {
		return nil
	}
	var edits []Edit
	code := t.codes()
	for i := 0; i < len(t.S); {
		start, breaks := i, false
		for i < len(t.S) && (t.S[i] == ' ' || t.S[i] == '\n') && !code.holds(i) {
			breaks = breaks || t.S[i] == '\n'
			i++
		}
		if start == i {
			i++
			continue
		}
		e := Edit{Start: start, End: i, New: " "}
		switch {
		case start == 0 || i == len(t.S):
			e.New = ""
		case breaks:
			e.New = "\n"
		}
		if t.S[start:i] != e.New {
			edits = append(edits, e)
		}
	}
	return edits
}

// compositions puts the string in normal form C, changing only the pieces that are not.
func compositions(t Text, _ bool) []Edit {
	if norm.NFC.IsNormalString(t.S) { // nearly every text is, and an iterator is large
		return nil
	}
	var edits []Edit
	var it norm.Iter
	it.InitString(norm.NFC, t.S)
	for start := 0; !it.Done(); {
		piece := string(it.Next())
		if end := it.Pos(); t.S[start:end] != piece {
			edits = append(edits, Edit{start, end, piece})
		}
		start = it.Pos()
	}
	return edits
}

// drawn draws marks in to their words, and drops those that have none and quotations without any quotation mark.
func drawn(t Text) []Mark {
	var out []Mark
	for _, m := range t.Marks {
		m = trimmed(t.S, m)
		if m.Kind == Object || (m.Start < m.End && (m.Kind != Quote || m.quotes(t.S))) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, compare)
	return out
}

// nested cuts marks until they nest or lie apart. Those that stay whole find their place first, quotations before links; every
// further mark is cut against all that already stand. Marks that keep the rules stay as they are.
func nested(t Text) []Mark {
	if t.checkMarks() == nil {
		return t.Marks
	}
	queue := joined(t.Marks)
	slices.SortStableFunc(queue, func(a, b Mark) int { return a.Kind.rank() - b.Kind.rank() })
	slices.Reverse(queue) // the next one is the last
	var out []Mark
	for len(queue) > 0 && len(out) < MaxMarks {
		m := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		o, at := crossing(out, m)
		if o == nil {
			if m.Kind != Link || !nestsWithLink(out, m) {
				out = append(out, m)
			}
			continue
		}
		before, after := m, m
		before.End, after.Start = at, at
		before, after = trimmed(t.S, before), trimmed(t.S, after)
		switch {
		case m.Kind.rank() == splits: // both
		case m.Kind == Link && o.Kind == Link: // the part outside the other
			if at == o.End {
				before.End = before.Start
			} else {
				after.Start = after.End
			}
		case before.End-before.Start < after.End-after.Start:
			before.End = before.Start
		default:
			after.Start = after.End
		}
		for _, part := range []Mark{after, before} {
			if part.Start < part.End {
				queue = append(queue, part)
			}
		}
	}
	out = slices.DeleteFunc(out, func(m Mark) bool { return m.Kind == Quote && !m.quotes(t.S) })
	slices.SortStableFunc(out, compare)
	return out
}

// crossing returns a mark that m crosses, and the place of its edge within m; nil if there is none.
func crossing(standing []Mark, m Mark) (*Mark, int) {
	for i := range standing {
		o := &standing[i]
		switch {
		case o.Start == o.End:
		case m.Start < o.Start && o.Start < m.End && m.End < o.End:
			return o, o.Start
		case o.Start < m.Start && m.Start < o.End && o.End < m.End:
			return o, o.End
		}
	}
	return nil, 0
}

// nestsWithLink reports whether the link m lies in one that stands, or around one.
func nestsWithLink(standing []Mark, m Mark) bool {
	return slices.ContainsFunc(standing, func(o Mark) bool { return o.Kind == Link && o.Start < m.End && m.Start < o.End })
}

// rank is the order in which marks find their place: what must not be cut in two comes first.
func (k MarkKind) rank() int {
	switch k {
	case Quote:
		return 0
	case Link:
		return 1
	case Object:
		return 2
	}
	return splits
}

// splits is the rank of the marks that can as well be two.
const splits = 3

// joined makes one of marks that say the same and touch or overlap, where being two means nothing.
func joined(marks []Mark) []Mark {
	var out []Mark
	last := make(map[Mark]int) // the mark without its range → its place in out
	for _, m := range marks {
		if m.Kind.rank() < splits {
			out = append(out, m)
			continue
		}
		what := m
		what.Start, what.End = 0, 0
		if i, ok := last[what]; ok && m.Start <= out[i].End {
			out[i].End = max(out[i].End, m.End)
			continue
		}
		last[what] = len(out)
		out = append(out, m)
	}
	return out
}

// trimmed draws m in to its words.
func trimmed(s string, m Mark) Mark {
	if m.Kind == Code || m.Kind == Object || m.Start >= m.End {
		return m
	}
	words := s[m.Start:m.End]
	m.Start += len(words) - len(strings.TrimLeft(words, " \n"))
	m.End = m.Start + len(strings.Trim(words, " \n"))
	return m
}

// Normal makes d keep the rules: its texts are cleaned, blocks that say nothing are dropped, and so is a first block that repeats the
// title; depths are bounded, the day of a date without an hour is midnight UTC, keys that are missing, bad or taken become b1, b2, …
// What is left to Check is what no rule can mend, such as a picture without an address or a text beyond the limits.
func (d Document) Normal() Document {
	d.Title, d.Deck = Clean(d.Title), Clean(d.Deck)
	d.Lang = normalLang(d.Lang)
	d.Byline = slices.DeleteFunc(mapped(d.Byline, CleanLine), func(s string) bool { return s == "" })
	if len(d.Byline) == 0 {
		d.Byline = nil
	}
	if d.DateOnly = d.DateOnly && !d.Date.IsZero(); d.DateOnly {
		d.Date = day(d.Date)
	}
	blocks := d.Blocks
	d.Blocks = nil
	for _, b := range blocks {
		if b = b.normal(); b.Text.Empty() && !b.Kind.mayBeEmpty() {
			continue
		}
		d.Blocks = append(d.Blocks, b)
		if d.repeatsTitle() {
			d.Blocks = nil
		}
	}
	d.nameBlocks()
	return d
}

func (b Block) normal() Block {
	b.Lang = normalLang(b.Lang)
	b.Depth = min(max(b.Depth, 0), MaxDepth)
	if !b.Kind.Nests() {
		b.Depth = 0
	}
	b.Text = clean(b.Text, b.Kind == Pre)
	if b.Kind == Table || b.Kind == Rule {
		b.Text = Text{}
	}
	if b.Media != nil {
		m := *b.Media
		m.Alt, m.Credit = CleanLine(m.Alt), CleanLine(m.Credit)
		m.Width, m.Height = max(m.Width, 0), max(m.Height, 0)
		b.Media = &m
	}
	b.Rows = mapped(b.Rows, func(row []Text) []Text { return mapped(row, Clean) })
	return b
}

// nameBlocks gives every block a key of its own. Good keys stay: comments and differences hang on them.
func (d *Document) nameBlocks() {
	taken := make(map[string]bool, len(d.Blocks))
	bad := make([]bool, len(d.Blocks))
	for i, b := range d.Blocks {
		bad[i] = !validKey(b.Key) || taken[b.Key]
		taken[b.Key] = true
	}
	n := 0
	for i := range d.Blocks {
		for bad[i] {
			n++
			key := "b" + strconv.Itoa(n)
			if bad[i] = taken[key]; !bad[i] {
				d.Blocks[i].Key, taken[key] = key, true
			}
		}
	}
}

// normalLang is the canonical form of a tag, or empty if it is none.
func normalLang(s string) string {
	if s == "" {
		return ""
	}
	t, err := lang.Parse(s)
	if err != nil {
		return ""
	}
	return string(t)
}

func mapped[T any](list []T, f func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
