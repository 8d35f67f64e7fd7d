package newsroom

import (
	"context"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A RuleError says which line of a rule is wrong, and how.
type RuleError = extract.RuleError

// maxRule is how many bytes a rule has.
const maxRule = 16 << 10

// cleanRule gives a rule's text single line ends and none at its ends, and says what is wrong with it; the error is news.ErrInvalid.
func cleanRule(text string) (string, error) {
	text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
	if len(text) > maxRule {
		return text, fmt.Errorf("the rule has %d bytes, more than %d: keep to what the pages need: %w", len(text), maxRule, news.ErrInvalid)
	}
	if _, err := extract.ParseRule(text); err != nil {
		return text, fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	return text, nil
}

// SetRule says from now on what to take and what to drop of an outlet's pages, in the form of extract.ParseRule; an empty text is no rule.
// The rules before it are kept. The error is news.ErrInvalid, and names the line, if the text is no rule.
func (r *Room) SetRule(ctx context.Context, outlet, text, by string) error {
	text, err := cleanRule(text)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Outlet(ctx, outlet); err != nil {
			return err
		}
		last, err := tx.Rule(ctx, outlet)
		if err != nil || last.Text == text {
			return err
		}
		return tx.AddRule(ctx, store.Rule{Outlet: outlet, N: last.N + 1, Text: text, By: orCommand(by), At: r.now()})
	})
}

// A Trial is what a rule would make of a page that is kept, beside what the present rule makes of it.
type Trial struct {
	Item    news.Item
	Page    store.Page // without its body
	Now     Read       // by the outlet's present rule
	Then    Read       // by the rule that is tried
	Changes []diff.Change
}

// TryRule reads a kept page of an outlet by a rule; nothing is kept of it and nobody is asked. ref is the identifier of an item or its
// address; empty for the page that was seen last. The error is news.ErrInvalid if the text is no rule or no such page is kept.
func (r *Room) TryRule(ctx context.Context, outlet, ref, text string) (Trial, error) {
	var t Trial
	text, err := cleanRule(text)
	if err != nil {
		return t, err
	}
	o, err := r.Store.Outlet(ctx, outlet)
	if err != nil {
		return t, err
	}
	if t.Item, t.Page, err = r.keptPage(ctx, o, ref); err != nil {
		return t, err
	}
	present, err := r.Store.Rule(ctx, outlet)
	if err != nil {
		return t, err
	}
	said, err := r.Store.ItemText(ctx, t.Item.ID)
	if err != nil {
		return t, err
	}
	now, err := readBy(response(t.Page), o, t.Item, said, present)
	if err != nil {
		now.none = err
	}
	then, err := readBy(response(t.Page), o, t.Item, said, store.Rule{Outlet: outlet, N: present.N + 1, Text: text})
	if err != nil {
		then.none = err
	}
	t.Page.Body = nil
	t.Now, t.Then, t.Changes = now.read(), then.read(), diff.Documents(now.doc, then.doc)
	return t, nil
}
