package check

import (
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// capitals finds a word that opens like a sentence in the middle of one: a small word with a capital after a comma or a closing
// quotation mark, the scar of a fragment that was translated apart.
func capitals(u unit) []doc.Flag {
	words := u.rendered
	lower := 0
	for _, w := range words {
		if !isCapital(w.text) {
			lower++
		}
	}
	if 2*lower < len(words) {
		return nil // a title in capitals
	}
	var flags []doc.Flag
	for i, w := range words {
		if i == 0 || !isCapital(w.text) || !starter(u.to, w) || capitalised[u.to][w.folded] || strings.Contains(u.source, w.text) || strings.ToUpper(w.text) == w.text || namesTime(u.to, w) {
			continue
		}
		gap := u.target[words[i-1].end:w.start]
		after := strings.TrimRight(gap, " \u00a0")
		joined := gap == " " && !isCapital(words[i-1].text) && (i+1 == len(words) || !isCapital(words[i+1].text)) && function(u.to, w.folded)
		if !strings.HasSuffix(after, ",") && !joined {
			continue
		}
		f := u.flag("capitals", doc.Ask, span{}, w.span, fmt.Sprintf("“%s” has a capital in the middle of the sentence", w.text))
		f.Suggestion = strings.ToLower(w.text[:1]) + w.text[1:]
		if firstRune(w.text) > 127 {
			f.Suggestion = strings.ToLower(w.text)
		}
		flags = append(flags, f)
	}
	return flags
}

// namesTime reports whether w is a day or a month of a language that gives them capitals.
func namesTime(tag string, w token) bool {
	return (tag == "en" || tag == "de") && calendar(tag)[w.folded]
}

// function reports whether a word is an article or the like, which no name starts with alone.
func function(tag, w string) bool { return grammar[tag][w] || shared[tag][w] }
