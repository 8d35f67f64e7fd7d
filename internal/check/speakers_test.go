package check

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

func TestSpeakers(t *testing.T) {
	const article = "Marta Kolen is the mayor of Varn. Jon Tarvis builds dams. "
	for _, c := range []struct {
		name, from, source, to, target, want string
	}{
		{"another one's words", "en", article + "“The dam will hold until the spring,” said Marta Kolen.", "fr", "Marta Kolen est la maire de Varn. Jon Tarvis construit des barrages. « Le barrage tiendra jusqu’au printemps », a déclaré Jon Tarvis.", "to Marta Kolen, the translation to Jon Tarvis"},
		{"nobody's words", "en", article + "“The dam will hold until the spring,” said Marta Kolen.", "fr", "Marta Kolen est la maire de Varn. Jon Tarvis construit des barrages. « Le barrage tiendra jusqu’au printemps ».", "the translation to nobody"},
		{"the same", "en", article + "“The dam will hold until the spring,” said Marta Kolen.", "fr", "Marta Kolen est la maire de Varn. Jon Tarvis construit des barrages. « Le barrage tiendra jusqu’au printemps », a déclaré Marta Kolen.", ""},
		{"another script", "en", "“The dam will hold until the spring,” said Sergei Ryabkov.", "ru", "«Плотина выдержит до весны», — сказал Сергей Рябков.", ""},
		{"a pronoun in its place", "en", article + "“The dam will hold until the spring,” said Marta Kolen.", "fr", "Marta Kolen est la maire de Varn. Jon Tarvis construit des barrages. « Le barrage tiendra jusqu’au printemps », a-t-elle déclaré.", ""},
		{"swapped in Portuguese", "en", article + "“The dam will hold until the spring,” said Marta Kolen. “It will not,” said Jon Tarvis.", "pt",
			"Marta Kolen é prefeita de Varn. Jon Tarvis constrói barragens. “A barragem vai aguentar até a primavera”, disse Jon Tarvis. “Não vai”, disse Marta Kolen.", "to Marta Kolen, the translation to Jon Tarvis|to Jon Tarvis, the translation to Marta Kolen"},
	} {
		var got []string
		for _, f := range Compare(Pair{Original: plain(c.from, c.source), Translation: plain(c.to, c.target)}) {
			if f.Rule == "speakers" {
				got = append(got, f.Message)
				if f.Severity != doc.Ask || f.Start >= f.End || f.SourceStart >= f.SourceEnd {
					t.Errorf("%s: %+v", c.name, f)
				}
			}
		}
		want := strings.Split(c.want, "|")
		if c.want == "" {
			want = nil
		}
		ok := len(got) == len(want)
		for i := range want {
			ok = ok && strings.Contains(got[i], want[i])
		}
		if !ok {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSpeakersOfGoodTranslations counts the flags on what people translated: each is a false alarm, as far as people err less.
func TestSpeakersOfGoodTranslations(t *testing.T) {
	type article struct {
		Doc, Lang, Text string
		Quotes          []json.RawMessage
	}
	read := func(tag string) map[string]article {
		f, err := os.Open(filepath.Join(require.Shared(t), "data", "quotes", "ntrex."+tag+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		all := map[string]article{}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 16<<20)
		for in.Scan() {
			var a article
			if err := json.Unmarshal(in.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			all[a.Doc] = a
		}
		return all
	}
	document := func(a article) doc.Document {
		d := doc.Document{Lang: a.Lang}
		for i, l := range strings.Split(a.Text, "\n") {
			d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i), Text: doc.Text{S: l}})
		}
		return d
	}
	english := read("en")
	for _, tag := range []string{"fr", "pt", "es", "it", "de", "ru", "uk"} {
		flags, quotes, other := 0, 0, 0
		for name, a := range read(tag) {
			quotes += len(a.Quotes)
			for _, f := range speakers(Pair{Original: document(english[name]), Translation: document(a)}) {
				flags++
				if strings.Contains(f.Message, "nobody") {
					other++
				}
				if testing.Verbose() {
					e := document(english[name])
					t.Logf("%s: %s\n  %s\n  %s", tag, f.Message, e.Blocks[f.Block].Text.S, document(a).Blocks[f.Block].Text.S)
				}
			}
		}
		t.Logf("%s: %d flags (%d of nobody) on %d quotations", tag, flags, other, quotes)
		if flags*100 > 2*quotes {
			t.Errorf("%s: %d flags on %d quotations that people translated", tag, flags, quotes)
		}
	}
}
