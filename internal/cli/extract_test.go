package cli

import "testing"

// A command line that cannot be ends with 2 before anything is read; what failed ends with 1.
func TestExitOfExtract(t *testing.T) {
	const page = `<!DOCTYPE html><html lang="en"><head><title>Ferries</title></head><body><article><h1>Ferries</h1><p>The ferry to the islands will not run on Sundays this winter, the board decided on Monday.</p></article></body></html>`
	tests := []struct {
		stdin string
		args  []string
		code  int
	}{
		{page, nil, done},
		{page, []string{"--base", "https://outlet.example/a", "--lang", "pt-BR", "--as", "text"}, done},
		{page, []string{"--base", "HTTP://outlet.example"}, done},
		{page, []string{"--as", "pdf"}, misuse},
		{"", []string{"--as", "pdf", "nowhere.html"}, misuse},
		{page, []string{"--base", "ftp://outlet.example/"}, misuse},
		{page, []string{"--base", "//outlet.example/"}, misuse},
		{page, []string{"--lang", "not a tag"}, misuse},
		{"", []string{"nowhere.html"}, failed},
		{page, []string{"--rule", "nowhere.rule"}, failed},
		{"%PDF-1.7", nil, failed},
		{"%PDF-1.7", []string{"--as", "json"}, failed},
		{"<p>", nil, failed},
		{"<p>", []string{"--as", "json"}, done},
	}
	for _, test := range tests {
		code, out, errs := run(t, test.stdin, append([]string{"extract"}, test.args...)...)
		if code != test.code || (errs != "") != (code != done) || code != done && out != "" {
			t.Errorf("%q of %.20q: exit %d, want %d: %s%s", test.args, test.stdin, code, test.code, out, errs)
		}
	}
}
