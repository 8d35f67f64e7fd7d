package news

import (
	"encoding/json"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
)

// What the command line and the site print of a statement is one thing: lists are never null, places count characters.
func TestStatementJSON(t *testing.T) {
	const text = "« Été », dit-elle."
	point := func(i int) int { return doc.CodePoint(text, i) }
	for _, c := range []struct {
		name string
		s    statement.Statement
		want string
	}{
		{
			"whole",
			statement.Statement{
				Kind: statement.Direct, Block: 3, Start: 0, End: 11, Text: "« Été »", Pieces: [][2]int{{3, 8}}, Addressee: "un ami", Answers: "une question", First: "ru",
				Speaker: statement.Speaker{ID: "x", Name: "Elle", Mention: "elle", Start: 17, End: 21, Role: "maire", State: statement.Resolved},
				Cue:     &statement.Cue{Text: "dit", Lemma: "dire", Stance: statement.Neutral}, SaidAt: &statement.Date{Text: "mardi", Value: "2026-03-10", Precision: "day"},
				Hops: []statement.Hop{{Lang: "ru", Who: "TASS", Evidence: "stated"}, {Lang: "fr", Evidence: "text"}},
			},
			`{"kind":"direct","block":3,"start":0,"end":7,"text":"« Été »","speaker":{"name":"Elle","mention":"elle","start":13,"end":17,"role":"maire","state":"resolved"},` +
				`"cue":{"text":"dit","lemma":"dire","stance":"` + string(statement.Neutral) + `"},"addressee":"un ami","said_at":{"text":"mardi","value":"2026-03-10","precision":"day"},"answers":"une question",` +
				`"spans":[[2,5]],"first_lang":"ru","chain":["ru","fr"],"hops":[{"lang":"ru","who":"TASS","evidence":"stated"},{"lang":"fr","who":"","evidence":"text"}]}`,
		},
		{
			"nobody's",
			statement.Statement{Kind: statement.Scare},
			`{"kind":"scare","block":0,"start":0,"end":0,"text":"","speaker":null,"cue":null,"addressee":"","said_at":null,"answers":"","spans":[],"first_lang":"","chain":[],"hops":[]}`,
		},
	} {
		got, err := json.Marshal(NewStatementJSON(c.s, point))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
}
