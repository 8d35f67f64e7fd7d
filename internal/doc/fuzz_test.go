package doc

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// drawnText makes a text with marks out of what the fuzzer gives: three bytes a mark.
func drawnText(s string, marks []byte) Text {
	t := Text{S: s}
	for ; len(marks) >= 3; marks = marks[3:] {
		m := Mark{Kind: MarkKind(marks[0] % 12), Start: int(marks[1]) - 2, End: int(marks[2])}
		switch {
		case m.Kind == Link:
			m.Href, m.Title = "https://a.example/?a=]|", strings.TrimSpace(string(rune('{'+marks[0]%3)))
		case m.Kind == Foreign:
			m.Lang = "fr"
		case marks[0] > 200:
			m.Ref = int(marks[0])
		}
		t.Marks = append(t.Marks, m)
	}
	return t
}

func seedTexts(f *testing.F) {
	f.Helper()
	f.Add("il dit « non » hier", []byte{4, 9, 18, 1, 5, 8}, "a  b", 2, 9)
	f.Add("e\u0301 \t\r\n x\x00\xff \u0344", []byte{2, 1, 9, 3, 4, 12, 10, 5, 5, 6, 3, 7}, "“", 0, 1)
	f.Add(" [a] \\ | ", []byte{1, 2, 6, 1, 4, 9, 4, 2, 8}, "]", 3, 3)
	f.Add("“a” “b”", []byte{4, 2, 9, 4, 5, 12, 210, 2, 2, 210, 4, 4}, "", 0, 7)
}

func FuzzClean(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string, marks []byte, _ string, _, _ int) {
		raw := drawnText(s, marks)
		_ = raw.Check() // never panics
		for range raw.Runs() {
		}
		for _, pre := range []bool{false, true} {
			text := clean(raw, pre)
			if err := text.check(pre); err != nil {
				t.Fatalf("clean(%q, %v) = %q %+v: %v", s, pre, text.S, text.Marks, err)
			}
			if again := clean(text, pre); !again.Equal(text) {
				t.Fatalf("cleaned again %q %+v\nbecomes        %q %+v", text.S, text.Marks, again.S, again.Marks)
			}
		}
	})
}

func FuzzRunsRebuildTheText(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string, marks []byte, _ string, _, _ int) {
		text := Clean(drawnText(s, marks))
		var b strings.Builder
		var open, closed []Mark
		for r := range text.Runs() {
			for _, m := range r.Ends {
				if len(open) == 0 || open[len(open)-1] != m || m.End != b.Len() {
					t.Fatalf("%v ends at %d; open are %v", m, b.Len(), open)
				}
				open, closed = open[:len(open)-1], append(closed, m)
			}
			for _, m := range r.Starts {
				if m.Start != b.Len() || r.At != m.Start {
					t.Fatalf("%v starts at %d", m, b.Len())
				}
				open = append(open, m)
			}
			b.WriteString(r.S)
		}
		slices.SortStableFunc(closed, compare)
		if b.String() != text.S || len(open) != 0 || !sameMarks(closed, text.Marks) {
			t.Fatalf("runs give %q %v, want %q %v", b.String(), closed, text.S, text.Marks)
		}
	})
}

// sameMarks compares without regard to the order of marks that compare finds equal.
func sameMarks(a, b []Mark) bool {
	if len(a) != len(b) {
		return false
	}
	count := make(map[Mark]int)
	for i := range a {
		count[a[i]]++
		count[b[i]]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func FuzzSpliceKeepsMarks(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string, marks []byte, repl string, start, end int) {
		text := Clean(drawnText(s, marks))
		edits := []Edit{{start, end, repl}}
		if start > 3 {
			edits = append(edits, Edit{0, 1, repl}, Edit{2, 2, "x"}, Edit{2, 2, repl})
		}
		out, err := text.Splice(edits...)
		if err != nil {
			if !out.Equal(text) {
				t.Fatal("an edit that was refused changed the text")
			}
			return
		}
		if err := out.checkMarks(); err != nil {
			t.Fatalf("%q %+v\nspliced %+v\nbecomes %q %+v: %v", text.S, text.Marks, edits, out.S, out.Marks, err)
		}
		if !utf8.ValidString(out.S) {
			t.Fatalf("%q is not UTF-8", out.S)
		}
		if out = Clean(out); out.Check() != nil {
			t.Fatalf("cleaned it is %q %+v: %v", out.S, out.Marks, out.Check())
		}
	})
}

func FuzzParseReadsWhatFormatWrites(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string, marks []byte, more string, depth, n int) {
		text := drawnText(s, marks)
		d := Document{
			Lang: "en", Title: Text{S: more}, Deck: text, Byline: []string{more, s},
			Blocks: []Block{
				{Kind: Item, Depth: depth, Text: text},
				{Kind: Pre, Text: text},
				{Kind: Entry, Text: text},
				{Kind: Table, Rows: [][]Text{{text, {}, text}, {{}}}},
				{Kind: Figure, Text: text, Media: &Media{Src: "https://a.example/", Alt: more, Credit: s, Width: n}},
				{Kind: Embed, Text: text, Media: &Media{Src: "https://a.example/", Alt: more}},
				{Kind: Rule},
			},
		}.Normal()
		if err := d.Check(); err != nil {
			t.Fatalf("Normal leaves %+v: %v", d, err)
		}
		form := Format(d)
		back, err := Parse(form)
		if err != nil {
			t.Fatalf("%v in\n%s", err, form)
		}
		if !back.Equal(d) {
			t.Fatalf("%s\nis read as %+v\nwant       %+v", form, back, d)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(seed(f))
	f.Add(every)
	f.Add("p@x  [link{a\\}}@fr#1 <> b]\n  size  1x\ntable\n  row  \\")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			return
		}
		if err := d.Check(); err != nil {
			t.Fatalf("Parse gives what Check refuses: %v", err)
		}
		back, err := Parse(Format(d))
		if err != nil || !back.Equal(d) {
			t.Fatalf("%q\nis written as\n%s\nand read as %+v, %v", s, Format(d), back, err)
		}
	})
}

func FuzzUnmarshal(f *testing.F) {
	d, err := Parse(seed(f))
	if err != nil {
		f.Fatal(err)
	}
	b, err := Marshal(d)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Unmarshal(data)
		if err != nil {
			return
		}
		b, err := Marshal(d)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if back, err := Unmarshal(b); err != nil || !back.Equal(d) {
			t.Fatalf("%s is read as %+v, %v; want %+v", b, back, err, d)
		}
	})
}
