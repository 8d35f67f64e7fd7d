package news

import (
	"fmt"
	"slices"
	"strings"
)

// A Filter says which of an outlet's items are taken. Each term is a word or phrase, where "*" at its end stands for the rest of a word,
// looked for in title, summary, categories and authors, or in one of them where its name and a colon stand before it.
//
//	climat*            a word that begins so, anywhere
//	category: sport    the word, in a category
//
// The zero Filter takes everything.
type Filter struct {
	Take  []string // only what has one of these; nil: all
	Leave []string // nothing that has one of these, whatever Take says
}

// FilterFields are the names that may stand before a term.
var FilterFields = []string{"title", "summary", "category", "author"}

// The bounds of a filter.
const (
	MaxFilterTerms = 200
	maxFilterTerm  = 200 // bytes
)

// IsZero reports whether f takes everything.
func (f Filter) IsZero() bool { return len(f.Take) == 0 && len(f.Leave) == 0 }

// ParseFilter reads terms as people write them, one to a line. It is ErrInvalid for a term that has no letter or digit, and for too many.
func ParseFilter(take, leave string) (Filter, error) {
	var f Filter
	var err error
	if f.Take, err = filterTerms(take); err != nil {
		return Filter{}, err
	}
	if f.Leave, err = filterTerms(leave); err != nil {
		return Filter{}, err
	}
	return f, nil
}

func filterTerms(s string) ([]string, error) {
	var list []string
	for line := range strings.Lines(s) {
		line = strings.Join(strings.Fields(strings.ToValidUTF8(line, "")), " ")
		if line == "" || slices.Contains(list, line) {
			continue
		}
		if _, words := FilterTerm(line); words == "" || words == "*" {
			return nil, fmt.Errorf("filter: %q names nothing to look for: write a word, such as climate or category: sport: %w", line, ErrInvalid)
		}
		if len(line) > maxFilterTerm {
			return nil, fmt.Errorf("filter: a term of %d characters: write words, one term to a line: %w", len(line), ErrInvalid)
		}
		if list = append(list, line); len(list) > MaxFilterTerms {
			return nil, fmt.Errorf("filter: more than %d terms: %w", MaxFilterTerms, ErrInvalid)
		}
	}
	return list, nil
}

// FilterTerm parts a term into the field it names, empty for all, and its words.
func FilterTerm(term string) (field, words string) {
	if name, rest, ok := strings.Cut(term, ":"); ok {
		if name = strings.ToLower(strings.TrimSpace(name)); slices.Contains(FilterFields, name) {
			return name, strings.TrimSpace(rest)
		}
	}
	return "", strings.TrimSpace(term)
}
