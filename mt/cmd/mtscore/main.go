// Command mtscore translates a file with a model and compares the result with a reference: BLEU, chrF and chrF++ of the whole, and
// how well the engine's own scores rank the sentences by their chrF. It is for those who work on the engine.
//
//	mtscore -model models/en-pt -source en.txt -reference pt.txt
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/dragoman-newsroom/dragoman/mt"
	"github.com/dragoman-newsroom/dragoman/mt/internal/score"
)

// A report is what mtscore prints.
type report struct {
	Sentences       int     `json:"sentences"`
	BLEU            float64 `json:"bleu"`
	ChrF            float64 `json:"chrf"`
	ChrFPP          float64 `json:"chrfpp"`
	Repaired        int     `json:"repaired"`         // sentences on which a guard acted
	ScoreRank       float64 `json:"score_rank"`       // Spearman's rank correlation of Score with the sentence's chrF
	ConfidenceRank  float64 `json:"confidence_rank"`  // the same of Confidence
	ConfidenceError float64 `json:"confidence_error"` // mean distance of Confidence from chrF/100, over ten groups of equal size
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "mtscore:", err)
		os.Exit(1)
	}
}

func run() error {
	dir := flag.String("model", "", "folder of a model")
	source := flag.String("source", "", "sentences, one a line")
	reference := flag.String("reference", "", "their translations, one a line")
	guards := flag.Bool("guards", true, "with guards")
	shortlist := flag.Bool("shortlist", false, "with the shortlist")
	each := flag.Bool("each", false, "print every sentence with its scores first, one JSON object a line")
	flag.Parse()
	sources, err := lines(*source)
	if err != nil {
		return err
	}
	references, err := lines(*reference)
	if err != nil {
		return err
	}
	if len(sources) != len(references) {
		return fmt.Errorf("%d lines in %s, %d in %s", len(sources), *source, len(references), *reference)
	}
	m, err := mt.Open(*dir, mt.Guards(*guards), mt.Shortlist(*shortlist))
	if err != nil {
		return err
	}
	defer m.Close()
	sentences, err := m.Translate(context.Background(), sources)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	r := report{Sentences: len(sentences)}
	texts := make([]string, len(sentences))
	var chrf, scores, confidences []float64
	for i, s := range sentences {
		texts[i] = s.Text
		c := score.ChrF([]string{s.Text}, []string{references[i]}, 0)
		chrf, scores, confidences = append(chrf, c), append(scores, float64(s.Score)), append(confidences, s.Confidence())
		if len(s.Repairs) > 0 {
			r.Repaired++
		}
		if *each {
			var logProbs []float32
			for _, p := range s.Pieces {
				logProbs = append(logProbs, p.LogProb)
			}
			if err := out.Encode(map[string]any{"source": s.Source, "text": s.Text, "score": s.Score, "chrf": c, "pieces": len(s.Pieces), "source_pieces": len(s.SourcePieces), "logprobs": logProbs}); err != nil {
				return err
			}
		}
	}
	r.BLEU = score.CorpusBLEU(texts, references).Score
	r.ChrF, r.ChrFPP = score.ChrF(texts, references, 0), score.ChrF(texts, references, 2)
	r.ScoreRank, r.ConfidenceRank = score.Spearman(scores, chrf), score.Spearman(confidences, chrf)
	r.ConfidenceError = score.Calibration(confidences, chrf, 10)
	return out.Encode(r)
}

func lines(path string) ([]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n"), nil
}
