package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestSaid(t *testing.T) {
	data := t.TempDir()
	s, err := store.Open(t.Context(), "sqlite "+filepath.Join(data, "dragoman.db"))
	if err != nil {
		t.Fatal(err)
	}
	o := storetest.AddOutlet(t, s, "The Valley Post", "https://post.example/", "en", news.Terms{})
	original := storetest.AddOriginal(t, s, o, "https://post.example/dam", doc.Document{Lang: "en", Title: doc.Text{S: "A dam"}}, 1)
	say := func(day, text, name string) news.Statement {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		x := statement.Statement{Kind: statement.Direct, Text: text, SaidAt: &statement.Date{Text: "then", Value: day, Precision: "day"}}
		x.Speaker = statement.Speaker{Name: name, State: statement.Named}
		return news.Statement{Statement: x, At: at.UnixMilli()}
	}
	storetest.Do(t, s, func(tx *store.Tx) error {
		_, err := tx.SaveStatements(t.Context(), original, []news.Statement{
			say("2022-01-25", "“The dam holds the river”", "Marta Kolen"), say("2022-01-26", "“The river holds the dam”", "Sergei Ryabkov"), say("2022-01-27", "“No river at all”", "Marta Kolen"),
		}, nil, 1)
		return err
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"", "No river at all|river holds|dam holds"},
		{"dam", "river holds|dam holds"},
		{"--speaker Рябков", "river holds"},
		{"--speaker kolen --since 2022-01-27", "No river at all"},
		{"--until 2022-01-25 river", "dam holds"},
		{"--limit 1 --by-date rivers", "No river at all"},
		{"--kind scare", ""},
		{"--lang fr", ""},
	} {
		args := append([]string{"--data", data, "said", "--json"}, strings.Fields(c.args)...)
		code, out, errs := run(t, "", args...)
		if code != done {
			t.Fatalf("%s: exit %d, %s", c.args, code, errs)
		}
		var got []string
		for line := range strings.Lines(out) {
			var j saidJSON
			if err := json.Unmarshal([]byte(line), &j); err != nil {
				t.Fatal(err)
			}
			if j.Outlet != o.Name || j.URL != "https://post.example/dam" || j.SaidAt == nil || j.ID == "" {
				t.Errorf("%s", line)
			}
			got = append(got, j.Text)
		}
		want := strings.Split(c.want, "|")
		if c.want == "" {
			want = nil
		}
		if len(got) != len(want) {
			t.Errorf("%s: %q", c.args, got)
			continue
		}
		for i := range want {
			if !strings.Contains(got[i], want[i]) {
				t.Errorf("%s: %q", c.args, got)
			}
		}
	}
	code, out, _ := run(t, "", "--data", data, "said", "--outlet", o.Name, "the dam")
	if code != done || strings.Count(out, "“") != 2 || !strings.Contains(out, "2022-01-26  Sergei Ryabkov, The Valley Post (en)") {
		t.Errorf("a phrase for people: %s", out)
	}
	for _, bad := range []string{"--since yesterday", "--kind speech", "--lang !", "--limit 0"} {
		if code, _, errs := run(t, "", append([]string{"--data", data, "said"}, strings.Fields(bad)...)...); code != misuse || errs == "" {
			t.Errorf("%s: exit %d", bad, code)
		}
	}
}
