package check

import (
	"fmt"
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// calques finds turns of phrase that are English in the words of another language, the well-known ones of style guides. Each has the turn
// that the language has instead.
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
			{`plus tard (?:cette semaine|ce mois-ci|cette année)`, "d’ici à la fin de la semaine, du mois, de l’année"},
			{`plus tôt (?:cette semaine|ce mois-ci|cette année)`, "en début de semaine, de mois, d’année"},
			{`balayée?s? sous le tapis`, "passer sous silence"},
			{`(?:piocher|choisir) et choisir`, "choisir à son gré"},
			{`pertinente?s? pour`, "intéressant, qui concernent"},
			{`(?:ce|cette) (?:problème|question|sujet|point) particuli(?:er|ère)\b`, "ce point précis"},
			{`sur (?:la façon|la manière|comment) (?:de |d[’'])utiliser`, "sur l’emploi de, au maniement de"},
			{`à la fin de la journée,`, "au bout du compte, si tel est le sens"},
			{`fai(?:re|t|sait|sent) (?:du )?sens\b`, "avoir un sens"},
			{`prendre place (?:le|en|à)`, "avoir lieu"},
			{`éventuellement,`, "finalement, si l’original a eventually"},
			{`supporter (?:le|la|les|un|une) (?:candidat|politique|projet|équipe)`, "soutenir"},
			{`adresser (?:un|une|le|la|les|ce|cette|ces|des) (?:problème|question|défi|enjeu|préoccupation)s?\b`, "traiter, s’attaquer à"},
			{`en charge (?:de |du |des |d[’'])`, "chargé de"},
			{`mett(?:re|ant|ent|ait) l[’']emphase sur`, "mettre l’accent sur"},
			{`plus souvent qu[’']autrement`, "le plus souvent"},
			{`sauv(?:er|é|ant|ent) (?:de l[’']argent|du temps)`, "économiser de l’argent, gagner du temps"},
		},
		"pt": {
			{`mais tarde (?:esta semana|este mês|este ano)`, "ainda esta semana, este mês, este ano"},
			{`mais cedo (?:esta semana|este mês|este ano)`, "no começo da semana, do mês, do ano"},
			{`escolher e escolher`, "escolher à vontade"},
			{`no final do dia,`, "no fim das contas, se for esse o sentido"},
			{`fazer o seu caminho`, "dirigir-se"},
			{`endereçar (?:um|uma|o|a|os|as|esse|essa|este|esta) (?:problema|questão|desafio)s?\b`, "tratar, enfrentar"},
			{`varrid[oa]s? para debaixo do tapete`, "ocultados"},
			{`eventualmente,`, "por fim, se o original tem eventually"},
		},
		"es": {
			{`más tarde (?:esta semana|este mes|este año)`, "esta misma semana, este mes, este año"},
			{`más temprano (?:esta semana|este mes|este año)`, "a principios de semana, de mes, de año"},
			{`escoger y elegir`, "elegir a voluntad"},
			{`al final del día,`, "a fin de cuentas, si es el sentido"},
			{`barrid[oa]s? bajo la alfombra`, "ocultados"},
			{`hac(?:er|e|ía) sentido`, "tener sentido"},
			{`eventualmente,`, "finalmente, si el original tiene eventually"},
			{`direccionar (?:un|una|el|la|los|las|este|esta) (?:problema|cuestión)s?\b`, "abordar"},
		},
		"it": {
			{`più tardi (?:questa settimana|questo mese|quest’anno)`, "entro la fine della settimana, del mese, dell’anno"},
			{`spazzat[oaie] sotto il tappeto`, "messo a tacere"},
			{`alla fine della giornata,`, "in fin dei conti, se è il senso"},
			{`eventualmente,`, "alla fine, se l’originale ha eventually"},
		},
		"de": {
			{`später in (?:dieser Woche|diesem Monat|diesem Jahr)`, "noch in dieser Woche, in diesem Monat, in diesem Jahr"},
			{`am Ende des Tages`, "letztlich, wenn das gemeint ist"},
			{`\bin (?:19|20)[0-9]{2}\b`, "im Jahr, oder die Jahreszahl allein"},
			{`macht (?:das )?Sinn`, "ergibt Sinn"},
			{`realisiert(?:e|en)?,? dass`, "merken, erkennen"},
		},
	} {
		for _, t := range list {
			m[tag] = append(m[tag], turn{regexp.MustCompile(`(?i)` + t[0]), t[1]})
		}
	}
	return m
}()
