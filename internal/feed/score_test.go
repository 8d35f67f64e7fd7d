package feed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A scoredCase is one line of the shared suites.
type scoredCase struct {
	ID      string            `json:"id"`
	File    string            `json:"file"`
	Group   string            `json:"group"`
	Checks  []check           `json:"checks"`
	Alt     [][]check         `json:"alt"`
	Headers map[string]string `json:"headers"`
	Base    string            `json:"base"`
	URL     string            `json:"url"`
	Input   string            `json:"input"`
	UTC     *string           `json:"utc"`
	CT      string            `json:"ct"`
	Expect  json.RawMessage   `json:"expect"`
	Refer   struct {
		Entries    int    `json:"entries"`
		Format     string `json:"format"`
		WellFormed bool   `json:"well_formed"`
	} `json:"reference"`
}

type check struct {
	Path  string          `json:"path"`
	Op    string          `json:"op"`
	Value json.RawMessage `json:"value"`
}

func (c check) text() string {
	var s string
	if json.Unmarshal(c.Value, &s) == nil {
		return s
	}
	return strings.Trim(string(c.Value), `"`)
}

func cases(t testing.TB, suite string) []scoredCase {
	t.Helper()
	f, err := os.Open(filepath.Join(require.Shared(t), "data", "feeds", suite, "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []scoredCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var c scoredCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", suite, err)
		}
		list = append(list, c)
	}
	return list
}

func (c scoredCase) parse(t testing.TB) (Feed, error) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data", "feeds", c.File))
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	for k, v := range c.Headers {
		h.Set(k, v)
	}
	if c.CT != "" {
		h.Set("Content-Type", c.CT)
	}
	url := c.Base
	if url == "" {
		url = c.URL
	}
	return Parse(bytes.NewReader(b), Hints{URL: url, Header: h})
}

// lookup returns the values that our shape has for a path of the suites; ok is false where it has no place for it.
func lookup(f *Feed, path string) (got []string, isText, ok bool) {
	parts := strings.Split(path, ".")
	when := func(ts ...time.Time) []string {
		var list []string
		for _, t := range ts {
			if !t.IsZero() {
				list = append(list, t.UTC().Format("2006-01-02T15:04:05Z"))
			}
		}
		return list
	}
	authors := func(list []Author, rest []string) []string {
		if len(list) == 0 {
			return nil
		}
		a := list[0]
		switch rest[0] {
		case "author":
			if a.Name != "" && a.Email != "" {
				return []string{a.Name + " (" + a.Email + ")", a.Name}
			}
			return []string{a.Name + a.Email}
		case "author_detail":
			if rest[1] == "email" {
				return []string{a.Email}
			}
			return []string{a.Name}
		case "authors":
			if i, err := strconv.Atoi(rest[1]); err == nil && i < len(list) {
				return []string{list[i].Name}
			}
		}
		return nil
	}
	category := func(list []string, at string) []string {
		if i, err := strconv.Atoi(at); err == nil && i < len(list) {
			return []string{list[i]}
		}
		return nil
	}
	switch {
	case parts[0] == "feed" && len(parts) > 1:
		switch parts[1] {
		case "title", "title_detail":
			return []string{f.Title}, true, true
		case "link", "links":
			return []string{f.Link, f.Self}, false, true
		case "language":
			return []string{f.Lang}, false, true
		case "rights", "rights_detail", "copyright":
			return []string{f.Rights}, true, true
		case "id":
			return []string{f.FeedID}, false, true
		case "subtitle", "subtitle_detail", "description", "tagline":
			return []string{f.Subtitle}, false, true
		case "updated", "updated_utc", "published", "published_utc":
			return when(f.Updated, f.Published), false, true
		case "author", "author_detail", "authors":
			return authors(f.Authors, parts[1:]), false, true
		case "tags":
			return category(f.Categories, parts[2]), false, true
		}
	case parts[0] == "entries" && len(parts) == 1:
		return []string{strconv.Itoa(len(f.Items))}, false, true
	case parts[0] == "entries" && len(parts) > 2:
		n, err := strconv.Atoi(parts[1])
		if err != nil {
			return nil, false, false
		}
		var it Item
		if n < len(f.Items) {
			it = f.Items[n]
		}
		switch parts[2] {
		case "title", "title_detail":
			return []string{it.Title}, true, true
		case "link":
			return []string{it.Link}, false, true
		case "id":
			return []string{it.ID}, false, true
		case "summary", "summary_detail", "description":
			return []string{it.Summary}, false, true
		case "content":
			return []string{it.Content}, false, true
		case "language":
			return []string{it.Lang}, false, true
		case "rights", "rights_detail":
			return []string{it.Rights}, true, true
		case "updated", "updated_utc", "published", "published_utc":
			return when(it.Updated, it.Published), false, true
		case "author", "author_detail", "authors":
			return authors(it.Authors, parts[2:]), false, true
		case "category":
			return category(it.Categories, "0"), true, true
		case "tags":
			return category(it.Categories, parts[3]), true, true
		case "enclosures":
			i, err := strconv.Atoi(parts[3])
			if err != nil || i >= len(it.Enclosures) {
				return nil, false, true
			}
			e := it.Enclosures[i]
			switch parts[4] {
			case "href", "url":
				return []string{e.URL}, false, true
			case "type":
				return []string{e.Type}, false, true
			case "length":
				return []string{strconv.FormatInt(e.Length, 10)}, false, true
			}
		case "source":
			switch parts[3] {
			case "title", "title_detail":
				return []string{it.Source.Title}, true, true
			case "link", "href":
				return []string{it.Source.Link}, false, true
			}
		}
	}
	return nil, false, false
}

// lenient folds HTML as the suites' README says: parsed, attributes sorted, white space folded, one outer div unwrapped.
func lenient(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		t := z.Token()
		switch kind {
		case html.TextToken:
			b.WriteString(t.Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			sort.Slice(t.Attr, func(i, j int) bool { return t.Attr[i].Key < t.Attr[j].Key })
			b.WriteString("<" + t.Data)
			for _, a := range t.Attr {
				b.WriteString(" " + a.Key + "=" + strings.TrimSpace(a.Val))
			}
			b.WriteString(">")
			if kind == html.SelfClosingTagToken && !voids[t.Data] {
				b.WriteString("</" + t.Data + ">")
			}
		case html.EndTagToken:
			if !voids[t.Data] {
				b.WriteString("</" + t.Data + ">")
			}
		}
	}
	out := strings.Join(strings.Fields(b.String()), " ")
	out = strings.ReplaceAll(strings.ReplaceAll(out, "> ", ">"), " <", "<")
	if inner, ok := strings.CutPrefix(out, "<div>"); ok {
		if inner, ok := strings.CutSuffix(inner, "</div>"); ok && strings.Count(inner, "<div") == strings.Count(inner, "</div") {
			out = strings.TrimSpace(inner)
		}
	}
	return out
}

func (c check) holds(f *Feed) (holds, counts bool) {
	if c.Path == "bozo" || c.Path == "encoding" || c.Path == "version" {
		return true, false
	}
	got, isText, ok := lookup(f, c.Path)
	if !ok {
		return true, false
	}
	want := c.text()
	first := ""
	if len(got) > 0 {
		first = got[0]
	}
	switch c.Op {
	case "eq":
		if strings.HasSuffix(c.Path, "updated") || strings.HasSuffix(c.Path, "published") {
			if t, ok := parseDate(want, ""); ok {
				want = t.Format("2006-01-02T15:04:05Z")
			}
		}
		for _, g := range append(got, first) {
			if g == want || strings.EqualFold(strings.TrimSpace(g), strings.TrimSpace(want)) && strings.Contains(c.Path, "language") || lenient(g) == lenient(want) {
				return true, true
			}
			if isText && (folded(g) == textOf(want) || lenient(escaped.Replace(g)) == lenient(want)) {
				return true, true
			}
		}
		return false, true
	case "ne":
		return first != want, true
	case "len":
		return first == want, true
	case "truthy":
		return first != "", true
	case "falsy", "absent":
		return first == "", true
	}
	return true, false
}

func (c scoredCase) holds(f *Feed) bool {
	all := func(list []check) bool {
		for _, ch := range list {
			if ok, _ := ch.holds(f); !ok {
				return false
			}
		}
		return true
	}
	if all(c.Checks) {
		return true
	}
	for _, alt := range c.Alt {
		if all(alt) {
			return true
		}
	}
	return false
}

// unsafe reports what a sanitised value has that the suite's value lacks: a tag, an attribute or a scheme.
func unsafe(got, want string) string {
	have := func(s string) map[string]bool {
		m := map[string]bool{}
		z := html.NewTokenizer(strings.NewReader(s))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return m
			}
			t := z.Token()
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			m["<"+t.Data] = true
			for _, a := range t.Attr {
				m[t.Data+" "+a.Key] = true
				if scheme, _, ok := strings.Cut(a.Val, ":"); ok && (a.Key == "href" || a.Key == "src") {
					m[t.Data+" "+a.Key+" "+strings.ToLower(strings.TrimSpace(scheme))+":"] = true
				}
			}
		}
	}
	w := have(want)
	for k := range have(got) {
		if !w[k] {
			return k
		}
	}
	return ""
}

// TestScores runs the shared suites and prints the table; it fails where a figure is below its bar.
func TestScores(t *testing.T) {
	verbose := os.Getenv("DRAGOMAN_WORST") != ""
	fail := func(suite string, c scoredCase, format string, args ...any) {
		if verbose {
			t.Logf("   %s %s: %s", suite, c.ID, fmt.Sprintf(format, args...))
		}
	}
	bar := func(suite string, got, of, want int) {
		t.Logf("%-20s %d/%d (bar %d)", suite, got, of, want)
		if got < want {
			t.Errorf("%s: %d of %d, below %d", suite, got, of, want)
		}
	}

	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data", "feeds", "parse", "counted.json"))
	if err != nil {
		t.Fatal(err)
	}
	var counted struct {
		Counted map[string][]string `json:"counted"`
	}
	if err := json.Unmarshal(b, &counted); err != nil {
		t.Fatal(err)
	}
	parse := map[string]scoredCase{}
	for _, c := range cases(t, "parse") {
		parse[c.ID] = c
	}
	bars := map[string]int{"core": 163, "all_but_sanitize": 498, "base": 20, "sanitize": 368}
	for _, group := range []string{"core", "all_but_sanitize", "base", "sanitize"} {
		right := 0
		for _, id := range counted.Counted[group] {
			c := parse[id]
			f, err := c.parse(t)
			switch {
			case err != nil:
				fail(group, c, "%v", err)
			case group == "sanitize":
				bad := ""
				for _, ch := range c.Checks {
					if got, _, ok := lookup(&f, ch.Path); ok && len(got) > 0 && ch.Op == "eq" && bad == "" {
						bad = unsafe(got[0], ch.text())
					}
				}
				if bad == "" {
					right++
				} else {
					fail(group, c, "%s survives", bad)
				}
			case c.holds(&f):
				right++
			case group != "core":
				for _, ch := range c.Checks {
					if ok, _ := ch.holds(&f); !ok {
						got, _, _ := lookup(&f, ch.Path)
						fail(group, c, "%s is %q, want %q", ch.Path, got, ch.text())
					}
				}
			}
		}
		bar("parse "+group, right, len(counted.Counted[group]), bars[group])
	}

	parsed, entries, robust := 0, 0, 0
	for _, c := range cases(t, "robust") {
		if c.Refer.Entries == 0 && (c.Refer.Format == "" || !c.Refer.WellFormed) {
			continue
		}
		robust++
		f, err := c.parse(t)
		if err != nil {
			fail("robust", c, "%v", err)
			continue
		}
		parsed++
		if len(f.Items) == c.Refer.Entries {
			entries++
		} else {
			fail("robust", c, "%d items, the reference has %d", len(f.Items), c.Refer.Entries)
		}
	}
	bar("robust parsed", parsed, robust, 856)
	bar("robust entries", entries, robust, 850)

	right, all := 0, cases(t, "mutate")
	for _, c := range all {
		var e struct {
			Min    int    `json:"entries_min"`
			First  string `json:"first_title"`
			Second string `json:"second_title"`
			Lack   string `json:"titles_lack"`
			Max    int    `json:"title_max_chars"`
			Error  bool   `json:"error"`
		}
		if err := json.Unmarshal(c.Expect, &e); err != nil {
			t.Fatal(err)
		}
		f, err := c.parse(t)
		ok := (err != nil) == e.Error && len(f.Items) >= e.Min
		if ok && e.First != "" {
			ok = f.Items[0].Title == e.First
		}
		if ok && e.Second != "" {
			ok = f.Items[1].Title == e.Second
		}
		for _, it := range f.Items {
			ok = ok && (e.Lack == "" || !strings.Contains(it.Title, e.Lack)) && (e.Max == 0 || len([]rune(it.Title)) <= e.Max)
		}
		if ok {
			right++
		} else if len(f.Items) > 1 {
			fail("mutate", c, "%d items, %q, %q; %v", len(f.Items), f.Items[0].Title, f.Items[1].Title, err)
		} else {
			fail("mutate", c, "%d items; %v", len(f.Items), err)
		}
	}
	bar("mutate", right, len(all), 24)

	right, wrong, all := 0, 0, cases(t, "dates")
	for _, c := range all {
		tag := language(c.Group)
		if len(c.Group) != 2 {
			tag = ""
		}
		got, ok := parseDate(c.Input, tag)
		text := ""
		if ok {
			text = got.Format("2006-01-02T15:04:05Z")
		}
		want := ""
		if c.UTC != nil {
			want = *c.UTC
		}
		switch {
		case text == want:
			right++
		case ok:
			wrong++
			fail("dates", c, "%q (%s) is %s, want %s", c.Input, tag, text, want)
		default:
			fail("dates", c, "%q (%s) not read, want %s", c.Input, tag, want)
		}
	}
	bar("dates", right, len(all), 78)
	if wrong > 0 {
		t.Errorf("%d dates are wrong", wrong)
	}

	right, all = 0, cases(t, "sitemap")
	for _, c := range all {
		f, err := c.parse(t)
		if why := sitemapWrong(c, f, err); why != "" {
			fail("sitemap", c, "%s", why)
		} else {
			right++
		}
	}
	bar("sitemap", right, len(all), 13)
}

func sitemapWrong(c scoredCase, f Feed, err error) string {
	type entry struct {
		Loc, Lastmod, Title, Published, Language, Publication string
		Alternates                                            map[string]string
	}
	var e struct {
		Kind     string
		URLs     []entry `json:"urls"`
		Sitemaps []entry
		Min      int `json:"urls_min"`
		Partial  bool
		Dropped  int
	}
	if json.Unmarshal(c.Expect, &e) != nil || err != nil {
		return fmt.Sprint(err)
	}
	kinds := map[string]string{"urlset": "sitemap", "news": "newssitemap", "index": "sitemapindex"}
	if f.Format != kinds[e.Kind] || f.Partial != e.Partial || len(f.Items) < e.Min {
		return fmt.Sprintf("%s, partial %v, %d items", f.Format, f.Partial, len(f.Items))
	}
	when := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format("2006-01-02T15:04:05Z")
	}
	var got []entry
	for _, s := range f.Sitemaps {
		got = append(got, entry{Loc: s.URL, Lastmod: when(s.Updated)})
	}
	for _, it := range f.Items {
		got = append(got, entry{Loc: it.Link, Lastmod: when(it.Updated), Title: it.Title, Published: when(it.Published), Language: it.Lang, Publication: it.Source.Title, Alternates: it.Alternates})
	}
	want := append(e.Sitemaps, e.URLs...)
	if e.Min > 0 {
		return ""
	}
	if e.Dropped > 0 && !slices.ContainsFunc(f.Notes, func(n string) bool { return strings.HasPrefix(n, strconv.Itoa(e.Dropped)+" ") }) {
		return fmt.Sprintf("notes %q", f.Notes)
	}
	for i, w := range want {
		if i >= len(got) || got[i].Loc != w.Loc || got[i].Lastmod != w.Lastmod || got[i].Title != w.Title || got[i].Published != w.Published || w.Language != "" && got[i].Language != w.Language || w.Publication != "" && got[i].Publication != w.Publication {
			return fmt.Sprintf("%+v, want %+v", got, want)
		}
		for tag, url := range w.Alternates {
			if got[i].Alternates[tag] != url {
				return fmt.Sprintf("%+v, want %+v", got, want)
			}
		}
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%+v, want %+v", got, want)
	}
	return ""
}
