package mt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/mt/internal/nn"
	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// What goes to the network at a time.
const (
	guardedTokens = 200     // with the end: what the models were trained on
	clauseTokens  = 100     // of the parts of a sentence that is longer
	bareTokens    = 1024    // with the end: what a worker has memory for
	chunkBytes    = 1 << 14 // texts are cut into pieces at a time, so that one of megabytes needs no more memory than this does
)

// A part is a stretch of a text that is translated, or copied, by itself. The parts of a text tile it.
type part struct {
	start, end int           // bytes of the text
	copied     bool          // goes into the translation as it is
	text       edited        // what the network reads; of text[start:end], without the spaces at its ends
	tokens     []vocab.Token // of text.s, their ranges in bytes of the whole text; they tile [start, end)
	job        *nn.Job
	upper      bool       // the text was all capitals: so shall be the translation
	lowered    [][2]int   // words of a Title Case text that the network got in lower case, in bytes of the whole text
	initial    bool       // its first letter lost its capital: the translation's gets one
	ending     lastMark   // what was done to its last mark, to be undone
	again      []*part    // what replaces it: the same text, shown to the network in another way
	out        []outPiece // what becomes of it
	ended      bool
}

// lastMark says how a text's last mark was changed to show it to the network in another way.
type lastMark int

const (
	markKept lastMark = iota
	markAdded
	markTaken
)

// An edited text is a text that was changed on its way to the network, and where its bytes come from.
type edited struct {
	s    string
	from []int32 // for each byte of s, and for its end, the byte of the original; nil where it is offset by at only
	at   int
}

// original is the byte of the original text that byte i of e comes from.
func (e edited) original(i int) int {
	if e.from == nil {
		return e.at + i
	}
	return int(e.from[i])
}

// replaced returns e with the bytes [start, end) replaced.
func (e edited) replaced(start, end int, by string) edited {
	from := make([]int32, 0, len(e.s)+len(by)+1)
	for i := range start {
		from = append(from, int32(e.original(i)))
	}
	for i := range len(by) {
		// Byte by byte as far as it goes, so that pieces inside a word keep their places.
		from = append(from, int32(e.original(min(start+i, end))))
	}
	for i := end; i <= len(e.s); i++ {
		from = append(from, int32(e.original(i)))
	}
	return edited{s: e.s[:start] + by + e.s[end:], from: from}
}

// trimmed is text[start:end] without the spaces at its ends.
func trimmed(text string, start, end int) edited {
	s := text[start:end]
	t := strings.TrimLeftFunc(s, unicode.IsSpace)
	return edited{s: strings.TrimRightFunc(t, unicode.IsSpace), at: start + len(s) - len(t)}
}

// tokenize cuts what the network reads and carries the pieces' ranges over to the whole text.
func (p *part) tokenize(tokens []vocab.Token) {
	p.tokens = tokens
	for i := range tokens {
		t := &p.tokens[i]
		t.Start, t.End = p.text.original(t.Start), p.text.original(t.End)
		if i > 0 {
			t.Start = tokens[i-1].End
		}
	}
	if n := len(tokens); n > 0 {
		p.tokens[0].Start, p.tokens[n-1].End = p.start, p.end
	}
}

// newJob makes the network's job of a part that has tokens.
func (p *part) newJob() *nn.Job {
	ids := make([]int, 0, len(p.tokens)+1)
	for _, t := range p.tokens {
		ids = append(ids, t.ID)
	}
	ids = append(ids, vocab.EOS)
	p.job = &nn.Job{Source: ids, Limit: 2 * len(ids)}
	return p.job
}

// An outPiece is a piece of a translation and what it writes.
type outPiece struct {
	id      int
	text    string
	logProb float32
	row     []float32 // over the part's tokens and its end; nil without alignment
	fixed   bool      // put back by a guard
}

// take reads what the network made of a part.
func (m *Model) take(p *part) {
	text, tokens := m.target.Decode(p.job.IDs)
	n := len(p.job.Source)
	p.out = make([]outPiece, len(tokens), len(tokens)+1)
	for i, t := range tokens {
		p.out[i] = outPiece{id: t.ID, text: text[t.Start:t.End]}
		if p.job.LogProbs != nil {
			p.out[i].logProb = p.job.LogProbs[i]
		}
		if p.job.Weights != nil {
			p.out[i].row = p.job.Weights[i*n : (i+1)*n : (i+1)*n]
		}
	}
	p.ended = p.job.Ended
}

// forget drops the alignment, once the guards have had their look at it.
func (p *part) forget() {
	if p.job != nil {
		p.job.Weights = nil
	}
	for i := range p.out {
		p.out[i].row = nil
	}
}

// written is the translation of a part.
func (p *part) written() string {
	var b strings.Builder
	for _, o := range p.out {
		b.WriteString(o.text)
	}
	return b.String()
}

// cut divides text[start:end] into parts of fewer than limit tokens. What is shorter stays whole. Of what is not, each sentence becomes
// a part: networks leave sentences out where they get many at a time. A sentence that is still too long is cut at clause marks into
// parts of about size tokens, at spaces where it has none; inside a word never, unless its script has no spaces: what has none in
// a hundred pieces is copied.
func (m *Model) cut(text string, start, end, limit, size int) []*part {
	var parts []*part
	for _, c := range chunks(text, start, end) {
		p := m.newPart(text, c[0], c[1])
		if len(p.tokens) < limit {
			parts = append(parts, p)
			continue
		}
		for _, s := range m.sentences(text, p) {
			if len(s.tokens) < limit {
				parts = append(parts, s)
			} else {
				parts = append(parts, m.divide(text, s, size)...)
			}
		}
	}
	return parts
}

// sentences divides a part behind full stops. Callers split text better, with what they know of the language; this is for those that
// do not: an abbreviation is told by its length.
func (m *Model) sentences(text string, p *part) []*part {
	var parts []*part
	start := p.start
	for i := 1; i < len(p.tokens); i++ {
		at := p.tokens[i].Start
		if at <= start || breakValue(text, at) != 4 {
			continue
		}
		before := strings.TrimRightFunc(text[start:at], unicode.IsSpace)
		word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
		next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		if utf8.RuneCountInString(word) < 5 && strings.HasSuffix(word, ".") || unicode.IsLower(next) {
			continue
		}
		parts = append(parts, m.newPart(text, start, at))
		start = at
	}
	return append(parts, m.newPart(text, start, p.end))
}

// chunks divides [start, end) where spaces are, so that no chunk is longer than chunkBytes.
func chunks(text string, start, end int) [][2]int {
	var out [][2]int
	for end-start > chunkBytes {
		at := start + chunkBytes
		for at > start && !utf8.RuneStart(text[at]) {
			at--
		}
		best, value := at, 0
		for i := at; i > start+chunkBytes/2; i-- {
			if v := breakValue(text, i); v > value {
				best, value = i, v
			}
		}
		if best == start { // not UTF-8
			best = start + chunkBytes
		}
		out = append(out, [2]int{start, best})
		start = best
	}
	return append(out, [2]int{start, end})
}

// divide cuts a sentence into parts of about size tokens, a quarter more at most. Each cut leaves less on either side: it takes a
// stretch of at least a byte.
func (m *Model) divide(text string, p *part, size int) []*part {
	n := len(p.tokens)
	most := size + size/4
	if n <= most {
		return []*part{p}
	}
	count := (n + size - 1) / size
	aim := n / count
	// What stays behind must fit into the parts that are left.
	least := max(1, aim/2, n-(count-1)*most)
	best, value := min(aim, most), -1.0
	for i := least; i <= min(most, n-1); i++ {
		v := float64(breakValue(text, p.tokens[i].Start))
		if p.tokens[i].Start == p.tokens[i-1].Start {
			v = 0 // inside a character that became several pieces
		}
		// A good mark is worth a part of uneven length, a space is worth it only near the middle.
		if v -= abs(float64(i-aim)) / float64(aim); v > value {
			best, value = i, v
		}
	}
	at := p.tokens[best].Start
	if breakValue(text, at) == 0 && !unspaced(text[at:]) {
		// No space in a hundred pieces: whatever this is, it is no word, and pieces of it would be translated into nonsense.
		from, to := at, at
		for from > p.start && breakValue(text, from) == 0 {
			from--
		}
		for to < p.end && breakValue(text, to) == 0 {
			to++
		}
		var parts []*part
		if from > p.start {
			parts = m.divide(text, m.newPart(text, p.start, from), size)
		}
		parts = append(parts, &part{start: from, end: to, copied: true})
		if to < p.end {
			parts = append(parts, m.divide(text, m.newPart(text, to, p.end), size)...)
		}
		return parts
	}
	if at <= p.start || at >= p.end {
		return []*part{{start: p.start, end: p.end, copied: true}}
	}
	first, rest := m.newPart(text, p.start, at), m.newPart(text, at, p.end)
	return append(m.divide(text, first, size), m.divide(text, rest, size)...)
}

// newPart is the part of text[start:end] as it is.
func (m *Model) newPart(text string, start, end int) *part {
	p := &part{start: start, end: end, text: trimmed(text, start, end)}
	p.tokenize(m.source.Encode(p.text.s))
	return p
}

// unspaced says whether s begins with a letter of a script that puts no spaces between words.
func unspaced(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func abs(x float64) float64 { return max(x, -x) }

// breakValue says how good a place byte i is to cut a text at: 4 behind the end of a sentence, 3 behind a clause mark, 2 behind or
// before other marks, 1 at a space, 0 elsewhere.
func breakValue(text string, i int) int {
	if i <= 0 || i >= len(text) || !utf8.RuneStart(text[i]) {
		return 0
	}
	before := strings.TrimRightFunc(text[max(0, i-64):i], unicode.IsSpace)
	after := strings.TrimLeftFunc(text[i:min(len(text), i+64)], unicode.IsSpace)
	spaced := len(before) < i-max(0, i-64) || len(after) < min(len(text), i+64)-i
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case strings.ContainsRune("。！？", last):
		return 4
	case strings.ContainsRune("；，、：", last):
		return 3
	case !spaced:
		return 0
	case strings.ContainsRune(".!?…", last):
		return 4
	case strings.ContainsRune(";:", last):
		return 3
	case strings.ContainsRune(",–—)»”", last) || strings.ContainsRune("–—(«“", next):
		return 2
	default:
		return 1
	}
}
