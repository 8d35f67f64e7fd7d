package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A benchJSON is what bench prints. Words are those of the source, by spaces; rates are medians over the rounds.
type benchJSON struct {
	Model          string    `json:"model"`
	Kernel         string    `json:"kernel"`
	Workers        int       `json:"workers"`
	Shortlist      bool      `json:"shortlist"`
	Single         bool      `json:"single"`
	Sentences      int       `json:"sentences"`
	Words          int       `json:"words"`
	LoadMS         float64   `json:"load_ms"`
	WordsPerS      float64   `json:"words_per_s"`
	WordsPerCPUS   float64   `json:"words_per_cpu_s"` // 0 where the system does not say
	PeakRSSMB      float64   `json:"peak_rss_mb"`     // the same
	Walls          []float64 `json:"walls"`           // seconds of each round
	translatedText []string
}

// A benchRun says what bench measures.
type benchRun struct {
	dir       string
	shortlist bool
	single    bool // one sentence a call
	workers   int
	rounds    int
}

var benchCommand = command{
	name: "bench", args: "--model DIR | --from en --to pt [--shortlist] [--single] [--workers N] [--rounds N] [--out F] [FILE]",
	short: "the engine's speed, as JSON",
	long: "Translates a file of one sentence a line with the bare engine (no splitting, no guards, no scores, no typography) and prints how fast it was. " +
		"All lines are one batch; --single hands them over one by one. Rates are medians over the rounds.",
	example: "dragoman bench --model models/en-pt --rounds 5 sentences.txt",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var r benchRun
		fs.StringVar(&r.dir, "model", "", "`DIR`: the folder of a model")
		from := fs.String("from", "", "`TAG`: the language of the text, with --to instead of --model")
		to := fs.String("to", "", "`TAG`: the language of the translation")
		fs.BoolVar(&r.shortlist, "shortlist", false, "only words that the model's lexical table thinks likely compete")
		fs.BoolVar(&r.single, "single", false, "one sentence a call")
		fs.IntVar(&r.workers, "workers", 1, "`N`: sentences are translated by so many workers at once")
		fs.IntVar(&r.rounds, "rounds", 3, "`N`: how often")
		out := fs.String("out", "", "`F`: keep the translations in this file")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 1, "FILE"); err != nil {
				return err
			}
			if (r.dir == "") == (*from == "" || *to == "") {
				return usagef("bench needs --model DIR, or --from and --to")
			}
			if r.workers < 1 || r.rounds < 1 {
				return usagef("--workers and --rounds are at least 1")
			}
			if r.dir == "" {
				var err error
				if r.dir, err = a.dirOf(*from, *to); err != nil {
					return err
				}
			}
			lines, err := a.benchLines(args)
			if err != nil {
				return err
			}
			result, err := r.measure(ctx, lines)
			if err != nil {
				return err
			}
			if *out != "" {
				if err := os.WriteFile(*out, []byte(strings.Join(result.translatedText, "\n")+"\n"), 0o644); err != nil {
					return fmt.Errorf("keep the translations: %w", err)
				}
			}
			return json.NewEncoder(a.out).Encode(result)
		}
	},
}

// dirOf is the folder of an installed model.
func (a *app) dirOf(from, to string) (string, error) {
	e, err := a.installedEngines()
	if err != nil {
		return "", err
	}
	f, t, err := pairOf(from, to)
	if err != nil {
		return "", err
	}
	var dir string
	for _, s := range e.stores {
		if dir, _, err = s.Lookup(f + "-" + t); !errors.Is(err, models.ErrMissing) {
			break
		}
	}
	return dir, err
}

// benchLines reads sentences, one a line; empty lines are none.
func (a *app) benchLines(args []string) ([]string, error) {
	in := a.in
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	var lines []string
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if len(lines) == 0 {
		return nil, errors.New("bench needs sentences, one a line, in a file or on standard input")
	}
	return lines, nil
}

// measure opens the model, translates one word to have all buffers made, and then the lines, again and again.
func (r benchRun) measure(ctx context.Context, lines []string) (benchJSON, error) {
	b := benchJSON{Model: r.dir, Kernel: mt.Kernel(), Workers: r.workers, Shortlist: r.shortlist, Single: r.single, Sentences: len(lines)}
	for _, l := range lines {
		b.Words += len(strings.Fields(l))
	}
	// The engine's memory is buffers that live long: a quarter of the usual garbage beside them costs it nothing.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	began := time.Now()
	m, err := mt.Open(r.dir, mt.Workers(r.workers), mt.Shortlist(r.shortlist), mt.Guards(false), mt.Scores(false), mt.Alignment(false))
	if err != nil {
		return b, fmt.Errorf("open the model in %s: %w", r.dir, err)
	}
	b.LoadMS = rounded(float64(time.Since(began).Microseconds())/1000, 1)
	defer m.Close()
	if r.shortlist && !m.HasShortlist() {
		return b, fmt.Errorf("the model in %s has no file lex.*.bin, which --shortlist needs", r.dir)
	}
	if _, err := m.Translate(ctx, []string{"Hello."}); err != nil {
		return b, err
	}
	var cpus []float64
	for range r.rounds {
		cpu, began := cpuSeconds(), time.Now()
		if b.translatedText, err = r.round(ctx, m, lines); err != nil {
			return b, err
		}
		b.Walls = append(b.Walls, rounded(time.Since(began).Seconds(), 3))
		cpus = append(cpus, cpuSeconds()-cpu)
	}
	words := float64(b.Words)
	b.WordsPerS = rounded(words/median(b.Walls), 1)
	if cpu := median(cpus); cpu > 0 {
		b.WordsPerCPUS = rounded(words/cpu, 1)
	}
	b.PeakRSSMB = rounded(peakRSS()/(1<<20), 1)
	return b, nil
}

// round translates all lines once.
func (r benchRun) round(ctx context.Context, m *mt.Model, lines []string) ([]string, error) {
	step := len(lines)
	if r.single {
		step = 1
	}
	texts := make([]string, 0, len(lines))
	for i := 0; i < len(lines); i += step {
		sentences, err := m.Translate(ctx, lines[i:i+step])
		if err != nil {
			return nil, err
		}
		for _, s := range sentences {
			texts = append(texts, s.Text)
		}
	}
	return texts, nil
}

func median(x []float64) float64 {
	sorted := slices.Sorted(slices.Values(x))
	n := len(sorted)
	return (sorted[n/2] + sorted[(n-1)/2]) / 2
}

func rounded(x float64, digits int) float64 {
	by := math.Pow10(digits)
	return math.Round(x*by) / by
}
