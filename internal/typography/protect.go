package typography

import (
	"regexp"
	"strings"
)

// What no rule touches, whatever the caller says. Each expression has what is kept as its first group.
var protectedBy = []*regexp.Regexp{
	regexp.MustCompile(`(?i)(\b(?:https?|ftp)://[^\s<>"«»“”]+)`),
	regexp.MustCompile(`(?i)(\b(?:www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}/)[^\s<>"«»“”]+)`),
	regexp.MustCompile(`([\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+)`),
	regexp.MustCompile(`(?is)(<(?:code|pre)\b[^<>]*>.*?</(?:code|pre)>)`),
	regexp.MustCompile(`(<[A-Za-z/!][^<>]*>)`),
	regexp.MustCompile(`(&#?[A-Za-z0-9]+;)`),
	regexp.MustCompile(`(?:^|\s)([:;=8]['’]?-?[)(DPpO/\\|*]+)(?:\s|$)`), // emoticons
	regexp.MustCompile(`\b((?:Yahoo|Jeopardy|Joomla|Kahoot|Chips Ahoy|Yum|E)!)`),
	regexp.MustCompile(`\b(Guess\?)`),
	regexp.MustCompile(`(?:^|[\s(])([@#][\p{L}\d_]+)`),
}

// protected finds addresses, markup, emoticons and names that end in a sign. A sign that ends a sentence is no part of an address.
func protected(s string) []Range {
	if !strings.ContainsAny(s, ":;=8@#/<&!?.") {
		return nil
	}
	var out []Range
	for i, re := range protectedBy {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			r := Range{m[2], m[3]}
			if i < 3 {
				r.End = r.Start + len(strings.TrimRight(s[r.Start:r.End], `.,;:!?'’)]…`))
			}
			out = append(out, r)
		}
	}
	return out
}
