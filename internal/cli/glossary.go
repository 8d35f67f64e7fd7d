package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// glossaries are those that were read, by file and languages.
type glossaries map[string]*term.Base

// glossary reads the file that --glossary names, once for every pair of languages; nil without one.
func (a *app) glossary(o translateFlags) (base *term.Base, err error) {
	if o.glossary == "" {
		return nil, nil
	}
	key := o.glossary + "\x00" + o.from + "\x00" + o.to
	a.modelsMu.Lock()
	defer a.modelsMu.Unlock()
	if b := a.glossaries[key]; b != nil {
		return b, nil
	}
	from, err := lang.Parse(o.from)
	if err != nil {
		return nil, usageError{fmt.Errorf("--from: %w", err)}
	}
	to, err := lang.Parse(o.to)
	if err != nil {
		return nil, usageError{fmt.Errorf("--to: %w", err)}
	}
	f, err := os.Open(o.glossary)
	if err != nil {
		return nil, fmt.Errorf("open the glossary: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	rows, err := term.ReadCSV(f, from, to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.glossary, err)
	}
	base, err = term.FromRows(rows, to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.glossary, err)
	}
	if a.glossaries == nil {
		a.glossaries = glossaries{}
	}
	a.glossaries[key] = base
	return base, nil
}
