package fetch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// cases reads the lines of a file of shared cases.
func cases[T any](t *testing.T, path string) []T {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data", "feeds", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c T
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		t.Fatalf("no cases in %s", path)
	}
	return list
}

func TestRobots(t *testing.T) {
	type robotsCase struct {
		ID, Robots, Agent, URL string
		Allowed                bool
	}
	all, right := cases[robotsCase](t, "robots/cases.jsonl"), 0
	for _, c := range all {
		if t.Run(c.ID, func(t *testing.T) {
			u, err := url.Parse(c.URL)
			if err != nil {
				t.Fatal(err)
			}
			if got := ParseRobots([]byte(c.Robots)).Allowed(c.Agent, u); got != c.Allowed {
				t.Errorf("allowed %v, want %v\nagent %s\nurl %s\n%s", got, c.Allowed, c.Agent, c.URL, c.Robots)
			}
		}) {
			right++
		}
	}
	t.Logf("robots %d/%d (bar %d)", right, len(all), len(all))
}

func TestPublic(t *testing.T) {
	type addressCase struct {
		ID, IP, Why string
		Blocked     bool
	}
	all, right := cases[addressCase](t, "ssrf/cases.jsonl"), 0
	for _, c := range all {
		if got := !Public(mustAddr(t, c.IP)); got != c.Blocked {
			t.Errorf("%s (%s): blocked %v, want %v", c.IP, c.Why, got, c.Blocked)
			continue
		}
		right++
	}
	t.Logf("ssrf %d/%d (bar %d)", right, len(all), len(all))
}

func TestWhatRobotsSaysOfUse(t *testing.T) {
	file := ParseRobots([]byte(`License: https://paper.example/license.xml
User-Agent: *
Allow: /
Content-Usage: train-ai=n
Content-Usage: /archive/ train-ai=n, ai-output=n
Content-Signal: search=yes, ai-input=no # Cloudflare's

User-Agent: friend
User-Agent: dragoman-test
Content-Usage: ai-output=y
Disallow: /private/
`))
	for _, c := range []struct{ token, at, usage, signal string }{
		{"dragoman", "https://paper.example/", "train-ai=n", "search=yes, ai-input=no"},
		{"dragoman", "https://paper.example/archive/a?b", "train-ai=n, ai-output=n", "search=yes, ai-input=no"},
		{"dragoman", "https://paper.example", "train-ai=n", "search=yes, ai-input=no"},
		{"Friend", "https://paper.example/archive/a", "ai-output=y", ""},
	} {
		u, err := url.Parse(c.at)
		if err != nil {
			t.Fatal(err)
		}
		if usage, signal := file.Usage(c.token, u); usage != c.usage || signal != c.signal {
			t.Errorf("%s at %s: %q %q", c.token, c.at, usage, signal)
		}
	}
	if len(file.Licences) != 1 || file.Licences[0] != "https://paper.example/license.xml" {
		t.Errorf("%q", file.Licences)
	}
	private, err := url.Parse("https://paper.example/private/x")
	if err != nil {
		t.Fatal(err)
	}
	if file.Allowed("friend", private) || !file.Allowed("dragoman", private) {
		t.Error("a line of usage parts a group")
	}
}
