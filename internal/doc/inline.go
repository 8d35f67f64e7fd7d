package doc

import "fmt"

// FormatText writes one text in the text form, on one line: what Format writes behind the word of its block.
func FormatText(t Text) string { return inline(t, "") }

// ParseText reads what FormatText writes. The text is as it was written: Clean makes it one that passes Check.
func ParseText(s string) (Text, error) {
	if len(s) > MaxText {
		return Text{}, fmt.Errorf("%d bytes of text, more than %d", len(s), MaxText)
	}
	return parseInline(s)
}
