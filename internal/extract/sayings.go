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
	saysUnseen  saying = 1 << iota // see unseen
	saysForEars                    // see forScreenReaders
	saysInitial                    // see dropClass
	saysPost                       // see post
	saysPicture                    // one of pictureNames
	saysChart                      // one of chartNames
	saysEmbed                      // the wrapper of an embed
)

// of returns what the class of an element says. Nil sayings remember nothing.
func (known sayings) of(n *html.Node) saying {
	class := attr(n, "class")
	if class == "" {
		return 0
	}
	said, ok := known[class]
	if !ok {
		said = saidBy(n, class)
		if known != nil {
			known[class] = said
		}
	}
	return said
}

// saidBy reads the class of an element.
func saidBy(n *html.Node, class string) saying {
	var said saying
	say := func(what saying, says bool) {
		if says {
			said |= what
		}
	}
	say(saysUnseen, unseen(n))
	say(saysForEars, forScreenReaders(n))
	say(saysInitial, dropClass(n))
	say(saysPost, post(n))
	say(saysPicture, len(class) <= longestClass && containsAny(strings.ToLower(class), pictureNames))
	say(saysChart, len(class) < longestClass && containsAny(class, chartNames))
	say(saysEmbed, strings.Contains(class, "wp-block-embed__wrapper"))
	return said
}
