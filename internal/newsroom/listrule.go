package newsroom

import (
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// formatList is the format of a page whose links are followed by a rule.
const formatList = "list"

// readList reads the links of a page as entries. A page without any is an outcome like the others: its outlet has rebuilt it, and a person
// has to say where the links are now.
func readList(response fetch.Response, selector string) (listing, *fetch.Error) {
	l, err := extract.Links(response.Body, response.URL, response.Header, selector)
	if err == nil && len(l.Links) == 0 {
		err = fmt.Errorf("no link is in %q", selector)
	}
	if err != nil {
		return listing{}, &fetch.Error{Outcome: fetch.NotAFeed, URL: response.URL, Status: response.Status, Err: err, Help: "the page may have been rebuilt: look where its links are and follow it again"}
	}
	list := listing{format: formatList, title: l.Title, home: response.URL, lang: l.Lang, partial: response.Truncated}
	for _, link := range l.Links {
		list.entries = append(list.entries, entry{link: link.URL, title: oneLine(link.Title), lang: l.Lang})
	}
	return list, nil
}

// isNoSelector makes the error of a selector one that its writer sees.
func isNoSelector(selector string) error {
	if _, err := extract.Links(nil, "", nil, selector); err != nil {
		return fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	return nil
}

// listError makes an error of a first look one that the person who asked for it sees.
func listError(err *fetch.Error) error { return errors.Join(err, news.ErrInvalid) }
