package mt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// rules of the repairs of a sentence.
func rules(s mt.Sentence) []string {
	var out []string
	for _, r := range s.Repairs {
		out = append(out, r.Rule)
	}
	return out
}

// TestGuards hands the English to Portuguese model what such models are known to break.
func TestGuards(t *testing.T) {
	m := open(t, require.Model(t, "en-pt"))
	for _, c := range []struct {
		name, source string
		rule         string   // of the first repair, "" for none
		has          []string // that the translation must have
		lacks        []string // that it must not have
	}{
		{"an ordinary sentence is left alone", "The council voted on Tuesday.", "", []string{"terça-feira"}, nil},
		{"capitals come back as capitals", "NATO WON'T SEND TROOPS TO UKRAINE, SAYS STOLTENBERG", "capitals", []string{"OTAN", "TROPAS", "UCRÂNIA", "STOLTENBERG"}, []string{"TROOPS", "a"}},
		{"an abbreviation is no headline", "NATO", "", []string{"OTAN"}, nil},
		{"names in Title Case stay names", "Bank of America Chief Executive Brian Moynihan", "", []string{"Bank of America", "Brian Moynihan"}, nil},
		{"an emoji at the end need not be translated", "We won 🎉🎉", "", []string{" 🎉🎉"}, nil},
		{"an emoji in the middle stays there", "We won the match today 🎉🎉 and the fans are happy 😀", "protected", []string{"hoje 🎉🎉 e", "felizes 😀"}, nil},
		{"an address is kept", "Read more at https://www.example.com/a/long-story_title?id=17&x=y.", "", []string{"https://www.example.com/a/long-story_title?id=17&x=y."}, nil},
		{"an address alone is copied", "https://example.com/a", "", []string{"https://example.com/a"}, nil},
		{"a mail address is kept", "Contact us at press.office@example-news.com or call 555-1234.", "protected", []string{"press.office@example-news.com", "555-1234"}, nil},
		{"handles and tags are kept", "Thanks to @nytimes and @BBCBreaking for the report. #climate #COP28", "protected", []string{"@nytimes", "@BBCBreaking", "#climate #COP28"}, nil},
		{"a number that the network changed is put right", "Turkey's area, including lakes, occupies 783,562 square kilometres (300,948 sq mi), of which 755,688 square kilometres (291,773 sq mi) are in south west Asia and 23,764 square kilometres (9,174 sq mi) in Europe.", "protected", []string{"783.562"}, []string{"733"}},
		{"a time of day may change its form", "The train left at 4:30 p.m. on Monday.", "", nil, nil},
		{"a name in other letters is kept", "The mayor Владимир said no.", "protected", []string{"Владимир"}, nil},
		{"a name with a letter that the vocabulary lacks is kept", "The President of Chile, Sebastián Piñera, met the press.", "protected", []string{"Piñera"}, nil},
		{"a text in other letters is left as it is", "Мэр города не ответил на вопросы.", "protected", []string{"Мэр города не ответил на вопросы."}, nil},
		{"quotation marks that the vocabulary lacks are read", "He said: “We will not leave,” and then – after a pause – ‘never’.", "marks", []string{"sair\"", "pausa"}, nil},
		{"a remark out of the training data is taken off", "Hmmm.", "decorated", []string{"Hmmm"}, []string{"inglês"}},
		{"a short text that runs on is read another way", "Getty Images", "loop", []string{"Getty Images"}, []string{"inglês"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := m.Translate(t.Context(), []string{c.source})
			if err != nil {
				t.Fatal(err)
			}
			s := got[0]
			if r := append(rules(s), ""); r[0] != c.rule {
				t.Errorf("%q: repairs %q, want %q first", s.Text, s.Repairs, c.rule)
			}
			for _, w := range c.has {
				if !strings.Contains(s.Text, w) {
					t.Errorf("%q lacks %q", s.Text, w)
				}
			}
			for _, w := range c.lacks {
				if strings.Contains(s.Text, w) {
					t.Errorf("%q has %q", s.Text, w)
				}
			}
			checkSentence(t, s)
		})
	}
}

// TestLong cuts what is too long at clause marks, and leaves out nothing.
func TestLong(t *testing.T) {
	m := open(t, require.Model(t, "en-pt"))
	things := strings.Fields("bridge school market church museum library station hospital theatre garden stadium prison harbour airport palace castle")
	long := "On Monday the council of the town"
	for i, thing := range things {
		long += fmt.Sprintf(" voted by %d to %d to give the old %s another name,", 40+i, 60+i, thing)
	}
	long += " and that was that."
	var many strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&many, "Report %d says that the %s of the town is older than people think. ", 1000+i, things[i%len(things)])
	}
	word := "Text before " + strings.Repeat("x9Z", 900) + " and text after it."
	got, err := m.Translate(t.Context(), []string{long, word, many.String()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range things {
		if !strings.Contains(got[0].Text, fmt.Sprint(40+i)) {
			t.Errorf("%d is lost: %s", 40+i, got[0].Text)
		}
	}
	if !strings.Contains(got[1].Text, " "+strings.Repeat("x9Z", 900)+" ") || !strings.HasPrefix(got[1].Text, "Texto") {
		t.Errorf("what is no word: %s", got[1].Text)
	}
	for i, s := range got {
		if !slices.Contains(rules(s), "long") {
			t.Errorf("text %d: repairs %q", i, s.Repairs)
		}
		checkSentence(t, s)
	}
	lost := 0
	for i := range 1500 {
		if !strings.Contains(got[2].Text, fmt.Sprint(1000+i)) {
			lost++
		}
	}
	if got[2].Alignment != nil || lost > 15 {
		t.Errorf("a text of %d bytes has %d rows of alignment, and %d of its 1500 sentences are lost", len(got[2].Source), len(got[2].Alignment), lost)
	}
}

// checkSentence wants of a sentence what holds of every one.
func checkSentence(t *testing.T, s mt.Sentence) {
	t.Helper()
	tiles(t, s.Source, s.SourcePieces)
	tiles(t, s.Text, s.Pieces)
	rows := len(s.Pieces)
	if s.Ended {
		rows++
	}
	if s.Alignment == nil {
		return
	}
	if len(s.Alignment) != rows {
		t.Errorf("%q: %d rows of alignment for %d pieces", s.Source, len(s.Alignment), len(s.Pieces))
	}
	for i, row := range s.Alignment {
		sum := float32(0)
		for _, w := range row {
			sum += w
		}
		if len(row) != len(s.SourcePieces) || sum < 0.999 || sum > 1.001 {
			t.Errorf("%q: row %d has %d weights, of %v in all, over %d pieces", s.Source, i, len(row), sum, len(s.SourcePieces))
		}
	}
}

// tiles wants pieces that lie one behind the other from the beginning of a text to its end.
func tiles(t *testing.T, text string, pieces []mt.Piece) {
	t.Helper()
	at := 0
	for _, p := range pieces {
		if p.Start != at || p.End < p.Start {
			t.Errorf("%q: a piece [%d,%d) where one ends at %d", text, p.Start, p.End, at)
			return
		}
		at = p.End
	}
	if at != len(text) && len(pieces) > 0 {
		t.Errorf("%q: its pieces end at %d of %d", text, at, len(text))
	}
}
