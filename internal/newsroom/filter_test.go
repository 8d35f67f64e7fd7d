package newsroom

import (
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

func TestWhatAFilterLeavesOut(t *testing.T) {
	e := entry{title: "L’Élection à Port-au-Prince", summary: "<p>Les r&eacute;sultats du <b>vote</b> sont attendus.</p>", categories: []string{"Amériques", "Sports d'hiver"}, authors: []string{"Jeanne Dupont"}}
	for _, c := range []struct {
		what, take, leave string
		left              bool
	}{
		{"no filter", "", "", false},
		{"a word of the title, in any case", "élection", "", false},
		{"a word of the summary, written as an entity", "résultats", "", false},
		{"a word that is not there", "budget", "", true},
		{"one of several is enough", "budget\nvote", "", false},
		{"an apostrophe is an apostrophe", "l'élection", "", false},
		{"a part of a word is no word", "elect\nsult", "", true},
		{"but the rest may be left open", "sport*", "", false},
		{"the beginning may not", "port", "", false}, // Port-au-Prince: a hyphen ends a word
		{"a phrase", "", "sports d’hiver", true},
		{"in the field that is named", "category: amériques", "", false},
		{"and in no other", "title: amériques", "", true},
		{"the author", "", "Author: Jeanne Dupont", true},
		{"what is left out is not taken", "vote", "élection", true},
		{"markup is no text", "b", "", true},
		{"a colon after what is no field", "avis: vote", "", true},
	} {
		f, err := news.ParseFilter(c.take, c.leave)
		if err != nil {
			t.Fatal(err)
		}
		if got := leftBy(f, e); got != "" != c.left {
			t.Errorf("%s: %q", c.what, got)
		}
	}
}

func TestWordsWithoutSpaces(t *testing.T) {
	for _, c := range []struct {
		text, words string
		has         bool
	}{
		{"日本の選挙結果", "選挙", true},
		{"sport", "port", false},
		{"port", "sport", false},
		{"transport, port", "port", true},
		{"ports", "port*", true},
		{"sports", "port*", false},
		{"a\xffport", "port", true},
		{"", "x", false},
	} {
		if hasWords(c.text, c.words) != c.has {
			t.Errorf("%q in %q: not %v", c.words, c.text, c.has)
		}
	}
}

func TestFiltersThatCannotBe(t *testing.T) {
	for _, bad := range []string{"title:", "*", "category: *", strings.Repeat("x", 300), strings.Repeat("a\n", 3) + manyTerms()} {
		if _, err := news.ParseFilter("", bad); err == nil {
			t.Errorf("%.30q was taken", bad)
		}
	}
	f, err := news.ParseFilter(" a \r\n\r\na\n b  c ", "")
	if err != nil || strings.Join(f.Take, "|") != "a|b c" {
		t.Errorf("%q %v", f.Take, err)
	}
}

func manyTerms() string {
	var b strings.Builder
	for i := range news.MaxFilterTerms + 1 {
		b.WriteString(strings.Repeat("x", i%190+1) + string(rune('a'+i/190)) + "\n")
	}
	return b.String()
}

func FuzzFilter(f *testing.F) {
	f.Add("title: élection\nsport*", "a<b>c</b>")
	f.Add("選挙", "日本の選挙結果")
	f.Fuzz(func(t *testing.T, terms, text string) {
		filter, err := news.ParseFilter(terms, "")
		if err != nil || filter.IsZero() {
			return
		}
		all, err := news.ParseFilter("", terms)
		if err != nil {
			t.Fatal("terms may be taken and not left")
		}
		e := entry{title: text}
		if (leftBy(filter, e) == "") == (leftBy(all, e) == "") {
			t.Error("what one filter takes the other must leave")
		}
	})
}
