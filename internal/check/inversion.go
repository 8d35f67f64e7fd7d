package check

import (
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// inversion finds, in French, a speaker before the verb of saying after a quotation: "», il ajouta" for "», a-t-il ajouté".
func inversion(u unit) []doc.Flag {
	if u.to != "fr" {
		return nil
	}
	var flags []doc.Flag
	for _, m := range speakerFirst.FindAllStringSubmatchIndex(u.target, -1) {
		flags = append(flags, u.flag("inversion", doc.Comment, span{}, span{m[2], m[3]}, "after a quotation the verb of saying comes before the speaker"))
	}
	return flags
}

// A closing mark, a comma, the speaker (a pronoun, a noun with its article, a name), the verb.
var speakerFirst = regexp.MustCompile(`[»"”],? ((?:il|elle|ils|elles|(?:[Ll]e |[Ll]a |[Ll]es |[Ll][’'])(?:[\pL.’'-]+ ){0,6}[\pL’'-]+|\p{Lu}[\pL.’'-]*(?: \p{Lu}[\pL.’'-]*){0,3}) (?:(?:a|ont|avait|avaient) (?:également |aussi |alors )?(?:déclaré|dit|affirmé|ajouté|expliqué|précisé|indiqué|annoncé|répondu|raconté|assuré|estimé)|ajoute|ajouta|déclare|déclara|dit|affirme|affirma|explique|expliqua|précise|précisa|raconte|raconta|répond|répondit))(?:[ .,]|$)`)
