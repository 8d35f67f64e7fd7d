package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// names looks for every name of a sentence in its translation: the same word, the same sound in another spelling or script, a known
// other name of a country or city. It looks for names that only the translation has, and for names of which a part is gone.
// Nationalities, months and days have capitals in some languages and are no names.
func names(u unit) []doc.Flag {
	if u.from == "de" || u.to == "de" {
		return nil // every noun has a capital
	}
	source, target := u.words, u.rendered
	var flags []doc.Flag
	for i := 0; i < len(source); {
		n := run(u.from, u.source, source, i)
		if n == 0 {
			i++
			continue
		}
		if lost := absent(source[i:i+n], unclaimed(source[i:i+n], source, target)); lost != nil && !u.usual(source[i:i+n]) {
			g := span{lost[0].start, lost[len(lost)-1].end}
			flags = append(flags, u.flag("names", doc.Ask, g, span{}, fmt.Sprintf("“%s” is not in the translation", u.source[g.start:g.end])))
		}
		i += n
	}
	if flags != nil {
		return flags
	}
	for i := 0; i < len(target); {
		n := run(u.to, u.target, target, i)
		if n == 1 && absent(target[i:i+1], source) != nil && !opensSentence(u.target, target[i].start) && !ofBody(u.to, u.target, target, i) {
			flags = append(flags, u.flag("names", doc.Ask, span{}, target[i].span, fmt.Sprintf("“%s” is not in the original", target[i].text)))
		}
		i += max(n, 1)
	}
	return append(flags, shortened(u, source, target)...)
}

// shortened finds names of several words of which the translation keeps some and has others missing or made up: "Northern Rock" that
// became "Rock", or "Southern Rock". A name that is translated in part has as many capitals: "Lake Michigan", "Lago Michigan".
func shortened(u unit, source, target []token) []doc.Flag {
	var flags []doc.Flag
	for i := 0; i < len(source); {
		n := inCapitals(u.source, source, i)
		if n < 2 {
			i += max(n, 1)
			continue
		}
		name := source[i : i+n]
		opens := opensSentence(u.source, source[i].start)
		i += n
		if n := posts(u.from, name); n > 0 {
			if f, ok := unposted(u, name[:n], name[n:], target); ok {
				flags = append(flags, f)
				continue
			}
			name, opens = name[n:], false
		}
		if len(name) < 2 {
			continue
		}
		if f, ok := mutilated(u, name, opens, target); ok {
			flags = append(flags, f)
		}
	}
	return flags
}

// posts returns how many words at the start of a name are no part of it: Foreign Minister Ana Silva.
func posts(tag string, name []token) int {
	n := 0
	for i := 0; i < len(name) && translated(tag, name[i].folded); i++ {
		if isOffice[tag][name[i].folded] {
			n = i + 1
		}
	}
	return n
}

// unposted finds a name that has lost the one title before it: Lord Hastings who became Hastings. Forms of address come and go.
func unposted(u unit, post, name, target []token) (doc.Flag, bool) {
	if len(post) != 1 || len(name) == 0 || courtesy[post[0].folded] || present(post[0], target) {
		return doc.Flag{}, false
	}
	at := place(target, name[0])
	if at < 0 || slices.ContainsFunc(target, func(t token) bool { return isOffice[u.to][t.folded] }) {
		return doc.Flag{}, false
	}
	alone := at == 0 || u.target[target[at-1].end:target[at].start] != " " || connectors[target[at-1].folded] || isCapital(target[at-1].text)
	if last := at + len(name) - 1; !alone || last < len(target) && apposition.MatchString(u.target[target[last].end:]) {
		return doc.Flag{}, false
	}
	s := span{post[0].start, name[len(name)-1].end}
	return u.flag("names", doc.Ask, s, target[at].span, fmt.Sprintf("of “%s” the translation has “%s”", u.source[s.start:s.end], target[at].text)), true
}

// apposition is what may follow a name in the place of its title: Hastings, a lord,
var apposition = regexp.MustCompile(`^, [^,.]{3,30},`)

// courtesy are titles that are as well left out.
var courtesy = set("mr mrs ms miss dr sir lady madam mme mlle monsieur madame sr sra herr frau signor signora don dona")

// mutilated reports the flag of one such name.
func mutilated(u unit, name []token, opens bool, target []token) (doc.Flag, bool) {
	if strings.Contains(u.target, u.source[name[0].start:name[len(name)-1].end]) {
		return doc.Flag{}, false
	}
	kept, at := 0, -1
	for _, w := range name {
		if k := slices.IndexFunc(target, func(t token) bool { return t.text == w.text }); k >= 0 && at < 0 {
			at = k
		}
		if present(w, target) && answeredOften(w, u.words, target) {
			kept++
		}
	}
	if at < 0 || kept == len(name) || opens && kept == len(name)-1 && starter(u.from, name[0]) && !present(name[0], target) {
		return doc.Flag{}, false
	}
	first := at
	for first > 0 && isCapital(target[first-1].text) && u.target[target[first-1].end:target[first].start] == " " {
		first--
	}
	if first < at && connectors[target[first].folded] {
		first++ // the article that opens the sentence
	}
	words := target[first : first+inCapitals(u.target, target, first)]
	strange := false
	for _, w := range words {
		strange = strange || !present(w, name) && !capitalised[u.to][w.folded] && !opensSentence(u.target, w.start)
	}
	// What stands beside the kept words may be the others translated; a small word or a mark is not, and
	// a name without a word that is translated in names is kept whole or not at all.
	beside := func(i int, gap string) bool {
		return i < 0 || i >= len(target) || gap != " " || connectors[target[i].folded] || function(u.to, target[i].folded) || isFigure(target[i].text) || !institution(u.from, name)
	}
	last := first + len(words) - 1
	before, after := "", ""
	if first > 0 {
		before = u.target[target[first-1].end:target[first].start]
	}
	if last+1 < len(target) {
		after = u.target[target[last].end:target[last+1].start]
	}
	alone := len(words) < len(name) && beside(first-1, before) && beside(last+1, after) && !ofBody(u.to, u.target, target, first) && !ofKind(u.to, u.target, target, first)
	if !strange && !alone && !holed(name, target) && !halfKept(u, name, target) {
		return doc.Flag{}, false
	}
	s, g := span{name[0].start, name[len(name)-1].end}, span{words[0].start, words[len(words)-1].end}
	return u.flag("names", doc.Ask, s, g, fmt.Sprintf("of “%s” the translation has “%s”", u.source[s.start:s.end], u.target[g.start:g.end])), true
}

// halfKept reports whether the translation keeps a word of a name that it would have translated with the others, and has lost another
// such: of "Turkish Airlines" the word Turkish.
func halfKept(u unit, name, target []token) bool {
	kept, lost := false, false
	for _, w := range name {
		if !translated(u.from, w.folded) {
			continue
		}
		if place(target, w) >= 0 {
			kept = kept || !translated(u.to, w.folded)
		} else {
			lost = lost || !present(w, target)
		}
	}
	return kept && lost
}

// holed reports whether words of a name stand side by side in the translation and one between them is gone.
func holed(name, target []token) bool {
	for i := 0; i+2 < len(name); i++ {
		a, b := place(target, name[i]), place(target, name[i+2])
		if a >= 0 && b == a+1 && !present(name[i+1], target) {
			return true
		}
	}
	return false
}

// institution reports whether a name of the original holds a word that is translated in names: Lake, Court, Heritage.
func institution(tag string, name []token) bool {
	for _, w := range name {
		if translated(tag, w.folded) {
			return true
		}
	}
	return false
}

// usual reports whether a single word with a capital is a common noun: the original has it in small letters too.
func (t *text) usual(name []token) bool { return len(name) == 1 && t.small[name[0].folded] }

// smallWords returns the words of a document that stand in it without a capital, folded.
func smallWords(d doc.Document) map[string]bool {
	m := map[string]bool{}
	for _, t := range d.Texts() {
		for _, w := range tokens(t.S) {
			if !isCapital(w.text) {
				m[w.folded] = true
			}
		}
	}
	return m
}

// ofBody reports whether word i stands in a phrase of words with capitals that holds a word of an institution, an office or a place:
// in "Ministério da Saúde" Saúde is a common noun.
func ofBody(tag, s string, words []token, i int) bool {
	joined := func(a, b int) bool { return strings.Trim(s[words[a].end:words[b].start], " \u00a0'’") == "" }
	part := func(j int) bool { return isCapital(words[j].text) || connectors[words[j].folded] }
	for j := i - 1; j >= 0 && joined(j, j+1) && part(j); j-- {
		if isCapital(words[j].text) && translated(tag, words[j].folded) {
			return true
		}
	}
	for j := i + 1; j < len(words) && joined(j-1, j) && part(j); j++ {
		if isCapital(words[j].text) && translated(tag, words[j].folded) {
			return true
		}
	}
	return false
}

// ofKind reports whether the name that starts with word i has a word of a place, a body or an office before it, in small letters: the
// county in "condado de Los Angeles".
func ofKind(tag, s string, words []token, i int) bool {
	for j := i - 1; j >= 0 && s[words[j].end:words[j+1].start] == " "; j-- {
		if !connectors[words[j].folded] {
			return translated(tag, words[j].folded)
		}
	}
	return false
}

// inCapitals returns how many words with capitals stand in a row from i on.
func inCapitals(s string, words []token, i int) int {
	n := 0
	for i+n < len(words) && isCapital(words[i+n].text) && (n == 0 || s[words[i+n-1].end:words[i+n].start] == " ") {
		n++
	}
	return n
}

// place returns the index of the one word of list that is w, or -1.
func place(list []token, w token) int {
	at := -1
	for i, t := range list {
		if t.text == w.text {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// run returns how many words from i on are one name.
func run(tag, s string, words []token, i int) int {
	n := 0
	for i+n < len(words) && isName(tag, s, words, i+n) && (n == 0 || strings.Trim(s[words[i+n-1].end:words[i+n].start], " \u00a0") == "") {
		n++
	}
	return n
}

// isName reports whether word i is part of a name: it has a capital that its place and its language do not explain.
func isName(tag, s string, words []token, i int) bool {
	w := words[i]
	if !isCapital(w.text) || utf8.RuneCountInString(w.text) < 3 || isFigure(w.text) || capitalised[tag][w.folded] || calendar(tag)[w.folded] {
		return false
	}
	if _, number := numberWords[tag][strings.ToLower(w.text)]; number {
		return false
	}
	if parts := hyphenated(w); len(parts) == 2 && capitalised[tag][parts[0].folded] && capitalised[tag][parts[1].folded] {
		return false // Governor-General, Anglo-French
	}
	if first, ok := compound(w.text); ok {
		f := fold(first)
		return strings.Count(w.text, "-") == 1 && utf8.RuneCountInString(first) >= minCompound && !opensSentence(s, w.start) && !capitalised[tag][f] && !calendar(tag)[f] && strings.ToUpper(first) != first
	}
	if ordinalNumeral.MatchString(w.text) {
		return false
	}
	if grammar[tag][w.folded] || shared[tag][w.folded] || openers[tag][w.folded] {
		return false // a title in capitals
	}
	if strings.ToUpper(w.text) == w.text {
		return false // an abbreviation is often another in another language: UN, ONU
	}
	if opensSentence(s, w.start) {
		// Its capital may be the sentence's: it is a name if no sentence starts with it otherwise, where that is known.
		follows := i+1 < len(words) && isCapital(words[i+1].text) && s[w.end:words[i+1].start] == " "
		return !starter(tag, w) && (follows || actor(tag, s, words, i) && !inflected(tag, w.folded))
	}
	return true
}

// ordinalNumeral is a Roman numeral with the ending of an ordinal: XIXe.
var ordinalNumeral = regexp.MustCompile(`^[IVXLCDM]+(?:er|re|e|º|ª|th|st|nd|rd)?$`)

// isFigure reports whether a word has figures and is no name all the same, as Covid-19 is.
func isFigure(s string) bool {
	letters, digits := 0, 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		} else if unicode.IsLetter(r) {
			letters++
		}
	}
	return digits > 0 && letters < 4
}

// actor reports whether word i, which opens an English sentence, does what people do: it says, has, meets, or owns.
func actor(tag, s string, words []token, i int) bool {
	if tag != "en" || i+1 >= len(words) {
		return false
	}
	next := words[i+1]
	if next.folded == "s" && strings.ContainsAny(s[words[i].end:next.start], "'’") {
		return true
	}
	return s[words[i].end:next.start] == " " && actions[next.folded]
}

var actions = set("said says told tells has had have met meets won lost will also wants asked called went came became played scored wrote left")

// minCompound is how many letters a part of a compound has that is looked for as a name.
const minCompound = 5

// compound returns the first part of a word that is a name made an adjective: Western-style, X-ray.
func compound(s string) (first string, ok bool) {
	first, last, ok := strings.Cut(s, "-")
	return first, ok && !isCapital(last)
}

// inflected reports whether an English word looks like the form of a verb, an adverb or a plural, which a name seldom does.
func inflected(tag, w string) bool {
	if tag != "en" {
		return false
	}
	for _, ending := range []string{"ing", "ed", "ly", "tion", "tions", "ers", "ists", "ness", "ment", "ments", "ies", "ity", "ous", "ists"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// opensSentence reports whether byte i starts a sentence or a quotation of s.
func opensSentence(s string, i int) bool {
	before := strings.TrimRight(s[:i], " \u00a0\n\"'“”«»‘’„([{-–—•*")
	return before == "" || strings.ContainsRune(".!?:…", lastRune(before))
}

// unclaimed returns the words of the translation without those that are, letter for letter, another name of the original: where Iran is
// there, it does not stand for Iraq.
func unclaimed(name, source, target []token) []token {
	is := func(list []token, t token) bool {
		return slices.ContainsFunc(list, func(w token) bool { return w.folded == t.folded })
	}
	return slices.DeleteFunc(slices.Clone(target), func(t token) bool {
		return isCapital(t.text) && is(source, t) && !is(name, t)
	})
}

// absent returns from the first to the last word of a name that the translation does not have; nil if it has all.
func absent(name, target []token) []token {
	first, last := -1, 0
	for i, w := range name {
		if !present(w, target) {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	if first < 0 {
		return nil
	}
	return name[first:last]
}

// present reports whether word w of a name stands in the translation in some form.
func present(w token, target []token) bool { return instances(w, target) > 0 }

// instances counts the words of the translation that are word w of a name in some form. Of two names that a hyphen joins each stands there;
// of a name made an adjective (Arawak-speaking) its first part does.
func instances(w token, target []token) int {
	parts := hyphenated(w)
	if _, adjective := compound(w.text); adjective && len(parts) == 2 {
		return forms(parts[0], target)
	}
	if len(parts) != 2 {
		return forms(w, target)
	}
	sound := soundOf(w.text)
	for _, t := range target {
		if s := soundOf(t.text); t.folded == w.folded || sameName(w.folded, t.folded) || close(sound, s) {
			return 1
		}
	}
	least := len(target)
	for _, p := range parts {
		if utf8.RuneCountInString(p.text) >= minCompound { // Anti-, Afro-
			least = min(least, forms(p, target))
		}
	}
	return least
}

// answeredOften reports whether word w of a name has as many answers as the original has it, with a capital or without: where "Park
// Service" stands beside "parks", "parques" answers one of them only.
func answeredOften(w token, source, target []token) bool {
	if connectors[w.folded] {
		return true
	}
	wanted, sound := 0, soundOf(w.text)
	for _, t := range source {
		if t.folded == w.folded {
			wanted++
		}
	}
	for _, t := range target {
		if wanted > 0 && (isForm(w, sound, t) || len(t.folded) >= 4 && similar(sound, soundOf(t.text)) || len(hyphenated(t)) > 0) {
			wanted--
		}
	}
	return wanted == 0
}

// forms counts the words of the translation, and the parts of those that a hyphen joins, that are w in some form.
func forms(w token, target []token) int {
	sound := soundOf(w.text)
	n := 0
	for _, t := range target {
		if isForm(w, sound, t) || slices.ContainsFunc(hyphenated(t), func(p token) bool { return isForm(w, sound, p) }) {
			n++
		}
	}
	return n
}

// isForm reports whether t is the name w, which sounds like this, in some form.
func isForm(w token, sound string, t token) bool {
	return w.folded == t.folded || (isCapital(t.text) || len(t.folded) > 5) && similar(sound, soundOf(t.text)) || sameName(w.folded, t.folded)
}

// hyphenated returns the parts of a word that hyphens join; nil if it has none.
func hyphenated(w token) []token {
	if !strings.Contains(w.text, "-") {
		return nil
	}
	var parts []token
	at := w.start
	for p := range strings.SplitSeq(w.text, "-") {
		if p != "" {
			parts = append(parts, token{span{at, at + len(p)}, p, fold(p)})
		}
		at += len(p) + 1
	}
	return parts
}

// similar reports whether two names sound alike: few letters differ, or the first four are the same.
func similar(a, b string) bool {
	if a == "" || b == "" || len(b) < 3 {
		return false
	}
	if len(a) >= 5 && len(b) >= 5 && a[:4] == b[:4] || strings.HasPrefix(b, a) && len(a) >= 4 {
		return true
	}
	n := max(len(a), len(b))
	return a[0] == b[0] && distance(a, b)*3 <= n || close(a, b)
}

// close reports whether few letters of two long names differ.
func close(a, b string) bool {
	n := max(len(a), len(b))
	return n >= 6 && distance(a, b)*4 <= n
}

// soundOf returns a name in bare Latin letters, the ways of writing one sound made one.
func soundOf(s string) string {
	s = latin(fold(s))
	for _, p := range [][2]string{
		{"sch", "s"},
		{"tch", "s"},
		{"ch", "s"},
		{"sh", "s"},
		{"zh", "z"},
		{"kh", "h"},
		{"ts", "s"},
		{"ou", "u"},
		{"iy", "i"},
		{"ij", "i"},
		{"ph", "f"},
		{"th", "t"},
		{"ck", "k"},
		{"qu", "k"},
		{"w", "v"},
		{"y", "i"},
		{"j", "i"},
		{"c", "k"},
		{"x", "s"},
		{"z", "s"},
		{"ii", "i"},
		{"ss", "s"},
		{"nn", "n"},
		{"ll", "l"},
		{"tt", "t"},
		{"ff", "f"},
		{"ee", "e"},
		{"oo", "o"},
	} {
		s = strings.ReplaceAll(s, p[0], p[1])
	}
	return s
}

var cyrillic = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "ґ", "g", "д", "d", "е", "e", "є", "e", "ж", "zh", "з", "z", "и", "i", "і", "i", "ї", "i", "й", "i",
	"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sh", "ъ", "", "ы", "i",
	"ь", "", "э", "e", "ю", "iu", "я", "ia", "ł", "l", "ø", "o", "ß", "ss", "æ", "e", "'", "", "’", "")

func latin(s string) string { return cyrillic.Replace(s) }

// distance is the number of letters to add, take out or change to make a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// calendar holds the names of months and days of a language, which have capitals in English.
func calendar(tag string) map[string]bool {
	if m := calendars[tag]; m != nil {
		return m
	}
	return nil
}

var calendars = func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, tag := range []string{"en", "fr", "es", "pt", "it", "de", "ru", "uk", "pl", "ca", "nl"} {
		m := map[string]bool{}
		f := lang.Facts(lang.Tag(tag))
		for _, list := range [][]string{f.Months, f.Alone, f.Short, f.Days, f.DaysAbb} {
			for _, name := range list {
				for _, t := range tokens(name) {
					m[t.folded] = true
				}
			}
		}
		for _, t := range strings.Fields("sept mondays tuesdays wednesdays thursdays fridays saturdays sundays") {
			m[t] = true
		}
		all[tag] = m
	}
	return all
}()
