package render

import (
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

func TestFragment(t *testing.T) {
	f := doc.Fragment{
		Texts: []doc.Text{{S: "The flag was raised.", Marks: []doc.Mark{{Kind: doc.Object, Start: 9, End: 9, Ref: 1}, {Kind: doc.Link, Start: 9, End: 12, Ref: 2}}}, {S: "flag"}},
		Kinds: []doc.Kind{doc.Paragraph, 0},
		Table: []doc.Tag{{}, {Name: "img", Open: true, Before: true, After: true, Attrs: []doc.TagAttr{{Name: "src", Value: "/f?a&b"}, {Name: "alt", Value: "flag", Text: 2}}}, {Name: "a", Attrs: []doc.TagAttr{{Name: "href", Value: "/u"}}}},
		Frame: []string{"<p>", "", "</p>"},
	}
	want := `<p>La bandera <img src="/f?a&amp;b" alt="bandera &#34;x&#34;"> <a href="/u">fue</a> &lt;izada&gt;.</p>`
	texts := []doc.Text{{S: "La bandera fue <izada>.", Marks: []doc.Mark{{Kind: doc.Object, Start: 11, End: 11, Ref: 1}, {Kind: doc.Link, Start: 11, End: 14, Ref: 2}}}, {S: `bandera "x"`}}
	if got := Fragment(f, texts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Of two elements over the same words the outer one stays the outer, whatever they are.
func TestFragmentNestsAsInTheSource(t *testing.T) {
	f := doc.Fragment{
		Kinds: []doc.Kind{doc.Paragraph},
		Table: []doc.Tag{{}, {Name: "sup"}, {Name: "a", Attrs: []doc.TagAttr{{Name: "href", Value: "#n"}}}, {Name: "b"}},
		Frame: []string{"", ""},
	}
	texts := []doc.Text{{S: "a 1 b", Marks: []doc.Mark{{Kind: doc.Link, Href: "#n", Start: 2, End: 3, Ref: 2}, {Kind: doc.Super, Start: 2, End: 3, Ref: 1}, {Kind: doc.Strong, Start: 4, End: 5, Ref: 3}}}}
	if got, want := Fragment(f, texts), `a <sup><a href="#n">1</a></sup> <b>b</b>`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
