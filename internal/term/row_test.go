package term

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

func TestRowCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		row  Row
		want string // what the error says; empty for none
	}{
		{"a term", Row{From: "en", To: "fr", Source: "arms control", Target: "maîtrise des armements", Rule: Must}, ""},
		{"a term kept in every language", Row{From: "en", Source: "Reuters", Rule: Keep}, ""},
		{"a person spelt by the system", Row{Kind: Person, From: "ru", Source: "Рябков", Rule: Must}, ""},
		{"a translation without a language", Row{From: "en", Source: "bus", Target: "ônibus", Rule: Must}, "without a language"},
		{"one language", Row{From: "pt", To: "pt-BR", Source: "autocarro", Target: "ônibus", Rule: Must}, "one language"},
		{"no rule", Row{From: "en", To: "fr", Source: "bus", Target: "bus"}, "none of must, may, never, keep"},
		{"a name that may be", Row{Kind: Place, From: "en", To: "fr", Source: "Kyiv", Target: "Kiev", Rule: May}, "must"},
		{"a kind that is none", Row{Kind: "ship", From: "en", To: "fr", Source: "Titanic", Target: "Titanic", Rule: Must}, "ship"},
		{"no tag", Row{Kind: Person, From: "english", To: "fr", Source: "Ann", Rule: Must}, "language tag"},
		{"a form without a word", Row{From: "en", To: "fr", Source: "a", Target: "b", Rule: Must, SourceForms: []string{"!"}}, "further form"},
		{"a note without end", Row{From: "en", To: "fr", Source: "a", Target: "b", Rule: Must, Note: strings.Repeat("x", 1001)}, "note"},
	} {
		err := c.row.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		name      string
		row, want Row
	}{
		{
			"spaces, tags and forms",
			Row{From: "EN-us", To: "pt_br", Source: " arms\n control\x00", Target: "a  b", Rule: Must, SourceForms: []string{"", " x ", "x"}},
			Row{From: "en", To: "pt-BR", Source: "arms control", Target: "a b", Rule: Must, SourceForms: []string{"x"}},
		},
		{"what is kept has no translation", Row{From: "en", Source: "Time", Target: "Time", Rule: Keep, Case: true, TargetForms: []string{"x"}}, Row{From: "en", Source: "Time", Rule: Keep, Case: true}},
		{"a name must be", Row{Kind: Body, From: "en", Source: "UN", Rule: May, Case: true}, Row{Kind: Body, From: "en", Source: "UN", Rule: Must}},
		{"a term comes from nowhere", Row{From: "en", To: "fr", Source: "a", Target: "b", Rule: May, Home: "ru"}, Row{From: "en", To: "fr", Source: "a", Target: "b", Rule: May}},
	} {
		if got := c.row.Tidy(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestFromRowsTakesThoseThatServe(t *testing.T) {
	rows := []Row{
		{From: "en", To: "pt", Source: "harbour", Target: "porto", Rule: Must},
		{From: "en", To: "pt-PT", Source: "bus", Target: "autocarro", Rule: Must},
		{From: "en", To: "pt-BR", Source: "bus", Target: "ônibus", Rule: Must},
		{Kind: Person, From: "en", Home: "ru", Source: "Sergey Ryabkov", Rule: Must},
		{Kind: Place, From: "en", To: "pt-PT", Source: "Kyiv", Target: "Kiev", Rule: Must},
		{Kind: Place, From: "en", To: "pt", Source: "Kyiv", Target: "Kyiv", Rule: Must},
	}
	for _, c := range []struct{ to, text, want string }{
		{"pt", "a bus", "ônibus"},
		{"pt-PT", "a bus", "autocarro"},
		{"pt-PT", "the harbour", "porto"},
		{"fr", "a bus", ""},
		{"fr", "Sergey Ryabkov", "Sergueï Riabkov"},
		{"pt-PT", "Kyiv", "Kiev"},
		{"pt-BR", "Kyiv", "Kyiv"},
	} {
		b, err := FromRows(rows, lang.Tag(c.to))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range b.Find("en", lang.Tag(c.to), c.text) {
			got = strings.Join(m.Must, "|")
		}
		if got != c.want {
			t.Errorf("%q into %s: %q, want %q", c.text, c.to, got, c.want)
		}
	}
	if _, err := FromRows([]Row{{From: "en", To: "fr", Source: "a"}}, "fr"); err == nil {
		t.Error("a row that is none makes a base")
	}
}

func TestCSVComesBackAsItWas(t *testing.T) {
	rows := []Row{
		{From: "en", To: "fr", Source: "arms control", Target: "maîtrise des armements", Rule: Must, Note: "“quoted”, with a comma"},
		{From: "en", To: "fr", Source: "mouse", Target: "souris", Rule: May, SourceForms: []string{"mice", "mousie"}, TargetForms: []string{"rongeur"}},
		{From: "en", Source: "Time", Rule: Keep, Case: true},
		{Kind: Person, From: "en", To: "pt", Source: "Ann Lee", Target: "Ana Lee", Rule: Must, Home: "zh"},
		{From: "en", To: "fr", Source: "=1+1", Target: "@somme", Rule: Never, Note: "-1"},
		{From: "en", To: "fr", Source: "+plus", Target: "''=plus", Rule: Must},
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, rows); err != nil {
		t.Fatal(err)
	}
	cells, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range cells {
		for _, c := range line {
			if c != "" && strings.ContainsAny(c[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet works out %q", c)
			}
		}
	}
	got, err := ReadCSV(&b, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("got  %+v\nwant %+v", got, rows)
	}
}

func TestReadCSV(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []Row
		wrong    string // what the error says
	}{
		{"two columns and the languages asked for", "source,target\nbus,ônibus\nReuters,\n", []Row{
			{From: "en", To: "pt-BR", Source: "bus", Target: "ônibus", Rule: Must}, {From: "en", Source: "Reuters", Rule: Keep},
		}, ""},
		{"semicolons, a mark of order, other columns first", "\ufeffRule; Target ;Source\r\nnever;contrôle;control\r\n\r\n", []Row{
			{From: "en", To: "pt-BR", Source: "control", Target: "contrôle", Rule: Never},
		}, ""},
		{"tabs", "source\ttarget\tfrom\tto\nbus\tautobus\tEN\tfr\n", []Row{{From: "en", To: "fr", Source: "bus", Target: "autobus", Rule: Must}}, ""},
		{"a name without a form serves every language", "kind,source,home\nperson,Sergey Ryabkov,ru\n", []Row{
			{Kind: Person, From: "en", Source: "Sergey Ryabkov", Rule: Must, Home: "ru"},
		}, ""},
		{"only a header", "source,target\n", nil, ""},
		{"empty", " \n", nil, "empty"},
		{"a column that is none", "source,meaning\n", nil, "meaning"},
		{"a column twice", "source,source\n", nil, "twice"},
		{"no source", "target,note\n", nil, "no column source"},
		{"the line of an error", "source,target,rule\nbus,ônibus,must\nbus,ônibus,always\n", nil, "line 3"},
		{"neither yes nor no", "source,target,case\nbus,ônibus,maybe\n", nil, "yes or no"},
		{"another encoding", "source,target\nbus,\xf4nibus\n", nil, "UTF-8"},
		{"a quotation mark that is not closed", "source,target\n\"bus,ônibus\n", nil, "quote"},
	} {
		got, err := ReadCSV(strings.NewReader(c.in), "en", "pt-BR")
		switch {
		case err != nil && (c.wrong == "" || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%s: %v", c.name, err)
		case err == nil && c.wrong != "":
			t.Errorf("%s: no error", c.name)
		case err == nil && !reflect.DeepEqual(got, c.want):
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("source,target\nbus,ônibus\n")
	f.Add("kind;source;home;rule\nperson;Рябков;ru;must\n")
	f.Add("source,target,rule\n'=1,\"a\nb\",never\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := ReadCSV(strings.NewReader(s), "en", "fr")
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, rows); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCSV(&b, "en", "fr")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again, rows) {
			t.Errorf("%+v became %+v", rows, again)
		}
	})
}
