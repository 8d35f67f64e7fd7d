package typography

import (
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A locale is the usage of one place. The facts and their sources stand in testdata/locales.json, which a test compares with this table.
type locale struct {
	name   string
	marks  [3][2]string // quotation marks, within one another
	inner  string       // the space inside the outer ones
	stop   stopPlace    // where the full stop goes that ends a quotation
	colon  string       // the spaces before signs
	semi   string
	excl   string // before ! and ?
	pct    string // before % and ‰
	dash   dashes
	number numbers
	money  string // "after": 25 €, with the space that pct lacks; "before": R$ 25; "tight": $25; empty: left alone

	lowerDates bool // months and days of the week are written small
	first      string
	rangeDash  string // between years; empty: as they stand
	rules      string // the names of rules of the language's own
}

// A stopPlace says where the full stop of a quotation stands.
type stopPlace int

const (
	stopAsIs stopPlace = iota
	stopInside
	stopOutside
	stopBySentence // inside when the quotation is a whole sentence, else outside
)

// dashes are the usage of the dash that parts. The pairs of spaces stand before and after it.
type dashes struct {
	char     string
	keeps    bool // an em dash stays one
	open     [2]string
	close    [2]string
	single   [2]string // of a dash that has no partner in its sentence
	dialogue string    // what a line of dialogue starts with; empty: left alone
	said     string    // the space after it
	speech   bool      // within such a line, words are parted by it from who says them
}

var (
	spaced  = [2]string{" ", " "}
	bound   = [2]string{nbsp, " "} // the dash may not start a line
	leaning = [2]string{" ", ""}
	closing = [2]string{"", " "}
)

// numbers are the signs in numbers. A decimal of "" leaves numbers alone.
type numbers struct {
	decimal, group string
	least          int // digits from which they are grouped
}

var french = locale{
	name: "fr-FR", marks: [3][2]string{{"«", "»"}, {"“", "”"}, {"‘", "’"}}, inner: nbsp, stop: stopBySentence,
	colon: nbsp, semi: narrow, excl: narrow, pct: nbsp,
	dash:   dashes{char: "–", keeps: true, open: [2]string{" ", nbsp}, close: bound, single: [2]string{" ", nbsp}, dialogue: "—", said: nbsp},
	number: numbers{",", narrow, 4}, money: "after", lowerDates: true, first: "1er",
	rules: "elision french",
}

var locales = func() map[lang.Tag]*locale {
	table := make(map[lang.Tag]*locale)
	add := func(l locale) { table[lang.Tag(l.name)] = &l }
	add(french)
	add(french.but(func(l *locale) {
		l.name, l.semi, l.excl, l.number.group = "fr-CA", "", "", nbsp
	}))
	add(french.but(func(l *locale) {
		l.name, l.inner, l.colon, l.semi, l.excl, l.pct = "fr-CH", "", "", "", "", ""
		l.marks = [3][2]string{{"«", "»"}, {"‹", "›"}, {"“", "”"}}
		l.number = numbers{",", nbsp, 5}
	}))
	add(french.but(func(l *locale) {
		l.name, l.colon, l.semi, l.excl = "fr-EU", "", "", ""
	}))
	add(locale{
		name: "es-ES", marks: [3][2]string{{"«", "»"}, {"“", "”"}, {"‘", "’"}}, stop: stopOutside, pct: nbsp,
		dash:   dashes{char: "—", open: leaning, close: closing, single: spaced, dialogue: "—", speech: true},
		number: numbers{",", narrow, 5}, money: "after", lowerDates: true, rules: "inverted",
	})
	add(locale{
		name: "pt-PT", marks: [3][2]string{{"«", "»"}, {"“", "”"}, {"‘", "’"}}, stop: stopBySentence, pct: nbsp,
		dash:   dashes{char: "–", keeps: true, open: spaced, close: spaced, single: spaced, dialogue: "—", speech: true, said: " "},
		number: numbers{",", nbsp, 5}, money: "after", lowerDates: true,
	})
	add(locale{
		name: "pt-BR", marks: [3][2]string{{"“", "”"}, {"‘", "’"}, {"“", "”"}}, stop: stopBySentence,
		dash:   dashes{char: "–", keeps: true, open: spaced, close: spaced, single: spaced, dialogue: "—", speech: true, said: " "},
		number: numbers{",", ".", 4}, money: "before", lowerDates: true, first: "1º",
	})
	add(locale{
		name: "de-DE", marks: [3][2]string{{"„", "“"}, {"‚", "‘"}, {"„", "“"}}, stop: stopBySentence, pct: nbsp,
		dash:   dashes{char: "–", open: spaced, close: spaced, single: spaced},
		number: numbers{",", ".", 4}, money: "after", rangeDash: "–", rules: "german",
	})
	add(locale{
		name: "it-IT", marks: [3][2]string{{"«", "»"}, {"“", "”"}, {"‘", "’"}}, stop: stopBySentence,
		dash:   dashes{char: "–", open: spaced, close: spaced, single: spaced, dialogue: "—", speech: true, said: " "},
		number: numbers{",", ".", 5}, money: "after", lowerDates: true, first: "1º", rules: "elision",
	})
	add(locale{
		name: "ru-RU", marks: [3][2]string{{"«", "»"}, {"„", "“"}, {"„", "“"}}, stop: stopOutside, pct: nbsp,
		dash:   dashes{char: "—", open: bound, close: bound, single: bound, dialogue: "—", speech: true, said: " "},
		number: numbers{",", nbsp, 5}, money: "after", lowerDates: true, rangeDash: "—", rules: "russian initials",
	})
	add(locale{
		name: "uk-UA", marks: [3][2]string{{"«", "»"}, {"„", "“"}, {"„", "“"}}, stop: stopOutside, pct: nbsp,
		dash:   dashes{char: "—", open: bound, close: bound, single: bound, dialogue: "—", speech: true, said: " "},
		number: numbers{",", nbsp, 5}, money: "after", lowerDates: true, rangeDash: "–", rules: "initials",
	})
	add(locale{
		name: "pl-PL", marks: [3][2]string{{"„", "”"}, {"«", "»"}, {"„", "”"}}, stop: stopOutside,
		dash:   dashes{char: "–", keeps: true, open: spaced, close: spaced, single: spaced, dialogue: "—", speech: true, said: " "},
		number: numbers{",", nbsp, 5}, money: "after", lowerDates: true, rangeDash: "–", rules: "letters",
	})
	add(locale{
		name: "en-US", marks: [3][2]string{{"“", "”"}, {"‘", "’"}, {"“", "”"}}, stop: stopInside,
		dash:   dashes{char: "—"},
		number: numbers{".", ",", 4}, money: "tight", rangeDash: "–",
	})
	add(locale{
		name: "en-GB", marks: [3][2]string{{"‘", "’"}, {"“", "”"}, {"‘", "’"}}, stop: stopAsIs,
		dash:   dashes{char: "–", open: spaced, close: spaced, single: spaced},
		number: numbers{".", ",", 4}, money: "tight", rangeDash: "–",
	})
	add(locale{
		name: "ca-ES", marks: [3][2]string{{"«", "»"}, {"“", "”"}, {"‘", "’"}}, stop: stopBySentence, pct: nbsp,
		dash:   dashes{char: "—", open: leaning, close: closing, single: spaced, dialogue: "—", speech: true},
		number: numbers{",", ".", 5}, money: "after", lowerDates: true, rules: "elision",
	})
	return table
}()

func (l locale) but(change func(*locale)) locale {
	change(&l)
	return l
}

// has reports whether the rule is one of the locale's own.
func (l *locale) has(rule string) bool {
	return strings.Contains(" "+l.rules+" ", " "+rule+" ")
}

// localeOf is the usage that tag follows: its own, that of the nearest place, or for a language without one its quotation marks alone.
func localeOf(tag lang.Tag) *locale {
	if l, ok := locales[tag]; ok {
		return l
	}
	facts := lang.Facts(tag)
	region := facts.Locale.Region()
	near := lang.Tag("")
	switch bare := tag.Bare(); bare {
	case "fr":
		near = "fr-FR"
	case "pt":
		if near = "pt-PT"; region == "BR" {
			near = "pt-BR"
		}
	case "en":
		if near = "en-GB"; region == "US" || region == "CA" || region == "PH" {
			near = "en-US"
		}
	case "ru":
		near = "ru-RU"
	case "uk":
		near = "uk-UA"
	case "ca":
		near = "ca-ES"
	case "es", "de", "it", "pl": // elsewhere they quote and count otherwise
		if home := bare + "-" + lang.Tag(strings.ToUpper(string(bare))); facts.Locale == home || facts.Locale == "de-AT" {
			near = home
		}
	}
	if l, ok := locales[near]; ok {
		return l
	}
	q := facts.Quotes
	return &locale{
		name:  string(tag),
		marks: [3][2]string{{q.Open, q.Close}, {q.InnerOpen, q.InnerClose}, {q.Open, q.Close}},
	}
}
