// Package news names the things of a newsroom: outlets, items, articles, reviews; the states of an article and their moves;
// the four kinds of error that callers act on.
//
// Values only: no I/O, no clock, no log. Times are UTC milliseconds since 1970; identifiers are UUIDv7 as text.
package news

import (
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// The four kinds of error. Everything else is a sentence with its cause.
var (
	ErrNotFound = errors.New("not found") // 404
	ErrConflict = errors.New("conflict")  // 409: somebody else was first; nothing was lost
	ErrInvalid  = errors.New("invalid")   // 422: what was given or asked cannot be; the message says what to do
	ErrDenied   = errors.New("denied")    // 403: the caller, the outlet's terms or a stop flag does not allow it
)

// An Outlet is a publication we follow.
type Outlet struct {
	ID        string
	Name      string
	Home      string   // absolute address
	Lang      string   // BCP 47; empty when the pages have not said yet
	Site      string   // public suffix and one label: outlets of one site share the identity of items
	Into      []string // languages to translate into, sorted; nil: those that the newsroom's models allow
	CreatedAt int64
}

// A Feed is where an outlet's items come from.
type Feed struct {
	ID            string
	Outlet        string
	URL           string
	Kind          string // "feed", "sitemap", "list"
	ETag          string
	LastModified  string
	NextAt        int64  // when to look again
	NextWhy       string // why then: a word and a number that newsroom.Why reads
	CheckedAt     int64  // 0: never
	ChangedAt     int64  // 0: never
	Fails         int    // in a row
	Outcome       string // of the last look, in words
	GUIDPolicy    string // "" or "unstable"
	Unconditional int64  // last look without validators
	Stopped       bool   // the outlet said 410: looked at again only by hand
	Interval      int64  // milliseconds the operator asked for; 0: the feed's own rhythm decides
	MovedTo       string // where a permanent redirect points; empty if there is none
	MovedSeen     int    // how many times in a row
	MovedFirst    int64  // first sight of it
}

// A Media is a picture kept for the pages that show it.
type Media struct {
	SHA256 string // of the bytes, in hex: its name
	URL    string // where it was fetched
	Type   string // image/jpeg, image/png, image/gif or image/webp, as the bytes say
	Width  int    // pixels
	Height int    // pixels
	Size   int64  // bytes
	At     int64
}

// Terms are what an outlet allows, from a day on. A row is never updated: a newer one supersedes it.
type Terms struct {
	ID        string
	Outlet    string
	FromAt    int64
	Basis     string // "unknown", "own", "licence", "permission", "public domain", "quotation"
	Licence   string // name or address, e.g. "CC0-1.0"; empty if none is stated
	Translate bool   // a translation may be made public
	ByMachine bool   // and a machine may have made it
	FullText  bool   // the whole text may stand on our page
	Excerpt   bool   // a short excerpt may
	Images    bool   // pictures may be shown
	Credit    string // text that must stand on the page; empty for the outlet's name, author, date and link
	Proof     string // address or text that shows it
	By        string // who recorded it: an editor's name or "command line"
}

// An Item is an entry seen in a feed, or an address given by hand.
type Item struct {
	ID     string
	Outlet string
	Key    string // unique in the outlet
	URL    string
	Title  string
	SeenAt int64
	State  string // "new", "taken", "failed", "gone", "history" (older than the following of its outlet), "held" (waits for a person), "filtered" (left out by its outlet's filter), "twin" (another item is the same article), "asks" (its page holds no whole article: it waits for a person's leave), "left" (for which a person refused it)
	Why    string // of a failure or of being held, for a person
	Tries  int

	// What else tells it from others.
	GUID        string // as the feed has it; empty if it has none
	Link        string // the address in the form that is compared
	Canonical   string // the page's own, in the form that is compared; empty before it was taken
	PublishedAt int64  // as the feed says, never later than SeenAt; 0 if it does not

	Feed     string   // identifier of the feed it was first seen in; empty for an address given by hand
	SeenText string   // hash of what the feed last said of it, without what changes by itself
	Into     []string // languages asked for this item beside its outlet's; nil for none
}

// An Original is a reading of a page.
type Original struct {
	ID   string
	Item string
	N    int // from 1; counts changes by the outlet
	Page string
	URL  string // of the page, after redirects
	Lang string
	At   int64
}

// An Article is one language's version of an item.
type Article struct {
	ID          string
	Item        string
	Original    string
	Outlet      string
	Lang        string
	State       State
	Slug        string // unique in its language once published
	Title       string // plain text of the newest revision
	Revision    int    // newest
	Public      int    // the revision that readers see; 0 if none
	Terms       string // the terms it was last published under; empty if never
	PublishedAt int64  // first publication here; 0 if never
	ChangedAt   int64  // last correction shown to readers; 0 if none
	MovedAt     int64
	CreatedAt   int64
}

// A Revision is an article's text at a moment. Its document is read apart.
type Revision struct {
	Article string
	N       int    // from 1, the machine's
	By      string // editor's id; empty for the machine
	ByName  string
	At      int64
	Note    string
}

// A Review is a decision of an editor about a revision.
type Review struct {
	ID       string
	Article  string
	Revision int
	By       string // editor's id
	ByName   string
	At       int64
	Decision string // "approved", "returned"
	Note     string
	Seen     int // blocks the editor had on the screen
	Changed  int // blocks that differ from the machine's
}

// An Event says what became public or ceased to be. Events are only ever added.
type Event struct {
	ID       string
	Article  string
	Revision int
	What     string // "published", "corrected", "killed", "unpublished"
	At       int64
	By       string
	Why      string
}

// An Editor is a person at the desk.
type Editor struct {
	ID        string
	Name      string
	Role      Role
	CreatedAt int64
}

// A Role says what an editor may do; each includes those before it.
type Role string

// The roles, the least first.
const (
	Translator Role = "translator" // edits drafts
	Reviewer   Role = "editor"     // approves
	Publisher  Role = "publisher"  // publishes, sets terms
	Admin      Role = "admin"      // editors and settings
)

// May reports whether r includes need.
func (r Role) May(need Role) bool { return rank(r) >= rank(need) }

func rank(r Role) int {
	for i, x := range []Role{Translator, Reviewer, Publisher, Admin} {
		if x == r {
			return i + 1
		}
	}
	return 0
}

// A State says where an article stands.
type State string

// The states of an article.
const (
	Drafted     State = "drafted"
	InReview    State = "in_review"
	Scheduled   State = "scheduled"
	Published   State = "published"
	Corrected   State = "corrected"
	Killed      State = "killed"
	Unpublished State = "unpublished"
)

// moves holds every move an article may make.
var moves = map[State][]State{
	Drafted:     {InReview, Killed},
	InReview:    {Drafted, Scheduled, Published, Corrected, Killed},
	Scheduled:   {InReview, Published, Killed},
	Published:   {InReview, Corrected, Unpublished, Killed},
	Corrected:   {InReview, Corrected, Unpublished, Killed},
	Unpublished: {InReview, Published, Killed},
	Killed:      {},
}

// Move returns nil if an article may go from s to the state to, else an error that is ErrConflict.
func (s State) Move(to State) error {
	for _, x := range moves[s] {
		if x == to {
			return nil
		}
	}
	return fmt.Errorf("an article that is %s cannot become %s: %w", s, to, ErrConflict)
}

// Public reports whether readers see an article in this state.
func (s State) Public() bool { return s == Published || s == Corrected }

// Facts gives of the terms what rights decides by.
func (t Terms) Facts() rights.Facts {
	return rights.Facts{Basis: t.Basis, Licence: t.Licence, Translate: t.Translate, ByMachine: t.ByMachine, FullText: t.FullText, Excerpt: t.Excerpt, Images: t.Images}
}
