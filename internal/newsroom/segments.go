package newsroom

import (
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// moveSegments gives the sentences of an article their places in a revision whose texts differ from the last one's.
//
// Of a text that was edited, what stands before and after the edit keeps its sentences; a sentence that the edit touches covers
// what became of it; where an edit reaches over several, the first covers the new words and the others what is left of them.
// What the machine said stays as it was.
func moveSegments(segments []store.Segment, old, d doc.Document) []store.Segment {
	was, is := texts(old), texts(d)
	for i := range segments {
		s := &segments[i]
		p := place(s.Place)
		before, after := was[p], is[p]
		if before == after {
			continue
		}
		head, tail := commonEnds(before, after)
		edit := span{head, len(before) - tail}
		grown := len(after) - len(before)
		s.TargetStart = edit.starting(s.TargetStart, grown)
		s.TargetEnd = max(edit.ending(s.TargetEnd, grown), s.TargetStart)
		s.Final = after[s.TargetStart:s.TargetEnd]
		if s.Final != s.Machine {
			s.State = "reviewed"
		}
	}
	return segments
}

// place is a doc.Place without what the store does not keep.
func place(p doc.Place) doc.Place {
	p.Kind, p.Lang = 0, ""
	return p
}

func texts(d doc.Document) map[doc.Place]string {
	m := map[doc.Place]string{}
	for p, t := range d.Texts() {
		m[place(p)] = t.S
	}
	return m
}

// A span is the bytes of a text that an edit replaced.
type span struct{ start, end int }

// starting gives the place in the new text of an offset at which a sentence starts; grown is by how many bytes the new text is longer.
// Where the edit took a sentence's beginning, the sentence in which the edit began covers the new words.
func (e span) starting(i, grown int) int {
	switch {
	case i < e.start, i == e.start && (i == 0 || e.start != e.end):
		return i
	case i >= e.end:
		return i + grown
	}
	return e.end + grown
}

// ending is starting for an offset at which a sentence ends. What is inserted between two sentences belongs to the first.
func (e span) ending(i, grown int) int {
	switch {
	case i < e.start, i == e.start && e.start != e.end:
		return i
	case i >= e.end:
		return i + grown
	}
	return e.end + grown
}

// commonEnds returns how many bytes a and b share at their beginning and, of the rest, at their end; no character is cut.
func commonEnds(a, b string) (head, tail int) {
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	for head > 0 && (head < len(a) && cut(a[head]) || head < len(b) && cut(b[head])) {
		head--
	}
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && cut(a[len(a)-tail]) {
		tail--
	}
	return head, tail
}

// cut reports whether a byte is not the first of its character.
func cut(c byte) bool { return c&0xC0 == 0x80 }
