package statement

import "strings"

// A hold is how a cue holds a quotation.
type hold int

const (
	loose  hold = iota // somewhere before it in the sentence
	final              // at the end of the sentence: …, he said
	led                // right before it, with a colon or a comma: he said: "…"
	behind             // right behind it: "…", he said
)

// choose finds the cue that holds the quoted token k.
func (p *passage) choose(s *sentence, k int) (*cue, hold) {
	lead := p.cueBefore(s, k)
	if lead != nil && lead.hasSubject() && p.tokens[k-1].is(":") && p.leads(lead, k) {
		return lead, led
	}
	if c := p.cueBehind(s, k); c != nil && !(lead != nil && lead.hasSubject() && (c.prep || c.verb.is('r')) && !p.onlyQuotes(s.from, k)) {
		return c, behind
	}
	if c := lead; c != nil {
		if p.leads(c, k) {
			return c, led
		}
		return c, loose
	}
	if c := p.cueAtEnd(s, k); c != nil {
		return c, final
	}
	if c := p.cueByDash(s, k); c != nil {
		return c, behind
	}
	if i := p.sentenceOf(k) - 1; i >= 0 && p.onlyQuotes(s.from, k) {
		// the sentence before ends with a colon: its last cue leads here
		before := &p.sentences[i]
		if p.tokens[before.to-1].is(":") && len(before.cues) > 0 {
			return &before.cues[len(before.cues)-1], led
		}
	}
	return nil, loose
}

// start is the first token of a cue and of its subject, as far as that stands behind token k.
func (c *cue) start(k int) int {
	if c.hasSubject() && c.subject[0] > k && c.subject[0] < c.from {
		return c.subject[0]
	}
	return c.from
}

// cueBehind is the cue right behind the quoted token k: "…", he said.
func (p *passage) cueBehind(s *sentence, k int) *cue {
	sp := p.spans[p.tokens[k].span]
	stops := p.endsIn(p.tokens[k], ",.!?…—-") || sp.close == 0 || k+1 < s.to && p.tokens[k+1].kind == sign
	for i := range s.cues {
		c := &s.cues[i]
		first := c.start(k)
		if first <= k || !p.near(k+1, first) {
			continue
		}
		if c.prep {
			return c
		}
		if !c.hasSubject() && c.shared < 0 && p.dropsSubjects() && stops && !c.participle && !c.infinitive {
			return c // "…", dice.
		}
		own := c.hasSubject() && c.subject[0] > k
		if own && (stops || c.inverted || p.nothingAfter(c, s)) && !(c.verb.is('w') && !stops) {
			return c
		}
	}
	return nil
}

// cueByDash is the verb behind a comma and a dash that follow the quoted token k, listed or not: Russian and Ukrainian set nothing
// else there. It must have its subject behind it.
func (p *passage) cueByDash(s *sentence, k int) *cue {
	if p.lex.tag != "ru" && p.lex.tag != "uk" || k+4 > s.to || !p.onlyQuotes(s.from, k) {
		return nil
	}
	i := k + 1
	if p.tokens[i].is(",") {
		i++
	} else if !p.endsIn(p.tokens[k], "!?…") {
		return nil
	}
	if t := p.tokens[i]; t.kind != sign || !strings.Contains("—–-", t.low) || i+2 >= s.to || p.tokens[i+1].kind != word || p.tokens[i+1].capital || p.functionWord(i+1) {
		return nil
	}
	c := &cue{from: i + 1, to: i + 2, shared: -1, verb: &verb{lemma: p.tokens[i+1].low, stance: Neutral}}
	c.subject = p.subjectAfter(c, *s)
	if c.giver = c.subject; !c.hasSubject() {
		return nil
	}
	c.inverted = true
	p.findAddressee(c, *s)
	return c
}

// dropsSubjects reports whether the language leaves out a subject that is clear.
func (p *passage) dropsSubjects() bool {
	switch p.lex.tag {
	case "es", "pt", "it":
		return true
	}
	return false
}

// cueBefore is the last cue before the quoted token k.
func (p *passage) cueBefore(s *sentence, k int) *cue {
	for i := len(s.cues) - 1; i >= 0; i-- {
		c := &s.cues[i]
		if c.to > k || c.prep && c.subject[1] > k {
			continue
		}
		if c.verb != nil && c.verb.is('w') && !p.leads(c, k) && !p.thatBetween(c.to, k) {
			continue
		}
		for o := i - 1; o >= 0 && (!p.leads(c, k) || c.verb != nil && c.verb.is('w') && p.tokens[k-1].kind != sign); o-- {
			// a verb in the clause that another one reports: whoever speaks the outer one gives the words
			outer := &s.cues[o]
			if outer.verb != nil && !outer.verb.is('w') && outer.hasSubject() && p.thatBetween(outer.to, c.from) && c.hasSubject() && c.shared < 0 && p.low(c.from-1, s.from, s.to) != "," {
				return outer
			}
		}
		return c
	}
	return nil
}

// cueAtEnd is the cue at the end of the sentence that what holds the quoted token k is attributed by: …, he said.
func (p *passage) cueAtEnd(s *sentence, k int) *cue {
	for i := len(s.cues) - 1; i >= 0; i-- {
		c := &s.cues[i]
		if c.from < k {
			break
		}
		before := p.tokens[c.start(k)-1]
		parted := before.kind == quoted || before.kind == sign && strings.Contains(",—–-", before.low)
		if parted && !p.bracketBetween(k, c.from) && (c.prep || c.hasSubject() && c.subject[0] > k) {
			return c
		}
	}
	return nil
}

// bracketBetween reports whether a bracket opens in [from, to).
func (p *passage) bracketBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if p.tokens[i].is("(") {
			return true
		}
	}
	return false
}

func (p *passage) onlyQuotes(from, to int) bool {
	for i := from; i < to; i++ {
		if p.tokens[i].kind == word {
			return false
		}
	}
	return true
}
