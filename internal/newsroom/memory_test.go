package newsroom

import (
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Which sentences of an edited text an approval confirms. The bars part the sentences of both texts.
func TestConfirmedSentences(t *testing.T) {
	for _, c := range []struct{ what, source, machine, edited, want string }{
		{"all that stayed as they were", "One fish.| Two fish.", "Un poisson.| Deux poissons.", "Un poisson. Deux poissons.", "One fish.=Un poisson.|Two fish.=Deux poissons."},
		{"a word that was edited", "One fish.| Two fish.", "Un poisson.| Deux poison.", "Un poisson. Deux poissons.", "One fish.=Un poisson.|Two fish.=Deux poissons."},
		{"not two that were joined, nor the next, whose words may have gone there", "One.| Two.| Three.| Four.", "Un.| Deux.| Trois.| Quatre.", "Un et deux. Trois. Quatre.", "Four.=Quatre."},
		{"not what was taken out, nor what may have taken its words in", "One.| Two.| Three.", "Un.| Deux.| Trois.", "Un. Trois.", ""},
		{"not half a sentence", "One fish swims.| Two fish sleep.", "Un poisson nage.| Deux poissons dorment.", "Un poisson nage et deux autres dorment.", ""},
		{"what is not there any more", "One.", "Un.", "", ""},
		{"a title has no full stop in either language", "Fish", "Poissn", "Poisson", "Fish=Poisson"},
	} {
		original, sources := titled(c.source)
		before, segments := titled(c.machine)
		for i := range segments {
			segments[i].Source, segments[i].SourceStart, segments[i].SourceEnd = sources[i].Machine, sources[i].TargetStart, sources[i].TargetEnd
		}
		after := doc.Document{Title: doc.Text{S: c.edited}}
		var got []string
		for _, s := range confirmed(moveSegments(segments, before, after), original, after) {
			got = append(got, s.Source+"="+s.Final)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.what, s, c.want)
		}
	}
}

func TestKeptSentencesAreNotConfirmed(t *testing.T) {
	original, segments := titled("12:30")
	segments[0].Source, segments[0].SourceEnd, segments[0].State = "12:30", 5, "kept"
	if got := confirmed(segments, original, original); got != nil {
		t.Errorf("%+v", got)
	}
	segments[0].State, segments[0].Source = "translated", "12:31"
	if got := confirmed(segments, original, original); got != nil {
		t.Errorf("of another reading: %+v", got)
	}
	if got := confirmed([]store.Segment{{Source: "a", Final: "b", Machine: "b", TargetEnd: 99}}, original, original); got != nil {
		t.Errorf("beyond the text: %+v", got)
	}
}
