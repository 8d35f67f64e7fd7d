package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/segment"
)

type splitFlags struct{ lang string }

var splitFilter = filter[splitFlags]{
	name: "split", args: "--lang en [FILE]", short: "text → one sentence a line",
	long:    "Splits prose into sentences, one a line. An empty line ends a sentence; a line end within a paragraph counts as a space.",
	example: "echo 'Mr. Aldea left at 5 p.m. Nobody saw him.' | dragoman split --lang en",
	flags: func(fs *flags, o *splitFlags) {
		fs.StringVar(&o.lang, "lang", "en", "`TAG`: the language of the text")
	},
	do: func(_ context.Context, _ *app, o splitFlags, in input) (result, error) {
		if _, err := lang.Parse(o.lang); err != nil {
			return result{}, usageError{err}
		}
		text, sentences := string(in.body), []string{}
		for _, r := range segment.Split(o.lang, text) {
			if s := joined(text[r.Start:r.End]); s != "" {
				sentences = append(sentences, s)
			}
		}
		return result{
			object: map[string]any{"sentences": sentences},
			text: func(w io.Writer) error {
				for _, s := range sentences {
					if _, err := fmt.Fprintln(w, s); err != nil {
						return err
					}
				}
				return nil
			},
		}, nil
	},
}

// joined makes a sentence one line. Only line ends and the ASCII space around them go: a no-break space is the author's.
func joined(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Trim(line, " \t\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}
