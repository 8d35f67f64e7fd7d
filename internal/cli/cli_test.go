package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// run calls the program in this process, as Main does, and returns the exit code and what it wrote.
func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(stdin), out: &out, err: &errs, getenv: func(name string) string {
		if name == "DRAGOMAN_DATA" {
			return filepath.Join(t.TempDir(), "data")
		}
		return ""
	}}
	code = a.run(t.Context(), args)
	return code, out.String(), errs.String()
}

// eachCommand calls f with every command and the words that lead to it.
func eachCommand(f func(path []string, c command)) {
	var walk func(path []string, list []command)
	walk = func(path []string, list []command) {
		for _, c := range list {
			p := append(append([]string{}, path...), c.name)
			f(p, c)
			walk(p, c.sub)
		}
	}
	walk(nil, commands())
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	eachCommand(func(path []string, c command) {
		name := strings.Join(path, " ")
		code, out, errs := run(t, "", append(path, "--help")...)
		if code != done || errs != "" {
			t.Errorf("%s --help: exit %d, %s", name, code, errs)
		}
		for _, want := range []string{"Usage: dragoman " + name, "Example:\n", "dragoman " + name} {
			if !strings.Contains(out, want) {
				t.Errorf("%s --help has no %q:\n%s", name, want, out)
			}
		}
		if c.short == "" || c.long == "" {
			t.Errorf("%s does not say what it does", name)
		}
		if strings.HasSuffix(c.short, ".") {
			t.Errorf("%s: %q is a phrase and ends in no point", name, c.short)
		}
	})
}

// A flag's help shows what it takes: a name in backquotes, then a colon.
func TestEveryFlagSaysWhatItTakes(t *testing.T) {
	eachCommand(func(path []string, c command) {
		if c.set == nil {
			return
		}
		_, out, _ := run(t, "", append(path, "--help")...)
		for line := range strings.Lines(out) {
			if rest, ok := strings.CutPrefix(line, "  --"); ok && strings.Contains(rest, " value ") {
				t.Errorf("%s: %s", strings.Join(path, " "), line)
			}
		}
	})
}

func TestFlagsStandAnywhere(t *testing.T) {
	for _, c := range []struct {
		args []string
		rest string
		into string
	}{
		{[]string{"URL", "--into", "fr"}, "[URL]", "fr"},
		{[]string{"--into", "fr", "URL"}, "[URL]", "fr"},
		{[]string{"--into=fr", "URL", "-name", "N"}, "[URL]", "fr"},
		{[]string{"a", "--into", "fr", "b"}, "[a b]", "fr"},
		{[]string{"a", "--", "--into", "fr"}, "[a --into fr]", ""},
		{[]string{"--", "-x"}, "[-x]", ""},
		{[]string{"-"}, "[-]", ""},
		{nil, "[]", ""},
	} {
		fs := newFlags("x")
		into := fs.String("into", "", "")
		fs.String("name", "", "")
		rest, err := fs.parse(c.args)
		if err != nil || fmt.Sprint(rest) != c.rest || *into != c.into {
			t.Errorf("%q: %v, --into %q, %v; want %s, %q", c.args, rest, *into, err, c.rest, c.into)
		}
	}
	if _, err := newFlags("x").parse([]string{"--prot"}); err == nil || !strings.Contains(err.Error(), "there is no flag --prot") {
		t.Errorf("an unknown flag: %v", err)
	}
}

func TestErrorsAreOneLineWithoutTheirKind(t *testing.T) {
	err := errors.Join(fmt.Errorf("no feed there: %w", news.ErrInvalid), errors.New("  and more\n\n"))
	if got := oneLine(err); got != "no feed there; and more" {
		t.Errorf("%q", got)
	}
}

// Lines are worked on side by side; the answers keep their order, whatever takes how long.
func TestBatchKeepsTheOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 500 {
		fmt.Fprintf(&in, "{\"id\":%d}\n", i)
		fmt.Fprintf(&want, "{\"id\":%d,\"n\":%d}\n", i, i)
	}
	var out bytes.Buffer
	a := &app{in: strings.NewReader(in.String()), out: &out}
	err := a.batch(t.Context(), func(_ context.Context, _ *app, fields map[string]json.RawMessage, _ *[]byte) (any, error) {
		var n int
		if err := json.Unmarshal(fields["id"], &n); err != nil {
			return nil, err
		}
		if n%7 == 0 {
			time.Sleep(time.Millisecond)
		}
		return map[string]int{"n": n}, nil
	})
	if err != nil || out.String() != want.String() {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestBatchSurvivesAPanic(t *testing.T) {
	var out bytes.Buffer
	a := &app{in: strings.NewReader("{\"id\":1}\n{\"id\":2}"), out: &out}
	err := a.batch(t.Context(), func(_ context.Context, _ *app, fields map[string]json.RawMessage, _ *[]byte) (any, error) {
		if string(fields["id"]) == "1" {
			panic("index out of range")
		}
		return struct{}{}, nil
	})
	if want := "{\"id\":1,\"error\":\"this input cannot be read: index out of range\"}\n{\"id\":2}\n"; err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestBatchFlagsOfTheLineComeBeforeThoseOfTheCommand(t *testing.T) {
	in := `{"id":1,"text":"M. Renn part. Il pleut."}` + "\n" + `{"id":2,"text":"Mr. Renn left. It rains.","lang":"en"}` + "\n"
	code, out, errs := run(t, in, "split", "--batch", "--lang", "fr")
	want := `{"id":1,"sentences":["M. Renn part.","Il pleut."]}` + "\n" + `{"id":2,"sentences":["Mr. Renn left.","It rains."]}` + "\n"
	if code != done || out != want {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
}

func TestSplitKeepsNoBreakSpaces(t *testing.T) {
	code, out, _ := run(t, "Il dit\u00a0:\n« Non\u202f! » Elle rit.\n", "split", "--lang", "fr")
	if want := "Il dit\u00a0: « Non\u202f! »\nElle rit.\n"; code != done || out != want {
		t.Errorf("exit %d, %q, want %q", code, out, want)
	}
}

func TestHeaders(t *testing.T) {
	h, err := parseHeaders([]string{"content-type: text/html; charset=utf-8", "Link: <a>", "Link: <b>"})
	if err != nil || len(h["Content-Type"]) != 1 || len(h["Link"]) != 2 {
		t.Errorf("%v, %v", h, err)
	}
	var u usageError
	if _, err := parseHeaders([]string{"no colon"}); !errors.As(err, &u) {
		t.Errorf("a header without a colon: %v", err)
	}
	h, err = headersOf(json.RawMessage(`{"Content-Language":"fr","Link":["<a>","<b>"]}`))
	if err != nil || h["Content-Language"][0] != "fr" || len(h["Link"]) != 2 {
		t.Errorf("%v, %v", h, err)
	}
}

func TestReach(t *testing.T) {
	got := fmt.Sprint(reach(map[string]bool{"en-pt": true, "pt-en": true, "fr-en": true}))
	if want := "[{en pt} {fr en} {fr pt} {pt en}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestDataFolder(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"HOME": filepath.Join(dir, "home")}
	a := &app{getenv: func(name string) string { return env[name] }}
	for _, c := range []struct {
		what string
		set  func()
		want string
	}{
		{"--data", func() { a.data = filepath.Join(dir, "flag") }, "flag"},
		{"$DRAGOMAN_DATA", func() { a.data, env["DRAGOMAN_DATA"] = "", filepath.Join(dir, "env") }, "env"},
		{"$XDG_DATA_HOME", func() { env["DRAGOMAN_DATA"], env["XDG_DATA_HOME"] = "", filepath.Join(dir, "xdg") }, filepath.Join("xdg", "dragoman")},
	} {
		c.set()
		got, err := a.dataDir("dragoman")
		if err != nil || got != filepath.Join(dir, c.want) {
			t.Errorf("%s: %s, %v", c.what, got, err)
		}
		if info, err := os.Stat(got); err != nil || !info.IsDir() {
			t.Errorf("%s: the folder was not made: %v", c.what, err)
		}
	}
	env["XDG_DATA_HOME"], env["HOME"] = "", ""
	if _, err := a.dataDir("dragoman"); err == nil || !strings.Contains(err.Error(), "--data DIR") {
		t.Errorf("nowhere to keep data: %v", err)
	}
}

func TestProgressIsSilentOfWhatIsOverAtOnce(t *testing.T) {
	var errs bytes.Buffer
	p := (&app{err: &errs, bar: true}).progress()
	p.bytes("model", 50, 100)
	p.end()
	if errs.Len() > 0 {
		t.Errorf("%q", errs.String())
	}
	p.began = p.began.Add(-2 * time.Second)
	p.bytes("model", 50_000_000, 100_000_000)
	if !strings.Contains(errs.String(), "50 %  50.0 MB of 100.0 MB") || !strings.Contains(errs.String(), "[############............]") {
		t.Errorf("%q", errs.String())
	}
	errs.Reset()
	q := (&app{err: &errs}).progress() // no terminal
	q.began = q.began.Add(-2 * time.Second)
	q.bytes("model", 1_000_000, 0)
	if got := errs.String(); got != "model: 1.0 MB\n" {
		t.Errorf("%q", got)
	}
}

func TestAddressesAreOnesThatCanBeOpened(t *testing.T) {
	for listen, want := range map[string]string{
		"0.0.0.0:80": "127.0.0.1:80", "[::]:8080": "127.0.0.1:8080", ":8080": "127.0.0.1:8080", "127.0.0.1:1": "127.0.0.1:1", "news.example:80": "news.example:80",
	} {
		if got := reachable(listen); got != want {
			t.Errorf("%s: %s, want %s", listen, got, want)
		}
	}
}

func TestDiffAndCompareTakePairs(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	old := write("old", "lang  en\ntitle  The ferry\n\np  It leaves at nine.\np  It costs 3 crowns.\n")
	fresh := write("new", "lang  en\ntitle  The ferry\n\np  It leaves at nine.\np  It costs 4 crowns.\n")
	code, out, errs := run(t, "", "diff", old, fresh)
	if code != done || strings.Count(out, "\n") != 1 || !strings.Contains(out, `"weight":"fact"`) {
		t.Errorf("diff: exit %d, %s\n%s", code, errs, out)
	}
	if code, _, errs := run(t, "", "diff", old); code != misuse {
		t.Errorf("diff of one: exit %d, %s", code, errs)
	}
	code, out, errs = run(t, "", "compare", "--from", "en", "--to", "pt", write("a", "It costs 3 crowns."), write("b", "Custa 4 coroas."))
	if code != done || !strings.Contains(out, `"rule":"numbers"`) || !strings.Contains(out, `"severity":"stop"`) {
		t.Errorf("compare: exit %d, %s\n%s", code, errs, out)
	}
	code, out, _ = run(t, `{"id":1,"original":"It costs 3 crowns.","translation":"Custa 3 coroas.","from":"en","to":"pt"}`+"\n"+`{"id":2,"original":"x"}`, "compare", "--batch")
	if want := "{\"id\":1,\"flags\":[]}\n{\"id\":2,\"error\":\"\\\"translation\\\" is missing or no string\"}\n"; code != done || out != want {
		t.Errorf("compare --batch: exit %d\n%s", code, out)
	}
}
