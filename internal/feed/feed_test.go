package feed

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func parsed(t *testing.T, text string, hints Hints) Feed {
	t.Helper()
	f, err := Parse(strings.NewReader(text), hints)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>https://paper.example/</link><language>fr</language>
<item><title>Un</title><link>/a?utm_source=rss&amp;id=1</link><guid isPermaLink="false">HTTP://Paper.Example/Un</guid><pubDate>mar., 25 janv. 2022 19:40:00 +0100</pubDate><description>&lt;p onclick=x&gt;Le &lt;a href="/b"&gt;pont&lt;/a&gt;&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</description></item>
<item><title>Deux &amp;amp; demi</title><link>https://paper.example/b</link><dc:date>2022-01-24</dc:date><dc:language>en</dc:language></item>
</channel></rss>`

func TestParse(t *testing.T) {
	f := parsed(t, rss, Hints{URL: "https://paper.example/feed.xml"})
	if f.Format != "rss2.0" || f.Title != "T" || f.Lang != "fr" || f.Partial || len(f.Items) != 2 {
		t.Fatalf("%+v", f)
	}
	a, b := f.Items[0], f.Items[1]
	if a.ID != "HTTP://Paper.Example/Un" {
		t.Errorf("an identity was touched: %q", a.ID)
	}
	if a.Link != "https://paper.example/a?id=1" {
		t.Errorf("link %q", a.Link)
	}
	if want := time.Date(2022, 1, 25, 18, 40, 0, 0, time.UTC); !a.Published.Equal(want) {
		t.Errorf("published %v", a.Published)
	}
	if want := `<p>Le <a href="https://paper.example/b">pont</a></p>`; a.Summary != want {
		t.Errorf("summary %q, want %q", a.Summary, want)
	}
	if a.Lang != "fr" || b.Lang != "en" {
		t.Errorf("languages %q, %q", a.Lang, b.Lang)
	}
	if b.Title != "Deux & demi" || b.Published.IsZero() || !b.Updated.IsZero() {
		t.Errorf("%+v", b)
	}
}

// A code that names no language says none.
func TestACodeOfNoLanguage(t *testing.T) {
	f := parsed(t, strings.Replace(strings.Replace(rss, "<language>fr<", "<language>und<", 1), ">en</dc:language>", ">mul</dc:language>", 1), Hints{})
	if f.Lang != "" || f.Items[0].Lang != "" || f.Items[1].Lang != "" {
		t.Errorf("%q, %q, %q", f.Lang, f.Items[0].Lang, f.Items[1].Lang)
	}
}

// Whatever cuts a feed off, the items before the cut are given.
func TestParseGivesWhatIsWhole(t *testing.T) {
	for at := strings.Index(rss, "</item>") + len("</item>"); at < len(rss)-2; at += 7 {
		f := parsed(t, rss[:at], Hints{})
		if len(f.Items) == 0 || f.Items[0].Title != "Un" {
			t.Fatalf("cut at %d: %+v", at, f.Items)
		}
		if !f.Partial {
			t.Errorf("cut at %d: not said to be partial", at)
		}
	}
}

func TestParseSaysWhatIsNoFeed(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a web page names its feeds", `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>`, "this is a web page, not a feed; its feeds are: https://paper.example/rss"},
		{"a web page without feeds", `<html><body>x</body></html>`, "this is a web page, not a feed, and it names none"},
		{"nothing", "  ", "nothing was sent"},
		{"a JSON error", `{"error":"no"}`, "JSON, but no JSON Feed"},
		{"other markup", `<svg><g/></svg>`, "not a feed"},
		{"words", `Forbidden`, `"Forbidden" is no feed`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse(strings.NewReader(test.in), Hints{URL: "https://paper.example/"})
			if !errors.Is(err, ErrNotFeed) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestSchedule(t *testing.T) {
	f := parsed(t, `<rss><channel><title>x</title><ttl>90</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://paper.example/self"/></channel></rss>`, Hints{})
	if f.Every != 90*time.Minute || !slices.Equal(f.SkipHours, []int{3, 0}) || !slices.Equal(f.SkipDays, []string{"Sunday"}) || !slices.Equal(f.Hubs, []string{"https://hub.example/"}) || f.Self != "https://paper.example/self" {
		t.Errorf("%+v", f)
	}
}

func TestHubs(t *testing.T) {
	for name, in := range map[string]string{
		"RSS": `<rss><channel><title>x</title><atom:link rel="hub" href="https://hub.example/"/><atom:link rel="HUB" href="https://hub.example/"/><atom:link rel="hub" href="javascript:1"/>
<atom:link rel="self" href="https://paper.example/self"/><item><title>a</title></item></channel></rss>`,
		"Atom":      `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="//hub.example/"/><link href="/self" rel="self"/><title>x</title></feed>`,
		"JSON Feed": `{"version":"https://jsonfeed.org/version/1.1","title":"x","feed_url":"https://paper.example/self","hubs":[{"type":"rssCloud","url":"https://cloud.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[]}`,
	} {
		f := parsed(t, in, Hints{URL: "https://paper.example/f"})
		if !slices.Equal(f.Hubs, []string{"https://hub.example/"}) || f.Self != "https://paper.example/self" {
			t.Errorf("%s: %q, %q", name, f.Hubs, f.Self)
		}
	}
}

func TestOPML(t *testing.T) {
	list := []Outline{
		{Title: `A "b" & <c>`, Feed: "https://a.example/rss?x=1&y=2", Link: "https://a.example/", Path: []string{"World", "Europe"}},
		{Title: "Top", Feed: "https://t.example/atom", Path: []string{}},
		{Title: "B", Feed: "https://b.example/rss", Path: []string{"World"}},
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Outlets", list); err != nil {
		t.Fatal(err)
	}
	f := parsed(t, b.String(), Hints{})
	if f.Format != "opml" || f.Title != "Outlets" || len(f.Outlines) != len(list) {
		t.Fatalf("%+v\n%s", f, b.String())
	}
	for _, want := range list {
		if !slices.ContainsFunc(f.Outlines, func(o Outline) bool { return fmt.Sprint(o) == fmt.Sprint(want) }) {
			t.Errorf("%+v is lost in %+v", want, f.Outlines)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ name, in, tag, want string }{
		{"both parts up to 12, no language", "02/03/2024", "", ""},
		{"both parts up to 12, French", "02/03/2024", "fr", "2024-03-02T00:00:00Z"},
		{"both parts up to 12, American", "02/03/2024", "en-US", "2024-02-03T00:00:00Z"},
		{"the day shows itself", "13/02/2024", "", "2024-02-13T00:00:00Z"},
		{"dots", "02.03.2024", "", "2024-03-02T00:00:00Z"},
		{"Japanese", "2024年2月12日 10時30分", "ja", ""},
		{"Japanese day", "2024年2月12日", "ja", "2024-02-12T00:00:00Z"},
		{"Arabic digits", "٢٠٢٤-٠٢-١٢", "ar", "2024-02-12T00:00:00Z"},
		{"March, not Tuesday", "Fri, 31 Mar 2023 20:19:00 GMT", "", "2023-03-31T20:19:00Z"},
		{"Tuesday, not March", "mar, 18 ott 2022 13:28:06 +0200", "it", "2022-10-18T11:28:06Z"},
		{"a zone nobody knows", "Mon, 12 Feb 2024 10:00:00 QQT", "", ""},
		{"a zone that means three", "Mon, 12 Feb 2024 10:00:00 IST", "", ""},
		{"settled by the language", "Mon, 12 Feb 2024 10:00:00 IST", "en-IN", "2024-02-12T04:30:00Z"},
		{"the zero of a clock", "Thu, 01 Jan 1970 00:00:00 GMT", "", ""},
		{"no such day", "30 Feb 2024", "", ""},
		{"Buddhist era", "12 ก.พ. 2567", "th", "2024-02-12T00:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if d, ok := parseDate(test.in, test.tag); ok {
				got = d.Format("2006-01-02T15:04:05Z")
			}
			if got != test.want {
				t.Errorf("parseDate(%q, %q) = %q, want %q", test.in, test.tag, got, test.want)
			}
		})
	}
}

// big is a feed of n bytes or a little more.
func big(n int) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>big</title>`)
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `<item><title>Item %d &amp; more</title><link>https://paper.example/%d</link><guid>%d</guid><pubDate>Mon, 12 Feb 2024 10:00:00 +0100</pubDate><description><![CDATA[%s]]></description></item>`, i, i, i,
			strings.Repeat("<p>The ministers met in the capital on Tuesday & <a href=\"/x\">nobody</a> was told.</p>", 70))
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

// A feed of 20 MB is read in bounded memory. What is measured is the memory of the program beyond the feed's own bytes.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 20 MB")
	}
	text := []byte(big(20 << 20))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Parse(bytes.NewReader(text), Hints{URL: "https://paper.example/"})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	t.Logf("%d items; system memory grew by %d MB", len(f.Items), (after.Sys-before.Sys)>>20)
	if grown := (after.Sys - before.Sys) >> 20; grown > 120 {
		t.Errorf("%d MB more for 20 MB of feed", grown)
	}
}

func BenchmarkParse(b *testing.B) {
	text := []byte(big(1 << 20))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(bytes.NewReader(text), Hints{URL: "https://paper.example/"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReal reads the feeds of a folder, as they were fetched: DRAGOMAN_FEEDS names it. Other people's feeds are not kept in the tree.
func BenchmarkReal(b *testing.B) {
	dir := os.Getenv("DRAGOMAN_FEEDS")
	if dir == "" {
		b.Skip("DRAGOMAN_FEEDS names no folder of feeds")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	if err != nil || len(paths) == 0 {
		b.Fatalf("no *.xml in %s: %v", dir, err)
	}
	var texts [][]byte
	var size int64
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, text)
		size += int64(len(text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for i, text := range texts {
			if _, err := Parse(bytes.NewReader(text), Hints{URL: "https://paper.example/"}); err != nil {
				b.Fatalf("%s: %v", paths[i], err)
			}
		}
	}
}

// A reference within what only looks like one stays what it is: the sign of markup that it stands for never comes out bare.
func TestAReferenceWithinAnother(t *testing.T) {
	for in, want := range map[string]string{
		`&a&lt;img src=x onerror=y&b&gt;`: `&amp;a&lt;img src=x onerror=y&amp;b&gt;`,
		`&lipt>x&lt;/script&gt;`:          `&amp;lipt&gt;x&lt;/script&gt;`,
		`&x &amp;lt; &lt`:                 `&amp;x &amp;lt; &amp;lt`,
		`&nbsp &eacute; &notit; &not;`:    `&amp;nbsp é &amp;notit; ¬`,
	} {
		if got := sanitised(in, ""); got != want || sanitised(got, "") != got {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		rss, `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":1,"content_html":"<p>x"}]}`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<b>c</div></title><content type="html">&lt;svg&gt;&lt;title</content></entry>`,
		`<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF><item><title>&a;`, `<opml><body><outline text="a"><outline xmlUrl="feed:x"/></outline>`, `<urlset><url><loc>https://a.example/`, "https://a.example/\n",
	} {
		f.Add([]byte(s), "https://paper.example/x")
	}
	f.Fuzz(func(t *testing.T, b []byte, url string) {
		got, err := Parse(bytes.NewReader(b), Hints{URL: url})
		if err != nil {
			return
		}
		for _, it := range got.Items {
			if !utf8.ValidString(it.Title) || strings.ContainsAny(it.Title, "\n\x00") {
				t.Errorf("title %q", it.Title)
			}
			for _, s := range []string{it.Summary, it.Content} {
				if again := sanitised(s, url); again != s {
					t.Errorf("cleaned twice, %q is %q", s, again)
				}
			}
		}
		if len(got.Items) > 0 && strings.Contains(strings.ToLower(fmt.Sprint(got.Items[0].Summary)), "<script") {
			t.Errorf("a script survives: %q", got.Items[0].Summary)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"Mon, 12 Feb 2024 10:00:00 +0100", "2024-02-12T10:00Z", "٢٠٢٤-٠٢-١٢", "20240212T100000Z", "--0312", "+:", "1/2/3"} {
		f.Add(s, "fr")
	}
	f.Fuzz(func(t *testing.T, s, tag string) {
		if got, ok := parseDate(s, tag); ok && (got.Year() < 1970 || got.Year() > 2200) {
			t.Errorf("%q is %v", s, got)
		}
	})
}
