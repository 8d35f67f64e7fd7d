package address

import "strings"

// A Link is one link of a Link header (RFC 8288).
type Link struct {
	Target     string            // as it is written, trimmed: may be relative, or no address at all
	Parameters map[string]string // by their names in small letters; of those with one name the first
}

// Relations are what the target is to the page, in small letters: "license", "hub".
func (l Link) Relations() []string { return strings.Fields(strings.ToLower(l.Parameters["rel"])) }

// maxLinks bounds the links of one header.
const maxLinks = 200

// Links reads one Link header. What is no link is skipped; a quotation without an end ends the header.
func Links(header string) []Link {
	var list []Link
	for len(list) < maxLinks {
		_, rest, _ := strings.Cut(header, "<")
		target, rest, ok := strings.Cut(rest, ">")
		if !ok {
			return list
		}
		l := Link{Target: strings.TrimSpace(target), Parameters: map[string]string{}}
		header = l.parameters(rest)
		list = append(list, l)
	}
	return list
}

// parameters reads the parameters of a link up to the comma that ends it, and returns what follows.
func (l Link) parameters(s string) (rest string) {
	for {
		s = strings.TrimLeft(s, " \t;")
		if s == "" || s[0] == ',' {
			return s
		}
		end := strings.IndexAny(s, "=;,")
		if end < 0 {
			return ""
		}
		if s[end] != '=' {
			s = s[end:]
			continue
		}
		name := strings.ToLower(strings.TrimSpace(s[:end]))
		s = strings.TrimLeft(s[end+1:], " \t")
		var value string
		if strings.HasPrefix(s, `"`) {
			var ok bool
			if value, s, ok = quoted(s[1:]); !ok {
				return ""
			}
		} else {
			end := strings.IndexAny(s, ";,")
			if end < 0 {
				end = len(s)
			}
			value, s = strings.TrimSpace(s[:end]), s[end:]
		}
		if _, twice := l.Parameters[name]; !twice {
			l.Parameters[name] = value
		}
	}
}

// quoted reads a quotation up to the mark that ends it, and returns what follows; ok is false if none does.
func quoted(s string) (value, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return "", "", false
}
