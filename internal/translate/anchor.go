package translate

import (
	"slices"
	"unicode/utf8"
)

// An anchor is a word of the translation that is surely that word of the source: an equal name, an equal number, a cognate.
type anchor struct {
	word, term int  // indices into the words of both sides
	strong     bool // a name or a number; else a cognate
}

// cognate is how many letters two words begin with alike to be taken for one word.
const cognate = 6

// anchors returns them in the order of the translation. Only what occurs once on each side is certain.
func (d *draft) anchors() []anchor {
	var out []anchor
	for _, key := range []func(word) string{nameKey, numberKey, cognateKey} {
		source, target := unique(d.terms, key), unique(d.words, key)
		for k, t := range source {
			w, ok := target[k]
			if !ok || t < 0 || w < 0 {
				continue
			}
			if slices.ContainsFunc(out, func(a anchor) bool { return a.word == w || a.term == t }) {
				continue
			}
			strong := nameKey(d.terms[t]) != "" && nameKey(d.terms[t]) == nameKey(d.words[w]) || numberKey(d.terms[t]) != ""
			out = append(out, anchor{w, t, strong})
		}
	}
	slices.SortFunc(out, func(a, b anchor) int { return a.word - b.word })
	return out
}

// unique returns for each key the one word that has it, or -1 where several have.
func unique(words []word, key func(word) string) map[string]int {
	m := map[string]int{}
	for i, w := range words {
		k := key(w)
		if k == "" {
			continue
		}
		if _, twice := m[k]; twice {
			m[k] = -1
		} else {
			m[k] = i
		}
	}
	return m
}

func nameKey(w word) string {
	if isCapital(w.text) && utf8.RuneCountInString(w.text) > 1 && !hasDigit(w.text) {
		return w.folded
	}
	return ""
}

func numberKey(w word) string {
	if hasDigit(w.text) {
		return digits(w.text)
	}
	return ""
}

func cognateKey(w word) string {
	if hasDigit(w.text) || len(w.folded) < cognate {
		if len(w.folded) >= 4 && !hasDigit(w.text) {
			return w.folded // short words must be equal
		}
		return ""
	}
	return w.folded[:cognate]
}

// occurrences returns where text stands in s as whole words, in order.
func occurrences(s, text string, words []word) []span {
	var out []span
	if text == "" {
		return nil
	}
	starts, ends := map[int]bool{}, map[int]bool{}
	for _, w := range words {
		starts[w.start], ends[w.end] = true, true
	}
	for i := 0; i+len(text) <= len(s); i++ {
		if starts[i] && ends[i+len(text)] && s[i:i+len(text)] == text {
			out = append(out, span{i, i + len(text)})
		}
	}
	return out
}
