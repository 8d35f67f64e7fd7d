package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestStatementsCountCodePoints: places are code points of the text, marks included, whatever letters stand before them.
func TestStatementsCountCodePoints(t *testing.T) {
	line := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	const text = "Во вторник всё решили.\n«Порт открыт», — заявила Анна Прадова."
	const page = "lang  fr\ndate  2024-03-06\n\nfigure\n  src  https://outlet.example/p.jpg\np  « Non », a dit mardi Léa Roy.\n"
	in := line(map[string]string{"id": "a", "text": text, "lang": "ru", "date": "2024-03-06"}) + "\n" +
		line(map[string]string{"id": "b", "doc": page, "from": "en"}) + "\n" +
		line(map[string]string{"id": "c", "text": "No.", "date": "soon"}) + "\n"
	code, out, errs := run(t, in, "statements", "--batch")
	if code != done || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines:\n%s", len(lines), out)
	}
	var found [3]struct {
		ID    string
		Error string
		statementsJSON
	}
	for i, l := range lines {
		if err := json.Unmarshal([]byte(l), &found[i]); err != nil {
			t.Fatal(err)
		}
	}
	a, b := found[0], found[1]
	runes := []rune(text)
	if len(a.Statements) != 1 || string(runes[a.Statements[0].Start:a.Statements[0].End]) != "«Порт открыт»" || a.Statements[0].Text != "«Порт открыт»" {
		t.Errorf("statements of the Russian text: %s", lines[0])
	} else if s := a.Statements[0].Speaker; s == nil || string(runes[s.Start:s.End]) != "Анна Прадова" {
		t.Errorf("speaker of the Russian text: %s", lines[0])
	}
	if len(a.Dates) != 1 || string(runes[a.Dates[0].Start:a.Dates[0].End]) != "вторник" || a.Dates[0].Value != "2024-03-05" {
		t.Errorf("dates of the Russian text: %s", lines[0])
	}
	if len(b.Statements) != 1 || b.Statements[0].Block != 1 || b.Statements[0].SaidAt == nil || b.Statements[0].SaidAt.Value != "2024-03-05" || len(b.Statements[0].Chain) != 2 {
		t.Errorf("statements of the document: %s", lines[1])
	}
	if !strings.Contains(found[2].Error, "--date") {
		t.Errorf("a date that is none: %s", lines[2])
	}
}
