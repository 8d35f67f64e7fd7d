package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var diffFilter = filter[struct{}]{
	name: "diff", args: "OLD NEW", short: "two documents → what changed, block by block",
	long: `Compares two documents in text form and prints a changed block a line, as JSON: what happened to it, how much that matters
to a translation (typo, wording, fact, quote), and the words before and after. Offsets are code points.`,
	example: "dragoman diff yesterday.txt today.txt",
	pair:    [2]string{"old", "new"},
	flags:   func(*flags, *struct{}) {},
	do: func(_ context.Context, _ *app, _ struct{}, in input) (result, error) {
		var docs [2]doc.Document
		for i, b := range [][]byte{in.body, in.second} {
			var err error
			if docs[i], err = doc.Parse(string(b)); err != nil {
				return result{}, fmt.Errorf("read the %s document: %w", []string{"old", "new"}[i], err)
			}
		}
		changes := diff.Documents(docs[0], docs[1])
		if changes == nil {
			changes = []diff.Change{}
		}
		for i := range changes {
			c := &changes[i]
			was, is := bodyOf(docs[0], c.Old), bodyOf(docs[1], c.New)
			for j := range c.Spans {
				s := &c.Spans[j]
				s.OldStart, s.OldEnd = doc.CodePoint(was, s.OldStart), doc.CodePoint(was, s.OldEnd)
				s.NewStart, s.NewEnd = doc.CodePoint(is, s.NewStart), doc.CodePoint(is, s.NewEnd)
			}
		}
		return result{object: map[string]any{"changes": changes}, text: func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			for _, c := range changes {
				if err := e.Encode(c); err != nil {
					return err
				}
			}
			return nil
		}}, nil
	},
}
