package translate

import (
	"context"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

func TestMemoryAnswersBeforeTheEngine(t *testing.T) {
	m := NewMemory([]Confirmed{
		{"The talks “failed” on Monday.", "Les pourparlers ont « échoué » lundi."},
		{"The minister met the press in Geneva on Monday.", "Le ministre a rencontré la presse lundi à Genève."},
		{"", "nothing"},
	})
	f := fake{}
	f.learn("The minister met the press in Vienna on Monday.", "Le ministre a rencontré la presse à Vienne lundi.", nil)
	d := parsed(t, "lang  en\n\np  The [em talks] [quote \"failed\"] on Monday. The minister met the press in Vienna on Monday.")
	r, err := Translator{Engine: f, Name: "engine", From: "en", To: "fr", Memory: m}.Document(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	want := parsed(t, "lang  fr\n\np  Les [em pourparlers] ont [quote «\u00a0échoué\u00a0»] lundi. Le ministre a rencontré la presse à Vienne lundi.")
	if !r.Doc.Blocks[0].Text.Equal(want.Blocks[0].Text) {
		t.Errorf("got %s", doc.Format(r.Doc))
	}
	if r.Sentences[0].Engine != "memory" || r.Sentences[1].Engine != "engine" {
		t.Errorf("sentences %+v", r.Sentences)
	}
	if len(r.Flags) != 1 || r.Flags[0].Rule != "memory" || !strings.Contains(r.Flags[0].Message, "“Vienna” for “Geneva”") || !strings.Contains(r.Flags[0].Message, "Genève") {
		t.Errorf("flags %+v", r.Flags)
	}
	if f := r.Flags[0]; r.Doc.Blocks[0].Text.S[f.Start:f.End] != "Le ministre a rencontré la presse à Vienne lundi." {
		t.Errorf("the flag is on %q", r.Doc.Blocks[0].Text.S[f.Start:f.End])
	}
}

func TestNothingForTheEngine(t *testing.T) {
	m := NewMemory([]Confirmed{{"Yes.", "Oui."}})
	d := parsed(t, "lang  en\n\np  Yes.\np  12:30\nhr")
	r, err := Translator{From: "en", To: "fr", Memory: m}.Document(context.Background(), d) // no engine at all
	if err != nil {
		t.Fatal(err)
	}
	if r.Doc.Blocks[0].Text.S != "Oui." || r.Doc.Blocks[1].Text.S != "12:30" || !r.Sentences[1].Kept {
		t.Errorf("got %s %+v", doc.Format(r.Doc), r.Sentences)
	}
}

func TestNearest(t *testing.T) {
	m := NewMemory([]Confirmed{{"The council voted on the budget in May.", "a"}, {"Nobody was hurt in the fire last night.", "b"}})
	for _, c := range []struct{ source, want string }{
		{"The council voted on the budget in June.", "a"},
		{"The council voted on the budget in May.", ""}, // the same is no near one
		{"The council slept.", ""},
		{"Nobody was hurt in the accident last night.", "b"},
	} {
		got, ok := m.Nearest(c.source)
		if ok != (c.want != "") || got.Target != c.want {
			t.Errorf("%q: %+v", c.source, got)
		}
	}
}
