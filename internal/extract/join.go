package extract

import (
	"strconv"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Join puts the pages of one article together, in their order. Head lines are those of the first page; what every page repeats (deck,
// lead picture, notes at the end) is there once. A deck that only a later page has is the first paragraph of that page.
func Join(pages ...doc.Document) doc.Document {
	if len(pages) == 0 {
		return doc.Document{}
	}
	out := pages[0]
	out.Blocks = nil
	seen := map[string]bool{}
	for _, s := range []string{out.Title.S, out.Deck.S} {
		seen[key(s)] = true
	}
	for n, page := range pages {
		own := map[string]bool{} // what this page says: an article may say a thing twice
		blocks := page.Blocks
		if k := key(page.Deck.S); n > 0 && k != "" && !seen[k] {
			blocks = append([]doc.Block{{Kind: doc.Paragraph, Text: page.Deck}}, blocks...)
		}
		for _, b := range blocks {
			k := key(b.Text.S)
			if b.Media != nil {
				k = b.Media.Src
			}
			if k != "" && (len(k) > 30 || b.Media != nil) {
				if seen[k] {
					continue
				}
				own[k] = true
			}
			if len(out.Blocks) == doc.MaxBlocks {
				return out
			}
			b.Key = "b" + strconv.Itoa(len(out.Blocks)+1)
			out.Blocks = append(out.Blocks, b)
		}
		for k := range own {
			seen[k] = true
		}
	}
	return out
}
