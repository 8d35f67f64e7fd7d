package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// TestSeedPage holds the page that started this project against an English article that tells the same, and asks for the flags that
// its defects must raise. The words to flag stand beside the number of the defect.
func TestSeedPage(t *testing.T) {
	shared := require.Shared(t)
	page, err := os.ReadFile(filepath.Join(shared, "data/seed/page.fr.txt"))
	if err != nil {
		t.Fatal(err)
	}
	article, err := os.ReadFile(filepath.Join(shared, "data/seed/outlet.en.doc.txt"))
	if err != nil {
		t.Fatal(err)
	}
	original, err := doc.Parse(string(article))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range strings.Split(string(page), "\n") {
		if strings.TrimSpace(l) != "" {
			lines = append(lines, strings.Join(strings.Fields(l), " "))
		}
	}
	original.Blocks = original.Blocks[1:9] // the picture and the last paragraph are not on the page
	translation := doc.Document{Lang: "fr", Title: doc.Text{S: lines[0]}, Deck: doc.Text{S: lines[2]}, Byline: original.Byline}
	for i, b := range original.Blocks {
		translation.Blocks = append(translation.Blocks, doc.Block{Kind: b.Kind, Key: b.Key, Text: doc.Text{S: lines[3+i]}})
	}
	translation.Deck.S = lines[1] // the title a second time, as the page has it
	flags := Compare(Pair{Original: original, Translation: translation})
	for _, want := range []struct{ defect, rule, words string }{
		{"1", "title", ""},
		{"6", "calques", "plus tard cette semaine"},
		{"11", "calques", "pertinentes pour"},
		{"20", "inversion", "il ajouta"},
		{"21", "tense", "ajouta"},
		{"22", "hearsay", "aurait également déclaré"},
		{"30", "calques", "sur la façon d'utiliser"},
		{"40", "calques", "piocher et choisir"},
		{"43", "capitals", "Le"},
		{"58", "calques", "balayé sous le tapis"},
		{"62", "calques", "ce problème particulier"},
		{"75", "marks", ""},
		{"92", "links", ""},
	} {
		if !slices.ContainsFunc(flags, func(f doc.Flag) bool {
			return f.Rule == want.rule && strings.Contains(excerpt(translation, f.Block, f.Start, f.End), want.words)
		}) {
			t.Errorf("defect %s: no flag %s on %q", want.defect, want.rule, want.words)
		}
	}
	if testing.Verbose() {
		for _, f := range flags {
			t.Logf("%s %s %d %q: %s", f.Rule, f.Severity, f.Block, excerpt(translation, f.Block, f.Start, f.End), f.Message)
		}
	}
}
