package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// lines reads a file of the shared test data, one segment a line.
func lines(t testing.TB, name string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data/mt", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// plain is a document of one paragraph.
func plain(tag, s string) doc.Document {
	return doc.Document{Lang: tag, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: s}}}}
}

// trueErrors are the lines of a set that are wrong indeed, read by hand.
func trueErrors(t testing.TB, set string) map[int]bool {
	t.Helper()
	m := map[int]bool{}
	for _, l := range lines(t, "true-errors.tsv") {
		f := strings.Split(l, "\t")
		var n int
		if _, err := fmt.Sscan(f[1], &n); err == nil && f[0] == set {
			m[n] = true
		}
	}
	return m
}

func TestFalseStops(t *testing.T) {
	for _, c := range []struct {
		name, from, to, source, target, errors string
		most                                   float64 // per 1,000
	}{
		{"base-memory", "en", "pt", "flores-dev/en.txt", "outputs/flores-dev.en-pt.bergamot-base-memory.txt", "flores-dev.en-pt.bergamot-base-memory", 3},
		{"people", "en", "pt", "flores-dev/en.txt", "flores-dev/pt.txt", "flores-dev pt (human)", 8},
		{"en-fr tiny", "en", "fr", "newstest2013/en.txt", "outputs/newstest2013.en-fr.bergamot-tiny.txt", "", 1000},
		{"pt-en base-memory", "pt", "en", "flores-dev/pt.txt", "outputs/flores-dev.pt-en.bergamot-base-memory.txt", "", 1000},
		{"en-es tiny", "en", "es", "flores-dev/en.txt", "outputs/flores-dev.en-es.bergamot-tiny.txt", "", 1000},
	} {
		source, target, wrong := lines(t, c.source), lines(t, c.target), trueErrors(t, c.errors)
		stops, n := 0, 0
		by := map[string]int{}
		for i := range source {
			if wrong[i] {
				continue
			}
			n++
			stop := false
			for _, f := range Compare(Pair{Original: plain(c.from, source[i]), Translation: plain(c.to, target[i])}) {
				by[fmt.Sprint(f.Rule, " ", f.Severity)]++
				if f.Severity == doc.Stop {
					stop = true
					if testing.Verbose() && os.Getenv("SET") == c.name {
						t.Logf("%s %d: %s: %s\n  %s\n  %s", c.name, i, f.Rule, f.Message, source[i], target[i])
					}
				}
				if f.Severity != doc.Stop && os.Getenv("RULE") == f.Rule && os.Getenv("SET") == c.name {
					t.Logf("%s %d: %s: %s\n  %s\n  %s", c.name, i, f.Rule, f.Message, source[i], target[i])
				}
			}
			if stop {
				stops++
			}
		}
		rate := 1000 * float64(stops) / float64(n)
		t.Logf("%s: %.1f stops per 1,000 (%d of %d) %v", c.name, rate, stops, n, by)
		if rate > c.most {
			t.Errorf("%s: %.1f stops per 1,000, want at most %.0f", c.name, rate, c.most)
		}
	}
}
