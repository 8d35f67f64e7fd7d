// Package extract finds the article in a page: the whole article, nothing but the article, with its structure and what the page says about it.
//
// It promises a document that passes doc.Check, with every address absolute and every value's origin in the Report; a page that holds
// no article is an error of a kind that says what the page is instead. It parses HTML, here and nowhere else in the house, and touches
// the tree it parsed: no network, no clock, no log. A paywall is recognised and never evaded.
package extract

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A Page is what was fetched.
type Page struct {
	HTML   []byte // as the server sent it, of any character set; what lies beyond MaxPage is not read
	URL    string // the final address
	Header http.Header
	Hints  Hints
}

// Hints are what is known of the article from elsewhere, such as the feed. All may be empty.
type Hints struct {
	Lang  string    // the language the outlet is taken to write
	Title string    // the item's title
	Text  string    // the item's own content as plain text; nothing of it comes into the document
	Now   time.Time // when the page was fetched; dates after it are not believed. Zero: not known
}

// Article finds the article in a page. A rule, which may be the zero Rule, says for one outlet what to take and what to drop.
//
// Where the page holds no article the error is a *NotArticle, errors.Is(err, ErrNoArticle) holds, and the Report says what is known. What is no
// HTML at all, by its bytes or by its server's word, is errors.Is(err, ErrNoPage) as well.
// A page whose article is cut by a paywall is read as far as it goes: State is Cut, and there is no error.
func Article(p Page, rule Rule) (doc.Document, Report, error) {
	page := p.HTML
	report := Report{URL: address.Clean(p.URL), Sources: map[string]Source{}}
	if len(page) > MaxPage {
		page = page[:MaxPage]
		report.note(fmt.Sprintf("page cut at %d MB", MaxPage>>20))
	}
	text, found := charset.DecodeBytes(page, p.Header.Get("Content-Type"), p.Hints.Lang)
	report.Charset = found
	if found.Rule == charset.Guess || found.Rule == charset.Default && found.Replaced > 0 {
		report.note("character set guessed: " + found.Name)
	} else if found.Replaced > 0 {
		report.note(fmt.Sprintf("bytes that make no sense in %s, read by guess: %d", found.Name, found.Replaced))
	}
	if none := noPage(page, text, p.Header.Get("Content-Type"), report.URL); none != nil {
		report.State, report.Notes = Empty, []string{none.what}
		return doc.Document{}, report, none
	}
	var light *lean
	if rule.zero() {
		light = lighten(text, leastData)
	} else {
		light = untouched(text) // a selector may ask for anything
	}
	tree, err := light.parse()
	if err != nil {
		return doc.Document{}, report, err
	}
	h := readHead(tree, light, report.URL, p.Header)
	r := reading{page: p, light: light, tree: tree, head: h, report: &report}
	if err := rule.apply(&r); err != nil {
		return doc.Document{}, report, err
	}
	d := r.document()
	if err := r.state(d); err != nil {
		return d, report, err
	}
	return d, report, nil
}

// A reading is the work on one page.
type reading struct {
	page   Page
	light  *lean
	tree   *html.Node
	head   *head
	report *Report
	taken  *html.Node // the element a rule names for the body, or nil
	deck   string     // what a rule says; empty: found by itself
	title  string
	byline []string
	date   Date
	scene  *scene
	keep   []bool
	full   bool // the page has more blocks than are read

	behind  *html.Node   // the last element that a rule takes for the body, or what stands in its place; nil without such a rule
	dropped []*html.Node // what a rule drops

	found wall // the demand to pay for the rest of the text
	begun bool // the page shows the beginning of a text that its data hold in full
}

// document reads title, text and the rest.
func (r *reading) document() doc.Document {
	h, report := r.head, r.report
	d := doc.Document{Lang: r.language()}
	title := h.headline(h.base, d.Lang, r.page.Hints.Title)
	if r.title != "" {
		title.text, title.source = doc.Text{S: r.title}, Source{From: "rule", Sure: true}
		title.keys[key(r.title)] = true
	}
	from := r.tree
	if r.taken != nil {
		from = r.taken
	}
	pieces := cut(from, h.base, d.Lang, h.liveness())
	r.full = pieces.full
	r.scene = stage(pieces.blocks, h, title)
	if r.taken != nil {
		r.keep = r.scene.everything()
	} else {
		r.keep = r.scene.choose()
	}
	r.findWall()
	r.withhold()
	for _, quote := range r.scene.pulled {
		report.note("left out, a pull quote whose words the text has: " + shortened(quote, 80))
	}
	deck, places, deckSource := r.findDeck(title)
	if r.leavesNothing(places) {
		deck, places, deckSource = doc.Text{}, nil, Source{}
	}
	for _, i := range places {
		r.keep[i] = false
	}
	d.Title = r.finished(title.text, d.Lang)
	d.Deck = r.finished(deck, d.Lang)
	report.Sources["title"], report.Sources["deck"] = title.source, deckSource
	r.describe(&d)
	for i := range r.scene.blocks {
		if r.keep[i] {
			if b, ok := r.block(&r.scene.blocks[i], d); ok {
				d.Blocks = append(d.Blocks, b)
			}
		}
	}
	r.fromData(&d)
	r.fromPageData(&d)
	boldHeadings(d.Blocks)
	d.Blocks = r.arranged(d)
	for i := range d.Blocks {
		d.Blocks[i].Key = "b" + strconv.Itoa(i+1)
	}
	for field, source := range report.Sources {
		if source.From != "" && !source.Sure {
			report.note(field + " is doubtful: it was read from " + source.From)
		}
	}
	slices.Sort(report.Notes)
	return d
}

// shortened is the beginning of a text, of at most so many characters.
func shortened(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// finished gives a text its quotation marks and makes it keep the rules of a document.
func (r *reading) finished(t doc.Text, tag string) doc.Text {
	if t.S == "" {
		return doc.Text{}
	}
	t = doc.Clean(t)
	quotes := doc.QuoteMarks(tag, t.S)
	if len(quotes) == 0 {
		return t
	}
	marked := map[doc.Mark]bool{} // by the page
	for _, m := range t.Marks {
		if m.Kind == doc.Quote {
			marked[m] = true
		}
	}
	t.Marks = slices.Grow(slices.Clone(t.Marks), len(quotes))
	for _, q := range quotes {
		if mark := (doc.Mark{Kind: doc.Quote, Start: q.Start, End: q.End}); !marked[mark] {
			t.Marks = append(t.Marks, mark)
		}
	}
	slices.SortStableFunc(t.Marks, order)
	return doc.Clean(t)
}

// block makes a block of the document; ok is false if nothing is left of it.
func (r *reading) block(b *block, d doc.Document) (doc.Block, bool) {
	out := b.Block
	tag := d.Lang
	if out.Lang != "" {
		tag = out.Lang
	}
	switch out.Kind {
	case doc.Table:
		rows := make([][]doc.Text, len(out.Rows))
		for i, row := range out.Rows {
			rows[i] = make([]doc.Text, len(row))
			for j, cell := range row {
				rows[i][j] = r.finished(cell, tag)
			}
		}
		out.Rows = rows
		return out, true
	case doc.Pre, doc.Rule:
		return out, true
	}
	out.Text = r.finished(out.Text, tag)
	if out.Media != nil {
		media := *out.Media
		media.Alt, media.Credit = doc.CleanLine(media.Alt), doc.CleanLine(media.Credit)
		out.Media = &media
	}
	return out, out.Text.S != "" || out.Media != nil || out.Kind == doc.Entry
}

// arranged takes out what makes no sense at the ends or twice in a row: rules, and the title as the first block.
func (r *reading) arranged(d doc.Document) []doc.Block {
	blocks := d.Blocks
	for len(blocks) > 0 && (blocks[0].Kind == doc.Rule || key(blocks[0].Text.S) == key(d.Title.S) && blocks[0].Media == nil && blocks[0].Kind != doc.Table && blocks[0].Kind != doc.Entry) {
		blocks = blocks[1:]
	}
	for len(blocks) > 0 && (blocks[len(blocks)-1].Kind == doc.Rule || blocks[len(blocks)-1].Kind.Heading()) {
		blocks = blocks[:len(blocks)-1]
	}
	if r.full || len(blocks) > doc.MaxBlocks {
		r.report.note("article cut: more than " + strconv.Itoa(doc.MaxBlocks) + " blocks")
		blocks = blocks[:min(len(blocks), doc.MaxBlocks)]
	}
	return blocks
}

// Text returns the body of a document as plain text, blocks parted by an empty line; captions, cards and rules are left out.
func Text(d doc.Document) string {
	var parts []string
	for _, b := range d.Blocks {
		switch b.Kind {
		case doc.Figure, doc.Embed, doc.Rule:
		case doc.Table:
			for _, row := range b.Rows {
				var cells []string
				for _, cell := range row {
					if cell.S != "" {
						cells = append(cells, cell.Plain())
					}
				}
				if len(cells) > 0 {
					parts = append(parts, strings.Join(cells, " | "))
				}
			}
		default:
			if b.Text.S != "" {
				parts = append(parts, b.Text.S)
			}
		}
	}
	return strings.Join(parts, "\n\n")
}
