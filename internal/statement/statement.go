// Package statement finds who said what in an article: the words, the speaker, the verb, the listener, the day, and the languages
// the words came through.
//
// It promises that a marked quotation is exactly what stands between its marks, that a paraphrase is never given as anybody's words,
// and that what the article does not say stays empty: no speaker for marks without a cue, no day without a date to count from, no
// first language without a reason that is printed beside it. The rules are code and the same for all languages; the words they look
// for are one list a language, in lexicon/. The package touches documents only.
package statement

import (
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Kind says what stands between quotation marks, or that nothing does.
type Kind string

const (
	Direct   Kind = "direct"   // a clause or more, said by somebody
	Mixed    Kind = "mixed"    // quoted words in a paraphrase, said by somebody
	Scare    Kind = "scare"    // marks without a speaker: a term, irony, jargon
	Title    Kind = "title"    // of a work, a ship, a programme; a nickname
	Words    Kind = "text"     // a chant, a motto, what a sign or a document reads
	Nested   Kind = "nested"   // inside another quotation
	Indirect Kind = "indirect" // a paraphrase: no marks
)

// A State says how the speaker is known.
type State string

const (
	Named      State = "named"      // by the name beside the verb
	Resolved   State = "resolved"   // by a surname, a pronoun or a role that stands for a name elsewhere in the article
	Inferred   State = "inferred"   // nothing stands beside the quotation: it goes on from the one before, or its sentence follows on a name
	Unresolved State = "unresolved" // nobody's name: the words of the mention are all there is
)

// A Speaker is who said it. The zero Speaker is nobody.
type Speaker struct {
	Name       string // the longest form in the article; of a known name the form of the article's language; the mention if unresolved
	ID         string // of a known name; else empty
	Mention    string // as it stands beside the verb; empty if inferred
	Start, End int    // bytes of the block's text, of Mention; both 0 if there is none
	Role       string // as the article words it; empty if it gives none
	State      State
	Kind       term.NameKind // term.Person or term.Body; empty where the article does not show it
}

// Beside is the role as it is shown beside the name: empty where the article calls the speaker by it and it is the name.
func (s Speaker) Beside() string {
	if strings.EqualFold(s.Role, s.Name) {
		return ""
	}
	return s.Role
}

// A Stance is what the outlet's verb makes of the words. Claimed is not said.
type Stance string

const (
	Neutral    Stance = "neutral"    // said, told, wrote
	Emphasis   Stance = "emphasis"   // stressed, insisted
	Doubt      Stance = "doubt"      // claimed, alleged
	Hearsay    Stance = "hearsay"    // reportedly said, aurait déclaré
	Admission  Stance = "admission"  // admitted, conceded
	Denial     Stance = "denial"     // denied, rejected
	Accusation Stance = "accusation" // accused, blamed
	Warning    Stance = "warning"    // warned, threatened
	Promise    Stance = "promise"    // vowed, pledged
	Question   Stance = "question"   // asked
	Answer     Stance = "answer"     // replied
	Judgement  Stance = "judgement"  // called, described as, hailed
)

// A Cue is the verb or the preposition that gives the words to somebody.
type Cue struct {
	Text       string // as it is written, with its auxiliary
	Lemma      string
	Stance     Stance
	Start, End int // bytes of the block's text
}

// A Statement is something that somebody said, or a quotation that nobody did.
type Statement struct {
	Kind       Kind
	Block      int      // index into Blocks; doc.DeckBlock or doc.TitleBlock
	Start, End int      // bytes of the block's text: of a marked statement what stands between the marks, with them
	Text       string   // the bytes [Start, End)
	Pieces     [][2]int // the parts of it that were said, without an inserted "he said"; bytes of the block's text
	Speaker    Speaker
	Cue        *Cue   // nil if there is none
	Addressee  string // who was spoken to; empty if it is not said
	SaidAt     *Date  // when it was said, if the article says so
	Answers    string // what it answers, in the article's words; empty if it is not said
	First      lang.Tag
	Hops       []Hop // the languages the words came through, first spoken first
}

// Marked reports whether s stands between quotation marks.
func (s Statement) Marked() bool { return s.Kind != Indirect }

// Attributed reports whether somebody is given as having said s.
func (s Statement) Attributed() bool { return s.Speaker != (Speaker{}) }

// A Date is an expression of time and what it means.
type Date struct {
	Block      int
	Start, End int // bytes of the block's text
	Text       string
	Value      string // ISO 8601: "2026-03-24", "2026-W13", "2026-03", "2026"; empty if it cannot be known
	Precision  string // "day", "week", "month", "year"; empty where Value is
}

// A Result is what an article says about who said what, and when.
type Result struct {
	Statements []Statement // title, deck, blocks; in the order of the text
	Dates      []Date      // every expression of time, in the order of the text
}

// A Finder finds statements. The zero Finder works; it resolves no relative date.
type Finder struct {
	Names  *term.Base // known names; nil if there are none
	Anchor time.Time  // the day from which "yesterday" counts; zero: the document's own date
	From   lang.Tag   // the language the document was translated from; empty if it is an original
}

// maxText bounds the text of a block in which statements are looked for, in bytes: longer ones are no articles.
const maxText = 2 << 20

// Find returns the statements and the dates of d. The same document gives the same result.
func (f Finder) Find(d doc.Document) Result {
	a := newArticle(f, d)
	a.gatherNames()
	for _, p := range a.passages {
		p.dates = a.findDates(p)
	}
	for _, p := range a.passages {
		a.attribute(p)
	}
	var r Result
	for _, p := range a.passages {
		for i := range p.found {
			a.trace(&p.found[i])
		}
		r.Statements = append(r.Statements, p.found...)
		r.Dates = append(r.Dates, p.dates...)
	}
	return r
}
