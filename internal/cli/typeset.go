package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/typography"
)

type typesetFlags struct{ lang, source, from string }

var typesetFilter = filter[typesetFlags]{
	name: "typeset", args: "--lang fr [--source FILE --from en] [FILE]", short: "text → text set by the usage of its language",
	long: `Sets a text by the usage of its language: quotation marks, apostrophes, spaces beside signs, dashes, numbers. The text it was
translated from settles what it alone cannot: 10,000 is ten thousand in English and ten in French.`,
	example: "echo 'Il a dit \"non\" !' | dragoman typeset --lang fr",
	flags: func(fs *flags, o *typesetFlags) {
		fs.StringVar(&o.lang, "lang", "", "`TAG`: the language of the text; a region chooses its usage")
		fs.StringVar(&o.source, "source", "", "`FILE`: the text it was translated from; in a batch, that text itself")
		fs.StringVar(&o.from, "from", "", "`TAG`: the language of that text")
	},
	do: func(_ context.Context, _ *app, o typesetFlags, in input) (result, error) {
		tag, err := lang.Parse(o.lang)
		if err != nil {
			return result{}, usageError{err}
		}
		source, err := typesetSource(o, in)
		if err != nil {
			return result{}, err
		}
		text := string(in.body)
		text = typography.Apply(text, typography.Set(tag, text, source, nil))
		return result{object: map[string]string{"text": text}, text: written(text)}, nil
	},
}

// typesetSource reads the text that was translated; the zero Source if none is named.
func typesetSource(o typesetFlags, in input) (typography.Source, error) {
	if o.source == "" {
		return typography.Source{}, nil
	}
	from, err := lang.Parse(o.from)
	if err != nil {
		return typography.Source{}, usageError{errors.New("--source needs --from, its language")}
	}
	if raw, ok := in.fields["source"]; ok {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return typography.Source{}, errors.New(`"source" is no string`)
		}
		return typography.Source{Lang: from, Text: text}, nil
	}
	f, err := os.Open(o.source)
	if err != nil {
		return typography.Source{}, fmt.Errorf("read the source: %w", err)
	}
	defer f.Close()
	b, err := limited(f, nil)
	return typography.Source{Lang: from, Text: string(b)}, err
}
