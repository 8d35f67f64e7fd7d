package translate

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var update = flag.Bool("update", false, "write what the code does now into the golden cases")

// TestGolden runs testdata/*.txtar. A case has a document ("in") and what it becomes in each language ("fr" by the engine that knows the
// seed's article by heart, "pt" by a real model), or an engine of its own ("engine": a source, its target and the pairs of their words,
// three lines a sentence; "-" for an engine without alignment). "flags" are the translator's doubts, one a line.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := doc.Parse(section(ar, "in"))
	if err != nil {
		t.Fatal(err)
	}
	own := section(ar, "engine")
	changed := false
	for i := range ar.Files {
		to := ar.Files[i].Name
		if to == "in" || to == "engine" || to == "flags" {
			continue
		}
		var engine Engine
		switch {
		case own != "":
			engine = ownEngine(t, own)
		case to == "fr":
			engine = seedEngine(t)
		default:
			if os.Getenv("DRAGOMAN_TEST_MODELS") == "" && !strings.Contains(os.Getenv("DRAGOMAN_TEST_REQUIRE"), "model") {
				t.Logf("%s is not run: it needs a model", to)
				continue
			}
			engine = open(t, d.Lang+"-"+to)
		}
		r, err := Translator{Engine: engine, Name: "test", From: d.Lang, To: to}.Document(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		whole(t, d, r)
		invariant(t, engine, d, r)
		var flags strings.Builder
		for _, f := range r.Flags {
			fmt.Fprintf(&flags, "%s %s block %d: %s\n", f.Rule, f.Severity, f.Block, f.Message)
		}
		changed = compare(t, ar, to, doc.Format(r.Doc)) || changed
		if section(ar, "flags") != "" || flags.Len() > 0 {
			changed = compare(t, ar, "flags", flags.String()) || changed
		}
	}
	if changed && *update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func section(ar *txtar.Archive, name string) string {
	for _, f := range ar.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// compare holds got against a section, or puts it there. It reports whether they differ.
func compare(t *testing.T, ar *txtar.Archive, name, got string) bool {
	t.Helper()
	if section(ar, name) == got {
		return false
	}
	if !*update {
		t.Errorf("%s is\n%s\nand should be\n%s", name, got, section(ar, name))
		return true
	}
	for i := range ar.Files {
		if ar.Files[i].Name == name {
			ar.Files[i].Data = []byte(got)
			return true
		}
	}
	ar.Files = append(ar.Files, txtar.File{Name: name, Data: []byte(got)})
	return true
}

// ownEngine reads the engine of a case.
func ownEngine(t *testing.T, s string) fake {
	t.Helper()
	f := fake{}
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	if len(lines)%3 != 0 {
		t.Fatalf("%d lines of an engine are not three for each sentence", len(lines))
	}
	for i := 0; i < len(lines); i += 3 {
		var pairs [][2]int
		for _, p := range strings.Fields(lines[i+2]) {
			var a, b int
			if _, err := fmt.Sscanf(p, "%d-%d", &a, &b); err == nil {
				pairs = append(pairs, [2]int{a, b})
			}
		}
		f.learn(lines[i], lines[i+1], pairs)
		if lines[i+2] == "-" {
			key, _ := plain(lines[i], span{0, len(lines[i])})
			s := f[key]
			s.Alignment, s.Pieces, s.SourcePieces = nil, nil, nil
			f[key] = s
		}
	}
	return f
}

// whole holds that nothing of the structure and no mark is lost, added, empty or crossing.
func whole(t *testing.T, d doc.Document, r Result) {
	t.Helper()
	if err := r.Doc.Check(); err != nil {
		t.Error(err)
	}
	if len(r.Doc.Blocks) != len(d.Blocks) {
		t.Fatalf("%d blocks became %d", len(d.Blocks), len(r.Doc.Blocks))
	}
	for i, b := range d.Blocks {
		got := r.Doc.Blocks[i]
		if got.Kind != b.Kind || got.Key != b.Key || got.Depth != b.Depth {
			t.Errorf("block %d: %s %s became %s %s", i, b.Kind, b.Key, got.Kind, got.Key)
		}
		if a, z := identities(b.Text.Marks), identities(got.Text.Marks); !slices.Equal(a, z) {
			t.Errorf("block %d: marks %v became %v", i, a, z)
		}
	}
}

// invariant holds that the text is what it would be without its marks: no word capitalised, parted or changed for a mark's sake.
func invariant(t *testing.T, engine Engine, d doc.Document, r Result) {
	t.Helper()
	bare := d.Map(func(_ doc.Place, text doc.Text) doc.Text {
		text.Marks = slices.DeleteFunc(slices.Clone(text.Marks), func(m doc.Mark) bool {
			return m.Kind == doc.Link || m.Kind == doc.Emph || m.Kind == doc.Strong || m.Kind == doc.Quote && m.Lang == ""
		})
		return text
	})
	plain, err := Translator{Engine: engine, Name: "test", From: d.Lang, To: r.Doc.Lang}.Document(context.Background(), bare)
	if err != nil {
		return // joined sentences of a link that the engine of the case does not know apart
	}
	for i, b := range r.Doc.Blocks {
		if got := plain.Doc.Blocks[i].Text.S; got != b.Text.S {
			t.Errorf("block %d is %q with marks and %q without", i, b.Text.S, got)
		}
	}
}
