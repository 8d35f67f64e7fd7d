package newsroom

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Broken sites name one canonical address on all pages of a section, or on all they have. Who believed them would take every article for the
// first one's twin.

// sectionNote says why a page's canonical address was not believed by itself.
func sectionNote(canonical string) string {
	return "the page names " + canonical + " as its address; that is a front page or a section, and was not taken"
}

// sharedNote begins what says that a canonical address is that of another article.
func sharedNote(canonical string) string {
	return "the page names " + canonical + " as its address, as does another article: "
}

// articleName is a part of a path that names an article: three words, or a number of four digits.
var articleName = regexp.MustCompile(`\d{4}|[^-_]+[-_][^-_]+[-_][^-_]`)

// ofSection reports whether an address is that of a front page, or of a folder in which the page lies and which is no article's.
func ofSection(canonical, page string) bool {
	c, err := url.Parse(canonical)
	if err != nil || c.Host == "" || c.RawQuery != "" {
		return false
	}
	p, err := url.Parse(page)
	if err != nil || address.Key(canonical) == address.Key(page) {
		return false
	}
	if front(c.Path) {
		return !front(p.Path) || p.RawQuery != ""
	}
	folder, own := parts(c.Path), parts(p.Path)
	n := len(folder)
	if n >= len(own) || !slices.Equal(folder, own[:n]) || articleName.MatchString(folder[n-1]) {
		return false
	}
	return slices.ContainsFunc(own[n:], articleName.MatchString)
}

// parts are the parts of a path between slashes.
func parts(path string) []string {
	return strings.FieldsFunc(path, func(c rune) bool { return c == '/' })
}

// twinOf returns the item that is the same article by the page's canonical address, if one was taken or is to be. shared is an item of which
// the page says so too and which is another article, by what it says or because an editor parted the two: then the address says nothing.
func twinOf(ctx context.Context, r store.Reads, site string, item news.Item, found reading) (twin, shared news.Item, err error) {
	if item.Canonical == "" || item.Canonical == item.Link || dull(item.Canonical) {
		return twin, shared, nil
	}
	items, err := r.ItemsByLink(ctx, site, item.Canonical)
	if err != nil {
		return twin, shared, err
	}
	for _, i := range items {
		if i.ID == item.ID || i.State != "taken" && i.State != "asks" && i.State != "left" && (i.State != "new" || i.ID > item.ID) {
			continue
		}
		parted, err := r.Parted(ctx, item.ID, i.ID)
		if err != nil {
			return twin, shared, err
		}
		switch same, err := oneArticle(ctx, r, item, i, found); {
		case err != nil:
			return twin, shared, err
		case same && !parted:
			return i, news.Item{}, nil
		case shared.ID == "":
			shared = i
		}
	}
	return twin, shared, nil
}

// oneArticle reports whether an item whose page names the address of another, or the same address as that one's page, is that other article. An
// article that is taken for another's is not translated: where nothing but a shared address speaks for it, it is not.
func oneArticle(ctx context.Context, r store.Reads, item, other news.Item, found reading) (bool, error) {
	itself := other.Link == item.Canonical
	d, _, err := r.OriginalOf(ctx, other.ID)
	switch {
	case found.none != nil && (err == nil || errors.Is(err, news.ErrNotFound)):
		return itself, nil // a demand for consent, say, is the same on all pages
	case err == nil:
		return sameText(d, found.doc), nil
	case !errors.Is(err, news.ErrNotFound):
		return false, err
	case other.Title == "":
		return itself, nil
	}
	title := wordSet(other.Title)
	return alike(title, wordSet(found.doc.Title.S)) >= twinTitle || alike(title, wordSet(item.Title)) >= twinTitle, nil
}

// sharedText is the share of the runs of words of the shorter text that the other has, of two forms or two versions of one article.
const sharedText = 0.5

// sameText reports whether two documents that name one address are one article: by their texts, and where one of them is short by their
// headlines as well.
func sameText(a, b doc.Document) bool {
	runs, others := runsOf(a), runsOf(b)
	both := 0
	for run := range runs {
		if others[run] {
			both++
		}
	}
	shorter := min(len(runs), len(others))
	if shorter > 0 && float64(both) >= sharedText*float64(shorter) {
		return true
	}
	return shorter < twinWords && alike(wordSet(a.Title.S), wordSet(b.Title.S)) >= twinTitle
}

// stillShared notes on a page that was read again what was found of its canonical address when it was taken.
func (r *Room) stillShared(ctx context.Context, item string, found reading) (reading, error) {
	o, err := r.Store.NewestOriginal(ctx, item)
	if errors.Is(err, news.ErrNotFound) {
		return found, nil
	}
	if err != nil {
		return found, err
	}
	before, err := r.Store.Report(ctx, o.ID)
	for _, note := range before.Notes {
		if strings.HasPrefix(note, sharedNote(found.canonical)) {
			found.report.Notes = append(found.report.Notes, note)
		}
	}
	return found, err
}
