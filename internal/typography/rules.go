package typography

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A rule reads a page and proposes edits of it, in the order of the text.
type rule struct {
	name  string
	apply func(*page)
}

// rulesFor are the rules of a locale in the order in which they work: each may count on what those before it have set.
func rulesFor(l *locale) []rule {
	rules := []rule{{"quotes", (*page).quotationMarks}}
	if script := lang.Facts(lang.Tag(l.name)).Script; script != "Latn" && script != "Cyrl" && script != "Grek" {
		return rules // other scripts have other signs
	}
	rules = []rule{
		{"runs", (*page).runsOfSpaces},
		{"ellipsis", (*page).ellipses},
		{"elision", (*page).elisions},
		{"apostrophes", (*page).apostrophes},
		{"quotes", (*page).quotationMarks},
		{"stops", (*page).stops},
		{"signs", (*page).signs},
		{"brackets", (*page).brackets},
	}
	if l.number.decimal == "" {
		return rules
	}
	rules = append(rules, []rule{
		{"dialogue", (*page).dialogue},
		{"dashes", (*page).dashes},
		{"years", (*page).yearRanges},
		{"money", (*page).money},
		{"numbers", (*page).numbers},
		{"percent", (*page).percent},
		{"units", (*page).units},
		{"dates", (*page).dates},
	}...)
	for _, own := range []struct {
		name  string
		rules []rule
	}{
		{"inverted", []rule{{"inverted", (*page).inverted}}},
		{"french", []rule{
			{"titles", (*page).titles},
			{"abbreviations", (*page).frenchAbbreviations},
			{"ordinals", (*page).ordinals},
			{"ligatures", (*page).ligatures},
			{"phones", (*page).phones},
			{"hours", (*page).hours},
		}},
		{"german", []rule{{"abbreviations", (*page).germanAbbreviations}}},
		{"russian", []rule{{"abbreviations", (*page).russianAbbreviations}}},
		{"initials", []rule{{"initials", (*page).initials}}},
		{"letters", []rule{{"letters", (*page).oneLetterWords}}},
	} {
		if l.has(own.name) {
			rules = append(rules, own.rules...)
		}
	}
	return rules
}

// each calls f for every match of re in p.s with the byte offsets of its groups.
func (p *page) each(re *regexp.Regexp, f func(m []int)) {
	for _, m := range re.FindAllStringSubmatchIndex(p.s, -1) {
		f(m)
	}
}

// put replaces group n of match m.
func (p *page) put(m []int, n int, s string) { p.edit(m[2*n], m[2*n+1], s) }

var spaceRuns = regexp.MustCompile(`[ \x{00A0}\x{202F}\x{2009}]{2,}`)

// runsOfSpaces leaves one space of several: one that does not break if there is one among them.
func (p *page) runsOfSpaces() {
	p.each(spaceRuns, func(m []int) {
		s := " "
		if i := strings.IndexFunc(p.s[m[0]:m[1]], func(r rune) bool { return r != ' ' }); i >= 0 {
			s = string(p.after(m[0] + i))
		}
		p.edit(m[0], m[1], s)
	})
}

var (
	threeDots = regexp.MustCompile(`(\.{3,})|(?:[ \x{00A0}\x{202F}]?\.){1}(?:[ \x{00A0}\x{202F}]\.){2}`)
	etcDots   = regexp.MustCompile(`\b[Ee]tc\.?(…)`)
)

// ellipses makes one character of three full stops, spaced or not. In French nothing follows "etc.".
func (p *page) ellipses() {
	p.each(threeDots, func(m []int) {
		if m[2] >= 0 && p.after(m[1]) != '/' || m[2] < 0 && p.before(m[0]) != '.' && p.after(m[1]) != '.' {
			p.edit(m[0], m[1], "…")
		}
	})
	if p.loc.has("french") {
		p.commit()
		p.each(etcDots, func(m []int) {
			if p.before(m[2]) == '.' {
				p.put(m, 1, "")
			} else {
				p.put(m, 1, ".")
			}
		})
	}
}

// elided are the words that lose their vowel, by language.
var elided = map[lang.Tag]*regexp.Regexp{
	"fr": elision(`l|d|j|m|t|s|n|c|ç|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|aujourd`),
	"it": elision(`l|un|d|c|m|t|s|v|n|gl|dell|all|nell|sull|dall|coll|quest|quell|bell|sant|senz|com|dov|anch|tutt|mezz`),
	"ca": elision(`l|d|m|t|s|n`),
}

func elision(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}'’])(?:` + words + `)([ \x{00A0}]?['’][ \x{00A0}])[aeiouyhàâäáéèêëíîïìóôöòúùûüœæ]`)
}

// elisions takes away the spaces round the apostrophe of an elision: l' ONU.
func (p *page) elisions() {
	if re := elided[p.tag.Bare()]; re != nil && p.loc.has("elision") {
		p.each(re, func(m []int) { p.put(m, 1, "’") })
	}
}

// apostrophes curls every straight mark that is one, and turns those that look the wrong way.
func (p *page) apostrophes() {
	if p.tag.Is("ru") {
		return // Russian has none
	}
	pairs := make(map[int]bool)
	for _, q := range lang.QuoteMarks(p.tag, p.s) {
		pairs[q.Start] = true
		if q.Close > 0 {
			pairs[q.End-len(string(p.before(q.End)))] = true
		}
	}
	for i, r := range p.s {
		if !strings.ContainsRune("'‘´`", r) || pairs[i] {
			continue
		}
		end := i + len(string(r))
		before, after := p.before(i), p.after(end)
		switch {
		case unicode.IsLetter(before) && unicode.IsLetter(after),
			r == '\'' && unicode.IsLetter(before) && !isWord(after),
			r == '\'' && strings.ContainsRune("”»)’", before) && before != 0 && unicode.IsLetter(after),
			r == '\'' && p.tag.Is("en") && unicode.IsDigit(before) && after == 's',
			r == '\'' && p.tag.Is("en") && !isWord(before) && !lang.IsQuotationMark(before) && (unicode.IsDigit(after) || contracted(p.s[end:])):
			p.edit(i, end, "’")
		}
	}
}

// contracted reports whether s starts with an English word that has lost its first letters.
func contracted(s string) bool {
	for _, w := range []string{"tis", "twas", "em", "til", "cause", "n’", "n'", "bout", "round"} {
		if rest, ok := strings.CutPrefix(strings.ToLower(s), w); ok && (rest == "" || !isWord([]rune(rest)[0])) {
			return true
		}
	}
	return false
}

var (
	openBracket  = regexp.MustCompile(`[(\[¿¡]([ \x{00A0}\x{202F}]+)`)
	closeBracket = regexp.MustCompile(`([ \x{00A0}\x{202F}]+)[)\]]`)
)

// brackets takes away the spaces inside them, and those behind a sign that opens a sentence.
func (p *page) brackets() {
	p.each(openBracket, func(m []int) {
		if after := p.after(m[1]); after != 0 && after != ')' && after != ']' && after != '\n' {
			p.put(m, 1, "")
		}
	})
	p.commit()
	p.each(closeBracket, func(m []int) {
		if before := p.before(m[0]); before != 0 && before != '(' && before != '[' && before != '\n' && p.free(m[3], m[1]) {
			p.put(m, 1, "")
		}
	})
}

// signs sets the spaces before and after , . ; : ! ? …
func (p *page) signs() {
	opens := make(map[int]bool) // where a quotation starts
	for _, q := range p.quotes() {
		opens[q.Start] = true
	}
	for i := 0; i < len(p.s); {
		end := i
		for end < len(p.s) && strings.IndexByte(",.;:!?", p.s[end]) >= 0 {
			end++
		}
		if end == i {
			r := p.after(i)
			if r == '…' && !p.tag.Is("en") && isWord(p.before(p.skipBack(i))) {
				p.edit(p.skipBack(i), i, "")
			}
			i += len(string(r))
			continue
		}
		if p.free(i, end) {
			p.sign(i, end, opens)
		}
		i = end
	}
}

// sign sets the spaces of the run of signs [start, end).
func (p *page) sign(start, end int, opens map[int]bool) {
	from := p.skipBack(start)
	before, after := p.before(from), p.after(end)
	if before == 0 || before == '\n' || strings.ContainsRune("([{¿¡", before) || !spaceOrEnd(after) && !ends(after) {
		if p.s[start:end] == "," && unicode.IsLetter(before) && unicode.IsLetter(after) && from == start {
			p.edit(end, end, " ") // Paris,Berlin
		}
		if p.s[start:end] != ":" || !opens[end] || before == 0 {
			return
		}
		p.commitSign(from, start, p.loc.colon)
		p.edit(end, end, " ") // dit:"Nous
		return
	}
	if opens[start-len(string(before))] && from == start || p.opening(from, opens) {
		return // a quotation that starts with the sign
	}
	switch c := p.s[start]; {
	case c == ',' || c == '.':
		if from < start && (isWord(before) || strings.ContainsRune("»”’“)%…", before)) && (end-start == 1 || c == ',') {
			p.edit(from, start, "")
		}
	case c == ';' && end-start == 1:
		p.commitSign(from, start, p.loc.semi)
	case c == ':' && end-start == 1:
		if !unicode.IsDigit(after) && before != ':' {
			p.commitSign(from, start, p.loc.colon)
		}
	case (c == '!' || c == '?') && strings.Trim(p.s[start:end], "!?") == "":
		p.commitSign(from, start, p.loc.excl)
	}
}

// opening reports whether the character that ends at byte i is the opening mark of a quotation.
func (p *page) opening(i int, opens map[int]bool) bool {
	r := p.before(i)
	return r != 0 && opens[i-len(string(r))]
}

// commitSign sets the space before a sign. Where no space is wanted, one that follows a dash or a sign stays.
func (p *page) commitSign(from, start int, space string) {
	if before := p.before(from); space == "" && !isWord(before) && !strings.ContainsRune("»”’“)]%…!?°", before) {
		return
	}
	p.edit(from, start, space)
}

func spaceOrEnd(r rune) bool { return r == 0 || unicode.IsSpace(r) }

// ends reports whether r may follow a sign directly: marks and brackets that close, signs.
func ends(r rune) bool { return strings.ContainsRune("\"'”’»“‘›)]}…—–-", r) }

var (
	percentSign = regexp.MustCompile(`\d([ \x{00A0}\x{202F}\x{2009}]?)[%‰]`)
	unitSigns   = regexp.MustCompile(`\d([ \x{00A0}\x{202F}\x{2009}]?)(°[CF]|(?:km/h|km²|km|cm|mm|kg|kWh|MWh|GWh|MW|GW|kW|ha|m²|m³|Mo|Go|Hz|kHz|MHz|GHz|м|км|кг|га|т))`)
)

// percent sets the space before the sign.
func (p *page) percent() {
	p.each(percentSign, func(m []int) {
		if !unicode.IsLetter(p.after(m[1])) { // 100%ig
			p.put(m, 1, p.loc.pct)
		}
	})
}

// units binds a unit to its number. Without a space it is parted only where it cannot be anything else.
func (p *page) units() {
	p.each(unitSigns, func(m []int) {
		unit := p.s[m[4]:m[5]]
		next := p.after(m[5])
		word := unit == "ha" || unit == "Mo" || unit == "Go" // hectares and French bytes; words in other languages
		if isWord(next) || word && !p.loc.has("french") || (m[2] == m[3] && unit != "°C" && unit != "°F" && unit != "km" && unit != "kg") {
			return
		}
		p.put(m, 1, nbsp)
	})
}
