package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// An entry is what a feed says of an article.
type entry struct {
	guid      string // as the feed has it, trimmed of white space and nothing else
	link      string // absolute
	title     string // text
	content   string // HTML or text
	published time.Time

	// What a filter looks at beside the title.
	summary    string // HTML or text
	categories []string
	authors    []string
	lang       string // BCP 47; may be empty
}

// A sighting is an entry and the item it is.
type sighting struct {
	item    news.Item
	isNew   bool // the item was not known
	changed bool // it was, and the feed says something else of it now
	told    bool // the feed says what it did not say before
	entry   entry
}

// unstable marks a feed whose guids change while its links stay, or repeat: they say nothing. The mark stays.
const unstable = "unstable"

// identify finds which of a feed's entries are known. Two entries of one poll that are one article give one sighting.
// An item is looked for by guid where the feed's guids can be trusted, then by address, then by the number in its address,
// and a long title with the same date.
//
// It returns the feed with what it learned of its guids.
func identify(ctx context.Context, r store.Reads, site string, f news.Feed, entries []entry, now time.Time) ([]sighting, news.Feed, error) {
	f = judgeGUIDs(f, entries)
	links := map[string]map[string]bool{} // the titles and guids under each address
	for _, e := range entries {
		k := linkKey(e.link)
		if links[k] == nil {
			links[k] = map[string]bool{}
		}
		links[k][e.guid+"\x00"+e.title] = true
	}
	var list []sighting
	seen := map[string]int{} // identifiers of items by their place in list
	for _, e := range entries {
		if e.link == "" && e.guid == "" {
			continue // nothing can be taken and nothing told apart
		}
		shared := e.guid != "" && len(links[linkKey(e.link)]) > 1
		item, known, err := match(ctx, r, site, f, e, shared, list, entries)
		if err != nil {
			return nil, f, err
		}
		if known && e.guid != "" && item.GUID != "" && item.GUID != e.guid && !sameButScheme(item.GUID, e.guid) && item.Feed == f.ID && !shared {
			f.GUIDPolicy = unstable
		}
		if !known {
			item = newItem(f, e, shared, now)
		}
		if i, twice := seen[item.ID]; twice {
			_ = i
			continue
		}
		text := seenText(e)
		s := sighting{item: item, isNew: !known, told: item.SeenText != text, entry: e}
		if known && item.SeenText != "" && item.SeenText != text {
			s.changed = true
		}
		s.item.SeenText = text
		if known {
			s.item.Title, s.item.GUID = e.title, e.guid
			if key := linkKey(e.link); !shared && olderForm(item, key) {
				s.item.Link = key
			}
			if !shared && item.State != "taken" && e.link != "" {
				s.item.URL = address.Clean(e.link)
			}
		}
		seen[item.ID] = len(list)
		list = append(list, s)
	}
	return list, f, nil
}

// judgeGUIDs marks a feed in which one guid stands for several addresses.
func judgeGUIDs(f news.Feed, entries []entry) news.Feed {
	byGUID := map[string]string{}
	for _, e := range entries {
		if e.guid == "" {
			continue
		}
		if link, ok := byGUID[e.guid]; ok && linkKey(link) != linkKey(e.link) {
			f.GUIDPolicy = unstable
		}
		byGUID[e.guid] = e.link
	}
	return f
}

// match finds the item that an entry is, among those known and those found in this poll.
// shared says that other entries of this poll have its address, which then tells nothing.
func match(ctx context.Context, r store.Reads, site string, f news.Feed, e entry, shared bool, list []sighting, entries []entry) (news.Item, bool, error) {
	key := linkKey(e.link)
	for _, s := range list {
		i := s.item
		if !shared && key != "" && i.Link == key || f.GUIDPolicy != unstable && e.guid != "" && i.GUID == e.guid {
			return i, true, nil
		}
	}
	if e.guid != "" && f.GUIDPolicy != unstable {
		items, err := r.ItemsByGUID(ctx, site, e.guid)
		if err != nil {
			return news.Item{}, false, err
		}
		for _, i := range items {
			// A guid is its feed's: in another feed of the site it counts only with the same page or headline.
			if i.Feed == f.ID || path(i.Link) == path(key) || i.Title == e.title {
				return i, true, nil
			}
		}
	}
	if key == "" || shared {
		return news.Item{}, false, nil
	}
	items, err := r.ItemsByLink(ctx, site, key)
	if err != nil {
		return news.Item{}, false, err
	}
	for _, i := range items {
		if !dull(key) || i.GUID == e.guid || i.Title == e.title {
			return i, true, nil
		}
	}
	recent, err := r.ItemsOfFeed(ctx, f.ID, 0, recentItems)
	if err != nil {
		return news.Item{}, false, err
	}
	for _, i := range recent {
		if sameNumber(i.Link, key) && !listed(i, entries) || sameHeadline(i, e) || olderForm(i, key) {
			return i, true, nil
		}
	}
	return news.Item{}, false, nil
}

// olderForm reports whether an item is kept under an address that is written otherwise today, and is this one: of a redirector, say, that was not
// opened when the item came.
func olderForm(i news.Item, key string) bool {
	now := address.Clean(i.URL)
	return now != i.URL && linkKey(now) == key && !dull(key)
}

// recentItems is how many of a feed's items are compared by number and headline.
const recentItems = 500

// newItem is the item of an entry that is not known.
func newItem(f news.Feed, e entry, shared bool, now time.Time) news.Item {
	i := news.Item{
		ID: store.NewID(), Outlet: f.Outlet, Feed: f.ID, URL: address.Clean(e.link), Title: e.title, GUID: e.guid,
		Link: linkKey(e.link), SeenAt: millis(now), State: "new", PublishedAt: millis(e.published),
	}
	i.PublishedAt = min(i.PublishedAt, i.SeenAt)
	if i.URL == "" && (strings.HasPrefix(e.guid, "https://") || strings.HasPrefix(e.guid, "http://")) {
		i.URL, i.Link = address.Clean(e.guid), linkKey(e.guid)
	}
	i.Key = "link " + i.Link
	if shared || i.Link == "" {
		i.Key = "guid " + e.guid
	}
	return i
}

// path is a compared address without its query.
func path(key string) string {
	p, _, _ := strings.Cut(key, "?")
	return p
}

// dull reports whether an address is a front page, which many entries may share.
func dull(key string) bool {
	_, rest, _ := strings.Cut(key, "/")
	return strings.Trim(rest, "/") == ""
}

// sameButScheme reports whether two guids are one address, once with http and once with https.
func sameButScheme(a, b string) bool {
	return strings.TrimPrefix(strings.TrimPrefix(a, "https://"), "http://") == strings.TrimPrefix(strings.TrimPrefix(b, "https://"), "http://")
}

// Publishers that rewrite the words of an address with the headline keep the article's number in it.
var longNumber = regexp.MustCompile(`\d{6,}`)

// sameNumber reports whether two addresses are of one folder and carry the same long number in their last part.
func sameNumber(a, b string) bool {
	i, j := strings.LastIndexByte(path(a), '/'), strings.LastIndexByte(path(b), '/')
	if i < 0 || j < 0 || a[:i] != b[:j] {
		return false
	}
	m, n := longNumber.FindAllString(path(a)[i:], -1), longNumber.FindAllString(path(b)[j:], -1)
	return len(m) == 1 && len(n) == 1 && m[0] == n[0]
}

// listed reports whether an item is in the feed under its own address: then it is no older form of another entry.
func listed(i news.Item, entries []entry) bool {
	for _, e := range entries {
		if linkKey(e.link) == i.Link {
			return true
		}
	}
	return false
}

// longTitle is how many characters make a headline that two articles of a day do not share.
const longTitle = 24

// sameHeadline reports whether an item and an entry have one long headline and one date.
func sameHeadline(i news.Item, e entry) bool {
	return len([]rune(e.title)) >= longTitle && i.Title == e.title && !e.published.IsZero() && i.PublishedAt == millis(e.published)
}

var tag = regexp.MustCompile(`<[^<>]*>`)

// blockEnd is where one block of HTML ends and the next begins.
var blockEnd = regexp.MustCompile(`(?i)</?(?:p|div|li|h[1-6]|br|tr|td|section|blockquote|figure|ul|ol|table)\b[^<>]*>`)

// seenText is a hash of what a feed says of an article: its words, without markup, white space, and short blocks with a number
// in them, which are counters and clocks. It is for comparing only: what it leaves out, the page is read for.
func seenText(e entry) string {
	h := sha256.New()
	h.Write([]byte(strings.Join(strings.Fields(e.title), " ")))
	for _, block := range blockEnd.Split(e.content, -1) {
		block = strings.Join(strings.Fields(tag.ReplaceAllString(block, " ")), " ")
		if block == "" || counter(block) {
			continue
		}
		h.Write([]byte("\n" + block))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// maxFeedText is how many bytes of an entry's text are kept.
const maxFeedText = 64 << 10

// feedText is what a feed says of an article as plain text, a line a block: the page is held against it. Of more than maxFeedText the beginning.
func feedText(e entry) string {
	var b strings.Builder
	for _, block := range blockEnd.Split(e.content, -1) {
		block = strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(block, ""))), " ")
		if block == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(block)
		if b.Len() > maxFeedText {
			break
		}
	}
	s := storable([]byte(b.String()))
	return strings.ToValidUTF8(s[:min(len(s), maxFeedText)], "")
}

// counter reports whether a block is at most four words, one of them a number, and no sentence: "Views: 11", "3 comments".
func counter(block string) bool {
	words := strings.Fields(block)
	if len(words) < 2 || len(words) > 4 || strings.ContainsAny(block[len(block)-1:], ".!?…") {
		return false
	}
	return strings.ContainsFunc(block, unicode.IsDigit)
}

// corrected reports whether a headline says that it corrects itself, in the languages of the press we know.
func corrected(was, is string) bool {
	before, after := strings.ToLower(was), strings.ToLower(is)
	for _, word := range []string{"correct", "rectific", "corrig", "corrección", "correção", "berichtig", "korrektur", "errata", "исправ", "уточн", "виправ"} {
		if strings.Contains(after, word) && !strings.Contains(before, word) {
			return true
		}
	}
	return false
}

// pageHost is the host of an address, for a name where nothing better is known.
func pageHost(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
