package site

import (
	"cmp"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// maxNotes bounds what stands below an article, and what programs read of it.
const maxNotes = 200

// A noted is what an article's page says of its quotations.
type noted struct {
	views []said
	refs  map[string][]render.Ref // the signs that lead there, by the key of their block; "" is the deck
	list  []store.PublicStatement
}

// notes returns what is said of an article's quotations. Marks that nobody's words stand between (a title, a term) have no note.
func (s *site) notes(r *http.Request, frame web.Frame, settings map[string]string, p store.Public) (noted, error) {
	list, err := s.Store.PublicStatementsIn(r.Context(), p)
	if err != nil {
		return noted{}, err
	}
	slices.SortStableFunc(list, func(a, b store.PublicStatement) int { // signs stand where words end: an inner quotation's comes first
		return cmp.Or(a.Place.Block-b.Place.Block, a.Place.End-b.Place.End, b.Place.Start-a.Place.Start)
	})
	t := teller{l: frame.L, tag: p.Lang, zone: web.Zone(settings), settings: settings}
	var ids []string
	for _, q := range list { // somebody may have the words as they were spoken, and readers may hear of others who have them
		if q.Story != "" && !slices.Contains(ids, q.Story) {
			ids = append(ids, q.Story)
		}
	}
	stories, err := s.Store.PublicStoryParts(r.Context(), p.Lang, ids)
	if err != nil {
		return noted{}, err
	}
	n := noted{refs: map[string][]render.Ref{}}
	taken := map[string]bool{}
	for _, q := range list {
		key, text, ok := placed(p.Doc, q.Place.Block)
		id := wordsAt(q.Statement)
		if !spokenWords(q.Statement) || !ok || taken[id] || len(n.views) == maxNotes || q.Place.Start < 0 || q.Place.End > len(text) || q.Place.Start >= q.Place.End || text[q.Place.Start:q.Place.End] != q.Place.Words {
			continue
		}
		taken[id] = true
		v := t.public(q)
		v.ID, v.Back, v.Sign = noteAt(q.Statement), id, strconv.Itoa(len(n.views)+1)
		story := stories[q.Story]
		if v.First = t.first(q, story.Statements); story.Several() {
			v.Story = storyPath(p.Lang, q.Story)
		}
		n.views, n.list = append(n.views, v), append(n.list, q)
		ref := render.Ref{
			Start: q.Place.Start, End: q.Place.End, ID: id, Href: "#" + v.ID, Sign: v.Sign,
			Label: frame.L.T("said.ref", "n", v.Sign, "name", v.Who.Name, "day", v.Day),
		}
		if v.Chain.Twice { // what is no direct translation says so where it stands
			ref.More = strings.Join(v.Chain.Tags, "→")
			ref.Label += ". " + v.Chain.Said
		}
		n.refs[key] = append(n.refs[key], ref)
	}
	return n, nil
}

// spokenWords reports whether somebody's words stand between the marks: titles, terms and mottos are nobody's.
func spokenWords(s news.Statement) bool {
	return s.Attributed() || s.Kind == statement.Direct || s.Kind == statement.Mixed
}

// placed returns the key and the text of a block that quotations are marked in; false for the title, which stays as it is.
func placed(d doc.Document, block int) (key, text string, ok bool) {
	switch {
	case block == doc.DeckBlock:
		return "", d.Deck.S, true
	case block >= 0 && block < len(d.Blocks) && d.Blocks[block].Key != "":
		return d.Blocks[block].Key, d.Blocks[block].Text.S, true
	}
	return "", "", false
}

// quotations are an article's statements as programs read them: Quotations of schema.org, each a translation of the one before it in the
// chain, as far as that is known. Who spoke is the creator; spokenByCharacter is for characters of a work.
func quotations(n noted, page, base, tag string) []any {
	var out []any
	for i, p := range n.list {
		q := map[string]any{
			"@type": "Quotation", "@id": page + "#" + wordsAt(p.Statement), "url": page + "#" + wordsAt(p.Statement),
			"text": p.Place.Words, "inLanguage": p.Place.Lang, "isBasedOn": p.OriginalURL,
		}
		if by := creator(p, base, tag); by != nil {
			q["creator"] = by
		}
		if p.SaidAt != nil && p.SaidAt.Precision == "day" {
			q["dateCreated"] = p.SaidAt.Value
		}
		words := map[string]string{p.Lang: p.Words()}
		if f := n.views[i].First; f != nil {
			words[f.Lang] = html.UnescapeString(string(f.HTML))
		}
		if from := chainOf(words, tags(p.Statement, tag)); from != nil {
			q["translationOfWork"] = from
		}
		out = append(out, q)
	}
	return out
}

// chainOf is the quotation that the last of the languages was translated from; nil if there is none. words are those that are known.
func chainOf(words map[string]string, chain []string) any {
	if len(chain) < 2 {
		return nil
	}
	chain = chain[:len(chain)-1]
	from := map[string]any{"@type": "Quotation", "inLanguage": chain[len(chain)-1]}
	if s := words[chain[len(chain)-1]]; s != "" {
		from["text"] = s
	}
	if before := chainOf(words, chain); before != nil {
		from["translationOfWork"] = before
	}
	return from
}

func creator(p store.PublicStatement, base, tag string) any {
	if !p.Attributed() || p.Speaker.State == statement.Unresolved && p.By.ID == "" {
		return nil
	}
	by := map[string]any{"@type": "Person", "name": p.Speaker.Name}
	if p.By.Slug != "" {
		by["name"], by["url"] = nameOf(p.By, tag), base+escapedPath(speakerPath(tag, p.By.Slug))
	}
	if p.By.Kind == term.Body {
		by["@type"] = "Organization"
	} else if p.Speaker.Role != "" && p.By.Kind == term.Person {
		by["jobTitle"] = p.Speaker.Role
	}
	return by
}

// speakerData is what programs read of a speaker's page.
func speakerData(page speakerPage, kind term.NameKind, base string) any {
	who := map[string]any{"@type": "Person", "@id": base + escapedPath(page.Path), "name": page.Name}
	if kind == term.Body {
		who["@type"] = "Organization"
	} else if page.Role != "" {
		who["jobTitle"] = page.Role
	}
	var other []string
	for _, n := range page.Names {
		if n.Text != page.Name {
			other = append(other, n.Text)
		}
	}
	if other != nil {
		who["alternateName"] = other
	}
	return map[string]any{"@context": "https://schema.org", "@type": "ProfilePage", "url": base + escapedPath(page.Path), "inLanguage": page.Lang, "mainEntity": who}
}
