// Package doc holds the document, the one value that runs through the whole house, and its rules.
//
// A Document is an article as it was read or as it was translated: prose and the marks that stand off from it, never markup.
// The package touches its own values only: no I/O, no clock, no log.
package doc

import "time"

// A Document is an article as it was read, or as it was translated.
type Document struct {
	Lang     string    // BCP 47
	Title    Text      // no marks but Emph, Quote, Foreign and Keep are expected here
	Deck     Text      // standfirst; empty if the page has none
	Byline   []string  // one name each, in the page's order; nil if the page gives none
	Date     time.Time // with the outlet's offset; zero if the page gives none
	DateOnly bool      // the page gives the day, not the hour
	Blocks   []Block   // in reading order
}

// A Block is a paragraph, heading, item (numbered or not), quotation, figure, table, embed, preformatted text, note, live entry or rule.
type Block struct {
	Kind  Kind
	Depth int       // nesting of items and quotations, from 0
	Key   string    // the same in every language: anchors, comments and differences hang on it
	Lang  string    // empty: the document's
	Text  Text      // a figure's caption; empty for a rule and a table
	Rows  [][]Text  // tables only
	Media *Media    // figures and embeds only
	At    time.Time // live entries only
}

// A Kind says what a block is. The set is closed.
type Kind int

const (
	Paragraph Kind = iota + 1
	Heading2
	Heading3
	Heading4
	Heading5
	Heading6
	Item         // of a list that is not numbered
	NumberedItem // of a list that is numbered
	Quotation    // a block quotation
	Figure
	Table
	Embed
	Note  // a footnote
	Entry // of a live blog
	Pre   // preformatted: spaces and line ends stay
	Rule
)

// Media is what a figure shows or an embed points to.
type Media struct {
	Src    string // absolute address
	Alt    string // what the picture shows, in the block's language
	Credit string // as the outlet prints it; never translated
	Width  int    // pixels; 0 if not known
	Height int    // pixels; 0 if not known
}

// Text is prose, and the marks that stand off from it.
type Text struct {
	S     string
	Marks []Mark // sorted by start, the longer first, on one range in the order the kinds are declared
}

// A Mark says something of the bytes [Start, End) of a Text.
type Mark struct {
	Kind       MarkKind
	Start, End int
	Href       string // Link only, absolute
	Title      string // Link only
	Lang       string // Foreign, and Quote when its words were first spoken in another language
	Ref        int    // 0, or the place in a table of the caller's that says what the mark was in its source
}

// A MarkKind says what a mark is. The set is closed; on one range marks stand in this order.
type MarkKind int

const (
	Link MarkKind = iota + 1
	Emph
	Strong
	Quote
	Foreign
	Code
	Keep
	Sub
	Super
	Object // a picture, a break, an anchor inside a piece of HTML: the one mark that may be empty
)

// A Severity says what a flag asks of an editor.
type Severity int

const (
	Comment Severity = iota + 1 // "note": worth knowing
	Ask                         // "ask": look here
	Stop                        // "stop": blocks publication until it is dismissed or repaired
)

// A Flag is a doubt about a place: what it looks like in every room.
type Flag struct {
	Rule        string // the name of the check, as in its file
	Severity    Severity
	Block       int    // index into Blocks; -1 the deck, -2 the title
	Start, End  int    // bytes of the block's text in the translation
	SourceStart int    // bytes of the block's text in the original
	SourceEnd   int    // equal to SourceStart when the flag names no place there
	Message     string // for a person, in English; Rule is what locale translates by
	Suggestion  string // replacement of [Start, End); empty if there is none
}

// Places of title and deck where a block's index is asked for.
const (
	DeckBlock  = -1
	TitleBlock = -2
)
