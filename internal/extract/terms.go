package extract

import (
	"net/http"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
)

// PageTerms are what a page's head says, for machines, about the use of its text.
type PageTerms struct {
	Meta     map[string]string // values of tdm-reservation, tdm-policy and of robots, by name; the first of each, of robots all
	License  string            // absolute address of rel=license; empty if none is named
	Licences []string          // absolute addresses of licence documents (RSL), of elements and Link headers
	Inline   []string          // licence documents that stand in the page itself
}

// Bounds of what is read of a page's terms.
const (
	maxTermsHead = 512 << 10
	maxLicences  = 3
	maxLicence   = 64 << 10
)

// typeRSL is the media type of a licence document.
const typeRSL = "application/rsl+xml"

// Terms reads what a page says about the use of its text. Only its head is read, by the tokenizer: it is asked of every page, and often.
func Terms(page []byte, pageURL string, header http.Header) PageTerms {
	text, _ := charset.Decode(page[:min(len(page), maxTermsHead)], header.Get("Content-Type"), "")
	t := PageTerms{Meta: map[string]string{}}
	base := pageURL
	h := &head{url: pageURL, base: pageURL, links: map[string][]link{}}
	for _, v := range header.Values("Link") {
		h.linkHeader(v)
	}
	for _, l := range h.links["license"] {
		t.link(base, l)
	}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxTermsHead)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return t
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			switch token.DataAtom {
			case atom.Body:
				return t
			case atom.Base:
				if to := address.Resolve(pageURL, tokenAttr(token, "href")); strings.HasPrefix(to, "http") && base == pageURL {
					base = to
				}
			case atom.Meta:
				t.meta(strings.ToLower(strings.TrimSpace(tokenAttr(token, "name"))), strings.TrimSpace(tokenAttr(token, "content")))
			case atom.Link:
				for rel := range strings.FieldsSeq(strings.ToLower(tokenAttr(token, "rel"))) {
					if rel == "license" {
						t.link(base, link{href: tokenAttr(token, "href"), typ: tokenAttr(token, "type")})
					}
				}
			case atom.Script:
				if kind == html.StartTagToken && mediaType(tokenAttr(token, "type")) == typeRSL && z.Next() == html.TextToken && len(t.Inline) < maxLicences {
					if document := string(z.Raw()); len(document) <= maxLicence {
						t.Inline = append(t.Inline, document)
					}
				}
			}
		}
	}
}

func (t *PageTerms) meta(name, content string) {
	switch name {
	case "tdm-reservation", "tdm-policy":
		if t.Meta[name] == "" {
			t.Meta[name] = content
		}
	case "robots", "dragoman":
		if content != "" && len(t.Meta["robots"])+len(content) < 1000 {
			t.Meta["robots"] = strings.TrimPrefix(t.Meta["robots"]+", "+content, ", ")
		}
	}
}

func (t *PageTerms) link(base string, l link) {
	to := address.Resolve(base, l.href)
	switch {
	case !strings.HasPrefix(to, "http"):
	case mediaType(l.typ) == typeRSL:
		if len(t.Licences) < maxLicences {
			t.Licences = append(t.Licences, to)
		}
	case t.License == "":
		t.License = to
	}
}

func tokenAttr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
