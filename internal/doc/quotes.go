package doc

// IsQuotationMark reports whether r is used as a quotation mark in some language. The apostrophe is among them.
func IsQuotationMark(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '「', '」', '『', '』', '〝', '〞', '〟', '＂':
		return true
	}
	return false
}
