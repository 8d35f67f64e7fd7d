package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends reports whether the marks s[i:end], closed at closed, end a sentence before the word at next.
func (t *splitter) ends(i, end, closed, next int, kind markKind) bool {
	if kind == wide {
		return closed == end || closed < next || strings.HasPrefix(t.s[closed:], "「")
	}
	word, class := t.after(next)
	if class == nothing {
		return false
	}
	before := t.wordBefore(i)
	switch kind {
	case strong:
		if exclaimed[before] && !t.starts(word) {
			return false
		}
		return closed == end || !t.attributed(next)
	case ellipsis:
		elided := i > 0 && (t.s[i-1] == '[' || t.s[i-1] == '(') && end < len(t.s) && (t.s[end] == ']' || t.s[end] == ')')
		return class == capital && !elided
	}
	if closed > end && strings.ContainsAny(t.s[end:closed], `"”»“`) {
		return true // what a closing quotation mark follows is no abbreviation of the sentence outside
	}
	return t.fullStopEnds(i, before, word, class, next)
}

// fullStopEnds reports whether the full stop at i, after the word before, ends a sentence when word follows.
func (t *splitter) fullStopEnds(i int, before, word string, class class, next int) bool {
	if t.isLabel(i, before) {
		return false
	}
	kinds := t.kinds(i, before)
	number := before != "" && isDigits(before)
	starts := t.starts(word) && !t.isInitial(next, word)
	if class == digit {
		switch {
		case kinds&mayEnd != 0:
			return kinds&(beforeNumber|month) == 0 && startsLower(before)
		case kinds != 0, isInitials(before):
			return false
		case number:
			return !t.ordinal || len(before) > 2
		}
		return true
	}
	switch {
	case kinds&title != 0:
		return before == "St" && starts
	case kinds&mayEnd != 0 && kinds&place != 0:
		return starts || t.numberBefore(i-len(before))
	case kinds&mayEnd != 0 && kinds&other != 0:
		return starts
	case kinds&mayEnd != 0:
		return starts || (startsLower(before) || before == "A.M" || before == "P.M") && !t.opensWithTime(i)
	case kinds&other != 0:
		return false
	case kinds&(place|month) != 0:
		return starts
	case isInitials(before):
		return starts
	case t.ordinal && (number && len(before) <= 2 || isRoman(before)):
		return starts
	}
	return true
}

// A class says what stands at the start of what follows an end mark.
type class int

const (
	nothing class = iota // nothing that starts a sentence: a small letter, a sign
	capital              // a capital letter, or one of a script without them
	digit                // a digit, or a sign that goes before a number or a name
)

// after returns the word that starts at next, quotation marks and dashes aside, and its class.
func (t *splitter) after(next int) (string, class) {
	i := next
	for i < len(t.s) {
		r, w := utf8.DecodeRuneInString(t.s[i:])
		switch {
		case strings.ContainsRune(`"'“”„«»‹›‘’‚([{¿¡*_`, r):
			i += w
		case (r == '—' || r == '–' || r == '-' || r == '―') && i+w < len(t.s) && isSpace(firstRune(t.s[i+w:])):
			i = skipSpace(t.s, i+w)
		case i > next && isSpace(r):
			i = skipSpace(t.s, i) // the space inside « »
		case unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.Is(unicode.Lo, r):
			return wordAt(t.s[i:]), capital
		case unicode.IsDigit(r) || strings.ContainsRune("$€£¥₽₴@#•⁃▪●‣", r):
			return "", digit
		case r >= 0x1F000 && r <= 0x1FAFF: // pictures
			return "", digit
		default:
			return "", nothing
		}
	}
	return "", nothing
}

// wordAt returns the letters at the start of s.
func wordAt(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return s[:i]
		}
	}
	return s
}

// longWord is more than an abbreviation has, in bytes.
const longWord = 48

// wordBefore returns what stands between the last space, opening mark or apostrophe and i.
func (t *splitter) wordBefore(i int) string {
	j := i
	for j > t.start && i-j < longWord {
		r, w := utf8.DecodeLastRuneInString(t.s[:j])
		if isSpace(r) || strings.ContainsRune(`"'“”„«»‹›‘’‚([{¿¡—–/,;:•⁃▪●‣`, r) {
			break
		}
		j -= w
	}
	return t.s[j:i]
}

// kinds returns what the lists say of the word before the full stop at i, and of the words that it ends.
func (t *splitter) kinds(i int, before string) kinds {
	k := t.abbreviations[before]
	if k == 0 {
		if h := strings.LastIndexByte(before, '-'); h >= 0 {
			k = t.abbreviations[before[h+1:]]
			if k&beforeNumber != 0 || startsLower(before[h+1:]) {
				k = 0 // "week-end." is no abbreviation, "D-Ore." is
			}
		}
	}
	for _, a := range t.spaced {
		text := t.s[t.start:i]
		if strings.HasSuffix(text, a.text) && !unicode.IsLetter(lastRune(text[:len(text)-len(a.text)])) {
			return a.kinds
		}
		if before == a.first && strings.HasPrefix(strings.ReplaceAll(t.s[i-len(before):min(len(t.s), i-len(before)+2*len(a.text))], "\u00a0", " "), a.text) {
			return other // its first part
		}
	}
	return k
}

// isLabel reports whether the word before i is the number or the letter that the sentence is called by: "1. The first".
func (t *splitter) isLabel(i int, before string) bool {
	lead := strings.TrimLeft(t.s[t.start:i-len(before)], " \t\n\u00a0•⁃▪●‣-(“\"«")
	return lead == "" && (isDigits(before) && len(before) <= 3 || utf8.RuneCountInString(before) == 1 && unicode.IsLetter(firstRune(before)))
}

// isInitial reports whether word, at next, is itself an initial.
func (t *splitter) isInitial(next int, word string) bool {
	if utf8.RuneCountInString(word) != 1 {
		return false
	}
	at := strings.Index(t.s[next:], word)
	return at >= 0 && strings.HasPrefix(t.s[next+at+len(word):], ".")
}

// numberBefore reports whether the word that ends before i is a number: "2024 г."
func (t *splitter) numberBefore(i int) bool {
	text := strings.TrimRight(t.s[t.start:i], " \u00a0")
	return text != "" && unicode.IsDigit(lastRune(text))
}

// opensWithTime reports whether the sentence up to i is no more than a time: "At 5 a.m." goes on, "He left at 5 p.m." may not.
func (t *splitter) opensWithTime(i int) bool {
	if t.base != "en" || i-t.start > 60 {
		return false
	}
	words := strings.Fields(t.s[t.start:i])
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	switch words[0] {
	case "At", "By", "In", "On", "Around", "About", "Since", "Until", "Before", "After", "From":
		return true
	}
	return false
}

// attributed reports whether at most three names and an English verb of saying stand at next: `"Is it over?" Smith asked.`
func (t *splitter) attributed(next int) bool {
	if t.base != "en" || t.starts(wordAt(t.s[next:])) {
		return false
	}
	words := strings.Fields(t.s[next:min(len(t.s), next+80)])
	for i, w := range words {
		if sayings[strings.Trim(w, ",.:;")] {
			return i > 0
		}
		if i == 3 || !unicode.IsUpper(firstRune(w)) {
			return false
		}
	}
	return false
}

// sayings are the verbs that attribute a quotation to the name before them.
var sayings = set("said says asked asks wrote told added tweeted replied answered shouted wondered cried exclaimed yelled joked quipped continued")

// exclaimed are names that end in an exclamation mark.
var exclaimed = set("Yahoo Jeopardy Yum Oklahoma ¡Hola")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// starts reports whether a sentence starts with word and a name does not.
func (t *splitter) starts(word string) bool { return t.starters[word] }

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }

func startsLower(s string) bool { return unicode.IsLower(firstRune(s)) }

// isInitials reports whether s is one capital letter, or capitals parted by full stops or hyphens: J, J.-L, U.S.A.
func isInitials(s string) bool {
	letter := false // whether the last was one
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			if letter {
				return false
			}
			letter = true
		case r == '.' || r == '-':
			letter = false
		default:
			return false
		}
	}
	return letter
}
