package extract

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A Rule says for one outlet what to take and what to drop; the zero Rule says nothing. All fields are CSS selectors. Where a
// selector finds nothing on a page, that part is found as without a rule, and the Report notes it.
type Rule struct {
	Title  string   // the element that holds the title
	Deck   string   // the standfirst
	Byline string   // the elements that hold one name each
	Date   string   // the element whose datetime, content or text is the date of first publication
	Body   string   // the elements that hold the article and nothing else
	Drop   []string // what is no part of the article
}

// zero reports whether a rule says nothing.
func (rule Rule) zero() bool {
	return rule.Title == "" && rule.Deck == "" && rule.Byline == "" && rule.Date == "" && rule.Body == "" && len(rule.Drop) == 0
}

// A RuleError says which line of a rule is wrong, and how.
type RuleError struct {
	Line     int // from 1
	Word     string
	Selector string
	Err      error // of the selector; nil: the word is none of a rule
}

// Error says what is wrong with the line, and what may stand there.
func (e *RuleError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("line %d of the rule: %q is none of title, deck, byline, date, body, drop", e.Line, e.Word)
	}
	if e.Selector == "" {
		return fmt.Sprintf("line %d of the rule: write a CSS selector after %q, such as: %s div.article__body", e.Line, e.Word, e.Word)
	}
	return fmt.Sprintf("line %d of the rule: %q is no CSS selector: %v", e.Line, e.Selector, e.Err)
}

// Unwrap gives what was wrong with the selector.
func (e *RuleError) Unwrap() error { return e.Err }

// ParseRule reads the text form of a rule, whose errors are of type *RuleError: a word, white space and a selector on each line. "drop" may stand more than once; lines that
// begin with # are remarks.
//
//	# Meridian Wire
//	title  h1.article__title
//	body   div.article__body
//	drop   .newsletter
func ParseRule(text string) (Rule, error) {
	var r Rule
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, selector, _ := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
		selector = strings.TrimSpace(selector)
		switch word {
		case "title":
			r.Title = selector
		case "deck":
			r.Deck = selector
		case "byline":
			r.Byline = selector
		case "date":
			r.Date = selector
		case "body":
			r.Body = selector
		case "drop":
			r.Drop = append(r.Drop, selector)
		default:
			return Rule{}, &RuleError{Line: n, Word: word, Selector: selector}
		}
		if _, err := cascadia.ParseGroup(selector); err != nil {
			return Rule{}, &RuleError{Line: n, Word: word, Selector: selector, Err: err}
		}
	}
	return r, nil
}

// apply does what the rule says to a page that is about to be read.
func (rule Rule) apply(r *reading) error {
	for _, selector := range rule.Drop {
		found, err := r.selected("drop", selector)
		if err != nil {
			return err
		}
		for _, n := range found {
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
				if len(r.dropped) < maxDropped {
					r.dropped = append(r.dropped, n)
				}
			}
		}
	}
	if found, err := r.selected("title", rule.Title); err != nil {
		return err
	} else if len(found) > 0 {
		r.title = cleanLine(textOf(found[0]))
	}
	if found, err := r.selected("deck", rule.Deck); err != nil {
		return err
	} else if len(found) > 0 {
		r.deck = cleanLine(textOf(found[0]))
	}
	found, err := r.selected("byline", rule.Byline)
	if err != nil {
		return err
	}
	for _, n := range found {
		if name := cleanLine(textOf(n)); name != "" && len(r.byline) < 30 {
			r.byline = append(r.byline, name)
		}
	}
	if found, err = r.selected("date", rule.Date); err != nil {
		return err
	} else if len(found) > 0 {
		if r.date = parseDate(machineDate(found[0]), r.page.Hints.Now); r.date.IsZero() {
			r.report.note("rule: the date is not understood: " + machineDate(found[0]))
		}
	}
	if found, err = r.selected("body", rule.Body); err != nil {
		return err
	} else if len(found) > 0 {
		r.taken, r.behind = joined(found)
	}
	return nil
}

// selected returns the elements a selector finds; none for an empty selector. That it finds nothing is noted.
func (r *reading) selected(what, selector string) ([]*html.Node, error) {
	if selector == "" {
		return nil, nil
	}
	sel, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil, fmt.Errorf("rule: %s: %q is no CSS selector: %w", what, selector, err)
	}
	found := cascadia.QueryAll(r.tree, sel)
	if len(found) == 0 && what != "drop" {
		r.report.note("rule: " + what + " finds nothing: " + selector)
	}
	return found, nil
}

// maxDropped bounds the dropped elements that are looked through for a demand to pay.
const maxDropped = 50

// joined puts the elements that hold the body into one; an element within another is there already. behind is the last of them, or what is left
// in its place.
func joined(found []*html.Node) (body, behind *html.Node) {
	if len(found) == 1 {
		return found[0], found[0]
	}
	all := &html.Node{Type: html.ElementNode, Data: "div"}
	var last *html.Node
	for _, n := range found {
		if last != nil && within(n, last) {
			continue
		}
		last = n
		if n.Parent != nil {
			behind = &html.Node{Type: html.CommentNode}
			n.Parent.InsertBefore(behind, n)
			n.Parent.RemoveChild(n)
		}
		all.AppendChild(n)
	}
	return all, behind
}

// everything keeps all blocks but repetitions and the title: a rule named the body.
func (s *scene) everything() []bool {
	keep := make([]bool, len(s.blocks))
	for i := range keep {
		keep[i] = s.blocks[i].letters > 0 || s.blocks[i].Media != nil || s.blocks[i].Kind == doc.Rule || s.blocks[i].Kind == doc.Entry
	}
	s.repetitions(keep)
	return keep
}
