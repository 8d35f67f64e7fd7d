package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// SetLanguage says in which language an outlet writes where its feeds and pages do not say it themselves: dates and characters are read by it,
// and articles are translated from it, from now on. What was read, drafted or published stays as it is. An empty tag leaves it to the
// next feed or page that says one. The error is news.ErrInvalid if the tag is none, or names no language.
func (r *Room) SetLanguage(ctx context.Context, outlet, tag string) error {
	if tag = strings.TrimSpace(tag); tag != "" {
		parsed, err := lang.Parse(tag)
		if err != nil {
			return fmt.Errorf("%w: %w", err, news.ErrInvalid)
		}
		if !parsed.IsLanguage() {
			return fmt.Errorf("%q is the code of no language: give the tag of the one that the outlet writes in (such as uk, pt-BR), or nothing if it is not known: %w", parsed, news.ErrInvalid)
		}
		tag = string(parsed)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		o, err := tx.Outlet(ctx, outlet)
		if err != nil || o.Lang == tag {
			return err
		}
		o.Lang = tag
		return tx.SaveOutlet(ctx, o)
	})
}

// spoken is a tag that names a language, else empty: a page, feed or outlet whose language is "und" or "mul" says none.
func spoken(tag string) string {
	if !lang.Tag(tag).IsLanguage() {
		return ""
	}
	return tag
}

// SetLanguages says into which languages an outlet's articles are drafted from now on; nil leaves it to the engines.
// Drafts that exist stay.
func (r *Room) SetLanguages(ctx context.Context, outlet string, into []string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		o, err := tx.Outlet(ctx, outlet)
		if err != nil {
			return err
		}
		o.Into = slices.Clone(into)
		slices.Sort(o.Into)
		o.Into = slices.Compact(o.Into)
		return tx.SaveOutlet(ctx, o)
	})
}
