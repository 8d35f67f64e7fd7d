// Package translate turns a document in one language into the same document in another.
//
// Every sentence goes to the engine whole and as plain text, all sentences of a document at once; no mark is ever translated apart
// from its sentence. The marks come back by anchors first (the same words, numbers, names, the quoted phrase), then by the engine's
// alignment: one range of whole words each, none lost, none empty, nested as they were. What cannot be promised is flagged where it
// stands. The text is the engine's but for what has to stay as it is, quotation marks that it dropped, terms, and typography.
// The package touches documents, ranges and an Engine.
package translate

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// An Engine translates sentences: as many as it is given, in their order. It is *mt.Model, a remote service, or a fake.
type Engine interface {
	Translate(ctx context.Context, sentences []string) ([]mt.Sentence, error)
}

// A Translator translates documents from one language into another. It holds no state of its own and may be used by several at once
// if its Engine may.
type Translator struct {
	Engine Engine
	Name   string     // of the engine, as every sentence is signed with it
	From   string     // BCP 47
	To     string     // BCP 47; its region chooses the typography
	Terms  *term.Base // names are spelt by it and terms kept; nil for none
	Memory *Memory    // answers before the engine; nil for none
}

// A Result is a document translated.
type Result struct {
	Doc       doc.Document   // the keys, kinds and marks of the original's blocks
	Sentences []doc.Sentence // of all texts, in reading order
	Flags     []doc.Flag     // what the translator itself doubts; package check finds more
}

// Document translates d. Bylines, credits, addresses, code and what stands in another language stay as they are.
// It returns the engine's errors, and one if the engine gives another number of sentences than it was given.
func (t Translator) Document(ctx context.Context, d doc.Document) (Result, error) {
	job := t.split(d, nil)
	drafts, err := job.translate(ctx)
	if err != nil {
		return Result{}, err
	}
	return job.rebuild(d, drafts)
}
