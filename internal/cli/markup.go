package cli

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// translateHTML translates a piece of HTML. Its inline elements come back around the words they belong to, with the attributes
// they had; blocks, scripts and what is not to be translated stay as they are.
func translateHTML(ctx context.Context, t translate.Translator, piece string) (result, error) {
	f := extract.Fragment(piece, t.From)
	d := doc.Document{Lang: t.From}
	for i, text := range f.Texts {
		kind := f.Kinds[i]
		if kind == 0 {
			kind = doc.Paragraph // an attribute's value
		}
		d.Blocks = append(d.Blocks, doc.Block{Kind: kind, Key: fmt.Sprintf("b%d", i+1), Text: text})
	}
	d = d.MarkQuotations()
	r, err := t.Document(ctx, d)
	if err != nil {
		return result{}, err
	}
	texts := make([]doc.Text, len(r.Doc.Blocks))
	for i, b := range r.Doc.Blocks {
		texts[i] = b.Text
	}
	flags := append(r.Flags, compared(d, r, t.Terms)...)
	object := translated{HTML: render.Fragment(f, texts), Sentences: sentencesJSON(d, r), Flags: flagsJSON(d, r.Doc, flags)}
	return result{object: object, text: written(object.HTML)}, nil
}
