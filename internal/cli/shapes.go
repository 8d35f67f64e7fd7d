package cli

import (
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// A pieceJSON is one sentence of a result: places in code points of the text, or of the block's text.
type pieceJSON struct {
	Block   int      `json:"block"`
	Part    string   `json:"part,omitempty"`
	Source  [2]int   `json:"source"`
	Target  [2]int   `json:"target"`
	Score   float32  `json:"score"`
	Engine  string   `json:"engine"`
	Repairs []string `json:"repairs,omitempty"`
}

// A flagJSON is a doubt, as every command prints it: places in code points.
type flagJSON struct {
	Rule       string `json:"rule"`
	Severity   string `json:"severity"`
	Block      int    `json:"block"`
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Source     [2]int `json:"source"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion"`
}

// textAt is the text at a place of a document.
func textAt(d doc.Document, p doc.Place) string {
	for q, t := range d.Texts() {
		if q.Block == p.Block && q.Part == p.Part && q.Row == p.Row && q.Col == p.Col && q.Mark == p.Mark {
			return t.S
		}
	}
	return ""
}

// bodyOf is the text that a flag's block number stands for.
func bodyOf(d doc.Document, block int) string {
	switch {
	case block == doc.TitleBlock:
		return d.Title.S
	case block == doc.DeckBlock:
		return d.Deck.S
	case block >= 0 && block < len(d.Blocks):
		return d.Blocks[block].Text.S
	}
	return ""
}

func points(s string, start, end int) [2]int {
	return [2]int{doc.CodePoint(s, start), doc.CodePoint(s, end)}
}

// sentencesJSON gives the sentences of a translation, places in code points of the texts they stand in.
func sentencesJSON(original doc.Document, r translate.Result) []pieceJSON {
	list := make([]pieceJSON, 0, len(r.Sentences))
	for _, s := range r.Sentences {
		j := pieceJSON{
			Block: s.Place.Block, Part: partName(s.Place), Score: s.Score, Engine: s.Engine,
			Source: points(textAt(original, s.Place), s.SourceStart, s.SourceEnd),
			Target: points(textAt(r.Doc, s.Place), s.Start, s.End),
		}
		for _, x := range s.Repairs {
			j.Repairs = append(j.Repairs, x.Rule)
		}
		list = append(list, j)
	}
	return list
}

// partName names what of a block a text is; empty for its body.
func partName(p doc.Place) string {
	switch p.Part {
	case doc.Alt:
		return "alt"
	case doc.LinkTitle:
		return "link title"
	case doc.Cell:
		return "cell"
	}
	return ""
}

// flagsJSON gives doubts, places in code points of the blocks' texts.
func flagsJSON(original, translation doc.Document, flags []doc.Flag) []flagJSON {
	list := make([]flagJSON, 0, len(flags))
	for _, f := range flags {
		at := points(bodyOf(translation, f.Block), f.Start, f.End)
		list = append(list, flagJSON{
			Rule: f.Rule, Severity: f.Severity.String(), Block: f.Block, Start: at[0], End: at[1],
			Source: points(bodyOf(original, f.Block), f.SourceStart, f.SourceEnd), Message: f.Message, Suggestion: f.Suggestion,
		})
	}
	return list
}
