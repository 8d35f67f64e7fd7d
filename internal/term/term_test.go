package term

import (
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

func base(tb testing.TB) *Base {
	tb.Helper()
	b, err := New([]Entry{
		{Source: "en", Target: "fr", Term: "arms control", Translation: "maîtrise des armements", Rule: Must},
		{Source: "en", Target: "fr", Term: "arms control", Translation: "contrôle des armes", Rule: Never},
		{Source: "en", Target: "fr", Term: "member state", Translation: "État membre", Rule: Must},
		{Source: "en", Target: "fr", Term: "state", Translation: "État", Rule: May},
		{Source: "en", Target: "pt-PT", Term: "bus", Translation: "autocarro", Rule: Must},
		{Source: "en", Target: "pt-BR", Term: "bus", Translation: "ônibus", Rule: Must},
		{Source: "en", Term: "Time", Rule: Keep, Case: true},
		{Source: "en", Target: "fr", Term: "mouse", Translation: "souris", Rule: Must, Forms: []string{"mice"}},
		{Source: "ru", Target: "fr", Term: "законопроект", Translation: "projet de loi", Rule: Must, TargetForms: []string{"PJL"}},
	}, []Name{
		{ID: "ryabkov", Kind: Person, Home: "ru", Forms: map[lang.Tag][]string{"ru": {"Сергей Рябков"}, "en": {"Sergey Ryabkov", "Sergei Ryabkov"}}},
		{ID: "lavrov", Kind: Person, Home: "ru", Forms: map[lang.Tag][]string{"en": {"Sergey Lavrov"}}},
		{ID: "kyiv", Kind: Place, Home: "uk", Forms: map[lang.Tag][]string{"en": {"Kyiv", "Kiev"}, "fr": {"Kiev", "Kyiv"}, "pt": {"Kiev"}}},
		{ID: "state", Kind: Body, Home: "en", Forms: map[lang.Tag][]string{"en": {"State Department"}, "fr": {"département d’État"}}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to lang.Tag
		in       string
		want     []string // words: must / may / never
	}{
		{"a term and what it must not be", "en", "fr", "Talks on arms control.", []string{"arms control: maîtrise des armements//contrôle des armes"}},
		{"the longest wins, in the plural", "en", "fr", "All Member States agreed.", []string{"Member States: État membre//"}},
		{"a part of it alone", "en", "fr", "two states", []string{"states: /État/"}},
		{"only for the locale", "en", "pt", "two buses", []string{"buses: ônibus//"}},
		{"and the other one", "en", "pt-PT", "a bus", []string{"bus: autocarro//"}},
		{"not for another language", "en", "de", "a bus", nil},
		{"capitals that matter", "en", "de", "in Time magazine, this time", []string{"Time: keep"}},
		{"a form of its own", "en", "fr", "blind mice", []string{"mice: souris//"}},
		{"inflected", "ru", "fr", "о двух законопроектах", []string{"законопроектах: projet de loi//"}},
		{"a person in full and by surname", "en", "fr", "Sergei Ryabkov spoke. Ryabkov’s words", []string{"Sergei Ryabkov: Sergueï Riabkov//", "Ryabkov: Riabkov//"}},
		{"inflected in Russian", "ru", "pl", "слова Рябкова", []string{"Рябкова: Riabkow//"}},
		{"a name known only in English", "en", "fr", "Sergey Lavrov", []string{"Sergey Lavrov: Sergueï Lavrov//"}},
		{"a place that has a name of its own", "en", "fr", "from Kyiv and Kiev", []string{"Kyiv: Kiev/Kyiv/", "Kiev: Kiev/Kyiv/"}},
		{"the name and not the term in it", "en", "fr", "the State Department said", []string{"State Department: département d’État//"}},
		{"not over a sentence's end", "en", "fr", "He took up arms, control came later", nil},
		{"nothing", "en", "fr", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range base(t).Find(c.from, c.to, c.in) {
				s := c.in[m.Start:m.End] + ": "
				if m.Keep {
					s += "keep"
				} else {
					s += strings.Join([]string{strings.Join(m.Must, "|"), strings.Join(m.May, "|"), strings.Join(m.Never, "|")}, "/")
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q\nwant %q", got, c.want)
			}
		})
	}
}

func TestRenderedAndForbidden(t *testing.T) {
	m := base(t).Find("en", "fr", "arms control and member states")
	for _, c := range []struct {
		match        int
		translation  string
		rendered     bool
		forbidden    int
		where, wrong string
	}{
		{0, "la maîtrise des armements", true, 0, "maîtrise des armements", ""},
		{0, "le contrôle des armes", false, 1, "", "contrôle des armes"},
		{1, "les États membres", true, 0, "États membres", ""},
		{1, "les pays", false, 0, "", ""},
	} {
		start, end, ok := m[c.match].Rendered("fr", c.translation)
		if ok != c.rendered || ok && c.translation[start:end] != c.where {
			t.Errorf("%q: rendered %v at %q", c.translation, ok, c.translation[start:end])
		}
		f := m[c.match].Forbidden("fr", c.translation)
		if len(f) != c.forbidden || len(f) > 0 && c.translation[f[0][0]:f[0][1]] != c.wrong {
			t.Errorf("%q: forbidden %v", c.translation, f)
		}
	}
	russian := base(t).Find("ru", "fr", "законопроект")
	if _, _, ok := russian[0].Rendered("fr", "le PJL"); !ok {
		t.Error("a further form of the translation is not taken for it")
	}
}

func TestOccurrencesKnowInflection(t *testing.T) {
	for _, c := range []struct {
		tag      lang.Tag
		term, in string
		want     int
	}{
		{"en", "security guarantee", "security guarantees and a security guarantee", 2},
		{"fr", "garantie juridique", "des garanties juridiques", 1},
		{"fr", "arme", "l’arme et d’armes", 2},
		{"es", "misión", "las misiones", 1},
		{"pt", "proposta russa", "as propostas russas", 1},
		{"pt", "negociação", "das negociações", 1},
		{"it", "garanzia", "le garanzie", 1},
		{"de", "Abrüstung", "der Abrüstungen", 1},
		{"ru", "предложение", "предложениями и предложения", 2},
		{"ru", "Песков", "Пескова, Пескову, Песковым", 3},
		{"uk", "переговори", "на переговорах", 1},
		{"pl", "Ławrow", "z Ławrowem i Ławrowa", 2},
		{"en", "arms", "disarmament", 0},
	} {
		if got := len(Occurrences(c.tag, c.in, c.term)); got != c.want {
			t.Errorf("%s %q in %q: %d, want %d", c.tag, c.term, c.in, got, c.want)
		}
	}
}

func TestTransliterate(t *testing.T) {
	for _, c := range []struct{ from, name, to, want string }{
		{"ru", "Сергей Рябков", "en", "Sergey Ryabkov"},
		{"ru", "Сергей Рябков", "fr", "Sergueï Riabkov"},
		{"ru", "Рябков", "de", "Rjabkow"},
		{"ru", "Сергей Рябков", "pl", "Siergiej Riabkow"},
		{"ru", "Рябков", "es", "Riabkov"},
		{"ru", "Сергей", "es", "Serguéi"},
		{"ru", "Сергей Лавров", "pl", "Siergiej Ławrow"},
		{"ru", "Сергей Лавров", "it", "Sergej Lavrov"},
		{"ru", "Лавров", "de", "Lawrow"},
		{"ru", "Дмитрий Песков", "fr", "Dmitri Peskov"},
		{"ru", "Дмитрий Песков", "en", "Dmitry Peskov"},
		{"ru", "Песков", "pl", "Pieskow"},
		{"ru", "Владимир Путин", "fr", "Vladimir Poutine"},
		{"ru", "Путин", "de", "Putin"},
		{"ru", "Ельцин", "fr", "Eltsine"},
		{"ru", "Ельцин", "de", "Jelzin"},
		{"ru", "Горбачёв", "fr", "Gorbatchev"},
		{"ru", "Горбачёв", "en", "Gorbachev"},
		{"ru", "Горбачёв", "de", "Gorbatschow"},
		{"ru", "Горбачёв", "pl", "Gorbaczow"},
		{"ru", "Хрущёв", "en", "Khrushchev"},
		{"ru", "Хрущёв", "fr", "Khrouchtchev"},
		{"ru", "Хрущёв", "de", "Chruschtschow"},
		{"ru", "Хрущёв", "es", "Jrushchov"},
		{"ru", "Достоевский", "fr", "Dostoïevski"},
		{"ru", "Достоевский", "en", "Dostoyevsky"},
		{"ru", "Николай", "fr", "Nikolaï"},
		{"ru", "Мария Захарова", "fr", "Maria Zakharova"},
		{"ru", "Мария Захарова", "en", "Maria Zakharova"},
		{"uk", "Володимир Зеленський", "en", "Volodymyr Zelensky"},
		{"uk", "Зеленський", "de", "Selenskyj"},
		{"uk", "Зеленський", "pl", "Zełenski"},
		{"ru", "МИД", "en", "MID"},
		{"ru", "Рябков (RT)", "fr", "Riabkov (RT)"},
	} {
		if got, _ := Transliterate(c.name, lang.Tag(c.from), lang.Tag(c.to)); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.name, c.to, got, c.want)
		}
	}
	if _, ok := Transliterate("北京", "zh", "en"); ok {
		t.Error("a language without a system has one")
	}
}

func TestNamesKeepOneSystem(t *testing.T) {
	n := Name{Kind: Person, Home: "ru", Forms: map[lang.Tag][]string{"en": {"Sergey Ryabkov"}}}
	for to, want := range map[lang.Tag]string{"fr": "Sergueï Riabkov", "de": "Sergei Rjabkow", "pl": "Siergiej Riabkow", "en-GB": "Sergey Ryabkov", "sv": "Sergey Ryabkov"} {
		if got := n.In(to); got != want {
			t.Errorf("%s: %s, want %s", to, got, want)
		}
	}
	m := Name{Kind: Person, Home: "en", Forms: map[lang.Tag][]string{"en": {"Joe Biden"}}}
	if got := m.In("fr"); got != "Joe Biden" {
		t.Errorf("an English name becomes %s", got)
	}
}

func TestKeysMeetAcrossScripts(t *testing.T) {
	for _, same := range [][]string{
		{"Лавров", "Lavrov", "Lawrow", "Ławrow"},
		{"Рябков", "Ryabkov", "Riabkov", "Rjabkow", "Riabkow"},
		{"Песков", "Пєсков", "Peskov", "Pieskow"},
		{"Столтенберг", "Стольтенберг", "Stoltenberg"},
		{"Путин", "Putin", "Poutine"},
		{"Горбачёв", "Gorbachev", "Gorbatchev", "Gorbatschow", "Gorbaczow"},
		{"Сергей Рябков", "Sergueï Riabkov", "Sergei Ryabkov", "Siergiej Riabkow"},
	} {
		for _, s := range same[1:] {
			if Key(s) != Key(same[0]) {
				t.Errorf("%s %q, %s %q", same[0], Key(same[0]), s, Key(s))
			}
		}
	}
	if Key("Лавров") == Key("Рябков") || Key("") != "" {
		t.Error("keys tell nothing apart")
	}
	if n := base(t).Names("Riabkow"); len(n) != 1 || n[0].ID != "ryabkov" {
		t.Errorf("Riabkow is %v", n)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, e := range map[string]Entry{
		"no term":                 {Source: "en", Target: "fr", Translation: "a", Rule: Must},
		"no translation":          {Source: "en", Target: "fr", Term: "a", Rule: Must},
		"no rule":                 {Source: "en", Target: "fr", Term: "a", Translation: "b"},
		"no language":             {Target: "fr", Term: "a", Translation: "b", Rule: Must},
		"kept and translated":     {Source: "en", Target: "fr", Term: "a", Translation: "b", Rule: Keep},
		"into no language":        {Source: "en", Term: "a", Translation: "b", Rule: Must},
		"a sentence for a term":   {Source: "en", Target: "fr", Term: strings.Repeat("a ", 200), Translation: "b", Rule: Must},
		"a language nobody knows": {Source: "english", Target: "fr", Term: "a", Translation: "b", Rule: Must},
	} {
		if _, err := New([]Entry{e}, nil); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := New(nil, []Name{{Kind: Person}}); err == nil {
		t.Error("a name without a form was taken")
	}
	var none *Base
	if none.Find("en", "fr", "a") != nil || none.Names("a") != nil {
		t.Error("no base finds something")
	}
}

func FuzzFind(f *testing.F) {
	f.Add("en", "fr", "Talks on arms control with Sergei Ryabkov’s mice in Kyiv")
	f.Add("ru", "pl", "Рябкова законопроектах")
	b := base(f)
	f.Fuzz(func(t *testing.T, from, to, s string) {
		at := 0
		for _, m := range b.Find(lang.Tag(from), lang.Tag(to), s) {
			if m.Start < at || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("%q: %+v", s, m)
			}
			at = m.End
			m.Rendered(lang.Tag(to), s)
			m.Forbidden(lang.Tag(to), s)
		}
		Key(s)
	})
}
