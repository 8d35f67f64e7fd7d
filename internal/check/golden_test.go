package check

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var update = flag.Bool("update", false, "write what the code does now into the golden cases")

// TestGolden runs testdata/*.txtar: an original, its translation, and the flags, one a line, with the words that each names.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range ar.Files {
				parts[f.Name] = string(f.Data)
			}
			original, err := doc.Parse(parts["original"])
			if err != nil {
				t.Fatal(err)
			}
			translation, err := doc.Parse(parts["translation"])
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, f := range Compare(Pair{Original: original, Translation: translation}) {
				fmt.Fprintf(&got, "%s %s %d %q | %q: %s", f.Rule, f.Severity, f.Block, excerpt(original, f.Block, f.SourceStart, f.SourceEnd), excerpt(translation, f.Block, f.Start, f.End), f.Message)
				if f.Suggestion != "" {
					fmt.Fprintf(&got, " → %s", f.Suggestion)
				}
				got.WriteByte('\n')
			}
			if got.String() == parts["flags"] {
				return
			}
			if !*update {
				t.Fatalf("got\n%s\nwant\n%s", got.String(), parts["flags"])
			}
			ar.Files = append(ar.Files[:2:2], txtar.File{Name: "flags", Data: []byte(got.String())})
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// excerpt is what a flag names in a document.
func excerpt(d doc.Document, block, start, end int) string {
	var s string
	switch {
	case block == doc.TitleBlock:
		s = d.Title.S
	case block == doc.DeckBlock:
		s = d.Deck.S
	case block < len(d.Blocks):
		s = d.Blocks[block].Text.S
	}
	return s[min(start, len(s)):min(end, len(s))]
}
