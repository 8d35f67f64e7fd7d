package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// doubt compares revision n of an article with its original anew. Doubts that only the translator could have, about marks and
// repairs, stay where the text they are about stayed.
func (r *Room) doubt(ctx context.Context, tx *store.Tx, a news.Article, old, d doc.Document, n int) error {
	original, _, err := tx.Original(ctx, a.Original)
	if err != nil {
		return err
	}
	segments, err := tx.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	found := r.compare(original, d, segments)
	rules := map[string]bool{}
	for _, rule := range r.rules() {
		rules[rule] = true
	}
	before, err := tx.Flags(ctx, a.ID, n-1)
	if err != nil {
		return err
	}
	for _, f := range before {
		was, _ := store.TextAt(old, f.Block)
		is, ok := store.TextAt(d, f.Block)
		if ok && !rules[f.Rule] && was.Equal(is) {
			found = append(found, f.Flag)
		}
	}
	return tx.ReplaceFlags(ctx, a.ID, n, signed(found, original, d))
}

// signed gives each flag the hash of its rule and of both texts it is about, by which a dismissal is remembered.
func signed(flags []doc.Flag, original, d doc.Document) []store.StoredFlag {
	list := make([]store.StoredFlag, 0, len(flags))
	seen := map[string]int{}
	for _, f := range flags {
		source, _ := store.TextAt(original, f.Block)
		target, _ := store.TextAt(d, f.Block)
		text := fmt.Sprintf("%s\x00%s\x00%s\x00%s", f.Rule, f.Message, source.S, target.S)
		seen[text]++ // the second flag of a rule in a block is not the first one
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", text, seen[text]))
		list = append(list, store.StoredFlag{Flag: f, Texts: hex.EncodeToString(sum[:])})
	}
	return list
}
