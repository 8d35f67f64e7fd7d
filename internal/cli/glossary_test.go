package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
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
