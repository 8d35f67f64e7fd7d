package mt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// maxAligned is the source tokens that a sentence may have for its alignment to be kept, which grows with their square: 16 MB at most,
// or twice that for one that loops.
const maxAligned = 2000

// join makes one sentence of a plan's parts.
func (m *Model) join(p *plan) Sentence {
	s := Sentence{Source: p.text, Ended: true, Repairs: p.repairs}
	if p.text == "" {
		return s
	}
	p.replace()
	sources, targets := 1, 1
	for _, q := range p.parts {
		q.fill(p.text)
		sources += len(q.tokens)
		targets += len(q.out)
	}
	if sources == 1 {
		return s
	}
	s.SourcePieces = make([]Piece, 0, sources)
	s.Pieces = make([]Piece, 0, targets-1)
	aligned := m.settings.alignment && p.aligned
	if aligned {
		s.Alignment = make([][]float32, 0, targets)
	}
	var text strings.Builder
	var logProbs float32
	scored := 0
	for i, q := range p.parts {
		gap := ""
		if i > 0 && text.Len() > 0 && spaceAt(p.text, q.start) {
			gap = " "
		}
		first := len(s.SourcePieces)
		for _, t := range q.tokens {
			if n := len(s.SourcePieces); n > 0 {
				t.Start = s.SourcePieces[n-1].End // over parts of spaces, which have no tokens
			} else {
				t.Start = 0
			}
			s.SourcePieces = append(s.SourcePieces, Piece{ID: t.ID, Start: t.Start, End: t.End})
		}
		mark := continues(p, i, q.out)
		for k, o := range q.out {
			start := text.Len()
			if k == len(q.out)-1 && mark != "" {
				o.text = strings.TrimRight(o.text, ".") + mark
			}
			if o.text != "" && gap != "" {
				if !strings.HasPrefix(o.text, " ") {
					text.WriteString(gap)
				}
				gap = ""
			}
			text.WriteString(o.text)
			s.Pieces = append(s.Pieces, Piece{ID: o.id, Start: start, End: text.Len(), LogProb: o.logProb})
			if aligned {
				s.Alignment = append(s.Alignment, widened(o.row, first, len(q.tokens), sources))
			}
		}
		if q.job != nil {
			s.Ended = s.Ended && q.ended
			for _, l := range q.job.LogProbs {
				logProbs += l
				scored++
			}
		}
	}
	s.SourcePieces[len(s.SourcePieces)-1].End = len(p.text)
	s.SourcePieces = append(s.SourcePieces, Piece{ID: vocab.EOS, Start: len(p.text), End: len(p.text)})
	s.Text = text.String()
	if s.Ended && aligned {
		s.Alignment = append(s.Alignment, p.lastRow(sources))
	}
	if scored > 0 && m.settings.scores {
		s.Score = logProbs / float32(scored)
	}
	return s
}

// replace puts in the place of parts what replaces them.
func (p *plan) replace() {
	var parts []*part
	for _, q := range p.parts {
		parts = append(parts, q.chosen()...)
	}
	p.parts = parts
}

// fill gives a part that was copied, or had nothing to translate, its tokens and pieces.
func (p *part) fill(text string) {
	if !p.copied {
		return
	}
	p.ended = true
	p.tokens = []vocab.Token{{ID: vocab.Unknown, Start: p.start, End: p.end}}
	p.out = []outPiece{{id: vocab.Unknown, text: trimmed(text, p.start, p.end).s, row: []float32{1, 0}}}
}

// widened is a row over a part's tokens and its end as a row over all tokens of the text and its end. The weight on a part's end
// goes to its last token, unless the part ends the text.
func widened(row []float32, first, n, sources int) []float32 {
	if first == 0 && n+1 == sources && len(row) == sources {
		return row
	}
	out := make([]float32, sources)
	if len(row) != n+1 {
		out[sources-1] = 1
		return out
	}
	copy(out[first:], row[:n])
	last := first + n - 1
	if first+n == sources-1 {
		last = sources - 1
	}
	out[last] += row[n]
	return out
}

// lastRow is the row of the end of the text.
func (p *plan) lastRow(sources int) []float32 {
	first := sources - 1
	for i := len(p.parts) - 1; i >= 0; i-- {
		q := p.parts[i]
		first -= len(q.tokens)
		if len(q.tokens) == 0 {
			continue
		}
		if n := len(q.tokens) + 1; q.job != nil && q.ended && len(q.job.Weights) >= n {
			return widened(q.job.Weights[len(q.job.Weights)-n:], first, n-1, sources)
		}
		break
	}
	out := make([]float32, sources)
	out[sources-1] = 1
	return out
}

// spaceAt says whether there is a space on either side of byte i.
func spaceAt(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(before) || unicode.IsSpace(after)
}

// continues returns the mark with which a part that ends in the middle of a sentence goes on where the network closed it with a full
// stop; "" where there is nothing to change.
func continues(p *plan, i int, out []outPiece) string {
	q := p.parts[i]
	if q.job == nil || i+1 >= len(p.parts) || p.parts[i+1].copied || len(out) == 0 || !strings.HasSuffix(out[len(out)-1].text, ".") {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(q.text.s); strings.ContainsRune(",;:", last) {
		return string(last)
	}
	return ""
}
