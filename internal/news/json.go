package news

import "github.com/dragoman-newsroom/dragoman/internal/statement"

// A StatementJSON is a statement as programs get it, from the command line and from the site. Places are code points of the block's text.
type StatementJSON struct {
	Kind      string       `json:"kind"`
	Block     int          `json:"block"`
	Start     int          `json:"start"`
	End       int          `json:"end"`
	Text      string       `json:"text"`
	Speaker   *SpeakerJSON `json:"speaker"` // null: nobody
	Cue       *CueJSON     `json:"cue"`
	Addressee string       `json:"addressee"`
	SaidAt    *DateJSON    `json:"said_at"`
	Answers   string       `json:"answers"`
	Spans     [][2]int     `json:"spans"`
	FirstLang string       `json:"first_lang"`
	Chain     []string     `json:"chain"` // to the outlet's text
	Hops      []HopJSON    `json:"hops"`
}

// A SpeakerJSON is whose a statement is.
type SpeakerJSON struct {
	ID      string `json:"id,omitempty"`  // where somebody is known by the name
	URL     string `json:"url,omitempty"` // of the speaker's page
	Name    string `json:"name"`
	Mention string `json:"mention"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Role    string `json:"role"`
	State   string `json:"state"`
}

// A CueJSON is the verb that says that somebody said it.
type CueJSON struct {
	Text   string `json:"text"`
	Lemma  string `json:"lemma"`
	Stance string `json:"stance"`
}

// A DateJSON is when something was said, in the words of the text and in ISO 8601.
type DateJSON struct {
	Text      string `json:"text"`
	Value     string `json:"value"`
	Precision string `json:"precision"`
}

// A HopJSON is a language that words came through, and why that is believed.
type HopJSON struct {
	Lang     string `json:"lang"`
	Who      string `json:"who"`
	Evidence string `json:"evidence"`
}

// NewStatementJSON gives a statement to programs. point tells how many code points of the block's text come before one of its bytes.
func NewStatementJSON(s statement.Statement, point func(byte int) int) StatementJSON {
	j := StatementJSON{
		Kind: string(s.Kind), Block: s.Block, Start: point(s.Start), End: point(s.End), Text: s.Text, Cue: NewCueJSON(s.Cue), Addressee: s.Addressee,
		SaidAt: NewDateJSON(s.SaidAt), Answers: s.Answers, Spans: make([][2]int, 0, len(s.Pieces)), FirstLang: string(s.First), Chain: []string{},
		Hops: make([]HopJSON, 0, len(s.Hops)),
	}
	for _, p := range s.Pieces {
		j.Spans = append(j.Spans, [2]int{point(p[0]), point(p[1])})
	}
	if s.Attributed() {
		j.Speaker = &SpeakerJSON{
			Name: s.Speaker.Name, Mention: s.Speaker.Mention, Start: point(s.Speaker.Start), End: point(s.Speaker.End), Role: s.Speaker.Role, State: string(s.Speaker.State),
		}
	}
	for _, tag := range s.Chain() {
		j.Chain = append(j.Chain, string(tag))
	}
	for _, h := range s.Hops {
		j.Hops = append(j.Hops, HopJSON{string(h.Lang), h.Who, h.Evidence})
	}
	return j
}

// NewCueJSON gives a verb to programs; nil for none.
func NewCueJSON(c *statement.Cue) *CueJSON {
	if c == nil {
		return nil
	}
	return &CueJSON{c.Text, c.Lemma, string(c.Stance)}
}

// NewDateJSON gives a date to programs; nil for none.
func NewDateJSON(d *statement.Date) *DateJSON {
	if d == nil {
		return nil
	}
	return &DateJSON{d.Text, d.Value, d.Precision}
}
