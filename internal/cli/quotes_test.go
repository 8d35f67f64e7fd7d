package cli

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A heard is a gold quotation with what stands around it, at most 160 characters on each side.
type heard struct{ id, before, words, after string }

func readHeard(t *testing.T, tag string) []heard {
	t.Helper()
	f, err := os.Open(filepath.Join(require.Shared(t), "data", "quotes", "ntrex."+tag+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []heard
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var g struct {
			Text   string
			Quotes []struct {
				QID        string
				Start, End int
			}
		}
		if err := json.Unmarshal(in.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		runes := []rune(g.Text)
		for _, q := range g.Quotes {
			words := strings.Trim(string(runes[q.Start:q.End]), "\"«»“”„‘’' \u00a0\u202f")
			list = append(list, heard{q.QID, string(runes[max(0, q.Start-160):q.Start]), words, string(runes[q.End:min(len(runes), q.End+160)])})
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func (h heard) side() statement.Side {
	return statement.Side{Lang: "pt", Words: h.words, Around: h.before + h.words + h.after}
}

// TestQuotationsAreFoundByOurTranslation: each English quotation and what stands around it is put into Portuguese by the model and looks
// for its counterpart among all quotations of the Portuguese articles. The right one must come first for 95 of 100.
func TestQuotationsAreFoundByOurTranslation(t *testing.T) {
	english, portuguese := readHeard(t, "en"), readHeard(t, "pt")
	m, err := mt.Open(require.Model(t, "en-pt"))
	if err != nil {
		t.Fatal(err)
	}
	e := &engines{open: map[string]*mt.Model{"en-pt": m}, info: map[string]store.Engine{"en-pt": {Name: "en-pt"}}}
	defer func() {
		if err := e.close(); err != nil {
			t.Error(err)
		}
	}()
	translator, _, err := e.translator("en", "pt")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	var sides []statement.Side
	for i, h := range portuguese {
		ids[h.id] = i
		sides = append(sides, h.side())
	}
	var queries []heard
	d := doc.Document{Lang: "en"}
	for _, h := range english {
		if _, ok := ids[h.id]; !ok {
			continue
		}
		for _, part := range []string{h.before, h.words, h.after} {
			d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: "b" + strconv.Itoa(len(d.Blocks)), Text: doc.Clean(doc.Text{S: part})})
		}
		queries = append(queries, h)
	}
	result, err := translator.Document(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	index := statement.NewIndex(sides)
	right := 0
	for i, h := range queries {
		part := func(k int) string { return result.Doc.Blocks[3*i+k].Text.S }
		q := heard{h.id, part(0) + " ", part(1), " " + part(2)}
		if near := index.Nearest(q.side(), 1); len(near) > 0 && portuguese[near[0].I].id == h.id {
			right++
		} else if len(near) > 0 {
			t.Logf("%q found %q", h.words, portuguese[near[0].I].words)
		}
	}
	share := float64(right) / float64(len(queries))
	t.Logf("right one first %.3f (%d/%d) of %d candidates", share, right, len(queries), len(portuguese))
	if share < 0.95 {
		t.Errorf("%.3f is below 0.95", share)
	}
}
