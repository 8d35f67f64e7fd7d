package translate

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/mt"
)

var (
	tagPattern  = regexp.MustCompile(`<(/?)(a|em|strong)([^>]*)>`)
	hrefPattern = regexp.MustCompile(`href="([^"]*)"`)
	kindOf      = map[string]doc.MarkKind{"a": doc.Link, "em": doc.Emph, "strong": doc.Strong}
	nameOf      = map[doc.MarkKind]string{doc.Link: "a", doc.Emph: "em", doc.Strong: "strong"}
)

// parse reads the three elements that the measured set uses.
func parse(t *testing.T, src string) doc.Text {
	t.Helper()
	var out doc.Text
	var open []int
	at := 0
	for _, m := range tagPattern.FindAllStringSubmatchIndex(src, -1) {
		out.S += html.UnescapeString(src[at:m[0]])
		at = m[1]
		if src[m[2]:m[3]] == "/" {
			out.Marks[open[len(open)-1]].End = len(out.S)
			open = open[:len(open)-1]
			continue
		}
		mark := doc.Mark{Kind: kindOf[src[m[4]:m[5]]], Start: len(out.S), Ref: len(out.Marks) + 1}
		if h := hrefPattern.FindStringSubmatch(src[m[6]:m[7]]); h != nil {
			mark.Href = html.UnescapeString(h[1])
		}
		open = append(open, len(out.Marks))
		out.Marks = append(out.Marks, mark)
	}
	out.S += html.UnescapeString(src[at:])
	return out
}

// print writes t with those elements.
func printHTML(t doc.Text) string {
	var b strings.Builder
	for r := range t.Runs() {
		for _, m := range r.Ends {
			fmt.Fprintf(&b, "</%s>", nameOf[m.Kind])
		}
		for _, m := range r.Starts {
			b.WriteString("<" + nameOf[m.Kind])
			if m.Href != "" {
				fmt.Fprintf(&b, " href=\"%s\"", html.EscapeString(m.Href))
			}
			b.WriteString(">")
		}
		b.WriteString(html.EscapeString(r.S))
	}
	return b.String()
}

// open opens a real model.
func open(t testing.TB, pair string) *mt.Model {
	t.Helper()
	m, err := mt.Open(require.Model(t, pair))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

// document puts texts into one document, a paragraph each.
func document(lang string, texts []doc.Text) doc.Document {
	d := doc.Document{Lang: lang}
	for i, s := range texts {
		d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprintf("b%d", i+1), Text: s})
	}
	return d
}

// TestMarkup translates tagged news with real models and holds the shares of tags that lie where they must, in percent.
func TestMarkup(t *testing.T) {
	shared := require.Shared(t)
	file := filepath.Join(shared, "data/markup/news.json")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var set []taggedSegment
	if err := json.Unmarshal(b, &set); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pair, from, to string
		least          map[string]float64
	}{
		{"en-pt", "en", "pt-BR", map[string]float64{"ALL": 98, "link-word": 97, "nested": 95, "two-crossed": 98}},
		{"pt-en", "pt-BR", "en", map[string]float64{"ALL": 96}},
	} {
		tr := Translator{Engine: open(t, c.pair), Name: c.pair, From: c.from, To: c.to}
		out := filepath.Join(t.TempDir(), "out.jsonl")
		if err := os.WriteFile(out, tagged(t, tr, set), 0o644); err != nil {
			t.Fatal(err)
		}
		score := exec.Command("go", "run", ".", "-set", file, "-src", c.from, "-tgt", c.to, out)
		score.Dir = filepath.Join(shared, "data/markup/score")
		table, err := score.CombinedOutput()
		if err != nil {
			t.Fatalf("scoring %s: %v\n%s", c.pair, err, table)
		}
		t.Logf("%s\n%s", c.pair, table)
		hold(t, c.pair, string(table), c.least)
	}
}

// A taggedSegment is a segment of the measured set.
type taggedSegment struct {
	ID    string
	Sides map[string]struct{ Text, HTML string }
}

// tagged translates the segments with and without their tags and returns the lines that are scored.
func tagged(t *testing.T, tr Translator, set []taggedSegment) []byte {
	t.Helper()
	var ids []string
	var texts, bare []doc.Text
	for _, s := range set {
		if side, ok := s.Sides[tr.From]; ok {
			ids = append(ids, s.ID)
			texts = append(texts, parse(t, side.HTML))
			bare = append(bare, doc.Text{S: side.Text})
		}
	}
	with, err := tr.Document(context.Background(), document(tr.From, texts))
	if err != nil {
		t.Fatal(err)
	}
	without, err := tr.Document(context.Background(), document(tr.From, bare))
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for i, id := range ids {
		got := with.Doc.Blocks[i].Text
		if got.S != without.Doc.Blocks[i].Text.S {
			t.Errorf("%s %s: %q with tags, %q without", tr.Name, id, got.S, without.Doc.Blocks[i].Text.S)
		}
		line, err := json.Marshal(map[string]string{"id": id, "html": printHTML(got)})
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, line...), '\n')
	}
	return out
}

// hold reads the scorer's table: tags, scored, exact, lenient, partial, wrong, lost, empty, split, F1 for each category.
func hold(t *testing.T, pair, table string, least map[string]float64) {
	t.Helper()
	if !strings.Contains(table, "well-formed 100.0 %, same tags 100.0 %") {
		t.Errorf("%s: not every output is well-formed with the same tags", pair)
	}
	for _, line := range strings.Split(table, "\n") {
		f := strings.Fields(line)
		if len(f) < 11 {
			continue
		}
		value := func(i int) float64 {
			v, _ := strconv.ParseFloat(f[i], 64)
			return v
		}
		if want, ok := least[f[0]]; ok && value(3) < want {
			t.Errorf("%s %s: %.1f exact, want %.0f", pair, f[0], value(3), want)
		}
		if f[0] == "ALL" && (value(6) > 0.3 || value(7) > 0 || value(8) > 0 || value(9) > 0) {
			t.Errorf("%s: wrong %s, lost %s, empty %s, split %s; at most 0.3 and none of the others", pair, f[6], f[7], f[8], f[9])
		}
	}
}
