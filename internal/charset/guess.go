package charset

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// pages lists the character sets in which texts of a language were published before UTF-8, the likelier first.
// From the encodings that browsers fall back to by locale (WHATWG Encoding Standard) and the older ones beside them.
var pages = map[string][]string{
	"ru": {"windows-1251", "koi8-r", "ibm866"}, "uk": {"windows-1251", "koi8-u"}, "be": {"windows-1251"}, "bg": {"windows-1251"},
	"sr": {"windows-1251", "windows-1250"}, "mk": {"windows-1251"}, "kk": {"windows-1251"},
	"cs": {"windows-1250", "iso-8859-2"}, "sk": {"windows-1250", "iso-8859-2"}, "pl": {"iso-8859-2", "windows-1250"},
	"hu": {"iso-8859-2", "windows-1250"}, "ro": {"iso-8859-2", "windows-1250"}, "hr": {"windows-1250", "iso-8859-2"},
	"sl": {"windows-1250", "iso-8859-2"}, "bs": {"windows-1250"}, "sq": {"windows-1250"},
	"el": {"windows-1253", "iso-8859-7"}, "tr": {"windows-1254"}, "az": {"windows-1254"}, "he": {"windows-1255"}, "yi": {"windows-1255"},
	"ar": {"windows-1256"}, "fa": {"windows-1256"}, "ur": {"windows-1256"},
	"lt": {"windows-1257"}, "lv": {"windows-1257"}, "et": {"windows-1257"}, "vi": {"windows-1258"}, "th": {"windows-874"},
	"ja": {"shift_jis", "euc-jp", "iso-2022-jp"}, "ko": {"euc-kr"}, "zh": {"gb18030", "big5"},
}

// unhinted are tried where nothing is known of the language: character sets whose letters look like nothing else.
var unhinted = []string{"iso-2022-jp", "windows-1251", "koi8-r", "koi8-u", "shift_jis", "euc-jp", "gb18030", "euc-kr", "big5", "windows-1253", "windows-1255", "windows-1256", "windows-874", "windows-1250", "iso-8859-2"}

// alphabets hold, for the languages whose two character sets of one byte differ in a few letters only, the letters beyond ASCII that their words
// have. What one of the sets makes of the other's bytes is letters of a neighbour, within words: ľ for ž, ą for š.
var alphabets = map[string]string{
	"cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "ro": "ăâîşţșț", "hr": "čćđšž", "sl": "čšž",
	"bs": "čćđšž", "sq": "çë",
}

// ofTheLanguage returns the share of the letters beyond ASCII of text that words of a language have; without a language, of that which has
// the most of them. A text without such letters has all of them.
func ofTheLanguage(text, primary string) float64 {
	counts := map[rune]int{}
	all := 0
	for _, r := range text {
		if r >= 0x80 && unicode.IsLetter(r) {
			counts[unicode.ToLower(r)]++
			all++
		}
	}
	if all == 0 {
		return 1
	}
	most := 0
	for tag, letters := range alphabets {
		if primary != "" && tag != primary {
			continue
		}
		n := 0
		for _, r := range letters {
			n += counts[r]
		}
		most = max(most, n)
	}
	return float64(most) / float64(all)
}

// stated returns the primary language that the html element of a page names, or "". Its tag is ASCII in every set that is guessed.
func stated(b []byte) string {
	lower := bytes.ToLower(b[:min(len(b), metaBytes)])
	_, rest, ok := bytes.Cut(lower, []byte("<html"))
	if !ok {
		return ""
	}
	tag, _, ok := bytes.Cut(rest, []byte(">"))
	if !ok {
		return ""
	}
	_, value, ok := bytes.Cut(tag, []byte("lang="))
	if !ok {
		return ""
	}
	value = bytes.TrimLeft(value, `"'`)
	if end := bytes.IndexFunc(value, func(r rune) bool { return r < 'a' || r > 'z' }); end >= 0 {
		value = value[:end]
	}
	return string(value)
}

// spoken returns the primary language that the prose of a page is plainly written in, where its alphabet is Latin: most of its commonest words have letters
// of ASCII only, which all of these sets agree in.
func spoken(b []byte) string {
	var prose []byte
	for b = b[:min(len(b), 4*guessBytes)]; len(b) > 0 && len(prose) < enoughProse; {
		end := bytes.IndexByte(b, '<')
		if end < 0 {
			end = len(b)
		}
		if end >= leastProse && !bytes.ContainsAny(b[:end], "{}") {
			prose = append(append(prose, b[:end]...), '\n')
		}
		b = b[min(len(b), end+1):]
		if next := bytes.IndexByte(b, '>'); next >= 0 {
			b = b[next+1:]
		}
	}
	if beyondASCII(prose)*4 > len(prose) {
		return "" // another alphabet
	}
	text, _ := decodeAs(prose, "windows-1252", Guess)
	tag, _ := lang.Written("", text)
	return string(tag.Bare())
}

const (
	leastProse  = 60   // bytes between two tags that are prose
	enoughProse = 2000 // bytes that settle the language
)

// guessBytes bounds the work: the letters of so much text settle the question.
const guessBytes = 64 << 10

// enough is how many bytes beyond ASCII a guess wants where nothing is known of the language.
const enough = 12

func beyondASCII(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= 0x80 {
			n++
		}
	}
	return n
}

// guess returns the character set in which b reads as words, or "" if windows-1252 does as well as any.
func guess(b []byte, hint string) string {
	primary, _, _ := strings.Cut(strings.ToLower(hint), "-")
	if primary == "" {
		if tag := stated(b); pages[tag] != nil {
			primary = tag // one of western Europe settles nothing: pages are made from other people's templates
		}
	}
	if primary == "" {
		switch tag := spoken(b); {
		case pages[tag] != nil:
			primary = tag
		case tag != "":
			return "" // a language of western Europe
		}
	}
	candidates, told := pages[primary]
	switch {
	case primary == "":
		candidates = unhinted
	case !told:
		return "" // a language of western Europe: the default is the answer
	}
	b = b[:min(len(b), guessBytes)]
	if primary == "" && beyondASCII(b) < enough && !bytes.Contains(b, []byte("\x1b$")) {
		return "" // a handful of bytes looks like anything
	}
	best, high := "", likelihood(b, "windows-1252")
	if told {
		high = -1 // one of the language's own sets it is, unless none makes words
	}
	for _, name := range candidates {
		s := likelihood(b, name)
		if name == "windows-1250" || name == "iso-8859-2" {
			text, _ := decodeAs(b, name, Guess)
			if _, knows := alphabets[primary]; knows || primary == "" {
				s -= 2 * (1 - ofTheLanguage(text, primary))
			}
		}
		if s > high {
			best, high = name, s
		}
	}
	return best
}

// likelihood says how much b reads like words in an encoding: the mean over characters beyond ASCII of a small score each.
// A letter among letters of its own script in lower case is what words are made of; a replacement, a control character, a
// capital after a small letter or a change of script within a word is what the wrong encoding gives.
func likelihood(b []byte, name string) float64 {
	text, found := decodeAs(b, name, Guess)
	if found.Replaced*50 > len(b) {
		return -10
	}
	var score float64
	var n int
	prev := ' '
	for _, r := range text {
		if r >= 0x80 || name == "iso-2022-jp" && r == 0x1b {
			n++
			score += fits(prev, r)
		}
		prev = r
	}
	if n == 0 {
		return -10
	}
	return score/float64(n) - 20*float64(found.Replaced)/float64(n)
}

// common are the most frequent characters of running text in Chinese (both scripts), Japanese kanji and Korean syllables:
// two-byte sets decode one another's bytes without an error, but into characters nobody uses.
const common = "的一是了我不人在他有这個个上们們来來到时時大地为為子中你说說生国國年着著就那和要她出也得里裡后後自以会會家可下而过過天去能对對小多然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美总總从從无無情己面最女但现現前些所同日手又行意动動方期它头頭经經长長儿兒回位分爱愛老因很给給名法间間知世什两兩次使身者被高已其进進此话話常与與活正感" +
	"本会社東京新聞政府民党首相今約問題氏内閣員議" + "이다는을의에가고한하지를기사로은들서인도있전대자과시해수일정부"

func fits(prev, r rune) float64 {
	switch {
	case r == unicode.ReplacementChar:
		return -4
	case unicode.IsControl(r), unicode.Is(unicode.Co, r):
		return -3
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r) && r < 0xFF00:
		return 1.2
	case r >= 0xFF61 && r <= 0xFF9F: // half-width katakana: what Shift_JIS makes of anything
		return -1
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hangul, r):
		if strings.ContainsRune(common, r) {
			return 1.5
		}
		return 0.2
	case unicode.IsLetter(r):
		return letterFits(prev, r)
	case strings.ContainsRune("«»“”„‘’‚–—…\u00A0·•、。「」『』，（）：", r):
		return 0.5
	}
	return -0.5
}

// letterFits scores a letter of an alphabet by the letter before it.
func letterFits(prev, r rune) float64 {
	latin := unicode.Is(unicode.Latin, r)
	score := 0.3
	if !latin {
		score = 0.8 // whole words of one script are no accident
	}
	if unicode.IsLetter(prev) {
		if unicode.Is(unicode.Latin, prev) != latin {
			return -1.5
		}
		if unicode.IsLower(prev) && unicode.IsUpper(r) {
			return -1.5
		}
		if latin && prev >= 0x80 {
			return -0.5 // two accented letters in a row are rare in every language written in Latin letters
		}
		return score + 0.2
	}
	return score
}
