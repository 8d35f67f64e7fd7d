package typography

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

type goldenCase struct {
	ID, Lang, Rule, Before string
	After                  map[string]string
	SourceText             string `json:"source_text"`
}

func golden(tb testing.TB) []goldenCase {
	tb.Helper()
	b, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []goldenCase
	if err := json.Unmarshal(b, &cases); err != nil {
		tb.Fatal(err)
	}
	return cases
}

func (c goldenCase) source() Source {
	switch {
	case c.SourceText == "":
		return Source{}
	case strings.HasSuffix(c.Rule, "-fr"):
		return Source{"fr", c.SourceText}
	}
	return Source{"en", c.SourceText}
}

// visible shows the spaces that do not break.
func visible(s string) string {
	return strings.NewReplacer(nbsp, "⍽", narrow, "⎵").Replace(s)
}

func TestGolden(t *testing.T) {
	n := 0
	for _, c := range golden(t) {
		for tag, want := range c.After {
			n++
			for _, in := range []string{c.Before, want} { // what is right is a fixed point
				if got := Apply(in, Set(lang.Tag(tag), in, c.source(), nil)); got != want {
					t.Errorf("%s %s (%s)\n%s\ngives %s\nwant  %s", c.ID, tag, c.Rule, visible(in), visible(got), visible(want))
				}
			}
		}
	}
	if n < 170 {
		t.Errorf("only %d cases were read", n)
	}
}

func set(tag, s string) string { return Apply(s, Set(lang.Tag(tag), s, Source{}, nil)) }

func TestRules(t *testing.T) {
	for _, c := range []struct{ name, tag, in, want string }{
		{"a quotation that goes on opens as the language does", "fr", "“Nous partons.", "«⍽Nous partons."},
		{"a quotation that began before", "fr", "et nous revenons,” dit-il.", "et nous revenons⍽», dit-il."},
		{"three deep", "fr", `"Il m'a dit: 'elle a crié "non" hier', puis rien", dit-elle.`, "«⍽Il m’a dit⍽: “elle a crié ‘non’ hier”, puis rien⍽», dit-elle."},
		{"comma and full stop within two marks, the American way", "en", `"He said 'no'", she said. "And 'yes'".`, "“He said ‘no,’” she said. “And ‘yes.’”"},
		{"a question stays in the mark", "en", `"Why?", he asked.`, "“Why?” he asked."},
		{"a whole speech of two sentences keeps its stop", "fr", `Il parle: "Non. Jamais." Il sort.`, "Il parle⍽: «⍽Non. Jamais.⍽» Il sort."},
		{"an abbreviation keeps its stop", "es", `la "S. A."`, "la «S. A.»"},
		{"possessives", "en", "the workers' rights and James's", "the workers’ rights and James’s"},
		{"decades and contractions", "en", "'tis the '90s, rock 'n' roll", "’tis the ’90s, rock ’n’ roll"},
		{"feet stay", "en", `6'2" tall`, `6'2" tall`},
		{"spaced em dashes become what the place has", "de", "Der Minister — abwesend — schwieg.", "Der Minister – abwesend – schwieg."},
		{"unspaced em dashes", "fr", "Le ministre—absent—a répondu.", "Le ministre —⍽absent⍽— a répondu."},
		{"Spanish dashes before a comma", "es", "El ministro - ausente -, respondió.", "El ministro —ausente—, respondió."},
		{"a single dash", "pt", "Um só - e basta.", "Um só – e basta."},
		{"dashes pair within their sentence", "fr", "Un - deux. Trois - quatre - cinq.", "Un –⍽deux. Trois –⍽quatre⍽– cinq."},
		{"American dashes", "en", "The minister - absent - answered -- late.", "The minister—absent—answered—late."},
		{"scores and ranges", "fr", "de 3 - 2 à 1950-1953, le 2018-09-30", "de 3 - 2 à 1950-1953, le 2018-09-30"},
		{"years", "de", "1950-1953 und 1950-53, am 2018-09-30", "1950–1953 und 1950–53, am 2018-09-30"},
		{"dialogue in Spanish", "es", "- Sí - dijo él.", "—Sí —dijo él."},
		{"dialogue in Spanish that goes on", "es", "- Sí - dijo él - y se fue.\nUn plan - o dos.", "—Sí —dijo él— y se fue.\nUn plan — o dos."},
		{"the next speaker, where dashes are no speech", "en", "No, she replied. — Never again.", "No, she replied. — Never again."},
		{"dialogue in Brazil", "pt", "- Sim - disse ele.", "— Sim — disse ele."},
		{"dialogue in Polish", "pl", "- Tak - powiedział.", "— Tak — powiedział."},
		{"groups of a number that nobody can misread", "fr", "1,234,567 voix et 10,000 autres", "1⎵234⎵567 voix et 10,000 autres"},
		{"an address of a machine", "fr", "192.168.100.200 et 1.2.3", "192.168.100.200 et 1.2.3"},
		{"hours", "fr", "à 9h, à 17 h 30 et 24h/24", "à 9⍽h, à 17⍽h⍽30 et 24h/24"},
		{"ordinals", "fr", "le 1ier mai, les 2èmes, au 2e siècle", "le 1er mai, les 2es, au IIe siècle"},
		{"ordinals in Roman numerals", "fr", "au XXIème siècle et au XIX ème siècle", "au XXIe siècle et au XIXe siècle"},
		{"titles before names", "fr", "M.Dupont, Mme. Martin, le Dr. House et Me Ly", "M.⍽Dupont, Mme⍽Martin, le Dr⍽House et Me⍽Ly"},
		{"a dateline", "fr", "Paris (AFP) - Le ministre a dit - hier - que non.", "Paris (AFP) –⍽Le ministre a dit –⍽hier⍽– que non."},
		{"abbreviations one after the other", "de", "z.B. d.h. u. a. i.d.R. S. 12, § 3", "z.⍽B. d.⍽h. u.⍽a. i.⍽d.⍽R. S.⍽12, §⍽3"},
		{"abbreviations in Russian", "ru", "т.е. и т. д.", "т.⍽е. и т.⍽д."},
		{"a plural of a year", "en", "the 1990's", "the 1990’s"},
		{"euros in Brazil", "pt", "25€ e US$25", "25⍽€ e US$⍽25"},
		{"ligatures", "fr", "un chef-d'oeuvre, des boeufs, Oedipe, une manoeuvre, la moelle", "un chef-d’œuvre, des bœufs, Œdipe, une manœuvre, la moelle"},
		{"days where they are names", "fr", "Mardi, le Mardi Gras et lundi", "Mardi, le Mardi Gras et lundi"},
		{"the first in Brazil", "pt", "em 1 de Janeiro de 2022", "em 1º de janeiro de 2022"},
		{"the first in Portugal", "pt-PT", "em 1 de Janeiro de 2022", "em 1 de janeiro de 2022"},
		{"reais", "pt", "R$3 mil", "R$⍽3 mil"},
		{"a question within a sentence", "es", "Si viene, qué haremos?", "Si viene, ¿qué haremos?"},
		{"an abbreviation is no sentence", "es", "Lo pidió el F.B.I. sobre Juan?", "¿Lo pidió el F.B.I. sobre Juan?"},
		{"a question that ends after a mark", "es", "¿Dijo «no»?", "¿Dijo «no»?"},
		{"colon and quotation without a space", "fr", `Il dit:"Non."`, "Il dit⍽: «⍽Non.⍽»"},
		{"Swedish", "sv", `"Ja", sade han.`, "”Ja”, sade han."},
		{"Greek", "el", `"Ναι", είπε.`, "«Ναι», είπε."},
		{"Japanese", "ja", "“はい”", "「はい」"},
		{"Mexico", "es-MX", "“No”, dijo.", "“No”, dijo."},
		{"Austria", "de-AT", `"Nein", sagte er.`, "„Nein“, sagte er."},
		{"years of a date in Russian", "ru", "в 2018 г. на № 5", "в 2018⍽г. на №⍽5"},
		{"text on several lines", "fr", "Qui?\nMoi!", "Qui⎵?\nMoi⎵!"},
		{"an ellipsis starts a quotation", "ru", "«...Огайо»", "«…Огайо»"},
		{"placeholders and tags", "fr", "@presse : voir #actu; &amp; fin", "@presse⍽: voir #actu⎵; &amp; fin"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := set(c.tag, c.in)
			if visible(got) != c.want {
				t.Errorf("%s\ngives %s\nwant  %s", visible(c.in), visible(got), c.want)
			}
			if again := set(c.tag, got); again != got {
				t.Errorf("set again it gives %s", visible(again))
			}
		})
	}
}

func TestTheSourceSettlesNumbers(t *testing.T) {
	for _, c := range []struct{ tag, in, from, source, want string }{
		{"pt", "subiu para 1.250.75 e 1.250.80", "en", "rose to 1,250.75", "subiu para 1.250,75 e 1.250.80"},
		{"fr", "de 2,341,50 euros", "en", "of 2,341.50 euros", "de 2⎵341,50 euros"},
		{"pt", "em 1.2.2024, versão 1.250.75", "en", "on 1.2.2024, version 1.250.75", "em 1.2.2024, versão 1.250.75"},
		{"fr", "10,000 personnes", "en", "10,000 people", "10⎵000 personnes"},
		{"fr", "10,000 personnes", "de", "10,000 Menschen", "10,000 personnes"},
		{"fr", "10.000 personnes", "de", "10.000 Menschen", "10⎵000 personnes"},
		{"de", "1,234.5 Tonnen", "en", "1,234.5 tonnes", "1.234,5 Tonnen"},
		{"en", "1 234,5 tonnes", "fr", "1 234,5 tonnes", "1,234.5 tonnes"},
		{"es", "las 5.30 de la tarde", "en", "5.30 pm", "las 5.30 de la tarde"},
		{"fr", "$10,000", "en", "a fine of $10,000", "10⎵000⍽$"},
		{"fr", "$10,000", "", "", "$10,000"},
		{"fr", "10 000,5 et 2.5", "en", "10,000.5 and 2.5", "10⎵000,5 et 2,5"},
	} {
		if got := visible(Apply(c.in, Set(lang.Tag(c.tag), c.in, Source{lang.Tag(c.from), c.source}, nil))); got != c.want {
			t.Errorf("%s %q from %q: %q, want %q", c.tag, c.in, c.source, got, c.want)
		}
	}
}

func TestKeptRangesStay(t *testing.T) {
	in := `Il tape "a" ? b et dit "non".`
	at := strings.Index(in, `"a" ? b`)
	got := Apply(in, Set("fr", in, Source{}, []Range{{at, at + len(`"a" ? b`)}}))
	if want := "Il tape \"a\" ? b et dit «⍽non⍽»."; visible(got) != want {
		t.Errorf("%s, want %s", visible(got), want)
	}
	// A word that is kept may be quoted, and a sign may follow it.
	in = `Le "Times"? Oui.`
	got = Apply(in, Set("fr", in, Source{}, []Range{{4, 9}}))
	if want := "Le «⍽Times⍽»⎵? Oui."; visible(got) != want {
		t.Errorf("%s, want %s", visible(got), want)
	}
}

// TestEditsLeaveTheEdgeOfAQuotation holds what marks depend on: a comma that moves out is an edit on either side of the mark.
func TestEditsLeaveTheEdgeOfAQuotation(t *testing.T) {
	in := `"Oui," dit-il.`
	for _, e := range Set("fr", in, Source{}, nil) {
		if e.Start < 6 && e.End >= 6 && e.Start != e.End && strings.HasSuffix(e.New, ",") {
			t.Errorf("the comma comes out with the mark itself: %+v", e)
		}
	}
	if got := visible(set("fr", in)); got != "«⍽Oui⍽», dit-il." {
		t.Error(got)
	}
}

func TestTableAgreesWithTheFacts(t *testing.T) {
	b, err := os.ReadFile("testdata/locales.json")
	if err != nil {
		t.Fatal(err)
	}
	var facts struct {
		Locales map[string]struct {
			Quotes struct {
				Open, Close string
				InnerSpace  string `json:"inner_space"`
				NestedOpen  string `json:"nested_open"`
				NestedClose string `json:"nested_close"`
			}
			SpaceBefore map[string]string `json:"space_before"`
			Number      struct {
				Decimal, Group string
				Least          int `json:"min_digits_grouped"`
			}
			Percent string
			Date    struct {
				MonthCapital bool `json:"month_capital"`
			}
		}
	}
	if err := json.Unmarshal(b, &facts); err != nil {
		t.Fatal(err)
	}
	if len(facts.Locales) != len(locales) {
		t.Errorf("%d locales in the table, %d in the facts", len(locales), len(facts.Locales))
	}
	for name, f := range facts.Locales {
		l := locales[lang.Tag(name)]
		if l == nil {
			t.Errorf("%s is not in the table", name)
			continue
		}
		for _, c := range []struct{ what, got, want string }{
			{"marks", l.marks[0][0] + l.marks[0][1] + l.marks[1][0] + l.marks[1][1], f.Quotes.Open + f.Quotes.Close + f.Quotes.NestedOpen + f.Quotes.NestedClose},
			{"inner", l.inner, f.Quotes.InnerSpace},
			{"colon", l.colon, f.SpaceBefore[":"]},
			{"semicolon", l.semi, f.SpaceBefore[";"]},
			{"exclamation", l.excl, f.SpaceBefore["!"]},
			{"question", l.excl, f.SpaceBefore["?"]},
			{"percent", "{n}" + l.pct + "%", f.Percent},
			{"decimal", l.number.decimal, f.Number.Decimal},
			{"group", l.number.group, f.Number.Group},
		} {
			if c.got != c.want {
				t.Errorf("%s, %s: %q, the facts have %q", name, c.what, visible(c.got), visible(c.want))
			}
		}
		if l.number.least != f.Number.Least || l.lowerDates == f.Date.MonthCapital {
			t.Errorf("%s: least %d, small months %v", name, l.number.least, l.lowerDates)
		}
	}
}

func FuzzSet(f *testing.F) {
	for _, c := range golden(f) {
		for tag := range c.After {
			f.Add(tag, c.Before, c.SourceText, 0, 0)
		}
	}
	f.Add("fr", `"a 'b" c' ? "d" - e—f . . . 10,000 l' ONU`, "10,000", 3, 9)
	f.Fuzz(func(t *testing.T, tag, s, source string, from, to int) {
		if len(s) > 2000 || len(source) > 2000 {
			return
		}
		src := Source{"en", source}
		edits := Set(lang.Tag(tag), s, src, nil)
		out := Apply(s, edits)
		if again := Set(lang.Tag(tag), out, src, nil); again != nil {
			t.Fatalf("%s %q\nis set as %q\nand again  %q", tag, s, out, Apply(out, again))
		}
		at := 0
		for _, e := range edits {
			if e.Start < at || e.End < e.Start || e.End > len(s) {
				t.Fatalf("%q: edits %+v", s, edits)
			}
			at = e.End
		}
		if from < 0 || to > len(s) || from >= to || !boundary(s, from) || !boundary(s, to) {
			return
		}
		for _, e := range Set(lang.Tag(tag), s, src, []Range{{from, to}}) {
			if e.Start < to && from < e.End || from < e.Start && e.Start < to {
				t.Fatalf("%q: edit %+v reaches into what is kept, %d to %d", s, e, from, to)
			}
		}
	})
}

func boundary(s string, i int) bool { return i == len(s) || s[i]&0xC0 != 0x80 }

func BenchmarkSet(b *testing.B) {
	s := "Le ministre - absent mardi - a dit: \"Nous ne signerons pas.\" Il y a 10,000 personnes, dont 50% à l'hôtel; qui paiera?"
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Set("fr", s, Source{"en", "10,000 people"}, nil)
	}
}
