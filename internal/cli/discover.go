package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
)

type discoverFlags struct{ base string }

var discoverFilter = filter[discoverFlags]{
	name: "discover", args: "[--base URL] [FILE]", short: "page → addresses of its feeds, best first",
	long: `Names the feeds that a page offers, best first, one a line. It makes no request: what lies at the usual paths, and what
robots.txt names, is looked at by "dragoman follow".`,
	example: "dragoman discover --base https://outlet.example/ page.html",
	header:  true,
	flags: func(fs *flags, o *discoverFlags) {
		fs.StringVar(&o.base, "base", "", "`URL`: the page's address, from which its links start")
	},
	do: func(_ context.Context, _ *app, o discoverFlags, in input) (result, error) {
		found := extract.Feeds(in.body, o.base, in.headers)
		list := make([]feedLinkJSON, 0, len(found.Feeds))
		for _, f := range found.Feeds {
			list = append(list, feedLinkJSON{URL: f.URL, Type: f.Type, Title: f.Title, Lang: f.Lang})
		}
		return result{
			object: map[string]any{"feeds": list, "languages": found.Languages},
			text: func(w io.Writer) error {
				for _, f := range list {
					if _, err := fmt.Fprintln(w, f.URL); err != nil {
						return err
					}
				}
				return nil
			},
		}, nil
	},
}

type feedLinkJSON struct {
	URL   string `json:"url"`
	Type  string `json:"type"`
	Title string `json:"title"`
	Lang  string `json:"lang,omitempty"`
}
