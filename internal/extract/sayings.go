package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// Sayings are what the classes of a page say that is asked of every element while the page is cut. Pages have many elements and few classes: each is
// read once.
type sayings map[string]saying

// A saying is a set of things that one class says.
type saying uint8

const (
	saysUnseen  saying = 1 << iota // that its element is not shown on a screen
	saysForEars                    // that its element repeats for the ear what stands beside it for the eye
	saysInitial                    // that its element is an initial
	saysPost                       // that its element is a post of a social network as its publisher's snippet writes it
	saysPicture                    // one of pictureNames
	saysChart                      // one of chartNames
	saysEmbed                      // that its element wraps an embed
)

// The words and pieces of classes that say it. Those for posts, charts and embeds are written by programs, in one way.
var (
	// wordsOfSaying are whole words, parted by blanks: the names that style libraries have for what is not shown.
	wordsOfSaying = map[saying]string{
		saysUnseen: "d-none display-none is-hidden ng-hide print-only only-print d-print-block visible-print show-for-print",
		saysUnseen | saysForEars: "sr-only visually-hidden visuallyhidden screen-reader-text screenreader screen-reader-only u-visually-hidden is-visually-hidden sr_only element-invisible a11y-hidden offscreen " +
			"hidden-visually assistive-text visually_hidden",
	}
	postWords = set("twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed fb-post fb-video reddit-card mastodon-embed reddit-embed-bq text-post-media")

	initialPieces = []string{"drop", "initial", "lettrine", "firstcharacter"}
	embedPiece    = "wp-block-embed__wrapper"
)

// sayingWords are wordsOfSaying by word, and sayingLengths their lengths, as lengthsOf gives them.
var (
	sayingWords = func() map[string]saying {
		words := map[string]saying{}
		for said, list := range wordsOfSaying {
			for w := range strings.FieldsSeq(list) {
				words[w] = said
			}
		}
		return words
	}()
	sayingLengths = lengthsOf(sayingWords)
	postLengths   = lengthsOf(postWords)
)

// A sayingPiece is a piece of a class that says something, wherever it stands; exact ones in these very letters.
type sayingPiece struct {
	text  string
	says  saying
	exact bool
}

// sayingPieces are the pieces by their first letter.
var sayingPieces = func() (list [256][]sayingPiece) {
	add := func(says saying, exact bool, pieces ...string) {
		for _, p := range pieces {
			list[p[0]] = append(list[p[0]], sayingPiece{p, says, exact})
		}
	}
	add(saysInitial, false, initialPieces...)
	add(saysPicture, false, pictureNames...)
	add(saysChart, true, chartNames...)
	add(saysEmbed, true, embedPiece)
	return list
}()

// sayingSeconds are the letters that the pieces go on with, by their first: a bit for each, by the last five bits of it.
var sayingSeconds = func() (second [256]uint32) {
	for c, pieces := range sayingPieces {
		for _, p := range pieces {
			second[c] |= 1 << (p.text[1] & 31)
		}
	}
	return second
}()

// of returns what the class of an element says. Nil sayings remember nothing.
func (known sayings) of(n *html.Node) saying {
	class := attr(n, "class")
	if class == "" {
		return 0
	}
	said, ok := known[class]
	if !ok {
		said = saidBy(class)
		if known != nil {
			known[class] = said
		}
	}
	return said
}

// saidBy reads a class: in one go where it is of ASCII and no longer than others, else word by word and piece by piece.
func saidBy(class string) (said saying) {
	var room [256]byte
	if len(class) > len(room) || !ascii(class) {
		return slowlySaidBy(class)
	}
	small := room[:len(class)]
	for i := range small {
		c := class[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		small[i] = c
	}
	start := 0
	for i, c := range small {
		if asciiBlank(c) {
			said |= saidByWord(class[start:i], small[start:i])
			start = i + 1
			continue
		}
		if i+1 == len(small) || sayingSeconds[c]&(1<<(small[i+1]&31)) == 0 {
			continue
		}
		for _, p := range sayingPieces[c] {
			end := i + len(p.text)
			if end <= len(small) && (p.exact && class[i:end] == p.text || !p.exact && string(small[i:end]) == p.text) {
				said |= p.says
			}
		}
	}
	return said | saidByWord(class[start:], small[start:])
}

// asciiBlank reports whether c parts words.
func asciiBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// saidByWord reads a word of a class, given as it is and in small letters.
func saidByWord(word string, small []byte) (said saying) {
	if n := len(small); n > 0 && n < 32 && sayingLengths[small[0]]&(1<<n) != 0 {
		said = sayingWords[string(small)]
	}
	if n := len(word); n > 0 && n < 32 && postLengths[word[0]]&(1<<n) != 0 && postWords[word] {
		said |= saysPost
	}
	return said
}

func slowlySaidBy(class string) (said saying) {
	small := strings.ToLower(class)
	if len(class) <= longestClass {
		for w := range strings.FieldsSeq(small) {
			said |= sayingWords[w]
		}
		if containsAny(small, pictureNames) {
			said |= saysPicture
		}
	}
	if len(class) < longestClass && containsAny(class, chartNames) {
		said |= saysChart
	}
	for w := range strings.FieldsSeq(class) {
		if postWords[w] {
			said |= saysPost
		}
	}
	if containsAny(small, initialPieces) {
		said |= saysInitial
	}
	if strings.Contains(class, embedPiece) {
		said |= saysEmbed
	}
	return said
}
