package extract

import (
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// An object is an item of JSON-LD.
type object map[string]any

const (
	maxObjects  = 2000    // items of JSON-LD that are looked at
	maxJSON     = 4 << 20 // bytes of one script
	maxJSONDeep = 100     // nesting; the decoder itself stops at 10,000
)

// readJSONLD returns the items of a script element, those of its @graph and of its lists among them, in order.
func readJSONLD(script string) []object {
	if len(script) > maxJSON {
		return nil
	}
	script = strings.TrimSpace(script)
	script = strings.TrimPrefix(script, "<!--")
	script = strings.TrimSuffix(script, "-->")
	script = strings.TrimPrefix(strings.TrimSpace(script), "//<![CDATA[")
	script = strings.TrimSuffix(strings.TrimSpace(script), "//]]>")
	out := objects(script)
	if out == nil {
		out = objects(mended(script))
	}
	return out
}

// objects decodes all values of s, up to the first fault.
func objects(s string) []object {
	var out []object
	d := json.NewDecoder(strings.NewReader(s))
	for d.More() {
		var v any
		if d.Decode(&v) != nil {
			break
		}
		collect(v, &out, 0)
	}
	return out
}

func collect(v any, out *[]object, depth int) {
	if depth > maxJSONDeep || len(*out) >= maxObjects {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, out, depth+1)
		}
	case map[string]any:
		*out = append(*out, v)
		for _, name := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			collect(v[name], out, depth+1)
		}
	}
}

var trailingComma = regexp.MustCompile(`,(\s*[}\]])`)

// mended repairs what outlets get wrong in JSON: line ends and tabs inside strings, a comma before the end of a list, escapes that
// JSON does not know.
func mended(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inside := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && inside && i+1 < len(s):
			if !strings.ContainsRune(`"\/bfnrtu`, rune(s[i+1])) {
				continue
			}
			b.WriteByte(c)
			i++
			c = s[i]
		case c == '"':
			inside = !inside
		case c < ' ':
			c = ' '
		}
		b.WriteByte(c)
	}
	return trailingComma.ReplaceAllString(b.String(), "$1")
}

// types returns the types of an object.
func (o object) types() []string { return words(o["@type"]) }

// words returns a string or a list of strings as a list.
func words(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, e := range v {
			list = append(list, words(e)...)
		}
		return list
	}
	return nil
}

// article reports whether an object describes an article of some kind.
func (o object) article() bool {
	for _, t := range o.types() {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		switch t {
		case "Report", "Review", "NewsItem", "CreativeWork", "WebPageElement", "Recipe":
			return o["headline"] != nil || o["articleBody"] != nil
		case "AdvertiserContentArticle", "SatiricalArticle":
			return true
		}
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") {
			return true
		}
	}
	return false
}

// text returns a property as one line of text. JSON-LD often holds HTML, or HTML escaped once too often.
func (o object) text(name string) string { return plain(o[name]) }

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return unescaped(v)
	case []any:
		if len(v) > 0 {
			return plain(v[0])
		}
	case map[string]any:
		for _, name := range []string{"@value", "name", "url", "@id"} {
			if s := plain(v[name]); s != "" {
				return s
			}
		}
	}
	return ""
}

// unescaped makes a line of text of a string that may hold entities or tags.
func unescaped(s string) string {
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "&") && strings.Contains(s, ";") {
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') && tagLike.MatchString(s) {
		s = textOfFragment(s)
	}
	return cleanLine(s)
}

var tagLike = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// textOfFragment returns the text of a piece of HTML.
func textOfFragment(s string) string {
	root, err := parse(s)
	if err != nil {
		return ""
	}
	return textOf(root)
}

// address returns a property that is an address, or an object that has one.
func (o object) address(name string) string {
	switch v := o[name].(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		for _, e := range v {
			if s := (object{"x": e}).address("x"); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, k := range []string{"url", "@id", "contentUrl"} {
			if s, ok := v[k].(string); ok && s != "" {
				return strings.TrimSpace(s)
			}
		}
	}
	return ""
}

// people returns the names in a property that holds persons or bodies.
func (o object) people(name string) []string {
	var list []string
	for _, w := range o.written(name) {
		list = append(list, w.text)
	}
	return list
}

// written returns the names in a property that holds persons or bodies: an item of its own is one of them, a string may name several.
func (o object) written(name string) []written {
	var list []written
	var visit func(v any, as meaning, depth int)
	visit = func(v any, as meaning, depth int) {
		if depth > 5 {
			return
		}
		switch v := v.(type) {
		case string:
			list = append(list, written{unescaped(v), as})
		case []any:
			for _, e := range v {
				visit(e, as, depth+1)
			}
		case map[string]any:
			as := person
			if hasType(v, "Organization") {
				as = body
			}
			if n, ok := v["name"]; ok {
				visit(n, as, depth+1)
			} else if given, family := plain(v["givenName"]), plain(v["familyName"]); family != "" {
				list = append(list, written{strings.TrimSpace(given + " " + family), as})
			}
		}
	}
	visit(o[name], several, 0)
	return list
}

// denied reports whether an object says that it, or a part of it, may not be read for free; and the selectors of those parts.
func (o object) denied() (bool, []string) {
	no := func(v any) bool {
		switch v := v.(type) {
		case bool:
			return !v
		case string:
			return strings.EqualFold(strings.TrimSpace(v[strings.LastIndexByte(v, '/')+1:]), "false")
		}
		return false
	}
	denied := no(o["isAccessibleForFree"])
	var selectors []string
	parts, ok := o["hasPart"].([]any)
	if !ok && o["hasPart"] != nil {
		parts = []any{o["hasPart"]}
	}
	for _, p := range parts {
		if part, ok := p.(map[string]any); ok && no(part["isAccessibleForFree"]) {
			selectors = append(selectors, words(part["cssSelector"])...)
		}
	}
	return denied, selectors
}
