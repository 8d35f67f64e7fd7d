package desk

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A row is a block, the title or the deck: the original beside the translation, with what is doubtful and what can be edited.
type row struct {
	Anchor    string
	Kind      string // name of the kind of block
	Heading   bool
	Source    template.HTML
	Target    template.HTML
	Texts     []field
	Flags     []flagLine
	Said      []saidView // who said what in it
	Certainty string     // of the least certain sentence
	Unsure    bool       // it has one of the article's least certain sentences
	Changed   bool       // by an editor: it differs from the machine's
}

// A field is a text that can be edited.
type field struct {
	Name  string // what it is, where a block has several
	Place string // as placeName writes it
	Form  string // the text form, with line ends for forced breaks
	Lines int    // of the box
}

// A flagLine is a doubt as it stands below its block.
type flagLine struct {
	ID         string
	Anchor     string
	Severity   doc.Severity
	Word       string // of the severity, in the reader's language
	Rule       string // what the check looks at
	Message    string
	English    bool   // the message is in English and the page is not
	Words      string // the place in the translation
	Suggestion string
	Glossary   bool   // the glossary says what is wanted
	Dismissed  string // by whom; empty if nobody has
	Why        string
}

// rows pairs the texts of a translation with those of its original: title, deck, and the blocks by their keys.
func rows(l *locale.Printer, original, translation, machine doc.Document, flags []store.StoredFlag, segments []store.Segment) []row {
	source := texts(original)
	was := texts(machine)
	unsure := leastCertain(segments)
	list := []row{}
	at := map[string]int{}
	for place, t := range translation.Texts() {
		key := blockKey(translation, place.Block)
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, newRow(l, key, place, original, translation, lights{flags: flags, segments: segments, unsure: unsure}))
		}
		id := placeKey{key, place.Part, place.Row, place.Col, place.Mark}
		list[i].Texts = append(list[i].Texts, newField(l, place, t))
		list[i].Changed = list[i].Changed || !was[id].Equal(t)
		if place.Part != doc.Body {
			list[i].add(l, place, source[id], t)
		}
	}
	lowest := map[string]float64{}
	for _, s := range segments {
		key := s.Key
		if key == "" {
			key = blockKey(translation, s.Place.Block)
		}
		lowest[key] = min(lowest[key], s.Score)
		if i, ok := at[key]; ok && unsure[s.N] {
			list[i].Unsure = true
		}
	}
	for key, i := range at {
		list[i].Certainty = certainty(l, lowest[key])
	}
	for n, f := range flags {
		i, ok := at[blockKey(translation, f.Block)]
		if !ok { // of a block without any text: the doubt must not be lost
			if len(list) == 0 {
				continue
			}
			i = 0
		}
		list[i].Flags = append(list[i].Flags, newFlag(l, n, f, translation))
	}
	return list
}

// A placeKey is a text's address that holds in every language.
type placeKey struct {
	key            string
	part           doc.Part
	row, col, mark int
}

func texts(d doc.Document) map[placeKey]doc.Text {
	m := map[placeKey]doc.Text{}
	for p, t := range d.Texts() {
		m[placeKey{blockKey(d, p.Block), p.Part, p.Row, p.Col, p.Mark}] = t
	}
	return m
}

// blockKey is the key of a block; title and deck have words that no block's key can be.
func blockKey(d doc.Document, block int) string {
	switch {
	case block == doc.TitleBlock:
		return "~title"
	case block == doc.DeckBlock:
		return "~deck"
	case block >= 0 && block < len(d.Blocks):
		return d.Blocks[block].Key
	}
	return ""
}

func newRow(l *locale.Printer, key string, place doc.Place, original, translation doc.Document, lights lights) row {
	r := row{Anchor: "b-" + strings.TrimPrefix(key, "~"), Kind: l.T("kind." + kindName(place)), Heading: place.Block == doc.TitleBlock || place.Kind.Heading()}
	target := render.Options{Classes: true, Lit: lights.in(place.Block, false)}
	from := render.Options{Classes: true, Lit: lights.in(place.Block, true)}
	switch place.Block {
	case doc.TitleBlock:
		r.Source, r.Target = render.Text(original.Title, original.Lang, from), render.Text(translation.Title, translation.Lang, target)
	case doc.DeckBlock:
		r.Source, r.Target = render.Text(original.Deck, original.Lang, from), render.Text(translation.Deck, translation.Lang, target)
	default:
		r.Target = render.Block(translation, place.Block, target)
		for i, b := range original.Blocks {
			if b.Key == key {
				r.Source = render.Block(original, i, from)
				break
			}
		}
	}
	return r
}

// add shows a text that the page of an article has no words for: what a picture shows, the title of a link.
func (r *row) add(l *locale.Printer, place doc.Place, source, target doc.Text) {
	if place.Part == doc.Cell {
		return // the table shows it
	}
	say := func(t doc.Text) template.HTML {
		if t.S == "" {
			return ""
		}
		name := doc.Text{S: l.T("field.named", "name", fieldName(l, place))}
		return "<p><small>" + render.Text(name, l.Tag(), render.Options{}) + "</small> " + render.Text(t, "", render.Options{}) + "</p>\n"
	}
	r.Source += say(source)
	r.Target += say(target)
}

// lights are what is told apart in the texts: doubts, and sentences.
type lights struct {
	flags    []store.StoredFlag
	segments []store.Segment
	unsure   map[int]bool // by number of the sentence
}

// in is what is told apart in a block: stops before questions before notes, and the sentences, by whose class a sentence is found in the other
// language.
func (x lights) in(block int, source bool) []render.Lit {
	var list []render.Lit
	for severity := doc.Stop; severity >= doc.Comment; severity-- {
		for n, f := range x.flags {
			if f.Severity != severity || f.Block != block || f.DismissedBy != "" {
				continue
			}
			light := render.Lit{Start: f.Start, End: f.End, Class: "flag " + severity.String(), ID: "place-" + strconv.Itoa(n)}
			if source {
				light.Start, light.End, light.ID = f.SourceStart, f.SourceEnd, ""
			}
			list = append(list, light)
		}
	}
	for _, s := range x.segments {
		if s.Place.Block != block || s.Place.Part > doc.Body {
			continue
		}
		light := render.Lit{Start: s.TargetStart, End: s.TargetEnd, Class: "s s-" + strconv.Itoa(s.N), Quiet: true}
		if source {
			light.Start, light.End = s.SourceStart, s.SourceEnd
		}
		if x.unsure[s.N] {
			light.Class += " unsure"
		}
		list = append(list, light)
	}
	return list
}

// manySentences is from how many on the least certain are told apart: in a short text an editor reads them all.
const manySentences = 8

// leastCertain finds the three sentences of which the engine is least certain. What it says of itself compares sentences of one article;
// it is no measure of how good they are.
func leastCertain(segments []store.Segment) map[int]bool {
	var scored []store.Segment
	for _, s := range segments {
		if s.Score < 0 && s.Final == s.Machine { // what an editor rewrote is the editor's
			scored = append(scored, s)
		}
	}
	if len(scored) < manySentences {
		return nil
	}
	slices.SortStableFunc(scored, func(a, b store.Segment) int { return cmp.Compare(a.Score, b.Score) })
	least := map[int]bool{}
	for _, s := range scored[:3] {
		least[s.N] = true
	}
	return least
}

func newFlag(l *locale.Printer, n int, f store.StoredFlag, d doc.Document) flagLine {
	line := flagLine{
		ID: f.ID, Anchor: "flag-" + strconv.Itoa(n), Severity: f.Severity, Word: l.T("severity." + f.Severity.String()), Rule: f.Rule,
		Message: f.Message, English: l.Tag() != locale.Fallback, Suggestion: f.Suggestion, Glossary: f.Rule == "terms", Dismissed: f.DismissedByName, Why: f.Why,
	}
	if l.Has("rule." + f.Rule) {
		line.Rule = l.T("rule." + f.Rule)
	}
	if t, ok := store.TextAt(d, f.Block); ok && f.Start >= 0 && f.Start < f.End && f.End <= len(t.S) {
		line.Words = render.Cut(t.S[f.Start:f.End], 80)
	}
	return line
}

func newField(l *locale.Printer, place doc.Place, t doc.Text) field {
	form := formText(t, place.Kind == doc.Pre && place.Part == doc.Body)
	return field{Name: fieldName(l, place), Place: placeName(place), Form: form, Lines: min(14, 2+len([]rune(form))/62+strings.Count(form, "\n"))}
}

func fieldName(l *locale.Printer, place doc.Place) string {
	switch place.Part {
	case doc.Alt:
		return l.T("field.alt")
	case doc.LinkTitle:
		return l.T("field.link")
	case doc.Cell:
		return l.T("field.cell", "row", place.Row+1, "col", place.Col+1)
	}
	if place.Kind == doc.Figure {
		return l.T("field.caption")
	}
	return l.T("field.text")
}

func kindName(place doc.Place) string {
	switch {
	case place.Block == doc.TitleBlock:
		return "title"
	case place.Block == doc.DeckBlock:
		return "deck"
	case place.Kind.Heading():
		return "heading"
	}
	return place.Kind.String()
}

// placeName writes the address of a text as a form sends it: block, part, row, column, mark.
func placeName(p doc.Place) string {
	return fmt.Sprintf("%d.%d.%d.%d.%d", p.Block, p.Part, p.Row, p.Col, p.Mark)
}

// parsePlace reads what placeName writes.
func parsePlace(s string) (doc.Place, bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 5 {
		return doc.Place{}, false
	}
	var n [5]int
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil {
			return doc.Place{}, false
		}
		n[i] = v
	}
	return doc.Place{Block: n[0], Part: doc.Part(n[1]), Row: n[2], Col: n[3], Mark: n[4]}, true
}

func joinNames(names []string) string { return strings.Join(names, ", ") }
