package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
	"github.com/dragoman-newsroom/dragoman/mt"
)

type translateFlags struct {
	from, to, as, engine, model, glossary string
	tokens                                bool
	shortlist                             bool
}

var translateFilter = filter[translateFlags]{
	name: "translate", args: "--from en --to pt [--glossary FILE.csv] [FILE]", short: "text, HTML or document → the same in another language",
	long: `Translates here, in this process, with an installed model. A text is translated line by line; of HTML the marks come
back around the words they belong to; a document (--as doc) keeps its blocks.
--glossary takes a CSV file whose first line names its columns: source and target, and if need be from, to, rule (must, may, never,
keep), kind (term, person, place, body) and the others that the desk exports. What goes against it is flagged.
--tokens hands each line to the bare engine as one sentence and prints what it did with it, as JSON.`,
	example: "echo 'The harbour is quiet.' | dragoman translate --from en --to pt",
	flags: func(fs *flags, o *translateFlags) {
		fs.StringVar(&o.from, "from", "", "`TAG`: the language it is in")
		fs.StringVar(&o.to, "to", "", "`TAG`: the language it shall be in; pt-PT uses the pt model and is set as in Portugal")
		fs.StringVar(&o.as, "as", "", "`KIND`: text, html or doc (text)")
		fs.StringVar(&o.engine, "engine", "", "`E`: the engine; only \"mt\", the one of this program, is known")
		fs.StringVar(&o.model, "model", "", "`DIR`: a model's folder, in place of an installed one")
		fs.StringVar(&o.glossary, "glossary", "", "`FILE.csv`: terms and names to follow")
		fs.BoolVar(&o.tokens, "tokens", false, "each line is one sentence for the bare engine; prints token ids and alignment")
		fs.BoolVar(&o.shortlist, "shortlist", false, "let only the likely words of the target language compete: faster, somewhat worse")
	},
	do: func(ctx context.Context, a *app, o translateFlags, in input) (result, error) {
		if o.engine != "" && o.engine != "mt" {
			return result{}, usagef("--engine %q is not known; only \"mt\" is", o.engine)
		}
		switch {
		case in.kind == "html" || in.kind == "doc": // the field says what it holds
			o.as = in.kind
		case in.kind == "text" && o.as == "":
			o.as = "text"
		}
		t, err := a.textTranslator(o)
		if err != nil {
			return result{}, err
		}
		if o.tokens {
			return tokens(ctx, t, in)
		}
		switch o.as {
		case "", "text":
			return translateText(ctx, t, string(in.body))
		case "html":
			return translateHTML(ctx, t, string(in.body))
		case "doc":
			return translateDoc(ctx, t, string(in.body))
		}
		return result{}, usagef("--as %q is none of text, html, doc", o.as)
	},
}

// textTranslator returns the translator of the text commands. Its models stay open until the program ends.
func (a *app) textTranslator(o translateFlags) (translate.Translator, error) {
	t := translate.Translator{From: o.from, To: o.to}
	var from, to string
	// The bare engine asks for no language; everything else does.
	if !o.tokens || o.model == "" || o.from != "" || o.to != "" {
		if o.from == "" || o.to == "" {
			return t, usagef("--from and --to are needed")
		}
		var err error
		if from, to, err = pairOf(o.from, o.to); err != nil {
			return t, err
		}
		if t.Terms, err = a.glossary(o); err != nil {
			return t, err
		}
	}
	if o.model != "" {
		m, err := a.modelDir(o.model)
		if err != nil {
			return t, err
		}
		t.Engine, t.Name = m, filepath.Base(filepath.Clean(o.model))
	} else {
		e, err := a.installedEngines()
		if err != nil {
			return t, err
		}
		engine, info, err := e.engine(from, to)
		if err != nil {
			return t, err
		}
		t.Engine, t.Name = engine, info.Name
	}
	if m, ok := t.Engine.(*mt.Model); ok && o.shortlist {
		t.Engine = m.With(mt.Shortlist(true))
	}
	return t, nil
}

// modelDir opens the model in a folder, once.
func (a *app) modelDir(dir string) (*mt.Model, error) {
	a.modelsMu.Lock()
	defer a.modelsMu.Unlock()
	if m := a.models[dir]; m != nil {
		return m, nil
	}
	m, err := mt.Open(dir, mt.Shortlist(true))
	if err != nil {
		return nil, fmt.Errorf("open the model in %s: %w", dir, err)
	}
	if a.models == nil {
		a.models = map[string]*mt.Model{}
	}
	a.models[dir] = m.With(mt.Shortlist(false))
	return a.models[dir], nil
}

// installedEngines are the models of the data folder.
func (a *app) installedEngines() (*engines, error) {
	a.modelsMu.Lock()
	defer a.modelsMu.Unlock()
	if a.installed == nil {
		_, c, err := a.config("")
		if err != nil {
			return nil, err
		}
		a.installed = &engines{stores: []models.Store{modelStore(c)}, workers: c.Engine.Workers}
	}
	return a.installed, nil
}

// translateText translates line by line. The lines stay the lines they were.
func translateText(ctx context.Context, t translate.Translator, text string) (result, error) {
	lines := strings.Split(text, "\n")
	d := doc.Document{Lang: t.From}
	var where []int // of each block: the line
	for i, line := range lines {
		body := strings.Trim(line, " \t\r")
		if body == "" {
			continue
		}
		d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprintf("b%d", len(d.Blocks)+1), Text: doc.Text{S: body}})
		where = append(where, i)
	}
	d = d.MarkQuotations()
	r, err := t.Document(ctx, d)
	if err != nil {
		return result{}, err
	}
	flags := append(r.Flags, compared(d, r, t.Terms)...)
	// Offsets in the whole text: what stands before the line, then the spaces that were cut off its begin.
	sourceAt, targetAt := make([]int, len(d.Blocks)), make([]int, len(d.Blocks))
	out := make([]string, len(lines))
	source, target, next := 0, 0, 0
	for i, line := range lines {
		out[i] = line
		if next < len(where) && where[next] == i {
			body := d.Blocks[next].Text.S
			head := strings.Index(line, body)
			sourceAt[next] = source + utf8.RuneCountInString(line[:head])
			targetAt[next] = target + utf8.RuneCountInString(line[:head])
			out[i] = line[:head] + r.Doc.Blocks[next].Text.S + line[head+len(body):]
			next++
		}
		source += utf8.RuneCountInString(line) + 1
		target += utf8.RuneCountInString(out[i]) + 1
	}
	object := translated{Text: strings.Join(out, "\n"), Sentences: sentencesJSON(d, r), Flags: flagsJSON(d, r.Doc, flags)}
	for i := range object.Sentences {
		s := &object.Sentences[i]
		shift(&s.Source, sourceAt[s.Block])
		shift(&s.Target, targetAt[s.Block])
		s.Block = 0
	}
	for i := range object.Flags {
		f := &object.Flags[i]
		if f.Block < 0 {
			continue
		}
		shift(&f.Source, sourceAt[f.Block])
		f.Start, f.End = f.Start+targetAt[f.Block], f.End+targetAt[f.Block]
		f.Block = 0
	}
	return result{object: object, text: written(object.Text)}, nil
}

func shift(r *[2]int, by int) { r[0], r[1] = r[0]+by, r[1]+by }

// translateDoc translates a document in text form.
func translateDoc(ctx context.Context, t translate.Translator, text string) (result, error) {
	d, err := doc.Parse(text)
	if err != nil {
		return result{}, fmt.Errorf("read the document: %w", err)
	}
	r, err := t.Document(ctx, d)
	if err != nil {
		return result{}, err
	}
	flags := append(r.Flags, compared(d, r, t.Terms)...)
	object := translated{Doc: doc.Format(r.Doc), Sentences: sentencesJSON(d, r), Flags: flagsJSON(d, r.Doc, flags)}
	return result{object: object, text: written(object.Doc)}, nil
}

// tokens gives each line to the bare engine as one sentence; in a batch the whole text is the line.
func tokens(ctx context.Context, t translate.Translator, in input) (result, error) {
	m, ok := t.Engine.(*mt.Model)
	if !ok {
		return result{}, usagef("--tokens needs one model, and %s→%s goes through English by two", t.From, t.To)
	}
	lines := []string{string(in.body)}
	if in.kind == "" {
		lines = strings.Split(strings.TrimSuffix(string(in.body), "\n"), "\n")
	}
	sentences, err := m.With(mt.Guards(false)).Translate(ctx, lines)
	if err != nil {
		return result{}, err
	}
	var list []tokensJSON
	for i, s := range sentences {
		j := tokensJSON{Text: s.Text, SourceIDs: []int{}, TargetIDs: []int{}, Alignment: s.Alignment, Ended: s.Ended, Flags: []flagJSON{}}
		j.Sentences = []pieceJSON{{Source: [2]int{0, utf8.RuneCountInString(lines[i])}, Target: [2]int{0, utf8.RuneCountInString(s.Text)}, Score: s.Score, Engine: t.Name}}
		for _, p := range s.SourcePieces {
			j.SourceIDs = append(j.SourceIDs, p.ID)
		}
		for _, p := range s.Pieces {
			j.TargetIDs = append(j.TargetIDs, p.ID)
		}
		list = append(list, j)
	}
	return result{object: list[0], text: func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for _, j := range list {
			if err := e.Encode(j); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

// translated is what a batch line of translate gives.
type translated struct {
	Text      string      `json:"text,omitempty"`
	HTML      string      `json:"html,omitempty"`
	Doc       string      `json:"doc,omitempty"`
	Sentences []pieceJSON `json:"sentences"`
	Flags     []flagJSON  `json:"flags"`
}

// tokensJSON is what translate --tokens gives. The last of SourceIDs is the end of the sentence; TargetIDs has none.
// Alignment has a row of weights over SourceIDs for every step, the end's step included.
type tokensJSON struct {
	Text      string      `json:"text"`
	Sentences []pieceJSON `json:"sentences"`
	Flags     []flagJSON  `json:"flags"`
	SourceIDs []int       `json:"source_ids"`
	TargetIDs []int       `json:"target_ids"`
	Alignment [][]float32 `json:"alignment"`
	Ended     bool        `json:"ended"`
}
