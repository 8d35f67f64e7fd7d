package statement

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// A verb is a word of saying.
type verb struct {
	lemma  string
	stance Stance
	words  []string // of the form, in lower case
	flags  string   // see the head of lexicon/en.txt
}

func (v verb) is(flag byte) bool { return strings.IndexByte(v.flags, flag) >= 0 }

// A lexicon is what the rules know of a language's words.
type lexicon struct {
	tag   lang.Tag
	verbs map[string][]verb          // by the first word of the form
	words map[string]map[string]bool // by section, then by word
	multi map[string][][]string      // by section, the entries of several words
	dates []datePattern
	units map[string]string // "months" → "month"
	nums  map[string]int    // "two" → 2
	days  map[string]int    // "sunday" → 0
	month map[string]int    // "january" → 1
}

var lexicons sync.Map // of func() *lexicon, by tag

// lexiconOf returns the words of a language. One that has no list gets that of English marks and nothing else: its quotations are
// found, and nobody is made to have said them.
func lexiconOf(tag lang.Tag) *lexicon {
	bare := tag.Bare()
	load, _ := lexicons.LoadOrStore(bare, sync.OnceValue(func() *lexicon {
		data, err := lexiconFiles.ReadFile("lexicon/" + string(bare) + ".txt")
		if err != nil {
			data = nil
		}
		return parseLexicon(bare, string(data))
	}))
	return load.(func() *lexicon)()
}

func parseLexicon(tag lang.Tag, data string) *lexicon {
	l := &lexicon{
		tag: tag, verbs: make(map[string][]verb), words: make(map[string]map[string]bool), multi: make(map[string][][]string),
		units: make(map[string]string), nums: make(map[string]int), days: make(map[string]int), month: make(map[string]int),
	}
	var endings [][2]string // suffix of the lemma, what takes its place
	kind, arg := "", ""
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			kind, arg, _ = strings.Cut(strings.Trim(line, "[]"), " ")
			continue
		}
		switch kind {
		case "endings":
			suffix, forms, _ := strings.Cut(line, ":")
			endings = append(endings, [2]string{strings.TrimSpace(suffix), forms})
		case "verbs":
			l.addVerb(line, Stance(arg), endings)
		case "words":
			l.addWords(arg, line)
		case "dates":
			l.addDate(line)
		}
	}
	l.calendar()
	return l
}

// addVerb reads "lemma", "lemma !flags", "lemma !flags: forms". Forms of several words have _ for the space.
func (l *lexicon) addVerb(line string, stance Stance, endings [][2]string) {
	head, forms, given := strings.Cut(line, ":")
	lemma, flags, _ := strings.Cut(strings.TrimSpace(head), " !")
	list := strings.Fields(forms)
	if !given {
		list = inflected(lemma, endings)
	}
	lemma = strings.ReplaceAll(lemma, "_", " ")
	if l.tag == "ru" || l.tag == "uk" { // the neuter of the past: "the ministry said"
		for _, form := range list {
			if stem, ok := strings.CutSuffix(form, "ла"); ok && !slices.Contains(list, stem+"ло") {
				list = append(list, stem+"ло")
			}
		}
	}
	for _, form := range list {
		v := verb{lemma: lemma, stance: stance, flags: flags}
		if noun, ok := strings.CutPrefix(form, "~"); ok { // a form that is a noun as well
			form, v.flags = noun, flags+"~"
		}
		v.words = strings.Split(form, "_")
		l.verbs[v.words[0]] = append(l.verbs[v.words[0]], v)
	}
}

// inflected are the forms of a regular verb: of the endings those of the longest suffix its lemma has. What follows a first _ stays.
func inflected(lemma string, endings [][2]string) []string {
	head, rest, more := strings.Cut(lemma, "_")
	best := -1
	for i, e := range endings {
		if strings.HasSuffix(head, e[0]) && (best < 0 || len(e[0]) > len(endings[best][0])) {
			best = i
		}
	}
	forms := []string{head}
	if best >= 0 {
		stem := strings.TrimSuffix(head, endings[best][0])
		for _, e := range strings.Fields(endings[best][1]) {
			if pre, end, ok := strings.Cut(e, "+"); ok { // ge+t
				forms = append(forms, pre+stem+end)
			} else {
				forms = append(forms, stem+strings.TrimPrefix(e, "-"))
			}
		}
	}
	if more {
		for i := range forms {
			forms[i] += "_" + rest
		}
	}
	return forms
}

// addWords reads entries with commas between them.
func (l *lexicon) addWords(section, line string) {
	for e := range strings.SplitSeq(line, ",") {
		f := strings.Fields(e)
		switch {
		case len(f) == 0:
		case len(f) == 1:
			if l.words[section] == nil {
				l.words[section] = make(map[string]bool)
			}
			l.words[section][f[0]] = true
		default:
			l.multi[section] = append(l.multi[section], f)
		}
	}
}

func (l *lexicon) has(section, word string) bool { return l.words[section][word] }

// calendar takes over the names of days and months.
func (l *lexicon) calendar() {
	facts := lang.Facts(l.tag)
	add := func(to map[string]int, from int, names []string) {
		for i, n := range names {
			n = strings.TrimSuffix(strings.ToLower(n), ".")
			if _, ok := to[n]; !ok {
				to[n] = i + from
			}
		}
	}
	add(l.days, 0, facts.Days)
	add(l.month, 1, facts.Months)
	add(l.month, 1, facts.Alone)
	add(l.month, 1, facts.Short)
}
