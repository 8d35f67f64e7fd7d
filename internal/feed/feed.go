// Package feed reads what outlets publish for followers: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, CDF, OPML, sitemaps, news sitemaps and their indexes; and writes OPML.
//
// It promises what is whole of a feed that is cut off, mis-declared, mis-encoded or ill-formed, says what it dropped, and gives no
// date rather than a doubtful one. Identities are kept as they were given. It touches bytes only: no network, no clock, no log.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
)

// Limits of a feed. What lies beyond them is not read, and the feed is marked Partial.
const (
	MaxBytes = 64 << 20 // of a feed; a fetcher has a smaller bound of its own
	MaxItems = 100_000
	maxDepth = 64      // open elements
	maxField = 8 << 20 // bytes of one title, summary or content
	maxList  = 1000    // authors, categories, enclosures of one item
)

// A Feed is what was read. Strings are empty and times zero where the feed says nothing. Title, rights and categories are text; subtitle,
// summary and content are clean HTML with absolute addresses. Times are UTC.
type Feed struct {
	Format     string    `json:"format"` // "rss0.9" … "rss2.0", "rdf", "atom0.3", "atom1.0", "json1.0", "json1.1", "cdf", "opml", "sitemap", "newssitemap", "sitemapindex"
	FeedID     string    `json:"feed_id"`
	Title      string    `json:"title"`
	Subtitle   string    `json:"subtitle"`
	Link       string    `json:"link"`
	Lang       string    `json:"lang"` // BCP 47
	Rights     string    `json:"rights"`
	Authors    []Author  `json:"authors"`
	Categories []string  `json:"categories"`
	Published  time.Time `json:"published,omitzero"`
	Updated    time.Time `json:"updated,omitzero"`
	Items      []Item    `json:"items"`
	Sitemaps   []Sitemap `json:"sitemaps,omitempty"` // of a sitemap index
	Outlines   []Outline `json:"outlines,omitempty"` // of OPML
	Partial    bool      `json:"partial"`            // the end is missing, or more was there than is read
	Notes      []string  `json:"notes"`              // what was dropped or doubtful, for a person

	Self      string        `json:"self,omitempty"`       // the address the feed gives itself
	Hubs      []string      `json:"hubs,omitempty"`       // WebSub
	Every     time.Duration `json:"every,omitzero"`       // the feed's own word on how often to ask (ttl, sy:updatePeriod), in nanoseconds
	SkipHours []int         `json:"skip_hours,omitempty"` // hours of the day, UTC, in which not to ask
	SkipDays  []string      `json:"skip_days,omitempty"`  // English names of days in which not to ask
	Moved     string        `json:"moved,omitempty"`      // the new address the feed names (itunes:new-feed-url)
}

// An Item is an entry of a feed or an address of a sitemap.
type Item struct {
	ID         string            `json:"id"` // as the feed has it, white space at the ends apart
	Link       string            `json:"link"`
	Title      string            `json:"title"`
	Summary    string            `json:"summary"`
	Content    string            `json:"content"`
	Authors    []Author          `json:"authors"`
	Published  time.Time         `json:"published,omitzero"`
	Updated    time.Time         `json:"updated,omitzero"`
	Lang       string            `json:"lang"` // the nearest the feed states: of the content, the item, the feed
	Rights     string            `json:"rights"`
	Categories []string          `json:"categories"`
	Enclosures []Enclosure       `json:"enclosures"`
	Source     Source            `json:"source"`
	Alternates map[string]string `json:"alternates,omitempty"` // addresses in other languages, by tag
}

// An Author is who wrote something, as far as the feed says.
type Author struct {
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

// An Enclosure is a file that belongs to an item.
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Length int64  `json:"length"` // bytes; 0 if not known
}

// A Source is where an item was first published.
type Source struct {
	Title string `json:"title"`
	Link  string `json:"link"`
}

// A Sitemap is one entry of a sitemap index.
type Sitemap struct {
	URL     string    `json:"url"`
	Updated time.Time `json:"updated,omitzero"`
}

// An Outline is one feed of an OPML list.
type Outline struct {
	Title string   `json:"title"`
	Feed  string   `json:"feed"`
	Link  string   `json:"link"`
	Path  []string `json:"path"` // the folders it lies in, the outermost first
}

// Hints are what is known of a feed beside its bytes. All may be empty.
type Hints struct {
	URL    string      // the final address it was read from
	Header http.Header // Content-Type, Content-Language, Content-Location
	Lang   string      // the language its outlet is taken to write; dates are read by it where the feed says nothing
}

// ErrNotFeed is what the error of Parse is when what was read is something else: a web page, a JSON error, nothing.
var ErrNotFeed = errors.New("not a feed")

// WebPage is the error of Parse for a web page. It is an ErrNotFeed; who can read pages may look for the page's feeds.
type WebPage struct {
	Feeds []string // addresses that the head of the page offers as feeds, in its order; extract.Feeds finds more
}

// Error names the feeds that the page offers.
func (e *WebPage) Error() string {
	if len(e.Feeds) == 0 {
		return "this is a web page, not a feed, and it names none"
	}
	return "this is a web page, not a feed; its feeds are: " + strings.Join(e.Feeds, ", ")
}

// Is makes errors.Is(err, ErrNotFeed) hold.
func (e *WebPage) Is(target error) bool { return target == ErrNotFeed }

// Parse reads a feed. It returns an error that is ErrNotFeed if there is none to be read, and the reader's own error if reading fails;
// a feed that is broken is no error: what is whole is given, and Partial or Notes say the rest.
func Parse(r io.Reader, hints Hints) (Feed, error) {
	b, cut, err := readAll(r)
	if err != nil {
		return Feed{}, fmt.Errorf("feed: %w", err)
	}
	text, found := charset.Decode(b, hints.Header.Get("Content-Type"), hints.Lang)
	p := &parser{hints: hints, base: base(hints)}
	p.feed.Partial = cut
	if cut {
		p.note("more than %d MB: the rest was not read", MaxBytes>>20)
	}
	if found.Rule == charset.Guess {
		p.note("character set guessed: %s", found.Name)
	}
	if found.Replaced > 0 && found.Rule != charset.Mostly {
		p.note("%d bytes made no sense in %s", found.Replaced, found.Name)
	}
	if err := p.parse(strings.TrimLeft(text, "\uFEFF \t\r\n\x00")); err != nil {
		return Feed{}, err
	}
	p.finish()
	return p.feed, nil
}

// readAll reads up to MaxBytes; cut is true if there was more.
func readAll(r io.Reader) (b []byte, cut bool, err error) {
	if held, ok := r.(*bytes.Buffer); ok { // in memory already, and nobody else's: not copied
		b = held.Next(held.Len())
		return b[:min(len(b), MaxBytes)], len(b) > MaxBytes, nil
	}
	if sized, ok := r.(interface{ Len() int }); ok && sized.Len() <= MaxBytes {
		b = make([]byte, 0, sized.Len()+512) // no doubling for what is in memory already
	} else {
		b = make([]byte, 0, 64<<10)
	}
	for len(b) <= MaxBytes {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, false, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	return b[:MaxBytes], true, nil
}

// base is what relative addresses start from: the Content-Location, resolved, or the feed's own address.
func base(hints Hints) string {
	if at := hints.Header.Get("Content-Location"); at != "" {
		if abs := address.Resolve(hints.URL, at); abs != "" {
			return abs
		}
	}
	return hints.URL
}

// resolved returns the absolute form of an address in a feed, or "" for what leads to no page. One that is absolute already is kept as
// it was written: who compares addresses cleans them first.
func resolved(base, ref string) string {
	abs := address.Resolve(base, ref)
	if abs == "" {
		return ""
	}
	ref = strings.TrimSpace(ref)
	if u, err := url.Parse(ref); err == nil && u.IsAbs() && u.Host != "" && !strings.ContainsAny(ref, " \t\r\n\"<>") {
		return ref
	}
	return abs
}

// A parser builds one feed.
type parser struct {
	hints   Hints
	base    string
	feed    Feed
	dropped map[string]int // what was dropped, by why
}

func (p *parser) note(format string, args ...any) {
	p.feed.Notes = append(p.feed.Notes, fmt.Sprintf(format, args...))
}

// drop counts something that is left out.
func (p *parser) drop(why string) {
	if p.dropped == nil {
		p.dropped = map[string]int{}
	}
	p.dropped[why]++
}

// parse tells the formats apart by how they begin.
func (p *parser) parse(text string) error {
	switch {
	case text == "":
		return fmt.Errorf("nothing was sent: %w", ErrNotFeed)
	case text[0] == '{' || text[0] == '[':
		return p.json(text)
	case text[0] == '<':
		return p.xml(text)
	}
	if p.textSitemap(text) {
		return nil
	}
	// Something stands before the markup: a warning of the server's, a line of another file.
	if i := strings.Index(text, "<?xml"); i >= 0 {
		p.note("%d characters before the feed were left out", i)
		return p.xml(text[i:])
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:RDF", "<RDF", "<urlset", "<sitemapindex", "<opml"} {
		if i := strings.Index(text, root); i >= 0 {
			p.note("%d characters before the feed were left out", i)
			return p.xml(text[i:])
		}
	}
	if i := strings.IndexByte(text, '<'); i >= 0 && looksLikePage(text[i:]) {
		return webPage(text[i:], p.base)
	}
	return fmt.Errorf("%.60q is no feed: %w", text, ErrNotFeed)
}

// finish makes lists that are empty ones instead of none, gives items the feed's language, and puts into words what was dropped.
func (p *parser) finish() {
	f := &p.feed
	if f.Lang == "" {
		f.Lang = language(p.hints.Header.Get("Content-Language"))
	}
	f.Authors, f.Categories = filled(f.Authors), filled(f.Categories)
	f.Items = filled(f.Items)
	for i := range f.Items {
		it := &f.Items[i]
		it.Authors, it.Categories, it.Enclosures = filled(it.Authors), filled(it.Categories), filled(it.Enclosures)
		if it.Lang == "" {
			it.Lang = f.Lang
		}
	}
	for _, why := range []string{otherHost, noAddress, tooMany, incomplete} {
		if n := p.dropped[why]; n > 0 {
			p.note("%d left out: %s", n, why)
		}
	}
	f.Notes = filled(f.Notes)
}

// Why something is left out.
const (
	otherHost  = "an address of another site"
	noAddress  = "no address"
	tooMany    = "more than are read"
	incomplete = "cut off in the middle"
)

// filled returns list, or an empty list for none.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
