package mt_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// A goldenCase is a line of cases.jsonl, see testdata/golden/LICENCE.md.
type goldenCase struct {
	Source    string   `json:"source"`
	Pieces    []string `json:"pieces"`
	SourceIDs []int    `json:"sourceIds"`
	Full      golden   `json:"full"`
	Shortlist golden   `json:"shortlist"`
}

type golden struct {
	IDs       []int       `json:"ids"`
	Text      string      `json:"text"`
	Ended     bool        `json:"ended"`
	Alignment [][]float64 `json:"alignment"`
}

var goldenModels = []string{"shared-vocabulary", "split-vocabulary"}

func goldenCases(t testing.TB, model string) []goldenCase {
	t.Helper()
	return readLines[goldenCase](t, filepath.Join("testdata", "golden", model, "cases.jsonl"))
}

func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s, line %d: %v", path, len(out)+1, err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil || len(out) == 0 {
		t.Fatalf("%s: %d lines, %v", path, len(out), err)
	}
	return out
}

func open(t testing.TB, dir string, options ...mt.Option) *mt.Model {
	t.Helper()
	m, err := mt.Open(dir, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// ids of pieces.
func ids(pieces []mt.Piece) []int {
	out := make([]int, len(pieces))
	for i, p := range pieces {
		out[i] = p.ID
	}
	return out
}

// TestGolden compares ids, texts and alignment with those of an independent engine.
func TestGolden(t *testing.T) {
	for _, name := range goldenModels {
		m := open(t, filepath.Join("testdata", "golden", name), mt.Shortlist(true), mt.Guards(false))
		cases := goldenCases(t, name)
		sources := make([]string, len(cases))
		for i, c := range cases {
			sources[i] = c.Source
		}
		for _, shortlist := range []bool{false, true} {
			got, err := m.With(mt.Shortlist(shortlist)).Translate(t.Context(), sources)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range cases {
				want := c.Full
				if shortlist {
					want = c.Shortlist
				}
				checkGolden(t, got[i], c, want)
			}
		}
	}
}

func checkGolden(t *testing.T, got mt.Sentence, c goldenCase, want golden) {
	t.Helper()
	if !slices.Equal(ids(got.SourcePieces), c.SourceIDs) {
		t.Errorf("%q: source ids %v, want %v", c.Source, ids(got.SourcePieces), c.SourceIDs)
	}
	if !slices.Equal(ids(got.Pieces), want.IDs) || got.Ended != want.Ended {
		t.Errorf("%q: ids %v, ended %v, want %v, %v", c.Source, ids(got.Pieces), got.Ended, want.IDs, want.Ended)
		return
	}
	if got.Text != want.Text {
		t.Errorf("%q: %q, want %q", c.Source, got.Text, want.Text)
	}
	if len(got.Alignment) != len(want.Alignment) {
		t.Errorf("%q: %d rows of alignment, want %d", c.Source, len(got.Alignment), len(want.Alignment))
		return
	}
	for step, row := range want.Alignment {
		for j, w := range row {
			// One activation rounded to the neighbouring integer moves a weight by some thousandths.
			if d := math.Abs(float64(got.Alignment[step][j]) - w); d > 0.02 {
				t.Errorf("%q: alignment of step %d with %d is %v, want %v", c.Source, step, j, got.Alignment[step][j], w)
			}
		}
	}
}
