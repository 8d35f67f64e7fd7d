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

// leftover is how many words in a row make a left-over, where they are plainly of the source's language.
const leftover = 2

// leftovers finds words of the original that stand untranslated in the translation: a few in a row outside names and quotations of
// works, or the whole sentence, or letters of another script that the original does not have.
func leftovers(u unit) []doc.Flag {
	if u.from == u.to {
		return nil
	}
	source, target := unmarked(prose(u.source), u.at, u.text.source.Marks), unmarked(prose(u.target), u.offset, u.text.target.Marks)
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
			if cited(u, g) || isBody(run) && !hasDay(u, run) {
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

// unmarked returns the words, of a sentence that starts at byte at of its text, that do not lie in code or in what stays as it is.
func unmarked(words []token, at int, marks []doc.Mark) []token {
	return slices.DeleteFunc(words, func(w token) bool {
		return slices.ContainsFunc(marks, func(m doc.Mark) bool {
			return (m.Kind == doc.Code || m.Kind == doc.Keep || m.Kind == doc.Foreign) && m.Start <= at+w.start && at+w.end <= m.End
		})
	})
}

// prose returns the words of s that are no numbers, units or parts of an address.
func prose(s string) []token {
	var addresses [][]int
	if mayHaveAddress(s) {
		addresses = address.FindAllStringIndex(s, -1)
	}
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

// mayHaveAddress reports whether s has a sign that every address has, which most sentences do not.
func mayHaveAddress(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '@' || (s[i] == '.' || s[i] == ':') && i+1 < len(s) && (s[i+1] == '/' || s[i+1] >= 'a' && s[i+1] <= 'z' || s[i+1] >= utf8.RuneSelf) {
			return true
		}
	}
	return strings.Contains(s, "www.")
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
	if len(run) > 2 && hasDay(u, run) && smallWord(u, run) {
		return true
	}
	if isTitle(run) {
		return false
	}
	strange, small, plain := 0, false, false
	for _, w := range run {
		opens := opensSentence(u.target, w.start) && grammar[u.from][w.folded] // its capital is the sentence's
		if !unicode.IsLower(firstRune(w.text)) && !opens || shared[u.to][w.folded] || grammar[u.to][w.folded] {
			continue
		}
		strange++
		plain = plain || everyday[u.from][w.folded] || !connectors[w.folded] && alien(u.from, w.text)
		if grammar[u.from][w.folded] {
			strange, small = strange+1, true
		}
	}
	return strange >= 2 && (small || len(run) > 2) || strange >= 1 && plain && len(run) > 2 && adjoining(u.target, run)
}

// hasDay reports whether a run has a day or a month as only the source's language writes it: of Wednesday.
func hasDay(u unit, run []token) bool {
	for _, w := range run {
		if isCapital(w.text) && calendar(u.from)[w.folded] && !calendar(u.to)[w.folded] {
			return true
		}
	}
	return false
}

// smallWord reports whether a run has a small word of the source's language that the target's does not have.
func smallWord(u unit, run []token) bool {
	for _, w := range run {
		if grammar[u.from][w.folded] && !shared[u.to][w.folded] && !grammar[u.to][w.folded] {
			return true
		}
	}
	return false
}

// adjoining reports whether nothing but spaces stands between the words of a run of s: a list of names is no prose.
func adjoining(s string, run []token) bool {
	for i := 1; i < len(run); i++ {
		if strings.Trim(s[run[i-1].end:run[i].start], " \u00a0,'’") != "" {
			return false
		}
	}
	return true
}

// alien reports whether a word is spelled as only its language spells: English "largest", German "wurde" have endings and pairs of
// letters that the Romance languages do not know. Words that languages share (popular, designer, club) have none.
func alien(tag, w string) bool {
	re := spelled[tag]
	return re != nil && re.MatchString(w)
}

var spelled = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`^\p{Ll}*(?:[^e]ed|[aeiou][^aeiou]+ing|ght|ghts|est|ly|ness|ful|less|ould|ts|ds|ks|wn|ck|sh|th|ths|ey|ough|ew|ws|oo\p{Ll}|ee\p{Ll}|'s)$|^\p{Ll}*(?:th|wh|ght|tch)\p{Ll}*$`),
	"de": regexp.MustCompile(`^\p{Ll}*(?:ung|lich|isch|ischen|schen|keit|heit|ern|eln|chen|sch|tz|ß|te|ten)$|^(?:ge|ver|zer|ent)\p{Ll}+(?:t|en)$`),
	"fr": regexp.MustCompile(`^\p{Ll}*(?:eux|euse|aux|eau|eaux|oit|ait|aient|ées?|ère|ement|ille|que|ques|oir|oux)$`),
	"pt": regexp.MustCompile(`^\p{Ll}*(?:ção|ções|ão|ões|nh\p{Ll}+|lh\p{Ll}+|ndo|ava|aram|eiro|eira)$`),
	"es": regexp.MustCompile(`^\p{Ll}*(?:ción|ciones|ñ\p{Ll}+|ndo|aba|aron|ieron|dad|dades)$`),
	"it": regexp.MustCompile(`^\p{Ll}*(?:zione|zioni|ggi\p{Ll}+|cch\p{Ll}+|mente|ndo|ato|ata|ati|tà)$`),
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

// grammar are small words of a language that no other borrows, folded.
var grammar = folded(map[string]string{
	"en": "about after against all also always an and any are around at be because been before being between but by can could did do does during down each even every for from had has have having he her here him his how if in into is it its just may might more most much many must my neither never no nor not now of off on once only or other our out over own same several shall she should since so some still such than that the their them then there these they this those through till to too toward towards under until up upon us very was we were what when where whether which while who whom whose why will with within without would yet you your",
	"fr": "alors après aucun aucune aussi autre autres aux avant avec avait avez bien car ce cela celle celui ces cet cette ceux chez comme dans depuis des donc dont elle elles encore entre est était et été être eux fut il ils jamais je jusque les leur leurs lors mais même moins ne nous ont où par parce pas pendant peu peut plus pour quand que quel quelle qui sans selon ses sera si sont sous sur tous tout toute toutes très une vers vous",
	"es": "ahora al algo antes así aunque bajo cada casi como con contra cuando del desde después donde durante el ella ellas ellos entonces entre era eran es esa ese eso esta estaba están este esto estos fue fueron ha había han hasta hay las los más mientras muy ni nunca otra otro otros pero porque pues que quien se según ser si sido sin sino sobre son su sus también tan tiene todo todos tras una unas unos ya",
	"pt": "agora ainda ao aos apenas após aquele assim até cada com como contra da das de depois desde do dos durante ela elas ele eles em embora enquanto entre era eram essa esse esta está este foi foram há isso isto já lhe mais mas mesmo muito muitos na nas nem no nos não o onde os ou outra outro outros para pela pelas pelo pelos pois por porque quando que quem se sem ser será seu seus sido sob sobre sua suas são também tem toda todo todos uma umas uns à às é",
	"de": "aber alle als am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die diese dieser dieses doch durch ein eine einem einen einer eines er es für gegen haben hat hatte ich ihm ihr ihre im in ist jedoch kann kein keine mehr mit nach nicht noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so sondern über um und unter vom von vor war waren was weil wenn werden wie wird wurde wurden zu zum zur zwischen",
	"it": "agli ai alla alle allo anche ancora aveva che chi ci come con contro così cui da dagli dai dal dalla dalle degli dei del della delle dello di dopo dove e era erano essere fra già gli ha hanno il in la le lo loro ma mentre molto ne negli nei nel nella nelle nessuno noi non ogni oltre per perché più poi prima quale quando quella quello questa questi questo se sempre senza si sia sono stata stati stato su sua sue sugli sul sulla suo suoi tra tutti tutto un una uno",
	"ru": "без был была были было быть в вы где да для до его ее если есть еще же за здесь и из или им их к как когда который которые кто между может мы на над не нет но о об он она они от перед по под после при про с со так также там то того тоже только у уже чем через что чтобы эта эти это этот я",
	"uk": "але без був була були було бути в вже ви від він вона вони де для до з за і із й його її їх коли між ми на над не немає ні о об по після при про проте саме свій та так також там те тільки то у хто це цей ця через чи що щоб я як який які якщо",
})

// everyday are the commonest other words of a language, by hand: verbs, adjectives, adverbs and nouns that every text has and that the
// languages beside it do not share. They tell a left-over from a name among three words.
var everyday = folded(map[string]string{
	"en": "able ago almost along although among another asked away back became become began best better big both bring brought called came children city come country day days done early end enough ever far few find first five found four full gave get give given go goes going good got great group half hand head help high home house keep kept kind knew know known large last late later least led left less life like line little live long look lost lot low made make making man men money month months morning name near need new next night nothing number often old one open order others part people perhaps place play point power put quite rather ran read right room run said saw say says second see seen seems seven show shown side six small something soon state stood stop study ten thing things think third though thought three time times today together took top town turn two use used using usual view walk want war water way week weeks well went white whole wide wife within woman women word words work world year years yesterday young",
	"fr": "ainsi ancien année années beaucoup chaque chose côté deux dernier dernière dire dit doit enfants faire fait femme fois grand grande guerre heure homme hommes jour jours long mettre mieux moins mois monde mort mot nouveau nouvelle parfois pays petit peuple plusieurs premier première presque prendre puis quatre rien semaine seulement soir souvent temps toujours travail trois trop ville voir vie vingt",
	"es": "año años aquí ayer bien ciudad cosa cuatro dar decir día días dijo dos gobierno grande guerra hace hacer hombre hoy lugar luego mayor mejor menos mes mil mismo mucho muchos mujer mundo nada niños noche nuevo nueva país parte poco puede pueblo primera primer puede sólo semana siempre tanto tiempo tres trabajo último vez vida",
	"pt": "ano anos antes aqui bem casa cidade coisa dia dias dizer disse dois duas fazer filho governo grande guerra hoje homem lugar maior melhor menos mês mil muita mulher mundo nada noite nova novo ontem país parte pessoas pode pouco povo primeira primeiro quatro quase semana sempre só tempo trabalho três último vez vezes vida",
	"it": "anni anno bene casa città cosa cose detto dire due fare fatto giorni giorno grande guerra ieri luogo meglio mese mesi mille moglie molti mondo niente notte nuova nuovo oggi paese parte poco popolo prima primo qui quattro quasi settimana solo stesso tanto tempo tre ultimo uomo vita volta volte",
	"de": "alt anderen arbeit bereits damals dort drei ende erste ersten frau ganz gegenüber gehen gestern gibt gut große großen heute hier ihm immer jahr jahre jahren jetzt kinder kommen könnte land lange leben letzten mann menschen monat müssen nach neu neue neuen nichts sagen sagte schon selbst soll sollte stadt stehen tag tage teil viel viele vier volk weg weiter weiteren welt wenig wieder will woche zeit zwei",
	"ru": "больше будет вместе вместо во время всего всегда все вчера год года город дело день дети для дом другие жизнь здесь каждый люди много можно мир мужчина надо народ несколько новый ночь один очень первый почти раз сегодня сейчас себя сказал слово страна теперь три человек хорошо часть",
	"uk": "більше буде важко весь всього вчора год день діти дім другий життя завжди зараз кожен кілька люди місто можна мир народ новий ніч один дуже перший майже раз рік року років сьогодні сказав слово країна тепер три людина добре частина час",
})

// folded makes sets of words, lower case and without accents, of lists by language.
func folded(lists map[string]string) map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for tag, words := range lists {
		m[tag] = set(fold(words))
	}
	return m
}
