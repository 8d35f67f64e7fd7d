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

var conjunctions = map[string]map[string]bool{"en": set("and or but"), "fr": set("et mais est dans"), "es": set("y pero es en fue"), "pt": set("e mas é no em foi"), "it": set("e ma"), "ca": set("i o")}
