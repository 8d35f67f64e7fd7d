package typography

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	firstOfMonth = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.,])(1)[ \x{00A0}](?:de )?(\p{L}+)`)
	dayMonth     = regexp.MustCompile(`\d(?:er|º|\.)?[ \x{00A0}](?:de |d’|d')?(\p{Lu}\p{L}+)`)
	monthYear    = regexp.MustCompile(`\p{Ll}[ \x{00A0}](\p{Lu}\p{L}+)[ \x{00A0}](?:de )?\d{4}`)
	lowerThenCap = regexp.MustCompile(`(?:^|[^\p{L}])(\p{Ll}+),?[ \x{00A0}](\p{Lu}\p{L}+(?:-\p{L}+)?)`)
)

// dates writes months and days of the week small where the language does, and the first of the month as it is written.
func (p *page) dates() {
	if p.loc.first != "" {
		p.each(firstOfMonth, func(m []int) {
			if p.isMonth(p.s[m[4]:m[5]]) {
				p.put(m, 1, p.loc.first)
			}
		})
		p.commit()
	}
	if !p.loc.lowerDates {
		return
	}
	for _, re := range []*regexp.Regexp{dayMonth, monthYear} {
		p.each(re, func(m []int) {
			if w := p.s[m[2]:m[3]]; p.isMonth(w) {
				p.put(m, 1, strings.ToLower(w))
			}
		})
		p.commit()
	}
	p.each(lowerThenCap, func(m []int) {
		w := p.s[m[4]:m[5]]
		next := p.after(p.skip(m[5]))
		if p.isDay(w) && (!unicode.IsUpper(next) || p.skip(m[5]) == m[5]) && !strings.HasPrefix(p.s[m[5]:], "-") {
			p.put(m, 2, strings.ToLower(w))
		}
	})
}

func (p *page) isMonth(w string) bool {
	return among(p.facts.Months, w) || among(p.facts.Alone, w)
}

func (p *page) isDay(w string) bool { return among(p.facts.Days, w) }

// among reports whether w is one of names whatever its letters' case; "de gener" is found by its last word.
func among(names []string, w string) bool {
	for _, n := range names {
		if i := strings.LastIndexAny(n, " ’"); i >= 0 {
			_, size := utf8.DecodeRuneInString(n[i:])
			n = n[i+size:]
		}
		if strings.EqualFold(n, w) {
			return true
		}
	}
	return false
}

// inverted puts ¿ or ¡ before a Spanish question or exclamation that has none: at the start of its sentence, or before the word that asks.
func (p *page) inverted() {
	for i, r := range p.s {
		open := map[rune]string{'?': "¿", '!': "¡"}[r]
		last := p.before(p.skipBack(i))
		if open == "" || !p.free(i, i+1) || !isWord(last) && (last == 0 || !strings.ContainsRune("»”’…)", last)) {
			continue
		}
		start := p.sentenceStart(p.quotedBefore(i))
		clause := p.s[start:i]
		if strings.ContainsAny(clause, "¿¡") || strings.TrimSpace(clause) == "" {
			continue
		}
		if m := asks.FindAllStringSubmatchIndex(clause, -1); m != nil && r == '?' {
			start += m[len(m)-1][2]
		}
		p.edit(start, start, open)
	}
}

// quotedBefore is where the quotation starts that ends at byte i, or i: a sign behind it belongs to the sentence around it.
func (p *page) quotedBefore(i int) int {
	for _, q := range p.quotes() {
		if q.End == i {
			return q.Start
		}
	}
	return i
}

var asks = regexp.MustCompile(`[,;:][ \x{00A0}]((?:y |o |pero )?(?:por qué|para qué|qué|quién|quiénes|cómo|cuándo|dónde|cuál|cuáles|cuánt[oa]s?)[ \x{00A0}])`)

var sentenceEnd = regexp.MustCompile(`[!?…\n«“(—:][ \x{00A0}]*|(?:\p{Ll}|\d|[»”)])\.[ \x{00A0}]+`)

// sentenceStart is where the sentence that holds byte i starts: behind the last sign that ends one, an opening mark, bracket or dash.
func (p *page) sentenceStart(i int) int {
	start := 0
	for _, m := range sentenceEnd.FindAllStringIndex(p.s[:i], -1) {
		if m[1] < i {
			start = m[1]
		}
	}
	for start < i {
		r, n := utf8.DecodeRuneInString(p.s[start:])
		if isWord(r) || r == '¿' || r == '¡' {
			break
		}
		start += n
	}
	return start
}

var (
	civility   = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(?:(?:M|MM)\.([ ]?)|(?:Mme|Mmes|Mlle|Mlles|Dr|Pr|Me)(\.?[ ]))\p{Lu}[\p{Ll}’-]`)
	numbered   = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(n ?[°º][ \x{00A0}\x{202F}]?|[Nn]o\.[ \x{00A0}\x{202F}])\d`)
	paged      = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(?:p\.|pp\.|art\.|chap\.|tél\.)([ ])\d`)
	phoneGroup = regexp.MustCompile(`(?:^|[^\p{N}])0\d(?:[ \x{00A0}.]\d\d){4}(?:$|[^\p{N}])`)
	leftTitle  = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])((?:Mr|Mrs|Ms)\.)[ \x{00A0}]\p{Lu}`)
)

// frenchAbbreviations binds what the reader must not find at the end of a line to what follows it.
func (p *page) frenchAbbreviations() {
	p.each(numbered, func(m []int) { p.put(m, 1, "n°"+nbsp) })
	p.commit()
	p.each(civility, func(m []int) {
		for _, g := range []int{1, 2} {
			if m[2*g] >= 0 {
				p.put(m, g, nbsp)
			}
		}
	})
	p.commit()
	p.each(paged, func(m []int) { p.put(m, 1, nbsp) })
}

// phones binds the pairs of a French telephone number.
func (p *page) phones() {
	p.each(phoneGroup, func(m []int) {
		for i := m[0]; i < m[1]; i++ {
			if p.s[i] == ' ' && i > m[0] && i < m[1]-1 {
				p.edit(i, i+1, nbsp)
			}
		}
	})
}

// titles writes English titles as French ones, where the source has them.
func (p *page) titles() {
	p.each(leftTitle, func(m []int) {
		title := p.s[m[2]:m[3]]
		if !strings.Contains(p.source.Text, title) || !p.source.Lang.Is("en") {
			return
		}
		french := map[string]string{"Mr": "M.", "Mrs": "Mme", "Ms": "Mme"}[strings.TrimSuffix(title, ".")]
		p.put(m, 1, french)
	})
}

var (
	romanOrd   = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])[IVX]+([ \x{00A0}]?i?[eè]me)(?:s?)[ \x{00A0}]`)
	century    = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(\d{1,2})(?:i?[eè]me|e)[ \x{00A0}]siècle`)
	ordinal    = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])\d+(i?[eè]mes?)(?:$|[^\p{L}])`)
	firstWoman = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])1(i?[eè]res?)(?:$|[^\p{L}])`)
	firstMan   = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])1(i?ers?)(?:$|[^\p{L}])`)
)

// ordinals writes 2e, 1re, XXIe siècle.
func (p *page) ordinals() {
	p.each(century, func(m []int) {
		n, err := strconv.Atoi(p.s[m[2]:m[3]])
		end := strings.Index(p.s[m[3]:], "siècle") + m[3]
		if roman := roman(n); err == nil && roman != "" {
			suffix := "e"
			if n == 1 {
				suffix = "er"
			}
			p.edit(m[2], end, roman+suffix+" ")
		}
	})
	p.commit()
	p.each(romanOrd, func(m []int) { p.put(m, 1, "e") })
	p.commit()
	for _, o := range []struct {
		re  *regexp.Regexp
		end string
	}{{firstWoman, "re"}, {firstMan, "er"}, {ordinal, "e"}} {
		p.each(o.re, func(m []int) {
			end := o.end
			if strings.HasSuffix(p.s[m[2]:m[3]], "s") {
				end += "s"
			}
			p.put(m, 1, end)
		})
		p.commit()
	}
}

// roman writes the numbers of centuries.
func roman(n int) string {
	if n < 1 || n > 39 {
		return ""
	}
	return strings.Repeat("X", n/10) + [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
}

// ligated are the words in which French writes œ, up to where they end alike. Words with an o and an e apart (coefficient, coexister,
// moelle) are in none of them.
var ligated = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:contre-|hors-d’|chefs?-d’|d’|l’|s’|qu’)?(?:man|dés|inter)?(oe)(?:uvr)|(?:[ée]c|ranc|ch|c|s|acc)(oe)ur|(?:b|n)?(oe)ufs?|(?:n|v)(oe)ux?(?:d|ds)?|(oe)il|m(oe)urs|f(oe)t(?:us|al)|(oe)soph|(oe)d[eè]m|(oe)dip|(oe)no|(oe)cum|n(oe)ud)`)

// ligatures writes œ.
func (p *page) ligatures() {
	p.each(ligated, func(m []int) {
		for i := 2; i < len(m); i += 2 {
			if m[i] < 0 {
				continue
			}
			s := "œ"
			if p.s[m[i]] == 'O' {
				s = "Œ"
			}
			p.edit(m[i], m[i+1], s)
		}
	})
}

var hour = regexp.MustCompile(`(?:^|[^\p{L}\p{N},.:/])(\d{1,2})([ \x{00A0}\x{202F}]?h)(?:([ \x{00A0}\x{202F}]?)(\d\d))?(?:$|[^\p{L}\p{N}/])`)

// hours writes 17 h 30.
func (p *page) hours() {
	p.each(hour, func(m []int) {
		if h, err := strconv.Atoi(p.s[m[2]:m[3]]); err != nil || h > 24 {
			return
		}
		s := nbsp + "h"
		if m[8] < 0 {
			p.put(m, 2, s)
			return
		}
		if min, err := strconv.Atoi(p.s[m[8]:m[9]]); err == nil && min < 60 {
			p.edit(m[4], m[7], s+nbsp)
		}
	})
}

var (
	germanShort = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.])((?:i\.[ \x{00A0}]?d\.[ \x{00A0}]?R|u\.[ \x{00A0}]?v\.[ \x{00A0}]?a|z\.[ \x{00A0}]?[BT]|d\.[ \x{00A0}]?h|[ou]\.[ \x{00A0}]?[äÄ]|[uv]\.[ \x{00A0}]?a|u\.[ \x{00A0}]?U|s\.[ \x{00A0}]?[ou]|m\.[ \x{00A0}]?E|i\.[ \x{00A0}]?A)\.)`)
	germanBound = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(?:(?:S|Nr|Art|Abs|Bd|Kap)\.|§§?)([ ])\d`)
)

// germanAbbreviations sets the spaces within z. B. and binds S. and Nr. to their numbers.
func (p *page) germanAbbreviations() {
	p.each(germanShort, func(m []int) { p.put(m, 1, parted(p.s[m[2]:m[3]])) })
	p.commit()
	p.each(germanBound, func(m []int) { p.put(m, 1, nbsp) })
}

// parted sets no-break spaces between the parts of an abbreviation.
func parted(s string) string {
	s = strings.NewReplacer(" ", "", nbsp, "").Replace(s)
	return strings.TrimSuffix(strings.ReplaceAll(s, ".", "."+nbsp), nbsp)
}

var russianShort = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.])(т\.[ \x{00A0}]?[едкпо]\.)`)

var russianBound = regexp.MustCompile(`(?:([№§])([ ]?)\d)|(?:\d([ ])(?:гг?\.))|(?:(?:^|[^\p{L}])г\.([ ])\p{Lu})`)

// russianAbbreviations sets the space within т. е., binds № and § to their numbers, the year to its "г.", the town to the "г." before it.
func (p *page) russianAbbreviations() {
	p.each(russianShort, func(m []int) { p.put(m, 1, parted(p.s[m[2]:m[3]])) })
	p.commit()
	p.each(russianBound, func(m []int) {
		for _, g := range []int{2, 3, 4} {
			if m[2*g] >= 0 {
				p.put(m, g, nbsp)
			}
		}
	})
}

var initialLetters = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.])(\p{Lu}\.[ \x{00A0}]?)(\p{Lu}\.[ \x{00A0}]?)?\p{Lu}\p{Ll}`)

// initials sets the spaces after initials: А. С. Пушкин.
func (p *page) initials() {
	p.each(initialLetters, func(m []int) {
		for _, g := range []int{1, 2} {
			if m[2*g] < 0 {
				continue
			}
			s := p.s[m[2*g]:m[2*g+1]]
			p.put(m, g, strings.TrimRightFunc(s, isBlank)+nbsp)
		}
	})
}

// oneLetterWords binds the Polish words of one letter to what follows: no line ends with them.
func (p *page) oneLetterWords() {
	for i := range p.s {
		if p.s[i] != ' ' {
			continue
		}
		word := p.before(i)
		at := i - len(string(word))
		if strings.ContainsRune("aiouwzAIOUWZ", word) && word != 0 && !isWord(p.before(at)) && p.before(at) != '’' && p.before(at) != '.' && isWord(p.after(i+1)) {
			p.edit(i, i+1, nbsp)
		}
	}
}
