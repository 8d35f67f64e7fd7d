package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// linkOf is what is known of two statements; nil if it is nothing.
func linkOf(ctx context.Context, tx *store.Tx, a, b string) (*news.StatementLink, error) {
	l, err := tx.Link(ctx, a, b)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &l, nil
}

// MergeSpeakers says that from is into: its names and offices go there, its statements are known as into's, and its page leads there.
// No statement is moved, so that it takes as long for a hundred thousand as for one. It returns the decision's identifier, for
// UndoChange. Doing it twice does it once.
func (r *Room) MergeSpeakers(ctx context.Context, from, into, by string) (id string, err error) {
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		all, err := tx.SpeakersByID(ctx, []string{from, into})
		if err != nil {
			return err
		}
		f, ok := all[from]
		if !ok {
			return fmt.Errorf("speaker %s: %w", from, news.ErrNotFound)
		}
		to, err := tx.Speaker(ctx, into)
		if err != nil {
			return err
		}
		switch {
		case f.MergedInto == to.ID:
			list, err := tx.SpeakerChanges(ctx, to.ID)
			for _, e := range list {
				if e.What == "merge" && e.UndoneAt == 0 && e.Learned == f.ID {
					id = e.ID
					break
				}
			}
			return err
		case f.MergedInto != "":
			return fmt.Errorf("speaker %s was merged into another one: undo that first: %w", f.ID, news.ErrConflict)
		case f.ID == to.ID:
			return fmt.Errorf("a speaker cannot be merged into itself: %w", news.ErrInvalid)
		}
		now := r.now()
		b, err := joinSpeakers(ctx, tx, f, to, now)
		if err != nil {
			return err
		}
		if to.Kind == "" || to.Home == "" {
			kind, home := to.Kind, to.Home
			if kind == "" {
				kind = f.Kind
			}
			if home == "" {
				home = f.Home
			}
			if err := tx.UpdateSpeaker(ctx, to.ID, kind, string(home), now); err != nil {
				return err
			}
		}
		id = store.NewID()
		return addEvent(ctx, tx, news.StatementEvent{ID: id, What: "merge", Speaker: to.ID, Learned: f.ID, By: orCommand(by), At: now}, b)
	})
	return id, err
}

// joinSpeakers takes the names and offices of a speaker to another one, as whom it is known from now on, and returns what undoing it
// needs.
func joinSpeakers(ctx context.Context, tx *store.Tx, f, to news.Speaker, now int64) (before, error) {
	b := before{Into: to.ID, Names: f.Names, Roles: f.Roles}
	for _, n := range f.Names {
		has := false
		for _, x := range to.Names {
			has = has || x.Lang == n.Lang && x.Name == n.Name
		}
		if has {
			if err := tx.DropName(ctx, n.ID); err != nil {
				return b, err
			}
			continue
		}
		n.Speaker = to.ID
		if err := tx.PutName(ctx, n); err != nil {
			return b, err
		}
	}
	for _, n := range f.Roles {
		has := false
		for _, x := range to.Roles {
			has = has || x.Lang == n.Lang && store.FoldRole(x.Role) == store.FoldRole(n.Role)
		}
		if has {
			if err := tx.DropRole(ctx, n.ID); err != nil {
				return b, err
			}
			continue
		}
		n.Speaker = to.ID
		if err := tx.PutRole(ctx, n); err != nil {
			return b, err
		}
	}
	return b, tx.MarkMerged(ctx, f.ID, to.ID, now)
}

// splitLot is how many statements are handed to a speaker who splits off in one transaction.
const splitLot = 200

// SplitSpeaker says that some names of a speaker are another person's: these and the statements said under them go to a new speaker,
// which it returns, with the decision's identifier for UndoChange. It is news.ErrInvalid if no name is named, or all are.
//
// The new speaker begins as one that was merged into the old: statements are handed over in parts, which changes nothing for anybody, and
// then it parts at once. What is left of a split that was killed is known as the old speaker's, and the next takes it along.
func (r *Room) SplitSpeaker(ctx context.Context, speaker string, names []string, by string) (id string, fresh news.Speaker, err error) {
	s, err := r.Store.Speaker(ctx, speaker)
	if err != nil {
		return "", fresh, err
	}
	moved, under := namesApart(s, names)
	if len(moved) == 0 || len(moved) == len(s.Names) {
		return "", fresh, fmt.Errorf("choose some of the %d names of the speaker, not none and not all: %w", len(s.Names), news.ErrInvalid)
	}
	now, into := r.now(), s.ID
	fresh = news.Speaker{ID: store.NewID(), Kind: s.Kind, Home: s.Home, CreatedAt: now, ChangedAt: now}
	if err := r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.AddSpeaker(ctx, fresh); err != nil {
			return err
		}
		return tx.MarkMerged(ctx, fresh.ID, s.ID, now)
	}); err != nil {
		return "", fresh, err
	}
	list, err := r.Store.StatementsNamed(ctx, s.ID)
	if err != nil {
		return "", fresh, err
	}
	var ids []string
	for _, x := range list {
		// what is kept as somebody's who was merged goes with the rest: whose it was is written down there
		if x.Kept == s.ID && under.has(x) {
			ids = append(ids, x.ID)
		}
	}
	for lot := range slices.Chunk(ids, splitLot) {
		if err := r.Store.Tx(ctx, func(tx *store.Tx) error {
			_, err := tx.GiveStatements(ctx, lot, fresh.ID)
			return err
		}); err != nil {
			return "", fresh, err
		}
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		s, err := tx.Speaker(ctx, s.ID)
		if err != nil {
			return err
		}
		moved, under := namesApart(s, names)
		if s.ID != into || len(moved) == 0 || len(moved) == len(s.Names) {
			return fmt.Errorf("somebody else merged or split the speaker meanwhile: look at it again: %w", news.ErrConflict)
		}
		b := before{Into: s.ID, Names: moved}
		for _, n := range moved {
			n.Speaker = fresh.ID
			if err := tx.PutName(ctx, n); err != nil {
				return err
			}
		}
		list, err := tx.StatementsNamed(ctx, s.ID)
		if err != nil {
			return err
		}
		var ids []string
		for _, x := range list { // and what came meanwhile
			if x.Kept != fresh.ID && under.has(x) {
				ids = append(ids, x.ID)
			}
		}
		if b.GivenFrom, err = tx.GiveStatements(ctx, ids, fresh.ID); err != nil {
			return err
		}
		if err := tx.MarkMerged(ctx, fresh.ID, "", now); err != nil {
			return err
		}
		if fresh, err = tx.Speaker(ctx, fresh.ID); err != nil {
			return err
		}
		id = store.NewID()
		return addEvent(ctx, tx, news.StatementEvent{ID: id, What: "split", Speaker: s.ID, Learned: fresh.ID, By: orCommand(by), At: now}, b)
	})
	return id, fresh, err
}

// saidUnder are names by bare language, as articles have them.
type saidUnder map[[2]string]bool

func (u saidUnder) has(x store.NamedStatement) bool {
	return u[[2]string{string(lang.Tag(x.Lang).Bare()), foldName(x.Name)}]
}

// namesApart are those of a speaker's names that have one of the identifiers.
func namesApart(s news.Speaker, ids []string) (list []news.SpeakerName, under saidUnder) {
	under = saidUnder{}
	for _, n := range s.Names {
		if slices.Contains(ids, n.ID) {
			list = append(list, n)
			under[[2]string{string(lang.Tag(n.Lang).Bare()), foldName(n.Name)}] = true
		}
	}
	return list, under
}

// NameSpeaker says how a speaker is called in a language: that is how the name is printed there from now on.
func (r *Room) NameSpeaker(ctx context.Context, speaker, tag, name, by string) error {
	name = oneLine(name)
	if name == "" || len(name) > maxName || !lang.Valid(tag) {
		return fmt.Errorf("write a name of at most %d characters and its language: %w", maxName, news.ErrInvalid)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		s, err := tx.Speaker(ctx, speaker)
		if err != nil {
			return err
		}
		var b before
		now := r.now()
		// an editor's newest name is the one that is printed: one that was given before is given anew
		for _, n := range s.Names {
			if n.Lang == tag && n.Name == name && n.Source == news.FromEditor {
				b.Names = append(b.Names, n)
				n.FirstAt, n.LastAt, n.By = now, now, orCommand(by)
				if err := tx.PutName(ctx, n); err != nil {
					return err
				}
				return addEvent(ctx, tx, news.StatementEvent{ID: store.NewID(), What: "name", Speaker: s.ID, Learned: name, By: orCommand(by), At: now}, b)
			}
		}
		if err := b.name(ctx, tx, s, news.SpeakerName{Speaker: s.ID, Lang: tag, Name: name, Source: news.FromEditor, By: orCommand(by), LastAt: now}); err != nil {
			return err
		}
		return addEvent(ctx, tx, news.StatementEvent{ID: store.NewID(), What: "name", Speaker: s.ID, Learned: name, By: orCommand(by), At: now}, b)
	})
}

// GiveRole says what office a speaker has, in the words of a language.
func (r *Room) GiveRole(ctx context.Context, speaker, tag, role, by string) error {
	role = oneLine(role)
	if store.FoldRole(role) == "" || len(role) > maxRole || !lang.Valid(tag) {
		return fmt.Errorf("write an office of at most %d characters and its language: %w", maxRole, news.ErrInvalid)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		s, err := tx.Speaker(ctx, speaker)
		if err != nil {
			return err
		}
		var b before
		now := r.now()
		if err := b.role(ctx, tx, s, news.SpeakerRole{Speaker: s.ID, Lang: tag, Role: role, Source: news.FromEditor, By: orCommand(by), LastAt: now}); err != nil {
			return err
		}
		return addEvent(ctx, tx, news.StatementEvent{ID: store.NewID(), What: "role", Speaker: s.ID, Learned: role, By: orCommand(by), At: now}, b)
	})
}

// UndoChange takes back what a person decided about statements or speakers, with what was learned from it. Statements that somebody
// decided about since stay as they are. One that is undone already is news.ErrConflict.
func (r *Room) UndoChange(ctx context.Context, event, by string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		e, err := tx.StatementEvent(ctx, event)
		if err != nil {
			return err
		}
		if err := tx.UndoneStatementEvent(ctx, e.ID, orCommand(by), r.now()); err != nil {
			return err
		}
		var b before
		if err := json.Unmarshal([]byte(e.Before), &b); err != nil {
			return fmt.Errorf("decision %s: %w", e.ID, err)
		}
		switch e.What {
		case "confirm", "cut":
			if b.Link == nil {
				err = tx.DropLink(ctx, e.Statement, e.Other)
			} else {
				err = tx.DecideLink(ctx, *b.Link)
			}
			if err != nil {
				return err
			}
			return tx.Relate(ctx, e.Statement, e.Other)
		case "merge":
			if err := tx.MarkMerged(ctx, e.Learned, "", r.now()); err != nil {
				return err
			}
			// statements were moved by merging before they were known as another's
			if err := giveBack(ctx, tx, b.Given, e.Learned, b.Into); err != nil {
				return err
			}
		case "split":
			// all that came to the new speaker since goes along; either may have been merged into another one
			fresh, err := tx.Speaker(ctx, e.Learned)
			if err != nil {
				return err
			}
			to, err := tx.Speaker(ctx, e.Speaker)
			if err != nil {
				return err
			}
			if fresh.ID != e.Learned {
				return fmt.Errorf("speaker %s was merged into another one since: undo that first: %w", e.Learned, news.ErrConflict)
			}
			if fresh.ID == to.ID {
				return nil
			}
			for from, ids := range b.GivenFrom { // a merging before the split is still to be undone
				if from == to.ID {
					continue // joined again, they are known as its
				}
				if err := giveBack(ctx, tx, ids, from, fresh.ID); err != nil {
					return err
				}
			}
			_, err = joinSpeakers(ctx, tx, fresh, to, r.now())
			return err
		case "speaker":
			for _, s := range b.Statements {
				now, err := tx.Statement(ctx, s.ID)
				if err != nil {
					return err
				}
				if now.CorrectedAt > e.At || s.ID != e.Statement && now.CorrectedAt != 0 {
					continue
				}
				who := s.Speaker
				who.Mention, who.Start, who.End = now.Speaker.Mention, now.Speaker.Start, now.Speaker.End
				if now.Speaker.Mention == "" {
					who.Mention, who.Start, who.End = s.Speaker.Mention, s.Speaker.Start, s.Speaker.End
				}
				if err := tx.SetStatementSpeaker(ctx, s.ID, who, s.By, s.At); err != nil {
					return err
				}
			}
		}
		for _, n := range b.NewNames {
			if err := tx.DropName(ctx, n); err != nil {
				return err
			}
		}
		for _, n := range b.NewRoles {
			if err := tx.DropRole(ctx, n); err != nil {
				return err
			}
		}
		for _, n := range b.Names {
			if err := tx.PutName(ctx, n); err != nil {
				return err
			}
		}
		for _, n := range b.Roles {
			if err := tx.PutRole(ctx, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// giveBack gives statements that are still with one speaker to another.
func giveBack(ctx context.Context, tx *store.Tx, given []string, to, from string) error {
	var ids []string
	for _, id := range given {
		s, err := tx.Statement(ctx, id)
		if err != nil {
			return err
		}
		if s.Speaker.ID == from {
			ids = append(ids, id)
		}
	}
	_, err := tx.GiveStatements(ctx, ids, to)
	return err
}
