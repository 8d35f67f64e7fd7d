package check

import (
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// FuzzCompare: whatever two texts say, the flags name bytes that are in them, on characters.
func FuzzCompare(f *testing.F) {
	f.Add("en", "fr", "NATO said “no” at 4.30 pm on May 3, £5bn (1990s).", "L’OTAN a dit « non » à 16 h 30 le 3 mai, 5 milliards de livres (années 90).")
	f.Add("pt", "en", "O Sr. Silva, de 1.234,5 milhões, “disse", "Mr Silva, of 1,234.5 million, \"said the the the")
	f.Add("ru", "de", "Рябков заявил 5 млрд руб.", "Rjabkow sagte 5 Mrd. Rubel")
	f.Add("en", "xx", "1½ '08 2018-19 1:30 XIX 6'2\" & a…", "٣ ½")
	f.Fuzz(func(t *testing.T, from, to, source, target string) {
		if len(source) > 2000 || len(target) > 2000 {
			t.Skip()
		}
		a, b := doc.Clean(doc.Text{S: source}), doc.Clean(doc.Text{S: target})
		p := Pair{Original: plain(from, a.S), Translation: plain(to, b.S)}
		for _, f := range Compare(p) {
			if f.Start < 0 || f.End < f.Start || f.End > len(b.S) || f.SourceStart < 0 || f.SourceEnd < f.SourceStart || f.SourceEnd > len(a.S) {
				t.Fatalf("%+v lies outside %q and %q", f, a.S, b.S)
			}
			for _, i := range []int{f.Start, f.End} {
				if i < len(b.S) && !utf8.RuneStart(b.S[i]) {
					t.Fatalf("%+v cuts a character of %q", f, b.S)
				}
			}
			if f.Rule == "" || f.Severity == 0 || f.Message == "" {
				t.Fatalf("%+v says nothing", f)
			}
		}
	})
}
