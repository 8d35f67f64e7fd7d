package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// saidFlags are what said is asked.
type saidFlags struct {
	speaker, since, until, tag, outlet, kind string
	byDate, json                             bool
	limit                                    int
}

var saidCommand = command{
	name: "said", args: "[--speaker NAME] [--since DAY] [--until DAY] [--lang L] [--outlet NAME] [--by-date] [--json] [WORDS…]", short: "who said what, in all that was taken",
	long: `Searches the statements of all articles that were taken, and of our translations: all of the words must be there, endings and
accents aside, and words between quotation marks one behind the other. Without words it lists the newest. The name of a speaker
may be typed in any script; a surname will do. With --json each is one JSON object a line.`,
	example: "dragoman said --speaker Kolen --since 2026-03-10 dam \"until spring\"",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o saidFlags
		fs.StringVar(&o.speaker, "speaker", "", "`NAME`: whose words")
		fs.StringVar(&o.since, "since", "", "`DAY`: said or printed on that day or later, as 2026-03-24")
		fs.StringVar(&o.until, "until", "", "`DAY`: on that day or before")
		fs.StringVar(&o.tag, "lang", "", "`L`: the language of the article")
		fs.StringVar(&o.outlet, "outlet", "", "`NAME`: the outlet")
		fs.StringVar(&o.kind, "kind", "", "`K`: "+strings.Join(kinds, ", "))
		fs.BoolVar(&o.byDate, "by-date", false, "the newest first, not what fits best")
		fs.IntVar(&o.limit, "limit", 20, "`N`: at most so many")
		fs.BoolVar(&o.json, "json", false, "JSON, one statement a line")
		return func(ctx context.Context, args []string) error {
			q, err := o.query(args)
			if err != nil {
				return err
			}
			return a.with(ctx, officeOptions{}, func(h *office) error { return a.said(ctx, h, o, q) })
		}
	},
}

// kinds are the kinds of statements.
var kinds = []string{
	string(statement.Direct), string(statement.Mixed), string(statement.Indirect), string(statement.Nested), string(statement.Words),
	string(statement.Title), string(statement.Scare),
}

func (o saidFlags) query(words []string) (store.SaidQuery, error) {
	for i, w := range words { // what the shell took for one argument is a phrase
		if strings.ContainsAny(w, " \u00a0") {
			words[i] = `"` + strings.ReplaceAll(w, `"`, " ") + `"`
		}
	}
	q := store.SaidQuery{Words: strings.Join(words, " "), Kind: statement.Kind(o.kind)}
	if o.byDate {
		q.Order = store.ByDate
	}
	if o.tag != "" {
		tag, err := lang.Parse(o.tag)
		if err != nil {
			return q, usageError{err}
		}
		q.Lang = string(tag)
	}
	if o.kind != "" && !strings.Contains(" "+strings.Join(kinds, " ")+" ", " "+o.kind+" ") {
		return q, usagef("--kind %q is none of %s", o.kind, strings.Join(kinds, ", "))
	}
	if o.limit < 1 {
		return q, usagef("--limit %d: at least 1 is wanted", o.limit)
	}
	for _, x := range []struct {
		flag, text string
		into       *int64
		add        int
	}{{"since", o.since, &q.Since, 0}, {"until", o.until, &q.Until, 1}} {
		if x.text == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, x.text)
		if err != nil {
			return q, usagef("--%s %q: a day as 2026-03-24 is wanted", x.flag, x.text)
		}
		*x.into = max(day.AddDate(0, 0, x.add).UnixMilli(), 1)
	}
	return q, nil
}

// A saidJSON is a statement as said --json prints it. Times are RFC 3339 in UTC; places are code points of the block's text.
type saidJSON struct {
	ID           string            `json:"id"`
	Kind         string            `json:"kind"`
	Text         string            `json:"text"`
	Lang         string            `json:"lang"`
	Speaker      string            `json:"speaker"`                // as the article has it; empty: nobody
	SpeakerID    string            `json:"speaker_id,omitempty"`   // of one that is known
	SpeakerState string            `json:"state,omitempty"`        // named, resolved, inferred, unresolved
	CorrectedBy  string            `json:"corrected_by,omitempty"` // who set the speaker
	Role         string            `json:"role,omitempty"`
	Cue          *news.CueJSON     `json:"cue"`
	Addressee    string            `json:"addressee,omitempty"`
	SaidAt       *news.DateJSON    `json:"said_at"`
	At           string            `json:"at"`
	FirstLang    string            `json:"first_lang"`
	Chain        []lang.Tag        `json:"chain"`
	Story        string            `json:"story,omitempty"` // shared by statements that are one
	Outlet       string            `json:"outlet"`
	URL          string            `json:"url"`
	Title        string            `json:"title"`
	Translations map[string]string `json:"translations,omitempty"`
}

func saidOf(s store.SaidStatement) saidJSON {
	return saidJSON{
		ID: s.ID, Kind: string(s.Kind), Text: s.Text, Lang: s.Lang, Speaker: s.Speaker.Name, SpeakerID: s.Speaker.ID, SpeakerState: string(s.Speaker.State),
		CorrectedBy: s.CorrectedBy, Role: s.Speaker.Role, Addressee: s.Addressee, At: time.UnixMilli(s.At).UTC().Format(time.RFC3339), FirstLang: string(s.First),
		Cue: news.NewCueJSON(s.Cue), SaidAt: news.NewDateJSON(s.SaidAt), Chain: s.Chain(), Story: s.Story, Outlet: s.OutletName, URL: s.ItemURL, Title: s.ItemTitle, Translations: s.Translations,
	}
}

func (a *app) said(ctx context.Context, h *office, o saidFlags, q store.SaidQuery) error {
	if o.outlet != "" {
		outlet, err := h.outlet(ctx, o.outlet)
		if err != nil {
			return err
		}
		q.Outlet = outlet.ID
	}
	if o.speaker != "" {
		known, err := h.store.SpeakersNamed(ctx, o.speaker, 2)
		if err != nil {
			return err
		}
		if q.Name = o.speaker; len(known) == 1 { // with all names of one whom only this can mean
			q.Name, q.Speaker = "", known[0].ID
		}
	}
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	for left := o.limit; left > 0; {
		q.Limit = min(left, 200)
		page, err := h.store.Said(ctx, q)
		if err != nil {
			return err
		}
		for _, s := range page.Statements {
			if o.json {
				err = e.Encode(saidOf(s))
			} else {
				who := s.Speaker.Name
				if who == "" {
					who = "–"
				}
				_, err = fmt.Fprintf(a.out, "%s  %s, %s (%s)\n            %s\n            %s\n", time.UnixMilli(s.At).UTC().Format(time.DateOnly), who, s.OutletName, s.Lang, short(s.Text, 200), s.ItemURL)
			}
			if err != nil {
				return err
			}
		}
		left -= len(page.Statements)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	return nil
}
