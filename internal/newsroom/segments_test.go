package newsroom

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// titled is a document with one text, and its sentences at the bars.
func titled(s string) (doc.Document, []store.Segment) {
	var segments []store.Segment
	at := 0
	for _, part := range strings.SplitAfter(s, "|") {
		words := strings.TrimSuffix(part, "|")
		text := strings.TrimSpace(words)
		start := at + strings.Index(words, text)
		segments = append(segments, store.Segment{Place: doc.Place{Block: doc.TitleBlock, Part: doc.Body}, Machine: text, Final: text, TargetStart: start, TargetEnd: start + len(text)})
		at += len(words)
	}
	return doc.Document{Title: doc.Text{S: strings.ReplaceAll(s, "|", "")}}, segments
}

func TestSentencesFollowAnEdit(t *testing.T) {
	for _, c := range []struct{ what, old, edited, want string }{
		{"a word in one", "One fish.| Two fish.", "One fish. Two red fish.", "One fish.|Two red fish."},
		{"at the very end", "One.| Two.", "One. Two. Three.", "One.|Two. Three."},
		{"at the very beginning", "One.| Two.", "Zero. One. Two.", "Zero. One.|Two."},
		{"over a boundary", "One fish.| Two fish.| Three.", "One fish and two fish. Three.", "One fish and two|fish.|Three."},
		{"all of it", "One.| Two.", "Völlig anders", "Völlig anders|"},
		{"gone", "One.| Two.| Three.", "One. Three.", "One.||Three."},
		{"a character of several bytes", "L’été.| Fin.", "L’êté. Fin.", "L’êté.|Fin."},
	} {
		old, segments := titled(c.old)
		segments = moveSegments(segments, old, doc.Document{Title: doc.Text{S: c.edited}})
		var got []string
		for _, s := range segments {
			got = append(got, strings.TrimSpace(s.Final))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.what, strings.Join(got, "|"), c.want)
		}
	}
}

func FuzzMoveSegments(f *testing.F) {
	f.Add("One fish.| Two fish.| Three.", "One and two. Three.")
	f.Add("É|é|ê", "éê")
	f.Fuzz(func(t *testing.T, before, after string) {
		if !utf8.ValidString(before) || !utf8.ValidString(after) {
			return
		}
		old, segments := titled(before)
		end := 0
		for i, s := range moveSegments(segments, old, doc.Document{Title: doc.Text{S: after}}) {
			if s.TargetStart < end || s.TargetEnd < s.TargetStart || s.TargetEnd > len(after) && after != old.Title.S {
				t.Fatalf("sentence %d at bytes %d to %d, the one before ends at %d; %d bytes", i, s.TargetStart, s.TargetEnd, end, len(after))
			}
			if after != "" && (!utf8.ValidString(after[:s.TargetStart]) || !utf8.ValidString(after[:s.TargetEnd])) {
				t.Fatalf("sentence %d cuts a character", i)
			}
			end = s.TargetEnd
		}
	})
}
