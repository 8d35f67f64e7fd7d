package extract

import (
	"errors"
	"strings"
	"testing"
)

// What the data of a page keep for those who pay is not read, by whatever name they say so; nor is other text than the article's taken for it.
func TestPageDataNotRead(t *testing.T) {
	body := `"title":"Ministers meet in the capital","body":"<p>` + strings.Join(sentences, "</p><p>") + `</p>"`
	tests := []struct{ name, page string }{
		{"paid", `<script type="application/json">{"article":{"isPremium":true,` + body + `}}</script>`},
		{"paid, said further out", `<script type="application/json">{"article":{"premium":true,"content":{` + body + `}}}</script>`},
		{"behind a wall", `<script type="application/json">{"article":{` + body + `,"paywall":true}}</script>`},
		{"not free", `<script type="application/json">{"article":{"isAccessibleForFree":false,` + body + `}}</script>`},
		{"paid, in a word", `<script type="application/json">{"article":{"access":"subscriber",` + body + `}}</script>`},
		{"paid, in a word of another name", `<script type="application/json">{"article":{"paywall":"hard",` + body + `}}</script>`},
		{"paid, as a number", `<script type="application/json">{"article":{"premium":1,` + body + `}}</script>`},
		{"paid, said beside it", `<script type="application/json">{"page":{"article":{` + body + `},"access":{"paywall":true}}}</script>`},
		{"a wall on the page", `<p>Ministers met in the capital on Tuesday and spoke for three hours in a closed room.</p><p>Subscribe now to continue reading.</p><script type="application/json">{"article":{` + body + `}}</script>`},
		{"texts of the interface", `<script>window.i18n = {"messages":{"a":"We and our partners use cookies to show you advertising, and you can refuse them.","b":"` + strings.Repeat("Sign in to write a comment below the line. ", 20) + `"}}</script>`},
		{"cut off", `<script type="application/json">{"article":{` + body + `</script>`},
		{"deep", `<script type="application/json">` + strings.Repeat(`{"a":[`, 5000) + `{` + body + `}` + strings.Repeat(`]}`, 5000) + `</script>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, r, err := Article(Page{HTML: []byte(webPage("", `<div id="app"></div>`+test.page)), URL: "https://e.example/a"}, Rule{})
			if strings.Contains(Text(d), sentences[3]) || r.Sources["body"].From != "" {
				t.Errorf("read: %s", Text(d))
			}
			if err != nil && !errors.Is(err, ErrNoArticle) {
				t.Error(err)
			}
		})
	}
	for _, free := range []string{``, `"access":"public",`, `"paywall":"none",`, `"premium":0,`, `"access":{"paywall":false},`} {
		d, r, err := Article(Page{HTML: []byte(webPage("", `<div id="app"></div><script type="application/json">{"article":{`+free+body+`}}</script>`)), URL: "https://e.example/a"}, Rule{})
		if err != nil || len(d.Blocks) != len(sentences) || r.Sources["body"] != (Source{From: "page data"}) {
			t.Errorf("%s: %v, %d blocks, %+v", free, err, len(d.Blocks), r.Sources["body"])
		}
	}
}
