package render

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Fragment prints a piece of HTML that extract.Fragment took apart, with texts in place of its own: as many, in the same order, with
// marks of the same Refs. Elements have the attributes they had; a mark without a Ref is not printed.
func Fragment(f doc.Fragment, texts []doc.Text) string {
	var b strings.Builder
	inTags := map[int]bool{}
	for _, t := range f.Table {
		for _, a := range t.Attrs {
			if a.Text > 0 {
				inTags[a.Text-1] = true
			}
		}
	}
	p := fragmentPrinter{f: f, texts: texts, b: &b}
	for i, t := range texts {
		b.WriteString(f.Frame[i])
		switch {
		case inTags[i]:
		case f.Kinds[i] == 0:
			b.WriteString(html.EscapeString(t.Plain()))
		default:
			p.text(t)
		}
	}
	b.WriteString(f.Frame[len(f.Frame)-1])
	return b.String()
}

type fragmentPrinter struct {
	f     doc.Fragment
	texts []doc.Text
	b     *strings.Builder
}

// prose escapes what would be markup, and nothing else: quotation marks of a text stay as they are.
var prose = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\u00A0", "&nbsp;", "\n", "<br>")

func (p *fragmentPrinter) text(t doc.Text) {
	var open []string // the end tags that are due, outermost first
	for r := range t.Runs() {
		for _, m := range r.Ends {
			if tag, ok := p.tag(m); ok && m.Kind != doc.Object && !tag.Open {
				p.b.WriteString(open[len(open)-1])
				open = open[:len(open)-1]
			}
		}
		for _, m := range inOrder(r.Starts) {
			tag, ok := p.tag(m)
			switch {
			case !ok:
			case m.Kind == doc.Object:
				p.object(t, m, tag)
			default:
				p.open(tag)
				if !tag.Open {
					open = append(open, "</"+tag.Name+">")
				}
			}
		}
		p.b.WriteString(prose.Replace(r.S))
	}
}

// inOrder returns marks that start at one place with those over the same words as they stood in the source, the outer first.
func inOrder(starts []doc.Mark) []doc.Mark {
	if len(starts) < 2 {
		return starts
	}
	starts = slices.Clone(starts)
	slices.SortStableFunc(starts, func(a, b doc.Mark) int {
		if a.Start == a.End && b.Start == b.End {
			return 0
		}
		return cmp.Or(b.End-a.End, a.Ref-b.Ref)
	})
	return starts
}

func (p *fragmentPrinter) tag(m doc.Mark) (doc.Tag, bool) {
	if m.Ref <= 0 || m.Ref >= len(p.f.Table) {
		return doc.Tag{}, false
	}
	return p.f.Table[m.Ref], true
}

// object prints a picture or a comment, with the spaces that stood beside it where the text has none there.
func (p *fragmentPrinter) object(t doc.Text, m doc.Mark, tag doc.Tag) {
	if tag.Before && m.Start > 0 && !strings.HasSuffix(t.S[:m.Start], " ") {
		p.b.WriteByte(' ')
	}
	if tag.Name == "" {
		p.b.WriteString(tag.Raw)
	} else {
		p.open(tag)
		if !tag.Open {
			p.b.WriteString("</" + tag.Name + ">")
		}
	}
	if tag.After && m.Start < len(t.S) && !strings.HasPrefix(t.S[m.Start:], " ") {
		p.b.WriteByte(' ')
	}
}

func (p *fragmentPrinter) open(tag doc.Tag) {
	p.b.WriteString("<" + tag.Name)
	for _, a := range tag.Attrs {
		value := a.Value
		if a.Text > 0 && a.Text <= len(p.texts) {
			value = p.texts[a.Text-1].Plain()
		}
		p.b.WriteString(" " + a.Name + `="` + html.EscapeString(value) + `"`)
	}
	p.b.WriteString(">")
}
