package statement

import (
	"slices"
	"strings"
)

// maxNoun bounds a noun phrase, in tokens.
const maxNoun = 24

// ends reports whether token i cannot stand in the noun phrase that started at from.
func (p *passage) ends(i, from int) bool {
	t := p.tokens[i]
	if t.kind != word {
		return !(t.is("-") || t.is("&") || t.is("/"))
	}
	switch {
	case i > from && p.lex.has("pronouns", t.low) && !p.lex.has("determiners", t.low):
		return true
	case p.relative(i), p.lex.has("that", t.low) && !p.lex.has("determiners", t.low), p.lex.has("boundaries", t.low):
		return true
	case p.lex.has("aux", t.low) && !t.capital && !p.lex.has("determiners", t.low), p.lex.has("be", t.low):
		return true
	case p.lex.has("adverbs", t.low) && !t.capital:
		return true
	case i > from && (p.isDateAt(i) || p.dateBegins(i)):
		return true
	case p.preposition(i) && !p.lex.has("of", t.low) && !t.capital:
		return true
	case i > from && p.lex.has("determiners", t.low) && !t.capital && p.tokens[i-1].capital && p.tokens[i-1].kind == word && !p.lex.has("of", t.low) && !p.lex.has("determiners", p.tokens[i-1].low):
		return true // a name, then the article of the next noun
	}
	return false
}

// relative reports whether token i is a relative pronoun. German ones are articles, too: a comma before them tells.
func (p *passage) relative(i int) bool {
	t := p.tokens[i]
	return t.kind == word && p.lex.has("who", t.low) && (!p.lex.has("determiners", t.low) || i > 0 && p.tokens[i-1].is(","))
}

// preposition reports whether token i is a preposition. Some are articles, too ("a prefeita"): before a role or a body they are that.
func (p *passage) preposition(i int) bool {
	low := p.tokens[i].low
	if !p.lex.has("prepositions", low) {
		return false
	}
	if p.lex.has("determiners", low) && !p.lex.has("contracted", low) && i+1 < len(p.tokens) && p.tokens[i+1].kind == word {
		next := p.tokens[i+1].low
		return !p.lex.has("roles", next) && !p.lex.has("bodies", next)
	}
	return true
}

// isDateAt reports whether token i names a day, or is a word of time.
func (p *passage) isDateAt(i int) bool {
	low := p.tokens[i].low
	if i > 0 && i+1 < len(p.tokens) && p.tokens[i].capital && p.lex.has("determiners", p.tokens[i-1].low) && p.tokens[i+1].capital && p.tokens[i+1].kind == word {
		return false // The Sunday Telegraph
	}
	if _, ok := p.lex.days[low]; ok {
		return true
	}
	if _, ok := p.lex.month[low]; ok && !p.lex.has("ambiguous-months", low) {
		return true
	}
	return p.lex.has("time", low)
}

// dateBegins reports whether an expression of time begins with token i.
func (p *passage) dateBegins(i int) bool {
	_, found := slices.BinarySearchFunc(p.dates, p.tokens[i].start, func(d Date, at int) int { return d.Start - at })
	return found
}

// nounAfter is the noun phrase that begins at token i; an empty range if none does.
func (p *passage) nounAfter(i, end int) [2]int {
	from, end := i, min(end, i+maxNoun)
	if from < end && p.tokens[from].kind == word && p.preposition(from) && !p.lex.has("determiners", p.tokens[from].low) && !p.tokens[from].capital {
		return [2]int{from, from}
	}
	for i < end {
		t := p.tokens[i]
		if i == from && t.kind == word && (p.lex.has("pronouns", t.low) || p.lex.has("objects", t.low)) && !p.lex.has("determiners", t.low) {
			return [2]int{from, i + 1}
		}
		if p.ends(i, from) {
			break
		}
		if p.lex.has("and", t.low) {
			if i == from || i+1 >= end || p.tokens[i+1].kind != word || !(p.tokens[i+1].capital || p.lex.has("determiners", p.tokens[i+1].low)) {
				break
			}
		} else if v, _ := p.verbAt(i, end); v != nil && i > from && !t.capital && !v.is('~') {
			break
		}
		if i > from && !t.capital && p.lex.tag == "en" && strings.HasSuffix(t.low, "ing") && !p.lex.has("determiners", p.tokens[i-1].low) {
			break
		}
		if i > from && !t.capital && p.lex.tag == "en" && strings.HasSuffix(t.low, "ed") && (p.tokens[i-1].capital || p.lex.has("roles", p.tokens[i-1].low) || p.lex.has("bodies", p.tokens[i-1].low)) && !p.lex.has("determiners", p.tokens[i-1].low) {
			break // a verb of the past behind a name
		}
		i++
	}
	return p.trimmed(from, i)
}

// trimmed is [from, to) without words at its ends that bind and do not name.
func (p *passage) trimmed(from, to int) [2]int {
	for to > from {
		t := p.tokens[to-1]
		if t.kind == word && !p.lex.has("and", t.low) && !p.lex.has("of", t.low) && !(p.lex.has("determiners", t.low) && !p.lex.has("pronouns", t.low)) {
			break
		}
		to--
	}
	for from < to && (p.tokens[from].kind != word || p.lex.has("and", p.tokens[from].low)) {
		from++
	}
	if from+1 < to && p.lex.has("that", p.tokens[from].low) && p.lex.has("determiners", p.tokens[from+1].low) {
		from++ // that a member of her staff
	}
	return [2]int{from, to}
}

// findSubject finds the noun phrase that a verb of saying gives the words to.
func (p *passage) findSubject(c *cue, s sentence) {
	if i := c.from; i < c.to && c.from+1 < s.to { // a-t-il ajouté, dit-elle: the pronoun stands behind the first verb
		for k := c.from; k < min(c.to+1, s.to); k++ {
			if p.lex.has("suffixed", p.tokens[k].low) && p.s[max(p.tokens[k].start-1, 0)] == '-' && k > s.from {
				c.subject, c.inverted = [2]int{k, k + 1}, true
				c.to = max(c.to, k+1)
				return
			}
		}
	}
	if c.passive {
		c.subject = p.agent(c.to, s)
		return
	}
	if p.follows(c, s) {
		if n := p.subjectAfter(c, s); n[0] < n[1] && !p.verbNext(n[1], s) {
			c.subject, c.inverted = n, true
			return
		}
	}
	if p.lex.tag == "de" && p.opensWithAdverbial(c, s) {
		// the verb is the second member of a German sentence: after an adverbial its subject stands behind it
		if n := p.subjectAfter(c, s); n[0] < n[1] {
			c.subject, c.inverted = n, true
			return
		}
	}
	if n := p.subjectBefore(c, s); n[0] < n[1] && !p.onlyDates(n) {
		c.subject = n
		return
	}
	if k := len(s.cues) - 1; k >= 0 && c.shared < 0 {
		c.shared = k
		return
	}
	if c.infinitive || c.participle || p.lex.has("and", p.low(c.from-1, s.from, s.to)) {
		if n := p.mainSubject(c.from, s); n[0] < n[1] {
			c.subject = n
			return
		}
	}
	if n := p.subjectAfter(c, s); n[0] < n[1] && !c.participle && !c.infinitive {
		c.subject, c.inverted = n, true
	}
}

// follows reports whether a verb stands right behind a quotation, or behind the comma that ends one or ends what was said: the
// subject comes after it.
func (p *passage) follows(c *cue, s sentence) bool {
	i := c.from - 1
	for i >= s.from && (p.tokens[i].is(",") || p.tokens[i].is("—") || p.tokens[i].is("–") || p.tokens[i].is("-")) {
		i--
	}
	if i < s.from {
		return false
	}
	if p.tokens[i].kind == quoted {
		return !p.coordinated(c, s)
	}
	return i < c.from-1 && !c.participle && p.inverts(c, s)
}

// opensWithAdverbial reports whether the clause of c begins with a preposition, a day or an adverb.
func (p *passage) opensWithAdverbial(c *cue, s sentence) bool {
	from := p.clauseStart(c.from, s)
	if from >= c.from || p.tokens[from].kind != word {
		return false
	}
	return p.preposition(from) || p.isDateAt(from) || p.lex.has("adverbs", p.tokens[from].low)
}

// onlyDates reports whether all words of a range are of time.
func (p *passage) onlyDates(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		if !p.isDateAt(i) {
			return false
		}
	}
	return true
}

// verbNext reports whether a verb stands at token i: the noun before it is the subject of that one.
func (p *passage) verbNext(i int, s sentence) bool {
	if i >= s.to || p.tokens[i].kind != word {
		return false
	}
	low := p.tokens[i].low
	return p.lex.has("be", low) || p.lex.has("aux", low) && !p.lex.has("determiners", low) && !p.lex.has("prepositions", low)
}

// coordinated reports whether a verb stands behind a quotation without anything between, as a second verb of the sentence does.
func (p *passage) coordinated(c *cue, s sentence) bool {
	return c.participle && len(s.cues) > 0
}

// inverts reports whether, in a language that puts the subject of an attribution behind its verb, the comma before the verb ends a
// clause that was said, and no apposition: the verb is the first of its sentence to say anything, and a noun follows.
func (p *passage) inverts(c *cue, s sentence) bool {
	if len(s.cues) > 0 || c.from-s.from < 4 {
		return false
	}
	n := p.subjectAfter(c, s)
	if n[0] >= n[1] {
		return false
	}
	if p.lex.tag == "en" {
		return n[0] == c.to && n[1]-n[0] < 6 && p.tokens[n[1]-1].capital && (n[1] == s.to || !p.tokens[n[1]].is(":")) && p.clauseBefore(c.from-1, s)
	}
	return p.clauseBefore(c.from-1, s)
}

// clauseBefore reports whether some verb stands in the sentence before token i: what ends there can be a clause.
func (p *passage) clauseBefore(i int, s sentence) bool {
	commas := 0
	for k := s.from; k < i; k++ {
		t := p.tokens[k]
		if t.kind == word && (p.lex.has("aux", t.low) || p.lex.has("be", t.low) || p.lex.has("future", t.low)) && !p.lex.has("determiners", t.low) {
			return true
		}
		if t.is(",") {
			commas++
		}
	}
	return commas == 0 && i-s.from > 8
}

// subjectAfter is the subject behind a verb: past words of time and place, up to where its noun phrase ends.
func (p *passage) subjectAfter(c *cue, s sentence) [2]int {
	i := c.to
	for n := 0; i < s.to && n < 12; n++ {
		t := p.tokens[i]
		if t.kind != word || p.lex.has("that", t.low) && !p.lex.has("determiners", t.low) {
			break
		}
		if p.isDateAt(i) || p.lex.has("adverbs", t.low) || p.lex.has("clitics", t.low) && !p.lex.has("determiners", t.low) && !p.lex.has("pronouns", t.low) {
			i++
			continue
		}
		if p.lex.has("determiners", t.low) && i+1 < s.to && p.isDateAt(i+1) {
			i += 2 // este lunes
			continue
		}
		if p.preposition(i) && !t.capital || p.lex.has("contracted", t.low) {
			if k := p.pastDates(i+1, s); k > i+1 {
				i = k
				continue
			}
			// past the phrase that hangs on it: its own article, then words up to the next article, name or sign
			k := i + 1
			for first := true; k < s.to && p.tokens[k].kind == word; k, first = k+1, false {
				u := p.tokens[k]
				if !first && (p.lex.has("determiners", u.low) && !p.bound(k) || p.lex.has("roles", u.low) && !p.bound(k) && !p.lex.has("determiners", p.tokens[k-1].low) || p.lex.has("prepositions", u.low) && !p.lex.has("of", u.low) || p.lex.tag != "de" && u.capital && !p.tokens[k-1].capital && !p.bound(k) && !p.lex.has("determiners", p.tokens[k-1].low)) {
					break
				}
			}
			if k >= s.to || p.tokens[k].kind != word {
				return [2]int{i, i}
			}
			i = k
			continue
		}
		n := p.nounAfter(i, s.to)
		return p.withName(n, s)
	}
	return [2]int{i, i}
}

// pastDates is the token behind the words of time that begin at i, with a determiner before them; i if there are none.
func (p *passage) pastDates(i int, s sentence) int {
	k := i
	for k < s.to && p.tokens[k].kind == word && p.lex.has("determiners", p.tokens[k].low) {
		k++
	}
	end := k
	for end < s.to && p.tokens[end].kind == word && p.isDateAt(end) {
		end++
	}
	if end == k {
		return i
	}
	return end
}

// bound reports whether a preposition or an elided one stands right before token i.
func (p *passage) bound(i int) bool {
	before := p.tokens[i-1]
	return before.kind == word && (p.lex.has("prepositions", before.low) || p.lex.has("of", before.low))
}

// withName adds to a role the name in apposition behind it: le secrétaire général de la ligue, Pavel Novak.
func (p *passage) withName(n [2]int, s sentence) [2]int {
	if n[0] >= n[1] || n[1]+1 >= s.to || !p.tokens[n[1]].is(",") || p.tokens[n[0]].capital && !p.lex.has("determiners", p.tokens[n[0]].low) {
		return n
	}
	m := p.nounAfter(n[1]+1, s.to)
	for i := m[0]; i < m[1]; i++ {
		if !p.tokens[i].capital {
			return n
		}
	}
	if m[1]-m[0] < 2 || m[0] != n[1]+1 {
		return n
	}
	return [2]int{n[0], m[1]}
}

// agent is who did what a passive verb says: "by the ministry".
func (p *passage) agent(i int, s sentence) [2]int {
	for ; i < s.to; i++ {
		if p.tokens[i].kind == word && p.lex.has("by", p.tokens[i].low) {
			n := p.nounAfter(i+1, s.to)
			return n
		}
	}
	return [2]int{i, i}
}

// subjectBefore is the subject that stands before a verb in its clause.
func (p *passage) subjectBefore(c *cue, s sentence) [2]int {
	none := [2]int{c.from, c.from}
	end := c.from
	for end > s.from && p.tokens[end-1].kind == word && p.lex.has("adverbs", p.tokens[end-1].low) && !p.tokens[end-1].capital {
		end--
	}
	for end > s.from && p.tokens[end-1].kind == word && p.lex.has("infinitive", p.tokens[end-1].low) {
		return none
	}
	if end > s.from && p.tokens[end-1].kind == word && p.lex.has("and", p.tokens[end-1].low) {
		return none // a second verb of the same subject
	}
	closed := end > s.from && p.tokens[end-1].is(",") // an apposition ends there
	if closed {
		end--
		if c.participle {
			return none
		}
	}
	if end > s.from && p.relative(end-1) {
		i := end - 1
		if i > s.from && p.tokens[i-1].is(",") {
			i--
		}
		return p.lastNoun(p.clauseStart(i, s), i, s)
	}
	from := p.clauseStart(end, s)
	if closed {
		from = p.strongStart(end, s)
	}
	for !closed && from-1 > s.from && p.tokens[from-1].kind == word && p.relative(from-1) && p.verbal(from, end) {
		// the verb of a relative clause stands between: a spokesman who declined to be named told
		end = p.cutSigns(s.from, from-1)
		from = p.clauseStart(end, s)
	}
	if from >= end {
		return none
	}
	if closed {
		return p.firstNoun(from, end, s)
	}
	if c.participle {
		for i := end - 1; i > from; i-- { // stood with fishermen shouting
			if p.tokens[i].kind == word && p.preposition(i) && !p.lex.has("of", p.tokens[i].low) {
				if n := p.nounAfter(i+1, end); n[0] < n[1] && n[1] == end && !p.onlyDates(n) {
					return n
				}
				break
			}
		}
	}
	return p.lastNoun(from, end, s)
}

// verbal reports whether [from, to) looks as if it had a verb of its own.
func (p *passage) verbal(from, to int) bool {
	return p.verbIn(from, to) || to-from > 2
}

// strongStart is the token after what surely ends the clause before: a quotation, a semicolon, a dash, a "that".
func (p *passage) strongStart(end int, s sentence) int {
	for i := end - 1; i >= s.from; i-- {
		t := p.tokens[i]
		if t.kind == quoted || t.kind == sign && strings.Contains(";:—–…", t.low) {
			if i+1 < end && p.tokens[i+1].is(",") {
				return i + 2
			}
			return i + 1
		}
		if t.kind == word && p.lex.has("that", t.low) && !p.lex.has("who", t.low) && !p.lex.has("determiners", t.low) {
			return i + 1
		}
	}
	return s.from
}

// clauseStart is the token after the sign or the word that ends the clause before: it looks back from end.
func (p *passage) clauseStart(end int, s sentence) int {
	depth := 0
	for i := end - 1; i >= s.from; i-- {
		t := p.tokens[i]
		switch {
		case t.is(")"):
			depth++
		case t.is("("):
			if depth--; depth < 0 {
				return i + 1
			}
		case depth > 0:
		case t.kind == quoted, t.kind == sign && strings.Contains(";:—–…", t.low):
			if t.kind == quoted && i > s.from && i+1 < end && p.namesWork(i, s) {
				continue
			}
			if i+1 < end && p.tokens[i+1].is(",") {
				return i + 2
			}
			return i + 1
		case t.kind == word && p.lex.has("boundaries", t.low) && !(p.relative(i) && p.inApposition(i, end)):
			return i + 1
		case t.kind == word && p.lex.has("that", t.low) && !p.lex.has("determiners", t.low) && !p.inApposition(i, end):
			return i + 1
		case t.kind == word && p.lex.has("and", t.low) && i+1 < end && (p.verbIn(s.from, i) || p.tokens[i+1].kind == word && p.pronoun(p.tokens[i+1].low) != 0 && !p.lex.has("determiners", p.tokens[i+1].low)):
			return i + 1
		}
	}
	return s.from
}

// namesWork reports whether the quoted token i is part of a noun phrase: The "History" section explains.
func (p *passage) namesWork(i int, s sentence) bool {
	return p.tokens[i-1].kind == word && (p.lex.has("determiners", p.tokens[i-1].low) || p.lex.has("works", p.tokens[i-1].low)) && len(strings.Fields(p.inner(p.spans[p.tokens[i].span]))) < 5
}

// inApposition reports whether token i opens a clause between two commas, the second of which is not after end.
func (p *passage) inApposition(i, end int) bool {
	if i == 0 || !p.tokens[i-1].is(",") {
		return false
	}
	return end < len(p.tokens) && p.tokens[end].is(",")
}

// verbIn reports whether some known verb stands in [from, to).
func (p *passage) verbIn(from, to int) bool {
	for i := from; i < to; i++ {
		t := p.tokens[i]
		if t.kind != word {
			continue
		}
		if v, _ := p.verbAt(i, to); v != nil && !v.is('~') || p.lex.has("aux", t.low) && !p.lex.has("determiners", t.low) || p.lex.has("be", t.low) {
			return true
		}
		if p.lex.tag == "en" && !t.capital && len(t.low) > 4 && strings.HasSuffix(t.low, "ed") {
			return true
		}
	}
	return false
}

// firstNoun is the noun phrase before the appositions of [from, end): past what comes before the subject.
func (p *passage) firstNoun(from, end int, s sentence) [2]int {
	for from < end {
		stop := from
		for stop < end && !p.tokens[stop].is(",") {
			stop++
		}
		if n := p.chunk(from, stop, s, false); n[0] < n[1] {
			return p.withName(n, s)
		}
		from = stop + 1
	}
	return [2]int{end, end}
}

// lastNoun is the noun phrase that ends at end, back to the comma before it.
func (p *passage) lastNoun(from, end int, s sentence) [2]int {
	start := end
	for start > from && !p.tokens[start-1].is(",") {
		start--
	}
	n := p.chunk(start, end, s, true)
	if n[0] >= n[1] && start > from {
		return p.firstNoun(from, start-1, s)
	}
	if n[0] < n[1] && start > from && start-2 >= from && p.splitName(start, n, end) {
		n[0] = start - 2
		return n
	}
	if n[0] < n[1] && start > from && (p.hasRole(n) || p.tokens[start].kind == word && p.lex.has("of", p.tokens[start].low)) {
		// an apposition whose second comma is lost: Nugroho, the spokesman for the agency said
		if m := p.chunk(p.commaBefore(from, start-1), start-1, s, false); m[1]-m[0] >= 2 && m[1] == start-1 && p.allCapital(m) {
			return m
		}
	}
	if n[0] < n[1] && start > from && p.allCapital(n) {
		// a role, then a name between it and the verb: the mayor, Marta Kolen, said — with the second comma lost
		if m := p.chunk(p.commaBefore(from, start-1), start-1, s, true); m[0] < m[1] && p.hasRole(m) {
			return [2]int{m[0], n[1]}
		}
	}
	return n
}

func (p *passage) commaBefore(from, i int) int {
	for i > from && !p.tokens[i-1].is(",") {
		i--
	}
	return i
}

// splitName reports whether a comma cuts a name in two with its title in between, as machine translation does:
// Pavel, porte-parole du conseil Novak.
func (p *passage) splitName(start int, n [2]int, end int) bool {
	first := p.tokens[start-2]
	if first.kind != word || !first.capital || firstNames()[first.low] == 0 || n[1]-n[0] < 3 || !p.tokens[n[1]-1].capital {
		return false
	}
	return p.lex.has("roles", p.tokens[n[0]].low) && p.tokens[n[1]-2].capital
}

func (p *passage) allCapital(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		if !p.tokens[i].capital {
			return false
		}
	}
	return true
}

func (p *passage) hasRole(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		if p.lex.has("roles", p.tokens[i].low) {
			return true
		}
	}
	return false
}

// chunk is the noun phrase of tokens between two commas; empty if they are an adverbial. From the right it is the phrase that ends
// the tokens, else the one that begins them.
func (p *passage) chunk(from, to int, s sentence, right bool) [2]int {
	for from < to && (p.tokens[from].kind != word && p.tokens[from].kind != quoted || p.tokens[from].capital && p.lex.has("openers", p.tokens[from].low) || p.lex.has("and", p.tokens[from].low) || p.lex.has("adverbs", p.tokens[from].low) && to-from > 1) {
		from++
	}
	if from >= to || p.tokens[from].kind == word && (p.relative(from) || !right && p.lex.has("boundaries", p.tokens[from].low)) {
		return [2]int{to, to}
	}
	if right && p.tokens[from].kind == word && p.lex.has("with", p.tokens[from].low) && from+1 < to {
		return p.nounAfter(from+1, to) // with one person telling
	}
	adverbial := p.tokens[from].kind == word && (p.preposition(from) || p.lex.has("contracted", p.tokens[from].low)) && !p.lex.has("pronouns", p.tokens[from].low) || p.isDateAt(from)
	if !right {
		if adverbial || p.lex.tag == "en" && strings.HasSuffix(p.tokens[from].low, "ing") && !p.tokens[from].capital {
			return [2]int{to, to}
		}
		n := p.nounAfter(from, to)
		return n
	}
	if !adverbial {
		if n := p.nounAfter(from, to); n[1] == to || n[0] < n[1] && !p.startsLater(n[1], to) {
			return n
		}
	}
	// the last start of a noun phrase from which one reaches the end
	for i := to - 1; i >= from; i-- {
		t := p.tokens[i]
		if t.kind != word {
			continue
		}
		start := p.lex.has("pronouns", t.low) || p.lex.has("determiners", t.low) || t.capital && (i == from || !p.tokens[i-1].capital)
		if !start || i > from && (p.lex.has("of", p.tokens[i-1].low) || p.lex.has("determiners", p.tokens[i-1].low)) || i > from && p.tokens[i-1].possessive {
			continue
		}
		if i > from && p.lex.has("and", p.tokens[i-1].low) {
			continue
		}
		if i > from && p.tokens[i-1].kind == word && (p.lex.has("prepositions", p.tokens[i-1].low) || p.lex.has("contracted", p.tokens[i-1].low)) {
			continue // what hangs on a preposition is not the head: a source close to Costa
		}
		if p.clausal(i, to) {
			continue
		}
		return p.trimmed(i, to)
	}
	if adverbial {
		return [2]int{to, to}
	}
	return p.nounAfter(from, to)
}

// clausal reports whether a form of "to be" or an auxiliary stands in [from, to): what holds one is more than a noun phrase.
func (p *passage) clausal(from, to int) bool {
	for i := from + 1; i < to; i++ {
		t := p.tokens[i]
		if t.kind == word && !t.capital && (p.lex.has("be", t.low) || p.lex.has("aux", t.low) && !p.lex.has("determiners", t.low) && !p.lex.has("clitics", t.low)) {
			return true
		}
	}
	return false
}

// startsLater reports whether another noun phrase begins in [from, to) and reaches to.
func (p *passage) startsLater(from, to int) bool {
	for i := from; i < to; i++ {
		t := p.tokens[i]
		if t.kind == word && (p.lex.has("pronouns", t.low) || p.lex.has("determiners", t.low) || t.capital) && p.nounAfter(i, to)[1] == to {
			return !p.lex.has("of", p.tokens[max(i-1, from)].low)
		}
	}
	return false
}

// mainSubject is the noun phrase that the sentence begins with, before token end.
func (p *passage) mainSubject(end int, s sentence) [2]int {
	from := p.clauseStart(end, s)
	for i := from; i < end; i++ {
		if p.tokens[i].is(",") {
			continue
		}
		if n := p.chunk(i, p.commaAfter(i, end), s, false); n[0] < n[1] {
			return n
		}
		i = p.commaAfter(i, end)
	}
	return [2]int{end, end}
}

func (p *passage) commaAfter(i, end int) int {
	for i < end && !p.tokens[i].is(",") {
		i++
	}
	return i
}
