package translate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is a unit that a mark takes whole or leaves: letters and digits, with the apostrophes, hyphens and separators inside
// them, or a sign that is spoken (%, €, &). Other punctuation belongs to no word.
type word struct {
	start, end int
	text       string
	folded     string // lower case, without accents
	small      bool   // an article, a preposition or the like: see isFunction
}

// wordsOf returns the words of s, a text of tag, in order. An apostrophe parts an elided word from the next: l’ and ONU are two.
func wordsOf(tag, s string) []word {
	list := functions[tag]
	var out []word
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case isLetter(r):
			j := wordEnd(s, i)
			out = append(out, newWord(list, s, i, j))
			i = j
		case i > 0 && strings.ContainsRune("'’", r) && isPossessive(s[i+w:]):
			if prev, _ := utf8.DecodeLastRuneInString(s[:i]); isLetter(prev) {
				out = append(out, newWord(list, s, i, i+w+1))
				i++ // over the s
			}
			i += w
		case isSpoken(r):
			out = append(out, newWord(list, s, i, i+w))
			i += w
		default:
			i += w
		}
	}
	return out
}

func newWord(list map[string]bool, s string, i, j int) word {
	return word{start: i, end: j, text: s[i:j], folded: fold(s[i:j]), small: list[strings.Trim(strings.ToLower(s[i:j]), "'’")]}
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if isLetter(r) {
			i += w
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+w:])
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		switch {
		case strings.ContainsRune("-‑_", r) && isLetter(next):
			if unicode.IsDigit(prev) && !unicode.IsDigit(next) {
				return i // 79-year-old is a number and what it counts
			}
		case strings.ContainsRune(".,:", r) && unicode.IsDigit(prev) && unicode.IsDigit(next): // 3.5, 17:30
		case strings.ContainsRune("'’", r) && isLetter(next) && elided(s[:i]):
			return i + w // the apostrophe goes with what it shortens
		case strings.ContainsRune("'’", r) && isPossessive(s[i+w:]):
			return i
		case strings.ContainsRune("'’", r) && isLetter(next): // don't, aujourd'hui
		default:
			return i
		}
		i += w
	}
	return i
}

// isPossessive reports whether s starts with the s of an English genitive, a word of its own to a mark: a link on Trump in Trump's.
func isPossessive(s string) bool {
	if s == "" || s[0] != 's' && s[0] != 'S' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[1:])
	return len(s) == 1 || !isLetter(r)
}

// elided reports whether the letters at the end of s are a word that loses its vowel before another: l, d, qu, dell.
func elided(s string) bool {
	i := len(s)
	for i > 0 {
		r, w := utf8.DecodeLastRuneInString(s[:i])
		if !isLetter(r) {
			break
		}
		i -= w
	}
	switch strings.ToLower(s[i:]) {
	case "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
		"un", "all", "dall", "dell", "nell", "sull", "coll", "quell", "quest", "sant", "gl":
		return true
	}
	return false
}

func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isSpoken(r rune) bool {
	return strings.ContainsRune("%‰&§°№#@+=×", r) || unicode.Is(unicode.Sc, r)
}

// fold returns s in lower case and without accents.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// digits returns the digits of s alone: 1,200.50 and 1.200,50 are the same number in two usages.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// isFunction reports whether w is an article, a preposition or another small word that a mark's edge leaves out unless the
// source's mark starts or ends with one too.
func isFunction(tag, w string) bool {
	return functions[tag][strings.Trim(strings.ToLower(w), "'’")]
}

// functions are those words by language.
var functions = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for tag, words := range map[string]string{
		"en": "the a an of in on at to for from by with and or as that this its his her their our my your is was were are be been than into about over under who which s",
		"fr": "le la les l un une des de du d en à au aux dans sur par pour et ou qui que qu ce cette ces cet son sa ses leur leurs s se y ne n entre chez vers sous avec",
		"es": "el la los las un una unos unas de del en a al con por para y e o u que su sus lo se entre sobre sin desde hasta hacia",
		"pt": "o a os as um uma uns umas de do da dos das em no na nos nas num numa a à ao aos às por pelo pela pelos pelas para com e ou que seu sua seus suas se entre sobre sem desde até ante",
		"it": "il lo la i gli le l un uno una di del dello della dei degli delle dell da dal dallo dalla dai dagli dalle dall in nel nello nella nei negli nelle nell a al allo alla ai agli alle all su sul sullo sulla sui sugli sulle sull con per tra fra e ed o che si suo sua suoi sue",
		"de": "der die das den dem des ein eine einen einem einer eines von vom zu zum zur in im ins an am ans auf für mit bei beim nach aus und oder als dass sich sein seine ihr ihre über unter um durch",
		"ru": "в во на с со к ко о об от до для из у за по под над при про и а но или что как не же ли бы это его ее её их",
		"uk": "в у на з зі із до від для за по під над при про і й та а але чи що як не же б це його її їх о об",
		"pl": "w we na z ze do od dla za po pod nad przy o i a ale lub czy że jak nie się to jego jej ich",
		"ca": "el la els les l un una uns unes de del dels d en a al als amb per pel pels i o que seu seva seus seves es s entre sobre sense",
		"nl": "de het een van in op aan te voor met door bij naar uit en of als dat die zijn haar hun om over onder",
	} {
		m[tag] = map[string]bool{}
		for _, w := range strings.Fields(words) {
			m[tag][w] = true
		}
	}
	return m
}()
