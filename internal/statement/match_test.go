package statement_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
)

func TestMatch(t *testing.T) {
	long := "we will keep the harbour open through the winter"
	for _, c := range []struct {
		what string
		a, b statement.Side
		want statement.Verdict
		why  string
	}{
		{"the same words", statement.Side{Lang: "en", Words: long}, statement.Side{Lang: "en", Words: "We will keep the harbour open, through the winter."}, statement.Linked, ""},
		{"a part of them", statement.Side{Lang: "en", Words: "keep the harbour open"}, statement.Side{Lang: "en", Words: long}, statement.Linked, ""},
		{"other words", statement.Side{Lang: "en", Words: "nobody has asked the fishermen"}, statement.Side{Lang: "en", Words: long}, statement.Apart, ""},
		{"another number", statement.Side{Lang: "en", Words: "we will hire 300 people by the summer"}, statement.Side{Lang: "en", Words: "we will hire 500 people by the summer"}, statement.Apart, "numbers"},
		{"a number left out", statement.Side{Lang: "en", Words: "people by the summer"}, statement.Side{Lang: "en", Words: "we will hire 500 people by the summer"}, statement.Linked, ""},
		{"two words that anybody says", statement.Side{Lang: "en", Words: "a hard look"}, statement.Side{Lang: "en", Words: "they took a hard look at it"}, statement.Apart, "short"},
		{"a short part by somebody else", statement.Side{Lang: "en", Words: "the harbour open", Speaker: "Ana Prado"}, statement.Side{Lang: "en", Words: long, Speaker: "Rui Costa"}, statement.Perhaps, "speakers"},
		{"long words by somebody else", statement.Side{Lang: "en", Words: long, Speaker: "Ana Prado"}, statement.Side{Lang: "en", Words: long, Speaker: "Harbour Office"}, statement.Linked, ""},
		{"a speaker in two scripts", statement.Side{Lang: "en", Words: "the harbour open", Speaker: "Sergey Ryabkov"}, statement.Side{Lang: "en", Words: long, Speaker: "Сергей Рябков"}, statement.Linked, ""},
		{"a month later", statement.Side{Lang: "en", Words: long, Day: "2024-03-01"}, statement.Side{Lang: "en", Words: long, Day: "2024-04-02"}, statement.Perhaps, "days"},
		{"a translation", statement.Side{Lang: "en", Words: long, InOther: "nous garderons le port ouvert pendant l'hiver"}, statement.Side{Lang: "fr", Words: "Nous garderons le port ouvert tout l’hiver"}, statement.Linked, ""},
		{"a language without a translation", statement.Side{Lang: "fr", Words: "la situation internationale"}, statement.Side{Lang: "es", Words: "la situación internacional"}, statement.Perhaps, ""},
		{"nothing", statement.Side{Lang: "en"}, statement.Side{Lang: "en", Words: long}, statement.Apart, "short"},
	} {
		t.Run(c.what, func(t *testing.T) {
			for _, s := range []statement.Score{statement.Match(c.a, c.b), statement.Match(c.b, c.a)} {
				if s.Verdict != c.want || s.Why != c.why {
					t.Errorf("%s (%s) at %.2f, want %s (%s)", s.Verdict, s.Why, s.Value, c.want, c.why)
				}
			}
		})
	}
}

// sideOf is a gold quotation with 160 characters on each side.
func sideOf(g goldText, q goldQuote) statement.Side {
	runes := []rune(g.Text)
	return statement.Side{
		Lang: lang.Tag(g.Lang), Words: strings.Trim(string(runes[q.Start:q.End]), "\"«»“”„‘’' \u00a0\u202f"), Speaker: q.Speaker,
		Around: string(runes[max(0, q.Start-160):min(len(runes), q.End+160)]),
	}
}

// TestGoldSameQuotation: of all pairs of English quotations of different articles those that are one are linked, and no other.
func TestGoldSameQuotation(t *testing.T) {
	f, err := os.Open(filepath.Join(require.Shared(t), "data", "quotes", "same-quote.en.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	same := make(map[[2]string]bool)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var group struct {
			Same bool
			QIDs []string
		}
		if err := json.Unmarshal(lines.Bytes(), &group); err != nil {
			t.Fatal(err)
		}
		for i, a := range group.QIDs {
			for _, b := range group.QIDs[i+1:] {
				if group.Same {
					same[[2]string{min(a, b), max(a, b)}] = true
				}
			}
		}
	}
	type one struct {
		id, doc string
		side    statement.Side
	}
	var all []one
	for _, g := range readGold(t, "ntrex.en.jsonl") {
		for _, q := range g.Quotes {
			all = append(all, one{q.QID, g.Doc, sideOf(g, q)})
		}
	}
	found, wrong := 0, 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.doc == b.doc || statement.Match(a.side, b.side).Verdict != statement.Linked {
				continue
			}
			if same[[2]string{min(a.id, b.id), max(a.id, b.id)}] {
				found++
			} else {
				wrong++
				t.Logf("linked: %q and %q", a.side.Words, b.side.Words)
			}
		}
	}
	recall := share{found, len(same)}
	t.Logf("found %s, false %d", recall, wrong)
	if wrong > 0 || recall.value() < 0.75 {
		t.Errorf("bars: no false pair, 0.75 found")
	}
}

// TestGoldAcrossLanguages: every English quotation looks for its translation among all quotations of another language, by characters alone.
func TestGoldAcrossLanguages(t *testing.T) {
	queries := make(map[string]statement.Side)
	for _, g := range readGold(t, "ntrex.en.jsonl") {
		for _, q := range g.Quotes {
			queries[q.QID] = sideOf(g, q)
		}
	}
	for tag, bar := range map[string]float64{"fr": 0.91, "pt": 0.93, "es": 0.89, "it": 0.87, "de": 0.83, "ru": 0.74, "uk": 0.70} {
		var ids []string
		var sides []statement.Side
		for _, g := range readGold(t, "ntrex."+tag+".jsonl") {
			for _, q := range g.Quotes {
				ids = append(ids, q.QID)
				sides = append(sides, sideOf(g, q))
			}
		}
		index := statement.NewIndex(sides)
		var first share
		for id, q := range queries {
			if slices.Contains(ids, id) {
				near := index.Nearest(q, 1)
				first.count(ids[near[0].I] == id)
			}
		}
		t.Logf("%s: right one first %s of %d candidates", tag, first, len(ids))
		if first.value() < bar {
			t.Errorf("%s: %s is below %.2f", tag, first, bar)
		}
	}
}
