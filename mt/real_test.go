package mt_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A realCase is what the reference makes of a sentence with a published model; stable says that small errors of the activations
// do not change it.
type realCase struct {
	Source    string `json:"source"`
	SourceIDs []int  `json:"sourceIds"`
	IDs       []int  `json:"ids"`
	Text      string `json:"text"`
	Stable    bool   `json:"stable"`
}

// TestRealModels wants the same ids as the reference on the stable sentences of real models, but for one in fifty.
func TestRealModels(t *testing.T) {
	for _, pair := range []string{"en-pt", "pt-en"} {
		t.Run(pair, func(t *testing.T) {
			m := open(t, require.Model(t, pair), mt.Guards(false))
			cases := readLines[realCase](t, filepath.Join(require.Shared(t), "data", "marian", "real", pair+".jsonl"))
			sources := make([]string, len(cases))
			for i, c := range cases {
				sources[i] = c.Source
			}
			got, err := m.Translate(t.Context(), sources)
			if err != nil {
				t.Fatal(err)
			}
			stable, equal, all := 0, 0, 0
			for i, c := range cases {
				if !slices.Equal(ids(got[i].SourcePieces), c.SourceIDs) {
					t.Errorf("%q: source ids %v, want %v", c.Source, ids(got[i].SourcePieces), c.SourceIDs)
				}
				same := slices.Equal(ids(got[i].Pieces), c.IDs) && got[i].Text == c.Text
				if same {
					all++
				}
				if c.Stable {
					stable++
					if same {
						equal++
					} else {
						t.Logf("differs: %q\n got %q\nwant %q", c.Source, got[i].Text, c.Text)
					}
				}
			}
			t.Logf("%d of %d stable sentences equal, %d of all %d", equal, stable, all, len(cases))
			if stable == 0 || float64(equal) < 0.98*float64(stable) {
				t.Errorf("%d of %d stable sentences equal, want 98 of 100", equal, stable)
			}
		})
	}
}
