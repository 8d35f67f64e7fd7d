package statement_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

var update = flag.Bool("update", false, "write what the code does now into the golden files")

// TestCases runs the cases of testdata: a document in text form under "in", what is found under "found". Options stand in the comment,
// one a line: "from: en", "anchor: 2022-01-25".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(data)
			var f statement.Finder
			for line := range strings.Lines(string(a.Comment)) {
				key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				switch key {
				case "from":
					f.From = lang.Tag(value)
				case "anchor":
					if f.Anchor, err = time.Parse(time.DateOnly, value); err != nil {
						t.Fatal(err)
					}
				}
			}
			if f.Names, err = term.New(nil, knownNames); err != nil {
				t.Fatal(err)
			}
			d, err := doc.Parse(string(a.Files[0].Data))
			if err != nil {
				t.Fatal(err)
			}
			r := f.Find(d)
			checkResult(t, d, r)
			got := printed(r)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "found", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 || string(a.Files[1].Data) != got {
				t.Errorf("found:\n%s", got)
			}
		})
	}
}

// knownNames are made up, but for the spelling.
var knownNames = []term.Name{
	{ID: "n1", Kind: term.Person, Home: "ru", Forms: map[lang.Tag][]string{"ru": {"Лев Горский"}, "en": {"Lev Gorsky"}, "fr": {"Lev Gorski"}}},
	{ID: "n2", Kind: term.Body, Home: "uk", Forms: map[lang.Tag][]string{"uk": {"Портова рада"}, "en": {"Port Council"}}},
}

// printed is a result as the golden files have it: what was said on one line, by whom and how on those below.
func printed(r statement.Result) string {
	var b strings.Builder
	for _, s := range r.Statements {
		fmt.Fprintf(&b, "%s %d:%d-%d %s\n", s.Kind, s.Block, s.Start, s.End, strings.ReplaceAll(s.Text, "\n", "⏎"))
		if s.Attributed() {
			fmt.Fprintf(&b, "  by %s (%s)", s.Speaker.Name, s.Speaker.State)
			if s.Speaker.ID != "" {
				fmt.Fprintf(&b, " id %s", s.Speaker.ID)
			}
			if s.Speaker.Mention != "" {
				fmt.Fprintf(&b, ", as %q", s.Speaker.Mention)
			}
			if s.Speaker.Role != "" {
				fmt.Fprintf(&b, ", role %q", s.Speaker.Role)
			}
			b.WriteByte('\n')
		}
		if s.Cue != nil {
			fmt.Fprintf(&b, "  cue %q = %s, %s\n", s.Cue.Text, s.Cue.Lemma, s.Cue.Stance)
		}
		if s.Addressee != "" {
			fmt.Fprintf(&b, "  to %q\n", s.Addressee)
		}
		if s.SaidAt != nil {
			fmt.Fprintf(&b, "  at %q = %s\n", s.SaidAt.Text, s.SaidAt.Value)
		}
		if s.Answers != "" {
			fmt.Fprintf(&b, "  answers %q\n", s.Answers)
		}
		if len(s.Pieces) > 1 || s.Pieces[0] != [2]int{s.Start, s.End} {
			for _, p := range s.Pieces {
				fmt.Fprintf(&b, "  piece %q\n", s.Text[p[0]-s.Start:p[1]-s.Start])
			}
		}
		if len(s.Hops) > 1 {
			fmt.Fprintf(&b, "  %s:", s.Passing())
			for _, h := range s.Hops {
				fmt.Fprintf(&b, " %s (%s)", h.Lang, h.Evidence)
			}
			b.WriteByte('\n')
		}
	}
	for _, d := range r.Dates {
		fmt.Fprintf(&b, "date %d %q = %s\n", d.Block, d.Text, d.Value)
	}
	return b.String()
}

// checkResult holds a result to what is promised of every one.
func checkResult(t *testing.T, d doc.Document, r statement.Result) {
	t.Helper()
	texts := make(map[int]string)
	for p, x := range d.Texts() {
		if p.Part == doc.Body {
			texts[p.Block] = x.S
		}
	}
	inside := func(what string, block, start, end int, text string) {
		s, ok := texts[block]
		if !ok || start < 0 || end > len(s) || start > end {
			t.Fatalf("%s: block %d, bytes %d to %d are not in the text", what, block, start, end)
		}
		if !utf8.ValidString(s[start:end]) && utf8.ValidString(s) {
			t.Fatalf("%s %q cuts a character", what, s[start:end])
		}
		if text != s[start:end] {
			t.Fatalf("%s is %q, the text there is %q", what, text, s[start:end])
		}
	}
	last := map[int]int{}
	for _, s := range r.Statements {
		inside("statement", s.Block, s.Start, s.End, s.Text)
		if s.Start < last[s.Block] {
			t.Fatalf("statement %q is out of order", s.Text)
		}
		last[s.Block] = s.Start
		if s.Speaker.Mention != "" {
			inside("mention", s.Block, s.Speaker.Start, s.Speaker.End, s.Speaker.Mention)
		}
		if s.Cue != nil {
			inside("cue", s.Block, s.Cue.Start, s.Cue.End, s.Cue.Text)
		}
		at := s.Start
		for _, p := range s.Pieces {
			if p[0] < at || p[1] < p[0] || p[1] > s.End {
				t.Fatalf("pieces %v of %q are out of order or outside of it", s.Pieces, s.Text)
			}
			at = p[1]
		}
		if (s.Kind == statement.Scare || s.Kind == statement.Title) && s.Attributed() {
			t.Fatalf("%q is %s and has a speaker", s.Text, s.Kind)
		}
		if s.Kind == statement.Indirect && !s.Attributed() {
			t.Fatalf("a paraphrase of nobody: %q", s.Text)
		}
	}
	for _, x := range r.Dates {
		inside("date", x.Block, x.Start, x.End, x.Text)
	}
}

// FuzzFind looks for texts of which the promises do not hold.
func FuzzFind(f *testing.F) {
	for _, s := range []struct{ lang, text string }{
		{"en", "“No,” said Ana Prado, the mayor.\n\"We 'will' go on Tuesday,\" she told reporters."},
		{"fr", "« C’est fini, dit-il, nous partons », a-t-il ajouté mardi dernier. Selon Léa Roy, « non »."},
		{"ru", "«Это конец, — сказал он, — мы уходим». По словам Льва Горского, «нет»."},
		{"de", "„Nein“, sagte Frau Roth am Montag. Laut Polizei „vor zwei Tagen“."},
		{"uk", "\"Так\", — заявив він. 'п'ять років тому'"},
		{"es", "—dijo— \"Sí\", señaló, según \"el País\""},
		{"xx", "\"\"«»‘’„“ – – , : ; — -"},
	} {
		f.Add(s.lang, s.text, "en")
	}
	f.Fuzz(func(t *testing.T, tag, text, from string) {
		if len(text) > 5000 || !utf8.ValidString(text) {
			return
		}
		d := plain(tag, text)
		checkResult(t, d, statement.Finder{Anchor: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), From: lang.Tag(from)}.Find(d))
	})
}

func BenchmarkFind(b *testing.B) {
	set := readGold(b, "ntrex.en.jsonl")
	for b.Loop() {
		for _, g := range set {
			findIn(g)
		}
	}
	b.ReportMetric(float64(len(set)*b.N)/b.Elapsed().Minutes(), "articles/min")
}

// A speaker whom the article calls by an office alone is not introduced by it twice.
func TestRoleBesideTheName(t *testing.T) {
	for _, x := range []struct{ name, role, want string }{
		{"minister", "minister", ""},
		{"Minister", "minister", ""},
		{"Ilse Marten", "minister", "minister"},
		{"Ilse Marten", "", ""},
	} {
		if got := (statement.Speaker{Name: x.name, Role: x.role}).Beside(); got != x.want {
			t.Errorf("%q, %q: %q, not %q", x.name, x.role, got, x.want)
		}
	}
}
