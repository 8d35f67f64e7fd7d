package extract

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// ErrNoArticle is what a *NotArticle is.
var ErrNoArticle = errors.New("no article on the page")

// NotArticle says what a page is that holds no article.
type NotArticle struct {
	URL   string
	State State // Consent, List or Empty
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
	if e.URL == "" {
		return fmt.Sprintf("no article on the page: %s; %s", what, help)
	}
	return fmt.Sprintf("no article at %s: %s; %s", e.URL, what, help)
}

// Is makes errors.Is(err, ErrNoArticle) hold.
func (e *NotArticle) Is(target error) bool { return target == ErrNoArticle }

var consentWords = regexp.MustCompile(`(?i)cookie|consent|privacy|datenschutz|einwilligung|vie privée|consentement|privacidad|privacidade|consentimento|consenso|конфиденциальност|prywatnoś|zgod[ay]`)

var pageNumber = regexp.MustCompile(`(?:[/?&_,-](?:page|seite|pagina|pag|p|s|part)?[=/_-]?\d{1,3})(?:\.html?)?/?$`)

// state decides what kind of page was read; it returns a *NotArticle where there is no article.
func (r *reading) state(d doc.Document) error {
	letters := 0
	for _, b := range d.Blocks {
		letters += lettersIn(b.Text.S)
	}
	r.report.State = Full
	if r.report.Paywall {
		r.report.State = Cut
	}
	if r.head.article != nil && hasType(r.head.article, "LiveBlogPosting") {
		r.report.State = Live
	}
	if letters > 0 {
		return nil
	}
	r.report.State = Empty
	return &NotArticle{URL: r.report.URL, State: Empty}
}
