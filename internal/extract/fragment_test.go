package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

func TestFragment(t *testing.T) {
	tests := []struct {
		name, in string
		texts    []string
	}{
		{"marks have their places in the table", `The minister <a href="/u/1">said</a> so.`, []string{"The minister [link#1 /u/1 said] so."}},
		{"spaces in an element lie outside its words", `He was <em> very </em> tired.`, []string{"He was [em#1 very] tired."}},
		{"a picture is a place, its alt a text", `The flag <img src="/f.png" alt="flag of Portugal"> was raised.`, []string{"The flag[object#1] was raised.", "flag of Portugal"}},
		{"what stands close to the next word stays there", `The <wbr>Bundes<wbr>tag met <img src="/f.png"> now <a id="x"></a>here.`, []string{"The [object#1]Bundes[object#2]tag met[object#3] now [object#4]here."}},
		{"an empty anchor is a place", `<a id="p3"></a>The third.`, []string{"[object#1]The third."}},
		{"a comment is a place", `The text <!-- x --> goes on.`, []string{"The text[object#1] goes on."}},
		{"of two elements on the same words the outer comes first", `See <em><i>this</i></em>.`, []string{"See [em#1 [em#2 this]]."}},
		{"a comment that the end cuts off is a place", `The text goes on. <!-- x`, []string{"The text goes on.[object#1]"}},
		{"a break is a line end", `One<br>Two`, []string{`One\nTwo`}},
		{"blocks part texts", `<h2>Head</h2><ul><li>a <b>b</b></li></ul>`, []string{"Head", "a [strong#1 b]"}},
		{"what is open goes on in the next text", `<b>one<p>two</p></b>`, []string{"[strong#1 one]", "[strong#1 two]"}},
		{"what is not closed goes on in the next paragraph", "<p>a <i>b</p> <p>c</p><hr><p>d</i> e</p>", []string{"a [em#1 b]", "[em#1 c]", "[em#1 d] e"}},
		{"what says more than how words look ends with its paragraph", `<p>a <cite>b</p><p>c</p>`, []string{"a [em#1 b]", "c"}},
		{"a link ends with its paragraph", `<p>a <a href="/x">b</p><p>c</p>`, []string{"a [link#1 /x b]", "c"}},
		{"nothing goes on from cell to cell", `<tr><td><b>a</td><td>b</td></tr>`, []string{"[strong#1 a]", "b"}},
		{"an element that reaches over blocks goes on after them", `<span>a<p>b</p>c</span> d`, []string{"[em#1 a]", "[em#1 b]", "[em#1 c] d"}},
		{"a quotation that cuts an element leaves it whole", `He <i>said “yes</i> and no”.`, []string{"He [em#1 said “yes] and no”."}},
		{"code says nothing", `Run <code>ls "a b"</code> and “wait”.`, []string{"Run [code#1 ls \"a b\"] and [quote “wait”]."}},
		{"an element around blocks is markup", `<a href="/x"><div>one</div></a>`, []string{"one"}},
		{"what is not to be translated is kept", `The <span translate="no">Le Monde</span> wrote.`, []string{"The [keep#1 Le Monde] wrote."}},
		{"another language", `He said <q lang="ru">Нет</q>.`, []string{"He said [foreign@ru#1 Нет]."}},
		{"scripts and preformatted text are markup", `<script>a<b</script><pre>x  y</pre>z`, []string{"z"}},
		{"quotations are marked, without a place", `He said “<em>no</em>”.`, []string{"He said [quote “[em#1 no]”]."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := Fragment(test.in, "en")
			var got []string
			for _, text := range f.Texts {
				if err := text.Check(); err != nil {
					t.Error(err)
				}
				d := doc.Document{Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: text}}}
				got = append(got, strings.TrimPrefix(strings.TrimSpace(doc.Format(d)), "p  "))
			}
			if !slices.Equal(got, test.texts) {
				t.Errorf("%q\ngot  %q\nwant %q", test.in, got, test.texts)
			}
			if len(f.Frame) != len(f.Texts)+1 || len(f.Kinds) != len(f.Texts) {
				t.Errorf("%d texts, %d kinds, %d pieces of frame", len(f.Texts), len(f.Kinds), len(f.Frame))
			}
		})
	}
}

// Each made case has every element of its source in the table or in the frame.
func TestFragmentKeepsEveryElement(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data", "markup", "structure.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ ID, HTML, Lang string }
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		f := Fragment(c.HTML, c.Lang)
		want, got := tagNames(c.HTML), tagNames(strings.Join(f.Frame, " "))
		for _, tag := range f.Table[1:] {
			if tag.Name != "" {
				got = append(got, tag.Name)
			}
		}
		for _, text := range f.Texts {
			for range strings.Count(text.S, "\n") {
				got = append(got, "br")
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: elements %q, want %q", c.ID, got, want)
		}
	}
}

func tagNames(s string) []string {
	var list []string
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return list
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			list = append(list, string(name))
		}
	}
}

func FuzzFragment(f *testing.F) {
	for _, s := range []string{`a<b>b<p>c</b>d`, `<a href="/x y"><img alt="z"><br><br>t</a>`, `<i><b></i></b>“x`, `<pre><pre></pre>x`, "\u0301<em>e\u0301</em>"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, piece, tag string) {
		got := Fragment(piece, tag)
		if len(got.Frame) != len(got.Texts)+1 || len(got.Kinds) != len(got.Texts) {
			t.Fatalf("%d texts, %d kinds, %d pieces of frame", len(got.Texts), len(got.Kinds), len(got.Frame))
		}
		for _, text := range got.Texts {
			if err := text.Check(); err != nil {
				t.Errorf("%q: %v", text.S, err)
			}
			for _, m := range text.Marks {
				if m.Ref >= len(got.Table) {
					t.Errorf("ref %d of %d", m.Ref, len(got.Table))
				}
			}
		}
	})
}
