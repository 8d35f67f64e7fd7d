package newsroom

import (
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
)

// A listing is what newsroom needs of a feed.
type listing struct {
	title   string
	home    string // the site's address, absolute; may be empty
	lang    string // BCP 47; may be empty
	entries []entry
	wishes  wishes
	partial bool // the end was missing
}

// readFeed reads an answer as a feed. What is no feed, or has no body, is an outcome like the others, and changes nothing that is stored.
func (r *Room) readFeed(response fetch.Response) (listing, *fetch.Error) {
	if len(response.Body) == 0 {
		return listing{}, &fetch.Error{Outcome: fetch.Protocol, URL: response.URL, Status: response.Status, Help: "the server sent an empty answer; the next look waits"}
	}
	list, err := r.parseFeed(response)
	if err != nil {
		return listing{}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Err: err, Help: "see in a browser whether it is a feed"}
	}
	list.partial = list.partial || response.Truncated
	return list, nil
}
