package doc

import (
	"fmt"
	"strconv"
	"strings"
)

// noAddress stands where a link of a piece of HTML has no address; no address holds these characters.
const noAddress = "<>"

// Format writes d in the text form: head lines, an empty line, and a line for each block. Keys are left out.
//
//	lang  en
//	title  No gate in the lock before May
//
//	p  The council is [quote “ready to wait for the ice”], she [link https://outlet.example/a told] the Valley Post.
//	figure  Boats below the lock.
//	  src  https://outlet.example/boats.jpg
//	  size  1600x900
//	table
//	  row  Country | Seats
//
// A mark's word may carry, in this order, the title of its link, its language and its ref: [link{Read more} https://outlet.example/a words],
// [foreign@fr mot], [em#2 words]. In texts \n is a forced break, and \[ \] \\ (in a cell \|, in a title \}) stand for themselves.
// d must pass Check; Parse reads what Format writes.
func Format(d Document) string {
	var b strings.Builder
	line := func(word, rest string) {
		if rest != "" {
			b.WriteString(word + "  " + rest + "\n")
		}
	}
	line("lang", d.Lang)
	line("title", inline(d.Title, ""))
	line("deck", inline(d.Deck, ""))
	for _, name := range d.Byline {
		line("byline", inline(Text{S: name}, ""))
	}
	line("date", formatDate(d.Date, d.DateOnly))
	if b.Len() > 0 && len(d.Blocks) > 0 {
		b.WriteByte('\n')
	}
	for _, block := range d.Blocks {
		block.format(&b)
	}
	return b.String()
}

func (b Block) format(w *strings.Builder) {
	w.WriteString(strings.Repeat("  ", b.Depth) + b.Kind.String())
	if b.Lang != "" {
		w.WriteString("@" + b.Lang)
	}
	if b.Kind == Embed {
		w.WriteString(" " + b.Media.Src)
	}
	if !b.At.IsZero() {
		w.WriteString(" " + formatDate(b.At, false))
	}
	if !b.Text.Empty() {
		w.WriteString("  " + inline(b.Text, ""))
	}
	w.WriteByte('\n')
	if b.Media != nil {
		b.Media.format(w, b.Kind)
	}
	for _, row := range b.Rows {
		cells := make([]string, len(row))
		for i, t := range row {
			cells[i] = inline(t, "|")
		}
		w.WriteString("  row  " + strings.Join(cells, " | ") + "\n")
	}
}

func (m Media) format(w *strings.Builder, kind Kind) {
	if kind == Figure {
		w.WriteString("  src  " + m.Src + "\n")
	}
	if m.Alt != "" {
		w.WriteString("  alt  " + inline(Text{S: m.Alt}, "") + "\n")
	}
	if m.Credit != "" {
		w.WriteString("  credit  " + inline(Text{S: m.Credit}, "") + "\n")
	}
	if m.Width != 0 || m.Height != 0 {
		fmt.Fprintf(w, "  size  %dx%d\n", m.Width, m.Height)
	}
}

// inline writes t on one line. The characters of also are escaped besides those that always are.
func inline(t Text, also string) string {
	var b strings.Builder
	for r := range t.Runs() {
		b.WriteString(strings.Repeat("]", len(r.Ends)))
		for _, m := range r.Starts {
			m.open(&b, also)
		}
		escape(&b, r.S, `[]\`+also)
	}
	return b.String()
}

func (m Mark) open(w *strings.Builder, also string) {
	w.WriteString("[" + m.Kind.String())
	if m.Title != "" {
		w.WriteByte('{')
		escape(w, m.Title, `[]{}\`+also)
		w.WriteByte('}')
	}
	if m.Lang != "" {
		w.WriteString("@" + m.Lang)
	}
	if m.Ref != 0 {
		w.WriteString("#" + strconv.Itoa(m.Ref))
	}
	if m.Kind == Link {
		href := m.Href
		if href == "" {
			href = noAddress
		}
		w.WriteByte(' ')
		escape(w, href, `\`+also)
	}
	if m.Start < m.End {
		w.WriteByte(' ')
	}
}

func escape(w *strings.Builder, s, chars string) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\n':
			w.WriteString(`\n`)
		case strings.IndexByte(chars, s[i]) >= 0:
			w.WriteByte('\\')
			fallthrough
		default:
			w.WriteByte(s[i])
		}
	}
}
