package newsroom

import "github.com/dragoman-newsroom/dragoman/internal/doc"

// pictures returns the addresses of the pictures that a document's figures show, each once, in their order.
func pictures(d doc.Document) []string {
	var list []string
	seen := map[string]bool{}
	for _, b := range d.Blocks {
		if b.Kind == doc.Figure && b.Media != nil && b.Media.Src != "" && !seen[b.Media.Src] {
			seen[b.Media.Src] = true
			list = append(list, b.Media.Src)
		}
	}
	return list
}
