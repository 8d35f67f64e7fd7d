package translate

import (
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A job is a document cut into sentences.
type job struct {
	Translator
	texts     [][]piece // of each text, in the order of Document.Texts; nil for one that stays as it is
	sentences []string  // what the engine is given, each once
}

// split cuts every text of d into sentences and collects those that the engine has to translate.
func (t Translator) split(d doc.Document) *job {
	j := &job{Translator: t}
	index := map[string]int{}
	for place, text := range d.Texts() {
		if t.stays(place, text) {
			j.texts = append(j.texts, nil)
			continue
		}
		list := pieces(t.From, text)
		for i := range list {
			p := &list[i]
			if p.keep = keeps(text, p); p.keep {
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
