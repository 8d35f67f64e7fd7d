package check

import (
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// gaps finds a small word that leads to nothing: an article or a preposition right before a comma, a full stop or an "and". Something
// was dropped there.
func gaps(u unit) []doc.Flag {
	small := leading[u.to]
	if small == nil {
		return nil
	}
	var flags []doc.Flag
	words := u.rendered
	for i, w := range words {
		if !small[strings.ToLower(w.text)] || i == 0 || words[i-1].end == w.start || u.target[words[i-1].end:w.start] != " " {
			continue
		}
		rest := u.target[w.end:]
		nothing := rest == "" || strings.ContainsRune(",.;:!?)»”", firstRune(rest)) && !strings.HasPrefix(rest, "...") || strings.HasPrefix(rest, " (")
		if i+1 < len(words) && (rest != "" && rest[0] == ' ') && conjunctions[u.to][strings.ToLower(words[i+1].text)] {
			nothing = true
		}
		if i+1 < len(words) && rest != "" && rest[0] == ' ' && joined[u.to][strings.ToLower(w.text)] && leads[u.to][strings.ToLower(words[i+1].text)] {
			nothing = true // da de Reservas
		}
		if nothing && !strings.Contains(" "+strings.ToLower(u.source)+" ", " "+strings.ToLower(w.text)+firstOf(rest)) {
			flags = append(flags, u.flag("gaps", doc.Ask, span{}, w.span, fmt.Sprintf("“%s” leads to nothing; a word may be missing", w.text)))
		}
	}
	return flags
}

func firstOf(s string) string {
	if s == "" {
		return " "
	}
	return s[:1]
}

// leading are words that another must follow.
var leading = map[string]map[string]bool{
	"en": set("the an of"),
	"fr": set("du des les un une aux"),
	"es": set("del el los las una un"),
	"pt": set("de do da dos das na nas nos ao aos pelo pela pelos pelas um"),
	"it": set("del della dei degli delle nel nella al alla gli il"),
	"ca": set("del dels el els les"),
}

// joined are prepositions grown together with an article, which another preposition cannot follow; leads are those.
var (
	joined = map[string]map[string]bool{"pt": set("do dos das na nas nos ao aos pelo pela pelos pelas da"), "es": set("del al"), "it": set("del della dei degli delle nel nella al alla"), "fr": set("du des aux au")}
	leads  = map[string]map[string]bool{"pt": set("de do da dos das em no na nos nas por pelo pela"), "es": set("de del en al por"), "it": set("di del della in nel nella per"), "fr": set("de du des en dans par")}
)

var conjunctions = map[string]map[string]bool{"en": set("and or but"), "fr": set("et mais est dans"), "es": set("y pero es en fue"), "pt": set("e mas é no em foi"), "it": set("e ma"), "ca": set("i o")}
