package locale

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/typography"
)

var hole = regexp.MustCompile(`\{[a-z0-9]+\}`)

// sentences yields every sentence of a catalogue, plural forms one by one.
func sentences(p *Printer, yield func(key, text string)) {
	for key, m := range p.messages {
		if m.forms == nil {
			yield(key, m.text)
		}
		for form, text := range m.forms {
			yield(key+" ("+form+")", text)
		}
	}
}

func TestEveryKeyIsInEveryLanguage(t *testing.T) {
	for _, tag := range Tags() {
		p := For(tag)
		for key, m := range For(Fallback).messages {
			other, ok := p.messages[key]
			if !ok {
				t.Errorf("%s lacks %s", tag, key)
				continue
			}
			if (m.forms == nil) != (other.forms == nil) {
				t.Errorf("%s: %s counts in one language and not in the other", tag, key)
			}
			want, got := holes(m), holes(other)
			if key != "language.from.elided" && !slices.Equal(want, got) {
				t.Errorf("%s: %s takes %v, in %s %v", tag, key, got, Fallback, want)
			}
		}
		for key := range p.messages {
			if !For(Fallback).Has(key) {
				t.Errorf("%s has %s, which %s has not", tag, key, Fallback)
			}
		}
	}
}

func holes(m message) []string {
	text := m.text
	if m.forms != nil {
		text = m.forms["other"]
	}
	h := hole.FindAllString(text, -1)
	slices.Sort(h)
	return h
}

// The categories that CLDR has for whole numbers below a million; "many" of French and Portuguese begins there and falls back to "other".
func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	for _, tag := range Tags() {
		for key, m := range For(tag).messages {
			for form := range m.forms {
				if form != "one" && form != "other" {
					t.Errorf("%s: %s has a form %q", tag, key, form)
				}
			}
			if m.forms != nil && m.forms["one"] == "" {
				t.Errorf("%s: %s has no form for one", tag, key)
			}
		}
	}
}

// Our own sentences are held to what the articles are held to.
func TestTypographyOfTheCatalogues(t *testing.T) {
	const nbsp, thin = '\u00a0', '\u202f'
	for _, tag := range Tags() {
		sentences(For(tag), func(key, text string) {
			if key == "number.group" {
				return // a mark, no sentence
			}
			wrong := func(what string) {
				t.Errorf("%s: %s: %s: %q", tag, key, what, text)
			}
			if strings.ContainsAny(text, `"'`) {
				wrong("a straight quotation mark or apostrophe")
			}
			if strings.Contains(text, "...") || strings.Contains(text, "  ") || strings.TrimSpace(text) != text || text == "" {
				wrong("three full stops, two spaces, or a space at an end")
			}
			r := []rune(text)
			for i, c := range r {
				before, after := ' ', ' '
				if i > 0 {
					before = r[i-1]
				}
				if i+1 < len(r) {
					after = r[i+1]
				}
				switch {
				case c == ':' && (after == '/' || unicode.IsDigit(after)):
				case tag == "fr" && strings.ContainsRune(";!?", c) && before != thin:
					wrong("no narrow no-break space before " + string(c))
				case tag == "fr" && (c == ':' || c == '»') && before != nbsp:
					wrong("no no-break space before " + string(c))
				case tag == "fr" && c == '«' && after != nbsp:
					wrong("no no-break space after «")
				case tag != "fr" && strings.ContainsRune(":;!?", c) && unicode.IsSpace(before):
					wrong("a space before " + string(c))
				case tag != "fr" && (c == '«' || c == '»'):
					wrong("guillemets")
				case tag == "fr" && (c == '“' || c == '”'):
					wrong("English quotation marks")
				case c >= 0x1F000 || unicode.Is(unicode.So, c):
					wrong("a picture for a word")
				}
			}
			lower := strings.ToLower(text)
			for _, bad := range []string{"click here", "cliquez ici", "clique aqui", "oops", "please note"} {
				if strings.Contains(lower, bad) {
					wrong(bad)
				}
			}
		})
	}
}

var (
	inTemplate = regexp.MustCompile(`\bT (?:\(print )?"([a-zA-Z0-9._-]+)"`)
	inCode     = regexp.MustCompile(`\.(?:T|Around|Has)\("([a-zA-Z0-9._-]+)"`)
	literal    = regexp.MustCompile(`"([a-z]+(?:\.[a-z_-]+)+)"`)
)

// A key that a page asks for is in the catalogues, and a key in them is asked for.
func TestKeysAreThoseOfThePages(t *testing.T) {
	used, prefixes := map[string]string{}, []string{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return err
		}
		var patterns []*regexp.Regexp
		switch filepath.Ext(path) {
		case ".html":
			patterns = []*regexp.Regexp{inTemplate}
		case ".go":
			patterns = []*regexp.Regexp{inCode, literal}
		default:
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, pattern := range patterns {
			for _, m := range pattern.FindAllStringSubmatch(string(b), -1) {
				switch key := m[1]; {
				case strings.HasSuffix(key, "."):
					prefixes = append(prefixes, key)
				case i == 0 || For(Fallback).Has(key):
					used[key] = path
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	prefixes = append(prefixes, "ago.", "in.", "done.", "failure.", "desk.failure.", "language.from.elided")
	for key, path := range used {
		if !For(Fallback).Has(key) {
			t.Errorf("%s asks for %s, which no catalogue has", path, key)
		}
	}
	for key := range For(Fallback).messages {
		asked := used[key] != ""
		for _, p := range prefixes {
			asked = asked || strings.HasPrefix(key, p)
		}
		if !asked {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

func TestT(t *testing.T) {
	tests := []struct{ name, tag, got, want string }{
		{"one in English", "en", For("en").T("ago.minutes", "n", 1), "1 minute ago"},
		{"none in English is many", "en", For("en").T("ago.minutes", "n", 0), "0 minutes ago"},
		{"none in French is one", "fr", For("fr").T("ago.minutes", "n", 0), "il y a 0\u00a0minute"},
		{"none in Portuguese is one", "pt", For("pt").T("ago.minutes", "n", 0), "há 0 minuto"},
		{"an unknown key is seen", "en", For("en").T("no.such"), "[no.such]"},
		{"numbers are grouped", "fr", For("fr").T("ago.days", "n", 12345), "il y a 12\u202f345\u00a0jours"},
		{"a region speaks its language", "pt", For("pt-PT").T("share"), "Compartilhar"},
		{"an unknown language falls back", "de", For("de").T("share"), "Share"},
		{"a value with braces stays as it is", "en", For("en").T("byline", "names", "{names} {x}"), "By {names} {x}"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestFrom(t *testing.T) {
	tests := []struct{ tag, of, want string }{
		{"en", "fr", "from French"},
		{"fr", "en", "de l’anglais"},
		{"fr", "ru", "du russe"},
		{"fr", "he", "de l’hébreu"},
		{"fr", "hi", "du hindi"},
		{"fr", "yi", "du yiddish"},
		{"fr", "es", "de l’espagnol"},
		{"pt", "en", "do inglês"},
		{"en", "xx", "from xx"},
	}
	for _, test := range tests {
		if got := For(test.tag).From(test.of); got != test.want {
			t.Errorf("from %s in %s: %q, want %q", test.of, test.tag, got, test.want)
		}
	}
}

func TestDates(t *testing.T) {
	at := time.Date(2022, 2, 1, 17, 5, 0, 0, time.UTC)
	tests := []struct{ tag, date, weekday, both string }{
		{"en", "February 1, 2022", "Tuesday, February 1, 2022", "February 1, 2022, 5:05\u00a0p.m."},
		{"fr", "1er février 2022", "mardi 1er février 2022", "1er février 2022 à 17\u00a0h\u00a005"},
		{"pt", "1º de fevereiro de 2022", "terça-feira, 1º de fevereiro de 2022", "1º de fevereiro de 2022, 17h05"},
	}
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for _, test := range tests {
		p := For(test.tag)
		for got, want := range map[string]string{p.Date(at): test.date, p.Weekday(at): test.weekday, p.DateTime(at): test.both} {
			if plain.Replace(got) != plain.Replace(want) {
				t.Errorf("%s: %q, want %q", test.tag, got, want)
			}
		}
		if _, clock, _ := strings.Cut(p.DateTime(at), test.date); strings.Contains(strings.TrimLeft(clock, ", à"), " ") {
			t.Errorf("%s: a line may end within the hour of %q", test.tag, p.DateTime(at))
		}
		if p.Date(time.Time{}) != "" || p.DateTime(time.Time{}) != "" {
			t.Errorf("%s: the zero time has a date", test.tag)
		}
	}
}

func TestChoose(t *testing.T) {
	offered := []string{"en", "fr", "pt"}
	tests := []struct{ name, accept, want string }{
		{"the best of several", "de, pt-BR;q=0.9, en;q=0.5", "pt"},
		{"nothing that is offered", "ja", "en"},
		{"nothing asked", "", "en"},
		{"broken", ";;;,,,q=", "en"},
		{"a header too long to be honest", strings.Repeat("fr,", 1000), "en"},
	}
	for _, test := range tests {
		if got := Choose(test.accept, offered); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if got := Choose("fr", nil); got != "" {
		t.Errorf("none offered: %q", got)
	}
}

// The rules that set articles find nothing to change in our own sentences.
func TestTypographyFindsNothingToSet(t *testing.T) {
	for _, tag := range Tags() {
		sentences(For(tag), func(key, text string) {
			if key == "number.group" {
				return
			}
			if edits := typography.Set(lang.Tag(tag), text, typography.Source{}, nil); len(edits) > 0 {
				t.Errorf("%s: %s: %q would be %q", tag, key, text, typography.Apply(text, edits))
			}
		})
	}
}
