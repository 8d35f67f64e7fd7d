package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// How the press of a language spells Russian and Ukrainian names: not the scientific systems but what readers see in print.
// A key is a letter, or a letter with where it stands: ^ at the start of a word or after a vowel or a sign, + after a vowel,
// ! after ж ч ш щ, ~ between vowels, < before е ё и і є. Endings are looked up first, in their order; $ marks them.
var systems = map[string]string{
	"ru-en": "ский$ sky цкий$ tsky ий$ y ый$ y ия$ ia а a б b в v г g д d е e е^ ye ё yo ё! e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya",
	"ru-fr": "ский$ ski цкий$ tski ий$ i ый$ y ин$ ine ын$ yne ия$ ia а a б b в v г g г< gu д d е e е+ ïe ё io ё! e ж j з z и i и+ ï й ï к k л l м m н n о o п p р r с s с~ ss т t у ou ф f х kh ц ts ч tch ш ch щ chtch ъ - ы y ь - э e ю iou ю+ ïou я ia я+ ïa",
	"ru-de": "ский$ ski цкий$ zki ий$ i ый$ y а a б b в w г g д d е e е^ je ё jo ё! o ж sch з s и i й i к k л l м m н n о o п p р r с s с~ ss т t у u ф f х ch ц z ч tsch ш sch щ schtsch ъ - ы y ь - э e ю ju я ja",
	"ru-es": "ский$ ski цкий$ tski ий$ i ый$ i гей$ guéi ей$ éi ай$ ái а a б b в v г g г< gu д d е e е^ ye ё io ё^ yo ё! o ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х j ц ts ч ch ш sh щ shch ъ - ы i ь - э e ю iu ю^ yu я ia я^ ya",
	"ru-pt": "ский$ ski цкий$ tski ий$ i ый$ i а a б b в v г g г< gu д d е e е^ ie ё io ё! o ж j з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч tch ш ch щ chtch ъ - ы i ь - э e ю iu я ia",
	"ru-it": "ий$ ij ый$ yj а a б b в v г g д d е e е^ e ё ë ж ž з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х ch ц c ч č ш š щ šč ъ - ы y ь - э e ю ju я ja",
	"ru-ca": "ский$ ski цкий$ tski ий$ i ый$ i а a б b в v г g г< gu д d е e е^ ie ё io ё! o ж j з z и i й i к k л l м m н n о o п p р r с s с~ ss т t у u ф f х kh ц ts ч tx ш x щ sx ъ - ы i ь - э e ю iu я ia",
	"ru-pl": "ский$ ski цкий$ cki ий$ ij ый$ y ле$ le а a б b в w г g д d е ie е^ je е! e ё io ё^ jo ё! o ж ż з z и i й j к k л ł м m н n о o п p р r с s т t у u ф f х ch ц c ч cz ш sz щ szcz ъ - ы y ь - э e ю iu ю^ ju я ia я^ ja",
	"uk-en": "ський$ sky цький$ tsky ий$ yi а a б b в v г h ґ g д d е e є ie є^ ye ж zh з z и y і i ї i ї^ yi й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ь - ю iu ю^ yu я ia я^ ya",
	"uk-fr": "ський$ sky цький$ tsky ий$ y ін$ ine а a б b в v г h ґ g ґ< gu д d е e є ie ж j з z и y і i і+ ï ї ï й ï к k л l м m н n о o п p р r с s с~ ss т t у ou ф f х kh ц ts ч tch ш ch щ chtch ь - ю iou я ia я+ ïa",
	"uk-de": "ський$ skyj цький$ zkyj ий$ yj а a б b в w г h ґ g д d е e є je ж sch з s и y і i ї ji й j к k л l м m н n о o п p р r с s с~ ss т t у u ф f х ch ц z ч tsch ш sch щ schtsch ь - ю ju я ja",
	"uk-es": "ський$ ski цький$ tski ий$ i а a б b в v г h ґ g ґ< gu д d е e є ye ж zh з z и i і i ї i ї^ yi й i к k л l м m н n о o п p р r с s т t у u ф f х j ц ts ч ch ш sh щ shch ь - ю iu ю^ yu я ia я^ ya",
	"uk-pt": "ський$ sky цький$ tsky ий$ i а a б b в v г h ґ g д d е e є ie ж j з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч tch ш ch щ chtch ь - ю iu я ia",
	"uk-it": "ський$ sky цький$ tsky ий$ yj а a б b в v г h ґ g д d е e є je ж ž з z и y і i ї ji й j к k л l м m н n о o п p р r с s т t у u ф f х ch ц c ч č ш š щ šč ь - ю ju я ja",
	"uk-pl": "ський$ ski цький$ cki ий$ yj а a б b в w г h ґ g д d е e є ie є^ je ж ż з z и y і i ї ji й j к k л ł м m н n о o п p р r с s т t у u ф f х ch ц c ч cz ш sz щ szcz ь - ю iu ю^ ju я ia я^ ja",
	"uk-ca": "ський$ ski цький$ tski ий$ i а a б b в v г h ґ g д d е e є ie ж j з z и i і i ї i й i к k л l м m н n о o п p р r с s с~ ss т t у u ф f х kh ц ts ч tx ш x щ sx ь - ю iu я ia",
}

// A system is one line of systems, read.
type system struct {
	endings [][2]string
	letters map[string]string
	soft    string // the vowels and signs before which a Polish ł is an l
}

var read = func() map[string]system {
	all := make(map[string]system)
	for pair, line := range systems {
		s := system{letters: make(map[string]string), soft: "еёиюяь"}
		if strings.HasPrefix(pair, "uk") {
			s.soft = "іїєюяь"
		}
		f := strings.Fields(line)
		for i := 0; i+1 < len(f); i += 2 {
			put := f[i+1]
			if put == "-" {
				put = ""
			}
			if end, ok := strings.CutSuffix(f[i], "$"); ok {
				s.endings = append(s.endings, [2]string{end, put})
			} else {
				s.letters[f[i]] = put
			}
		}
		all[pair] = s
	}
	return all
}()

// Transliterate spells a Russian or Ukrainian name as the press of the language to does; ok is false where it has no system for it.
//
//	Алексей Лужин  →  en Aleksey Luzhin, fr Alekseï Loujine, de Aleksei Luschin, pl Aleksiej Łużin
func Transliterate(name string, from, to lang.Tag) (s string, ok bool) {
	sys, ok := read[string(from.Bare()+"-"+to.Bare())]
	if !ok {
		return "", false
	}
	var b strings.Builder
	for _, w := range splitKeeping(norm.NFC.String(name)) {
		b.WriteString(sys.word(w))
	}
	return b.String(), true
}

// splitKeeping cuts s into words of Cyrillic letters and what stands between them.
func splitKeeping(s string) []string {
	var out []string
	start, inWord := 0, false
	for i, r := range s {
		if w := unicode.Is(unicode.Cyrillic, r); w != inWord {
			out = append(out, s[start:i])
			start, inWord = i, w
		}
	}
	return append(out, s[start:])
}

const (
	cyrillicVowels = "аеёиоуыэюяєії"
	hushers        = "жчшщ"
	frontVowels    = "еёиіє"
)

func (sys system) word(w string) string {
	if r, _ := utf8.DecodeRuneInString(w); !unicode.Is(unicode.Cyrillic, r) {
		return w
	}
	low := []rune(strings.ToLower(w))
	tail := ""
	for _, e := range sys.endings {
		if end := []rune(e[0]); len(low) > len(end)+1 && strings.HasSuffix(string(low), e[0]) {
			low, tail = low[:len(low)-len(end)], e[1]
			break
		}
	}
	var b strings.Builder
	for i, r := range low {
		b.WriteString(sys.letter(low, i, r))
	}
	s := b.String() + tail
	switch {
	case strings.ToUpper(w) == w && utf8.RuneCountInString(w) > 1:
		return strings.ToUpper(s)
	case unicode.IsUpper([]rune(w)[0]):
		r, n := utf8.DecodeRuneInString(s)
		return string(unicode.ToUpper(r)) + s[n:]
	}
	return s
}

// letter is what r at place i of the word becomes: the key that says most of where it stands decides.
func (sys system) letter(word []rune, i int, r rune) string {
	var before, after rune
	if i > 0 {
		before = word[i-1]
	}
	if i+1 < len(word) {
		after = word[i+1]
	}
	vowelBefore := strings.ContainsRune(cyrillicVowels, before) && before != 0
	softAfter := after != 0 && strings.ContainsRune(sys.soft, after)
	for _, c := range []struct {
		mark  string
		holds bool
	}{
		{"!", before != 0 && strings.ContainsRune(hushers, before)},
		{"+", vowelBefore},
		{"^", before == 0 || vowelBefore || before == 'ь' || before == 'ъ'},
		{"~", vowelBefore && after != 0 && strings.ContainsRune(cyrillicVowels, after)},
		{"<", after != 0 && strings.ContainsRune(frontVowels, after)},
	} {
		if s, ok := sys.letters[string(r)+c.mark]; ok && c.holds {
			return s
		}
	}
	s, ok := sys.letters[string(r)]
	switch {
	case !ok:
		return string(r)
	case s == "ł" && softAfter:
		return "l"
	case s == "ie" && r == 'е' && before == 'л', s == "ia" && before == 'л' && sys.letters["л"] == "ł", s == "io" && before == 'л' && sys.letters["л"] == "ł":
		return s[1:] // Polish writes le, la, lo after its soft l
	}
	return s
}

// english are the letters of the English spelling, the longest first.
var english = []string{
	"shch", "щ", "kh", "х", "zh", "ж", "ch", "ч", "sh", "ш", "ts", "ц", "ya", "я", "yu", "ю", "yo", "ё", "ye", "е",
	"a", "а", "b", "б", "v", "в", "g", "г", "d", "д", "e", "е", "z", "з", "i", "и", "k", "к", "l", "л", "m", "м", "n", "н", "o", "о",
	"p", "п", "r", "р", "s", "с", "t", "т", "u", "у", "f", "ф", "h", "х", "y", "ы", "w", "в", "j", "дж", "c", "к", "x", "кс", "q", "к",
}

// cyrillic reads an English spelling of a Russian name back, as far as that can be done. Of other names it makes nothing.
func cyrillic(name string, home lang.Tag) string {
	if home != "ru" {
		return ""
	}
	var out strings.Builder
	for i, w := range strings.Split(name, " ") {
		if i > 0 {
			out.WriteByte(' ')
		}
		low := strings.ToLower(w)
		end := ""
		for _, e := range [][2]string{{"ey", "ей"}, {"ei", "ей"}, {"ay", "ай"}, {"ai", "ай"}, {"oy", "ой"}, {"iy", "ий"}, {"y", "ий"}} {
			if rest, ok := strings.CutSuffix(low, e[0]); ok && rest != "" {
				low, end = rest, e[1]
				break
			}
		}
		back := readBack(low) + end
		if r, n := utf8.DecodeRuneInString(back); w != strings.ToLower(w) {
			back = string(unicode.ToUpper(r)) + back[n:]
		}
		out.WriteString(back)
	}
	return out.String()
}

func readBack(s string) string {
	var b strings.Builder
next:
	for s != "" {
		for i := 0; i < len(english); i += 2 {
			if rest, ok := strings.CutPrefix(s, english[i]); ok {
				b.WriteString(english[i+1])
				s = rest
				continue next
			}
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

// hissing are the spellings of ж ч ш щ in the systems of the press. One letter stands for all: "ch" is ч in English and ш in French.
var hissing = strings.NewReplacer(
	"schtsch", "s", "chtch", "s", "shch", "s", "szcz", "s", "šč", "s", "tsch", "s", "tch", "s", "tsh", "s", "tx", "s", "sch", "s", "zh", "s",
	"ch", "s", "sh", "s", "cz", "s", "sz", "s", "č", "s", "š", "s", "ž", "s", "ż", "s", "ts", "s", "tz", "s", "dj", "s", "dz", "s", "kh", "k",
	"w", "v", "ck", "k", "ph", "f", "gu", "g", "ł", "l", "ß", "s", "x", "ks", "q", "k", "c", "k", "z", "s", "j", "")

// Key is what the spellings of a name in the languages and scripts of the press have in common: its consonants, one letter for those
// that the systems disagree on. Лавин, Lavin, Lawin and Ławin have one key. It is for finding, never for display, and short keys
// say little: compare them only where a first name or a role fits, too.
func Key(name string) string {
	if s, ok := Transliterate(name, "ru", "en"); ok {
		name = s
	}
	name = strings.NewReplacer("є", "ye", "і", "i", "ї", "i", "ґ", "g").Replace(strings.ToLower(name))
	name = hissing.Replace(norm.NFC.String(name))
	var out strings.Builder
	var last rune
	for _, r := range norm.NFD.String(name) {
		switch {
		case r == ' ' || r == '-' || r == '\u00a0':
			if out.Len() > 0 && last != ' ' {
				out.WriteByte(' ')
			}
			last = ' '
			continue
		case !unicode.IsLetter(r) || strings.ContainsRune("aeiouyhј", r):
			continue
		case r == last:
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return strings.TrimSpace(out.String())
}
