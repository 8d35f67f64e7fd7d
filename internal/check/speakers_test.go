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
		{
			"swapped in Portuguese", "en", article + "“The dam will hold until the spring,” said Marta Kolen. “It will not,” said Jon Tarvis.", "pt",
			"Marta Kolen é prefeita de Varn. Jon Tarvis constrói barragens. “A barragem vai aguentar até a primavera”, disse Jon Tarvis. “Não vai”, disse Marta Kolen.", "to Marta Kolen, the translation to Jon Tarvis|to Jon Tarvis, the translation to Marta Kolen",
		},
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
	swapped, found := 0, 0
	for _, tag := range []string{"fr", "pt", "es", "it", "de", "ru", "uk"} {
		flags, quotes, other := 0, 0, 0
		for name, a := range read(tag) {
			quotes += len(a.Quotes)
			if x, y := twoWhoSpeak(a.Text, a.Quotes); x != "" { // each has the other's words now
				swapped++
				b := a
				lastX, lastY := x[strings.LastIndexByte(x, ' ')+1:], y[strings.LastIndexByte(y, ' ')+1:]
				b.Text = strings.NewReplacer(x, y, y, x, lastX, lastY, lastY, lastX).Replace(a.Text)
				if len(speakers(Pair{Original: document(english[name]), Translation: document(b)})) > 0 {
					found++
				}
			}
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
	t.Logf("%d of %d articles in which two who speak changed places are noticed", found, swapped)
	if swapped < 20 || found*100 < 45*swapped {
		t.Errorf("%d of %d articles in which two who speak changed places are noticed", found, swapped)
	}
}

// twoWhoSpeak are two people of whom a text has quotations, by the names that both languages spell alike; empty if there are none.
func twoWhoSpeak(text string, quotes []json.RawMessage) (x, y string) {
	for _, raw := range quotes {
		var q struct{ Speaker string }
		if json.Unmarshal(raw, &q) != nil || !strings.Contains(q.Speaker, " ") || !strings.Contains(text, q.Speaker) || strings.ToLower(q.Speaker[:1]) == q.Speaker[:1] {
			continue
		}
		switch {
		case x == "":
			x = q.Speaker
		case q.Speaker != x && q.Speaker[strings.LastIndexByte(q.Speaker, ' '):] != x[strings.LastIndexByte(x, ' '):]:
			return x, q.Speaker
		}
	}
	return "", ""
}
