package statement_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
)

// TestSeedPage reads the page that the product must never produce: eleven quoted spans, ten of them somebody's, four that came
// through three languages, a name that its own title cuts in two, and a template below the article that says nothing.
func TestSeedPage(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "seed")
	page, err := os.ReadFile(filepath.Join(dir, "page.fr.txt"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "seed-gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Statements []struct {
			ID, Speaker, Mention, Cue, When string
			Start, End                      int
			Chain                           []lang.Tag
			Quoted                          []struct {
				ID         string
				Start, End int
			}
		}
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	text := string(page)
	f := statement.Finder{From: "en", Anchor: time.Date(2022, 1, 25, 0, 0, 0, 0, time.UTC)}
	r := f.Find(plain("fr", text))
	at := func(b int) int { return doc.CodePoint(text, b) }
	template := strings.Index(text, "Vous aimer")
	marked := 0
	for _, s := range r.Statements {
		if s.Marked() {
			marked++
		}
		if s.Start >= template {
			t.Errorf("a statement in the template: %q", s.Text)
		}
	}
	if marked != 11 {
		t.Errorf("%d marked statements, want 11", marked)
	}
	for _, g := range gold.Statements {
		for _, q := range g.Quoted {
			i := slices.IndexFunc(r.Statements, func(s statement.Statement) bool { return s.Marked() && at(s.Start) == q.Start && at(s.End) == q.End })
			if i < 0 {
				t.Errorf("%s %s was not found", g.ID, q.ID)
				continue
			}
			s := r.Statements[i]
			t.Logf("%s %s %s: %q = %q (%s, %s), cue %v, to %q, at %v, answers %q, first %q, chain %v", g.ID, q.ID, s.Kind, s.Speaker.Mention, s.Speaker.Name, s.Speaker.State, s.Speaker.Role, s.Cue, s.Addressee, s.SaidAt, s.Answers, s.First, s.Hops)
			if g.Speaker == "" {
				if s.Attributed() {
					t.Errorf("%s: somebody is made to have said %q: %q", q.ID, s.Text, s.Speaker.Name)
				}
				continue
			}
			if !within(s.Speaker.Mention, g.Mention) && g.Mention != "il" { // of two subjects of one cue either will do
				t.Errorf("%s: mention %q, want %q", q.ID, s.Speaker.Mention, g.Mention)
			}
			if s.Cue == nil || !within(s.Cue.Text, g.Cue) {
				t.Errorf("%s: cue %v, want %q", q.ID, s.Cue, g.Cue)
			}
			want := strings.ReplaceAll(g.Speaker, "Riabkov", "Ryabkov") // as the page spells him
			if !within(s.Speaker.Name, want) {
				t.Errorf("%s: speaker %q, want %q", q.ID, s.Speaker.Name, want)
			}
			if g.ID == "S12" && (s.Speaker.Name != "Dmitri Peskov" || s.Speaker.Role != "porte-parole du Kremlin") {
				t.Errorf("%s: speaker %q, %q: the name that its title cuts in two is not whole", q.ID, s.Speaker.Name, s.Speaker.Role)
			}
			if !slices.Equal(s.Chain(), g.Chain) {
				t.Errorf("%s: chain %v, want %v", q.ID, s.Chain(), g.Chain)
			}
		}
	}
	for _, s := range r.Statements {
		if !s.Marked() {
			t.Logf("indirect %d: %q by %q %v to %q answers %q %v", at(s.Start), s.Text, s.Speaker.Name, s.Cue, s.Addressee, s.Answers, s.Hops)
		}
	}
	for _, d := range r.Dates {
		t.Logf("date %q = %s", d.Text, d.Value)
	}
}
