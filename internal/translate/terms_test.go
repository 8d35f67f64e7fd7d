package translate

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// parsed is a document in its text form.
func parsed(t testing.TB, s string) doc.Document {
	t.Helper()
	d, err := doc.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNamesAreSpeltByTheBase(t *testing.T) {
	base, err := term.New([]term.Entry{
		{Source: "en", Target: "fr", Term: "Harbour Institute", Rule: term.Keep},
	}, []term.Name{
		{ID: "ryabkov", Kind: term.Person, Home: "ru", Forms: map[lang.Tag][]string{"ru": {"Сергей Рябков"}, "en": {"Sergey Ryabkov", "Ryabkov"}}},
		{ID: "erdogan", Kind: term.Person, Home: "tr", Forms: map[lang.Tag][]string{"tr": {"Erdoğan"}, "en": {"Erdogan"}, "fr": {"Erdoğan"}}},
		{ID: "lavrov", Kind: term.Person, Home: "ru", Forms: map[lang.Tag][]string{"ru": {"Лавров"}, "en": {"Lavrov"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, source, target string
		pairs                [][2]int
		want                 string
	}{
		{"transliterated by the language's system", "Sergey Ryabkov spoke.", "Sergey Ryabkov a parlé.", [][2]int{{0, 0}, {1, 1}, {2, 2}, {2, 3}}, "Sergueï Riabkov a parlé."},
		{"a mark stays on the name", "[link https://outlet.example/a Ryabkov] spoke.", "Ryabkov a parlé.", [][2]int{{0, 0}, {1, 1}, {1, 2}}, "[link https://outlet.example/a Riabkov] a parlé."},
		{"the small word before a vowel is shortened", "The party of Erdogan won.", "Le parti de Erdogan a gagné.", [][2]int{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {4, 5}}, "Le parti d’Erdoğan a gagné."},
		{"what is right stays", "Lavrov spoke.", "Lavrov a parlé.", [][2]int{{0, 0}, {1, 1}, {1, 2}}, "Lavrov a parlé."},
		{"what was translated as a noun is left to the editor", "Lavrov spoke.", "Le ministre a parlé.", [][2]int{{0, 1}, {1, 2}, {1, 3}}, "Le ministre a parlé."},
		{"a term to be kept is kept", "The Harbour Institute warned.", "L'Institut du port a averti.", [][2]int{{0, 0}, {1, 0}, {1, 2}, {2, 0}, {2, 1}, {2, 2}, {3, 3}, {3, 4}}, "L’Harbour Institute a averti."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parsed(t, "lang  en\n\np  "+c.source)
			f := fake{}
			f.learn(d.Blocks[0].Text.S, c.target, c.pairs)
			r, err := Translator{Engine: f, From: "en", To: "fr", Terms: base}.Document(context.Background(), d)
			if err != nil {
				t.Fatal(err)
			}
			if want := parsed(t, "lang  fr\n\np  "+c.want); !r.Doc.Blocks[0].Text.Equal(want.Blocks[0].Text) {
				t.Errorf("got %s", doc.Format(r.Doc))
			}
		})
	}
}
