package check

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// leftover is how many words in a row make a left-over, where they are plainly of the source's language.
const leftover = 2

// leftovers finds words of the original that stand untranslated in the translation: a few in a row outside names and quotations of
// works, or the whole sentence, or letters of another script that the original does not have.
func leftovers(u unit) []doc.Flag {
	if u.from == u.to {
		return nil
	}
	source, target := prose(u.source), prose(u.target)
	if whole(u, source, target) {
		return []doc.Flag{u.flag("leftovers", doc.Stop, span{0, len(u.source)}, span{0, len(u.target)}, "the sentence is not translated")}
	}
	var flags []doc.Flag
	for i := 0; i < len(target); {
		n, at := longest(source, target[i:])
		if run := target[i : i+n]; n >= leftover && untranslated(u, run) {
			g := span{run[0].start, run[n-1].end}
			s := span{source[at].start, source[at+n-1].end}
			severity := doc.Stop
			if cited(u, g) || isBody(run) {
				severity = doc.Ask // a title, a body or a brand is often cited in its own language
			}
			flags = append(flags, u.flag("leftovers", severity, s, g, fmt.Sprintf("“%s” is not translated", u.target[g.start:g.end])))
		}
		i += max(n, 1)
	}
	if f, ok := script(u); ok {
		flags = append(flags, f)
	}
	return flags
}

// prose returns the words of s that are no numbers, units or parts of an address.
func prose(s string) []token {
	addresses := address.FindAllStringIndex(s, -1)
	var out []token
	for _, t := range tokens(s) {
		for len(addresses) > 0 && addresses[0][1] <= t.start {
			addresses = addresses[1:]
		}
		if len(addresses) > 0 && addresses[0][0] <= t.start || strings.ContainsAny(t.text, "0123456789") || measures[t.text] {
			continue
		}
		out = append(out, t)
	}
	return out
}

var address = regexp.MustCompile(`(?:https?://|www\.)\S+|\S+@\S+|[\pL\pN-]+(?:\.[\pL\pN-]+)*\.(?:com|org|net|edu|gov|info|eu|[a-z]{2})\b`)

// measures are signs of units, the same in every language.
var measures = set("km m cm mm kg g mg t h s min mph kph ft GB MB TB kW MW W V Hz GHz MHz km/h k C F")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// whole reports whether the translation is the original, and is more than names and numbers.
func whole(u unit, source, target []token) bool {
	if len(source) != len(target) {
		return false
	}
	small := 0
	for i := range source {
		if source[i].text != target[i].text {
			return false
		}
		if unicode.IsLower(firstRune(source[i].text)) && !shared[u.to][source[i].folded] {
			small++
		}
	}
	shouted := len(source) >= 4 && strings.ToUpper(u.source) == u.source // capitals are no names
	return small >= 2 || shouted
}

// longest returns how many words at the start of target stand in a row in source, and where.
func longest(source, target []token) (n, at int) {
	for i := range source {
		k := 0
		for i+k < len(source) && k < len(target) && source[i+k].text == target[k].text {
			k++
		}
		if k > n {
			n, at = k, i
		}
	}
	return n, at
}

// untranslated reports whether a run of words that both sides share is prose of the source: words that the target's language does not
// share, of which small ones count twice.
func untranslated(u unit, run []token) bool {
	if isTitle(run) {
		return false
	}
	strange, small := 0, false
	for _, w := range run {
		if !unicode.IsLower(firstRune(w.text)) || shared[u.to][w.folded] || grammar[u.to][w.folded] {
			continue
		}
		strange++
		if grammar[u.from][w.folded] {
			strange, small = strange+1, true
		}
	}
	return strange >= 2 && (small || len(run) > 2)
}

// isBody reports whether a run is the name of a body or a work, however long: Royal Society for the Prevention of Cruelty to Animals.
func isBody(run []token) bool {
	small := 0
	for _, w := range run {
		if !isCapital(w.text) {
			if !connectors[w.folded] {
				return false
			}
			small++
		}
	}
	return isCapital(run[0].text) && 2*small <= len(run)
}

// isTitle reports whether a short run is a name of words with capitals and what links them: Lord of the Rings.
func isTitle(run []token) bool {
	if len(run) > 4 || !isCapital(run[0].text) || !isCapital(run[len(run)-1].text) {
		return false
	}
	for _, w := range run {
		if !isCapital(w.text) && !connectors[w.folded] {
			return false
		}
	}
	return true
}

// connectors are the small words within names.
var connectors = set("of the and for in on at to de la le les du des do da dos das del di van von der y e et und no na nos nas em o a os as um uma ao aos à às pelo pela com por para el los las en un una con il lo gli al alla dans sur par pour avec à au aux l d")

// cited reports whether s is a title between quotation marks: it lies in them, and they start with a capital of it.
func cited(u unit, s span) bool {
	for _, q := range quoted(u.to, u.target).whole {
		if q.start <= s.start && s.end <= q.end && s.start-q.start <= 3 && isCapital(u.target[s.start:s.end]) {
			return true
		}
	}
	return false
}

// script finds letters of a script that is not the target's and that the original does not show.
func script(u unit) (doc.Flag, bool) {
	want := scripts[lang.Facts(lang.Tag(u.to)).Script]
	if want == nil {
		return doc.Flag{}, false
	}
	start, n := -1, 0
	for i, r := range u.target {
		if unicode.IsLetter(r) && !unicode.Is(want, r) && !strings.ContainsRune(u.source, r) {
			if start < 0 {
				start = i
			}
			if n++; n == 3 {
				end := i + len(string(r))
				return u.flag("leftovers", doc.Stop, span{}, span{start, end}, "letters of another script, which the original does not have"), true
			}
			continue
		}
		start, n = -1, 0
	}
	return doc.Flag{}, false
}

// scripts are the letters that a script is written with. Latin stands in texts of every script.
var scripts = map[string]*unicode.RangeTable{"Latn": unicode.Latin}

// shared are small words that a language shares with others, so that they are no sign of a left-over.
var shared = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for tag, words := range map[string]string{
		"en": "a an and as at be by do for from he i in is it me no of on or so the to us we he area animal hotel normal social local national radio video",
		"fr": "a au d de des du en est et il la le les me ne no on ont or ou par sa se si son sur te tu un une on fait important possible pays nation euro",
		"es": "a al con de del e el en es la las lo los me no o para por que se si sin sobre su te un una y ya",
		"pt": "a ao as com da de do e em me na no nos o os ou para por que se sem sobre um uma",
		"it": "a al che con da del di e ed i il in la le lo ma me no non per se si su te un una",
		"de": "am an als auf in im ist es er sie so was war um zu die der das hat man in",
		"ca": "a al amb de del e el els en es i la les lo me no o per que se si sobre un una",
		"nl": "de het een van in is en op te was dat die of al",
		"pl": "a do i na o po się to w z za",
	} {
		m[tag] = map[string]bool{}
		for _, w := range strings.Fields(words) {
			m[tag][fold(w)] = true
		}
	}
	return m
}()

// grammar are small words of a language that no other borrows.
var grammar = map[string]map[string]bool{
	"en": set("around by at on into over under across through during against between because until since what how why all any each some more most much many such other another only also still even just very too now here up down out off an is are be being do does did can may might must if or nor yet we you she your our my in to and for the of that this with from which who was were has have had been will would could should their they them his her its not but when while after before into about than then there these those"),
	"fr": set("les des une dans pour avec qui que mais sont été cette ces leur leurs nous vous ils elles pas plus aux"),
	"es": set("los las una del pero como más sus fue son este esta estos han había cuando donde desde hasta también"),
	"pt": set("uma não mais como dos das pelo pela foi são seu sua seus ele ela eles mas também quando após até"),
	"de": set("der die das und ist nicht mit von dem den ein eine einen sich auch auf für wird wurde nach bei aus"),
	"it": set("gli una della delle degli nel nella che sono stato più come anche alla dalla questo questa"),
	"ru": set("и не что как это его для но они она было были также при"),
	"uk": set("і не що як це його для але вони вона було були також при"),
}
