package extract

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// TestFeeds runs the shared cases of discovery and prints how many are right.
func TestFeeds(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "feeds")
	f, err := os.Open(filepath.Join(dir, "discovery", "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	right, all := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c struct {
			ID, File, URL string
			Headers       map[string]string
			Feeds         []struct{ URL, Title string }
			Languages     map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(dir, c.File))
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		for k, v := range c.Headers {
			h.Set(k, v)
		}
		all++
		got := Feeds(page, c.URL, h)
		ok := len(got.Feeds) == len(c.Feeds)
		for i := 0; ok && i < len(c.Feeds); i++ {
			ok = got.Feeds[i].URL == c.Feeds[i].URL && (c.Feeds[i].Title == "" || got.Feeds[i].Title == c.Feeds[i].Title)
		}
		for tag, url := range c.Languages {
			ok = ok && got.Languages[tag] == url
		}
		if ok {
			right++
		} else {
			t.Logf("%s: %+v", c.ID, got)
		}
	}
	t.Logf("discovery %d/%d (bar 39)", right, all)
	if right < 39 {
		t.Errorf("discovery: %d of %d", right, all)
	}
}
