package doc

import "testing"

// What spares nearly every address the parser may never answer otherwise than the parser does.
func TestPlainAddressAgreesWithParser(t *testing.T) {
	hosts := []string{"a.example", "A.Example", "a-b.example", "münchen.example", "a.example:80", "a.example:x", "u@a.example", "[::1]", "a_b.example", "...", "-", "", "a%41.example", "a b"}
	paths := []string{"", "/", "/x", "//x", "/x?y=z&a", "/%41", "/%4", "/%zz", "/x?%zz", "/x#%zz", "/x#y", "?x", "#x", "/a b", "/<", "/é", "/[x]", "/a:b", "/x\\y", "/\"", "/\x7F", "/\x01", "/\xFF"}
	for _, scheme := range []string{"http://", "https://", "HTTP://", "ftp://", "http:/", "//", ""} {
		for _, host := range hosts {
			for _, path := range paths {
				s := scheme + host + path
				if !plainAddress(s) {
					continue
				}
				if u, ok := absolute(s); !ok || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
					t.Errorf("%q is called a plain address and is none", s)
				}
			}
		}
	}
	if !plainAddress("https://www.a.example/2024/story-1.html?x=%C3%A9#top") {
		t.Error("an ordinary address is not called plain")
	}
}

// A plain line is one that the rules of cleaning leave as it is, and that keeps those of the check.
func TestPlainLinesNeedNoCleaning(t *testing.T) {
	words := []string{"", "a", " ", "\n", "\t", "é", "ß", "ʼ", "\u00A0", "\u00AD", "\u0085", "\u0080", "\u0300", "\u0301", "\u02FF", "“", "…", "\u2000", "\u2001", "\u2002", "\u2028", "\u2029", "\u203F", "\u2040", "日", "\x7F", "\x00", "\xC3", "\xE2\x80", "\xFF", "\uFFFE"}
	plain := 0
	for _, a := range words {
		for _, b := range words {
			for _, c := range words {
				s := a + b + c
				if !plainLine(s) {
					continue
				}
				plain++
				text := Text{S: s}
				if err := text.checkOdd(false); err != nil {
					t.Errorf("%q: %v", s, err)
				}
				for i, edits := range [][]Edit{repairs(text, false), spaces(text, false), compositions(text, false), repairs(text, true)} {
					if len(edits) > 0 {
						t.Errorf("%q is called plain and is edited by rule %d: %v", s, i, edits)
					}
				}
			}
		}
	}
	if plain < 500 || !plainLine("“Que dit-il ?” – rien d’autre…") {
		t.Errorf("only %d lines are called plain", plain)
	}
}
