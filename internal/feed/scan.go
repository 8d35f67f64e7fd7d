package feed

import (
	"strings"
)

// A kind says what a token is.
type kind int

const (
	start kind = iota + 1
	end
	words // text between tags
	cdata
)

// A token is a piece of markup. Names are as written, but in lower case.
type token struct {
	kind  kind
	name  string
	attrs []attribute // valid until the next token
	self  bool        // <name/>
	text  string      // of words and cdata, as it stands
	from  int         // where it starts in the input
}

// An attribute's value is decoded.
type attribute struct{ name, value string }

// A scanner cuts markup into tokens. It knows no errors: whatever is no tag is text, a tag that is not closed ends where the next
// begins, and what is cut off ends with the input.
type scanner struct {
	s        string
	at       int
	attrs    []attribute
	entities map[string]string // of the document type declaration
	endless  bool              // a comment's end was looked for, and there is none in the rest
}

func (z *scanner) next() (token, bool) {
	for z.at < len(z.s) {
		from := z.at
		if z.s[z.at] != '<' || !markup(z.s[z.at+1:]) {
			i := z.at + 1
			for {
				j := strings.IndexByte(z.s[i:], '<')
				if j < 0 {
					z.at = len(z.s)
					break
				}
				if i += j; markup(z.s[i+1:]) {
					z.at = i
					break
				}
				i++
			}
			return token{kind: words, text: z.s[from:z.at], from: from}, true
		}
		rest := z.s[z.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			z.skip(4, "-->")
		case strings.HasPrefix(rest, "<![CDATA["), strings.HasPrefix(rest, "<![cdata["):
			z.at += 9
			text := z.s[z.at:]
			if i := strings.Index(text, "]]>"); i >= 0 {
				text = text[:i]
				z.at += 3
			}
			z.at += len(text)
			return token{kind: cdata, text: text, from: from}, true
		case rest[1] == '?':
			z.skip(2, ">")
		case rest[1] == '!':
			z.declaration()
		default:
			return z.tag(from), true
		}
	}
	return token{}, false
}

// markup reports whether what follows a "<" makes it a tag: a letter, a slash and a letter, or a declaration's sign.
func markup(s string) bool {
	if s == "" {
		return false
	}
	switch c := s[0]; {
	case letter(c), c == '?':
		return true
	case c == '!':
		return strings.HasPrefix(s, "!--") || strings.HasPrefix(s, "![") || len(s) > 1 && letter(s[1])
	case c == '/':
		return len(s) > 1 && letter(s[1])
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

// skip goes behind the next end sign, or behind the next ">" if it is missing.
func (z *scanner) skip(n int, sign string) {
	z.at = min(z.at+n, len(z.s))
	if !z.endless || sign == ">" {
		if i := strings.Index(z.s[z.at:], sign); i >= 0 {
			z.at += i + len(sign)
			return
		}
		z.endless = true // looked for once, so that no feed makes us look through all of it again and again
	}
	if i := strings.IndexByte(z.s[z.at:], '>'); i >= 0 {
		z.at += i + 1
		return
	}
	z.at = len(z.s)
}

// What a document type declaration may define. Expanded entities are never looked through for more, so that none can grow.
const (
	maxEntities = 200
	maxEntity   = 1024 // bytes of a value
)

// declaration skips a declaration and notes the internal entities of its subset. External ones are never read.
func (z *scanner) declaration() {
	depth := 0
	from := z.at
	for z.at++; z.at < len(z.s); z.at++ {
		switch z.s[z.at] {
		case '[':
			depth++
		case ']':
			depth--
		case '"', '\'':
			if depth > 0 {
				if i := strings.IndexByte(z.s[z.at+1:min(len(z.s), z.at+8*maxEntity)], z.s[z.at]); i >= 0 {
					z.at += i + 1
				}
			}
		case '<':
			if depth == 0 {
				return // the declaration was never closed
			}
		case '>':
			if depth <= 0 {
				z.at++
				z.define(z.s[from:z.at])
				return
			}
		}
	}
}

// define reads <!ENTITY name "value"> out of a document type declaration.
func (z *scanner) define(doctype string) {
	for {
		_, rest, ok := strings.Cut(doctype, "<!ENTITY")
		if !ok || len(z.entities) >= maxEntities {
			return
		}
		doctype = rest
		rest = strings.TrimLeft(rest, " \t\r\n")
		i := strings.IndexAny(rest, " \t\r\n")
		if i <= 0 {
			continue
		}
		name := rest[:i]
		rest = strings.TrimLeft(rest[i:], " \t\r\n")
		if rest == "" || rest[0] != '"' && rest[0] != '\'' {
			continue // SYSTEM or PUBLIC: external
		}
		value, _, ok := strings.Cut(rest[1:min(len(rest), maxEntity+2)], rest[:1])
		if !ok || len(value) > maxEntity || name == "%" {
			continue
		}
		if z.entities == nil {
			z.entities = map[string]string{}
		}
		if _, twice := z.entities[name]; !twice {
			z.entities[name] = unescape(value, nil)
		}
	}
}

// tag reads a start or end tag.
func (z *scanner) tag(from int) token {
	t := token{kind: start, from: from}
	z.at++
	if z.s[z.at] == '/' {
		t.kind = end
		z.at++
	}
	i := z.at
	for z.at < len(z.s) && !strings.ContainsRune(" \t\r\n\f/><", rune(z.s[z.at])) {
		z.at++
	}
	t.name = lower(z.s[i:z.at])
	z.attrs = z.attrs[:0]
	for z.at < len(z.s) {
		switch c := z.s[z.at]; c {
		case ' ', '\t', '\r', '\n', '\f':
			z.at++
		case '>':
			z.at++
			t.attrs = z.attrs
			return t
		case '<':
			t.attrs = z.attrs
			return t
		case '/':
			z.at++
			if z.at < len(z.s) && z.s[z.at] == '>' {
				t.self = t.kind == start
			}
		default:
			z.attribute()
		}
	}
	t.attrs = z.attrs
	return t
}

func (z *scanner) attribute() {
	i := z.at
	for z.at < len(z.s) && !strings.ContainsRune("= \t\r\n\f/><", rune(z.s[z.at])) {
		z.at++
	}
	name := z.s[i:z.at]
	if z.at == i {
		z.at++ // a sign that begins no name
		return
	}
	j := z.at
	for j < len(z.s) && strings.IndexByte(" \t\r\n", z.s[j]) >= 0 {
		j++
	}
	value := ""
	if j < len(z.s) && z.s[j] == '=' {
		j++
		for j < len(z.s) && strings.IndexByte(" \t\r\n", z.s[j]) >= 0 {
			j++
		}
		value, z.at = z.value(j)
	}
	if len(z.attrs) >= 100 {
		return
	}
	name = lower(name)
	for _, a := range z.attrs {
		if a.name == name {
			return // of two the first counts
		}
	}
	if strings.IndexByte(value, '&') >= 0 {
		value = unescape(value, z.entities)
	}
	z.attrs = append(z.attrs, attribute{name, value})
}

// value reads an attribute's value at j and returns where it ends.
func (z *scanner) value(j int) (string, int) {
	if j < len(z.s) && (z.s[j] == '"' || z.s[j] == '\'') {
		if i := strings.IndexByte(z.s[j+1:], z.s[j]); i >= 0 {
			return z.s[j+1 : j+1+i], j + i + 2
		}
		j++
		end := j
		for end < len(z.s) && z.s[end] != '>' && z.s[end] != '<' {
			end++
		}
		return z.s[j:end], end
	}
	end := j
	for end < len(z.s) && !strings.ContainsRune(" \t\r\n\f><", rune(z.s[end])) {
		end++
	}
	return z.s[j:end], end
}

// lower is strings.ToLower without a copy for what is in lower case, as nearly all names are.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' || s[i] >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}

// get returns the value of the first attribute of one of the names.
func get(attrs []attribute, names ...string) string {
	for _, name := range names {
		for _, a := range attrs {
			if a.name == name {
				return a.value
			}
		}
	}
	return ""
}
