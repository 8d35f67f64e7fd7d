package segment

// Starts reports whether word, as it is written, is one that sentences of the language of tag start with and names do not: "The", "Selon".
// It is false for every word of a language without a list.
func Starts(tag, word string) bool { return rulesOf(tag).starters[word] }
