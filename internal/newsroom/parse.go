package newsroom

import (
	"bytes"
	"strings"

	"github.com/mmcdole/gofeed"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
)

// parseFeed reads a feed's bytes.
func (r *Room) parseFeed(response fetch.Response) (listing, error) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(response.Body))
	if err != nil {
		return listing{}, err
	}
	list := listing{title: strings.TrimSpace(f.Title), home: address.Resolve(response.URL, f.Link), lang: f.Language}
	for _, i := range f.Items {
		e := entry{guid: strings.TrimSpace(i.GUID), link: address.Resolve(response.URL, i.Link), title: strings.Join(strings.Fields(i.Title), " "), content: i.Content + i.Description}
		if i.PublishedParsed != nil {
			e.published = *i.PublishedParsed
		}
		list.entries = append(list.entries, e)
	}
	return list, nil
}
