package desk

import (
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// formText writes a text as editors edit it: doc's text form, but a forced break is a line end, as one types it.
func formText(t doc.Text, pre bool) string {
	if pre {
		return t.S // preformatted text has no marks to speak of, and every character of it counts
	}
	s := doc.FormatText(t)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'n' {
			b.WriteByte('\n')
		} else {
			b.WriteString(s[i-1 : i+1])
		}
	}
	return b.String()
}

// parseForm reads what an editor wrote. It is news.ErrInvalid if a mark is not closed or is none, and if a link leads to no address that
// a document may hold: cleaning would drop the link without a word.
func parseForm(s string, pre bool) (doc.Text, error) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if pre {
		return doc.Text{S: s}, nil
	}
	s = strings.Trim(s, "\n ")
	t, err := doc.ParseText(strings.ReplaceAll(s, "\n", `\n`))
	if err != nil {
		return doc.Text{}, fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	for _, m := range t.Marks {
		if m.Kind == doc.Link && !doc.ValidHref(m.Href) {
			return doc.Text{}, fmt.Errorf("%.80q is no address to link to: %w", m.Href, news.ErrInvalid)
		}
	}
	return t, nil
}
