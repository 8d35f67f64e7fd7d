package check

import (
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// terms holds the translation against the glossary and the names of the paper: what must be used, what must not, what stays.
func terms(u unit) []doc.Flag {
	if u.terms == nil {
		return nil
	}
	to := lang.Tag(u.locale)
	var flags []doc.Flag
	for _, m := range u.terms.Find(lang.Tag(u.from), to, u.source) {
		s := span{m.Start, m.End}
		for _, at := range m.Forbidden(to, u.target) {
			f := u.flag("terms", doc.Ask, s, span{at[0], at[1]}, fmt.Sprintf("“%s” is not to be used for “%s”", u.target[at[0]:at[1]], m.Term))
			if len(m.Must) == 1 {
				f.Suggestion = m.Must[0]
			}
			flags = append(flags, f)
		}
		if _, _, found := m.Rendered(to, u.target); found {
			continue
		}
		switch {
		case m.Keep:
			flags = append(flags, u.flag("terms", doc.Ask, s, span{}, fmt.Sprintf("“%s” stays as it is and is not there", u.source[s.start:s.end])))
		case len(m.Must) > 0 && m.Name != nil:
			flags = append(flags, u.flag("terms", doc.Ask, s, span{}, fmt.Sprintf("this paper writes %s", m.Must[0])))
		case len(m.Must) > 0:
			flags = append(flags, u.flag("terms", doc.Ask, s, span{}, fmt.Sprintf("for “%s” the glossary has “%s”", u.source[s.start:s.end], m.Must[0])))
		}
	}
	return flags
}
