package segment

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// kinds are the sets of abbreviations that a word is in.
type kinds uint8

const (
	title        kinds = 1 << iota // before a name: Mr, г-н
	beforeNumber                   // before a number: No, art
	month                          // Nov, févr
	place                          // in or of a place: Calif, av, U.S
	mayEnd                         // may end a sentence: etc, Inc, p.m
	other                          // within a sentence: e.g, z. B
)

// rules are what is particular to a language.
type rules struct {
	base          string
	abbreviations map[string]kinds
	spaced        []spaced
	starters      map[string]bool // words that a sentence starts with and a name does not
	ordinal       bool            // a full stop makes a number ordinal
	inward        bool            // quotations stand »so«
}

// spaced is an abbreviation of several words: "z. B".
type spaced struct {
	text, first string
	kinds       kinds
}

//go:embed abbreviations.json
var abbreviations []byte

var load = sync.OnceValue(func() map[string]*rules {
	var file struct {
		Lists map[string]struct {
			Title        []string `json:"title"`
			BeforeNumber []string `json:"before_number"`
			Month        []string `json:"month"`
			Place        []string `json:"place"`
			MayEnd       []string `json:"may_end"`
			Other        []string `json:"other"`
			Start        []string `json:"start"`
			Ordinal      bool     `json:"ordinal_dot"`
		} `json:"lists"`
	}
	if err := json.Unmarshal(abbreviations, &file); err != nil {
		panic(fmt.Sprintf("segment: reading the embedded abbreviations: %v", err)) // a fault of the build, which any test meets
	}
	all := map[string]*rules{"": {}}
	for base, l := range file.Lists {
		r := &rules{base: base, abbreviations: map[string]kinds{}, starters: map[string]bool{}, ordinal: l.Ordinal, inward: base == "de"}
		for _, w := range l.Start {
			r.starters[w] = true
		}
		r.add(l.Title, title)
		r.add(l.BeforeNumber, beforeNumber)
		r.add(l.Month, month)
		r.add(l.Place, place)
		r.add(l.MayEnd, mayEnd)
		r.add(l.Other, other)
		slices.SortFunc(r.spaced, func(a, b spaced) int { return strings.Compare(a.text, b.text) })
		all[base] = r
	}
	return all
})

// add puts words into the set k, with a capital too where the list has none: a sentence may start with them.
func (r *rules) add(words []string, k kinds) {
	for _, w := range words {
		if first, _, ok := strings.Cut(w, ". "); ok {
			r.spaced = append(r.spaced, spaced{w, first, k})
			w = strings.ReplaceAll(w, ". ", ".")
		}
		r.abbreviations[w] |= k
		c, n := utf8.DecodeRuneInString(w)
		if unicode.IsLower(c) {
			r.abbreviations[string(unicode.ToUpper(c))+w[n:]] |= k
		}
		if upper := strings.ToUpper(w); k == title && utf8.RuneCountInString(w) > 1 {
			r.abbreviations[upper] |= k // a headline in capitals
		}
	}
}

// rulesOf returns those of the language of tag.
func rulesOf(tag string) *rules {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	all := load()
	if r := all[strings.ToLower(base)]; r != nil {
		return r
	}
	return all[""]
}
