package term

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A Row is a line of a glossary as it is kept and exchanged: a term, or a name with its form in another language.
type Row struct {
	Kind        NameKind // empty for a term
	From        lang.Tag
	To          lang.Tag // empty: every language, for a term that is kept and a name that is spelt by the system of each language
	Source      string
	Target      string   // empty for a term that is kept, and for a name whose spelling follows the system of the language
	Rule        Rule     // Must for a name
	SourceForms []string // of a term what its endings do not explain, of a name its other spellings
	TargetForms []string
	Case        bool     // of a term: capitals matter
	Home        lang.Tag // of a name: the language it comes from; empty: From
	Note        string   // for editors
}

// The bounds of a row beside those of a term: further forms on each side, and bytes of a note.
const (
	maxForms = 50
	maxNote  = 1000
)

// Check reports what makes r no row.
func (r Row) Check() error {
	for _, forms := range [][]string{r.SourceForms, r.TargetForms} {
		if len(forms) > maxForms {
			return fmt.Errorf("%q: %d further forms, at most %d are wanted", r.Source, len(forms), maxForms)
		}
		for _, f := range forms {
			if len(words(f)) == 0 || len(f) > maxTerm || strings.Contains(f, "|") {
				return fmt.Errorf("%q: the further form %.40q: a word or a few are wanted", r.Source, f)
			}
		}
	}
	if len(r.Note) > maxNote {
		return fmt.Errorf("%q: a note of %d bytes, at most %d are wanted", r.Source, len(r.Note), maxNote)
	}
	if r.To != "" && r.To.Is(r.From) {
		return fmt.Errorf("%q: %s and %s are one language", r.Source, r.From, r.To)
	}
	if r.Kind == "" {
		return r.entry().Check()
	}
	switch {
	case !lang.Valid(string(r.From)):
		return fmt.Errorf("%q is not a language tag", r.From)
	case r.To != "" && !lang.Valid(string(r.To)):
		return fmt.Errorf("%q is not a language tag", r.To)
	case r.Rule != Must:
		return fmt.Errorf("name %q: the rule of a name is must", r.Source)
	case r.Target != "" && r.To == "":
		return fmt.Errorf("name %q: a form without a language", r.Source)
	}
	return r.name().Check()
}

func (r Row) entry() Entry {
	return Entry{Source: r.From, Target: r.To, Term: r.Source, Translation: r.Target, Rule: r.Rule, Forms: r.SourceForms, TargetForms: r.TargetForms, Case: r.Case, Note: r.Note}
}

func (r Row) name() Name {
	n := Name{ID: r.Source, Kind: r.Kind, Home: r.Home, Forms: map[lang.Tag][]string{}}
	if n.Home == "" {
		n.Home = r.From
	}
	n.Forms[r.From.Bare()] = append([]string{r.Source}, r.SourceForms...)
	if r.Target != "" {
		n.Forms[r.To.Bare()] = append([]string{r.Target}, r.TargetForms...)
	}
	return n
}

// Tidy is r with spaces and control characters made one space, tags in their usual form, and what a kind has no use for left out.
func (r Row) Tidy() Row {
	one := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
	}
	list := func(forms []string) []string {
		var out []string
		for _, f := range forms {
			if f = one(f); f != "" && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
		return out
	}
	tag := func(t lang.Tag) lang.Tag {
		if p, err := lang.Parse(string(t)); err == nil {
			return p
		}
		return t
	}
	r.From, r.To, r.Home = tag(r.From).Bare(), tag(r.To), tag(r.Home)
	r.Source, r.Target, r.Note = one(r.Source), one(r.Target), one(r.Note)
	r.SourceForms, r.TargetForms = list(r.SourceForms), list(r.TargetForms)
	switch {
	case r.Kind != "":
		r.Rule, r.Case = Must, false
	case r.Rule == Keep:
		r.TargetForms, r.Home = nil, ""
		if r.Target == r.Source {
			r.Target = ""
		}
	default:
		r.Home = ""
	}
	return r
}

// Serves reports whether r says anything of a translation into to: it is for every language, for to, or for to in any or its usual country.
func (r Row) Serves(to lang.Tag) bool {
	return r.To == "" || r.To == to || r.To == r.To.Bare() && r.To.Is(to) || to == to.Bare() && lang.Facts(to).Locale == r.To
}

// FromRows makes the base for translations into to of the rows that serve it. Rows for one country come before those for the whole
// language. It returns an error that names the first row that is none.
func FromRows(rows []Row, to lang.Tag) (*Base, error) {
	var entries []Entry
	var names []Name
	for _, exact := range []bool{true, false} {
		for _, r := range rows {
			if (r.To == to) != exact || !r.Serves(to) {
				continue
			}
			if err := r.Check(); err != nil {
				return nil, err
			}
			if r.Kind == "" {
				entries = append(entries, r.entry())
			} else {
				names = append(names, r.name())
			}
		}
	}
	return New(entries, names)
}
