package check

import (
	"fmt"
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// calques finds turns of phrase that are the source's in the words of the target. Each has the turn that the language has instead.
func calques(u unit) []doc.Flag {
	var flags []doc.Flag
	for _, c := range turns[u.to] {
		for _, m := range c.found.FindAllStringIndex(u.target, -1) {
			f := u.flag("calques", doc.Comment, span{}, span{m[0], m[1]}, fmt.Sprintf("a turn of the original's language; better: %s", c.better))
			flags = append(flags, f)
		}
	}
	return flags
}

// A turn is a turn of phrase and the better one.
type turn struct {
	found  *regexp.Regexp
	better string
}

var turns = func() map[string][]turn {
	m := map[string][]turn{}
	for tag, list := range map[string][][2]string{
		"fr": {
			{`plus tard cette semaine`, "d’ici à la fin de la semaine"},
			{`balayée?s? sous le tapis`, "mis sous le tapis"},
			{`(?:piocher|choisir) et choisir`, "choisir à son gré"},
			{`pertinente?s? pour`, "intéressant, qui concernent"},
			{`ce problème particulier`, "ce point précis"},
			{`entendue?s? de (?:\p{Lu}|la |le )`, "formulées par"},
			{`sur la façon d[’']utiliser`, "au maniement de"},
			{`à la fin de la journée`, "au bout du compte, si tel est le sens"},
			{`faire du sens`, "avoir un sens"},
			{`prendre place (?:le|en|à)`, "avoir lieu"},
			{`éventuellement,`, "finalement, si l’original a eventually"},
			{`supporter (?:le|la|les|un|une) (?:candidat|politique|projet|équipe)`, "soutenir"},
		},
		"pt": {
			{`mais tarde esta semana`, "ainda esta semana"},
			{`escolher e escolher`, "escolher à vontade"},
			{`no final do dia`, "no fim das contas, se for esse o sentido"},
			{`não-iniciantes?`, "inaceitáveis"},
			{`fazer o seu caminho`, "dirigir-se"},
		},
		"es": {
			{`más tarde esta semana`, "esta misma semana"},
			{`escoger y elegir`, "elegir a voluntad"},
			{`al final del día`, "a fin de cuentas, si es el sentido"},
			{`barrid[oa]s? bajo la alfombra`, "ocultados"},
			{`hacer sentido`, "tener sentido"},
		},
		"it": {
			{`più tardi questa settimana`, "entro la fine della settimana"},
			{`spazzat[oaie] sotto il tappeto`, "messo a tacere"},
			{`alla fine della giornata`, "in fin dei conti, se è il senso"},
		},
		"de": {
			{`später in dieser Woche`, "noch in dieser Woche"},
			{`am Ende des Tages`, "letztlich, wenn das gemeint ist"},
			{`in 20[0-9]{2}\b`, "2022 oder im Jahr 2022"},
		},
	} {
		for _, t := range list {
			m[tag] = append(m[tag], turn{regexp.MustCompile(`(?i)` + t[0]), t[1]})
		}
	}
	return m
}()
