package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A goldenCase is what the reference made of a text with a model of random weights.
type goldenCase struct {
	Source    string `json:"source"`
	SourceIDs []int  `json:"sourceIds"`
	Full      struct {
		IDs       []int       `json:"ids"`
		Text      string      `json:"text"`
		Alignment [][]float32 `json:"alignment"`
	} `json:"full"`
}

// What --tokens prints is what the reference has: ids, text and a row of weights a step.
func TestTokensOfTheGoldenModels(t *testing.T) {
	for _, name := range []string{"shared-vocabulary", "split-vocabulary"} {
		dir := filepath.Join("..", "..", "mt", "testdata", "golden", name)
		f, err := os.Open(filepath.Join(dir, "cases.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var cases []goldenCase
		var in strings.Builder
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<22)
		for lines.Scan() {
			var c goldenCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			cases = append(cases, c)
			b, err := json.Marshal(map[string]any{"id": len(cases), "text": c.Source})
			if err != nil {
				t.Fatal(err)
			}
			in.Write(append(b, '\n'))
		}
		if err := f.Close(); err != nil || len(cases) == 0 {
			t.Fatalf("%d cases, %v", len(cases), err)
		}
		code, out, errs := run(t, in.String(), "translate", "--batch", "--tokens", "--model", dir)
		if code != done {
			t.Fatalf("exit %d, %s", code, errs)
		}
		i := 0
		for line := range strings.Lines(out) {
			var got tokensJSON
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatal(err)
			}
			c := cases[i]
			if !reflect.DeepEqual(got.SourceIDs, c.SourceIDs) || !reflect.DeepEqual(got.TargetIDs, c.Full.IDs) || got.Text != c.Full.Text {
				t.Errorf("%s %q:\n got %v %v %q\nwant %v %v %q", name, c.Source, got.SourceIDs, got.TargetIDs, got.Text, c.SourceIDs, c.Full.IDs, c.Full.Text)
			}
			if len(got.Alignment) != len(c.Full.Alignment) {
				t.Fatalf("%s %q: %d rows of alignment, want %d", name, c.Source, len(got.Alignment), len(c.Full.Alignment))
			}
			for r, row := range got.Alignment {
				for k := range row {
					if math.Abs(float64(row[k]-c.Full.Alignment[r][k])) > 0.02 {
						t.Fatalf("%s %q: row %d is %v, want %v", name, c.Source, r, row, c.Full.Alignment[r])
					}
				}
			}
			i++
		}
		if i != len(cases) {
			t.Errorf("%s: %d answers to %d lines", name, i, len(cases))
		}
	}
}

// Every way in gives the same words, and places that are places of its own output.
func TestTranslateWithARealModel(t *testing.T) {
	model := require.Model(t, "en-pt")
	code, out, errs := run(t, "The harbour is quiet.\n\n  He said “no” twice. Nobody asked.\n", "translate", "--from", "en", "--to", "pt", "--model", model)
	if code != done || strings.Count(out, "\n") != 3 || !strings.HasPrefix(strings.Split(out, "\n")[2], "  ") {
		t.Errorf("text: exit %d, %s\n%q", code, errs, out)
	}
	lines := []string{
		`{"id":"text","text":"The harbour is quiet.\n He said “no” twice. Nobody asked."}`,
		`{"id":"html","html":"<p>The <a href=\"/x\" class=\"y\">harbour</a> is quiet.</p><p>He said “no” <em>twice</em>.</p>"}`,
		`{"id":"doc","doc":"lang  en\ntitle  The harbour\n\np  The [link https://outlet.example/a harbour] is quiet.\n"}`,
		`{"id":"bad","doc":"no head, no block"}`,
		`{"id":"same","text":"Olá","from":"pt","to":"pt-PT"}`,
	}
	code, out, errs = run(t, strings.Join(lines, "\n"), "translate", "--batch", "--from", "en", "--to", "pt", "--model", model)
	if code != done {
		t.Fatalf("exit %d, %s", code, errs)
	}
	answers := map[string]translated{}
	for line := range strings.Lines(out) {
		var a struct {
			ID, Error string
			translated
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if wrong := a.ID == "bad" || a.ID == "same"; wrong != (a.Error != "") {
			t.Errorf("%s: %q", a.ID, a.Error)
		}
		answers[a.ID] = a.translated
	}
	if got := answers["html"].HTML; !strings.HasPrefix(got, `<p>`) || !strings.Contains(got, `<a href="/x" class="y">`) || strings.Count(got, "<em>") != 1 || strings.Count(got, "</p>") != 2 {
		t.Errorf("html: %s", got)
	}
	if got := answers["doc"].Doc; !strings.HasPrefix(got, "lang  pt\ntitle  ") || !strings.Contains(got, "[link https://outlet.example/a ") {
		t.Errorf("doc: %s", got)
	}
	text := []rune(answers["text"].Text)
	source := []rune("The harbour is quiet.\n He said “no” twice. Nobody asked.")
	var places []string
	for _, s := range answers["text"].Sentences {
		places = append(places, fmt.Sprintf("%s=%s", string(source[s.Source[0]:s.Source[1]]), string(text[s.Target[0]:s.Target[1]])))
		if s.Score == 0 || s.Engine == "" {
			t.Errorf("a sentence without score or engine: %+v", s)
		}
	}
	if len(places) != 3 || !strings.HasPrefix(places[1], "He said “no” twice.=") || !strings.HasPrefix(places[2], "Nobody asked.=Ninguém") {
		t.Errorf("places: %q", places)
	}
}
