package newsroom

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// A Translator turns a document into another language. It is a translate.Translator.
type Translator interface {
	Document(ctx context.Context, d doc.Document) (translate.Result, error)

	// Update translates current, a newer form of old, of which edited is the translation; sentences of old keep it.
	Update(ctx context.Context, old, edited, current doc.Document) (translate.Result, error)
}

// Draft translates an original into a language and puts the result before the editors.
// Doing it twice leaves one article. An outlet that reserves machine use without having given permission, and a page that holds no whole
// article without a person's leave, are news.ErrDenied, as is what counts as another's article; where there is no engine for the pair, the error is that of Translators.
func (r *Room) Draft(ctx context.Context, original, lang string) error {
	d, o, err := r.Store.Original(ctx, original)
	if err != nil {
		return err
	}
	switch _, err := r.Store.ArticleIn(ctx, o.Item, lang); {
	case err == nil:
		return nil
	case !errors.Is(err, news.ErrNotFound):
		return err
	}
	item, err := r.Store.Item(ctx, o.Item)
	if err != nil {
		return err
	}
	if item.State == "twin" {
		return fmt.Errorf("%s is %s: %w", item.URL, item.Why, news.ErrDenied)
	}
	if err := mayDraft(ctx, r.Store.Reads, item); err != nil {
		return err
	}
	if err := hasLeave(ctx, r.Store.Reads, item, original); err != nil {
		return err
	}
	t, engines, err := r.Translators(ctx, o.Lang, lang)
	if err != nil {
		return err
	}
	result, err := t.Document(ctx, d)
	if err != nil {
		return fmt.Errorf("draft of %s: %w", item.URL, err)
	}
	terms, err := r.Glossary(ctx, o.Lang, lang)
	if err != nil {
		return err
	}
	draft, err := draftOf(d, result, lang, engines, terms)
	if err != nil {
		return fmt.Errorf("draft of %s: %w", item.URL, err)
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.SaveDraft(ctx, original, draft, r.now())
		if err != nil {
			return err
		}
		return r.placeStatements(ctx, tx, a.ID, a.Revision)
	})
}

// mayDraft asks the outlet's terms and the page's signals whether machines may work on it.
func mayDraft(ctx context.Context, r store.Reads, item news.Item) error {
	signals, err := signalsOf(ctx, r, item.ID)
	if err != nil {
		return err
	}
	terms, err := r.Terms(ctx, item.Outlet)
	if err != nil {
		return err
	}
	if rights.MayDraft(terms.Facts(), signals) {
		return nil
	}
	return fmt.Errorf("the page %s reserves machine use: record the outlet's permission at /desk/outlets/%s: %w", item.URL, item.Outlet, news.ErrDenied)
}

// draftOf is what is kept of a translator's result, with what the checks found; terms may be nil.
func draftOf(original doc.Document, result translate.Result, lang string, engines []store.Engine, terms *term.Base) (store.Draft, error) {
	d := store.Draft{Doc: result.Doc}
	d.Doc.Lang = lang
	named := map[string]string{}
	was, is := texts(original), texts(d.Doc)
	for _, s := range result.Sentences {
		p := place(s.Place)
		source, target := was[p], is[p]
		if s.SourceStart < 0 || s.SourceEnd < s.SourceStart || s.SourceEnd > len(source) || s.Start < 0 || s.End < s.Start || s.End > len(target) {
			return store.Draft{}, fmt.Errorf("%s: the translator put a sentence at bytes %d to %d of %d", s.Place, s.Start, s.End, len(target))
		}
		segment := store.Segment{
			Place: p, Source: source[s.SourceStart:s.SourceEnd], Machine: target[s.Start:s.End], Score: float64(s.Score),
			SourceStart: s.SourceStart, SourceEnd: s.SourceEnd, TargetStart: s.Start, TargetEnd: s.End, State: "translated",
		}
		if s.Kept {
			segment.State = "kept"
		}
		if s.Engine != "" && s.Engine != translate.FromMemory && !s.Kept {
			if named[s.Engine] == "" {
				d.Engines = append(d.Engines, engineNamed(s.Engine, engines))
				named[s.Engine] = strconv.Itoa(len(d.Engines))
			}
			segment.Engine = named[s.Engine]
		}
		d.Segments = append(d.Segments, segment)
	}
	d.Flags = append(signed(result.Flags, byTranslate, original, d.Doc), signed(compare(original, d.Doc, d.Segments, terms), byCheck, original, d.Doc)...)
	return d, nil
}

// engineNamed finds what is known of the engine that signed a sentence.
func engineNamed(name string, engines []store.Engine) store.Engine {
	for _, e := range engines {
		if e.Name == name {
			return e
		}
	}
	return store.Engine{Name: name}
}

// targets returns the languages that an original is to be translated into: what the item and its outlet ask, or else
// whatever an engine can.
func (r *Room) targets(o news.Outlet, item news.Item, from string) []string {
	asked := append(append([]string(nil), o.Into...), item.Into...)
	if len(o.Into) == 0 && len(item.Into) == 0 {
		for _, p := range r.Pairs() {
			if p.From == bare(from) {
				asked = append(asked, p.To)
			}
		}
	}
	var list []string
	seen := map[string]bool{}
	for _, lang := range asked {
		if lang != "" && bare(lang) != bare(from) && !seen[lang] {
			seen[lang] = true
			list = append(list, lang)
		}
	}
	return list
}

// bare is the language of a tag without region or script.
func bare(tag string) string {
	for i := range len(tag) {
		if tag[i] == '-' || tag[i] == '_' {
			return tag[:i]
		}
	}
	return tag
}
