package site

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A said is a statement as a page shows it.
type said struct {
	L          *locale.Printer
	ID         string // of the place on this page; empty where nothing leads to it
	Back       string // of an article's note: the place of the words in the article
	Sign       string // of an article's note: what leads to it
	Named      bool   // the page says of each statement whose it is
	Paraphrase bool   // what was said, in the outlet's words
	Who        voice
	Words      wording
	First      *wording  // the words as they were spoken, where another outlet has them; nil if that is not known
	Origin     *wording  // the words as the outlet has them; nil where they are those of the page
	Others     []wording // the same statement in other outlets
	Perhaps    []wording // perhaps the same
	Day        string    // when it was said, else when it was reported: a sentence
	Reported   string    // beside Day, when the outlet published it; only where outlets are told apart by it
	Stamp      string    // for programs; empty where only the report has a date
	When       *labelled // how the outlet worded the day; nil where that says no more
	To         *labelled
	Answers    *labelled
	Chain      chain
	Stance     *labelled // what the outlet's verb makes of it; nil for a plain one
	Outlet     string
	Title      string // of the article
	Path       string // of the words in the article
	Read       bool   // somebody read the article over
	Label      string // who translated the article, and who read it over
	Versions   []web.LangLink
	Story      string // path of its timeline; empty if readers hear of no other outlet that has it
}

// A voice is who said something, as a page names him.
type voice struct {
	Name string
	Lang string // of the name, where it is in another language than the page
	Dir  string
	Path string // of his page; empty if nobody is known by the name
	Role string
	Tag  string // of the role's language, where it is another than the page's
	Note string // what is not sure of him; empty where he is named
}

// A wording is a statement's words in one language, by one outlet.
type wording struct {
	HTML template.HTML
	Lang string
	Dir  string
	Head string // whose they are: "English, in Meridian"
	Day  string
	Path string  // of ours; empty if they stand on none of our pages
	URL  string  // of the outlet's page
	Why  string  // why it is not sure that they are the same
	Of   *origin // the words as the outlet has them; nil where they are these
}

// An origin is what words were translated from.
type origin struct{ Text, Lang, Dir string }

// A labelled value stands in a sentence of ours, in the language of the outlet.
type labelled struct{ Before, Value, After, Lang, Dir string }

// A chain is how the words came to the page.
type chain struct {
	Said  string // "Translated twice: Russian → English → French"
	Guess string // why the first language is believed, where nobody said so
	Twice bool   // what is read is no direct translation
	Tags  []string
}

// anchor is the last part of the address of a quotation in an article, the same in each language: the key of its block and its place
// in the original's.
func anchor(s news.Statement) string {
	switch s.Block {
	case doc.TitleBlock:
		return fmt.Sprint("title-", s.Start)
	case doc.DeckBlock:
		return fmt.Sprint("deck-", s.Start)
	}
	return fmt.Sprint(s.Key, "-", s.Start)
}

// wordsAt and noteAt are the places of a quotation and of what is said of it on an article's page.
func wordsAt(s news.Statement) string { return "q-" + anchor(s) }
func noteAt(s news.Statement) string  { return "said-" + anchor(s) }

// speakerPath is the address of a speaker's page; empty for one that has none.
func speakerPath(tag, slug string) string {
	if slug == "" {
		return ""
	}
	return "/" + tag + "/speakers/" + slug + "/"
}

// nameOf is what a speaker is called in a language; the last part of the address for one whose names were all taken away.
func nameOf(by news.Speaker, tag string) string {
	if name := by.In(tag); name != "" {
		return name
	}
	return by.Slug
}

// storyPath is the address of a timeline.
func storyPath(tag, id string) string { return "/" + tag + "/stories/" + id + "/" }

// A teller puts statements into the words of a part of the site.
type teller struct {
	l        *locale.Printer
	tag      string // of the part
	zone     *time.Location
	settings map[string]string
}

// public is a statement in a public article, as a page shows it.
func (t teller) public(p store.PublicStatement) said {
	s := t.said(p.Statement, p.By, p.Outlet.Name)
	s.Words = wording{HTML: escaped(p.Place.Words), Lang: p.Place.Lang, Dir: render.Dir(p.Place.Lang)}
	s.Title, s.Path = p.Article.Title, path(p.Article)+"#"+wordsAt(p.Statement)
	if words := p.Words(); words != "" && !lang.Tag(p.Lang).Is(lang.Tag(p.Place.Lang)) {
		s.Origin = &wording{HTML: escaped(words), Lang: p.Lang, Dir: render.Dir(p.Lang), Head: t.head(p.Lang, p.Outlet.Name), URL: p.OriginalURL}
	}
	return s
}

// first is the words as they were spoken, of a statement that came through another language: those of an outlet in the first language
// that has the same statement; nil if the story holds none.
func (t teller) first(p store.PublicStatement, story []store.PublicStatement) *wording {
	if p.First == "" || p.First.Is(lang.Tag(p.Lang)) {
		return nil
	}
	for _, o := range story {
		if o.ID != p.ID && lang.Tag(o.Lang).Is(p.First) && (o.First == "" || o.First.Is(p.First)) {
			return &wording{HTML: escaped(o.Words()), Lang: o.Lang, Dir: render.Dir(o.Lang), Head: t.head(o.Lang, o.Outlet.Name), URL: o.OriginalURL}
		}
	}
	return nil
}

// said is a statement without its words.
func (t teller) said(s news.Statement, by news.Speaker, outlet string) said {
	v := said{L: t.l, Paraphrase: !s.Marked(), Who: t.voice(s, by), Chain: t.chain(s), Outlet: outlet}
	v.Day, v.Stamp, v.When = t.day(s)
	v.To = t.label("said.to", s.Addressee, s.Lang)
	v.Answers = t.label("said.answers", s.Answers, s.Lang)
	if s.Cue != nil {
		switch s.Cue.Stance { // claimed is not said
		case statement.Doubt:
			v.Stance = t.label("said.stance.doubt", s.Cue.Text, s.Lang, "outlet", outlet)
		case statement.Hearsay:
			v.Stance = t.label("said.stance.hearsay", s.Cue.Text, s.Lang, "outlet", outlet)
		}
	}
	return v
}

// label puts a value of the outlet's into a sentence of ours; nil if there is none.
func (t teller) label(key, value, tag string, args ...any) *labelled {
	if value == "" {
		return nil
	}
	around := t.l.Around(key, "value", args...)
	return &labelled{Before: around[0], Value: value, After: around[1], Lang: tag, Dir: render.Dir(tag)}
}

// head says whose words these are.
func (t teller) head(tag, outlet string) string {
	return t.l.T("said.head", "language", t.l.Capital(t.l.Language(tag)), "outlet", outlet)
}

func (t teller) voice(s news.Statement, by news.Speaker) voice {
	foreign := !lang.Tag(s.Lang).Is(lang.Tag(t.tag))
	v := voice{Name: s.Speaker.Name, Role: s.Speaker.Beside()}
	if foreign {
		v.Lang, v.Tag = s.Lang, s.Lang
	}
	if by.ID != "" {
		if name := nameOf(by, t.tag); name != "" {
			v.Name, v.Lang = name, ""
		}
		v.Path = speakerPath(t.tag, by.Slug)
		if role := roleAt(by, t.tag, s.At); role != "" && (v.Role == "" || foreign) {
			v.Role, v.Tag = role, ""
		}
	}
	if v.Lang != "" {
		v.Dir = render.Dir(v.Lang)
	}
	switch {
	case s.CorrectedBy != "" && v.Name != "":
	case v.Name == "":
		v.Name, v.Lang, v.Dir, v.Role, v.Tag = t.l.T("said.nobody"), "", "", "", ""
	case s.Speaker.State == statement.Unresolved && by.ID == "":
		v.Note = t.l.T("said.unresolved")
	case s.Speaker.State == statement.Inferred:
		v.Note = t.l.T("said.inferred")
	}
	return v
}

// roleAt is the office that a speaker had at a time, in the words of a language; empty if none is known of about that time. The newest
// would say of old words that a president spoke them who was a mayor.
func roleAt(by news.Speaker, tag string, at int64) string {
	const about = int64(180 * 24 * time.Hour / time.Millisecond)
	role, least := "", about
	for _, r := range by.Roles {
		if away := max(r.FirstAt-at, at-r.LastAt, 0); lang.Tag(r.Lang).Is(lang.Tag(tag)) && away < least {
			role, least = r.Role, away
		}
	}
	return role
}

// day says when it was said, or, where that is not known, when it was reported.
func (t teller) day(s news.Statement) (shown, stamp string, when *labelled) {
	if s.SaidAt != nil {
		if shown, stamp = dateOf(t.l, s.SaidAt.Value); shown != "" {
			if !strings.ContainsAny(s.SaidAt.Text, "0123456789") {
				when = t.label("said.worded", s.SaidAt.Text, s.Lang)
			}
			return shown, stamp, when
		}
	}
	return t.l.T("said.reported", "date", t.l.Date(time.UnixMilli(s.At).In(t.zone))), "", t.wordedOnly(s)
}

// wordedOnly is an expression of time that nobody could resolve.
func (t teller) wordedOnly(s news.Statement) *labelled {
	if s.SaidAt == nil {
		return nil
	}
	return t.label("said.worded", s.SaidAt.Text, s.Lang)
}

// dateOf prints a day, a week, a month or a year of ISO 8601, and gives it as HTML's time has it; empty if v is none of these.
func dateOf(l *locale.Printer, v string) (shown, stamp string) {
	if d, err := time.Parse(time.DateOnly, v); err == nil {
		return l.Date(d), v
	}
	if d, err := time.Parse("2006-01", v); err == nil {
		return monthOf(l, d), v
	}
	if d, err := time.Parse("2006", v); err == nil {
		return strconv.Itoa(d.Year()), v
	}
	year, week, ok := strings.Cut(v, "-W")
	y, err := strconv.Atoi(year)
	n, err2 := strconv.Atoi(week)
	if !ok || err != nil || err2 != nil || n < 1 || n > 53 || y < 1 || y > 9999 {
		return "", ""
	}
	// The fourth of January lies in the first week.
	d := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC)
	d = d.AddDate(0, 0, 7*(n-1)-(int(d.Weekday())+6)%7)
	return l.T("date.week", "date", l.Date(d)), v
}

// monthOf names the month of t and its year.
func monthOf(l *locale.Printer, t time.Time) string {
	names := lang.Facts(lang.Tag(l.Tag())).Alone
	if len(names) != 12 {
		return t.Format("2006-01")
	}
	return l.T("date.month", "month", names[t.Month()-1], "year", strconv.Itoa(t.Year()))
}

// chain says through which languages the words came to a page of this part of the site: those that the statement came through to
// its outlet, and from there into the page's.
func (t teller) chain(s news.Statement) chain {
	c := chain{Tags: tags(s, t.tag)}
	name := func(tag string) string { return t.l.Language(tag) }
	names := make([]string, len(c.Tags))
	for i, tag := range c.Tags {
		names[i] = name(tag)
	}
	path := strings.Join(names, " → ")
	switch n := len(c.Tags); {
	case s.First == "" && n < 2:
		c.Said = t.l.T("chain.unknown")
	case s.First == "":
		c.Said = t.l.T("chain.unknown.from", "from", t.l.From(c.Tags[n-2]))
	case n < 2:
		c.Said = t.l.T("chain.verbatim", "language", names[0])
	case n == 2:
		c.Said = t.l.T("chain.once", "path", path)
	case n == 3:
		c.Said, c.Twice = t.l.T("chain.twice", "path", path), true
	default:
		c.Said, c.Twice = t.l.T("chain.more", "count", n-1, "path", path), true
	}
	if s.First != "" && len(s.Hops) > 0 {
		if e := s.Hops[0].Evidence; e == "venue" || e == "speaker" || e == "body" {
			c.Guess = t.l.T("chain.guess." + e)
		}
	}
	return c
}

// tags are the languages the words of s came through to a page in the language tag, first spoken first.
func tags(s news.Statement, tag string) []string {
	var list []string
	add := func(tag string) {
		if tag != "" && (len(list) == 0 || !lang.Tag(list[len(list)-1]).Is(lang.Tag(tag))) {
			list = append(list, tag)
		}
	}
	for _, h := range s.Hops {
		add(string(h.Lang))
	}
	add(s.Lang)
	add(tag)
	return list
}

// passing says how far the words of a page in the language tag are from those that were spoken.
func passing(s news.Statement, tag string) string {
	switch n := len(tags(s, tag)); {
	case s.First == "":
		return string(statement.NotKnown)
	case n < 2:
		return string(statement.Verbatim)
	case n == 2:
		return string(statement.Translated)
	}
	return string(statement.TranslatedTwice)
}

func escaped(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }
