package mt_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// FuzzTranslate hands any bytes to models of random weights, which loop and stray as trained ones never do, so that guards have work.
func FuzzTranslate(f *testing.F) {
	for _, s := range []string{
		"The council voted on Tuesday.", "NATO WON'T SEND TROOPS", "a@b.example said 8,36 % 😀 (no) https://x.example/a.", "Мэр – “нет”\xff\u2581",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "日本語の文章です。これはとても長い文章になります。", " #x @y #z ",
	} {
		f.Add(s)
	}
	var models []*mt.Model
	for _, name := range goldenModels {
		models = append(models, open(f, filepath.Join("testdata", "golden", name), mt.Workers(1), mt.Shortlist(true)))
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 300 { // longer ones take more time and no other way
			s = s[:300]
		}
		for _, m := range models {
			for _, view := range []*mt.Model{m, m.With(mt.Guards(false))} {
				got, err := view.Translate(t.Context(), []string{s, "Hello world.", s})
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got[0], got[2]) {
					t.Errorf("%q comes out in two ways", s)
				}
				checkSentence(t, got[0])
				if !utf8.ValidString(got[0].Text) && utf8.ValidString(s) {
					t.Errorf("%q: %q is not UTF-8", s, got[0].Text)
				}
				for _, w := range got[0].Words() {
					if w.Start > w.End || w.End > len(got[0].Text) || w.Confidence < 0 || w.Confidence > 1 {
						t.Errorf("%q: word %+v", got[0].Text, w)
					}
				}
				if c := got[0].Confidence(); c < 0 || c > 1 {
					t.Errorf("%q: confidence %v", got[0].Text, c)
				}
			}
		}
	})
}
