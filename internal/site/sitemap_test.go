package site

import (
	"regexp"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

var sitemapLoc = regexp.MustCompile(`<loc>https://passeur\.example(/[^<]*)</loc>`)

// sitemap is the index and all files that it names.
func (n newsroom) sitemap(t *testing.T) string {
	t.Helper()
	all := n.body(t, "/sitemap.xml")
	for _, m := range sitemapLoc.FindAllStringSubmatch(all, -1) {
		all += n.body(t, m[1])
	}
	return all
}

// Nothing is left out however much there is, and nothing stands in it twice.
func TestSitemapHoldsEverything(t *testing.T) {
	n := straits(t, ccBy)
	storetest.Put(t, n.Store, "site.index_unread", "yes")
	whole := map[string]bool{}
	for _, m := range sitemapLoc.FindAllStringSubmatch(n.sitemap(t), -1) {
		whole[m[1]] = true
	}
	articles, speakers := sitemapArticles, sitemapSpeakers
	t.Cleanup(func() { sitemapArticles, sitemapSpeakers = articles, speakers })
	sitemapArticles, sitemapSpeakers = 3, 1
	index := n.body(t, "/sitemap.xml")
	has(t, "the index", index, "<sitemapindex", "/sitemap-articles-3.xml</loc>", "/sitemap-speakers-6.xml</loc>")
	hasNot(t, "the index", index, "/sitemap-articles-4.xml", "/sitemap-speakers-7.xml")
	parts := map[string]int{}
	for _, m := range sitemapLoc.FindAllStringSubmatch(n.sitemap(t), -1) {
		parts[m[1]]++
	}
	pages := 0
	for path := range whole {
		if strings.HasPrefix(path, "/sitemap-") {
			continue
		}
		pages++
		if parts[path] != 1 && !strings.HasSuffix(path, "/speakers/") {
			t.Errorf("%s stands %d times in the files", path, parts[path])
		}
	}
	if pages < 15 {
		t.Errorf("%d pages", pages)
	}
	for path, status := range map[string]int{"/sitemap-articles-4.xml": 404, "/sitemap-articles-0.xml": 404, "/sitemap-pages-1.xml": 404, "/sitemap-speakers-999999.xml": 200, "/fr": 301} {
		if w := webtest.Get(t, n, path); w.Code != status && (status != 404 || w.Code != 301) {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
