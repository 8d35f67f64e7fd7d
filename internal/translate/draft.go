package translate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// A draft is what an engine gave for a sentence, while it is made to fit.
type draft struct {
	mt.Sentence
	from, to string      // bare languages
	words    []word      // of Text
	terms    []word      // of Source
	rows     [][]float64 // for each word of Text, how much of it comes from each word of Source
}

// newDraft prepares s for the questions that marks ask of it.
func newDraft(s mt.Sentence, from, to string) *draft {
	d := &draft{Sentence: tidy(s), from: from, to: to}
	d.terms = wordsOf(d.from, d.Source)
	d.read()
	return d
}

// tidy makes the engine's text one line of prose: valid, in normal form C, no control characters, one space between words.
// An engine of somebody else's may give anything.
func tidy(s mt.Sentence) mt.Sentence {
	s.Pieces = append([]mt.Piece(nil), s.Pieces...)
	for i := range s.Pieces {
		p := &s.Pieces[i]
		p.Start = min(max(p.Start, 0), len(s.Text))
		p.End = min(max(p.End, p.Start), len(s.Text))
	}
	if isTidy(s.Text) {
		return s
	}
	b := make([]byte, 0, len(s.Text))
	at := make([]int, len(s.Text)+1)
	for i := 0; i < len(s.Text); {
		r, w := utf8.DecodeRuneInString(s.Text[i:])
		for k := range w {
			at[i+k] = len(b)
		}
		switch {
		case r == utf8.RuneError && w == 1, unicode.IsControl(r) && !isSpace(r), r == '\uFFFE', r == '\uFFFF':
		case r == ' ' || isSpace(r) && r != '\u00A0' && r != '\u202F':
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		default:
			b = append(b, s.Text[i:i+w]...)
		}
		i += w
	}
	s.Text = strings.TrimSuffix(string(b), " ")
	at[len(at)-1] = len(s.Text)
	for i := range s.Pieces {
		p := &s.Pieces[i]
		p.Start, p.End = min(at[p.Start], len(s.Text)), min(at[p.End], len(s.Text))
	}
	if !norm.NFC.IsNormalString(s.Text) {
		s.Text, s.Pieces, s.Alignment = norm.NFC.String(s.Text), nil, nil // where the pieces went is not worth knowing
	}
	return s
}

func isTidy(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' || !utf8.ValidString(s) || strings.Contains(s, "  ") || !norm.NFC.IsNormalString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' || r > ' ' && isSpace(r) && r != '\u00A0' && r != '\u202F' {
			return false
		}
	}
	return true
}

// read finds the words of Text anew and what each has to do with each word of Source.
func (d *draft) read() {
	d.words = wordsOf(d.to, d.Text)
	d.rows = make([][]float64, len(d.words))
	flat := make([]float64, len(d.words)*len(d.terms))
	for i := range d.rows {
		d.rows[i] = flat[i*len(d.terms) : (i+1)*len(d.terms)]
	}
	if len(d.Alignment) < len(d.Pieces) || len(d.SourcePieces) == 0 || len(d.Pieces) == 0 {
		d.guess()
		return
	}
	counts := make([]float64, len(d.words))
	at := 0
	for k, p := range d.Pieces {
		for at < len(d.words) && d.words[at].end <= p.Start {
			at++
		}
		for w := at; w < len(d.words) && d.words[w].start < p.End; w++ {
			counts[w]++
			d.add(d.rows[w], d.Alignment[k])
		}
	}
	for w, n := range counts {
		for i := range d.rows[w] {
			d.rows[w][i] /= max(n, 1)
		}
	}
	d.claim()
}

// covered is the share of a word of the translation that shows that a word of the source has found its answer.
const covered = 0.3

// claim gives a word of the source that nothing answers the word that a small neighbour of its holds: attention often looks at the
// article when the noun is written (interview: "entrevista" comes from "an" by the network's account).
func (d *draft) claim() {
	for t, term := range d.terms {
		if term.small || d.answered(t) {
			continue
		}
		for _, n := range []int{t - 1, t - 2, t + 1} {
			if n < 0 || n >= len(d.terms) || !d.terms[n].small {
				continue
			}
			if w := d.held(n); w >= 0 {
				d.rows[w][t] += d.rows[w][n]
				d.rows[w][n] = 0
				break
			}
		}
	}
}

// answered reports whether some word of the translation comes from source word t.
func (d *draft) answered(t int) bool {
	for w := range d.rows {
		if d.rows[w][t] >= covered {
			return true
		}
	}
	return false
}

// held returns the one word of the translation, not a small one, that comes mostly from source word t, or -1.
func (d *draft) held(t int) int {
	for w := range d.rows {
		if d.rows[w][t] > 0.5 && !d.words[w].small {
			return w
		}
	}
	return -1
}

// add adds to row what weights, one for each source piece, say of each source word. The end of the sentence is no word, and
// what is left is made to sum to 1; punctuation keeps its share, so that a row may sum to less.
func (d *draft) add(row []float64, weights []float32) {
	sum := 0.0
	for i, p := range d.SourcePieces {
		if p.Start < p.End && i < len(weights) {
			sum += float64(weights[i])
		}
	}
	if sum <= 0 {
		return
	}
	at := 0
	for i, p := range d.SourcePieces {
		if p.Start >= p.End || i >= len(weights) {
			continue
		}
		for at < len(d.terms) && d.terms[at].end <= p.Start {
			at++
		}
		if at < len(d.terms) && d.terms[at].start < p.End {
			row[at] += float64(weights[i]) / sum
		}
	}
}

// guess stands in for an alignment where an engine gives none: a word belongs to those about the same place of the sentence,
// between the words that are surely each other's.
func (d *draft) guess() {
	pairs := d.sure()
	pairs = append(pairs, [2]int{len(d.words), len(d.terms)})
	w0, t0 := 0, 0
	for _, p := range pairs {
		for w := w0; w < p[0] && w < len(d.words); w++ {
			if p[1] <= t0 {
				continue
			}
			t := t0 + (w-w0)*(p[1]-t0)/max(p[0]-w0, 1)
			d.rows[w][min(t, len(d.terms)-1)] = 1
		}
		if p[0] < len(d.words) && p[1] < len(d.terms) {
			clear(d.rows[p[0]])
			d.rows[p[0]][p[1]] = 1
		}
		w0, t0 = p[0]+1, p[1]+1
	}
}

// sure returns the anchors that stand in the same order on both sides.
func (d *draft) sure() [][2]int {
	var out [][2]int
	last := -1
	for _, a := range d.anchors() {
		if a.term > last {
			out = append(out, [2]int{a.word, a.term})
			last = a.term
		}
	}
	return out
}

// replace puts text in place of the bytes r of Text and moves the pieces.
func (d *draft) replace(r span, text string) {
	shift := len(text) - (r.end - r.start)
	for i := range d.Pieces {
		p := &d.Pieces[i]
		p.Start, p.End = moved(p.Start, r, shift, false), moved(p.End, r, shift, true)
	}
	d.Text = d.Text[:r.start] + text + d.Text[r.end:]
	d.read()
}

// moved returns where byte i lies after r has grown by shift: what lay in r stretches over all that replaces it.
func moved(i int, r span, shift int, end bool) int {
	switch {
	case i >= r.end && (i > r.start || !end):
		return i + shift
	case i <= r.start:
		return i
	case end:
		return r.end + shift
	}
	return r.start
}

// weights returns for each word of Text how much of it comes from the bytes r of Source.
func (d *draft) weights(r span) []float64 {
	out := make([]float64, len(d.words))
	for t, term := range d.terms {
		if term.end <= r.start || term.start >= r.end {
			continue
		}
		for w := range d.words {
			out[w] += d.rows[w][t]
		}
	}
	return out
}
