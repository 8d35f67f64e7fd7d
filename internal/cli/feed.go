package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"runtime/debug"

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
		if len(in.body) > largeFeed {
			debug.SetGCPercent(50) // what is read is kept once, what is made of it once; the rest goes soon
		}
		f, err := feed.Parse(bytes.NewBuffer(in.body), feed.Hints{URL: o.base, Header: header, Lang: o.lang})
		if err != nil {
			return result{}, err
		}
		f = withLists(f)
		return result{object: f, text: func(w io.Writer) error { return printFeed(w, f) }}, nil
	},
}

// largeFeed is from how many bytes on a feed is read in less memory, and a little more time.
const largeFeed = 4 << 20

// printFeed prints what the object prints, one item at a time: a feed may have megabytes of them.
func printFeed(w io.Writer, f feed.Feed) error {
	const none = `"items":[]`
	items := f.Items
	f.Items = []feed.Item{}
	whole, err := feedJSON(f)
	if err != nil {
		return err
	}
	at := bytes.Index(whole, []byte(none)) // in a text its quotation marks would be escaped
	if _, err := w.Write(whole[:at+len(none)-1]); err != nil {
		return err
	}
	for i := range items {
		item, err := feedJSON(items[i])
		if err != nil {
			return err
		}
		if i > 0 {
			item = append([]byte{','}, item...)
		}
		if _, err := w.Write(bytes.TrimSuffix(item, []byte{'\n'})); err != nil {
			return err
		}
		items[i] = feed.Item{} // printed
	}
	_, err = w.Write(whole[at+len(none)-1:])
	return err
}

func feedJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
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
