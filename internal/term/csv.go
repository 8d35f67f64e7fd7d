package term

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// columns are those of a glossary in CSV, in the order in which they are written.
var columns = []string{"from", "to", "kind", "source", "target", "rule", "case", "home", "source_forms", "target_forms", "note"}

// The bounds of a glossary in CSV.
const (
	maxRows = 50_000
	maxCSV  = 16 << 20 // bytes
)

// formula are the signs at which a spreadsheet takes a cell for something to be worked out, which a glossary from a stranger must not
// be able to have done (CWE-1236).
const formula = "=+-@\t\r"

// WriteCSV writes rows as CSV (RFC 4180) in UTF-8, with a line of names above. A cell that a spreadsheet would take for a formula
// gets an apostrophe before it, which ReadCSV takes off. Further forms stand in one cell, parted by "|".
func WriteCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write the glossary: %w", err)
	}
	for _, r := range rows {
		kind, matters := string(r.Kind), ""
		if kind == "" {
			kind = "term"
		}
		if r.Case {
			matters = "yes"
		}
		cells := []string{string(r.From), string(r.To), kind, r.Source, r.Target, string(r.Rule), matters, string(r.Home), strings.Join(r.SourceForms, "|"), strings.Join(r.TargetForms, "|"), r.Note}
		for i, c := range cells {
			if strings.ContainsAny(c[:min(1, len(c))], formula) || guarded(c) {
				cells[i] = "'" + c
			}
		}
		if err := out.Write(cells); err != nil {
			return fmt.Errorf("write the glossary: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write the glossary: %w", err)
	}
	return nil
}

// guarded reports whether the first sign of a cell is an apostrophe that keeps the next from being taken for something else.
func guarded(c string) bool {
	return len(c) > 1 && c[0] == '\'' && strings.ContainsAny(c[1:2], formula+"'")
}

// ReadCSV reads what WriteCSV writes, and less: only the column "source" is needed. Where "from" or "to" is empty, the languages given
// hold; "rule" is must where there is a translation, else keep. Columns may stand in any order and be parted by commas, semicolons or
// tabs. Every row is tidied and checked; an error names the line. Nil if there is no row.
func ReadCSV(r io.Reader, from, to lang.Tag) ([]Row, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxCSV+1))
	if err != nil {
		return nil, fmt.Errorf("read the glossary: %w", err)
	}
	text := strings.TrimPrefix(string(b), "\ufeff")
	switch {
	case len(b) > maxCSV:
		return nil, fmt.Errorf("the glossary has more than %d MB: part it", maxCSV>>20)
	case !utf8.ValidString(text):
		return nil, errors.New("the glossary is not in UTF-8: save it as CSV UTF-8")
	case strings.TrimSpace(text) == "":
		return nil, errors.New("the glossary is empty: its first line names the columns, such as source,target")
	}
	in := csv.NewReader(bufio.NewReader(strings.NewReader(text)))
	in.FieldsPerRecord = -1
	in.Comma = separator(text)
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("read the glossary: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		if !slices.Contains(columns, name) {
			return nil, fmt.Errorf("line 1: the column %.40q is none of %s", name, strings.Join(columns, ", "))
		}
		if _, twice := at[name]; twice {
			return nil, fmt.Errorf("line 1: the column %s stands there twice", name)
		}
		at[name] = i
	}
	if _, ok := at["source"]; !ok {
		return nil, fmt.Errorf("line 1 names no column source; write for instance: %s", strings.Join(columns, ","))
	}
	var rows []Row
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the glossary: %w", err)
		}
		line, _ := in.FieldPos(0)
		cell := func(name string) string {
			i, ok := at[name]
			if !ok || i >= len(cells) {
				return ""
			}
			c := strings.TrimSpace(cells[i])
			if guarded(c) {
				c = c[1:]
			}
			return c
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		row, err := readRow(cell, from, to)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if rows = append(rows, row); len(rows) > maxRows {
			return nil, fmt.Errorf("the glossary has more than %d rows: part it", maxRows)
		}
	}
}

// readRow reads a row cell by cell.
func readRow(cell func(string) string, from, to lang.Tag) (Row, error) {
	r := Row{
		Kind: NameKind(cell("kind")), From: lang.Tag(cell("from")), To: lang.Tag(cell("to")), Source: cell("source"), Target: cell("target"),
		Rule: Rule(cell("rule")), SourceForms: strings.Split(cell("source_forms"), "|"), TargetForms: strings.Split(cell("target_forms"), "|"),
		Home: lang.Tag(cell("home")), Note: cell("note"),
	}
	if r.Kind == "term" {
		r.Kind = ""
	}
	if r.Rule == "" {
		r.Rule = Must
		if r.Target == "" {
			r.Rule = Keep
		}
	}
	switch matters := strings.ToLower(cell("case")); matters {
	case "yes", "true", "1":
		r.Case = true
	case "", "no", "false", "0":
	default:
		return r, fmt.Errorf("case is %.20q: write yes or no", matters)
	}
	if r.From == "" {
		r.From = from
	}
	if r.To == "" && (r.Target != "" || r.Rule != Keep && r.Kind == "") {
		r.To = to
	}
	r = r.Tidy()
	return r, r.Check()
}

// separator is what parts the cells of the first line: spreadsheets of half of Europe write semicolons.
func separator(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}
