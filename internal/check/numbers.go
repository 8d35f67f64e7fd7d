package check

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// numbers compares the numbers of a sentence by value: separators by usage, 12 and 24 hours, decades, Roman centuries, million and
// milliard, number words. A number in figures must have its like on the other side, in figures or in words.
func numbers(u unit) []doc.Flag {
	source, target := numbersOf(u.from, u.source), numbersOf(u.to, u.target)
	pairUp(source, target)
	lost, added := unanswered(source), unanswered(target)
	var flags []doc.Flag
	for i, n := range lost {
		if i < len(added) {
			a := added[i]
			flags = append(flags, u.flag("numbers", doc.Stop, n.span, a.span, fmt.Sprintf("%s became %s", u.source[n.start:n.end], u.target[a.start:a.end])))
			continue
		}
		flags = append(flags, u.flag("numbers", doc.Stop, n.span, span{}, fmt.Sprintf("%s is missing", u.source[n.start:n.end])))
	}
	for _, a := range added[min(len(lost), len(added)):] {
		flags = append(flags, u.flag("numbers", doc.Stop, span{}, a.span, fmt.Sprintf("%s is not in the original", u.target[a.start:a.end])))
	}
	return flags
}

// A number is a number in a text and what it may stand for.
type number struct {
	span
	values  []float64
	loose   []float64 // what it may stand for where the other side is shorter or longer: 60 for 1960s, 2019 for 2018-19
	figures bool      // written in figures; else in words or Roman
	spare   bool      // may be left out: the minutes of 17:00
	matched bool
}

// pairUp matches numbers of equal value, figures with figures first.
func pairUp(source, target []number) {
	for _, words := range []bool{false, true} {
		for i := range source {
			s := &source[i]
			for j := range target {
				t := &target[j]
				if s.matched || t.matched || !words && (!s.figures || !t.figures) || !s.equals(*t) {
					continue
				}
				s.matched, t.matched = true, true
			}
		}
	}
}

// unanswered returns the figures of list without a partner.
func unanswered(list []number) []number {
	var out []number
	for _, n := range list {
		if n.figures && !n.matched && !n.spare {
			out = append(out, n)
		}
	}
	return out
}

func (n number) equals(m number) bool {
	return common(n.values, m.values) || common(n.values, m.loose) || common(n.loose, m.values)
}

// common reports whether a and b have a value in common.
func common(a, b []float64) bool {
	for _, x := range a {
		for _, y := range b {
			if math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y)) {
				return true
			}
		}
	}
	return false
}

// numbersOf returns the numbers of s in its order.
func numbersOf(tag, s string) []number {
	var out []number
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			list, end := figures(tag, s, i)
			out = append(out, list...)
			i = end
		case unicode.IsLetter(r):
			n, end, ok := words(tag, s, i)
			if ok {
				out = append(out, n)
			} else {
				end = wordEnd(s, i)
				if v := roman(strings.TrimRight(s[i:end], "aeèmnorst")); v > 0 { // XIXe, XXème
					out = append(out, number{span: span{i, end}, values: []float64{v}})
				}
				if unitWords[s[i:end]] && end < len(s) && (s[end] == '2' || s[end] == '3') {
					end++ // km2
				}
			}
			i = end
		default:
			if v, ok := vulgar[r]; ok {
				out = append(out, number{span: span{i, i + w}, values: []float64{v}})
			}
			i += w
		}
	}
	return out
}

// unitWords are units that a small figure squares or cubes, written as a plain one.
var unitWords = map[string]bool{"m": true, "km": true, "cm": true, "mm": true, "mi": true, "ft": true, "CO": true, "H": true, "in": true, "dm": true}

var vulgar = map[rune]float64{'½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 1. / 3, '⅔': 2. / 3, '⅛': 0.125}

// wordEnd returns where the letters at i end.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			break
		}
		i += w
	}
	return i
}

// figures reads the number that starts with the digit at i.
func figures(tag, s string, i int) ([]number, int) {
	end, groups := digitGroups(tag, s, i)
	raw := s[i:end]
	n := number{span: span{i, end}, figures: true}
	n.values = readings(tag, groups)
	if len(groups) == 3 && groups[1] == "." && len(groups[2]) == 2 && hours(s, end) != "" {
		groups[1], n.values = ":", nil // 6.30 a.m.
	}
	if n.values == nil { // a date, a version, a clock: the parts count
		return parts(tag, s, i, end, groups), max(end, i+1)
	}
	before := s[:i]
	year := len(before) > 3 && strings.ContainsRune("-–/", lastRune(before)) && isYear(strings.TrimRight(before, "-–/"))
	switch {
	case len(raw) == 2 && (strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’") || year):
		n.loose = append(n.loose, 1900+n.values[0], 2000+n.values[0]) // '08, 2018-19
	case len(raw) == 4 && isDigits(raw) && year:
		n.loose = append(n.loose, math.Mod(n.values[0], 100))
	}
	if h := hours(s, end); h != "" && n.values[0] <= 12 {
		n.values = []float64{n.values[0], math.Mod(n.values[0], 12)}
		if h == "p" {
			n.values = append(n.values, math.Mod(n.values[0], 12)+12)
		}
	}
	if decade(tag, s, i, end) {
		if n.values[0] < 100 {
			n.loose = append(n.loose, 1900+n.values[0])
		} else {
			n.loose = append(n.loose, math.Mod(n.values[0], 100))
		}
	}
	if m, after := multiplier(tag, s, end); m > 1 {
		for k := range n.values {
			n.values[k] *= m
		}
		if after-end <= 1 { // 45m may be metres
			n.values = append(n.values, n.values[0]/m)
		}
		n.end, end = after, after
	}
	return []number{n}, end
}

// digitGroups returns where the number at i ends and its digits as separators part them: "1", ",", "200".
func digitGroups(tag, s string, i int) (int, []string) {
	var groups []string
	for {
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		groups = append(groups, s[i:j])
		r, w := utf8.DecodeRuneInString(s[j:])
		k := j + w
		if k >= len(s) || s[k] < '0' || s[k] > '9' {
			return j, groups
		}
		three := k+3 <= len(s) && isDigits(s[k:k+3]) && (k+3 == len(s) || s[k+3] < '0' || s[k+3] > '9')
		switch {
		case strings.ContainsRune(".,:", r):
		case (r == '\u00A0' || r == '\u202F' || r == '\'' || r == '’' || r == ' ' && spaced(tag)) && three && len(groups[0]) <= 3:
			r = ' '
		default:
			return j, groups
		}
		groups = append(groups, string(r))
		i = k
	}
}

// spaced reports whether thousands are parted by plain spaces in texts of tag.
func spaced(tag string) bool {
	switch tag {
	case "fr", "pt", "es", "ru", "uk", "pl", "de":
		return true
	}
	return false
}

// readings returns the values that grouped digits may have, the likeliest first; nil if they are no one number.
func readings(tag string, g []string) []float64 {
	value := func(whole, fraction string) float64 {
		v, _ := strconv.ParseFloat(whole+"."+fraction+"0", 64)
		return v
	}
	switch {
	case len(g) == 1:
		return []float64{value(g[0], "")}
	case len(g) == 3 && g[1] == ":":
		return nil
	case len(g) == 3 && g[1] == " ":
		return []float64{value(g[0]+g[2], "")}
	case len(g) == 3 && len(g[2]) == 3 && len(g[0]) <= 3 && g[0] != "0":
		whole, decimal := value(g[0]+g[2], ""), value(g[0], g[2])
		if (g[1] == ".") == pointIsDecimal(tag) {
			return []float64{decimal, whole}
		}
		return []float64{whole, decimal}
	case len(g) == 3:
		return []float64{value(g[0], g[2])}
	}
	last := g[len(g)-2]
	for k := 1; k < len(g)-2; k += 2 {
		if g[k] == ":" || g[k] != g[1] || len(g[k+1]) != 3 {
			return nil
		}
	}
	switch {
	case last == ":":
		return nil
	case last != g[1]: // 1.200,50
		return []float64{value(digitsOf(g[:len(g)-2]), g[len(g)-1])}
	case len(g[len(g)-1]) == 3: // 1.200.000
		return []float64{value(digitsOf(g), "")}
	}
	return nil
}

// digitsOf joins the groups of digits, leaving out what parts them.
func digitsOf(g []string) string {
	var b strings.Builder
	for k := 0; k < len(g); k += 2 {
		b.WriteString(g[k])
	}
	return b.String()
}

// pointIsDecimal reports whether a point parts the fraction in texts of tag.
func pointIsDecimal(tag string) bool { return tag == "en" || tag == "zh" || tag == "ja" || tag == "ko" }

// parts returns each group of digits as a number of its own; a clock knows its morning and evening.
func parts(tag, s string, i, end int, groups []string) []number {
	var out []number
	clock := len(groups) == 3 && groups[1] == ":"
	at := i
	for k, g := range groups {
		if k%2 == 0 {
			v, _ := strconv.ParseFloat(g, 64)
			n := number{span: span{at, at + len(g)}, values: []float64{v}, figures: true}
			if k > 0 && clock {
				n.spare = v == 0
			}
			if k == 0 && clock && v <= 12 {
				n.values = append(n.values, math.Mod(v, 12))
				if hours(s, end) == "p" {
					n.values = append(n.values, math.Mod(v, 12)+12)
				}
			}
			out = append(out, n)
		}
		at += len(g)
	}
	return out
}

// hours returns "a" or "p" where am or pm follows, else "".
func hours(s string, i int) string {
	rest := strings.ToLower(strings.TrimLeft(s[i:min(len(s), i+8)], " \u00a0"))
	for _, form := range []string{"%s.m", "%sm", "%s. m", "%s m "} {
		for _, h := range []string{"a", "p"} {
			f := fmt.Sprintf(form, h)
			if strings.HasPrefix(rest, f) && (len(rest) == len(f) || !unicode.IsLetter(rune(rest[len(f)]))) {
				return h
			}
		}
	}
	return ""
}

// decade reports whether s[i:end] names one: 1990s, anos 90.
func decade(tag, s string, i, end int) bool {
	if tag == "en" && strings.HasPrefix(s[end:], "s") || strings.HasPrefix(s[end:], "'s") || strings.HasPrefix(s[end:], "’s") {
		return true
	}
	before := strings.ToLower(s[max(0, i-30):i])
	for _, w := range []string{"anos ", "années ", "años ", "anni ", "década de ", "décadas de ", "anys ", "dècada de ", "décennie "} {
		if strings.HasSuffix(before, w) || strings.Contains(before, w) && len(before) <= 30 {
			return true
		}
	}
	return false
}

// shortScales are abbreviations of large numbers that stand with figures.
var shortScales = map[string]float64{
	"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "mm": 1, "bn": 1e9, "b": 1e9, "B": 1e9, "tn": 1e12, "T": 1e12, "mi": 1e6, "bi": 1e9,
	"tri": 1e12, "Mio": 1e6, "Mrd": 1e9, "Md": 1e9, "mld": 1e9, "mln": 1e6, "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "трлн": 1e12, "тис": 1e3,
}

// multiplier returns what follows a number and multiplies it, and where that ends: "million", "mil milhões", "bn".
func multiplier(tag, s string, i int) (float64, int) {
	m, end := 1.0, i
	for range 3 {
		j := end
		for j < len(s) && (s[j] == ' ' || s[j] == '-') || strings.HasPrefix(s[j:], "\u00a0") || strings.HasPrefix(s[j:], "\u202f") {
			_, w := utf8.DecodeRuneInString(s[j:])
			j += w
		}
		k := wordEnd(s, j)
		word := s[j:k]
		v := numberWords[tag][strings.ToLower(word)]
		if century[strings.ToLower(word)] || v == 100 && tag != "en" {
			v = 0
		}
		if v < 100 && j-i <= 1 {
			if short, ok := shortScales[word]; ok && m == 1 && !strings.HasPrefix(s[k:], ".") && !strings.ContainsRune("²³23", firstRune(s[k:])) && (len(word) > 2 || word[len(word)-1] != 'i' || tag == "pt") {
				v = short // "mi" is a million in Portuguese and a mile in English
			}
		}
		if v < 100 {
			break
		}
		m, end = m*v, k
	}
	return m, end
}

// century holds the words of a hundred years, which multiply nothing.
var century = map[string]bool{
	"century": true, "siècle": true, "siglo": true, "século": true, "secolo": true, "jahrhundert": true, "век": true, "века": true,
	"століття": true, "segle": true, "eeuw": true, "decade": true, "decades": true, "décennie": true, "década": true, "décadas": true,
}

// words reads the number in words at i.
func words(tag, s string, i int) (number, int, bool) {
	table := numberWords[tag]
	if table == nil {
		return number{}, 0, false
	}
	total, current := 0.0, 0.0
	end, at, any := i, i, false
	var single []float64
	for {
		j := wordEnd(s, at)
		if tag == "fr" || tag == "en" || tag == "uk" { // hyphens and apostrophes within words are met below
			if tag == "uk" && j < len(s) && strings.ContainsRune("'’ʼ", firstRune(s[j:])) {
				j = wordEnd(s, j+utf8.RuneLen(firstRune(s[j:])))
			}
		}
		word := strings.ToLower(s[at:j])
		v, ok := table[word]
		if !ok && any && joiners[word] && j < len(s) {
			next := skipGap(s, j)
			if w := strings.ToLower(s[next:wordEnd(s, next)]); w != "" && table[w] != 0 && next > j && table[w] < 1e6 && table[w] > 1 {
				at = next
				continue
			}
		}
		if !ok {
			break
		}
		if any {
			joined := false
			total, current, joined = compose(total, current, v)
			if !joined {
				break
			}
		} else if v >= 1000 {
			total = v
		} else {
			current = v
		}
		any, end = true, j
		single = append(single, v)
		next := skipGap(s, j)
		if next == j || next >= len(s) {
			break
		}
		at = next
	}
	if !any {
		return number{}, 0, false
	}
	values := []float64{total + current}
	switch {
	case len(single) == 1 && single[0] == 0.5:
		values = append(values, 2, 50, 30)
	case len(single) == 1 && single[0] == 0.25:
		values = append(values, 4, 15, 25)
	case len(single) == 2 && single[1] == 3 || len(single) == 2 && single[1] == 4: // two thirds
		values = append(values, single...)
	}
	if len(single) == 1 && values[0] >= 20 && values[0] <= 90 {
		values = append(values, 1900+values[0]) // the sixties
	}
	return number{span: span{i, end}, values: values}, end, true
}

// compose adds the word of value v to a number in the making; false where it begins another.
func compose(total, current, v float64) (float64, float64, bool) {
	switch {
	case v == 0 || v == 0.5 || v == 0.25:
		return total, current, false
	case v >= 1000:
		if current == 0 && total > 0 && v > total {
			return total * v, 0, true
		}
		return total + max(current, 1)*v, 0, true
	case v == 12 && current >= 2 && current < 10: // four dozen
		return total, current * 12, true
	case v == 100 && current >= 1 && current < 20:
		return total, current * 100, true
	case current == 4 && v == 20: // quatre-vingts
		return total, 80, true
	case (math.Mod(current, 100) == 60 || math.Mod(current, 100) == 80) && v >= 10 && v < 20: // soixante-dix
		return total, current + v, true
	case current >= 100 && math.Mod(current, 100) == 0 && v < 100, math.Mod(current, 100) >= 20 && math.Mod(current, 10) == 0 && v < 10, current == 0 && total > 0:
		return total, current + v, true
	}
	return total, current, false
}

// skipGap returns the place after one space or hyphen at i, or i.
func skipGap(s string, i int) int {
	if i < len(s) && (s[i] == ' ' || s[i] == '-') {
		return i + 1
	}
	if strings.HasPrefix(s[i:], "\u00a0") {
		return i + 2
	}
	return i
}

// roman returns the value of s as a Roman numeral in capitals, or 0.
func roman(s string) float64 {
	values := map[byte]float64{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
	total := 0.0
	for i := 0; i < len(s); i++ {
		v := values[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			total -= v
		} else {
			total += v
		}
	}
	return total
}

func isYear(s string) bool {
	if len(s) < 4 {
		return false
	}
	y := s[len(s)-4:]
	return isDigits(y) && (y[0] == '1' || y[0] == '2') && (len(s) == 4 || s[len(s)-5] < '0' || s[len(s)-5] > '9')
}

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
