package lang

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]Tag{
		"en": "en", "EN_us": "en-US", "pt-br": "pt-BR", "iw": "he", "zh-hant-tw": "zh-Hant-TW", "es-419": "es-419", "por": "pt",
		"sr-latn": "sr-Latn", " fr ": "fr", "de-1996": "de-1996", "en-x-Klingon": "en-x-klingon",
	} {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "e", "english", "en--US", "en us", "français", "12", "en-", strings.Repeat("en-", 40) + "US", "x"} {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %q", in, got)
		}
	}
	if Tag("zh-Hant-TW").Region() != "TW" || Tag("zh-Hant-TW").Script() != "Hant" || Tag("en-x-us").Region() != "" || Tag("pt-BR").Bare() != "pt" {
		t.Error("a tag is taken apart wrongly")
	}
}

func TestWhatIsALanguage(t *testing.T) {
	for _, tag := range []Tag{"en", "pt-BR", "zh-Hant-TW", "yue", "quc", "que", "qu", "mu", "en-x-klingon", "qwe"} {
		if !tag.IsLanguage() {
			t.Errorf("%s is none", tag)
		}
	}
	for _, tag := range []Tag{"", "und", "und-Latn", "mul", "zxx", "mis", "qaa", "qab-US", "qtz", "x-default", "x-foo"} {
		if tag.IsLanguage() {
			t.Errorf("%q is one", tag)
		}
	}
}

func TestFacts(t *testing.T) {
	for _, c := range []struct {
		tag, locale, script, quotes string
		rtl                         bool
	}{
		{"en", "en-US", "Latn", "“”‘’", false},
		{"en-GB", "en-GB", "Latn", "‘’“”", false},
		{"pt", "pt-BR", "Latn", "“”‘’", false},
		{"pt-PT", "pt-PT", "Latn", "«»“”", false},
		{"fr", "fr-FR", "Latn", "«»“”", false},
		{"fr-CH", "fr-CH", "Latn", "«»‹›", false},
		{"es", "es-ES", "Latn", "«»“”", false},
		{"es-CO", "es-CO", "Latn", "“”‘’", false},
		{"de", "de-DE", "Latn", "„“‚‘", false},
		{"ru", "ru-RU", "Cyrl", "«»„“", false},
		{"ar", "ar-EG", "Arab", "”“’‘", true},
		{"he", "he-IL", "Hebr", "””’’", true},
		{"zh", "zh-CN", "Hans", "“”‘’", false},
		{"zh-TW", "zh-TW", "Hant", "「」『』", false},
		{"yi", "yi-UA", "Hebr", "“”‘’", true},
		{"qqq", "qqq", "", "“”‘’", false},
	} {
		l := Facts(Tag(c.tag))
		if got := l.Quotes.Open + l.Quotes.Close + l.Quotes.InnerOpen + l.Quotes.InnerClose; string(l.Locale) != c.locale || l.Script != c.script || got != c.quotes || l.RTL != c.rtl {
			t.Errorf("%s: %s %s %s %v", c.tag, l.Locale, l.Script, got, l.RTL)
		}
	}
}

func TestEveryTableIsWhole(t *testing.T) {
	day := time.Date(2022, 2, 1, 17, 5, 0, 0, time.UTC)
	for tag := range tables() {
		l := Facts(tag)
		if len(l.Months) != 12 || len(l.Alone) != 12 || len(l.Short) != 12 || len(l.Days) != 7 || len(l.DaysAbb) != 7 || l.Script == "" || l.Locale.Region() == "" {
			t.Errorf("%s: %+v", tag, l)
		}
		for _, style := range []Style{Full, Long, Medium, Brief} {
			if s := l.Date(day, style); s == "" || strings.ContainsAny(s, "'") || !strings.ContainsAny(s, "12") {
				t.Errorf("%s %s: %q", tag, style, s)
			}
		}
		if Name(tag, "en") == "" || Name(tag, "fr") == "" || Name(tag, "pt") == "" || Own(tag) == "" {
			t.Errorf("%s has no name", tag)
		}
	}
}

func TestDatesAsTheyAreWritten(t *testing.T) {
	first, later := time.Date(2022, 2, 1, 17, 5, 0, 0, time.UTC), time.Date(2022, 1, 25, 9, 40, 0, 0, time.UTC)
	for _, c := range []struct{ tag, first, full, brief, hour, short string }{
		{"fr", "1er février 2022", "mardi 25 janvier 2022", "25/01/2022", "17 h 05", "1er février"},
		{"fr-CA", "1er février 2022", "mardi 25 janvier 2022", "2022-01-25", "17 h 05", "1er février"},
		{"pt", "1º de fevereiro de 2022", "terça-feira, 25 de janeiro de 2022", "25/01/2022", "17h05", "1º de fevereiro"},
		{"pt-PT", "1 de fevereiro de 2022", "terça-feira, 25 de janeiro de 2022", "25/01/22", "17:05", "1 de fevereiro"},
		{"en", "February 1, 2022", "Tuesday, January 25, 2022", "1/25/22", "5:05 p.m.", "February 1"},
		{"en-GB", "1 February 2022", "Tuesday, 25 January 2022", "25/01/2022", "17:05", "1 February"},
		{"es", "1 de febrero de 2022", "martes, 25 de enero de 2022", "25/1/22", "17:05", "1 de febrero"},
		{"ru", "1 февраля 2022 года", "вторник, 25 января 2022 года", "25.01.2022", "17:05", "1 февраля"},
		{"uk", "1 лютого 2022 року", "вівторок, 25 січня 2022 року", "25.01.22", "17:05", "1 лютого"},
		{"de", "1. Februar 2022", "Dienstag, 25. Januar 2022", "25.01.22", "17:05", "1. Februar"},
		{"it", "1º febbraio 2022", "martedì 25 gennaio 2022", "25/01/22", "17:05", "1º febbraio"},
		{"ca", "1 de febrer del 2022", "dimarts, 25 de gener del 2022", "25/1/22", "17:05", "1 de febrer"},
		{"ja", "2022年2月1日", "2022年1月25日火曜日", "2022/01/25", "17:05", "2月1日"},
		{"qqq", "2022-02-01", "2022-01-25", "2022-01-25", "17:05", "02-01"},
	} {
		l := Facts(Tag(c.tag))
		for _, p := range [][2]string{{l.Date(first, Long), c.first}, {l.Date(later, Full), c.full}, {l.Date(later, Brief), c.brief}, {l.Time(first), c.hour}, {l.DayAndMonth(first), c.short}} {
			if p[0] != p[1] {
				t.Errorf("%s: %q, want %q", c.tag, p[0], p[1])
			}
		}
	}
}

func TestPlural(t *testing.T) {
	for _, c := range []struct{ tag, number, want string }{
		{"en", "0", "other"},
		{"en", "1", "one"},
		{"en", "1.0", "other"},
		{"en", "2", "other"},
		{"fr", "0", "one"},
		{"fr", "1.5", "one"},
		{"fr", "2", "other"},
		{"fr", "1000000", "many"},
		{"pt", "0", "one"},
		{"pt-PT", "0", "other"},
		{"pt", "1.5", "one"},
		{"ru", "1", "one"},
		{"ru", "3", "few"},
		{"ru", "5", "many"},
		{"ru", "11", "many"},
		{"ru", "21", "one"},
		{"ru", "1.5", "other"},
		{"pl", "1", "one"},
		{"pl", "22", "few"},
		{"pl", "12", "many"},
		{"cs", "1.5", "many"},
		{"ar", "0", "zero"},
		{"ar", "2", "two"},
		{"ar", "103", "few"},
		{"ar", "111", "many"},
		{"ar", "100", "other"},
		{"lv", "21", "one"},
		{"lt", "11", "other"},
		{"ja", "1", "other"},
		{"qqq", "1", "other"},
		{"en", "-1", "one"},
		{"en", "x", "other"},
	} {
		if got := Facts(Tag(c.tag)).Plural(c.number); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.tag, c.number, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"de", "fr", "allemand"},
		{"ru", "en", "Russian"},
		{"fr", "pt", "francês"},
		{"de", "ru", "Deutsch"},
		{"pt-AO", "en", "Portuguese"},
		{"pt-BR", "pt-BR", "português"},
		{"qqq", "en", "qqq"},
		{"zh-Hant", "en", "Traditional Chinese"},
	} {
		if got := Name(Tag(c.tag), Tag(c.in)); got != c.want {
			t.Errorf("Name(%s, %s) = %q, want %q", c.tag, c.in, got, c.want)
		}
	}
	if Own("ru") != "русский" || Own("pt") != "português" {
		t.Errorf("%s, %s", Own("ru"), Own("pt"))
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"en", "2022-01-25", "2022-01-25"},
		{"en", "2022-01-25T20:40:00+01:00", "2022-01-25T20:40:00+01:00"},
		{"en", "2022-01-25T20:40:00Z", "2022-01-25T20:40:00Z"},
		{"en", "Tue, 25 Jan 2022 19:40:00 +0000", "2022-01-25T19:40:00Z"},
		{"en", "Tue, 25 Jan 2022 19:40:00 GMT", "2022-01-25T19:40:00Z"},
		{"en", "January 25, 2022", "2022-01-25"},
		{"en", "Jan. 5, 2022, 7:40 PM EST", "2022-01-05T19:40:00-05:00"},
		{"en", "Sept. 30th, 2018 at 12.05 a.m.", "2018-09-30T00:05"},
		{"en", "Tuesday 25 January 2022 20:40", "2022-01-25T20:40"},
		{"en", "1/25/2022", "2022-01-25"},
		{"en", "13/02/2022", "2022-02-13"},
		{"en-GB", "05/02/2022", "2022-02-05"},
		{"en", "05/02/2022", "2022-05-02"},
		{"en", "25-Jan-2022", "2022-01-25"},
		{"fr", "mardi 25 janvier 2022 à 20h40", "2022-01-25T20:40"},
		{"fr", "1er février 2022", "2022-02-01"},
		{"fr", "Publié le 25/01/2022 à 20 h 40", "2022-01-25T20:40"},
		{"fr", "25 janv. 2022, 20:40 CET", "2022-01-25T20:40:00+01:00"},
		{"pt", "25 de Janeiro de 2022 às 17h30", "2022-01-25T17:30"},
		{"pt", "1º de fevereiro de 2022", "2022-02-01"},
		{"es", "25 de enero de 2022", "2022-01-25"},
		{"de", "25. Januar 2022, 20.40 Uhr", "2022-01-25T20:40"},
		{"ru", "25 января 2022 г., 20:40", "2022-01-25T20:40"},
		{"uk", "25 січня 2022 року", "2022-01-25"},
		{"ca", "25 de gener del 2022", "2022-01-25"},
		{"ja", "2022年1月25日", "2022-01-25"},
		{"pl", "25 stycznia 2022", "2022-01-25"},
		{"en", "30 February 2022", ""},
		{"en", "January 25", ""},
		{"en", "yesterday", ""},
		{"en", "", ""},
		{"en", "12", ""},
	} {
		got := ""
		if d, err := ParseDate(Tag(c.tag), c.in); err == nil {
			switch {
			case d.DayOnly:
				got = d.Time.Format(time.DateOnly)
			case d.Zoned:
				got = d.Time.Format(time.RFC3339)
			default:
				got = d.Time.Format("2006-01-02T15:04")
			}
		}
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.in, got, c.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"25 janvier 2022 à 20h40", "1/2/3 4:5pm +0", "2022年1月25日", "º", "25-", "h", "+1"} {
		f.Add("fr", s)
	}
	f.Fuzz(func(t *testing.T, tag, s string) {
		if d, err := ParseDate(Tag(tag), s); err == nil && d.DayOnly && d.Zoned {
			t.Fatalf("%q has a zone and no hour", s)
		}
	})
}
