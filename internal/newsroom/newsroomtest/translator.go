package newsroomtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// A Translator writes every text in capitals, one sentence a text. Its zero value knows every pair.
type Translator struct {
	Slow  time.Duration            // how long a document takes
	Fail  func(doc.Document) error // nil: never
	Only  []newsroom.Pair          // nil: every pair
	mu    sync.Mutex
	texts []string
}

// Texts are the texts that were translated so far.
func (t *Translator) Texts() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.texts...)
}

// For is a newsroom.Room's Translators.
func (t *Translator) For(_ context.Context, from, to string) (newsroom.Translator, []store.Engine, error) {
	if t.Only != nil {
		known := false
		for _, p := range t.Only {
			known = known || p.From == from && p.To == to
		}
		if !known {
			return nil, nil, fmt.Errorf("no model for %s→%s; run: dragoman model get %s-%s: %w", from, to, from, to, news.ErrInvalid)
		}
	}
	return one{t, to}, []store.Engine{{Name: "capitals", Pair: from + "-" + to, Version: "1", SHA256: "00"}}, nil
}

// Pairs is a newsroom.Room's Pairs.
func (t *Translator) Pairs() []newsroom.Pair {
	if t.Only != nil {
		return t.Only
	}
	return []newsroom.Pair{{From: "en", To: "fr"}, {From: "en", To: "pt"}}
}

type one struct {
	*Translator
	to string
}

// Document translates d.
func (t one) Document(ctx context.Context, d doc.Document) (translate.Result, error) {
	return t.translate(ctx, d, nil)
}

// Update translates the texts of current that old does not have.
func (t one) Update(ctx context.Context, old, edited, current doc.Document) (translate.Result, error) {
	type spot struct {
		key  string
		part doc.Part
	}
	at := func(d doc.Document, p doc.Place) spot {
		if p.Block < 0 {
			return spot{fmt.Sprint(p.Block), p.Part}
		}
		return spot{d.Blocks[p.Block].Key, p.Part}
	}
	targets, known := map[spot]doc.Text{}, map[string]doc.Text{}
	for p, text := range edited.Texts() {
		targets[at(edited, p)] = text
	}
	for p, text := range old.Texts() {
		if target, ok := targets[at(old, p)]; ok {
			known[text.S] = target
		}
	}
	return t.translate(ctx, current, known)
}

func (t one) translate(ctx context.Context, d doc.Document, known map[string]doc.Text) (translate.Result, error) {
	if t.Fail != nil {
		if err := t.Fail(d); err != nil {
			return translate.Result{}, err
		}
	}
	select {
	case <-time.After(t.Slow):
	case <-ctx.Done():
		return translate.Result{}, ctx.Err()
	}
	var r translate.Result
	r.Doc = d.Map(func(p doc.Place, text doc.Text) doc.Text {
		if target, ok := known[text.S]; ok {
			r.Sentences = append(r.Sentences, doc.Sentence{Place: p, SourceEnd: len(text.S), End: len(target.S), Engine: "edited"})
			return target
		}
		t.mu.Lock()
		t.texts = append(t.texts, text.S)
		t.mu.Unlock()
		target := doc.Text{S: strings.ToUpper(text.S), Marks: text.Marks}
		if len(target.S) != len(text.S) {
			target.Marks = nil
		}
		r.Sentences = append(r.Sentences, doc.Sentence{Place: p, SourceEnd: len(text.S), End: len(target.S), Engine: "capitals", Score: -0.1})
		return target
	})
	r.Doc.Lang = t.to
	return r, nil
}
