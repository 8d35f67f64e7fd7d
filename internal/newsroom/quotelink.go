package newsroom

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// The bounds of what is compared for one original: the work is the same among a million statements as among a thousand.
const (
	maxLinked       = 60                 // statements of an original
	maxBySpeaker    = 60                 // of one speaker, about the same day
	maxByWords      = 40                 // with the same rare words in a row, whenever
	maxByNames      = 20                 // with two of the same names or numbers, about the same day
	maxTranslations = 30                 // sentences that are translated for one original
	linkDays        = 3 * 24 * time.Hour // how far apart two reports of one statement are
)

// linkable reports whether a statement is compared with others: words between marks, of which there are some.
func linkable(s news.Statement) bool {
	switch s.Kind {
	case statement.Direct, statement.Mixed, statement.Nested, statement.Words:
		return len(s.Text) >= minLinked
	}
	return false
}

// minLinked is how many bytes words must have to be compared; statement.Match leaves out what is short as it sees it.
const minLinked = 12

// LinkStatements looks, for each statement of an original, for others that are the same words, in any language, and keeps what it
// finds. What a person decided stays. Doing it twice finds the same. Where words are to be compared across languages they are
// translated, once, if an engine for the pair is there.
func (r *Room) LinkStatements(ctx context.Context, original string) error {
	list, err := r.Store.StatementsOfOriginal(ctx, original)
	if err != nil {
		return err
	}
	l := linker{room: r, left: maxTranslations}
	n := 0
	for _, s := range list {
		if !linkable(s) {
			if err := l.link(ctx, s); err != nil { // its words changed: what it was linked by holds no more
				return err
			}
			continue
		}
		if n++; n > maxLinked {
			break
		}
		if err := l.link(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// A linker compares the statements of one original.
type linker struct {
	room *Room
	left int // translations that may be made
}

// link compares a statement with its candidates, and with those that it was linked with before.
func (l *linker) link(ctx context.Context, s news.Statement) error {
	var found []news.Statement
	if linkable(s) {
		var err error
		if found, err = l.candidates(ctx, s); err != nil {
			return err
		}
	}
	before, err := l.room.Store.LinksOf(ctx, s.ID)
	if err != nil {
		return err
	}
	var links []news.StatementLink
	for _, k := range before {
		switch {
		case k.By != "" || slices.ContainsFunc(found, func(c news.Statement) bool { return c.ID == k.Statement.ID }):
		case linkable(s) && linkable(k.Statement) && k.Statement.GoneAt == 0:
			found = append(found, k.Statement)
		default:
			links = append(links, news.StatementLink{A: k.A, B: k.B, At: l.room.now()}) // neither linked nor perhaps
		}
	}
	for _, c := range found {
		score, err := l.score(ctx, s, c)
		if err != nil {
			return err
		}
		links = append(links, news.StatementLink{A: s.ID, B: c.ID, Score: score.Value, Why: score.Why, State: stateOf(score.Verdict), At: l.room.now()})
	}
	if len(links) == 0 {
		return nil
	}
	return l.room.Store.Tx(ctx, func(tx *store.Tx) error {
		touched := []string{s.ID}
		for _, k := range links {
			changed, err := tx.FoundLink(ctx, k)
			if err != nil {
				return err
			}
			if changed {
				touched = append(touched, k.Other(s.ID))
			}
		}
		if len(touched) == 1 {
			return nil
		}
		return tx.Relate(ctx, touched...)
	})
}

// stateOf is what a link of a verdict is kept as; empty for none.
func stateOf(v statement.Verdict) news.LinkState {
	switch v {
	case statement.Linked:
		return news.LinkFound
	case statement.Perhaps:
		return news.LinkPerhaps
	}
	return ""
}

// candidates are statements of other items that may be the same words: of the speaker about the same day, with the same rare words in a
// row whenever, or with the same names and numbers about the same day.
func (l *linker) candidates(ctx context.Context, s news.Statement) ([]news.Statement, error) {
	since, until := s.At-linkDays.Milliseconds(), s.At+linkDays.Milliseconds()+24*time.Hour.Milliseconds()
	var list []news.Statement
	seen := map[string]bool{s.ID: true}
	add := func(found []news.Statement, err error) error {
		for _, c := range found {
			if !seen[c.ID] && linkable(c) {
				seen[c.ID] = true
				list = append(list, c)
			}
		}
		return err
	}
	if s.Speaker.ID != "" {
		if err := add(l.room.Store.StatementsNear(ctx, s.Speaker.ID, s.Item, since, until, maxBySpeaker)); err != nil {
			return nil, err
		}
	}
	if err := add(l.room.Store.StatementsSharing(ctx, store.Grams(s.Text), s.Item, 0, 0, 1, maxByWords)); err != nil {
		return nil, err
	}
	if names := store.NameGrams(s.Text); len(names) >= 2 {
		if err := add(l.room.Store.StatementsSharing(ctx, names, s.Item, since, until, 2, maxByNames)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// score compares two statements; in two languages, with the words of one in the language of the other where they are there or can be made.
func (l *linker) score(ctx context.Context, a, b news.Statement) (statement.Score, error) {
	x, y := sideOf(a), sideOf(b)
	if x.Lang.Is(y.Lang) {
		return statement.Match(x, y), nil
	}
	best := statement.Match(x, y) // by what languages share; never more than perhaps
	consider := func(x, y statement.Side) {
		if s := translatedMatch(x, y); rankOf(s) > rankOf(best) || rankOf(s) == rankOf(best) && s.Value > best.Value {
			best = s
		}
	}
	ours, err := l.words(ctx, a)
	if err != nil {
		return best, err
	}
	theirs, err := l.words(ctx, b)
	if err != nil {
		return best, err
	}
	compared := false
	try := func(x, y statement.Side, words string) {
		if words != "" {
			compared = true
			x.InOther = words
			consider(x, y)
		}
	}
	try(x, y, ours[y.Lang.Bare()])
	try(y, x, theirs[x.Lang.Bare()])
	for tag, words := range ours { // both in a third language
		if other := theirs[tag]; other != "" && !tag.Is(x.Lang) && !tag.Is(y.Lang) {
			z := y
			z.Lang, z.Words = tag, other
			try(x, z, words)
		}
	}
	if compared {
		return best, nil
	}
	short, long := a, b
	if len([]rune(b.Text)) < len([]rune(a.Text)) {
		short, long = b, a
	}
	for _, pair := range [][2]news.Statement{{short, long}, {long, short}} {
		words, err := l.translate(ctx, pair[0], string(lang.Tag(pair[1].Lang).Bare()))
		if err != nil {
			return best, err
		}
		if words != "" {
			try(sideOf(pair[0]), sideOf(pair[1]), words)
			return best, nil
		}
	}
	return best, nil
}

// translatedMatch compares two sides of which one was translated. A translation of few words is like many others', and so is half of one
// by somebody else: a person should look at these.
func translatedMatch(x, y statement.Side) statement.Score {
	s := statement.Match(x, y)
	if s.Verdict != statement.Linked {
		return s
	}
	switch words := min(len(strings.Fields(x.Words)), len(strings.Fields(y.Words))); {
	case words < fewWords:
		s.Verdict, s.Why = statement.Perhaps, "short"
	case s.Value < surelyTranslated && (x.SpeakerID == "" || x.SpeakerID != y.SpeakerID):
		s.Verdict, s.Why = statement.Perhaps, "speakers"
	}
	return s
}

// The bars of what was translated, beside those of statement.Match. A translator has a choice of words, so that two translations of
// one text differ while those of two texts of few words may agree: of fewer than five, one that is shared is already a large part. And
// what shares less than about two thirds is as likely said by two people of one matter as by one of them.
const (
	fewWords         = 5
	surelyTranslated = 0.65
)

func rankOf(s statement.Score) int {
	switch s.Verdict {
	case statement.Linked:
		return 2
	case statement.Perhaps:
		return 1
	}
	return 0
}

// sideOf is a statement as statement.Match compares it.
func sideOf(s news.Statement) statement.Side {
	side := statement.Side{Lang: lang.Tag(s.Lang), Words: s.Text, Speaker: s.Speaker.Name, SpeakerID: s.Speaker.ID}
	if s.Speaker.State == statement.Unresolved {
		side.Speaker = "" // a mention is no name
	}
	if s.SaidAt != nil && s.SaidAt.Precision == "day" {
		side.Day = s.SaidAt.Value
	}
	return side
}

// words are those of a statement in other languages that are there already: in our translations of its article, as editors left them.
func (l *linker) words(ctx context.Context, s news.Statement) (map[lang.Tag]string, error) {
	places, err := l.room.Store.PlacesOf(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	words := map[lang.Tag]string{}
	for _, p := range places {
		words[lang.Tag(p.Lang).Bare()] = p.Words
	}
	return words, nil
}

// translate gives the words of a statement in a bare language, as they were kept or as an engine makes them now; empty where no engine
// can, or enough was translated for one original. An engine that fails leaves the statement uncompared: linking is no reason to stop.
func (l *linker) translate(ctx context.Context, s news.Statement, to string) (string, error) {
	of := strings.Trim(s.Text, quotes+",")
	words, err := l.room.Store.TranslationOf(ctx, s.ID, to, of)
	if err != nil || words != "" || l.left == 0 || l.room.Translators == nil || l.room.Pairs == nil {
		return words, err
	}
	from := string(lang.Tag(s.Lang).Bare())
	known := false
	for _, p := range l.room.Pairs() {
		known = known || p.From == from && p.To == to
	}
	if !known {
		return "", nil
	}
	t, _, err := l.room.Translators(ctx, from, to)
	if err != nil {
		return "", nil //nolint:nilerr // an engine that is gone since is none
	}
	l.left--
	result, err := t.Document(ctx, doc.Document{Lang: from, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Clean(doc.Text{S: of})}}})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil || len(result.Doc.Blocks) != 1:
		return "", nil //nolint:nilerr // see above
	}
	words = result.Doc.Blocks[0].Text.S
	return words, l.room.Store.Tx(ctx, func(tx *store.Tx) error {
		return tx.SaveTranslation(ctx, s.ID, to, of, words, l.room.now())
	})
}
