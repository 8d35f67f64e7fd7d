package doc

// A Sentence pairs a sentence of an original with what a translator made of it.
// The sentences of a text come in its order; what lies between two of them is white space.
type Sentence struct {
	Place                  Place
	SourceStart, SourceEnd int // bytes of the text at Place in the original
	Start, End             int // bytes of the text at Place in the translation
	Engine                 string
	Score                  float32  // mean natural logarithm of the tokens' probabilities; 0 where the engine gives none
	Repairs                []Repair // what was done to the engine's words; nil for nothing
	Kept                   bool     // not translated: it is to stay as it is, or is in the target language already
}

// A Repair says what was done to a translator's words, or to its input, to make them fit.
type Repair struct {
	Rule   string // its name: "quotation", "protected", "name", or one of an engine's own
	Detail string // for a person, in English
}
