package statement

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attribute finds the statements of a passage.
func (a *article) attribute(p *passage) {
	for i := range p.sentences {
		p.findCues(&p.sentences[i])
	}
	for i := range p.sentences {
		s := p.sentences[i]
		for k := s.from; k < s.to; k++ {
			if p.tokens[k].kind == quoted {
				st := a.quotation(p, i, k)
				p.found = append(p.found, st)
				p.found = append(p.found, a.nested(p, p.spans[p.tokens[k].span], i, st.Speaker)...)
			}
		}
		p.found = append(p.found, a.indirect(p, i)...)
	}
	slices.SortStableFunc(p.found, func(x, y Statement) int { return cmp.Or(x.Start-y.Start, y.End-x.End) })
}

// quotation makes a statement of the quoted token k of sentence i.
func (a *article) quotation(p *passage, i, k int) Statement {
	s := &p.sentences[i]
	sp := p.spans[p.tokens[k].span]
	st := Statement{Block: p.block, Start: sp.start, End: sp.end, Text: p.s[sp.start:sp.end]}
	st.Pieces = [][2]int{{sp.start, sp.end}}
	c, h := p.choose(s, k)
	if in := a.inserted(p, sp, i); in != nil {
		st.Pieces = in.pieces
		if c == nil || h == loose || h == final {
			a.fill(&st, in.p, in.s, in.c)
			if st.SaidAt != nil && (st.SaidAt.Start < in.from || st.SaidAt.End > in.to) {
				st.SaidAt = nil // a day within the words
			}
			st.Kind = Direct
			a.spoke(p, i, &st, true)
			return st
		}
	}
	if kind, ok := p.unsaid(s, k, c, h); ok {
		st.Kind = kind
		return st
	}
	if c == nil {
		a.withoutCue(p, i, k, &st)
		return st
	}
	a.fill(&st, p, s, c)
	if h == behind && !st.Attributed() && p.dropsSubjects() {
		st.Speaker = a.goesOn(p, i)
	}
	st.Kind = p.kindSaid(s, k, c, h)
	st.Answers = p.answers(s, k)
	a.spoke(p, i, &st, true)
	return st
}

// near reports whether nothing but signs, other quotations, and words of time and manner stand in [from, to).
func (p *passage) near(from, to int) bool {
	for i := from; i < to; i++ {
		t := p.tokens[i]
		switch {
		case t.kind == quoted, t.kind == sign && strings.Contains(",—–-", t.low):
		case t.kind == word && (p.lex.has("adverbs", t.low) || p.lex.has("so", t.low) || p.lex.has("infinitive", t.low) || p.lex.has("aux", t.low) || p.lex.has("clitics", t.low) || p.isDateAt(i)):
		default:
			return false
		}
	}
	return true
}

// nothingAfter reports whether a verb is the last of its sentence, but for words of time and the listener.
func (p *passage) nothingAfter(c *cue, s *sentence) bool {
	for i := c.to; i < s.to; i++ {
		if t := p.tokens[i]; t.is(":") || t.kind == word && p.lex.has("that", t.low) && !p.lex.has("determiners", t.low) {
			return false
		}
	}
	return s.to-c.to < 10
}

// leads reports whether a cue is followed by the quoted token k at once, by what introduces words.
func (p *passage) leads(c *cue, k int) bool {
	i := k - 1
	if i >= c.to && (p.tokens[i].is(":") || p.tokens[i].is(",")) {
		return true
	}
	end := c.to
	if c.hasSubject() && c.subject[1] > end && c.subject[1] <= k {
		end = c.subject[1]
	}
	if c.addressee[1] > end && c.addressee[1] <= k {
		end = c.addressee[1]
	}
	return end == k || p.near(end, k)
}

// thatBetween reports whether a conjunction that opens what is said stands in [from, to).
func (p *passage) thatBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if p.tokens[i].kind == word && p.lex.has("that", p.tokens[i].low) {
			return true
		}
	}
	return false
}

// unsaid reports whether the quoted token k is a title, a chant, or words held off with tongs, whatever cue there is.
func (p *passage) unsaid(s *sentence, k int, c *cue, h hold) (Kind, bool) {
	sp := p.spans[p.tokens[k].span]
	words := strings.Fields(p.inner(sp))
	if p.before("so-called", s, k, 1) {
		return Scare, true
	}
	if c == nil && p.before("chants", s, k, 2) {
		return Words, true
	}
	titled := p.titled(sp)
	if h == behind || h == led && k > s.from && !p.tokens[k-1].is(",") && p.tokens[k-1].kind == sign {
		return "", false
	}
	if p.before("named", s, k, 1) && (c == nil || h != led || p.before("named", s, k, 1)) {
		if titled || len(words) <= 2 {
			return Title, true
		}
		if c == nil {
			return Scare, true
		}
	}
	if titled && p.before("works", s, k, 3) {
		return Title, true
	}
	if titled && len(words) >= 2 && h != led && (c == nil || !strings.ContainsAny(p.inner(sp), "0123456789%")) {
		return Title, true
	}
	return "", false
}

// before reports whether an entry of the section ends within the last n words before token k.
func (p *passage) before(section string, s *sentence, k, n int) bool {
	for i := k - 1; i >= s.from && n > 0; i-- {
		t := p.tokens[i]
		if t.kind == quoted || t.kind == sign && !strings.Contains(",(-", t.low) {
			return false
		}
		if t.kind != word {
			continue
		}
		n--
		if p.lex.has(section, t.low) {
			return true
		}
		for _, f := range p.lex.multi[section] {
			if i-len(f)+1 >= s.from && p.phraseAt(section, i-len(f)+1, i+1) == len(f) {
				return true
			}
		}
	}
	return false
}

// titled reports whether all words of weight between the marks begin with a capital, as in a title or a name.
func (p *passage) titled(sp span) bool {
	capital := 0
	for i, w := range strings.Fields(p.inner(sp)) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		r, _ := utf8.DecodeRuneInString(w)
		low := strings.ToLower(w)
		switch {
		case w == "" || unicode.IsDigit(r):
		case unicode.IsUpper(r):
			capital++
		case i > 0 && (utf8.RuneCountInString(w) <= 3 || p.lex.has("determiners", low) || p.lex.has("prepositions", low)):
		default:
			return false
		}
	}
	in := p.inner(sp)
	return capital > 0 && !strings.ContainsAny(in[max(len(in)-1, 0):], "!?")
}

// kindSaid tells a clause from quoted words in a paraphrase.
func (p *passage) kindSaid(s *sentence, k int, c *cue, h hold) Kind {
	sp := p.spans[p.tokens[k].span]
	inner := p.inner(sp)
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(inner, "¿¡([…. -—"))
	words := len(strings.Fields(inner))
	capital := unicode.IsUpper(r) || unicode.IsDigit(r)
	colon := k > 0 && p.tokens[k-1].kind == sign && strings.Contains(":,—–-", p.tokens[k-1].low)
	switch {
	case c.verb != nil && c.verb.is('x') && (h == led || h == loose):
		return Words
	case k == s.from && h == behind && (capital || words > 3):
		return Direct
	case h == led && colon && (capital || words > 3):
		return Direct
	case capital && words > 3 && (h != loose || k == s.from || strings.ContainsAny(inner, ".!?")):
		return Direct
	case h == behind && words > 3 && (p.onlyQuotes(s.from, k) || colon):
		return Direct
	case words >= longClause && p.lex.tag != "en" && k > s.from && (p.tokens[k-1].kind == sign || p.lex.has("that", p.tokens[k-1].low) || c.to == k):
		return Direct
	}
	return Mixed
}

// longClause is how many words a quotation has that is a clause of its own even where the sentence runs into it.
const longClause = 10

// withoutCue decides on a quotation in whose sentence nobody speaks.
func (a *article) withoutCue(p *passage, i, k int, st *Statement) {
	s := &p.sentences[i]
	sp := p.spans[p.tokens[k].span]
	words := len(strings.Fields(p.inner(sp)))
	if n := p.speakerSign(s, k); n[0] < n[1] {
		st.Speaker = a.resolve(p, n)
		st.Kind = Direct
		a.spoke(p, i, st, true)
		return
	}
	alone := true
	for t := s.from; t < s.to; t++ {
		alone = alone && (t == k || p.tokens[t].kind != word)
	}
	if alone && p.block >= 0 {
		st.Kind = Direct
		if sp := a.goesOn(p, i); sp.Name != "" {
			st.Speaker = sp
			a.spoke(p, i, st, true)
			return
		}
		if words < 3 {
			st.Kind = Scare
		}
		return
	}
	switch {
	case p.titled(sp) && (words >= 2 || p.before("works", s, k, 3)):
		st.Kind = Title
	default:
		st.Kind = Scare
	}
}

// speakerSign is the speaker where a sign gives the words to somebody: Aldea: "…", or "…" – Aldea.
func (p *passage) speakerSign(s *sentence, k int) [2]int {
	none := [2]int{k, k}
	if k-1 > s.from && k-s.from < 10 && p.tokens[k-1].is(":") && p.tokens[s.from].kind == word {
		if n := p.nounAfter(s.from, k-1); n[0] == s.from && n[1] == k-1 && p.namesSomebody(n) {
			return n
		}
	}
	if k+2 < s.to && p.tokens[k+1].kind == sign && strings.Contains("—–-", p.tokens[k+1].low) && p.onlyQuotes(s.from, k) {
		if n := p.nounAfter(k+2, s.to); n[0] == k+2 && n[1]-n[0] < 8 && p.namesSomebody(n) && (n[1] == s.to || p.tokens[n[1]].kind == sign) {
			return n
		}
	}
	return none
}

// namesSomebody reports whether a noun phrase has a name or a word for a person or a body.
func (p *passage) namesSomebody(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		t := p.tokens[i]
		if t.kind == word && (t.capital && !p.lex.has("determiners", t.low) && !p.lex.has("pronouns", t.low) || p.lex.has("roles", t.low) || p.lex.has("bodies", t.low)) {
			return true
		}
	}
	return false
}

// maxSilence is how many sentences may stand between a quotation and the one it goes on from.
const maxSilence = 4

// goesOn is the speaker of a quotation that is a sentence by itself: who the sentence before speaks of if that brings a new name,
// else who spoke last.
func (a *article) goesOn(p *passage, i int) Speaker {
	now := a.order(p, i)
	if i > 0 && a.last.order < now-1 {
		if n := a.subjectPerson(p, i-1); n != nil && n.person {
			return Speaker{Name: n.full, ID: n.id, Role: n.role, State: Inferred}
		}
	}
	if a.last.speaker.Name == "" || now-a.last.order > maxSilence {
		return Speaker{}
	}
	sp := a.last.speaker
	sp.Mention, sp.Start, sp.End, sp.State = "", 0, 0, Inferred
	return sp
}

// spoke keeps who spoke last.
func (a *article) spoke(p *passage, i int, st *Statement, on bool) {
	if st.Speaker.Name != "" && st.Speaker.State != Unresolved && p.block >= 0 {
		a.spoken.name, a.spoken.order = st.Speaker.Name, a.order(p, i)
	}
	if on && st.Kind == Direct && st.Speaker.Name != "" && p.block >= 0 {
		a.last.speaker, a.last.order = st.Speaker, a.order(p, i)
	}
}

// fill puts the speaker, the cue, the listener and the time into a statement.
func (a *article) fill(st *Statement, p *passage, s *sentence, c *cue) {
	st.Cue = &Cue{Text: p.text(c.from, c.to), Start: p.tokens[c.from].start, End: p.tokens[c.to-1].end, Stance: Neutral}
	if c.verb != nil {
		st.Cue.Lemma, st.Cue.Stance = c.verb.lemma, c.verb.stance
	} else {
		st.Cue.Lemma = strings.ToLower(st.Cue.Text)
	}
	if c.hearsay {
		st.Cue.Stance = Hearsay
	}
	if c.giver[0] < c.giver[1] {
		st.Speaker = a.resolve(p, c.giver)
	}
	if c.addressee[0] < c.addressee[1] {
		st.Addressee = p.text(c.addressee[0], c.addressee[1])
	}
	st.SaidAt = p.saidAt(s, c)
}

// saidAt is the day that stands beside a cue: between its subject and what was said, or anywhere behind a cue that ends its sentence.
func (p *passage) saidAt(s *sentence, c *cue) *Date {
	from, to := c.from, c.to
	if c.hasSubject() {
		from, to = min(from, c.subject[0]), max(to, c.subject[1])
	}
	if c.addressee[0] < c.addressee[1] {
		from, to = min(from, c.addressee[0]), max(to, c.addressee[1])
	}
	for to < s.to {
		t := p.tokens[to]
		if t.kind == quoted && p.dayAlone(to+1, s) {
			to++ // said "no" on Tuesday
			continue
		}
		if t.kind == quoted || t.is(":") || t.kind == word && p.lex.has("that", t.low) && !p.lex.has("determiners", t.low) {
			break
		}
		to++
	}
	for from > s.from && p.tokens[from-1].kind != quoted && !p.tokens[from-1].is(";") {
		from--
	}
	if from >= to {
		return nil
	}
	var best *Date
	at := p.tokens[c.from].start
	first, _ := slices.BinarySearchFunc(p.dates, p.tokens[from].start, func(d Date, at int) int { return d.Start - at })
	for i := first; i < len(p.dates) && p.dates[i].End <= p.tokens[to-1].end; i++ {
		d := &p.dates[i]
		if p.inSpan(d.Start) {
			continue
		}
		if best == nil || distance(d.Start, at) < distance(best.Start, at) {
			best = d
		}
	}
	return best
}

// dayAlone reports whether nothing but words of time, with their prepositions, ends the sentence from token i on.
func (p *passage) dayAlone(i int, s *sentence) bool {
	days := 0
	for ; i < s.to; i++ {
		t := p.tokens[i]
		switch {
		case t.kind == quoted:
			return false
		case t.kind == sign, p.lex.has("prepositions", t.low), p.lex.has("determiners", t.low):
		case p.isDateAt(i):
			days++
		default:
			return false
		}
	}
	return days > 0
}

func distance(a, b int) int { return max(a-b, b-a) }

func (p *passage) inSpan(at int) bool {
	return p.outer(at) >= 0
}

// answers is what a quotation answers, where its sentence says so: "in response to the ruling".
func (p *passage) answers(s *sentence, k int) string {
	for i := s.from; i < s.to; i++ {
		n := p.phraseAt("answers", i, s.to)
		if n == 0 {
			continue
		}
		end := i + n
		for end < s.to && p.tokens[end].kind == word && !p.lex.has("boundaries", p.tokens[end].low) && !p.lex.has("and", p.tokens[end].low) {
			if v, _ := p.verbAt(end, s.to); v != nil && end > i+n && !v.is('~') {
				break
			}
			end++
		}
		if end > i+n {
			return p.text(i+n, end)
		}
	}
	return ""
}

// indirect makes statements of what a sentence without marks says that somebody said.
func (a *article) indirect(p *passage, i int) []Statement {
	s := &p.sentences[i]
	for k := s.from; k < s.to; k++ {
		if p.tokens[k].kind == quoted {
			return nil
		}
	}
	var out []Statement
	if st, ok := a.headline(p, s); ok {
		return []Statement{st}
	}
	for n := range s.cues {
		c := &s.cues[n]
		if c.verb != nil && c.verb.is('w') && !p.thatBetween(c.to, min(c.to+4, s.to)) {
			continue
		}
		from, to := p.content(s, n)
		if from >= to || to-from < 3 {
			continue
		}
		st := Statement{Kind: Indirect, Block: p.block, Start: p.tokens[from].start, End: p.tokens[to-1].end}
		st.Text = p.s[st.Start:st.End]
		st.Pieces = [][2]int{{st.Start, st.End}}
		a.fill(&st, p, s, c)
		if st.Speaker.Name == "" || st.Speaker.State == Unresolved && p.nobody(c.giver) {
			continue
		}
		st.Answers = p.answers(s, from)
		a.spoke(p, i, &st, false)
		out = append(out, st)
	}
	return out
}

// headline makes a statement of a headline that names its speaker behind a dash: Council will not sell the harbour – Aldea.
func (a *article) headline(p *passage, s *sentence) (Statement, bool) {
	for k := s.to - 2; k > s.from+2 && s.to-k < 6; k-- {
		t := p.tokens[k]
		if t.kind != sign || !strings.Contains("—–-", t.low) || p.s[t.start-1] != ' ' {
			continue
		}
		n := p.nounAfter(k+1, s.to)
		from, _, ok := p.nameIn(n)
		if !ok || n[0] != k+1 || n[1] != s.to || !a.knows(p, from) {
			return Statement{}, false
		}
		st := Statement{Kind: Indirect, Block: p.block, Start: p.tokens[s.from].start, End: p.tokens[k-1].end}
		st.Text = p.s[st.Start:st.End]
		st.Pieces = [][2]int{{st.Start, st.End}}
		st.Speaker = a.resolve(p, n)
		return st, true
	}
	return Statement{}, false
}

// knows reports whether the name at token from, or its last word, stands elsewhere in the article, too, for somebody with a longer name
// or a role: what stands behind the dash of a headline can be a place.
func (a *article) knows(p *passage, from int) bool {
	n := a.places[place{p.number, from}]
	return n != nil && (n.person || n.role != "" || n.body)
}

// nobody reports whether a noun phrase is a lone pronoun: a paraphrase of "this" or of "no one" says nothing of anybody.
func (p *passage) nobody(n [2]int) bool {
	if n[1]-n[0] > 2 {
		return false
	}
	for i := n[0]; i < n[1]; i++ {
		if low := p.tokens[i].low; !p.lex.has("pronouns", low) && !p.lex.has("determiners", low) && !p.lex.has("objects", low) {
			return false
		}
	}
	return true
}

// content is what the cue n of a sentence says without marks: the clause behind it, or the one that it ends.
func (p *passage) content(s *sentence, n int) (from, to int) {
	c := s.cues[n]
	next := s.to
	for _, o := range s.cues[n+1:] {
		if o.hasSubject() && o.subject[0] > c.to && (p.lex.has("and", p.low(o.subject[0]-1, s.from, s.to)) || p.tokens[o.subject[0]-1].is(",")) {
			next = o.subject[0] - 1
			break
		}
	}
	for next > c.to && p.tokens[next-1].kind == sign {
		next--
	}
	if c.prep {
		if c.from == s.from || p.tokens[c.from-1].kind == word && c.from-s.from < 3 {
			from = c.subject[1]
			for from < s.to && p.tokens[from].kind == sign {
				from++
			}
			return from, next
		}
		return s.from, p.cutSigns(s.from, c.from)
	}
	end := c.to
	if c.inverted && c.subject[1] > end {
		end = c.subject[1]
	}
	if c.addressee[1] > end {
		end = c.addressee[1]
	}
	for i := end; i < min(s.to, end+8); i++ {
		t := p.tokens[i]
		if t.kind == word && p.lex.has("that", t.low) {
			return i, next
		}
	}
	first := c.from
	if c.hasSubject() && c.subject[0] < first {
		first = c.subject[0]
	}
	if first-2 > s.from && (p.tokens[first-1].is(",") || p.tokens[first-1].kind == sign && strings.Contains("—–", p.tokens[first-1].low)) && p.nothingAfter(&c, s) && !p.verbIn(end, s.to) && p.verbIn(s.from, first) {
		return s.from, p.cutSigns(s.from, first)
	}
	if c.verb.is('d') && !c.inverted && end < next && p.startsClause(end) && p.verbIn(end, next) {
		return end, next
	}
	return 0, 0
}

func (p *passage) cutSigns(from, to int) int {
	for to > from && p.tokens[to-1].kind == sign {
		to--
	}
	return to
}

// startsClause reports whether a clause without a conjunction can begin with token i, as English has it: he said it was over.
func (p *passage) startsClause(i int) bool {
	t := p.tokens[i]
	return t.kind == word && (p.lex.has("determiners", t.low) || p.lex.has("pronouns", t.low) || t.capital || p.lex.has("there", t.low))
}
