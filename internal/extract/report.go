package extract

import (
	"github.com/dragoman-newsroom/dragoman/internal/charset"
)

// A State says what kind of page was read.
type State string

// The states of a page. Only a Full one may be translated without a person's leave.
const (
	Full    State = "full"    // the whole article is there
	Cut     State = "cut"     // the article begins, and the rest is kept for subscribers
	Consent State = "consent" // a demand for consent stands in place of the article
	List    State = "list"    // a front page, a section, a search: many articles begin here
	Empty   State = "empty"   // no text that could be an article; scripts may load it
	Live    State = "live"    // a live blog: dated entries that go on
)

// A Source says where a value was read, and whether it is sure.
type Source struct {
	From string // "json-ld", "og:title", "h1", "meta description", "time", …; empty if there is no value
	Sure bool   // false: a guess that a person should look at
}

// A Report says what else a page tells, and where each value was found.
type Report struct {
	URL           string // the address the page was read from, cleaned
	Canonical     string // the address to keep: the page's own canonical if it lies on the same site, else URL
	CanonicalSaid string // what the page says, resolved; empty if it says nothing
	Published     Date   // first publication; zero if the page declares none
	Modified      Date   // last change; zero if the page declares none
	Site          string // the outlet's name
	License       string // address or name of the licence; empty if the page names none
	Image         string // the lead picture as the page declares it to others
	State         State
	Paywall       bool   // the page says that it, or a part, is not free to read: to machines, or to readers where the text breaks off
	Next          string // the next page of the same article
	Prev          string // the page before
	AMP           string
	Print         string
	Sources       map[string]Source // by field: title, deck, byline, published, modified, lang, site, license, image, canonical
	Charset       charset.Found
	Notes         []string // what is doubtful or was left out, for a person
}

func (r *Report) note(s string) { r.Notes = append(r.Notes, s) }
