package statement

import "strings"

// A cue is a word of saying in a sentence.
type cue struct {
	from, to   int // tokens, with the auxiliary
	verb       *verb
	prep       bool // "according to", not a verb
	participle bool // "adding": its subject stands before another verb
	infinitive bool
	passive    bool
	hearsay    bool
	subject    [2]int // tokens of the speaker; equal if there is none
	inverted   bool   // the subject stands after the verb
	addressee  [2]int
	shared     int    // the cue of this sentence whose subject it has; -1 if its own
	giver      [2]int // whose words it gives: its subject, or that of the cue it shares one with
}

func (c cue) hasSubject() bool { return c.subject[0] < c.subject[1] }

// verbAt is the word of saying that begins with token i and ends before end, and how many tokens it has; nil if there is none.
func (p *passage) verbAt(i, end int) (*verb, int) {
	list := p.lex.verbs[p.tokens[i].low]
	if p.tokens[i].kind != word || p.tokens[i].possessive {
		return nil, 0
	}
	var best *verb
	for k := range list {
		v := &list[k]
		if best != nil && len(v.words) <= len(best.words) || i+len(v.words) > end {
			continue
		}
		fits := true
		for j, w := range v.words[1:] {
			fits = fits && p.tokens[i+1+j].low == w
		}
		if fits {
			best = v
		}
	}
	if best == nil {
		return nil, 0
	}
	return best, len(best.words)
}

// phraseAt is how many tokens of the section's longest entry stand at token i.
func (p *passage) phraseAt(section string, i, end int) int {
	best := 0
	if i >= end || p.tokens[i].kind == quoted {
		return 0
	}
	if p.lex.has(section, p.tokens[i].low) {
		best = 1
	}
	for _, f := range p.lex.multi[section] {
		if len(f) <= best || i+len(f) > end {
			continue
		}
		fits := true
		for j, w := range f {
			fits = fits && p.tokens[i+j].is(w)
		}
		if fits {
			best = len(f)
		}
	}
	return best
}

// low is token i in lower case if it is in [from, to) and no quotation; else empty.
func (p *passage) low(i, from, to int) string {
	if i < from || i >= to || p.tokens[i].kind == quoted {
		return ""
	}
	return p.tokens[i].low
}

// findCues finds the words of saying of a sentence, and who each of them gives the words to.
func (p *passage) findCues(s *sentence) {
	for i := s.from; i < s.to; {
		if p.tokens[i].kind != word {
			i++
			continue
		}
		if n := p.phraseAt("according", i, s.to); n > 0 {
			c := cue{from: i, to: i + n, prep: true, shared: -1}
			c.subject = p.nounAfter(i+n, s.to)
			if c.hasSubject() && p.preposes(c, *s) {
				c.giver = c.subject
				s.cues = append(s.cues, c)
			}
			i += n
			continue
		}
		v, n := p.verbAt(i, s.to)
		if v == nil || p.isNoun(i, *s, v) {
			i++
			continue
		}
		c := cue{from: i, to: i + n, verb: v, shared: -1}
		p.complete(&c, *s)
		if c.giver = c.subject; !c.hasSubject() && c.shared >= 0 {
			c.giver = s.cues[c.shared].giver
		}
		s.cues = append(s.cues, c)
		i += n
	}
}

// preposes reports whether a preposition that also has other meanings stands where it can name a speaker: at the start of the
// sentence, or behind a comma or a quotation.
func (p *passage) preposes(c cue, s sentence) bool {
	if c.to-c.from > 1 || p.lex.has("surely", p.tokens[c.from].low) {
		return true
	}
	before := c.from - 1
	if before < s.from {
		// "Pour X, « … »": the comma after the noun shows it
		return c.subject[1] < s.to && (p.tokens[c.subject[1]].is(",") || p.tokens[c.subject[1]].kind == quoted)
	}
	return p.tokens[before].kind == quoted || p.tokens[before].is(",") && before-1 >= s.from && p.tokens[before-1].kind == quoted
}

// isNoun reports whether a form that is a noun as well is one here: a determiner, an adjective or a preposition stands before it.
func (p *passage) isNoun(i int, s sentence, v *verb) bool {
	before := p.low(i-1, s.from, s.to)
	noun := v.is('~') || p.lex.has("nouns", p.tokens[i].low)
	if noun && before != "" && p.lex.has("determiners", before) && !p.lex.has("pronouns", before) {
		return true
	}
	if before != "" && (p.lex.has("determiners", before) || p.lex.has("possessives", before)) && !p.lex.has("pronouns", before) && !p.lex.has("clitics", before) {
		return true
	}
	if !noun {
		return false
	}
	if p.tokens[i].capital && i > s.from {
		return true
	}
	if i == s.from {
		return true
	}
	if i > s.from && p.tokens[i-1].possessive {
		return true
	}
	if p.lex.has("prepositions", before) && !p.lex.has("infinitive", before) {
		return true
	}
	after := p.low(i+1, s.from, s.to)
	if p.lex.has("of", after) || p.lex.has("aux", after) && !p.lex.has("determiners", after) {
		return true
	}
	prev := p.tokens[i-1]
	return p.lex.tag == "en" && prev.kind == word && !prev.capital && !p.lex.has("aux", before) && !p.lex.has("clitics", before) && !p.lex.has("pronouns", before) && !p.lex.has("adverbs", before) &&
		!p.lex.has("infinitive", before) && !p.lex.has("roles", before) && !p.lex.has("bodies", before) && !p.lex.has("who", before) && !p.lex.has("and", before) && !strings.HasSuffix(before, "s") && !v.is('s')
}

// complete adds to a verb what stands around it: auxiliaries, the speaker, who was spoken to.
func (p *passage) complete(c *cue, s sentence) {
	aux := false
	for c.from > s.from {
		t := p.tokens[c.from-1]
		isAux := t.kind == word && p.lex.has("aux", t.low)
		if t.kind != word || !isAux && !p.lex.has("clitics", t.low) && !(p.lex.has("adverbs", t.low) && c.from-2 >= s.from && p.lex.has("aux", p.tokens[c.from-2].low)) {
			break
		}
		// a pronoun that is a subject as well, "nous avons dit", is the subject if nothing else is
		if p.lex.has("pronouns", t.low) && !(c.from-2 >= s.from && p.tokens[c.from-2].kind == word && (p.lex.has("pronouns", p.tokens[c.from-2].low) || p.lex.has("aux", p.tokens[c.from-2].low))) {
			break
		}
		aux = aux || isAux
		c.hearsay = c.hearsay || p.lex.has("hearsay", t.low)
		c.passive = c.passive || p.lex.has("be", t.low) && (c.verb.is('p') || c.verb.is('t') && p.lex.tag == "en")
		c.from--
	}
	for i := max(s.from, c.from-2); i < min(s.to, c.to+3); i++ {
		c.hearsay = c.hearsay || p.tokens[i].kind == word && p.lex.has("hearsay", p.tokens[i].low)
	}
	first := p.tokens[c.from].low
	c.infinitive = c.from > s.from && p.lex.has("infinitive", p.low(c.from-1, s.from, s.to))
	c.participle = !aux && (strings.HasSuffix(first, p.participleEnding()) && p.participleEnding() != "" || p.lex.has("participles", first))
	p.findSubject(c, s)
	p.findAddressee(c, s)
}

// participleEnding is how a participle ends that has the subject of another verb.
func (p *passage) participleEnding() string {
	switch p.lex.tag {
	case "en":
		return "ing"
	case "fr":
		return "ant"
	case "es", "pt", "it":
		return "ndo"
	}
	return ""
}

// findAddressee finds who was spoken to: "told reporters", "a déclaré à la presse".
func (p *passage) findAddressee(c *cue, s sentence) {
	i := c.to
	if c.inverted && c.hasSubject() && c.subject[0] >= c.to {
		if c.verb != nil && c.subject[0] > c.to {
			if p.addresseeIn(c, c.to, c.subject[0], s) {
				return
			}
		}
		i = c.subject[1]
	}
	if c.verb.is('t') && i == c.to && i < s.to {
		n := p.nounAfter(i, s.to)
		if n[0] < n[1] && n[0] <= i+1 && !p.lex.has("that", p.tokens[i].low) && !p.isDateAt(n[0]) {
			c.addressee = n
			return
		}
	}
	p.addresseeIn(c, i, min(s.to, i+9), s)
}

func (p *passage) addresseeIn(c *cue, from, to int, s sentence) bool {
	for from < to && p.tokens[from].kind == word && (p.isDateAt(from) || p.lex.has("adverbs", p.tokens[from].low)) {
		from++
	}
	if from < to && p.tokens[from].kind == word && !p.preposition(from) && p.phraseAt("to", from, s.to) == 0 && !p.lex.has("contracted", p.tokens[from].low) {
		return false // what was said begins here
	}
	for ; from < to; from++ {
		t := p.tokens[from]
		if t.kind == quoted || t.is(":") || t.is(";") || p.lex.has("that", t.low) {
			return false
		}
		if n := p.phraseAt("to", from, s.to); n > 0 {
			noun := p.nounAfter(from+n, s.to)
			if noun[0] < noun[1] && noun[0] <= from+n+1 && !p.isDateAt(noun[0]) && p.listens(noun) {
				c.addressee = noun
				return true
			}
		}
	}
	return false
}

// listens reports whether a noun phrase can name somebody spoken to: it is a name, a pronoun, or a word for people and bodies.
func (p *passage) listens(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		t := p.tokens[i]
		if t.capital || p.lex.has("listeners", t.low) || p.lex.has("roles", t.low) || p.lex.has("bodies", t.low) || p.lex.has("objects", t.low) {
			return true
		}
	}
	return false
}
