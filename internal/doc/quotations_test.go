package doc

import (
	"strings"
	"testing"
)

func TestMarkQuotationsMarksTheSeed(t *testing.T) {
	want := seed(t)
	d := parsed(t, want)
	bare := d.Map(func(_ Place, text Text) Text {
		var marks []Mark
		for _, m := range text.Marks {
			if m.Kind != Quote {
				marks = append(marks, m)
			}
		}
		text.Marks = marks
		return text
	})
	if got := Format(bare.MarkQuotations()); got != want {
		t.Errorf("marked anew:\n%s", got)
	}
	if got := Format(d.MarkQuotations()); got != want {
		t.Errorf("a document that has its marks changes:\n%s", got)
	}
}

func TestMarkQuotations(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a speech that opens at every paragraph", `
p  He said: “We are ready.
p  “We are not alone.
figure
  src  https://a.example/x.jpg
p  “We go,” and left.
`, `
p  He said: [quote “We are ready.]
p  [quote “We are not alone.]
figure
  src  https://a.example/x.jpg
p  [quote “We go,”] and left.
`},
		{"a speech with two marks in all", `
p  « Nous partons.
p  Nous reviendrons.
p  Demain. » Il sort.
`, `
p  [quote « Nous partons.]
p  [quote Nous reviendrons.]
p  [quote Demain. »] Il sort.
`},
		{"a slip of the pen", `
p  He said “no and left.
p  She said “yes.”
`, `
p  He said “no and left.
p  She said [quote “yes.”]
`},
		{"a link across the edge keeps its longer part", `
p  The word [link https://a.example/ “peace” was never said].
`, `
p  The word [link https://a.example/ [quote “peace”] was never said].
`},
		{"emphasis across the edge becomes two", `
p  An [em old “true] friend”.
`, `
p  An [em old] [quote [em “true] friend”].
`},
		{"an element of a piece of HTML does not become two", `
p  An [em#3 old “true] friend”. “Yes,” he said.
`, `
p  An [em#3 old “true] friend”. [quote “Yes,”] he said.
`},
		{"code is no speech", `
p  Run [code echo "a"] now, he said "b".
pre  x = "a"
`, `
p  Run [code echo "a"] now, he said [quote "b"].
pre  x = "a"
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := parsed(t, c.in).MarkQuotations()
			if s := Format(got); s != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("gives\n%s", s)
			}
			if err := got.Check(); err != nil {
				t.Error(err)
			}
		})
	}
}
