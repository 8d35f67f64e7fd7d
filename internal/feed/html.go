package feed

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hasTag reports whether text holds a tag of HTML, and is markup therefore. "3 < 4" and "<3" hold none.
func hasTag(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			return false
		}
		s = s[i+1:]
		if strings.HasPrefix(s, "!--") {
			return true
		}
		j := 0
		if s[0] == '/' {
			j = 1
		}
		k := j
		for k < len(s) && (letter(s[k]) || '0' <= s[k] && s[k] <= '9') {
			k++
		}
		if k > j && k < len(s) && strings.IndexByte(" \t\r\n/>", s[k]) >= 0 && strings.IndexByte(s[k:], '>') >= 0 && (kept(lower(s[j:k])) || mute(lower(s[j:k])) || atom.Lookup([]byte(lower(s[j:k]))) != 0) {
			return true
		}
	}
}

// textOf returns the text of a piece of HTML on one line.
func textOf(s string) string {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return folded(s)
	}
	var b strings.Builder
	skip := 0
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			out := b.String()
			if strings.IndexByte(out, '&') >= 0 {
				out = unescape(out, nil)
			}
			return folded(out)
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			if mute(string(name)) {
				skip++
			} else if breaks(string(name)) {
				b.WriteByte(' ')
			}
		case html.SelfClosingTagToken:
			b.WriteByte(' ')
		case html.EndTagToken:
			name, _ := z.TagName()
			if mute(string(name)) && skip > 0 {
				skip--
			} else if breaks(string(name)) {
				b.WriteByte(' ')
			}
		}
	}
}

// breaks reports whether an element parts words.
func breaks(name string) bool {
	switch name {
	case "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "ul", "ol", "blockquote", "hr":
		return true
	}
	return false
}

// mute elements hold nothing that is text.
func mute(name string) bool {
	switch name {
	case "script", "style", "applet", "object", "template", "iframe", "noembed", "xml":
		return true
	}
	return false
}

// keptElements are what is left of a feed's HTML: what gives a text its structure and its pictures. No forms, no frames, nothing that runs.
var keptElements = set(`a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em
figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main map mark menu nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup
table tbody td tfoot th thead time tr tt u ul var video area track wbr
math mi mn mo mrow ms mtext mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover mtable mtr mtd mspace mpadded mphantom mfenced menclose maction merror mprescripts mmultiscripts none
svg g path rect circle ellipse line polyline polygon text tspan title desc defs lineargradient radialgradient stop switch marker metadata missing-glyph hkern font-face font-face-name font-face-src glyph`)

// keptAttributes are those that an element may keep; addresses among them are resolved and judged.
var keptAttributes = set(`abbr align alt axis border cellpadding cellspacing cite clear colspan color controls coords datetime dir face headers height href hreflang hspace id ismap label lang
longdesc media name noshade nowrap open poster rel rev rows rowspan rules scope shape size sizes span src srcset start summary title type usemap valign value vspace width xml:lang
actiontype columnalign columnlines columnspacing columnspan depth display displaystyle equalcolumns equalrows fence fontstyle fontweight frame linethickness lspace mathbackground mathcolor mathvariant maxsize minsize
rowalign rowlines rowspacing rspace scriptlevel selection separator stretchy xlink:href xlink:type xlink:title xlink:show xmlns xmlns:xlink
accent-height ascent baseprofile bbox bearing cx cy d dx dy fill fill-opacity fill-rule font-family font-size font-stretch font-style font-variant font-weight from fx fy g1 g2 gradientunits hanging horiz-adv-x horiz-origin-x k keypoints keysplines keytimes
marker-end marker-mid marker-start markerheight markerunits markerwidth mathematical max min offset opacity orient origin overline-position overline-thickness panose-1 path pathlength points preserveaspectratio r refx refy
requiredextensions requiredfeatures rotate rx ry slope stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
systemlanguage target text-anchor to transform u1 u2 underline-position underline-thickness unicode unicode-range units-per-em values version viewbox visibility widths x x-height x1 x2 y y1 y2 zoomandpan`)

// drawn elements mean something in a drawing only; a "title" elsewhere would be the page's.
var drawn = set(`g path rect circle ellipse line polyline polygon text tspan title desc defs lineargradient radialgradient stop switch marker metadata missing-glyph hkern font-face font-face-name font-face-src glyph`)

// namespaces of the elements that begin formulas and drawings.
var namespaces = map[string]string{"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}

// foreign reports whether an element is, or stands in, a formula or a drawing.
func (w *cleaner) foreign(name string) bool {
	return namespaces[name] != "" || slices.Contains(w.open, "svg") || slices.Contains(w.open, "math")
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func kept(name string) bool { return keptElements[name] }

// void elements have no end.
var voids = set("area br col hr img source track wbr")

// sanitised returns a piece of HTML with only the elements and attributes that are kept, addresses resolved against base, and every
// element closed. Scripts, styles and frames go with what they hold; of other elements the text stays. All that is written is escaped
// anew, so that no reader can take it for more than it is.
func sanitised(s, base string) string {
	s = strings.TrimSpace(clean(s))
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 && strings.IndexByte(s, '>') < 0 {
		return s
	}
	w := cleaner{base: base}
	w.out.Grow(len(s) + len(s)/8)
	z := scanner{s: s}
	for {
		t, ok := z.next()
		if !ok {
			break
		}
		switch t.kind {
		case words:
			w.text(t.text)
		case cdata:
			w.text(escaped.Replace(t.text))
		case start:
			if mute(t.name) {
				if !t.self || t.name == "script" || t.name == "style" {
					z.leave(t.name)
				}
				continue
			}
			w.start(&t)
		case end:
			w.end(t.name)
		}
	}
	w.closeTo(0)
	return strings.TrimSpace(w.out.String())
}

// leave goes behind the end of a mute element; to the end where it has none.
func (z *scanner) leave(name string) {
	for {
		i := strings.Index(z.s[z.at:], "</")
		if i < 0 {
			z.at = len(z.s)
			return
		}
		z.at += i
		if _, tag := tagName(z.s[z.at:]); tag == name {
			z.skipTag()
			return
		}
		z.at += 2
	}
}

// A cleaner writes clean HTML.
type cleaner struct {
	base string
	out  strings.Builder
	open []string
}

// text writes text with its references as they are; what only looks like markup is escaped.
func (w *cleaner) text(s string) {
	for {
		i := strings.IndexAny(s, "&<>")
		if i < 0 {
			w.out.WriteString(s)
			return
		}
		w.out.WriteString(s[:i])
		switch s[i] {
		case '<':
			w.out.WriteString("&lt;")
		case '>':
			w.out.WriteString("&gt;")
		default:
			if text, n := reference(s[i:], nil); n > 0 {
				w.character(text)
				s = s[i+n:]
				continue
			}
			w.out.WriteString("&amp;")
		}
		s = s[i+1:]
	}
}

// character writes what a reference stands for: as it was for the signs of markup, else the character itself.
func (w *cleaner) character(text string) {
	if strings.ContainsAny(text, "&<>") {
		text = escaped.Replace(text)
	}
	w.out.WriteString(text)
}

func (w *cleaner) start(t *token) {
	name := t.name
	if !kept(name) || len(w.open) > maxDepth*4 {
		return
	}
	foreign := w.foreign(name)
	if drawn[name] && !foreign {
		return
	}
	w.out.WriteByte('<')
	w.out.WriteString(name)
	var xmlns, xlink, linked bool
	for _, a := range t.attrs {
		if strings.HasPrefix(a.name, "xmlns") && !foreign {
			continue
		}
		xmlns, xlink, linked = xmlns || a.name == "xmlns", xlink || a.name == "xmlns:xlink", linked || strings.HasPrefix(a.name, "xlink:")
		w.attribute(a.name, a.value)
	}
	if ns := namespaces[name]; ns != "" && !xmlns {
		w.out.WriteString(` xmlns="` + ns + `"`)
	}
	if linked && !xlink && foreign {
		w.out.WriteString(` xmlns:xlink="http://www.w3.org/1999/xlink"`)
	}
	w.out.WriteByte('>')
	if voids[name] {
		return
	}
	if t.self {
		w.out.WriteString("</" + name + ">")
		return
	}
	w.open = append(w.open, name)
}

func (w *cleaner) attribute(name, value string) {
	if !keptAttributes[name] {
		return
	}
	switch name {
	case "href", "src", "cite", "poster", "longdesc", "xlink:href", "usemap":
		if strings.HasPrefix(value, "#") && name != "href" {
			break
		}
		abs := resolved(w.base, value)
		if abs == "" && w.base == "" && relative(value) {
			abs = strings.TrimSpace(value) // no base is known: as it was
		}
		if abs == "" {
			return
		}
		value = abs
	case "srcset":
		value = w.candidates(value)
		if value == "" {
			return
		}
	}
	if active(value) {
		return
	}
	w.out.WriteByte(' ')
	w.out.WriteString(name)
	w.out.WriteString(`="`)
	if strings.ContainsAny(value, "&<>\"") {
		value = attributeEscaped.Replace(value)
	}
	w.out.WriteString(value)
	w.out.WriteByte('"')
}

// active reports whether a value could do something, in whatever attribute it stands.
func active(value string) bool {
	if strings.IndexByte(value, '(') < 0 && strings.IndexByte(value, ':') < 0 {
		return false
	}
	value = lower(value)
	return strings.Contains(value, "javascript:") || strings.Contains(value, "vbscript:") || strings.Contains(value, "expression(") || strings.Contains(value, "url(")
}

// candidates resolves the addresses of a srcset.
func (w *cleaner) candidates(srcset string) string {
	var out []string
	for part := range strings.SplitSeq(srcset, ", ") {
		fields := strings.Fields(part)
		if len(fields) == 0 || len(fields) > 2 {
			continue
		}
		abs := resolved(w.base, strings.TrimSuffix(fields[0], ","))
		if abs == "" {
			continue
		}
		fields[0] = abs
		out = append(out, strings.Join(fields, " "))
	}
	return strings.Join(out, ", ")
}

var attributeEscaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// relative reports whether an address names no scheme.
func relative(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':' || c <= ' ' || c == '\\' || c == '&':
			return false
		case c == '/' || c == '?' || c == '#':
			return true
		}
	}
	return true
}

func (w *cleaner) end(name string) {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i] == name {
			w.closeTo(i)
			return
		}
	}
}

func (w *cleaner) closeTo(n int) {
	for len(w.open) > n {
		w.out.WriteString("</" + w.open[len(w.open)-1] + ">")
		w.open = w.open[:len(w.open)-1]
	}
}
