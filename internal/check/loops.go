package check

import (
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// loops finds words that an engine says again and again: the same ones three times in a row, or four and more words twice, which
// the original does not.
func loops(u unit) []doc.Flag {
	target := u.rendered
	n, times, at := repeated(target)
	if times == 0 {
		return nil
	}
	if m, k, _ := repeated(u.words); k >= times && m >= n || k >= 3 {
		return nil
	}
	g := span{target[at].start, target[at+n*times-1].end}
	once := u.target[target[at].start:target[at+n-1].end]
	f := u.flag("loops", doc.Stop, span{}, g, fmt.Sprintf("“%s” stands there %d times in a row", once, times))
	f.Suggestion = once
	return []doc.Flag{f}
}

// repeated returns the run of words that is repeated most: how many words, how many times in a row, from which word.
func repeated(words []token) (n, times, at int) {
	for size := 1; size <= 40 && 2*size <= len(words); size++ {
		need := 3
		if size >= 4 {
			need = 2
		}
		for i := 0; i+2*size <= len(words); i++ {
			k := 1
			for i+(k+1)*size <= len(words) && same(words[i:i+size], words[i+k*size:i+(k+1)*size]) {
				k++
			}
			if figuresOnly(words[i : i+size]) {
				k-- // 1, 1, 1 is a score
			}
			if k >= need && k*size > n*times {
				n, times, at = size, k, i
			}
		}
	}
	return n, times, at
}

func same(a, b []token) bool {
	for i := range a {
		if a[i].folded != b[i].folded {
			return false
		}
	}
	return true
}

func figuresOnly(words []token) bool {
	for _, w := range words {
		if w.text[0] < '0' || w.text[0] > '9' {
			return false
		}
	}
	return true
}
