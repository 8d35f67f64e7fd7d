package feed

import (
	"encoding/base64"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A field is an element with all that is in it.
type field struct {
	name   string // canonical
	tag    string // as written
	attrs  []attribute
	raw    string // what is in it, as written
	nested bool   // it holds elements
	cut    bool   // its end tag is missing
	base   string
	lang   string
	scope  *scope
	depth  int
}

func (f *field) get(names ...string) string { return get(f.attrs, names...) }

// text decodes what a field holds once: references outside CDATA, and CDATA as it stands. Tags stay as they are.
func (r *reader) text(f *field) string {
	if !strings.Contains(f.raw, "<!") {
		if strings.IndexByte(f.raw, '&') < 0 {
			return strings.TrimSpace(f.raw)
		}
		return strings.TrimSpace(unescape(f.raw, r.z.entities))
	}
	var b strings.Builder
	for z := (scanner{s: f.raw}); ; {
		t, ok := z.next()
		if !ok {
			return strings.TrimSpace(b.String())
		}
		switch t.kind {
		case words:
			b.WriteString(unescape(t.text, r.z.entities))
		case cdata:
			b.WriteString(t.text)
		default:
			b.WriteString(f.raw[t.from:z.at])
		}
	}
}

// markup returns what a field holds as markup: references stay, CDATA becomes text.
func (r *reader) markup(f *field) string {
	s := f.raw
	if strings.Contains(s, "<![") {
		var b strings.Builder
		for z := (scanner{s: f.raw}); ; {
			t, ok := z.next()
			if !ok {
				break
			}
			if t.kind == cdata {
				b.WriteString(escaped.Replace(t.text))
			} else {
				b.WriteString(f.raw[t.from:z.at])
			}
		}
		s = b.String()
	}
	for name, value := range r.z.entities {
		s = strings.ReplaceAll(s, "&"+name+";", escaped.Replace(value))
	}
	return strings.TrimSpace(s)
}

var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// A form says what a field's text is.
type form int

const (
	asText form = iota
	asHTML
)

// value returns what a field says, decoded, and whether that is text or HTML. Atom says it by attributes; everywhere else a text is
// HTML where it holds a tag.
func (r *reader) value(f *field) (string, form) {
	typ := strings.ToLower(strings.TrimSpace(f.get("type")))
	mode := strings.ToLower(f.get("mode"))
	typ, _, _ = strings.Cut(typ, ";")
	encoded := mode == "base64" || strings.EqualFold(f.get("encoding"), "base64")
	if encoded || r.atom() && binary(typ) {
		s := r.text(f)
		if b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), "")); err == nil && len(b) > 0 {
			if typ == "text" || typ == "text/plain" {
				return string(b), asText
			}
			return string(b), asHTML
		}
		return s, asHTML
	}
	marked := r.atom() || strings.HasPrefix(f.name, "atom:")
	switch {
	case f.nested && marked && (typ == "html" || typ == "text/html"):
		return r.text(f), asHTML // markup where escaped markup was announced: it may hold both
	case f.nested:
		return r.withoutPrefix(r.markup(f)), asHTML
	case !marked:
		s := r.text(f)
		if hasTag(s) {
			return s, asHTML
		}
		return s, asText
	case mode == "escaped", typ == "html", typ == "text/html", typ == "xhtml" && mode == "escaped", typ == "application/xhtml+xml" && mode == "escaped":
		return r.text(f), asHTML
	case typ == "xhtml", typ == "application/xhtml+xml":
		return r.markup(f), asHTML
	case typ == "" && r.feed.Format == "atom0.3" && hasTag(r.text(f)):
		return r.text(f), asHTML
	case typ == "" || typ == "text" || typ == "text/plain":
		return r.text(f), asText
	}
	return r.text(f), asHTML
}

// binary reports whether a media type of Atom holds bytes in base64.
func binary(typ string) bool {
	return strings.Contains(typ, "/") && !strings.HasPrefix(typ, "text/") && !strings.HasSuffix(typ, "xml") && !strings.HasSuffix(typ, "json")
}

// withoutPrefix takes the prefix of XHTML off the names of its elements, and drops the div that Atom puts around.
func (r *reader) withoutPrefix(s string) string {
	for z := (scanner{s: s}); ; {
		t, ok := z.next()
		if !ok {
			return s
		}
		if t.kind != start {
			continue
		}
		if p := prefixOf(t.name); p != "" {
			s = strings.ReplaceAll(strings.ReplaceAll(s, "<"+p+":", "<"), "</"+p+":", "</")
			z.s = s
			return s
		}
	}
}

// plain returns a field as one line of text. It is decoded once; a second time only if a reference is left.
func (r *reader) plain(f *field) string {
	s, as := r.value(f)
	if as == asHTML {
		return textOf(s)
	}
	return r.again(s)
}

// again decodes text that was escaped once too often, and folds its white space.
func (r *reader) again(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = unescape(s, nil)
	}
	return folded(s)
}

// html returns a field as clean HTML with absolute addresses.
func (r *reader) html(f *field) string {
	s, as := r.value(f)
	base := f.base
	if as == asText && (r.atom() || strings.HasPrefix(f.name, "atom:")) {
		return strings.TrimSpace(escaped.Replace(clean(s)))
	}
	return sanitised(s, base)
}

// address returns the text of a field as an absolute address; what is none is returned as it stands, if keep says so.
func (r *reader) address(f *field) string {
	return resolved(f.base, r.text(f))
}

// language returns the well-formed form of a language tag, or "" where it is none, or names no language (und, mul).
func language(s string) string {
	tag := tagOf(s)
	if !lang.Tag(tag).IsLanguage() {
		return ""
	}
	return tag
}

// tagOf returns the well-formed form of a tag, also of x-default, or "".
func tagOf(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, ",; "); i >= 0 {
		s = s[:i]
	}
	tag, err := lang.Parse(s)
	if err != nil {
		return ""
	}
	return string(tag)
}

// folded puts single spaces where s has white space, and none at the ends; characters that are not seen go.
func folded(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }), " ")
}

// clean drops control characters and what XML forbids.
func clean(s string) string {
	ok := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\n' && s[i] != '\t' && s[i] != '\r' || s[i] == 0x7F || s[i] == 0xEF {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7F || c == 0xFFFE || c == 0xFFFF || c == 0xFEFF {
			return -1
		}
		return c
	}, s)
}

// people reads the authors of a field: Atom's persons with name and email, RSS's "mail (name)" or "name <mail>", plain names.
func (r *reader) people(f *field) []Author {
	if f.nested {
		var a Author
		r.each(f, func(g *field) {
			switch local(g.name) {
			case "name":
				a.Name = r.plain(g)
			case "email":
				a.Email = strings.TrimPrefix(r.plain(g), "mailto:")
			}
		})
		if a != (Author{}) {
			return []Author{a}
		}
	}
	return person(r.plain(f))
}

// each calls do for each element in a field.
func (r *reader) each(f *field, do func(*field)) {
	sub := &reader{parser: r.parser, z: scanner{s: f.raw, entities: r.z.entities}, scope: *f.scope, native: r.native}
	sub.scope.declared = append([]declaration(nil), f.scope.declared...)
	for n := 0; n < maxList; n++ {
		t, ok := sub.z.next()
		if !ok {
			return
		}
		if t.kind != start {
			continue
		}
		depth := f.depth + 1
		sub.scope.open(t.attrs, depth)
		g := field{name: sub.scope.canonical(t.name, r.native), tag: t.name, attrs: append([]attribute(nil), t.attrs...), base: f.base, lang: f.lang, scope: &sub.scope, depth: depth}
		e := element{base: g.base, lang: g.lang}
		e.inherit(t.attrs)
		g.base, g.lang = e.base, e.lang
		if !t.self {
			g.raw, g.nested, g.cut = sub.inner(t.name)
		}
		do(&g)
		sub.scope.close(depth)
	}
}

// person parts a name and an address of mail.
func person(s string) []Author {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return []Author{{Name: s}}
	}
	from, to := at, at
	for from > 0 && mailByte(s[from-1]) {
		from--
	}
	for to+1 < len(s) && mailByte(s[to+1]) {
		to++
	}
	if from == at || to == at {
		return []Author{{Name: s}}
	}
	email := strings.TrimRight(s[from:to+1], ".")
	name := strings.Trim(strings.Replace(strings.Replace(s, s[from:to+1], "", 1), "mailto:", "", 1), " \t()<>[]{},;:\"")
	return []Author{{Name: name, Email: email}}
}

func mailByte(c byte) bool {
	return letter(c) || c >= '0' && c <= '9' || strings.IndexByte("._%+-", c) >= 0
}
