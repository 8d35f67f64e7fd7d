package demo

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func serve(t *testing.T) (outlets []Outlet, servers []*httptest.Server) {
	t.Helper()
	outlets, err := Outlets()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outlets {
		s := httptest.NewServer(o)
		t.Cleanup(s.Close)
		servers = append(servers, s)
	}
	return outlets, servers
}

// An answer is what a test asks of a response.
type answer struct {
	status int
	header http.Header
	body   string
}

func get(t *testing.T, url string) answer { return ask(t, url, "") }

// ask gets url, if it is not what etag says.
func ask(t *testing.T, url, etag string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

var (
	tags     = regexp.MustCompile(`<[^>]*>`)
	pictures = regexp.MustCompile(`(?:src|srcset)="(/img/[^"]*)"`)
)

// What issue and reader expect of the made-up articles: enough of them, each with all that an article may hold.
func TestArticlesHaveWhatArticlesHave(t *testing.T) {
	outlets, servers := serve(t)
	if n := outlets[0].Articles(); n < 4 {
		t.Errorf("%s has %d articles, want at least 4", outlets[0].Name, n)
	}
	if n := outlets[1].Articles(); n < 2 {
		t.Errorf("%s has %d articles, want at least 2", outlets[1].Name, n)
	}
	for i, o := range outlets {
		for _, p := range o.pages {
			page := get(t, servers[i].URL+p.Path)
			if page.status != http.StatusOK {
				t.Errorf("%s: %d", p.Path, page.status)
				continue
			}
			found := pictures.FindAllStringSubmatch(page.body, -1)
			if len(found) == 0 {
				t.Errorf("%s has no picture", p.Path)
			}
			for _, m := range found {
				for candidate := range strings.SplitSeq(m[1], ",") {
					name, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
					picture := get(t, servers[i].URL+name)
					if kind := picture.header.Get("Content-Type"); picture.status != http.StatusOK || len(picture.body) > 60_000 || !strings.HasPrefix(kind, "image/") {
						t.Errorf("%s: picture %s: %d, %s, %d bytes", p.Path, name, picture.status, kind, len(picture.body))
					}
				}
			}
			if p.whole != nil {
				continue
			}
			for _, want := range []string{"<a href=", "<em>", "<h2>", "“", "‘"} {
				if !strings.Contains(p.Body, want) {
					t.Errorf("%s has no %s", p.Path, want)
				}
			}
			if n := len(strings.Fields(tags.ReplaceAllString(p.Body, " "))); n < 300 || n > 600 {
				t.Errorf("%s has %d words, want 300 to 600", p.Path, n)
			}
			if p.Alt == "" || p.Caption == "" || !strings.Contains(p.Credit, "CC0") || p.Social == p.Title || len(p.Authors) == 0 {
				t.Errorf("%s: an incomplete head: %+v", p.Path, p)
			}
			if !strings.Contains(page.body, `<link rel="canonical" href="`+servers[i].URL+p.Path+`">`) {
				t.Errorf("%s does not name its own address", p.Path)
			}
		}
	}
}

func TestFeedsListEveryArticleUnderTheAddressTheyWereAskedAt(t *testing.T) {
	outlets, servers := serve(t)
	for i, o := range outlets {
		feed := get(t, servers[i].URL+o.Feed)
		d := xml.NewDecoder(strings.NewReader(feed.body))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", o.Feed, err)
			}
		}
		for _, p := range o.pages {
			if !strings.Contains(feed.body, servers[i].URL+p.Path) {
				t.Errorf("%s does not list %s", o.Feed, p.Path)
			}
		}
		if again := ask(t, servers[i].URL+o.Feed, feed.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("%s, asked again: %d", o.Feed, again.status)
		}
	}
}

func TestHomeNamesTheFeedAndTermsTheLicence(t *testing.T) {
	outlets, servers := serve(t)
	for i, o := range outlets {
		if body := get(t, servers[i].URL+o.Home).body; !strings.Contains(body, `rel="alternate"`) || !strings.Contains(body, `href="`+o.Feed+`"`) {
			t.Errorf("the front page of %s names no feed", o.Name)
		}
		if body := get(t, servers[i].URL+o.Terms).body; !strings.Contains(body, "CC0 1.0") {
			t.Errorf("the terms of %s name no licence", o.Name)
		}
		if body := get(t, servers[i].URL+"/robots.txt").body; !strings.Contains(body, "User-agent: *") {
			t.Errorf("robots.txt of %s: %q", o.Name, body)
		}
		for _, path := range []string{"/img/../demo.go", "/img/%2e%2e/farol", "/nowhere/"} {
			if status := get(t, servers[i].URL+path).status; status != http.StatusNotFound {
				t.Errorf("%s: %d", path, status)
			}
		}
	}
}
