package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Correction says whose words a statement is. Speaker names somebody we know; else Name is somebody we may know; else Nobody.
type Correction struct {
	Statement string
	Speaker   string        // identifier
	Name      string        // as it is written in the language of the statement
	Kind      term.NameKind // of somebody new; empty where it is not known
	Role      string        // an office, in the language of the statement; may be empty
	Nobody    bool          // the words are nobody's: a term, irony
	Seen      *int64        // CorrectedAt of the statement as the editor saw it; nil: whatever it is
	By        string        // editor's name; empty for the command line
}

// A Corrected is what a correction did.
type Corrected struct {
	Event       string // for UndoChange
	Speaker     news.Speaker
	Learned     string // "alias" or "role": what later articles are read by; empty for nothing
	LearnedText string
	Also        int // further statements of the article that were the same mention's and followed
}

// before is what undoing a decision needs; it is kept as JSON.
type before struct {
	Statements []said              `json:"statements,omitempty"`
	Names      []news.SpeakerName  `json:"names,omitempty"` // as they were
	Roles      []news.SpeakerRole  `json:"roles,omitempty"`
	NewNames   []string            `json:"new_names,omitempty"` // identifiers of those that were not there
	NewRoles   []string            `json:"new_roles,omitempty"`
	Given      []string            `json:"given,omitempty"`      // statements that merging moved to another speaker, while it did
	GivenFrom  map[string][]string `json:"given_from,omitempty"` // statements that went to another speaker, by whose they were
	Into       string              `json:"into,omitempty"`
	Link       *news.StatementLink `json:"link,omitempty"` // nil: there was none
}

// said is whose a statement was.
type said struct {
	ID      string            `json:"id"`
	Speaker statement.Speaker `json:"speaker"`
	By      string            `json:"by,omitempty"`
	At      int64             `json:"at,omitempty"`
}

// whose is the speaker of a statement, who may have been merged into the one he is known as.
func whose(ctx context.Context, tx *store.Tx, s news.Statement) (who statement.Speaker, err error) {
	who = s.Speaker
	who.ID, err = tx.KeptAs(ctx, s.ID)
	return who, err
}

// CorrectSpeaker gives a statement to somebody else, and learns from it: a name that the article uses becomes a name of the speaker, an
// office becomes the speaker's, and articles that are taken later are read by them. What an editor says stays, whatever is read again.
// Giving a statement twice to the same speaker is one correction. It is news.ErrConflict if somebody else decided since the
// editor looked, news.ErrInvalid if nobody is named, and news.ErrNotFound if the
// statement or the speaker is not there.
func (r *Room) CorrectSpeaker(ctx context.Context, c Correction) (Corrected, error) {
	c.Name, c.Role = oneLine(c.Name), oneLine(c.Role)
	switch {
	case c.Speaker == "" && c.Name == "" && !c.Nobody:
		return Corrected{}, fmt.Errorf("say whose words they are, or that they are nobody's: %w", news.ErrInvalid)
	case len(c.Name) > maxName || len(c.Role) > maxRole:
		return Corrected{}, fmt.Errorf("a name or an office of more than %d characters: shorten it: %w", maxName, news.ErrInvalid)
	case c.Kind != "" && c.Kind != term.Person && c.Kind != term.Body:
		return Corrected{}, fmt.Errorf("the kind %q is none of person, body: %w", c.Kind, news.ErrInvalid)
	}
	var done Corrected
	err := r.Store.Tx(ctx, func(tx *store.Tx) error {
		s, err := tx.Statement(ctx, c.Statement)
		if err != nil {
			return err
		}
		if c.Seen != nil && *c.Seen != s.CorrectedAt {
			return fmt.Errorf("%s said meanwhile whose words they are: look at the statement again: %w", orCommand(s.CorrectedBy), news.ErrConflict)
		}
		now := r.now()
		was, err := whose(ctx, tx, s)
		if err != nil {
			return err
		}
		b := before{Statements: []said{{s.ID, was, s.CorrectedBy, s.CorrectedAt}}}
		who := statement.Speaker{Mention: s.Speaker.Mention, Start: s.Speaker.Start, End: s.Speaker.End}
		event := news.StatementEvent{ID: store.NewID(), What: "speaker", Statement: s.ID, By: orCommand(c.By), At: now}
		if c.Nobody {
			who = statement.Speaker{}
		} else {
			if done.Speaker, err = r.meant(ctx, tx, c, s, &b); err != nil {
				return err
			}
			if s.Speaker.ID == done.Speaker.ID && s.CorrectedAt != 0 && c.Role == "" {
				done.Event, err = lastChange(ctx, tx, s.ID)
				return err
			}
			who.ID, who.Name, who.State, who.Kind = done.Speaker.ID, done.Speaker.In(s.Lang), statement.Named, done.Speaker.Kind
			who.Role = c.Role
			if who.Role == "" {
				who.Role = done.Speaker.RoleIn(s.Lang)
			}
			event.Speaker = done.Speaker.ID
			if c.Role != "" {
				if err := b.role(ctx, tx, done.Speaker, news.SpeakerRole{Speaker: done.Speaker.ID, Lang: s.Lang, Role: c.Role, Source: news.FromEditor, By: event.By, LastAt: s.At}); err != nil {
					return err
				}
			}
			if done.Learned, done.LearnedText, err = learn(ctx, tx, s, done.Speaker, event.By, &b); err != nil {
				return err
			}
			event.Learned = done.LearnedText
		}
		if err := tx.SetStatementSpeaker(ctx, s.ID, who, event.By, now); err != nil {
			return err
		}
		if done.Learned != "" {
			if done.Also, err = also(ctx, tx, s, who, &b); err != nil {
				return err
			}
		}
		if done.Speaker.ID != "" {
			if done.Speaker, err = tx.Speaker(ctx, done.Speaker.ID); err != nil {
				return err
			}
		}
		done.Event = event.ID
		if err := addEvent(ctx, tx, event, b); err != nil {
			return err
		}
		return r.Queue.Link(ctx, tx.SQL(), s.Original)
	})
	return done, err
}

// addEvent records a decision with what undoing it needs.
func addEvent(ctx context.Context, tx *store.Tx, e news.StatementEvent, b before) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	e.Before = string(text)
	return tx.AddStatementEvent(ctx, e)
}

// lastChange is the identifier of the newest decision about whose words a statement is.
func lastChange(ctx context.Context, tx *store.Tx, id string) (string, error) {
	list, err := tx.StatementChanges(ctx, id)
	for _, e := range list {
		if e.What == "speaker" && e.UndoneAt == 0 {
			return e.ID, err
		}
	}
	return "", err
}

// meant is the speaker whom a correction names; somebody new is made, with the name as an editor gave it.
func (r *Room) meant(ctx context.Context, tx *store.Tx, c Correction, s news.Statement, b *before) (news.Speaker, error) {
	if c.Speaker != "" {
		return tx.Speaker(ctx, c.Speaker)
	}
	who := statement.Speaker{Name: c.Name, Role: c.Role, Kind: c.Kind, State: statement.Named}
	list, err := tx.SpeakersLike(ctx, c.Name)
	if err != nil {
		return news.Speaker{}, err
	}
	var exact []news.Speaker
	for _, x := range list {
		for _, n := range x.Names {
			if foldName(n.Name) == foldName(c.Name) && (c.Kind == "" || x.Kind == "" || x.Kind == c.Kind) {
				exact = append(exact, x)
				break
			}
		}
	}
	if len(exact) == 1 {
		return exact[0], nil
	}
	found, _ := choose(list, s.Lang, who)
	if found.ID == "" {
		names, err := glossaryNames(ctx, tx.Reads)
		if err != nil {
			return news.Speaker{}, err
		}
		if found, err = r.addSpeaker(ctx, tx, s.Lang, who, s.At, names); err != nil {
			return news.Speaker{}, err
		}
	}
	if err := b.name(ctx, tx, found, news.SpeakerName{Speaker: found.ID, Lang: s.Lang, Name: c.Name, Source: news.FromEditor, By: orCommand(c.By), LastAt: s.At}); err != nil {
		return news.Speaker{}, err
	}
	return tx.Speaker(ctx, found.ID)
}

// name gives a speaker a name and remembers what was.
func (b *before) name(ctx context.Context, tx *store.Tx, s news.Speaker, n news.SpeakerName) error {
	was := false
	for _, x := range s.Names {
		if x.Lang == n.Lang && x.Name == n.Name {
			b.Names, was = append(b.Names, x), true
		}
	}
	id, err := tx.SawName(ctx, n)
	if !was {
		b.NewNames = append(b.NewNames, id)
	}
	return err
}

// role gives a speaker an office and remembers what was.
func (b *before) role(ctx context.Context, tx *store.Tx, s news.Speaker, n news.SpeakerRole) error {
	was := false
	for _, x := range s.Roles {
		if x.Lang == n.Lang && store.FoldRole(x.Role) == store.FoldRole(n.Role) {
			b.Roles, was = append(b.Roles, x), true
		}
	}
	id, err := tx.SawRole(ctx, n)
	if !was && id != "" {
		b.NewRoles = append(b.NewRoles, id)
	}
	return err
}

// learn takes from a corrected statement what the article calls the speaker. A whole name that is somebody else's is not learned, nor a
// surname that several have, nor a pronoun: the article's words were theirs rightly, and only this statement was not.
func learn(ctx context.Context, tx *store.Tx, s news.Statement, to news.Speaker, by string, b *before) (what, text string, err error) {
	if s.Speaker == (statement.Speaker{}) || s.Speaker.ID == to.ID {
		return "", "", nil
	}
	name := strings.TrimSpace(s.Speaker.Name)
	if name == "" || len(name) > maxName || s.Speaker.State == statement.Inferred {
		return "", "", nil
	}
	if s.Speaker.State == statement.Unresolved && !hasCapital(name, s.Lang) {
		if pronounLike(name) {
			return "", "", nil
		}
		return "role", name, b.role(ctx, tx, to, news.SpeakerRole{Speaker: to.ID, Lang: s.Lang, Role: name, Source: news.FromEditor, By: by, LastAt: s.At})
	}
	if s.Speaker.State == statement.Resolved {
		return "", "", nil // by a pronoun, a surname or an office that stood for somebody else: right elsewhere
	}
	if !hasCapital(name, s.Lang) {
		return "", "", nil
	}
	list, err := tx.SpeakersLike(ctx, name)
	if err != nil {
		return "", "", err
	}
	for _, x := range list {
		if x.ID == to.ID {
			continue
		}
		for _, n := range x.Names {
			alike := namesFit(n, x.Kind, s.Lang, name)
			if alike == surely || alike == perchance && !strings.Contains(name, " ") {
				return "", "", nil
			}
		}
	}
	return "alias", name, b.name(ctx, tx, to, news.SpeakerName{Speaker: to.ID, Lang: s.Lang, Name: name, Source: news.FromAlias, By: by, LastAt: s.At})
}

// hasCapital reports whether a name has a word with a capital that is not only the capital of a noun.
func hasCapital(name, tag string) bool {
	words := strings.Fields(name)
	for i, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && (!lang.Tag(tag).Is("de") || len(words) > 1 && i > 0) {
			return true
		}
	}
	return false
}

// pronounLike reports whether words are too little to name an office: one short word.
func pronounLike(s string) bool {
	return !strings.Contains(s, " ") && utf8.RuneCountInString(s) < 5
}

// also gives the further statements of the item that the machine had given to the same words, and no editor to anybody.
func also(ctx context.Context, tx *store.Tx, s news.Statement, who statement.Speaker, b *before) (int, error) {
	list, err := tx.StatementsOf(ctx, s.Item)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, x := range list {
		if x.ID == s.ID || x.CorrectedAt != 0 || x.Speaker.Name != s.Speaker.Name || x.Speaker.ID != s.Speaker.ID || x.Speaker.State != s.Speaker.State {
			continue
		}
		was, err := whose(ctx, tx, x)
		if err != nil {
			return n, err
		}
		b.Statements = append(b.Statements, said{x.ID, was, "", 0})
		to := who
		to.Mention, to.Start, to.End, to.State = x.Speaker.Mention, x.Speaker.Start, x.Speaker.End, statement.Resolved
		if err := tx.SetStatementSpeaker(ctx, x.ID, to, "", 0); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// ConfirmLink says that two statements are the same words, whatever the machine thinks now or later. It returns the decision's
// identifier, for UndoChange. Doing it twice does it once.
func (r *Room) ConfirmLink(ctx context.Context, a, b, by string) (string, error) {
	return r.decideLink(ctx, a, b, by, "confirm", news.LinkConfirmed)
}

// CutLink says that two statements are not the same words, as ConfirmLink says that they are.
func (r *Room) CutLink(ctx context.Context, a, b, by string) (string, error) {
	return r.decideLink(ctx, a, b, by, "cut", news.LinkCut)
}

func (r *Room) decideLink(ctx context.Context, a, b, by, what string, state news.LinkState) (id string, err error) {
	if a == b {
		return "", fmt.Errorf("a statement cannot be linked with itself: %w", news.ErrInvalid)
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		for _, x := range []string{a, b} {
			if _, err := tx.Statement(ctx, x); err != nil {
				return err
			}
		}
		was, err := linkOf(ctx, tx, a, b)
		if err != nil {
			return err
		}
		if was != nil && was.State == state {
			list, err := tx.StatementChanges(ctx, a)
			for _, e := range list {
				if e.What == what && e.UndoneAt == 0 && (e.Statement == b || e.Other == b) {
					id = e.ID
					return err
				}
			}
			return err
		}
		now := r.now()
		link := news.StatementLink{A: a, B: b, State: state, By: orCommand(by), At: now}
		if was != nil {
			link.Score, link.Why = was.Score, was.Why
		}
		if err := tx.DecideLink(ctx, link); err != nil {
			return err
		}
		if err := tx.Relate(ctx, a, b); err != nil {
			return err
		}
		id = store.NewID()
		return addEvent(ctx, tx, news.StatementEvent{ID: id, What: what, Statement: a, Other: b, By: orCommand(by), At: now}, before{Link: was})
	})
	return id, err
}
