// Package locale speaks for the house: the sentences of its pages, dates, numbers and the names of languages, in each language of its furniture.
//
// Every key is in every catalogue, with the plural forms its language has, set by that language's typography; a test holds the catalogues to it.
// The catalogues are embedded; the package reads no file, no clock and no environment. The text of articles is never its business.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

//go:embed catalog/*.json
var files embed.FS

// Fallback is the language spoken where no catalogue fits.
const Fallback = "en"

// A message is a sentence, or one for each plural form of its language.
type message struct {
	text  string
	forms map[string]string // by CLDR's plural category; nil: the sentence does not count
}

// A Printer speaks one language. Printers are shared and safe for use by several goroutines.
type Printer struct {
	name     string // the catalogue's
	facts    lang.Language
	messages map[string]message
}

var printers = load()

// load reads the catalogues. It panics on one that is broken: they are part of the program.
func load() map[string]*Printer {
	entries, err := files.ReadDir("catalog")
	if err != nil {
		panic(err)
	}
	all := make(map[string]*Printer, len(entries))
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".json")
		b, err := files.ReadFile("catalog/" + e.Name())
		if err != nil {
			panic(err)
		}
		messages, err := parse(b)
		if err != nil {
			panic(fmt.Sprintf("catalogue %s: %v", e.Name(), err))
		}
		all[name] = &Printer{name: name, facts: lang.Facts(lang.Tag(name)), messages: messages}
	}
	return all
}

// parse reads a catalogue: an object whose values are sentences, or objects from plural form to sentence.
func parse(b []byte) (map[string]message, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, err
	}
	messages := make(map[string]message, len(raw))
	for key, v := range raw {
		var m message
		if err := json.Unmarshal(v, &m.text); err == nil {
			messages[key] = m
			continue
		}
		if err := json.Unmarshal(v, &m.forms); err != nil {
			return nil, fmt.Errorf("%s: neither a sentence nor plural forms: %w", key, err)
		}
		if m.forms["other"] == "" {
			return nil, fmt.Errorf("%s: no form \"other\"", key)
		}
		messages[key] = m
	}
	return messages, nil
}

// Tags returns the languages of the catalogues, sorted.
func Tags() []string {
	tags := make([]string, 0, len(printers))
	for name := range printers {
		tags = append(tags, name)
	}
	sort.Strings(tags)
	return tags
}

// For returns the printer of a language tag (BCP 47), or of its base language, or of Fallback.
func For(tag string) *Printer {
	if p, ok := printers[tag]; ok {
		return p
	}
	if p, ok := printers[string(lang.Tag(tag).Bare())]; ok {
		return p
	}
	return printers[Fallback]
}

// Has reports whether there is a catalogue for the tag or its base language.
func Has(tag string) bool {
	_, ok := printers[string(lang.Tag(tag).Bare())]
	return ok
}

// Match returns the printer for the value of an Accept-Language header; Fallback's for one that is empty or broken.
func Match(accept string) *Printer {
	return For(Choose(accept, Tags()))
}

// Choose returns the tag among offered that the Accept-Language header likes best: the first of offered if it likes none,
// and "" if none is offered.
func Choose(accept string, offered []string) string {
	if len(offered) == 0 {
		return ""
	}
	if len(accept) > 1000 { // no honest browser sends more; the parser's work grows with it
		return offered[0]
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return offered[0]
	}
	tags := make([]language.Tag, len(offered))
	for i, o := range offered {
		tags[i] = language.Make(o)
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return offered[0]
	}
	return offered[i]
}

// Tag returns the printer's own language.
func (p *Printer) Tag() string { return p.name }

// Has reports whether the catalogue holds the key.
func (p *Printer) Has(key string) bool {
	_, ok := p.messages[key]
	return ok
}

// T returns the sentence under key, with {name} replaced by the value that follows "name" in args. Where the sentence counts,
// the number under "n" chooses its form. An unknown key is returned as it is, in brackets, so that it is seen.
//
//	p.T("count.stop", "n", 2)
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	text := m.text
	if m.forms != nil {
		text = m.forms[p.form(args)]
		if text == "" {
			text = m.forms["other"]
		}
	}
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", p.value(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Around returns what stands before and after {name} in the sentence under key: a template puts a link there.
func (p *Printer) Around(key, name string, args ...any) [2]string {
	before, after, _ := strings.Cut(p.T(key, args...), "{"+name+"}")
	return [2]string{before, after}
}

// form returns the plural category of the number under "n".
func (p *Printer) form(args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if n, ok := integer(args[i+1]); ok && args[i] == "n" {
			return p.facts.Plural(strconv.Itoa(n))
		}
	}
	return "other"
}

func integer(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	}
	return 0, false
}

// value prints an argument: whole numbers by the language's usage, everything else as it is.
func (p *Printer) value(v any) string {
	if n, ok := integer(v); ok {
		return p.Number(n)
	}
	return fmt.Sprint(v)
}

// Number prints a whole number with the language's mark between groups of three digits.
func (p *Printer) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if s[0] == '-' {
		sign, s = "\u2212", s[1:]
	}
	group := p.messages["number.group"].text
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + group + s[i:]
	}
	return sign + s
}
