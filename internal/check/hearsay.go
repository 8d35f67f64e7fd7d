package check

import (
	"regexp"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// hearsay finds the conditional by which French, Italian, Spanish and Portuguese say that they do not vouch for what they report, where
// the original vouches for it: "he also said" is no "il aurait déclaré".
func hearsay(u unit) []doc.Flag {
	re := conditional[u.to]
	if re == nil || hedges[u.from] == nil || hedges[u.from].MatchString(u.source) {
		return nil
	}
	var flags []doc.Flag
	for _, m := range re.FindAllStringSubmatchIndex(u.target, -1) {
		flags = append(flags, u.flag("hearsay", doc.Ask, span{}, span{m[2], m[3]}, "this says that the outlet does not vouch for it; the original does not say so"))
	}
	return flags
}

var conditional = map[string]*regexp.Regexp{
	"fr": regexp.MustCompile(`(?i)\b((?:aurait|auraient)(?: \pL+){0,2} (?:déclaré|dit|affirmé|indiqué|annoncé|ajouté|assuré|précisé|expliqué|estimé|reconnu))(?:[^\pL]|$)`),
	"it": regexp.MustCompile(`(?i)\b((?:avrebbe|avrebbero)(?: \pL+){0,2} (?:dichiarato|detto|affermato|annunciato|aggiunto))(?:[^\pL]|$)`),
	"es": regexp.MustCompile(`(?i)\b((?:habría|habrían)(?: \pL+){0,2} (?:declarado|dicho|afirmado|anunciado|añadido))(?:[^\pL]|$)`),
	"pt": regexp.MustCompile(`(?i)\b((?:teria|teriam)(?: \pL+){0,2} (?:declarado|dito|afirmado|anunciado|acrescentado))(?:[^\pL]|$)`),
}

var hedges = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(?:reportedly|allegedly|apparently|supposedly|purportedly|(?:would|could|might|may)(?: also)? have|(?:is|are|was|were) (?:said|believed|thought|reported|alleged) to|rumou?red|if)\b`),
	"de": regexp.MustCompile(`(?i)\b(?:angeblich|soll|sollen|habe|hätte|hätten|wäre|laut|offenbar|würde|wenn)\b`),
	"ru": regexp.MustCompile(`(?i)(?:якобы|бы|по данным|предположительно|вероятно)`),
	"uk": regexp.MustCompile(`(?i)(?:нібито|би|за даними|ймовірно)`),
}
