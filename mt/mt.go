// Package mt translates sentences in this process with the int8 Marian students that Firefox uses.
//
// A model is a folder of files (see Open). Translation is greedy, deterministic to the bit whatever the batch, the number of
// workers and the machine, and gives the soft alignment of every target token for nothing.
// The package knows nothing of news and imports only its own internal packages.
package mt

// A Piece is a token of a sentence and the bytes it stands for.
type Piece struct {
	ID         int
	Start, End int     // bytes of the text; pieces of a source tile it, the end-of-sentence is empty at its end
	LogProb    float32 // natural logarithm of the token's probability; target only, 0 where it was not asked for
}

// A Sentence is a source sentence and its translation.
type Sentence struct {
	Source       string
	SourcePieces []Piece // the end-of-sentence (ID 0) last; nil when there is nothing to translate in the source
	Text         string
	Pieces       []Piece     // of Text, without the end-of-sentence
	Alignment    [][]float32 // len(Pieces)+1 rows (one less when not Ended): weights over SourcePieces, each row sums to 1; nil for a text of over 2,000 pieces
	Ended        bool        // false: stopped at twice the source's length, the sign of a loop
	Score        float32     // mean LogProb of the tokens; 0 where it was not asked for
	Repairs      []Repair    // what a guard did to the text on its way in or out; nil for none
}

// A Repair says what a guard did.
type Repair struct {
	Rule   string // "loop", "doubled", "capitals", "long", "protected", …
	Detail string // for a person, in English
}
