package news

import (
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Statement is what somebody said, as an outlet has it. Places in it are of the original's document.
// Its Speaker.ID is the identifier of a Speaker, and empty while nobody is known by that name.
type Statement struct {
	statement.Statement
	ID          string
	No          int64  // unique, ascending with At
	Original    string // the newest reading that has it
	Item        string
	Outlet      string
	Lang        string
	N           int    // order in the original, from 0
	Key         string // of its block; empty for deck and title
	At          int64  // when it was said as far as it is known, else the article's date, else when it was read
	Story       string // shared by the statements that are one; empty if it is alone
	CorrectedBy string // who set the speaker: an editor's name or "command line"; empty for the machine
	CorrectedAt int64  // 0: nobody did
	GoneAt      int64  // when the outlet took it out; 0: it stands
}

// A Speaker is a person or a body that is quoted.
type Speaker struct {
	ID         string
	Slug       string // last part of its page's address, the same in every language; empty until readers saw something of the speaker
	Kind       term.NameKind
	Home       lang.Tag // the language the name comes from; empty where it is not known
	Names      []SpeakerName
	Roles      []SpeakerRole // the newest first
	Said       int           // statements that stand
	MergedInto string        // identifier; empty unless it was found to be somebody else
	CreatedAt  int64
	ChangedAt  int64
}

// Where a speaker's name or role comes from.
const (
	FromArticle  = "article"
	FromGlossary = "glossary"
	FromEditor   = "editor"
	FromAlias    = "alias" // learned from a correction: articles are read by it, and it is not printed
)

// A SpeakerName is what a speaker is called in a language.
type SpeakerName struct {
	ID      string
	Speaker string
	Lang    string
	Name    string
	Source  string // FromArticle, FromGlossary, FromEditor or FromAlias
	By      string // who gave it; empty for the machine
	FirstAt int64  // first and last seen
	LastAt  int64
	Seen    int // in how many articles
}

// A SpeakerRole is an office of a speaker, as articles of a language word it.
type SpeakerRole struct {
	ID      string
	Speaker string
	Lang    string
	Role    string
	Source  string
	By      string
	FirstAt int64 // first and last seen
	LastAt  int64
}

// A StatementPlace is where a quotation stands in a translation of ours, in bytes of the block's text, with its marks.
type StatementPlace struct {
	Statement  string
	Article    string
	Revision   int
	Lang       string
	Block      int // index into Blocks; doc.DeckBlock or doc.TitleBlock
	Start, End int
	Words      string // the bytes [Start, End)
}

// A LinkState says whether two statements are one, and who says so.
type LinkState string

const (
	LinkFound     LinkState = "linked"    // the machine is sure
	LinkPerhaps   LinkState = "perhaps"   // a person should look
	LinkConfirmed LinkState = "confirmed" // a person looked: they are one
	LinkCut       LinkState = "cut"       // a person looked: they are not
)

// A StatementLink says of two statements that they are the same words.
type StatementLink struct {
	A, B  string // A is the lesser
	Score float64
	Why   string // what keeps the machine from being sure, as statement.Score has it
	State LinkState
	By    string // who decided; empty for the machine
	At    int64
}

// Holds reports whether the two are taken for one.
func (l StatementLink) Holds() bool { return l.State == LinkFound || l.State == LinkConfirmed }

// Other is the statement that id is linked with.
func (l StatementLink) Other(id string) string {
	if l.A == id {
		return l.B
	}
	return l.A
}

// A StatementEvent is what a person decided about statements or speakers.
type StatementEvent struct {
	ID        string
	What      string // "speaker", "confirm", "cut", "merge", "split", "name", "role"
	Statement string // empty where it is about speakers alone
	Other     string // the second statement of a link
	Speaker   string
	Learned   string // the words that later articles are read by; empty for none
	Before    string // JSON: what undoing needs
	By        string
	At        int64
	UndoneBy  string // empty while it holds
	UndoneAt  int64
}

// In is how the speaker is called in a language: by an editor's or the glossary's form, else by the one its articles have most, else
// spelt by the system of the language. Never empty for a speaker with a name.
func (s Speaker) In(tag string) string {
	n := term.Name{ID: s.ID, Kind: s.Kind, Home: s.Home, Forms: map[lang.Tag][]string{}}
	for _, f := range s.ordered() {
		t := lang.Tag(f.Lang)
		n.Forms[t] = append(n.Forms[t], f.Name)
		if bare := t.Bare(); bare != t {
			n.Forms[bare] = append(n.Forms[bare], f.Name)
		}
	}
	if len(n.Forms[lang.Tag(tag)])+len(n.Forms[lang.Tag(tag).Bare()]) > 0 {
		return n.In(lang.Tag(tag))
	}
	if n.Home == "" { // a name that only articles in Cyrillic have is spelt out of theirs
		for _, from := range []lang.Tag{"ru", "uk"} {
			if len(n.Forms) == 1 && len(n.Forms[from]) > 0 {
				n.Home = from
			}
		}
	}
	return n.In(lang.Tag(tag))
}

// ordered are the names, those to be printed first: an editor's newest, the glossary's, then those seen most, the longer first.
func (s Speaker) ordered() []SpeakerName {
	rank := func(n SpeakerName) int {
		return slices.Index([]string{FromEditor, FromGlossary, FromArticle, FromAlias}, n.Source)
	}
	list := slices.Clone(s.Names)
	slices.SortStableFunc(list, func(a, b SpeakerName) int {
		switch x, y := rank(a), rank(b); {
		case x != y:
			return x - y
		case x == 0 && a.FirstAt != b.FirstAt:
			if a.FirstAt > b.FirstAt {
				return -1
			}
			return 1
		case a.Seen != b.Seen:
			return b.Seen - a.Seen
		case len(a.Name) != len(b.Name):
			return len(b.Name) - len(a.Name)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// RoleIn is the newest office of the speaker in the words of a language; empty if its articles give none.
func (s Speaker) RoleIn(tag string) string {
	for _, r := range s.Roles {
		if lang.Tag(r.Lang).Is(lang.Tag(tag)) {
			return r.Role
		}
	}
	return ""
}
