package statement

import "strings"

// nested are the quotations within the quotation sp, with what the words around them say of their speaker.
func (a *article) nested(p *passage, sp span, sentence int, speaker Speaker) []Statement {
	deeper := false
	for _, n := range p.within(sp) {
		deeper = deeper || n.depth == sp.depth+1 && n.start >= sp.start && n.end <= sp.end
	}
	if !deeper {
		return nil
	}
	q := p.inside(sp, sentence, speaker)
	var out []Statement
	for i := range q.sentences {
		s := &q.sentences[i]
		for k := s.from; k < s.to; k++ {
			if q.tokens[k].kind != quoted {
				continue
			}
			n := q.spans[q.tokens[k].span]
			st := Statement{Kind: Nested, Block: q.block, Start: n.start, End: n.end, Text: q.s[n.start:n.end], Pieces: [][2]int{{n.start, n.end}}}
			c, h := q.choose(s, k)
			if _, no := q.unsaid(s, k, c, h); !no && c != nil {
				a.fill(&st, q, s, c)
			}
			out = append(out, st)
			out = append(out, a.nested(q, n, sentence, st.Speaker)...)
		}
	}
	return out
}

// An insertion is a "he said" within the marks of a quotation, as French, Russian and Ukrainian have it:
//
//	« C’est fini, dit-il, nous partons. »
//	«Это конец, — сказал он, — мы уходим».
type insertion struct {
	p        *passage
	s        *sentence
	c        *cue
	from, to int      // bytes
	pieces   [][2]int // what is left of the quotation, in bytes
}

// maxInserted bounds an insertion, in tokens.
const maxInserted = 16

// inserted finds an insertion in the quotation sp; nil if there is none.
func (a *article) inserted(p *passage, sp span, sentence int) *insertion {
	switch p.lex.tag {
	case "fr", "ru", "uk", "es", "pt", "it":
	default:
		return nil
	}
	q := p.inside(sp, sentence, Speaker{})
	for i := range q.sentences {
		s := &q.sentences[i]
		for n := range s.cues {
			c := &s.cues[n]
			if c.prep || !c.inverted || !c.hasSubject() || c.from <= s.from {
				continue
			}
			from, to, ok := q.insertionAround(s, c)
			if !ok {
				continue
			}
			in := &insertion{p: q, s: s, c: c, from: from, to: to}
			before := strings.TrimRight(p.s[sp.start:from], " \u00a0\u202f")
			in.pieces = append(in.pieces, [2]int{sp.start, sp.start + len(before)})
			if rest := strings.TrimLeft(p.s[to:sp.end-sp.close], " \u00a0\u202f.,;—–"); rest != "" {
				in.pieces = append(in.pieces, [2]int{sp.end - sp.close - len(rest), sp.end})
			}
			return in
		}
	}
	return nil
}

// insertionAround is the range of an insertion with the signs that part it from what was said, in bytes.
func (p *passage) insertionAround(s *sentence, c *cue) (from, to int, ok bool) {
	dashed := p.lex.tag == "ru" || p.lex.tag == "uk"
	i := c.from - 1
	first := p.tokens[i]
	if !first.is(",") && !(first.kind == sign && strings.Contains("—–", first.low)) {
		return 0, 0, false
	}
	if dashed && first.is(",") {
		return 0, 0, false
	}
	if i > s.from && p.tokens[i-1].kind == sign && strings.Contains(",!?…", p.tokens[i-1].low) {
		i-- // the comma before the dash
		first = p.tokens[i]
	}
	pronoun := c.subject[1]-c.subject[0] == 1 && p.pronoun(p.tokens[c.subject[0]].low) != 0
	end := max(c.to, c.subject[1], c.addressee[1])
	for n := 0; end < s.to && n < maxInserted; n, end = n+1, end+1 {
		t := p.tokens[end]
		if t.kind == sign && (strings.Contains("—–", t.low) || !dashed && t.is(",") || t.is(".")) {
			break
		}
	}
	if end < s.to && end-c.from > maxInserted || end < s.to && p.tokens[end].kind != sign {
		return 0, 0, false
	}
	if !dashed && !pronoun && end >= s.to {
		return 0, 0, false // a noun behind a verb at the end of a quotation: more likely its own clause
	}
	at := first.start
	if strings.Contains("!?…", first.low) {
		at = first.end // what was said keeps its sign
	}
	if end < s.to {
		return at, p.tokens[end].end, true
	}
	return at, p.tokens[s.to-1].end, true
}
