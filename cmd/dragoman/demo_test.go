package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// startDemo starts the demo and waits until it has printed its addresses: the front page of each language, the desk, the
// one-time address.
func startDemo(t *testing.T, f *folder) (*process, []string) {
	t.Helper()
	p := f.start("demo", "--listen", freeAddress(t))
	return p, p.wait(4, 4*time.Minute)
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second}
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// listed are the articles as list --json prints them.
type listed struct {
	ID, Item, Outlet, Lang, State, Title, URL string
	Original                                  string `json:"original_title"`
	Stops                                     int
}

func list(t *testing.T, f *folder, args ...string) (all []listed) {
	t.Helper()
	for line := range strings.Lines(f.run(append([]string{"list", "--json"}, args...)...)) {
		var a listed
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, a)
	}
	return all
}

// The newcomer's first command keeps its promises: two articles are published and labelled, the others wait, every printed
// address answers, no made-up outlet's address is printed, and run again it goes on where it was.
func TestDemo(t *testing.T) {
	f := newFolder(t)
	p, lines := startDemo(t, f)
	for range 2 {
		for _, address := range lines {
			if status, _ := get(t, address); status != http.StatusOK {
				t.Errorf("GET %s: %d", address, status)
			}
		}
	}
	if want := regexp.MustCompile(`^http://[^/]*/en/ http://[^/]*/pt/ http://[^/]*/desk/login http://[^/]*/desk/first/[^/]+$`); !want.MatchString(strings.Join(lines, " ")) {
		t.Errorf("printed %q", lines)
	}
	first := list(t, f)
	if n := len(first); n != 7 {
		t.Errorf("%d articles, want 7", n)
	}
	var published int
	for _, a := range first {
		switch a.State {
		case "published":
			published++
			if a.Stops > 0 {
				t.Errorf("published with an open stop flag: %+v", a)
			}
			if !regexp.MustCompile(`^http://[^/]*/(en|pt)/20\d\d/\d\d/[a-z0-9-]+/$`).MatchString(a.URL) {
				t.Errorf("published at %s", a.URL)
			}
			checkPublished(t, a)
		case "in_review":
		default:
			t.Errorf("an article is %s", a.State)
		}
	}
	if published != 2 {
		t.Errorf("%d articles published, want 2", published)
	}
	p.stop()
	hidesOutlets(t, f, p)

	again, lines2 := startDemo(t, f)
	if slices.Equal(lines, lines2) {
		t.Error("the one-time address is the same twice")
	}
	second := list(t, f)
	for i := range first { // the port is another one
		first[i].URL, second[i].URL = "", ""
	}
	if !slices.Equal(first, second) {
		t.Errorf("run again, the articles are others:\n%+v\n%+v", first, second)
	}
	again.stop()
	hidesOutlets(t, f, again)
}

// checkPublished looks at a published page: title once, the source beside it, the label.
func checkPublished(t *testing.T, a listed) {
	t.Helper()
	status, page := get(t, a.URL)
	if status != http.StatusOK {
		t.Fatalf("GET %s: %d", a.URL, status)
	}
	if n := strings.Count(page, "<h1"); n != 1 {
		t.Errorf("%s: %d elements h1", a.URL, n)
	}
	label := map[string]string{"pt": "por máquina", "en": "by machine"}[a.Lang]
	for _, want := range []string{a.Outlet, label, "<img "} {
		if !strings.Contains(page, want) {
			t.Errorf("%s does not say %q", a.URL, want)
		}
	}
	front := a.URL[:strings.Index(a.URL, "/20")+1]
	if _, body := get(t, front); !strings.Contains(body, a.Title) {
		t.Errorf("the front page %s does not show %q", front, a.Title)
	}
	if _, body := get(t, front+"feed.xml"); !strings.Contains(body, a.Title) {
		t.Errorf("the feed of %s does not have %q", front, a.Title)
	}
}

// hidesOutlets holds that a process printed no address of a made-up outlet.
func hidesOutlets(t *testing.T, f *folder, p *process) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(f.dir, "demo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var state struct{ Outlets []string }
	if err := json.Unmarshal(b, &state); err != nil || len(state.Outlets) != 2 {
		t.Fatalf("demo.json: %v, %s", err, b)
	}
	lines, stderr := p.output()
	for _, address := range state.Outlets {
		if strings.Contains(strings.Join(lines, "\n")+stderr, address) {
			t.Errorf("the address %s was printed:\n%s", address, stderr)
		}
	}
}

func TestDemoWithoutModelsNamesTheCommands(t *testing.T) {
	f := &folder{t: t, dir: t.TempDir()}
	out, err := f.command("demo").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "run: dragoman model get en-pt && dragoman model get pt-en") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestDemoKeepsOutOfANewsroom(t *testing.T) {
	f := newFolder(t)
	f.run("list")
	out, err := f.command("demo").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "holds a newsroom that is no demo: name another folder by --data DIR") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestOutletsOnly(t *testing.T) {
	f := &folder{t: t, dir: t.TempDir()}
	p := f.start("demo", "--outlets-only")
	for _, address := range p.wait(2, time.Minute) {
		if status, body := get(t, address); status != http.StatusOK || !strings.Contains(body, `rel="alternate"`) {
			t.Errorf("GET %s: %d\n%s", address, status, body)
		}
	}
	p.stop()
}
