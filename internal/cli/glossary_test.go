package cli

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/mt"
)

func glossaryFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "glossary.csv")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// What is wrong with a glossary is said before a model is looked for.
func TestAGlossaryThatIsNone(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"no such file", filepath.Join(t.TempDir(), "none.csv"), "open the glossary"},
		{"no column source", glossaryFile(t, "a,b\n"), `"a" is none of from, to`},
		{"a row that is none", glossaryFile(t, "source,target,rule\nport,porto,must\nport,,must\n"), "line 3"},
	} {
		code, out, errs := run(t, "The port.\n", "translate", "--from", "en", "--to", "pt", "--model", "nowhere", "--glossary", c.file)
		if code == done || out != "" || !strings.Contains(errs, c.want) || strings.Contains(errs, "nowhere") {
			t.Errorf("%s: exit %d, %q, %s", c.name, code, out, errs)
		}
	}
}

func TestAGlossaryIsFollowed(t *testing.T) {
	model := require.Model(t, "en-pt")
	file := glossaryFile(t, "source,target,rule,kind,home\nHarbour Watch,,keep,,\nSergey Ryabkov,,,person,ru\nvillage,povoado,must,,\n")
	args := []string{"translate", "--batch", "--from", "en", "--to", "pt", "--model", model}
	line := `{"id":"1","text":"Sergey Ryabkov told Harbour Watch that the village is quiet."}` + "\n"
	_, plain, _ := run(t, line, args...)
	code, out, errs := run(t, line, append(args, "--glossary", file)...)
	if code != done {
		t.Fatalf("exit %d, %s", code, errs)
	}
	if !strings.Contains(out, "Serguei Riabkov") || !strings.Contains(out, "Harbour Watch") {
		t.Errorf("neither name nor term: %s", out)
	}
	if !strings.Contains(out, "povoado") || strings.Contains(plain, "povoado") || strings.Contains(plain, "Serguei Riabkov") {
		t.Errorf("without a glossary %s\nwith it %s", plain, out)
	}
}

// idle is a queue in which a change of the glossary is followed by nothing.
type idle struct{ newsroom.Queue }

func (idle) Recheck(context.Context, *sql.Tx, newsroom.Recheck) error { return nil }

// What the editors settled reaches the translator of the newsroom's drafts.
func TestTheOfficeDraftsWithTheGlossary(t *testing.T) {
	m, err := mt.Open(require.Model(t, "en-pt"), mt.Workers(1))
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.SQLite(t)
	h := &office{store: s, room: &newsroom.Room{Store: s, Queue: idle{}}, engines: &engines{open: map[string]*mt.Model{"en-pt": m}, info: map[string]store.Engine{"en-pt": {Name: "en-pt"}}}}
	defer func() {
		if err := h.engines.close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := h.room.SaveTerm(t.Context(), "", term.Row{Kind: term.Person, From: "en", Home: "ru", Source: "Sergey Ryabkov"}, "Ann"); err != nil {
		t.Fatal(err)
	}
	o := storetest.AddOutlet(t, s, "The Harbour Post", "https://harbour.example", "en", news.Terms{})
	d := doc.Document{Lang: "en", Title: doc.Text{S: "Quiet"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "Sergey Ryabkov met the council on Monday. Nobody left the hall."}}}}
	original := storetest.AddOriginal(t, s, o, "https://harbour.example/a", d, 1)
	a := storetest.AddDraft(t, s, original, doc.Document{Lang: "pt", Title: doc.Text{S: "Calma"}, Blocks: d.Blocks}, 2)
	e := storetest.AddEditor(t, s, "Ann", news.Reviewer)
	storetest.Do(t, s, func(tx *store.Tx) error {
		return tx.Remember(t.Context(), store.Confirmed{From: "en", To: "pt", Source: "Nobody left the hall.", Target: "Da sala não saiu ninguém.", Article: a.ID, By: e.ID})
	})
	translator, _, err := h.translators(t.Context(), "en", "pt")
	if err != nil {
		t.Fatal(err)
	}
	r, err := translator.Document(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Doc.Blocks[0].Text.S; !strings.Contains(got, "Serguei Riabkov") || !strings.HasSuffix(got, " Da sala não saiu ninguém.") {
		t.Errorf("%s", got)
	}
}
