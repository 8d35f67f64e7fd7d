package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// negation finds a clause that is denied on one side only. Lists of negative words cry wolf, so that only a short sentence counts, one
// with one cue bound to its verb and none on the other side: headlines, and what people say.
func negation(u unit) []doc.Flag {
	if denials[u.from] == nil || denials[u.to] == nil {
		return nil
	}
	source, target := u.words, u.rendered
	if len(source) > short {
		return nil
	}
	s, g := denied(u.from, u.source, source), denied(u.to, u.target, target)
	sided := func(bound, any int) bool { return bound == 1 && any == 0 }
	switch {
	case sided(s.bound, g.any):
		return []doc.Flag{u.flag("negation", doc.Ask, s.at, span{}, "the original denies this, the translation does not")}
	case sided(g.bound, s.any):
		return []doc.Flag{u.flag("negation", doc.Ask, span{}, g.at, "the translation denies this, the original does not")}
	}
	return nil
}

// short is how many words a sentence has at most in which a negation is beyond doubt.
const short = 14

// A denial counts the cues of a sentence.
type denial struct {
	bound int // bound to the verb: not, n't, ne … pas, não, no
	any   int // these and all that denies otherwise: without, never, un-, refuse
	at    span
}

func denied(tag, s string, words []token) denial {
	var d denial
	for i, w := range words {
		cue := w.folded
		if tag == "en" && cue == "t" && i > 0 && strings.HasSuffix(words[i-1].folded, "n") && strings.ContainsAny(s[words[i-1].end:w.start], "'’") {
			cue = "not"
		}
		if cue == "pas" && !strings.Contains(" "+strings.NewReplacer("'", " ", "’", " ").Replace(strings.ToLower(s))+" ", " n") {
			continue // 105 pas
		}
		if answers[tag][cue] && standsAlone(s, w.span) {
			continue // "No" is not an answer
		}
		switch {
		case denials[tag][cue]:
			d.bound, d.any = d.bound+1, d.any+1
			if d.at.end == 0 {
				d.at = w.span
			}
		case absences[tag][cue], negative(tag, cue):
			d.any++
		}
	}
	return d
}

// answers are the words that say no to a question. Alone they deny no clause.
var answers = map[string]map[string]bool{
	"en": set("no"), "fr": set("non"), "es": set("no"), "pt": set("nao"), "it": set("no"), "de": set("nein"), "ru": set("нет"), "uk": set("ні"), "ca": set("no"), "pl": set("nie"), "nl": set("nee"),
}

// standsAlone reports whether a word has marks on both sides, or a mark and the end of s.
func standsAlone(s string, w span) bool {
	mark := func(r rune) bool { return r == utf8.RuneError || unicode.IsPunct(r) }
	return mark(lastRune(strings.TrimRight(s[:w.start], " \u00a0\u202f"))) && mark(firstRune(strings.TrimLeft(s[w.end:], " \u00a0\u202f")))
}

// negative reports whether a word has a prefix or suffix that denies.
func negative(tag, w string) bool {
	if len(w) < 5 {
		return false
	}
	for _, p := range prefixes[tag] {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return tag == "en" && strings.HasSuffix(w, "less")
}

var denials = map[string]map[string]bool{
	"en": set("not cannot"), "fr": set("pas"), "es": set("no"), "pt": set("nao"), "it": set("non"), "de": set("nicht"), "ru": set("не"), "uk": set("не"), "ca": set("no"), "pl": set("nie"), "nl": set("niet"),
}

// absences deny without being bound to a verb, or are verbs that do.
var absences = map[string]map[string]bool{
	"en": set("no never none nobody nothing nowhere neither nor without hardly barely scarcely rarely seldom few little refuse refuses refused deny denies denied fail fails failed lack lacks lacked avoid avoids avoided reject rejects rejected stop stops stopped prevent prevents ban bans banned against except unless only but far instead rather"),
	"fr": set("ne n ni non jamais rien personne aucun aucune sans guere plus point refuse refuser refusent refusé nie nier nient manque manquent evite eviter rejette rejeter empeche empecher interdit contre sauf peu que seulement plutot au lieu"),
	"es": set("ni nunca jamas nada nadie ningun ninguno ninguna sin tampoco apenas niega negar rechaza rechazar rechazo evita evitar falta faltan contra salvo excepto sino impide impedir poco pocos"),
	"pt": set("nem nunca jamais nada ninguem nenhum nenhuma sem tampouco nega negar negou recusa recusar recusou rejeita evita evitar falta faltam contra exceto salvo senao impede impedir pouco poucos dificilmente raramente deixar deixou deixa deixaram"),
	"it": set("no ne mai niente nulla nessuno nessuna senza neppure neanche nega rifiuta rifiutato evita manca contro tranne salvo impedisce poco pochi"),
	"de": set("nein nie niemals nichts niemand kein keine keinen keinem keiner ohne weder noch kaum lehnt ab verweigert leugnet fehlt vermeidet gegen außer statt wenig"),
	"ru": set("нет ни никогда ничего никто нельзя без невозможно отказался отказалась отказали против кроме мало вряд"),
	"uk": set("ні немає ніколи нічого ніхто без неможливо відмовився відмовилася проти крім мало навряд"),
	"ca": set("ni mai res ningu cap sense tampoc nega rebutja evita falta contra excepte poc"),
	"pl": set("ni nigdy nic nikt zaden bez ani odmawia brak przeciw oprocz malo"),
	"nl": set("nee nooit niets niemand geen zonder noch weigert ontkent tegen behalve weinig"),
}

var prefixes = map[string][]string{
	"en": {"un", "in", "im", "ir", "il", "dis", "non", "mis"},
	"fr": {"in", "im", "ir", "il", "de", "dis", "non", "mal", "me"},
	"es": {"in", "im", "ir", "des", "dis", "mal"},
	"pt": {"in", "im", "ir", "des", "dis", "mal"},
	"it": {"in", "im", "ir", "dis", "s", "mal"},
	"de": {"un", "miss", "in"},
	"ru": {"не", "без", "бес"},
	"uk": {"не", "без"},
	"ca": {"in", "im", "ir", "des", "dis", "mal"},
	"pl": {"nie", "bez"},
	"nl": {"on", "mis"},
}
