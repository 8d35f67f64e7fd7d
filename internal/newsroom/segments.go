package newsroom

import (
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// moveSegments gives the sentences of an article their places in a revision whose texts differ from the last one's.
//
// Of a text that was edited, the sentences before and after the edit stay as they are. What lies between belongs to the sentence that
// was there; to the one before, or else the one after, if none was; and where several were, the one in which the edit begins covers
// the new words, and the others what is left of them. What the machine said stays as it was.
func moveSegments(segments []store.Segment, old, d doc.Document) []store.Segment {
	was, is := texts(old), texts(d)
	for i := 0; i < len(segments); {
		j := i
		p := place(segments[i].Place)
		for j < len(segments) && place(segments[j].Place) == p {
			j++
		}
		if was[p] != is[p] {
			moveText(segments[i:j], was[p], is[p])
		}
		i = j
	}
	return segments
}

// moveText gives the sentences of one text their places in what became of it.
func moveText(list []store.Segment, before, after string) {
	head, tail := 0, 0
	for head < len(list) && list[head].TargetEnd <= len(after) && before[:list[head].TargetEnd] == after[:list[head].TargetEnd] {
		head++
	}
	grown := len(after) - len(before)
	from := 0 // where the edited region begins, in both texts
	if head > 0 {
		from = list[head-1].TargetEnd
	}
	for tail < len(list)-head {
		start := list[len(list)-1-tail].TargetStart
		if start+grown < from || before[start:] != after[start+grown:] {
			break
		}
		tail++
	}
	to := len(after) // where it ends, in the new text
	for i := len(list) - tail; i < len(list); i++ {
		list[i].TargetStart += grown
		list[i].TargetEnd += grown
	}
	if tail > 0 {
		to = list[len(list)-tail].TargetStart
	}
	switch middle := list[head : len(list)-tail]; {
	case len(middle) == 1:
		settle(&middle[0], from, to, after)
	case len(middle) > 1:
		spread(middle, from, before[from:to-grown], after[from:to], after)
	case strings.TrimSpace(after[from:to]) == "":
	case head > 0:
		settle(&list[head-1], list[head-1].TargetStart, to, after)
	case tail > 0:
		settle(&list[0], from, list[0].TargetEnd, after)
	}
}

// settle gives a sentence its place, without the spaces around it.
func settle(s *store.Segment, start, end int, text string) {
	for start < end && text[start] == ' ' {
		start++
	}
	for end > start && text[end-1] == ' ' {
		end--
	}
	s.TargetStart, s.TargetEnd, s.Final = start, end, text[start:end]
	if s.Final != s.Machine {
		s.State = "reviewed"
	}
}

// spread places several sentences that an edit reaches over by the words around it. before and after are the region that is not
// other sentences', which begins at from in both texts.
func spread(list []store.Segment, from int, before, after, text string) {
	head, tail := commonEnds(before, after)
	for head > 0 && before[head-1] != ' ' {
		head--
	}
	for tail > 0 && before[len(before)-tail] != ' ' {
		tail--
	}
	edit := span{head, len(before) - tail}
	grown := len(after) - len(before)
	for i := range list {
		start := edit.starting(list[i].TargetStart-from, grown)
		settle(&list[i], from+start, from+max(edit.ending(list[i].TargetEnd-from, grown), start), text)
	}
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
