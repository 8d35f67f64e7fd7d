package lang

// RightToLeft reports whether the language is written from right to left.
func (t Tag) RightToLeft() bool { return t.Is("ar") || t.Is("he") || t.Is("fa") || t.Is("ur") }
