package newsroom

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// An update is the next revision of an article whose original changed.
type update struct {
	article  news.Article
	doc      doc.Document
	segments []store.Segment
	engines  []store.Engine
	moved    map[int]int        // blocks of the newest revision that stay, by their place in this one
	flags    []doc.Flag         // what the change itself gives to think of
	doubts   []store.StoredFlag // the translator's about what it translated anew
}

// keyed gives the blocks of a new reading the keys of the old one's where the text is the same, and others new keys.
// same reports that nothing that is translated changed.
func keyed(old, d doc.Document) (_ doc.Document, same bool) {
	byText := map[string][]string{}
	used := map[string]bool{}
	for _, b := range old.Blocks {
		k := blockText(b)
		byText[k] = append(byText[k], b.Key)
		used[b.Key] = true
	}
	same = old.Title.Equal(d.Title) && old.Deck.Equal(d.Deck) && len(old.Blocks) == len(d.Blocks)
	d.Blocks = append([]doc.Block(nil), d.Blocks...)
	n := len(old.Blocks)
	for i := range d.Blocks {
		k := blockText(d.Blocks[i])
		if keys := byText[k]; len(keys) > 0 {
			d.Blocks[i].Key, byText[k] = keys[0], keys[1:]
			if same && d.Blocks[i].Key != old.Blocks[i].Key {
				same = false
			}
			continue
		}
		same = false
		for {
			n++
			key := fmt.Sprintf("b%d", n)
			if !used[key] {
				used[key], d.Blocks[i].Key = true, key
				break
			}
		}
	}
	return d, same
}

// blockText is all of a block that is translated, and what it is.
func blockText(b doc.Block) string {
	b.Key = ""
	text, err := doc.Marshal(doc.Document{Blocks: []doc.Block{withKey(b, "k")}})
	if err != nil {
		return fmt.Sprint(b.Kind, b.Text.S)
	}
	return string(text)
}

func withKey(b doc.Block, key string) doc.Block {
	b.Key = key
	return b
}

// redraft translates of a new reading what the old one did not have, and takes the rest from the article's newest revision.
func (r *Room) redraft(ctx context.Context, a news.Article, old, d doc.Document) (update, error) {
	u := update{article: a}
	now, _, err := r.Store.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return u, err
	}
	machine, _, err := r.Store.Document(ctx, a.ID, 1)
	if err != nil {
		return u, err
	}
	segments, err := r.Store.Segments(ctx, a.ID)
	if err != nil {
		return u, err
	}
	engines, err := r.Store.EnginesOf(ctx, a.ID)
	if err != nil {
		return u, err
	}
	u.engines = engines

	was := map[string]int{}
	for i, b := range old.Blocks {
		was[b.Key] = i
	}
	// What changed, as a document of its own.
	part := doc.Document{Lang: d.Lang}
	var blocks []int // indices into d.Blocks of part's blocks
	if !d.Title.Equal(old.Title) {
		part.Title = d.Title
	}
	if !d.Deck.Equal(old.Deck) {
		part.Deck = d.Deck
	}
	for i, b := range d.Blocks {
		if _, ok := was[b.Key]; !ok {
			part.Blocks = append(part.Blocks, b)
			blocks = append(blocks, i)
		}
	}
	var fresh store.Draft
	if part.Title.S != "" || part.Deck.S != "" || len(part.Blocks) > 0 {
		t, known, err := r.Translators(ctx, d.Lang, a.Lang)
		if err != nil {
			return u, err
		}
		result, err := t.Document(ctx, part)
		if err != nil {
			return u, fmt.Errorf("draft of what changed: %w", err)
		}
		if fresh, err = draftOf(part, result, a.Lang, known); err != nil {
			return u, err
		}
	}
	u.doc = doc.Document{Lang: a.Lang, Title: now.Title, Deck: now.Deck, Byline: d.Byline, Date: d.Date, DateOnly: d.DateOnly}
	for _, head := range []struct {
		block           int
		part            doc.Text
		to              *doc.Text
		before, machine doc.Text
	}{
		{doc.TitleBlock, part.Title, &u.doc.Title, now.Title, machine.Title},
		{doc.DeckBlock, part.Deck, &u.doc.Deck, now.Deck, machine.Deck},
	} {
		if head.part.S == "" {
			continue
		}
		if !head.before.Equal(head.machine) {
			u.flags = append(u.flags, doc.Flag{Rule: RuleChanged, Severity: doc.Stop, Block: head.block,
				Message: "The outlet changed this text after its translation was edited."})
			continue
		}
		text, _ := store.TextAt(fresh.Doc, head.block)
		*head.to = text
	}
	if d.Deck.S == "" {
		u.doc.Deck = doc.Text{}
	}
	freshAt := map[int]int{}
	for j, i := range blocks {
		freshAt[i] = j
	}
	u.moved = map[int]int{}
	at := map[string]int{}
	for i, b := range now.Blocks {
		at[b.Key] = i
	}
	for i, b := range d.Blocks {
		if j, ok := freshAt[i]; ok {
			u.doc.Blocks = append(u.doc.Blocks, fresh.Doc.Blocks[j])
			continue
		}
		if j, ok := at[b.Key]; ok {
			u.moved[j] = i
			u.doc.Blocks = append(u.doc.Blocks, now.Blocks[j])
		}
	}
	if len(u.doc.Blocks) != len(d.Blocks) {
		return u, fmt.Errorf("article %s lacks blocks of its original", a.ID)
	}
	u.segments = join(segments, u.moved, fresh, blocks, part, len(engines))
	u.engines = append(u.engines, fresh.Engines...)
	for _, f := range fresh.Flags {
		if f.Block >= 0 {
			f.Block = blocks[f.Block]
		}
		if f.Origin == byTranslate {
			u.doubts = append(u.doubts, f)
		}
	}
	u.flags = append(u.flags, lost(old, d, now, machine)...)
	if corrected(old.Title.S, d.Title.S) {
		u.flags = append(u.flags, doc.Flag{Rule: RuleCorrected, Severity: doc.Ask, Block: doc.TitleBlock, Message: "The outlet says that it corrects its article."})
	}
	return u, nil
}

// lost returns a flag for each text that an editor had changed and that the outlet has since taken out or written anew.
func lost(old, d, now, machine doc.Document) []doc.Flag {
	still := map[string]bool{}
	for _, b := range d.Blocks {
		still[b.Key] = true
	}
	first := map[string]doc.Block{}
	for _, b := range machine.Blocks {
		first[b.Key] = b
	}
	gone := map[string]bool{}
	for _, b := range old.Blocks {
		gone[b.Key] = !still[b.Key]
	}
	var flags []doc.Flag
	for i, b := range now.Blocks {
		if m, ok := first[b.Key]; gone[b.Key] && ok && !m.Equal(b) {
			flags = append(flags, doc.Flag{Rule: RuleChanged, Severity: doc.Stop, Block: min(i, len(d.Blocks)-1),
				Message: "The outlet changed a text whose translation was edited; the edited translation was: " + b.Text.S})
		}
	}
	return flags
}

// join gives the sentences of an update: those of the newest revision that stand in it still, moved to their blocks, and the fresh ones.
// Their order is that of the document. offset is how many engines stand before the fresh draft's.
func join(segments []store.Segment, moved map[int]int, fresh store.Draft, blocks []int, part doc.Document, offset int) []store.Segment {
	var list []store.Segment
	for _, s := range segments {
		switch b := s.Place.Block; {
		case b == doc.TitleBlock && part.Title.S != "", b == doc.DeckBlock && part.Deck.S != "":
			continue
		case b >= 0:
			to, ok := moved[b]
			if !ok {
				continue
			}
			s.Place.Block = to
		}
		list = append(list, s)
	}
	for _, s := range fresh.Segments {
		if s.Place.Block >= 0 {
			s.Place.Block = blocks[s.Place.Block]
			s.Key = part.Blocks[indexOf(blocks, s.Place.Block)].Key
		}
		s.Final = s.Machine
		s.Engine = freshEngine(s.Engine, offset)
		list = append(list, s)
	}
	sort.SliceStable(list, func(i, j int) bool { return before(list[i].Place, list[j].Place) })
	return list
}

// freshMark tells an index into a draft's engines from an identifier.
const freshMark = "#"

func freshEngine(index string, offset int) string {
	n, err := strconv.Atoi(index)
	if err != nil {
		return ""
	}
	return freshMark + strconv.Itoa(offset+n-1)
}

func indexOf(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}

// before is reading order: title, deck, block by block. What stands in one text keeps its order.
func before(a, b doc.Place) bool {
	return a.Block < b.Block
}

// saveUpdate writes the next revision of an article, of the reading with this identifier. If somebody saved since, the update is
// made again from theirs at the next look: nothing of theirs is lost.
func (r *Room) saveUpdate(ctx context.Context, tx *store.Tx, u update, original string, d doc.Document) error {
	a := u.article
	n, err := tx.SaveRevision(ctx, a.ID, a.Revision, u.doc, "", "the outlet changed its article", r.now())
	if err != nil {
		return err
	}
	ids, err := tx.SaveEngines(ctx, u.engines, r.now())
	if err != nil {
		return err
	}
	for i, s := range u.segments {
		if index, ok := strings.CutPrefix(s.Engine, freshMark); ok {
			k, err := strconv.Atoi(index)
			if err != nil || k < 0 || k >= len(ids) {
				return fmt.Errorf("article %s: segment names engine %q of %d", a.ID, index, len(ids))
			}
			u.segments[i].Engine = ids[k]
		}
	}
	if err := tx.ReplaceSegments(ctx, a.ID, u.segments); err != nil {
		return err
	}
	if err := tx.SetOriginal(ctx, a.ID, original); err != nil {
		return err
	}
	flags, err := tx.Flags(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	list := append(signed(compare(d, u.doc, u.segments), byCheck, d, u.doc), u.doubts...)
	for _, f := range flags {
		if to, ok := u.moved[f.Block]; ok {
			f.Block = to
		} else if f.Origin == byTranslate {
			continue
		}
		if f.Origin != byCheck {
			list = append(list, f)
		}
	}
	for _, f := range u.flags {
		list = append(list, store.StoredFlag{Flag: f, Origin: byNewsroom, Texts: signature(f.Rule, strconv.Itoa(n), strconv.Itoa(f.Block), f.Message)})
	}
	return tx.ReplaceFlags(ctx, a.ID, n, list)
}
