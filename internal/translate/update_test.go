package translate

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// asked remembers what the engine was given.
type asked struct {
	fake
	sentences []string
}

func (a *asked) Translate(ctx context.Context, sentences []string) ([]mt.Sentence, error) {
	a.sentences = append(a.sentences, sentences...)
	return a.fake.Translate(ctx, sentences)
}

// TestUpdate: an outlet changes one sentence and adds one; the editor's words, marks and spaces stay in all the others.
func TestUpdate(t *testing.T) {
	old := parsed(t, `lang  en
title  Talks fail

p  The talks failed. [link https://outlet.example/a Lavrov] left Geneva on 12 May. Nobody spoke.
p  The [em end].`)
	edited := parsed(t, `lang  fr
title  Échec des pourparlers

p  Les pourparlers n’ont rien donné. Le 12 mai, [link https://outlet.example/a M. Lavrov] a quitté Genève ; personne n’a parlé.
p  [em Fin] de l’histoire !`)
	current := parsed(t, `lang  en
title  Talks fail

p  The talks failed. [link https://outlet.example/a Lavrov] left Geneva on 12 May. Nobody spoke.
p  Police came.
p  The [em end].`)
	current.Blocks[1].Key, current.Blocks[2].Key = "new", "b2"
	engine := &asked{fake: fake{}}
	engine.learn("Police came.", "La police est venue.", nil)
	engine.learn("Nobody spoke.", "Personne n'a parlé.", nil)
	engine.learn("Lavrov left Geneva on 12 May.", "Lavrov a quitté Genève le 12 mai.", nil)
	r, err := Translator{Engine: engine, Name: "engine", From: "en", To: "fr"}.Update(context.Background(), old, edited, current)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Les pourparlers n’ont rien donné. ", "La police est venue.", "Fin de l’histoire !"} {
		if got := r.Doc.Blocks[i].Text.S; len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("block %d is %q, want %q", i, got, want)
		}
	}
	if r.Doc.Title.S != "Échec des pourparlers" {
		t.Errorf("title %q", r.Doc.Title.S)
	}
	whole(t, current, r)
	for _, s := range engine.sentences {
		if s == "The talks failed." || s == "The end." || s == "Talks fail" {
			t.Errorf("the engine was asked for %q, which an editor has translated", s)
		}
	}
	if r.Sentences[0].Engine != "edited" {
		t.Errorf("the title is %+v", r.Sentences[0])
	}
	if len(r.Flags) > 0 {
		t.Errorf("flags %+v", r.Flags)
	}
}

// TestUpdateOfNothing: the same original again asks the engine for nothing and gives the edited translation back.
func TestUpdateOfNothing(t *testing.T) {
	d := seedArticle(t)
	tr := Translator{Engine: seedEngine(t), Name: "fake", From: "en", To: "fr"}
	first, err := tr.Document(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	engine := &asked{fake: seedEngine(t)}
	tr.Engine = engine
	again, err := tr.Update(context.Background(), d, first.Doc, d)
	if err != nil {
		t.Fatal(err)
	}
	if len(engine.sentences) > 0 {
		t.Errorf("the engine was asked for %q", engine.sentences)
	}
	if got, want := doc.Format(again.Doc), doc.Format(first.Doc); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
