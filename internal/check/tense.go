package check

import (
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// tense finds, in a French article that reports in the passé composé, a verb of saying in the passé simple.
func tense(p Pair) []doc.Flag {
	if base(p.Translation.Lang) != "fr" {
		return nil
	}
	composed, flags := 0, []doc.Flag(nil)
	for i, b := range p.Translation.Blocks {
		composed += len(passeCompose.FindAllStringIndex(b.Text.S, -1))
		for _, m := range passeSimple.FindAllStringIndex(b.Text.S, -1) {
			flags = append(flags, doc.Flag{Rule: "tense", Severity: doc.Comment, Block: i, Start: m[0], End: m[1], Message: "a passé simple among passés composés"})
		}
	}
	if composed < 2 {
		return nil
	}
	return flags
}

var (
	passeCompose = regexp.MustCompile(`\b(?:a|ont|a-t-il|a-t-elle)(?: également| aussi)? (?:déclaré|dit|affirmé|ajouté|expliqué|précisé|indiqué|annoncé|répondu|assuré|estimé|mentionné)(?:[^\pL]|$)`)
	passeSimple  = regexp.MustCompile(`\b(?:ajouta|déclara|affirma|expliqua|précisa|indiqua|annonça|répondit|assura|estima|ajoutèrent|déclarèrent|affirmèrent)\b`)
)
