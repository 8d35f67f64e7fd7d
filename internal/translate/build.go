package translate

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// A builder puts a text together again, sentence by sentence.
type builder struct {
	*job
	place     doc.Place
	source    doc.Text
	quotes    []doc.Mark // the marks of the source, and the quotations that it only shows
	text      strings.Builder
	placed    []placed // for each mark of the source
	kept      []span   // what typography must not touch, in bytes of the text being built
	sentences []doc.Sentence
	flags     []doc.Flag
}

func newBuilder(j *job, place doc.Place, text doc.Text) *builder {
	return &builder{job: j, place: place, source: text, quotes: quotesOf(j.From, text), placed: make([]placed, len(text.Marks))}
}

// placed is where a mark has come to lie, in bytes of the text being built.
type placed struct {
	span
	seen bool
}

// add appends the translation of p and lays out the marks that reach into it.
func (b *builder) add(p *piece, drafts []mt.Sentence) {
	start := b.text.Len()
	s := doc.Sentence{Place: b.place, SourceStart: p.start, SourceEnd: p.end, Start: start, Kept: p.keep}
	if p.keep {
		b.text.WriteString(b.source.S[p.start:p.end])
		b.copyMarks(p, start)
		if p.bare {
			for _, k := range protected(b.source, p) {
				b.kept = append(b.kept, span{k.doc.start - p.start + start, k.doc.end - p.start + start})
			}
		} else {
			b.kept = append(b.kept, span{start, b.text.Len()})
		}
	} else {
		pr := b.projector(p, drafts, &s)
		if pr.Text == "" {
			b.untranslated(p, start)
			pr.Text = pr.Source
			pr.read()
		}
		for _, k := range pr.kept {
			b.kept = append(b.kept, span{k.target.start + start, k.target.end + start})
		}
		b.lay(p, pr, start)
		b.text.WriteString(b.breaks(p, pr))
	}
	s.End = b.text.Len()
	for i := range b.flags {
		if f := &b.flags[i]; f.Start == start && f.End == start {
			f.End = s.End // of the sentence as it stands now
		}
	}
	b.sentences = append(b.sentences, s)
	b.text.WriteString(b.gap(p))
}

// gap is the white space after p in the target language: between sentences Chinese and Japanese have none.
func (b *builder) gap(p *piece) string {
	if p.gap == " " {
		switch lang.Tag(b.To).Bare() {
		case "zh", "ja":
			return ""
		}
	}
	return strings.ReplaceAll(p.gap, "\t", " ") // of code that is nothing but space
}

// breaks returns the translation of p with the forced breaks that the sentence has: each in the place of a space.
func (b *builder) breaks(p *piece, pr *projector) string {
	text := []byte(pr.Text)
	for i := p.start; i < p.end; i++ {
		if b.source.S[i] != '\n' {
			continue
		}
		at := pr.point(p.sentByte(i + 1))
		sp := strings.LastIndexByte(pr.Text[:min(at, len(pr.Text))], ' ')
		if sp < 0 {
			sp = strings.IndexByte(pr.Text, ' ')
		}
		if sp >= 0 && !pr.isKept(span{sp, sp + 1}) {
			text[sp] = '\n'
		}
	}
	return string(text)
}

// projector returns the translation of p, the engine's or a person's, ready to be asked where its marks belong.
func (b *builder) projector(p *piece, drafts []mt.Sentence, s *doc.Sentence) *projector {
	if p.known != nil {
		s.Engine = p.by
		return b.written(p)
	}
	s.Engine, s.Score = b.Name, drafts[p.answer].Score
	if near, ok := b.Memory.Nearest(p.sent); ok {
		b.flags = append(b.flags, doc.Flag{
			Rule: "memory", Severity: doc.Comment, Block: b.place.Block, Start: s.Start, End: s.Start, SourceStart: p.start, SourceEnd: p.end,
			Message: fmt.Sprintf("a sentence that differs in %s was confirmed as: %s", difference(near), near.Target),
		})
	}
	return b.draft(p, drafts[p.answer], s)
}

// difference says what a sentence has for what the confirmed one has.
func difference(n Near) string {
	return fmt.Sprintf("“%s” for “%s”", strings.Join(n.Here, " "), strings.Join(n.There, " "))
}

// written prepares what a person wrote for p. Its words and their typography stay as they are.
func (b *builder) written(p *piece) *projector {
	given := mt.Sentence{Source: p.sent, Text: p.known.S, Ended: true}
	pr := &projector{draft: newDraft(given, string(lang.Tag(b.From).Bare()), string(lang.Tag(b.To).Bare()))}
	pr.anchored = pr.anchors()
	pr.quotes = quotationsOf(b.source.S, b.quotes, p)
	pr.inOrder(candidates(pr.Text))
	pr.written = p.known.Marks
	if p.by == "edited" {
		b.kept = append(b.kept, span{b.text.Len(), b.text.Len() + len(pr.Text)})
	}
	return pr
}

// draft makes what the engine gave for p fit: what has to stay stays, quotations are whole.
func (b *builder) draft(p *piece, given mt.Sentence, s *doc.Sentence) *projector {
	pr := &projector{draft: newDraft(given, string(lang.Tag(b.From).Bare()), string(lang.Tag(b.To).Bare()))}
	for _, r := range given.Repairs {
		s.Repairs = append(s.Repairs, doc.Repair(r))
	}
	if !given.Ended && given.Pieces != nil { // an engine that gives no pieces says nothing of its end
		b.flags = append(b.flags, doc.Flag{
			Rule: "loops", Severity: doc.Stop, Block: b.place.Block, Start: s.Start, End: s.Start + len(pr.Text), SourceStart: p.start, SourceEnd: p.end,
			Message: "the engine did not come to an end of this sentence",
		})
	}
	pr.anchored = pr.anchors()
	for _, k := range append(protected(b.source, p), b.keptTerms(p)...) {
		if pr.keep(k) {
			s.Repairs = append(s.Repairs, doc.Repair{Rule: "protected", Detail: fmt.Sprintf("%q was put back as it was", k.text)})
		}
	}
	s.Repairs = append(s.Repairs, b.terms(p, pr)...)
	if pr.restore(quotationsOf(b.source.S, b.quotes, p)) {
		s.Repairs = append(s.Repairs, doc.Repair{Rule: "quotation", Detail: "quotation marks that the engine dropped or left over were set right"})
	}
	if pr.capital() {
		s.Repairs = append(s.Repairs, doc.Repair{Rule: "capital", Detail: "the sentence got the capital that it starts with"})
	}
	pr.anchored = pr.anchors()
	return pr
}

// capital gives the translation of a sentence that starts with a capital one. It reports whether there was none.
func (p *projector) capital() bool {
	first, _ := firstLetter(p.Source)
	r, at := firstLetter(p.Text)
	big := unicode.ToTitle(r)
	if !unicode.IsUpper(first) || !unicode.IsLower(r) || utf8.RuneLen(big) != utf8.RuneLen(r) || combines(p.Text[at+utf8.RuneLen(r):]) || p.isKept(span{at, at + utf8.RuneLen(r)}) {
		return false
	}
	p.swapIn(span{at, at + utf8.RuneLen(r)}, string(big))
	return true
}

// firstLetter returns the letter that s starts with and its byte; 0 if it starts with something else. Quotation marks and other signs
// that may open a sentence count for nothing, but for the apostrophe of a word that lost its beginning.
func firstLetter(s string) (rune, int) {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
			return r, i
		case !isSpace(r) && !strings.ContainsRune("\"“”„«»(¿¡[—–-", r):
			return 0, 0
		}
	}
	return 0, 0
}

// copyMarks lays the marks over a sentence that stays as it is.
func (b *builder) copyMarks(p *piece, at int) {
	for i, m := range b.source.Marks {
		if m.Start == m.End {
			if p.start <= m.Start && m.Start <= p.end && !b.placed[i].seen {
				b.put(i, span{m.Start - p.start + at, m.Start - p.start + at})
			}
			continue
		}
		if m.Start < p.end && p.start < m.End {
			b.put(i, span{max(m.Start, p.start) - p.start + at, min(m.End, p.end) - p.start + at})
		}
	}
}

// put lays mark i over s, or stretches it over s where it began in an earlier sentence.
func (b *builder) put(i int, s span) {
	if b.placed[i].seen {
		s.start = min(s.start, b.placed[i].start)
		s.end = max(s.end, b.placed[i].end)
	}
	b.placed[i] = placed{s, true}
}

// lay finds the words of each mark that reaches into p and lays it over them.
func (b *builder) lay(p *piece, pr *projector, at int) {
	var index []int
	var source, got []span
	var fixed []bool
	for i, m := range b.source.Marks {
		if m.Start == m.End {
			if p.start <= m.Start && m.Start <= p.end && !b.placed[i].seen {
				n := at + pr.point(p.sentByte(m.Start))
				b.put(i, span{n, n})
			}
			continue
		}
		if m.Start >= p.end || m.End <= p.start {
			continue
		}
		r := p.within(span{m.Start, m.End})
		s, set, ok := b.target(i, m, p, pr, r)
		if !ok {
			b.flag(i, m, p, at, s)
		}
		index, source, got, fixed = append(index, i), append(source, r), append(got, s), append(fixed, set)
	}
	pr.settle(source, got, fixed)
	for k, i := range index {
		if !fixed[k] {
			got[k] = pr.unbroken(got[k])
		}
		b.put(i, span{got[k].start + at, got[k].end + at})
	}
}

// target returns the range of the translation that answers mark m over the range r of the source, and whether it must stay so.
func (b *builder) target(i int, m doc.Mark, p *piece, pr *projector, r span) (s span, fixed, ok bool) {
	for k, w := range pr.written {
		if w.Kind == m.Kind && w.Href == m.Href && w.Lang == m.Lang {
			pr.written = slices.Delete(slices.Clone(pr.written), k, k+1)
			return span{w.Start, w.End}, true, true
		}
	}
	for _, q := range pr.quotes {
		if q.mark == i && (q.open.found || q.shut.found) {
			return q.reach(pr.Text), true, true
		}
	}
	if r.start == 0 && r.end == len(pr.Source) {
		return span{0, len(pr.Text)}, true, true
	}
	here := span{max(m.Start, p.start), min(m.End, p.end)}
	for _, k := range pr.kept {
		if k.doc == here {
			return k.target, true, true
		}
	}
	for _, k := range pr.kept {
		switch {
		case k.source == r && r.start < r.end:
			return k.target, true, true
		case k.doc.holds(here) && k.target.end-k.target.start == len(k.text): // a mark in what stays as it is lies as it lay
			at := k.target.start - k.doc.start
			return span{here.start + at, here.end + at}, true, true
		}
	}
	s, ok = pr.project(r)
	if ok {
		s = pr.edges(r, s)
	}
	return pr.unbroken(s), false, ok
}

// flag says that mark i found no word.
func (b *builder) flag(i int, m doc.Mark, p *piece, at int, s span) {
	b.flags = append(b.flags, doc.Flag{
		Rule: "placement", Severity: doc.Ask, Block: b.place.Block,
		Start: at + s.start, End: at + s.end, SourceStart: m.Start, SourceEnd: m.End,
		Message: fmt.Sprintf("the words of this %s were not found in the translation; it was put at the sentence's end", m.Kind),
	})
}

// untranslated says that the engine gave nothing for p, so that its source stands there.
func (b *builder) untranslated(p *piece, at int) {
	b.flags = append(b.flags, doc.Flag{
		Rule: "empty", Severity: doc.Stop, Block: b.place.Block,
		Start: at, End: at + len(p.sent), SourceStart: p.start, SourceEnd: p.end,
		Message: "the engine gave nothing for this sentence; it stands untranslated",
	})
}

// finish returns the text with its marks. Its errors are faults of this package: edits that do not fit.
func (b *builder) finish() (doc.Text, error) {
	out := doc.Text{S: b.text.String()}
	if len(b.sentences) == 0 {
		return b.source, nil
	}
	for i, m := range b.source.Marks {
		m.Start, m.End = len(out.S), len(out.S) // what lay in white space
		if b.placed[i].seen {
			m.Start, m.End = b.placed[i].start, b.placed[i].end
		}
		out.Marks = append(out.Marks, m)
	}
	out = nest(out, b.source)
	for _, edits := range []func(doc.Text) []doc.Edit{compose, spare} {
		var err error
		if out, err = b.change(out, edits(out)); err != nil {
			return out, err
		}
	}
	edits := b.typeset(out)
	if set, err := out.Splice(edits...); err != nil || len(set.Marks) != len(out.Marks) {
		edits = nil // a mark that is no quotation but for its sign: better not set than lost
	}
	out, err := b.change(out, edits)
	if err == nil {
		out, err = b.change(out, spare(out)) // what was set may have brought two spaces together
	}
	b.inOrder(len(out.S))
	return unquote(out), err
}

// inOrder parts sentences that an edit over the border of two has made overlap: an ellipsis of the stops of both.
func (b *builder) inOrder(size int) {
	end := 0
	for i := range b.sentences {
		s := &b.sentences[i]
		s.Start = min(max(s.Start, end), size)
		s.End = min(max(s.End, s.Start), size)
		end = s.End
	}
}
