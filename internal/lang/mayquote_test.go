package lang

import "testing"

// A text that is passed over has no quotation mark.
func TestMayQuotePassesNoMarkOver(t *testing.T) {
	for r := rune(0); r <= 0x1FFFF; r++ {
		if s := "a" + string(r) + "b"; IsQuotationMark(r) && !mayQuote(s) {
			t.Errorf("%q is passed over", s)
		}
	}
	for _, s := range []string{"", "plain words – été…", "日本", "a\u2010b", "\u00A0", "\xC2", "\xE2\x80", "\xE3"} {
		if mayQuote(s) {
			t.Errorf("%q is not passed over", s)
		}
	}
}
