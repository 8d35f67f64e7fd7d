package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A textWord is a word of a text and where it stands.
type textWord struct {
	s          string
	start, end int
}

// words cuts s into words: letters and digits, and the hyphens and full stops between them that make one name of several (U.S., 5G-ready
// is two). An apostrophe parts: what it elides is a word of its own.
func words(s string) []textWord {
	var out []textWord
	start := -1
	flush := func(end int) {
		if start >= 0 {
			out = append(out, textWord{s[start:end], start, end})
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(s))
	return out
}

// minStem is what must be left of a word, in letters, when its ending is taken off.
const minStem = 3

// endings are what nouns, adjectives and names end in, by language, the longest first. They are rough on purpose: two words that end up
// alike must still stand in the same order with the same neighbours to be taken for a term.
var endings = map[lang.Tag][]string{
	"en": {"ies:y", "sses:ss", "ss:ss", "us:us", "es:", "s:", "e:"},
	"fr": {"eaux:eau", "aux:al", "ales:al", "ale:al", "elles:el", "elle:el", "euses:eu", "euse:eu", "eurs:eu", "eur:eu", "ées:é", "ée:é", "és:é", "ives:if", "ive:if", "ifs:if", "ennes:en", "enne:en", "ens:en", "ères:er", "ère:er", "ers:er", "es:", "e:", "s:", "x:"},
	"es": {"iones:ion", "ión:ion", "ces:z", "ales:al", "eles:el", "ores:or", "oras:or", "ora:or", "es:", "os:", "as:", "o:", "a:", "e:", "s:"},
	"pt": {"ções:çã", "ção:çã", "ões:ã", "ães:ã", "ãos:ã", "ão:ã", "ais:al", "eis:el", "óis:ol", "uis:ul", "ns:m", "res:r", "zes:z", "es:", "os:", "as:", "o:", "a:", "e:", "s:"},
	"ca": {"cions:cio", "ció:cio", "ques:c", "gues:g", "ces:ç", "es:", "os:", "a:", "s:"},
	"it": {"zioni:zion", "zione:zion", "chi:c", "che:c", "ghi:g", "ghe:g", "i:", "e:", "o:", "a:"},
	"de": {"innen:in", "ungen:ung", "nisse:nis", "ern:", "en:", "er:", "em:", "es:", "e:", "n:", "s:"},
	"nl": {"en:", "s:", "e:"},
	"ru": {"иями:", "ями:", "ами:", "ией:", "иям:", "иях:", "ыми:", "ими:", "ого:", "его:", "ому:", "ему:", "ая:", "яя:", "ую:", "юю:", "ой:", "ей:", "ый:", "ий:", "ое:", "ее:", "ые:", "ие:", "ых:", "их:", "ым:", "им:", "ов:", "ев:", "ам:", "ям:", "ах:", "ях:", "ом:", "ем:", "ою:", "ею:", "ия:", "ию:", "ии:", "ью:", "а:", "я:", "о:", "е:", "у:", "ю:", "ы:", "и:", "ь:", "й:"},
	"uk": {"іями:", "ями:", "ами:", "ією:", "ими:", "ого:", "ому:", "ої:", "ою:", "ею:", "єю:", "ій:", "ий:", "их:", "им:", "ів:", "їв:", "ам:", "ям:", "ах:", "ях:", "ом:", "ем:", "єм:", "ові:", "еві:", "ія:", "ію:", "ії:", "а:", "я:", "о:", "е:", "є:", "у:", "ю:", "и:", "і:", "ї:", "ь:", "й:"},
	"pl": {"iami:", "ami:", "owie:", "owi:", "iego:", "ego:", "iemu:", "emu:", "ich:", "ych:", "imi:", "ymi:", "iej:", "iem:", "ów:", "ach:", "iach:", "om:", "ej:", "ą:", "ę:", "em:", "im:", "ym:", "ie:", "ia:", "iu:", "a:", "e:", "i:", "o:", "u:", "y:"},
}

// slavicNames are the endings of surnames, which nouns would lose: Лавров, Лаврова, Лаврову are one.
var slavicNames = []string{"ов", "ев", "ёв", "ин", "ын", "ів", "їв"}

// stem is what the forms of a word have in common, in small letters.
func stem(tag lang.Tag, w string) string {
	w = strings.ToLower(w)
	if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(r) {
		return w
	}
	if tag == "ru" || tag == "uk" {
		w = strings.ReplaceAll(w, "ё", "е")
		for _, n := range slavicNames {
			if i := strings.LastIndex(w, n); i >= 2*minStem {
				switch w[i+len(n):] {
				case "", "а", "у", "ым", "е", "ой", "ом", "ы", "ых", "им", "ими", "ыми", "і", "ові":
					return w[:i+len(n)]
				}
			}
		}
	}
	for _, e := range endings[tag] {
		end, put, _ := strings.Cut(e, ":")
		if rest, ok := strings.CutSuffix(w, end); ok && utf8.RuneCountInString(rest) >= minStem {
			return rest + put
		}
	}
	return w
}
