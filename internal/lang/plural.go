package lang

import (
	"strconv"
	"strings"
)

// A pluralRule is one category of a language and when it is used: any of several alternatives, each a list of conditions that all hold.
type pluralRule struct {
	category     string
	alternatives [][]condition
}

// A condition is "operand % mod = ranges", as UTS 35 (part 3, language plural rules) writes it.
type condition struct {
	operand byte // n, i, v, f, t, w; e is always 0 here
	mod     int64
	not     bool
	ranges  [][2]int64
}

// parsePlural reads "one: i = 1 and v = 0; few: …". What it cannot read never holds.
func parsePlural(s string) []pluralRule {
	var rules []pluralRule
	for part := range strings.SplitSeq(s, ";") {
		category, text, ok := strings.Cut(strings.TrimSpace(part), ": ")
		if !ok {
			continue
		}
		rule := pluralRule{category: category}
		for alternative := range strings.SplitSeq(text, " or ") {
			var all []condition
			for c := range strings.SplitSeq(alternative, " and ") {
				all = append(all, parseCondition(c))
			}
			rule.alternatives = append(rule.alternatives, all)
		}
		rules = append(rules, rule)
	}
	return rules
}

func parseCondition(s string) condition {
	left, right, _ := strings.Cut(s, "=")
	c := condition{not: strings.HasSuffix(left, "!")}
	left = strings.TrimSpace(strings.TrimSuffix(left, "!"))
	operand, mod, _ := strings.Cut(left, "%")
	if operand = strings.TrimSpace(operand); operand != "" {
		c.operand = operand[0]
	}
	c.mod = digits(strings.TrimSpace(mod)) // 0 where there is no modulus
	for r := range strings.SplitSeq(strings.TrimSpace(right), ",") {
		from, to, isRange := strings.Cut(r, "..")
		if !isRange {
			to = from
		}
		a, err1 := strconv.ParseInt(from, 10, 64)
		b, err2 := strconv.ParseInt(to, 10, 64)
		if err1 == nil && err2 == nil {
			c.ranges = append(c.ranges, [2]int64{a, b})
		}
	}
	return c
}

// Plural is the CLDR category of a number as it is written: "0", "1", "1.5", "2.0"; a sign does not count.
// It is "zero", "one", "two", "few", "many" or "other".
func (l Language) Plural(number string) string {
	whole, fraction, _ := strings.Cut(strings.TrimLeft(number, "+-"), ".")
	i, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return "other"
	}
	trimmed := strings.TrimRight(fraction, "0")
	value := func(operand byte) (int64, bool) {
		switch operand {
		case 'n':
			return i, trimmed == "" // a broken number is in no range of whole ones
		case 'i':
			return i, true
		case 'v':
			return int64(len(fraction)), true
		case 'w':
			return int64(len(trimmed)), true
		case 'f':
			return digits(fraction), true
		case 't':
			return digits(trimmed), true
		}
		return 0, true
	}
	for _, rule := range l.plural {
		if rule.holds(value) {
			return rule.category
		}
	}
	return "other"
}

func digits(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (r pluralRule) holds(value func(byte) (int64, bool)) bool {
	for _, all := range r.alternatives {
		ok := true
		for _, c := range all {
			ok = ok && c.holds(value)
		}
		if ok {
			return true
		}
	}
	return false
}

func (c condition) holds(value func(byte) (int64, bool)) bool {
	v, whole := value(c.operand)
	if c.mod > 0 {
		v %= c.mod
	}
	in := false
	for _, r := range c.ranges {
		in = in || (whole && r[0] <= v && v <= r[1])
	}
	return in != c.not
}
