package newsroom

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// An update is the next revision of an article whose original changed.
type update struct {
	article  news.Article
	doc      doc.Document
	segments []store.Segment
	engines  []store.Engine     // those that fresh sentences name by freshMark and a number
	flags    []doc.Flag         // what the change itself gives to think of
	doubts   []store.StoredFlag // the translator's
	why      cause
}

// A cause says why an article is read otherwise than before.
type cause struct {
	note    string                                  // of the revision
	edited  string                                  // before the words of an editor that have to give way
	changes func(old, d doc.Document) []diff.Change // what counts
	anew    bool                                    // another language counts, also where the words are the same
}

var (
	outletChanged = cause{"the outlet changed its article", "The outlet changed a sentence whose translation was edited. The edited translation was: ", changesOf, false}
	readAgain     = cause{"its page was read again", "The page was read again, and a sentence whose translation was edited reads otherwise now. The edited translation was: ", diff.Documents, true}
)

// changesOf returns what an outlet changed in its article. A date alone is no change.
func changesOf(old, d doc.Document) []diff.Change {
	var list []diff.Change
	for _, c := range diff.Documents(old, d) {
		if c.Kind != diff.Dated {
			list = append(list, c)
		}
	}
	return list
}

// keyed gives the blocks of a new reading the keys of the old one's that they are, whatever their words now, and others new keys.
func keyed(old, d doc.Document, changes []diff.Change) doc.Document {
	d.Blocks = append([]doc.Block(nil), d.Blocks...)
	was := make([]int, len(d.Blocks)) // index into old.Blocks
	taken := map[int]bool{}
	for i := range was {
		was[i] = diff.None
	}
	fresh, gone := map[int]bool{}, map[int]bool{}
	for _, c := range changes {
		switch {
		case c.Kind == diff.Added:
			fresh[c.New] = true
		case c.Kind == diff.Removed:
			gone[c.Old] = true
		case c.New >= 0 && c.Old >= 0:
			was[c.New], taken[c.Old] = c.Old, true
		}
	}
	next := 0 // what no change names is as it was, in its order
	for i := range was {
		if was[i] >= 0 || fresh[i] {
			continue
		}
		for next < len(old.Blocks) && (taken[next] || gone[next]) {
			next++
		}
		if next < len(old.Blocks) {
			was[i] = next
			next++
		}
	}
	used := map[string]bool{}
	for _, b := range old.Blocks {
		used[b.Key] = true
	}
	n := len(old.Blocks)
	for i := range d.Blocks {
		if was[i] >= 0 {
			d.Blocks[i].Key = old.Blocks[was[i]].Key
			continue
		}
		for {
			n++
			if key := "b" + strconv.Itoa(n); !used[key] {
				used[key], d.Blocks[i].Key = true, key
				break
			}
		}
	}
	return d
}

// standing is the old reading with the texts of the new one where only spelling changed: their translations stand.
func standing(old, d doc.Document, changes []diff.Change) doc.Document {
	old.Blocks = append([]doc.Block(nil), old.Blocks...)
	for _, c := range changes {
		if c.Kind != diff.Edited || c.Severity != diff.Typo || c.Spans == nil {
			continue
		}
		switch {
		case c.Old == doc.TitleBlock:
			old.Title = d.Title
		case c.Old == doc.DeckBlock:
			old.Deck = d.Deck
		case c.Old >= 0 && c.New >= 0:
			old.Blocks[c.Old].Text = d.Blocks[c.New].Text
		}
	}
	return old
}

// editedAnew is before the words of an editor that have to give way where all is translated anew.
const editedAnew = "The page was read again, in another language than before, and all of it was translated anew. The edited translation was: "

// redraft translates of a new reading the sentences that the old one did not have, and takes the rest from the article's newest
// revision, as editors left it. anew translates all of it.
func (r *Room) redraft(ctx context.Context, a news.Article, old, d doc.Document, changes []diff.Change, anew bool, why cause) (update, error) {
	u := update{article: a, why: why}
	now, _, err := r.Store.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return u, err
	}
	segments, err := r.Store.Segments(ctx, a.ID)
	if err != nil {
		return u, err
	}
	t, known, err := r.Translators(ctx, d.Lang, a.Lang)
	if err != nil {
		return u, err
	}
	var result translate.Result
	if anew {
		u.why.edited = editedAnew
		result, err = t.Document(ctx, d)
	} else {
		result, err = t.Update(ctx, standing(old, d, changes), now, d)
	}
	if err != nil {
		return u, fmt.Errorf("draft of what changed: %w", err)
	}
	draft, err := draftOf(d, result, a.Lang, known, nil) // saveUpdate asks the checks
	if err != nil {
		return u, err
	}
	u.doc, u.engines = draft.Doc, draft.Engines
	for _, f := range draft.Flags {
		if f.Origin == byTranslate {
			u.doubts = append(u.doubts, f)
		}
	}
	var stale []store.Segment
	u.segments, stale = join(segments, draft.Segments, d)
	u.flags = overwritten(stale, u.segments, u.why)
	if corrected(old.Title.S, d.Title.S) {
		u.flags = append(u.flags, doc.Flag{Rule: RuleCorrected, Severity: doc.Ask, Block: doc.TitleBlock, Message: "The outlet says that it corrects its article."})
	}
	return u, nil
}

// freshMark tells the number of an update's engine from an engine's identifier.
const freshMark = "#"

// join gives the sentences of an update what is known of those that stay: what the machine said, and who signs it. stale are those
// of the last revision that do not stay.
func join(before, drafted []store.Segment, d doc.Document) (joined, stale []store.Segment) {
	type said struct{ source, final string }
	known := map[said][]int{} // indices into before
	for i, s := range before {
		k := said{s.Source, s.Final}
		known[k] = append(known[k], i)
	}
	stays := make([]bool, len(before))
	for _, s := range drafted {
		s.Final = s.Machine
		if b := s.Place.Block; b >= 0 && b < len(d.Blocks) {
			s.Key = d.Blocks[b].Key
		}
		k := said{s.Source, s.Final}
		if list := known[k]; len(list) > 0 {
			was := before[list[0]]
			known[k], stays[list[0]] = list[1:], true
			s.Machine, s.Engine, s.Score, s.State = was.Machine, was.Engine, was.Score, was.State
		} else if s.Engine != "" {
			s.Engine = freshMark + s.Engine
		}
		joined = append(joined, s)
	}
	for i, s := range before {
		if !stays[i] {
			stale = append(stale, s)
		}
	}
	return joined, stale
}

// overwritten returns a flag for each sentence that an editor had changed and that has since changed or gone. The
// suggestion puts the editor's words back in the place of the sentence that stands there now, where that is certain.
func overwritten(stale, now []store.Segment, why cause) []doc.Flag {
	fresh := map[string][]store.Segment{} // by block
	for _, s := range now {
		if strings.HasPrefix(s.Engine, freshMark) {
			k := blockOf(s)
			fresh[k] = append(fresh[k], s)
		}
	}
	var flags []doc.Flag
	for _, s := range stale {
		if s.State != "reviewed" {
			continue
		}
		f := doc.Flag{Rule: RuleChanged, Severity: doc.Stop, Block: doc.TitleBlock, Message: why.edited + s.Final}
		if list := fresh[blockOf(s)]; len(list) > 0 {
			n := list[0]
			f.Block, f.Start, f.End, f.SourceStart, f.SourceEnd = n.Place.Block, n.TargetStart, n.TargetEnd, n.SourceStart, n.SourceEnd
			if len(list) == 1 {
				f.Suggestion = s.Final
			}
		}
		flags = append(flags, f)
	}
	return flags
}

// blockOf names the text of a sentence across readings.
func blockOf(s store.Segment) string {
	if s.Key != "" {
		return s.Key
	}
	return strconv.Itoa(s.Place.Block)
}

// saveUpdate writes the next revision of an article, of the reading with this identifier. If somebody saved since, it is news.ErrConflict
// and the update is made again from theirs: nothing of theirs is lost.
func (r *Room) saveUpdate(ctx context.Context, tx *store.Tx, u update, original string, d doc.Document) error {
	a := u.article
	n, err := tx.SaveRevision(ctx, a.ID, a.Revision, u.doc, "", u.why.note, r.now())
	if err != nil {
		return err
	}
	ids, err := tx.SaveEngines(ctx, u.engines, r.now())
	if err != nil {
		return err
	}
	for i, s := range u.segments {
		if number, ok := strings.CutPrefix(s.Engine, freshMark); ok {
			k, err := strconv.Atoi(number)
			if err != nil || k < 1 || k > len(ids) {
				return fmt.Errorf("article %s: a sentence names engine %q of %d", a.ID, number, len(ids))
			}
			u.segments[i].Engine = ids[k-1]
		}
	}
	if err := tx.ReplaceSegments(ctx, a.ID, u.segments); err != nil {
		return err
	}
	if err := tx.SetOriginal(ctx, a.ID, original); err != nil {
		return err
	}
	terms, err := glossary(ctx, tx.Reads, d.Lang, a.Lang)
	if err != nil {
		return err
	}
	list := append(signed(compare(d, u.doc, u.segments, terms), byCheck, d, u.doc), u.doubts...)
	for _, f := range u.flags {
		list = append(list, store.StoredFlag{Flag: f, Origin: byNewsroom, Texts: signature(f.Rule, strconv.Itoa(n), strconv.Itoa(f.Block), f.Message)})
	}
	before, err := tx.Flags(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	for _, f := range before {
		if f.Origin == byNewsroom && (f.DismissedBy == "" || f.Rule == RuleWithdrawn) {
			f.Block, f.Start, f.End, f.SourceStart, f.SourceEnd, f.Suggestion = doc.TitleBlock, 0, 0, 0, 0, "" // its place may be gone; its words stay
			list = append(list, f)
		}
	}
	if err := r.placeStatements(ctx, tx, a.ID, n); err != nil {
		return err
	}
	return tx.ReplaceFlags(ctx, a.ID, n, list)
}
