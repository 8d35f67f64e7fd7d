package site

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

func TestFilesForPrograms(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	w := webtest.Get(t, n, "/fr/statements.json")
	var f statementsJSON
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Header().Get("Content-Type") != "application/json; charset=utf-8" || w.Header().Get("ETag") == "" {
		t.Fatalf("%v %v", err, w.Header())
	}
	if f.Lang != "fr" || len(f.Statements) != 7 || f.Next != "" || f.Rights == "" {
		t.Fatalf("%d statements, %+v", len(f.Statements), f)
	}
	i := slices.IndexFunc(f.Statements, func(s statementJSON) bool { return s.ID == n.en[0].ID })
	s := f.Statements[i]
	words := len([]rune(n.en[0].Text))
	mention := words + len(" Russian Deputy Transport Minister ")
	if s.URL != "https://passeur.example"+enFrPath+"#q-b1-0" || s.Lang != "en" || s.Kind != "direct" || s.Block != 0 || s.Start != 0 || s.End != words || s.Text != n.en[0].Text || !slices.Equal(s.Spans, [][2]int{{0, words}}) ||
		s.Speaker.Name != "Sergueï Laptev" || s.Speaker.Mention != "Sergei Laptev" || s.Speaker.Start != mention || s.Speaker.End != mention+len("Sergei Laptev") || s.Speaker.State != "named" || s.Speaker.URL != "https://passeur.example/fr/speakers/sergei-laptev/" || s.Addressee != "reporters" ||
		s.SaidAt.Value != "2026-11-17" || s.SaidAt.Text != "Tuesday" || s.FirstLang != "ru" || !slices.Equal(s.Chain, []string{"ru", "en"}) || s.Hops[0].Evidence != "speaker" || s.At != "2026-11-17T00:00:00Z" {
		t.Errorf("statement %+v %+v", s, s.Speaker)
	}
	if p := s.Translation; p.Lang != "fr" || !strings.HasPrefix(plainSpaces.Replace(p.Text), "« Le ferry") || p.End != len([]rune(p.Text)) || p.Passing != "translated twice or more" || !slices.Equal(p.Chain, []string{"ru", "en", "fr"}) || !p.Machine || p.ReadBy != "" {
		t.Errorf("translation %+v", p)
	}
	if s.Article.Original != "https://meridian.example/2026/11/strait" || s.Outlet.Licence != "CC BY 4.0" || s.Outlet.Credit == "" || s.Story != "https://passeur.example/fr/stories/"+n.ru[0].ID+"/" {
		t.Errorf("where from: %+v %+v %s", s.Article, s.Outlet, s.Story)
	}

	w = webtest.Get(t, n, "/fr/speakers/sergei-laptev/statements.csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 5 || !slices.Equal(rows[0], csvHead) || w.Header().Get("Content-Disposition") != `attachment; filename="sergei-laptev-fr.csv"` {
		t.Fatalf("%v, %d rows, %v", err, len(rows), w.Header())
	}
	row := map[string]string{}
	for i, name := range rows[0] {
		row[name] = rows[3][i]
	}
	if row["speaker"] != "Sergueï Laptev" || row["said_at"] == "" || row["text"] == "" || row["translation"] == "" || row["outlet"] == "" || row["chain"] == "" {
		t.Errorf("row %v", row)
	}
}

// No cell of a table is a formula, whoever wrote it.
func TestCell(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "＝1"} {
		if got := cell(s); got != "'"+s {
			t.Errorf("%q became %q", s, got)
		}
	}
	for _, s := range []string{"", "“=1”", "a=1", "https://a.example/?b=c"} {
		if got := cell(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

// Excel parts what is called CSV at semicolons where people write their decimals with a comma.
func TestCellParted(t *testing.T) {
	for _, test := range []struct{ value, want string }{
		{"", ""},
		{"We will wait; nobody hurries - yet", "We will wait; nobody hurries - yet"},
		{"=1+1", "'=1+1"},
		{"\"=1+1", "'\"=1+1"},
		{"-5", "'-5"},
		{"\tx", "'\tx"},
		{"\t=1", "'\t'=1"},
		{"\r\n=1", "'\r\n'=1"},
		{"wait;=HYPERLINK(1)", "wait;'=HYPERLINK(1)"},
		{"wait;\"\"=1;+2", "wait;'\"\"=1;'+2"},
		{"wait\t@x\n＝1\r%2", "wait\t'@x\n'＝1\r'%2"},
		{";=1", ";'=1"},
	} {
		if got := cell(test.value); got != test.want {
			t.Errorf("%q: %q, want %q", test.value, got, test.want)
		}
	}
}
