package score

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// TestMetrics wants what sacrebleu 2.6.0 gave, to 1e-9.
func TestMetrics(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "mt")
	raw, err := os.ReadFile(filepath.Join(dir, "metrics.json"))
	if err != nil {
		t.Fatal(err)
	}
	type pair struct {
		Name, Hyp, Ref     string
		BLEU, ChrF, ChrFPP float64
		Precisions         []float64
		BP                 *float64
	}
	var m struct {
		Tokenize []struct {
			Text   string
			Tokens []string
		} `json:"tokenize_13a"`
		Sentence, Corpus []pair
		Human            []pair `json:"human_pairs"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, c := range m.Tokenize {
		if got := Tokenize(c.Text); !slices.Equal(got, c.Tokens) {
			t.Errorf("%q: %q, want %q", c.Text, got, c.Tokens)
		}
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	var hyps, refs []string
	for _, c := range m.Sentence {
		hyps, refs = append(hyps, c.Hyp), append(refs, c.Ref)
		h, r := []string{c.Hyp}, []string{c.Ref}
		near("BLEU of "+c.Hyp, SentenceBLEU(c.Hyp, c.Ref), c.BLEU)
		near("chrF of "+c.Hyp, ChrF(h, r, 0), c.ChrF)
		near("chrF++ of "+c.Hyp, ChrF(h, r, 2), c.ChrFPP)
	}
	read := func(name string) []string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	}
	for _, c := range append(m.Corpus, m.Human...) {
		h, r := hyps, refs
		if c.Hyp != "" {
			h, r = read(c.Hyp), read(c.Ref)
		}
		b := CorpusBLEU(h, r)
		near("BLEU of "+c.Name+c.Hyp, b.Score, c.BLEU)
		near("chrF of "+c.Name+c.Hyp, ChrF(h, r, 0), c.ChrF)
		near("chrF++ of "+c.Name+c.Hyp, ChrF(h, r, 2), c.ChrFPP)
		for i, p := range c.Precisions {
			near("precision of "+c.Name+c.Hyp, b.Precisions[i], p)
		}
		if c.BP != nil {
			near("brevity penalty of "+c.Name+c.Hyp, b.BrevityPenalty, *c.BP)
		}
	}
}

func TestSpearman(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y []float64
		want float64
	}{
		{"in one order", []float64{1, 5, 9}, []float64{2, 3, 100}, 1},
		{"in the opposite", []float64{1, 5, 9}, []float64{3, 2, 1}, -1},
		{"ties share a rank", []float64{1, 2, 2, 3}, []float64{1, 2, 3, 4}, math.Sqrt(0.9)},
		{"without variation", []float64{1, 1}, []float64{1, 2}, 0},
	} {
		if got := Spearman(c.x, c.y); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
