package doc

import "github.com/dragoman-newsroom/dragoman/internal/lang"

// A Quoted is what stands between a pair of quotation marks, the marks included.
type Quoted = lang.Quoted

// QuoteMarks pairs the quotation marks of s, which is in the language tag; see lang.QuoteMarks, where typography finds it too.
func QuoteMarks(tag, s string) []Quoted { return lang.QuoteMarks(lang.Tag(tag), s) }

// IsQuotationMark reports whether r is used as a quotation mark in some language. The apostrophe is among them.
func IsQuotationMark(r rune) bool { return lang.IsQuotationMark(r) }
