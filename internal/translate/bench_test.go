package translate

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// replay answers with what another engine gave before, at no cost.
type replay map[string]mt.Sentence

func (r replay) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	out := make([]mt.Sentence, len(sentences))
	for i, s := range sentences {
		out[i] = r[s]
	}
	return out, nil
}

// long is the seed's article so often that it has 900 words.
func long(t testing.TB) doc.Document {
	t.Helper()
	d := seedArticle(t)
	for i, blocks := 0, d.Blocks; words(d) < 900; i++ {
		b := blocks[i%len(blocks)]
		b.Key = fmt.Sprint("b", len(d.Blocks)+1)
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

func words(d doc.Document) int {
	n := 0
	for _, t := range d.Texts() {
		n += len(strings.Fields(t.S))
	}
	return n
}

// engineFor is the real engine where there is one, else the fake, and where it translates to.
func engineFor(t testing.TB) (Engine, string) {
	t.Helper()
	if dir := os.Getenv("DRAGOMAN_TEST_MODELS"); dir != "" {
		return open(t, "en-pt"), "pt"
	}
	return seedEngine(t), "fr"
}

// BenchmarkBeside measures what everything but the engine costs for an article of 900 words; run it with -cpu 1.
func BenchmarkBeside(b *testing.B) {
	engine, to := engineFor(b)
	d := long(b)
	tr := Translator{Engine: engine, Name: "test", From: "en", To: to}
	memory := replay{}
	drafts, err := engine.Translate(context.Background(), tr.split(d, nil).sentences)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range drafts {
		memory[s.Source] = s
	}
	tr.Engine = memory
	for b.Loop() {
		if _, err := tr.Document(context.Background(), d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(words(d)), "words")
}

func BenchmarkDocument(b *testing.B) {
	d := long(b)
	tr := Translator{Engine: seedEngine(b), Name: "fake", From: "en", To: "fr"}
	for b.Loop() {
		if _, err := tr.Document(context.Background(), d); err != nil {
			b.Fatal(err)
		}
	}
}
