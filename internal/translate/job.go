package translate

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A job is a document cut into sentences.
type job struct {
	Translator
	texts     [][]piece // of each text, in the order of Document.Texts; nil for one that stays as it is
	sentences []string  // what the engine is given, each once
	edited    *edited   // translations that an editor has worked on; nil for none
}

// translate asks the engine, once, for all that it has to translate; for nothing it is not asked.
func (j *job) translate(ctx context.Context) ([]mt.Sentence, error) {
	if len(j.sentences) == 0 {
		return nil, nil
	}
	drafts, err := j.Engine.Translate(ctx, j.sentences)
	if err != nil {
		return nil, fmt.Errorf("translating %d sentences from %s to %s: %w", len(j.sentences), j.From, j.To, err)
	}
	if len(drafts) != len(j.sentences) {
		return nil, fmt.Errorf("translating from %s to %s: the engine gave %d sentences for %d", j.From, j.To, len(drafts), len(j.sentences))
	}
	return drafts, nil
}

// split cuts every text of d into sentences and collects those that the engine has to translate.
func (t Translator) split(d doc.Document, e *edited) *job {
	j := &job{Translator: t, edited: e}
	index := map[string]int{}
	for place, text := range d.Texts() {
		if t.stays(place, text) {
			j.texts = append(j.texts, nil)
			continue
		}
		list := pieces(t.From, text)
		for i := range list {
			p := &list[i]
			p.bare = keeps(text, p)
			if p.keep = p.bare || j.speaks(p); p.keep {
				continue
			}
			if j.recall(spotOf(d, place).block, text, p) {
				continue
			}
			n, ok := index[p.sent]
			if !ok {
				n = len(j.sentences)
				index[p.sent] = n
				j.sentences = append(j.sentences, p.sent)
			}
			p.answer = n
		}
		j.texts = append(j.texts, list)
	}
	return j
}

// recall finds p among what people wrote: an edited translation of the same sentence, or a confirmed one.
func (j *job) recall(block string, text doc.Text, p *piece) bool {
	if j.edited != nil {
		if t, ok := j.edited.find(block, text.Slice(p.start, p.end)); ok {
			p.known, p.by = &t, "edited"
			return true
		}
	}
	if target, ok := j.Memory.Exact(p.sent); ok {
		p.known, p.by = &doc.Text{S: target}, FromMemory
		return true
	}
	return false
}

// stays reports whether a text is not the engine's to translate: preformatted, or of a block in another language.
func (t Translator) stays(place doc.Place, text doc.Text) bool {
	return place.Kind == doc.Pre || place.Lang != "" && !lang.Tag(place.Lang).Is(lang.Tag(t.From))
}

// rebuild makes the translated document of d from the engine's sentences.
func (j *job) rebuild(d doc.Document, drafts []mt.Sentence) (Result, error) {
	var r Result
	var errs []error
	n := -1
	r.Doc = d.Map(func(place doc.Place, text doc.Text) doc.Text {
		n++
		if j.texts[n] == nil {
			return text
		}
		b := newBuilder(j, place, text)
		for i := range j.texts[n] {
			b.add(&j.texts[n][i], drafts)
		}
		out, err := b.finish()
		if err != nil {
			errs = append(errs, err)
		}
		r.Sentences = append(r.Sentences, b.sentences...)
		r.Flags = append(r.Flags, b.flags...)
		return out
	})
	r.Doc.Lang = j.To
	for i := range r.Doc.Blocks {
		if b := &r.Doc.Blocks[i]; b.Lang != "" && lang.Tag(b.Lang).Is(lang.Tag(j.From)) {
			b.Lang = "" // it was the document's, and is translated with it
		}
	}
	return r, errors.Join(errs...)
}
