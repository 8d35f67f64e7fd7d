package cli_test

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A check is looked for in a page's article as it is printed: a literal or a pattern.
type check struct {
	Text string `json:"text"`
	Re   string `json:"re"`
}

// escaped is a character as other languages' patterns write it.
var escaped = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)

func (c check) in(s string) bool {
	if c.Re != "" {
		return regexp.MustCompile(escaped.ReplaceAllString(c.Re, `\x{$1}`)).MatchString(s)
	}
	return strings.Contains(s, c.Text)
}

// Each made page of the shared data has one construct that readers of pages lose; every check of all of them holds.
func TestConstructs(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "extraction", "constructs")
	b, err := os.ReadFile(filepath.Join(dir, "checks.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pages map[string]struct {
		File    string           `json:"file"`
		URL     string           `json:"url"`
		Must    map[string]check `json:"must"`
		MustNot map[string]check `json:"mustNot"`
	}
	if err := json.Unmarshal(b, &pages); err != nil {
		t.Fatal(err)
	}
	all := 0
	for id, p := range pages {
		page, err := os.ReadFile(filepath.Join(dir, "html", p.File))
		if err != nil {
			t.Fatal(err)
		}
		d, _, err := extract.Article(extract.Page{HTML: page, URL: p.URL}, extract.Rule{})
		if err != nil && len(d.Blocks) == 0 {
			t.Errorf("%s: %v", id, err)
			continue
		}
		picture := func(src string) (render.Picture, bool) { return render.Picture{Path: src}, true }
		printed := html.UnescapeString(string(render.HTML(d, render.Options{Classes: true, Picture: picture})))
		for name, c := range p.Must {
			if all++; !c.in(printed) {
				t.Errorf("%s: lacks %s %+v\n%s", id, name, c, printed)
			}
		}
		for name, c := range p.MustNot {
			if all++; c.in(printed) {
				t.Errorf("%s: holds %s %+v\n%s", id, name, c, printed)
			}
		}
	}
	t.Logf("%d checks on %d pages", all, len(pages))
}
