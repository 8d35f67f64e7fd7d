package extract

import (
	"errors"
	"fmt"
	"regexp"

	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// ErrNoArticle is what a *NotArticle is.
var ErrNoArticle = errors.New("no article on the page")

// NotArticle says what a page is that holds no article.
type NotArticle struct {
	URL   string
	State State // Consent, List or Empty

	what, help string // what it is and what can be done, where the state says it too generally
	noPage     bool   // it is no HTML at all
}

// Error says what the page is and what can be done.
func (e *NotArticle) Error() string {
	what := "no text was found"
	help := "the page may be built by scripts; try its AMP or print version, or write a rule for the outlet"
	switch e.State {
	case List:
		what = "it is a list of articles"
		help = "take one of the articles by its own address, or follow the page as an outlet"
	case Consent:
		what = "it asks for consent in place of the article"
		help = "open it in a browser to see what the outlet demands; consent is never given by this program"
	}
	if e.what != "" {
		what, help = e.what, e.help
	}
	if e.URL == "" {
		return fmt.Sprintf("no article on the page: %s; %s", what, help)
	}
	return fmt.Sprintf("no article at %s: %s; %s", e.URL, what, help)
}

// Is makes errors.Is(err, ErrNoArticle) hold, and errors.Is(err, ErrNoPage) where that was sent.
func (e *NotArticle) Is(target error) bool {
	return target == ErrNoArticle || e.noPage && target == ErrNoPage
}

// pageNumber is the end of an address that numbers the pages of an article.
var pageNumber = regexp.MustCompile(`(?i)(?:[/?&_,-](?:page|seite|pagina|pag|p|s|part)?[=/_-]?\d{1,3})(?:\.html?)?/?$`)

// Bounds of the states, in letters of the body.
const (
	scrap     = 40  // less is what is left of a page whose text is elsewhere
	hardlyAny = 140 // less is no article, whatever it says of itself
	brief     = 700 // less may be what is left of an article behind a wall, or the teasers of a list
)

// state decides what kind of page was read; it returns a *NotArticle where there is no article.
func (r *reading) state(d doc.Document) error {
	letters, entries := 0, 0
	for _, b := range d.Blocks {
		if b.Kind == doc.Entry {
			entries++
		}
		if b.Media == nil {
			letters += lettersIn(b.Text.S)
		}
	}
	article := r.declared()
	state := Full
	none := NotArticle{URL: r.report.URL}
	shorter, begun := "", false
	if r.report.Next == "" { // else the rest stands on the next page, and who joins the pages holds them all against it
		shorter, begun = Against(d, r.page.Hints.Text)
	}
	named := r.taken != nil && letters > 0 // a rule says that this is the article; what its page withholds is withheld all the same
	switch {
	case !named && r.consent(d, letters):
		state = Consent
	case !named && r.list(letters, article):
		state = List
	case !named && r.stopped(d, letters, &none), letters == 0, letters < scrap && !article:
		state = Empty
	case r.report.Paywall, r.wall(letters):
		state, r.report.Paywall = Cut, true
	case r.begun, begun:
		state = Cut // a longer text is known that begins with this one
	case entries >= r.head.fewestEntries() && (r.head.liveBlog() || r.head.article == nil):
		state = Live
	}
	r.report.State = state
	if state == Consent || state == List || state == Empty {
		none.State = state
		if state == Empty && letters == 0 && (r.report.Paywall || r.found.is == undeniable || r.found.is == likely && r.head.article != nil) {
			r.report.Paywall = true
			none.what, none.help = "all of it is kept for those who pay", "read it with the outlet's leave; a paywall is never evaded by this program"
		}
		return &none
	}
	if shorter != "" {
		r.report.note(shorter)
	}
	r.compare(d)
	return nil
}

// list reports whether the page is one of many articles: a front page, a section, a search. Such a page describes no article of its
// own and sends the reader on from most of what it prints as headings.
func (r *reading) list(letters int, article bool) bool {
	front := rootOnly(r.report.URL) && r.report.URL != ""
	if article && !front && letters >= hardlyAny {
		return false
	}
	teasers := 0
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if b.letters > 15 && b.linked*3 > b.letters*2 && (b.Kind.Heading() || within(b.node, ancestor(b.node, atom.Article)) || b.letters > 35) && ancestor(b.node, atom.Nav, atom.Footer) == nil {
			teasers++
		}
	}
	prose := 0
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; r.keep[i] && b.letters >= 140 && b.linked*4 < b.letters && !r.teases(i) {
			prose++
		}
	}
	switch {
	case prose >= 3 && !front:
		return false
	case front:
		return teasers >= 5 && letters < 3*brief
	case letters < hardlyAny:
		return teasers >= 8 && !article
	}
	return teasers >= 8 && r.teased() && !article
}

// teased reports whether most paragraphs that were found are teasers.
func (r *reading) teased() bool {
	under, all := 0, 0
	for i := range r.scene.blocks {
		if !r.keep[i] || r.scene.blocks[i].Kind.Heading() || r.scene.blocks[i].Media != nil {
			continue
		}
		all++
		if r.teases(i) {
			under++
		}
	}
	return under*2 > all
}

// teases reports whether a block stands close under a heading that is a link.
func (r *reading) teases(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if b := &r.scene.blocks[j]; b.Kind.Heading() {
			return b.linked*2 > b.letters
		}
	}
	return false
}
