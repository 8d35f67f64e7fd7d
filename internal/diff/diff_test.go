package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

func document(tb testing.TB, s string) doc.Document {
	tb.Helper()
	d, err := doc.Parse(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

const before = `lang  en
title  Talks end without agreement
byline  Nora Feld
date  2022-01-25T19:40:00Z

p  The minister said on Tuesday that talks had ended. He did not say when they would resume.
figure  Delegates leave the building.
  src  https://outlet.example/a.jpg
p  Some 10,000 people marched through the capital, police said, and the square was full by noon.
p  “We are ready to sit down,” she told reporters, adding that her electorrate would wait.
hr
p  The alliance meets again in March, in a city that has yet to be chosen.
table
  row  Country | Seats
  row  France | 12
`

func show(changes []Change) []string {
	var out []string
	for _, c := range changes {
		s := fmt.Sprintf("%s %d→%d %s", c.Kind, c.Old, c.New, c.Severity)
		if c.Moved && c.Kind != Moved {
			s += " moved"
		}
		for _, p := range c.Spans {
			s += fmt.Sprintf(" [%s|%s]", c.Was[p.OldStart:p.OldEnd], c.Is[p.NewStart:p.NewEnd])
		}
		out = append(out, s)
	}
	return out
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name    string
		replace []string
		want    []string
	}{
		{"nothing", nil, nil},
		{"a slip of the pen", []string{"electorrate", "electorate"}, []string{"edited 3→3 typo [electorrate|electorate]"}},
		{"a comma and a capital", []string{"capital, police said, and", "Capital police said and"}, []string{"edited 2→2 typo [capital,|Capital] [,|]"}},
		{"a number", []string{"10,000", "12,000"}, []string{"edited 2→2 fact [10,000|12,000]"}},
		{"one letter that is a fact", []string{"ended. He did not", "ended. He did now"}, []string{"edited 0→0 fact [not|now]"}},
		{"a name", []string{"on Tuesday", "on Monday"}, []string{"edited 0→0 fact [Tuesday|Monday]"}},
		{"words said", []string{"ready to sit", "willing to sit"}, []string{"edited 3→3 quote [ready|willing]"}},
		{"other words", []string{"was full by noon", "was packed by noon"}, []string{"edited 2→2 wording [full|packed]"}},
		{"the title", []string{"without agreement", "in agreement"}, []string{"edited -2→-2 fact [without|in]"}},
		{"a paragraph gone", []string{"p  The alliance meets again in March, in a city that has yet to be chosen.\n", ""}, []string{"removed 5→-3 fact"}},
		{"a paragraph more", []string{"hr\n", "p  Nobody was hurt.\nhr\n"}, []string{"added -3→4 fact"}},
		{
			"a paragraph elsewhere",
			[]string{"p  The alliance meets again in March, in a city that has yet to be chosen.\n", "", "figure  Del", "p  The alliance meets again in March, in a city that has yet to be chosen.\nfigure  Del"},
			[]string{"moved 5→1 typo"},
		},
		{
			"a paragraph elsewhere and edited",
			[]string{"p  The alliance meets again in March, in a city that has yet to be chosen.\n", "", "figure  Del", "p  The alliance meets again in April, in a city that has yet to be chosen.\nfigure  Del"},
			[]string{"edited 5→1 fact moved [March|April]"},
		},
		{"a link", []string{"The minister said", "The minister [link https://outlet.example/b said]"}, []string{"marked 0→0 typo"}},
		{"another picture", []string{"a.jpg", "b.jpg"}, []string{"marked 1→1 typo"}},
		{"a cell", []string{"| 12", "| 13"}, []string{"edited 6→6 fact"}},
		{"byline and date", []string{"Nora Feld", "Tomas Aldea", "19:40", "20:40"}, []string{"byline -3→-3 fact", "date -3→-3 fact"}},
		{"all new", []string{"The minister said on Tuesday that talks had ended. He did not say when they would resume.", "Rain is expected over the weekend."}, []string{"added -3→0 fact", "removed 0→-3 fact"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := strings.NewReplacer(c.replace...).Replace(before)
			if len(c.replace) > 0 && after == before {
				t.Fatal("the case changes nothing")
			}
			got := show(Documents(document(t, before), document(t, after)))
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestStaleSentences(t *testing.T) {
	was := "One stays. Two has 10 men. Three stays too. Four is electorrate."
	is := "One stays. And a new one. Two has 12 men. Three stays too. Four is electorate."
	changes := Documents(document(t, "p  "+was), document(t, "p  "+is))
	if len(changes) != 1 {
		t.Fatalf("%+v", changes)
	}
	at := 0
	for sentence := range strings.SplitAfterSeq(was, ". ") {
		start, end := at, at+len(strings.TrimSpace(sentence))
		at += len(sentence)
		stale := changes[0].Stale(start, end)
		if want := strings.Contains(sentence, "10"); stale != want {
			t.Errorf("%q: stale %v", sentence, stale)
		}
		from, to := changes[0].Now(start, end)
		want := strings.NewReplacer("10", "12", "electorrate", "electorate").Replace(was[start:end])
		if got := is[from:to]; got != want {
			t.Errorf("%q stands now at %q", was[start:end], got)
		}
	}
	if !(Change{Kind: Removed}).Stale(0, 1) || (Change{Kind: Moved}).Stale(0, 1) {
		t.Error("what is gone is stale, what moved is not")
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(before, strings.ReplaceAll(before, "said", "says"))
	f.Add("p  a\nhr\nhr\np  b\nhr\n", "hr\np  b\nhr\np  a a\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, err1 := doc.Parse(a)
		new, err2 := doc.Parse(b)
		if err1 != nil || err2 != nil {
			return
		}
		if c := Documents(old, old); c != nil {
			t.Fatalf("a document differs from itself: %+v", c)
		}
		// The new document can be made from the old one and the changes: every block is either named or equal to the one before it in order.
		named, gone := map[int]Change{}, map[int]bool{}
		for _, c := range Documents(old, new) {
			if c.New >= 0 {
				named[c.New] = c
			}
			if c.Old >= 0 && (c.Kind == Removed || c.Moved) {
				gone[c.Old] = true
			}
			at, to := 0, 0
			for _, s := range c.Spans {
				if c.Was[at:s.OldStart] != c.Is[to:s.NewStart] {
					t.Fatalf("between spans %q is not %q", c.Was[at:s.OldStart], c.Is[to:s.NewStart])
				}
				at, to = s.OldEnd, s.NewEnd
			}
			if c.Spans != nil && c.Was[at:] != c.Is[to:] {
				t.Fatalf("behind the spans %q is not %q", c.Was[at:], c.Is[to:])
			}
		}
		i := 0
		for j, block := range new.Blocks {
			if c, ok := named[j]; ok && (c.Kind == Added || c.Moved) {
				continue
			}
			for gone[i] {
				i++
			}
			if i >= len(old.Blocks) {
				t.Fatalf("block %d has nothing it was", j)
			}
			was := old.Blocks[i]
			was.Key = block.Key
			if _, ok := named[j]; !ok && !was.Equal(block) {
				t.Fatalf("block %d is not named and differs from %d", j, i)
			}
			i++
		}
	})
}
