package check

import (
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// BenchmarkCompare compares 40 lines of news, about 900 words.
func BenchmarkCompare(b *testing.B) {
	source, target := lines(b, "flores-dev/en.txt")[:40], lines(b, "outputs/flores-dev.en-pt.bergamot-base-memory.txt")[:40]
	p := Pair{Original: doc.Document{Lang: "en"}, Translation: doc.Document{Lang: "pt"}}
	for i := range source {
		key := "b" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		p.Original.Blocks = append(p.Original.Blocks, doc.Block{Kind: doc.Paragraph, Key: key, Text: doc.Text{S: source[i]}})
		p.Translation.Blocks = append(p.Translation.Blocks, doc.Block{Kind: doc.Paragraph, Key: key, Text: doc.Text{S: target[i]}})
	}
	for b.Loop() {
		Compare(p)
	}
}
