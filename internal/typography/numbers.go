package typography

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A numeral is a number with signs in it: groups, a decimal, or both.
type numeral struct {
	start, end int
	whole      []string // the groups before the last sign that may be a decimal, in order
	groupSign  string   // what parts them; empty if there is one group
	fraction   string   // digits behind the decimal sign
	decimal    string   // empty if there is none
}

var (
	groupedNumber = regexp.MustCompile(`\d{1,3}(?:[.,’' \x{00A0}\x{202F}\x{2009}]\d{3})+(?:[.,]\d+)?`)
	decimalNumber = regexp.MustCompile(`\d+[.,]\d+`)
)

// numerals finds the numbers of s that have signs in them. Dates, addresses of machines and the like, with more signs than a number
// has, are none.
func numerals(s string) []numeral {
	var out []numeral
	for _, m := range groupedNumber.FindAllStringIndex(s, -1) {
		if n, ok := readGrouped(s, m[0], m[1]); ok {
			out = append(out, n)
		}
	}
	for _, m := range decimalNumber.FindAllStringIndex(s, -1) {
		inside := slices.ContainsFunc(out, func(n numeral) bool { return m[0] < n.end && n.start < m[1] })
		if inside || !alone(s, m[0], m[1]) {
			continue
		}
		i := strings.IndexAny(s[m[0]:m[1]], ".,") + m[0]
		out = append(out, numeral{start: m[0], end: m[1], whole: []string{s[m[0]:i]}, decimal: s[i : i+1], fraction: s[i+1 : m[1]]})
	}
	slices.SortFunc(out, func(a, b numeral) int { return a.start - b.start })
	return out
}

// readGrouped takes a run of groups apart: the sign between them must be the same; a last one that differs is the decimal.
func readGrouped(s string, start, end int) (numeral, bool) {
	n := numeral{start: start, end: end}
	at := start
	for i, r := range s[start:end] {
		if unicode.IsDigit(r) {
			continue
		}
		i += start
		sign := sameSpace(string(r))
		switch {
		case n.decimal != "":
			return n, false
		case n.groupSign == "" && len(n.whole) == 0, sign == n.groupSign:
			n.groupSign = sign
		case sign == "." || sign == ",":
			n.decimal = sign
		default:
			return n, false
		}
		n.whole = append(n.whole, s[at:i])
		at = i + len(string(r))
	}
	if n.decimal != "" {
		n.fraction = s[at:end]
	} else {
		n.whole = append(n.whole, s[at:end])
	}
	for i, g := range n.whole {
		if i > 0 && len(g) != 3 {
			return n, false
		}
	}
	return n, alone(s, start, end)
}

func sameSpace(s string) string {
	if s == nbsp || s == narrow || s == "\u2009" {
		return " "
	}
	return s
}

// alone reports whether nothing beside [start, end) makes it a part of something longer.
func alone(s string, start, end int) bool {
	before, after := []rune(s[max(0, start-4):start]), []rune(s[end:min(len(s), end+8)])
	if n := len(before); n > 0 {
		b := before[n-1]
		if isWord(b) || strings.ContainsRune(".,:/-–_’'", b) && (n < 2 || isWord(before[n-2])) {
			return false
		}
		if isBlank(b) && n > 1 && unicode.IsDigit(before[n-2]) {
			return false
		}
	}
	if len(after) > 0 {
		a := after[0]
		if unicode.IsDigit(a) || strings.ContainsRune(".,:/’'", a) && len(after) > 1 && unicode.IsDigit(after[1]) {
			return false
		}
		if isBlank(a) && len(after) > 1 && unicode.IsDigit(after[1]) {
			return false
		}
	}
	return true
}

// value is n without signs but a full stop as decimal, read as a writer of the usage would; ok is false if nobody would write it so.
func (n numeral) value(usage numbers) (whole, fraction string, ok bool) {
	switch {
	case len(n.whole) == 1 && n.decimal != "": // 3.5 or 3,5
		if n.decimal == usage.decimal {
			return n.whole[0], n.fraction, true
		}
		if n.decimal == sameSpace(usage.group) && len(n.fraction) == 3 && len(n.whole[0]) <= 3 {
			return n.whole[0] + n.fraction, "", true
		}
		return "", "", false
	case n.decimal == "" && len(n.whole) == 2 && n.groupSign == usage.decimal: // 10.000 where the full stop is the decimal
		return n.whole[0], n.whole[1], true
	case n.decimal != "" && n.decimal != usage.decimal:
		return "", "", false
	}
	if n.groupSign != sameSpace(usage.group) && n.groupSign != " " && n.groupSign != "’" && n.groupSign != "'" {
		return "", "", false
	}
	return strings.Join(n.whole, ""), n.fraction, true
}

// written is a number in the usage.
func (u numbers) written(whole, fraction string) string {
	if len(whole) >= u.least {
		var groups []string
		for len(whole) > 3 {
			groups = append(groups, whole[len(whole)-3:])
			whole = whole[:len(whole)-3]
		}
		groups = append(groups, whole)
		slices.Reverse(groups)
		whole = strings.Join(groups, u.group)
	}
	if fraction == "" {
		return whole
	}
	return whole + u.decimal + fraction
}

// raw is a number as it stands, whatever its spaces are.
func raw(s string, n numeral) string {
	return strings.NewReplacer(nbsp, " ", narrow, " ", "\u2009", " ").Replace(s[n.start:n.end])
}

// numbers sets the signs in numbers. One that stands in the source in the same way was carried over as it was, and is read by the usage
// of the source; of the others only those are touched that can be read in one way: groups parted by spaces, or several of them.
func (p *page) numbers() {
	inSource := make(map[string]bool)
	var usage numbers
	if p.source.Text != "" && p.source.Lang != "" {
		usage = localeOf(p.source.Lang).number
		for _, n := range numerals(p.source.Text) {
			if !hourAfter.MatchString(p.source.Text[n.end:]) {
				inSource[raw(p.source.Text, n)] = true
			}
		}
	}
	own := p.loc.number
	for _, n := range numerals(p.s) {
		if p.names(n.start) || p.hour(n.end) {
			continue
		}
		var read numbers
		switch {
		case usage.decimal != "" && inSource[raw(p.s, n)]:
			read = usage
		case n.groupSign == " " && sameSpace(own.group) == " ":
			p.edit(n.start, n.end, regroup(p.s[n.start:n.end], own.group))
			continue
		case len(n.whole) > 2 && n.decimal == "" && n.groupSign != own.group && !(len(n.whole) == 4 && n.groupSign == "."): // four with stops: an address of a machine
			read = numbers{decimal: "", group: n.groupSign}
		default:
			continue
		}
		if whole, fraction, ok := n.value(read); ok && !strings.HasPrefix(whole, "0") || ok && len(whole) == 1 {
			p.edit(n.start, n.end, own.written(whole, fraction))
		}
	}
	p.commit()
	p.mixed(usage)
}

var mixedNumber = regexp.MustCompile(`\d+(?:[.,]\d+){2,}`)

// mixed sets a number whose signs are of two usages, as 1.250.75 is, if the source has one number of the same figures.
func (p *page) mixed(usage numbers) {
	if usage.decimal == "" {
		return
	}
	type number struct{ whole, fraction string }
	source := map[string][]number{} // by figures
	for _, n := range numerals(p.source.Text) {
		if whole, fraction, ok := n.value(usage); ok && len(whole) > 3 {
			source[whole+fraction] = append(source[whole+fraction], number{whole, fraction})
		}
	}
	if len(source) == 0 {
		return
	}
	known := numerals(p.s)
	p.each(mixedNumber, func(m []int) {
		list := source[strings.NewReplacer(".", "", ",", "").Replace(p.s[m[0]:m[1]])]
		two := slices.ContainsFunc(list, func(n number) bool { return n != list[0] }) // 12,345 and 1,234.5
		if len(list) == 0 || two || !alone(p.s, m[0], m[1]) {
			return
		}
		for _, n := range known {
			if n.start == m[0] && n.end == m[1] {
				if _, _, ok := n.value(p.loc.number); ok {
					return // a number of this usage
				}
			}
		}
		p.edit(m[0], m[1], p.loc.number.written(list[0].whole, list[0].fraction))
	})
}

// regroup changes the spaces between groups, and nothing else.
func regroup(s, group string) string {
	return strings.NewReplacer(" ", group, nbsp, group, narrow, group, "\u2009", group).Replace(s)
}

var namesBefore = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:v|versions?|versão|versões|versi[oó]n(?:es|e|i)?|wersj\p{L}*|верси\p{L}*|версі\p{L}*|versió|release|windows|android|ios|macos|linux|ubuntu|python|java|php|html|css|http|usb|bluetooth|web|ipv|tls|gpt|chapitre|chapter|capítulo|kapitel|article|artigo|artículo|artikel|section|seção|sección|figure|figura|abbildung|table|tableau|§|n°|nº|no\.?|№)[ \x{00A0}\x{202F}]?[-]?$`)

// names reports whether what ends at byte i makes the number that follows a name: version 3.5.
func (p *page) names(i int) bool {
	return namesBefore.MatchString(tail(p.s[:i], 24))
}

// tail is the end of s, at most about n bytes of it.
func tail(s string, n int) string {
	return strings.ToValidUTF8(s[max(0, len(s)-n):], "")
}

var hourAfter = regexp.MustCompile(`(?i)^[ \x{00A0}\x{202F}]?(?:uhr|pm|am|p\.m|a\.m|h)(?:[^\p{L}]|$)`)

// hour reports whether what starts at byte i makes the number before it a time of day: 17.30 Uhr.
func (p *page) hour(i int) bool {
	return hourAfter.MatchString(p.s[i:])
}

const (
	amount = `\d(?:[\d.,’ \x{00A0}\x{202F}]*\d)?`
	money  = `(?:€|\$|£|¥|₽|₴)`
)

var (
	moneyAfter  = regexp.MustCompile(`\d([ \x{00A0}\x{202F}]?)(` + money + `)`)
	moneyBefore = regexp.MustCompile(`((?:\bR|\bUS|\bA|\bC|\bCA|\bAU|\bHK|\bNZ)?` + money + `)([ \x{00A0}\x{202F}]?)(` + amount + `)`)
	magnitude   = regexp.MustCompile(`(?i)^[ \x{00A0}\x{202F}]?(?:mil|mill?i|mili|billi|bili|trilli|trili|mio|mrd|mld|bn|m\b|tsd|млн|млрд|тыс|тис|мил|міл)`)
)

// money sets the sign of a currency on its side of the amount. A sign before the amount, where it belongs behind, is moved only if the
// source has the amount in the same way, and no word such as "million" follows it: that wants words.
func (p *page) money() {
	unless := func(m []int) bool { return unicode.IsDigit(p.before(p.skipBack(m[0]))) } // 25 $ 30
	if p.loc.money == "after" || p.loc.money == "before" {
		p.each(moneyAfter, func(m []int) {
			if !unicode.IsDigit(p.after(p.skip(m[1]))) || m[2] < m[3] {
				p.put(m, 1, nbsp)
			}
		})
		p.commit()
	}
	p.each(moneyBefore, func(m []int) {
		switch {
		case unless(m):
		case p.loc.money == "before":
			p.put(m, 2, nbsp)
		case p.loc.money == "tight":
			p.put(m, 2, "")
		case p.copied(m) && !magnitude.MatchString(p.s[m[1]:]):
			p.edit(m[0], m[1], p.s[m[6]:m[7]]+nbsp+p.s[m[2]:m[3]])
		}
	})
}

// copied reports whether the source has the sign and the amount of match m side by side in the same order.
func (p *page) copied(m []int) bool {
	plain := strings.NewReplacer(nbsp, " ", narrow, " ")
	source := plain.Replace(p.source.Text)
	sign, n := p.s[m[2]:m[3]], plain.Replace(p.s[m[6]:m[7]])
	return p.source.Lang != "" && (strings.Contains(source, sign+n) || strings.Contains(source, sign+" "+n))
}
