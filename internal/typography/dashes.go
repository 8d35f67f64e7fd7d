package typography

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dialogue sets the dash that starts a line of dialogue.
func (p *page) dialogue() {
	if p.loc.dash.dialogue == "" {
		return
	}
	for start := 0; start < len(p.s); {
		line := p.s[start:]
		next := strings.IndexByte(line, '\n')
		if next < 0 {
			next = len(line)
		}
		r, n := utf8.DecodeRuneInString(line)
		end := p.skip(start + n)
		speaks := isWord(p.after(end)) || strings.ContainsRune("¿¡«“„\"", p.after(end)) && p.after(end) != 0
		if speaks && !unicode.IsDigit(p.after(end)) && (r == '—' || r == '–' || (r == '-' && end > start+n)) {
			p.edit(start, end, p.loc.dash.dialogue+p.loc.dash.said)
		}
		start += next + 1
	}
}

// A dash is one that parts, with the spaces round it.
type dash struct {
	start, end int // of the spaces before to the spaces after
	char       string
	sentence   int
}

// dashes sets the dashes that part, by pairs within a sentence. A hyphen is such a dash if spaces stand on both its sides.
func (p *page) dashes() {
	found := p.findDashes()
	for i := 0; i < len(found); i++ {
		d := found[i]
		if p.speech(d) && (i+1 == len(found) || found[i+1].sentence != d.sentence) {
			p.setDash(d, p.loc.dash.open)
		} else if p.dateline(found[i:]) {
			p.setDash(d, p.loc.dash.single)
		} else if i+1 < len(found) && found[i+1].sentence == d.sentence {
			p.setDash(d, p.loc.dash.open)
			i++
			p.setDash(found[i], p.loc.dash.close)
		} else {
			p.setDash(d, p.loc.dash.single)
		}
	}
}

// speech reports whether d stands in a line of dialogue of a language that parts the words from who says them by a dash too.
func (p *page) speech(d dash) bool {
	if !p.loc.dash.speech {
		return false
	}
	line := p.s[strings.LastIndexByte(p.s[:d.start], '\n')+1:]
	return strings.HasPrefix(line, p.loc.dash.dialogue)
}

// dateline reports whether the first of found parts a dateline from what follows, and no pair: Paris (AFP) – Le président…
func (p *page) dateline(found []dash) bool {
	n := 1
	for n < len(found) && found[n].sentence == found[0].sentence {
		n++
	}
	return n%2 == 1 && n > 1 && p.before(found[0].start) == ')' && !strings.ContainsAny(p.s[:found[0].start], ".!?…—–")
}

func (p *page) findDashes() []dash {
	var found []dash
	sentence := 0
	for i := 0; i < len(p.s); {
		r, n := utf8.DecodeRuneInString(p.s[i:])
		switch r {
		case '.', '!', '?', '…', '\n':
			if spaceOrEnd(p.after(i + n)) {
				sentence++
			}
		case '-', '–', '—':
			for i+n < len(p.s) && p.s[i+n] == '-' && r == '-' {
				n++
			}
			if d := (dash{p.skipBack(i), p.skip(i + n), p.s[i : i+n], sentence}); n <= 3 && p.free(i, i+n) && p.parts(d, i, i+n) {
				found = append(found, d)
			}
		}
		i += n
	}
	return found
}

// parts reports whether the dash at [i, end) parts clauses: not a hyphen, a range, a sign before a number, the start of a dialogue.
func (p *page) parts(d dash, i, end int) bool {
	before, after := p.before(d.start), p.after(d.end)
	if before == 0 || before == '\n' || after == 0 || after == '\n' || strings.ContainsRune("-–—", before) || strings.ContainsRune("-–—", after) {
		return false
	}
	if unicode.IsDigit(before) && (unicode.IsDigit(after) || d.char == "-" && unicode.IsUpper(after)) {
		return false // 3 - 2; Ayr 38 - Melrose 17
	}
	spaceBefore, spaceAfter := d.start < i, d.end > end
	if spaceBefore && strings.ContainsRune(".!?…", before) && p.loc.dash.open == [2]string{} {
		return false // the next speaker, in a language that has no dashes for that
	}
	switch {
	case spaceBefore && spaceAfter:
		return true
	case d.char == "—" && !spaceBefore && !spaceAfter:
		return true
	case d.char == "--":
		return isWord(before) && isWord(after)
	case strings.ContainsRune(",.;:!?)»”", after): // the second of a pair
		return spaceBefore || d.char != "-" && unicode.IsLetter(before) && p.loc.dash.open == leaning
	case d.char == "—" || d.char == "–": // one space: as Spanish sets it
		return spaceBefore && (isWord(after) || strings.ContainsRune("«“¿¡(", after)) || spaceAfter
	}
	return false
}

func (p *page) setDash(d dash, spaces [2]string) {
	char := p.loc.dash.char
	switch {
	case d.char == "—" && p.loc.dash.keeps:
		char = "—"
	case p.speech(d):
		char = p.loc.dash.dialogue
	}
	before, after := spaces[0], spaces[1]
	if strings.ContainsRune(",.;:!?)»”", p.after(d.end)) {
		if after = ""; p.loc.dash.open == leaning {
			before = "" // —ausente—, respondió
		}
	}
	p.edit(d.start, d.end, before+char+after)
}

var yearRange = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.,/–—-])(?:1[0-9]|20)\d\d(-)(?:(?:1[0-9]|20)\d\d|\d\d)(?:$|[^\p{L}\p{N}/-])`)

// yearRanges sets the dash between two years, in the languages that part them by more than a hyphen.
func (p *page) yearRanges() {
	if p.loc.rangeDash != "" {
		p.each(yearRange, func(m []int) { p.put(m, 1, p.loc.rangeDash) })
	}
}
