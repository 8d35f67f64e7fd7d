package mt_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// TestNeighbours translates the golden sentences alone, then in batches of every kind: each comes out the same to the bit, with
// its alignment and the logarithms of its probabilities.
func TestNeighbours(t *testing.T) {
	dir := filepath.Join("testdata", "golden", "shared-vocabulary")
	single := open(t, dir, mt.Workers(1), mt.Shortlist(true))
	var sources []string
	alone := map[string]mt.Sentence{}
	for _, c := range goldenCases(t, "shared-vocabulary") {
		got, err := single.Translate(t.Context(), []string{c.Source})
		if err != nil {
			t.Fatal(err)
		}
		alone[c.Source] = got[0]
		sources = append(sources, c.Source, c.Source)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, workers := range []int{1, 2, 5} {
		m := open(t, dir, mt.Workers(workers), mt.Shortlist(true))
		for _, rows := range []int{1, 2, 7, 32} {
			t.Run(fmt.Sprintf("%d workers, %d rows", workers, rows), func(t *testing.T) {
				random.Shuffle(len(sources), func(i, j int) { sources[i], sources[j] = sources[j], sources[i] })
				got, err := m.With(mt.Lockstep(rows)).Translate(t.Context(), sources)
				if err != nil {
					t.Fatal(err)
				}
				for i, s := range got {
					if !reflect.DeepEqual(s, alone[sources[i]]) {
						t.Fatalf("%q comes out as %+v among others, as %+v alone", sources[i], s, alone[sources[i]])
					}
				}
			})
		}
	}
}

// TestManyCalls has more calls at once than there are workers.
func TestManyCalls(t *testing.T) {
	m := open(t, filepath.Join("testdata", "golden", "split-vocabulary"), mt.Workers(2))
	var sources []string
	for _, c := range goldenCases(t, "split-vocabulary") {
		sources = append(sources, c.Source)
	}
	want, err := m.Translate(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	for i := range 12 {
		done.Go(func() {
			from := i * 3
			got, err := m.Translate(t.Context(), sources[from:])
			if err != nil || !reflect.DeepEqual(got, want[from:]) {
				t.Errorf("call %d: error %v, or another result", i, err)
			}
		})
	}
	done.Wait()
}

func TestCancel(t *testing.T) {
	m := open(t, filepath.Join("testdata", "golden", "shared-vocabulary"), mt.Workers(2))
	many := make([]string, 20000)
	for i := range many {
		many[i] = "Members of the council voted to extend the programme for two more years."
	}
	ctx, cancel := context.WithCancel(t.Context())
	go cancel()
	if _, err := m.Translate(ctx, many); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if got, err := m.Translate(t.Context(), many[:1]); err != nil || got[0].Text == "" {
		t.Errorf("after a cancelled call: %v, %v", got, err)
	}
}

func TestClosed(t *testing.T) {
	m, err := mt.Open(filepath.Join("testdata", "golden", "shared-vocabulary"), mt.Shortlist(true))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := m.With(mt.Guards(false)).Translate(t.Context(), []string{"a"}); !errors.Is(err, mt.ErrClosed) {
		t.Errorf("error %v, want %v", err, mt.ErrClosed)
	}
}

// TestNothing has texts in which there is nothing to translate, between others.
func TestNothing(t *testing.T) {
	m := open(t, filepath.Join("testdata", "golden", "shared-vocabulary"))
	got, err := m.Translate(t.Context(), []string{"", "Hello world.", " \u00a0\t\n", ""})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range got {
		if empty := strings.TrimSpace(s.Source) == ""; empty != (s.Text == "" && s.Ended && len(s.Pieces) == 0 && s.SourcePieces == nil) {
			t.Errorf("sentence %d: %+v", i, s)
		}
	}
	if got, err := m.Translate(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("no texts: %v, %v", got, err)
	}
}
