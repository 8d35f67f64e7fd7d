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
