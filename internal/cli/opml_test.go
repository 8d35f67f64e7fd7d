package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestListsOfFeedsGoInAndOut(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "out.opml")
	var list strings.Builder
	list.WriteString(`<opml version="2.0"><body>`)
	const n = 6100 // more than three steps take
	for i := range n {
		fmt.Fprintf(&list, `<outline text="Paper" xmlUrl="https://paper%d.example/feed"/>`, i)
	}
	list.WriteString(`</body></opml>`)
	step := func(stdin, want string, args ...string) {
		t.Helper()
		code, out, errs := run(t, stdin, append([]string{"--data", data}, args...)...)
		if code != done || !strings.Contains(out, want) {
			t.Fatalf("%v: exit %d, %.200s %s", args, code, out, errs)
		}
	}
	step(list.String(), "6100 new\t0 followed already", "opml", "import", "-", "--into", "fr")
	step(list.String(), "0 new\t6100 followed already", "opml", "import", "-")
	step("", "", "opml", "export", file)
	b, err := os.ReadFile(file)
	if err != nil || strings.Count(string(b), "xmlUrl=") != n {
		t.Errorf("%d feeds are written: %v", strings.Count(string(b), "xmlUrl="), err)
	}
	step("", "paper7.example", "opml", "export")
	for _, bad := range [][]string{{"opml", "export", file}, {"opml", "import", filepath.Join(dir, "none")}} {
		if code, _, errs := run(t, "", append([]string{"--data", data}, bad...)...); code == done || errs == "" {
			t.Errorf("%v: exit %d", bad, code)
		}
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(b) {
		t.Error("a file that is there was written over")
	}
}
