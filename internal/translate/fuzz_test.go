package translate

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// hostile is an engine that answers with shuffled, dropped and doubled words, odd bytes and any alignment, the same for the same text.
type hostile struct{ seed uint64 }

func (h hostile) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	var out []mt.Sentence
	for _, s := range sentences {
		sum := fnv.New64a()
		sum.Write([]byte(s))
		r := rand.New(rand.NewPCG(h.seed, sum.Sum64()))
		words := append(strings.Fields(s), `"`, "«", "»", "'", "e\u0301", "l'eau", "99,5%", "\x00", "\xff", ".", "?", "(", "  ")
		var text []string
		for range r.IntN(len(words) + 1) {
			text = append(text, words[r.IntN(len(words))])
		}
		t := mt.Sentence{Source: s, Text: strings.Join(text, []string{" ", "", "  "}[r.IntN(3)]), Ended: true}
		t.SourcePieces, t.Pieces = chunks(r, s), chunks(r, t.Text)
		t.SourcePieces = append(t.SourcePieces, mt.Piece{Start: len(s), End: len(s)})
		if r.IntN(4) > 0 {
			for range len(t.Pieces) + 1 {
				row := make([]float32, len(t.SourcePieces))
				row[r.IntN(len(row))] += 0.7
				row[r.IntN(len(row))] += 0.3
				t.Alignment = append(t.Alignment, row)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// chunks cuts s into pieces at random.
func chunks(r *rand.Rand, s string) []mt.Piece {
	var out []mt.Piece
	for i := 0; i < len(s); {
		j := min(len(s), i+1+r.IntN(6))
		out = append(out, mt.Piece{Start: i, End: j})
		i = j
	}
	return out
}

// identity is what of a mark no translation may change.
func identity(m doc.Mark) string { return fmt.Sprint(m.Kind, " ", m.Href, " ", m.Lang, " ", m.Ref) }

func identities(marks []doc.Mark) []string {
	var out []string
	for _, m := range marks {
		out = append(out, identity(m))
	}
	slices.Sort(out)
	return out
}

// marked makes a valid text of fuzzed bytes: three of them say where a mark starts, how long it is and what it is.
func marked(s string, spec []byte) doc.Text {
	t := doc.Text{S: s}
	for i := 0; i+2 < len(spec) && len(t.Marks) < 40 && len(s) > 0; i += 3 {
		start := int(spec[i]) * len(s) / 256
		m := doc.Mark{Kind: doc.MarkKind(spec[i+2]%10 + 1), Start: start, End: min(len(s), start+int(spec[i+1])), Ref: i + 1}
		for m.Start > 0 && !utf8.RuneStart(s[m.Start]) {
			m.Start--
		}
		for m.End < len(s) && !utf8.RuneStart(s[m.End]) {
			m.End++
		}
		if m.Kind == doc.Link {
			m.Href = fmt.Sprintf("https://outlet.example/%d", i)
		}
		if m.Kind == doc.Foreign {
			m.Lang = "ru"
		}
		t.Marks = append(t.Marks, m)
	}
	return doc.Clean(t)
}

// check holds that the marks of out are those of in, and that both are valid.
func checkMarks(t *testing.T, in, out doc.Text) {
	t.Helper()
	if err := out.Check(); err != nil {
		t.Fatalf("%v\nin  %q %+v\nout %q %+v", err, in.S, in.Marks, out.S, out.Marks)
	}
	if a, b := identities(in.Marks), identities(out.Marks); !slices.Equal(a, b) {
		t.Fatalf("marks %v became %v\nin  %q %+v\nout %q %+v", a, b, in.S, in.Marks, out.S, out.Marks)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("NATO is “ready to sit down. And discuss,” he told CNN’s Amanpour. See https://a.example/b, now.", []byte{10, 40, 0, 60, 90, 3, 120, 9, 1}, uint64(1))
	f.Add("One. Two! Three? “Four” 'five' « six »", []byte{0, 255, 3, 0, 20, 0, 30, 200, 1, 90, 0, 9}, uint64(2))
	f.Add("word[3] a\nB «ok» 12%", []byte{0, 10, 8, 3, 4, 0}, uint64(3))
	f.Fuzz(func(t *testing.T, s string, spec []byte, seed uint64) {
		in := marked(s, spec)
		if in.S == "" || len(in.S) > 2000 || in.Check() != nil {
			t.Skip()
		}
		d := doc.Document{Lang: "en", Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: in}}}
		tr := Translator{Engine: hostile{seed}, Name: "hostile", From: "en", To: []string{"fr", "pt-BR", "de", "ru"}[seed%4]}
		r, err := tr.Document(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		checkMarks(t, in, r.Doc.Blocks[0].Text)
		end := 0
		for _, x := range r.Sentences {
			if x.Start < end || x.End > len(r.Doc.Blocks[0].Text.S) || x.SourceEnd > len(in.S) {
				t.Fatalf("sentence %+v after byte %d in %q", x, end, r.Doc.Blocks[0].Text.S)
			}
			end = x.End
		}
	})
}
