package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A page with more blocks than a document may have is cut, and says so.
func TestMoreBlocksThanAreRead(t *testing.T) {
	for _, n := range []int{doc.MaxBlocks - 10, doc.MaxBlocks + 10} {
		var page strings.Builder
		page.WriteString("<html lang=en><title>Ministers meet in the capital</title><article><h1>Ministers meet in the capital</h1>")
		for i := range n {
			fmt.Fprintf(&page, "<p>The ministers met in the capital on day %d, spoke for three hours, and told nobody what they had decided.</p>", i)
		}
		d, report, err := Article(Page{HTML: []byte(page.String()), URL: "https://outlet.example/a"}, Rule{})
		if err != nil {
			t.Fatal(err)
		}
		noted := slices.ContainsFunc(report.Notes, func(s string) bool { return strings.Contains(s, "more than 10000 blocks") })
		if noted != (n > doc.MaxBlocks) || len(d.Blocks) > doc.MaxBlocks {
			t.Errorf("%d paragraphs: %d blocks, notes %q", n, len(d.Blocks), report.Notes)
		}
	}
}
