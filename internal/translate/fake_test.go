package translate

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// fake is an engine that knows a few sentences by heart.
type fake map[string]mt.Sentence

func (f fake) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	var out []mt.Sentence
	for _, s := range sentences {
		known, ok := f[s]
		if !ok {
			return nil, fmt.Errorf("the fake engine does not know %q", s)
		}
		out = append(out, known)
	}
	return out, nil
}

// learn adds a sentence whose words, parted by spaces, are aligned by pairs of source and target word.
func (f fake) learn(source, target string, pairs [][2]int) {
	source, _ = plain(source, span{0, len(source)})
	s := mt.Sentence{Source: source, Text: target, Ended: true, SourcePieces: fields(source), Pieces: fields(target)}
	s.SourcePieces = append(s.SourcePieces, mt.Piece{Start: len(source), End: len(source)})
	s.Alignment = make([][]float32, len(s.Pieces)+1)
	for i := range s.Alignment {
		s.Alignment[i] = make([]float32, len(s.SourcePieces))
	}
	s.Alignment[len(s.Pieces)][len(s.SourcePieces)-1] = 1
	for _, p := range pairs {
		s.Alignment[p[1]][p[0]] = 1
	}
	for _, row := range s.Alignment {
		sum := float32(0)
		for _, w := range row {
			sum += w
		}
		for i := range row {
			row[i] /= max(sum, 1)
		}
	}
	f[source] = s
}

// fields are the words of s between spaces, as pieces.
func fields(s string) []mt.Piece {
	var out []mt.Piece
	at := 0
	for _, w := range strings.Fields(s) {
		at += strings.Index(s[at:], w)
		out = append(out, mt.Piece{ID: len(out) + 1, Start: at, End: at + len(w)})
		at += len(w)
	}
	return out
}

// seedEngine plays testdata/fake.en-fr.jsonl, with quotations whole and cut where a splitter may cut them.
func seedEngine(t testing.TB) fake {
	t.Helper()
	file, err := os.Open("testdata/fake.en-fr.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f := fake{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l struct {
			Source, Target string
			Alignment      [][2]int
			Cut            *[2]int
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		f.learn(l.Source, l.Target, l.Alignment)
		if l.Cut == nil {
			continue
		}
		source, target := strings.Fields(l.Source), strings.Fields(l.Target)
		var before, after [][2]int
		for _, p := range l.Alignment {
			if p[0] < l.Cut[0] {
				before = append(before, p)
			} else {
				after = append(after, [2]int{p[0] - l.Cut[0], p[1] - l.Cut[1]})
			}
		}
		f.learn(strings.Join(source[:l.Cut[0]], " "), strings.Join(target[:l.Cut[1]], " "), before)
		f.learn(strings.Join(source[l.Cut[0]:], " "), strings.Join(target[l.Cut[1]:], " "), after)
	}
	return f
}

// seedArticle is the article that both engines translate.
func seedArticle(t testing.TB) doc.Document {
	t.Helper()
	b, err := os.ReadFile("testdata/outlet.en.doc.txt")
	if err != nil {
		t.Fatal(err)
	}
	d, err := doc.Parse(string(b))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSeed translates the seed's article whole, with the engine that knows it and with a real one where there is one.
func TestSeed(t *testing.T) {
	for _, to := range []string{"fr", "pt"} {
		t.Run(to, func(t *testing.T) {
			var engine Engine = seedEngine(t)
			if to == "pt" {
				engine = open(t, "en-pt")
			}
			d := seedArticle(t)
			r, err := Translator{Engine: engine, Name: "test", From: "en", To: to}.Document(context.Background(), d)
			if err != nil {
				t.Fatal(err)
			}
			whole(t, d, r)
			links, quotations := 0, 0
			for _, b := range r.Doc.Blocks {
				for _, m := range b.Text.Marks {
					switch m.Kind {
					case doc.Link:
						links++
					case doc.Quote:
						quotations++
					}
				}
				if b.Kind == doc.Figure && (b.Media.Alt == d.Blocks[0].Media.Alt || b.Media.Credit != d.Blocks[0].Media.Credit) {
					t.Errorf("the picture has %+v", *b.Media)
				}
			}
			if links != 5 || quotations != 13 || r.Flags != nil {
				t.Errorf("%d links, %d quotations, flags %v; want 5, 13 and none", links, quotations, r.Flags)
			}
			for _, s := range r.Sentences {
				if s.Engine != "test" || s.Start >= s.End || s.SourceStart >= s.SourceEnd {
					t.Errorf("sentence %+v", s)
				}
			}
		})
	}
}
