package statement

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// An article is a document on its way to a result.
type article struct {
	f        Finder
	d        doc.Document
	passages []*passage
	starts   []int // the number of each passage's first sentence, counted through the article
	names    []*name
	known    map[string][]*name // by the first letters of their first and last word
	byName   map[string]*name   // by their full form
	places   map[place]*name    // by where they stand
	seen     []sighting         // in the order of the text
	speaksOf map[lang.Tag]bool  // whether a country of the language is named
	spoken   struct {           // who spoke last, marked or not
		name  string
		order int
	}
	last struct { // who was last quoted at length
		speaker Speaker
		order   int
	}
}

// A place is a token of a passage.
type place struct{ passage, token int }

// A name is a person or a body that the article speaks of.
type name struct {
	full   string
	words  []string // in lower case
	person bool     // surely one
	body   bool
	gender byte // 'm', 'f', or 0
	role   string
	id     string // of a known name
	home   lang.Tag
}

// A sighting is a place where a name stands outside quotations.
type sighting struct {
	name     *name
	p        *passage
	from, to int // tokens
	order    int // the number of the sentence
	subject  bool
	gender   byte
}

func newArticle(f Finder, d doc.Document) *article {
	a := &article{
		f: f, d: d, passages: passages(d), known: make(map[string][]*name), byName: make(map[string]*name), places: make(map[place]*name),
		speaksOf: make(map[lang.Tag]bool),
	}
	n := 0
	for _, p := range a.passages {
		a.starts = append(a.starts, n)
		n += len(p.sentences)
	}
	a.last.order = -maxSilence - 1
	return a
}

// order counts sentences through the article.
func (a *article) order(p *passage, sentence int) int { return a.starts[p.number] + p.shift + sentence }

//go:embed lexicon/firstnames.txt
var firstNamesText string

// firstNames are given names of the languages we read, in lower case: 'm', 'f', or 'b' for both.
var firstNames = sync.OnceValue(func() map[string]byte {
	all := make(map[string]byte)
	var gender byte
	for line := range strings.Lines(firstNamesText) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "[") {
			gender = line[1]
			continue
		}
		for _, w := range strings.Fields(line) {
			if old := all[w]; old != 0 && old != gender {
				all[w] = 'b'
			} else {
				all[w] = gender
			}
		}
	}
	return all
})

// gatherNames finds the names of the article, and joins the short forms to the long ones.
func (a *article) gatherNames() {
	type raw struct {
		sighting
		words []string
		text  string
		role  string
		title bool
		body  bool
	}
	var all []raw
	for _, p := range a.passages {
		known := a.knownNames(p)
		for i, s := range p.sentences {
			if p.headlined(s) {
				continue
			}
			for k := s.from; k < s.to; {
				n := p.nameAt(k, s.to)
				if n.to <= k {
					k++
					continue
				}
				if n.to > n.from {
					r := raw{sighting: sighting{p: p, from: n.from, to: n.to, order: a.order(p, i), gender: n.gender}, text: p.nameText(n.from, n.to), role: n.role, title: n.gender != 0 || n.title, body: n.body}
					r.subject = k-s.from < 4 || p.tokens[k-1].kind == quoted || k > s.from+1 && p.tokens[k-2].kind == quoted
					for t := n.from; t < n.to; t++ {
						r.words = append(r.words, p.tokens[t].low)
					}
					if m, ok := known[n.from]; ok {
						r.name = m
					}
					all = append(all, r)
				}
				k = n.to
			}
		}
	}
	// long forms first, so that short ones find them
	for pass := range 2 {
		for i := range all {
			r := &all[i]
			if r.name != nil || (len(r.words) > 1) != (pass == 0) {
				continue
			}
			if m := a.match(r.words, r.gender); m != nil {
				r.name = m
				continue
			}
			n := &name{full: r.text, words: r.words, gender: r.gender, body: r.body}
			a.keep(n)
			r.name = n
		}
	}
	for i := range all {
		r := &all[i]
		n := r.name
		if len(r.words) > len(n.words) && n.id == "" || n.id == "" && len(r.words) == len(n.words) && a.inflects(r.p) && len(r.text) < len(n.full) {
			n.full, n.words = r.text, r.words
			a.index(n)
		}
		if n.role == "" {
			n.role = r.role
		}
		n.person = n.person || r.title || firstNames()[n.words[0]] != 0 && len(n.words) > 1
		if n.gender == 0 {
			if n.gender = r.gender; n.gender == 0 && len(n.words) > 1 {
				if g := firstNames()[n.words[0]]; g != 'b' {
					n.gender = g
				}
			}
		}
		a.seen = append(a.seen, r.sighting)
		a.places[place{r.p.number, r.from}] = n
	}
	for _, n := range a.names {
		if a.byName[n.full] == nil {
			a.byName[n.full] = n
		}
	}
}

func (a *article) keep(n *name) {
	a.names = append(a.names, n)
	a.index(n)
}

// index lets match find n by its first and its last word.
func (a *article) index(n *name) {
	first, last := stem(n.words[0]), stem(n.words[len(n.words)-1])
	a.known[first] = append(a.known[first], n)
	if last != first {
		a.known[last] = append(a.known[last], n)
	}
}

// stem is what two words must share for sameWord.
func stem(w string) string {
	n := 0
	for i := range w {
		if n == 3 {
			return w[:i]
		}
		n++
	}
	return w
}

// before is the index in seen of the first name that does not stand before token i of p.
func (a *article) before(p *passage, i int) int {
	order := a.order(p, p.sentenceOf(i))
	n, _ := slices.BinarySearchFunc(a.seen, order, func(s sighting, order int) int { return s.order - order })
	for n < len(a.seen) && a.seen[n].order == order && a.seen[n].from < i && a.seen[n].p == p {
		n++
	}
	return n
}

func (a *article) inflects(p *passage) bool {
	return p.lex.tag == "ru" || p.lex.tag == "uk" || p.lex.tag == "pl"
}

// knownNames are the names of the base in a passage, by the token they begin with.
func (a *article) knownNames(p *passage) map[int]*name {
	if a.f.Names == nil {
		return nil
	}
	found := make(map[int]*name)
	for _, m := range a.f.Names.Find(p.lang, p.lang, p.s) {
		if m.Name == nil || m.Name.Kind == term.Place {
			continue
		}
		k, ok := slices.BinarySearchFunc(p.tokens, m.Start, func(t token, at int) int { return t.start - at })
		if !ok {
			continue
		}
		full := m.Name.In(p.lang)
		i := slices.IndexFunc(a.names, func(n *name) bool { return n.id == m.Name.ID && n.full == full })
		if i < 0 {
			n := &name{full: full, words: strings.Fields(strings.ToLower(full)), person: m.Name.Kind == term.Person, body: m.Name.Kind == term.Body, id: m.Name.ID, home: m.Name.Home}
			if g := firstNames()[n.words[0]]; g != 'b' {
				n.gender = g
			}
			a.keep(n)
			i = len(a.names) - 1
		}
		found[k] = a.names[i]
	}
	return found
}

// headlined reports whether a sentence sets most of its words with a capital, as English headlines do: nothing there is a name for sure.
func (p *passage) headlined(s sentence) bool {
	long, capital := 0, 0
	for k := s.from + 1; k < s.to; k++ {
		if t := p.tokens[k]; t.kind == word && t.end-t.start > 3 {
			long++
			if t.capital {
				capital++
			}
		}
	}
	return long >= 4 && capital*4 > long*3
}

// A found is a name in the text, without what stands before it.
type found struct {
	from, to int
	gender   byte
	title    bool
	role     string
	body     bool
}

// nameAt is the name that begins at token k; its to is at most k if none does, and its from and to are equal if only a title or a
// role stands there.
func (p *passage) nameAt(k, end int) found {
	none := found{from: k, to: k}
	t := p.tokens[k]
	if t.kind != word || !t.capital || p.functionWord(k) {
		return none
	}
	f := found{from: k, to: k + 1}
	for f.to < end {
		u := p.tokens[f.to]
		last := p.tokens[f.to-1]
		if last.possessive || u.kind != word || u.start-last.end > 1 || strings.ContainsAny(p.s[last.end:u.start], "\n,") {
			break
		}
		if u.capital && !p.functionWord(f.to) && !p.capitalVerb(f.to, end) {
			f.to++
			continue
		}
		if p.lex.has("particles", u.low) && f.to+1 < end && p.tokens[f.to+1].kind == word && p.tokens[f.to+1].capital && !p.functionWord(f.to+1) {
			f.to += 2
			continue
		}
		if p.lex.has("of", u.low) && (p.lex.has("bodies", last.low) || p.lex.has("roles", last.low)) && f.to+1 < end && p.tokens[f.to+1].kind == word && (p.tokens[f.to+1].capital || p.lex.has("determiners", p.tokens[f.to+1].low) && f.to+2 < end && p.tokens[f.to+2].capital) {
			f.to += 2
			continue
		}
		break
	}
	end = f.to
	roleEnd := f.from
	for i := f.from; i < end; i++ {
		low := strings.TrimSuffix(p.tokens[i].low, ".")
		switch {
		case p.lex.has("mr", low):
			f.gender, f.title = 'm', true
			f.from = i + 1
		case p.lex.has("ms", low):
			f.gender, f.title = 'f', true
			f.from = i + 1
		case p.lex.has("titles", low):
			f.title = true
			f.from = i + 1
		case p.lex.has("roles", low) && (i+1 < end || i > k) && !(i > k && firstNames()[p.tokens[i-1].low] != 0):
			roleEnd = i + 1
			f.from = i + 1
			f.title = true
		}
	}
	if f.from > k && f.from < end && p.lex.has("of", p.tokens[f.from].low) {
		// Secretary of State Mike Pompeo: the name begins with a given name
		for f.from++; f.from < end && firstNames()[p.tokens[f.from].low] == 0; f.from++ {
		}
		roleEnd = f.from
	}
	if roleEnd > k {
		f.role = p.text(k, roleEnd)
	}
	for i := f.from; i < f.to; i++ {
		f.body = f.body || p.lex.has("bodies", p.tokens[i].low)
	}
	if f.role == "" && !f.body {
		f.role = p.roleBeside(f.from, f.to)
	}
	return f
}

// capitalVerb reports whether token i is a word of saying that a machine gave a capital in the middle of its sentence: the text of a
// link that was translated alone.
func (p *passage) capitalVerb(i, end int) bool {
	v, _ := p.verbAt(i, end)
	return v != nil && !v.is('~') && p.tokens[i].low != v.lemma
}

// roleBeside is the role before a name, "the mayor of the town Name" excepted, or in apposition behind it: "Name, mayor of Vale,".
func (p *passage) roleBeside(from, to int) string {
	i := from
	for i > 0 && from-i < 8 && p.tokens[i-1].kind == word && !p.tokens[i-1].capital && !p.functionEnd(i-1) {
		i--
	}
	if i < from && p.lex.has("roles", p.tokens[from-1].low) {
		return p.text(i, from)
	}
	if to < len(p.tokens) && (p.tokens[to].is(",") || p.tokens[to].is("(")) {
		n := p.nounAfter(to+1, len(p.tokens))
		if n[0] == to+1 && n[1] > n[0] && p.hasRole(n) && n[1] < len(p.tokens) && p.tokens[n[1]].kind == sign {
			for n[0] < n[1] && p.lex.has("determiners", p.tokens[n[0]].low) {
				n[0]++
			}
			return p.text(n[0], n[1])
		}
	}
	return ""
}

// functionEnd reports whether token i ends the words that can belong to a role.
func (p *passage) functionEnd(i int) bool {
	low := p.tokens[i].low
	return p.lex.has("determiners", low) || p.lex.has("prepositions", low) || p.lex.has("boundaries", low) || p.lex.has("and", low) || p.lex.has("aux", low) || p.lex.has("that", low) || p.lex.verbs[low] != nil
}

// functionWord reports whether token k has its capital from its place at the head of a sentence.
func (p *passage) functionWord(k int) bool {
	low := p.tokens[k].low
	for _, section := range []string{"determiners", "pronouns", "prepositions", "boundaries", "and", "adverbs", "who", "that", "aux", "be", "objects", "possessives", "never-names", "clitics", "time", "contracted", "surely", "there"} {
		if p.lex.has(section, low) {
			return true
		}
	}
	if _, ok := p.lex.days[low]; ok {
		return true
	}
	if _, ok := p.lex.month[low]; ok {
		return true
	}
	first := k == 0 || p.tokens[k-1].kind != word
	return first && p.lex.verbs[low] != nil && (k+1 >= len(p.tokens) || !p.tokens[k+1].capital)
}

// nameText is a name as it stands, without a possessive ending.
func (p *passage) nameText(from, to int) string {
	s := p.text(from, to)
	if p.tokens[to-1].possessive {
		for _, end := range []string{"'s", "’s", "'", "’"} {
			if t, ok := strings.CutSuffix(s, end); ok {
				return t
			}
		}
	}
	return s
}

// maxCandidates bounds how many names of a like beginning are compared.
const maxCandidates = 500

// match is the name of the article that words are a form of.
func (a *article) match(words []string, gender byte) *name {
	var best *name
	candidates := a.known[stem(words[len(words)-1])]
	if len(words) > 1 {
		candidates = slices.Concat(candidates, a.known[stem(words[0])])
	}
	for _, n := range candidates[:min(len(candidates), maxCandidates)] {
		if gender != 0 && n.gender != 0 && gender != n.gender {
			continue
		}
		if !formOf(words, n.words) {
			continue
		}
		if best == nil || len(n.words) > len(best.words) {
			best = n
		}
	}
	return best
}

// formOf reports whether short is the name long, its surname, or its first name.
func formOf(short, long []string) bool {
	if len(short) > len(long) {
		return formOf(long, short)
	}
	if len(short) == 1 && len(long) > 1 {
		return sameWord(short[0], long[len(long)-1]) || sameWord(short[0], long[0]) && firstNames()[long[0]] != 0
	}
	// all words of the short one, in their order, the last being the last
	i := len(long) - 1
	if !sameWord(short[len(short)-1], long[i]) {
		return false
	}
	for k := len(short) - 2; k >= 0; k-- {
		for i--; i >= 0 && !sameWord(short[k], long[i]); i-- {
		}
		if i < 0 {
			return false
		}
	}
	return true
}

// sameWord reports whether two words are one, but for a Slavic case ending.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(a); !unicode.Is(unicode.Cyrillic, r) {
		return misspelt(a, b)
	}
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 4 && len(x)-n <= 3 && len(y)-n <= 3
}

// misspelt reports whether two long words are one but for a letter too many, too few or other in their middle: a slip of the pen.
func misspelt(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 8 || len(y)-len(x) > 1 {
		return false
	}
	i, k := 0, 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	for k < len(x)-i && x[len(x)-1-k] == y[len(y)-1-k] {
		k++
	}
	return i >= 3 && k >= 3 && i+k >= len(x)-1
}
