package newsroom_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// TestGoldSpeakers reads the gold articles in eight languages, each language as an outlet of its own, and compares who is one with whom:
// quotations that the gold gives to one speaker, in whatever language, against the speakers that were made of their names. Most of what
// is apart or one wrongly is so because the article was read wrongly.
func TestGoldSpeakers(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "quotes")
	s := storetest.SQLite(t)
	b := &bench{t: t, store: s, Room: &newsroom.Room{Store: s, Queue: nothing{}}}
	type quote struct{ qid, speaker, id, lang string }
	var all []quote
	for _, tag := range []string{"en", "fr", "pt", "es", "it", "de", "ru", "uk"} {
		o := storetest.AddOutlet(t, s, tag, "https://"+tag+".example/", tag, news.Terms{})
		f, err := os.Open(filepath.Join(dir, "ntrex."+tag+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(nil, 16<<20)
		for in.Scan() {
			var g struct {
				Doc, Text string
				Quotes    []struct{ QID, Text, Speaker, Kind string }
			}
			if err := json.Unmarshal(in.Bytes(), &g); err != nil {
				t.Fatal(err)
			}
			d := doc.Document{Lang: tag, Title: doc.Text{S: "T"}}
			for i, l := range strings.Split(g.Text, "\n") {
				if text := doc.Clean(doc.Text{S: l}); text.S != "" {
					d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i), Text: text})
				}
			}
			original := storetest.AddOriginal(t, s, o, "https://"+tag+".example/"+g.Doc, d, 1_538_000_000_000)
			if _, err := b.FillStatements(t.Context()); err != nil {
				t.Fatal(err)
			}
			list := b.statements(original.Item)
			for _, q := range g.Quotes {
				for _, x := range list {
					if q.Speaker != "" && x.Text == doc.Clean(doc.Text{S: q.Text}).S {
						all = append(all, quote{q.QID, q.Speaker, x.Speaker.ID, tag})
						break
					}
				}
			}
		}
	}
	known := map[string][2]int{}
	same, apart, merged, others := map[string]int{}, map[string]int{}, 0, 0
	for i, a := range all {
		k := known[a.lang]
		if k[1]++; a.id != "" {
			k[0]++
		}
		known[a.lang] = k
		for _, c := range all[:i] {
			switch {
			case a.id == "" || c.id == "":
			case a.speaker == c.speaker && a.lang != c.lang:
				if a.id == c.id {
					same[a.lang]++
					continue
				}
				apart[a.lang]++
			case a.speaker != c.speaker:
				others++
				if a.id == c.id {
					merged++
				}
			}
		}
	}
	for _, tag := range []string{"en", "fr", "pt", "es", "it", "de", "ru", "uk"} {
		t.Logf("%s: %d of %d have a speaker; %d pairs with the languages before are one, %d are apart", tag, known[tag][0], known[tag][1], same[tag], apart[tag])
	}
	t.Logf("%d of %d pairs of two speakers became one", merged, others)
	if merged*500 > others {
		t.Errorf("%d of %d pairs of two speakers became one", merged, others)
	}
	if n := same["fr"] + apart["fr"]; same["fr"]*100 < 85*n {
		t.Errorf("%d of %d English and French pairs are one", same["fr"], n)
	}
}
