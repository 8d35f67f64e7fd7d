package lang

import (
	_ "embed"
	"strings"
	"sync"
)

// Language is what is known of a language, or of a language as one region writes it.
type Language struct {
	Tag     Tag    // as it was asked for
	Locale  Tag    // with a region: the one that was asked for, else that of the likely subtags ("pt-BR" for "pt"); the bare tag where none is known
	Script  string // ISO 15924: "Latn"; empty if not known
	RTL     bool   // written from right to left
	Quotes  Quotes
	Months  []string // from January, as a date has them ("января"); nil if not known
	Alone   []string // from January, as they stand alone ("январь"); equal to Months where there is no difference
	Short   []string // from January, abbreviated ("janv.")
	Days    []string // from Sunday
	DaysAbb []string // from Sunday, abbreviated

	formats map[string]string
	plural  []pluralRule
}

// Quotes are the quotation marks of a language, without the spaces some languages set inside them.
type Quotes struct {
	Open, Close           string
	InnerOpen, InnerClose string
}

//go:embed locales.txt
var localesText string

// tables are the blocks of locales.txt by tag.
var tables = sync.OnceValue(func() map[Tag]map[string]string {
	all := make(map[Tag]map[string]string)
	var block map[string]string
	for line := range strings.Lines(localesText) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "[") {
			block = make(map[string]string)
			all[Tag(strings.Trim(line, "[]"))] = block
		} else if key, value, ok := strings.Cut(line, " "); ok && key != "#" {
			block[key] = value
		}
	}
	return all
})

// Facts returns what is known of tag. Every tag has an answer: a region that has no table is written like the one nearest to it,
// and a language that has none has no names of months, ISO dates and English quotation marks.
func Facts(tag Tag) Language {
	look := lookup(tag)
	l := Language{Tag: tag, Locale: tag, Script: usualScript(tag, look), formats: make(map[string]string)}
	if tag.Region() == "" {
		l.Locale = likely(tag, look("locale"))
	}
	l.RTL = rightToLeft[l.Script]
	l.Quotes = Quotes{"“", "”", "‘", "’"}
	if q := list(look("quotes")); len(q) == 4 {
		l.Quotes = Quotes{q[0], q[1], q[2], q[3]}
	}
	l.Months, l.Alone, l.Short = list(look("months")), list(look("names")), list(look("mon"))
	if l.Alone == nil {
		l.Alone = l.Months
	}
	l.Days, l.DaysAbb = list(look("days")), list(look("day"))
	for _, f := range []string{"full", "long", "medium", "short", "time", "first"} {
		l.formats[f] = look(f)
	}
	l.plural = parsePlural(look("plural"))
	return l
}

// usualScript is the script that a tag names, else the one that its language is written in; empty if that is not known.
func usualScript(tag Tag, look func(key string) string) string {
	if s := tag.Script(); s != "" {
		return s
	}
	if s := look("script"); s != "" {
		return s
	}
	return names()[tag.Bare()].script
}

// likely is the locale that a tag without a region stands for.
func likely(tag Tag, known string) Tag {
	if known != "" {
		return Tag(known)
	}
	if n, ok := names()[tag.Bare()]; ok && n.region != "" {
		return tag.Bare() + "-" + Tag(n.region)
	}
	return tag
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// lookup returns a function that finds a key in the tables of tag, from the nearest to the bare language.
func lookup(tag Tag) func(key string) string {
	all := tables()
	var chain []map[string]string
	for _, t := range []Tag{tag, nearest(tag), tag.Bare()} {
		if table, ok := all[t]; ok {
			chain = append(chain, table)
		}
	}
	return func(key string) string {
		for _, table := range chain {
			if v, ok := table[key]; ok {
				return v
			}
		}
		return ""
	}
}

// nearest is the table that a locale without one of its own follows (CLDR's parent locales, as far as they matter here).
func nearest(tag Tag) Tag {
	bare, region := tag.Bare(), tag.Region()
	switch {
	case bare == "zh" && (tag.Script() == "Hant" || region == "TW" || region == "HK" || region == "MO"):
		return "zh-Hant"
	case bare == "sr" && tag.Script() == "Latn":
		return "sr-Latn"
	case region == "":
		return bare
	case bare == "es" && region != "ES" && region != "GQ" && region != "PH":
		return "es-419"
	case bare == "pt" && region != "BR":
		return "pt-PT"
	case bare == "en" && region != "US" && region != "PH" && region != "PR":
		return "en-GB"
	case bare == "fr" && (region == "LU" || region == "MC"):
		return "fr"
	}
	return bare
}

// rightToLeft are the living scripts that run so (CLDR, scriptMetadata).
var rightToLeft = map[string]bool{
	"Adlm": true, "Arab": true, "Hebr": true, "Mand": true, "Mend": true, "Nkoo": true, "Rohg": true, "Samr": true, "Syrc": true, "Thaa": true, "Yezi": true,
}

// Direction is "rtl" or "ltr", as the HTML attribute dir wants it.
func (l Language) Direction() string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}
