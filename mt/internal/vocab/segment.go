package vocab

import (
	"unicode/utf8"
)

// Encode cuts s into its most likely pieces, without an end-of-sentence. The tokens tile s: the first begins at 0, each begins
// where the one before ends, the last ends at len(s). Spaces belong to the piece that follows them, those at the end to the last.
// A text of spaces, or none, has no tokens.
//
// A character that no piece holds is Unknown: runs of them are one token, or with byte pieces a token a byte, the last of which
// has the character's bytes and the others none. s must be shorter than 1<<31 bytes.
func (v *Vocabulary) Encode(s string) []Token {
	n := v.normalize(s)
	tokens := v.search(n.text, nil)
	return v.surface(s, n, tokens)
}

// EncodeAnew cuts s like Encode, but into other pieces: every piece of more than one character that avoid holds costs penalty
// more. It is how a sentence on which the model went astray is shown to it in another way.
func (v *Vocabulary) EncodeAnew(s string, penalty float32) []Token {
	n := v.normalize(s)
	usual := map[int]bool{}
	for _, t := range v.search(n.text, nil) {
		if utf8.RuneCountInString(v.pieces[max(t.ID, 0)].text) > 2 {
			usual[t.ID] = true
		}
	}
	tokens := v.search(n.text, func(id int) float32 {
		if usual[id] {
			return penalty
		}
		return 0
	})
	return v.surface(s, n, tokens)
}

// Score returns the logarithm of the probability of s as a word that follows a space: the sum over its most likely pieces.
func (v *Vocabulary) Score(s string) float32 {
	n := v.normalize(s)
	total := float32(0)
	for _, t := range v.search(n.text, nil) {
		if t.ID == Unknown {
			total += v.minScore - unknownPenalty
		} else {
			total += v.pieces[t.ID].score
		}
	}
	return total
}

// Knows says whether every character of s is held by some piece.
func (v *Vocabulary) Knows(s string) bool {
	n := v.normalize(s)
	for _, t := range v.search(n.text, nil) {
		if t.ID == Unknown {
			return false
		}
	}
	return true
}

// search finds the best way through the normalised text (Viterbi over characters, unigram_model.cc EncodeOptimized) and returns
// its tokens with ranges of that text. extra, when not nil, is taken off a piece's score.
func (v *Vocabulary) search(text string, extra func(id int) float32) []Token {
	if text == "" {
		return nil
	}
	type arrival struct {
		score float32
		from  int32
		id    int32
	}
	best := make([]arrival, len(text)+1)
	for i := 1; i < len(best); i++ {
		best[i].from = -1
	}
	unknown := v.minScore - unknownPenalty
	relax := func(from, to int, id int32, score float64) {
		// Sums are rounded to float32, as the reference keeps them: ties are decided by it.
		sum := float32(float64(best[from].score) + score)
		if best[to].from < 0 || sum > best[to].score {
			best[to] = arrival{sum, int32(from), id}
		}
	}
	for from := 0; from < len(text); {
		_, width := utf8.DecodeRuneInString(text[from:])
		single := false
		if best[from].from >= 0 || from == 0 {
			node := uint32(0)
			for i := from; i < len(text); i++ {
				if node = v.tree.step(node, text[i]); node == 0 {
					break
				}
				id := v.tree.ids[node]
				if id < 0 {
					continue
				}
				to := i + 1
				single = single || to == from+width
				score := float64(v.pieces[id].score)
				if v.pieces[id].kind == kindUserDefined {
					score = float64(float32(to-from)*v.maxScore) - 0.1
				}
				if extra != nil {
					score -= float64(extra(int(id)))
				}
				relax(from, to, id, score)
			}
		}
		if !single {
			relax(from, from+width, Unknown, float64(unknown))
		}
		from += width
	}
	count := 0
	for to := len(text); to > 0; to = int(best[to].from) {
		count++
	}
	tokens := make([]Token, count)
	for to := len(text); to > 0; to = int(best[to].from) {
		count--
		tokens[count] = Token{int(best[to].id), int(best[to].from), to}
	}
	return tokens
}

// surface turns ranges of the normalised text into ranges of s and spells what is unknown.
func (v *Vocabulary) surface(s string, n normal, tokens []Token) []Token {
	out := make([]Token, 0, len(tokens)+1)
	for i, t := range tokens {
		start, end := int(n.from[t.Start]), int(n.from[t.End])
		if i == 0 {
			start = 0
		}
		if i == len(tokens)-1 {
			end = len(s)
		}
		switch {
		case t.ID != Unknown:
			out = append(out, Token{t.ID, start, end})
		case v.byteFallback:
			for j := t.Start; j < t.End-1; j++ {
				out = append(out, Token{int(v.byteIDs[n.text[j]]), start, start})
			}
			out = append(out, Token{int(v.byteIDs[n.text[t.End-1]]), start, end})
		case len(out) > 0 && out[len(out)-1].ID == Unknown:
			out[len(out)-1].End = end
		default:
			out = append(out, Token{Unknown, start, end})
		}
	}
	return out
}
