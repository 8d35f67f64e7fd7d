package cli

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
	"github.com/dragoman-newsroom/dragoman/mt"
)

var updateHTML = flag.Bool("update", false, "write what the code does now into the golden cases")

// TestHTML runs testdata/html/*.txtar: a piece of HTML ("in"), what an engine gives for its sentences ("engine", three lines to each:
// source, target, pairs of their words) and the piece in French ("out").
func TestHTML(t *testing.T) {
	files, err := filepath.Glob("testdata/html/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sections := map[string]string{}
			for _, f := range ar.Files {
				sections[f.Name] = string(f.Data)
			}
			tr := translate.Translator{Engine: learned(t, sections["engine"]), Name: "test", From: "en", To: "fr"}
			r, err := translateHTML(context.Background(), tr, sections["in"])
			if err != nil {
				t.Fatal(err)
			}
			got := strings.TrimSuffix(printed(t, r), "\n") + "\n"
			if got == sections["out"] {
				return
			}
			if !*updateHTML {
				t.Fatalf("got\n%s\nwant\n%s", got, sections["out"])
			}
			ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "out" })
			ar.Files = append(ar.Files, txtar.File{Name: "out", Data: []byte(got)})
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// printed is what the command writes for r.
func printed(t *testing.T, r result) string {
	t.Helper()
	var b strings.Builder
	if err := r.text(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// byHeart is an engine that knows a few sentences.
type byHeart map[string]mt.Sentence

func (e byHeart) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	var out []mt.Sentence
	for _, s := range sentences {
		known, ok := e[s]
		if !ok {
			return nil, fmt.Errorf("the engine of this case does not know %q", s)
		}
		out = append(out, known)
	}
	return out, nil
}

// learned reads the engine of a case.
func learned(t *testing.T, s string) byHeart {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	if len(lines)%3 != 0 {
		t.Fatalf("%d lines of an engine are not three for each sentence", len(lines))
	}
	e := byHeart{}
	for i := 0; i < len(lines); i += 3 {
		s := mt.Sentence{Source: lines[i], Text: lines[i+1], Ended: true, Score: -0.25, SourcePieces: piecesOf(lines[i]), Pieces: piecesOf(lines[i+1])}
		s.SourcePieces = append(s.SourcePieces, mt.Piece{Start: len(s.Source), End: len(s.Source)})
		for range len(s.Pieces) + 1 {
			s.Alignment = append(s.Alignment, make([]float32, len(s.SourcePieces)))
		}
		for _, p := range strings.Fields(lines[i+2]) {
			var a, b int
			if _, err := fmt.Sscanf(p, "%d-%d", &a, &b); err != nil {
				t.Fatal(err)
			}
			s.Alignment[b][a] = 1
		}
		e[s.Source] = s
	}
	return e
}

// piecesOf are the words of s between spaces.
func piecesOf(s string) []mt.Piece {
	var out []mt.Piece
	at := 0
	for _, w := range strings.Fields(s) {
		at += strings.Index(s[at:], w)
		out = append(out, mt.Piece{ID: len(out) + 1, Start: at, End: at + len(w)})
		at += len(w)
	}
	return out
}

// odd is an engine that shuffles, drops and doubles words and aligns them as it likes, the same for the same text.
type odd struct{ seed uint64 }

func (e odd) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	var out []mt.Sentence
	for _, s := range sentences {
		sum := fnv.New64a()
		sum.Write([]byte(s))
		r := rand.New(rand.NewPCG(e.seed, sum.Sum64()))
		words := append(strings.Fields(s), `"`, "«", "<b>", "&", "l'eau", "\x00", "\xff", ".", "e\u0301")
		var text []string
		for range r.IntN(len(words) + 1) {
			text = append(text, words[r.IntN(len(words))])
		}
		t := mt.Sentence{Source: s, Text: strings.Join(text, " "), Ended: r.IntN(8) > 0}
		t.SourcePieces, t.Pieces = piecesOf(s), piecesOf(t.Text)
		t.SourcePieces = append(t.SourcePieces, mt.Piece{Start: len(s), End: len(s)})
		for range len(t.Pieces) + 1 {
			row := make([]float32, len(t.SourcePieces))
			row[r.IntN(len(row))] = 1
			t.Alignment = append(t.Alignment, row)
		}
		out = append(out, t)
	}
	return out, nil
}

// elements returns the start tags of a piece in alphabetical order, each with its attributes but those that are translated, and whether
// its end tags close what is open, innermost first.
func elements(piece string) (list []string, balanced bool) {
	balanced = true
	var open []string
	z := html.NewTokenizer(strings.NewReader(piece))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			slices.Sort(list)
			return list, balanced && len(open) == 0
		case html.CommentToken:
			list = append(list, string(z.Raw()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			name := "<" + t.Data
			for _, a := range t.Attr {
				switch a.Key {
				case "title", "alt", "placeholder", "aria-label":
					a.Val = ""
				}
				name += fmt.Sprintf(" %s=%q", a.Key, a.Val)
			}
			if t.Data != "br" {
				list = append(list, name)
			}
			if kind == html.StartTagToken && !slices.Contains([]string{"br", "img", "hr", "wbr", "input", "area", "base", "col", "embed", "link", "meta", "source", "track", "param"}, t.Data) {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if n := len(open); n == 0 || open[n-1] != string(name) {
				balanced = false
			} else {
				open = open[:n-1]
			}
		}
	}
}

// FuzzHTML holds, for any piece and any engine, that the translated piece has the same elements with the same attributes and comments as
// the piece itself printed again, that what was balanced stays so, and that nothing panics.
func FuzzHTML(f *testing.F) {
	f.Add(`<p>The <a href="https://a.example/?x=1&amp;y=2" title='it"s'>council <b>met</b></a> on <i>Monday</i>.</p><!-- c --><p>“Yes,” he said.</p>`, uint64(1))
	f.Add(`a < b <b>c<i>d</b>e</i></p><font color=red>x <cite>y`, uint64(2))
	f.Add(`<ul><li><a href=/x>One</a> two<li>three <img src=i alt="Four five"> six<br>seven</ul><pre>as it is</pre>`, uint64(3))
	f.Add(`<a href="/1">a</a><a href="/1">b</a> <em></em><span translate=no>Keep <u>me</u></span> &nbsp;x`, uint64(4))
	f.Add(`<b>The council</b> met.<!-- cut`, uint64(5))
	f.Add("The council</\x05 met", uint64(6))
	f.Add("</a><a hr1\">a< href=\"/ef=\"/1\">b</a> <em></em><span translate=no>Keep <m>ue</u></span> &", uint64(3)) // an engine that closes before it opens
	f.Fuzz(func(t *testing.T, piece string, seed uint64) {
		if len(piece) > 2000 {
			t.Skip()
		}
		tr := translate.Translator{Engine: odd{seed}, Name: "odd", From: "en", To: []string{"fr", "pt-BR", "de", "ru"}[seed%4]}
		r, err := translateHTML(context.Background(), tr, piece)
		if err != nil {
			t.Fatal(err)
		}
		source := extract.Fragment(piece, "en")
		same := render.Fragment(source, source.Texts)
		want, whole := elements(same)
		out := printed(t, r)
		got, balanced := elements(out)
		if !slices.Equal(got, want) {
			t.Errorf("the elements of\n%q\nare\n%q\nand in\n%q\nthey are\n%q", same, want, out, got)
		}
		if whole && !balanced {
			t.Errorf("%q was balanced, %q is not", same, out)
		}
	})
}
