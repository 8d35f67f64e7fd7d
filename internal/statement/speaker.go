package statement

import (
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// resolve says who the noun phrase of the tokens n is.
func (a *article) resolve(p *passage, n [2]int) Speaker {
	sp := Speaker{Mention: p.text(n[0], n[1]), Start: p.tokens[n[0]].start, End: p.tokens[n[1]-1].end, State: Unresolved}
	sp.Name = sp.Mention
	if n[1]-n[0] == 1 {
		low := p.tokens[n[0]].low
		if p.lex.has("i", low) && p.speaker.Name != "" {
			sp.Name, sp.ID, sp.Role, sp.State = p.speaker.Name, p.speaker.ID, p.speaker.Role, Resolved
			return sp
		}
		if g := p.pronoun(low); g != 0 {
			if m := a.antecedent(p, n[0], g); m != nil {
				sp.Name, sp.ID, sp.Role, sp.State = m.full, m.id, m.role, Resolved
			}
			return sp
		}
	}
	if p.cutName(n) {
		sp.Name, sp.State = p.text(n[0], n[0]+1)+" "+p.text(n[1]-1, n[1]), Named
		sp.Role = p.text(n[0]+2, n[1]-1)
		return sp
	}
	if from, to, ok := p.nameIn(n); ok {
		return a.named(p, sp, n, from, to)
	}
	sp.Role = p.roleIn(n[0], n[1])
	if p.definite(n[0]) {
		if m := a.holder(p, n); m != nil {
			sp.Name, sp.ID, sp.State = m.full, m.id, Resolved
			return sp
		}
		if m := a.spokenOf(p, n); m != nil && sp.Role != "" {
			sp.Name, sp.ID, sp.State = m.full, m.id, Inferred
			return sp
		}
	}
	sp.Name = p.text(p.pastDeterminers(n[0], n[1]), n[1])
	if p.isBody(n) {
		sp.State, sp.Kind = Named, term.Body
	}
	return sp
}

// cutName reports whether a noun phrase is a name that its own title cuts in two, as machine translation leaves it: Pavel,
// porte-parole du conseil Novak.
func (p *passage) cutName(n [2]int) bool {
	first := p.tokens[n[0]]
	return n[1]-n[0] > 3 && first.capital && firstNames()[first.low] != 0 && p.tokens[n[0]+1].is(",") && p.tokens[n[0]+2].kind == word &&
		!p.tokens[n[0]+2].capital && p.lex.has("roles", p.tokens[n[0]+2].low) && p.tokens[n[1]-1].capital && p.tokens[n[1]-2].capital
}

// pronoun is what a pronoun can stand for: 'm', 'f', 'p' for several, 'n' for a thing or a body; 0 if low is no pronoun.
func (p *passage) pronoun(low string) byte {
	for section, g := range map[string]byte{"he": 'm', "she": 'f', "they": 'p', "it": 'n'} {
		if p.lex.has(section, low) {
			return g
		}
	}
	return 0
}

func (p *passage) pastDeterminers(from, to int) int {
	for from < to-1 && p.lex.has("determiners", p.tokens[from].low) {
		from++
	}
	return from
}

// definite reports whether a noun phrase that begins with token i speaks of somebody known: "the minister".
func (p *passage) definite(i int) bool {
	low := p.tokens[i].low
	return p.lex.has("definite", low) || p.lex.tag == "ru" || p.lex.tag == "uk"
}

// isBody reports whether the head of a noun phrase is a body: "the State Department", "le département d'État".
func (p *passage) isBody(n [2]int) bool {
	for i := n[0]; i < n[1]; i++ {
		t := p.tokens[i]
		if p.lex.has("of", t.low) && i > n[0] {
			return false
		}
		if p.lex.has("bodies", t.low) {
			return true
		}
	}
	return false
}

// nameIn finds the name that a noun phrase is headed by.
func (p *passage) nameIn(n [2]int) (from, to int, ok bool) {
	for i := n[0]; i < n[1]; {
		f := p.nameAt(i, n[1])
		if f.to <= i {
			i++
			continue
		}
		if f.from < f.to && p.modifies(f.to, n[1]) {
			i = f.to
			continue
		}
		if f.from < f.to && p.dependent(i, n[0], f) {
			// the council spokesman is of the council, but porte-parole du conseil Pavel Novak names a man
			for f.from++; f.from < f.to && firstNames()[p.tokens[f.from].low] == 0; f.from++ {
			}
			if f.to-f.from > 1 {
				from, to, ok = f.from, f.to, true
			}
		} else if f.from < f.to {
			from, to, ok = f.from, f.to, true
		}
		i = f.to
	}
	if ok && p.tokens[to-1].possessive && to < n[1] {
		return 0, 0, false // "Aldea's lawyer" is not Aldea
	}
	return from, to, ok
}

// modifies reports whether a noun follows at once on the name that ends before token i: a Vale council spokesman is not Vale.
func (p *passage) modifies(i, end int) bool {
	if i >= end || p.tokens[i].kind != word || p.tokens[i-1].possessive {
		return false
	}
	t := p.tokens[i]
	return !t.capital && p.lex.tag == "en" && !p.functionEnd(i) && !p.lex.has("of", t.low) && !p.lex.has("adverbs", t.low) && !p.lex.has("pronouns", t.low) && !p.lex.has("particles", t.low)
}

// dependent reports whether the name at token i hangs on the noun before it: the mayor of Vale, the Vale mayor.
func (p *passage) dependent(i, first int, f found) bool {
	if i == first {
		return false
	}
	before := p.tokens[i-1]
	if before.kind != word {
		return false
	}
	if p.lex.has("of", before.low) || p.lex.has("prepositions", before.low) || p.lex.has("contracted", before.low) {
		return true
	}
	// the Los Angeles Democrat said: the noun behind it is the head
	return p.lex.has("determiners", before.low) && i-1 > first && (p.lex.has("of", p.tokens[i-2].low) || p.lex.has("prepositions", p.tokens[i-2].low))
}

// roleIn is the role that the tokens hold; empty if none.
func (p *passage) roleIn(from, to int) string {
	from = p.pastDeterminers(from, to)
	for i := from; i < to; i++ {
		if p.lex.has("roles", p.tokens[i].low) {
			return p.text(from, to)
		}
	}
	return ""
}

// named completes a speaker whose name stands in the tokens [from, to) of the noun phrase n.
func (a *article) named(p *passage, sp Speaker, n [2]int, from, to int) Speaker {
	words := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		words = append(words, p.tokens[i].low)
	}
	sp.Name, sp.State = p.nameText(from, to), Named
	head := p.nameAt(from, to)
	if m := a.places[place{p.number, from}]; m != nil && p.shift == 0 {
		if len(m.words) > len(words) {
			sp.State = Resolved
		}
		sp.Name, sp.ID, sp.Role = m.full, m.id, m.role
	}
	if sp.ID == "" && sp.Name == p.nameText(from, to) {
		gender := head.gender
		if from > 0 && p.lex.has("mr", strings.TrimSuffix(p.tokens[from-1].low, ".")) {
			gender = 'm'
		} else if from > 0 && p.lex.has("ms", strings.TrimSuffix(p.tokens[from-1].low, ".")) {
			gender = 'f'
		}
		if m := a.match(words, gender); m != nil {
			if len(m.words) > len(words) {
				sp.State = Resolved
			}
			sp.Name, sp.ID = m.full, m.id
			sp.Role = m.role
		}
	}
	if from > n[0] {
		if r := strings.TrimRight(p.text(p.pastDeterminers(n[0], from), from), ", "); r != "" && p.roleIn(n[0], from) != "" {
			sp.Role = r
		}
	}
	return sp
}

// antecedent is whom a pronoun at token i stands for: of those named before, outside quotations, the one nearest and most prominent
// that fits.
func (a *article) antecedent(p *passage, i int, g byte) *name {
	now := a.order(p, p.sentenceOf(i))
	var best *name
	score := -1e9
	consider := func(n *name, order int, weight float64) {
		if n == nil || now-order > maxDistance || !fits(n, g) {
			return
		}
		if v := weight - 0.5*float64(now-order); v > score {
			best, score = n, v
		}
	}
	for k := a.before(p, i) - 1; k >= 0 && now-a.seen[k].order <= maxDistance; k-- {
		s := &a.seen[k]
		w := 0.0
		if s.subject {
			w = 1
		}
		switch {
		case g == 'n':
		case s.name.person:
			w += 0.5
		default:
			w--
		}
		if s.name.gender == g {
			w += 0.25
		}
		consider(s.name, s.order, w+float64(s.from)*1e-6)
	}
	consider(a.byName[a.last.speaker.Name], a.last.order, 1.75)
	consider(a.byName[a.spoken.name], a.spoken.order, 1.75)
	return best
}

// maxDistance is how many sentences back a pronoun may reach.
const maxDistance = 8

// fits reports whether a pronoun can stand for n.
func fits(n *name, g byte) bool {
	switch g {
	case 'm', 'f':
		return !n.body && (n.gender == g || n.gender == 0 && (n.person || len(n.words) > 1) || n.gender == 'b')
	case 'n', 'p':
		return !n.person
	}
	return false
}

// spokenOf is the person whom one of the two sentences before begins with, for "the minister" of whom no other place says who it is;
// nil if none does or somebody has the role already.
func (a *article) spokenOf(p *passage, n [2]int) *name {
	now := a.order(p, p.sentenceOf(n[0]))
	for k := a.before(p, n[0]) - 1; k >= 0 && now-a.seen[k].order <= 2; k-- {
		s := &a.seen[k]
		if s.subject && now-s.order <= 2 && now > s.order && !s.name.body && (s.name.person || len(s.name.words) > 1) && s.name.role == "" {
			return s.name
		}
	}
	return nil
}

// holder is who in the article has the role of the noun phrase n: the one named with it nearest before.
func (a *article) holder(p *passage, n [2]int) *name {
	head := ""
	for i := n[0]; i < n[1]; i++ {
		t := p.tokens[i]
		if p.lex.has("roles", t.low) {
			head = t.low
			if p.lex.tag != "en" {
				break
			}
		}
		if p.lex.has("of", t.low) {
			break
		}
	}
	if head == "" {
		return nil
	}
	here := a.before(p, n[0])
	for k := here - 1; k >= max(0, here-maxCandidates); k-- {
		if roleHas(a.seen[k].name.role, head) {
			return a.seen[k].name
		}
	}
	for k := here; k < min(len(a.seen), here+maxCandidates); k++ {
		if roleHas(a.seen[k].name.role, head) {
			return a.seen[k].name
		}
	}
	return nil
}

func roleHas(role, head string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(role)) {
		if sameWord(strings.Trim(w, ",.()"), head) {
			return true
		}
	}
	return false
}

// subjectPerson is the person that a sentence begins with; nil if none does.
func (a *article) subjectPerson(p *passage, i int) *name {
	for k := a.before(p, p.sentences[i].from); k < len(a.seen) && a.seen[k].order == a.order(p, i); k++ {
		if s := &a.seen[k]; s.p == p && s.subject && !s.name.body {
			return s.name
		}
	}
	return nil
}
