package extract

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var update = flag.Bool("update", false, "rewrite the golden cases with what the code does now")

// Each file of testdata/cases is one rule: a sentence on why it exists, a page made up for it, and the document that it gives.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "cases", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) == 0 || a.Files[0].Name != "page.html" {
				t.Fatal("the first part is not page.html")
			}
			d, _, err := Article(Page{HTML: a.Files[0].Data, URL: "https://outlet.example/2024/05/01/harbour"}, Rule{})
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Stored(); err != nil {
				t.Error(err)
			}
			got := doc.Format(d)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "doc.txt", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 || string(a.Files[1].Data) != got {
				t.Errorf("the page gives\n%s", got)
			}
		})
	}
}
