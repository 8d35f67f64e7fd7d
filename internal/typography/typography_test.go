package typography

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

type goldenCase struct {
	ID, Lang, Rule, Before string
	After                  map[string]string
	SourceText             string `json:"source_text"`
}

func golden(t testing.TB) []goldenCase {
	t.Helper()
	b, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c goldenCase) source() Source {
	switch {
	case c.SourceText == "":
		return Source{}
	case strings.HasSuffix(c.Rule, "-fr"):
		return Source{"fr", c.SourceText}
	}
	return Source{"en", c.SourceText}
}

// visible shows the spaces that do not break.
func visible(s string) string {
	return strings.NewReplacer(nbsp, "⍽", narrow, "⎵").Replace(s)
}

func TestGolden(t *testing.T) {
	n := 0
	for _, c := range golden(t) {
		for tag, want := range c.After {
			n++
			for _, in := range []string{c.Before, want} { // what is right is a fixed point
				if got := Apply(in, Set(lang.Tag(tag), in, c.source(), nil)); got != want {
					t.Errorf("%s %s (%s)\n%s\ngives %s\nwant  %s", c.ID, tag, c.Rule, visible(in), visible(got), visible(want))
				}
			}
		}
	}
	if n < 170 {
		t.Errorf("only %d cases were read", n)
	}
}
