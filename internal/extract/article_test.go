package extract

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// The page of the seed: drop cap, drawn marks, pull quote, READ MORE line, consent banner, four title forms, offsets, credit, addresses
// of every form. See testdata/outlet.md.
func TestSeedPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("testdata", "outlet.en.html"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "outlet.en.doc.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, report, err := Article(Page{HTML: page, URL: "https://outlet.example/news/2022/01/25/nato-ukraine-combat-troops/"}, Rule{})
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Format(d); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s\nreport: %+v", got, want, report)
	}
	if err := d.Stored(); err != nil {
		t.Error(err)
	}
}
