package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/dragoman-newsroom/dragoman/internal/check"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// Who can have a doubt. What the checks found is found anew in every revision; what the translator said about its own work stays
// as long as the text it is about; what the newsroom said stays.
const (
	byCheck     = "check"
	byTranslate = "translate"
	byNewsroom  = "newsroom"
)

// doubt compares revision n of an article with its original anew.
func (r *Room) doubt(ctx context.Context, tx *store.Tx, a news.Article, old, d doc.Document, n int) error {
	original, _, err := tx.Original(ctx, a.Original)
	if err != nil {
		return err
	}
	segments, err := tx.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	terms, err := glossary(ctx, tx.Reads, original.Lang, a.Lang)
	if err != nil {
		return err
	}
	list := signed(compare(original, d, segments, terms), byCheck, original, d)
	before, err := tx.Flags(ctx, a.ID, n-1)
	if err != nil {
		return err
	}
	for _, f := range before {
		was, _ := store.TextAt(old, f.Block)
		is, ok := store.TextAt(d, f.Block)
		if f.Origin == byNewsroom || f.Origin == byTranslate && ok && was.Equal(is) {
			list = append(list, f)
		}
	}
	return tx.ReplaceFlags(ctx, a.ID, n, list)
}

// compare asks the checks about a translation, sentence by sentence. terms may be nil.
func compare(original, translation doc.Document, segments []store.Segment, terms *term.Base) []doc.Flag {
	p := check.Pair{Original: original, Translation: translation, Terms: terms}
	for _, s := range segments {
		at := s.Place
		if at.Block >= 0 && at.Block < len(translation.Blocks) {
			at.Kind = translation.Blocks[at.Block].Kind
		}
		p.Sentences = append(p.Sentences, doc.Sentence{
			Place: at, SourceStart: s.SourceStart, SourceEnd: s.SourceEnd, Start: s.TargetStart, End: s.TargetEnd,
			Engine: s.Engine, Score: float32(s.Score), Kept: s.State == "kept",
		})
	}
	return check.Compare(p)
}

// signed says who had the doubts, and gives each the hash of its rule and of both texts it is about, by which a dismissal is
// remembered.
func signed(flags []doc.Flag, origin string, original, d doc.Document) []store.StoredFlag {
	list := make([]store.StoredFlag, 0, len(flags))
	seen := map[string]int{}
	for _, f := range flags {
		source, _ := store.TextAt(original, f.Block)
		target, _ := store.TextAt(d, f.Block)
		sign := signature(f.Rule, f.Message, source.S, target.S)
		seen[sign]++ // the second flag of a rule in a block is not the first one
		list = append(list, store.StoredFlag{Flag: f, Origin: origin, Texts: signature(sign, strconv.Itoa(seen[sign]))})
	}
	return list
}

// signature is a hash of words, in their order.
func signature(words ...string) string {
	h := sha256.New()
	for _, w := range words {
		h.Write([]byte(strconv.Itoa(len(w)) + ":" + w))
	}
	return hex.EncodeToString(h.Sum(nil))
}
