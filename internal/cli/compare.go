package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/dragoman-newsroom/dragoman/internal/check"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// compared are the doubts that a comparison of the two documents finds; terms may be nil.
func compared(original doc.Document, r translate.Result, terms *term.Base) []doc.Flag {
	return check.Compare(check.Pair{Original: original, Translation: r.Doc, Sentences: r.Sentences, Terms: terms})
}

type compareFlags struct{ as, from, to string }

var compareFilter = filter[compareFlags]{
	name: "compare", args: "[--as text|doc] ORIGINAL TRANSLATION --from en --to fr", short: "original and translation → what an editor should look at",
	long: `Compares a translation with its original: numbers, names, links, quotations, what was left out or repeated. Prints a flag a
line, as JSON; flags are an answer and no failure.`,
	example: "dragoman compare original.txt translation.txt --from en --to fr",
	pair:    [2]string{"original", "translation"},
	flags: func(fs *flags, o *compareFlags) {
		fs.StringVar(&o.as, "as", "text", "`FORM`: text or doc")
		fs.StringVar(&o.from, "from", "", "`TAG`: the language of the original; a document says its own")
		fs.StringVar(&o.to, "to", "", "`TAG`: the language of the translation; a document says its own")
	},
	do: func(_ context.Context, _ *app, o compareFlags, in input) (result, error) {
		original, err := comparable(o.as, string(in.body), o.from)
		if err != nil {
			return result{}, err
		}
		translation, err := comparable(o.as, string(in.second), o.to)
		if err != nil {
			return result{}, err
		}
		flags := flagsJSON(original, translation, check.Compare(check.Pair{Original: original, Translation: translation}))
		return result{object: map[string]any{"flags": flags}, text: func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			for _, f := range flags {
				if err := e.Encode(f); err != nil {
					return err
				}
			}
			return nil
		}}, nil
	},
}

// comparable reads one side of a comparison. A text is one block, so that offsets are the text's own.
func comparable(as, text, tag string) (doc.Document, error) {
	switch as {
	case "doc":
		d, err := doc.Parse(text)
		if err == nil && tag != "" {
			d.Lang = tag
		}
		return d, err
	case "text":
		if tag == "" {
			return doc.Document{}, usageError{errors.New("--from and --to are needed: a text does not say its language")}
		}
		d := doc.Document{Lang: tag, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: text}}}}
		return d.MarkQuotations(), nil
	}
	return doc.Document{}, usagef("--as %q is neither text nor doc", as)
}
