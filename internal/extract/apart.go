package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A written is a text in which a page names who wrote, and how the page means it.
type written struct {
	text string
	as   meaning
}

type meaning int

const (
	several meaning = iota // one name or more
	person                 // that of one person, as far as the page's data go
	body                   // that of one newsroom or agency
)

// between parts names in one string.
var between = regexp.MustCompile(`\s*(?:,|;|/|，|／|\||\s&\s|\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+|\s+e\s+|\s+och\s+|\s+og\s+|\s+en\s+|\s+i\s+|\s+и\s+|\s+та\s+|・|、)\s*`)

// separators returns where between parts a text. Most texts have neither a sign of it nor one of its words, and are spared the expression.
func separators(s string) [][]int {
	if !strings.ContainsAny(s, ",;/|&，／・、") {
		words := false
		for w := range strings.FieldsSeq(s) {
			words = words || ands[w]
		}
		if !words {
			return nil
		}
	}
	return between.FindAllStringIndex(s, -1)
}

// ands are the words of between.
var ands = set("and und et y e och og en i и та")

// apart returns the names of a text, without the word before them. What the page gives as one name is parted only where it plainly lists
// several: there is "y" in Ortega y Gasset, and "and" in the names of newsrooms.
func (w written) apart() []string {
	s := w.text
	if w.as == person && persons([]string{"X " + s}) != nil {
		s = givenFirst(s)
	}
	for {
		rest := w.withoutBy(s)
		if rest == s || len(rest) < 2 {
			break
		}
		s = rest
	}
	var names []string
	sign, from := "", 0
	add := func(name string) {
		last := len(names) - 1
		switch {
		case last < 0:
			names = append(names, w.withoutBy(name))
		case sign == "," && degree.MatchString(name):
			// what somebody studied is no author
		case sign == "," && generation.MatchString(name):
			names[last] += ", " + name
		case sign == "・" && katakana(names[last]) && katakana(name):
			names[last] += "・" + name
		case w.oneName(names[last], sign, name):
			names[last] += " " + sign + " " + name
		default:
			names = append(names, w.withoutBy(name))
		}
	}
	for _, at := range separators(s) {
		add(strings.TrimSpace(s[from:at[0]]))
		sign, from = strings.TrimSpace(s[at[0]:at[1]]), at[1]
	}
	add(strings.TrimSpace(s[from:]))
	if w.as == body && len(names) > 1 && persons(names) == nil {
		return []string{s}
	}
	return names
}

var (
	// generation tells a son from his father, and degree says what somebody studied. Both stand behind a comma, and are no names.
	generation = regexp.MustCompile(`^(?:(?i:jr|sr|jnr|snr)\.?|II|III|IV)$`)
	degree     = regexp.MustCompile(`^(?:Ph\.? ?D|D\.? ?Phil|M\.? ?D|D\.? ?O|J\.? ?D|R\.? ?N|R\.? ?D|R\.? ?D\.? ?N|D\.? ?D\.? ?S|D\.? ?V\.? ?M|M\.? ?P\.? ?H|M\.? ?B\.? ?A|M\.? ?Sc|M\.? ?S|M\.? ?A|C\.? ?F\.? ?[AP]|C\.? ?P\.? ?A|Esq)\.?$`)
)

// oneName reports whether a word that means "and" stands within a name: between two family names in Spanish, Portuguese and Catalan, of which
// the second stands alone, or between the particles of a German one.
func (w written) oneName(before, and, after string) bool {
	first, last := strings.Fields(before), strings.Fields(after)
	if len(first) == 0 || len(last) == 0 {
		return false
	}
	switch and {
	case "y", "e", "i":
		initial, _ := utf8.DecodeRuneInString(after)
		return len(last) == 1 && unicode.IsUpper(initial) && strings.ToUpper(after) != after && !agencies[strings.ToLower(after)] && (w.as == person || len(first) > 1)
	case "und":
		return first[len(first)-1] == "von" && (last[0] == "zu" || last[0] == "zum" || last[0] == "zur")
	}
	return false
}

// agencies are names in one word that stand beside those of persons in bylines: they had help from the wires, or from the newsroom.
var agencies = set(`reuters ap afp dpa efe lusa ansa apa sda ats kna epd sid belga anp ntb ritzau stt pap čtk mti tass тасс риа интерфакс укринформ xinhua kyodo jiji yonhap pti ians ani antara aap upi
bloomberg agencias agências agenzie agències agenturen agences агентства redacción redação redazione redacció redaktion rédaction redactie redakcja редакция`)

// withoutBy takes the word before a name off. Some of these words are parts of names as well: what would leave a family name alone is one, unless a
// line begins with it.
func (w written) withoutBy(s string) string {
	if !mayBeginBy(s) {
		return s
	}
	at := by.FindStringIndex(s)
	if at == nil {
		return s
	}
	rest := s[at[1]:]
	if w.as != several && particles[strings.ToLower(strings.TrimSpace(s[:at[1]]))] && persons([]string{rest}) == nil && strings.ToUpper(rest) != rest {
		return s
	}
	return rest
}

// mayBeginBy reports whether the first word of a text, or its first sign of Chinese or Japanese, is one that by begins with. It spares most texts the
// expression.
func mayBeginBy(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n\f\u00a0\u3000")
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	first, _ := utf8.DecodeRuneInString(s)
	return byWords[strings.ToLower(s[:end])] || strings.ContainsRune("取文写聞著執筆作撰图本特实记記采", first)
}

var byWords = set(`words story article post posted published edited created report publié écrit rédigé escrito scritto geschrieben verfasst zeige alle voir ver written reported view all by von par por di da de av af door oleh
text texte texto testo autor autorin autore auteur author przez tekst rozmawiał rozmawiała opracował opracowała napsal napsala írta haber yazan от автор автори авторы текст подготовил подготовила підготував підготувала كتب كتبت بقلم إعداد מאת 글`)

// particles are words before a name that are parts of family names, too.
var particles = set("von di da de av af")

// katakana reports whether a text is a foreign name, or a part of one, as Japanese writes it.
func katakana(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Katakana, r) && !strings.ContainsRune("ー・＝=", r) {
			return false
		}
	}
	return s != ""
}
