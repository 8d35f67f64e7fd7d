package cli

import (
	"bytes"
	"context"
	"net/http"

	"github.com/dragoman-newsroom/dragoman/internal/feed"
)

type feedFlags struct{ base, charset, lang string }

var feedFilter = filter[feedFlags]{
	name: "feed", args: "[--base URL] [--charset C] [FILE]", short: "feed → JSON",
	long:    "Reads a feed of any dialect (RSS, Atom, JSON Feed, OPML, sitemaps) and prints it as JSON.",
	example: "dragoman feed --base https://outlet.example/feed.xml feed.xml",
	header:  true,
	flags: func(fs *flags, o *feedFlags) {
		fs.StringVar(&o.base, "base", "", "`URL`: the feed's address, from which its links start")
		fs.StringVar(&o.charset, "charset", "", "`C`: the character set, as the server said it")
		fs.StringVar(&o.lang, "lang", "", "`TAG`: the language of the outlet, where the feed does not say it")
	},
	do: func(_ context.Context, _ *app, o feedFlags, in input) (result, error) {
		header := http.Header(in.headers).Clone()
		if o.charset != "" {
			if header == nil {
				header = http.Header{}
			}
			if header.Get("Content-Type") == "" {
				header.Set("Content-Type", "application/xml; charset="+o.charset)
			}
		}
		f, err := feed.Parse(bytes.NewReader(in.body), feed.Hints{URL: o.base, Header: header, Lang: o.lang})
		if err != nil {
			return result{}, err
		}
		return result{object: withLists(f)}, nil
	},
}

// withLists gives a feed empty lists where it has none: a reader of the JSON need not ask twice.
func withLists(f feed.Feed) feed.Feed {
	fill(&f.Authors)
	fill(&f.Categories)
	fill(&f.Items)
	fill(&f.Notes)
	for i := range f.Items {
		fill(&f.Items[i].Authors)
		fill(&f.Items[i].Categories)
		fill(&f.Items[i].Enclosures)
	}
	for i := range f.Outlines {
		fill(&f.Outlines[i].Path)
	}
	return f
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
