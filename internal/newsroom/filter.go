package newsroom

import (
	"context"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// SetFilter says what of an outlet is taken from now on. What was taken stays; what an earlier filter left out can be taken one by one,
// and comes in by itself if its feed changes it so that it passes.
func (r *Room) SetFilter(ctx context.Context, outlet string, f news.Filter) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Outlet(ctx, outlet); err != nil {
			return err
		}
		return tx.SaveFilter(ctx, outlet, f, r.now())
	})
}

// leftBy returns why a filter leaves an entry out; empty if it takes it. It judges what the feed says, before anything is fetched.
func leftBy(f news.Filter, e entry) string {
	if f.IsZero() {
		return ""
	}
	fields := map[string][]string{"title": {folded(e.title)}, "summary": {folded(plain(e.summary))}}
	for _, c := range e.categories {
		fields["category"] = append(fields["category"], folded(c))
	}
	for _, a := range e.authors {
		fields["author"] = append(fields["author"], folded(a))
	}
	for _, term := range f.Leave {
		if holds(fields, term) {
			return "the filter leaves out “" + term + "”"
		}
	}
	if len(f.Take) == 0 {
		return ""
	}
	for _, term := range f.Take {
		if holds(fields, term) {
			return ""
		}
	}
	return "it has none of the words that the filter takes"
}

func holds(fields map[string][]string, term string) bool {
	field, words := news.FilterTerm(term)
	words = folded(words)
	for name, texts := range fields {
		if field != "" && field != name {
			continue
		}
		for _, text := range texts {
			if hasWords(text, words) {
				return true
			}
		}
	}
	return false
}

// hasWords reports whether a text has the words, whole: “port” is not in “sport”. After "*" a word may go on. Scripts that write without
// spaces have no word ends to ask for. Both are folded.
func hasWords(text, words string) bool {
	words, open := strings.CutSuffix(words, "*")
	if words == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(words):])
		if !(joins(before) && joins(first)) && (open || !(joins(last) && joins(after))) {
			return true
		}
		from = i + utf8.RuneLen(first)
	}
}

// joins reports whether a character makes one word with the next such.
func joins(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return false
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// folded is a text as it is compared: composed, in lower case, with plain apostrophes and single spaces.
func folded(s string) string {
	s = strings.ToLower(norm.NFC.String(s))
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "’", "'")), " ")
}

// plain is the words of a summary, without its markup.
func plain(s string) string { return html.UnescapeString(tag.ReplaceAllString(s, " ")) }

// summaryRunes is how much of an item's text is its summary where the feed gives none.
const summaryRunes = 600

func summaryOf(summary, content string) string {
	if summary != "" {
		return summary
	}
	n := 0
	for i := range content {
		if n++; n > summaryRunes {
			return content[:i]
		}
	}
	return content
}
