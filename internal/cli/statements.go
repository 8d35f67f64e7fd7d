package cli

import (
	"context"
	"encoding/json"
	"io"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
)

type statementsFlags struct{ date, lang, from, as string }

var statementsFilter = filter[statementsFlags]{
	name: "statements", args: "[--date 2026-03-24] [--lang en] [--from en] [--as text|doc] [FILE]", short: "article → who said what, to whom, when",
	long: `Finds who said what in an article: quotations between marks and paraphrases, each with its speaker, its verb, the day, and the
languages the words came through. Prints a statement a line, as JSON. Dates such as "on Tuesday" count from --date; a document's own
date serves, too.`,
	example: "dragoman statements --lang en --date 2026-03-24 article.txt",
	flags: func(fs *flags, o *statementsFlags) {
		fs.StringVar(&o.date, "date", "", "`DAY`: when the article was published, as 2026-03-24")
		fs.StringVar(&o.lang, "lang", "", "`TAG`: the language of the text (en if not given); a document says its own")
		fs.StringVar(&o.from, "from", "", "`TAG`: the language it was translated from, if it is a translation")
		fs.StringVar(&o.as, "as", "text", "`FORM`: text or doc")
	},
	do: func(_ context.Context, _ *app, o statementsFlags, in input) (result, error) {
		as := o.as
		if in.kind == "doc" {
			as = "doc"
		}
		tag := o.lang
		if tag == "" && as == "text" {
			tag = "en"
		}
		for _, t := range []string{tag, o.from} {
			if _, err := lang.Parse(t); t != "" && err != nil {
				return result{}, usageError{err}
			}
		}
		f := statement.Finder{From: lang.Tag(o.from)}
		if o.date != "" {
			day, err := lang.ParseDate("en", o.date)
			if err != nil {
				return result{}, usagef("--date: %v; a day as 2026-03-24 is wanted", err)
			}
			f.Anchor = day.Time
		}
		d, err := spoken(as, string(in.body), tag)
		if err != nil {
			return result{}, err
		}
		found := statementsOf(d, f.Find(d))
		return result{object: found, text: func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			for _, s := range found.Statements {
				if err := e.Encode(s); err != nil {
					return err
				}
			}
			return nil
		}}, nil
	},
}

// spoken reads the article. A text is one block, so that offsets are the text's own.
func spoken(as, text, tag string) (doc.Document, error) {
	if as != "text" {
		return comparable(as, text, tag)
	}
	return doc.Document{Lang: tag, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: text}}}}, nil
}

// statementsJSON is what an article says about who said what; places are code points of the blocks' texts.
type statementsJSON struct {
	Statements []news.StatementJSON `json:"statements"`
	Dates      []dateJSON           `json:"dates"`
}

type dateJSON struct {
	Block int `json:"block"`
	Start int `json:"start"`
	End   int `json:"end"`
	news.DateJSON
}

func statementsOf(d doc.Document, r statement.Result) statementsJSON {
	out := statementsJSON{Statements: []news.StatementJSON{}, Dates: []dateJSON{}}
	places := make(map[int]codePoints)
	in := func(block int) codePoints {
		p, ok := places[block]
		if !ok {
			p = pointsIn(bodyOf(d, block))
			places[block] = p
		}
		return p
	}
	for _, s := range r.Statements {
		p := in(s.Block)
		out.Statements = append(out.Statements, news.NewStatementJSON(s, func(i int) int { return p[i] }))
	}
	for _, x := range r.Dates {
		p := in(x.Block)
		out.Dates = append(out.Dates, dateJSON{x.Block, p[x.Start], p[x.End], news.DateJSON{Text: x.Text, Value: x.Value, Precision: x.Precision}})
	}
	return out
}

// codePoints gives for each byte of a text the number of code points before it: counted once, where one after the other would be slow.
type codePoints []int

func pointsIn(s string) codePoints {
	p := make(codePoints, len(s)+1)
	n := 0
	for i := range s {
		p[i] = n
		n++
	}
	p[len(s)] = n
	return p
}
