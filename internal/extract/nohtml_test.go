package extract

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"
)

// What is no HTML is an error that says what it is, by its bytes or by its server's word; what is HTML is read whatever its server calls it.
func TestNoPage(t *testing.T) {
	html := webPage("", "<main><article><h1>Ministers meet in the capital</h1>"+paragraphsOf(6)+"</article></main>")
	random := make([]byte, 20000)
	from := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(from.UintN(256))
	}
	wide := func(s string, mark bool) []byte {
		var b []byte
		if mark {
			b = append(b, 0xFF, 0xFE)
		}
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	tests := []struct {
		name, body, contentType, kind string // kind is empty for a page
	}{
		{"PDF", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "", "a PDF file"},
		{"PDF called HTML", "%PDF-1.4\n1 0 obj", "text/html", "a PDF file"},
		{"PDF behind junk", "\r\n\r\n%PDF-1.4\n1 0 obj", "", "a PDF file"},
		{"PDF by its server", "", "application/pdf", "a PDF file"},
		{"PNG", "\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR", "", "a picture (PNG)"},
		{"program", "\x7FELF\x02\x01\x01\x00<html><p>usage</p>", "", "a program"},
		{"archive", "PK\x03\x04\x14\x00\x06\x00word/document.xml", "", "an archive"},
		{"gzip", "\x1F\x8B\x08\x00\x00\x00\x00\x00", "", "a compressed file (gzip)"},
		{"film", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "", "a film"},
		{"random bytes", string(random), "", "bytes that are no text"},
		{"random bytes called HTML", string(random), "text/html; charset=utf-8", "bytes that are no text"},
		{"data", `{"title":"Ministers meet","body":"<p>` + sentences[0] + `</p>"}`, "", "data for programs"},
		{"feed", `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>`, "application/rss+xml", "a feed"},
		{"sitemap", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, "", "XML of another kind"},
		{"plain text by its server", sentences[0], "text/plain; charset=utf-8", "plain text"},
		{"picture by its server", "GIF", "image/gif", "a picture"},
		{"page", html, "", ""},
		{"page called plain text", html, "text/plain", ""},
		{"page called XML", `<?xml version="1.0"?>` + html, "application/xml", ""},
		{"page of no type", html, "application/octet-stream", ""},
		{"page in UTF-16", string(wide(html, true)), "", ""},
		{"page in UTF-16 without a mark", string(wide(html, false)), "", ""},
		{"page with a NUL", strings.Replace(html, "spoke", "sp\x00oke", 1), "", ""},
		{"page with some control characters", strings.ReplaceAll(html, "harbour", "har\x02bour"), "", ""},
		{"text without an element", "<!-- from the archive -->" + strings.Join(sentences, "<br><br>"), "text/html", ""},
		{"BMW as its first word", "BMW and the harbour. " + strings.Join(sentences, "<br><br>"), "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := http.Header{}
			if test.contentType != "" {
				header.Set("Content-Type", test.contentType)
			}
			d, r, err := Article(Page{HTML: []byte(test.body), URL: "https://e.example/file", Header: header}, Rule{})
			if test.kind == "" {
				if err != nil || !strings.Contains(Text(d), "told nobody outside the room") {
					t.Errorf("%v: %.200s", err, Text(d))
				}
				return
			}
			if !errors.Is(err, ErrNoPage) || !errors.Is(err, ErrNoArticle) || r.State != Empty || len(d.Blocks) > 0 {
				t.Fatalf("%v, %s", err, r.State)
			}
			for _, want := range []string{"https://e.example/file", "no web page but " + test.kind, ";"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
		})
	}
}
