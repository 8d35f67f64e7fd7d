package translate

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
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

// TestMarkup translates tagged news and counts where the tags come to lie.
func TestMarkup(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data/markup/news.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set []struct {
		ID    string
		Sides map[string]struct{ Text, HTML string }
	}
	if err := json.Unmarshal(b, &set); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ pair, from, to string }{{"en-pt", "en", "pt-BR"}, {"pt-en", "pt-BR", "en"}} {
		tr := Translator{Engine: open(t, c.pair), Name: c.pair, From: c.from, To: c.to}
		var ids []string
		var tagged, plain []doc.Text
		for _, s := range set {
			side, ok := s.Sides[c.from]
			if !ok {
				continue
			}
			ids = append(ids, s.ID)
			tagged = append(tagged, parse(t, side.HTML))
			plain = append(plain, doc.Text{S: side.Text})
		}
		with, err := tr.Document(context.Background(), document(c.from, tagged))
		if err != nil {
			t.Fatal(err)
		}
		without, err := tr.Document(context.Background(), document(c.from, plain))
		if err != nil {
			t.Fatal(err)
		}
		same := 0
		var out strings.Builder
		for i, id := range ids {
			if with.Doc.Blocks[i].Text.S == without.Doc.Blocks[i].Text.S {
				same++
			}
			line, _ := json.Marshal(map[string]string{"id": id, "html": printHTML(with.Doc.Blocks[i].Text)})
			out.Write(append(line, '\n'))
		}
		if dir := os.Getenv("MARKUP_OUT"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, c.pair+".jsonl"), []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%s: text invariance %d of %d", c.pair, same, len(ids))
	}
}
