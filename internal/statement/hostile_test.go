package statement_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/statement"
)

// TestHostileTexts holds the work on texts that are made to cost much to what a long article may cost.
func TestHostileTexts(t *testing.T) {
	const size = 64 << 10
	for name, unit := range map[string]string{
		"verbs without an end":       "and said he said ",
		"names":                      "Ana Prado, Bea Costa and Carla Dias. ",
		"names that differ":          "",
		"quotations":                 `"a" said he, "b" and "c". `,
		"opening marks":              `“a ‘b “c `,
		"quotations in quotations":   `“said he “said she ‘said they’ said it” said he” `,
		"pronouns":                   `"No," he said. `,
		"dates":                      "two days ago on Monday, January 5, 2022 ",
		"commas":                     "a, b, the man, ",
		"insertions":                 "« c’est, dit-il, fini, dit-elle, a ». ",
		"that":                       "that he said that she said that ",
		"one word":                   "a",
		"unclosed speech over lines": "\"He said that it is so\n",
	} {
		text := strings.Repeat(unit, size/max(len(unit), 1))
		if name == "names that differ" {
			var b strings.Builder
			for i := 0; b.Len() < size; i++ {
				b.WriteString("Mr. " + strings.ToUpper(string(rune('A'+i%26))) + strings.Repeat(string(rune('a'+i/26%26)), 2+i%7) + string(rune('a'+i/676%26)) + "ov said no. ")
			}
			text = b.String()
		}
		for _, lang := range []string{"en", "fr", "ru"} {
			start := time.Now()
			d := plain(lang, text)
			checkResult(t, d, statement.Finder{}.Find(d))
			took := time.Since(start)
			t.Logf("%s, %s: %v", name, lang, took.Round(time.Millisecond))
			if took > 10*time.Second {
				t.Errorf("%s, %s: %v for %d kB", name, lang, took, size>>10)
			}
		}
	}
}
