package house

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/dragoman-newsroom/dragoman"

// root is the module's root directory.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "rooms.txt")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tracked lists the files of the tree that are kept, slash-separated from the root. In a copy without its history every file is.
func tracked(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = dir
	if out, err := cmd.Output(); err == nil {
		var list []string
		for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				list = append(list, name)
			}
		}
		return list
	}
	var list []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			name, err = filepath.Rel(dir, name)
			list = append(list, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// goFiles are the tracked Go files outside testdata and outside modules of their own.
func goFiles(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, name := range tracked(t) {
		if strings.HasSuffix(name, ".go") && !strings.Contains(name, "testdata/") && !strings.HasPrefix(name, "tools/") && !strings.Contains(name, "/kernel/gen/") {
			list = append(list, name)
		}
	}
	return list
}

// roomOf is the room that a package belongs to: "mt" for the engine, "" for what is no room (main, the tests' own packages).
func roomOf(dir string) string {
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "mt":
		return "mt"
	case parts[0] == "internal" && len(parts) > 1 && parts[1] != "house" && parts[1] != "require":
		return parts[1]
	}
	return ""
}

// rooms reads rooms.txt: for each room its line's number and the rooms it may import ("*" for all).
func rooms(t *testing.T) (line map[string]int, may map[string][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root(t), "rooms.txt"))
	if err != nil {
		t.Fatal(err)
	}
	line, may = map[string]int{"mt": 0}, map[string][]string{"mt": nil}
	n := 0
	for s := range strings.Lines(string(b)) {
		n++
		if s = strings.TrimSpace(s); s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		room, list, ok := strings.Cut(s, ":")
		if !ok {
			t.Fatalf("rooms.txt:%d: %q is no room and its imports", n, s)
		}
		if _, twice := line[room]; twice {
			t.Errorf("rooms.txt:%d: %s stands there twice", n, room)
		}
		line[room], may[room] = n, strings.Fields(list)
	}
	return line, may
}

func TestRoomsStandOnRoomsBeforeThem(t *testing.T) {
	line, may := rooms(t)
	for room, list := range may {
		for _, x := range list {
			if x == "*" {
				continue
			}
			at, ok := line[x]
			switch {
			case !ok:
				t.Errorf("rooms.txt:%d: %s may import %s, which is no room", line[room], room, x)
			case at >= line[room]:
				t.Errorf("rooms.txt:%d: %s may import %s, which stands after it", line[room], room, x)
			}
		}
	}
}

func TestImports(t *testing.T) {
	line, may := rooms(t)
	for _, name := range goFiles(t) {
		room := roomOf(path.Dir(name))
		if room == "" {
			continue
		}
		if _, ok := line[room]; !ok {
			t.Errorf("%s: %s is a room that rooms.txt does not list", name, room)
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root(t), name), nil, parser.ImportsOnly)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		test := strings.HasSuffix(name, "_test.go")
		for _, i := range f.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			rest, ours := strings.CutPrefix(imported, module+"/")
			if !ours {
				if foreign := onlyIn[imported]; foreign != "" && room != foreign && !test {
					t.Errorf("%s: %s imports %s, which only %s may", name, room, imported, foreign)
				}
				continue
			}
			if rest == "internal/require" && (test || strings.HasSuffix(path.Dir(name), "test")) {
				continue
			}
			other := roomOf(rest)
			if other == room || slices.Contains(may[room], "*") || slices.Contains(may[room], other) {
				continue
			}
			// A test may stand on what its room stands on, at any depth: it makes values for it.
			if test && at(line, other) < line[room] {
				continue
			}
			t.Errorf("%s: %s imports %s, which rooms.txt does not allow", name, room, other)
		}
	}
}

func at(line map[string]int, room string) int {
	if n, ok := line[room]; ok {
		return n
	}
	return 1 << 30
}

// onlyIn holds what one room has to itself.
var onlyIn = map[string]string{
	"github.com/BurntSushi/toml": "config",
}

func TestEveryPackageHasOneComment(t *testing.T) {
	comments, packages := map[string][]string{}, map[string]bool{}
	for _, name := range goFiles(t) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root(t), name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		dir := path.Dir(name)
		packages[dir] = true
		if f.Doc == nil || isGenerated(f) {
			continue
		}
		comments[dir] = append(comments[dir], name)
		if want := "Package " + f.Name.Name + " "; f.Name.Name != "main" && !strings.HasPrefix(f.Doc.Text(), want) {
			t.Errorf("%s: the package comment does not begin with %q", name, want)
		}
	}
	for dir := range packages {
		switch list := comments[dir]; len(list) {
		case 1:
		case 0:
			t.Errorf("%s: no package comment; a room has its card there", dir)
		default:
			t.Errorf("%s: the package comment stands in %s; one file carries it", dir, strings.Join(list, " and "))
		}
	}
}

func isGenerated(f *ast.File) bool { return ast.IsGenerated(f) }

// A file is a thing one would look for; past this it is two.
const maxLines = 700

func TestNoFileIsTooLong(t *testing.T) {
	for _, name := range goFiles(t) {
		b, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(b, []byte("// Code generated")) {
			continue
		}
		if n := bytes.Count(b, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines; past %d a file wants to be two", name, n, maxLines)
		}
	}
}

// forbidden are words that speak of something other than the project: a machine's paths, the hosts of registries, what is left
// to do. The patterns are put together so that this file does not hold them.
var forbidden = []struct {
	what    string
	pattern *regexp.Regexp
	not     *regexp.Regexp // files where it may stand
}{
	{"the path of a machine", regexp.MustCompile(`(?m)(^|[^A-Za-z0-9.])/(` + "wo" + `rk|home/[a-z]+|root|Users/[a-z]+)/`), nil},
	{"the host of a registry", regexp.MustCompile(`https?://(` + "registry" + `|proxy|deb|files|crates)\.[a-z]+|` + "py" + `pi\.org|` + "npmjs" + `\.com|` + "golang" + `\.org/(pkg|mod)/`), regexp.MustCompile(`(^|/)(go\.sum|package-lock\.json)$`)},
	{"what is left to do", regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b|//.*\bfor ` + `now\b`), regexp.MustCompile(`testdata/|\.(html|txt|txtar|json)$`)},
}

func TestNothingSpeaksOfSomethingElse(t *testing.T) {
	for _, name := range tracked(t) {
		b, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 4<<20 {
			t.Errorf("%s has %d MB: weights and corpora are not kept in the tree", name, len(b)>>20)
		}
		head := b[:min(len(b), 8000)]
		if bytes.IndexByte(head, 0) >= 0 {
			continue // a picture, a vocabulary
		}
		for _, f := range forbidden {
			if f.not != nil && f.not.MatchString(name) {
				continue
			}
			for _, m := range f.pattern.FindAllIndex(b, -1) {
				t.Errorf("%s:%d: %q is %s", name, 1+bytes.Count(b[:m[1]], []byte("\n")), b[m[0]:m[1]], f.what)
			}
		}
	}
}

// Files that `go generate` writes from others in the tree. The kernels' own test compares more; this one asks that what is
// kept is what the generator writes today.
func TestGeneratedFilesAreFresh(t *testing.T) {
	gen := filepath.Join(root(t), "mt", "internal", "kernel", "gen")
	if _, err := os.Stat(gen); err != nil {
		t.Fatalf("the kernels' generator is gone: %v", err)
	}
	kernel := filepath.Dir(gen)
	directive := regexp.MustCompile(`(?m)^//go:generate go -C gen run (\S+ .*)$`)
	var found bool
	files, err := filepath.Glob(filepath.Join(kernel, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range directive.FindAllSubmatch(b, -1) {
			found = true
			fresh(t, gen, strings.Fields(string(m[1])))
		}
	}
	if !found {
		t.Errorf("no //go:generate directive in %s runs its generator", kernel)
	}
}

// fresh runs the generator with its outputs led into a temporary folder and compares them with the kept ones.
func fresh(t *testing.T, gen string, args []string) {
	t.Helper()
	tmp := t.TempDir()
	kept := map[string]string{}
	run := []string{"-C", gen, "run"}
	for i, a := range args {
		if i > 0 && (args[i-1] == "-out" || args[i-1] == "-stubs") {
			kept[filepath.Join(tmp, path.Base(a))] = filepath.Join(gen, a)
			a = filepath.Join(tmp, path.Base(a))
		}
		run = append(run, a)
	}
	cmd := exec.Command("go", run...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly")
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "dial tcp") || strings.Contains(string(out), "cannot find module") {
			t.Skipf("the generator's own dependencies cannot be fetched here:\n%s", out)
		}
		t.Fatalf("the generator: %v\n%s", err, out)
	}
	for made, name := range kept {
		a, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		// The first lines name the command, and with it where its output goes.
		if !bytes.Equal(withoutCommand(a), withoutCommand(b)) {
			t.Errorf("%s is not what its generator writes; run: make gen", filepath.Base(name))
		}
	}
}

func withoutCommand(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		if !bytes.HasPrefix(line, []byte("// Code generated")) {
			out = append(out, line...)
		}
	}
	return out
}

// The Makefile is what a newcomer reads second.
func TestMakefileHasAtMostTwelveTargetsAndSaysWhatTheyDo(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root(t), "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	targets := regexp.MustCompile(`(?m)^([a-z]+):(.*)$`).FindAllStringSubmatch(string(b), -1)
	if len(targets) > 12 {
		t.Errorf("%d targets", len(targets))
	}
	for _, m := range targets {
		if !strings.Contains(m[2], "## ") {
			t.Errorf("make %s does not say what it does", m[1])
		}
	}
	info, err := os.Stat(filepath.Join(root(t), ".ci", "run"))
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf(".ci/run cannot be run: %v, %v", fmt.Sprint(info), err)
	}
}
